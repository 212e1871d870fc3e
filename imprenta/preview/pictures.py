"""Pictures of pages that were drawn already: as they were drawn, and packed to be sent."""

from __future__ import annotations

import threading
from collections import OrderedDict
from concurrent.futures import Future
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from imprenta.preview.drawing import Picture, Tile

PACKED_BYTES = 6 << 20
"""Memory for pictures that were packed already: a page takes some 200 kB."""

RAW_BYTES = 11 << 20
"""Memory for pictures as they were drawn, not packed: of those that are seen, to tell where a new one differs."""

FEWEST = 3
"""Pictures that are kept as they were drawn however large they are: a page, its first paint and the exact one."""

Key = tuple[str, "Tile"]
"""The look of a page and the rectangle of it."""


class Pictures:
    """Keeps the pictures that were asked for last. Any thread may ask."""

    def __init__(self) -> None:
        """Start with none."""
        self._lock = threading.Lock()
        self._packed: OrderedDict[Key, Future[bytes]] = OrderedDict()
        self._raw: OrderedDict[Key, Picture] = OrderedDict()

    def find(self, content: str, tile: Tile) -> Picture | None:
        """Return a picture as it was drawn, if it is kept."""
        with self._lock:
            return self._raw.get((content, tile))

    def keep(self, content: str, tile: Tile, picture: Picture) -> None:
        """Keep a picture as it was drawn; let go of the oldest ones that have no room."""
        with self._lock:
            self._raw[content, tile] = picture
            self._raw.move_to_end((content, tile))
            while len(self._raw) > FEWEST and sum(len(one.pixels) for one in self._raw.values()) > RAW_BYTES:
                self._raw.popitem(last=False)

    def pack(self, content: str, tile: Tile, draw: Callable[[], Picture]) -> bytes:
        """Return a picture as a PNG; `draw` makes it, once however many ask. Raises what that raises."""
        key = (content, tile)
        with self._lock:
            future = self._packed.get(key)
            mine = future is None
            if future is None:
                future = self._packed[key] = Future()
            self._packed.move_to_end(key)
        if mine:
            try:
                future.set_result(draw().pack())
            except BaseException as error:
                future.set_exception(error)
                with self._lock:
                    self._packed.pop(key, None)
                raise
            self._forget_oldest()
        return future.result()

    def _forget_oldest(self) -> None:
        with self._lock:
            done = {key: future for key, future in self._packed.items() if future.done() and not future.exception()}
            sizes = {key: len(future.result()) for key, future in done.items()}
            total = sum(sizes.values())
            for key, size in sizes.items():
                if total <= PACKED_BYTES:
                    break
                del self._packed[key]
                total -= size
