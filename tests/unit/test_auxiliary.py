"""What pages wrote for others, read from an .aux as LaTeX writes it."""

from __future__ import annotations

import pytest

from imprenta.typeset.checkpoints.auxiliary import read_labels, read_outline, read_told, renumber, write_known

PAGE = r"""
\BKM@entry{id=7,dest={73656374696F6E2E32},srcline={949}}{5C3337365C3337375C303030325C3030305C3034305C3030304D5C3030305C3335315C303030745C3030306F5C303030645C3030306F}
\@writefile{toc}{\contentsline {section}{\numberline {2}Método {a} 2}{2}{section.2}\protected@file@percent }
\newlabel{seccion:metodo}{{2}{2}{Método \{{x}}{section.2}{}}
\@writefile{lot}{\contentsline {table}{\numberline {2}{\ignorespaces Dos}}{2}{table.2}\protected@file@percent }
\gdef \LT@i {\LT@entry
    {1}{20.0pt}\LT@entry
    {1}{30.0pt}}
"""


def test_the_number_of_a_page_is_changed_where_it_is_told() -> None:
    told = renumber(PAGE, "2", "3")
    assert told is not None
    assert r"{\numberline {2}Método {a} 2}{3}{section.2}" in told
    assert r"{{2}{3}{Método \{{x}}{section.2}{}}" in told
    assert r"{\numberline {2}{\ignorespaces Dos}}{3}{table.2}" in told
    assert renumber(told, "3", "2") == PAGE


@pytest.mark.parametrize("written", [PAGE, r"\newlabel{a}{{1}}", r"\@writefile{toc}{\contentsline {section}{Uno}}"])
def test_what_tells_of_another_page_is_not_changed(written: str) -> None:
    assert renumber(written, "4", "5") is None


def test_the_outline_is_read_in_its_letters() -> None:
    assert read_outline(PAGE) == [("section.2", "2 Método")]
    plain = r"\BKM@entry{id=1,dest={61},srcline={1}}{" + rb"1 \(A\) \\".hex().upper() + "}"
    assert read_outline(plain) == [("a", "1 (A) \\")]


def test_a_job_knows_labels_without_what_nothing_reads() -> None:
    known = write_known(PAGE)
    assert r"\newlabel{seccion:metodo}{{2}{}{}{section.2}{}}" in known
    assert read_labels(known) == read_labels(PAGE)
    assert known.endswith("    {1}{30.0pt}}\n")
    assert "BKM" not in known


def test_the_outline_that_lists_add_to_is_not_read_by_a_later_run() -> None:
    label, line = "\\newlabel{a}{{1}{2}}\n", "\\@writefile{lof}{\\contentsline {figure}{A}{2}{figure.1}}\n"
    entry = "\\BKM@entry{id=1,dest={61},srcline={3}}{41}\n"
    first, second = f"\\checkpointpage\n{label}{line}", f"\\checkpointpage\n{label}{entry}{line}"
    assert read_told(first) == read_told(second) == ["", f"{label}{line}"]
    assert read_told(first) != read_told(second.replace("{2}}", "{3}}", 1))
