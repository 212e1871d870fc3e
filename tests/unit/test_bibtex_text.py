"""The text of a field of a .bib -> LaTeX that prints it, and what is wrong in it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imprenta.bibliography import find_unprintable_fields, read_bibliography
from imprenta.markup import clean_address, declare_characters, explain_address, write_bibtex
from imprenta.markup.bibwords import FORMS, KNOWN, LOGOS, SWITCHES
from imprenta.markup.escape import has_glyph
from imprenta.model.bib_entry import join_entries

SAME = ["Uno", "{Docker} y {AWS}", "«Él»: 1--3", "``así''", "α ≤ β", "Ștefan", "10 %".replace("%", "kg"), "a~b"]

WRITTEN = {
    "AT&T 50% C# a_b x^2 $5": "AT＆T 50％ C＃ a＿b x＾2 ＄5",
    r"\& \% \# \_ \$ \{ \}": "＆ ％ ＃ ＿ ＄ ｛ ｝",
    r"{\'\i}{\'{\i}}\'{\i}\'\i{\'i}\'i": "íííííí",
    r"Na{\"\i}ve {\'E}lie \~n \c c \v{S} \H{o} \k{a} \r a \.I \.i": "Naïve Élie ñ ç Š ő ą å İ i",
    r"\o{} \ss\ \aa \L \ae, {\OE}": "ø ß åŁæ, Œ",
    r"{\em Uno} dos {\bf x}": r"{\emph{Uno}} dos {\textbf{x}}",
    r"\enquote{a \enquote{b}}": r"\mkbibquote{a \mkbibquote{b}}",
    r"1\textsuperscript{a} y 2\textsuperscript{nd}": r"1ª y 2\textsuperscript{nd}",
    r"CO$_2$ y 10$^{-3}$ con $1,5$": r"CO$_{2}$ y 10$^{-3}$ con $1\mathord{,}5$",
    r"$k$NN, $n$-ario, \(x\) y \ensuremath{x}": r"$k$NN, $n$-ario, $x$ y $x$",
    "Entre $5 y $6, US$100-$200 y $5, US$ 6": "Entre ＄5 y ＄6, US＄100-＄200 y ＄5, US＄ 6",
    r"\apj": "Astrophysical Journal",
    r"\noopsort{b}Uno \natexlab{a} {\relax}\vphantom{x}": "Uno a ",
    r"\url{https://a.b/c%20d#e_f\&g}": r"\url{https://a.b/c\%20d\#e_f\&g}",
    r"\href{https://a.b}{ésta}": r"\href{https://a.b}{ésta}",
    "http://a.b/~yo": "http://a.b/～yo",
    "<<a>> b<<c d,,e": "«a» b<{}<c d,{},e",
    r"{\textless}i{\textgreater} {\{}x{\}} \textbackslash n": "<i> ｛x｝ ＼n",
    r"{\LaTeX} y \TeX{}book": r"{\LaTeX{}} y \TeX{}book",
    "Garci\u0301a n\u0303 x": "García ñ x",
    "Mil 10\u202f000\u00a0kg a\u200bb": "Mil 10\u202f000\u00a0kg a\u200bb",
}  # fmt: skip


@pytest.mark.parametrize("typed", SAME)
def test_words_stay_as_they_are(typed: str) -> None:
    assert write_bibtex(typed).tex == typed


@pytest.mark.parametrize("typed", WRITTEN)
def test_signs_accents_and_forms_are_printed(typed: str) -> None:
    written = write_bibtex(typed)
    assert written.tex == WRITTEN[typed]
    assert written.flaws == ()


REFUSED = {
    r"El \ce{H2O}": ("bib-orden", 3, 6),
    r"\input{/etc/passwd}": ("bib-orden", 0, 6),
    r"\csname input\endcsname x": ("bib-orden", 0, 7),
    r"\loop\iftrue\repeat": ("bib-orden", 0, 5),
    r"x $\input{a}$": ("matematica-no-admitida", 3, 9),
    "Río 容": ("caracter-sin-glifo", 4, 5),
    r"{\t{oo}}": ("caracter-sin-glifo", 1, 7),
    r"\'1": ("bib-orden", 0, 3),
    r"\href{javascript:alert(1)}{x}": ("enlace-no-admitido", 0, 26),
    r"\url{file:///etc/passwd}": ("enlace-no-admitido", 0, 24),
    r"a\}b{": ("bib-llaves", 4, 5),
}


@pytest.mark.parametrize("typed", REFUSED)
def test_all_else_is_refused_where_it_stands(typed: str) -> None:
    (flaw,) = write_bibtex(typed).flaws
    assert (flaw.code, flaw.start, flaw.end) == REFUSED[typed]


def test_a_name_has_letters_alone() -> None:
    assert write_bibtex(r"{O'Neil \& C{\'\i}a}", name=True).tex == "{O'Neil ＆ Cía}"
    assert [flaw.code for flaw in write_bibtex(r"\textsc{Ruiz}, $x$ A", name=True).flaws] == ["bib-orden", "bib-orden"]
    assert write_bibtex("Ruiz,\u00a0Ana~M.", name=True).tex == "Ruiz, Ana~M."
    assert write_bibtex(r"{ {\mbox{ Ana}}} {} Hans{-}Peter", name=True).tex == "{{{Ana}}} \u200b Hans{-\u200b}Peter"


PIECES = st.sampled_from(
    [*"{}$&%#_^~\\\"'`<>,.-| aé≤容", *(f"\\{name} " for name in sorted(KNOWN)), "\\'", "\\c", "\\(", "\\)", "\\input",
     "\\url{", "\\href{", "$$", "\\ensuremath{", "\\verb|", "{{", "}}"]
)  # fmt: skip
TEX = re.compile(r"\\([A-Za-z]+|.)")
# A letter that no font has is drawn from its parts, which are ours.
DRAWN = re.compile(r"\\glifo\{[^{}]*\}\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\}")
MAY_STAND = {*FORMS.values(), *SWITCHES.values(), *LOGOS, "url", "href"}


@given(st.lists(PIECES, max_size=30).map("".join), st.booleans())
def test_nothing_but_known_commands_is_written(typed: str, name: bool) -> None:
    tex = write_bibtex(typed, name=name).tex
    assert tex.count("{") == tex.count("}")
    text = re.sub(r"\$[^$]*\$", "", re.sub(r"\\(?:url|href)\{(?:[^{}\\]|\\.)*\}", "", DRAWN.sub("", tex)))
    assert {command[1] for command in TEX.finditer(text)} <= (set() if name else MAY_STAND)
    assert not re.search(r"[#%&_^$]", text)
    for character in text:
        assert has_glyph(character) or character in "＃＄％＆＼＾＿｛｝～，\ufffd"


def test_every_printed_character_is_declared() -> None:
    declared = {chr(int(code, 16)) for code in re.findall(r"\{([0-9A-F]{4})\}", declare_characters())}
    assert {character for character in "≤α−Ș\u202f\u200b…＆＼ễΆ①☐" if character not in declared} == set()


@pytest.mark.parametrize("text", ["{" * 50_000, "\\'" * 50_000, "\\em" * 50_000, "$" * 50_000 + "a", "\\(" * 50_000,
                                  "\\foo" * 20_000, "<<" * 50_000, "é" * 100_000, "\\url{" * 20_000])  # fmt: skip
def test_nothing_takes_for_ever(text: str) -> None:
    write_bibtex(text)  # what goes over the text again for each sign of it does not end before `timeout`


def test_addresses() -> None:
    assert clean_address(r"\url{https://a.b/x{\_}y\%20z\&w}") == "https://a.b/x_y%20z&w"
    assert clean_address("https://a.b/Teoría x") == "https://a.b/Teor%C3%ADa%20x"
    assert clean_address("10.1/(A)1<2::b>", identifier=True) == "10.1/(A)1<2::b>"
    admitted = ["https://a.b", "HTTP://a.b", "ftp://a.b", "mailto:a@b.c", "www.a.b/x", "a.b:80/x"]
    assert [address for address in admitted if explain_address(address)] == []
    refused = ["javascript:1+alert(1)", "JavaScript:x", "file:///x", "data:text/html,x", "vbscript:x"]
    assert [address for address in refused if not explain_address(address)] == []


def test_it_is_told_which_entries_an_entry_may_depend_on() -> None:
    text = (
        "@proceedings{p, title = {P}}\n@inproceedings{a, title = {A}, crossref = {p}, ids = {viejo, otro}}\n"
        "@misc{b, title = {B}, options = {uniquename=true}}\n"
        "@misc{c, title = {xdata=x-title}}\n@xdata{x, title = {X}}\n"
    )
    written = read_bibliography(text, "references.bib")[0].written
    assert {key: entry.links for key, entry in written.items()} == {
        "p": (), "a": ("p", "viejo", "otro"), "b": (), "c": (), "x": (),
    }  # fmt: skip
    assert [key for key, entry in written.items() if entry.looks_at_all] == ["b", "c"]


def test_only_what_is_printed_is_written() -> None:
    text = (
        '@preamble{"\\def\\x{y}"}\n@string{r = {Uno \\& }}\n'
        "@misc{a, title = r # {dos 50%}, abstract = {\\foo 5%}, keywords = {a_b}, file = {C:\\x}, mine = {\\x},\n"
        "  execute = {\\openout1}, options = {skipbib, useprefix=true}, langid = {spanish}, entrysubtype = {\\x}}\n"
        "@misc{b, title = {Sin citar \\foo}}\n"
    )
    bibliography, problems = read_bibliography(text, "references.bib")
    assert [(problem.code, problem.place.line) for problem in problems if problem.code == "bib-preambulo"] == [
        ("bib-preambulo", 1)
    ]
    written = join_entries(bibliography.written).decode()
    assert "title = {Uno ＆ dos 50％}" in written
    assert "options = {useprefix=true}" in written
    for word in ("abstract", "a_b", "C:", "mine", "execute", "entrysubtype", "preamble", "\\x"):
        assert word not in written
    told = find_unprintable_fields(["a"], bibliography)
    assert [(problem.code, problem.place.line, problem.place.column) for problem in told] == [
        ("bib-sin-ejecutar", 4, 3),
        ("bib-sin-ejecutar", 4, 26),
    ]
    assert [problem.place.column for problem in find_unprintable_fields(["b"], bibliography)] == [29]
