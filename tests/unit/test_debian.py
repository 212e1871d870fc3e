"""The Debian packages: what is missing is found out, announced with its size, and installed or asked for."""

from __future__ import annotations

import os
import sys
from io import StringIO
from pathlib import Path

import pytest

from imprenta import debian, environment

ROOT = Path(__file__).resolve().parents[2]

APT_ANSWER = """\
The following NEW packages will be installed:
  biber texlive-bibtex-extra
0 upgraded, 2 newly installed, 0 to remove and 3 not upgraded.
Need to get 12.3 MB/149 MB of archives.
After this operation, 1,458 kB of additional disk space will be used.
Abort.
"""


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine that has nothing but the programs that a test puts into the returned folder."""
    programs = tmp_path / "bin"
    programs.mkdir()
    monkeypatch.setenv("PATH", str(programs))
    monkeypatch.setattr(debian, "ROOT", str(tmp_path))
    monkeypatch.setattr(debian, "_lists_are_old", lambda: False)
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    (tmp_path / "debian-packages.txt").write_text("biber biber\ngraphviz dot # dibujos\n", encoding="utf-8")
    (tmp_path / "debian-packages-pruebas.txt").write_text("chromium chromium\n", encoding="utf-8")
    return programs


def put(programs: Path, name: str, script: str = "true") -> None:
    (programs / name).write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    (programs / name).chmod(0o755)


def put_apt(programs: Path, *, dpkg: str = "true", install: str = "true") -> None:
    """Put an apt that records what it is told; `install` is what happens when it installs."""
    put(programs, "env", 'while case "$1" in *=*) true;; *) false;; esac; do shift; done; exec "$@"')
    put(programs, "dpkg-query", dpkg)
    case = f'case " $* " in *" --assume-no "*) echo "{APT_ANSWER}"; exit 1;; *" install "*) {install};; esac'
    put(programs, "apt-get", f'echo "$*" >> {programs}/log\n{case}')


def log(programs: Path) -> list[str]:
    return (programs / "log").read_text(encoding="utf-8").splitlines()


def test_the_list_of_the_project_says_what_each_package_is_for() -> None:
    packages = debian.read_packages((ROOT / debian.PACKAGE_LIST).read_text(encoding="utf-8"))
    assert {"texlive-latex-recommended", "biber", "graphviz", "python3-venv"} <= set(packages)
    assert [name for name, proofs in packages.items() if not proofs] == []


def test_what_tests_need_is_listed_by_itself() -> None:
    report, tests = (
        debian.read_packages((ROOT / name).read_text(encoding="utf-8"))
        for name in (debian.PACKAGE_LIST, debian.TEST_PACKAGE_LIST)
    )
    assert tests == {"chromium": ["chromium"], "latexmk": ["latexmk"], "strace": ["strace"]}
    assert not set(tests) & set(report)


def test_only_tests_have_what_they_need_installed(machine: Path, capfd: pytest.CaptureFixture[str]) -> None:
    put_apt(machine, dpkg="echo 'installed biber'; echo 'installed graphviz'")
    debian.install_packages()
    assert not (machine / "log").exists()
    debian.install_packages(testing=True)
    assert capfd.readouterr().err.startswith("falta 1 paquete de Debian: chromium\n")
    assert log(machine)[-1].endswith("install -y --no-install-recommends chromium")


def test_comments_and_empty_lines_are_skipped() -> None:
    assert debian.read_packages("# todo\n\ngraphviz dot  # dibujos\nbiber\n") == {"graphviz": ["dot"], "biber": []}


def test_a_package_is_there_if_dpkg_says_so(machine: Path) -> None:
    put(machine, "dpkg-query", "echo 'installed biber'; echo 'config-files graphviz'; exit 1")
    assert debian.missing_packages({"biber": ["biber"], "graphviz": ["dot"], "nada": ["nada"]}) == {
        "graphviz": ["dot"],
        "nada": ["nada"],
    }


def test_a_package_is_there_if_what_it_is_for_is_found(machine: Path) -> None:
    """TeX Live may come from elsewhere, and the machine need not be a Debian."""
    put(machine, "pdflatex")
    put(machine, "kpsewhich", '[ "$1" = booktabs.sty ]')
    packages = {"recommended": ["pdflatex", "booktabs.sty"], "spanish": ["spanish.ldf"], "python": ["module:json"]}
    assert debian.missing_packages(packages) == {"spanish": ["spanish.ldf"]}
    assert debian.missing_packages({"python": ["module:no_such_module"]}) == {"python": ["module:no_such_module"]}


def test_nothing_is_said_or_done_when_nothing_is_missing(machine: Path, capfd: pytest.CaptureFixture[str]) -> None:
    put_apt(machine, dpkg="echo 'installed biber'; echo 'installed graphviz'")
    debian.install_packages()
    assert not (machine / "log").exists()
    assert capfd.readouterr() == ("", "")


def test_the_administrator_gets_what_is_missing_after_its_size(
    machine: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    put_apt(machine, dpkg="echo 'installed biber'")
    debian.install_packages()
    words = capfd.readouterr().err.splitlines()
    assert words[0] == "falta 1 paquete de Debian: graphviz"
    command = "apt-get install -y --no-install-recommends graphviz"
    assert words[1] == f"se instalan (12,3 MB de descarga y 1458 kB en disco): {command}"
    assert "install --assume-no" in log(machine)[0]
    assert log(machine)[1].endswith("install -y --no-install-recommends graphviz")
    assert len(log(machine)) == 2


@pytest.mark.parametrize(
    ("answer", "installs"), [("s", True), ("Sí", True), ("\n", False), ("n", False), ("no", False), ("", False)]
)
def test_who_sits_at_a_terminal_is_asked(
    machine: Path, answer: str, installs: bool, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    put_apt(machine, dpkg="echo 'installed biber'")
    monkeypatch.delenv("CI", raising=False)
    terminal = StringIO(f"{answer}\n" if answer else "")
    monkeypatch.setattr(terminal, "isatty", lambda: True)
    monkeypatch.setattr(sys, "stdin", terminal)
    if installs:
        assert debian.install_packages()
    else:
        with pytest.raises(environment.CannotPrepare) as caught:
            debian.install_packages()
        assert caught.value.hint == "instálelos con: apt-get install -y --no-install-recommends graphviz"
    assert "¿instalarlos como administrador (12,3 MB de descarga y 1458 kB en disco)? [s/N] " in capfd.readouterr().err
    assert any(" -y " in line for line in log(machine)) is installs


@pytest.mark.parametrize("told", ["CI", "--yes", "no terminal"])
def test_nobody_is_asked_who_has_said_so_or_is_not_there(
    machine: Path, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_apt(machine)
    monkeypatch.delenv("CI", raising=False)
    if told == "CI":
        monkeypatch.setenv("CI", "true")
    terminal = StringIO()
    monkeypatch.setattr(terminal, "isatty", lambda: told != "no terminal")
    monkeypatch.setattr(sys, "stdin", terminal)
    monkeypatch.setattr(sys, "argv", ["debian", *([told] if told == "--yes" else [])])
    assert debian.main() == 0
    assert log(machine)[-1].endswith("biber graphviz")


def test_old_lists_are_renewed_first(machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(debian, "_lists_are_old", lambda: True)
    put_apt(machine)
    debian.install_packages()
    assert [line.split()[-1] for line in log(machine)] == ["update", "graphviz", "graphviz"]


def test_a_failed_installation_is_tried_once_more_with_new_lists(
    machine: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    put_apt(machine, install="echo 'E: no hay red'; exit 100")
    with pytest.raises(environment.CannotPrepare) as caught:
        debian.install_packages()
    assert [line.split()[-1] for line in log(machine)][1:] == ["graphviz", "update", "graphviz"]
    assert "código 100" in caught.value.message
    assert "apt-get update; apt-get install -y --no-install-recommends biber graphviz" in caught.value.hint
    assert "E: no hay red" in capfd.readouterr().err


def test_without_permission_the_exact_command_is_given(machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    put_apt(machine)
    with pytest.raises(environment.CannotPrepare) as caught:
        debian.install_packages()
    assert "permisos de administrador" in caught.value.message
    assert "sudo apt-get install -y --no-install-recommends biber graphviz" in caught.value.hint
    assert all("--assume-no" in line for line in log(machine))


def test_sudo_is_used_where_it_asks_nothing(machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    put_apt(machine)
    put(machine, "sudo", f'echo "sudo $*" >> {machine}/log\n[ "$1" = -n ] || exec "$@"')
    debian.install_packages()
    assert any(
        line.startswith("sudo env DEBIAN_FRONTEND=noninteractive apt-get") and line.endswith("biber graphviz")
        for line in log(machine)
    )


def test_another_system_is_told_what_it_lacks(machine: Path) -> None:
    put(machine, "biber")
    with pytest.raises(environment.CannotPrepare) as caught:
        debian.install_packages()
    assert caught.value.message == "faltan en este sistema: dot"
    assert "graphviz" in caught.value.hint


def test_sizes_are_written_as_in_spanish() -> None:
    assert debian.read_sizes(APT_ANSWER) == " (12,3 MB de descarga y 1458 kB en disco)"
    assert debian.read_sizes("Need to get 149 MB of archives.\n") == ""
    assert debian.read_sizes("E: Unable to locate package biber\n") == ""


def test_lists_are_old_when_there_are_none_or_after_some_days(tmp_path: Path) -> None:
    lists = tmp_path / "lists"
    assert debian._lists_are_old(str(lists))
    (lists / "partial").mkdir(parents=True)
    assert debian._lists_are_old(str(lists))
    (lists / "debian_dists_bookworm_main_binary-amd64_Packages.lz4").touch()
    assert not debian._lists_are_old(str(lists))
    for place in (lists / "partial", lists):
        os.utime(place, (0, 0))
    assert debian._lists_are_old(str(lists))
