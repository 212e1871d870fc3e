"""Text of a drawing -> its width in Latin Modern Sans, and its lines."""

from __future__ import annotations

from functools import lru_cache
from unicodedata import combining

LABEL_FONT = "LM Sans 8,"
BOLD_FONT = "LM Sans 10,"
"""Families as pango wants them: the comma says that the last word is no size. Bold comes from <B>."""

_REGULAR = {
    253: "ilìíîï",
    283: "j",
    295: "',.:;I|¦ÌÍÎÏ‘’",
    309: "[]",
    325: "f",
    337: "!¡",
    354: " -",
    363: "r",
    375: "²",
    382: "³",
    384: "t",
    393: "¹",
    396: "ª",
    398: "°",
    407: "s",
    413: "()",
    445: "º",
    462: "z",
    467: '"',
    472: "ce¢¸çèéêë",
    490: "vxyýÿ",
    502: "?J¿“”",
    510: "aßàáâãäå",
    519: "k",
    531: "$*/0123456789\\`go{}¨«¯´»ðòóôõöø–",
    549: "bdhnpquµñùúûüþ",
    556: "^~",
    559: "§",
    578: "L",
    590: "S",
    608: "F",
    620: "Þ",
    636: "€",
    637: "EÈÉÊË",
    649: "Z¶",
    668: "…",
    679: "CPÇ",
    688: "R",
    694: "©®",
    708: "@ABGVXY_£¥ÀÁÂÃÄÅÝ",
    726: "Tw",
    729: "UÙÚÛÜ",
    738: "K",
    750: "HNÑ",
    767: "DÐæ",
    785: "OQÒÓÔÕÖ",
    806: "&",
    826: "+<=>¤¬±·×Ø÷•",
    834: "¼½¾",
    844: "m",
    885: "#%",
    915: "Æ",
    927: "M",
    1004: "W",
    1062: "→←",
    1063: "—",
    1400: "‰№",
}
_BOLD = {
    256: "ilìíîï",
    286: "j",
    306: "',.:;‘’",
    319: "|¦",
    331: "IÌÍÎÏ",
    336: "f",
    343: "[]",
    367: " !-¡",
    372: "r",
    389: "²",
    395: "³¹",
    404: "t",
    413: "°",
    416: "ª",
    422: "s",
    428: "()",
    461: "º",
    476: "z",
    489: "c¢¸ç",
    500: "vxyýÿ",
    511: "eèéêë",
    519: "?J¿",
    525: "aàáâãäå",
    529: "“”",
    531: "k",
    550: "$*/0123456789`go¨«¯´»ðòóôõöø–",
    556: "^~",
    561: "bdhnpquµñùúûüþ",
    565: "ß",
    566: "§",
    575: "\\{}",
    578: '"',
    581: "L",
    611: "FS",
    642: "EÈÉÊËÞ",
    658: "€",
    672: "Z",
    694: "©®",
    703: "CPR¶Ç",
    733: "@ABGTVXY_£¥ÀÁÂÃÄÅÝ",
    744: "w",
    764: "KUÙÚÛÜ",
    768: "…",
    794: "DHNOQÐÑÒÓÔÕÖæ",
    831: "&",
    856: "+=¤¬±·×Ø÷•",
    867: "m",
    880: "¼¾",
    894: "<>",
    917: "#",
    947: "Æ",
    978: "M½",
    1029: "%",
    1039: "W",
    1100: "—→←",
    1500: "‰№",
}
"""Advance widths of lmsans8-regular and lmsans10-bold in thousandths of the size: width -> characters.

The widest are those of another font, which lends what these two lack."""
_UNKNOWN = 1000
"""For a character that the table lacks: another font lends it, and no label may overflow its box."""


@lru_cache(maxsize=2)
def _widths(bold: bool) -> dict[str, int]:
    return {character: width for width, run in (_BOLD if bold else _REGULAR).items() for character in run}


def measure_text(text: str, size: float, *, bold: bool = False) -> float:
    """Return the width in points of one line of text at a size in points."""
    widths = _widths(bold)
    return sum(widths.get(character, 0 if combining(character) else _UNKNOWN) for character in text) * size / 1000


def _break_words(text: str) -> list[str]:
    """Cut a text where a line may end: after a space, a hyphen or a slash within a word."""
    pieces: list[str] = []
    for word in text.split():
        start = 0
        for index, character in enumerate(word[:-1]):
            if character in "-/_." and index - start >= 2 and len(word) - index > 3:
                pieces.append(word[start : index + 1])
                start = index + 1
        pieces.append(word[start:] + " ")
    return pieces


def wrap_text(text: str, width: float, size: float, *, bold: bool = False) -> list[str]:
    """Break a text into the fewest lines not wider than `width` points, and make those lines alike.

    A piece that alone is wider than `width` stays whole: the box grows instead.
    """
    pieces = _break_words(text)
    if not pieces:
        return [""]
    lines = _fill(pieces, width, size, bold)
    narrowest = max(measure_text(piece.rstrip(), size, bold=bold) for piece in pieces)
    best = lines
    trial = width
    while trial > narrowest:
        trial -= size / 4
        tighter = _fill(pieces, max(trial, narrowest), size, bold)
        if len(tighter) > len(lines):
            break
        best = tighter
    return best


def _fill(pieces: list[str], width: float, size: float, bold: bool) -> list[str]:
    lines: list[str] = []
    line = ""
    for piece in pieces:
        if line and measure_text((line + piece).rstrip(), size, bold=bold) > width:
            lines.append(line.rstrip())
            line = ""
        line += piece
    lines.append(line.rstrip())
    return lines
