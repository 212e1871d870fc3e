"""What tests need from npm, installed from a lock file into the folder of the Python environment."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest


def install_locked(source: Path, what: str) -> Path:
    """Return the folder of the packages of a lock file, which are installed if it changed.

    Where there is no npm (a bare Debian) the test is skipped; not in CI, whose proof must be whole.
    """
    npm = shutil.which("npm")
    if npm is None or shutil.which("node") is None:
        if os.environ.get("CI"):
            pytest.fail(f"faltan node y npm, y en CI no se omite: {what}")
        pytest.skip(f"faltan node y npm: no se prueba {what}")
    folder = Path(sys.prefix) / source.name
    lock = (source / "package-lock.json").read_bytes()
    kept = folder / "instalado.json"
    if not kept.is_file() or kept.read_bytes() != lock:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        for name in ("package.json", "package-lock.json"):
            shutil.copy(source / name, folder)
        command = [npm, "ci", "--omit=dev", "--no-audit", "--no-fund", "--ignore-scripts"]
        done = subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8", timeout=100, check=False)
        assert done.returncode == 0, done.stderr
        kept.write_bytes(lock)
    return folder / "node_modules"
