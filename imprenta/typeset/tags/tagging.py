"""A PDF with marks in its pages -> the tagged PDF: the tree, the links in words, the metadata, what PDF/A asks for."""

from __future__ import annotations

import io
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from imprenta.typeset.pdf.rewrite import read_table, write_objects
from imprenta.typeset.tags.links import name_link
from imprenta.typeset.tags.metadata import write_metadata
from imprenta.typeset.tags.nesting import build_tree
from imprenta.typeset.tags.objects import PlacedLink, write_string, write_tree
from imprenta.typeset.tags.reading import Reader

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from imprenta.model.report import Conformity
    from imprenta.typeset.pdf.rewrite import Stream
    from imprenta.typeset.tags.elements import Element
    from imprenta.typeset.tags.page_marks import MarkedPage
    from imprenta.words import Words

PRINTED = b"/F 4"
"""The flag of an annotation that is printed: PDF/A asks for it."""
UNTOLD = ("/PTEX.Fullbanner", "/Trapped")
"""What pdfTeX tells in the information dictionary, and XMP cannot."""


@dataclass(frozen=True, slots=True)
class Tagging:
    """What a PDF is to be: what it claims, the language of what is not marked, what each word of ours is in it.

    `languages` gives the tag of each of babel's names but the document's own; `name_source` the authors of a source by
    its key as TeX has it; `profile` is the colour profile of what is given in RGB.
    """

    conformity: Conformity
    languages: Mapping[str, str]
    words: Words
    name_source: Callable[[str], str]
    profile: bytes


def tag_pdf(pdf: bytes, tagging: Tagging, mark: Callable[[bytes], MarkedPage]) -> bytes:
    """Return the tagged PDF; `mark` is `mark_page`, which may remember pages. The same input gives the same bytes."""
    import pikepdf

    document = pikepdf.open(io.BytesIO(pdf))
    table = read_table(pdf, document)
    if table is None:
        pdf = _save(document)
        document = pikepdf.open(io.BytesIO(pdf))
        table = read_table(pdf, document)
    assert table is not None  # qpdf wrote it
    tagged = _Tagged(document, tagging, len(table.entries))
    tagged.read_pages(mark)
    tagged.write()
    return write_objects(pdf, document.trailer, table, tagged.objects, tagged.gone, table.replaced)


def _save(document: Any) -> bytes:
    import pikepdf

    result = io.BytesIO()
    document.save(result, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return result.getvalue()


class _Tagged:
    """A PDF that is being tagged: the objects that change or come, by their numbers."""

    def __init__(self, document: Any, tagging: Tagging, start: int) -> None:
        self.document, self.tagging, self.next = document, tagging, start
        self.objects: dict[int, bytes | Stream] = {}
        self.gone: set[int] = set()
        self.pages = [page.obj for page in document.pages]
        self.reader = Reader(tagging.languages)
        self.contents: list[int] = []
        self.annotations: list[tuple[Any, int, Element]] = []
        """Each link annotation, the number of its page's object, its element."""
        self.dropped: dict[int, list[Any]] = {}
        """For each page, from 0, its annotations where some belong to nothing on it."""

    def read_pages(self, mark: Callable[[bytes], MarkedPage]) -> None:
        """Give each page its marked content, and read what the marks tell."""
        for number, page in enumerate(self.pages):
            self.gone |= {stream.objgen[0] for stream in page.Contents.wrap_in_array()}
            marked = mark(_read_stream(page.Contents))
            self.contents.append(self._add_stream(b"/Filter/FlateDecode", marked.stream))
            begun = len(self.reader.links)
            self.reader.read_page(number, marked.events)
            self._deal_links(number, page, [link for _, link in self.reader.links[begun:]])

    def _deal_links(self, number: int, page: Any, links: Sequence[Element]) -> None:
        """Give the annotations of a page to the links in it, whose order is theirs."""
        every = list(page.get("/Annots", []))
        # pdfTeX leaves one over the head of a page where a link goes on from the page before.
        found = [one for one in every if one.get("/Subtype") == "/Link" and one.Rect[3] <= page.MediaBox[3]]
        if len(found) != len(every):
            kept = [one for one in every if one in found or one.get("/Subtype") != "/Link"]
            self.dropped[number] = kept
            self.gone |= {one.objgen[0] for one in every if one not in kept}
        self.annotations += [(one, page.objgen[0], link) for one, link in zip(found, links, strict=False)]

    def write(self) -> None:
        """Write the tree, and whatever tells of it."""
        tree = build_tree(self.reader.blocks)
        links = [PlacedLink(one.objgen[0], page, link) for one, page, link in self.annotations]
        made = write_tree(tree, [page.objgen[0] for page in self.pages], links, self.next)
        self.next = max(made.objects) + 1
        self.objects |= made.objects
        for annotation, _, _ in self.annotations:
            self._write_annotation(annotation, made.keys[annotation.objgen[0]])
        for number, page in enumerate(self.pages):
            self._write_page(number, page)
        self._write_catalog(made.root)

    def _write_annotation(self, annotation: Any, key: int) -> None:
        told = write_string(name_link(annotation, self.tagging.words, self.tagging.name_source))
        self._extend(
            annotation, ("/F", "/Contents", "/StructParent"), PRINTED + b"/StructParent %d/Contents" % key + told
        )

    def _write_page(self, number: int, page: Any) -> None:
        told = b"/Contents %d 0 R/StructParents %d/Tabs/S" % (self.contents[number], number)
        if number in self.dropped:
            del page.Annots
            told += b"/Annots[%s]" % b" ".join(b"%d 0 R" % one.objgen[0] for one in self.dropped[number])
        self._extend(page, ("/Contents", "/StructParents", "/Tabs"), told)

    def _write_catalog(self, root: int) -> None:
        catalog, info = self.document.Root, self.document.docinfo
        for key in UNTOLD:
            if key in info:
                del info[key]
        self.objects[info.objgen[0]] = info.unparse(resolved=True)
        said = {str(key): str(value) for key, value in info.items()}
        language = str(catalog.get("/Lang", "es"))
        packet = write_metadata(said, language, self.tagging.conformity)
        metadata = self._add_stream(b"/Type/Metadata/Subtype/XML", packet)
        profile = self._add_stream(b"/N 3/Filter/FlateDecode", zlib.compress(self.tagging.profile))
        told = b"/StructTreeRoot %d 0 R/MarkInfo<</Marked true>>/Metadata %d 0 R" % (root, metadata)
        if self.tagging.conformity in ("a-2a", "ambas"):
            told += (
                b"/OutputIntents[<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(sRGB)/Info(sRGB)"
                b"/DestOutputProfile %d 0 R>>]" % profile
            )
        self._extend(catalog, ("/StructTreeRoot", "/MarkInfo", "/Metadata", "/OutputIntents"), told)

    def _add_stream(self, described: bytes, data: bytes) -> int:
        number, self.next = self.next, self.next + 1
        self.objects[number] = (b"<<%s/Length %d>>" % (described, len(data)), data)
        return number

    def _extend(self, item: Any, keys: Sequence[str], told: bytes) -> None:
        """Have an object tell something instead of what it tells under these keys."""
        for key in keys:
            if key in item:
                del item[key]
        written: bytes = item.unparse(resolved=True)
        self.objects[item.objgen[0]] = written[: written.rindex(b">>")] + told + b">>"


def _read_stream(contents: Any) -> bytes:
    return b"\n".join(stream.read_bytes() for stream in contents.wrap_in_array())
