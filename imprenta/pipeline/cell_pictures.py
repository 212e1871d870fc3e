"""The pictures in the cells of a paper's tables -> files for LaTeX with their widths, and the problems of them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from imprenta.figures.pictures.picture import PICTURE_ENDINGS
from imprenta.markup import read_placed
from imprenta.model import Text
from imprenta.model.page import POINTS_PER_CENTIMETRE
from imprenta.model.part import propose_id
from imprenta.pipeline.pictures import check_file, load_picture, tell_picture
from imprenta.problems import Problem
from imprenta.workspace import content_hash

if TYPE_CHECKING:
    from collections.abc import Iterator

    from imprenta.markup.parsed import Shown
    from imprenta.model.paper import Paper
    from imprenta.pipeline.names import Names
    from imprenta.workspace import Workspace

UNSEEN = "imagen-sin-alternativa"
HIGHEST = 4 * POINTS_PER_CENTIMETRE
"""Points that a picture in a cell may be high."""


def shown_in_cells(paper: Paper) -> Iterator[Shown]:
    """Yield the pictures that cells show."""
    for placed in paper.texts:
        if placed.role == "cell" and "![" in placed.text.value:
            yield from read_placed(placed).pictures


def check_cell_pictures(workspace: Workspace, paper: Paper) -> list[Problem]:
    """Check that the pictures are there and can be placed, and say something to who does not see them if they must."""
    problems: list[Problem] = []
    conformity = paper.report.conformity
    for shown in shown_in_cells(paper):
        file = _name(shown)
        missing = check_file(workspace, file, PICTURE_ENDINGS)
        problems += missing or tell_picture(file, load_picture(workspace, _key(shown), file), conformity)
        if conformity != "ninguna" and not shown.alternative.strip():
            hint = f"diga en una frase lo que enseña: «![…]({shown.file})»"
            problems.append(Problem(UNSEEN, "la imagen no tiene texto alternativo", file.span(), hint))
    return problems


def place_cell_pictures(workspace: Workspace, paper: Paper) -> dict[str, tuple[str, float, bytes]]:
    """Return the pictures that can be placed: by the file's name, the name beside the .tex, width in points, bytes."""
    placed: dict[str, tuple[str, float, bytes]] = {}
    for shown in shown_in_cells(paper):
        if "/" in shown.file or "\\" in shown.file:
            continue  # told by the check
        picture = load_picture(workspace, _key(shown), _name(shown))
        if picture.data:
            name = f"figures/{_key(shown)}-{content_hash(picture.data)[:16]}.{picture.suffix}"
            placed[shown.file] = name, picture.width * min(1.0, HIGHEST / picture.height), picture.data
    return placed


def name_pictures(names: Names, workspace: Workspace, paper: Paper) -> Names:
    """Return the names of a report with the pictures of its cells."""
    pictures = {file: found[:2] for file, found in place_cell_pictures(workspace, paper).items()}
    return replace(names, pictures=pictures, mark=content_hash(names.mark, repr(pictures))) if pictures else names


def _key(shown: Shown) -> str:
    return f"celda-{propose_id(shown.file)}"


def _name(shown: Shown) -> Text:
    """Return the name of the file as the author's text."""
    return Text(shown.file, shown.place.path, ((0, shown.place.line, shown.place.column),))
