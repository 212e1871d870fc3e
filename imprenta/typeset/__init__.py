"""The .tex of a report -> its PDF, with what LaTeX and biber have to say."""

from imprenta.typeset.engine import Endless
from imprenta.typeset.entries import Prepared
from imprenta.typeset.kept import Typeset
from imprenta.typeset.run import prepare_typesetting, typeset_document

__all__ = ["Endless", "Prepared", "Typeset", "prepare_typesetting", "typeset_document"]
