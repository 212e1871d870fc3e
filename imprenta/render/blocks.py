"""The blocks of a section -> LaTeX, each by its template."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from imprenta.cache import Cache
from imprenta.markup import (
    escape,
    explained_in,
    locale_of,
    mark_words,
    write_block,
    write_code,
    write_equation,
    write_inline,
    write_plain,
    write_short,
    write_symbol,
)
from imprenta.model import (
    Block,
    CodeBlock,
    CodeFileBlock,
    FigureBlock,
    Listing,
    OwnFigure,
    Part,
    Placing,
    SubsectionBlock,
    TableBlock,
    Text,
    TextBlock,
)
from imprenta.model.algorithms import AlgorithmBlock
from imprenta.model.blocks import NumberedTheorem, Theorem
from imprenta.model.equations import Formulas
from imprenta.model.facts import Appendices, Carried, Float, Heading, Kind, Language, LongTable, Numbered, Stated, state
from imprenta.model.lists import SIGNS, ListBlock, TermsBlock
from imprenta.model.meaning import Printed, holders_in, read_meanings, texts_in
from imprenta.model.notices import Notice
from imprenta.model.paper import walk_blocks
from imprenta.model.referable import REFERABLE
from imprenta.render.algorithms import write_steps
from imprenta.render.checkpoints import CHECKPOINT
from imprenta.render.view import FigureView, SectionView, TableView
from imprenta.words import LOCALES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from imprenta.markup import Scope
    from imprenta.model import Holder, Section
    from imprenta.model.paper import Paper
    from imprenta.render.environment import Templates

HEADINGS = ("subsection", "subsubsection", "paragraph")
"""The LaTeX command of a subsection by how deep it stands."""
UNNUMBERED_HEADINGS = ("addsubsec", "addsubsubsec", "paragraph")
"""Those of the subsections of a section that has no number."""
NUMBERED = 3
"""The last level of headings that LaTeX numbers: `preambulo` sets secnumdepth."""


class BlockWriter:
    """Writes blocks one after another."""

    def __init__(
        self,
        templates: Templates,
        scope: Scope,
        figures: Mapping[str, FigureView],
        tables: Mapping[str, TableView],
        paper: Paper,
        cache: Cache,
    ) -> None:
        self.templates = templates
        self.cache = cache
        self.place = ""
        self.count = 0
        self.scope = scope
        self.figures = figures
        self.tables = tables
        self.sources = paper.sources
        self.listed = paper.report.wanted_lists
        self.numbered = True

    def views_of(self, section: Section) -> Iterator[FigureView | TableView | Text]:
        """Yield what a section places that has a file of its own: figures, tables, the lines of listings."""
        for block in walk_blocks(section.blocks):
            if isinstance(block, CodeFileBlock):
                yield block.shown(self.sources[block.path])[1]
            if isinstance(block, OwnFigure | FigureBlock | TableBlock):
                yield self.view_of(block)

    def view_of(self, block: OwnFigure | FigureBlock | TableBlock) -> FigureView | TableView:
        """Return a placed figure or table as its template sees it."""
        if isinstance(block, OwnFigure):
            return self.figures[block.name]
        (target,) = block.targets()
        return self.figures[target.id] if target.kind == "figura" else self.tables[target.id]

    def write_section(self, kind: str, name: str, section: Section, *, opens: bool) -> str:
        """Return the LaTeX of a section or an appendix, by its template; `opens` tells that the appendices begin."""
        self.place, self.count, self.numbered = name, 0, section.numbered
        statement = write_block(section.statement, self.scope) if section.statement is not None else ""
        view = SectionView(
            kind,
            Stated(r"\anexos", Appendices()) if opens else "",
            name,
            Stated(write_inline(section.title, self.scope), Heading(1, f"{kind}:{name}", numbered=section.numbered)),
            Stated(write_short(section.title, self.scope), Carried()),
            Stated(statement, Kind("statement")),
            self.write(section.blocks, 0),
            section.numbered,
        )
        return self.templates.render("seccion", seccion=view)

    def write(self, blocks: Sequence[Block], depth: int) -> str:
        """Return blocks one after another; those in a section have the depth 0, those in a subsection one more."""
        return CHECKPOINT.join(self._write_one(block, depth) for block in blocks)

    def _write_text_block(self, block: TextBlock) -> str:
        """Write paragraphs; those in another language without a checkpoint, which would stand in a group."""
        self.count += 1
        code = block.language or ""
        foreign = code not in ("", locale_of(self.scope).codigo)
        write = partial(write_block, block.text, self.scope, between="\n\n" if foreign else CHECKPOINT)
        given = (block.text, self.scope, foreign, explained_in(block.text, self.scope))
        tex = self.cache.in_process("blocks", given, write, f"{self.place} {self.count}").strip("\n")
        if not foreign:
            return tex
        name = LOCALES[code].babel
        return f"\\begin{{otherlanguage*}}{{{name}}}\n{state(Language(code), tex)}\n\\end{{otherlanguage*}}"

    def _write_one(self, block: Block, depth: int) -> str:
        if isinstance(block, TextBlock):
            return self._write_text_block(block)
        if isinstance(block, OwnFigure | FigureBlock | TableBlock):
            view = self.view_of(block)
            tex = self.templates.render(block.template, **{block.template: view}).strip("\n")
            return state(LongTable() if isinstance(view, TableView) and view.larga else Float(), tex)
        if isinstance(block, SubsectionBlock):
            values = self._values_of_subsection(block, depth)
            return self.templates.render(block.template, **values).strip("\n")
        if isinstance(block, Listing):
            return _numbered(block, self.templates.render("codigo", **self._values_of_listing(block)).strip("\n"))
        values = self._values_of(block, depth)
        if isinstance(block, Theorem | Notice):
            values |= self._values_of_statement(block, values)
        elif isinstance(block, AlgorithmBlock):
            values |= {
                "pasos": write_steps(block.steps, self.scope),
                "titulo_corto": self._write_listed(block.title, "algoritmos"),
            }
        elif isinstance(block, ListBlock):
            self._mark_items(block, values)
        elif isinstance(block, Formulas):
            for symbol in values["donde"] or ():
                symbol["significado"] = Stated(symbol["significado"], Kind("item"))
        elif isinstance(block, TermsBlock):
            for term in values["terminos"]:
                term["texto"] = Stated(term["texto"], Kind("item"))
        tex = self.templates.render(block.template, **values).strip("\n")
        return tex if isinstance(block, ListBlock) else _numbered(block, tex)

    def _values_of_subsection(self, block: SubsectionBlock, depth: int) -> dict[str, Any]:
        level = min(depth, len(HEADINGS) - 1) + 2
        id = block.id.value if block.id is not None else ""
        heading = Heading(level, f"seccion:{id}" if id else "", numbered=self.numbered and level <= NUMBERED)
        return {
            "orden": (HEADINGS if self.numbered else UNNUMBERED_HEADINGS)[level - 2],
            "titulo": Stated(write_inline(block.title, self.scope), heading),
            "titulo_corto": Stated(write_short(block.title, self.scope), Carried()),
            "id": id,
            "cuerpo": self.write(block.content, depth + 1),
        }

    def _values_of_listing(self, block: Listing) -> dict[str, Any]:
        first, code = self._shown(block)
        language = block.language.value.strip() if block.language is not None else ""
        if isinstance(block, CodeFileBlock):
            language = language or block.file.value.strip()
        return {
            "titulo": write_inline(block.title, self.scope) if block.title is not None else "",
            "titulo_corto": self._write_listed(block.title, "codigos"),
            "id": block.id.value if block.id is not None else "",
            "con_numero": bool(list(block.targets())),
            "numeros": block.numbers,
            "renglones": write_code(code, language, self.scope, first=first, numbered=block.numbers),
        }

    def _write_listed(self, title: Text | None, where: str) -> str:
        """Return what a list says of what has a title; nothing if that list is not wanted."""
        if title is None or where not in self.listed:
            return ""
        return Stated(write_short(title, self.scope), Carried())

    def _mark_items(self, block: ListBlock, values: dict[str, Any]) -> None:
        """Give each item its mark, and the fact of its number if somebody can refer to it."""
        after = "" if block.marking in SIGNS else ")"
        for index, (item, target) in enumerate(zip(values["lista"], block.targets(), strict=True)):
            mark = block.mark_of(index)
            item |= {"marca": escape(mark) + after, "numero": escape(mark)}
            tex = state(Kind("item"), item["punto"])
            fact = Numbered("punto", f"punto:{target.id}", target.number)
            item["punto"] = Stated(tex, fact) if target.id else tex

    def _values_of_statement(self, block: Theorem | Notice, values: dict[str, Any]) -> dict[str, Any]:
        """Return what the template of several kinds gets besides the keys of each: its kind, word and text."""
        words = locale_of(self.scope).palabras
        word: str = getattr(words, f"rotulo_{block.kind}" if isinstance(block, Notice) else block.kind)
        contador = block.kind if isinstance(block, NumberedTheorem) else ""
        return {
            "clase": block.kind,
            "rotulo": word[0].upper() + word[1:],
            "contador": contador,
            "id": values.get("id", ""),
            "texto": values[block.kind],
        }

    def _shown(self, block: Listing) -> tuple[int, Text]:
        """Return the number of the first line of a listing, and its lines."""
        if isinstance(block, CodeFileBlock):
            return block.shown(self.sources[block.path])
        assert isinstance(block, CodeBlock)
        return 1, block.code

    def _values_of(self, block: Part, depth: int) -> dict[str, Any]:
        """Return what a block's own template gets, by the names of its keys.

        Its texts are set as they say, its blocks one after another; other models that it holds are mappings of their
        keys in turn. What is no text is given as it is, and what the author left out is empty.
        """
        meanings = read_meanings(type(block))
        values: dict[str, Any] = {}
        for key, name in block.keys().items():
            value, meaning = getattr(block, name), meanings.get(name)
            if isinstance(meaning, Printed):
                written = [self._write_text(text, meaning) for text in texts_in(value)]
                value = written if isinstance(value, list) else "".join(written)
            elif name in meanings and meaning is None:
                value = self._write_held(list(holders_in(value)), depth)
            elif isinstance(value, Text):
                value = value.value
            values[key] = "" if value is None else value
        if isinstance(block, Placing) and not isinstance(block, Block):
            first = next(key for key, name in block.keys().items() if isinstance(meanings.get(name), Printed))
            values[first] = _numbered(block, values[first])
        return values

    def _write_held(self, held: Sequence[Holder], depth: int) -> str | list[dict[str, Any]]:
        """Set blocks one after another; turn other models into what a template gets of them."""
        blocks = [block for block in held if isinstance(block, Block)]
        parts = [part for part in held if isinstance(part, Part) and not isinstance(part, Block)]
        if blocks or not parts:
            return self.write(blocks, depth + 1)
        return [self._values_of(part, depth) for part in parts]

    def _write_text(self, text: Text, printed: Printed) -> str:
        """Set a text as its role says."""
        if printed.role in ("formula", "row"):
            return write_equation(text, self.scope, row=printed.role == "row")
        if printed.role == "symbol":
            return write_symbol(text, self.scope)
        if printed.role == "block":
            return write_block(text, self.scope, between=CHECKPOINT)
        if printed.role in ("bare", "spoken"):
            return mark_words(text, escape(write_plain(text, self.scope)), self.scope)
        return write_inline(text, self.scope)


def _numbered(placing: Placing, tex: str) -> str:
    """Return the TeX of what LaTeX numbers, with the facts of its number."""
    for target in placing.targets():
        label = f"{target.kind}:{target.id}" if target.id else ""
        tex = state(Numbered(REFERABLE[target.kind].counter, label), tex)
    return tex
