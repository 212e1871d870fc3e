"""What happens in the author's folders -> groups of changed files, as soon as a save is whole."""

from __future__ import annotations

import posixpath
import re
from contextlib import suppress
from typing import TYPE_CHECKING

from imprenta.problems import CannotContinue

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable, Iterable, Iterator

    from imprenta.workspace import Workspace

FOLDERS = ("paper", "figures", "templates", "experimentos")
FILES = ("references.bib",)

STEP = 2
"""Milliseconds without news after which a group of changes is whole; two steps pass before a save is told."""
LONGEST = 200
"""Milliseconds after which a group is told although changes still come (a branch switch)."""
SIGN_OF_LIFE = 100
"""Milliseconds without changes after which the watch says that it is at work."""
HALF_WRITTEN = 0.05
"""Seconds for which a file that a save emptied may stay empty before that is believed."""

TEMPORARY = re.compile(
    r"""
    \..* | .*~ | \#.*\# | .*\.(?:swp|swx|swo|tmp|temp|bak|orig|part|crdownload|pyc)  # hidden files, Emacs, vim, KDE
    | 4913 | 5\d{3}                                 # vim tries with these whether it may write into the folder
    | sed[A-Za-z0-9]{6} | .*___jb_(?:tmp|old)___ | __pycache__
    """,
    re.VERBOSE,
)
"""Names of what editors and `sed -i` put beside a file while they save it."""


def is_watched(path: str) -> bool:
    """Tell whether a change of this path (relative to the root) is one of the report's."""
    parts = path.split("/")
    if any(TEMPORARY.fullmatch(part) for part in parts):
        return False
    return path in FILES or parts[0] in FOLDERS


def watch_project(
    workspace: Workspace, stop: threading.Event, included: Callable[[], frozenset[str]] = frozenset
) -> Iterator[tuple[str, ...]]:
    """Return what yields the changed paths of each save, in order, until `stop` is set.

    Sees files written in place, renamed over, made and deleted, and folders that come and go. Every folder is watched
    by itself, the root too: a file that is renamed over, and a folder that is not there yet, are seen by their parent.
    `included` tells which files of elsewhere matter now, by their paths from the root. Nothing is missed from the call
    on. Raises CannotContinue if the system watches no more folders.
    """
    return _watch(workspace, stop, included, _read_stamps(workspace))


def _watch(
    workspace: Workspace, stop: threading.Event, included: Callable[[], frozenset[str]], known: dict[str, str]
) -> Iterator[tuple[str, ...]]:
    """Watch; `known` are the files with the stamps that they had when they were told last."""
    from watchfiles import watch

    root = str(workspace.root)
    while not stop.is_set():
        folders = _list_folders(workspace)
        linked = _list_linked(workspace, folders)
        outside = frozenset(path for path in included() if not is_watched(path))
        begins = True
        try:
            for changes in watch(
                *dict.fromkeys(str(workspace.path(folder)) for folder in (".", *folders, *linked)),
                *_list_around(workspace, outside),
                watch_filter=None,
                step=STEP,
                debounce=LONGEST,
                rust_timeout=SIGN_OF_LIFE,
                yield_on_timeout=True,
                stop_event=stop,
                recursive=False,
                ignore_permission_denied=True,
            ):
                paths = {posixpath.relpath(path, root) for _, path in changes}
                if begins or (linked and changes):
                    # Now the folders are watched; what happened until then was told by nobody. What a link leads to
                    # is told by its own name.
                    paths |= {path for path, _ in known.items() ^ _read_stamps(workspace, outside).items()}
                    begins = False
                found = sorted(path for path in paths if is_watched(path) or path in outside)
                others = frozenset(path for path in included() if not is_watched(path)) != outside
                if not found and not others:
                    continue
                if not found:
                    break
                _wait_until_written(workspace, found, stop)
                _note(workspace, found, known)
                # A folder that went and came back is another one, which the watch does not know.
                others = others or any(path in folders for path in found) or _list_folders(workspace) != folders
                others = others or _list_linked(workspace, folders) != linked
                yield tuple(found)
                if others:
                    break
        except FileNotFoundError:  # a folder went away before it could be watched: look again
            continue
        except OSError as error:
            raise CannotContinue(
                f"el sistema no deja vigilar las carpetas: {error}",
                hint="con WATCHFILES_FORCE_POLLING=1 se miran los archivos cada poco tiempo, sin ayuda del sistema",
            ) from error


def _list_folders(workspace: Workspace) -> list[str]:
    now = workspace.fresh()
    return [folder for name in FOLDERS for folder in now.list_folders(name)]


def _list_linked(workspace: Workspace, folders: Iterable[str]) -> list[str]:
    """Return the folders, by their own names, that links among the watched files and folders lead to."""
    now = workspace.fresh()
    root = str(workspace.root)
    named = {root, *(f"{root}/{folder}" for folder in folders)}
    real = {str(now.path(folder)) for folder in folders}
    for path in (*(path for folder in folders for path in now.list_files(folder, "")), *FILES):
        with suppress(CannotContinue):  # a link that leads out of the project, which builds tell
            real |= {str(now.path(path).parent)} if is_watched(path) and now.is_file(path) else set()
    return sorted(folder[len(root) + 1 :] for folder in real - named)


def _list_around(workspace: Workspace, outside: Iterable[str]) -> list[str]:
    """Return the folders of files outside, absolute, as far as these may be read and those are there."""
    now = workspace.fresh()
    found: dict[str, None] = {}
    for path in outside:
        with suppress(CannotContinue):  # the folder is not shared any more, which builds tell
            folder = posixpath.dirname(now.readable_path(path))
            if now.stamp(folder) is not None:
                found[folder] = None
    return list(found)


def _read_stamps(workspace: Workspace, outside: Iterable[str] = ()) -> dict[str, str]:
    """Return all watched files, and some outside, each with its size and time."""
    known: dict[str, str] = {}
    now = workspace.fresh()
    inside = [path for folder in _list_folders(now) for path in now.list_files(folder, "")]
    _note(workspace, [*inside, *FILES, *outside], known)
    return known


def _note(workspace: Workspace, paths: Iterable[str], known: dict[str, str]) -> None:
    """Note the stamps that files have now; what is no file is not known."""
    now = workspace.fresh()
    for path in paths:
        known.pop(path, None)
        with suppress(CannotContinue):
            stamp = now.stamp(now.readable_path(path)) if now.is_file(path) else None
            if stamp is not None:
                known[path] = stamp


def _wait_until_written(workspace: Workspace, paths: list[str], stop: threading.Event) -> None:
    """Wait a moment for files that are empty: a save in place empties a file before it writes it."""
    for _ in range(10):
        with suppress(CannotContinue):
            if not any(workspace.fresh().read(path) == b"" for path in paths):
                return
        stop.wait(HALF_WRITTEN / 10)
