"""Ways: a request -> its PDF, by the quickest way that can be taken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imprenta.model.document import split_pieces
from imprenta.problems import CannotContinue
from imprenta.project import tell_installer
from imprenta.typeset.checkpoints.build_state import read_record
from imprenta.typeset.engine.engine import Engine, read_output
from imprenta.typeset.engine.stamps import stamps_hold
from imprenta.typeset.incremental.glimpse import Glimpse
from imprenta.typeset.incremental.pages import set_pages
from imprenta.typeset.references.prepared import Prepared
from imprenta.typeset.request import Typeset
from imprenta.typeset.whole.parts import set_parts
from imprenta.typeset.whole.plain import set_plain

if TYPE_CHECKING:
    from collections.abc import Callable

    from imprenta.typeset.engine.pool import EnginePool
    from imprenta.typeset.request import Hooks, Request
    from imprenta.workspace import Workspace

    Way = Callable[[Request, Hooks], Typeset | None]


def set_nothing(request: Request, _hooks: Hooks) -> Typeset | None:
    """Return the PDF that is there, if the last good build was given the same."""
    state = request.state
    if state is None or state.record.inputs.given != request.inputs.given:
        return None
    if not stamps_hold(request.workspace, state.record.read):
        return None
    request.write_origins()
    problems = () if state.record.clean else request.read_logs()
    read = tuple(state.record.read)
    return Typeset(state.pdf, problems, 0, 0, len(state.run.pages), "nada: lo que lee es lo mismo", read)


def set_parts_seen(request: Request, hooks: Hooks) -> Typeset | None:
    """Set a document in parts; who looks at pages of it sees them before, as they most probably will be."""
    if not hooks.seen_pages or request.state is None:
        return set_parts(request, hooks)
    glimpse = Glimpse(request, hooks)
    try:
        return set_parts(request, glimpse)
    finally:
        glimpse.close()


WAYS: tuple[Way, ...] = (set_nothing, set_pages, set_parts_seen, set_plain)
"""The ways, the quickest first: each returns None where it cannot be taken; the last one always can."""


def typeset_document(request: Request, hooks: Hooks) -> Typeset:
    """Return the PDF of a request, with what LaTeX and biber have to say of it.

    Works in a folder of its own, where the auxiliary files of the last build stay. No shell escape; TeX may open files
    below that folder and its own trees only. Raises CannotContinue (status 4) when the toolchain is missing, Endless
    when a program hangs, and whatever `hooks.confirm` raises.
    """
    for program in ("pdflatex", "biber"):
        if request.workspace.find_program(program) is None:
            raise CannotContinue(f"falta el programa «{program}»", hint=tell_installer())
    made = (way(request, hooks) for way in (WAYS[-1:] if request.plain else WAYS))
    return next(typeset for typeset in made if typeset is not None)


def prepare_typesetting(workspace: Workspace, preamble: str, date: str) -> Prepared:
    """Begin with what needs neither text nor figures, beside whatever else is done: the format of the preamble.

    What goes wrong is told when the document is set.
    """
    return Prepared(workspace, Engine(workspace, date, lambda step: None), preamble)


def prepare_pool(workspace: Workspace, pool: EnginePool) -> None:
    """Have an engine wait that will do if the preamble is that of the last good build."""
    record = read_record(workspace)
    if record is not None:
        pool.prepare(split_pieces(read_output(workspace, ".tex"))[0], record.inputs.date)
