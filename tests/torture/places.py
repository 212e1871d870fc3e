"""A report in a folder with a name that nobody would think of -> built, found unchanged, edited and shown as anywhere."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

from same_pdf import find_differences

from tests.torture.rows import Trials
from tests.torture.states import COMMAND, EDITS, PATIENCE, PDF, lay_sample, run_command

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.torture.rows import Effort, Row

NAMES = [
    "con espacios", " al principio y al final ", "ñandú áéíóú", "漢字 и 😀", "n\u0303 de dos", "'comillas'", '"dobles"', "`graves`",
    "a#b", "a%b", "%20", "a~b", "~", "a{b}c", "{}", "a$b", "$HOME", "${PATH}", "a&b", "a;b", "a|b", "a*b", "a?b", "[a]", "!a", "-rf",
    "--help", "a\\b", "\\input", "a^b", "^^41", "a_b", "a,b", "a=b", "a:b", "@a", "(a)", "<a>", "a\tb", "a\nb", "a..b", "...", ".oculta",
    "a" * 250, "/".join(["abismo"] * 60), "a.yaml", "build", "paper", "CON", "a\u200bb", "a\u00a0b", "\ufeffa", "e\u0301\u0301",
    "%d%s%n", "a\x07b", "a\x1b[31mb", "informe.tex", "x.pdf",
]  # fmt: skip


def try_all(effort: Effort) -> Iterator[Row]:
    """Yield the rows."""
    names = effort.some(NAMES, least=2)
    yield try_names(names, effort)
    yield try_links(effort)
    yield try_surroundings(effort)


def _hold(folder: Path, expected: Path, other: Path, **options: object) -> None:
    done = run_command(folder, "build", **options)
    assert done.returncode == 0, f"estado {done.returncode}: {done.stdout}{done.stderr}"
    assert find_differences(folder / PDF, expected) == []
    done = run_command(folder, "build", **options)
    assert done.returncode == 0, f"sin cambios: estado {done.returncode}: {done.stderr}"
    path, old, new = EDITS["palabra"]
    text = (folder / path).read_text(encoding="utf-8")
    (folder / path).write_text(text.replace(old, new), encoding="utf-8")
    done = run_command(folder, "build", **options)
    assert done.returncode == 0, f"tras editar: estado {done.returncode}: {done.stderr}"
    assert find_differences(folder / PDF, other) == []
    done = run_command(folder, "show", "paper/secciones/rio.yaml:5", **options)
    assert done.returncode == 0, f"show: estado {done.returncode}: {done.stderr}"


def _lay_expected(effort: Effort) -> tuple[Path, Path]:
    base = effort.scratch("donde")
    found = []
    for name in ("uno", "otro"):
        folder = lay_sample(base / name)
        if name == "otro":
            path, old, new = EDITS["palabra"]
            (folder / path).write_text((folder / path).read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
        assert run_command(folder, "build").returncode == 0
        found.append(folder / PDF)
    return found[0], found[1]


def try_names(names: list[str], effort: Effort) -> Row:
    """Build in a folder of each name."""
    trials = Trials("carpetas con nombres raros: construir, repetir, editar y buscar")
    expected, other = _lay_expected(effort)
    base = effort.scratch("nombres")
    for name in names:
        with trials.trial(repr(name), PATIENCE):
            folder = lay_sample(base / name / "informe" if name in {"~", "-rf"} else base / f"{name}")
            try:
                _hold(folder, expected, other)
            finally:
                shutil.rmtree(base / name.split("/")[0], ignore_errors=True)
    return trials.row()


def try_links(effort: Effort) -> Row:
    """Build where the report, or its build, is a link, or what is around it cannot be read."""
    trials = Trials("enlaces, y órdenes dadas desde otro sitio")
    expected, other = _lay_expected(effort)
    base = effort.scratch("enlaces")
    real = lay_sample(base / "real")
    (base / "enlace").symlink_to(real)
    (base / "otro disco").mkdir()
    with trials.trial("el informe es un enlace", PATIENCE):
        _hold(base / "enlace", expected, other)
    shutil.rmtree(real / "build", ignore_errors=True)
    lay_sample(real)
    (real / "build").symlink_to(base / "otro disco")
    with trials.trial("build/ es un enlace a otra carpeta", PATIENCE):
        _hold(real, expected, other)
    inside = lay_sample(base / "dentro")
    with trials.trial("desde una carpeta del informe, sin --project", PATIENCE):
        done = subprocess.run(
            [*COMMAND, "build"],
            cwd=inside / "paper/secciones",
            capture_output=True,
            text=True,
            check=False,
            timeout=PATIENCE,
        )
        assert done.returncode == 0, done.stderr
        assert find_differences(inside / PDF, expected) == []
    gone = lay_sample(base / "relativo")
    with trials.trial("con un nombre relativo", PATIENCE):
        done = subprocess.run(
            [*COMMAND, "build", "--project", "./../relativo"], cwd=gone, capture_output=True, text=True, check=False,
            timeout=PATIENCE,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
    return trials.row()


SETTINGS: dict[str, dict[str, str | None]] = {
    "LC_ALL=C": {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}, "sin HOME": {"HOME": None},
    "HOME que no hay": {"HOME": "/no/hay"}, "TMPDIR que no hay": {"TMPDIR": "/no/hay"}, "MPLBACKEND=x": {"MPLBACKEND": "x"},
    "GVBINDIR=/x": {"GVBINDIR": "/x"}, "SOURCE_DATE_EPOCH=x": {"SOURCE_DATE_EPOCH": "x"}, "SOURCE_DATE_EPOCH=-1": {"SOURCE_DATE_EPOCH": "-1"},
    "TZ=Asia/Tokyo": {"TZ": "Asia/Tokyo"}, "TZ=x": {"TZ": "x"}, "TEXINPUTS": {"TEXINPUTS": "/etc:"}, "BIBINPUTS": {"BIBINPUTS": "/x"},
    "openout_any=a": {"openout_any": "a", "openin_any": "a", "shell_escape": "t"}, "PERL5LIB": {"PERL5LIB": "/x"},
    "GV_FILE_PATH": {"GV_FILE_PATH": "/x"}, "TEXMFHOME": {"TEXMFHOME": "/x"}, "COLUMNS=1": {"COLUMNS": "1"}, "TERM": {"TERM": None},
    "PYTHONOPTIMIZE": {"PYTHONOPTIMIZE": "2"}, "PYTHONWARNINGS=error": {"PYTHONWARNINGS": "error"}, "LANG=tr_TR": {"LANG": "tr_TR.UTF-8"},
    "PYTHONDONTWRITEBYTECODE": {"PYTHONDONTWRITEBYTECODE": "1"}, "max_print_line=40": {"max_print_line": "40"},
    "MPLCONFIGDIR": {"MPLCONFIGDIR": "/dev/null"}, "XDG_CACHE_HOME": {"XDG_CACHE_HOME": "/dev/null"}, "PYTHONHASHSEED=0": {"PYTHONHASHSEED": "0"},
}  # fmt: skip


def try_surroundings(effort: Effort) -> Row:
    """Build with each setting of the environment that a machine may have."""
    trials = Trials("entornos raros")
    expected, other = _lay_expected(effort)
    for name in effort.some([*SETTINGS], least=2):
        environment = {**os.environ}
        for variable, value in SETTINGS[name].items():
            environment.pop(variable, None)
            if value is not None:
                environment[variable] = value
        folder = lay_sample(effort.scratch("entorno"))
        with trials.trial(name, PATIENCE):
            _hold(folder, expected, other, env=environment)
    return trials.row()
