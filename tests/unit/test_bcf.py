"""The control file of a document is that of its preamble with the keys put in; some make entries depend on others."""

from __future__ import annotations

import pytest

from imprenta.typeset.engine.bcf import Citation, cite_all, has_separate_entries, read_citations, write_control


def control(*rows: str, sorting: str = "none", more: str = "", section: str = "") -> str:
    options = {"labelalpha": "0", "uniquename": "false", "sortingtemplatename": sorting, "maxbibnames": "6"}
    told = "".join(
        f'    <bcf:option type="singlevalued"><bcf:key>{key}</bcf:key><bcf:value>{value}</bcf:value></bcf:option>\n'
        for key, value in options.items()
    )
    return (
        '<bcf:controlfile version="3.9" xmlns:bcf="https://sourceforge.net/projects/biblatex">\n'
        f'  <bcf:options component="biblatex" type="global">\n{told}{more}  </bcf:options>\n'
        '  <bcf:bibdata section="0">\n    <bcf:datasource>references.bib</bcf:datasource>\n  </bcf:bibdata>\n'
        f'  <bcf:section number="0">\n{"".join(rows)}  </bcf:section>\n{section}'
        '  <bcf:sortingtemplate name="none"><bcf:sort order="1"><bcf:sortitem order="1">citeorder</bcf:sortitem>'
        "</bcf:sort></bcf:sortingtemplate>\n</bcf:controlfile>\n"
    )


def option(key: str, value: str) -> str:
    return f'<bcf:option type="singlevalued"><bcf:key>{key}</bcf:key><bcf:value>{value}</bcf:value></bcf:option>\n'


def test_keys_are_put_in_as_latex_writes_them() -> None:
    rows = (
        '    <bcf:citekey order="1" intorder="1" nocite="1">uno</bcf:citekey>\n',
        '    <bcf:citekey order="2" intorder="2" nocite="1">a+26+b:c</bcf:citekey>\n',
    )
    assert write_control(control(), cite_all(["uno", "a+26+b:c"])) == control(*rows)
    assert write_control(control(*rows), cite_all(["uno", "a+26+b:c"])) == control(*rows)
    assert write_control(control(*rows), []) == control()
    cited = '    <bcf:citekey order="3" intorder="2">dos</bcf:citekey>\n'
    assert write_control(control(*rows), [Citation("dos", 3, 2, nocite=False)]) == control(cited)


def row(key: str, more: str = "") -> str:
    return f'    <bcf:citekey order="1" intorder="1"{more}>{key}</bcf:citekey>\n'


def test_the_citations_of_a_control_file_are_read() -> None:
    cited = [
        Citation("uno", 1, 1, nocite=False),
        Citation("a+26+b", 2, 3, nocite=True),
        Citation("uno", 3, 1, nocite=False),
    ]
    assert read_citations(write_control(control(), cited)) == cited
    assert read_citations(control()) == []


@pytest.mark.parametrize(
    "rows",
    [
        (row("*"),),
        (row("s", ' type="set" members="a,b"'),),
        (row("a", ' nocite="1"'), row("a")),
        (row("a"), row("b"), row("a", ' nocite="1"')),
        (row("a &amp; b"),),
    ],
)
def test_citations_of_another_kind_are_left_to_biber(rows: tuple[str, ...]) -> None:
    assert read_citations(control(*rows)) is None


def test_entries_are_separate_in_a_numeric_style_sorted_by_citation() -> None:
    assert has_separate_entries(control())


@pytest.mark.parametrize(
    "text",
    [
        control(sorting="nyt"),
        control(more=option("sortingtemplatename", "nyt")),
        control().replace("sortingtemplatename", "sorting"),
        control().replace("citeorder", "author"),
        control().replace('<bcf:sort order="1">', '<bcf:sort order="1" sort_direction="descending">'),
        control().replace("</bcf:sort>", '<bcf:sortitem order="2">title</bcf:sortitem></bcf:sort>'),
        control().replace('<bcf:sortitem order="1">citeorder</bcf:sortitem>', ""),
        *(
            control(more=option(key, value))
            for key, value in {
                "labelalpha": "1",
                "labeldateparts": "1",
                "labeltitle": "1",
                "uniquename": "full",
                "uniquelist": "minyear",
                "singletitle": "1",
                "uniquework": "1",
            }.items()
        ),
        control(section='  <bcf:section number="1">\n  </bcf:section>\n'),
        control(section='  <bcf:datalist section="0"></bcf:datalist><bcf:datalist section="0"></bcf:datalist>\n'),
        "<bcf:controlfile>",
        "",
    ],
)
def test_whatever_has_biber_look_at_all_entries_is_told(text: str) -> None:
    assert not has_separate_entries(text)
