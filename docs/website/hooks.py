"""What MkDocs calls while it builds the guide: adds the reference of all keys, and finds the constructs' pages a place.

mkdocs.yml names the pages that have a place of their own. A page that it does not name stands under «Construcciones»,
so that whoever adds a construct writes its page and nothing else.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from mkdocs.structure.files import File

from docs.website.reference import FILES, FOLDER, gather_examples, write_reference
from imprenta.load import load_paper
from imprenta.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files

    from imprenta.model.paper import Paper

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
CONSTRUCTS = "Construcciones"
REFERENCE = "Referencia"


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Fill the navigation: leave out pages that are not there, and put in those that nobody named."""
    config.nav = fill_navigation(config.nav)
    return config


def on_files(files: Files, *, config: MkDocsConfig) -> Files:
    """Add the pages of the reference."""
    for path, text in write_reference(gather_examples(load_reports())).items():
        files.append(File.generated(config, path, content=text))
    return files


def fill_navigation(nav: Any) -> list[dict[str, Any]]:
    """Return a navigation of the pages that are there."""
    named = set(_paths_in(nav))
    found = [path.relative_to(DOCS).as_posix() for path in sorted(DOCS.glob("guia/*.md"))]
    filled: list[dict[str, Any]] = []
    for part in nav:
        ((title, pages),) = part.items()
        if title == CONSTRUCTS:
            pages = [*pages, *(path for path in found if path not in named)]
        elif title == REFERENCE:
            pages = [*pages, *(f"{FOLDER}/{name}.md" for name in FILES)]
        elif isinstance(pages, list):
            pages = [path for path in pages if (DOCS / path).is_file()]
        if pages:
            filled.append({title: pages})
    return filled


def _paths_in(nav: Any) -> Iterator[str]:
    if isinstance(nav, str):
        yield nav
    elif isinstance(nav, list | dict):
        for item in nav.values() if isinstance(nav, dict) else nav:
            yield from _paths_in(item)


def load_reports() -> Iterator[Paper]:
    """Yield the reports whose data serve as examples: those of the guide first."""
    examples = [*_folders(DOCS / "guia/ejemplos"), *_folders(ROOT / "examples"), ROOT]
    for folder in examples:
        paper, _ = load_paper(Workspace(folder))
        if paper is not None:
            yield paper


def _folders(folder: Path) -> Iterable[Path]:
    return sorted(path for path in folder.iterdir() if (path / "paper/informe.yaml").is_file())
