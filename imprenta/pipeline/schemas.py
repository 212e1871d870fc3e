"""What is known of a paper -> `build/esquemas/`, from which editors complete and correct the data."""

from __future__ import annotations

import json
from contextlib import contextmanager
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from imprenta.reading import list_packages
from imprenta.workspace import BUILD_FOLDER, content_hash, engine_workspace

if TYPE_CHECKING:
    from collections.abc import Iterator

    from imprenta.bibliography import Bibliography
    from imprenta.model.paper import Paper
    from imprenta.pipeline.loading import Loaded
    from imprenta.schema import Names
    from imprenta.workspace import HeldWorker, Workspace

FOLDER = f"{BUILD_FOLDER}/esquemas"
MARKS_PATH = f"{FOLDER}/huellas.json"
"""Hashes of what the schemas were made from: while they are the same, nothing is made."""

ENGINE_FILES = ("imprenta/pipeline/schemas.py", "imprenta/figures/graphs/icons.py")
ENGINE_FOLDERS = ("imprenta/model", "imprenta/schema", "imprenta/codes")


@contextmanager
def refreshing_schemas(workspace: Workspace, loaded: Loaded, *, aside: bool) -> Iterator[None]:
    """Bring the schemas up to date, with `aside` in a worker that gives way to all else: no page waits for them."""
    if not aside:
        yield
        refresh_schemas(workspace, loaded)
        return
    worker: HeldWorker[None, list[str]] = workspace.hold_worker(
        lambda: None, lambda _: refresh_schemas(workspace, loaded)
    )
    worker.give(None)
    worker.give_way()
    try:
        yield
    except BaseException:
        worker.end()
        raise
    worker.wait()


def refresh_schemas(workspace: Workspace, loaded: Loaded) -> list[str]:
    """Write the schemas that are not up to date with the report, its bibliography and the engine; return their paths.

    What has mistakes inside is known by its name all the same, so that a mention of it is not called wrong.
    """
    from imprenta.schema import ICONS_FILE, SCHEMA_FILES, write_icons_schema, write_schemas

    names = gather_names(workspace, loaded.paper, loaded.bibliography)
    engine = _engine_hash()
    marks = {"motor": engine, "nombres": content_hash(engine, repr(names))}
    kept = _read_marks(workspace)
    written: dict[str, str] = {}
    if kept.get("motor") != marks["motor"] or not workspace.is_file(f"{FOLDER}/{ICONS_FILE}"):
        from imprenta.figures.graphs.icons import known_icons

        written[ICONS_FILE] = write_icons_schema(known_icons())
    whole = all(workspace.is_file(f"{FOLDER}/{file}") for file in SCHEMA_FILES)
    if kept.get("nombres") != marks["nombres"] or not whole:
        written |= write_schemas(names)
    for file, text in written.items():
        workspace.write(f"{FOLDER}/{file}", text)
    if written:
        workspace.write(MARKS_PATH, json.dumps(marks))
    return sorted(f"{FOLDER}/{file}" for file in written)


def gather_names(workspace: Workspace, paper: Paper | None, bibliography: Bibliography) -> Names:
    """Return everything that the data may name: files by their names, keys with the title and year of the work."""
    from imprenta.figures.pictures.picture import PICTURE_ENDINGS
    from imprenta.load import list_experiment_files, list_sources
    from imprenta.model import Graph
    from imprenta.pipeline.pictures import list_names
    from imprenta.schema import Names

    paper = (paper.complete or paper) if paper is not None else None
    figures, sections = _ids(workspace, "figures"), _ids(workspace, "paper/secciones")
    sections = tuple(dict.fromkeys([*sections, *(paper.sections if paper is not None else ())]))
    others = {id for id, figure in paper.figures.items() if not isinstance(figure, Graph)} if paper else set()
    own = [id for id, figure in paper.every_figure.items() if isinstance(figure, Graph)] if paper else []
    return Names(
        citations={key: _describe(bibliography, entry) for key, entry in sorted(bibliography.aliases().items())},
        figures=figures,
        graphs=tuple(dict.fromkeys([*(id for id in figures if id not in others), *own])),
        tables=_ids(workspace, "paper/tablas"),
        sections=sections,
        subsections=tuple(sorted(_subsections(paper))) if paper and len(paper.sections) == len(sections) else None,
        data=_ids(workspace, "paper/datos"),
        programs=tuple(PurePosixPath(path).name for path in workspace.list_files("figures", ".py")),
        images=tuple(list_names(workspace, PICTURE_ENDINGS)),
        csv_files=tuple(list_names(workspace, (".csv",), "paper/datos")),
        sources=tuple(list_sources(workspace)),
        experiments=tuple(list_experiment_files(workspace)),
        tags=tuple(paper.report.tags) if paper is not None else (),
    )


def _ids(workspace: Workspace, folder: str) -> tuple[str, ...]:
    return tuple(PurePosixPath(path).stem for path in workspace.list_files(folder, ".yaml"))


def _subsections(paper: Paper) -> Iterator[str]:
    """Yield the ids of the subsections that have one."""
    from imprenta.model.paper import walk_blocks

    for block in walk_blocks(paper.sections.values()):
        yield from (target.id for target in block.targets() if target.kind == "seccion")


def _describe(bibliography: Bibliography, key: str) -> str:
    """Return an entry's title and year, without the braces of BibTeX."""
    entry = bibliography.entries[key]
    title = " ".join(entry.text("title").replace("{", "").replace("}", "").split())
    year = entry.text("date", "year")[:4]
    return f"{title} ({year})" if title and year else title or year


def _engine_hash() -> str:
    """Return a hash of the models, of what makes schemas of them, and of the packages' versions."""
    code = engine_workspace().hash_files(*ENGINE_FILES, *(f"{folder}/*.py" for folder in ENGINE_FOLDERS))
    return content_hash(code, *list_packages())


def _read_marks(workspace: Workspace) -> dict[str, str]:
    """Return the hashes of the schemas that are there; a file that cannot be read has none."""
    try:
        marks = json.loads(workspace.read(MARKS_PATH) or b"{}")
    except ValueError:
        return {}
    return marks if isinstance(marks, dict) else {}
