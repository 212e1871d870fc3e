"""The .tex of a report -> its PDF, with what LaTeX and biber have to say."""

from imprenta.typeset.engine.engine import Endless
from imprenta.typeset.engine.pool import EnginePool
from imprenta.typeset.incremental.pages import set_ahead
from imprenta.typeset.references.entries import expect_entries
from imprenta.typeset.references.guard import EntriesGuard
from imprenta.typeset.references.prepared import Prepared
from imprenta.typeset.request import Band, Request, SetAhead, Typeset
from imprenta.typeset.ways import prepare_pool, prepare_typesetting, typeset_document

__all__ = [
    "Band",
    "Endless",
    "EnginePool",
    "EntriesGuard",
    "Prepared",
    "Request",
    "SetAhead",
    "Typeset",
    "expect_entries",
    "prepare_pool",
    "prepare_typesetting",
    "set_ahead",
    "typeset_document",
]
