"""A machine with Python -> the project's Python environment, made or mended if need be, and entered.

Standard library only, nothing newer than Python 3.9 and nothing from the rest of the package: this runs before the
environment exists. What is slow to import is imported where it is needed, for every build passes through `enter`.
"""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False  # importing `typing` would cost more than all that a warm start does here
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from subprocess import CompletedProcess
    from typing import NoReturn

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
OLDEST_PYTHON = (3, 11)
NEWEST_PYTHON = (3, 15)  # the newest that is looked for by name where `python3` is too old

BUILD_LOCK = "requirements-build.lock"  # what builds the packages that come as source only
LOCK = "requirements.lock"
DEVELOPMENT_LOCK = "requirements-dev.lock"
SIZES = {
    BUILD_LOCK: "unos 2 MB",
    LOCK: "unos 80 MB de descarga y 260 MB en disco",
    DEVELOPMENT_LOCK: "unos 30 MB de descarga y 110 MB en disco",
}

# In the environment's folder while it is being filled; whoever finds it later starts from nothing.
UNFINISHED = "sin-terminar"
ATTEMPTS = "IMPRENTA_INTENTOS"  # counts the times that this process became another one
TOOLCHAIN_FAILED = 4
INTERRUPTED = 130


class CannotPrepare(Exception):  # noqa: N818 - a state of the machine, not a fault of the code
    """The machine lacks something that cannot be put right from here; `hint` says what the user can do."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


def environment_folder() -> str:
    """Return the folder of the Python environment: `.venv` in the project, or what IMPRENTA_ENTORNO names."""
    return os.path.abspath(os.environ.get("IMPRENTA_ENTORNO") or os.path.join(ROOT, ".venv"))


def enter(script: str, arguments: Sequence[str]) -> None:
    """Return if this is the environment's Python; else make what is lacking and replace this process by that Python.

    `script` and `arguments` are what the new process is to run. Raises CannotPrepare.
    """
    folder = environment_folder()
    attempts = int(os.environ.pop(ATTEMPTS, "0"))
    if _is_inside(folder) and is_current(folder, LOCK):
        _keep_bytecode(folder)
        return
    if attempts >= 2:
        raise CannotPrepare(
            f"el entorno de Python de {folder} no sirve, ni después de rehacerlo", f"bórrelo y repita: rm -r {folder}"
        )
    prepare_environment()
    os.environ[ATTEMPTS] = str(attempts + 1)
    _become([python_of(folder), script, *arguments])


def _keep_bytecode(folder: str) -> None:
    """Where Python must leave no bytecode beside the sources, keep it in the environment: compiling takes long.

    PYTHONDONTWRITEBYTECODE is meant to keep folders clean, and stays so.
    """
    if sys.dont_write_bytecode and sys.pycache_prefix is None:
        sys.pycache_prefix = os.path.join(folder, "bytecode")
        sys.dont_write_bytecode = False


def is_current(folder: str, lock: str) -> bool:
    """Tell whether the environment holds what the lock file says: it keeps a copy of the lock that filled it."""
    if not os.path.exists(python_of(folder)) or os.path.exists(os.path.join(folder, UNFINISHED)):
        return False
    if _is_inside(folder) and not any(path.startswith(sys.prefix + os.sep) for path in sys.path):
        return False  # the system's Python became another version, which looks in another folder
    try:
        with open(os.path.join(folder, lock), "rb") as kept, open(os.path.join(ROOT, lock), "rb") as wanted:
            return kept.read() == wanted.read()
    except FileNotFoundError:
        return False


def prepare_environment(*, development: bool = False) -> str:
    """Make, complete or mend the Python environment if need be; return its folder. Raises CannotPrepare."""
    folder = environment_folder()
    wanted = [BUILD_LOCK, LOCK, DEVELOPMENT_LOCK] if development else [BUILD_LOCK, LOCK]
    if all(is_current(folder, lock) for lock in wanted):
        return folder
    import time

    for _ in _alone(folder):
        if all(is_current(folder, lock) for lock in wanted):
            break  # the process that was waited for did it
        if not _is_usable(folder):
            _create(folder)
        for lock in wanted:
            if is_current(folder, lock):
                continue
            start = time.monotonic()
            say(f"paquetes de Python de {lock}: se instalan {len(read_lock(lock))} ({SIZES[lock]})…")
            _install(folder, lock)
            say(f"instalados en {time.monotonic() - start:.0f} s")
    return folder


def read_lock(lock: str) -> set[str]:
    """Return the names of the packages in a lock file of the project."""
    with open(os.path.join(ROOT, lock), encoding="utf-8") as file:
        return {line.split("==")[0] for line in file if line[:1].isalnum()}


def find_python() -> str:
    """Return an interpreter that is new enough: this one, or a newer one by name. Raises CannotPrepare."""
    if sys.version_info >= OLDEST_PYTHON:
        return str(getattr(sys, "_base_executable", "") or sys.executable)
    import shutil

    for minor in range(NEWEST_PYTHON[1], OLDEST_PYTHON[1] - 1, -1):
        found = shutil.which(f"python3.{minor}")
        if found and runs(found, "pass"):
            return found
    have = ".".join(str(number) for number in sys.version_info[:3])
    raise CannotPrepare(f"se necesita Python 3.11 o posterior; este es {have}", "en Debian 12 basta el paquete python3")


def python_of(folder: str) -> str:
    """Return the path of the interpreter of an environment."""
    return os.path.join(folder, "bin", "python")


def install_command(names: Sequence[str]) -> str:
    """Return the command line that installs these Debian packages, for a person to type."""
    return f"{'' if os.geteuid() == 0 else 'sudo '}apt-get install -y --no-install-recommends {' '.join(names)}"


def runs(python: str, statement: str) -> bool:
    """Tell whether an interpreter is new enough and runs a statement without error."""
    check = f"import sys\nif sys.version_info < {OLDEST_PYTHON}: sys.exit(1)\n{statement}"
    return ask([python, "-c", check]).returncode == 0


def ask(
    command: Sequence[str], *, environment: dict[str, str] | None = None, visible: bool = False
) -> CompletedProcess[str]:
    """Run a command without input to its end; `stdout` of the answer is all that it said, unless it was visible."""
    import subprocess

    output = None if visible else subprocess.PIPE
    try:
        return subprocess.run(
            command,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT if output else None,
            encoding="utf-8",
            errors="replace",
            check=False,
        )
    except OSError as error:
        return subprocess.CompletedProcess(command, 127, str(error))


def must(done: CompletedProcess[str], message: str, shown: str) -> None:
    """Raise CannotPrepare if a command failed, after the end of what it said; `shown` is the command to repeat."""
    if done.returncode == 0:
        return
    for line in (done.stdout or "").rstrip().splitlines()[-15:]:
        say(f"    {line}")
    raise CannotPrepare(
        f"{message} (el programa terminó con el código {done.returncode})",
        f"compruebe la conexión a la red y el espacio en disco; la orden es: {shown}",
    )


def say(text: str) -> None:
    """Print for the user, on the error stream: what a command prints on the other may be meant for a program."""
    print(text, file=sys.stderr, flush=True)


def guarded(action: Callable[[], int]) -> int:
    """Return the exit status of an action; being interrupted or unable to prepare the machine has one too."""
    try:
        return action()
    except KeyboardInterrupt:
        say("\ninterrumpido")
        return INTERRUPTED
    except CannotPrepare as trouble:
        say(f"error: {trouble.message}\npista: {trouble.hint}")
        return TOOLCHAIN_FAILED


def _alone(folder: str) -> Iterator[None]:
    """Yield once, while no other process changes this environment, of this checkout or of another that shares it.

    What is locked is the folder around it, which is there before the environment is, and is left as it was.
    """
    around = os.path.dirname(os.path.abspath(folder))
    os.makedirs(around, exist_ok=True)
    held = os.open(around, os.O_RDONLY)
    try:
        try:
            import fcntl

            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("otro proceso está preparando el entorno de Python; se espera a que termine…")
            fcntl.flock(held, fcntl.LOCK_EX)
        except (ImportError, OSError):
            pass  # a system without these locks: go on as if alone
        yield
    finally:
        os.close(held)


def _is_usable(folder: str) -> bool:
    """Tell whether packages can be added: a whole environment whose Python runs, is not too old and has pip."""
    if os.path.exists(os.path.join(folder, UNFINISHED)) or not os.path.exists(python_of(folder)):
        return False
    return runs(python_of(folder), "import pip")


def _create(folder: str) -> None:
    """Make an empty environment, over the ruins of a former one if there are any."""
    import shlex
    import shutil

    names = os.listdir(folder) if os.path.isdir(folder) else []
    if names and not {"pyvenv.cfg", UNFINISHED} & set(names):
        raise CannotPrepare(
            f"{folder} tiene archivos y no es un entorno de Python", "indique otra carpeta en IMPRENTA_ENTORNO"
        )
    python = find_python()
    if not runs(python, "import ensurepip, venv"):
        real = os.path.realpath(python)
        default = real == os.path.realpath("/usr/bin/python3")
        package = "python3-venv" if default else f"{os.path.basename(real)}-venv"
        raise CannotPrepare("falta el módulo venv de Python", f"instálelo con: {install_command([package])}")
    say(f"se crea el entorno de Python en {_shown(folder)}…")
    os.makedirs(folder, exist_ok=True)
    _mark(folder)
    for name in set(names) - {UNFINISHED}:
        path = os.path.join(folder, name)
        if os.path.isdir(path) and not os.path.islink(path):
            shutil.rmtree(path)
        else:
            os.remove(path)
    command = [python, "-m", "venv", folder]
    must(ask(command), "no se pudo crear el entorno de Python", shlex.join(command))


def _install(folder: str, lock: str) -> None:
    """Install the packages of a lock file, each with the hash that the lock demands, and keep a copy of the lock."""
    import shlex

    _mark(folder)
    # The locks are complete: pip need not look for what a package or its building needs, and must not, for that has
    # no hash. What comes as source runs its own program when it is installed: one package has nothing else.
    options = ["--quiet", "--no-deps", "--no-build-isolation", "--require-hashes"]
    options += ["--only-binary=:all:", "--no-binary=pylatex"]
    command = [python_of(folder), "-m", "pip", "install", *options, "--requirement", os.path.join(ROOT, lock)]
    settings = {"PIP_USER": "0", "PIP_NO_INPUT": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    done = ask(command, environment={**os.environ, **settings})
    must(done, "no se pudieron instalar los paquetes de Python", shlex.join(command))
    with open(os.path.join(ROOT, lock), "rb") as wanted, open(os.path.join(folder, lock), "wb") as kept:
        kept.write(wanted.read())
    os.remove(os.path.join(folder, UNFINISHED))


def _mark(folder: str) -> None:
    with open(os.path.join(folder, UNFINISHED), "w", encoding="utf-8") as file:
        file.write("Este entorno está a medio hacer; la próxima ejecución de build.py lo rehace.\n")


def _is_inside(folder: str) -> bool:
    return os.path.realpath(sys.prefix) == os.path.realpath(folder)


def _shown(folder: str) -> str:
    return os.path.relpath(folder, ROOT) if folder.startswith(ROOT + os.sep) else folder


def _become(command: Sequence[str]) -> NoReturn:
    sys.stdout.flush()
    sys.stderr.flush()
    os.execv(command[0], list(command))


def main(arguments: Sequence[str]) -> int:
    """Prepare the environment; with `run MODULE …`, prepare it for development and become that module's run."""
    folder = prepare_environment(development=bool(arguments))
    if arguments[:1] == ["run"]:
        _become([python_of(folder), "-m", *arguments[1:]])
    return 0


if __name__ == "__main__":
    sys.exit(guarded(lambda: main(sys.argv[1:])))
