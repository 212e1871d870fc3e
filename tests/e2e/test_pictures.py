"""Pictures as people have them are placed upright and no larger than they are, or refused at their figure's line."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from laws import build, check, lay_case, write_files


def _place(folder: Path, figures: dict[str, str]) -> Path:
    """Lay the pictures over the sound report and place a figure for each, with more lines after its `imagen:`."""
    lay_case("pictures", folder)
    blocks = "".join(f"  - figura: {id}\n" for id in figures)
    told = ", ".join(f"{{figura:{id}}}" for id in figures)
    section = f"titulo: Prueba\ncontenido:\n  - texto: Véanse {told} [@ruiz2020].\n{blocks}"
    data = {f"figures/{id}.yaml": f"pie: P\nalternativa: x\nimagen: {rest}\n" for id, rest in figures.items()}
    return write_files(folder, {"paper/secciones/prueba.yaml": section, **data})


@pytest.mark.tex
def test_pictures_are_placed_as_they_are_seen(tmp_path: Path) -> None:
    figures = {"exif": "exif.jpg", "gif": "g.gif\nancho: 4", "webp": "w.webp", "uno": "dpi1.png", "nombre": "ñ a.jpg"}
    if shutil.which("rsvg-convert"):
        figures["svg"] = "v.svg"
    folder = _place(tmp_path, figures)
    shutil.copy(folder / "figures/dpi1.png", folder / "figures/ñ a.jpg")  # a PNG, whatever it is called
    assert build(folder).problems == ()
    listed = subprocess.run(["pdfimages", "-list", folder / "build/informe.pdf"], capture_output=True, text=True).stdout
    sizes = [tuple(map(int, line.split()[3:5])) for line in listed.splitlines() if line.split()[2:3] == ["image"]]
    assert sizes[0][0] < sizes[0][1]  # the photograph stands
    assert len(sizes) == 5


def test_what_cannot_be_placed_is_told_at_its_line(tmp_path: Path) -> None:
    figures = {
        "cortada": "cortada.png", "vacia": "vacia.png", "cifrado": "cifrado.pdf", "fuera": "fuera.png",
        "carpeta": "figures/w.webp", "otra": "C:\\dir\\w.webp", "mal": "vv.svg", "pagina": "dpi1.png\npagina: 2",
    }  # fmt: skip
    folder = _place(tmp_path, figures)
    write_files(tmp_path.parent, {"ajena.png": (folder / "figures/dpi1.png").read_bytes()})
    (folder / "figures/fuera.png").symlink_to(tmp_path.parent / "ajena.png")
    run = check(folder)
    told = {problem.path: (problem.line, problem.code) for problem in run.problems}
    assert told == {
        "figures/cortada.yaml": (3, "imagen-ilegible"),
        "figures/vacia.yaml": (3, "imagen-ilegible"),
        "figures/cifrado.yaml": (3, "imagen-ilegible"),
        "figures/fuera.yaml": (3, "archivo-ilegible"),
        "figures/carpeta.yaml": (3, "archivo-ilegible"),
        "figures/otra.yaml": (3, "archivo-ilegible"),
        "figures/mal.yaml": (3, "archivo-ilegible"),
        "figures/pagina.yaml": (3, "valor-fuera-de-limites"),
    }
    hints = {problem.path: problem.hint for problem in run.problems}
    assert hints["figures/carpeta.yaml"] == hints["figures/otra.yaml"] == "escriba «w.webp»"
    assert hints["figures/mal.yaml"] == "¿«v.svg»?"
