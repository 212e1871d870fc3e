"""Words -> PDFs whose pages say them in subsets of one small Type 1 font, as runs of pdfTeX make them; without TeX."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import pikepdf
import pypdfium2
from pikepdf import Array, Dictionary, Name, String

from imprenta.typeset.pdf.type1 import UNUSED, Type1Font, read_type1

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

RETURN, LINE, CALL, CLOSE, WIDTH, END, MOVE = 11, 5, 10, 9, 13, 14, 21
LETTERS = "abcdef"
NAMES = {letter: f"letter{letter.upper()}".encode() for letter in LETTERS}
HEAD = (
    b"%%!PS-AdobeFont-1.0: Boxes\n/FontName /%s+Boxes def\n"
    b"/Encoding 256 array\n0 1 255 {1 index exch /.notdef put} for\n"
)
AFTER_ENCODING = (
    b"readonly def\n/PaintType 0 def\n/FontType 1 def\n/FontMatrix[0.001 0 0 0.001 0 0]readonly def\n"
    b"/FontBBox{0 0 500 900}readonly def\ncurrentdict end\ncurrentfile eexec\n"
)
PRIVATE = (
    b"\0\0\0\0dup /Private 8 dict dup begin\n/RD{string currentfile exch readstring pop}executeonly def\n"
    b"/ND{noaccess def}executeonly def\n/NP{noaccess put}executeonly def\n/BlueValues[]def\n/password 5839 def\n"
)
BETWEEN = b"ND\n2 index\n"
LAST = b"end end readonly put put\ndup/FontName get exch definefont pop\nmark currentfile closefile\n"


def _number(value: int) -> bytes:
    if -107 <= value <= 107:
        return bytes([value + 139])
    high, low = divmod(abs(value) - 108, 256)
    return bytes([(247 if value > 0 else 251) + high, low])


def _pack(*steps: int | tuple[int, ...]) -> bytes:
    """Return an encrypted charstring: a tuple is numbers and, last, what is done with them."""
    plain = b"\0\0\0\0"
    for step in steps:
        *numbers, operator = step if isinstance(step, tuple) else (step,)
        plain += b"".join(map(_number, numbers)) + bytes([operator])
    key, packed = 4330, bytearray()
    for byte in plain:
        packed.append(byte ^ (key >> 8))
        key = ((packed[-1] + key) * 52845 + 22719) & 0xFFFF
    return bytes(packed)


def _line(data: bytes, end: bytes) -> bytes:
    return b"%d RD %s %s\n" % (len(data), data, end)


def make_type1(letters: Iterable[str], tag: str = "AAAAAA", design: bytes = b"") -> Type1Font:
    """Return a subset of the font Boxes: a letter is a box, the higher the later it comes, drawn by its subroutine."""
    subroutines = dict.fromkeys(range(max(LETTERS.index(letter) for letter in letters) + 1), _line(UNUSED, b"NP"))
    glyphs = {b".notdef": _line(_pack((0, 500, WIDTH), END), b"ND")}
    for letter in letters:
        place = LETTERS.index(letter)
        height = 150 * (place + 1)
        box = _pack((300, 0, LINE), (0, height, LINE), (-300, 0, LINE), CLOSE, RETURN)
        subroutines[place] = _line(box, b"NP")
        glyphs[NAMES[letter]] = _line(_pack((0, 500, WIDTH), (50, 0, MOVE), (place, CALL), END), b"ND")
    rest = (design + HEAD % tag.encode(), AFTER_ENCODING, PRIVATE, BETWEEN, LAST)
    return Type1Font(rest, {ord(letter): NAMES[letter] for letter in letters}, subroutines, glyphs)


def make_run(
    pages: Sequence[str],
    names: Mapping[str, tuple[int, str]] = {},
    *,
    shift: int = 0,
    tag: str = "",
    design: bytes = b"",
) -> bytes:
    """Return a PDF of pages that say these letters, and names that lead to a page in a way of viewing it.

    The codes of the letters are `shift` further on than their own: another encoding. Fonts of another design differ.
    As of pdfTeX, the encoding has letters that other fonts use, and the width of a code that is not used is told as 0.
    """
    document = pikepdf.new()
    used = sorted(set("".join(pages))) or ["a"]
    tag = tag or "".join(chr(ord("A") + ord(letter) % 26) for letter in (used * 6)[:6])
    data, clear = make_type1(used, tag, design).dumps()
    file = document.make_stream(data, Length1=clear, Length2=len(data) - clear, Length3=0)
    name = Name(f"/{tag}+Boxes")
    descriptor = document.make_indirect(
        Dictionary(
            Type=Name.FontDescriptor, FontName=name, Flags=4, FontBBox=Array([0, 0, 500, 900]), Ascent=900, Descent=0,
            CapHeight=900, ItalicAngle=0, StemV=80, FontFile=file, CharSet=b"".join(b"/" + NAMES[one] for one in used),
        )
    )  # fmt: skip
    codes = [ord(letter) + shift for letter in used]
    differences: list[Any] = []
    for letter in LETTERS:
        differences += [ord(letter) + shift, Name("/" + NAMES[letter].decode())]
    meanings = "".join(f"<{ord(one) + shift:02X}> <{ord(one):04X}>\n" for one in LETTERS)
    unicode = (
        f"begincmap\n1 begincodespacerange\n<00> <FF>\nendcodespacerange\n6 beginbfchar\n{meanings}endbfchar\nendcmap"
    )
    font = document.make_indirect(
        Dictionary(
            Type=Name.Font, Subtype=Name.Type1, BaseFont=name, FontDescriptor=descriptor, FirstChar=codes[0],
            LastChar=codes[-1], Widths=Array([500 * (code in codes) for code in range(codes[0], codes[-1] + 1)]),
            Encoding=document.make_indirect(Dictionary(Type=Name.Encoding, Differences=Array(differences))),
            ToUnicode=document.make_stream(unicode.encode()),
        )
    )  # fmt: skip
    for words in pages:
        page = document.add_blank_page(page_size=(100, 40))
        page.obj.Resources = Dictionary(Font=Dictionary(F1=font))
        written = "".join(chr(ord(letter) + shift) for letter in words)
        page.obj.Contents = document.make_stream(f"BT /F1 20 Tf 5 10 Td ({written}) Tj ET".encode("latin-1"))
    pairs: list[Any] = []
    for key, (number, view) in sorted(names.items()):
        place = Array([document.pages[number].obj, Name(f"/{view}"), 1, 2, None])
        pairs += [String(key), document.make_indirect(Dictionary(D=place))]
    document.Root.Names = Dictionary(Dests=document.make_indirect(Dictionary(Names=Array(pairs))))
    result = io.BytesIO()
    document.save(result, static_id=True, compress_streams=False)
    return result.getvalue()


def look_at(pdf: bytes) -> list[tuple[bytes, str]]:
    """Return the picture and the text of each page."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [
            (page.render(scale=60 / 72).to_numpy().tobytes(), page.get_textpage().get_text_bounded())
            for page in document
        ]


def count_fonts(pdf: bytes) -> int:
    """Return how many fonts pages use, which may draw with the same file."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return len(
            {
                font.objgen
                for page in document.pages
                for font in dict(page.obj.get("/Resources", {}).get("/Font", {})).values()
            }
        )


def read_fonts(pdf: bytes) -> list[tuple[str, set[bytes]]]:
    """Return the font files that pages lead to: the name and the glyphs of each."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        found = {}
        for page in document.pages:
            for font in dict(page.obj.Resources.Font).values():
                descriptor = font.FontDescriptor
                file = descriptor.FontFile
                data = read_type1(file.read_bytes(), int(file.Length1), int(file.Length2))
                assert set(bytes(descriptor.CharSet).split(b"/")) - {b""} == set(data.glyphs) - {b".notdef"}
                found[descriptor.objgen] = str(descriptor.FontName), set(data.glyphs) - {b".notdef"}
        return list(found.values())
