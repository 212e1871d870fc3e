"""Signals to builds and watches, and streams that fail -> what is built is built, the status says so, nothing is left."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import time
from typing import TYPE_CHECKING

from test_streams import order

from tests.torture.rows import Trials
from tests.torture.states import COMMAND, PATIENCE, States

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.torture.rows import Effort, Row

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGKILL)
REDIRECTIONS = {
    "| true": {0}, "| head -c 1 > /dev/null": {0}, ">&-": {0}, "2>&-": {0}, "<&- >&- 2>&-": {0}, "2>/dev/full": {0},
    ">/dev/full": {0, 4}, "<&-": {0}, ">/dev/full 2>&1": {0, 4}, "2>&1 | true": {0},
}  # fmt: skip


def try_all(effort: Effort) -> Iterator[Row]:
    """Yield the rows."""
    yield try_builds(effort)
    yield try_watches(effort)
    yield try_streams(effort)


def try_builds(effort: Effort) -> Row:
    """Send signals to builds at random moments."""
    trials = Trials("una señal a una construcción")
    dice = random.Random(17)
    states = States(effort.scratch("senales"))
    for number in range(effort.part(40, 2)):
        sent, after = SIGNALS[number % 3], dice.uniform(0, 1.2)
        with trials.trial(f"{sent.name} a los {after:.3f} s", PATIENCE):
            states.edit("palabra")
            before = states.pdf()
            command = [*COMMAND, "build", "--project", str(states.report)]
            with subprocess.Popen(
                command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
            ) as process:
                time.sleep(after)
                process.send_signal(sent)
                said = "".join(process.communicate(timeout=PATIENCE))
            early = (-sent, 128 + sent)  # before Python hears of it the system ends it
            assert process.returncode in (0, *early), f"estado {process.returncode}: {said}"
            assert "Traceback" not in said or process.returncode == -sent, said
            states.hold_nothing_left()
            states.hold_whole(before)
            states.hold_next()
    return trials.row()


def try_watches(effort: Effort) -> Row:
    """Send signals to watches that have built, and that are building."""
    trials = Trials("una señal a `watch`")
    states = States(effort.scratch("vigila"))
    for number in range(effort.part(16, 1)):
        sent = SIGNALS[number % 4]
        after = 0.1 * (number // 4)
        with trials.trial(f"{sent.name}, a los {after:.1f} s de guardar", PATIENCE):
            before = states.pdf()
            command = [*COMMAND, "watch", "--project", str(states.report)]
            environment = {**os.environ, "IMPRENTA_EDITOR": "", "BROWSER": "true"}
            with subprocess.Popen(
                command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True,
                stdin=subprocess.DEVNULL, env=environment,
            ) as process:  # fmt: skip
                assert process.stdout is not None
                for line in process.stdout:
                    if "vista previa: " in line:
                        break
                time.sleep(1)
                states.edit("palabra")
                time.sleep(after)
                process.send_signal(sent)
                said = process.communicate(timeout=PATIENCE)[0]
            assert process.returncode in (0, -sent, 128 + sent), f"estado {process.returncode}: {said}"
            assert "Traceback" not in said, said
            states.hold_nothing_left()
            states.hold_whole(before)
            states.hold_next()
    return trials.row()


def try_streams(effort: Effort) -> Row:
    """Run orders whose output cannot be written, or not wholly."""
    trials = Trials("salidas cerradas, llenas o rotas")
    states = States(effort.scratch("salidas"))
    report = ["--project", str(states.report)]
    orders = {
        "build": ["build", *report], "check": ["check", *report], "check json": ["check", "--format", "json", *report],
        "build json": ["build", "--format", "json", *report], "explain": ["explain"], "schema": ["schema", *report],
        "sin cambios": ["build", *report], "help": ["--help"],
    }  # fmt: skip
    for name in effort.some([*orders], least=2):
        for redirection, statuses in REDIRECTIONS.items():
            with trials.trial(f"{name} {redirection}", PATIENCE):
                if name.startswith("build"):
                    states.edit("palabra")
                done = order(orders[name], redirection)
                ended = int(done.args[1])
                assert ended in statuses, f"estado {ended}: {done.stderr}"
                assert "Traceback" not in done.stdout + done.stderr
                assert "error propio" not in done.stderr
                if name.startswith("build"):
                    states.hold_whole(b"")
                    states.hold_next()
    return trials.row()
