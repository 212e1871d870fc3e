"""A report of all kinds of files, saves of them at given moments of a build, and builds that typeset nothing.

What LaTeX would get is what such a build gives: the .tex with the places of its lines, the bibliography, the figures.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import struct
import time
import zlib
from dataclasses import dataclass, field
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import imprenta.cli.orders
import imprenta.pipeline.drawers
import imprenta.pipeline.session
import imprenta.typeset
from imprenta import cli, reading, up_to_date
from imprenta.pipeline.drawers import Drawing
from imprenta.reading import Reading, Snapshot
from imprenta.typeset import Request, Typeset
from imprenta.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "tests/e2e/sample"
PDF = "build/informe.pdf"


def picture(shade: int) -> bytes:
    """Return a PNG of one grey pixel, always of the same size."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        [chunk(b"IHDR", head), chunk(b"IDAT", zlib.compress(bytes([0, shade]), 0)), chunk(b"IEND", b"")]
    )


def _sample(path: str, old: str, new: str) -> Callable[[int], bytes]:
    text = (SAMPLE / path).read_text()
    assert old in text, path
    return lambda version: text.replace(old, new.replace("@", str(version))).encode()


def _section(version: int) -> bytes:
    text = _sample("paper/secciones/rio.yaml", "Mida el caudal.", "Mida el caudal @.")(version)
    return text + b"      - texto: |\n          La {figura:foto} es gris [@ruiz2020].\n      - figura: foto\n"


def _template(version: int) -> bytes:
    return (ROOT / "templates/seccion.tex.j2").read_bytes() + f"Pie {version}.\n".encode()


FILES: dict[str, Callable[[int], bytes]] = {
    "paper/secciones/rio.yaml": _section,
    "paper/tablas/caudal.yaml": _sample("paper/tablas/caudal.yaml", "Medido en mayo.", "Medido el @ de mayo."),
    "paper/datos/aforo.yaml": _sample("paper/datos/aforo.yaml", "12.5", "12.@"),
    "paper/informe.yaml": _sample("paper/informe.yaml", "afluentes", "afluentes @"),
    "paper/vocabulario.txt": lambda version: f"{'Guadalete' if version % 2 else 'Guadalupe'}\n".encode(),
    "references.bib": _sample("references.bib", "Caudales del sur", "Caudales del sur @"),
    "figures/estaciones.yaml": _sample("figures/estaciones.yaml", "titulo: Arcos", "titulo: Arcos @"),
    "figures/curva.yaml": _sample("figures/curva.yaml", "antes y ahora", "antes y ahora @"),
    "figures/curva.py": _sample("figures/curva.py", '"Año"', '"Año @"'),
    "figures/foto.yaml": lambda version: f"pie: Foto {version}\nalternativa: Un gris.\nimagen: foto.png\n".encode(),
    "figures/foto.png": picture,
    "templates/seccion.tex.j2": _template,
}
"""What each file says in a version, of two figures; all versions of a file have the same size."""


@dataclass(frozen=True)
class Save:
    """A save of a file: its version, how it is saved, at which moment of the build, and how many moments it takes."""

    path: str
    version: int
    form: str
    moment: int
    length: int

    def steps(self, root: Path) -> list[tuple[int, Callable[[], object]]]:
        """Return what is done, with the moments."""
        path, data = root / self.path, FILES[self.path](self.version)
        end = self.moment + self.length
        beside = path.with_name(f".{path.name}.nuevo")

        def rename() -> None:
            beside.write_bytes(data)
            beside.rename(path)

        return {
            "entero": [(self.moment, lambda: path.write_bytes(data))],
            "nombre": [(self.moment, rename)],
            "mitades": [
                (self.moment, lambda: path.write_bytes(data[: len(data) // 2])), (end, lambda: path.write_bytes(data)),
            ],
            "vacío": [(self.moment, lambda: path.write_bytes(b"")), (end, lambda: path.write_bytes(data))],
            "borrado": [(self.moment, lambda: path.unlink(missing_ok=True)), (end, lambda: path.write_bytes(data))],
        }[self.form]  # fmt: skip


FORMS = ("entero", "nombre", "mitades", "vacío", "borrado")


@dataclass
class Moments:
    """Counts the moments of a build, in copies of the process too, and does at each what is due, once in all."""

    marks: Path
    steps: list[tuple[int, Callable[[], object]]] = field(default_factory=list)
    count: int = 0

    def begin(self, steps: list[tuple[int, Callable[[], object]]]) -> None:
        shutil.rmtree(self.marks, ignore_errors=True)
        self.marks.mkdir()
        self.steps = sorted(steps, key=lambda step: step[0])
        self.count = 0

    def pass_by(self) -> None:
        self.count += 1
        self._do_until(self.count)

    def end(self) -> None:
        """Do what is left."""
        self._do_until(1 << 30)
        self.steps = []

    def _do_until(self, moment: int) -> None:
        for number, (due, action) in enumerate(self.steps):
            if due > moment:
                return
            try:
                os.close(os.open(self.marks / str(number), os.O_CREAT | os.O_EXCL))
            except FileExistsError:
                continue
            action()


def watch_moments(moments: Moments, patch: pytest.MonkeyPatch) -> None:
    """Let moments pass before and after whatever a build does with files."""

    def around(owner: Any, name: str) -> None:
        real = getattr(owner, name)

        @wraps(real)
        def call(*arguments: Any, **options: Any) -> Any:
            moments.pass_by()
            try:
                return real(*arguments, **options)
            finally:
                moments.pass_by()

        patch.setattr(owner, name, call)

    for owner, names in {
        Reading: ("read",), Snapshot: ("read",), reading: ("list_folder",),
        Workspace: ("hash_files", "is_file", "list_files", "write", "start_worker", "hold_worker"),
        imprenta.cli.orders: ("take_stamps", "note_up_to_date"), imprenta.typeset: ("typeset_document",),
    }.items():  # fmt: skip
        for name in names:
            around(owner, name)


class _Nothing:
    """Does nothing, whatever it is asked for."""

    def __init__(self, *arguments: Any, **options: Any) -> None: ...

    def __getattr__(self, name: str) -> Callable[..., None]:
        return lambda *arguments, **options: None


class _Pool(_Nothing):
    """No engine waits in it."""

    def __init__(self, workspace: Workspace, *, spare: bool = True) -> None:
        self.workspace, self.spare = workspace, spare


def typeset_nothing(patch: pytest.MonkeyPatch) -> None:
    """Let builds give back what they would draw and typeset from."""

    def draw(_workspace: Workspace, order: Any) -> Drawing:
        return Drawing(repr((order.figure, order.program, order.values)).encode(), 100.0, 100.0)

    def typeset(request: Request, _hooks: Any) -> Typeset:
        drawn = {name: hashlib.sha256(data).hexdigest() for name, data in sorted(request.files.items())}
        given = [request.document.source, request.places.dumps(), request.bibliography_file.decode(), drawn]
        pdf = json.dumps(given, indent=0).encode()
        request.workspace.write("build/latex/informe.pdf", pdf)
        return Typeset(pdf, (), 1, 1, 1)

    patch.setattr(imprenta.pipeline.drawers, "_draw", draw)
    patch.setattr(imprenta.pipeline.drawers, "_load_drawers", lambda *arguments, **options: None)
    patch.setattr(imprenta.typeset, "typeset_document", typeset)
    patch.setattr(imprenta.typeset, "prepare_typesetting", _Nothing)
    patch.setattr(imprenta.pipeline.session, "EnginePool", _Pool)


def write_report(root: Path, version: int = 11) -> None:
    for path, make in FILES.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(make(version))


def copy_files(source: Path, target: Path) -> None:
    """Copy the author's files, and nothing that was made of them."""
    shutil.rmtree(target, ignore_errors=True)
    for path in FILES:
        if (source / path).exists():
            (target / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source / path, target / path)


def let_settle() -> None:
    """Wait until a file that is saved gets another time than those that were."""
    time.sleep(1.5 * up_to_date.FINE / 1e9)


def build(root: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, list[Any], bytes | None]:
    """Build as the command does; return its status, what it said and what it made."""
    capsys.readouterr()
    status = cli.main(["build", "--format", "json", "--project", str(root)])
    said = capsys.readouterr()
    assert status in (0, 1), said.err
    pdf = (root / PDF).read_bytes() if status == 0 else None
    return status, json.loads(said.out)["problemas"], pdf
