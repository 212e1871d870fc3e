"""What a build does while it is typeset: asks the checks, looks for errors at sight, shows pages to who watches."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from imprenta.typeset import Band, EnginePool


@dataclass(frozen=True, slots=True)
class PagesReady:
    """Pages that are set already, before the whole PDF is: `pages` tells for a page, from 1, its index in `pdf`.

    With a `band` they are only right between these heights, in points from the top; what is elsewhere is as it was.
    """

    pdf: bytes
    pages: dict[int, int]
    band: Band | None = None


@dataclass(slots=True)
class BuildHooks:
    """The hooks of one build, as `typeset.request.Hooks` tells them.

    Nothing is shown without `show`, or while `is_sound` finds errors at sight in the data.
    """

    announce: Callable[[str], None]
    confirm: Callable[[], None]
    show: Callable[[PagesReady], None] | None
    is_sound: Callable[[], bool]
    pool: EnginePool
    check: Callable[[], object] | None = None
    """The checks, if they are to be made while LaTeX works, which this process does itself."""
    look: Callable[[], frozenset[int]] = frozenset
    """What tells the pages (from 1) that somebody looks at."""
    _sound: bool = False

    @property
    def wants_pages(self) -> bool:
        """Tell whether somebody wants to see pages before the PDF is there."""
        return self.show is not None

    @property
    def seen_pages(self) -> frozenset[int]:
        """Return the pages (from 0) that somebody looks at."""
        return frozenset(page - 1 for page in self.look())

    def meanwhile(self) -> None:
        """Look for errors at sight, so that no page is shown which the checks are about to refuse; or check all."""
        if self.wants_pages:
            self._sound = self.is_sound()
        elif self.check is not None:
            self.check()

    def publish_early(self, pdf: bytes, pages: Mapping[int, int]) -> None:
        """Show pages that may still change; the engines have other work than to get ready for the next build."""
        if self.show is not None:
            self.show(PagesReady(pdf, {page + 1: at for page, at in pages.items()}))

    def publish(self, pdf: bytes, pages: Mapping[int, int], band: Band | None) -> None:
        """Show pages; after exact ones the engines get ready for the next change of the same place."""
        if self.show is not None and self._sound:
            self.show(PagesReady(pdf, {page + 1: at for page, at in pages.items()}, band))
        if band is None:
            self.pool.go_ahead()
