"""What was worked out in earlier runs -> the same values again, without working them out.

A value is remembered under a key that holds all that it depends on, as a hash; what a run did not ask for is forgotten.
Between runs the values are kept as bytes that only this machine's Imprenta can have written (`Workspace.keep_signed`),
since reading them back may run code.
"""

from __future__ import annotations

import copyreg
import pickle
from contextlib import contextmanager
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

Value = TypeVar("Value")


def _view(mapping: dict[Any, Any]) -> Any:
    """Return a view of a mapping that may not be changed: `pickle` can call this, but not name the class."""
    return MappingProxyType(mapping)


def _reduce_view(view: Any) -> tuple[Any, tuple[dict[Any, Any]]]:
    return _view, (dict(view),)


copyreg.pickle(MappingProxyType, _reduce_view)


class Cache:
    """Values by kind and key. Whoever asks must not change what it gets."""

    def __init__(self, engine: str = "", kept: bytes | None = None) -> None:
        """Start with what `dumps` kept, if the engine is the one that made it."""
        self.engine = engine
        self._kept: dict[str, dict[str, bytes]] = {}
        self._live: dict[str, dict[str, Any]] = {}
        self._asked: dict[str, set[str]] = {}
        self._held: dict[tuple[str, str], tuple[object, Any]] = {}
        self.made: dict[str, list[str]] = {}
        """The names of what was worked out since the last time that things were forgotten, by kind."""
        self._trying: list[Callable[[], object]] | None = None
        self._tried: set[tuple[str, str]] = set()
        self.changed = False
        if kept is not None:
            try:
                made_by, values = pickle.loads(kept)
            except Exception:  # noqa: BLE001 - whatever is wrong with it, there is nothing to remember
                return
            if made_by == engine:
                self._kept = values

    def on_disk(self, kind: str, key: str, make: Callable[[], Value], name: str = "") -> Value:
        """Return the value of a key, which `make` works out if it is not known; `name` is what people call it."""
        live = self._live.setdefault(kind, {})
        if key not in live:
            blob = self._kept.get(kind, {}).get(key)
            if blob is None:
                live[key] = make()
                self._tried.add((kind, key))
            else:
                live[key] = pickle.loads(blob)
        if self._trying is not None:
            self._trying.append(partial(self.on_disk, kind, key, make, name))
        else:
            self._asked.setdefault(kind, set()).add(key)
            if (kind, key) in self._tried:
                self._tried.remove((kind, key))
                self.made.setdefault(kind, []).append(name)
                self.changed = True
        found: Value = live[key]
        return found

    @contextmanager
    def trying(self) -> Iterator[list[Callable[[], object]]]:
        """Ask for values without having asked: what is worked out meanwhile is known, and forgotten unless it is asked.

        For what is done with some things that are not known yet, and done again with all of them. Yields what would ask
        for each: if it turns out that all was known.
        """
        asking = self._trying = []
        try:
            yield asking
        finally:
            self._trying = None

    def in_process(self, kind: str, key: object, make: Callable[[], Value], name: str = "") -> Value:
        """Return the value of a name for a key, as `on_disk` does, but remember it in this process only.

        One value a name is held, so long as it is asked for with a key that equals its own.
        """
        held = self._held.get((kind, name))
        if held is None or held[0] != key:
            held = self._held[kind, name] = (key, make())
        found: Value = held[1]
        return found

    def known(self, kind: str, key: str) -> Any:
        """Return the value of a key, or None if it is not known."""
        if key in self._live.get(kind, {}) or key in self._kept.get(kind, {}):
            return self.on_disk(kind, key, lambda: None)
        return None

    def learn(self, kind: str, key: str, value: Any) -> None:
        """Know a value from now on."""
        self.on_disk(kind, key, lambda: value)

    def news(self) -> dict[str, dict[str, Any]]:
        """Return what was worked out in this process, by kind and key: a copy of it can send that back."""
        kept = self._kept
        return {
            kind: {key: value for key, value in values.items() if key not in kept.get(kind, {})}
            for kind, values in self._live.items()
        }

    def absorb(self, kind: str, values: dict[str, Any], asked: Iterable[str]) -> None:
        """Know what a copy of this process worked out of a kind, and what it asked for."""
        self._live.setdefault(kind, {}).update(values)
        self._asked.setdefault(kind, set()).update(asked)
        self.changed = self.changed or bool(values)

    def asked(self, kind: str) -> set[str]:
        """Return the keys of a kind that were asked for since the last time that things were forgotten."""
        return self._asked.get(kind, set())

    def forget_unasked(self) -> None:
        """Drop what was not asked for since the last time, of the kinds that were asked for at all."""
        for kind, asked in self._asked.items():
            self._live[kind] = {key: value for key, value in self._live.get(kind, {}).items() if key in asked}
            self._kept[kind] = {key: blob for key, blob in self._kept.get(kind, {}).items() if key in asked}
        self._asked = {}
        self._tried = set()
        self.made = {}

    def dumps(self) -> bytes:
        """Return everything that is known, as bytes."""
        for kind, values in self._live.items():
            blobs = self._kept.setdefault(kind, {})
            for key, value in values.items():
                if key not in blobs:
                    blobs[key] = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
        self.changed = False
        return pickle.dumps((self.engine, self._kept), pickle.HIGHEST_PROTOCOL)
