"""A place in one of the author's files -> the editor opens it, by a command or by a link."""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING
from urllib.parse import quote

from imprenta.problems import CannotContinue

if TYPE_CHECKING:
    from imprenta.workspace import Workspace

USAGE = 2
DEFAULT = "vscode://file{file}:{line}:{column}"
"""The link that Visual Studio Code answers to; {file} is an absolute path."""
KEYS = re.compile(r"<[\w-]+(?:-.|-?\\)?>", re.IGNORECASE)
"""A key in the words of an editor that reads them as if they were typed: «<CR>», «<C-\\>»."""
PLAIN = re.compile(r"[\w/.,+@=~-]*")
"""A name that says the same when it is typed."""


class Editor:
    """Opens places. A command runs without a shell; a link is handed to the browser."""

    def __init__(self, workspace: Workspace, command: str = "") -> None:
        """Take a command or a link, in which {file}, {line} and {column} stand for the place. Raises CannotContinue."""
        self.workspace = workspace
        self.command = command.strip() or DEFAULT
        first = self.command.split()[0]
        self.is_link = "://" in first
        try:
            self.words = [self.command] if self.is_link else shlex.split(self.command)
            self._fill("/a", 1, 1)
        except (ValueError, KeyError, IndexError, AttributeError) as error:
            raise CannotContinue(
                f"no se entiende la orden del editor: «{self.command}»",
                hint="por ejemplo: --editor 'code --goto {file}:{line}:{column}'",
                status=USAGE,
            ) from error
        if not any("{file}" in word for word in self.words):
            self.words.append("{file}")

    def open(self, path: str, line: int, column: int) -> str:
        """Open a file of the project at a line and a column (from 1); return the link to follow if it is one's turn.

        Raises CannotContinue if there is no such file in the project, or the editor does not start.
        """
        if not self.workspace.fresh().is_file(path):  # between builds, whatever the last one read
            raise CannotContinue(f"no existe «{path}»", status=1)
        words = self._fill(self.workspace.readable_path(path), line, column)
        if self.is_link:
            return words[0]
        self.workspace.start(words)
        return ""

    def _fill(self, file: str, line: int, column: int) -> list[str]:
        name = quote(file) if self.is_link else file
        if any(KEYS.search(word) and "{file}" in word for word in self.words) and not PLAIN.fullmatch(name):
            message = f"no se abre «{file}»: el editor tomaría signos de su nombre por teclas"
            raise CannotContinue(message, hint="cambie el nombre del archivo", status=1)
        return [word.format(file=name, line=line, column=column) for word in self.words]
