"""What LaTeX wrote into its .aux stands among the facts, and nothing else does."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from facts_report import lay_report
from reading import run_here

from imprenta.model.document import Document, load_document
from imprenta.model.facts import Caption, Citation, Footnote, Heading
from imprenta.typeset.checkpoints.auxiliary import read_labels
from imprenta.typeset.checkpoints.labels import foresee_labels

pytestmark = pytest.mark.tex
MENTION = "Según @mora2021, así"


def read_kept(folder: Path) -> tuple[Document, str]:
    latex = folder / "build/latex"
    document = load_document((latex / "informe.tex").read_text(), (latex / "informe.facts").read_text())
    return document, (latex / "informe.aux").read_text()


def lay_without_mention(folder: Path) -> Path:
    section = lay_report(folder) / "paper/secciones/hechos.yaml"
    section.write_text(section.read_text().replace(MENTION, "Así"))
    finished = run_here(project=folder)
    assert finished.returncode == 0, finished.stdout + finished.stderr
    return folder


@pytest.mark.parametrize("mentions", [True, False], ids=["plain", "parts"])
def test_the_aux_holds_what_the_facts_tell(complete: Path, tmp_path: Path, mentions: bool) -> None:
    folder = complete if mentions else lay_without_mention(tmp_path)
    document, auxiliary = read_kept(folder)
    assert all(piece.known for piece in document.pieces)
    assert document.has(Citation) is mentions
    # labels, with the numbers and the names that were foretold; hyperref counts headings without a number by itself
    foreseen, written = read_labels(foresee_labels(document)), read_labels(auxiliary)
    unnumbered = {found.fact.label for found in document.facts(Heading) if not found.fact.numbered} - {""}
    assert foreseen.keys() == written.keys()
    assert [label for label in written if foreseen[label] != written[label]] == sorted(unnumbered)
    assert all(foreseen[label][0] == written[label][0] for label in written)
    # headings and captions, in their order
    listed = re.findall(r"\\@writefile\{(toc|lof|lot)\}\{\\contentsline \{(\w+)\}", auxiliary)
    levels = ("section", "subsection", "subsubsection", "paragraph")
    told = [("toc", levels[found.fact.level - 1]) for found in document.facts(Heading)]
    assert [one for one in listed if one[0] == "toc"] == told
    captions = [found.fact.counter for found in document.facts(Caption) if found.fact.numbered]
    assert Counter(name for _, name in listed if _ != "toc") == Counter(captions)
    # the works that are cited, in the order of their numbers
    if mentions:
        assert tuple(dict.fromkeys(re.findall(r"\\abx@aux@cite\{0\}\{([^}]*)\}", auxiliary))) == document.cited
    bbl = (folder / "build/latex" / ("informe.bbl" if mentions else "entries.bbl")).read_text()
    assert tuple(re.findall(r"^ *\\entry\{([^}]*)\}", bbl, re.MULTILINE)) == document.cited
    # notes: LaTeX counts them up to the last page
    notes = re.findall(r"footnote=(\d+)", (folder / "build/latex/informe.checkpoints").read_text())
    assert max(map(int, notes)) == len([*document.facts(Footnote)])
