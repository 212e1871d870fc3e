"""The commands that the fields of a .bib may use: letters, signs, forms of letters, journals of the ADS."""

from __future__ import annotations

from imprenta.markup.characters import MATH_SYMBOLS

# The accents of LaTeX as combining characters; those of `BELOW` leave the dot of an i where it is.
ACCENTS = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", "=": "\u0304", "u": "\u0306", ".": "\u0307",
    '"': "\u0308", "r": "\u030a", "H": "\u030b", "v": "\u030c", "d": "\u0323", "c": "\u0327", "k": "\u0328",
    "b": "\u0331", "t": "\u0361", "textcommabelow": "\u0326",
}  # fmt: skip
BELOW = frozenset({"d", "c", "k", "b", "textcommabelow"})
# What an accent over nothing prints.
BARE_ACCENTS = {"`": "`", "'": "´", "^": "^", "~": "~", "=": "¯", '"': "¨", "r": "°", "v": "ˇ", "u": "˘", ".": "˙",
                "c": "¸", "k": "˛", "H": "˝"}  # fmt: skip


def set_accent(accent: str, base: str) -> str:
    """Put an accent over (or under) the first of some letters."""
    first = base[0] if accent in BELOW else {"ı": "i", "ȷ": "j"}.get(base[0], base[0])
    # An i under a dot has one already.
    mark = "" if (accent, first) in ((".", "i"), (".", "j")) else ACCENTS[accent]
    return f"{first}{mark}{base[1:]}"


LETTERS = {
    "i": "ı", "j": "ȷ", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ",
    "aa": "å", "AA": "Å", "ss": "ß", "SS": "SS", "dh": "ð", "DH": "Ð", "th": "þ", "TH": "Þ", "dj": "đ", "DJ": "Đ",
    "ng": "ŋ", "NG": "Ŋ",
}  # fmt: skip

SIGNS = {
    "textendash": "–", "textemdash": "—", "textquoteleft": "‘", "textquoteright": "’", "textquotedblleft": "“",
    "textquotedblright": "”", "quotesinglbase": "‚", "quotedblbase": "„", "guillemotleft": "«", "guillemetleft": "«",
    "guillemotright": "»", "guillemetright": "»", "guilsinglleft": "‹", "guilsinglright": "›", "lq": "‘", "rq": "’",
    "textexclamdown": "¡", "textquestiondown": "¿", "dots": "…", "ldots": "…", "textellipsis": "…", "dotsc": "…",
    "textregistered": "®", "textcopyright": "©", "copyright": "©", "texttrademark": "™", "textservicemark": "℠",
    "textdegree": "°", "degree": "°", "textcelsius": "℃", "textordfeminine": "ª", "textordmasculine": "º",
    "textonesuperior": "¹", "texttwosuperior": "²", "textthreesuperior": "³", "textonehalf": "½",
    "textonequarter": "¼", "textthreequarters": "¾", "textpm": "±", "texttimes": "×", "textdiv": "÷",
    "textminus": "−", "textmu": "µ", "textohm": "Ω", "texteuro": "€", "euro": "€", "EUR": "€", "textsterling": "£",
    "pounds": "£", "textyen": "¥", "textcent": "¢", "textdollar": "$", "textcurrency": "¤", "textsection": "§",
    "S": "§", "textparagraph": "¶", "P": "¶", "textdagger": "†", "dag": "†", "textdaggerdbl": "‡", "ddag": "‡",
    "textbullet": "•", "textopenbullet": "◦", "textperiodcentered": "·", "textasteriskcentered": "*",
    "textbackslash": "\\", "textbar": "|", "textbardbl": "‖", "textbrokenbar": "¦", "textless": "<",
    "textgreater": ">", "textasciitilde": "~", "textasciicircum": "^", "textunderscore": "_", "textbraceleft": "{",
    "textbraceright": "}", "textquotesingle": "'", "textquotedbl": '"', "textasciigrave": "`",
    "textasciiacute": "´", "textasciidieresis": "¨", "textasciimacron": "¯", "textasciicaron": "ˇ",
    "textasciibreve": "˘", "textnumero": "№", "textleftarrow": "←", "textrightarrow": "→", "textuparrow": "↑",
    "textdownarrow": "↓", "textlnot": "¬", "textperthousand": "‰", "textpertenthousand": "‱",
    "textinterrobang": "‽", "textreferencemark": "※", "textestimated": "℮", "textmusicalnote": "♪",
    "textlangle": "⟨", "textrangle": "⟩", "textvisiblespace": "␣", "slash": "/", "hyphen": "-", "cprime": "’",
    "textpeso": "₱", "textwon": "₩", "textlira": "₤", "textnaira": "₦", "textdong": "₫", "textcircledP": "℗",
    "nobreakspace": "\u00a0", "textnonbreakingspace": "\u00a0", "addnbspace": "\u00a0", "thinspace": "\u2009",
    "addthinspace": "\u2009", "space": " ", "addspace": " ", "quad": " ", "qquad": " ", "enspace": " ", "par": " ",
    "newline": " ", "linebreak": " ", "addcomma": ",", "addcolon": ":", "addsemicolon": ";", "adddot": ".",
    "BibTeX": "BibTeX", "BibLaTeX": "BibLaTeX", "XeTeX": "XeTeX", "XeLaTeX": "XeLaTeX", "LuaTeX": "LuaTeX",
    "LuaLaTeX": "LuaLaTeX", "pdfTeX": "pdfTeX", "pdfLaTeX": "pdfLaTeX", "ConTeXt": "ConTeXt", "AmS": "AMS",
    "AmSTeX": "AMS-TeX", "MF": "METAFONT", "MP": "METAPOST",
}  # fmt: skip
SIGNS |= {
    f"text{tex[1:]}": character for character, tex in MATH_SYMBOLS.items() if "α" <= character <= "ω" and tex[0] == "\\"
}
SIGNS |= {f"text{tex[1:]}": character for character, tex in MATH_SYMBOLS.items() if "Α" <= character <= "Ω"
          and tex[1:].isalpha()}  # fmt: skip

# Drawn by a command of LaTeX's own; a name has them as letters.
LOGOS = {"TeX": "TeX", "LaTeX": "LaTeX", "LaTeXe": "LaTeX2e"}

# Commands of one character; those that print a sign of their own, a space, or nothing.
MARKS = {
    "&": "&", "%": "%", "#": "#", "_": "_", "$": "$", "{": "{", "}": "}", " ": " ", "\n": " ", "\t": " ",
    ",": "\u2009", ";": "\u2009", ":": "\u2009", ">": "\u2009", "!": "", "/": "", "-": "\u00ad", "@": "", "*": "",
    "\\": " ",
}  # fmt: skip

# The form that a command gives to its argument, as the command that is written for it.
FORMS = {
    "emph": "emph", "textit": "textit", "textbf": "textbf", "textsc": "textsc", "texttt": "texttt",
    "textsl": "textsl", "textsf": "textsf", "textrm": "textrm", "textup": "textup", "textmd": "textmd",
    "textnormal": "textnormal", "underline": "underline", "uline": "underline", "textsuperscript": "textsuperscript",
    "textsubscript": "textsubscript", "mkbibsuperscript": "textsuperscript", "mkbibemph": "emph",
    "mkbibitalic": "textit", "mkbibbold": "textbf", "mkbibquote": "mkbibquote", "mkbibparens": "mkbibparens",
    "mkbibbrackets": "mkbibbrackets", "enquote": "mkbibquote", "textquote": "mkbibquote", "mbox": "mbox",
    "hbox": "mbox",
}  # fmt: skip
# The form that a command gives to the rest of its group; none for the usual one.
SWITCHES = {
    "em": "emph", "it": "textit", "itshape": "textit", "sl": "textsl", "slshape": "textsl", "bf": "textbf",
    "bfseries": "textbf", "sc": "textsc", "scshape": "textsc", "tt": "texttt", "ttfamily": "texttt", "sf": "textsf",
    "sffamily": "textsf", "rm": "", "rmfamily": "", "normalfont": "", "upshape": "", "mdseries": "",
}  # fmt: skip
# Superscripts that are letters of Spanish.
ORDINALS = {"a": "ª", "o": "º", "1": "¹", "2": "²", "3": "³"}

# Commands without effect here.
IGNORED = frozenset(
    "relax protect newblock noindent xspace ignorespaces allowbreak nobreak leavevmode textcompwordmark isdot".split()
)
# Commands of bibliographies that print some of their arguments: how many there are, and which in their order.
CHOOSING = {
    "noopsort": (1, ()), "SortNoop": (1, ()), "vphantom": (1, ()), "phantom": (1, ()), "hphantom": (1, ()),
    "selectlanguage": (1, ()), "singleletter": (1, (0,)), "natexlab": (1, (0,)), "bibnamefont": (1, (0,)),
    "bibfnamefont": (1, (0,)), "text": (1, (0,)), "nocase": (1, (0,)), "bibinfo": (2, (1,)), "bibfield": (2, (1,)),
    "foreignlanguage": (2, (1,)), "texorpdfstring": (2, (0,)), "printfirst": (2, (0,)), "switchargs": (2, (1, 0)),
}  # fmt: skip
CASES = {"MakeUppercase": str.upper, "uppercase": str.upper, "MakeLowercase": str.lower, "lowercase": str.lower}
LINKS = frozenset("url href path nolinkurl verb".split())

# The journal macros that the ADS exports, by their names (ui.adsabs.harvard.edu, «Journal macros»).
JOURNALS = {
    "aj": "Astronomical Journal", "actaa": "Acta Astronomica",
    "araa": "Annual Review of Astronomy and Astrophysics", "apj": "Astrophysical Journal",
    "apjl": "Astrophysical Journal Letters", "apjlett": "Astrophysical Journal Letters",
    "apjs": "Astrophysical Journal Supplement Series", "apjsupp": "Astrophysical Journal Supplement Series",
    "ao": "Applied Optics", "applopt": "Applied Optics", "apss": "Astrophysics and Space Science",
    "aap": "Astronomy & Astrophysics", "astap": "Astronomy & Astrophysics",
    "aapr": "Astronomy and Astrophysics Review", "aaps": "Astronomy & Astrophysics Supplement Series",
    "azh": "Astronomicheskii Zhurnal", "baas": "Bulletin of the American Astronomical Society",
    "bac": "Bulletin of the Astronomical Institutes of Czechoslovakia",
    "caa": "Chinese Astronomy and Astrophysics", "cjaa": "Chinese Journal of Astronomy and Astrophysics",
    "icarus": "Icarus", "jcap": "Journal of Cosmology and Astroparticle Physics",
    "jrasc": "Journal of the Royal Astronomical Society of Canada",
    "jaavso": "Journal of the American Association of Variable Star Observers",
    "memras": "Memoirs of the Royal Astronomical Society",
    "mnras": "Monthly Notices of the Royal Astronomical Society", "na": "New Astronomy",
    "nar": "New Astronomy Reviews", "pra": "Physical Review A", "prb": "Physical Review B",
    "prc": "Physical Review C", "prd": "Physical Review D", "pre": "Physical Review E",
    "prl": "Physical Review Letters", "pasa": "Publications of the Astronomical Society of Australia",
    "pasp": "Publications of the Astronomical Society of the Pacific",
    "pasj": "Publications of the Astronomical Society of Japan",
    "rmxaa": "Revista Mexicana de Astronomía y Astrofísica",
    "qjras": "Quarterly Journal of the Royal Astronomical Society", "skytel": "Sky and Telescope",
    "solphys": "Solar Physics", "sovast": "Soviet Astronomy", "ssr": "Space Science Reviews",
    "zap": "Zeitschrift für Astrophysik", "nat": "Nature", "sci": "Science",
    "iaucirc": "IAU Circulars", "aplett": "Astrophysical Letters",
    "apspr": "Astrophysics Space Physics Research",
    "bain": "Bulletin of the Astronomical Institutes of the Netherlands",
    "fcp": "Fundamentals of Cosmic Physics", "gca": "Geochimica et Cosmochimica Acta",
    "grl": "Geophysical Research Letters", "jcp": "Journal of Chemical Physics",
    "jgr": "Journal of Geophysical Research",
    "jqsrt": "Journal of Quantitative Spectroscopy and Radiative Transfer",
    "memsai": "Memorie della Società Astronomica Italiana", "maps": "Meteoritics and Planetary Science",
    "nphysa": "Nuclear Physics A", "physrep": "Physics Reports", "physscr": "Physica Scripta",
    "planss": "Planetary and Space Science", "procspie": "Proceedings of the SPIE", "psj": "Planetary Science Journal",
    "aas": "American Astronomical Society Meeting Abstracts", "expa": "Experimental Astronomy",
    "raa": "Research in Astronomy and Astrophysics", "rnaas": "Research Notes of the American Astronomical Society",
    "nastro": "Nature Astronomy", "epsl": "Earth and Planetary Science Letters",
}  # fmt: skip

KNOWN = frozenset({*LETTERS, *SIGNS, *LOGOS, *FORMS, *SWITCHES, *IGNORED, *CHOOSING, *CASES, *LINKS, *JOURNALS})
"""Every command with a name, for what may have been meant by another one."""
