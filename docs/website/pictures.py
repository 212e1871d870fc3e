"""The examples of the guide -> a picture of what comes out of each: `make guide-images`.

A picture keeps in its file the hash of what it was made from, so that one whose example changed is noticed.
"""

from __future__ import annotations

import subprocess
import sys
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

import pypdfium2
from PIL import Image, ImageChops
from PIL.PngImagePlugin import PngInfo

from imprenta.model.page import PAGE

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "docs/guia/ejemplos"
PICTURES = ROOT / "docs/guia/imagenes"
HASH_KEY = "Imprenta-Source"
PIXELS_PER_INCH = 120
COLOURS = 64
PADDING = 24
"""Pixels around what is on a page."""
LONGEST_GAP = 160
"""Pixels with nothing between one thing on a page and the next, as above a note at its foot; a longer gap is cut."""


def list_examples() -> list[str]:
    """Return the names of the examples."""
    return sorted(path.name for path in EXAMPLES.iterdir() if (path / "paper/informe.yaml").is_file())


def list_sources(name: str) -> list[Path]:
    """Return the files that an author would have written of an example: not those of a build."""
    files = sorted(path for path in (EXAMPLES / name).rglob("*") if path.is_file())
    return [path for path in files if "build" not in path.relative_to(EXAMPLES / name).parts]


def hash_example(name: str) -> str:
    """Return the hash of an example's files and of their names."""
    digest = sha256()
    for path in list_sources(name):
        digest.update(f"{path.relative_to(EXAMPLES)}\n{path.stat().st_size}\n".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def picture_of(name: str) -> Path:
    """Return where the picture of an example stands."""
    return PICTURES / f"{name}.png"


def read_hash(path: Path) -> str | None:
    """Return the hash of what a picture was made from; None if there is no picture."""
    if not path.is_file():
        return None
    with Image.open(path) as picture:
        return str(picture.info.get(HASH_KEY, ""))


def make_picture(name: str) -> None:
    """Build an example and keep the picture of its pages. Raises CalledProcessError if it cannot be built."""
    mark = PngInfo()
    mark.add_text(HASH_KEY, hash_example(name))
    with TemporaryDirectory() as folder:
        pages = [_crop(page) for page in _draw_pages(_build(name, Path(folder)))]
    PICTURES.mkdir(exist_ok=True)
    _stack(pages).quantize(COLOURS).save(picture_of(name), optimize=True, pnginfo=mark)


def _build(name: str, folder: Path) -> Path:
    """Build a copy of an example, without a cover if it does not ask for one, and return its PDF."""
    for path in list_sources(name):
        copy = folder / path.relative_to(EXAMPLES / name)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(path.read_bytes())
    report = folder / "paper/informe.yaml"
    text = report.read_text(encoding="utf-8")
    if "\nportada:" not in text:
        report.write_text(f"{text.rstrip()}\nportada: no\n", encoding="utf-8")
    command = [sys.executable, str(ROOT / "build.py"), "--project", str(folder)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return folder / "build/informe.pdf"


def _draw_pages(pdf: Path) -> list[Image.Image]:
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.render(scale=PIXELS_PER_INCH / 72).to_pil().convert("RGB") for page in document]


def _crop(page: Image.Image) -> Image.Image:
    """Return what stands between the margins of a page, as wide as its text and as high as what is on it."""
    unit = PIXELS_PER_INCH / 2.54
    left, top, right, bottom = (
        round(side * unit) for side in (PAGE.margin_inner, PAGE.margin_top, PAGE.margin_outer, PAGE.margin_bottom)
    )
    inside = page.crop((left - PADDING, top, page.width - right + PADDING, page.height - bottom))
    bands = [inside.crop((0, first, inside.width, last)) for first, last in _find_bands(inside)]
    room = Image.new("RGB", (inside.width, sum(band.height + PADDING for band in bands) + PADDING), "white")
    height = PADDING
    for band in bands:
        room.paste(band, (0, height))
        height += band.height + PADDING
    return room


def _find_bands(page: Image.Image) -> list[tuple[int, int]]:
    """Return the rows in which something stands, from and to, as few bands as LONGEST_GAP allows."""
    ink = ImageChops.difference(page, Image.new("RGB", page.size, "white")).convert("L")
    rows = [row for row in range(ink.height) if ink.crop((0, row, ink.width, row + 1)).getbbox()]
    bands: list[tuple[int, int]] = []
    for row in rows:
        if bands and row - bands[-1][1] <= LONGEST_GAP:
            bands[-1] = (bands[-1][0], row + 1)
        else:
            bands.append((row, row + 1))
    return bands


def _stack(pages: list[Image.Image]) -> Image.Image:
    """Return pages one below the other, with a grey line between them."""
    height = sum(page.height for page in pages) + 2 * (len(pages) - 1)
    stacked = Image.new("RGB", (max(page.width for page in pages), height), "#c8c8c8")
    top = 0
    for page in pages:
        stacked.paste(page, (0, top))
        top += page.height + 2
    return stacked


def main() -> None:
    """Make the pictures that are missing or older than their examples, and remove those of no example."""
    names = list_examples()
    for name in names:
        if read_hash(picture_of(name)) != hash_example(name):
            print(f"{picture_of(name).relative_to(ROOT)}", flush=True)
            make_picture(name)
    for path in PICTURES.glob("*.png"):
        if path.stem not in names:
            path.unlink()


if __name__ == "__main__":
    main()
