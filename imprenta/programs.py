"""Programs: others are run with limits, without a shell, confined, and ended when nobody waits for them any more."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from imprenta.problems import CannotContinue
from imprenta.processes import Limits as Limits
from imprenta.processes import end_process, end_with_us, limit_process, signal_process, start_process
from imprenta.servers import Server

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from imprenta.processes import Environment


@dataclass(frozen=True, slots=True)
class Finished:
    """What became of a program: its exit status (None if it was ended for its time) and what it printed."""

    status: int | None
    output: bytes
    errors: bytes

    @property
    def timed_out(self) -> bool:
        """Tell whether the program was ended because its time was over."""
        return self.status is None

    @property
    def outgrew(self) -> bool:
        """Tell whether the system ended the program because a file that it wrote grew beyond what it may have."""
        return self.status == -signal.SIGXFSZ


class Cancelled(BaseException):
    """The work was called off by another thread. No `except Exception` may take it for a failure of the work's own."""


class Programs:
    """Runs programs for one thread; any other may call its work off.

    They may write below one folder and where the system has room for what passes, and reach no network, as far as
    the system can see to that (`confinement`).
    """

    def __init__(self, folder: Callable[[], str]) -> None:
        """Start with none; they may write below what `folder` tells, if it is there."""
        self._folder = folder
        self._called_off = threading.Event()
        self._running: set[subprocess.Popen[bytes]] = set()

    def cancel(self) -> None:
        """Call off the work that another thread does: the programs that it runs are ended.

        That thread gets Cancelled from the program that it waits for, or at its next `check_cancelled`.
        """
        self._called_off.set()
        for process in tuple(self._running):
            end_process(process)

    def resume(self) -> None:
        """Let work begin again after `cancel`."""
        self._called_off.clear()

    def check_cancelled(self) -> None:
        """Raise Cancelled if the work was called off: for work that runs long without running a program."""
        if self._called_off.is_set():
            raise Cancelled

    def run(
        self,
        command: Sequence[str],
        folder: Path,
        data: bytes | None,
        environment: Environment,
        limits: Limits,
    ) -> Finished:
        """Run a program in a folder and wait for it, as `Workspace.run` tells."""
        self.check_cancelled()
        entrance = subprocess.PIPE if data is not None else subprocess.DEVNULL
        process = self._begin(end_with_us(command), folder, environment, entrance)
        limit_process(process, limits)
        return self.wait_for(process, data, limits)

    def begin(
        self, command: Sequence[str], pipe: Path, folder: Path, environment: Environment, limits: Limits
    ) -> Waiting:
        """Start a program that will read the named pipe `pipe`, which is made.

        It ends with this process, whatever ends that.
        """
        try:
            pipe.unlink(missing_ok=True)
            os.mkfifo(pipe)
        except OSError as error:
            raise CannotContinue(f"no se puede escribir en «{pipe.parent}»: {error.strerror or error}") from error
        process = self._begin(end_with_us(command), folder, environment, subprocess.DEVNULL)
        limit_process(process, limits)
        return Waiting(self, process, pipe)

    def serve(self, command: Sequence[str], folder: Path, environment: Environment, limits: Limits) -> Server:
        """Start a program that answers lines on its standard input; it ends with its input, and so with us."""
        process = self._begin(command, folder, environment, subprocess.PIPE, subprocess.DEVNULL)
        limit_process(process, limits)
        return Server(process, limits.seconds, limits.grace, self._ended_on_cancel, end_process)

    @contextlib.contextmanager
    def _ended_on_cancel(self, process: subprocess.Popen[bytes]) -> Iterator[None]:
        """Have `cancel` end a program for as long as it is waited for; Cancelled is raised then."""
        self._running.add(process)
        try:
            self.check_cancelled()  # `cancel` may have come before this program was known to it
            yield
        finally:
            self._running.discard(process)
        self.check_cancelled()

    def wait_for(self, process: subprocess.Popen[bytes], data: bytes | None, limits: Limits) -> Finished:
        """Wait for a program within its limits; give it `data` first, if it was started for that."""
        self._running.add(process)
        try:
            self.check_cancelled()  # `cancel` may have come before this program was known to it
            output, errors = process.communicate(data, timeout=limits.seconds)
        except subprocess.TimeoutExpired:
            signal_process(process, signal.SIGINT)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.communicate(timeout=limits.grace)
            end_process(process)
            return Finished(None, *process.communicate())
        except BaseException:
            end_process(process)
            process.communicate()
            raise
        finally:
            self._running.discard(process)
        self.check_cancelled()
        return Finished(process.returncode, output, errors)

    def _begin(
        self,
        command: Sequence[str],
        folder: Path,
        environment: Environment,
        entrance: int,
        errors: int = subprocess.PIPE,
    ) -> subprocess.Popen[bytes]:
        return start_process(command, self._folder(), folder, environment, (entrance, errors))

    def start(self, command: Sequence[str], folder: Path) -> None:
        """Start a program in a folder and leave it to itself, as `Workspace.start` tells."""
        try:
            process = subprocess.Popen(
                list(command),
                cwd=folder,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
        except (OSError, ValueError) as error:
            words = getattr(error, "strerror", None) or error
            raise CannotContinue(f"no se puede ejecutar «{command[0]}»: {words}") from error
        threading.Thread(target=process.wait, daemon=True).start()  # whoever waits for nobody leaves zombies behind


class Waiting:
    """A program that has begun and waits for its input on a named pipe."""

    def __init__(self, programs: Programs, process: subprocess.Popen[bytes], pipe: Path) -> None:
        """Take over a process that `Programs.begin` started."""
        self._programs = programs
        self._process = process
        self._pipe = pipe
        self._entrance: int | None = None
        self._feeding: threading.Thread | None = None

    def is_there(self) -> bool:
        """Tell whether the program still waits."""
        return self._process.poll() is None

    def feed(self, data: bytes) -> None:
        """Give the program some of its input; returns at once."""
        self._pass_on(data, last=False)

    def finish(self, limits: Limits) -> Finished:
        """End the program's input and wait for its end."""
        self._pass_on(b"", last=True)
        return self._programs.wait_for(self._process, None, limits)

    def end(self) -> None:
        """End the program."""
        end_process(self._process)
        self._process.communicate()
        if self._feeding is not None:
            self._feeding.join()
        self._close()

    def _pass_on(self, data: bytes, *, last: bool) -> None:
        """Write to the pipe after what is being written already, in a thread: a full pipe makes its writer wait."""
        before = self._feeding

        def work() -> None:
            if before is not None:
                before.join()
            self._write(data)
            if last:
                self._close()

        self._feeding = threading.Thread(target=work, daemon=True)
        self._feeding.start()

    def _write(self, data: bytes) -> None:
        """Write to the pipe; a program that has read enough closes it."""
        if self._entrance is None and not self._open():
            return
        with contextlib.suppress(BrokenPipeError):
            while data and self._entrance is not None:
                data = data[os.write(self._entrance, data) :]

    def _open(self) -> bool:
        """Open the pipe; tell whether the program came to it. Who waits for the program ends it in time."""
        while self._process.poll() is None:
            try:
                self._entrance = os.open(self._pipe, os.O_WRONLY | os.O_NONBLOCK)
                os.set_blocking(self._entrance, True)
                return True
            except OSError:
                time.sleep(0.005)
        return False

    def _close(self) -> None:
        if self._entrance is not None:
            os.close(self._entrance)
            self._entrance = None
