"""Pandoc's blocks -> the blocks of sections, with the tables and the pictures that they place."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from imprenta.conversion.equations import clean_formula, refuses_formula
from imprenta.conversion.inlines import guard_openings
from imprenta.conversion.latex_source import find_picture_folders
from imprenta.conversion.tables import convert_table
from imprenta.conversion.tree import walk_tree
from imprenta.markup import find_lexer
from imprenta.model.part import propose_id

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from imprenta.conversion.inlines import Inlines

PICTURES = (".png", ".jpg", ".jpeg", ".pdf", ".svg", ".gif", ".webp", ".tif", ".tiff", ".bmp", ".eps")
BOXES = {"☐ ": "[ ] ", "☒ ": "[x] "}
"""How pandoc gives the boxes of a list of tasks, and how they are written."""
_BIBITEM = r"\bibitem"
Made = dict[str, Any]


class Blocks:
    """Writes blocks; the files that they need are gathered by their paths."""

    def __init__(self, inlines: Inlines, names: Mapping[str, str]) -> None:
        """Write with these inlines; `names` gives our ids for the labels of the document."""
        self.inlines = inlines
        self.source = inlines.source
        self.names = names
        self.files: dict[str, bytes | Made] = {}
        self.apart: list[Made] = []
        """What stood in a list or a quotation and follows it."""
        self.missing: set[str] = set()
        """The names that references have for what could not be placed."""

    def write(self, blocks: Sequence[Any]) -> list[Made]:
        """Return our blocks: paragraphs one after another are one text."""
        made: list[Made] = []
        for block in blocks:
            for one in self._write_one(block):
                if made and set(made[-1]) == set(one) == {"texto"}:
                    made[-1]["texto"] += f"\n\n{one['texto']}"
                else:
                    made.append(one)
        return made

    def _write_one(self, block: Any) -> list[Made]:
        kind, content = block["t"], block.get("c")
        if kind in ("Para", "Plain"):
            return self._write_paragraph(content)
        if kind == "CodeBlock":
            return [self._write_code(content)] if content[1].strip() else []
        if kind == "Table":
            return self._write_table(content, content[0][0])
        if kind == "Figure":
            return self._write_figure(content)
        if kind == "Div":
            return self._write_division(content)
        if kind == "RawBlock":
            self.inlines.lose_raw(content[1])
            return []
        if kind == "DefinitionList" and (terms := self._write_terms(content)):
            return terms
        if kind == "Null":
            return []
        if kind == "HorizontalRule":
            self.source.lose("las rayas de separación no se conservan", once=True)
            return []
        text = "\n".join(self._write_text(block)).strip()
        made: list[Made] = [{"texto": text + self._take_notes()}] if text else []
        apart, self.apart = self.apart, []
        return [*made, *self._take_pictures(), *apart]

    def _write_paragraph(self, content: Sequence[Any]) -> list[Made]:
        """Return a paragraph; the formulas that stand apart in it are blocks between its parts."""
        made: list[Made] = []
        words: list[Any] = []
        for inline in [*content, None]:
            apart = inline is not None and inline["t"] == "Math" and inline["c"][0]["t"] == "DisplayMath"
            if inline is not None and not apart:
                words.append(inline)
                continue
            if text := guard_openings(self.inlines.write(words).strip()):
                made.append({"texto": text + self._take_notes()})
            made += self._take_pictures()
            words = []
            if apart:
                made.append(self._write_equation(inline["c"][1]))
        return made

    def _write_equation(self, tex: str) -> Made:
        formula, label = clean_formula(tex)
        if refuses_formula(formula):
            self.source.lose(f"la fórmula «{formula[:60]}» lleva algo que no se admite: queda como código", tex.strip())
            self._miss(label)
            return {"codigo": f"{formula}\n", "lenguaje": "latex"}
        if not label:
            return {"ecuacion": formula, "numerada": False}
        return {"ecuacion": formula, "id": self.names[label]}

    def _take_notes(self) -> str:
        """Return the notes that a text calls, as they stand under it."""
        notes, self.inlines.notes = self.inlines.notes, []
        self.inlines.may_note = False
        texts = [(name, " ".join(self.inlines.write(note).split())) for name, note in notes]
        self.inlines.may_note = True
        return "".join(f"\n\n[^{name}]: {text}" for name, text in texts)

    def _take_pictures(self) -> list[Made]:
        """Return the pictures that stood in a line, as figures after it."""
        pictures, self.inlines.pictures = self.inlines.pictures, []
        return [made for attributes, words, target in pictures for made in self._place(target[0], words, attributes[0])]

    def _place(self, target: str, caption: Sequence[Any], label: str) -> list[Made]:
        """Return a figure in its place, with its picture taken along."""
        words, target = self.inlines.write_line(caption), unquote(target)
        ending, data = self._find_picture(target)
        if data is None or ending not in PICTURES:
            self.source.lose(
                f"la imagen «{target}» no está junto al documento o no es de una clase que se admita", target
            )
            self._miss(label)
            return [{"texto": f"*{words}*"}] if words else []
        name = self._free_name(propose_id(PurePosixPath(target).stem) or "imagen", ending)
        self.files[f"figures/{name}"] = data
        if not words:
            self.source.lose(f"la imagen «{target}» no tiene pie: se llama como su archivo", target)
        made: Made = {"imagen": name, "pie": words or PurePosixPath(target).stem}
        if label in self.names:
            made["id"] = self.names[label]
        return [made]

    def _find_picture(self, target: str) -> tuple[str, bytes | None]:
        """Return the ending and the bytes of a picture; LaTeX finds endings by itself, and looks into other folders."""
        ending = PurePosixPath(target).suffix.lower()
        for folder in ("", *(f"{name}/" for name in find_picture_folders(self.source.text) if name)):
            for end in ("",) if ending else PICTURES:
                if (data := self.source.read(f"{folder}{target}{end}")) is not None:
                    return ending or end, data
        return ending, None

    def _miss(self, label: str) -> None:
        if label in self.inlines.ids:
            self.missing.add(self.inlines.ids[label])

    def _free_name(self, stem: str, ending: str) -> str:
        name, number = f"{stem}{ending}", 1
        while f"figures/{name}" in self.files:
            number += 1
            name = f"{stem}-{number}{ending}"
        return name

    def _write_figure(self, content: Sequence[Any]) -> list[Made]:
        attributes, (_, caption), blocks = content
        words = [one for block in caption if block["t"] in ("Para", "Plain") for one in block["c"]]
        images = [node["c"] for node in walk_tree(blocks) if node["t"] == "Image"]
        if not images:
            self._miss(attributes[0])
            return [*self.write(blocks), *self._write_paragraph([{"t": "Emph", "c": words}] if words else [])]
        made: list[Made] = []
        for number, (own, alternative, target) in enumerate(images):
            label = attributes[0] or own[0]
            made += self._place(target[0], words or alternative, label if number == 0 else "")
        if len(images) > 1:
            self.source.lose("una figura de varias imágenes queda en una figura por imagen", images[0][2][0])
        return made

    def _write_code(self, content: Sequence[Any]) -> Made:
        (label, classes, pairs), code = content
        made: Made = {"codigo": code.strip("\n") + "\n"}
        known = dict(pairs)
        language = str(known.get("language", "") or (classes[0] if classes else "")).lower()
        if language and find_lexer(language) is not None:
            made["lenguaje"] = language
        elif language:
            self.source.lose(f"el lenguaje «{language}» no se conoce: el código sale sin resaltar", language, once=True)
        if title := known.get("caption", ""):
            made["titulo"] = " ".join(str(title).split())
        if label in self.names:
            made["id"] = self.names[label]
        return made

    def _write_table(self, content: Sequence[Any], label: str) -> list[Made]:
        table = convert_table(content, self.inlines)
        if table is None:
            self.source.lose("una tabla sin filas")
            return []
        name = self.names.get(label) or f"tabla-{sum(path.startswith('paper/tablas') for path in self.files) + 1}"
        self.files[f"paper/tablas/{name}.yaml"] = table
        return [{"tabla": name}, *self._take_pictures()]

    def _write_terms(self, content: Sequence[Any]) -> list[Made]:
        """Return terms with what each is; nothing if one of them says nothing."""
        if not all(term and any(map(bool, definitions)) for term, definitions in content):
            return []
        terms: list[Made] = []
        for term, definitions in content:
            rows = [row for one in definitions for block in one for row in ("", *self._write_text(block))]
            text = "\n".join(rows).strip() + self._take_notes()
            terms.append({"termino": self.inlines.write_line(term), "texto": text})
        apart, self.apart = self.apart, []
        return [{"terminos": terms}, *self._take_pictures(), *apart]

    def _write_division(self, content: Sequence[Any]) -> list[Made]:
        (label, classes, _), blocks = content
        if "thebibliography" in classes or label == "refs":
            if "thebibliography" not in classes or _BIBITEM not in self.source.text:
                self.source.lose("la lista de referencias escrita a mano: cada obra va en references.bib, como entrada")
            return []
        if len(blocks) == 1 and blocks[0]["t"] == "Table":
            return self._write_table(blocks[0]["c"], label)
        return self.write(blocks)

    def _write_text(self, block: Any, indent: str = "") -> list[str]:
        """Return the rows of a block that is part of a text: a list, a quotation."""
        kind, content = block["t"], block.get("c")
        if kind in ("Para", "Plain"):
            return [indent + row for row in guard_openings(self.inlines.write(content).strip()).split("\n")]
        if kind == "BlockQuote":
            rows = [row for one in content for row in ("", *self._write_text(one))]
            return [f"{indent}> {row}".rstrip() for row in rows[1:]]
        if kind in ("BulletList", "OrderedList"):
            return self._write_list(content if kind == "BulletList" else content[1], kind, content, indent)
        if kind == "DefinitionList":
            rows = []
            for term, definitions in content:
                words = [row.strip() for one in definitions for block in one for row in self._write_text(block)]
                rows.append(f"{indent}- **{self.inlines.write_line(term)}**: {' '.join(filter(None, words))}")
            return rows
        if kind == "LineBlock":
            return [indent + "\\\n".join(self.inlines.write(line) for line in content)]
        if kind == "CodeBlock":
            return [f"{indent}{row}" for row in ("```", *content[1].split("\n"), "```")]
        if kind == "Div":
            return [row for one in content[1] for row in (*self._write_text(one, indent), "")]
        if kind == "Header":
            return [f"{indent}**{self.inlines.write_line(content[2])}**"]
        if kind in ("Table", "Figure"):
            self.source.lose("una tabla o una figura dentro de una lista o de una cita queda tras ella", once=True)
            self.apart += self._write_table(content, content[0][0]) if kind == "Table" else self._write_figure(content)
        elif kind == "RawBlock":
            self.inlines.lose_raw(content[1])
        elif kind != "HorizontalRule":
            self.source.lose(f"dentro de una lista o de una cita no cabe lo que había ({kind})")
        return []

    def _write_list(self, items: Sequence[Any], kind: str, content: Any, indent: str) -> list[str]:
        start = content[0][0] if kind == "OrderedList" else 0
        if kind == "OrderedList" and content[0][1]["t"] not in ("Decimal", "DefaultStyle", "Example"):
            self.source.lose("una lista con letras o romanos queda con números", once=True)
        tight = all(block["t"] != "Para" for item in items for block in item)
        rows: list[str] = []
        for number, item in enumerate(items, start):
            mark = f"{number}. " if kind == "OrderedList" else "- "
            inner = indent + " " * len(mark)
            inside: list[str] = []
            for position, block in enumerate(item):
                loose = position and (block["t"] == "Para" or not tight)
                inside += [*([""] if loose else []), *self._write_text(block, inner)]
            head = inside[0].removeprefix(inner) if inside else ""
            if kind == "BulletList" and head[:2] in BOXES:
                head = BOXES[head[:2]] + head[2:]
            rows += [*([""] if rows and not tight else []), f"{indent}{mark}{head}".rstrip(), *inside[1:]]
        return rows
