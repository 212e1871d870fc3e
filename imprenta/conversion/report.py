"""Pandoc's tree of a document -> the files of a report: sections, tables, pictures, sources."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from imprenta.conversion.blocks import Blocks
from imprenta.conversion.equations import clean_formula
from imprenta.conversion.head import find_language, write_head
from imprenta.conversion.inlines import Inlines
from imprenta.conversion.tree import plain_words, walk_tree
from imprenta.model.paper import BIBLIOGRAPHY_PATH
from imprenta.model.part import propose_id

if TYPE_CHECKING:
    import datetime
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from imprenta.conversion.source import Loss, Source

MAIN = "paper/informe.yaml"
FIRST = "Introducción"
_MISSING = {"ecuacion": "la ecuación", "tabla": "la tabla que falta"}
"""What is said in the place of a reference to what could not be taken over, by its kind."""
QUOTES = {"es": ("«", "»"), "en": ("“", "”")}
_BIBITEM = re.compile(r"\\bibitem(?:\[[^\]]*\])?\{([^{}]*)\}")
_KINDS = {"Figure": "figura", "Image": "figura", "Table": "tabla", "CodeBlock": "codigo", "Header": "seccion"}


@dataclass(frozen=True, slots=True)
class Converted:
    """The files of the report by their paths, data as values and the rest as bytes; and what was lost."""

    files: Mapping[str, Any]
    losses: Sequence[Loss]


def convert_document(
    tree: Mapping[str, Any],
    source: Source,
    split_name: Callable[[str], tuple[str, str]],
    today: datetime.date,
) -> Converted:
    """Return the report that a document makes; `split_name` parts given and family names."""
    meta, blocks = tree["meta"], list(_unwrap(tree["blocks"]))
    language = find_language(meta, blocks, source)
    names = _name_labels(blocks)
    ids = {label: f"{kind}:{name}" for label, (kind, name) in names.items()}
    inlines = Inlines(source, ids, QUOTES[language])
    in_markdown = not source.name.lower().endswith((".tex", ".docx"))
    inlines.has_works = not in_markdown or "bibliography" in meta or source.read(BIBLIOGRAPHY_PATH) is not None
    writer = Blocks(inlines, {label: name for label, (_, name) in names.items()})
    title, blocks = _find_title(meta, blocks, inlines)
    sections = _write_sections(blocks, writer, {label: name for label, (kind, name) in names.items()})
    source.section = ""
    files: dict[str, Any] = {}
    head = write_head(meta, writer, split_name, today, language)
    order = []
    for name, section in sections:
        files[f"paper/secciones/{name}.yaml"] = section
        order.append(name)
    if not order:
        source.lose("el documento no tiene texto: se deja una sección vacía que completar")
        files["paper/secciones/introduccion.yaml"] = {"titulo": FIRST, "contenido": [{"texto": "Sin texto."}]}
        order = ["introduccion"]
    files |= writer.files
    works = _read_works(meta, source) or _list_works(tree["blocks"], source)
    if works:
        files[BIBLIOGRAPHY_PATH] = works
    elif inlines.cited and (beside := source.read(BIBLIOGRAPHY_PATH)) is not None:
        files[BIBLIOGRAPHY_PATH] = beside
    elif inlines.cited:
        source.lose("no hay un .bib junto al documento: de cada obra que se cita queda la clave en references.bib")
        files[BIBLIOGRAPHY_PATH] = "\n".join(map(_write_stub, sorted(inlines.cited))).encode()
    listed = {"bibliografia": "completa"} if works and not inlines.cited else {}
    main = {
        "titulo": title or PurePosixPath(source.name).stem,
        "lengua": language,
        **head,
        **listed,
        "secciones": order,
    }
    made = {MAIN: main, **files}
    return Converted({path: _point_nowhere(data, writer.missing) for path, data in made.items()}, source.losses)


def _point_nowhere(data: Any, missing: set[str]) -> Any:
    """Return data whose references to what could not be placed are words."""
    if isinstance(data, str):
        for name in missing:
            data = data.replace(f"{{{name}}}", _MISSING.get(name.partition(":")[0], "la figura que falta"))
        return data
    if isinstance(data, list):
        return [_point_nowhere(item, missing) for item in data]
    return {key: _point_nowhere(item, missing) for key, item in data.items()} if isinstance(data, dict) else data


def _unwrap(blocks: Sequence[Any]) -> Iterator[Any]:
    """Yield blocks without the divisions around headings: forms, the sections of Word."""
    for block in blocks:
        if block["t"] == "Div" and any(node["t"] == "Header" for node in walk_tree(block["c"][1])):
            yield from _unwrap(block["c"][1])
        else:
            yield block


def _name_labels(blocks: Sequence[Any]) -> dict[str, tuple[str, str]]:
    """Return the kind and our id of each label of the document: of headings, figures, tables, code and formulas."""
    names: dict[str, tuple[str, str]] = {}
    taken: set[tuple[str, str]] = set()

    def add(label: str, kind: str) -> None:
        stem = re.sub(r"^(?:figure|table|section|fig|tab|tbl|sec|eq|ec|lst|cod)[:.]", "", label, flags=re.IGNORECASE)
        base = (propose_id(stem) or kind)[:60].strip("-") or kind
        name, number = base, 1
        while (kind, name) in taken:
            number += 1
            name = f"{base}-{number}"
        taken.add((kind, name))
        names.setdefault(label, (kind, name))

    for node in walk_tree(blocks):
        kind: str = node["t"]
        content: Any = node.get("c")
        if kind == "Math" and (label := clean_formula(content[1])[1]):
            add(label, "ecuacion")
        elif kind == "Div" and content[0][0] and [one["t"] for one in content[1]] == ["Table"]:
            add(content[0][0], "tabla")
        elif kind in _KINDS:
            label = (content[1] if kind == "Header" else content[0])[0]
            if label and label not in names:
                add(label, _KINDS[kind])
    return names


def _find_title(meta: Mapping[str, Any], blocks: list[Any], inlines: Inlines) -> tuple[str, list[Any]]:
    """Return the title, and the blocks without it: that of the metadata, else the only heading of the first level."""
    if "title" in meta:
        return inlines.write_line(meta["title"]["c"]), blocks
    first = [number for number, block in enumerate(blocks) if block["t"] == "Header" and block["c"][0] == 1]
    others = any(block["t"] == "Header" and block["c"][0] > 1 for block in blocks)
    if len(first) == 1 and others and first[0] == 0:
        return inlines.write_line(blocks[0]["c"][2]), blocks[1:]
    inlines.source.lose("el documento no dice su título: es el nombre del archivo")
    return "", blocks


def _write_sections(
    blocks: Sequence[Any], writer: Blocks, names: Mapping[str, str]
) -> list[tuple[str, dict[str, Any]]]:
    """Return the sections with their ids; what comes before the first heading is one too."""
    levels = [block["c"][0] for block in blocks if block["t"] == "Header"]
    top = min(levels, default=1)
    sections: list[tuple[str, dict[str, Any]]] = []
    for heading, inside in _split(blocks, top):
        title = writer.inlines.write_line(heading["c"][2]) if heading is not None else FIRST
        writer.source.section = title
        made = _write_nested(inside, writer, names, top + 1)
        if not made:
            if heading is not None:
                writer.source.lose(f"la sección «{title}» no tiene texto")
            continue
        label = heading["c"][1][0] if heading is not None else ""
        stem = names.get(label) or propose_id(title) or "seccion"
        used = {name for name, _ in sections}
        name = next(one for one in (stem, *(f"{stem}-{number}" for number in range(2, 999))) if one not in used)
        sections.append((name, {"titulo": title or FIRST, "contenido": made}))
    return sections


def _write_nested(blocks: Sequence[Any], writer: Blocks, names: Mapping[str, str], level: int) -> list[dict[str, Any]]:
    """Return the blocks of a section, with those under its own headings inside these."""
    levels = [block["c"][0] for block in blocks if block["t"] == "Header"]
    made: list[dict[str, Any]] = []
    for heading, inside in _split(blocks, max(min(levels, default=level), level)):
        if heading is None:
            made += writer.write(inside)
            continue
        title, label = writer.inlines.write_line(heading["c"][2]), heading["c"][1][0]
        content = _write_nested(inside, writer, names, heading["c"][0] + 1)
        if not content or not title:
            writer.source.lose(f"el apartado «{title}» no tiene texto o no tiene título")
            made += content
            continue
        made.append({"apartado": title, **({"id": names[label]} if label in names else {}), "contenido": content})
    return made


def _split(blocks: Sequence[Any], level: int) -> list[tuple[Any, list[Any]]]:
    """Return the headings of a level, or above it, each with the blocks under it; first those before any."""
    parts: list[tuple[Any, list[Any]]] = [(None, [])]
    for block in blocks:
        if block["t"] == "Header" and block["c"][0] <= level:
            parts.append((block, []))
        else:
            parts[-1][1].append(block)
    return parts


def _list_works(blocks: Sequence[Any], source: Source) -> bytes:
    r"""Return entries for the works of a `thebibliography`, each with all that is written of it as its title."""
    lists = [node["c"][1] for node in walk_tree(blocks) if node["t"] == "Div" and "thebibliography" in node["c"][0][1]]
    keys = _BIBITEM.findall(source.text)
    works = [" ".join(plain_words(one["c"][1:]).split()) for listed in lists for one in listed if one["t"] == "Para"]
    if not keys or len(keys) != len(works):
        return b""
    source.lose(
        "las obras de «thebibliography» están en references.bib sin separar: repártalas en autor, título, fecha…"
    )
    rows = (
        f"@misc{{{key.strip()},\n  title = {{{_escape_work(work)}}},\n}}\n"
        for key, work in zip(keys, works, strict=True)
    )
    return "\n".join(rows).encode()


def _write_stub(key: str) -> str:
    """Return the entry of a work of which only the key is known."""
    return f"@misc{{{key},\n  title = {{{_escape_work(key)}}},\n}}\n"


def _escape_work(words: str) -> str:
    """Return words as a .bib has them."""
    return re.sub(r"[&%$#_]", r"\\\g<0>", re.sub(r"[{}\\]", "", words))


def _read_works(meta: Mapping[str, Any], source: Source) -> bytes:
    """Return the .bib files that the document names, one after another."""
    named = meta.get("bibliography", {})
    listed = named.get("c", []) if named.get("t") == "MetaList" else [named] if named else []
    works = b""
    for name in filter(None, map(plain_words, listed)):
        path = name if name.endswith(".bib") else f"{name}.bib"
        data = source.read(path)
        if data is None:
            source.lose(f"«{path}» no está junto al documento", name)
        works += (data or b"") + b"\n"
    return works.strip() + b"\n" if works.strip() else b""
