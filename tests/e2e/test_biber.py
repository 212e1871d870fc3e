"""biber itself, held against what is put together of its entries, and against what was recorded of it."""

from __future__ import annotations

import os
import random
import re
import shutil
import tempfile
import unicodedata
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from laws import CASES, lay_case, write_files
from reading import run_build

from imprenta.bibliography import read_bibliography
from imprenta.model.bib_entry import WrittenEntry, join_entries
from imprenta.processes import PASSING
from imprenta.typeset.engine.bcf import cite_all, has_separate_entries, write_control
from imprenta.typeset.engine.engine import FOLDER, Engine
from imprenta.typeset.engine.locate import Locator
from imprenta.typeset.engine.warm_biber import BiberOutput, WarmBiber
from imprenta.typeset.references.entry_cache import EntryCache
from imprenta.typeset.references.linked import find_components
from imprenta.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = [pytest.mark.skipif(shutil.which("biber") is None, reason="needs TeX"), pytest.mark.tex]

RECORDED = Path(__file__).resolve().parent.parent / "golden" / "references"
CITED = {
    "people": "uno dos tres cuatro cinco seis siete ocho nueve diez once",
    "people-other": "diez ocho once seis cuatro cinco dos siete nueve uno tres",
    "people-few": "nueve dos",
    "people-rest": "diez ocho once seis cuatro cinco siete uno tres",
    "linked": "hija suelto libro otra",
    "linked-other": "libro hija",
    "uncited": "a p1 p2 c",
}
PREAMBLE = r"""\documentclass{article}
\usepackage[spanish]{babel}
\usepackage[backend=biber,OPTIONS,autolang=hyphen,dateuncertain=true,
  datecirca=true,dateera=christian]{biblatex}
\addbibresource{references.bib}
"""


class Bench:
    """A folder with the control file of a style, and biber both ways."""

    def __init__(self, folder: Path, options: str = "style=ieee,sorting=none,maxbibnames=6") -> None:
        self.workspace = Workspace(folder)
        self.engine = Engine(self.workspace, "2026", lambda step: None)
        self.preamble = PREAMBLE.replace("OPTIONS", options)
        self.template = self.latex_control("")
        self.warm = WarmBiber(self.workspace)
        self.runs = 0

    def latex_control(self, body: str) -> str:
        """Return the control file that LaTeX writes of a document."""
        text = f"{self.preamble}\\begin{{document}}\n{body}\n\\end{{document}}\n"
        self.workspace.write(f"{FOLDER}/t.tex", text)
        assert self.engine.start(["-jobname=t", "t.tex"]).status == 0
        return (self.workspace.read(f"{FOLDER}/t.bcf") or b"").decode()

    def whole(self, entries: dict[str, WrittenEntry], cited: list[str]) -> str:
        """Return the .bbl that the installed biber writes of all."""
        self.workspace.write(f"{FOLDER}/references.bib", join_entries(entries))
        self.workspace.write(f"{FOLDER}/t.bcf", write_control(self.template, cite_all(cited)))
        self.workspace.remove(f"{FOLDER}/t.bbl")
        self.engine.run_biber(Locator(), "t")
        return (self.workspace.read(f"{FOLDER}/t.bbl") or b"").decode()

    def bbl(self, entries: dict[str, WrittenEntry], cited: list[str]) -> str:
        """Return the .bbl that the warm biber writes."""
        made = self.ask(entries, cited)
        assert made is not None
        return made.bbl

    def ask(self, entries: dict[str, WrittenEntry], cited: list[str]) -> BiberOutput | None:
        self.runs += 1
        return self.warm.run(self.template, entries, cite_all(cited))


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    bench = Bench(tmp_path_factory.mktemp("biber"))
    yield bench
    bench.warm.close()


@cache
def recorded(name: str) -> dict[str, WrittenEntry]:
    text = (RECORDED / f"{name.partition('-')[0]}.bib").read_text()
    return {part.partition("{")[2].partition(",")[0]: WrittenEntry(f"@{part}") for part in text.split("@")[1:]}


@pytest.mark.parametrize("name", CITED)
def test_what_was_recorded_is_what_biber_writes(bench: Bench, name: str) -> None:
    """From a warm biber and from the installed one."""
    made = bench.ask(recorded(name), CITED[name].split())
    assert made is not None
    assert made.bbl == (RECORDED / f"{name}.bbl").read_text() == bench.whole(recorded(name), CITED[name].split())
    assert unicodedata.normalize("NFC", made.names) == (RECORDED / f"{name}.names").read_text()
    said = [re.sub(r"^\[\d+\]", "", row) for row in made.log.split("\n") if "WARN - " in row]
    blg = RECORDED / f"{name}.blg"
    assert said == [re.sub(r"^\[\d+\]", "", row) for row in (blg.read_text() if blg.exists() else "").splitlines()]


def test_a_control_file_is_the_one_that_latex_writes(bench: Bench) -> None:
    assert has_separate_entries(bench.template)
    keys = [f"obra:{number}" for number in random.Random(1).sample(range(40), 40)]
    written = bench.latex_control(rf"\nocite{{{','.join(keys)}}}")
    assert write_control(bench.template, cite_all(keys)) == written
    assert write_control(written, []) == bench.template


def test_the_whole_of_apa_is_the_same_from_a_warm_biber(tmp_path: Path) -> None:
    bench = Bench(tmp_path, "style=apa,sorting=nyt")
    assert not has_separate_entries(bench.template)
    entries = recorded("people") | recorded("uncited")
    for body in (
        r"\autocite{uno}\textcite[9]{dos,tres}\parencite{cuatro}\autocite{dos}\cite{once,p1}",
        r"\autocite{tres}\autocite{p1,p2,a}\nocite{uno,dos}",
    ):
        control = bench.latex_control(body)
        made = bench.warm.run_whole(entries, control)
        assert made is not None
        bench.workspace.write(f"{FOLDER}/t.bcf", control)
        bench.workspace.write(f"{FOLDER}/references.bib", join_entries(entries))
        bench.engine.run_biber(Locator(), "t")
        assert made[0].encode() == bench.workspace.read(f"{FOLDER}/t.bbl")
    server = bench.warm._server
    assert bench.warm.run_whole(entries, bench.latex_control(r"\autocite{uno}")) is not None
    assert bench.warm._server is server
    both = bench.latex_control(r"\nocite{uno}\autocite{uno}")
    assert bench.warm.run_whole(entries, both) is None
    bench.warm.close()


def test_a_warm_biber_that_ended_is_begun_anew(bench: Bench) -> None:
    entries, cited = recorded("people"), CITED["people-few"].split()
    first = bench.bbl(entries, cited)
    server = bench.warm._server
    assert server is not None
    assert first == bench.bbl(entries, cited) == (RECORDED / "people-few.bbl").read_text()
    assert bench.warm._server is server
    server._process.kill()
    server._process.wait()
    assert bench.bbl(entries, cited) == first
    assert bench.warm._server is not server
    bench.warm.close()
    assert bench.bbl(entries, cited) == first


@pytest.mark.parametrize(
    "script", ["#!/usr/bin/perl -w\nprint 'another';\n", "\x7fELF\0", "#!/bin/sh\n# Do all the real work\n", ""]
)
def test_another_biber_is_run_as_it_is_installed(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str
) -> None:
    (tmp_path / "biber").write_text(script)
    warm = WarmBiber(Workspace(tmp_path))
    monkeypatch.setattr(warm.workspace, "find_program", lambda _: str(tmp_path / "biber"))
    assert warm.run(bench.template, recorded("people"), cite_all(["dos"])) is None
    warm.close()


def test_nothing_is_left_behind(bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What biber has for a moment is in a folder of ours: if it is killed, the next build takes that away."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    warm = WarmBiber(Workspace(bench.workspace.root))
    passing = bench.workspace.root / f"build/{PASSING}/{os.getpid()}"
    before = set(passing.glob("*"))  # of one that was killed
    assert warm.run(bench.template, recorded("people"), cite_all(["dos"])) is not None
    server = warm._server
    assert server is not None
    assert [path.name[:9] for path in {*passing.iterdir()} - before] == ["biber_tmp"]
    warm.close()
    assert not server.is_there()
    assert {*passing.iterdir()} == before
    assert list(tmp_path.iterdir()) == []


def test_a_biber_that_is_not_used_ends(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("imprenta.typeset.engine.warm_biber.LINGER", 0.0)
    warm = WarmBiber(bench.workspace)
    warm.begin()
    timer = warm._end_of_waiting
    assert timer is not None
    timer.join()
    assert warm._server is None


def test_another_control_file_has_a_biber_of_its_own(bench: Bench) -> None:
    one = bench.bbl(recorded("people"), ["cinco"])
    fewer = bench.template.replace(
        "<bcf:key>maxbibnames</bcf:key>\n      <bcf:value>6", "<bcf:key>maxbibnames</bcf:key>\n      <bcf:value>2"
    )
    assert fewer != bench.template
    other = bench.warm.run(fewer, recorded("people"), cite_all(["cinco"]))
    assert other is not None
    assert re.sub(r"bibnamehash\}\{\w+", "", other.bbl) == re.sub(r"bibnamehash\}\{\w+", "", one)
    assert other.bbl != one == bench.bbl(recorded("people"), ["cinco"])


def test_a_work_that_is_missing_is_told_and_not_kept(bench: Bench) -> None:
    made = bench.ask(recorded("people"), ["dos", "nadie"])
    assert made is not None
    assert "I didn't find a database entry for 'nadie'" in made.log


def written(path: Path) -> tuple[dict[str, WrittenEntry], list[str]]:
    """Return the entries of a .bib as Imprenta has biber read them, and the keys that may be cited."""
    raw = path.read_bytes()
    try:
        text = raw.decode()
    except UnicodeDecodeError:
        text = raw.decode("latin-1")
    entries = dict(read_bibliography(text, "references.bib")[0].written)
    return entries, [key for key, entry in entries.items() if not entry.text.startswith("@xdata")]


FOREIGN = sorted(Path("/usr/share/texlive/texmf-dist").rglob("*.bib")) if shutil.which("biber") else []


@pytest.mark.proof
@pytest.mark.timeout(1200)
def test_foreign_bibliographies_put_together_are_what_biber_writes(bench: Bench) -> None:
    """Learnt in two parts, then cited in another order: the .bbl of each file is the installed biber's."""
    same = left = 0
    for path in FOREIGN:
        entries, keys = written(path)
        cited = random.Random(7).sample(keys, min(len(keys), 40))
        if len(cited) < 2:
            continue
        store = EntryCache("x")
        made = None
        for chosen in (cited[::2], random.Random(8).sample(cited, len(cited))):
            components = find_components(entries, chosen)
            made = store.write(components, chosen, bench.ask) if components else None
        if made is None:
            left += 1
            continue
        assert made[0] == bench.whole(entries, chosen), path
        same += 1
    assert same >= 8
    assert left <= same


@pytest.mark.proof
def test_our_own_bibliography_entry_by_entry_is_what_biber_writes(bench: Bench) -> None:
    entries, keys = written(Path(__file__).resolve().parents[2] / "references.bib")
    order = random.Random(3).sample(keys, len(keys) * 4 // 5)
    store = EntryCache("x")
    for start in range(0, len(order), 10):
        part = order[start : start + 10]
        assert store.write(find_components(entries, part) or [], part, bench.ask) is not None
    runs = bench.runs
    made = store.write(find_components(entries, order) or [], order, bench.ask)
    assert made is not None
    assert bench.runs == runs
    assert made[0] == bench.whole(entries, order)


def work(kind: str, key: str, **fields: str) -> str:
    return f"@{kind}{{{key},\n" + "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items()) + "}\n"


WORKS = {
    "paz1": work("article", "paz1", author="Paz, Ana and Sol, Luis", title="Uno", journaltitle="Agua", date="2020"),
    "paz2": work("article", "paz2", author="Paz, Ana and Sol, Luis", title="Dos", journaltitle="Agua", date="2021"),
    "actas": work("proceedings", "actas", editor="Mar, Eva", title="Actas", date="2010", publisher="Edita"),
    "charla": work("inproceedings", "charla", author="Cid, Eva", title="Charla", crossref="actas", pages="1-9"),
    "otra": work("inproceedings", "otra", author="Cid, Eva", title="Otra", crossref="actas", pages="10-19"),
}


def lay(folder: Path, text: str, works: dict[str, str]) -> None:
    bibliography = (CASES / "_base/references.bib").read_text() + "".join(works.values())
    section = f"titulo: Prueba\ncontenido:\n  - texto: |\n      {text}\n"
    write_files(folder, {"references.bib": bibliography, "paper/secciones/prueba.yaml": section})


def built(folder: Path) -> str:
    """Build; the .bbl is the one that the installed biber writes. Return why biber ran, or did not."""
    finished = run_build("build", "--explain", project=folder)
    assert finished.returncode == 0, finished.stderr
    latex = folder / "build/latex"
    made = (latex / "entries.bbl").read_bytes()
    workspace = Workspace(folder)
    for name in ("entries.bcf", "references.bib"):
        workspace.write(f"build/latex/whole/{name}", (latex / name).read_bytes())
    workspace.run(["biber", "--noconf", "--decodecharsset=null", "entries"], folder="build/latex/whole")
    assert made == workspace.read("build/latex/whole/entries.bbl")
    return next(
        line.split(maxsplit=1)[1]
        for line in (finished.stdout + finished.stderr).splitlines()
        if line.strip().startswith("biber ")
    )


@pytest.mark.proof
@pytest.mark.timeout(600)
def test_after_each_edit_the_entries_are_those_that_biber_writes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IMPRENTA_CACHE", str(tmp_path / "cache"))
    folder = lay_case("", tmp_path / "report")
    text = "Hola [@paz1], [@ruiz2020], y [@charla]."
    works = dict(WORKS)
    del works["otra"]
    lay(folder, text, works)
    assert built(folder) == "todas las obras son nuevas"
    works["paz1"] = works["paz1"].replace("{Uno}", "{Uno y medio}")
    lay(folder, text, works)
    assert built(folder) == "solo lo nuevo: 1 de 3 obras"
    lay(
        folder, "Hola [@charla], [@paz2], [@paz1], y [@ruiz2020].", works
    )  # two works of the same people, in another order
    assert built(folder) == "solo lo nuevo: 1 de 4 obras"
    works["actas"] = works["actas"].replace("Edita", "Otra editorial")
    lay(folder, text, works)  # a parent that is not cited itself
    assert built(folder) == "solo lo nuevo: 1 de 3 obras"
    lay(folder, "Hola [@charla], [@paz2], [@paz1], y [@ruiz2020].", works)
    assert built(folder).startswith("no: ")
    lay(folder, "Hola [@charla], [@paz1], y [@otra].", works | {"otra": WORKS["otra"]})  # biber adds the parent of two
    assert built(folder) == "cambió lo que se cita o references.bib"
    lay(folder, text, works)
    shutil.rmtree(folder / "build")  # what was written before is known outside of the report
    assert built(folder).startswith("no: ")
