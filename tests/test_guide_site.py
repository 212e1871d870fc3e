"""The guide as a site: strict, complete, asking nothing of other hosts, with pictures as new as the examples."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from inspect import isabstract
from pathlib import Path

import pytest

from docs.website.pictures import hash_example, list_examples, picture_of, read_hash
from docs.website.reference import FILES, FOLDER, gather_examples, write_reference
from imprenta.schema.words import MODEL_WORDS

ROOT = Path(__file__).resolve().parents[1]
GUIDE = ROOT / "docs/guia"
PAGES = sorted(GUIDE.glob("*.md"))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pytest.importorskip("material", reason="mkdocs-material is of the dev lock")
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(folder)]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    run = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    return folder


@pytest.fixture(scope="module")
def reference() -> dict[str, str]:
    from docs.website.hooks import load_reports

    return write_reference(gather_examples(load_reports()))


def test_every_page_is_in_the_site_and_can_be_reached(site: Path) -> None:
    home = (site / "index.html").read_text(encoding="utf-8")
    pages = [page.relative_to(ROOT / "docs").as_posix() for page in (*PAGES, ROOT / "docs/medidas.md")]
    for page in (*pages, *(f"{FOLDER}/{name}.md" for name in FILES)):
        address = page.replace(".md", ".html")
        assert (site / address).is_file(), address
        assert f'href="{address}"' in home, address


def test_the_site_asks_nothing_of_other_hosts(site: Path) -> None:
    asked = re.compile(r"<(?:script|link|img|iframe|source)\b[^>]*?(?:src|href)=[\"']?((?:https?:)?//[^\"'\s>]+)")
    pages = [*site.rglob("*.html")]
    assert len(pages) > len(PAGES)
    for page in pages:
        assert asked.findall(page.read_text(encoding="utf-8")) == [], page.name
    for style in site.rglob("*.css"):
        assert not re.search(r"url\([\"']?(?:https?:)?//", style.read_text(encoding="utf-8")), style.name


@pytest.mark.proof
@pytest.mark.timeout(300)
def test_the_search_works_from_files(site: Path) -> None:
    from watching import chromium

    with chromium() as browser:
        page = browser.new_page()
        page.goto((site / "index.html").as_uri())
        # The search listens to keys: what `fill` puts there is heard only if the worker is not ready yet.
        page.locator("input[name=query]").press_sequentially("gravedad")
        found = ".md-search-result__list a[href*=ajustes-de-las-comprobaciones]"
        page.wait_for_selector(found, state="attached", timeout=100_000)


def test_every_key_of_every_model_is_in_the_reference(reference: dict[str, str]) -> None:
    from test_model_texts import all_models

    text = "\n".join(reference.values())
    models = [model for model in all_models() if not isabstract(model) and not model.__subclasses__()]
    assert len(models) > 30
    for model in models:
        section = re.search(rf"^## {re.escape(MODEL_WORDS[model][0])} {{.*?(?=^## |\Z)", text, re.DOTALL | re.MULTILINE)
        assert section, model.__name__
        for key, name in model.keys().items():
            description = model.model_fields[name].description
            assert description, f"{model.__name__}.{key} has no description"
            assert re.search(rf"^\\| `{key}` \\| {re.escape(description[:20])}", text, re.MULTILINE), f"{model}.{key}"


def test_the_reference_tells_type_default_and_example(reference: dict[str, str]) -> None:
    rows = reference["guia/referencia/tabla.md"].splitlines()
    row = next(row for row in rows if row.startswith("| `letra` |"))
    assert "*`normal`, `pequena` o `minima`*; sin ella, `normal`<br>`` letra: " in row
    row = next(row for row in rows if row.startswith("| `titulo` |"))
    assert "**obligatoria**" in row


@pytest.mark.parametrize("name", list_examples())
def test_every_example_has_a_picture_as_new_as_itself(name: str) -> None:
    assert read_hash(picture_of(name)) == hash_example(name), f"«make guide-images» makes {picture_of(name).name}"


def test_an_older_picture_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from docs.website import pictures

    example = tmp_path / "uno/paper"
    example.mkdir(parents=True)
    (example / "informe.yaml").write_text("titulo: Uno\n", encoding="utf-8")
    monkeypatch.setattr(pictures, "EXAMPLES", tmp_path)
    before = hash_example("uno")
    (tmp_path / "uno/build").mkdir()
    (tmp_path / "uno/build/informe.pdf").write_bytes(b"")
    assert hash_example("uno") == before
    (example / "informe.yaml").write_text("titulo: Dos\n", encoding="utf-8")
    assert hash_example("uno") != before


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_that_quotes_an_example_shows_what_comes_out(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    for name in set(re.findall(r"<!-- ejemplo: ([^/]+)/", text)):
        assert re.search(rf"^!\[[^\]]{{10,}}\]\(imagenes/{name}\.png\)$", text, re.MULTILINE), f"imagenes/{name}.png"


@pytest.mark.parametrize("page", [*PAGES, ROOT / "docs/index.md"], ids=lambda page: page.name)
def test_a_list_begins_after_an_empty_line(page: Path) -> None:
    """GitHub begins a list, and a table, right after a paragraph; Python-Markdown does not."""
    fence, before = "", ""
    for number, line in enumerate(page.read_text(encoding="utf-8").splitlines(), 1):
        if mark := re.match(r"`{3,}", line):
            fence = "" if line == fence else fence or mark[0]
        item = re.match(r"[-*+] |\d+\. |\|", line)
        ends = not before.strip() or before.startswith(("#", "<!--", "|", " ")) or re.match(r"[-*+] |\d+\. ", before)
        assert fence or not item or ends, f"{page.name}:{number}"
        before = line


def rows_of_constructs() -> list[list[str]]:
    """Return the cells of each row of the tables of constructs: what, ours, Quarto and the others."""
    text = (GUIDE / "construcciones.md").read_text(encoding="utf-8")
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines() if line.startswith("|")]
    return [cells for cells in rows if cells[0] != "qué" and set(cells[0]) != {"-"}]


LACKING: set[str] = set()
"""What Quarto has and Imprenta has not: nothing comes to it, and what is made goes from here."""


def test_what_quarto_has_imprenta_has_too() -> None:
    rows = rows_of_constructs()
    assert len(rows) > 30
    for what, ours, quarto, *others in rows:
        assert len(others) == 3
        assert {ours, quarto, *others} <= {"sí", "en parte", "no"}, what
    assert {what for what, ours, quarto, *_ in rows if quarto == "sí" and ours != "sí"} == LACKING


def test_each_construct_leads_to_its_page() -> None:
    had = [what for what, ours, *_ in rows_of_constructs() if ours != "no"]
    linked = [re.fullmatch(r"\[[^\]]+\]\(([a-z-]+\.md)(#[^)]+)?\)", what) for what in had]
    assert all(linked)
    named = {match[1] for match in linked if match}
    assert {page.name for page in PAGES if "<!-- ejemplo:" in page.read_text(encoding="utf-8")} <= named


def test_most_keys_have_an_example_that_somebody_would_write(reference: dict[str, str]) -> None:
    rows = [row for page in reference.values() for row in re.findall(r"^\| `[a-z_]+` \|.*", page, re.MULTILINE)]
    shown = [row for row in rows if "<br>`` " in row]
    assert len(shown) > 0.8 * len(rows) > 250
    assert not any("ocult" in row or "Vq" in row for row in shown)
