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
    """A file in the folder around it, with the losses so far; `section` is the heading that is being read."""

    folder: Workspace
    name: str
    data: bytes
    section: str = ""
    losses: list[Loss] = field(default_factory=list)
    _end: int = 0
    _once: set[str] = field(default_factory=set)

    @property
    def text(self) -> str:
        """Return what can be read of it as it is: nothing of a .docx."""
        return "" if self.name.lower().endswith(".docx") else self.data.decode("utf-8", "replace")

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
            self.losses.append(Loss(f"{self.name}:{line}", f"no se entiende «{shown}»"))

    def _place(self, words: str) -> str:
        text, sought = self.text, words.strip().partition("\n")[0]
        at = -1
        if sought:
            at = text.find(sought, self._end)
            at = text.find(sought) if at < 0 else at
        if at >= 0:
            self._end = at
            return f"{self.name}:{text.count(chr(10), 0, at) + 1}"
        return f"{self.name}, «{self.section}»" if self.section else self.name

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
