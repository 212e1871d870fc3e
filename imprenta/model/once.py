"""A function of a model -> the same function, which works a model out once, for as long as the model is there.

The models of files that did not change are the same objects from one build to the next (`cache`), so that what follows
from such a model alone is found once in a process that stays.
"""

from __future__ import annotations

import weakref
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

Value = TypeVar("Value")


def once(work: Callable[..., Value]) -> Callable[..., Value]:
    """Return a function that works out each model once, while the other arguments equal those of before.

    It is for what follows from its arguments alone. What it returns must not refer to the model, which would then never
    go; what the model holds it may refer to.
    """
    known: dict[int, tuple[weakref.ref[Any], tuple[Any, ...], Value]] = {}

    @wraps(work)
    def recall(model: Any, *others: Any) -> Value:
        key = id(model)
        found = known.get(key)
        # An id is another model's as soon as the one that had it is gone.
        if found is not None and found[0]() is model and found[1] == others:
            return found[2]
        value = work(model, *others)
        known[key] = (weakref.ref(model, lambda _: known.pop(key, None)), others, value)
        return value

    return recall
