"""A figure that is drawn -> its view for the templates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imprenta.markup import mark_words, write_citations, write_inline, write_plain, write_sentence
from imprenta.model import Gallery, Graph, Image
from imprenta.model.facts import Alternative, Caption, Carried, Label, Picture, Stated, state
from imprenta.model.own_figures import OwnFigure
from imprenta.pipeline.placed_pictures import columns_of, share_row, stands_wide
from imprenta.render import FigureView, PictureView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from imprenta.model import AnyFigure, Text
    from imprenta.model.figure import ImageSource
    from imprenta.pipeline.drawn_parts import DrawnFigure
    from imprenta.pipeline.placed_pictures import PlacedPicture
    from imprenta.pipeline.scope import ReportScope


def view_figure(
    name: str,
    figure: AnyFigure,
    drawing: DrawnFigure,
    scope: ReportScope,
    pictures: Sequence[PlacedPicture] = (),
    *,
    numbered: bool,
) -> FigureView:
    """Hand a figure over to the templates under their names.

    `pictures` are those of a figure of several; `numbered` tells whether the edges of a graph have numbers.
    """
    wide = stands_wide(figure, drawing.width, scope.sheet)
    room = scope.sheet.picture_room(len(figure.caption.value), landscape=figure.landscape, wide=wide)
    drawn = not isinstance(figure, Image | Gallery)
    id = name if not isinstance(figure, OwnFigure) else figure.id.value if figure.id is not None else ""
    rows = _rows(figure, pictures, scope) if isinstance(figure, Gallery) else ()
    file = Stated(mark_words(figure.caption if drawn else figure.origin, drawing.file, scope), Picture(drawing.file))
    return FigureView(
        id,
        file,
        f"{drawing.width:.3f}",
        f"{min(drawing.height, room):.3f}",
        Stated(_caption(figure, scope), Caption("figure", f"figura:{id}" if id else "")),
        Stated(write_sentence(figure.caption, scope), Carried()),
        Stated(scope.speak(_alternative(figure, scope, numbered=numbered)), Alternative()),
        figure.landscape,
        figure.landscape,
        wide,
        rows,
        "".join(picture.etiqueta for row in rows for picture in row),
    )


def _rows(
    figure: Gallery, pictures: Sequence[PlacedPicture], scope: ReportScope
) -> tuple[tuple[PictureView, ...], ...]:
    """Return the pictures of a figure as its template sees them, row by row."""
    columns = columns_of(figure)
    views = [_view_picture(placed, figure, scope) for placed in pictures]
    return tuple(tuple(views[at : at + columns]) for at in range(0, len(views), columns))


def _view_picture(placed: PlacedPicture, figure: Gallery, scope: ReportScope) -> PictureView:
    image = next(image for letter, image in figure.lettered() if letter == placed.letter)
    words = write_inline(image.caption, scope) if image.caption is not None else ""
    label = ""
    if image.id is not None:
        name = f"figura:{image.id.value}"
        label = state(Label(name, placed.letter), rf"\subetiqueta{{{placed.letter}}}{{{name}}}")
    file = placed.drawing.file
    return PictureView(
        Stated(mark_words(image.image, file, scope), Picture(file)),
        f"{placed.drawing.width:.3f}",
        f"{placed.drawing.height:.3f}",
        f"{share_row(figure, scope.sheet):.3f}",
        placed.letter,
        words,
        Stated(scope.speak(_spoken(image, image.caption or figure.caption, scope)), Alternative()),
        label,
    )


def _alternative(figure: AnyFigure, scope: ReportScope, *, numbered: bool) -> str:
    if isinstance(figure, Graph):
        from imprenta.figures.graphs.alternative import describe_graph

        return describe_graph(figure, scope, numbered=numbered)
    given = None if isinstance(figure, Gallery) else figure.alternative
    return write_plain(given if given is not None else figure.caption, scope)


def _spoken(image: ImageSource, otherwise: Text, scope: ReportScope) -> str:
    return write_plain(image.alternative if image.alternative is not None else otherwise, scope)


def _caption(figure: AnyFigure, scope: ReportScope) -> str:
    """Return the caption with the figure's sources after it."""
    caption = write_inline(figure.caption, scope)
    if not figure.citations:
        return caption
    words = scope.locale.palabras
    word = words.fuente if len(figure.citations) == 1 else words.fuentes
    sources = f"{word}:~{write_citations((text.value for text in figure.citations), scope)}"
    stop = "" if write_plain(figure.caption, scope).endswith((".", "?", "!", "…")) else "."
    return f"{caption}{stop} {mark_words(figure.citations[0], sources, scope)}."
