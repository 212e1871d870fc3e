"""One build from start to end."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from imprenta.cache import Cache
from imprenta.markup import prepare_markup
from imprenta.pipeline.begun_checks import begin_checks
from imprenta.pipeline.cell_pictures import name_pictures
from imprenta.pipeline.conformity import check_conformity
from imprenta.pipeline.drawings import draw_figures
from imprenta.pipeline.drawn_parts import DRAWN_PARTS, write_drawn_parts
from imprenta.pipeline.explaining import find_explained
from imprenta.pipeline.explanation import explain_steps
from imprenta.pipeline.loading import load_report, read_ahead
from imprenta.pipeline.names import name_parts
from imprenta.pipeline.outcome import Outcome
from imprenta.pipeline.overflow import weigh_overflow
from imprenta.pipeline.rendering import render_ahead, render_opening, render_report
from imprenta.pipeline.schemas import refreshing_schemas
from imprenta.pipeline.scope import ReportScope, report_scope
from imprenta.pipeline.tabulation import view_tables
from imprenta.pipeline.tagging import tag_report
from imprenta.problems import drop_warned, has_errors, sort_problems
from imprenta.tag_choice import AS_WRITTEN
from imprenta.typeset import EnginePool, expect_entries
from imprenta.workspace import PDF_PATH, content_hash

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from imprenta.model.document import Document
    from imprenta.model.paper import Paper
    from imprenta.model.source_map import SourceMap
    from imprenta.pipeline.drawers import Drawer, Drawers
    from imprenta.pipeline.drawings import DrawnFigures
    from imprenta.pipeline.hooks import BuildHooks, PagesReady
    from imprenta.pipeline.loading import Findings, Loaded
    from imprenta.pipeline.rendering import RenderedAhead
    from imprenta.problems import Problem
    from imprenta.render import TableView
    from imprenta.tag_choice import TagChoice
    from imprenta.typeset import Prepared, Request, SetAhead, Typeset
    from imprenta.workspace import Workspace


class Stopped(Exception):  # noqa: N818 - the paper's fault, not the code's
    """The checks found what keeps the report from being typeset."""


class Build:
    """One build, with what it remembers of those before."""

    def __init__(
        self,
        workspace: Workspace,
        cache: Cache,
        announce: Callable[[str], None],
        publish: Callable[[PagesReady], None] | None = None,
        *,
        strict: bool,
        plain: bool = False,
        aside: bool = False,
        pool: EnginePool | None = None,
        plotter: Drawer | None = None,
        choice: TagChoice = AS_WRITTEN,
    ) -> None:
        """Prepare a build of what is chosen; with `aside` its checks run in another process, `plotter` draws plots."""
        self.choice = choice
        self.plotter = plotter
        self.publish = publish
        self.look: Callable[[], frozenset[int]] = frozenset
        self.pool = pool or EnginePool(workspace)
        self.loaded: Loaded | None = None
        self.litter: object = None
        self._findings: Callable[[], Findings] | None = None
        self.preamble, self.date, self.untagged = "", "", b""
        self._prepared: list[Prepared] = []
        self._ahead: SetAhead | None = None
        self._rendered: RenderedAhead | None = None
        self.workspace, self.cache, self.announce = workspace, cache, announce
        self.strict, self.plain, self.aside = strict, plain, aside

    def run(self) -> Outcome:
        """Load, check, draw, tabulate, render, typeset."""
        expect = None if self.plain else partial(expect_entries, self.pool)
        loaded = self.loaded = load_report(self.workspace, self.announce, self.cache, expect, self.choice)
        if self.aside:
            read_ahead(self.workspace, loaded)
        prepare_markup()  # before the checks part from this process, which both need it
        findings = self._findings = begin_checks(self.workspace, loaded, self.cache, aside=self.aside)
        with refreshing_schemas(self.workspace, loaded, aside=self.aside):
            if loaded.paper is None or has_errors(loaded.problems):
                return Outcome(False, findings().problems)
            try:
                return self._make(loaded, findings)
            except Stopped:
                return Outcome(False, findings().problems)
            finally:
                for prepared in self._prepared:
                    prepared.give_up()

    def _stops(self, loaded: Loaded, findings: Findings) -> bool:
        return loaded.paper is None or has_errors(findings.problems) or (self.strict and bool(findings.problems))

    def _make(self, loaded: Loaded, findings: Callable[[], Findings]) -> Outcome:
        """Make the PDF. The checks may go on meanwhile: nothing leaves `build/latex/` before they are through."""

        def confirm() -> None:
            self.announce("Comprobación")
            if self._stops(loaded, findings()):
                raise Stopped

        try:
            figures, tables, typeset = self._typeset(loaded, confirm)
        except Exception:
            # What cannot be set may be what the checks are about to tell; whatever else it is, it is told then.
            confirm()
            raise
        confirm()
        return self._finish(loaded, findings(), figures, tables, typeset)

    def _typeset(
        self, loaded: Loaded, confirm: Callable[[], None]
    ) -> tuple[DrawnFigures, dict[str, TableView], Typeset | None]:
        from imprenta.render import TemplateFailure
        from imprenta.typeset import Typeset

        paper = loaded.paper
        assert paper is not None
        names = name_pictures(name_parts(loaded), self.workspace, paper)
        uses = find_explained(paper)
        given = content_hash(loaded.values, names.mark, uses.tell())
        scope = self.cache.in_process("scope", given, lambda: report_scope(loaded.numbers, names, uses))
        self.announce("Figuras")
        aside = self.aside or not self.workspace.is_file(PDF_PATH)
        meanwhile = partial(self._prepare, loaded, scope) if aside else partial(self._go_on, loaded, scope, confirm)
        figures = draw_figures(
            self.workspace, loaded, scope, self.announce, confirm, meanwhile, aside=aside, cache=self.cache,
            plotter=self.plotter,
        )  # fmt: skip
        if has_errors(_weigh(figures.problems, paper)):
            return figures, {}, None
        self.announce("Tablas y plantillas")
        tables = view_tables(self.workspace, paper, scope, self.cache)
        try:
            document, places = render_report(self.workspace, loaded, scope, figures, tables, self.cache, self._rendered)
        except TemplateFailure as failure:
            return figures, tables, Typeset(None, (failure.problem,), 0, 0)
        self.announce("Composición")
        self.preamble, self.date = document.preamble, paper.report.stamp
        sources = sorted({figure.place.path for figure in paper.placed_figures.values()})
        given = content_hash(self.workspace.hash_files(*sources), *figures.files)
        parts = self.cache.in_process("parts", given, lambda: write_drawn_parts(paper.every_figure, figures.parts))
        self.workspace.write(DRAWN_PARTS, parts)
        return figures, tables, self._set(loaded, document, figures, places, confirm)

    def _prepare(
        self, loaded: Loaded, scope: ReportScope, expect: Callable[[], DrawnFigures], drawers: Drawers
    ) -> None:
        """Let LaTeX and biber begin while the checks run and the figures are drawn."""
        from imprenta.render import TemplateFailure
        from imprenta.typeset import prepare_typesetting

        paper = loaded.paper
        assert paper is not None
        if self.plain:
            return
        with suppress(TemplateFailure):
            preamble = render_opening(self.workspace, loaded, scope, self.cache)
            self._prepared.append(prepare_typesetting(self.workspace, preamble, paper.report.stamp))
            if self._prepared[0].is_dumping:
                drawers.give_way()
            document, _ = self._render_ahead(loaded, scope, expect())
            self._prepared[0].go_on(document, loaded.bibliography.written, self.pool.biber)

    def _go_on(
        self,
        loaded: Loaded,
        scope: ReportScope,
        confirm: Callable[[], None],
        expect: Callable[..., DrawnFigures],
        _: Drawers,
    ) -> None:
        """Write the .tex, and set what else changed, while figures are drawn: with the figures as they were.

        Engines and formats are there from the build before. Who watches sees these pages meanwhile.
        """
        from imprenta.render import TemplateFailure
        from imprenta.typeset import Endless, set_ahead

        with suppress(TemplateFailure, Endless):
            figures = expect(as_before=True)
            document, places = self._render_ahead(loaded, scope, figures)
            if all(figures.files.values()):
                request = self._request(loaded, document, figures, places)
                self._ahead = set_ahead(request, self._hooks(loaded, confirm))

    def _render_ahead(self, loaded: Loaded, scope: ReportScope, expected: DrawnFigures) -> tuple[Document, SourceMap]:
        """Return the .tex with figures as they will be: what is made for it is there when they are drawn.

        Raises TemplateFailure.
        """
        assert loaded.paper is not None
        tables = view_tables(self.workspace, loaded.paper, scope, self.cache)
        self._rendered = render_ahead(self.workspace, loaded, scope, expected, tables, self.cache)
        return self._rendered.document, self._rendered.places

    def _request(self, loaded: Loaded, document: Document, figures: DrawnFigures, places: SourceMap) -> Request:
        """Return what is to be typeset of a .tex that includes the files of these figures."""
        from imprenta.typeset import Request

        assert loaded.paper is not None
        return Request(
            self.workspace,
            document,
            loaded.bibliography.written,
            figures.files,
            places,
            loaded.bibliography,
            loaded.paper.report.stamp,
            self.pool,
            self._prepared[0] if self._prepared else None,
            self.plain,
            self._ahead,
            frozenset(figures.drawings),
        )

    def _hooks(self, loaded: Loaded, confirm: Callable[[], None]) -> BuildHooks:
        """Return what typesetting tells, and asks."""
        from imprenta.pipeline.hooks import BuildHooks

        def is_sound() -> bool:
            from imprenta.pipeline.examine import has_errors_at_sight  # much code, which an ordinary build never needs

            return not has_errors_at_sight(loaded, self.cache.made.get("load", []))

        hooks = BuildHooks(self.announce, confirm, self.publish, is_sound, self.pool, look=self.look)
        if self.publish is None and not self.aside:
            hooks.check = self._findings
        return hooks

    def _set(
        self,
        loaded: Loaded,
        document: Document,
        figures: DrawnFigures,
        places: SourceMap,
        confirm: Callable[[], None],
    ) -> Typeset:
        """Turn the .tex into a PDF."""
        from imprenta.typeset import Endless, Typeset, typeset_document

        request = self._request(loaded, document, figures, places)
        try:
            typeset = typeset_document(request, self._hooks(loaded, confirm))
            self.litter, self.untagged = typeset.litter, typeset.pdf or b""
        except Endless as endless:
            typeset = Typeset(None, (endless.problem,), 1, 0)
        return weigh_overflow(self.workspace, check_conformity(typeset, loaded, document, places))

    def _finish(
        self,
        loaded: Loaded,
        findings: Findings,
        figures: DrawnFigures,
        tables: dict[str, TableView],
        typeset: Typeset | None,
    ) -> Outcome:
        """Put the PDF in its place if nothing speaks against it."""
        assert loaded.paper is not None
        told = [*figures.problems, *(typeset.problems if typeset is not None else ())]
        problems = tuple(sort_problems(drop_warned([*findings.problems, *_weigh(told, loaded.paper)])))
        drawn, pdf = tuple(figures.drawn), typeset.pdf if typeset is not None else None
        runs, biber_runs = (typeset.engine_runs, typeset.biber_runs) if typeset is not None else (0, 0)
        if typeset is None or pdf is None or has_errors(problems) or (self.strict and problems):
            return Outcome(False, problems, drawn=drawn, engine_runs=runs, biber_runs=biber_runs)
        pdf = tag_report(self.workspace, loaded, pdf, self.cache) if self.publish is None else pdf
        self.workspace.write(PDF_PATH, pdf)
        return Outcome(
            True,
            problems,
            pages=typeset.pages,
            size=len(pdf),
            figures=len(figures.views),
            tables=len(tables),
            references=len(findings.cited),
            drawn=drawn,
            engine_runs=runs,
            biber_runs=biber_runs,
            steps=explain_steps(self.cache, len(figures.views), drawn, typeset.reason, typeset.biber_reason),
            read=(*typeset.read, *map(self.workspace.readable_path, loaded.included)),
            changed=frozenset(page + 1 for page in typeset.changed) if typeset.changed is not None else None,
            former=typeset.former,
        )


def _weigh(problems: Sequence[Problem], paper: Paper) -> Sequence[Problem]:
    """Let problems weigh what the author says that they do."""
    if not problems:
        return problems
    from imprenta.check.weights import weigh_problems

    return weigh_problems(problems, paper)
