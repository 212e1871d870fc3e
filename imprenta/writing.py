"""Bytes -> a file, whole or not at all; and files that nobody needs -> nothing."""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
from contextlib import suppress
from pathlib import Path

from imprenta.locks import is_kept
from imprenta.problems import CannotContinue


def write_file(path: Path, name: str, content: bytes) -> None:
    """Write a file as `Workspace.write` tells; `name` is what people call it."""
    try:
        if _holds(path, content):
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
            os.chmod(temporary, 0o644)
            os.replace(temporary, path)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise CannotContinue(f"no se puede escribir «{name}»: {error.strerror or error}") from error


def _holds(path: Path, content: bytes) -> bool:
    """Tell whether there is a file with these bytes; one of another size is not read."""
    try:
        status = path.stat()
    except OSError:
        return False
    return stat.S_ISREG(status.st_mode) and status.st_size == len(content) and path.read_bytes() == content


def remove_path(path: Path) -> bool:
    """Remove a file or a folder with all it holds; tell whether there was one."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
        return True
    if path.exists():
        path.unlink()
        return True
    return False


def empty_folder(folder: Path, name: str, lock: Path) -> None:
    """Remove a folder whose lock this process has, but for what another keeps: the lock last, so that nobody comes in.

    Whoever waits for the lock makes another one.
    """
    try:
        for path in sorted(folder.iterdir()):
            if path != lock and not is_kept(path):
                remove_path(path)
        lock.unlink()
    except OSError as error:
        raise CannotContinue(f"no se puede borrar «{name}/»: {error.strerror or error}") from error
    with suppress(OSError):  # something else is there still, or again
        folder.rmdir()
