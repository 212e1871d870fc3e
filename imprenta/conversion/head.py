"""The metadata of pandoc's tree -> what a report says of itself: authors, date, language, summary, keywords."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any

from imprenta.conversion.latex_source import find_keywords
from imprenta.conversion.tree import plain_words, walk_tree
from imprenta.words import LOCALES

if TYPE_CHECKING:
    import datetime
    from collections.abc import Callable, Mapping, Sequence

    from imprenta.conversion.blocks import Blocks
    from imprenta.conversion.source import Source

COMMON = {
    "es": frozenset("el la los las de del en que y un una por con para se es al lo como su".split()),
    "en": frozenset("the of and to in is that for with this are be on as by it from an or which".split()),
}
"""The words that tell a language, in the order in which they are asked."""
_ISO = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")
_WRITTEN = re.compile(r"(\d{1,2}) de ([a-záéíóú]+) del? (\d{4})")


def find_language(meta: Mapping[str, Any], blocks: Sequence[Any], source: Source) -> str:
    """Return the language that a document says, or that its most common words are of."""
    said = plain_words(meta.get("lang", {})).lower()[:2]
    if said in LOCALES:
        return said
    words = Counter(node["c"].lower() for node in walk_tree(blocks) if node["t"] == "Str")
    counts = {code: sum(words[word] for word in common) for code, common in COMMON.items()}
    language = max(counts, key=lambda code: counts[code])
    if language != "es":
        source.lose(f"el documento no dice su lengua: por sus palabras es «{language}»")
    return language


def write_head(
    meta: Mapping[str, Any],
    writer: Blocks,
    split_name: Callable[[str], tuple[str, str]],
    today: datetime.date,
    language: str,
) -> dict[str, Any]:
    """Return what the report says of itself."""
    author: dict[str, Any] = meta.get("author", {})
    listed = author.get("c", []) if author.get("t") == "MetaList" else [author] if author else []
    authors = [made for one in listed if (made := _read_author(one, split_name))]
    if not authors:
        writer.source.lose("el documento no dice quién lo firma")
    head: dict[str, Any] = {"autores": authors or [{"nombre": "Nombre", "apellidos": "Apellidos"}]}
    head["portada"] = "breve"
    head["fecha"] = _read_date(plain_words(meta.get("date", {})), writer.source, today)
    abstract = meta.get("abstract", {})
    blocks = abstract.get("c", []) if abstract.get("t") == "MetaBlocks" else []
    if abstract.get("t") == "MetaInlines":
        blocks = [{"t": "Para", "c": abstract["c"]}]
    texts = [made["texto"] for made in writer.write(blocks) if "texto" in made]
    if texts:
        head["resumen" if language == "es" else "abstract"] = "\n\n".join(texts)
    words = meta.get("keywords", {})
    keywords = (
        [" ".join(plain_words(one).split()) for one in words.get("c", [])] if words.get("t") == "MetaList" else []
    )
    keywords = keywords or find_keywords(writer.source.text)
    if any(keywords):
        head["palabras_clave" if language == "es" else "keywords"] = list(filter(None, keywords))
    return head


def _read_author(author: Any, split_name: Callable[[str], tuple[str, str]]) -> dict[str, Any]:
    """Return who signs: the first line is the name; of those below, an address, a number or an institution."""
    if isinstance(author, dict) and author.get("t") == "MetaMap":  # as many templates of Markdown have it
        known = {key: " ".join(plain_words(value).split()) for key, value in author["c"].items()}
        lines = [known.get("name", ""), known.get("affiliation", ""), known.get("email", "")]
    else:
        lines = [" ".join(line.split()) for line in plain_words(author, ends="\n").split("\n")]
    lines = [line for line in lines if line]
    if not lines:
        return {}
    given, family = split_name(lines[0])
    made: dict[str, Any] = {"nombre": given, **({"apellidos": family} if family else {})}
    for line in lines[1:]:
        if re.fullmatch(r"[^\s@]+@[^\s@]+", line):
            made.setdefault("correo", line)
        elif re.fullmatch(r"[\d. -]+", line):
            made.setdefault("identificacion", {"Código": line})
        else:
            made.setdefault("afiliacion", line)
    return made


def _read_date(written: str, source: Source, today: datetime.date) -> str:
    words = " ".join(written.lower().split())
    if _ISO.fullmatch(words):
        return words
    months = LOCALES["es"].palabras.meses
    found = _WRITTEN.fullmatch(words)
    if found is not None and found[2] in months:
        return f"{found[3]}-{months.index(found[2]) + 1:02}-{int(found[1]):02}"
    source.lose(
        f"la fecha «{written}» no se entiende: se pone la de hoy" if words else "no hay fecha: se pone la de hoy",
        written,
    )
    return today.isoformat()
