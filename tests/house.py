"""The source of a package -> where it breaks the rules of the house: rows, circles, absences, size, docstrings."""

from __future__ import annotations

import ast
import re
import sys
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

PACKAGE = "imprenta"
LONGEST_MODULE = 310
LIMITED = f"{PACKAGE}.typeset"
"""The package that is the hardest to read, and so has limits of its own."""
LONGEST_LIMITED_MODULE, LONGEST_FUNCTION, MOST_PARAMETERS, MOST_FLOORS = 300, 60, 6, 5

STAGES = (
    "load bibliography markup calculate check conversion language figures tables render schema scaffold trace typeset"
).split()
# The floor under the other stages: what a text says, and what a value comes to and rests on.
FLOOR = ("markup", "calculate")
# A module is ruled by the first part of its name after the package's. A part may import those of lower rows.
ROWS = {
    "problems": 0,
    "bounds": 0,
    "tag_choice": 0,
    "codes": 0,
    "words": 0,
    "workers": 1,
    "locks": 1,
    "ownership": 1,
    "processes": 1,
    "programs": 1,
    "quarantine": 1,
    "reading": 1,
    "shared_cache": 1,
    "servers": 1,
    "stamps": 1,
    "resident": 1,
    "signing": 1,
    "writing": 1,
    "model": 1,
    "cache": 1,
    "confinement": 1,
    "workspace": 1,
    **dict.fromkeys(STAGES, 2),
    "pipeline": 3,
    "report": 4,
    "preview": 4,
    "batch": 4,
    "cli": 5,
    "__main__": 6,
}
# These run before the environment exists: they import nothing of the rest.
SETUP = {
    "environment": {"environment"},
    "debian": {"environment", "debian", "project"},
    "project": {"project"},
    "up_to_date": {"project", "up_to_date"},
    "client": {"project", "client"},
    "streams": {"streams"},
}
EXTRA = (
    {("cli", "project"), ("cli", "up_to_date"), ("cli", "client"), ("resident", "client")}
    | {("cli", "debian"), ("cli", "environment"), ("__main__", "up_to_date"), ("__main__", "client")}
    | {("__main__", "streams"), ("cli", "streams"), ("resident", "streams")}
    # Where the engine's own files are, and what messages call the command.
    | {
        ("reading", "project"),
        ("reading", "ownership"),
        ("workspace", "project"),
        ("trace", "project"),
        ("typeset", "project"),
        ("figures", "project"),
        ("report", "project"),
        ("batch", "project"),
        ("batch", "up_to_date"),
    }
    | {(stage, "markup") for stage in STAGES}
    | {(stage, "calculate") for stage in STAGES if stage not in FLOOR}
    | {
        ("codes", "problems"),
        ("shared_cache", "signing"),
        ("workspace", "workers"),
        ("workspace", "locks"),
        ("workspace", "ownership"),
        ("workspace", "programs"),
        ("workspace", "reading"),
        ("workspace", "signing"),
        ("workspace", "writing"),
        ("programs", "servers"),
        ("programs", "processes"),
        ("processes", "confinement"),
        ("processes", "project"),
        ("workspace", "processes"),
        ("workspace", "servers"),
        ("workspace", "stamps"),
        ("writing", "locks"),
        ("writing", "processes"),
        ("quarantine", "writing"),
    }
)

TOUCH_DISK = {
    "workspace",
    "workers",
    "locks",
    "ownership",
    "confinement",
    "processes",
    "programs",
    "quarantine",
    "reading",
    "shared_cache",
    "servers",
    "stamps",
    "streams",
    "resident",
    "client",
    "__main__",
    "signing",
    "environment",
    "debian",
    "project",
    "up_to_date",
    "writing",
}
# By module and what it may use all the same.
DISK_EXCEPTIONS = {
    # The command line reads the variables of the process and names the project's folder; what a bug leaves behind is
    # written without the workspace, which may be where the bug is.
    "imprenta.cli.orders": {"os", "open"},
    "imprenta.cli.batch_order": {"os", "pathlib"},
    # Reports are found, and built in processes of their own, of which one may be on another machine.
    "imprenta.batch.job": {"os", "pathlib"},
    "imprenta.batch.building": {"pathlib"},
    "imprenta.batch.worker": {"os", "open"},
    "imprenta.batch.processes": {"os", "pathlib", "subprocess"},
    "imprenta.batch.remote": {"pathlib", "tempfile"},
    "imprenta.cli.export_order": {"pathlib"},
    "imprenta.cli.import_order": {"pathlib"},
    "imprenta.cli.new_order": {"pathlib", "tempfile"},
    "imprenta.cli.place": {"os", "pathlib"},
    "imprenta.cli.residence": {"os"},
    "imprenta.cli.screen": {"os", "tempfile"},
    "imprenta.cli.watch": {"os"},
    # matplotlib takes its settings and its fonts from files and from no other place.
    "imprenta.figures.plots.style": {"os", "pathlib", "tempfile"},
    "imprenta.figures.plots.letters": {"pathlib"},
    # It opens nothing: it is told what the author's program opens, and asks what kind of place that is.
    "imprenta.figures.plots.inputs": {"os"},
}
# The preview watches what becomes of the author's files; all else goes by what the build has read.
LOOK_AFRESH = {"imprenta.preview.editor", "imprenta.preview.watching"}
READ_A_PATH = {"exists", "glob", "is_dir", "is_file", "iterdir", "open", "read_bytes", "read_text", "rglob", "stat"}
PRINT = {"__main__", "cli", "client", "environment", "resident", "up_to_date"}
DISK_MODULES = {"fileinput", "glob", "multiprocessing", "os", "pathlib", "shutil", "socket", "subprocess", "tempfile"}
HARMLESS = {"pathlib": {"PurePath", "PurePosixPath"}}
DISK_CALLS = {"open", "io.open", "codecs.open", "FileSystemLoader", "PackageLoader"}

MODULES_PER_LIBRARY = 2
# Drawing, style, letters, words and checks of a plot are five modules by size, one by matter. A room puts PDFs
# together; elsewhere they are compared, and taken in as pictures.
MORE_MODULES = {"yaml": 3, "jinja2": 3, "matplotlib": 5, "pikepdf": 11, "pypdfium2": 3}
PYDANTIC = {"pydantic", "pydantic_core"}
PYDANTIC_PARTS = {"model", "load", "schema"}


@cache
def _parse(source: str) -> ast.Module:
    """Return the tree of a source; nobody changes it, so all rules share one."""
    return ast.parse(source)


@dataclass(frozen=True)
class Import:
    """One imported name: the module that it comes from, the name, and whether only type checkers see it."""

    module: str
    name: str
    line: int
    typing_only: bool = False

    @property
    def library(self) -> str:
        """The first part of the module's name."""
        return self.module.split(".")[0]


def read_modules(root: Path) -> dict[str, str]:
    """Return the source of every module below the package's folder, by dotted name; a package has its folder's."""
    modules = {}
    for path in sorted((root / PACKAGE).rglob("*.py")):
        parts = path.relative_to(root).with_suffix("").parts
        modules[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path.read_text(encoding="utf-8")
    return modules


def part_of(module: str) -> str:
    """Return what rules a module: the first part of its name inside the package, or nothing for the package."""
    return [*module.split("."), ""][1]


@cache
def find_imports(module: str, source: str, *, packages: frozenset[str] = frozenset()) -> tuple[Import, ...]:
    """Return all imports of a module, also those inside functions; relative ones are resolved."""
    tree = _parse(source)
    guarded = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)
        for statement in node.body
        for inner in ast.walk(statement)
    }
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found += [Import(alias.name, "", node.lineno, id(node) in guarded) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            origin = node.module or ""
            if node.level:
                climb = node.level - (module in packages)
                base = module.split(".")[: len(module.split(".")) - climb]
                origin = ".".join([*base, *([node.module] if node.module else [])])
            found += [Import(origin, alias.name, node.lineno, id(node) in guarded) for alias in node.names]
    return tuple(found)


def all_imports(modules: Mapping[str, str]) -> dict[str, tuple[Import, ...]]:
    """Return the imports of every module."""
    packages = frozenset(name.rpartition(".")[0] for name in modules)
    return {name: find_imports(name, source, packages=packages) for name, source in modules.items()}


def find_row_breaks(modules: Mapping[str, str]) -> Iterator[str]:
    """Yield what is imported from a row that may not be, and modules that have no row."""
    for module, imports in all_imports(modules).items():
        part = part_of(module)
        if part and part not in ROWS and part not in SETUP:
            yield f"{module}: «{part}» has no row"
            continue
        for item in imports:
            if item.library != PACKAGE:
                continue
            target = part_of(item.module) or (item.name if f"{PACKAGE}.{item.name}" in modules else "")
            if target and not _may_import(part, target):
                yield f"{module}:{item.line}: {part or PACKAGE} may not import {target}"


def _may_import(part: str, target: str) -> bool:
    if part in SETUP:
        return target in SETUP[part]
    if target in SETUP:
        return (part, target) in EXTRA
    return part == target or (part, target) in EXTRA or ROWS.get(part, -1) > ROWS.get(target, 99)


def find_circles(modules: Mapping[str, str]) -> list[list[str]]:
    """Return the circles of imports, those inside functions and for type checkers included."""
    edges = defaultdict(set)
    for module, imports in all_imports(modules).items():
        for item in imports:
            inner = f"{item.module}.{item.name}"
            target = inner if inner in modules else item.module
            if target in modules:
                edges[module].add(target)
    circles: list[list[str]] = []
    finished: set[str] = set()

    def visit(module: str, trail: list[str]) -> None:
        if module in trail:
            circles.append([*trail[trail.index(module) :], module])
        elif module not in finished:
            for target in sorted(edges[module]):
                visit(target, [*trail, module])
            finished.add(module)

    for module in sorted(modules):
        visit(module, [])
    return circles


def find_disk_use(modules: Mapping[str, str]) -> Iterator[str]:
    """Yield where a module that may not touch the disk or run programs could do it."""
    for module, imports in all_imports(modules).items():
        if part_of(module) in TOUCH_DISK:
            continue
        admitted = DISK_EXCEPTIONS.get(module, set())
        for item in imports:
            harmless = item.typing_only or item.name in HARMLESS.get(item.library, set())
            if item.library in DISK_MODULES - admitted and not harmless:
                yield f"{module}:{item.line}: imports {item.module} {item.name}".rstrip()
        for line, name in _called(modules[module]):
            if name in DISK_CALLS - admitted:
                yield f"{module}:{line}: calls {name}"


def find_second_readings(modules: Mapping[str, str]) -> Iterator[str]:
    """Yield where a module reads the author's files beside the build's snapshot: by a path, or looking afresh."""
    for module, source in modules.items():
        if part_of(module) in TOUCH_DISK or module in LOOK_AFRESH:
            continue
        for node in ast.walk(_parse(source)):
            if not isinstance(node, ast.Attribute):
                continue
            called = node.value.func if isinstance(node.value, ast.Call) else None
            if node.attr == "fresh":
                yield f"{module}:{node.lineno}: looks afresh"
            elif isinstance(called, ast.Attribute) and called.attr == "path" and node.attr in READ_A_PATH:
                yield f"{module}:{node.lineno}: reads a path"


def find_prints(modules: Mapping[str, str]) -> Iterator[str]:
    """Yield where a module that may not print does."""
    for module, source in modules.items():
        if part_of(module) in PRINT:
            continue
        for line, name in _called(source):
            if name in {"print", "input"}:
                yield f"{module}:{line}: calls {name}"
        if part_of(module) == "debian":
            continue  # it asks whether somebody is looking, and prints through `environment`
        for node in ast.walk(_parse(source)):
            if isinstance(node, ast.Attribute) and ast.unparse(node) in {"sys.stdout", "sys.stderr"}:
                yield f"{module}:{node.lineno}: uses {ast.unparse(node)}"


def _called(source: str) -> Iterator[tuple[int, str]]:
    """Yield the line and the name of each call; a class is named without the module that it comes from."""
    for node in ast.walk(_parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute):
            name = ast.unparse(node.func)
            last = name.rpartition(".")[2]
            yield node.lineno, last if last[:1].isupper() else name


def find_library_spread(modules: Mapping[str, str]) -> Iterator[str]:
    """Yield the third-party libraries that too many modules import, or the wrong ones."""
    users = defaultdict(set)
    for module, imports in all_imports(modules).items():
        for item in imports:
            if item.library not in sys.stdlib_module_names and item.library != PACKAGE:
                users[item.library].add(module)
    for library, names in sorted(users.items()):
        if library in PYDANTIC:
            strangers = sorted(name for name in names if part_of(name) not in PYDANTIC_PARTS)
            if strangers:
                yield f"{library} is imported by {', '.join(strangers)}"
        elif len(names) > MORE_MODULES.get(library, MODULES_PER_LIBRARY):
            yield f"{library} is imported by {', '.join(sorted(names))}"
    for part in SETUP:
        outside = sorted(library for library, names in users.items() if f"{PACKAGE}.{part}" in names)
        if outside:
            yield f"{part} imports {', '.join(outside)}, which is not there yet when it runs"


def find_long_modules(modules: Mapping[str, str]) -> Iterator[str]:
    """Yield the modules that are longer than the house admits."""
    for module, source in modules.items():
        length = len(source.splitlines())
        if length > LONGEST_MODULE:
            yield f"{module} has {length} lines"


def find_large_code(modules: Mapping[str, str], package: str) -> Iterator[str]:
    """Yield the modules and functions of a package that are longer, or take more, than it admits."""
    for module, source in modules.items():
        if not f"{module}.".startswith(f"{package}."):
            continue
        length = len(source.splitlines())
        if length > LONGEST_LIMITED_MODULE:
            yield f"{module} has {length} lines"
        for node in ast.walk(_parse(source)):
            if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                continue
            length, count = (node.end_lineno or 0) - node.lineno + 1, len(_parameters(node))
            if length > LONGEST_FUNCTION:
                yield f"{module}:{node.lineno}: {node.name} has {length} lines"
            if count > MOST_PARAMETERS:
                yield f"{module}:{node.lineno}: {node.name} takes {count} parameters"


def _parameters(node: ast.FunctionDef | ast.AsyncFunctionDef) -> list[str]:
    """Return what callers hand over to a function: not the object that a method is of."""
    told = node.args
    names = [item.arg for item in (*told.posonlyargs, *told.args, *told.kwonlyargs)]
    names += [item.arg for item in (told.vararg, told.kwarg) if item is not None]
    return names[1:] if names[:1] in (["self"], ["cls"]) else names


def find_floors(modules: Mapping[str, str], package: str) -> dict[str, int]:
    """Return the floor of each module or room right below a package: 1, or one above the highest that it imports.

    A room counts as one, with all that is in it; the package's own face stands above them all and has no floor.
    Raises ValueError where they import each other in a circle.
    """
    edges: dict[str, set[str]] = {}
    for module, imports in all_imports(modules).items():
        child = _child_of(module, package)
        if not child:
            continue
        edges.setdefault(child, set())
        for item in imports:
            inner = f"{item.module}.{item.name}"
            target = _child_of(inner if inner in modules else item.module, package)
            if target and target != child:
                edges[child].add(target)
    floors: dict[str, int] = {}

    def measure(child: str, trail: tuple[str, ...]) -> int:
        if child in trail:
            raise ValueError(f"{package}: {' -> '.join((*trail[trail.index(child) :], child))}")
        if child not in floors:
            floors[child] = 1 + max((measure(target, (*trail, child)) for target in sorted(edges[child])), default=0)
        return floors[child]

    for child in sorted(edges):
        measure(child, ())
    return floors


def _child_of(module: str, package: str) -> str:
    """Return the name of what stands right below a package and holds a module; nothing if that is elsewhere."""
    return module.removeprefix(f"{package}.").split(".")[0] if module.startswith(f"{package}.") else ""


def find_high_rooms(modules: Mapping[str, str], package: str) -> Iterator[str]:
    """Yield the packages, from one on downwards, that have too many floors, or circles of rooms."""
    inside = [name for name in modules if f"{name}.".startswith(f"{package}.")]
    for room in sorted({package} | {name.rpartition(".")[0] for name in inside if name != package}):
        try:
            floors = find_floors(modules, room)
        except ValueError as circle:
            yield str(circle)
            continue
        highest = max(floors.values(), default=0)
        if highest > MOST_FLOORS:
            yield f"{room} has {highest} floors: {', '.join(sorted(floors, key=lambda name: floors[name]))}"


def find_undescribed(modules: Mapping[str, str]) -> Iterator[str]:
    """Yield the modules that do not open with one line on what they are."""
    for module, source in modules.items():
        description = (ast.get_docstring(_parse(source)) or "").split("\n\n")[0]
        if not description.endswith((".", "…")) or "\n" in description:
            yield f"{module} does not open with a one-line docstring that ends in a full stop"


def find_timed_assertions(sources: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Yield where a test asserts how long something took: a busy machine is no fault, and `timeout` ends what hangs."""
    for name, source in sources:
        for node in ast.walk(ast.parse(source)):
            if not isinstance(node, ast.Assert):
                continue
            differences = [one for one in ast.walk(node) if isinstance(one, ast.BinOp) and isinstance(one.op, ast.Sub)]
            if any(re.match(r"(time\.)?(time|perf_counter|monotonic|process_time)\(\)", ast.unparse(one.left))
                   for one in differences):  # fmt: skip
                yield f"{name}:{node.lineno}"
