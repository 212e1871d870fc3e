"""LaTeX source -> PDF: engine and biber run until references are stable; their messages are read."""

from imprenta.typeset.run import Typeset, typeset_document

__all__ = ["Typeset", "typeset_document"]
