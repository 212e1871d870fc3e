r"""The keys that a document cites and the .bib -> the entries as biber writes them, beside whatever else is done."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from imprenta.model.bib_entry import join_entries
from imprenta.model.document import BEGIN
from imprenta.shared_cache import SharedCache
from imprenta.typeset.checkpoints.build_state import RECORD
from imprenta.typeset.engine.bcf import cite_all, has_separate_entries, write_control
from imprenta.typeset.engine.control import find_dangers
from imprenta.typeset.engine.engine import BIBER_FAILED, FOLDER, read_output
from imprenta.typeset.engine.formats import (
    BASE,
    format_inputs,
    format_key,
    reads_trees_only,
)
from imprenta.typeset.engine.locate import Locator
from imprenta.typeset.engine.warm_biber import SCRIPT
from imprenta.typeset.references.entry_cache import EntryCache
from imprenta.typeset.references.linked import find_components
from imprenta.workspace import content_hash, engine_workspace

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from imprenta.model.bib_entry import WrittenEntry
    from imprenta.model.document import Document
    from imprenta.typeset.engine.engine import Engine
    from imprenta.typeset.engine.pool import EnginePool
    from imprenta.typeset.engine.warm_biber import BiberOutput, WarmBiber
    from imprenta.workspace import Workspace

ENTRIES = "entries"
"""The name of what biber reads and writes."""
UNPROVED = ".unproved"
"""The ending of the file that names a .bbl which was put together, until biber has written the same."""
REFUTED = "todas las obras: una vez no escribió lo que se había compuesto obra por obra"
ALL_CHANGED = "cambió lo que se cita o references.bib"
CONTROL = "control"
"""The job in which LaTeX writes the control file of a preamble: a document without anything."""
CONTROLS = SharedCache("controls", most=50, room=20 << 20)
SHARED = SharedCache("entries", most=20, room=60 << 20)


class Entries:
    """Makes the .bbl of a document in the numeric style; `biber_runs` tells how often biber ran, `reason` why.

    Invariant: it is byte for byte the .bbl that biber writes of the whole, whether biber wrote it just now, or in parts
    and before (`entry_cache.py`).
    """

    def __init__(
        self,
        engine: Engine,
        document: Document,
        bibliography: Mapping[str, WrittenEntry],
        biber: WarmBiber,
        locator: Locator,
    ) -> None:
        """Take what the entries depend on: the preamble and the keys of the document, and the .bib, by its keys."""
        self.workspace = engine.workspace
        self.engine = replace(engine, announce=lambda step: None)
        self.preamble = document.preamble
        self.cited = document.cited
        self.bibliography = bibliography
        self.biber = biber
        self.locator = locator
        self.biber_runs = 0
        self.reason = ""

    def make(self) -> str | None:
        """Return a hash of the .bbl, which is written anew if the keys, the options or the .bib changed."""
        bibliography = join_entries(self.bibliography)
        key = content_hash(format_key(self.preamble, self.engine), *self.cited, bibliography)
        entries = self.workspace.read(f"{FOLDER}/{ENTRIES}.bbl")
        if entries is None or read_output(self.workspace, ".biber", ENTRIES) != key:
            for suffix in (".biber", ".bbl"):  # the key must not outlive the .bbl that it tells of
                self.workspace.remove(f"{FOLDER}/{ENTRIES}{suffix}")
            template = self._find_control()
            # What biber may not be given is told when the document is set in the plain way.
            if template is None or find_dangers(template):
                return None
            self.workspace.write(f"{FOLDER}/references.bib", bibliography)
            self.workspace.write(f"{FOLDER}/{ENTRIES}.bcf", write_control(template, cite_all(self.cited)))
            made = self._assemble(template) or self._run_biber()
            if made is None:
                return None
            entries, log = made[0].encode(), made[1]
            self.workspace.write(f"{FOLDER}/{ENTRIES}.bbl", entries)
            self.workspace.write(f"{FOLDER}/{ENTRIES}.blg", log)
            self.workspace.write(f"{FOLDER}/{ENTRIES}.biber", key)
        return content_hash(entries)

    def _find_control(self) -> str | None:
        """Return the control file of the preamble, without any keys; LaTeX writes it once for a format."""
        inputs = json.dumps(format_inputs(self.workspace, BASE), sort_keys=True)
        mark = content_hash(format_key(self.preamble, self.engine), inputs)
        if read_output(self.workspace, ".mark", CONTROL) == mark:
            return read_output(self.workspace, ".bcf", CONTROL) or None
        control = CONTROLS.get(mark)
        if control is None:
            self.workspace.remove(f"{FOLDER}/{CONTROL}.mark")
            self.biber.begin()  # there are hardly any entries of a new control file
            self.workspace.write(f"{FOLDER}/{CONTROL}.tex", f"{BEGIN}\n\\end{{document}}\n")
            self.workspace.remove(f"{FOLDER}/{CONTROL}.aux")
            job = [f"-fmt={BASE}", "-recorder", f"-jobname={CONTROL}", f"{CONTROL}.tex"]
            if self.engine.start(job).status != 0:
                return None
            control = self.workspace.read(f"{FOLDER}/{CONTROL}.bcf")
            if control is None:
                return None
            recorders = [read_output(self.workspace, ".fls", job) for job in (BASE, CONTROL)]
            own = {f"{BASE}.fmt", f"{BASE}.tex", f"{CONTROL}.tex"}
            if all(reads_trees_only(recorder, own) for recorder in recorders):
                CONTROLS.put(mark, control)
        self.workspace.write(f"{FOLDER}/{CONTROL}.bcf", control)
        self.workspace.write(f"{FOLDER}/{CONTROL}.mark", mark)
        return read_output(self.workspace, ".bcf", CONTROL)

    def _assemble(self, template: str) -> tuple[str, str] | None:
        """Return the .bbl and the log, of blocks by entry; None if the entries cannot be told apart."""
        if not has_separate_entries(template):
            return None
        components = find_components(self.bibliography, self.cited)
        if not components:
            return None
        programs = (self.workspace.stamp_program(name) for name in ("biber", "perl"))
        made_by = content_hash(template, *programs, engine_workspace().read(SCRIPT) or b"")
        kept = (self.workspace.read_signed(f"{FOLDER}/{ENTRIES}.cache") or b"").decode()
        cache = EntryCache.loads(kept, made_by)
        shared = EntryCache(made_by)
        if cache.find_missing(components):
            shared = EntryCache.loads((SHARED.get(made_by) or b"").decode(), made_by)
            cache.add(shared, components)
        missing = cache.find_missing(components)
        made = cache.write(components, self.cited, partial(self._ask_biber, template))
        self.reason = tell_missing(len(missing), len(self.cited)) if made is not None else ALL_CHANGED
        if cache.refuted:
            self.reason = REFUTED
        if made is not None and len(missing) < len(components):
            self.workspace.write(f"{FOLDER}/{ENTRIES}{UNPROVED}", content_hash(made[0]))
        if cache.changed:
            self.workspace.keep_signed(f"{FOLDER}/{ENTRIES}.cache", cache.dumps().encode())
        if missing and not cache.find_missing(missing):
            shared.add(cache, missing)
            SHARED.put(made_by, shared.dumps().encode())
        return made

    def _ask_biber(
        self, template: str, entries: Mapping[str, WrittenEntry], cited: Sequence[str]
    ) -> BiberOutput | None:
        self.biber_runs += 1
        return self.biber.run(template, entries, cite_all(cited))

    def _run_biber(self) -> tuple[str, str] | None:
        """Return the .bbl and the log that biber writes of all; None if it failed, or missed a work."""
        self.biber_runs += 1
        warm = partial(self.biber.run_whole, self.bibliography) if self.reason != REFUTED else lambda control: None
        problems = self.engine.run_biber(self.locator, ENTRIES, warm)
        entries = self.workspace.read(f"{FOLDER}/{ENTRIES}.bbl")
        if entries is None or any(problem.code in BIBER_FAILED for problem in problems):
            return None
        self.reason = self.reason or ALL_CHANGED
        return entries.decode("utf-8", "replace"), read_output(self.workspace, ".blg", ENTRIES)


def expect_entries(pool: EnginePool) -> None:
    """Have biber begin, since the .bib changed, if it wrote entries of this report before.

    It reads the control file that is there: mostly it is the one that it will be asked with.
    """
    if pool.workspace.is_file(f"{FOLDER}/{ENTRIES}.cache"):
        control = read_output(pool.workspace, ".bcf", CONTROL)
        pool.biber.begin(control if not find_dangers(control) else "")


def refute_entries(workspace: Workspace) -> None:
    """Put nothing together any more of what biber writes of this control file; have the list be set anew."""
    data = workspace.read_signed(f"{FOLDER}/{ENTRIES}.cache")
    made_by = EntryCache.read_maker((data or b"").decode())
    nothing = EntryCache(made_by, refuted=True).dumps().encode()
    workspace.keep_signed(f"{FOLDER}/{ENTRIES}.cache", nothing)
    SHARED.put(made_by, nothing)
    for name in (f"{ENTRIES}.bbl", f"{ENTRIES}{UNPROVED}"):
        workspace.remove(f"{FOLDER}/{name}")
    workspace.remove(RECORD)


def tell_missing(missing: int, cited: int) -> str:
    """Say for how many works biber ran."""
    if not missing:
        return f"no: las entradas de las {cited} obras son conocidas"
    return f"solo lo nuevo: {missing} de {cited} obras" if missing < cited else "todas las obras son nuevas"
