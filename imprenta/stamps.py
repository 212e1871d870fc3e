"""Files -> what tells that they changed, without reading them."""

from __future__ import annotations

import os


def stamp_file(path: str) -> str | None:
    """Return size and time of a file, or None if there is none."""
    try:
        status = os.stat(path)
    except OSError:
        return None
    return f"{status.st_size}:{status.st_mtime_ns}"


def stamp_files(folder: str, suffixes: tuple[str, ...]) -> list[str]:
    """Return name, size and time of the files in a folder and below it whose names end so, sorted."""
    return sorted(
        f"{name}{stamp_file(os.path.join(inner, name))}"
        for inner, _, names in os.walk(folder)
        for name in names
        if name.endswith(suffixes)
    )
