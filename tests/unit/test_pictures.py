"""Pictures of every kind become what LaTeX takes, upright and of a sane size, or are refused in words."""

from __future__ import annotations

import gzip
import io
import shutil
import zlib
from pathlib import Path
from typing import Any

import numpy as np
import pikepdf
import pytest
from PIL import ExifTags, Image, ImageDraw

from imprenta.figures.pictures.kinds import read_picture
from imprenta.figures.pictures.picture import PARTIAL, REFUSED, UNREADABLE, Finding, Picture
from imprenta.pipeline.pictures import convert_svg
from imprenta.workspace import Workspace

CASES = Path(__file__).parents[1] / "cases/pictures/figures"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" xmlns:x="http://www.w3.org/1999/xlink" width="96" height="48">%s</svg>'
needs_rsvg = pytest.mark.skipif(shutil.which("rsvg-convert") is None, reason="librsvg2-bin is not installed")


def _sketch() -> Image.Image:
    """Return a picture that is red at its top left, and nowhere else."""
    image = Image.new("RGB", (300, 200), "white")
    ImageDraw.Draw(image).rectangle((0, 0, 149, 99), fill="red")
    return image


def _save(image: Image.Image, kind: str, **options: Any) -> bytes:
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def _enlarge(png: bytes, side: int) -> bytes:
    """Return a PNG whose head says that it is a square of so many points a side."""
    head = b"IHDR" + side.to_bytes(4) * 2 + png[24:29]
    return png[:12] + head + zlib.crc32(head).to_bytes(4) + png[33:]


def _pdf(pages: int = 1, *, rotate: int = 0, size: tuple[int, int] = (200, 100), **options: Any) -> bytes:
    pdf = pikepdf.new()
    for number in range(pages):
        pdf.add_blank_page(page_size=(200, 100))
        page = pdf.pages[-1]
        page.MediaBox = [0, 0, *size]
        page.obj.Contents = pdf.make_stream(b"%d 0 0 rg 0 0 50 30 re f" % number)
        if rotate:
            page.Rotate = rotate
    file = io.BytesIO()
    pdf.save(file, **options)
    return file.getvalue()


def _read(data: bytes, page: int | None = None, tmp: Path = Path("/")) -> Picture:
    return read_picture(data, "f", page, lambda svg: convert_svg(Workspace(tmp), "f", svg))


def _reddest(picture: Picture) -> tuple[bool, bool]:
    """Return whether the red corner is on the left and on the top."""
    pixels = np.asarray(Image.open(io.BytesIO(picture.data)).convert("RGB"), dtype=int)
    red = (pixels[:, :, 0] - pixels[:, :, 1]) > 100
    rows, columns = red.shape[0] // 2, red.shape[1] // 2
    return bool(red[:, :columns].sum() > red[:, columns:].sum()), bool(red[:rows].sum() > red[rows:].sum())


@pytest.mark.parametrize(
    ("data", "suffix"),
    [
        (_save(_sketch(), "PNG"), "png"), (_save(_sketch(), "JPEG"), "jpg"), (_pdf(), "pdf"), (_pdf(rotate=90), "pdf"),
        (_save(_sketch().convert("CMYK"), "JPEG"), "jpg"), (_save(_sketch(), "JPEG", progressive=True), "jpg"),
        (_save(_sketch().convert("P"), "PNG"), "png"), (_save(_sketch().convert("RGBA"), "PNG"), "png"),
        (_save(Image.fromarray(np.arange(60000, dtype=np.uint16).reshape(200, 300)), "PNG"), "png"),
        (_save(_sketch(), "PNG") + b"more", "png"), (b"junk\n" + _pdf(), "pdf"), (_pdf(force_version="2.0"), "pdf"),
    ],
)  # fmt: skip
def test_what_latex_takes_stays_as_it_is(data: bytes, suffix: str) -> None:
    picture = _read(data)
    assert (picture.data, picture.suffix, picture.findings) == (data, suffix, ())


@pytest.mark.parametrize("kind", ["WEBP", "GIF", "TIFF", "BMP", "AVIF"])
def test_other_kinds_become_png(kind: str) -> None:
    picture = _read(_save(_sketch(), kind))
    assert (picture.suffix, picture.findings) == ("png", ())
    assert (picture.width, picture.height) == pytest.approx((225, 150), rel=0.01)
    assert _reddest(picture) == (True, True)


def test_odd_kinds_of_tiff() -> None:
    values = np.arange(60000).reshape(200, 300)
    dark = Image.open(io.BytesIO(_read(_save(Image.fromarray(values.astype(">u2")), "TIFF")).data))
    assert dark.mode == "I;16"
    assert np.array_equal(np.asarray(dark), values)
    assert _read(_save(_sketch().convert("CMYK"), "TIFF")).suffix == "jpg"
    assert _read(_save(_sketch().convert("LAB"), "TIFF")).suffix == "png"
    assert [found.code for found in _read(_save(Image.fromarray(values.astype("f4")), "TIFF")).findings] == [REFUSED]


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_pictures_stand_as_the_camera_saw_them(orientation: int, kind: str) -> None:
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    picture = _read(_save(_sketch(), kind, exif=exif))
    left = orientation in (1, 4, 5, 8)
    top = orientation in (1, 2, 5, 6)
    assert _reddest(picture) == (left, top)
    assert (picture.width > picture.height) is (orientation < 5)
    assert picture.findings == ()


@pytest.mark.parametrize(
    ("data", "width", "height"),
    [
        (_save(_sketch(), "PNG", dpi=(300, 300)), 72, 48), (_save(_sketch(), "PNG", dpi=(1, 1)), 225, 150),
        (_save(_sketch(), "JPEG", dpi=(60000, 60000)), 225, 150), (_save(_sketch(), "TIFF", dpi=(204, 98)), 106, 147),
        (_save(_sketch().resize((20000, 2)), "PNG"), 15000, 1.5), (_save(_sketch(), "PNG"), 225, 150),
        (_pdf(rotate=90), 100, 200), (_pdf(rotate=270), 100, 200),
    ],
)  # fmt: skip
def test_the_natural_size_is_sane(data: bytes, width: float, height: float) -> None:
    picture = _read(data)
    assert (picture.width, picture.height) == pytest.approx((width, height), rel=0.01)
    if picture.suffix != "pdf":
        image = Image.open(io.BytesIO(picture.data))
        dots = image.info.get("dpi", (72, 72))
        assert all(0.5 <= side * 72 / one <= 16000 for side, one in zip(image.size, dots, strict=True))


@pytest.mark.parametrize(
    ("data", "code", "words"),
    [
        (b"", UNREADABLE, "está vacío"), (_save(_sketch(), "PNG")[:400], UNREADABLE, "dañada"),
        (_save(_sketch(), "JPEG")[:2000], UNREADABLE, "dañada"), (_save(_sketch(), "WEBP")[:300], UNREADABLE, "dañada"),
        (_save(_sketch(), "GIF")[:500], UNREADABLE, "dañada"), (_pdf(3)[:600], UNREADABLE, "dañado"),
        (_pdf(encryption=pikepdf.Encryption(owner="a", user="b")), UNREADABLE, "contraseña"),
        (_pdf(size=(0, 0)), UNREADABLE, "0 × 0 puntos"), (_pdf(size=(20000, 9)), UNREADABLE, "20000 × 9 puntos"),
        (_enlarge(_save(Image.new("1", (9, 9)), "PNG"), 30000), UNREADABLE, "demasiados puntos"),
        (b"hola", REFUSED, "no se admite"), (b"\0\0\0\x18ftypheic", REFUSED, "HEIC"), (b"%!PS-Adobe", REFUSED, "Post"),
        (b"<!DOCTYPE html><html>", REFUSED, "página web"), (b"PK\x03\x04", REFUSED, "ofimática"),
        (SVG % b"<rect>", UNREADABLE, "no es un SVG bien formado"),
        (b'<!DOCTYPE svg [<!ENTITY e SYSTEM "file:///etc/passwd">]>' + SVG % b"&e;", UNREADABLE, "«&e;» de otro"),
    ],
)  # fmt: skip
def test_what_cannot_be_placed_is_refused(data: bytes, code: str, words: str) -> None:
    picture = _read(data)
    assert picture.data == b""
    assert [found.code for found in picture.findings] == [code]
    assert words in picture.findings[0].message
    assert picture.findings[0].hint


def test_of_many_pages_one_is_placed() -> None:
    frames = [Image.new("L", (90, 60), shade) for shade in (0, 100, 200)]
    for data in (_pdf(3), _save(frames[0], "GIF", save_all=True, append_images=frames[1:]),
                 _save(frames[0], "TIFF", save_all=True, append_images=frames[1:])):  # fmt: skip
        first = _read(data)
        assert [found.code for found in first.findings] == [PARTIAL]
        second = _read(data, page=2)
        assert second.findings == ()
        assert second.data not in (first.data, data, b"")
        assert [found.code for found in _read(data, page=4).findings] == ["valor-fuera-de-limites"]
        assert _read(data, page=2) == second  # the same bytes each time
    assert len(pikepdf.open(io.BytesIO(_read(_pdf(3), page=2).data)).pages) == 1
    assert not pikepdf.open(io.BytesIO(_read(_pdf(encryption=pikepdf.Encryption(owner="x"))).data)).is_encrypted


@needs_rsvg
def test_an_svg_becomes_a_pdf(tmp_path: Path) -> None:
    drawn = SVG % b'<rect width="9" height="9"/>'
    for data in (drawn, b"\xef\xbb\xbf<?xml version='1.0'?><!-- c -->" + drawn, gzip.compress(drawn)):
        picture = _read(data, tmp=tmp_path)
        assert (picture.suffix, picture.width, picture.height, picture.findings) == ("pdf", 72, 36, ())
    assert _read(drawn, tmp=tmp_path) == _read(drawn, tmp=tmp_path)


@needs_rsvg
@pytest.mark.parametrize(
    ("inside", "words"),
    [
        (b'<foreignObject width="9" height="9"/>', "foreignObject"),
        (b'<switch><foreignObject width="9" height="9"/><text y="9">x</text></switch>', "foreignObject"),
        (b'<switch><foreignObject width="9" height="9" requiredFeatures="e"/><text y="9">x</text></switch>', ""),
        (b'<image x:href="file:///etc/passwd" width="9" height="9"/>', "file:///etc/passwd"),
        (b'<image href="https://example.org/a.png" width="9" height="9"/>', "https://example.org"),
        (b'<path id="p" d="M0 0"/><use x:href="#p"/>', ""),
    ],
)
def test_what_an_svg_lacks_is_told(inside: bytes, words: str, tmp_path: Path) -> None:
    picture = _read(SVG % inside, tmp=tmp_path)
    assert picture.data
    assert [found.code for found in picture.findings] == ([PARTIAL] if words else [])
    assert all(words in found.message for found in picture.findings)


def test_without_its_converter_an_svg_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Workspace, "find_program", lambda self, name: None)
    told = convert_svg(Workspace(tmp_path), "figures/f.svg", SVG)
    assert isinstance(told, Finding)
    assert (told.code, "librsvg2-bin" in told.hint) == (REFUSED, True)
