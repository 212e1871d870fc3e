"""The commands that a formula may use: symbols, commands with arguments, delimiters, environments."""

from __future__ import annotations

# Commands that take no argument and print something or leave space.
SYMBOLS = frozenset(
    """
    alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa varkappa lambda mu nu xi pi varpi
    rho varrho sigma varsigma tau upsilon phi varphi chi psi omega digamma
    Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega
    varGamma varDelta varTheta varLambda varXi varPi varSigma varUpsilon varPhi varPsi varOmega
    aleph beth gimel daleth hbar hslash imath jmath ell wp Re Im partial infty prime backprime emptyset varnothing
    nabla surd top bot angle measuredangle sphericalangle triangle triangledown forall exists nexists neg lnot flat
    natural sharp clubsuit diamondsuit heartsuit spadesuit square Box Diamond blacksquare blacktriangle
    blacktriangledown blacklozenge lozenge bigstar complement eth mho circledS circledR checkmark maltese yen
    Finv Game Bbbk diagup diagdown
    sum prod coprod int iint iiint iiiint idotsint oint bigcap bigcup bigsqcup bigvee bigwedge bigodot bigotimes
    bigoplus biguplus smallint
    pm mp times div ast star circ bullet cdot cap cup uplus sqcap sqcup vee wedge lor land setminus smallsetminus wr
    diamond bigtriangleup bigtriangledown triangleleft triangleright lhd rhd unlhd unrhd oplus ominus otimes oslash
    odot bigcirc dagger ddagger amalg dotplus ltimes rtimes Cap Cup barwedge veebar doublebarwedge boxminus boxtimes
    boxdot boxplus divideontimes leftthreetimes rightthreetimes curlywedge curlyvee circleddash circledast
    circledcirc centerdot intercal
    leq le leqslant leqq geq ge geqslant geqq neq ne prec succ preceq succeq ll lll gg ggg subset supset subseteq
    supseteq subsetneq supsetneq sqsubset sqsupset sqsubseteq sqsupseteq in ni owns notin vdash dashv equiv models sim
    simeq perp approx approxeq cong bowtie Join propto varpropto asymp doteq mid nmid parallel nparallel smile frown
    lesssim gtrsim lessapprox gtrapprox lessgtr gtrless preccurlyeq succcurlyeq precsim succsim trianglelefteq
    trianglerighteq vartriangleleft vartriangleright therefore because between pitchfork Vdash vDash Vvdash thickapprox
    thicksim triangleq risingdotseq fallingdotseq circeq eqcirc bumpeq Bumpeq subseteqq supseteqq Subset Supset
    nless ngtr nleq ngeq nsubseteq nsupseteq nprec nsucc nsim ncong nvdash nvDash ntriangleleft ntriangleright
    lneq gneq lneqq gneqq varsubsetneq varsupsetneq shortmid shortparallel eqsim backsim backsimeq blacktriangleleft
    blacktriangleright colon
    leftarrow gets rightarrow to leftrightarrow Leftarrow Rightarrow Leftrightarrow longleftarrow longrightarrow
    longleftrightarrow Longleftarrow Longrightarrow Longleftrightarrow iff implies impliedby mapsto longmapsto
    hookleftarrow hookrightarrow leftharpoonup leftharpoondown rightharpoonup rightharpoondown rightleftharpoons
    leftrightharpoons uparrow downarrow updownarrow Uparrow Downarrow Updownarrow nearrow searrow swarrow nwarrow
    leadsto rightsquigarrow leftrightsquigarrow rightleftarrows leftrightarrows leftleftarrows rightrightarrows
    twoheadleftarrow twoheadrightarrow leftarrowtail rightarrowtail circlearrowleft circlearrowright curvearrowleft
    curvearrowright dashrightarrow dashleftarrow nleftarrow nrightarrow nleftrightarrow nLeftarrow nRightarrow
    nLeftrightarrow multimap Lsh Rsh upuparrows downdownarrows
    ldots cdots vdots ddots dots dotsc dotsb dotsm dotsi dotso
    arccos arcsin arctan arg cos cosh cot coth csc deg det dim exp gcd hom inf injlim ker lg lim liminf limsup ln log
    max min Pr projlim sec sin sinh sup tan tanh varliminf varlimsup sen tg arcsen arctg mcd mcm
    bmod quad qquad enspace enskip thinspace medspace thickspace negthinspace negmedspace negthickspace nobreak
    allowbreak displaystyle textstyle scriptstyle scriptscriptstyle limits nolimits lbrace rbrace lbrack rbrack
    vert Vert backslash And nonumber notag degree
    """.split()
)

# Commands by how many arguments they take.
ARITY = {
    1: frozenset(
        """
        sqrt overline underline widehat widetilde hat check tilde acute grave dot ddot dddot ddddot breve bar vec
        mathring overrightarrow overleftarrow overleftrightarrow underrightarrow underleftarrow underleftrightarrow
        overbrace underbrace boxed mathrm mathbf mathit mathsf mathtt mathcal mathbb mathfrak mathnormal boldsymbol
        pmb mathop mathbin mathrel mathord mathopen mathclose mathpunct mathinner phantom hphantom vphantom smash
        substack pmod pod mod xrightarrow xleftarrow not operatorname
        """.split()
    ),
    2: frozenset("frac dfrac tfrac cfrac binom dbinom tbinom overset underset stackrel".split()),
}
# Commands whose argument is words and not a formula.
WORDS = frozenset("text textrm textit textbf textsf texttt textnormal mbox".split())

# Spaces, and the signs that a backslash makes of characters with a meaning.
SIGNS = frozenset([*(rf"\{sign}" for sign in ",;:!>{}%$#&_|"), "\\ "])

DELIMITERS = frozenset(
    """
    langle rangle lfloor rfloor lceil rceil lvert rvert lVert rVert lbrace rbrace lbrack rbrack vert Vert uparrow
    downarrow updownarrow Uparrow Downarrow Updownarrow backslash lgroup rgroup lmoustache rmoustache ulcorner
    urcorner llcorner lrcorner
    """.split()
)
DELIMITER_CHARACTERS = frozenset("()[]|./<>")
# Commands that a delimiter follows.
SIZES = frozenset("big Big bigg Bigg bigl Bigl biggl Biggl bigr Bigr biggr Biggr bigm Bigm biggm Biggm".split())

# Environments; True for those with columns.
ENVIRONMENTS = {
    "matrix": True, "pmatrix": True, "bmatrix": True, "Bmatrix": True, "vmatrix": True, "Vmatrix": True,
    "smallmatrix": True, "cases": True, "aligned": True, "alignedat": True, "gathered": True,
    "array": True,
}  # fmt: skip
# What an author may know from LaTeX, and what it becomes inside a formula that already stands alone.
OUTER_ENVIRONMENTS = {
    "align": "aligned", "align*": "aligned", "equation": "", "equation*": "", "gather": "gathered",
    "gather*": "gathered", "eqnarray": "aligned", "eqnarray*": "aligned", "multline": "gathered",
    "multline*": "gathered", "split": "aligned", "displaymath": "", "math": "",
}  # fmt: skip

_STRUCTURE = frozenset("left right middle begin end hline".split())
KNOWN = SYMBOLS | {"ce"} | ARITY[1] | ARITY[2] | WORDS | DELIMITERS | SIZES | _STRUCTURE
