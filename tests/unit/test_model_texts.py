"""Models tell their texts by the types of their fields: nothing is printed unchecked, and nothing is left out.

`tests/cases/completo` is a report in which every field of every model is given; each printed text has a word of its own
that begins with «Vq», and what is not printed says «ocult…» (or is a name, a number, a date).
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Annotated

import pytest
from pydantic import Field

from imprenta.calculate import calculate_numbers
from imprenta.check.checks import check_paper
from imprenta.load import load_paper
from imprenta.model import BLOCKS, Block, Figure, Part, Text, TextBlock
from imprenta.model.dates import AccessDate
from imprenta.model.inclusion import IncludeBlock, IncludedSection
from imprenta.model.meaning import Names, Printed, UndeclaredTextError, Unprinted, read_meanings
from imprenta.model.paper import Paper, names_in, reasons_of, walk_holders, walk_texts
from imprenta.model.report import Fragment
from imprenta.model.rubric import CONDITIONS, Demand, SubsectionsDemand, TableDemand
from imprenta.model.table_parts import RowOfCells
from imprenta.pipeline.scope import ReportScope
from imprenta.render import cover_view
from imprenta.workspace import Workspace

ROOT = Path(__file__).resolve().parents[2]
CASES = ROOT / "tests/cases"


REPLACED = {Fragment, IncludeBlock, IncludedSection, RowOfCells}
"""What the loader puts something in the place of."""


def all_models(base: type[Part] = Part) -> list[type[Part]]:
    """Return the models of the engine; the tests make some of their own."""
    found = [model for child in base.__subclasses__() for model in (child, *all_models(child))]
    return [model for model in found if model.__module__.startswith("imprenta.")]


@pytest.fixture(scope="module")
def complete(tmp_path_factory: pytest.TempPathFactory) -> Paper:
    folder = tmp_path_factory.mktemp("completo")
    shutil.copytree(CASES / "_base", folder, dirs_exist_ok=True)
    shutil.copytree(CASES / "completo", folder, dirs_exist_ok=True)
    paper, problems = load_paper(Workspace(folder))
    assert problems == []
    assert paper is not None
    assert check_paper(paper) == []
    return paper


def test_every_model_says_what_becomes_of_each_of_its_texts() -> None:
    models = all_models()
    assert len(models) > 20
    for model in models:
        read_meanings(model)


def test_every_kind_of_block_can_be_written_and_is_in_the_guide() -> None:
    kinds = {model for model in all_models(Block) if not model.__subclasses__()}
    assert kinds == set(BLOCKS.values())
    figures = [model for model in all_models(Figure) if not model.__subclasses__()]
    assert len(figures) > 5
    for kind in (*kinds, *figures):
        assert "__final__" in vars(kind), f"{kind.__name__} is not @final: mypy would not ask what it must answer"
    guide = (ROOT / "docs/guia/datos.md").read_text(encoding="utf-8")
    for key in BLOCKS:
        assert f"- {key}: " in guide, key


def test_every_condition_of_the_rubric_is_in_the_guide() -> None:
    guide = (ROOT / "docs/guia/rubrica.md").read_text(encoding="utf-8")
    for key, name in Demand.keys().items():
        assert name not in CONDITIONS or f"| `{key}: " in guide, key
    for model in (TableDemand, SubsectionsDemand):
        for key in sorted(model.keys()):
            assert f"{key}: " in guide, key


def test_a_field_whose_texts_are_not_declared_is_refused() -> None:
    class Forgetful(Part):
        known: Annotated[Text, Printed("line")] = Field(alias="sabido", description="")
        forgotten: list[Text] = Field(alias="olvidado", description="")

    with pytest.raises(UndeclaredTextError, match=r"Forgetful\.forgotten"):
        read_meanings(Forgetful)


def test_a_field_with_two_meanings_is_refused() -> None:
    class Torn(Part):
        both: Annotated[Text, Printed("line"), Names("cita")] = Field(alias="doble", description="")

    with pytest.raises(UndeclaredTextError, match=r"Torn\.both"):
        read_meanings(Torn)


def test_the_complete_report_has_a_text_of_every_field(complete: Paper) -> None:
    assert complete.rubric is not None
    holders = [*walk_holders([*complete.printed_files(), complete.rubric])]
    for model in all_models():
        if model.__subclasses__() or model in REPLACED or not any(read_meanings(model).values()):
            continue
        own = [holder for holder in holders if type(holder) is model]
        assert own, f"tests/cases/completo has no {model.__name__}"
        for name, meaning in read_meanings(model).items():
            # Any part may have tags; one of them has.
            if meaning is not None and (name != "tags" or model is TextBlock):
                assert any(getattr(holder, name) for holder in own), f"tests/cases/completo: {model.__name__}.{name}"


def test_what_is_printed_has_its_word_and_nothing_else_does(complete: Paper) -> None:
    printed = [placed.text.value for placed in walk_texts(complete)]
    for value in printed:
        assert re.search(r"(?i)vq|^0000-|^[\d.]+$", value), value
        assert "ocult" not in value, value
    words = [word for value in printed for word in re.findall(r"(?i)\bvq\w+", value)]
    assert len(words) > 60
    files = [path for kind in ("yaml", "csv") for path in (CASES / "completo").rglob(f"*.{kind}")]
    files = [path for path in files if path.name != "rubrica.yaml"]
    written = [word for path in files for word in re.findall(r"(?i)\bvq\w+", path.read_text(encoding="utf-8"))]
    # The row's name in the table's waiver is a key, and no text.
    assert sorted([*words, "Vqfila"]) == sorted(written)


def test_names_and_reasons_are_told_apart_from_what_is_printed(complete: Paper) -> None:
    named = [found for file in complete.printed_files() for found in names_in(file)]
    assert {text.value for kind, texts in named if kind == "cita" for text in texts} == {"ruiz2020"}
    assert {text.value for kind, texts in named if kind == "datos" for text in texts} == {"datos"}
    reasons = [text.value for file in complete.printed_files() for text in reasons_of(file)]
    assert len(reasons) > 10
    assert all("ocult" in reason for reason in reasons)


def test_the_cover_is_set_from_the_texts_that_it_tells(complete: Paper) -> None:
    view = cover_view(complete, ReportScope(calculate_numbers(complete.data)[0]), AccessDate())
    set_words = set(re.findall(r"(?i)vq[a-z]+", repr(view)))
    told = {word for placed in walk_texts(complete) if placed.text.path == "paper/informe.yaml"
            for word in re.findall(r"(?i)\bvq\w+", placed.text.value)}  # fmt: skip
    assert set_words == told - {"Vqsigla", "Vqdefine"}, "explained words have lists of their own"


def test_who_answers_for_unprinted_texts_is_known() -> None:
    """A text that nobody prints is a reason, a word of the assignment's, a form or a formula; nothing else may hide."""
    kinds = {
        (model.__name__, name): meaning.kind
        for model in all_models()
        for name, meaning in read_meanings(model).items()
        if isinstance(meaning, Unprinted) and meaning.kind in ("form", "formula") and name != "id"
    }
    assert kinds == {
        **{(model, "language"): "form" for model in ("Listing", "CodeBlock", "CodeFileBlock")},
        ("CodeFileBlock", "lines"): "form",
        ("Quantity", "formula"): "formula",
        ("Quantity", "date"): "form",
        **{(model, "date"): "form" for model in ("Measurement", "Measurements")},
        ("Report", "date"): "form",
        ("Checking", "weights"): "form",
    }
