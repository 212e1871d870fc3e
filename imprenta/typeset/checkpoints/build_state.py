"""Build state: the files that the last good build left in `build/latex/` -> one value, and a new one -> those files.

Invariant I4: all the files of a state describe one PDF. A record with the hash of each is removed before the first of
them is written and written after the last one, so that a build which is killed in between leaves no state. What does
not agree with its record is no state either, whoever changed it: the next build sets the whole.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING

from imprenta.model.document import FACTS, LIST_SUFFIXES, Document, load_document
from imprenta.model.page_table import read_page_table, write_page_table
from imprenta.typeset.checkpoints.auxiliary import PAGE_MARK
from imprenta.typeset.checkpoints.paged_run import PagedRun
from imprenta.typeset.checkpoints.trace import read_trace
from imprenta.typeset.engine.engine import FOLDER, JOB, SYNCTEX
from imprenta.typeset.engine.log import decode_output
from imprenta.typeset.engine.messages import read_messages
from imprenta.typeset.engine.pool import RANGE
from imprenta.typeset.engine.stamps import stamps_hold
from imprenta.workspace import content_hash

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from imprenta.model.page_table import SetPage
    from imprenta.workspace import Workspace

RECORD = f"{FOLDER}/{JOB}.done"
"""Where the record of the last good build is kept."""
PAGES = ".pages"
"""The ending of the file that tells which run set each page."""
WATCHED = (".aux", *LIST_SUFFIXES, ".out", ".bbl", ".run.xml")
"""Files that a run of LaTeX reads and writes: when they stay the same, one more run would change nothing."""
LIST_ENTRIES = ".entries"
"""The ending of the file with the .bbl from which the list in the PDF was set."""
KEPT = (".tex", ".checkpoints", ".log", ".blg", PAGES, LIST_ENTRIES, *WATCHED)
"""The files of a state, besides the PDF, by their ending."""


@dataclass(frozen=True, slots=True)
class Inputs:
    """What a build gives to LaTeX and biber: `given` is a hash of all of it, `bibliography` one of the .bib.

    `drawings` has a hash of each drawing of which LaTeX goes by no more than the size, by its file.
    """

    given: str
    bibliography: str
    date: str
    drawings: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Record:
    """What a good build was given and made, as hashes, and the stamps of what it read of TeX's own trees.

    `clean` tells that LaTeX and biber had nothing to say, `parted` that the document is one whose body can be set
    without its list of references, `kept` is a hash of the files of the state. `reads_labels` tells that something may
    read more of a label than its number and its link, `reads_numbers` that something may depend on a page's number.
    """

    inputs: Inputs
    pdf: str
    kept: str
    clean: bool
    read: Mapping[str, str]
    parted: bool = False
    reads_labels: bool = True
    reads_numbers: bool = True


@dataclass(frozen=True, slots=True)
class BuildState:
    """What the last good build left: the PDF, its document, and what its runs noted of the pages.

    `auxiliary` is the .aux, which is in `run` too, `lists` the contents by their ending, `entries` the .bbl of the list
    of references if it was set apart from the rest.
    """

    record: Record
    pdf: bytes
    document: Document
    run: PagedRun
    auxiliary: str
    lists: Mapping[str, str]
    entries: str

    @classmethod
    def read(cls, workspace: Workspace) -> BuildState | None:
        """Return the state of the last good build, or None if there is none whose files agree with its record."""
        record = read_record(workspace)
        pdf = workspace.read(f"{FOLDER}/{JOB}.pdf")
        if record is None or pdf is None or content_hash(pdf) != record.pdf:
            return None
        kept = _read_kept(workspace)
        if _hash_kept(kept) != record.kept:
            return None
        texts = {suffix: decode_output(data) for suffix, data in kept.items()}
        try:
            trace, pages = read_trace(texts[".checkpoints"]), tuple(read_page_table(texts[PAGES]))
            document = load_document(texts[".tex"], decode_output(workspace.read(f"{FOLDER}/{JOB}{FACTS}") or b""))
        except ValueError:  # another version of Imprenta wrote it
            return None
        messages = tuple(read_messages(texts[".log"]))
        run = PagedRun(trace, tuple(texts[".aux"].split(PAGE_MARK)), messages, pages)
        lists = {suffix: texts[suffix] for suffix in LIST_SUFFIXES}
        return cls(record, pdf, document, run, texts[".aux"], lists, texts[LIST_ENTRIES])

    def can_be_changed(self, workspace: Workspace, inputs: Inputs) -> bool:
        """Tell whether pages of the PDF can be set anew: with the same date and the same TeX."""
        same = self.record.inputs.date == inputs.date
        return same and self.record.parted and stamps_hold(workspace, self.record.read)


@dataclass(frozen=True, slots=True)
class Left:
    """What a good build leaves for the next: its PDF, which run set each page, and files by their ending.

    Files of the state that are not named stay as they are; None removes one. The rest is as in a `Record`.
    """

    pdf: bytes
    pages: Sequence[SetPage]
    files: Mapping[str, str | None] = field(default_factory=dict)
    reads_labels: bool = True
    reads_numbers: bool = True


def drop_state(workspace: Workspace) -> None:
    """Forget the state: from here on its files do not go together, until another one replaces it."""
    workspace.remove(RECORD)


def replace_state(
    workspace: Workspace, inputs: Inputs, left: Left, read: Mapping[str, str], *, clean: bool, parted: bool
) -> None:
    """Put the state that a good build leaves in the place of the last one; `read` are stamps of what TeX read."""
    drop_state(workspace)
    for suffix, text in {**left.files, PAGES: write_page_table(left.pages)}.items():
        if text is None:
            workspace.remove(f"{FOLDER}/{JOB}{suffix}")
        else:
            workspace.write(f"{FOLDER}/{JOB}{suffix}", text)
    workspace.write(f"{FOLDER}/{JOB}.pdf", left.pdf)
    _remove_unused(workspace, left.pages)
    kept, more = _hash_kept(_read_kept(workspace)), (left.reads_labels, left.reads_numbers)
    record = Record(inputs, content_hash(left.pdf), kept, clean, read, parted, *more)
    workspace.write(RECORD, json.dumps(asdict(record)))


def read_record(workspace: Workspace) -> Record | None:
    """Return the record of the last good build, or None if there is none that can be read."""
    try:
        noted = json.loads(workspace.read(RECORD) or b"null")
        return Record(**{**noted, "inputs": Inputs(**noted["inputs"])})
    except (ValueError, TypeError, KeyError):
        return None


def _read_kept(workspace: Workspace) -> dict[str, bytes]:
    return {suffix: workspace.read(f"{FOLDER}/{JOB}{suffix}") or b"" for suffix in KEPT}


def _hash_kept(kept: Mapping[str, bytes]) -> str:
    return content_hash(*(part for suffix, data in kept.items() for part in (suffix, str(len(data)), data)))


def _remove_unused(workspace: Workspace, pages: Sequence[SetPage]) -> None:
    """Take away the SyncTeX files of page ranges of which no page is left."""
    used = {f"{page.job}{SYNCTEX}" for page in pages}
    for path in workspace.list_files(FOLDER, SYNCTEX):
        name = path.rpartition("/")[2]
        if name.startswith(f"{RANGE}-") and name not in used:
            workspace.remove(path)
