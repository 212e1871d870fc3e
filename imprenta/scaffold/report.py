"""What a new report is to be -> its files: those of its kind, with a head of their own, and those that all share."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, distribution
from typing import TYPE_CHECKING, Any

from imprenta import __version__
from imprenta.problems import CannotContinue
from imprenta.workspace import engine_workspace

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable, Iterator

FOLDER = "imprenta/scaffold"
MAIN_FILE = "paper/informe.yaml"
SCHEMA = "# yaml-language-server: $schema=../build/esquemas/informe.schema.json\n"
SOURCE = b"{{ imprenta }}"
"""What stands in the files where pip is to be told what to install."""
LONG = 100
"""Letters of a text that stands better on lines of its own."""
HIDDEN, TEXT = "dot-", ".txt"
"""How a name begins here that begins with a point in the report; and how the name of a program ends besides, which is
none of ours."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What a new report is to be: its kind, and what stands on the cover. `authors` are given as people write them."""

    kind: str
    title: str
    authors: tuple[str, ...]
    course: str
    date: datetime.date


def make_files(wish: Wish) -> dict[str, bytes]:
    """Return the files of a new report by their paths in it."""
    files = common_files() | _with_source(_read_part(f"kinds/{wish.kind}"))
    files[MAIN_FILE] = SCHEMA.encode() + _write_head(wish).encode() + files[MAIN_FILE]
    return files


def common_files() -> dict[str, bytes]:
    """Return the files that every report begins with, whatever it is: for git, editors and who checks each change."""
    return _with_source(_read_part("common"))


def split_name(name: str) -> tuple[str, str]:
    """Return the given and the family names of «Ana María Rojas Díaz», or of «Rojas Díaz, Ana María».

    Of four words two are given names; of two or three, one.
    """
    family, comma, given = (part.strip() for part in name.partition(","))
    if comma:
        return given, family
    words = name.split()
    first = 2 if len(words) > 3 else 1
    return " ".join(words[:first]), " ".join(words[first:])


def name_source() -> str:
    """Return what pip is to install to get this very Imprenta: where it came from (PEP 610), or its version."""
    try:
        told = json.loads(distribution("imprenta").read_text("direct_url.json") or "{}")
    except (PackageNotFoundError, ValueError):
        told = {}
    version = told.get("vcs_info")
    if not version:
        return f"imprenta=={__version__}"
    return f"imprenta @ {version['vcs']}+{told['url']}@{version['commit_id']}"


def _with_source(files: Iterable[tuple[str, bytes]]) -> dict[str, bytes]:
    source = name_source().encode()
    return {path: data.replace(SOURCE, source) for path, data in files}


def _read_part(part: str) -> Iterator[tuple[str, bytes]]:
    """Yield the files of a part of the scaffold, by their paths in the report."""
    engine = engine_workspace()
    root = f"{FOLDER}/{part}"
    for folder in engine.list_folders(root):
        for name in engine.list_files(folder, ""):
            path = "/".join(re.sub(f"^{HIDDEN}", ".", step) for step in name.removeprefix(f"{root}/").split("/"))
            yield path.removesuffix(TEXT) if path.endswith(f".py{TEXT}") else path, engine.read(name) or b""


def _write_head(wish: Wish) -> str:
    """Return the keys of `paper/informe.yaml` that depend on the wish, as YAML."""
    authors = []
    for author in wish.authors:
        given, family = split_name(author)
        authors.append({"nombre": _line(given), "apellidos": _line(family)} if family else {"nombre": _line(given)})
    head: dict[str, Any] = {"titulo": _line(wish.title), "autores": authors, "curso": _line(wish.course)}
    return _dump({key: value for key, value in head.items() if value}) + f"fecha: {wish.date.isoformat()}\n"


def _line(words: str) -> str:
    """Return words on one line; raise CannotContinue for what no file can hold."""
    try:
        words.encode()
    except UnicodeEncodeError:
        raise CannotContinue(f"no es un texto: {words!a}", status=2) from None
    return " ".join(words.split())


def _dump(value: dict[str, Any]) -> str:
    import yaml

    text: str = yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=10**6, default_flow_style=None)
    return text


def dump_data(value: Any) -> str:
    """Return data as YAML, with long texts as people write them, after «|»."""
    import yaml

    class Dumper(yaml.SafeDumper):
        """Writes long texts after «|»."""

    def write(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
        style = "|" if "\n" in text or len(text) > LONG else None
        return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)

    def write_boolean(dumper: yaml.SafeDumper, value: bool) -> yaml.ScalarNode:
        return dumper.represent_str("sí") if value else dumper.represent_scalar("tag:yaml.org,2002:bool", "no")

    Dumper.add_representer(str, write)
    Dumper.add_representer(bool, write_boolean)
    told: str = yaml.dump(value, Dumper=Dumper, allow_unicode=True, sort_keys=False, width=10**6)
    return told
