"""A file of the paper -> of what else what it prints depends: values that change touch few sections and tables."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from imprenta.calculate.mentions import mentions_values

if TYPE_CHECKING:
    from collections.abc import Sequence

    from imprenta.cache import Cache
    from imprenta.model import Holder
    from imprenta.workspace import Workspace

KIND = "mentions"


def depend_on_values(
    workspace: Workspace, cache: Cache, paths: Sequence[str], file: Holder, values: str, others: str = ""
) -> str:
    """Return `values`, a hash of all of them, if what a file prints may depend on one; else an empty text.

    `paths` are the files that its texts come from, `others` says what they depend on besides.
    """
    mentions = cache.on_disk(KIND, workspace.hash_files(*paths) + others, partial(mentions_values, file), paths[0])
    return values if mentions else ""
