"""The pages of a body that is set -> on the screen of who watches, while the rest of the document is set."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from imprenta.typeset.engine.background import Background

if TYPE_CHECKING:
    from imprenta.typeset.request import Hooks


class EarlyPages:
    """Shows pages that may be set again: their contents are those of before, or a label is yet to be settled.

    Invariant: when `wait` is over nothing more is shown, so that no early page takes the place of a later one.
    """

    def __init__(self, hooks: Hooks) -> None:
        """Show them to whoever `hooks` tells, if pages are wanted at all."""
        self._hooks = hooks
        self._showing: Background[None] | None = None

    def show(self, pdf: bytes, count: int) -> None:
        """Begin to show the first pages of the document, which are those of a PDF, in another thread."""
        self.wait()
        if self._hooks.wants_pages:
            self._showing = Background(partial(self._hooks.publish_early, pdf, {page: page for page in range(count)}))

    def wait(self) -> None:
        """Wait until they are shown; raise what showing them raised, Cancelled for one."""
        showing, self._showing = self._showing, None
        if showing is not None:
            showing.wait()
