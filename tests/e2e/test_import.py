"""What people have becomes a report that is checked and built: `imprenta import`. The documents are our own."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Any

import pypandoc
import pytest
import yaml
from laws import build, check
from reading import ROOT, read_text, run_here

PIXEL = ROOT / "tests/cases/completo/figures/oculta.png"
BIB = "@book{ruiz2020, author={Ruiz, Ana}, title={Caudales del sur}, date={2020}, publisher={Universidad}}\n"
MARKDOWN = """---
title: El río y sus caudales
author: [Ana Rojas, Luis Paz Gil]
date: 2020-05-03
bibliography: obras.bib
---

Antes de todo, 3 * 4 y $5[^0].

[^0]: Sin decimales.

Otro párrafo[^9].

[^9]: Otra nota.

# Medidas {#sec:medidas}

El río *sube* en **abril** [@ruiz2020, p. 12] y baja[^1]. Véase la tabla @tbl:c y H~2~O, `a*b`.

[^1]: Según @ruiz2020.

1. uno
2. dos
    - dentro

> Una cita [véase *también* @ruiz2020, p. 3] y [-@ruiz2020].

$$ a = b + \\sqrt{c} $$

## Detalle

```python
x = 1
```

| Mes   | Caudal |
|-------|-------:|
| abril |     12 |

: Los caudales {#tbl:c}

![El puente](fotos/Puente nuevo.png)

![No está](fotos/ninguna.png)

![Fuera](../fuera.png)

<div>Nada ~~raro~~</div>
"""
LATEX = r"""\documentclass{article}
\title{Cosas}\author{Ana Rojas \and Luis Paz}\date{3 de mayo de 2020}
\begin{document}\maketitle
\begin{abstract}El resumen.\end{abstract}
\section{Uno}\label{sec:uno}
Por la ecuación~\eqref{eq:x} y la figura~\ref{fig:foto}, según \cite[p.~3]{ruiz2020}; la sección \ref{sec:uno}.
Lo de \ref{nada} no está; sí las figuras~\ref{fig:foto} y \ref{fig:otra}.
\begin{equation}\label{eq:x} a = b \end{equation}
\begin{align} c &= d \\ e &= f \end{align}
\begin{figure}\includegraphics{foto}\caption{La foto}\label{fig:foto}\end{figure}
\begin{tabular}{lr} A & B \\ \hline \multicolumn{2}{c}{las dos} \\ 1 & 2 \end{tabular}
\input{otro}
\begin{figure}\includegraphics{foto}\caption{La otra}\label{fig:otra}\end{figure}
\begin{thebibliography}{9}\bibitem{ruiz2020} Ruiz, A. Caudales del sur \& otros. 2020.\end{thebibliography}
\end{document}
"""


def bring(document: Path, folder: Path) -> subprocess.CompletedProcess[str]:
    finished = run_here("import", str(document), str(folder))
    assert "Traceback" not in finished.stderr
    return finished


def read(folder: Path, name: str) -> Any:
    return yaml.safe_load((folder / name).read_text(encoding="utf-8"))


@pytest.fixture
def written(tmp_path: Path) -> Path:
    """A document in Markdown, with what it needs beside it, and what it must not reach."""
    place = tmp_path / "documentos"
    (place / "fotos").mkdir(parents=True)
    (place / "rio.md").write_text(MARKDOWN, encoding="utf-8")
    (place / "obras.bib").write_text(BIB, encoding="utf-8")
    shutil.copy(PIXEL, place / "fotos/Puente nuevo.png")
    shutil.copy(PIXEL, tmp_path / "fuera.png")
    return place / "rio.md"


def test_markdown_becomes_data(written: Path, tmp_path: Path) -> None:
    folder = tmp_path / "informe"
    finished = bring(written, folder)
    assert finished.returncode == 0, finished.stderr
    main = read(folder, "paper/informe.yaml")
    assert main["titulo"] == "El río y sus caudales"
    assert main["autores"][1] == {"nombre": "Luis", "apellidos": "Paz Gil"}
    assert (main["fecha"], main["secciones"]) == ("2020-05-03", ["introduccion", "medidas"])
    assert read(folder, "paper/secciones/introduccion.yaml")["contenido"] == [
        {
            "texto": "Antes de todo, 3 \\* 4 y \\$5[^n1].\n\n[^n1]: Sin decimales.\n\n"
            "Otro párrafo[^n2].\n\n[^n2]: Otra nota."
        }
    ]
    text, equation, part = read(folder, "paper/secciones/medidas.yaml")["contenido"]
    assert text["texto"].startswith(
        "El río *sube* en **abril** [@ruiz2020, p. 12] y baja[^n3]. Véase la {tabla:c} y H$_{2}$O, `a*b`."
    )
    assert "[^n3]: Según @ruiz2020." in text["texto"]
    assert "1. uno\n2. dos\n   - dentro" in text["texto"]
    assert text["texto"].endswith("> Una cita [véase también @ruiz2020, p. 3] y [-@ruiz2020].")
    assert equation == {"ecuacion": r"a = b + \sqrt{c}", "numerada": False}
    assert part["apartado"] == "Detalle"
    code, table, picture, *rest = part["contenido"]
    assert code == {"codigo": "x = 1\n", "lenguaje": "python"}
    assert table == {"tabla": "c"}
    assert picture == {"imagen": "puente-nuevo.png", "pie": "El puente"}
    assert rest == [{"texto": "*No está*\n\n*Fuera*\n\nNada raro"}]
    assert read(folder, "paper/tablas/c.yaml") == {
        "titulo": "Los caudales",
        "columnas": [{"titulo": "Mes"}, {"titulo": "Caudal", "alineacion": "derecha"}],
        "filas": [["abril", "12"]],
    }
    assert [path.name for path in (folder / "figures").iterdir()] == ["puente-nuevo.png"]


def test_what_is_lost_is_told_with_its_place(written: Path, tmp_path: Path) -> None:
    told = bring(written, tmp_path / "informe").stdout
    lines = MARKDOWN.splitlines()
    for words, message in (
        ("ninguna.png", "la imagen «fotos/ninguna.png» no está junto al documento"),
        ("fuera.png", "la imagen «../fuera.png» no está junto al documento"),
        ("~~raro~~", "el tachado no se conserva"),
    ):
        number = next(number for number, line in enumerate(lines, 1) if words in line)
        assert f"  rio.md:{number}: {message}" in told


@pytest.mark.tex
def test_what_was_brought_is_built(written: Path, tmp_path: Path) -> None:
    folder = tmp_path / "informe"
    bring(written, folder)
    assert build(folder).status == 0
    words = read_text(folder / "build/informe.pdf")
    for said in (
        "El río sube en abril [1, p. 12]",
        "Según Ruiz [1]",
        "Véase la tabla 1",
        "Los caudales",
        "3 * 4 y $5",
        "Otra nota.",
    ):
        assert said in words


def test_latex_becomes_data(tmp_path: Path) -> None:
    document, folder = tmp_path / "cosas.tex", tmp_path / "informe"
    document.write_text(LATEX, encoding="utf-8")
    shutil.copy(PIXEL, tmp_path / "foto.png")
    finished = bring(document, folder)
    assert finished.returncode == 0, finished.stderr
    main = read(folder, "paper/informe.yaml")
    assert (main["fecha"], main["resumen"]) == ("2020-05-03", "El resumen.")
    assert [author["apellidos"] for author in main["autores"]] == ["Rojas", "Paz"]
    first, one, many, picture, table, *_ = read(folder, "paper/secciones/uno.yaml")["contenido"]
    assert first["texto"].startswith(
        "Por la {ecuacion:x} y la {figura:foto}, según [@ruiz2020, p. 3]; la {seccion:uno}."
    )
    assert "sí las {figura:foto,otra}." in " ".join(first["texto"].split())
    assert one == {"ecuacion": "a = b", "id": "x"}
    assert many["numerada"] is False
    assert many["ecuacion"].startswith(r"\begin{aligned}")
    assert picture == {"imagen": "foto.png", "pie": "La foto", "id": "foto"}
    assert read(folder, f"paper/tablas/{table['tabla']}.yaml")["filas"][0] == [{"celda": "las dos", "columnas": 2}]
    assert "@misc{ruiz2020" in (folder / "references.bib").read_text(encoding="utf-8")
    told = finished.stdout
    assert "cosas.tex:7: la referencia a «nada» no lleva a nada que tenga número" in told
    assert "cosas.tex:12: no se sigue «\\input{otro}»: el archivo no está" in told
    assert check(folder).errors == ()


THESIS = {
    "tesis.tex": r"""\documentclass{book}
\input{ordenes}
\title{Una tesis}\author{Ana Rojas}\date{2020}
\begin{document}
Antes, \input cap/frase y después. % \input{comentado}
\include{cap/uno}
\subfile{cap/dos}
\input{../fuera}\input{/etc/hostname}
\end{document}
""",
    "ordenes.tex": "\\newcommand{\\R}{\\mathbb{R}}\n\\graphicspath{{fotos/}}\n",
    "cap/frase.tex": "la frase % con comentario",
    "cap/uno.tex": "\\chapter{Uno}\nEn $x\\in\\R$.\n\\input{cap/tabla}\n\nFin, \\ref{nada}.\n",
    "cap/tabla.tex": "\\begin{tabular}{l}A\\\\B\\end{tabular}\n\n\\input{cap/uno}\n",
    "cap/dos.tex": "\\begin{document}\n\\chapter{Dos}\nTexto de \\rara{x} cosas.\n\\end{document}\n",
    "../fuera.tex": "Nada.\n",
}


def test_latex_brings_the_files_that_it_takes_in(tmp_path: Path) -> None:
    place, folder = tmp_path / "documentos", tmp_path / "informe"
    (place / "cap").mkdir(parents=True)
    for name, text in THESIS.items():
        (place / name).write_text(text, encoding="utf-8")
    finished = bring(place / "tesis.tex", folder)
    assert finished.returncode == 0, finished.stderr
    assert read(folder, "paper/informe.yaml")["secciones"] == ["introduccion", "uno", "dos"]
    assert read(folder, "paper/secciones/introduccion.yaml")["contenido"] == [{"texto": "Antes, la frase y después."}]
    first, table, last = read(folder, "paper/secciones/uno.yaml")["contenido"]
    assert (first["texto"], last["texto"]) == (r"En $x\in\mathbb{R}$.", "Fin, \\[nada\\].")
    assert read(folder, f"paper/tablas/{table['tabla']}.yaml")["filas"] == [["B"]]
    assert read(folder, "paper/secciones/dos.yaml")["contenido"] == [{"texto": "Texto de cosas."}]
    told = [line.strip() for line in finished.stdout.splitlines()]
    assert {
        "cap/tabla.tex:3: no se sigue «\\input{cap/uno}»: el archivo ya contiene este",
        "tesis.tex:8: no se sigue «\\input{../fuera}»: está fuera de la carpeta del documento",
        "tesis.tex:8: no se sigue «\\input{/etc/hostname}»: está fuera de la carpeta del documento",
        "cap/uno.tex:5: la referencia a «nada» no lleva a nada que tenga número",
        "cap/dos.tex:3: no se entiende «\\rara{x}»",
    } <= {*told}
    assert told[-1].startswith("siga con: cd ")
    assert (folder / ".gitignore").exists()


LISTED = """---
title: Tareas
---

# Uno

- [x] Regar
- [ ] Cosechar

Surco
:   Zanja larga[^1].

    Con otra parte.

[^1]: Para el agua.
"""


def test_tasks_and_terms_become_ours(tmp_path: Path) -> None:
    (tmp_path / "tareas.md").write_text(LISTED, encoding="utf-8")
    finished = bring(tmp_path / "tareas.md", tmp_path / "informe")
    assert finished.returncode == 0, finished.stderr
    assert read(tmp_path / "informe", "paper/secciones/uno.yaml")["contenido"] == [
        {"texto": "- [x] Regar\n- [ ] Cosechar"},
        {
            "terminos": [
                {
                    "termino": "Surco",
                    "texto": "Zanja larga[^n1].\n\nCon otra parte.\n\n[^n1]: Para el agua.",
                }
            ]
        },
    ]


def test_word_becomes_data_with_its_pictures(written: Path, tmp_path: Path) -> None:
    document, folder = written.with_suffix(".docx"), tmp_path / "informe"
    text = MARKDOWN.replace("fotos/Puente nuevo.png", str(written.parent / "fotos/Puente nuevo.png"))
    pypandoc.convert_text(text.partition("![No está]")[0], "docx", "markdown", outputfile=str(document))
    finished = bring(document, folder)
    assert finished.returncode == 0, finished.stderr
    assert read(folder, "paper/informe.yaml")["titulo"] == "El río y sus caudales"
    assert [path.suffix for path in (folder / "figures").iterdir()] == [".png"]
    assert (folder / "figures").joinpath(next((folder / "figures").iterdir())).read_bytes() == PIXEL.read_bytes()
    assert len(list((folder / "paper/tablas").iterdir())) == 1
    assert "*sube*" in (folder / "paper/secciones/medidas.yaml").read_text(encoding="utf-8")


def test_nothing_is_written_over_and_only_what_is_known_is_read(written: Path, tmp_path: Path) -> None:
    folder = tmp_path / "informe"
    folder.mkdir()
    (folder / "mio.txt").write_text("mío", encoding="utf-8")
    assert bring(written, folder).returncode == 2
    assert [path.name for path in folder.iterdir()] == ["mio.txt"]
    (written.parent / "a.odt").write_bytes(b"x")
    finished = bring(written.parent / "a.odt", tmp_path / "otra")
    assert (finished.returncode, "se admiten: .md" in finished.stderr) == (2, True)
    (written.parent / "roto.docx").write_bytes(b"no es un zip")
    finished = bring(written.parent / "roto.docx", tmp_path / "otra")
    assert finished.returncode == 1
    assert not (tmp_path / "otra").exists()
    finished = bring(written.parent / "rios.md", tmp_path / "otra")
    assert (finished.returncode, "¿«rio.md»?" in finished.stderr) == (2, True)


def test_the_example_of_the_guide_is_what_comes_out(tmp_path: Path) -> None:
    guide = (ROOT / "docs/guia/importar.md").read_text(encoding="utf-8")
    given, made = (guide.partition(f"```{kind}\n")[2].partition("```")[0] for kind in ("markdown", "yaml"))
    (tmp_path / "caudales.md").write_text(given, encoding="utf-8")
    (tmp_path / "references.bib").write_text(BIB, encoding="utf-8")
    finished = bring(tmp_path / "caudales.md", tmp_path / "informe")
    assert finished.returncode == 0, finished.stderr
    assert read(tmp_path / "informe", "paper/secciones/medidas.yaml") == yaml.safe_load(made)


MIXED = r"""---
title: Notas de \LaTeX{}
author:
- name: Ana Rojas Gil
  email: ana@example.org
---

\begin{abstract}
Un resumen en *LaTeX*.
\end{abstract}

\section{Uno}

Con \textbf{fuerza}, \textit{cursiva} y \alpha, según @ana y @ruiz2020; $j \in \mio{x}$ y \raro{cosa}.

\begin{itemize}
\item primero
\end{itemize}

- una lista

    | a | b |
    |---|---|
    | 1 | 2[^t] |

> # Dentro
>
> Sigue.

<details><summary>Más</summary>

Agua H<sub>2</sub>O.<br>Fin.

</details>

<table><tr><th>mes</th></tr><tr><td>mayo & junio</td></tr></table>

$$ \mio{y} $$

```nulenguaje
x
```

[^t]: De *prueba*.

[![insignia](https://example.org/x.svg)](https://example.org)
"""


def test_tex_and_html_inside_markdown_are_read(tmp_path: Path) -> None:
    document, folder = tmp_path / "notas.md", tmp_path / "informe"
    document.write_text(MIXED, encoding="utf-8")
    finished = bring(document, folder)
    assert finished.returncode == 0, finished.stdout
    main = read(folder, "paper/informe.yaml")
    assert main["titulo"] == "Notas de LaTeX"
    assert main["autores"] == [{"nombre": "Ana", "apellidos": "Rojas Gil", "correo": "ana@example.org"}]
    assert main["resumen"] == "Un resumen en \\*LaTeX\\*."
    (name,) = main["secciones"]
    text, table, more, *rest = read(folder, f"paper/secciones/{name}.yaml")["contenido"]
    assert text["texto"].startswith(
        r"Con **fuerza**, *cursiva* y $\alpha$, según \@ana y @ruiz2020; `j \in \mio{x}` y ."
    )
    assert "- primero" in text["texto"]
    assert more["texto"].startswith("> **Dentro**\n>\n> Sigue.")
    made = read(folder, f"paper/tablas/{table['tabla']}.yaml")
    assert (made["filas"], made["notas"]) == ([["1", "2[^n1]"]], {"n1": "De *prueba*."})
    assert "Agua H$_{2}$O.\\\nFin." in more["texto"]
    assert read(folder, f"paper/tablas/{rest[0]['tabla']}.yaml")["filas"] == [["mayo & junio"]]
    assert rest[1:] == [
        {"codigo": "\\mio{y}\n", "lenguaje": "latex"},
        {"codigo": "x\n"},
        {"texto": "*insignia*"},
    ]
    assert "title = {ruiz2020}" in (folder / "references.bib").read_text(encoding="utf-8")
    for message in (
        "no se entiende «\\raro{cosa}»", "«@ana» se toma por un nombre", "la fórmula «\\mio{y}» lleva algo",
        "el lenguaje «nulenguaje» no se conoce", "las marcas de HTML no se conservan",
        "queda tras ella", "de cada obra que se cita queda la clave",
    ):  # fmt: skip
        assert message in finished.stdout, finished.stdout


CLASSY = r"""\documentclass{article}
\usepackage{arxiv}
\graphicspath{{fotos/}}
\newcommand{\raro}[1]{}
\title{Boxes}
\author{Rojas, Ana\\ 47120\\ \texttt{ana@example.org} \And Paz, Luis\\ Universidad}
\begin{document}
\keywords{one \and the other}
\section{One}
The table~\ref{t} is that of the paper, and it is in a box of the page: \ajena{esto} is not for us.
\begin{table}
\resizebox{\textwidth}{!}{
\begin{tabular}{l} A \\ B \end{tabular}
}
\caption{In a box}\label{t}
\end{table}
\begin{figure}\includegraphics{foto}\caption{The picture}\end{figure}
\vspace{1cm}
\otra{perdido}
\end{document}
"""


def test_what_classes_of_latex_add_is_taken_over_or_told(tmp_path: Path) -> None:
    document, folder = tmp_path / "caja.tex", tmp_path / "informe"
    document.write_text(CLASSY, encoding="utf-8")
    (tmp_path / "fotos").mkdir()
    shutil.copy(PIXEL, tmp_path / "fotos/foto.png")
    finished = bring(document, folder)
    assert finished.returncode == 0, finished.stdout
    main = read(folder, "paper/informe.yaml")
    assert (main["lengua"], main["keywords"]) == ("en", ["one", "the other"])
    assert main["autores"] == [
        {"nombre": "Ana", "apellidos": "Rojas", "identificacion": {"Código": "47120"}, "correo": "ana@example.org"},
        {"nombre": "Luis", "apellidos": "Paz", "afiliacion": "Universidad"},
    ]
    blocks = read(folder, "paper/secciones/one.yaml")["contenido"]
    assert [set(block) for block in blocks] == [{"texto"}, {"tabla"}, {"imagen", "pie"}]
    assert read(folder, "paper/tablas/t.yaml")["titulo"] == "In a box"
    assert "caja.tex:10: no se entiende «\\ajena{esto}»" in finished.stdout
    assert "caja.tex:19: no se entiende «\\otra{perdido}»" in finished.stdout
    assert "vspace" not in finished.stdout
