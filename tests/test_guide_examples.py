"""Each example of the guide is a report that can be built, and what the guide quotes of it is what stands in its files.

An example is a folder of `docs/guia/ejemplos/`. A page quotes a file of one by a comment before the fenced block:
`<!-- ejemplo: ecuaciones/paper/secciones/caida.yaml -->`; it may leave out lines of it.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
GUIDE = ROOT / "docs/guia"
EXAMPLES = GUIDE / "ejemplos"
NAMES = sorted(path.name for path in EXAMPLES.iterdir())
QUOTED = re.compile(r"<!-- ejemplo: (\S+) -->\n+(.*?)```(\w*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def quotations() -> list[tuple[str, str, str]]:
    """Return what pages of the guide quote: the page, the file, and the text."""
    return [
        (page.name, match[1], match[4])
        for page in sorted(GUIDE.glob("*.md"))
        for match in QUOTED.finditer(page.read_text(encoding="utf-8"))
    ]


def test_every_mark_of_an_example_stands_before_a_fenced_block() -> None:
    marks = sum(page.read_text(encoding="utf-8").count("<!-- ejemplo:") for page in GUIDE.glob("*.md"))
    assert marks == len(quotations()) > 0


@pytest.mark.parametrize(("page", "path", "text"), quotations(), ids=lambda value: value.partition("\n")[0])
def test_what_the_guide_quotes_stands_in_the_example(page: str, path: str, text: str) -> None:
    lines = iter((EXAMPLES / path).read_text(encoding="utf-8").splitlines())
    for line in text.splitlines():
        assert line in lines, f"{page}: {path} has no line «{line}» there"  # `in` goes on from the line before


@pytest.mark.parametrize("name", NAMES)
def test_every_example_is_quoted(name: str) -> None:
    assert any(path.partition("/")[0] == name for _, path, _ in quotations())


@pytest.mark.tex
@pytest.mark.parametrize("name", NAMES)
def test_every_example_is_built_without_a_problem(name: str, tmp_path: Path) -> None:
    from laws import build

    shutil.copytree(EXAMPLES / name, tmp_path / name)
    run = build(tmp_path / name, "--strict")
    assert (run.status, run.problems) == (0, ())
