"""Load and check: the author's files -> everything known of them without TeX, and all problems at once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from imprenta.bibliography import (
    MOST_HINTS,
    find_set_citations,
    find_style_gaps,
    find_uncited_entries,
    find_unknown_citations,
    find_unprintable_fields,
)
from imprenta.calculate.mentions import check_mentioned_numbers
from imprenta.check.checks import check_paper
from imprenta.check.cited_keys import cited_keys
from imprenta.check.rubric import Verdict, evaluate_rubric, tell_unmet
from imprenta.check.texts import check_texts
from imprenta.check.weights import LENIENT, weigh_problems
from imprenta.language import VOCABULARY_PATH, check_language, read_names
from imprenta.load import describe_unreadable, tell_unreadable
from imprenta.model.measurements import KEY_PREFIX, MEASUREMENTS_PATH
from imprenta.model.once import once
from imprenta.model.paper import BIBLIOGRAPHY_PATH
from imprenta.pipeline.figure_checks import check_figures
from imprenta.pipeline.loading import Findings, Loaded, listed_keys, load_report
from imprenta.problems import Problem, Span, drop_echoes, has_errors, nearest, sort_problems
from imprenta.render.template_citations import find_template_citations
from imprenta.tag_choice import AS_WRITTEN
from imprenta.workspace import ENGINE_ROOT, content_hash

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from imprenta.bibliography import Bibliography
    from imprenta.cache import Cache
    from imprenta.language import Unknown
    from imprenta.model.paper import Paper
    from imprenta.tag_choice import TagChoice
    from imprenta.workspace import Workspace


FOLLOWING = frozenset(
    {
        "archivo-sin-usar", "exigencia-sin-condicion", "referencia-desconocida", "sin-mencionar", "valor-sin-usar",
        "vocabulario-sin-usar",
    }
)  # fmt: skip
"""What the checks may say only because a file with errors was left out: it waits until that file is mended."""

UNUSED = frozenset(f"{what}-sin-usar" for what in ("abreviatura", "afiliacion", "archivo", "termino", "valor"))
"""What is not wrong while some part uses it, though that part is not printed now."""

SOUND_TEMPLATES = "build/checked-templates"
"""Holds the hash of the engine and of the templates that were found sound: Jinja takes a while to import."""

TELLING_LANGUAGE = frozenset(
    {
        "barra-en-comillas", "enfasis-dudoso", "formula-dudosa", "html-en-texto", "latex-en-texto",
        "marca-decimal-mezclada", "notacion-ajena", "texto-provisional",
    }
)  # fmt: skip
"""What says already that a stretch of text must be written anew: its spelling and signs are not told besides."""

NAMING_FIELDS = frozenset(
    "author booktitle editor eventtitle institution journaltitle organization publisher subtitle title".split()
)
"""The fields of a bibliography whose names the author may write."""


@dataclass(frozen=True, slots=True)
class Examined:
    """What is known of a paper before anything is drawn."""

    loaded: Loaded
    findings: Findings

    @property
    def paper(self) -> Paper | None:
        """Return the paper, or None when its main file cannot be used."""
        return self.loaded.paper

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Return all problems in order."""
        return self.findings.problems

    @property
    def verdicts(self) -> tuple[Verdict, ...]:
        """Return the rubric's verdicts."""
        return self.findings.verdicts

    @property
    def unknown(self) -> tuple[Unknown, ...]:
        """Return the words that no dictionary has."""
        return self.findings.unknown

    @property
    def notice(self) -> str:
        """Return what could not be checked on this machine, in Spanish."""
        return self.findings.notice


def examine_report(
    workspace: Workspace,
    announce: Callable[[str], None] = lambda step: None,
    cache: Cache | None = None,
    choice: TagChoice = AS_WRITTEN,
) -> Examined:
    """Load a project and run every check that needs no TeX and draws nothing."""
    loaded = load_report(workspace, announce, cache, choice=choice)
    announce("Comprobación")
    return Examined(loaded, check_report(workspace, loaded))


def has_errors_at_sight(loaded: Loaded, paths: Collection[str]) -> bool:
    """Tell whether some files have an error that can be told from them alone: unknown citations and values, bad marks.

    It takes milliseconds: so much is looked at before pages are shown that the whole check has not seen yet.
    """
    if loaded.paper is None or has_errors(loaded.problems):
        return True
    names = {path.removesuffix(".yaml") for path in paths}
    files = {id: (part.place.path, *loaded.paper.parts_of.get(id, ())) for id, part in loaded.paper.sections.items()}
    paper = replace(
        loaded.paper,
        sections={id: part for id, part in loaded.paper.sections.items() if not {*files[id]}.isdisjoint(paths)},
        tables={id: part for id, part in loaded.paper.tables.items() if f"paper/tablas/{id}" in names},
        figures={id: part for id, part in loaded.paper.figures.items() if f"figures/{id}" in names},
        data={id: part for id, part in loaded.paper.data.items() if f"paper/datos/{id}" in names},
        measurements=loaded.paper.measurements if MEASUREMENTS_PATH in paths else None,
    )
    problems = [*check_texts(paper), *find_unknown_citations(cited_keys(paper), loaded.bibliography)]
    return has_errors([*problems, *check_mentioned_numbers(paper, loaded.numbers)])


def check_report(workspace: Workspace, loaded: Loaded) -> Findings:
    """Run every check on a paper that was read. Raises Cancelled if that was called off."""
    paper, bibliography, problems, whole = loaded.paper, loaded.bibliography, list(loaded.problems), loaded.whole
    verdicts: list[Verdict] = []
    cited: list[tuple[str, Span]] = []
    unknown: tuple[Unknown, ...] = ()
    notice = ""
    if paper is not None:
        found = _check_parts(paper, workspace)
        language = check_language(workspace, paper.complete or paper, _names_of_works(bibliography))
        notice = language.notice
        told = {problem.place for problem in (*problems, *found) if problem.code in TELLING_LANGUAGE}
        found += [problem for problem in language.problems if not any(_covers(place, problem.place) for place in told)]
        unknown = tuple(one for one in language.unknown if not any(_covers(place, one.place) for place in told))
        problems += found if whole else [problem for problem in found if problem.code not in FOLLOWING]
        workspace.check_cancelled()
        problems += check_mentioned_numbers(paper, loaded.numbers)
        problems += check_figures(paper, workspace, loaded.numbers)
        problems += [*_check_templates(workspace), *_find_unread(workspace)]
        if has_errors(problem for problem in problems if problem.code not in LENIENT):
            # A value may be used where a name is misspelt or a mark is not closed.
            problems = [problem for problem in problems if problem.code != "valor-sin-usar"]
        workspace.check_cancelled()
        cited = cited_keys(paper)
        if workspace.root != ENGINE_ROOT:
            cited += find_template_citations(workspace)
        problems += _check_citations(cited, loaded, workspace)
        cited += [(key, bibliography.entries[key].place) for key in listed_keys(loaded)]
        if whole:
            left_out = cited_keys(paper.complete) if paper.complete is not None else []
            problems += find_uncited_entries(_meant_keys([*cited, *left_out], bibliography), bibliography)
        verdicts = evaluate_rubric(paper)
        if whole:
            problems += tell_unmet(verdicts)
        problems = weigh_problems(drop_echoes(problems), paper)
    problems = [_tell_inclusion(problem, loaded.included) for problem in problems]
    keys = frozenset(key for key, _ in cited)
    return Findings(tuple(sort_problems(problems)), tuple(verdicts), notice, keys, unknown)


def _tell_inclusion(problem: Problem, included: Mapping[str, Span]) -> Problem:
    """Return a problem that tells where its file is included, if it is."""
    place = included.get(problem.place.path)
    if place is None:
        return problem
    return replace(problem, related=(*problem.related, (place, "aquí se incluye")))


def _check_parts(paper: Paper, workspace: Workspace) -> list[Problem]:
    """Check what is printed; what nobody uses is told of the report with all of its parts."""
    found = check_paper(paper, workspace.check_cancelled)
    if paper.complete is None:
        return found
    unused = [problem for problem in check_paper(paper.complete, workspace.check_cancelled) if problem.code in UNUSED]
    return [*(problem for problem in found if problem.code not in UNUSED), *unused]


def _check_citations(cited: list[tuple[str, Span]], loaded: Loaded, workspace: Workspace) -> list[Problem]:
    """Check that what is cited is in the bibliography, whatever that is, and can be printed."""
    bibliography = loaded.bibliography
    works = [one for one in cited if not one[0].startswith(KEY_PREFIX)]
    if loaded.bibliography_bytes is None and works:
        # One mistake, however many citations miss the file.
        (key, place), others = works[0], dict.fromkeys(key for key, _ in works[1:] if key != works[0][0])
        there = workspace.what_is(BIBLIOGRAPHY_PATH) != "missing"
        reason = describe_unreadable(workspace, BIBLIOGRAPHY_PATH) if there else f"no hay «{BIBLIOGRAPHY_PATH}»"
        more = f" (ni {len(others)} más)" if others else ""
        message = f"la cita «{key}»{more} no está en ninguna parte: {reason}"
        beside = [] if there else [path.strip("/") for path in workspace.list_files("", ".bib")]
        hint = f"¿es «{beside[0]}»? Llámelo así" if beside else "las fuentes van en ese archivo"
        return [Problem("cita-desconocida", message, place, hint)]
    if not bibliography.own_entries() and any(problem.code == "bib-no-es-bib" for problem in loaded.problems):
        return []  # the one mistake is the file
    printed = _meant_keys(cited, bibliography).union(listed_keys(loaded))
    unprintable = find_unprintable_fields(printed, bibliography)
    report = loaded.paper.report if loaded.paper is not None else None
    sets = find_set_citations(cited, bibliography, numeric=report is not None and report.numeric)
    gaps = find_style_gaps(printed, bibliography, report.citation_style) if report is not None else []
    return [*find_unknown_citations(cited, bibliography), *sets, *unprintable, *gaps]


def _find_unread(workspace: Workspace) -> list[Problem]:
    """Tell which files that need not be there are there and cannot be read: it would be as if they were not."""
    named = [path for folder in workspace.list_folders("templates") for files in (True, False)
             for path in workspace.list_files(folder, ".j2", files=files)]  # fmt: skip
    unread = [path for path in (VOCABULARY_PATH, *named) if workspace.read(path) is None]
    return [tell_unreadable(workspace, path) for path in unread if workspace.what_is(path) != "missing"]


@once
def _names_of_works(bibliography: Bibliography) -> frozenset[str]:
    """Return the names of who wrote and published the works, and those in what they are called."""
    return read_names(field.value for entry in bibliography.own_entries() for field in entry.fields.values()
                      if field.name in NAMING_FIELDS)  # fmt: skip


def _covers(outer: Span, inner: Span) -> bool:
    """Tell whether a place lies inside another."""
    first, last = (inner.line, inner.column), (inner.end_line, inner.end_column)
    inside = (outer.line, outer.column) <= first and last <= (outer.end_line, outer.end_column)
    return outer.path == inner.path and inside


def _meant_keys(cited: list[tuple[str, Span]], bibliography: Bibliography) -> set[str]:
    """Return the cited keys, and those that a misspelt one stands for: their entries are not uncited."""
    known = bibliography.aliases()
    keys = dict.fromkeys(key for key, _ in cited)
    unknown = [key for key in keys if key not in known][:MOST_HINTS]
    return {*keys, *(near for key in unknown if (near := nearest(key, known)) is not None)}


def _check_templates(workspace: Workspace) -> list[Problem]:
    """Check the templates, unless they were found sound by the same engine before."""
    mark = content_hash(workspace.engine_mark(), workspace.hash_tree("templates", ".j2"))
    if workspace.read(SOUND_TEMPLATES) == mark.encode():
        return []
    from imprenta.shared_cache import SharedCache

    # Most reports have no templates of their own: to a new one another has told already that these are sound.
    shared = SharedCache("templates", most=100, room=1 << 20)
    problems: list[Problem] = []
    if shared.get(mark) is None:
        from imprenta.render import check_templates

        problems = check_templates(workspace)
    if not problems:
        workspace.keep(SOUND_TEMPLATES, mark)
        shared.put(mark, b"")
    return problems
