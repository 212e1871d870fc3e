"""The printed page: the one place that knows its measures, for the templates, the figures and the tables."""

from __future__ import annotations

from dataclasses import dataclass

POINTS_PER_CENTIMETRE = 72 / 2.54

CAPTION_LETTER, CAPTION_LINE = 5.4, 12.0
"""Points that a letter of a caption takes along its line, counted high, and that a line takes."""


@dataclass(frozen=True, slots=True)
class Page:
    """A sheet and its margins in centimetres; big points (1/72 in) for what is drawn."""

    width: float = 21.59
    height: float = 27.94
    margin_inner: float = 2.5
    margin_outer: float = 2.5
    margin_top: float = 2.5
    margin_bottom: float = 2.5
    caption_height: float = 2.4
    """What a figure leaves free on its page for the caption, in centimetres."""

    @property
    def text_width(self) -> float:
        """Width of the text block in points."""
        return (self.width - self.margin_inner - self.margin_outer) * POINTS_PER_CENTIMETRE

    @property
    def text_height(self) -> float:
        """Height of the text block in points."""
        return (self.height - self.margin_top - self.margin_bottom) * POINTS_PER_CENTIMETRE

    def figure_room(self, *, landscape: bool) -> tuple[float, float]:
        """Return the greatest width and height in points of a drawing on a page of its own."""
        caption = self.caption_height * POINTS_PER_CENTIMETRE
        if landscape:
            return self.text_height, self.text_width - caption
        return self.text_width, self.text_height - caption

    def picture_room(self, caption_letters: int, *, landscape: bool) -> float:
        """Return the height in points that a caption of so many letters leaves a picture on its page."""
        width, height = (self.text_height, self.text_width) if landscape else (self.text_width, self.text_height)
        lines = 2 + caption_letters * CAPTION_LETTER // width
        return height - max(self.caption_height * POINTS_PER_CENTIMETRE, lines * CAPTION_LINE)


PAGE = Page()
"""Letter paper with margins of 2.5 cm, as Colombian universities ask for (after NTC 1486 and APA)."""
