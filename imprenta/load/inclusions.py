"""The files that a report includes -> their sections and blocks in their places, and what is wrong with them.

A file is named from the one that includes it. One that is not in the report's folder must be in a folder that is shared
(`reading.SHARED`): whoever writes a report reads nobody's files but those that are offered.
"""

from __future__ import annotations

import posixpath
import re
from functools import partial
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from imprenta.load.file_names import describe_unreadable, explain_name
from imprenta.model import ID_PATTERN, Part, Placing, Report, Section, SubsectionBlock, Text
from imprenta.model.inclusion import IncludeBlock, IncludedSection
from imprenta.model.paper import names_in, walk_holders
from imprenta.model.rebuilding import rebuild
from imprenta.model.report import SECTION_LISTS, Fragment
from imprenta.problems import Problem, guess_hint, nearest
from imprenta.reading import SHARED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from imprenta.cache import Cache
    from imprenta.model import AnyBlock, Holder
    from imprenta.problems import Span
    from imprenta.workspace import Workspace

    ReadSection = Callable[[str, type[Section]], Section | None]
    ReadFragment = Callable[[str, type[Fragment]], Fragment | None]

ENDING = ".yaml"
PAPER = "paper"


class Inclusions:
    """Reads what is included, each file once: `included` tells where each is named first, `parts_of` who has blocks."""

    def __init__(self, workspace: Workspace, cache: Cache, problems: list[Problem]) -> None:
        self.workspace = workspace
        self.cache = cache
        self.problems = problems
        self.included: dict[str, Span] = {}
        self.parts_of: dict[str, tuple[str, ...]] = {}
        self._fragments: dict[str, Fragment | None] = {}
        self._first: dict[str, Span] = {}

    def name_sections(self, report: Report, sections: dict[str, Section], read: ReadSection) -> Report:
        """Add the sections of elsewhere to those that are there; return the report with their names in its lists."""
        listed = {name: getattr(report, name) for name in SECTION_LISTS}
        given = [one for names in listed.values() for one in names if isinstance(one, IncludedSection)]
        if not given:
            return report
        named = {id(one): self._name_section(one, sections, read) for one in given}
        names = {name: [named.get(id(one), one) for one in ones] for name, ones in listed.items()}
        update = {name: [one for one in ones if one is not None] for name, ones in names.items()}
        told = [[text.value for text in texts] for texts in update.values()]
        make = partial(report.model_copy, update=update)
        return self.cache.in_process("report with sections of elsewhere", (report, told), make)

    def _name_section(self, one: IncludedSection, sections: dict[str, Section], read: ReadSection) -> Text | None:
        """Read a section of elsewhere and return its name; None, and a problem, if there is none to be had."""
        place = one.file.span()
        stem = posixpath.basename(one.file.value.strip()).removesuffix(ENDING)
        name = one.id or Text(stem, place.path, ((0, place.line, place.column),))
        path = self._find(one.file, again="seccion-repetida")
        if path is None:
            return None
        if not re.fullmatch(ID_PATTERN, name.value):
            message = f"el nombre «{stem}» no sirve de identificador: {explain_name(stem)}"
            self.problems.append(Problem("nombre-de-archivo", message, place, "dele uno con «id»"))
        elif name.value in sections:
            message = f"ya hay una sección «{name.value}»"
            related = ((sections[name.value].title.span(), "es esta"),)
            self.problems.append(
                Problem("seccion-repetida", message, place, "dele otro nombre con «id»", related=related)
            )
        else:
            section = read(path, Section)
            if section is not None:
                sections[name.value] = section
                return name
        return None

    def expand(self, name: str, section: Section, read: ReadFragment) -> Section:
        """Return a section with the blocks of others in the places where it includes them."""
        if not _includes(section):
            return section
        found: dict[str, Fragment] = {}
        for block in _include_blocks(section):
            brought = dict(self._bring(block, (section.place.path,), read))
            self._refuse_repeated(brought, block.file.span())
            found |= brought
        self.parts_of[name] = tuple(found)
        make = partial(_put_blocks, section, found, str(self.workspace.root))
        return self.cache.in_process("sections with blocks of elsewhere", (section, *found.values()), make, name)

    def _bring(
        self, block: IncludeBlock, within: tuple[str, ...], read: ReadFragment
    ) -> Iterator[tuple[str, Fragment]]:
        """Yield the files that an inclusion brings, and those included in them; `within` are those around it."""
        path = path_of(block.file, str(self.workspace.root))
        if path in within:
            message = f"«{path}» se incluye a sí mismo"
            message += "" if path == within[-1] else f", a través de «{within[-1]}»"
            self.problems.append(
                Problem("incluye-circular", message, block.file.span(), "quite una de las inclusiones")
            )
            return
        if self._find(block.file) is None:
            return
        if path not in self._fragments:
            self._fragments[path] = read(path, Fragment)
        fragment = self._fragments[path]
        if fragment is not None:
            yield path, fragment
            for inner in _include_blocks(fragment):
                yield from self._bring(inner, (*within, path), read)

    def _find(self, file: Text, again: str = "") -> str | None:
        """Return the path of a file that is included; None, and a problem, if it cannot be read.

        With `again`, the code of that problem, it may be included only once.
        """
        place, named, path = file.span(), file.value.strip(), path_of(file, str(self.workspace.root))
        if not named.endswith(ENDING) or posixpath.isabs(named):
            hint = "por ejemplo, ../../comun/seguridad.yaml"
            message = f"se esperaba un archivo {ENDING} nombrado desde este; se encontró «{named}»"
            self.problems.append(Problem("archivo-ilegible", message, place, hint))
            return None
        if self.workspace.read(path) is None:
            self.problems.append(self._refuse(file, path))
            return None
        if again and path in self.included:
            related = ((self.included[path], "aquí está por primera vez"),)
            self.problems.append(Problem(again, f"«{path}» ya se incluye", place, related=related))
            return None
        self.included.setdefault(path, place)
        return path

    def _refuse(self, file: Text, path: str) -> Problem:
        place = file.span()
        if self.workspace.what_is(path) == "outside":
            message = f"«{path}» no está en la carpeta del informe ni en una que se comparte"
            hint = f"si la carpeta es suya, ponga en ella un archivo «{SHARED}», aunque esté vacío"
            return Problem("incluye-ajeno", message, place, hint)
        self.included.setdefault(path, place)  # whoever watches sees when it is there
        hint = _suggest_file(self.workspace, file, path)
        return Problem("archivo-ilegible", describe_unreadable(self.workspace, path), place, hint, lacks=path)

    def _refuse_repeated(self, brought: Mapping[str, Fragment], place: Span) -> None:
        """Report what is included twice though it names something, which would be there twice."""
        for path, fragment in brought.items():
            first = self._first.setdefault(path, place)
            ids = _ids_of(fragment)
            if first != place and ids:
                message = f"«{path}» se incluye otra vez, y se repetiría lo que nombra: {', '.join(ids)}"
                related = ((first, "aquí se incluye por primera vez"),)
                self.problems.append(Problem("etiqueta-repetida", message, place, related=related))
                return


def path_of(file: Text, root: str) -> str:
    """Return the path from the root of a file that is named from the one in which its name stands."""
    absolute = posixpath.normpath(posixpath.join(root, posixpath.dirname(file.path), file.value.strip()))
    return posixpath.relpath(absolute, root)


def _suggest_file(workspace: Workspace, file: Text, path: str) -> str:
    """Return as a hint what a file that is not there may be: the one that is called so elsewhere, or one beside it."""
    folder, base = posixpath.split(path)
    for elsewhere in workspace.list_folders(PAPER):
        if f"{elsewhere}/{base}" in workspace.list_files(elsewhere, base):
            return f"¿«{posixpath.relpath(f'{elsewhere}/{base}', posixpath.dirname(file.path))}»?"
    paths = (one for one in workspace.list_files(folder, ENDING) if one != file.path)
    start = posixpath.dirname(file.value.strip())
    names = {PurePosixPath(one).stem: posixpath.join(start, posixpath.basename(one)) for one in paths}
    near = nearest(PurePosixPath(base).stem, names)
    return f"¿«{names[near]}»?" if near is not None else guess_hint("", names.values(), what="hay")


def _includes(holder: Holder) -> bool:
    return any(kind == "incluido" for kind, _ in names_in(holder))


def _include_blocks(holder: Holder) -> Iterator[IncludeBlock]:
    return (block for block in walk_holders([holder]) if isinstance(block, IncludeBlock))


def _ids_of(fragment: Fragment) -> list[str]:
    placing = (holder for holder in walk_holders([fragment]) if isinstance(holder, Placing))
    return [f"«{target.id}»" for holder in placing for target in holder.targets() if target.id]


def _put_blocks(section: Section, fragments: Mapping[str, Fragment], root: str) -> Section:
    """Return a section with the blocks of fragments, by their paths, in the places where it includes them."""

    def stands_for(part: Part, within: tuple[str, ...]) -> Sequence[Part]:
        if not isinstance(part, IncludeBlock):
            return [rebuild(part, partial(stands_for, within=within))]
        path = path_of(part.file, root)
        if path in within or path not in fragments:
            return []
        inner = rebuild(fragments[path], partial(stands_for, within=(*within, path)))
        return _blocks_of(inner, part)

    return rebuild(section, partial(stands_for, within=(section.place.path,)))


def _blocks_of(fragment: Fragment, place: IncludeBlock) -> list[AnyBlock]:
    """Return the blocks of a fragment, with the tags of where it is included; with a title they are a subsection."""
    if fragment.title is None:
        if not place.tags:
            return fragment.content
        return [block.model_copy(update={"tags": [*place.tags, *block.tags]}) for block in fragment.content]
    subsection = SubsectionBlock.model_construct(
        place=fragment.place, title=fragment.title, id=None, content=fragment.content, tags=place.tags
    )
    return [subsection]
