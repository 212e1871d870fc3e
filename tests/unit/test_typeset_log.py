"""Logs of LaTeX and biber, as TeX Live 2022 wrote them -> problems."""

from __future__ import annotations

from dataclasses import replace

import pytest
from documents import read_document

from imprenta.bibliography import Bibliography
from imprenta.bibliography.reading import read_syntax
from imprenta.model.source_map import mark, unmark
from imprenta.problems import Severity, Span
from imprenta.typeset.engine.locate import Locator
from imprenta.typeset.engine.log import (
    asks_for_rerun,
    decode_output,
    interrupted_place,
    printed_words,
    read_biber_log,
    read_latex_log,
)
from imprenta.typeset.engine.messages import Message, read_messages, write_messages


def read_bib(text: str) -> Bibliography:
    return read_syntax(text, "references.bib")[0]


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
            "la letra «ec-lmr10» no tiene el signo «æ»",
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
    (problem,) = read_latex_log("(./informe.tex\n" + log, "build/latex/informe.log", Locator(read_document(SOURCE)))
    assert (problem.code, problem.message, problem.severity.value) == (code, message, severity)
    assert problem.place == Span("paper/informe.yaml")  # nothing tells it better
    assert problem.related == ((Span("build/latex/informe.log", 2), "lo que dijo LaTeX"),)


def test_an_error_quotes_the_source_near_it() -> None:
    (problem,) = read_latex_log(UNDEFINED_COMMAND, "x.log", Locator(read_document(SOURCE)))
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
    assert read_latex_log(line, "x.log", Locator(read_document(SOURCE))) == []


def test_the_letters_of_a_box_are_those_that_are_printed() -> None:
    assert decode_output(b"l.2 \xc3\xa9\n[]\\T1/lmr/m/n/10.95 \xbeEstaci\xf3n o a\xf1o? \x80") == (
        "l.2 é\n[]\\T1/lmr/m/n/10.95 ¿Estación o año? \ufffd"
    )


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
        (
            "Package biblatex Warning: Please (re)run Biber on the file:\n(biblatex)                informe\n"
            "(biblatex)                and rerun LaTeX afterwards.\n",
            False,  # that is told by what biblatex wrote for biber
        ),
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
    (problem,) = read_biber_log(BIBER, "x.blg", Locator())
    assert (problem.code, problem.place) == ("biber-fallo", Span("references.bib"))
    assert problem.related == ((Span("x.blg", 3), "lo que dijo biber"),)
    assert problem.message == "biber no pudo preparar las referencias: «Cannot find 'otra.bib'!»"


def test_a_warning_of_biber_is_passed_on() -> None:
    line = "[241] Utils.pm:395> WARN - something about the month field in entry 'ruiz2020'"
    (problem,) = read_biber_log(line, "x.blg", Locator())
    assert (problem.code, problem.severity) == ("biber-aviso", Severity.WARNING)


def test_what_the_checks_have_told_is_not_told_by_biber_again() -> None:
    lines = (
        "[241] Utils.pm:395> WARN - legacy month field 'mayo' in entry 'ruiz2020' is not an integer - this will …\n"
        "[241] Utils.pm:395> WARN - ISBN '123' in entry 'ruiz2020' is invalid - run biber with '--validate_datamodel'\n"
    )
    assert read_biber_log(lines, "x.blg", Locator()) == []


def test_a_key_that_biber_does_not_find_is_an_error() -> None:
    line = "[239] Biber.pm:4469> WARN - I didn't find a database entry for 'nadie' (section 0)"
    (problem,) = read_biber_log(line, "x.blg", Locator())
    assert (problem.code, problem.severity) == ("cita-sin-resolver", Severity.ERROR)
    assert problem.message == "la cita «nadie» no está en references.bib"


PLACED = [
    (r"\begin{document}", ("templates/documento.tex.j2", 3)),
    (r"\section{Caudales", ("paper/secciones/rio.yaml", 1)),
    (r"de æ}\label{seccion:rio}", ("paper/secciones/rio.yaml", 2)),
    (r"\begin{figure}[p]", ("templates/figura.tex.j2", 5)),
    (r"\caption[{Red}]{Red de aforo}\label{figura:red}", ("figures/red.yaml", 4)),
    (r"\end{figure}", ("templates/figura.tex.j2", 9)),
    (r"\begin{quote}", ("templates/seccion.tex.j2", 7)),
    (r"\textbf{", ("templates/seccion.tex.j2", 8)),
    (r"Una frase larga", ("paper/secciones/rio.yaml", 9)),
    (r"", ("templates/seccion.tex.j2", 11)),
    (r"\end{document}", ("templates/documento.tex.j2", 20)),
]
# A template's brace opens on the row on which the author's words begin.
MARKED = "\n".join(mark(Span(*place)) + row for row, place in PLACED).replace("\\textbf{\n", "\\textbf{")
TEX, PLACES = unmark(MARKED)
OURS, OUR_PLACES = unmark(
    "\n".join(
        mark(Span(*place)) + row
        for row, place in [
            (r"\begin{document}", ("templates/documento.tex.j2", 3)),
            (r"\section{Caudales}", ("paper/secciones/rio.yaml", 1)),
            (r"\checkpoint", ("templates/seccion.tex.j2", 2)),
            (r"\begin{figure}[p]", ("templates/figura.tex.j2", 5)),
            (r"\caption[{Red}]{Red de aforo}\label{figura:red}", ("figures/red.yaml", 4)),
            (r"\end{figure}", ("templates/figura.tex.j2", 9)),
            (r"\checkpoint", ("templates/seccion.tex.j2", 2)),
            (r"\includegraphics{figuras/red.png}", ("figures/red.yaml", 7)),
            (r"Una frase", ("paper/secciones/rio.yaml", 9)),
            (r"\checkpoint", ("templates/seccion.tex.j2", 2)),
            (r"\end{document}", ("templates/documento.tex.j2", 20)),
        ]
    )
)
BIB = "@book{ruiz2020,\n  author = {Ruiz},\n  month  = {mayo},\n}\n"


@pytest.mark.parametrize(
    ("log", "place", "message"),
    [
        (
            "LaTeX Warning: Float too large for page by 20.0pt on input line 6.",
            ("figures/red.yaml", 4),
            "una figura o tabla es 7,0 mm más alta que la página",
        ),
        (
            "Missing character: There is no ^^e6 in font ec-lmss10!",
            ("paper/secciones/rio.yaml", 2),
            "la letra «ec-lmss10» no tiene el signo «æ»",
        ),
        (
            "Runaway argument?\n{Una frase larga \\par \n"
            "./informe.tex:9: Paragraph ended before \\textbf was complete.\n"
            "<to be read again> \n                   \\par \nl.9 \n",
            ("templates/seccion.tex.j2", 8),
            "LaTeX no pudo componer el informe: «Paragraph ended before \\textbf was complete.»",
        ),
        (
            "./informe.tex:10: LaTeX Error: \\begin{quote} on input line 7 ended by \\end{document}.\n"
            "l.10 \\end{document}\n",
            ("templates/seccion.tex.j2", 7),
            "LaTeX no pudo componer el informe: "
            "«LaTeX Error: \\begin{quote} on input line 7 ended by \\end{document}.»",
        ),
        (
            "(./informe.tex (/usr/share/tex/a.sty (/usr/share/tex/b.cfg)) (./informe.aux)\n[1] [2\n"
            "./informe.tex:4: LaTeX Error: Too many unprocessed floats.\nl.4 \\begin{figure}\n                  [p]\n",
            ("templates/figura.tex.j2", 5),
            "LaTeX no pudo componer el informe: «LaTeX Error: Too many unprocessed floats.»",
        ),
        (
            "./informe.tex:8: TeX capacity exceeded, sorry [main memory size=5000000].\n\\x ->a\n      \\x \n"
            "l.8 \\textbf{\n          Una frase larga\n",
            ("templates/seccion.tex.j2", 8),
            "LaTeX no pudo componer el informe: «TeX capacity exceeded, sorry [main memory size=5000000].»",
        ),
        (
            "./informe.tex:2: LaTeX Error: File `noexiste.tex' not found.\nl.2 \\section{Caudales\n"
            "./informe.tex:2: Emergency stop.\nl.2 \\section{Caudales\n",
            ("paper/secciones/rio.yaml", 1),
            "LaTeX no pudo componer el informe: «LaTeX Error: File `noexiste.tex' not found.»",
        ),
    ],
)
def test_a_message_stands_at_the_author_s_line(log: str, place: tuple[str, int], message: str) -> None:
    (problem,) = read_latex_log(log, "build/latex/informe.log", Locator(read_document(TEX), PLACES, read_bib(BIB)))
    assert (problem.place.path, problem.place.line) == place
    assert problem.message == message
    assert problem.related[0][0].path == "build/latex/informe.log"


@pytest.mark.parametrize(
    ("log", "place"),
    [
        # what a template of ours made is told at the author's words in the same block, before it or after it
        ("./informe.tex:4: LaTeX Error: Too many unprocessed floats.\nl.4 \\begin{figure}\n", ("figures/red.yaml", 4)),
        ("./informe.tex:6: Undefined control sequence.\nl.6 \\end{figure}\n", ("figures/red.yaml", 4)),
        ("./informe.tex:10: Undefined control sequence.\nl.10 \\checkpoint\n", ("paper/secciones/rio.yaml", 9)),
        ("./informe.tex:1: Undefined control sequence.\nl.1 \\begin{document}\n", ("paper/secciones/rio.yaml", 1)),
        # of what stands in a file of LaTeX's own, or nowhere, only how far LaTeX had come is known
        ("./informe.aux:4: Undefined control sequence.\nl.4 \\BKM@entry\n", ("figures/red.yaml", 7)),
        (
            "./informe.toc:4: Undefined control sequence.\nl.4 ...tsline {section}{Caudales",
            ("paper/secciones/rio.yaml", 1),
        ),
        ("./informe.bbl:1: Undefined control sequence.\nl.1 \\x\n", ("references.bib", 1)),
        ("! Emergency stop.\n", ("figures/red.yaml", 7)),
        (
            "Runaway argument?\n{Red de aforo\\label {figura:red} \\ETC.\n"
            "! File ended while scanning use of \\caption.\n",
            ("figures/red.yaml", 4),
        ),
        # pdfTeX names the file that it could not take
        ("!pdfTeX error: pdflatex (file ./figuras/red.png): libpng: internal error\n", ("figures/red.yaml", 7)),
        ("LaTeX Warning: Reference `nada' on page 1 undefined on input line 4.\n", ("figures/red.yaml", 4)),
    ],
)
def test_no_place_in_a_template_of_ours_is_told(log: str, place: tuple[str, int]) -> None:
    locator = Locator(read_document(OURS), OUR_PLACES, read_bib(BIB), own_templates=frozenset(), reached=7)
    (problem,) = read_latex_log(log, "build/latex/informe.log", locator)
    assert (problem.place.path, problem.place.line) == place
    own = replace(locator, own_templates=frozenset({"templates/figura.tex.j2"}))
    (blamed,) = read_latex_log(log, "build/latex/informe.log", own)
    assert blamed.place.path in (place[0], "templates/figura.tex.j2")


CONTENTS = """\
(./informe.tex (./informe.toc

Overfull \\hbox (20.0pt too wide) in paragraph at lines 9--9
[]\\T1/lmr/m/n/10.95 1.1) Cau-da-les de
 []

[2]
Overfull \\hbox (20.0pt too wide) in paragraph at lines 7--7
[]\\T1/lmr/m/n/10.95 (Red de afo-ro []
 []

)
Overfull \\hbox (20.0pt too wide) in paragraph at lines 8--9
[]\\T1/lmr/m/n/10.95 Una frase
 []
"""


def test_a_line_of_a_list_of_contents_is_its_heading_s() -> None:
    locator = Locator(read_document(TEX), PLACES, read_bib(BIB))
    for log in (CONTENTS, write_messages(read_messages(CONTENTS))):
        places = [problem.place for problem in read_latex_log(log, "a", locator)]
        assert [(place.path, place.line) for place in places] == [
            ("paper/secciones/rio.yaml", 1),
            ("figures/red.yaml", 4),
            ("paper/secciones/rio.yaml", 9),
        ]


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("https : / / rios . example / larguisimo", ("references.bib", 5)),
        ("https : / / example", ("templates/documento.tex.j2", 2)),
    ],
)
def test_a_line_of_the_list_of_references_is_its_entry_s(words: str, place: tuple[str, int]) -> None:
    url = "https://rios.example/larguisimo"
    bibliography = BIB + f"@online{{mar,\n  url = {{{url}}},\n}}\n@online{{rio,\n  url = {{https://example}},\n}}\n"
    marked = mark(Span("templates/documento.tex.j2", 2)) + "\\printbibliography[title=Referencias]"
    tex, places = unmark(f"\\begin{{document}}\n{marked}")
    log = f"Overfull \\hbox (20.0pt too wide) in paragraph at lines 2--2\n[]\\T1/lmtt/m/n/10 {words}\n []\n"
    (problem,) = read_latex_log(log, "a", Locator(read_document(tex), places, read_bib(bibliography)))
    assert (problem.place.path, problem.place.line) == place


def test_an_interruption_tells_how_far_latex_had_come() -> None:
    log = "./cuerpo.tex:8: Interruption.\nl.8 \\textbf{Una\n              frase\n? \n./cuerpo.tex:8: Emergency stop."
    place = interrupted_place(log, "cuerpo", Locator(read_document(TEX), PLACES))
    assert place is not None
    assert (place.path, place.line) == ("paper/secciones/rio.yaml", 9)
    assert interrupted_place("todo bien", "cuerpo", Locator(read_document(TEX), PLACES)) is None


def test_biber_names_the_field() -> None:
    line = "[241] Utils.pm:395> WARN - something about the month field in entry 'ruiz2020'"
    (problem,) = read_biber_log(line, "x.blg", Locator(bibliography=read_bib(BIB)))
    assert (problem.place.path, problem.place.line, problem.place.column) == ("references.bib", 3, 3)


def test_what_is_kept_of_a_log_tells_the_same_problems_however_much_is_said_between_them() -> None:
    float_message = "LaTeX Warning: Float too large for page by 17.5pt on input line 60."
    long = f"(./informe.tex\nLaTeX Font Info: trying\n{OVERFULL}[3]\ncheckpoint 263\n\n{float_message}\n[4]\n"
    short = f"{OVERFULL}{float_message}\n"
    locator = Locator(read_document("\n" * 200))
    kept = write_messages(read_messages(long))
    assert [message.rows for message in read_messages(short)] == [message.rows for message in read_messages(kept)]
    assert read_latex_log(kept, "a", locator) != []
    told = [[(problem.code, problem.message) for problem in read_latex_log(log, "a", locator)] for log in (long, kept)]
    assert told[0] == told[1]


def test_messages_move_with_their_places() -> None:
    def overfull(lines: str, words: str) -> str:
        return f"Overfull \\hbox (20.0pt too wide) in paragraph at lines {lines}\n[]\\T1/lmr/m/n/10 {words}\n []\n"

    body = (
        f"{overfull('2--3', 'antes')}(./body.toc\n{overfull('7--7', 'indice')})\n"
        f"checkpoint 10\n{overfull('12--13', 'uno')}"
        f"checkpoint 20\n{overfull('21--21', 'dos')}checkpoint 30\n"
        "LaTeX Warning: Float too large for page by 9.0pt on input line 31.\n"
        "Overfull \\vbox (14.0pt too high) has occurred while \\output is active []\n"
    )
    kept = write_messages(read_messages(body) + read_messages(overfull("40--40", "fuente"), 40))
    moved = [message.move(2) for message in read_messages(kept) if message.after >= 30]
    assert moved == [
        Message(32, ("LaTeX Warning: Float too large for page by 9.0pt on input line 33.",)),
        Message(32, ("Overfull \\vbox (14.0pt too high) has occurred while \\output is active []",)),
        *read_messages(overfull("42--42", "fuente"), 42),
    ]
    assert read_messages(kept)[1].move(2).rows[1] == "Overfull \\hbox (20.0pt too wide) in paragraph at lines 7--7"


def test_a_float_is_told_by_its_caption_from_inside_it_alone() -> None:
    locator = Locator(read_document(TEX), PLACES, read_bib(BIB))
    caption = locator.at(5)
    assert caption is not None
    assert caption == locator.float_ending(6)
    assert locator.float_ending(7) == locator.at(7) != caption
