"""The document's letters -> TrueType copies that matplotlib embeds as real text."""

from __future__ import annotations

import io
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from imprenta.problems import CannotContinue
from imprenta.workspace import Workspace, content_hash, engine_workspace

if TYPE_CHECKING:
    from collections.abc import Iterable

    from matplotlib.text import Text as Artist

FAMILY = "Imprenta LM Sans"
"""The plots' own name for the document's letters, so that no other cut of them on the machine is taken instead."""

FALLBACK = "DejaVu Sans"
"""Comes with matplotlib: lends the signs that Latin Modern lacks (≤, ≥), and all letters where it is missing."""

FINDER = "kpsewhich"
"""The program that tells where TeX has a file."""
LETTERS = "usr/share/texmf/fonts/opentype/public/lm"
FACES = {  # bold, slanted -> file of fonts-lmodern; the cut for 8 pt reads best at the sizes of a plot
    (False, False): "lmsans8-regular.otf",
    (False, True): "lmsans8-oblique.otf",
    (True, False): "lmsans10-bold.otf",
    (True, True): "lmsans10-boldoblique.otf",
}
_CONVERSION = "4"  # raise it when `convert_face` gives other bytes
_BOLD_WEIGHTS = {"semibold", "demibold", "demi", "bold", "heavy", "extra bold", "black"}
_BOLD_FROM = 600


def find_face(face: tuple[bool, bool]) -> Path | None:
    """Return the file of a face of the document's letters (bold, slanted), or None if this machine lacks it."""
    path = Path("/") / LETTERS / FACES[face]
    return path if path.is_file() else _ask_tex(FACES[face])


@cache
def _ask_tex(name: str) -> Path | None:
    """Return the font file of this name that TeX would find: its trees stand elsewhere if it is not Debian's."""
    if not has_tex():
        return None
    told = engine_workspace().run([FINDER, name]).output.decode("utf-8", "replace").strip()
    return Path(told) if told else None


def has_tex() -> bool:
    """Tell whether this machine has a TeX that can be asked for its files."""
    return engine_workspace().find_program(FINDER) is not None


def needed_faces(texts: Iterable[Artist]) -> set[tuple[bool, bool]]:
    """Return the faces (bold, slanted) that the texts of a plot are set in."""
    faces = {(False, False)}
    for text in texts:
        weight = text.get_fontweight()
        bold = weight >= _BOLD_FROM if isinstance(weight, int) else weight in _BOLD_WEIGHTS
        faces.add((bold, text.get_fontstyle() != "normal"))
        if "$" in text.get_text():
            return set(FACES)  # mathematics looks for all of them, whether it sets a letter in them or not
    return faces


_REGISTERED: set[Path] = set()


def register_faces(faces: Iterable[tuple[bool, bool]], folder: Path) -> None:
    """Make faces of the document's letters known to matplotlib; their TrueType copies are kept in `folder`."""
    from matplotlib.font_manager import fontManager

    for face in sorted(faces):
        source = find_face(face)
        if source is None:
            continue
        original = source.read_bytes()
        name = f"{source.stem}-{content_hash(original, _CONVERSION)[:12]}.ttf"
        path = folder / name
        if not path.is_file():  # also when somebody has emptied the folder since it was registered
            Workspace(folder).write(name, convert_face(original, bold=face[0], slanted=face[1]))
        if path in _REGISTERED:
            continue
        try:
            fontManager.addfont(path)
        except (OSError, RuntimeError) as error:
            raise CannotContinue(f"no se pueden leer las letras de «{path.name}»: {error}") from error
        _REGISTERED.add(path)


def convert_face(original: bytes, *, bold: bool, slanted: bool) -> bytes:
    """Turn an OpenType font with cubic outlines into a TrueType font of its Latin and Greek letters and signs.

    matplotlib embeds OpenType outlines under a label that belongs to TrueType, which PDF readers complain about.
    """
    from fontTools.pens.cu2quPen import Cu2QuPen  # type: ignore[import-untyped]
    from fontTools.pens.ttGlyphPen import TTGlyphPen  # type: ignore[import-untyped]
    from fontTools.subset import Options, Subsetter  # type: ignore[import-untyped]
    from fontTools.ttLib import TTFont, newTable  # type: ignore[import-untyped]

    font = TTFont(io.BytesIO(original), recalcTimestamp=False)
    subsetter = Subsetter(Options(layout_features=["kern"], name_IDs=[0, 1, 2, 3, 4, 5, 6], notdef_outline=True))
    subsetter.populate(unicodes=[code for code in font.getBestCmap() if _is_kept(code)])
    subsetter.subset(font)
    order = font.getGlyphOrder()
    drawn = font.getGlyphSet()
    outlines = {}
    for name in order:
        pen = TTGlyphPen(None)
        drawn[name].draw(Cu2QuPen(pen, max_err=0.5, reverse_direction=True))
        outlines[name] = pen.glyph()
    order = [*order, _add_spaces(font)]
    outlines[order[-1]] = TTGlyphPen(None).glyph()
    font.setGlyphOrder(order)
    del font["CFF "]
    table = font["glyf"] = newTable("glyf")
    font["loca"] = newTable("loca")
    table.glyphOrder, table.glyphs = order, outlines
    for outline in outlines.values():
        outline.recalcBounds(table)
    limits = font["maxp"]
    limits.tableVersion = 0x00010000
    for field in ("TwilightPoints", "Storage", "FunctionDefs", "InstructionDefs", "StackElements"):
        setattr(limits, f"max{field}", 0)
    limits.maxSizeOfInstructions = limits.maxComponentElements = 0
    limits.maxZones = 1
    font["post"].formatType = 3.0
    font.sfntVersion = "\x00\x01\x00\x00"
    style = " ".join(word for word, is_so in (("Bold", bold), ("Oblique", slanted)) if is_so) or "Regular"
    for record in font["name"].names:
        if record.nameID in (1, 2):
            record.string = FAMILY if record.nameID == 1 else style
    result = io.BytesIO()
    font.save(result)
    return result.getvalue()


def _is_kept(code: int) -> bool:
    """Tell the characters that a plot in Spanish may want; each one left out saves time in a first build."""
    return code < 0x180 or 0x370 <= code < 0x400 or 0x2000 <= code < 0x2300


def _add_spaces(font: Any) -> str:
    """Give a font the narrow spaces that part digits, which it lacks, and a no-break space as wide as a space.

    Return the name of the new glyph, which still wants an (empty) outline.
    """
    name = "thinspace"
    widths = font["hmtx"].metrics
    widths[name] = (font["head"].unitsPerEm // 6, 0)
    characters = font.getBestCmap()
    if 0xA0 in characters:
        widths[characters[0xA0]] = widths[characters[0x20]]
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap.update({0x2009: name, 0x202F: name})
    return name


def smallest_size(text: Artist) -> float:
    """Return the size in points of the smallest letter of a text, exponents of its mathematics included."""
    size = float(text.get_fontsize())
    return min((float(glyph[1]) for glyph in _glyphs(text)), default=size)


def is_understood(text: Artist) -> bool:
    """Tell whether matplotlib can set the mathematics of a text."""
    try:
        _glyphs(text)
    except ValueError:
        return False
    return True


def _glyphs(text: Artist) -> list[Any]:
    """Return the letters and signs of a text that holds mathematics; none of any other."""
    words = text.get_text()
    dollars = len(re.findall(r"(?<!\\)\$", words))
    if not text.get_parse_math() or not dollars or dollars % 2:  # an odd number of dollars is printed as it stands
        return []
    from matplotlib.mathtext import MathTextParser

    return list(MathTextParser("path").parse(words, 72, text.get_fontproperties()).glyphs)
