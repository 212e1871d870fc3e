"""The pictures of a figure -> files for LaTeX, as large as they are printed, and the problems of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from imprenta.figures.pictures.picture import PICTURE_ENDINGS
from imprenta.model import Gallery
from imprenta.model.page import POINTS_PER_CENTIMETRE
from imprenta.pipeline.drawn_parts import DrawnFigure
from imprenta.pipeline.pictures import check_file, load_picture, tell_findings, tell_picture
from imprenta.workspace import content_hash

if TYPE_CHECKING:
    from imprenta.model import AnyFigure, Image
    from imprenta.model.figure import ImageSource
    from imprenta.model.page import Page
    from imprenta.model.report import Conformity
    from imprenta.problems import Problem
    from imprenta.workspace import Workspace

GAP = 12.0
"""Points between two pictures side by side."""
LETTER_LINES = 24.0
"""Points that the line with a picture's letter takes under it, with the gap to the next row."""
ROUNDING = 0.5
"""Points by which a drawing may be wider than what it was drawn for."""


@dataclass(frozen=True, slots=True)
class PlacedPicture:
    """A picture beside the .tex: its name there, its size in points, its bytes; its letter if it is one of several."""

    drawing: DrawnFigure
    data: bytes
    source: ImageSource
    letter: str = ""


def check_pictures(workspace: Workspace, name: str, figure: Image | Gallery, conformity: Conformity) -> list[Problem]:
    """Check that the pictures of a figure are there and can be placed, as the standard asks that the report meets."""
    problems: list[Problem] = []
    for kept, source in _sources(name, figure):
        missing = check_file(workspace, source.image, PICTURE_ENDINGS)
        problems += missing or tell_picture(
            source.image, load_picture(workspace, kept, source.image, source.page), conformity
        )
    return problems


def place_pictures(
    workspace: Workspace, name: str, figure: Image | Gallery, sheet: Page
) -> tuple[list[PlacedPicture], list[Problem]]:
    """Return the pictures of a figure that can be placed; other bytes get another name.

    Each is as large as it is by itself, or as its author says, but never larger than the text or its share of it.
    """
    width, height = sheet.figure_room(landscape=figure.landscape)
    if isinstance(figure, Gallery):
        width = share_row(figure, sheet)
        height = height / -(-len(figure.images) // columns_of(figure)) - LETTER_LINES
    placed, problems = [], []
    for number, (kept, source) in enumerate(_sources(name, figure)):
        picture = load_picture(workspace, kept, source.image, source.page)
        problems += tell_findings(source.image, picture.findings)
        if not picture.data:
            continue
        wanted = picture.width if source.width is None else float(source.width) * POINTS_PER_CENTIMETRE
        scale = min(wanted / picture.width, width / picture.width, height / picture.height)
        file = f"figures/{kept}-{content_hash(picture.data)[:16]}.{picture.suffix}"
        drawing = DrawnFigure(file, scale * picture.width, scale * picture.height, source.image.span())
        letter = list(figure.lettered())[number][0] if isinstance(figure, Gallery) else ""
        placed.append(PlacedPicture(drawing, picture.data, source, letter))
    return placed, problems


def columns_of(figure: Gallery) -> int:
    """Return how many pictures stand in a row."""
    return min(figure.per_row, len(figure.images))


def share_row(figure: Gallery, sheet: Page) -> float:
    """Return the width in points that each picture of a row has for itself; a point less, so that all fit a line."""
    columns = columns_of(figure)
    room = sheet.figure_room(landscape=figure.landscape, wide=figure.wide or columns > 1)[0]
    return (room - GAP * (columns - 1) - 1) / columns


def stands_wide(figure: AnyFigure, width: float, sheet: Page) -> bool:
    """Tell whether a figure stands over both columns of a page that has two: its drawing has that width in points."""
    if sheet.columns == 1 or figure.landscape:
        return False
    several = isinstance(figure, Gallery) and columns_of(figure) > 1
    return figure.wide or several or width > sheet.column_width + ROUNDING


def expect_pictures(figure: AnyFigure, drawing: DrawnFigure) -> list[PlacedPicture]:
    """Return the pictures of a figure of several before they are known, each as the same point."""
    lettered = figure.lettered() if isinstance(figure, Gallery) else ()
    return [PlacedPicture(drawing, b"", image, letter) for letter, image in lettered]


def _sources(name: str, figure: Image | Gallery) -> list[tuple[str, ImageSource]]:
    """Return each picture of a figure with the name under which it is kept."""
    if isinstance(figure, Gallery):
        return [(f"{name}-{letter}", image) for letter, image in figure.lettered()]
    return [(name, figure)]
