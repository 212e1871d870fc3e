"""What the information dictionary of a PDF says -> its metadata in XMP, with what the PDF claims to be."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from imprenta.model.report import Conformity

HEAD = '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
SPACES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
}
EXTENSION = """<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" \
xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource"><pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType><pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289</pdfaProperty:description></rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
"""
"""PDF/A admits names that it does not know only if they are described (ISO 19005-2, 6.6.2.3)."""
PDFUA = "<pdfuaid:part>1</pdfuaid:part>"
PDFA = "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>"
DATE = re.compile(r"D:(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:([+-]\d\d)'(\d\d)')?")


def write_metadata(told: Mapping[str, str], language: str, conformity: Conformity) -> bytes:
    """Return the packet of XMP; `told` is the information dictionary, by keys with their bar."""
    said = {key: escape(value, quote=False) for key, value in told.items() if value}
    rows = [
        "<dc:format>application/pdf</dc:format>",
        f"<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>",
        _alternatives("dc:title", said.get("/Title", "")),
    ]
    if "/Author" in said:
        rows.append(f"<dc:creator><rdf:Seq><rdf:li>{said['/Author']}</rdf:li></rdf:Seq></dc:creator>")
    if "/Subject" in said:
        rows.append(_alternatives("dc:description", said["/Subject"]))
    names = {"/Keywords": "pdf:Keywords", "/Producer": "pdf:Producer", "/Creator": "xmp:CreatorTool"}
    names |= {"/CreationDate": "xmp:CreateDate", "/ModDate": "xmp:ModifyDate"}
    for key, name in names.items():
        if key in said:
            rows.append(f"<{name}>{_date(said[key]) if key.endswith('Date') else said[key]}</{name}>")
    if conformity in ("ua-1", "ambas"):
        rows.append(PDFUA)
    if conformity in ("a-2a", "ambas"):
        rows.append(PDFA)
    spaces = " ".join(f'xmlns:{name}="{address}"' for name, address in SPACES.items() if name != "rdf")
    body = f'<rdf:Description rdf:about="" {spaces}>\n' + "\n".join(rows) + "\n</rdf:Description>\n"
    extension = EXTENSION if conformity == "ambas" else ""
    return (
        f'{HEAD}\n<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="{SPACES["rdf"]}">\n{body}{extension}'
        '</rdf:RDF></x:xmpmeta>\n<?xpacket end="w"?>'
    ).encode()


def _alternatives(name: str, text: str) -> str:
    return f'<{name}><rdf:Alt><rdf:li xml:lang="x-default">{text}</rdf:li></rdf:Alt></{name}>'


def _date(told: str) -> str:
    """Return a date of PDF's as XMP writes it (ISO 8601)."""
    match = DATE.match(told)
    if match is None:
        return told
    year, month, day, hour, minute, second, zone, minutes = match.groups()
    return f"{year}-{month}-{day}T{hour}:{minute}:{second}{f'{zone}:{minutes}' if zone else 'Z'}"
