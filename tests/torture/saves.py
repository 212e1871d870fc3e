"""Files that are saved while a build runs or a report is watched -> in the end what a build from nothing gives.

Builds that typeset nothing (`tests/property/saves.py`) pass through the same moments as others, and many more in a
minute; some that typeset are tried beside them.
"""

from __future__ import annotations

import contextlib
import io
import random
import subprocess
import time
from typing import TYPE_CHECKING, Any

import pytest
import saves as made_up
import test_saves_watched as watched

from tests.torture.rows import Trials
from tests.torture.states import COMMAND, EDITS, PATIENCE, States

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.torture.rows import Effort, Row

MOMENTS = 10


class Said:
    """Keeps what is printed, as pytest's own fixture does."""

    def __init__(self) -> None:
        self.streams = io.StringIO(), io.StringIO()

    def readouterr(self) -> Any:
        """Return what was printed since the last time."""
        said = [stream.getvalue() for stream in self.streams]
        for stream in self.streams:
            stream.seek(0)
            stream.truncate()
        return type("Said", (), {"out": said[0], "err": said[1]})

    @contextlib.contextmanager
    def keep(self) -> Iterator[Any]:
        """Keep what is printed inside."""
        with contextlib.redirect_stdout(self.streams[0]), contextlib.redirect_stderr(self.streams[1]):
            yield self


def try_all(effort: Effort) -> Iterator[Row]:
    """Yield the rows."""
    yield try_moments(effort)
    yield try_watched(effort)
    yield try_typeset(effort)


def try_moments(effort: Effort) -> Row:
    """Save each kind of file at ten moments of a build, in each form."""
    trials = Trials("cada clase de archivo, guardada en diez momentos de una construcción")
    folder = effort.scratch("momentos")
    with pytest.MonkeyPatch.context() as patch:
        made_up.typeset_nothing(patch)
        moments = made_up.Moments(folder / "marcas")
        made_up.watch_moments(moments, patch)
        root, clean, said = folder / "informe", folder / "limpio", Said()
        made_up.write_report(root)
        made_up.let_settle()
        moments.begin([])
        with said.keep() as out:
            made_up.build(root, out)
        longest = moments.count
        number = 0
        for path in effort.some(sorted(made_up.FILES), least=2):
            for moment in range(MOMENTS):
                form = made_up.FORMS[number % len(made_up.FORMS)]
                number += 1
                save = made_up.Save(path, 12 + number % 87, form, round(longest * (moment + 0.5) / MOMENTS), 20)
                with trials.trial(str(save), PATIENCE), said.keep() as out:
                    moments.begin([])
                    made_up.write_report(root, 11)
                    made_up.let_settle()
                    made_up.build(root, out)
                    made_up.let_settle()
                    (root / path).write_bytes(made_up.FILES[path](99))
                    moments.begin(save.steps(root))
                    made_up.build(root, out)
                    moments.end()
                    built = made_up.build(root, out)
                    made_up.copy_files(root, clean)
                    assert built == made_up.build(clean, out)
    trials.remark = f"una construcción tiene {longest} momentos"
    return trials.row()


def try_watched(effort: Effort) -> Row:
    """Save at random while a report is watched."""
    trials = Trials("guardados al azar, con `watch`")
    for batch in range(100, 100 + effort.part(20)):
        said = Said()
        with (
            pytest.MonkeyPatch.context() as patch,
            trials.trial(f"la tanda {batch} de test_saves_watched", PATIENCE),
            said.keep() as out,
        ):
            watched.test_what_is_shown_in_the_end_is_what_a_build_from_nothing_gives(
                effort.scratch("vigila"), patch, out, batch
            )
    trials.count *= watched.SAVES
    return trials.row()


def try_typeset(effort: Effort) -> Row:
    """Save while the command draws and typesets."""
    trials = Trials("cada clase de edición, guardada en diez momentos de una construcción que compone")
    states, dice = States(effort.scratch("compone")), random.Random(19)
    for name in EDITS:
        for moment in range(effort.part(MOMENTS)):
            after = 1.2 * (moment + dice.random()) / MOMENTS
            with trials.trial(f"{name}, a los {after:.3f} s", PATIENCE):
                states.edit(dice.choice([other for other in EDITS if other != name]))
                command = [*COMMAND, "build", "--project", str(states.report)]
                with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
                    time.sleep(after)
                    states.edit(name)
                    said = process.communicate(timeout=PATIENCE)[0]
                assert process.returncode == 0, said
                states.hold_next()
    return trials.row()
