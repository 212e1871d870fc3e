"""Other words of headings and of a document -> the outline and the data of its PDF."""

from __future__ import annotations

import io

import pikepdf
import pytest
from pikepdf import Dictionary, Name, String

from imprenta.typeset.pdf.outline import read_titles, set_data, set_titles

TITLES = {"section.1": "1 Uno", "subsection.1.1": "1.1 Dentro", "section.2": "2 Dos", "section*.3": "Tres"}


def make() -> pikepdf.Pdf:
    """Make a PDF with an outline as pdfTeX writes it: one entry below another, actions that lead to names."""
    document = pikepdf.new()
    document.add_blank_page()
    with document.open_outline() as outline:
        items = {name: pikepdf.OutlineItem(title, action=lead(document, name)) for name, title in TITLES.items()}
        items["section.1"].children.append(items.pop("subsection.1.1"))
        outline.root.extend(items.values())
    document.docinfo.Title = "Antes"
    document.docinfo.Author = "Quien escribe"
    return document


def lead(document: pikepdf.Pdf, name: str) -> Dictionary:
    action = document.make_indirect(Dictionary(S=Name.GoTo, D=String(name)))
    assert isinstance(action, Dictionary)
    return action


def reread(document: pikepdf.Pdf) -> pikepdf.Pdf:
    result = io.BytesIO()
    document.save(result)
    return pikepdf.open(result)


def test_each_entry_is_found_by_the_name_it_leads_to() -> None:
    assert read_titles(reread(make())) == TITLES


def test_only_the_titles_that_are_given_change() -> None:
    document = reread(make())
    set_titles(document, {"subsection.1.1": "1.1 Más «adentro»: 猫", "section*.3": "(Otro) \\ título"})
    changed = TITLES | {"subsection.1.1": "1.1 Más «adentro»: 猫", "section*.3": "(Otro) \\ título"}
    assert read_titles(reread(document)) == changed


@pytest.mark.parametrize("name", ["section.9", "section*.3"])
def test_a_name_that_leads_to_no_entry_or_from_two_changes_nothing(name: str) -> None:
    document = make()
    document.Root.Outlines.Last.Prev.A = lead(document, "section*.3")
    with pytest.raises(LookupError):
        set_titles(document, {"section.1": "Otro", name: "Otro"})
    assert read_titles(document)["section.1"] == "1 Uno"


def test_a_document_without_outline_has_no_titles() -> None:
    document = pikepdf.new()
    assert read_titles(document) == {}
    with pytest.raises(LookupError):
        set_titles(document, {"section.1": "Otro"})


def test_the_data_that_are_not_given_stay() -> None:
    document = make()
    set_data(document, {"/Title": "Después: así"})
    changed = reread(document)
    assert (str(changed.docinfo.Title), str(changed.docinfo.Author)) == ("Después: así", "Quien escribe")
