"""The file that is converted: where words of it stand, the pictures beside or inside it, and what of it is lost."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from imprenta.workspace import Workspace

LARGEST = 64 << 20
"""So many bytes of one picture are taken out of a .docx."""


@dataclass(frozen=True, slots=True)
class Loss:
    """Something that was not taken over: where it stands, and what and why, in Spanish."""

    place: str
    message: str


@dataclass(slots=True)
class Source:
    """A file in the folder around it, with the losses so far; `section` is the heading that is being read.

    `text` is what can be read of it as it is, nothing of a .docx; `origins` are the file and line of each of its lines,
    if some are of other files.
    """

    folder: Workspace
    name: str
    data: bytes
    section: str = ""
    losses: list[Loss] = field(default_factory=list)
    text: str = ""
    origins: tuple[tuple[str, int], ...] = ()
    _end: int = 0
    _once: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        """Read the text."""
        self.text = "" if self.name.lower().endswith(".docx") else self.data.decode("utf-8", "replace")

    def lose_at(self, place: str, message: str) -> None:
        """Note what is lost at a place."""
        self.losses.append(Loss(place, message))

    def lose(self, message: str, words: str = "", *, once: bool = False) -> None:
        """Note what is lost; `words` of it tell the line, else the heading above it does."""
        if once and message in self._once:
            return
        self._once.add(message)
        self.losses.append(Loss(self._place(words), message))

    def skip(self, tex: str, line: int) -> None:
        """Note TeX that was skipped at a line; what stands before the document begins only says how it looks."""
        begins = self.text.find(r"\begin{document}")
        if line > self.text.count("\n", 0, max(begins, 0)):
            shown = tex if len(tex) <= 60 else f"{tex[:60]}…"
            self.lose_at(self._line(line), f"no se entiende «{shown}»")

    def _place(self, words: str) -> str:
        text, sought = self.text, words.strip().partition("\n")[0]
        at = -1
        if sought:
            at = text.find(sought, self._end)
            at = text.find(sought) if at < 0 else at
        if at >= 0:
            self._end = at
            return self._line(text.count("\n", 0, at) + 1)
        return f"{self.name}, «{self.section}»" if self.section else self.name

    def _line(self, line: int) -> str:
        """Return the place of a line of the text."""
        name, line = self.origins[line - 1] if line <= len(self.origins) else (self.name, line)
        return f"{name}:{line}"

    def read(self, name: str) -> bytes | None:
        """Return a file that the document names: one inside a .docx, or of its own folder; None for any other."""
        if self.name.lower().endswith(".docx"):
            return self._unpack(f"word/{name}")
        return self.folder.read(name) if "://" not in name else None

    def _unpack(self, member: str) -> bytes | None:
        try:
            with zipfile.ZipFile(io.BytesIO(self.data)) as archive:
                return archive.read(member) if archive.getinfo(member).file_size <= LARGEST else None
        except (KeyError, zipfile.BadZipFile, OSError):
            return None
