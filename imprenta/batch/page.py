"""Outcomes -> one page of HTML that needs no other file: what came of each report, its problems, links to the PDFs."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import quote

from imprenta.batch.outcome import State
from imprenta.codes import CODES
from imprenta.workspace import engine_workspace

if TYPE_CHECKING:
    from collections.abc import Sequence

    from imprenta.batch.outcome import Outcome, Told

CLASSES = {
    State.GOOD: "good",
    State.WARNED: "warned",
    State.WRONG: "wrong",
    State.BROKEN: "wrong",
    State.LEFT: "left",
}
HEAD = (
    ("Informe", "text"),
    ("PDF", ""),
    ("Estado", "number"),
    ("Exigencias", "number"),
    ("Citas", "number"),
    ("Obras", "number"),
    ("Páginas", "number"),
    ("Segundos", "number"),
    ("Problemas", "number"),
)
"""The columns, and by what each is sorted, if it is."""
ORDER = {state: number for number, state in enumerate(State)}


def write_page(title: str, outcomes: Sequence[Outcome], bare: Sequence[str]) -> str:
    """Return the page of a batch; `bare` are the folders in which there was no report."""
    parts = [_summarize(outcomes), _table(outcomes), _codes(outcomes), _bare(bare)]
    when = datetime.now().astimezone().strftime("%Y-%m-%d %H:%M")
    style, script = (_read_part(name) for name in ("page.css", "page.js"))
    return "\n".join(
        [
            '<!doctype html>\n<html lang="es">\n<head>\n<meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{_text(title)}: {_count(len(outcomes), 'informe')}</title>",
            f"<style>\n{style}</style>\n</head>\n<body>\n<main>",
            f"<header>\n<h1>{_text(title)}</h1>\n<p>{_count(len(outcomes), 'informe')}, el {when}</p>\n</header>",
            *filter(None, parts),
            f"</main>\n<script>\n{script}</script>\n</body>\n</html>\n",
        ]
    )


def _read_part(name: str) -> str:
    return (engine_workspace().read(f"imprenta/batch/{name}") or b"").decode()


def _text(text: str) -> str:
    """Return text of anybody's as HTML; what UTF-8 has no bytes for becomes a question mark."""
    return escape(text.encode("utf-8", "replace").decode())


def _count(number: int, word: str, words: str = "") -> str:
    return f"{number} {word if number == 1 else words or f'{word}s'}"


def _summarize(outcomes: Sequence[Outcome]) -> str:
    """Return how many reports ended in each way."""
    rows = []
    for state in State:
        number = sum(outcome.state is state for outcome in outcomes)
        if number:
            rows.append(f'<li class="{CLASSES[state]}"><b>{number}</b> {state.value}</li>')
    return f'<ul class="summary">\n{"".join(rows)}\n</ul>'


def _table(outcomes: Sequence[Outcome]) -> str:
    head = "".join(_head(*column) for column in HEAD)
    rows = "\n".join(_row(number, outcome) for number, outcome in enumerate(outcomes))
    caption = "<caption>Lo que resultó de cada informe. Un clic en la cabeza de una columna ordena por ella.</caption>"
    return f'<div class="wide" tabindex="0" role="region" aria-label="Informes">\n<table class="sortable">\n{caption}\n<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}\n</tbody>\n</table>\n</div>'  # noqa: E501


def _head(name: str, kind: str) -> str:
    if not kind:
        return f'<th scope="col">{name}</th>'
    return f'<th scope="col" data-kind="{kind}"><button type="button">{name}</button></th>'


def _row(number: int, outcome: Outcome) -> str:
    state = f'<span class="state {CLASSES[outcome.state]}">{outcome.state.value}</span>'
    same = '<span class="soft">sin cambios</span>' if outcome.unchanged else ""
    demands = f"{outcome.demands_met} de {outcome.demands}" if outcome.demands else "—"
    share = outcome.demands_met / outcome.demands if outcome.demands else -1
    link = f'<a href="{quote(outcome.pdf.encode("utf-8", "surrogateescape"))}">PDF<span class="unseen"> de {_text(outcome.name)}</span></a>'  # noqa: E501
    about = " · ".join(filter(None, [outcome.title, ", ".join(outcome.authors)]))
    known = not (outcome.left or outcome.reason)
    cells = [
        f"<td>{link if outcome.pdf else '—'}</td>",
        _cell(ORDER[outcome.state], f"{state}{same}"),
        _cell(share, _unfold(demands, [_text(words) for words in outcome.unmet])),
        _cell(outcome.citations, None if known else "—"),
        _cell(outcome.references, None if known else "—"),
        _cell(outcome.pages, str(outcome.pages or "—")),
        _cell(outcome.seconds, "—" if outcome.left else f"{outcome.seconds:.2f}".replace(".", ",")),
        _cell(outcome.errors * 10_000 + outcome.warnings, _tell_problems(outcome)),
    ]
    name = f'<th scope="row" data-value="{_text(outcome.name)}">{_text(outcome.name)}<small>{_text(about)}</small></th>'
    return f'<tr id="i{number}">{name}{"".join(cells)}</tr>'


def _cell(value: float, shown: str | None = None) -> str:
    return f'<td data-value="{value:g}">{str(value) if shown is None else shown}</td>'


def _unfold(summary: str, items: Sequence[str]) -> str:
    """Return a summary that opens on a list, if there is something in it."""
    if not items:
        return summary
    return f"<details><summary>{summary}</summary><ul>{''.join(f'<li>{item}</li>' for item in items)}</ul></details>"


def _tell_problems(outcome: Outcome) -> str:
    counts = [(outcome.errors, "error", "errores"), (outcome.warnings, "aviso", "avisos")]
    words = ", ".join(_count(*count) for count in counts if count[0])
    items = [_tell_problem(problem) for problem in outcome.problems]
    told = _unfold(words or ("—" if outcome.left else "ninguno"), items)
    if not outcome.reason:
        return told
    hint = f'<span class="hint">{_text(outcome.hint)}</span>' if outcome.hint else ""
    trace = f"<details><summary>detalles</summary><pre>{_text(outcome.trace)}</pre></details>" if outcome.trace else ""
    return f'<span class="reason">{_text(outcome.reason)}</span>{hint}{trace}'


def _tell_problem(problem: Told) -> str:
    place = f"{_text(problem.path)}:{problem.line}:{problem.column}"
    hint = f'<span class="hint">pista: {_text(problem.hint)}</span>' if problem.hint else ""
    kind = "wrong" if problem.severity == "error" else "warned"
    return (
        f'<span class="{kind}">{problem.severity}</span> <code>{_text(problem.code)}</code> {place}: '
        f"{_text(problem.message)}{hint}"
    )


def _codes(outcomes: Sequence[Outcome]) -> str:
    """Return the table of what went wrong, by code: how often, and in which reports."""
    times: dict[str, int] = defaultdict(int)
    where: dict[str, dict[int, str]] = defaultdict(dict)
    for number, outcome in enumerate(outcomes):
        for problem in outcome.problems:
            times[problem.code] += 1
            where[problem.code][number] = outcome.name
    if not times:
        return ""
    rows = []
    for code in sorted(times, key=lambda code: (-len(where[code]), code)):
        title = CODES[code].title if code in CODES else ""
        links = ", ".join(f'<a href="#i{number}">{_text(name)}</a>' for number, name in where[code].items())
        name = (
            f'<th scope="row" data-value="{_text(code)}"><code>{_text(code)}</code><small>{_text(title)}</small></th>'
        )
        reports = f'<td data-value="{len(where[code])}">{_unfold_links(len(where[code]), links)}</td>'
        rows.append(f"<tr>{name}{_cell(times[code])}{reports}</tr>")
    head = "".join(_head(*column) for column in (("Código", "text"), ("Veces", "number"), ("Informes", "number")))
    body = "\n".join(rows)
    return f'<h2 id="codigos">Problemas por código</h2>\n<div class="wide" tabindex="0" role="region" aria-labelledby="codigos">\n<table class="sortable">\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table>\n</div>'  # noqa: E501


def _unfold_links(number: int, links: str) -> str:
    return links if number == 1 else f"<details><summary>{number}</summary>{links}</details>"


def _bare(bare: Sequence[str]) -> str:
    if not bare:
        return ""
    items = "".join(f"<li>{_text(name)}</li>" for name in bare)
    return f"<h2>Carpetas sin informe</h2>\n<p>No tienen <code>paper/informe.yaml</code> en ninguna parte:</p>\n<ul>{items}</ul>"  # noqa: E501
