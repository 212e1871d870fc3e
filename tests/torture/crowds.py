"""Many orders on one report at once -> all end well, one at a time, and what is left is right."""

from __future__ import annotations

import random
import subprocess
from typing import TYPE_CHECKING

from tests.torture.rows import Trials
from tests.torture.states import COMMAND, EDITS, PATIENCE, States

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.torture.rows import Effort, Row

ORDERS = (
    ["build"],
    ["build"],
    ["build"],
    ["check"],
    ["build", "--plain"],
    ["clean"],
    ["schema"],
    ["words"],
    ["export"],
)


def _start(folder: Path, words: list[str]) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [*COMMAND, *words, "--project", str(folder)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )


def try_all(effort: Effort) -> Iterator[Row]:
    """Yield the rows."""
    yield try_builds(effort)
    yield try_orders(effort)


def try_builds(effort: Effort) -> Row:
    """Build eight times at once, after an edit and from nothing."""
    trials = Trials("ocho construcciones a la vez")
    states = States(effort.scratch("ocho"))
    for number in range(effort.part(6, 1)):
        with trials.trial(f"la {number + 1}.ª vez", 2 * PATIENCE):
            states.edit([*EDITS][number % len(EDITS)])
            running = [_start(states.report, ["build"]) for _ in range(8)]
            for process in running:
                said = process.communicate(timeout=PATIENCE)[0]
                assert process.returncode == 0, said
            states.hold_whole(b"")
            states.hold_next()
            states.hold_nothing_left()
    trials.count *= 8
    return trials.row()


def try_orders(effort: Effort) -> Row:
    """Run orders of all kinds at once, while files are saved."""
    trials = Trials("seis órdenes cualesquiera a la vez, mientras se guarda")
    states = States(effort.scratch("ordenes"))
    dice = random.Random(18)
    for _ in range(effort.part(25, 1)):
        orders = [dice.choice(ORDERS) for _ in range(6)]
        with trials.trial(", ".join(" ".join(words) for words in orders), 2 * PATIENCE):
            running = []
            for words in orders:
                running.append((words, _start(states.report, words)))
                states.edit(dice.choice([*EDITS]))
            for words, process in running:
                said = process.communicate(timeout=PATIENCE)[0]
                assert process.returncode in ((0, 1) if words[0] in ("words", "check") else (0,)), f"{words}: {said}"
                assert "Traceback" not in said, said
            states.hold_next()
            states.hold_nothing_left()
    trials.count *= 6
    return trials.row()
