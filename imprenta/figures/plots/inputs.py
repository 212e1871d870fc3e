"""What a plot's program opens -> the inputs of its drawing; what could not be followed is refused at its line.

Python tells hooks of every file that is opened, whatever library opens it. A hook cannot be taken away, so there is
one, which listens only while a program is followed.
"""

from __future__ import annotations

import os
import sys
import threading
from contextlib import chdir, contextmanager, nullcontext
from importlib.util import source_from_cache
from typing import TYPE_CHECKING, Any

from imprenta.reading import list_package_folders
from imprenta.workspace import BUILD_FOLDER, ENGINE_ROOT, content_hash

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from imprenta.reading import list_package_folders
from imprenta.workspace import Workspace

FOLDERS = ("figures", "paper")
"""Where a program may read: what changes there is seen by a build, and by the preview."""
SYSTEM = ("/bin", "/dev", "/etc", "/lib", "/lib64", "/nix", "/opt", "/proc", "/run", "/sys", "/usr", "/var")
FONTS = (".afm", ".otf", ".pfb", ".ttc", ".ttf")
CHANGED = "?"
"""The mark of what changed while it was read: it is never the same again."""
NETWORK = {"socket.connect", "socket.getaddrinfo", "urllib.Request"}
PROGRAMS = frozenset("os.exec os.fork os.forkpty os.posix_spawn os.spawn os.system pty.spawn subprocess.Popen".split())


class UnfollowedInput(Exception):  # noqa: N818 - what the author's program may not do, told in Spanish
    """The program wants what no build could tell that it changed; carries the Spanish message and the hint."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class PlotInputs:
    """The files and folders that a program opens, by their names in the project, each with a mark of what it held.

    A folder that it lists ends in «/».
    """

    def __init__(self, workspace: Workspace, own: Sequence[str] = ()) -> None:
        """Follow a program of this project; what is below the folders `own` is ours."""
        self.workspace = workspace
        self.root = str(workspace.root)
        code = [str(ENGINE_ROOT / part) for part in ("imprenta", "templates")]
        packages = (sys.prefix, sys.base_prefix, *list_package_folders())
        self.ours = (*packages, *code, f"{self.root}/{BUILD_FOLDER}", *own)
        self.found: dict[str, str] = {}
        self.written: set[str] = set()
        self.thread: int | None = threading.get_ident()

    @contextmanager
    def follow(self) -> Iterator[None]:
        """Listen to what this thread opens; its relative paths begin at the project's folder.

        Modules of the project that it imports are forgotten at the end, for they may be others the next time.
        """
        global _followed
        _add_hook()
        before = set(sys.modules)
        paths = list(sys.path)
        # Only where no other thread could be led astray: drawings are made in a process of their own.
        alone = threading.current_thread() is threading.main_thread()
        self.thread = None if alone else threading.get_ident()  # those that the program starts are its own
        with chdir(self.root) if alone else nullcontext():
            outer, _followed = _followed, self
            try:
                yield
            finally:
                _followed = outer
                sys.path[:] = paths
                for name in set(sys.modules) - before:
                    file = getattr(sys.modules[name], "__file__", None) or ""
                    if self._name(os.path.realpath(file)) is not None:
                        del sys.modules[name]

    def guess_path(self, path: object) -> str:
        """Return a hint for a path that leads nowhere, or nothing."""
        name = os.path.basename(os.fsdecode(path)) if isinstance(path, str | bytes | os.PathLike) else ""
        if not name or not self.workspace.is_file(f"figures/{name}"):
            return ""
        return f"está en figures/: ábralo con Path(__file__).with_name({name!r})"

    def marks(self) -> tuple[tuple[str, str], ...]:
        """Return the inputs with their marks, in order."""
        kept = {name: mark for name, mark in self.found.items() if name not in self.written}
        return tuple((name, mark if mark_input(self.workspace, name) == mark else CHANGED)
                     for name, mark in sorted(kept.items()))  # fmt: skip

    def hear(self, event: str, arguments: tuple[Any, ...]) -> None:
        """Take in something that the program does. Raises UnfollowedInput."""
        if event == "open":
            self._open(arguments[0], arguments[2] if len(arguments) > 2 else 0)
        elif event == "sqlite3.connect":
            self._open(arguments[0], os.O_RDWR)
        elif event in ("os.listdir", "os.scandir"):
            name = self._name(self._place(arguments[0] or "."))
            importing = sys._getframe(2).f_code.co_filename.startswith("<frozen importlib")
            if name is not None and not importing:  # Python looks for a module, and only when it does not know where
                self._note(f"{name}/")
        elif event in NETWORK:
            raise UnfollowedInput("la gráfica lee de la red", "guarde los datos en un archivo de figures/ y ábralo")
        elif event in PROGRAMS:
            words = " ".join(map(str, arguments[:1])) or event
            raise UnfollowedInput(
                f"la gráfica llama a otro programa: «{words}»", "guarde lo que da en un archivo de figures/ y ábralo"
            )

    def _open(self, path: object, flags: object) -> None:
        place = self._place(path)
        bits = flags if isinstance(flags, int) else 0
        name = self._name(place)
        if bits & (os.O_WRONLY | os.O_TRUNC):
            self.written.add(name or place)
            return
        if place.endswith(".pyc") and name is not None:
            try:
                self._note(self._name(source_from_cache(place)) or name)
            except ValueError:
                self._note(name)
        elif name is not None:
            self._note(name)
        elif place not in self.written and not self._is_ours(place) and os.path.isfile(place):
            shown = os.path.relpath(place, self.root) if _is_below(place, self.root) else place
            raise UnfollowedInput(
                f"la gráfica lee «{shown}», que no está en figures/ ni en paper/",
                "ponga el archivo en figures/; con Path(__file__).with_name(…) se abre el que está junto al programa",
            )

    def _place(self, path: object) -> str:
        """Return the absolute path of what is opened, without links; nothing for what is open already."""
        if not isinstance(path, str | bytes | os.PathLike):
            return ""
        return os.path.realpath(os.fsdecode(path).removeprefix("file:").partition("?")[0] or ".")

    def _name(self, place: str) -> str | None:
        """Return the name in the project of what may be an input, or None."""
        if not _is_below(place, self.root):
            return None
        name = place[len(self.root) + 1 :]
        return name if name.split("/")[0] in FOLDERS else None

    def _is_ours(self, place: str) -> bool:
        """Tell whether a file is no data of the author's: of the system, of Python, of matplotlib, a font."""
        if place.endswith(FONTS) or any(_is_below(place, os.path.realpath(folder)) for folder in self.ours):
            return True
        if _is_below(place, self.root):
            return False
        return "/." in place or any(_is_below(place, folder) for folder in SYSTEM)

    def _note(self, name: str) -> None:
        self.found.setdefault(name, mark_input(self.workspace, name))


def mark_input(workspace: Workspace, name: str) -> str:
    """Return a mark of what a file holds, or of the names in a folder («name/»), as they are on the disk now."""
    place = f"{workspace.root}/{name}"
    if not name.endswith("/"):
        content = workspace.read_installed(place)
        return "" if content is None else content_hash(content)
    try:
        names = [inner for inner in os.listdir(place) if not inner.startswith((".", "__pycache__"))]
    except OSError:
        return ""
    return content_hash(*sorted(names))


def _is_below(place: str, folder: str) -> bool:
    return place.startswith(folder.rstrip("/") + "/")


_followed: PlotInputs | None = None
_hooked = False
_looking = threading.local()
"""Whether a thread is looking at what it was told."""


def _add_hook() -> None:
    global _hooked
    if not _hooked:
        sys.addaudithook(_hear)
        _hooked = True


def _hear(event: str, arguments: tuple[Any, ...]) -> None:
    """Tell who follows; what that opens itself is not told."""
    inputs = _followed
    if inputs is None or getattr(_looking, "now", False) or inputs.thread not in (None, threading.get_ident()):
        return
    _looking.now = True
    try:
        inputs.hear(event, arguments)
    finally:
        _looking.now = False
