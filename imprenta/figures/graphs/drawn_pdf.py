"""What Graphviz and cairo wrote of a graph -> the PDF of its drawing: without dates, its icons of one optical weight.

A trade mark that is a black square draws the eye before anything that the drawing tells. Icons stand on white, so what
is too dark is mixed with white, all of a picture alike.
"""

from __future__ import annotations

import io
from decimal import Decimal
from typing import TYPE_CHECKING

from pikepdf import Array, Name, ObjectStreamMode, Pdf, Stream

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pikepdf import Object

HEAVIEST = 0.27
"""Ink of a picture, from 0 (white) to 1 (black all over), that is left as it is."""

CHANNELS = {"/DeviceRGB": 3, "/DeviceGray": 1}
SAMPLED = 4
"""One pixel out of so many, across and down, tells how dark a picture is."""


def clean_pdf(pdf: bytes) -> bytes:
    """Return cairo's PDF without its date, and without the smoothing of pictures that PDF/A forbids.

    It has one form whichever cairo wrote it: from 1.18 on, its objects come packed in streams, as of PDF 1.7.
    """
    written = io.BytesIO()
    with Pdf.open(io.BytesIO(pdf)) as drawing:
        for dated in ("/Info", "/ID"):
            if dated in drawing.trailer:
                del drawing.trailer[dated]
        _even_icons(drawing.objects)
        for item in drawing.objects:
            if isinstance(item, Stream) and "/Interpolate" in item:
                del item.Interpolate
        drawing.save(written, force_version="1.5", object_stream_mode=ObjectStreamMode.disable, deterministic_id=True)
    return written.getvalue()


def _even_icons(objects: Iterable[Object]) -> None:
    """Lighten the pictures among the objects of a PDF that are too dark, in place: `/Decode` says what 0 is."""
    pictures = [one for one in objects if isinstance(one, Stream) and one.get("/Subtype") == Name.Image]
    masks = {one.SMask.objgen for one in pictures if "/SMask" in one}
    for picture in pictures:
        channels = CHANNELS.get(str(picture.get("/ColorSpace")))
        if channels is None or picture.objgen in masks or "/Decode" in picture:
            continue
        ink = measure_ink(_read_rows(picture), _read_rows(picture.SMask) if "/SMask" in picture else None)
        if ink > HEAVIEST:
            picture.Decode = Array([Decimal(f"{1 - HEAVIEST / ink:.3f}"), 1] * channels)


def _read_rows(picture: Object) -> list[list[bytes]]:
    """Return some pixels of a picture, row by row: the levels of their channels, from 0 to 255."""
    width, bits, data = int(picture.Width), int(picture.BitsPerComponent), picture.read_bytes()
    channels = CHANNELS[str(picture.ColorSpace)]
    length = -(-width * channels * bits // 8)
    rows = [data[start : start + length] for start in range(0, len(data), SAMPLED * length)]
    if bits == 1:
        rows = [bytes(255 * (row[x >> 3] >> (7 - (x & 7)) & 1) for x in range(width)) for row in rows]
    return [[row[at : at + channels] for at in range(0, width * channels, SAMPLED * channels)] for row in rows]


def measure_ink(rows: list[list[bytes]], opacity: list[list[bytes]] | None = None) -> float:
    """Return how dark a picture is, from 0 (white) to 1 (black all over)."""
    levels = [pixel for row in rows for pixel in row]
    seen = [level[0] for row in opacity for level in row] if opacity is not None else [255] * len(levels)
    dark = (255 - sum(pixel) / len(pixel) for pixel in levels)
    return sum(a * b for a, b in zip(seen, dark, strict=True)) / (255 * 255 * len(levels))
