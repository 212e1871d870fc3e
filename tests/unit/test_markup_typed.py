"""What is typed in a line comes out letter for letter, or is a mark of the guide's."""

from __future__ import annotations

import re

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from imprenta.markup import read_line, write_plain
from imprenta.model.text import Text

QUICK = settings(suppress_health_check=list(HealthCheck))

HOSTILE = [
    *"`*_[]{}()<>#!-+=|$\\^~@&%\"';:,./? 12xyañÑ",
    "\\(",
    "\\)",
    "\\[",
    "\\]",
    "$$",
    "**",
    "\\*",
    "\\$",
    "C:\\",
    "--",
    "US$",
]
ONE_LINE = st.lists(st.sampled_from(HOSTILE), max_size=24).map("".join)
_MARKS = {
    "em_open": r"\*",
    "em_close": r"\*",
    "strong_open": r"\*\*",
    "strong_close": r"\*\*",
    "code_inline": "`+ ?%s ?`+",
    "math_inline": r"(?:\$|\\\()%s(?:\$|\\\))",
    "math_inline_double": r"(?:\$\$|\\\[)%s(?:\$\$|\\\])",
    "text_special": r"\\%s",
    "text": "%s",
}


@QUICK
@given(ONE_LINE)
def test_every_character_of_a_line_is_printed_or_is_of_a_mark(value: str) -> None:
    (inline,) = [token for token in read_line(Text(value, "x")).tokens if token.type == "inline"] or [None]
    if inline is None:
        assert not value.strip() or read_line(Text(value, "x")).plain is not None
        return
    if any(token.type not in _MARKS for token in inline.children):
        return  # a citation, a number, a link: other tests tell what they take
    pattern = "".join(_MARKS[token.type].replace("%s", re.escape(token.content)) for token in inline.children)
    assert re.fullmatch(pattern, value.strip(), re.DOTALL)
    for token in inline.children:
        assert token.type != "text_special" or token.content in "`*[]{}$@<#>+=~|-.)"


NAMES = ["a", "x1", "n", "a_b", "self.x", "f(x)", "a[i]", "2", "10", "costo_total", "_id", "id_", "__init__", "PATH"]
FAMILIES = [
    (NAMES, ["*", "**", " * ", "/", "+", "_", " - ", " = ", "->", " ** ", "%", " | "]),
    (
        [
            "*.py",
            "*.tar.gz",
            "src/*.c",
            "src/**/*.py",
            "test_*.py",
            "[a-z]*",
            "*_test.go",
            "log-*-2019.txt",
            "*",
            "**",
            "a*",
            "*.{js,ts}",
            "~/x/*",
            "*/*",
            "(*)",
            "{*.c,*.h}",
            "0,05*",
        ],
        [", ", " ", "; ", " y ", " o ", ": "],
    ),
    (
        [
            r"C:\_temp",
            r"C:\*.txt",
            r"D:\a_b\c",
            r"\\servidor\c$",
            r"C:\Users\x",
            r"a\b",
            r"\n",
            r"\d+",
            r"\w+",
            r"^a.*b$",
            r"C:\temp\*",
            r"%TEMP%\x",
            r"\\",
            r"DOM\user",
            r"C:\$x",
            r"src\*.py",
            "~/a_b",
            "a/b*c",
        ],
        [", ", " ", "; ", " y ", " o ", " = "],
    ),
    (
        [
            "$5",
            "US$5",
            "US$ 6",
            "COP$7.000",
            "$ 8",
            "R$9",
            "R$ 9",
            "A$ 10",
            "€5",
            "(US$ 5)",
            "US$ 5/kg",
            "$1,5 M",
            "$200.000",
            "10 US$",
            "(COP$)",
            "5 %",
            "MX$ 3",
        ],
        [", ", " ", "; ", " y ", " a ", " o ", " - ", " = ", " + ", " más "],
    ),
    (["5$", "6 $", "200.000 $", "5 %", "1,5$/kg"], [", ", "; ", " y ", " o ", " - ", " = ", " más "]),
    (
        [
            "$HOME",
            "$PATH",
            "${A}",
            "$1",
            "$?",
            "$(ls)",
            "$x",
            "$_GET",
            "$HOME/bin",
            "$a:$b",
            "$#",
            "$@",
            "$0",
            "$A_B",
            "x=$y",
            "'$a'",
            '"$b"',
        ],
        [", ", " ", "; ", " y ", " | ", " && ", " > "],
    ),
    (
        [
            "[0,1)",
            "(0,1]",
            "- 3",
            "+ 3 %",
            "1) x",
            "> 5",
            "# x",
            "| x",
            "#1",
            "C#",
            "AT&T",
            "x < y > z",
            "<T>",
            "{a}",
            "[x]",
            "--",
        ],
        [", ", " ", "; ", " y "],
    ),
]


@QUICK
@given(st.sampled_from(FAMILIES), st.data())
def test_what_programmers_and_accountants_type_comes_out_as_typed(
    family: tuple[list[str], list[str]], data: st.DataObject
) -> None:
    atoms, joints = family
    value = data.draw(st.sampled_from(atoms))
    for joint, atom in data.draw(st.lists(st.tuples(st.sampled_from(joints), st.sampled_from(atoms)), max_size=5)):
        value += joint + atom
    text = Text(data.draw(st.sampled_from(["", "Es ", "(", "«"])) + value, "x")
    assert read_line(text).problems == ()
    assert write_plain(text).replace(" ", "") == text.value.replace(" ", "")


FORMULAS = [
    "$|V| = n$",
    "p$<$0,05",
    "$2 x + 3 y = 5$",
    r"5$\times$3",
    r"37 $^\circ$C",
    r"$x$",
    r"$n=3$",
    r"$\alpha$",
    "$x_1$",
    "$m^2$",
    "$f(x)$",
    r"$x \in [0,1)$",
    r"\(a+b\)",
    r"$95\%$",
    "$PV = nRT$",
    "$-x$",
    r"$\text{si } x$",
    "$3,14$",
    "CO$_2$",
    "m$^2$",
    r"10$^{-3}$",
    r"5 $\mu$m",
    r"(3$\sigma$)",
    "R$^2$=0,9",
    "H$_2$O",
    "$k$-ésimo",
    "«$x$»",
    "$p=$ 0,03",
]


@QUICK
@given(
    st.lists(st.sampled_from(FORMULAS), min_size=1, max_size=6),
    st.sampled_from([", ", " y ", "; ", " es de $5 a US$ 6, "]),
)
def test_formulas_are_formulas_wherever_they_stand(formulas: list[str], joint: str) -> None:
    parsed = read_line(Text(joint.join(formulas), "x"))
    assert parsed.problems == ()
    (inline,) = [token for token in parsed.tokens if token.type == "inline"]
    assert sum(token.type == "math_inline" for token in inline.children) == len(formulas)
