"""Problems -> text for people, and JSON, GitHub annotations and SARIF for programs; codes -> the author's guide."""

from imprenta.report.formats import MACHINE_FORMATS, Run
from imprenta.report.guide import explain_codes, write_guide
from imprenta.report.selection import check_codes, select_problems
from imprenta.report.text import count_problems, format_problems

__all__ = [
    "MACHINE_FORMATS",
    "Run",
    "check_codes",
    "count_problems",
    "explain_codes",
    "format_problems",
    "select_problems",
    "write_guide",
]
