"""Every form of name, date, key and field that biblatex documents -> a reference that says it, in all styles."""

from __future__ import annotations

import re
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest
from laws import build_text, check, lay_case, write_files
from reading import run_here

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(shutil.which("biber") is None, reason="needs TeX")

IEEE = """
    5 de mar. de 2001 | Mes», mar. de 2001 | 5-7 de mar. de 2001 | ser. LNCS 1234, 30 de mar.-2 de abr. de 2001
    30 de dic. de 2001-2 de ene. de 2002 | Incierta, 2001? | ca. 1980 | 1990-1999 | ver. 2001 | 44 a. C.
    Macro, mar. de 2001 | 7 de mar. de 2001 | Cadena, mar. de 2001 | Prensa, en prensa
    L. van Beethoven y J. de la Cruz Jr. | Instituto de Aguas, A. Ruiz y L. Ibáñez | J. P. von Hasselblatt et al.
    arXiv: 1706.03762 [cs.CL] | Charla, Diapositivas, 2018, Editorial Sur | Libro (Colección Río). Edisur, 2019, cap. 3
    doi: 10.1000/182 | 2021, ed. por B. Cid | en Madre, A. Luz, ed. | Heredera, Nota heredada, 2006
    Según Ruiz [24], Suma [25] y Tilde [27], con lugar [24, sec. 2], [28] | [24]-[26] | Fuentes: [24], [25]
    (consultado el 2 de ene. de 2026)
"""
APA = """
    (2001, 5 de marzo) | (2001, marzo). Mes | (2001, 5-7 de marzo) | (2001, 30 de marzo-2 de abril) | LNCS
    (2001, 30 de diciembre-2002, 2 de enero) | [2001?] | [ca. 1980] | (1990-1999) | (2001, verano) | (44 a. C.)
    (2001, 7 de marzo) | (en prensa) | (2001-presente) | Consultado el 2 de enero de 2026
    van Beethoven, L. y de la Cruz, J., Jr. | Instituto de Aguas, Ruiz, A. e Ibáñez, L. | von Hasselblatt, J. P., et al.
    arXiv: 1706.03762 [cs.CL] | Diapositivas. Editorial Sur | Colección Río. Cap. 3. | https://doi.org/10.1000/182
    B. Cid, Ed. | En A. Luz (Ed.), Madre. | [Nota heredada] | Según Ruiz (2020), Suma (2001) y Tilde (2001)
    (Ruiz, 2020, sec. 2; Luz, 2005)
"""


VANCOUVER = """
    1. Uno A. Día [Internet]. 2001 mar. 5 [citado 2026 ene. 2]. Disponible en: https://example.org/1.
    Mes [Internet]. 2001 mar. Disponible
    2001 mar. 5-2001 mar. 7 | 2001 dic. 30-2002 ene. 2 | Incierta. 2001? | Ca. 1980 | 1990-1999 | Ver. 2001 | 44 a. C.
    En: Actas. LNCS 1234. 2001 mar. 30-2001 abr. 2 | Cadena. 2001 mar. | En prensa
    Van Beethoven L, de la Cruz | Instituto de Aguas, Ruiz A, Ibáñez L. Entidad
    Von Hasselblatt JP, et al.
    arXiv: 1706.03762 [cs.CL] | Diapositivas. 2018. Editorial Sur | Colección Río. Edisur; 2019. Cap. 3
    doi: 10.1000/182 | Informe. Inf. téc. Centro; 2021. | Ed. por Cid B | En: Madre.
    Heredera. Nota heredada. 2006
    Ruiz E. Clave de ADS. Revista. 2020;3. | Según Ruiz [24], Suma [25] y Tilde [27], con lugar [24, sec. 2; 28]
    [24-26]
"""
CHICAGO = """
    Uno, A. 2001. «Día». 5 de marzo de 2001. Consultado el 2 de enero de 2026. https://example.org/1.
    Incierta. | 1990-1999. | 44 a. C. | En Actas | LNCS
    Beethoven, Ludwig van, y Juan de la Cruz Jr. 2002. Partículas. | Instituto de Aguas, Ana Ruiz y Luis Ibáñez. 2003.
    arXiv: 1706.03762 [cs.CL] | Diapositivas | Editorial Sur | Colección Río. Edisur. Cap. 3 | https://doi.org/10.1000/182
    En Madre, editado por A. Luz | Nota heredada | Revista 3. | Según E. Ruiz (2020), Suma (2001) y Tilde (2001)
    (E. Ruiz 2020, sec. 2; Luz 2005)
"""


def squeeze(text: str) -> str:
    return re.sub(r"\s", "", text)


def missing(wanted: str, text: str) -> list[str]:
    said = squeeze(text)
    return [piece for line in wanted.strip().splitlines() for piece in line.split("|") if squeeze(piece) not in said]


def lay_forms(folder: Path, style: str) -> Path:
    lay_case("bib-formas", folder)
    report = (folder / "paper/informe.yaml").read_text("utf-8")
    return write_files(folder, {"paper/informe.yaml": re.sub(r"estilo_citas: .*", f"estilo_citas: {style}", report)})


@pytest.mark.tex
def test_all_forms_in_the_numeric_style(tmp_path: Path) -> None:
    folder = lay_forms(tmp_path, "ieee")
    text = build_text(folder)
    assert missing(IEEE, text) == []
    assert "doi.org/https" not in text
    assert check(folder).codes() == {"bib-doi"}
    # A key with signs leads from the PDF to its entry and back.
    shown = run_here("show", "references.bib:24", project=folder)
    page, x, y, *_ = re.findall(r"[\d.]+", shown.stdout)
    where = run_here("where", page, str(float(x) + 30), str(float(y) + 4), project=folder)
    assert "references.bib:24" in where.stdout
    links = subprocess.run(["pdfinfo", "-dests", str(folder / "build/informe.pdf")], capture_output=True, text=True)
    assert "cite.0@2019A+26+A...622A..93A" in links.stdout


@pytest.mark.tex
def test_all_forms_in_the_style_of_apa(tmp_path: Path) -> None:
    assert missing(APA, build_text(lay_forms(tmp_path, "apa"))) == []


@pytest.mark.tex
@pytest.mark.proof
@pytest.mark.parametrize(("style", "wanted"), [("vancouver", VANCOUVER), ("chicago", CHICAGO)])
def test_all_forms_in_other_styles(style: str, wanted: str, tmp_path: Path) -> None:
    assert missing(wanted, build_text(lay_forms(tmp_path, style))) == []
