"""The preamble, then the document and its .bib -> formats and entries, made beside whatever else is done."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from imprenta.model.bib_entry import join_entries
from imprenta.model.facts import Citation, Continued
from imprenta.problems import CannotContinue
from imprenta.typeset.engine.background import Background
from imprenta.typeset.engine.engine import FOLDER, JOB
from imprenta.typeset.engine.formats import BASE, OPEN, is_format_near, make_format
from imprenta.typeset.engine.locate import Locator
from imprenta.typeset.references.entries import Entries
from imprenta.typeset.references.list import References
from imprenta.workspace import Cancelled

if TYPE_CHECKING:
    from collections.abc import Mapping

    from imprenta.model.bib_entry import WrittenEntry
    from imprenta.model.document import Document
    from imprenta.typeset.engine.engine import Engine
    from imprenta.typeset.engine.waiting_job import WaitingJob
    from imprenta.typeset.engine.warm_biber import WarmBiber
    from imprenta.workspace import Workspace


class Prepared:
    """What the parts of a document need and what does not depend on its pages, made beside whatever else is done."""

    def __init__(self, workspace: Workspace, engine: Engine, preamble: str) -> None:
        """Begin with the format of the preamble."""
        self._workspace = workspace
        self._engine = engine
        self._maker: Entries | None = None
        self._entries: Background[str | None] | None = None
        self._references: References | None = None
        self.is_dumping = not is_format_near(workspace, engine, preamble, BASE)
        """Whether LaTeX has the preamble to read, on which all else waits."""
        self._formats: Background[bool] = Background(partial(self._make_format, preamble, BASE))

    def go_on(self, document: Document, entries: Mapping[str, WrittenEntry], biber: WarmBiber) -> None:
        """Make the entries of the references and the other format; the document may place figures of any size."""
        if document.cited and not document.has(Citation):
            self._workspace.write(f"{FOLDER}/references.bib", join_entries(entries))
            self._maker = Entries(self._engine, document, entries, biber, Locator(document))
            self._references = References(self._engine, document) if not document.has(Continued) else None
            self._formats = Background(partial(self._prepare, self._formats, self._maker, self._references))
        elif document.has(Citation) and not self._workspace.is_file(f"{FOLDER}/{JOB}.bbl"):
            biber.begin()  # LaTeX will ask for it when it has read the whole

    def wait_for_entries(self) -> tuple[int, str]:
        """Wait until the entries are there; return how often biber ran for them, and why."""
        self._formats.wait()
        if self._entries is not None:
            self._entries.wait()
        return (self._maker.biber_runs, self._maker.reason) if self._maker is not None else (0, "")

    def take_list(self) -> WaitingJob | None:
        """Hand over the list of references, if LaTeX has begun to set it; after the entries are there."""
        return self._references.hand_over() if self._references is not None else None

    def give_up(self) -> None:
        """End what is not done yet: nothing more will be set."""
        self._workspace.cancel()
        with suppress(Cancelled, CannotContinue):
            self.wait_for_entries()
        if self._references is not None:
            self._references.close()
        self._workspace.resume()

    def _make_format(self, preamble: str, name: str) -> bool:
        with suppress(CannotContinue):  # it is told when the document is set
            return make_format(self._workspace, self._engine, preamble, name)
        return False

    def _prepare(self, before: Background[bool], maker: Entries, references: References | None) -> bool:
        before.wait()
        if not self._make_format(maker.preamble, BASE):
            return False
        self._entries = Background(maker.make)
        is_there = self._make_format(maker.preamble, OPEN)
        entries = self._entries.wait()
        if is_there and entries is not None and references is not None:
            references.begin_early(entries)
        return is_there
