"""A page from another run, with fonts of its own -> the same page with the fonts that the document has already.

pdfTeX embeds of each Type 1 font the glyphs that a run used, under its name with a tag («ABCDEF+LMRoman10-Regular»;
PDF 32000-1, 9.6.4), so that every page range would bring the same fonts again. Invariant: a page may use a font in the
place of its own if that has, for each code that its own can draw, the same glyph of the same font in the same width.
A font of the document that lacks some grows: its dictionary and descriptor stay the objects that pages lead to.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from imprenta.typeset.pdf.type1 import merge_type1, read_type1

if TYPE_CHECKING:
    from collections.abc import Iterable

Drawn = tuple[bytes, bytes]
"""What a font draws for a code: the name of the glyph, and its width as it is written in the PDF."""


UNUSED_WIDTH = b"0"
"""What pdfTeX tells as the width of a code between others that a run did not use."""


class SharedFonts:
    """The fonts of a document's pages, by their names without tags."""

    def __init__(self, pages: Iterable[Any]) -> None:
        """Look through the pages as they are before others come."""
        self.fonts: dict[str, list[Any]] = defaultdict(list)
        self.changed: set[int] = set()
        """The numbers of the objects that grew."""
        self.places: dict[tuple[int, int], Any] = {}
        for page in pages:
            for font in _fonts_of(page).values():
                if font.is_indirect and font.objgen not in self.places:
                    self.places[font.objgen] = font
                    if _is_subset(font):
                        self.fonts[_name(font)].append(font)

    def use_in(self, page: Any) -> None:
        """Let a page that has been put into the document use these fonts; what it brings is one of them from now on."""
        for key, font in _fonts_of(page).items():
            if not font.is_indirect:
                continue
            if font.objgen not in self.places:
                self.places[font.objgen] = self._place(font) if _is_subset(font) else font
            page.Resources.Font[key] = self.places[font.objgen]

    def _place(self, font: Any) -> Any:
        """Return the font that can stand in the place of one that came, which may be itself."""
        known = self.fonts[_name(font)]
        for one in known:
            if _agree(one, font) and self._hold_glyphs(one.FontDescriptor, font.FontDescriptor):
                if _hold_codes(one, font):
                    self.changed |= {one.objgen[0], one.Encoding.objgen[0]}
                return one
        for one in known:  # in another encoding
            if self._hold_glyphs(one.FontDescriptor, font.FontDescriptor):
                font.FontDescriptor = one.FontDescriptor
                break
        known.append(font)
        return font

    def _hold_glyphs(self, descriptor: Any, other: Any) -> bool:
        """Let a descriptor, with its file, do for another too by holding its glyphs; tell whether it does."""
        if descriptor.get("/Flags") != other.get("/Flags"):
            return False
        held, wanted = _glyphs(descriptor), _glyphs(other)
        if wanted <= held:
            return True
        try:
            merged = merge_type1(_read_file(descriptor), _read_file(other))
        except ValueError:
            return False
        if merged is None:
            return False
        data, clear = merged.dumps()
        self.changed |= {descriptor.objgen[0], descriptor.FontFile.objgen[0]}
        file = descriptor.FontFile
        file.write(data)
        file.Length1, file.Length2, file.Length3 = clear, len(data) - clear, 0
        descriptor.CharSet = b"".join(b"/" + name for name in sorted(held | wanted))
        return True


def _fonts_of(page: Any) -> dict[str, Any]:
    return dict(page.get("/Resources", {}).get("/Font", {}))


def _is_subset(font: Any) -> bool:
    """Tell whether this is a subset of a Type 1 font as pdfTeX embeds and encodes it."""
    if font.get("/Subtype") != "/Type1" or not {"/Encoding", "/FirstChar", "/Widths"} <= font.keys():
        return False
    if not {"/FontName", "/CharSet", "/FontFile"} <= font.get("/FontDescriptor", {}).keys():
        return False
    if not (font.FontDescriptor.is_indirect and font.Encoding.is_indirect):
        return False
    differences = font.Encoding.get("/Differences")
    # With «#» PDF writes letters that a name cannot have otherwise; /CharSet does not.
    return differences is not None and b"#" not in differences.unparse(resolved=True)


def _name(font: Any) -> str:
    name = str(font.FontDescriptor.FontName)
    return name.rpartition("+")[2]


def _glyphs(descriptor: Any) -> set[bytes]:
    return set(bytes(descriptor.CharSet).split(b"/")) - {b""}


def _read_file(descriptor: Any) -> Any:
    file = descriptor.FontFile
    return read_type1(file.read_bytes(), int(file.Length1), int(file.Length2))


def _agree(font: Any, other: Any) -> bool:
    """Tell whether no code draws, or is read as, one thing in a font and another thing in the other."""
    told = _read_unicode(font)
    if told != _read_unicode(other):
        return False
    held, encoding = _read_drawn(font), _read_encoding(font)
    for code, (name, width) in _read_drawn(other).items():
        _, known = held.get(code, (name, width))
        # What is told of the letters names the font's metrics too, in which a code has one width.
        if encoding.get(code, name) != name or (known != width and not (told and UNUSED_WIDTH in (known, width))):
            return False
    return True


def _read_unicode(font: Any) -> bytes:
    """Return what pdfTeX says of the letters that a font's codes are: of all codes of the encoding, used or not."""
    return font.ToUnicode.read_bytes() if "/ToUnicode" in font else b""


def _read_encoding(font: Any) -> dict[int, bytes]:
    """Return the names of the glyphs by their codes, also of those that only another font of this encoding has."""
    found: dict[int, bytes] = {}
    code = 0
    for item in font.Encoding.Differences.unparse(resolved=True)[1:-1].split():
        if item.startswith(b"/"):
            found[code] = item[1:]
            code += 1
        else:
            code = int(item)
    return found


def _read_widths(font: Any) -> dict[int, bytes]:
    return dict(enumerate(font.Widths.unparse(resolved=True)[1:-1].split(), int(font.FirstChar)))


def _read_drawn(font: Any) -> dict[int, Drawn]:
    """Return what a font can draw: the codes whose glyphs are embedded."""
    widths, glyphs = _read_widths(font), _glyphs(font.FontDescriptor)
    return {
        code: (name, widths[code]) for code, name in _read_encoding(font).items() if name in glyphs and code in widths
    }


def _hold_codes(font: Any, other: Any) -> bool:
    """Let a font draw what another draws; its file has the glyphs already. Tell whether it did not."""
    import pikepdf

    held = _read_drawn(font)
    missing = {
        code: (name, width)
        for code, (name, width) in _read_drawn(other).items()
        if code not in held or (held[code][1] != width and width != UNUSED_WIDTH)
    }
    if not missing:
        return False
    encoding = _read_encoding(font) | {code: name for code, (name, _) in missing.items()}
    widths = _read_widths(font) | {code: width for code, (_, width) in missing.items()}
    first, last = min(widths), max(widths)
    # Fonts share an encoding: what is added for one, no page draws in another.
    names = b" ".join(b"%d /%s" % item for item in sorted(encoding.items()))
    font.Encoding.Differences = pikepdf.Object.parse(b"[" + names + b"]")
    font.FirstChar, font.LastChar = first, last
    numbers = b" ".join(widths.get(code, b"0") for code in range(first, last + 1))
    font.Widths = pikepdf.Object.parse(b"[" + numbers + b"]")
    return True
