"""Disks that fill up while a build writes -> it says which file, the old PDF stays, and with room the next is right."""

from __future__ import annotations

import resource
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

from tests.torture.rows import Row, Trials
from tests.torture.states import EDITS, PATIENCE, States, run_command

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.torture.rows import Effort

LARGEST_FILES = (0, 1, 100, 4096, 20_000, 60_000, 100_000, 200_000, 500_000, 1_000_000)
ROOM = (0, 4096, 16_384, 65_536, 200_000, 400_000, 800_000, 1_600_000, 3_000_000)


def try_all(effort: Effort) -> Iterator[Row]:
    """Yield the rows."""
    yield try_file_sizes(effort)
    yield try_small_disk(effort)


def try_file_sizes(effort: Effort) -> Row:
    """Build after each edit where no file may grow beyond a size."""
    trials = Trials("ningún archivo puede pasar de N bytes")
    states = States(effort.scratch("tope"))
    for size in LARGEST_FILES:
        for name in [*EDITS][: effort.part(len(EDITS))]:

            def limit(size: int = size) -> None:
                resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

            with trials.trial(f"{name}, {size} bytes", PATIENCE):
                _hold_full(states, name, limit)
    return trials.row()


def _hold_full(states: States, name: str, limit: object) -> None:
    states.edit(name)
    before = states.pdf()
    done = run_command(states.report, "build", preexec_fn=limit)
    assert done.returncode in (0, 1, 4), f"estado {done.returncode}: {done.stderr}"
    assert "Traceback" not in done.stderr, done.stderr
    assert done.returncode == 0 or done.stderr.strip(), "no dice nada"
    states.hold_whole(before)
    states.hold_next()
    states.hold_nothing_left()


def try_small_disk(effort: Effort) -> Row:
    """Build after each edit on a disk with little room left."""
    what = "un disco con N bytes libres"
    disk = effort.scratch("disco")
    command = ["mount", "-t", "tmpfs", "-o", "size=400m", "tmpfs", str(disk)]
    if subprocess.run(command, capture_output=True, check=False).returncode != 0:
        return Row(what, 0, lacking="no se puede montar un tmpfs sin ser root")
    trials = Trials(what)
    try:
        states = States(disk)
        for edit in EDITS:  # the clean builds of all that comes, while there is room
            states.edit(edit)
            states.expected()
            states.edit(edit)
        states.expected()
        for clean in disk.glob("limpio-*"):
            kept = effort.folder / clean.name
            shutil.copytree(clean, kept, dirs_exist_ok=True)
            shutil.rmtree(clean)
            clean.symlink_to(kept)
        for room in ROOM:
            for name in [*EDITS][: effort.part(len(EDITS))]:
                with trials.trial(f"{name}, {room} bytes", PATIENCE):
                    _hold_small(states, disk, name, room)
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=False)
    return trials.row()


def _hold_small(states: States, disk: Path, name: str, room: int) -> None:
    filling = disk / "relleno"
    states.edit(name)
    before = states.pdf()
    filling.write_bytes(b"\0" * max(0, shutil.disk_usage(disk).free - room))
    try:
        done = run_command(states.report, "build")
    finally:
        filling.unlink()
    assert done.returncode in (0, 1, 4), f"estado {done.returncode}: {done.stderr}"
    assert "Traceback" not in done.stderr, done.stderr
    states.hold_whole(before)
    states.hold_next()
    states.hold_nothing_left()
    states.edit(name)
    states.hold_next()
