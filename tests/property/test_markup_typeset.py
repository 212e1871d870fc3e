"""What was typed is what the PDF says: many strings typeset in one run and read back from the PDF."""

from __future__ import annotations

import random
import re
import subprocess
import unicodedata
from pathlib import Path
from types import SimpleNamespace

import pytest

from imprenta.markup import escape, write_block, write_inline
from imprenta.markup.alphabets import ACCENTS
from imprenta.markup.characters import COMMANDS, COMPOSED, IN_FORMULA, MATH_SYMBOLS, RAW, TEXT_SYMBOLS
from imprenta.markup.drawn import BOXES, DRAWN, draw_accents
from imprenta.markup.mathematics import read_formula_source
from imprenta.markup.mathwords import ARITY, DELIMITERS, ENVIRONMENTS, OUTER_ENVIRONMENTS, SIZES, SYMBOLS, WORDS
from imprenta.markup.parsed import Expression
from imprenta.model.source_map import strip_marks
from imprenta.model.text import Text
from imprenta.render.environment import Templates
from imprenta.workspace import Workspace

pytestmark = pytest.mark.tex

ROOT = Path(__file__).parents[2]
PREAMBLE = (ROOT / "tests/golden/markup/preambulo.tex").read_text(encoding="utf-8")
PREAMBLE += strip_marks(Templates(Workspace(ROOT)).render("marcado", informe=SimpleNamespace(indices=())))

CURATED = [
    r"& % $ # _ { } ~ ^ \ ",
    "\" ' ` < > | @ ! ?",
    "a--b a---b -- --- ----",
    "``a'' ,,a,, <<a>> ?`a !`a",
    "?? ??? !! ¿¿ ¡¡ ?‘ !‘",
    "«uno» “dos” ‘tres’ „cuatro‟ ‹cinco›".replace("‟", "”"),
    "’’ ‘‘ ,‚ -– –- ––",
    "1.ª 2.º €5 £5 ¥5 §3 © ® ™ 20 °C ±1 2×3 6÷2 a·b •",
    "→ ← ↔ ⇒ ↑ ↓ ≤ ≥ ≠ ≈ ∞ √ ∑ ∈ µ ½ ¼ ¾ x² x³ x¹ x⁴ H₂O",
    "α β γ δ ε λ π σ φ ω Γ Δ Ω Σ",
    r"\input{x} \write18{ls} \def\a{b} \csname x\endcsname ^^41 %comentario",
    '"a "o "u "n ~n ~a \'a <a> "- "= "| "/',
    "office file flujo ffi ffl fi",
    "https://example.org/a_b?c=d&e=%20#f~g",
    "C:\\Users\\Ñandú\\~tilde^2",
    "Ā ā Ő ő Ș ș Ț ț ẞ ß Œ œ Æ æ Ø ø Å å Ł ł Đ đ Ŋ ŋ",
    "un−menos, un–guion, una—raya, unos…puntos",
    "[corchetes] [*] *asterisco (paréntesis) {llaves}",
    "áéíóú ñ ü ÁÉÍÓÚ Ñ Ü ¿ ¡ ç",
    "2377/tcp, 7946/tcp+udp, 4789/udp",
]


class _Scope:
    def number(self, _expression: Expression) -> str:
        return "1\u202f234,50"

    def sources(self, _names: tuple[str, ...]) -> tuple[str, ...]:
        return ()


def run_latex(directory: Path, body: str) -> str:
    """Typeset a body; return TeX's log."""
    (directory / "p.tex").write_text(f"{PREAMBLE}\\begin{{document}}\n{body}\n\\end{{document}}\n", encoding="utf-8")
    command = ["pdflatex", "-no-shell-escape", "-halt-on-error", "-interaction=nonstopmode", "p.tex"]
    done = subprocess.run(command, cwd=directory, capture_output=True, check=False, timeout=90)
    log = (directory / "p.log").read_text(encoding="utf-8", errors="replace")
    assert done.returncode == 0, log[-3000:]
    assert "Missing character" not in log, [line for line in log.splitlines() if "Missing character" in line]
    return log


def read_pdf(directory: Path) -> str:
    """Return the text of the PDF."""
    command = ["pdftotext", "-enc", "UTF-8", "-raw", "p.pdf", "-"]
    return subprocess.run(command, cwd=directory, capture_output=True, check=True, timeout=60, text=True).stdout


def normalised(value: str) -> str:
    """Return a string with one kind of blank, without soft hyphens and marks that have no shape."""
    value = unicodedata.normalize("NFC", value)
    value = re.sub("[\u00ad\u200b-\u200f\u2060\ufe0e\ufeff]", "", value)
    return " ".join(value.split())


def random_strings(count: int) -> list[str]:
    """Return strings of characters that can be printed, the troublesome ones more often than letters."""
    source = random.Random(20261123)  # the same strings at every run
    shapes = [character for character in COMMANDS if character.isascii() and character.isprintable()]
    groups = [
        sorted(RAW),
        shapes,
        sorted("-–,<>‘’?!`'\"« »"),
        sorted(COMPOSED | TEXT_SYMBOLS.keys() | MATH_SYMBOLS.keys()),
    ]
    # What NFC turns into another character would be read back as that one.
    groups = [[c for c in group if unicodedata.normalize("NFC", c) == c] for group in groups]
    strings = []
    for _ in range(count):
        inside = "".join(source.choice(source.choice(groups)) for _ in range(source.randint(1, 24)))
        # A blank next to a wide sign may be read back as two or none: blanks stand between letters only.
        strings.append(re.sub(r"\s+", "", inside))
    return [string for string in strings if string]


def read_back(directory: Path, strings: list[str], turn: object = escape) -> list[str]:
    """Typeset each string between marks, and return what stands between them in the PDF."""
    assert callable(turn)
    lines = [f"Inicio{number} {turn(string)} Fin\n\n" for number, string in enumerate(strings)]
    run_latex(directory, "\\raggedright\\hyphenpenalty=10000\n" + "".join(lines))
    found = dict(re.findall(r"Inicio(\d+) (.*?) ?Fin", " ".join(read_pdf(directory).split())))
    return [found.get(str(number), "<nada>") for number in range(len(strings))]


def test_curated_strings_are_read_back(tmp_path: Path) -> None:
    found = read_back(tmp_path, CURATED)
    assert found == [normalised(string) for string in CURATED]


def test_random_strings_are_read_back(tmp_path: Path) -> None:
    strings = random_strings(400)
    found = read_back(tmp_path, strings)
    wrong = [
        (string, got)
        for string, got in zip(strings, found, strict=True)
        if normalised(string) != normalised(got).replace(" ", "")
    ]
    assert not wrong


def test_every_printed_character_is_read_back(tmp_path: Path) -> None:
    characters = sorted(RAW | COMPOSED | TEXT_SYMBOLS.keys() | MATH_SYMBOLS.keys() | DRAWN.keys() | BOXES.keys())
    accented = [chr(code) for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)) if draw_accents(chr(code))]
    assert len(accented) > 300
    characters += [*accented, "x\u0304", "p\u0302", "μ\u0302", "v\u20d7", "a\u0323\u0301"]
    strings = [f"a{character}b" for character in characters if character != " "]
    found = read_back(tmp_path, strings)
    wrong = [(a, b) for a, b in zip(strings, found, strict=True) if normalised(a) != normalised(b).replace(" ", "")]
    assert not wrong


def test_code_is_read_back(tmp_path: Path) -> None:
    strings = [*CURATED, "kubectl get pods --all-namespaces -o=jsonpath='{.items[*].metadata.name}'"]
    found = read_back(tmp_path, strings, lambda string: write_inline(Text(f"````` {string} `````", "x"), _Scope()))
    assert [got.replace(" ", "") for got in found] == [normalised(string).replace(" ", "") for string in strings]


def test_every_command_of_mathematics_can_be_typeset(tmp_path: Path) -> None:
    sources = [rf"x \{name} y" for name in sorted(SYMBOLS - {"limits", "nolimits"})]
    sources += [rf"\{name}{{A}}^2_3" for name in sorted(ARITY[1] - {"not"})]
    sources += [rf"\{name} {{a}}{{b}}" for name in sorted(ARITY[2])]
    sources += [rf"\{name}{{si ñ % & _ é}}" for name in sorted(WORDS)]
    sources += [rf"\left\{name} \frac{{a}}{{b}} \middle| c \right." for name in sorted(DELIMITERS)]
    sources += [rf"\{name}( a \{name}\rangle" for name in sorted(SIZES)]
    sources += [
        rf"x {character} y^{character}"
        for character in sorted(IN_FORMULA)
        if not character.isspace() and character != "′"
    ]
    sources += [
        rf"\begin{{{name}}} a \\ [b] \end{{{name}}}"
        for name in [*ENVIRONMENTS, *(outer for outer, inner in OUTER_ENVIRONMENTS.items() if inner)]
        if name[:2] not in ("ar",) and name != "alignedat"
    ]
    sources += [
        r"\begin{array}{l|r} a & b \\ \hline c & d \end{array}",
        r"\begin{alignedat}{2} a &= b & c &= d \end{alignedat}",
        r"\begin{align*} a &= b \\ c &= d \end{align*}",
        r"a &= b \\ &= c",
        r"f'' + f'^2 + g_1' \not= \sqrt[3]{x} \not\in \operatorname*{arg\,max}_{x}",
        r"\sum_{\substack{i < n \\ j < m}} a_{ij} \quad 3,14 \quad \{1, 2\} \| x \|",
        r"P = \sum_{i=k}^{n} \binom{n}{i} p^i (1-p)^{n-i} \text{ si } p > 0.5",
        r"\underbrace{a + b}_{\text{dos}} \xrightarrow[abajo]{arriba} \mathbb{R}^+",
    ]
    faults = {source: read_formula_source(source, display=True).faults for source in sources}
    assert not {source: found for source, found in faults.items() if found}
    formulas = [read_formula_source(source, display=True).tex for source in sources]
    assert len(formulas) > 400
    run_latex(tmp_path, "\n\n".join(f"\\[ {formula} \\]" for formula in formulas))


WITHOUT_INK = {"phantom", "hphantom", "vphantom", "not", "substack"}
LETTERS = {"a": "a", "l": "l", "k": "k", "A": "A", "Z": "Z", "1": "1", "0": "0", "7": "7", "ñ": "ñ", "Á": "Á",
           r"\Gamma": "Γ", r"\Omega": "Ω", "α": "α", "Σ": "Σ", "ο": "o", r"\alpha": "α", "x_1": "x1"}  # fmt: skip


def test_a_formula_prints_the_letters_typed_or_says_that_it_cannot(tmp_path: Path) -> None:
    accented = {rf"\{accent}{{E}}": "E" for accent in ACCENTS} | {r"\vec{E}": "E\u20d7"}
    cases = [
        (formula.tex, printed)
        for name in sorted(ARITY[1] - WITHOUT_INK)
        for typed, printed in (LETTERS | accented).items()
        if not (formula := read_formula_source(rf"\{name}{{{typed}}}", display=False)).faults
    ]
    assert len(cases) > 1400
    found = read_back(tmp_path, [tex for tex, _ in cases], "${}$".format)
    wrong = [
        (tex, got, printed)
        for (tex, printed), got in zip(cases, found, strict=True)
        if not set(unicodedata.normalize("NFD", printed)) <= set(unicodedata.normalize("NFD", got))
    ]
    assert not wrong


BLOCKS = [
    "- uno\n- dos\n  - tres\n    - cuatro\n      - cinco\n\nFin.",
    "3. tres\n4. cuatro\n   1. uno\n   2. dos",
    "- [corchete]\n- *énfasis* [x]\n-\n- ```\n  código\n  ```\n- $$a$$",
    "> cita con `código --x`\n> - lista",
    "Nota[^a] y otra[^b], la primera[^a].\n\n[^a]: Texto con `código`\n\n    y otro párrafo $x$.\n[^b]: - lista",
    '```\nfor i in $(seq 1 3); do\n    echo "$i" # {} % & ~\n\ndone\n```',
    "Texto\n\n$$\na &= b \\\\\n  &= c\n$$\n\nmás $$x$$ texto.",
    "a\\\n[b]  \n*c*",
    "[enlace](https://example.org/a_b%20c?x=1&y={2}#z~q) <https://example.org/%C3%B1_x> <a@b.co>",
    "{= a} y $x = {= a}$",
    "漢字 y 😀",
    "# Título\n\n---\n\n# [otro]",
    "*\\\nx*",
]


def test_blocks_can_be_typeset_also_in_cells(tmp_path: Path) -> None:
    blocks = [write_block(Text(block, "x"), _Scope()) for block in BLOCKS]
    cells = [write_inline(Text(block, "x"), _Scope()) for block in BLOCKS]
    rows = "".join(f"{cell} & {cell} \\\\\n" for cell in cells)
    table = f"\\begin{{longtable}}{{p{{6cm}}p{{6cm}}}}\n\\toprule\n{rows}\\bottomrule\n\\end{{longtable}}"
    run_latex(tmp_path, "\n\n".join(blocks) + "\n\n" + table)
    text = " ".join(read_pdf(tmp_path).split())
    assert "[corchete]" in text
    assert 'echo "$i" # {} % & ~' in text
    assert "1 234,50" in text
