"""One reader, watched by atheris: run by `fuzz.py` in a process of its own, with the name of the reader."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import get_args

import atheris

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests/e2e"), str(ROOT / "tests/unit")]

with atheris.instrument_imports(
    include=["imprenta.markup", "imprenta.load", "imprenta.bibliography", "imprenta.model"]
):
    from test_markup_properties import Scope, is_balanced

    from imprenta.bibliography import read_bibliography
    from imprenta.load import read_yaml
    from imprenta.markup import find_misplaced, read_text, write_block, write_inline, write_plain
    from imprenta.model.meaning import Role
    from imprenta.model.text import Text


def read_as_yaml(words: str) -> None:
    """Hold the reader of YAML: it never raises, and its places are in the file."""
    tree = read_yaml(words, "x.yaml")
    last = words.count("\n") + words.count("\r") + 1
    assert all(1 <= problem.place.line <= last for problem in tree.problems), tree.problems
    assert tree.data is not None or tree.problems


def read_as_markdown(words: str) -> None:
    """Hold the markup: what it writes is TeX whose braces close, and its places are in the text."""
    text = Text(words, "x")
    for tex in (write_block(text, Scope()), write_inline(text, Scope())):
        assert is_balanced(tex), tex
        tex.encode()
    write_plain(text, Scope())
    for role in get_args(Role):
        find_misplaced(text, role)
    assert all(problem.place.column >= 1 for problem in read_text(text).problems)


def read_as_bib(words: str) -> None:
    """Hold the reader of .bib: it never raises, its places are in the file, and what it writes has its braces closed."""
    bibliography, problems = read_bibliography(words, "x.bib")
    last = words.count("\n") + words.count("\r") + 1
    assert all(1 <= problem.place.line <= last for problem in problems), problems
    for entry in bibliography.written.values():
        assert is_balanced(entry.text), entry.text


READERS = {"yaml": read_as_yaml, "markdown": read_as_markdown, "bib": read_as_bib}
SEEDS = {
    "yaml": ["titulo: A\ncontenido:\n  - texto: |\n      Hola\n", "a: 'b'\nc: [d, {e: f}]", 'a: "\\u00e1"\n', "? a\n: >-\n b"],
    "markdown": [
        "- a *b* **c**\n  - `d`\n\n[^n]: x", "$a_1 = \\frac{b}{c}$ [@k, p. 3] {figura:x} {= a|2}", "> x\n\n```\nc\n```",
        "$$\n\\begin{array}{l} a & b \\\\ c \\end{array}\n$$", "[a](http://b.c) <http://d.e>", "|a|\n|-|\n|b|",
    ],
    "bib": [
        "@book{a, author = {Ruiz, Ana and Paz, L.}, title = {{A} \\emph{b} $c$}, date = {2020}}",
        '@string{s = "x"}\n@article{b, title = s # {y}, journal = {\\\'{\\i}}, pages = {1--2}}', "@comment{x}\n% y\n@preamble{z}",
        "@misc{c, url = {https://a.b/c_d%20}, crossref = {a}, year = 2020, month = jan}",
    ],
}  # fmt: skip


def main() -> None:
    """Let atheris look until its time is over."""
    name = sys.argv.pop(1)
    for number, seed in enumerate(SEEDS[name]):
        (Path(sys.argv[-1]) / f"semilla-{number}").write_text(seed, encoding="utf-8")
    read = READERS[name]
    atheris.Setup(sys.argv, lambda data: read(data.decode("utf-8", "replace")))
    atheris.Fuzz()


if __name__ == "__main__":
    main()
