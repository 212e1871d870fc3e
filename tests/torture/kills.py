"""Builds that are killed, at random and at every system call that writes -> the PDF is whole, the next build right."""

from __future__ import annotations

import os
import random
import re
import shutil
import signal
import subprocess
import time
from collections import Counter
from typing import TYPE_CHECKING

from tests.torture.rows import Row, Trials
from tests.torture.states import COMMAND, EDITS, PATIENCE, States, alive_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.torture.rows import Effort

KILLS = 200
WRITES = (
    "rename renameat renameat2 unlink unlinkat mkdir mkdirat mknodat link linkat symlink symlinkat chmod fchmod fchmodat "
    "ftruncate copy_file_range sendfile fsync fdatasync write pwrite64 writev"
).split()
OFTEN = 40
"""A system call that is made more often is tried at so many of its times, from the first to the last."""
WHOM = ("el proceso", "el grupo", "todos")


def try_all(effort: Effort) -> Iterator[Row]:
    """Yield the rows."""
    yield try_random(effort)
    yield try_every_write(effort)


def try_random(effort: Effort) -> Row:
    """Kill builds at random moments."""
    trials = Trials("matar al azar, y volver a construir")
    dice = random.Random(16)
    states = States(effort.scratch("azar"))
    longest = 1.5
    for number in range(effort.part(KILLS, 3)):
        cold = number % 10 == 9
        names = dice.sample([*EDITS], dice.randint(1, 2))
        whom, after = dice.choice(WHOM), dice.uniform(0, 3 * longest if cold else longest)
        given = f"{', '.join(names)}{', desde cero' if cold else ''}; {whom}, a los {after:.3f} s"
        with trials.trial(given, PATIENCE):
            if cold:
                shutil.rmtree(states.report / "build")
            for name in names:
                states.edit(name)
            before = states.pdf()
            _kill_build(states.report, whom, after)
            states.hold_whole(before)
            states.hold_next()
            states.hold_nothing_left()
    return trials.row()


def _kill_build(folder: Path, whom: str, after: float) -> None:
    process = subprocess.Popen(
        [*COMMAND, "build", "--project", str(folder)],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    time.sleep(after)
    try:
        if whom == "todos":
            for line in alive_in(folder):
                os.kill(int(line.split()[0]), signal.SIGKILL)
        elif whom == "el grupo":
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
    except ProcessLookupError:
        pass  # it had ended
    process.wait(PATIENCE)


def try_every_write(effort: Effort) -> Row:
    """Kill a build, whichever of its processes does it, at each time of each system call that writes."""
    what = "matar en cada llamada que escribe, y volver a construir"
    if shutil.which("strace") is None:
        return Row(what, 0, lacking="falta strace")
    states = States(effort.scratch("llamadas"))
    counted = count_calls(states)
    if not counted:
        return Row(what, 0, lacking="strace no puede seguir procesos aquí")
    trials = Trials(what)
    moments = [(name, when) for name, count in counted.items() for when in pick(count)]
    for name, when in moments[:: max(1, round(1 / effort.share))]:
        with trials.trial(f"{name}, la {when}.ª vez de {counted[name]}", PATIENCE):
            states.edit("palabra")
            states.edit("valor")
            before = states.pdf()
            _trace(states.report, ["-e", f"trace={name}", "-e", f"inject={name}:signal=KILL:when={when}"])
            states.hold_whole(before)
            states.hold_next()
            states.hold_nothing_left()
    told = ", ".join(f"{name} {len(pick(count))} de {count}" for name, count in counted.items())
    trials.remark = f"veces: {told}"
    return trials.row()


def pick(count: int) -> list[int]:
    """Return which times of a call are tried: all, or some from the first to the last."""
    if count <= OFTEN:
        return [*range(1, count + 1)]
    return sorted({1 + round(number * (count - 1) / (OFTEN - 1)) for number in range(OFTEN)})


def count_calls(states: States) -> dict[str, int]:
    """Return how often the process that does it most makes each call in a build after an edit."""
    states.edit("palabra")
    states.edit("valor")
    log = states.folder / "llamadas.txt"
    _trace(states.report, ["-o", str(log), "-e", f"trace={','.join(WRITES)}"])
    if not log.exists():
        return {}
    calls = Counter(re.findall(r"(?m)^(\d+) +(?:<\.\.\. )?(\w+)\(", log.read_text(errors="replace")))
    most: dict[str, int] = {}
    for (_, name), count in calls.items():
        most[name] = max(most.get(name, 0), count)
    return dict(sorted(most.items()))


def _trace(folder: Path, options: list[str]) -> None:
    command = ["strace", "-f", "-qq", "--seccomp-bpf", *options, *COMMAND, "build", "--project", str(folder)]
    with subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    ) as process:
        try:
            process.wait(PATIENCE / 4)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            raise
