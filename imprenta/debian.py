"""The list of Debian packages -> a machine that has them: what is missing is installed as root or through sudo.

Standard library only, for the same reason as `environment`: this is what installs `python3-venv`.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
import time

from imprenta.environment import ROOT, CannotPrepare, ask, find_python, guarded, install_command, must, runs, say
from imprenta.project import name_engine_file

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

PACKAGE_LIST = "debian-packages.txt"
TEST_PACKAGE_LIST = "debian-packages-pruebas.txt"
LISTS = "/var/lib/apt/lists"
DAYS_FRESH = 7
YES = {"s", "sí", "si", "y", "yes"}


def read_packages(text: str) -> dict[str, list[str]]:
    """Return the packages named in the text of a list, each with the programs and files that it is wanted for."""
    rows = [line.split("#")[0].split() for line in text.splitlines()]
    return {row[0]: row[1:] for row in rows if row}


def missing_packages(packages: dict[str, list[str]]) -> dict[str, list[str]]:
    """Return the packages that are not there, each with what the machine lacks for want of it.

    A package is there if dpkg says so, or if all that it is wanted for is found: TeX Live need not come from Debian.
    """
    absent = dict(packages)
    if shutil.which("dpkg-query"):
        # The state comes first: dpkg-query adds the architecture to some names.
        answer = ask(["dpkg-query", "--show", "--showformat", "${db:Status-Status} ${Package}\n", *packages]).stdout
        for line in answer.splitlines():
            state, _, name = line.partition(" ")
            if state == "installed":
                absent.pop(name, None)
    lacking = {name: [proof for proof in proofs if not _is_found(proof)] for name, proofs in absent.items()}
    return {name: proofs for name, proofs in lacking.items() if proofs}


def install_packages(*, testing: bool = False, asks: bool = True) -> bool:
    """Install the Debian packages of the project that are missing, with those of the tests; tell if there were any.

    It `asks` first whoever sits at a terminal. Raises CannotPrepare.
    """
    packages: dict[str, list[str]] = {}
    for name in (PACKAGE_LIST, TEST_PACKAGE_LIST) if testing else (PACKAGE_LIST,):
        with open(os.path.join(ROOT, name_engine_file(name)), encoding="utf-8") as file:
            packages.update(read_packages(file.read()))
    missing = missing_packages(packages)
    if not missing:
        return False
    names = list(missing)
    command = install_command(names)
    if not shutil.which("apt-get"):
        lacking = ", ".join(dict.fromkeys(proof for proofs in missing.values() for proof in proofs))
        raise CannotPrepare(
            f"faltan en este sistema: {lacking}",
            f"instálelos con su gestor de paquetes; en Debian y Ubuntu la orden es: {command}",
        )
    counted = f"faltan {len(names)} paquetes" if len(names) > 1 else "falta 1 paquete"
    say(f"{counted} de Debian: {' '.join(names)}")
    if os.geteuid() != 0 and not _can_sudo():
        raise CannotPrepare(
            f"instalarlos requiere permisos de administrador{measure(names)}", f"ejecute antes: {command}"
        )
    if asks and not os.environ.get("CI") and sys.stdin is not None and sys.stdin.isatty():
        _ask(names, command)
    start = time.monotonic()
    visible = sys.stderr.isatty()
    if _lists_are_old():
        say("se renuevan las listas de paquetes de Debian…")
        # A broken foreign source makes this fail; that matters only if the installation fails too.
        ask(_as_administrator("update"), visible=visible)
    say(f"se instalan{measure(names)}: {command}")
    install = _as_administrator("install", "-y", "--no-install-recommends", *names)
    if ask(install, visible=visible).returncode != 0:
        ask(_as_administrator("update"), visible=visible)
        done = ask(install, visible=visible)
        must(done, "no se pudieron instalar los paquetes de Debian", f"apt-get update; {command}")
    say(f"paquetes de Debian instalados en {time.monotonic() - start:.0f} s")
    return True


def _ask(names: Sequence[str], command: str) -> None:
    """Ask whether to install; raise CannotPrepare if that is not wanted."""
    sys.stderr.write(f"¿instalarlos como administrador{measure(names)}? [s/N] ")
    sys.stderr.flush()
    if sys.stdin.readline().strip().lower() not in YES:
        raise CannotPrepare("no se instala nada", f"instálelos con: {command}")


def measure(names: Sequence[str]) -> str:
    """Return what apt says about the size of an installation, as « (… de descarga y … en disco)», or nothing."""
    trial = ["install", "--assume-no", "--no-install-recommends", "-o", "Debug::NoLocking=true", *names]
    answer = ask(["apt-get", *trial], environment={**os.environ, "LC_ALL": "C"}).stdout
    return read_sizes(answer)


def read_sizes(answer: str) -> str:
    """Return the two sizes in apt's English text as Spanish text, or nothing if they are not in it."""
    # «Need to get 12.3 MB/149 MB of archives» when a part was downloaded before.
    download = re.search(r"^Need to get (\S+ \w+)(?:/\S+ \w+)? of archives", answer, re.MULTILINE)
    disk = re.search(r"^After this operation, (\S+ \w+) of additional", answer, re.MULTILINE)
    if not (download and disk):
        return ""
    # apt writes 1,234 kB and 12.3 MB; Spanish wants the other comma.
    sizes = [found[1].replace(",", "").replace(".", ",") for found in (download, disk)]
    return f" ({sizes[0]} de descarga y {sizes[1]} en disco)"


def _is_found(proof: str) -> bool:
    """Tell whether a thing is there: `module:name` is a Python module, a name with a dot is TeX's, else a program."""
    if proof.startswith("module:"):
        return runs(find_python(), f"import {proof[len('module:') :]}")
    if "." in proof:
        return bool(shutil.which("kpsewhich")) and ask(["kpsewhich", proof]).returncode == 0
    return shutil.which(proof) is not None


def _can_sudo() -> bool:
    """Tell whether sudo is there and either asks for no password or has somebody to ask."""
    return bool(shutil.which("sudo")) and (sys.stdin.isatty() or ask(["sudo", "-n", "true"]).returncode == 0)


def _as_administrator(*arguments: str) -> list[str]:
    sudo = [] if os.geteuid() == 0 else ["sudo"]
    # `env`, because sudo drops the environment; the time-out, because another apt may be at work.
    setting = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q", "-o", "DPkg::Lock::Timeout=120"]
    return [*sudo, *setting, *arguments]


def _lists_are_old(folder: str = LISTS) -> bool:
    """Tell whether apt has no lists of packages, or has not renewed them for some days."""
    names = os.listdir(folder) if os.path.isdir(folder) else []
    if not any("_Packages" in name for name in names):
        return True
    # The lists carry the server's date; the folders change when apt writes to them.
    places = [place for place in (folder, os.path.join(folder, "partial")) if os.path.isdir(place)]
    return time.time() - max(os.stat(place).st_mtime for place in places) > DAYS_FRESH * 86400


def main() -> int:
    """Install what is missing; with the word `pruebas` for tests and measurements too, with `--yes` without asking."""
    install_packages(testing="pruebas" in sys.argv[1:], asks="--yes" not in sys.argv[1:])
    return 0


if __name__ == "__main__":
    sys.exit(guarded(main))
