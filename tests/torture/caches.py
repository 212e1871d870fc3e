"""What builds keep, each file of it spoilt in each way -> the next build is as if it were not there."""

from __future__ import annotations

import os
import random
import shutil
from typing import TYPE_CHECKING

from reading import run_here
from same_pdf import find_differences

from tests.torture.rows import Trials
from tests.torture.states import EDITS, PATIENCE, PDF, States

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.torture.rows import Effort, Row

ALIVE = {"CACHEDIR.TAG", "lock", "informe.pdf"}
"""What is no memory: a folder's tag, the file by which builds wait for each other, and what is made."""
WAYS: dict[str, Callable[[bytes, random.Random], bytes]] = {
    "vacío": lambda data, dice: b"",
    "cortado": lambda data, dice: data[: len(data) // 2],
    "basura": lambda data, dice: dice.randbytes(max(1, len(data))),
    "un byte cambiado": lambda data, dice: _flip(data, dice),
    "de otro": lambda data, dice: b'{"a": [1, "de otro"]}\n',
    "repetido": lambda data, dice: data + data,
}


def _flip(data: bytes, dice: random.Random) -> bytes:
    if not data:
        return b"x"
    at = dice.randrange(len(data))
    return data[:at] + bytes([data[at] ^ (1 << dice.randrange(8))]) + data[at + 1 :]


def try_all(effort: Effort) -> Iterator[Row]:
    """Yield a row for each way."""
    os.environ["IMPRENTA_CACHE"] = str(effort.scratch("comun"))
    states = States(effort.scratch("memorias"))
    states.edit("palabra")
    states.hold_next()  # so that there is what only a second build leaves
    states.edit("palabra")
    states.hold_next()
    kept = states.folder / "guardado"
    shutil.copytree(states.report / "build", kept, symlinks=True)
    yield try_ways(states, kept, effort)
    yield try_folders(states, kept, effort)


def _files(kept: Path) -> list[str]:
    found = (path for path in sorted(kept.rglob("*")) if path.is_file() and path.name not in ALIVE)
    return [str(path.relative_to(kept)) for path in found]


def _restore(states: States, kept: Path) -> None:
    shutil.rmtree(states.report / "build", ignore_errors=True)
    shutil.copytree(kept, states.report / "build", symlinks=True)


def _hold(states: States, trials: Trials, given: str) -> None:
    """Build what was not changed, then after an edit of all kinds."""
    with trials.trial(given, PATIENCE):
        for names in ((), tuple(EDITS)):
            for name in names:
                states.edit(name)
            expected = states.expected()
            done = run_here("build", project=states.report)
            assert done.returncode == 0, f"estado {done.returncode}: {done.stderr}"
            assert find_differences(states.report / PDF, expected) == [], names


def try_ways(states: States, kept: Path, effort: Effort) -> Row:
    """Spoil each file in three ways, another three from file to file."""
    trials = Trials("cada archivo guardado, estropeado de tres maneras de seis")
    dice = random.Random(21)
    for number, name in enumerate(effort.some(_files(kept), least=3)):
        for way in [*WAYS][number % 2 :: 2]:
            _restore(states, kept)
            path = states.report / "build" / name
            data, status = path.read_bytes(), path.stat()
            path.unlink()
            path.write_bytes(WAYS[way](data, dice))
            os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
            _hold(states, trials, f"{name}, {way}")
    return trials.row()


def try_folders(states: States, kept: Path, effort: Effort) -> Row:
    """Put what is no file where one was, and take files and folders away."""
    trials = Trials("cada archivo guardado, borrado, una carpeta o un enlace a nada")
    names = _files(kept)
    ways: dict[str, Callable[[Path], object]] = {
        "borrado": lambda path: None, "una carpeta": lambda path: path.mkdir(), "un enlace a nada": lambda path: path.symlink_to("nada"),
    }  # fmt: skip
    for number, (way, put) in enumerate(ways.items()):
        for name in effort.some(names[number::3], least=1):
            _restore(states, kept)
            path = states.report / "build" / name
            path.unlink()
            put(path)
            _hold(states, trials, f"{name}, {way}")
    for folder in sorted({str(path.relative_to(kept)) for path in kept.rglob("*") if path.is_dir()}):
        _restore(states, kept)
        shutil.rmtree(states.report / "build" / folder)
        _hold(states, trials, f"{folder}/, borrada")
    return trials.row()
