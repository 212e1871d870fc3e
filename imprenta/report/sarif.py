"""A run -> SARIF 2.1.0 (OASIS), for code scanning and editors."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from imprenta.codes import CODES, FAMILIES
from imprenta.problems import Severity
from imprenta.report.text import printable

if TYPE_CHECKING:
    from imprenta.codes import Code
    from imprenta.problems import Problem, Span
    from imprenta.report.run import Run

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning"}
FAMILY_OF = {name: family.title for family in FAMILIES for name in family.codes}


def format_sarif(run: Run) -> str:
    """Turn a run into one SARIF log, in ASCII, with the rules of the codes that it tells."""
    codes = list(dict.fromkeys(problem.code for problem in run.problems))
    log = {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "Imprenta",
                        "version": run.version,
                        "language": "es",
                        "rules": [_rule(code) for code in codes],
                    }
                },
                "invocations": [_invocation(run)],
                "columnKind": "unicodeCodePoints",
                "results": [_result(problem, codes.index(problem.code), run) for problem in run.problems],
            }
        ],
    }
    return json.dumps(log, indent=2)


def _rule(name: str) -> dict[str, Any]:
    """Describe a code; one that is not registered has its name alone."""
    code = CODES.get(name)
    if code is None:
        return {"id": name}
    return {
        "id": name,
        "shortDescription": {"text": plain(code.title)},
        "fullDescription": {"text": plain(code.explanation)},
        "help": {"text": plain(_help(code)), "markdown": braced(_help(code, markdown=True))},
        "defaultConfiguration": {"level": LEVELS[code.severity]},
        "properties": {"tags": [FAMILY_OF[name]]},
    }


def _help(code: Code, *, markdown: bool = False) -> str:
    bad, good = (f"````{code.language}\n{text}\n````" if markdown else text for text in (code.bad, code.good))
    return f"{code.explanation}\n\nMal:\n\n{bad}\n\nBien:\n\n{good}"


def _invocation(run: Run) -> dict[str, Any]:
    if run.stop is None:
        return {"executionSuccessful": True}
    words = f"{run.stop.message}: {run.stop.hint}" if run.stop.hint else run.stop.message
    notification = {"level": "error", "message": {"text": plain(words)}}
    return {"executionSuccessful": False, "toolExecutionNotifications": [notification]}


def _result(problem: Problem, index: int, run: Run) -> dict[str, Any]:
    words = f"{problem.message}\npista: {problem.hint}" if problem.hint else problem.message
    result: dict[str, Any] = {
        "ruleId": problem.code,
        "ruleIndex": index,
        "level": LEVELS[problem.severity],
        "message": {"text": plain(words)},
        "locations": [{"physicalLocation": _location(problem.place, run)}],
    }
    if problem.related:
        result["relatedLocations"] = [
            {"id": number, "physicalLocation": _location(span, run), "message": {"text": plain(remark)}}
            for number, (span, remark) in enumerate(problem.related, start=1)
        ]
    return result


def _location(span: Span, run: Run) -> dict[str, Any]:
    return {
        "artifactLocation": {"uri": quote(run.path(span).encode("utf-8", "replace"))},
        "region": {
            "startLine": span.line,
            "startColumn": span.column,
            "endLine": span.end_line,
            "endColumn": span.end_column,
        },
    }


def braced(text: str) -> str:
    """Return text whose braces are no placeholders (section 3.11.5 of SARIF: a literal brace is doubled)."""
    return text.replace("{", "{{").replace("}", "}}")


def plain(text: str) -> str:
    """Return text as a plain message: no control characters, no placeholders, no embedded links (section 3.11.6)."""
    lines = (printable(line) for line in text.split("\n"))
    return braced("\n".join(lines).replace("](", "\\]("))
