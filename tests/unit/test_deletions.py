"""The report of this repository: whatever its assignment or its sources need is taken away, and `check` fails there."""

from __future__ import annotations

import re
import shutil
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from imprenta.bibliography import Bibliography, find_unknown_citations
from imprenta.cache import Cache
from imprenta.check.cited_keys import cited_keys
from imprenta.check.conditions import CONDITION_TESTS
from imprenta.check.scope import find_scope
from imprenta.model import SubsectionBlock, TextBlock
from imprenta.model.paper import walk_blocks
from imprenta.pipeline.examine import Examined, examine_report
from imprenta.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Iterator

    from imprenta.model.rubric import Demand
    from imprenta.problems import Problem, Span

ROOT = Path(__file__).resolve().parents[2]


@cache
def sound() -> Examined:
    return examine_report(Workspace(ROOT))


@cache
def kept() -> Cache:
    """What was read before: only what a test takes away is read anew."""
    return Cache()


def cited_in(examined: Examined) -> list[tuple[str, Span]]:
    assert examined.paper is not None
    return cited_keys(examined.paper)


def demands() -> list[Demand]:
    paper = sound().paper
    assert paper is not None
    assert paper.rubric is not None
    return paper.rubric.demands


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Return a copy of the report that a test may spoil."""
    for folder in ("paper", "figures", "experimentos"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    shutil.copy(ROOT / "references.bib", tmp_path)
    return tmp_path


def delete_lines(root: Path, path: str, first: int, last: int) -> None:
    lines = (root / path).read_text(encoding="utf-8").split("\n")
    del lines[first - 1 : last]
    (root / path).write_text("\n".join(lines), encoding="utf-8")


def problems_after(root: Path) -> list[Problem]:
    return list(examine_report(Workspace(root), cache=kept()).problems)


def unmet(problems: list[Problem]) -> list[tuple[int, str]]:
    """Return for each demand that is not met the line of the rubric and the file where it should be met."""
    return [
        (problem.place.line, problem.related[0][0].path)
        for problem in problems
        if problem.code == "exigencia-incumplida"
    ]


def test_the_report_is_sound_and_meets_its_rubric() -> None:
    assert sound().problems == ()
    assert len(sound().verdicts) >= 15
    assert [verdict.detail for verdict in sound().verdicts if not verdict.met] == []


def test_without_any_one_entry_its_citations_are_unknown() -> None:
    """In memory, for every entry that is cited."""
    bibliography, cited = sound().loaded.bibliography, cited_in(sound())
    keys = {key for key, _ in cited}
    assert len(keys) > 100
    for key in keys:
        rest = {name: entry for name, entry in bibliography.entries.items() if name != key}
        found = find_unknown_citations(cited, Bibliography(bibliography.path, rest))
        assert {problem.place for problem in found} == {place for name, place in cited if name == key}


@pytest.mark.parametrize("number", range(0, 250, 50))
def test_an_entry_deleted_from_the_file(number: int, copy: Path) -> None:
    key = sorted(sound().findings.cited)[number]
    path = copy / "references.bib"
    text, count = re.subn(rf"(?ms)^@\w+\{{{re.escape(key)},.*?^\}}\n", "", path.read_text(encoding="utf-8"))
    assert count == 1
    path.write_text(text, encoding="utf-8")
    found = [problem for problem in problems_after(copy) if problem.code == "cita-desconocida"]
    assert {problem.place for problem in found} == {place for name, place in cited_in(sound()) if name == key}


def test_a_paragraph_whose_citations_are_deleted(copy: Path) -> None:
    """Every answer, one after the other: its first paragraph without its citations."""
    paper = sound().paper
    assert paper is not None
    answers = [name for name, section in paper.ordered_sections() if section.answer is not None]
    assert len(answers) == 5
    for name in answers:
        path = copy / f"paper/secciones/{name}.yaml"
        kept = path.read_text(encoding="utf-8")
        head, mark, rest = kept.partition("respuesta:")
        first, gap, others = rest.partition("\n  - ") if "\n\n" not in rest.split("\n  - ")[1] else ("", "", rest)
        stop = others.find("\n  - ")
        spoilt = re.sub(r"\s*\[@[^\]]*\]", "", others[:stop])
        path.write_text(head + mark + first + gap + spoilt + others[stop:], encoding="utf-8")
        found = [problem for problem in problems_after(copy) if problem.code == "parrafo-sin-cita"]
        assert {problem.place.path for problem in found} == {f"paper/secciones/{name}.yaml"}
        path.write_text(kept, encoding="utf-8")


def rows_demanded() -> Iterator[tuple[str, int, int, int]]:
    """Yield path, first and last line of each row of the tables of differences, and the line of the demand."""
    paper = sound().paper
    assert paper is not None
    for demand in demands():
        if demand.table is None or demand.table.differences != 9:
            continue
        scope = find_scope(demand, paper)
        outcome = CONDITION_TESTS["table"](demand.table, scope, paper)
        table = next(table for table in scope.tables if table.title.span() == outcome.place)
        for row in table.rows:
            if row.label is None:
                first, last = row.cells[0].span(), row.cells[-1].span()
                yield first.path, first.line, last.end_line, demand.quote.span().line


@pytest.mark.parametrize("step", [5, pytest.param(1, marks=pytest.mark.proof)])
def test_each_row_deleted(step: int, copy: Path) -> None:
    """Every fifth row of the two tables, or all of them."""
    rows = list(rows_demanded())
    assert len(rows) == 18
    for path, first, last, line in rows[::step]:
        kept = (copy / path).read_text(encoding="utf-8")
        delete_lines(copy, path, first, last)
        assert (line, path) in unmet(problems_after(copy))
        (copy / path).write_text(kept, encoding="utf-8")


@pytest.mark.parametrize("figure", ["swarm", "kubernetes"])
def test_a_figure_deleted(figure: str, copy: Path) -> None:
    """First its file alone, then also where it is placed."""
    (copy / f"figures/{figure}.yaml").unlink()
    path = copy / "paper/secciones/arquitectura.yaml"
    text = path.read_text(encoding="utf-8")
    line = next(number for number, words in enumerate(text.split("\n"), 1) if words.strip() == f"- figura: {figure}")
    found = [problem for problem in problems_after(copy) if problem.code == "figura-desconocida"]
    assert ("paper/secciones/arquitectura.yaml", line) in {(item.place.path, item.place.line) for item in found}
    path.write_text(re.sub(rf"(?m)^ *- figura: {figure}\n", "", text))
    path = copy / "paper/secciones/comunicaciones.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(rf"(?m)^ *- tabla: {{comunicaciones: {figure}}}\n", "", text))
    demand = next(item for item in demands() if item.figures_of is not None)
    assert (demand.quote.span().line, "paper/secciones/arquitectura.yaml") in unmet(problems_after(copy))


def subsections(name: str) -> list[SubsectionBlock]:
    paper = sound().paper
    assert paper is not None
    return [block for block in walk_blocks(paper.sections[name].blocks) if isinstance(block, SubsectionBlock)]


def providers() -> list[SubsectionBlock]:
    return [
        block
        for block in subsections("proveedores")
        if any(isinstance(inner, TextBlock) and "**Limitaciones" in inner.text.value for inner in block.content)
    ]


def test_there_are_three_providers() -> None:
    assert len(providers()) == 3


def delete_subsection(root: Path, block: SubsectionBlock) -> None:
    """Delete the lines of a subsection: those that follow its own and stand deeper."""
    path, line = block.title.path, block.place.line
    lines = (root / path).read_text(encoding="utf-8").split("\n")
    depth = len(lines[line - 1]) - len(lines[line - 1].lstrip())
    last = line
    while last < len(lines) and (not lines[last].strip() or len(lines[last]) - len(lines[last].lstrip()) > depth):
        last += 1
    delete_lines(root, path, line, last)


@pytest.mark.parametrize("number", range(3))
def test_a_provider_deleted(number: int, copy: Path) -> None:
    delete_subsection(copy, providers()[number])
    demand = next(item for item in demands() if item.subsections is not None and item.activity == 3)
    assert (demand.quote.span().line, "paper/secciones/proveedores.yaml") in unmet(problems_after(copy))


@pytest.mark.parametrize("number", range(3))
@pytest.mark.parametrize("aspect", ["Características", "Limitaciones"])
def test_an_aspect_of_a_provider_deleted(number: int, aspect: str, copy: Path) -> None:
    block = providers()[number]
    path = copy / block.title.path
    lines = path.read_text(encoding="utf-8").split("\n")
    stop = providers()[number + 1].place.line if number < 2 else len(lines)
    kept = [
        words for line, words in enumerate(lines, 1) if not (block.place.line < line < stop and f"**{aspect}" in words)
    ]
    assert len(kept) == len(lines) - 2
    path.write_text("\n".join(kept), encoding="utf-8")
    (problem,) = [problem for problem in problems_after(copy) if problem.code == "exigencia-incumplida"]
    assert problem.related[0][0].line == block.title.span().line
    assert f"falta «{aspect.lower()}»" in problem.message


@pytest.mark.parametrize("name", ["costo", "tolerancia-fallas"])
def test_an_aspect_of_the_fourth_activity_deleted(name: str, copy: Path) -> None:
    block = next(item for item in subsections("operaciones") if item.id is not None and item.id.value == name)
    delete_subsection(copy, block)
    demand = next(item for item in demands() if item.aspects is not None and item.activity == 4)
    assert (demand.quote.span().line, "paper/secciones/operaciones.yaml") in unmet(problems_after(copy))


@pytest.mark.parametrize("name", ["descubrimiento-swarm", "descubrimiento-kubernetes", "piezas-swarm"])
def test_an_aspect_of_the_first_activity_deleted(name: str, copy: Path) -> None:
    block = next(item for item in subsections("arquitectura") if item.id is not None and item.id.value == name)
    delete_subsection(copy, block)
    demand = next(item for item in demands() if item.subsections is not None and item.activity == 1)
    assert (demand.quote.span().line, "paper/secciones/arquitectura.yaml") in unmet(problems_after(copy))


def test_an_aspect_of_the_fifth_activity_deleted(copy: Path) -> None:
    """Each aspect that the assignment names: the word put out of the criteria and of their groups."""
    demand = next(item for item in demands() if item.activity == 5 and item.table is not None and item.table.aspects)
    path = copy / "paper/tablas/monitoreo.yaml"
    kept = path.read_text(encoding="utf-8")
    assert demand.table is not None
    for aspect in demand.table.aspects or []:
        spoilt, count = re.subn(rf'(?im)^(\s*- (?:- |grupo: |\[")[^"\n]*?){aspect.value}', r"\1otra cosa", kept)
        assert count
        path.write_text(spoilt, encoding="utf-8")
        assert (demand.quote.span().line, "paper/tablas/monitoreo.yaml") in unmet(problems_after(copy))


@pytest.mark.parametrize("section", ["objetivos", "prerrequisitos"])
def test_a_required_part_deleted(section: str, copy: Path) -> None:
    block = next(item for item in subsections("introduccion") if item.id is not None and item.id.value == section)
    delete_subsection(copy, block)
    lines = {demand.quote.span().line for demand in demands() if demand.parts or demand.section}
    found = [line for line, _ in unmet(problems_after(copy))]
    assert len(found) >= 3
    assert set(found) <= lines
