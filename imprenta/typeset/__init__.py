"""The .tex of a report -> its PDF, with what LaTeX and biber have to say."""

from imprenta.typeset.engine.engine import Endless
from imprenta.typeset.references.entries import Prepared
from imprenta.typeset.state import Typeset
from imprenta.typeset.ways import prepare_typesetting, typeset_document

__all__ = ["Endless", "Prepared", "Typeset", "prepare_typesetting", "typeset_document"]
