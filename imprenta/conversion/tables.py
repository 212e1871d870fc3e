"""A table of pandoc's -> a file of `paper/tablas`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from imprenta.conversion.inlines import Inlines

UNTITLED = "Tabla sin título"
_ALIGNED = {"AlignRight": "derecha", "AlignCenter": "centro"}
_WORDS = ("Para", "Plain")


def convert_table(content: Sequence[Any], inlines: Inlines) -> dict[str, Any] | None:
    """Return the table by our keys; None if it has no rows."""
    _, caption, columns, (_, head), bodies, (_, foot) = content
    rows = [row for _, _, heads, body in bodies for row in (*heads, *body)] + list(foot)
    heads = [row for row in head if any(_cell_text(cell, inlines) for cell in row[1])]
    if not heads and len(rows) > 1:
        heads, rows = rows[:1], rows[1:]
    if not rows:
        return None
    if len(heads) > 1:
        inlines.source.lose("de un encabezado de varias filas queda la última", _cell_text(heads[0][1][0], inlines))
    before, inlines.notes = inlines.notes, []
    title = inlines.write_line([one for block in caption[1] if block["t"] in _WORDS for one in block["c"]])
    if not title:
        inlines.source.lose(f"una tabla no tiene título: se llama «{UNTITLED}»")
    titles = _expand(heads[-1], inlines) if heads else []
    made: dict[str, Any] = {"titulo": title or UNTITLED, "columnas": []}
    for number, alignment in enumerate(spec[0]["t"] for spec in columns):
        column = {"titulo": titles[number] if number < len(titles) and titles[number] else f"Columna {number + 1}"}
        if alignment in _ALIGNED:
            column["alineacion"] = _ALIGNED[alignment]
        made["columnas"].append(column)
    made["filas"] = [[_convert_cell(cell, inlines) for cell in row[1]] for row in rows]
    notes, inlines.notes = inlines.notes, before
    if notes:
        made["notas"] = {name: inlines.write_line(note) for name, note in notes}
    return made


def _expand(row: Sequence[Any], inlines: Inlines) -> list[str]:
    """Return the texts of a row of the head, one a column: a cell over several stands over each."""
    texts: list[str] = []
    for cell in row[1]:
        texts += [_cell_text(cell, inlines)] * cell[3]
    return texts


def _convert_cell(cell: Sequence[Any], inlines: Inlines) -> str | dict[str, Any]:
    _, _, rows, columns, _ = cell
    text = _cell_text(cell, inlines) or "—"
    if rows == columns == 1:
        return text
    spans = {"filas": rows, "columnas": columns}
    return {"celda": text, **{key: count for key, count in spans.items() if count > 1}}


def _cell_text(cell: Sequence[Any], inlines: Inlines) -> str:
    return "; ".join(_texts(cell[4], inlines))


def _texts(blocks: Sequence[Any], inlines: Inlines) -> list[str]:
    """Return the text of each paragraph of a cell, those of lists too."""
    texts: list[str] = []
    for block in blocks:
        if block["t"] in _WORDS:
            texts.append(inlines.write_line(block["c"], may_note=True))
        elif block["t"] in ("BulletList", "OrderedList"):
            items = block["c"] if block["t"] == "BulletList" else block["c"][1]
            texts += [text for item in items for text in _texts(item, inlines)]
        else:
            inlines.source.lose(f"en una celda no cabe lo que había ({block['t']})", once=True)
    return [text for text in texts if text]
