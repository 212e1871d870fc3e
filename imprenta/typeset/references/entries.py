r"""The keys that a document cites and the .bib -> the entries as biber writes them, beside whatever else is done."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from imprenta.problems import CannotContinue
from imprenta.typeset.engine.background import Background
from imprenta.typeset.engine.engine import FOLDER, read_output
from imprenta.typeset.engine.formats import BASE, BEGIN, OPEN, format_key, make_format, split_preamble
from imprenta.typeset.engine.locate import Locator
from imprenta.workspace import Cancelled, content_hash

if TYPE_CHECKING:
    from imprenta.typeset.engine.engine import Engine
    from imprenta.workspace import Workspace

ENTRIES = "entries"
"""The job for which biber works: a document that cites all keys and prints nothing."""
NOCITE = re.compile(r"^\\nocite\{[^}]*\}", re.MULTILINE)
LIVE_CITATION = re.compile(r"\\(?:auto|text|paren)?cites?[{\[]")
"""A citation that only biblatex can set."""
DEFINES = re.compile(
    r"\\(?:[gxe]?def|global|let|(?:re|provide)?newcommand|providecommand|(?:re)?newenvironment"
    r"|new(?:count|dimen|length|skip)"
    r"|pagestyle|AddToHook|addtolength|setlength\{\\(?!tabcolsep|parskip))\b"
)
"""What a template of the author's may leave behind for all that follows: no checkpoint notes it."""


class Entries:
    """Makes the .bbl of a document in the numeric style; `biber_runs` tells how often biber ran."""

    def __init__(self, workspace: Workspace, engine: Engine, preamble: str, nocite: str, locator: Locator) -> None:
        """Take what the entries depend on: the preamble and the row that cites all keys in their order."""
        self.workspace = workspace
        self.engine = replace(engine, announce=lambda step: None)
        self.preamble = preamble
        self.nocite = nocite
        self.locator = locator
        self.biber_runs = 0

    def make(self) -> str | None:
        """Return a hash of the .bbl, which biber writes anew if the keys, the options or the .bib changed."""
        bibliography = self.workspace.read(f"{FOLDER}/references.bib") or b""
        key = content_hash(format_key(self.preamble, self.engine), self.nocite, bibliography)
        entries = self.workspace.read(f"{FOLDER}/{ENTRIES}.bbl")
        if entries is None or read_output(self.workspace, ".biber", ENTRIES) != key:
            source = f"{BEGIN}\n{self.nocite}\n\\end{{document}}\n"
            self.workspace.write(f"{FOLDER}/{ENTRIES}.tex", source)
            for suffix in (".bbl", ".aux"):
                self.workspace.remove(f"{FOLDER}/{ENTRIES}{suffix}")
            started = self.engine.start([f"-fmt={BASE}", f"-jobname={ENTRIES}", f"{ENTRIES}.tex"])
            if started.status != 0:
                return None
            self.biber_runs += 1
            problems = self.engine.run_biber(self.locator, ENTRIES)
            entries = self.workspace.read(f"{FOLDER}/{ENTRIES}.bbl")
            if entries is None or any(problem.code in {"biber-fallo", "cita-sin-resolver"} for problem in problems):
                return None
            self.workspace.write(f"{FOLDER}/{ENTRIES}.biber", key)
        return content_hash(entries)


class Prepared:
    """What the parts of a document need and what does not depend on its pages, made beside whatever else is done."""

    def __init__(self, workspace: Workspace, engine: Engine, preamble: str) -> None:
        """Begin with the format of the preamble."""
        self._workspace = workspace
        self._engine = engine
        self._maker: Entries | None = None
        self._entries: Background[str | None] | None = None
        self._formats: Background[bool] = Background(partial(self._make_format, preamble, BASE))

    def go_on(self, source: str, bibliography: bytes) -> None:
        """Make the entries of the references and the other format; `source` may place figures of any size."""
        preamble, body = split_preamble(source)
        nocite = NOCITE.search(body)
        if nocite is not None and not LIVE_CITATION.search(body):
            self._workspace.write(f"{FOLDER}/references.bib", bibliography)
            self._maker = Entries(self._workspace, self._engine, preamble, nocite[0], Locator(source))
            self._formats = Background(partial(self._prepare, self._formats, self._maker))

    def wait_for_formats(self) -> None:
        """Wait until the formats are there; the entries may take longer."""
        self._formats.wait()

    def wait_for_entries(self) -> int:
        """Wait until the entries are there; return how often biber ran for them."""
        self._formats.wait()
        if self._entries is not None:
            self._entries.wait()
        return self._maker.biber_runs if self._maker is not None else 0

    def give_up(self) -> None:
        """End what is not done yet: nothing more will be set."""
        self._workspace.cancel()
        with suppress(Cancelled, CannotContinue):
            self.wait_for_entries()
        self._workspace.resume()

    def _make_format(self, preamble: str, name: str) -> bool:
        with suppress(CannotContinue):  # it is told when the document is set
            return make_format(self._workspace, self._engine, preamble, name)
        return False

    def _prepare(self, before: Background[bool], maker: Entries) -> bool:
        before.wait()
        if not self._make_format(maker.preamble, BASE):
            return False
        self._entries = Background(maker.make)
        return self._make_format(maker.preamble, OPEN)
