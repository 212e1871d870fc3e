"""Labels and headings told before LaTeX writes them, and what is taken for a run that knew what it had to."""

from __future__ import annotations

import pytest
from documents import read_document

from imprenta.render.foreign import READS_MORE
from imprenta.typeset.checkpoints.auxiliary import write_contents
from imprenta.typeset.checkpoints.labels import foresee_labels, labels_held
from imprenta.typeset.checkpoints.trace import read_trace
from imprenta.typeset.whole.contents import foresee_heading

HEADINGS = r"""
\section{Uno}\label{seccion:uno}
\subsection{Uno y \emph{medio}}\label{seccion:medio}
\subsubsection{Más hondo}\label{seccion:hondo}
\addsec{Sin número}
\section[Dos]{Dos}\label{seccion:dos}
\subsection{Dos y medio}\label{seccion:dos-medio}
"""
FLOATS = r"""
\section{Uno}\label{seccion:uno}
\begin{figure}[htbp]
\caption[{Corto}]{Largo}\label{figura:una}
\end{figure}
\label{seccion:otra-vez}
\begin{table}[htbp]
\caption[{Corto}]{Largo}\label{tabla:una}
\end{table}
\begin{longtable}{ll}%
\caption[{Corto}]{Largo}\label{tabla:larga}\\
\endfirsthead
\caption[]{\emph{(continuación)}}\\
\end{longtable}
\begin{figure}[p]
\caption{Otra\footnote{Nota}}\label{figura:otra}
\end{figure}
Texto\footnote{\label{nota:dos}Otra nota}.
"""


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (
            HEADINGS,
            [
                ("seccion:uno", "1", "section.1"),
                ("seccion:medio", "1.1", "subsection.1.1"),
                ("seccion:hondo", "1.1.1", "subsubsection.1.1.1"),
                ("seccion:dos", "2", "section.2"),
                ("seccion:dos-medio", "2.1", "subsection.2.1"),
            ],
        ),
        (
            FLOATS,
            [
                ("seccion:uno", "1", "section.1"),
                ("figura:una", "1", "figure.1"),
                ("seccion:otra-vez", "1", "section.1"),
                ("tabla:una", "1", "table.1"),
                ("tabla:larga", "2", "table.2"),
                ("figura:otra", "2", "figure.2"),
                ("nota:dos", "2", "Hfootnote.2"),
            ],
        ),
        (r"Sin título\label{aquí}", [("aquí", "", "Doc-Start")]),
        ("", []),
    ],
    ids=["headings", "figures, tables and notes", "before any heading", "nothing"],
)
def test_labels_are_counted(rows: str, expected: list[tuple[str, str, str]]) -> None:
    told = [rf"\newlabel{{{label}}}{{{{{number}}}{{}}{{}}{{{name}}}{{}}}}" for label, number, name in expected]
    document = read_document(f"\\begin{{document}}\n{rows}")
    assert foresee_labels(document).splitlines() == told


def label(name: str, number: str, page: str = "", title: str = "", anchor: str = "section.1") -> str:
    return rf"\newlabel{{{name}}}{{{{{number}}}{{{page}}}{{{title}}}{{{anchor}}}{{}}}}" + "\n"


WIDTHS = "\\gdef \\LT@i {\\LT@entry \n    {1}{19.05pt}\\LT@entry \n    {%s}{62.7pt}}\n"


@pytest.mark.parametrize(
    ("read", "written", "held"),
    [
        (label("a", "1"), label("a", "1", "7", r"Uno \{ y \emph {dos}"), True),
        (label("a", "1"), label("a", "2", "7"), False),
        (label("a", "1"), label("a", "1", "7", anchor="section.2"), False),
        (label("a", "1"), label("a", "1") + label("b", "2"), False),
        (label("a", "1") + label("b", "2"), label("a", "1"), False),
        ("", WIDTHS % "1", True),
        ("", WIDTHS % "5", False),
        (WIDTHS % "5", WIDTHS % "5", True),
        (WIDTHS % "1", WIDTHS % "5", False),
        (WIDTHS % "5", WIDTHS % "1", False),
        (WIDTHS % "1", (WIDTHS % "1").replace("62.7", "60.1"), True),
        (WIDTHS % "5", (WIDTHS % "5").replace("62.7", "60.1"), False),
        (WIDTHS % "5", (WIDTHS % "5").replace("19.05", "20.0"), True),
        (WIDTHS % "1", "\\gdef \\LT@i {\\LT@entry \n    {1}{19.05pt}}\n", True),
        (WIDTHS % "5", "\\gdef \\LT@i {\\LT@entry \n    {2}{19.05pt}}\n", False),
        ("", r"\@writefile{toc}{\contentsline {section}{Uno}{1}{section.1}}", True),
    ],
    ids=[
        "another page and title",
        "another number",
        "another link",
        "a label more",
        "a label less",
        "a long table of one width",
        "a long table that grew wider",
        "a long table as it was known",
        "a long table whose later part became the widest",
        "a long table whose later part was the widest",
        "a long table whose first part has another width",
        "a long table whose later part has another width",
        "a long table of which the column of the first part has another width",
        "a long table with a column less",
        "a long table with a column less that grew wider",
        "nothing to know",
    ],
)
def test_a_run_knew_its_labels_or_did_not(read: str, written: str, held: bool) -> None:
    assert labels_held(read, written) is held


def test_labels_may_follow_while_not_everything_is_written() -> None:
    assert labels_held(label("a", "1") + label("b", "2"), label("a", "1"), whole=False)
    assert not labels_held(label("b", "2"), label("a", "1"), whole=False)


@pytest.mark.parametrize(
    "tex",
    [
        r"\pageref{a}",
        r"\autopageref{a}",
        r"\nameref*{a}",
        r"\vref{a}",
        r"\usepackage{lastpage}",
        r"\csname r@a\endcsname",
        r"\getpagerefnumber{a}",
        r"\makeatletter\@@input informe.toc ",
    ],
)
def test_what_reads_more_of_a_label_is_known(tex: str) -> None:
    assert READS_MORE.search(tex)


@pytest.mark.parametrize(
    "tex",
    [
        r"\hyperref[figura:a]{figura~\ref*{figura:a}}",
        r"\begin{tabular}{@{}r@{\quad}l@{}}",
        r"\usebibmacro{pageref}\setunit{\bibpagerefpunct}",
        r"\expandafter\gdef\csname r@#1\endcsname{#2}",
    ],
)
def test_what_reads_a_number_or_nothing_is_let_through(tex: str) -> None:
    assert not READS_MORE.search(tex)


REFERENCES = "\\begin{document}\n\\section{Uno}\n\\checkpoint\n\\addsec{Referencias}\n"


def test_the_heading_of_the_references_is_told_as_latex_writes_it() -> None:
    counters = "section=9,*Hy@linkcounter=7,"
    start = read_trace(f"H|9|SUM|32|{counters}|\\thepage|{{}}|fresh|1,2,----|1").checkpoints[0]
    line = r"\@writefile{toc}{\contentsline {section}{\nonumberline Referencias}{32}{section*.9}}" + "\n"
    assert foresee_heading(read_document(REFERENCES), 3, start) == line
    written = line.replace("}}\n", r"}\protected@file@percent }" + "\n")
    assert write_contents(line) == write_contents(written)
    assert foresee_heading(read_document(REFERENCES.replace("Ref", r"\emph{Ref}")), 3, start) == ""
    assert foresee_heading(read_document(REFERENCES.replace("addsec", "section")), 3, start) == ""
    assert foresee_heading(read_document(REFERENCES), 5, start) == ""
