"""A checkout -> the wheel made of it, and an environment that has only that and the libraries that it needs."""

from __future__ import annotations

import os
import shutil
import site
import subprocess
import sys
from pathlib import Path

from reading import ROOT

from imprenta.signing import SECRET, sign

VARIABLES = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "IMPRENTA_ENTORNO")}
PIP = (sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check")


def run(*command: str | Path, folder: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """Run a command that must end well."""
    words = [str(word) for word in command]
    done = subprocess.run(words, cwd=folder, env=VARIABLES, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done


def make_wheel(folder: Path) -> Path:
    """Return the wheel of this checkout, made in a folder that is empty."""
    run(*PIP, "wheel", "--no-index", "--no-deps", "--no-build-isolation", "--wheel-dir", folder, ROOT)
    (found,) = folder.iterdir()
    return found


def install(wheel: Path, folder: Path) -> Path:
    """Return the command of a wheel, installed into a new environment.

    The libraries are those of the environment that runs the tests: nothing is fetched. What Imprenta keeps there for
    all reports is lent too, with the secret by which it knows that for its own: it is not made anew for each one.
    """
    run(sys.executable, "-m", "venv", "--without-pip", folder)
    (packages,) = folder.glob("lib/python*/site-packages")
    (packages / "libraries.pth").write_text("\n".join(site.getsitepackages()), encoding="utf-8")
    ours = Path(sys.prefix)
    (ours / "imprenta").mkdir(exist_ok=True)
    (folder / "imprenta").symlink_to(ours / "imprenta")
    sign(b"")  # there is a secret
    shutil.copy(ours / SECRET, folder)
    run(*PIP, "--python", folder / "bin/python", "install", "--no-index", "--no-deps", wheel)
    return folder / "bin/imprenta"
