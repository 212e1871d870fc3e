"""The author's files -> a Loaded report: data, bibliography and numbers, read but not checked yet.

Apart from `examine`, because a build loads at once, while the checks, which need much more code, run beside it.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import partial
from typing import TYPE_CHECKING

from imprenta.bibliography import Bibliography, add_measurements, decode_bibliography, read_bibliography
from imprenta.cache import Cache
from imprenta.calculate import Numbers, calculate_numbers
from imprenta.load import list_experiment_files, list_sources, load_paper
from imprenta.markup import know_texts, read_placed
from imprenta.model import Gallery, Image, Plot
from imprenta.model.citation_key import normalize_key
from imprenta.model.dates import common_access
from imprenta.model.paper import BIBLIOGRAPHY_PATH, walk_texts
from imprenta.pipeline.shown_parts import show_parts
from imprenta.problems import CannotContinue, Problem, has_errors
from imprenta.tag_choice import AS_WRITTEN
from imprenta.words import LOCALES
from imprenta.workspace import content_hash

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from imprenta.bibliography import Entry
    from imprenta.check.rubric import Verdict
    from imprenta.language import Unknown
    from imprenta.markup import Parsed
    from imprenta.model.dates import AccessDate
    from imprenta.model.meaning import PlacedText
    from imprenta.model.paper import Paper
    from imprenta.problems import Span
    from imprenta.tag_choice import TagChoice
    from imprenta.workspace import Workspace

WEB_PAGES = frozenset({"online", "electronic", "www"})
"""The types of what has to say when it was read; of other works with an address, nobody asks it."""
TEXTS = "texts"
"""The kind under which the markup of texts is remembered."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """The author's files, read: `paper` is None when its main file cannot be used; `problems` are those of reading."""

    paper: Paper | None
    bibliography: Bibliography
    bibliography_bytes: bytes | None
    """What references.bib held; None if it is not there or could not be read."""
    numbers: Numbers
    problems: tuple[Problem, ...]
    whole: bool
    """Whether every file of data could be used."""
    values: str
    """A hash of the files of quantities: all that numbers are worked out from."""
    included: Mapping[str, Span] = field(default_factory=dict)
    """The files of elsewhere that the report includes, by their paths, each with where it is named first."""


@dataclass(frozen=True, slots=True)
class Findings:
    """What the checks say of a paper: all problems in order, the rubric's verdicts, what could not be checked."""

    problems: tuple[Problem, ...]
    verdicts: tuple[Verdict, ...] = ()
    """The demands of `paper/rubrica.yaml`, met or not, in its order."""
    notice: str = ""
    """What could not be checked on this machine, in Spanish."""
    cited: frozenset[str] = frozenset()
    unknown: tuple[Unknown, ...] = ()
    """The words that no dictionary has, in their order."""


def load_report(
    workspace: Workspace,
    announce: Callable[[str], None] = lambda step: None,
    cache: Cache | None = None,
    expect_entries: Callable[[], object] | None = None,
    choice: TagChoice = AS_WRITTEN,
) -> Loaded:
    """Read the data and the bibliography, and work out the numbers; what `cache` knows is not done anew.

    `expect_entries` is called before a bibliography is read that is not known: biber will have to. `choice` says which
    parts are printed. Raises CannotContinue if that cannot be.
    """
    cache = cache or Cache()
    announce("Lectura de los datos")
    paper, problems = load_paper(workspace, cache)
    whole = not has_errors(problems)
    if paper is not None:
        paper = show_parts(paper, choice, cache)
    announce("Lectura de las referencias")
    data = workspace.read(BIBLIOGRAPHY_PATH)
    today = datetime.now(UTC).date()
    key = content_hash(data or b"", today.isoformat())

    def read() -> tuple[Bibliography, list[Problem]]:
        if expect_entries is not None:
            expect_entries()
        return _read_bibliography(data or b"", today)

    bibliography, found = cache.on_disk("bibliography", key, read, BIBLIOGRAPHY_PATH)
    problems += found
    bibliography, found = _add_measurements(bibliography, key, paper, cache)
    problems += found
    files = paper.data if paper is not None else {}
    values = content_hash(workspace.hash_files("paper/datos/*.yaml"), *files)
    numbers, found = cache.in_process("numbers", values, partial(calculate_numbers, files))
    problems += found
    included = paper.included if paper is not None else {}
    return Loaded(paper, bibliography, data, numbers, tuple(problems), whole, values, included)


def read_ahead(workspace: Workspace, loaded: Loaded) -> None:
    """Read what a build asks for besides the data, before the checks part from this process: both see the same bytes.

    A new kind of input is read here too. If it is not, the copy that asks for it is given up (`reading.Unread`), and
    the checks run after the typesetting: as right, and slower.
    """
    named = workspace.list_files("paper", ".txt")
    named += [path for folder in workspace.list_folders("templates") for path in workspace.list_files(folder, ".j2")]
    for figure in loaded.paper.every_figure.values() if loaded.paper is not None else ():
        files = [image.image for image in figure.images] if isinstance(figure, Gallery) else []
        files += [figure.image] if isinstance(figure, Image) else []
        files += [figure.program] if isinstance(figure, Plot) and figure.program is not None else []
        named += [f"figures/{file.value.strip()}" for file in files]
    named += _cell_pictures(loaded.paper) if loaded.paper is not None else []
    list_sources(workspace)
    list_experiment_files(workspace)
    for path in named:
        with suppress(CannotContinue):  # it leads out of the project, which the checks tell at its line
            workspace.read(path)


def _cell_pictures(paper: Paper) -> list[str]:
    """Return the files of the pictures that cells show."""
    cells = (placed for placed in paper.texts if placed.role == "cell" and "![" in placed.text.value)
    return [f"figures/{shown.file}" for placed in cells for shown in read_placed(placed).pictures]


def _read_bibliography(data: bytes, today: date) -> tuple[Bibliography, list[Problem]]:
    text, problems = decode_bibliography(data, BIBLIOGRAPHY_PATH)
    bibliography, found = read_bibliography(text, BIBLIOGRAPHY_PATH, today=today)
    return bibliography, [*problems, *found]


def _add_measurements(
    bibliography: Bibliography, key: str, paper: Paper | None, cache: Cache
) -> tuple[Bibliography, list[Problem]]:
    """Return the bibliography, of which `key` is the hash, with the author's own measurements, and their problems."""
    if paper is None or paper.measurements is None:
        return bibliography, []
    report, measurements = paper.report, paper.measurements
    make = partial(add_measurements, bibliography, measurements, report.authors, LOCALES[report.language])
    return cache.in_process("measurements", (key, measurements, report.authors, report.language), make)


def recall_texts(workspace: Workspace, loaded: Loaded, cache: Cache) -> None:
    """Let the markup of all texts be known that was read before; read that of the files that changed."""
    texts: dict[str, list[PlacedText]] = {}
    for placed in walk_texts(loaded.paper.complete or loaded.paper) if loaded.paper is not None else ():
        texts.setdefault(placed.text.path, []).append(placed)
    known = []
    for path, own in texts.items():
        key = workspace.hash_files(path)
        known += cache.on_disk(TEXTS, key, partial(_read_marked, own), path)
    know_texts(known)


def _read_marked(texts: Iterable[PlacedText]) -> list[Parsed]:
    """Return what texts with markup say; those without any are read as fast as they are recalled."""
    return [parsed for placed in texts if (parsed := read_placed(placed)).plain is None]


def find_access_date(loaded: Loaded) -> AccessDate:
    """Return the day on which most cited pages were read, so that it is said once for them."""
    entries = loaded.bibliography.entries
    days = _access_days(entries.values())
    if len({*days}) < 2 or loaded.paper is None:
        return common_access(days)
    from imprenta.check.cited_keys import cited_keys

    names = loaded.bibliography.aliases()
    cited = {names[key] for key, _ in cited_keys(loaded.paper) if key in names} | {*listed_keys(loaded)}
    return common_access(_access_days(entries[key] for key in cited))


def listed_keys(loaded: Loaded) -> tuple[str, ...]:
    """Return the keys of the entries that are listed whether the text cites them or not, in the order of the list."""
    if loaded.paper is None:
        return ()
    wanted, names = loaded.paper.report.bibliography, loaded.bibliography.aliases()
    if isinstance(wanted, list):
        keys = (normalize_key(text.value) for text in wanted)
        return tuple(dict.fromkeys(names[key] for key in keys if key in names))
    entries = loaded.bibliography.entries if wanted == "completa" else {}
    inside = {key for entry in entries.values() for key in entry.keys_in("entryset")}
    return tuple(key for key, entry in entries.items() if entry.type != "xdata" and key not in inside)


def _access_days(entries: Iterable[Entry]) -> list[str]:
    """Return the days on which the pages among some works were read, "" for one that does not say it."""
    pages = (entry for entry in entries if entry.text("urldate") or (entry.type in WEB_PAGES and entry.text("url")))
    return [entry.text("urldate") for entry in pages]
