"""Programs of plots become drawings with the document's letters, or problems at the author's own line."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import textwrap
import zlib
from pathlib import Path
from typing import Any

import pytest

from imprenta.figures.plots import drawing as plot
from imprenta.figures.plots import letters as letters_module
from imprenta.figures.plots import run
from imprenta.figures.plots.canvas import rehearse
from imprenta.figures.plots.drawing import PlotDrawing, draw_plot
from imprenta.figures.plots.inputs import mark_input
from imprenta.figures.plots.letters import find_face
from imprenta.figures.plots.style import shown_texts
from imprenta.model.figure import PlotFigure
from imprenta.model.page import PAGE
from imprenta.model.part import PlacedDict
from imprenta.model.text import Text
from imprenta.pipeline.drawers import plot_size
from imprenta.problems import Problem, Severity, Span
from imprenta.workspace import Workspace

PATH = "figures/prueba.py"
DATA: dict[str, dict[str, float | list[float]]] = {"costos": {"hora": 0.5, "tamanos": [1.0, 3.0, 5.0]}}


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("plots")


def make_figure(height: str = "5") -> PlotFigure:
    path = "figures/prueba.yaml"
    content = PlacedDict(Span(path))
    words = {"pie": "Prueba", "grafica": "prueba.py", "alternativa": "Una línea", "alto": height}
    for line, (key, word) in enumerate(words.items(), start=1):
        content[key] = Text(word, path, ((0, line, 10),))
    return PlotFigure.model_validate(content)


def draw(body: str, cache: Path, **options: Any) -> tuple[PlotDrawing | None, list[Problem]]:
    program = "def dibujar(ejes, datos):\n" + textwrap.indent(textwrap.dedent(body).strip("\n"), "    ") + "\n"
    return draw_whole(program, cache, **options)


def draw_whole(program: str, cache: Path, **options: Any) -> tuple[PlotDrawing | None, list[Problem]]:
    workspace = options.pop("workspace", Workspace(cache))
    drawing, problems = draw_plot(
        make_figure(), program, PATH, DATA, width_pt=300.5, workspace=workspace, cache_folder=cache, **options
    )
    if (
        "plot(" not in program and "# plot" not in program and "ejes.p" not in program
    ):  # these draw nothing but a text, or labels of ticks
        problems = [problem for problem in problems if problem.code != "datos-sin-dibujar"]
    return drawing, problems


def good(body: str, cache: Path) -> PlotDrawing:
    drawing, problems = draw(body, cache)
    assert problems == []
    assert drawing is not None
    return drawing


def sole(problems: list[Problem]) -> Problem:
    assert len(problems) == 1, problems
    return problems[0]


def streams(pdf: bytes) -> list[bytes]:
    found = []
    for content in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL):
        try:
            found.append(zlib.decompress(content))
        except zlib.error:
            continue
    return found


def letters(pdf: bytes) -> str:
    """Return every character that the fonts of a PDF say they set (their ToUnicode tables), in order."""
    found: set[str] = set()
    for content in streams(pdf):
        if b"beginbfrange" in content:
            for group in re.findall(rb"<[0-9a-f]+> <[0-9a-f]+>\s*\n?\[(.*?)\]", content):
                found.update(
                    bytes.fromhex(word.decode()).decode("utf-16-be") for word in re.findall(rb"<(.*?)>", group)
                )
    return "".join(sorted(found))


def labels(body: str, cache: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return what the ticks of the vertical axis say once the plot is drawn."""
    kept: list[Any] = []
    spell = run.spell_axes
    monkeypatch.setattr(run, "spell_axes", lambda figure, locale: (spell(figure, locale), kept.append(figure.axes[0])))
    good(body, cache)
    return [label.get_text() for label in kept[0].yaxis.get_ticklabels() if label.get_text()]


def test_the_size_is_exact(cache: Path) -> None:
    drawing = good("ejes.plot(datos['costos']['tamanos'])\nejes.set_xlabel('Tamaño')", cache)
    box = re.search(rb"/MediaBox \[ ?([\d. ]+) ?\]", drawing.pdf)
    assert box is not None
    assert [float(word) for word in box[1].split()] == pytest.approx([0, 0, 300.5, 5 * 72 / 2.54], abs=0.01)
    assert (drawing.width, drawing.height) == pytest.approx((300.5, 5 * 72 / 2.54))


def test_the_size_is_known_before_it_is_drawn(cache: Path) -> None:
    figure = make_figure("7")
    width, height = plot_size(figure, PAGE)
    program = "def dibujar(ejes, datos):\n    ejes.plot([1, 2], [1, 2])\n"
    drawn, _ = draw_plot(figure, program, PATH, {}, width_pt=width, workspace=Workspace(cache), cache_folder=cache)
    assert drawn is not None
    assert (drawn.width, drawn.height) == (width, height)


def test_text_stays_text_in_embedded_truetype(cache: Path) -> None:
    drawing = good("ejes.set_xlabel('Año ñandú ≤ 5', style='italic')\nejes.set_title('Q', weight='bold')", cache)
    assert b"/Type3" not in drawing.pdf
    assert b"/FontFile2" in drawing.pdf
    assert set("Añondú≤5Q") <= set(letters(drawing.pdf))
    names = set(re.findall(rb"/FontName /[A-Z]{6}\+([\w-]+)", drawing.pdf))
    if find_face((False, False)) is not None:
        assert {b"LMSans8-Regular", b"LMSans8-Oblique", b"LMSans10-Bold"} <= names
    for content in streams(drawing.pdf):
        assert not content.startswith(b"OTTO"), "cubic outlines under the label of TrueType"


@pytest.mark.parametrize(
    "body",
    [
        "ejes.plot([1, 2], [3, 9], label='Línea')\nejes.legend(loc='best')\nejes.set_ylabel('Dos\\nlíneas')",
        "ejes.bar(['uno con muchas letras', 'dos'], [1, 2])\nejes.tick_params(axis='x', rotation=60)",
        "otro = ejes.twinx()\notro.plot([1, 2], [1e7, 3e7])\nejes.set_yscale('log')\nejes.plot([1, 2], [1, 1000])",
        "ejes.figure.colorbar(ejes.imshow([[1, 2], [3, 4]]), ax=ejes, label='Color')\nejes.set_title('Título')",
        "ejes.set_aspect('equal')\nejes.plot([0, 9], [0, 1])\nejes.annotate('aquí', (9, 1), (3, 0.2))",
        "ejes.figure.set_layout_engine('tight')\nejes.plot([1, 2], [3, 9])\nejes.set_xlabel('Año')",
        "ejes.figure.set_layout_engine('none')\nejes.plot([1, 2], [3, 9])",
        "dentro = ejes.inset_axes([0.6, 0.1, 0.3, 0.3])\ndentro.plot([1, 2], [5, 3])\nejes.plot([1, 2], [3, 9])",
    ],
    ids=["legend", "turned", "twins", "colours", "aspect", "tight", "none", "inside"],
)
def test_a_plot_that_is_drawn_once_is_laid_out_as_one_that_is_drawn_twice(
    body: str, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    once = good(body, cache).pdf
    undated = dict.fromkeys(("CreationDate", "Creator", "Producer"))
    monkeypatch.setattr(run, "save_plot", lambda canvas, file: canvas.savefig(file, format="pdf", metadata=undated))
    assert good(body, cache).pdf == once


def test_a_rehearsal_changes_nothing_of_what_is_drawn_after_it(cache: Path) -> None:
    import matplotlib

    body = "ejes.plot([1, 2.5], [3, 4.25], label='curva')\nejes.legend()"
    before, settings = good(body, cache), dict(matplotlib.rcParams)
    rehearse.__wrapped__(cache)
    assert dict(matplotlib.rcParams) == settings
    assert good(body, cache) == before


def test_the_same_bytes_in_another_process(cache: Path, tmp_path: Path) -> None:
    body = "ejes.plot([1, 2], [3, 9], label='Línea')\nejes.legend()\nejes.fill_between([1, 2], [1, 2], hatch='//')"
    first = good(body, cache).pdf
    assert good(body, cache).pdf == first
    script = tmp_path / "draw.py"
    script.write_text(
        f"import sys, runpy\nfrom pathlib import Path\nmodule = runpy.run_path({str(Path(__file__))!r})\n"
        f"sys.stdout.buffer.write(module['good']({body!r}, Path({str(cache)!r})).pdf)\n",
        encoding="utf-8",
    )
    root = Path(plot.__file__).parents[3]
    environment = {**os.environ, "PYTHONHASHSEED": "7", "PYTHONPATH": str(root), "LC_ALL": "C", "TZ": "Asia/Tokyo"}
    environment["SOURCE_DATE_EPOCH"] = "basura"
    done = subprocess.run([sys.executable, str(script)], env=environment, capture_output=True, check=True, timeout=100)
    assert done.stdout == first


def test_matplotlib_heeds_nothing_that_the_user_has_set(cache: Path) -> None:
    program = "import os, sys; from pathlib import Path; from imprenta.figures.plots import style\n"
    program += "style.open_matplotlib(Path(sys.argv[1])); print(os.environ['MPLBACKEND'])"
    root = Path(plot.__file__).parents[3]
    environment = {**os.environ, "PYTHONPATH": str(root), "MPLBACKEND": "nada", "MATPLOTLIBRC": "/no/hay"}
    command = [sys.executable, "-c", program, str(cache)]
    done = subprocess.run(command, env=environment, capture_output=True, check=False, timeout=100)
    assert (done.returncode, done.stdout) == (0, b"nada\n"), done.stderr


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("ejes.set_ylim(0, 2)", ["0,0", "0,5", "1,0", "1,5", "2,0"]),
        ("ejes.set_ylim(-4000, 12000)\nejes.set_yticks([-4000, 4000, 12000])", ["−4000", "4000", "12\u202f000"]),
        ("ejes.set_yscale('log')\nejes.set_ylim(0.01, 1e5)\nejes.set_yticks([0.01, 1, 1e5])",
         ["0,01", "1", "100\u202f000"]),
        ("ejes.set_yticks([0, 0.5])\nejes.yaxis.set_major_formatter('{x:.1f} s')", ["0,0 s", "0,5 s"]),
        ("ejes.set_yticks([0, 1], ['nada', '1.10'])", ["nada", "1.10"]),
    ],
)  # fmt: skip
def test_numbers_of_axes_are_spanish(
    body: str, expected: list[str], cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert labels(body, cache, monkeypatch) == expected


DATES = "import datetime as dt, matplotlib.dates as md\nejes.plot([dt.date(2024, 1, 3), dt.date(2024, 8, 9)], [1, 2])\n"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("ejes.bar_label(ejes.bar([1, 2], [1.25, 1234567.5]))", ["1,25", "1\u202f234\u202f567,5"]),
        ("ejes.bar_label(ejes.bar([1, 2], [1.25, 12345]), fmt='{:,.1f} s')", ["1,2 s", "12\u202f345,0 s"]),
        ("ejes.bar_label(ejes.bar([1], [2]), fmt=lambda value: '1.5')", ["1.5"]),
        ("ejes.bar_label(ejes.bar([1], [2]), labels=['v1.5'])", ["v1.5"]),
        ("ejes.pie([2, 5], labels=['a', 'b'], autopct='%1.1f%%')", ["28,6%", "71,4%"]),
        ("ejes.plot([1, 2], label=0.5)\nejes.legend()", ["0,5"]),
        ("ejes.text(0, 0, 0.25)\nejes.text(1, 1, '0.25')\nejes.plot([0, 1])", ["0,25", "0.25"]),
        (DATES + "ejes.xaxis.set_major_formatter(md.DateFormatter('%d %b %A'))", ["01 ene lunes", "01 ago jueves"]),
        (DATES, ["ene 2024", "ago 2024"]),
        (DATES + "ejes.xaxis.set_major_formatter(md.ConciseDateFormatter(ejes.xaxis.get_major_locator()))", ["feb"]),
        ("ejes.plot([1, 2], [1e5, 3.5e6])\nejes.ticklabel_format(axis='y', style='sci', scilimits=(0, 0))", ["×10⁶"]),
        ("ejes.plot([1, 2, 3], [1e9 + 1, 1e9 + 2, 1e9 + 3])\nejes.ticklabel_format(useOffset=True)", ["+10⁹"]),
        ("ejes.loglog([1, 1e20], [0.5, 500])", ["$\\mathdefault{10^{0}}$", "$\\mathdefault{10^{18}}$", "100", "1"]),
        ("import matplotlib.ticker as t\nejes.plot([0.1, 0.5])\n"
         "ejes.yaxis.set_major_formatter(t.PercentFormatter(1, decimals=1))", ["20,0\u202f%"]),
        ("import matplotlib.ticker as t\nejes.plot([0, 2500])\nejes.yaxis.set_major_formatter(t.EngFormatter('Hz'))",
         ["1,5 kHz"]),
        ("import numpy as np\nx, y = np.mgrid[-1:1:9j, -1:1:9j]\nejes.clabel(ejes.contour(x, y, x * x + y * y))",
         ["1,25"]),
        ("import numpy as np\nejes.figure.colorbar(ejes.imshow(np.arange(9).reshape(3, 3) / 4))", ["1,5"]),
        ("ejes.plot([1, 2])\nejes.set_xlabel('Costo (US$) y (COP$)')\nejes.set_ylabel('$5 y $6')", ["$5 y $6"]),
    ],
)  # fmt: skip
def test_what_matplotlib_writes_is_spanish(
    body: str, expected: list[str], cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = {text.get_text() for text in shown_texts(drawn_canvas(body, cache, monkeypatch))}
    assert set(expected) <= said
    assert "$5 y $6" not in said or "Costo (US$) y (COP$)" in said


def drawn_canvas(body: str, cache: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    kept: list[Any] = []
    monkeypatch.setattr(run, "check_plot", lambda _run, canvas, width, height: kept.append(canvas))
    good(body, cache)
    return kept[0]


def test_money_is_no_mathematics(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for words, is_set in {
        "Costo (US$) y (COP$)": False, "$5 y $6": False, "$5-$7": False, "CO$_2$ y m$^2$": True, "$x$": True,
        "R$^2$ = $0{,}9$": True, "US$ 5": False,
    }.items():  # fmt: skip
        canvas = drawn_canvas(f"ejes.plot([1, 2])\nejes.set_xlabel({words!r})", cache, monkeypatch)
        assert canvas.axes[0].xaxis.label.get_parse_math() is is_set, words
    monkeypatch.undo()
    for words in ("US$ 5 y $x_1$ y US$ 6", "US$ 5 o $x_1$"):
        _, problems = draw(f"ejes.plot([1, 2])\nejes.set_xlabel({words!r})", cache)
        assert "hay dinero y fórmulas" in sole(problems).message
    _, problems = draw(r"ejes.plot([1, 2])" + "\n" + r"ejes.set_xlabel('$\\frac{1}{2$')", cache)
    assert "la fórmula de «$\\frac{1}{2$» no se entiende" in sole(problems).message


@pytest.mark.parametrize(
    ("body", "kept"),
    [
        ("ejes.plot(range(12), [1, 3, 2, 5, 4, 6, 8, 7, 9, 11, 10, 12])", None),
        ("ejes.plot(np.linspace(0, 9, 40), np.sin(np.linspace(0, 9, 40)))", None),
        ("ejes.plot(np.linspace(0, 9, 400), np.sin(np.linspace(0, 9, 400)))", 0.09),
        ("ejes.plot(np.linspace(0, 9, 400), np.sin(np.linspace(0, 9, 400)), 'o')", None),
        ("ejes.plot(np.linspace(0, 9, 400), np.sin(np.linspace(0, 9, 400)), 'o-')", None),
        ("ejes.plot(np.linspace(0, 9, 400), np.sin(np.linspace(0, 9, 400)), linestyle='')", None),
    ],
)
def test_no_marker_is_dropped_but_from_dense_curves(
    body: str, kept: float | None, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    canvas = drawn_canvas(f"import numpy as np\n{body}", cache, monkeypatch)
    assert canvas.axes[0].lines[0].get_markevery() == kept


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("ejes.plot([], [])", "no enseña ningún dato"), ("pass  # plot", "no enseña ningún dato"),
        ("ejes.plot([1, 2], [float('nan')] * 2, label='Río')", "no se dibuja «Río»"),
        ("ejes.scatter([1, 2], [float('nan')] * 2)  # plot", "no se dibuja una serie"),
        ("ejes.bar(['a'], [float('nan')])  # plot", "no se dibuja una serie"),
        ("ejes.plot([1, 2, 3], [1, float('inf'), 3])", "valores infinitos"),
        ("ejes.plot([1], [2], '-')", "no se ve"), ("ejes.plot([1, 2, 3], [1, float('nan'), 3], '-')", "no se ve"),
        ("ejes.plot([1, 2, 3], [0, 0, 0])\nejes.set_yscale('log')", "3 de 3 valores"),
        ("ejes.bar([1, 2], [0, 5])  # plot\nejes.set_yscale('log')", "1 de 2 valores"),
        ("ejes.bar(['Categoría muy larga número %d' % i for i in range(8)], range(8))", "se montan unos sobre otros"),
    ],
)  # fmt: skip
def test_data_that_is_not_seen_and_crowded_labels_are_told(body: str, words: str, cache: Path) -> None:
    drawing, problems = draw(body, cache)
    assert drawing is not None
    assert words in sole(problems).message


@pytest.mark.parametrize(
    "body",
    [
        "ejes.plot([1], [2])", "ejes.plot([1, 2], [5, 5])", "ejes.plot([1, 2], [0, 0])", "ejes.axhline(3)  # plot",
        "ejes.plot([1, 2, 3, 4, 5], [1, 2, float('nan'), 3, 4], '-')", "ejes.hist([1.5, 1.5])  # plot",
        "ejes.bar(['a', 'b'], [0, 0])  # plot", "ejes.boxplot([[1, 2, 3], [2, 3, 9]])  # plot",
        "ejes.fill_between([1, 2], [1, 3])  # plot", "ejes.pie([1, 2])  # plot", "ejes.hist2d([1, 2], [1, 2])  # plot",
        "ejes.bar(['Categoría %d' % i for i in range(8)], range(8))\nejes.tick_params(axis='x', rotation=45)",
        "ejes.quiver([0, 1], [0, 1], [1, 1], [1, 0])  # plot", "ejes.stem([1, 2], [1, 3])  # plot",
        "ejes.set_axis_off()\nejes.inset_axes((0, 0, 1, 1)).plot([1, 2])", "ejes.step([1, 2], [1, 3])  # plot",
    ],
)  # fmt: skip
def test_nothing_is_said_of_what_is_seen(body: str, cache: Path) -> None:
    good(body, cache)


@pytest.mark.parametrize(
    ("body", "line", "message", "hint"),
    [
        ("x = 1\nejes.plot(datos['costos']['hroa'])", 3, "«costos» no tiene un valor «hroa»", "¿«hora»?"),
        ("datos['costo']", 2, "no se pidió el archivo «costo»", "¿«costos»?"),
        ("x = 1\ny = 2 / 0", 3, "la función de la gráfica falló: «ZeroDivisionError: division by zero»", ""),
        ("import sys\nsys.exit(3)", 3, "la función de la gráfica falló: «SystemExit: 3»", ""),
        ("raise ValueError", 2, "la función de la gráfica falló: «ValueError»", ""),
        ("def f(n): return f(n)\nf(1)", 2,
         "la función de la gráfica falló: «RecursionError: maximum recursion depth exceeded»", ""),
        ("x = (", 2, "el programa no se entiende: «'(' was never closed»", ""),
        ("ejes.yaxis.set_major_formatter(lambda v, p: str(1 / 0))", 2,
         "la función de la gráfica falló: «ZeroDivisionError: division by zero»", ""),
    ],
)  # fmt: skip
def test_what_fails_is_told_at_its_line(body: str, line: int, message: str, hint: str, cache: Path) -> None:
    drawing, problems = draw(body, cache)
    problem = sole(problems)
    assert drawing is None
    assert (problem.code, problem.severity) == ("grafica-fallida", Severity.ERROR)
    assert (problem.message, problem.hint) == (message, hint)
    assert (problem.place.path, problem.place.line) == (PATH, line)
    assert problem.related[0][0] == Span("figures/prueba.yaml", 2, 10, 2, 19)


@pytest.mark.parametrize(
    ("program", "hint"),
    [
        ("", "se esperaba: def dibujar(ejes, datos):"),
        ("def dibuja(ejes, datos):\n    pass\n", "¿«dibuja»?"),
        ("dibujar = 3\n", "se esperaba: def dibujar(ejes, datos):"),
    ],
)
def test_a_program_without_the_function(program: str, hint: str, cache: Path) -> None:
    drawing, problems = draw_whole(program, cache)
    assert drawing is None
    assert (sole(problems).code, sole(problems).hint) == ("grafica-sin-funcion", hint)


def test_an_endless_function_is_ended(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plot, "MAX_SECONDS", 0.3)
    drawing, problems = draw("while True:\n    try:\n        x = 1\n    except Exception:\n        pass", cache)
    assert drawing is None
    assert sole(problems).code == "grafica-fallida"
    assert "tarda más de" in sole(problems).message
    assert sole(problems).place.line in range(2, 7)


def test_a_function_that_waits_for_ever_is_ended(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plot, "MAX_WAIT", 0.3)
    _, problems = draw("import time\ntime.sleep(90)", cache)
    assert (sole(problems).code, sole(problems).place.line) == ("grafica-fallida", 3)


def test_small_letters_are_found(cache: Path) -> None:
    body = "ejes.plot([1, 2])\nejes.set_xlabel('$t_1$ y $e^{-x^2}$')\nejes.set_ylabel('Nota', fontsize=6)\n"
    _, problems = draw(body + "ejes.set_title('$a^{b^{c^d}}$')", cache)  # half a letter is as small as in LaTeX
    assert sorted((problem.code, problem.message) for problem in problems) == [
        ("letra-pequena", "«$a^{b^{c^d}}$» sale a 3,3 pt y se esperaban al menos 4,3 pt"),
        ("letra-pequena", "«Nota» sale a 6,0 pt y se esperaban al menos 7 pt"),
    ]


def test_text_outside_is_found(cache: Path) -> None:
    _, problems = draw("t = ejes.text(0.9, 0.5, 'Un rótulo muy largo de verdad')\nt.set_in_layout(False)", cache)
    assert (sole(problems).code, sole(problems).severity) == ("texto-fuera", Severity.WARNING)


@pytest.mark.parametrize("body", ["ejes.set_xlabel('Un gato 猫')", "ejes.set_xlabel('$x$ y 猫', fontsize=10)"])
def test_a_sign_without_a_letter_is_found(body: str, cache: Path) -> None:
    _, problems = draw(body, cache)
    assert {problem.code for problem in problems} == {"letra-ausente"}
    assert problems[0].message == "las letras de la gráfica no tienen el signo «猫»"


def lay(folder: Path, files: dict[str, str]) -> Workspace:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return Workspace(folder)


READS = """
import csv, glob, os, sqlite3
from pathlib import Path
import numpy as np
sys_path = __import__("sys").path
sys_path.insert(0, os.path.dirname(__file__))
import comun

def dibujar(ejes, datos):
    base = Path(__file__).parent
    base.joinpath("a.csv").read_text()
    np.loadtxt("figures/b.csv")
    with open("paper/datos/c.csv") as file:
        list(csv.reader(file))
    os.listdir(base / "serie")
    sqlite3.connect(base / "d.db").close()
    Path(os.environ["TMPDIR_OF_TEST"], "x.txt").write_text("1")
    Path(os.environ["TMPDIR_OF_TEST"], "x.txt").read_text()
    open("/dev/null").close()
    thread = __import__("threading").Thread(target=lambda: open("figures/e.csv").read())
    thread.start()
    thread.join()
    ejes.plot([1, comun.DOS])
"""


def test_what_a_program_opens_is_an_input(
    cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    monkeypatch.setenv("TMPDIR_OF_TEST", str(tmp_path_factory.mktemp("outside")))
    files = {"figures/a.csv": "1", "figures/b.csv": "2", "paper/datos/c.csv": "3", "figures/serie/x": "",
             "figures/d.db": "", "figures/e.csv": "", "figures/comun.py": "DOS = 2"}  # fmt: skip
    workspace = lay(tmp_path, files)
    before = Path.cwd()
    for _ in range(2):  # a module of the project that was imported, and compiled, is an input the second time too
        drawing, problems = draw_whole(READS, cache, workspace=workspace)
        assert (problems, Path.cwd()) == ([], before)
        assert drawing is not None
        assert [name for name, _ in drawing.inputs if name.startswith(("figures/", "paper/"))] == [
            "figures/a.csv", "figures/b.csv", "figures/comun.py", "figures/d.db", "figures/e.csv", "figures/serie/",
            "paper/datos/c.csv",
        ]  # fmt: skip
        assert all(mark_input(workspace, name) == mark for name, mark in drawing.inputs)
    lay(tmp_path, {"figures/a.csv": "7", "figures/serie/y": ""})
    changed = {name for name, mark in drawing.inputs if mark_input(workspace, name) != mark}
    assert changed == {"figures/a.csv", "figures/serie/"}


def test_what_packages_read_is_no_input_wherever_they_are_installed(
    cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`pip install --user` puts them outside of Python's own folders."""
    packages = tmp_path / "casa/.local/lib/site-packages"
    packages.mkdir(parents=True)
    (packages / "ajeno.py").write_text("DOS = int(open(__file__[:-2] + 'txt').read())\n")
    (packages / "ajeno.txt").write_text("2")
    monkeypatch.syspath_prepend(packages)
    workspace = lay(tmp_path / "informe", {"figures/a.csv": "1"})
    drawing, problems = draw("import ajeno\nejes.plot([1, ajeno.DOS])", cache, workspace=workspace)
    assert problems == []
    assert drawing is not None
    assert not [name for name, _ in drawing.inputs if "ajeno" in name]


@pytest.mark.parametrize(
    ("body", "message", "hint"),
    [
        ("open(OUTSIDE).read()", "que no está en figures/ ni en paper/", "ponga el archivo en figures/"),
        ("open('suelto.csv')", "lee «suelto.csv», que no está", "Path(__file__).with_name"),
        ("import urllib.request\nurllib.request.urlopen('http://127.0.0.1:9/')", "lee de la red", "figures/"),
        ("import os\nos.system('true')", "llama a otro programa", "figures/"),
        ("import subprocess\nsubprocess.run(['true'])", "otro programa: «true»", "figures/"),
        ("open('junto.csv')", "FileNotFoundError", "Path(__file__).with_name('junto.csv')"),
    ],
)
def test_what_could_not_be_followed_is_refused_at_its_line(
    body: str, message: str, hint: str, cache: Path, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outside = tmp_path_factory.mktemp("outside") / "f.csv"
    outside.write_text("1", encoding="utf-8")
    workspace = lay(tmp_path, {"suelto.csv": "1", "figures/junto.csv": "1"})
    drawing, problems = draw(f"x = 1\n{body.replace('OUTSIDE', repr(str(outside)))}", cache, workspace=workspace)
    problem = sole(problems)
    assert (drawing, problem.code, problem.place.line) == (None, "grafica-fallida", 3 + body.count("\n"))
    assert message in problem.message
    assert hint in problem.hint


def test_warnings_become_problems_at_their_line(cache: Path, capsys: pytest.CaptureFixture[str]) -> None:
    drawing, problems = draw("import warnings\nprint('hola')\nwarnings.warn('ojo')", cache)
    assert drawing is not None
    assert (sole(problems).code, sole(problems).severity) == ("grafica-aviso", Severity.WARNING)
    assert sole(problems).message == "matplotlib avisa: «ojo»"
    assert sole(problems).place == Span(PATH, 4, 5, 4, 25)
    assert capsys.readouterr() == ("", "")


def test_nothing_outlives_the_call(cache: Path) -> None:
    import matplotlib as mpl
    from matplotlib.axes import Axes

    method = vars(Axes)["bar_label"]
    body = "ejes.plot([1, 2])"
    first = good(body, cache).pdf
    before = dict(mpl.rcParams)
    good("import matplotlib\nmatplotlib.rcParams['font.size'] = 20\nmatplotlib.rcParams['lines.linewidth'] = 9", cache)
    assert dict(mpl.rcParams) == before
    mpl.rcParams["axes.facecolor"] = "red"
    try:
        assert good(body, cache).pdf == first
    finally:
        mpl.rcParams["axes.facecolor"] = before["axes.facecolor"]
    assert plot._MODULE not in sys.modules
    assert vars(Axes)["bar_label"] is method


def test_programs_may_define_dataclasses(cache: Path) -> None:
    program = (
        "from __future__ import annotations\nfrom dataclasses import dataclass\n"
        "@dataclass\nclass Punto:\n    x: float\n"
        "def dibujar(ejes, datos):\n    ejes.plot([Punto(1.0).x, datos['costos']['hora']])\n"
    )
    drawing, problems = draw_whole(program, cache)
    assert (drawing is not None, problems) == (True, [])


def test_a_plot_without_the_documents_letters(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from imprenta.figures.plots import letters

    monkeypatch.setattr(letters, "LETTERS", "no/such/folder")
    monkeypatch.setattr(letters, "FINDER", "no-such-program")
    drawing = good("ejes.set_xlabel('Año')", cache)
    assert b"DejaVuSans" in drawing.pdf


def test_an_emptied_cache_is_filled_again(cache: Path) -> None:
    body = "ejes.set_title('Otra vez')"
    first = good(body, cache).pdf
    for path in (cache / "letras").iterdir():
        path.unlink()
    assert good(body, cache).pdf == first


@pytest.mark.skipif(find_face((False, False)) is None, reason="looks for the document's letters")
def test_the_letters_are_found_where_another_tex_has_them(
    tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Outside of Debian they stand elsewhere; where they are not at all, that is told."""
    there = letters_module.find_face((False, False))
    assert there is not None
    elsewhere = tmp_path / "trees"
    elsewhere.mkdir()
    for name in letters_module.FACES.values():
        (elsewhere / name).write_bytes((there.parent / name).read_bytes())
    finder = tmp_path / "bin/kpsewhich"
    finder.parent.mkdir()
    finder.write_text(f'#!/bin/sh\ntest -f {elsewhere}/"$1" && echo {elsewhere}/"$1"\n')
    finder.chmod(0o755)
    monkeypatch.setenv("PATH", f"{finder.parent}:{os.defpath}")
    monkeypatch.setattr(letters_module, "LETTERS", "nowhere")
    letters_module._ask_tex.cache_clear()
    found = letters_module.find_face((True, True))
    assert found is not None
    assert found.parent == elsewhere
    assert b"LMSans8-Regular" in good("ejes.plot([1, 2])", cache).pdf
    (elsewhere / "lmsans10-bold.otf").unlink()
    letters_module._ask_tex.cache_clear()
    drawing, problems = draw("ejes.plot([1, 2])", cache)
    letters_module._ask_tex.cache_clear()
    assert drawing is not None
    assert (sole(problems).code, sole(problems).severity) == ("grafica-aviso", Severity.WARNING)
    assert "lmsans10-bold.otf" in sole(problems).message
