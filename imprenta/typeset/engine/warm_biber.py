r"""A biber that has begun already: it has read its modules and the control file of a preamble, and waits for works.

Of the time that biber takes for one entry nine tenths are its start. `biber_server.pl` is begun once and does each
request in a fork of its own; it ends with this process. Whatever it cannot do is left to biber as it is installed.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from threading import Lock, Timer
from typing import TYPE_CHECKING

from imprenta.model.bib_entry import join_entries
from imprenta.problems import CannotContinue
from imprenta.typeset.engine.bcf import read_citations, write_control
from imprenta.typeset.engine.engine import BIBER_OPTIONS, FOLDER, RUN_LIMITS
from imprenta.workspace import content_hash, engine_workspace

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from imprenta.model.bib_entry import WrittenEntry
    from imprenta.servers import Server
    from imprenta.typeset.engine.bcf import Citation
    from imprenta.workspace import Workspace

SCRIPT = "imprenta/typeset/engine/biber_server.pl"
PLACE = f"{FOLDER}/biber"
"""The folder in which it works."""
ENVIRONMENT = {"LC_ALL": "C.UTF-8"}
LINGER = 15.0
"""Seconds that it waits for more: it holds 60 MiB, and one that begins does so while the .tex is still written."""
CONTROL, REQUEST = "control", "request"


@dataclass(frozen=True, slots=True)
class BiberOutput:
    """What a run of biber left: the .bbl, its log (.blg), and by which names it counts (`job.names` of the script)."""

    bbl: str
    log: str
    names: str


class WarmBiber:
    """One biber of one control file at a time."""

    def __init__(self, workspace: Workspace) -> None:
        """Start without any."""
        self.workspace = workspace
        self._server: Server | None = None
        self._read = ""
        """The hash of the control file that it has read; empty if it has read its modules alone."""
        self._lock = Lock()
        self._end_of_waiting: Timer | None = None

    def begin(self, template: str = "") -> None:
        """Have one read its modules, and a control file if one is given (as for `run`), unless one is there."""
        with self._lock:
            self._start()
            if template:
                self._read_control(template)

    def run(
        self, template: str, entries: Mapping[str, WrittenEntry], citations: Sequence[Citation]
    ) -> BiberOutput | None:
        """Return what biber makes of these entries for these citations; None if it must be run as it is installed.

        In the control file `template` nothing dangerous may be. Raises Cancelled if the build is called off.
        """
        with self._lock:
            self._read_control(template)
            if self._server is None:
                return None
            self._linger()
            for suffix in (".bbl", ".blg", ".names"):
                self.workspace.remove(f"{PLACE}/{REQUEST}{suffix}")
            self.workspace.write(f"{PLACE}/references.bib", join_entries(entries))
            rows = (f"{one.key}\t{one.order}\t{one.inner}\t{int(one.nocite)}\n" for one in citations)
            self.workspace.write(f"{PLACE}/{REQUEST}.keys", "".join(rows))
            answer = self._server.ask(f".\t{REQUEST}")
        made = (self.workspace.read(f"{PLACE}/{REQUEST}{suffix}") for suffix in (".bbl", ".blg", ".names"))
        bbl, log, names = (data.decode("utf-8", "replace") if data is not None else "" for data in made)
        # A fork that dies may leave an empty .bbl and the status 0: what it wrote last must be there.
        return BiberOutput(bbl, log, names) if answer == "0" and bbl and names else None

    def run_whole(self, entries: Mapping[str, WrittenEntry], control: str) -> tuple[str, str] | None:
        """Return the .bbl and the log of a whole control file, as `run` does."""
        citations = read_citations(control) if control.count("<bcf:section ") == 1 else None
        output = self.run(write_control(control, []), entries, citations) if citations else None
        return (output.bbl, output.log) if output is not None else None

    def close(self) -> None:
        """End it."""
        with self._lock:
            self._end()

    def _start(self) -> None:
        if self._server is not None and self._server.is_there():
            return
        self._end()
        biber = self.workspace.find_program("biber")
        if biber is not None:
            self.workspace.write(f"{PLACE}/{CONTROL}.bcf", "")
            command = ["perl", str(engine_workspace().path(SCRIPT)), biber]
            with suppress(CannotContinue):  # a machine without perl has another biber
                self._server = self.workspace.serve(command, PLACE, ENVIRONMENT, RUN_LIMITS)
                self._linger()

    def _linger(self) -> None:
        """End it some time from now, unless it is used before."""
        if self._end_of_waiting is not None:
            self._end_of_waiting.cancel()
        self._end_of_waiting = Timer(LINGER, self.close)
        self._end_of_waiting.daemon = True
        self._end_of_waiting.start()

    def _read_control(self, template: str) -> None:
        mark = content_hash(template)
        if self._read not in ("", mark):
            self._end()
        self._start()
        if self._server is not None and not self._read:
            self._read = mark
            self.workspace.write(f"{PLACE}/{CONTROL}.bcf", template)
            self._server.tell("\t".join([*BIBER_OPTIONS, CONTROL]))

    def _end(self) -> None:
        if self._end_of_waiting is not None:
            self._end_of_waiting.cancel()
        if self._server is not None:
            self._server.end()
        self._server, self._read = None, ""
