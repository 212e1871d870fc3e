"""A picture of the author's -> what of it goes to LaTeX and what there is to say, at its figure's line.

What has to be worked out is kept in `build/pictures/`, named after the hash of the file, so that checks are quick.
"""

from __future__ import annotations

from dataclasses import astuple
from typing import TYPE_CHECKING

from imprenta.figures.pictures.picture import REFUSED, UNREADABLE, Finding, Picture
from imprenta.load import describe_unreadable
from imprenta.pipeline.kept_facts import keep_facts, read_facts, recall_facts
from imprenta.problems import Problem, Severity, guess_hint
from imprenta.workspace import Limits, content_hash, engine_workspace

if TYPE_CHECKING:
    from collections.abc import Iterable

    from imprenta.model.report import Conformity
    from imprenta.model.text import Text
    from imprenta.workspace import Workspace

CACHE = "build/pictures"
CODE = ("imprenta/figures/pictures/*.py", "imprenta/pipeline/pictures.py")
CONVERTER = "rsvg-convert"
SECONDS = 30.0


def check_file(workspace: Workspace, file: Text, endings: tuple[str, ...], folder: str = "figures") -> list[Problem]:
    """Check that a folder has the file that is named: without folders, and no link that leads elsewhere."""
    name = file.value.strip()
    path = f"{folder}/{name}"
    names = list_names(workspace, endings, folder)
    if "/" in name or "\\" in name:
        last = name.replace("\\", "/").rpartition("/")[2]
        hint = f"escriba «{last}»" if last in names else f"ponga el archivo en {folder}/ y escriba «{last}»"
        message = f"«{name}» lleva carpetas, y aquí va solo el nombre de un archivo de {folder}/"
        return [Problem("archivo-ilegible", message, file.span(), hint)]
    if workspace.read(path) is not None:
        return []
    if workspace.what_is(path) != "missing":
        hint = f"ponga el archivo mismo en {folder}/"
        return [Problem("archivo-ilegible", describe_unreadable(workspace, path), file.span(), hint)]
    return [Problem("archivo-ilegible", f"no hay «{path}»", file.span(), guess_hint(name, names, what="hay"))]


def list_names(workspace: Workspace, endings: tuple[str, ...], folder: str = "figures") -> list[str]:
    """Return the names of the files in a folder that end in one of these, in capitals or not."""
    names = (path.removeprefix(f"{folder}/") for path in workspace.list_files(folder, ""))
    return [name for name in names if name.lower().endswith(endings)]


def tell_findings(image: Text, findings: Iterable[Finding]) -> list[Problem]:
    """Return what was found in a picture as problems where it is named."""
    place = image.span()
    return [Problem(found.code, found.message, place, found.hint, found.severity) for found in findings]


def tell_picture(image: Text, picture: Picture, conformity: Conformity) -> list[Problem]:
    """Return what is to be said of a picture where it is named, with what a standard has against it."""
    findings = [*picture.findings]
    if conformity != "ninguna" and picture.data:
        from imprenta.figures.pictures.conformity import find_breaches

        findings += find_breaches(picture, image.value.strip(), archived=conformity != "ua-1")
    return tell_findings(image, findings)


def load_picture(workspace: Workspace, id: str, image: Text, page: int | None = None) -> Picture:
    """Return a picture (or a page of it), as it was worked out before from the same bytes; `id` names what is kept."""
    path = f"figures/{image.value.strip()}"
    data = workspace.read(path)
    if data is None:
        return Picture(findings=(Finding(UNREADABLE, f"no se puede leer «{path}»"),))
    code = engine_workspace().hash_files(*CODE)
    mark = content_hash(code, path, data, str(page))
    known = _recall(workspace, id, mark, data)
    if known is not None:
        return known
    from imprenta.figures.pictures.kinds import read_picture

    picture = read_picture(data, path, page, lambda svg: convert_svg(workspace, path, svg))
    if picture.data:
        _keep(workspace, id, mark, picture, same=picture.data == data)
    return picture


def _recall(workspace: Workspace, id: str, mark: str, data: bytes) -> Picture | None:
    facts = recall_facts(workspace, f"{CACHE}/{id}.json")
    if facts is None:
        return None
    kept_mark, kept_hash, suffix, width, height, findings = read_facts(facts)
    if kept_mark != mark:
        return None
    if kept_hash:
        data = workspace.read(f"{CACHE}/{id}.{suffix}") or b""
        if content_hash(data) != kept_hash:
            return None
    found = (Finding(code, message, hint, Severity(severity)) for code, message, hint, severity in findings)
    return Picture(data, suffix, width, height, tuple(found))


def _keep(workspace: Workspace, id: str, mark: str, picture: Picture, *, same: bool) -> None:
    """Keep what is known of a picture, and its bytes unless they are those of the author's file."""
    if not same:
        workspace.keep(f"{CACHE}/{id}.{picture.suffix}", picture.data)
    kept_hash = "" if same else content_hash(picture.data)
    findings = [astuple(finding) for finding in picture.findings]
    facts = [mark, kept_hash, picture.suffix, picture.width, picture.height, findings]
    keep_facts(workspace, f"{CACHE}/{id}.json", facts)


def convert_svg(workspace: Workspace, path: str, svg: bytes) -> bytes | Finding:
    """Turn an SVG into a PDF. It is given to librsvg as bytes without an address, so that no link leads anywhere."""
    if workspace.find_program(CONVERTER) is None:
        message = f"«{path}» es un SVG y en este sistema falta {CONVERTER}, que lo convierte"
        hint = "guárdelo como PDF, o instale el programa; en Debian: apt-get install -y librsvg2-bin"
        return Finding(REFUSED, message, hint)
    done = workspace.run(
        [CONVERTER, "--format=pdf"], data=svg, limits=Limits(seconds=SECONDS), environment={"SOURCE_DATE_EPOCH": "0"}
    )
    if done.status != 0 or not done.output.startswith(b"%PDF"):
        said = " ".join(done.errors.decode("utf-8", "replace").split()).removeprefix("Error reading SVG stdin: ")
        words = f": «{said[:160]}»" if said else f" en {SECONDS:.0f} segundos"
        message = f"«{path}» no se pudo convertir en PDF{words}"
        return Finding(UNREADABLE, message, "ábralo con Inkscape y guárdelo como PDF")
    return done.output
