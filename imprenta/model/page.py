"""The printed page: the one place that knows its measures, for the templates, the figures and the tables."""

from __future__ import annotations

from dataclasses import dataclass, replace

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
    columns: int = 1
    column_gap: float = 0.7
    """Centimetres between two columns."""
    letter_width: float = 1.0
    """How wide the letters of the text are against those of Latin Modern of 10 points, size for size."""

    @property
    def text_width(self) -> float:
        """Width of the text block in points."""
        return (self.width - self.margin_inner - self.margin_outer) * POINTS_PER_CENTIMETRE

    @property
    def text_height(self) -> float:
        """Height of the text block in points."""
        return (self.height - self.margin_top - self.margin_bottom) * POINTS_PER_CENTIMETRE

    @property
    def column_width(self) -> float:
        """Width of a column in points: that of the text block, if it has but one."""
        return (self.text_width - (self.columns - 1) * self.column_gap * POINTS_PER_CENTIMETRE) / self.columns

    def figure_room(self, *, landscape: bool, wide: bool = True) -> tuple[float, float]:
        """Return the greatest width and height in points of a drawing; one that is not `wide` stands in a column."""
        caption = self.caption_height * POINTS_PER_CENTIMETRE
        if landscape:
            return self.text_height, self.text_width - caption
        return self.text_width if wide else self.column_width, self.text_height - caption

    def picture_room(self, caption_letters: int, *, landscape: bool, wide: bool = True) -> float:
        """Return the height in points that a caption of so many letters leaves a picture on its page."""
        width = self.figure_room(landscape=landscape, wide=wide)[0]
        lines = 2 + caption_letters * CAPTION_LETTER // width
        height = self.text_width if landscape else self.text_height
        return height - max(self.caption_height * POINTS_PER_CENTIMETRE, lines * CAPTION_LINE)


def with_ntc_margins(sheet: Page) -> Page:
    """Return a page with the margins of NTC 1486 (6.ª ed., 2008) for sheets printed on one side: 3, 4, 3 and 2 cm."""
    return replace(sheet, margin_top=3, margin_inner=4, margin_bottom=3, margin_outer=2)


PAGE = Page()
"""Letter paper with margins of 2.5 cm, as APA and most Colombian courses ask for (2.54 cm)."""
