"""A PDF -> what a validator of PDF/UA-1 and PDF/A-2a has against it, without what are faults of the validator's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pikepdf

from imprenta.typeset.pdf.type1 import read_type1

if TYPE_CHECKING:
    from pathlib import Path

OWN_FAULTS = {
    # Latin Modern tells widths as quotients («625 2 div hsbw», Type 1 Font Format 6.4): it reads 0.
    "PDFUA1-FONT-GLYPH-WIDTH-001": "width 0.000 in its embedded Type1 program",
    "PDFA2A-TRUETYPE-GLYPH-WIDTH-001": "width 0.000 in its embedded Type1 program",
    # matplotlib writes arrays in «beginbfrange», as the example of ISO 32000-1, 9.10.3, does.
    "PDFUA1-FONT-UNICODE-MAPPING-001": "malformed ToUnicode CMap",
    "PDFA2A-UNICODE-MAPPING-001": "malformed ToUnicode CMap",
    # PDF/A-2 leaves /CharSet to whoever writes it (ISO 19005-2, 6.2.11.4.2); cairo writes none.
    "PDFA2A-TYPE1-SUBSET-CHARSET-001": "without a descriptor /CharSet",
    # It takes a last byte that is a carriage return for the end of the row, though /Length counts it.
    "PDFUA1-STREAM-LENGTH-001": "/Length does not match",
    "PDFA2A-STREAM-LENGTH-001": "/Length does not match",
}
MISREAD = "/CharSet that omits a glyph"
"""It stumbles over some bytes of encrypted fonts: what it says then counts only if `name_all_glyphs` says so too."""


def find_breaches(pdf: Path) -> list[str]:
    """Return the rules of PDF/UA-1 and PDF/A-2a that a PDF breaks, with what is said of each."""
    import page

    found = []
    for profile in (page.ValidationProfile.PDF_UA_1, page.ValidationProfile.PDF_A_2A):
        for failure in page.validate_pdf(pdf, profile=profile).failures:
            excuse = OWN_FAULTS.get(failure.rule_id)
            if MISREAD in failure.message and name_all_glyphs(pdf):
                continue
            if excuse is None or excuse not in failure.message:
                found.append(f"{failure.rule_id}: {failure.message}")
    return found


def name_all_glyphs(pdf: Path) -> bool:
    """Tell whether each Type 1 font names all glyphs that it has, as PDF/UA-1 asks (7.21.4.2)."""
    with pikepdf.open(pdf) as document:
        fonts = [
            item
            for item in document.objects
            if isinstance(item, pikepdf.Dictionary) and "/FontFile" in item and "/CharSet" in item
        ]
        assert fonts
        return all(_glyphs(font) <= {*bytes(font.CharSet).split(b"/"), b".notdef"} for font in fonts)


def _glyphs(font: pikepdf.Dictionary) -> set[bytes]:
    file = font.FontFile
    return set(read_type1(file.read_bytes(), int(file.Length1), int(file.Length2)).glyphs)
