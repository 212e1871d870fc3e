"""A run -> annotations of GitHub Actions: workflow commands, one a line.

GitHub shows ten errors and ten warnings of a step and drops the rest: those are told as plain lines of the log.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from imprenta.problems import Severity
from imprenta.report.text import count_problems, printable

if TYPE_CHECKING:
    from imprenta.problems import Problem
    from imprenta.report.run import Run

MOST = 10
"""Annotations of one kind that GitHub shows of a step."""

COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning"}


def format_github(run: Run) -> str:
    """Turn a run into lines: an annotation for each problem, within GitHub's limits, and the count at the end."""
    lines: list[str] = []
    shown = dict.fromkeys(COMMANDS, 0)
    if run.stop is not None:
        shown[Severity.ERROR] += 1
        lines.append(
            f"::error title=imprenta::{escape_message(_with_hint(_harmless(run.stop.message), run.stop.hint))}"
        )
    for problem in run.problems:
        shown[problem.severity] += 1
        lines.append(_annotate(problem, run) if shown[problem.severity] <= MOST else _tell(problem, run))
    count = count_problems(run.problems)
    if any(number > MOST for number in shown.values()):
        count += f" (GitHub anota {MOST} de cada clase; los demás están en el registro de este paso)"
    return "\n".join([*lines, f"imprenta: {count}"])


def _annotate(problem: Problem, run: Run) -> str:
    place = problem.place
    properties = {"file": run.path(place), "line": place.line}
    if place.end_line == place.line:
        properties |= {"col": place.column, "endColumn": place.end_column}
    else:
        properties |= {"endLine": place.end_line}
    properties["title"] = problem.code
    listed = ",".join(f"{name}={escape_property(str(value))}" for name, value in properties.items())
    return f"::{COMMANDS[problem.severity]} {listed}::{escape_message(_tell_all(problem, run))}"


def _tell_all(problem: Problem, run: Run) -> str:
    lines = [problem.message]
    lines += [f"{run.path(span)}:{span.line}:{span.column}: {remark}" for span, remark in problem.related]
    return _with_hint("\n".join(_harmless(line) for line in lines), problem.hint)


def _with_hint(message: str, hint: str) -> str:
    return f"{message}\npista: {_harmless(hint)}" if hint else message


def _tell(problem: Problem, run: Run) -> str:
    """Return a plain line of the log: it begins with a dash, so that the runner takes no path for a command."""
    place = f"{run.path(problem.place)}:{problem.place.line}:{problem.place.column}"
    words = f"{problem.severity.value}: {problem.message} [{problem.code}]"
    return f"- {_harmless(place)}: {_harmless(words)}"


def _harmless(text: str) -> str:
    """Return one line without control characters and without `##[`, which the runner obeys anywhere in a line."""
    return printable(text).replace("##[", "## [")


def escape_message(text: str) -> str:
    """Return text as the message of a workflow command writes it."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def escape_property(text: str) -> str:
    """Return text as a property of a workflow command writes it."""
    return escape_message(_harmless(text)).replace(":", "%3A").replace(",", "%2C")
