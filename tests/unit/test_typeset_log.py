"""Logs of LaTeX and biber, as TeX Live 2022 wrote them -> problems."""

from __future__ import annotations

import pytest

from imprenta.problems import Severity, Span
from imprenta.typeset.locate import Locator
from imprenta.typeset.log import asks_for_rerun, printed_words, read_biber_log, read_latex_log

SOURCE = "\\begin{document}\n\\label{seccion:caudal}\\cite{nadie} \\noexiste x\n\\end{document}"

UNDEFINED_COMMAND = """\
./informe.tex:2: Undefined control sequence.
l.2 \\label{seccion:caudal}\\cite{nadie} \\noexiste
                                                   x
The control sequence at the end of the top line
of your error message was never \\def'ed."""

OVERFULL = """\
Overfull \\hbox (49.58418pt too wide) in paragraph at lines 195--196
[]\\T1/lmr/m/n/10.95 (-20) Pi es 3,14159265358979323846264338327950288419716939937510582097494459230781640628.
 []
"""


@pytest.mark.parametrize(
    ("log", "code", "message", "severity"),
    [
        (UNDEFINED_COMMAND, "latex-fallo", "LaTeX no pudo componer el informe: «Undefined control sequence.»", "error"),
        (
            "LaTeX Warning: Citation 'nadie' on page 1 undefined on input line 198.",
            "cita-sin-resolver",
            "la cita «nadie» quedó sin resolver",
            "error",
        ),
        (
            "LaTeX Warning: Citation 'ruiz2020' undefined on input line 160.",
            "cita-sin-resolver",
            "la cita «ruiz2020» quedó sin resolver",
            "error",
        ),
        (
            "LaTeX Warning: Reference `nada' on page 1 undefined on input line 197.",
            "referencia-sin-resolver",
            "la referencia «nada» quedó sin resolver",
            "error",
        ),
        (
            "LaTeX Warning: Label `seccion:caudal' multiply defined.",
            "etiqueta-repetida",
            "la etiqueta «seccion:caudal» está repetida",
            "error",
        ),
        (
            "Missing character: There is no ^^e6 in font ec-lmr10!",
            "caracter-sin-glifo",
            "la letra «ec-lmr10» no tiene el signo «^^e6»",
            "error",
        ),
        (
            OVERFULL,
            "linea-desbordada",
            "una línea sobresale 17,4 mm, cerca de «Pi es 3,141592653589793238462643383279502884197169399375105…»",
            "aviso",
        ),
        (
            "Overfull \\vbox (14.22638pt too high) has occurred while \\output is active []",
            "linea-desbordada",
            "una página sobresale 5,0 mm por abajo",
            "aviso",
        ),
    ],
)
def test_a_line_of_the_log_is_told(log: str, code: str, message: str, severity: str) -> None:
    (problem,) = read_latex_log("(./informe.tex\n" + log, "build/latex/informe.log", Locator(SOURCE))
    assert (problem.code, problem.message, problem.severity.value) == (code, message, severity)
    assert problem.place == Span("build/latex/informe.log", 2)


def test_an_error_quotes_the_source_near_it() -> None:
    (problem,) = read_latex_log(UNDEFINED_COMMAND, "x.log", Locator(SOURCE))
    assert problem.hint == "LaTeX lo notó cerca de «\\label{seccion:caudal}\\cite{nadie} \\noexiste x»"


@pytest.mark.parametrize(
    "line",
    [
        "LaTeX Font Info:    Trying to load font information for T1+lmss on input line 167.",
        "Overfull \\hbox (0.97pt too wide) in paragraph at lines 195--196",
        "Underfull \\hbox (badness 10000) in paragraph at lines 12--14",
        "LaTeX Warning: There were undefined references.",
        "Package biblatex Info: ... file 'biblatex-ieee.cfg' not found.",
        "",
    ],
)
def test_what_harms_nobody_is_not_told(line: str) -> None:
    assert read_latex_log(line, "x.log", Locator(SOURCE)) == []


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("[]\\T1/lmr/m/n/10.95 (-20) Los ges-to-res re-pli-can", "Los gestores replican"),
        ("\\T1/lmtt/m/n/10 kubectl []", "kubectl"),
        ("[]\\T1/lmr/m/n/10.95 $\\OML/lmm/m/it/10.95 Q \\OT1/lmr/m/n/10.95 = \\OML/lmm/m/it/10.95 v$", "Q = v"),
    ],
)
def test_an_overfull_line_is_read_as_printed(line: str, words: str) -> None:
    assert printed_words(line) == words


@pytest.mark.parametrize(
    ("line", "asked"),
    [
        ("LaTeX Warning: Label(s) may have changed. Rerun to get cross-references right.", True),
        ("Package rerunfilecheck Warning: File `informe.out' has changed.\n(rerunfilecheck)   Rerun to get", True),
        ("Package biblatex Warning: Please rerun LaTeX.", True),
        ("LaTeX Warning: There were undefined references.", False),
    ],
)
def test_another_run_is_noticed(line: str, asked: bool) -> None:
    assert asks_for_rerun(line) is asked


BIBER = """\
[0] Config.pm:307> INFO - This is Biber 2.18
[98] Biber.pm:133> INFO - Reading 'informe.bcf'
[130] Utils.pm:411> ERROR - Cannot find 'otra.bib'!
[131] Biber.pm:136> INFO - ERRORS: 1"""


def test_an_error_of_biber_is_told() -> None:
    (problem,) = read_biber_log(BIBER, "x.blg", Locator(""))
    assert (problem.code, problem.place) == ("biber-fallo", Span("x.blg", 3))
    assert problem.message == "biber no pudo preparar las referencias: «Cannot find 'otra.bib'!»"


def test_a_warning_of_biber_is_passed_on() -> None:
    line = "[241] Utils.pm:395> WARN - legacy month field 'mayo' in entry 'ruiz2020' is not an integer"
    (problem,) = read_biber_log(line, "x.blg", Locator(""))
    assert (problem.code, problem.severity) == ("biber-aviso", Severity.WARNING)


def test_a_key_that_biber_does_not_find_is_an_error() -> None:
    line = "[239] Biber.pm:4469> WARN - I didn't find a database entry for 'nadie' (section 0)"
    (problem,) = read_biber_log(line, "x.blg", Locator(""))
    assert (problem.code, problem.severity) == ("cita-sin-resolver", Severity.ERROR)
    assert problem.message == "la cita «nadie» no está en references.bib"
