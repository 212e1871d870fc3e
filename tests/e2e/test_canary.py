"""What an author may try, in every place of a report where words stand: a file beside it stays unread, nothing is run.

The places are those of the complete report, which has every field of every model. What is refused in a place is left
out of it, until the rest is built.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest
import yaml
from facts_report import lay_report
from laws import run_order
from reading import SEEN_LATE, read_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

CANARY = "canario-7f3a9c51"
TRIES = {
    "TeX": r"\input{SECRET} \openin5=SECRET \write18{touch MARK} ^^5cinput SECRET",
    "plantilla": "{% include 'SECRET' %} {{ cycler.__init__.__globals__.os.system('touch MARK') }} \\VALOR{ SECRET }",
    "biber": r"@{[qx(touch MARK)]} ${\qx(touch MARK)} \regexp{a}",
    "cita": r"[@ruiz2020, p. \input{SECRET}]",
    "fórmula": r"$\text{\input{SECRET}}$",
    "cálculo": "{= __import__('os').system('touch MARK') }",
    "imagen": "![x](SECRET) ![x](../secreto.txt)",
    "enlace": "[x](file://SECRET) [x](run:SECRET) `\\input{SECRET}`",
}
"""What is tried behind the words of a place."""


@dataclass
class File:
    """A file of YAML whose values are to be replaced; `left` are those that are not."""

    path: Path
    text: str
    values: list[yaml.ScalarNode]
    left: set[int] = field(default_factory=set)
    begins: list[int] = field(default_factory=list)

    def put(self, attempt: str) -> None:
        """Write the file with an attempt at every value that is not left as it is."""
        pieces: list[str] = []
        at = length = 0
        self.begins = []
        for index, node in enumerate(self.values):
            begin, end = node.start_mark.index, node.end_mark.index
            end = begin + len(self.text[begin:end].rstrip())
            own = self.text[begin:end]
            if index in self.left:
                new = own
            elif node.style in ("|", ">"):
                new = f"{own} {attempt}"
            else:
                new = "'" + f"{node.value} {attempt}".replace("'", "''") + "'"
            length += begin - at
            self.begins.append(length)
            pieces += [self.text[at:begin], new]
            length += len(new)
            at = end
        self.path.write_text("".join([*pieces, self.text[at:]]))

    def leave(self, places: Iterable[tuple[int, int]]) -> None:
        """Leave the values at some places (line, column) of the file as they were, or the nearest before each."""
        rows = self.path.read_text().split("\n")
        offsets = [sum(len(row) + 1 for row in rows[: line - 1]) + column - 1 for line, column in places]
        told = {max(0, bisect_right(self.begins, offset) - 1) for offset in offsets}
        if told <= self.left:  # what is wrong there comes of others: none of the file is tried
            told = {index for index in range(len(self.values)) if index not in self.left}
        self.left |= told


def find_values(node: yaml.Node) -> Iterator[yaml.ScalarNode]:
    if isinstance(node, yaml.ScalarNode):
        yield node
    elif isinstance(node, yaml.SequenceNode):
        for inner in node.value:
            yield from find_values(inner)
    elif isinstance(node, yaml.MappingNode):
        for _, inner in node.value:
            yield from find_values(inner)


def lay_attempt(report: Path, attempt: str) -> tuple[int, int]:
    """Put an attempt into every place of a report that takes it; return how many these are, and of how many."""
    (report / "paper/rubrica.yaml").unlink()  # it asks for what is there
    files = {}
    for path in sorted(report.rglob("*.yaml")):
        text = path.read_text()
        files[str(path.relative_to(report))] = File(path, text, list(find_values(yaml.compose(text))))
    while True:
        for file in files.values():
            file.put(attempt)
        run = run_order("check", report)
        assert CANARY not in f"{run.problems} {run.printed}"
        if not run.errors:
            every = sum(len(file.values) for file in files.values())
            return every - sum(len(file.left) for file in files.values()), every
        before = sum(len(file.left) for file in files.values())
        for path in {one.path for one in run.errors}:
            files[path].leave({(one.line, one.column) for one in run.errors if one.path == path})
        assert sum(len(file.left) for file in files.values()) > before, run.errors


@pytest.mark.tex
@pytest.mark.proof
@pytest.mark.timeout(900)
@pytest.mark.parametrize("name", [*TRIES])
def test_what_is_tried_in_every_place_reads_and_runs_nothing(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret, mark, report = tmp_path / "secreto.txt", tmp_path / "hecho", lay_report(tmp_path / "informe")
    secret.write_text(CANARY)
    monkeypatch.setenv("IMPRENTA_CACHE", str(tmp_path / "comun"))
    attempt = TRIES[name].replace("SECRET", str(secret)).replace("MARK", str(mark))
    taken, every = lay_attempt(report, attempt)
    assert every > 300
    assert taken > 50 or name not in ("TeX", "plantilla", "biber"), taken
    run = run_order("build", report)
    assert {one.code for one in run.errors} <= SEEN_LATE, run.errors
    assert not mark.exists()
    pdf = report / f"build/{'latex/' if run.errors else ''}informe.pdf"
    assert CANARY not in f"{run.problems} {run.printed} {read_text(pdf)}"
    made = [path for folder in (report, tmp_path / "comun") for path in folder.rglob("*") if path.is_file()]
    assert [path for path in made if CANARY.encode() in path.read_bytes()] == []
