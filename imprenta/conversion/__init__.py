"""What people have, as pandoc reads it -> the files of a report, and what of it could not be taken over."""

from imprenta.conversion.inputs import follow_inputs
from imprenta.conversion.pandoc import FORMATS, find_pandoc, read_document
from imprenta.conversion.report import Converted, convert_document
from imprenta.conversion.source import Loss, Source

__all__ = [
    "FORMATS",
    "Converted",
    "Loss",
    "Source",
    "convert_document",
    "find_pandoc",
    "follow_inputs",
    "read_document",
]
