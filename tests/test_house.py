"""The house keeps its rules, and each rule notices when it is broken."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from imprenta.render.known_templates import KNOWN_TEMPLATES
from imprenta.workspace import content_hash
from tests import house

ROOT = Path(__file__).resolve().parent.parent
MODULES = house.read_modules(ROOT)


def test_every_module_was_read() -> None:
    files = [path for path in (ROOT / house.PACKAGE).rglob("*.py") if path.stat().st_size >= 0]
    assert len(MODULES) == len(files)
    parts = {house.part_of(name) for name in MODULES}
    assert {"problems", "workspace", "model", "environment", "debian", *house.STAGES} <= parts
    assert parts <= {"", *house.ROWS, *house.SETUP}


def test_every_stage_imports_something_of_the_house() -> None:
    """If this failed, the reading of imports would have gone blind."""
    seen = {house.part_of(name) for name, found in house.all_imports(MODULES).items() if any(
        item.library == house.PACKAGE for item in found)}  # fmt: skip
    assert set(house.STAGES) <= seen


def test_imports_go_down_the_rows() -> None:
    assert list(house.find_row_breaks(MODULES)) == []


def test_imports_make_no_circle() -> None:
    assert house.find_circles(MODULES) == []


def test_only_the_workspace_touches_the_disk() -> None:
    assert list(house.find_disk_use(MODULES)) == []


def test_what_is_built_is_what_was_read_once() -> None:
    assert list(house.find_second_readings(MODULES)) == []


@pytest.mark.parametrize(
    "source",
    ["data = workspace.path(name).read_bytes()", "now = workspace.fresh()", "self.workspace.path(a).is_file()"],
)
def test_a_second_reading_is_noticed(source: str) -> None:
    assert len(list(house.find_second_readings({"imprenta.pipeline.build": source}))) == 1
    assert list(house.find_second_readings({"imprenta.pipeline.build": "data = workspace.read(name)"})) == []


def test_only_the_command_line_prints() -> None:
    assert list(house.find_prints(MODULES)) == []


def test_libraries_are_known_by_few_modules() -> None:
    assert list(house.find_library_spread(MODULES)) == []


def test_modules_are_short() -> None:
    assert list(house.find_long_modules(MODULES)) == []


def test_the_typesetting_stays_readable() -> None:
    assert list(house.find_large_code(MODULES, house.LIMITED)) == []


def test_the_typesetting_has_few_floors() -> None:
    assert len(house.find_floors(MODULES, house.LIMITED)) > 3
    assert list(house.find_high_rooms(MODULES, house.LIMITED)) == []


def test_modules_say_what_they_are() -> None:
    assert list(house.find_undescribed(MODULES)) == []


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("imprenta.problems", "import imprenta.model"),
        ("imprenta.model.text", "from imprenta.workspace import Workspace"),
        ("imprenta.load.yaml", "def f():\n    from imprenta.check import run_checks"),
        ("imprenta.load.yaml", "from ..tables import tabulate"),
        ("imprenta.load", "from .. import tables"),
        ("imprenta.load", "from imprenta import tables"),
        ("imprenta.markup", "from imprenta.bibliography import Work"),
        ("imprenta.tables", "if TYPE_CHECKING:\n    from imprenta.pipeline import build"),
        ("imprenta.workspace", "import imprenta.environment"),
        ("imprenta.environment", "from imprenta.problems import Problem"),
        ("imprenta.helpers", "import re"),
    ],
)
def test_an_import_up_the_rows_is_noticed(module: str, source: str) -> None:
    modules = {"imprenta": "", "imprenta.load.yaml": "", "imprenta.tables": "", module: source}
    assert len(list(house.find_row_breaks(modules))) == 1


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("imprenta.load", "from imprenta.load.yaml import read\nfrom imprenta.model import Paper\nimport re"),
        ("imprenta.load.yaml", "from .marks import Mark\nfrom . import marks"),
        ("imprenta.tables", "from imprenta.markup import write_inline"),
        ("imprenta.cli", "from imprenta import environment_variables, report, pipeline"),
        ("imprenta.debian", "from imprenta.environment import say"),
    ],
)
def test_an_import_down_the_rows_is_admitted(module: str, source: str) -> None:
    assert list(house.find_row_breaks({module: source})) == []


def test_circles_are_noticed_even_inside_functions() -> None:
    one, two = "imprenta.load.one", "imprenta.load.two"
    inside = "def f():\n    from imprenta.load import one"
    assert house.find_circles({one: "from .two import g", two: inside}) == [[one, two, one]]
    assert house.find_circles({one: "from .two import g", two: "import re"}) == []
    package = {"imprenta.load": "from .one import f", one: "from imprenta.load import g"}
    assert house.find_circles(package) == [["imprenta.load", one, "imprenta.load"]]


@pytest.mark.parametrize(
    "source",
    [
        "import os",
        "import os.path",
        "from pathlib import Path",
        "import pathlib",
        "import subprocess as s",
        "def f():\n    import tempfile",
        "text = open('x').read()",
        "import io\nfile = io.open('x')",
        "loader = jinja2.FileSystemLoader('templates')",
    ],
)
def test_touching_the_disk_is_noticed(source: str) -> None:
    assert len(list(house.find_disk_use({"imprenta.load": source}))) == 1
    assert list(house.find_disk_use({"imprenta.workspace": source})) == []


@pytest.mark.parametrize(
    "source",
    [
        "from pathlib import PurePosixPath",
        "import io\nfile = io.BytesIO()",
        "workspace.open('x')",
        "if TYPE_CHECKING:\n    from pathlib import Path",
    ],
)
def test_what_touches_no_disk_is_admitted(source: str) -> None:
    assert list(house.find_disk_use({"imprenta.load": source})) == []


@pytest.mark.parametrize("module", sorted(house.DISK_EXCEPTIONS))
def test_an_exception_is_no_leave_to_touch_the_disk_at_will(module: str) -> None:
    assert module in MODULES
    sources = "\n".join(f"import {library}" for library in sorted(house.DISK_EXCEPTIONS[module] - house.DISK_CALLS))
    assert list(house.find_disk_use({module: sources})) == []
    other = min(house.DISK_MODULES - house.DISK_EXCEPTIONS[module])
    assert len(list(house.find_disk_use({module: f"{sources}\nimport {other}"}))) == 1


@pytest.mark.parametrize("source", ["print('hola')", "import sys\nsys.stderr.write('x')", "input()"])
def test_printing_is_noticed(source: str) -> None:
    assert len(list(house.find_prints({"imprenta.pipeline": source}))) == 1
    assert list(house.find_prints({"imprenta.cli": source})) == []


def test_a_library_in_many_modules_is_noticed() -> None:
    users = {f"imprenta.figures.{name}": "import pylatex.table" for name in ("a", "b", "c")}
    assert len(list(house.find_library_spread(users))) == 1
    del users["imprenta.figures.c"]
    assert list(house.find_library_spread(users)) == []


def test_pydantic_outside_the_model_is_noticed() -> None:
    source = "from pydantic import BaseModel"
    assert len(list(house.find_library_spread({"imprenta.tables": source}))) == 1
    inside = {f"imprenta.model.{name}": source for name in ("a", "b", "c", "d")}
    assert list(house.find_library_spread(inside)) == []


def test_a_library_in_the_set_up_is_noticed() -> None:
    assert len(list(house.find_library_spread({"imprenta.environment": "def f():\n    import yaml"}))) == 1


def test_long_modules_are_noticed() -> None:
    assert len(list(house.find_long_modules({"imprenta.load": "x = 1\n" * 311}))) == 1
    assert list(house.find_long_modules({"imprenta.load": "x = 1\n" * 310})) == []


def function(*, lines: int = 1, parameters: str = "") -> str:
    return f"class A:\n    def f(self, {parameters}):\n" + "        x = 1\n" * (lines - 1)


@pytest.mark.parametrize(
    "source",
    [
        "x = 1\n" * 301,
        function(lines=61, parameters="a"),
        function(lines=2, parameters="a, b, /, c, d, *e, f, **g"),
        "def f(a, b, c, d, e, f, g): ...",
        "async def f(a, b, c, d, e, f, g): ...",
    ],
)
def test_large_code_is_noticed(source: str) -> None:
    assert len(list(house.find_large_code({"imprenta.typeset.engine.log": source}, "imprenta.typeset"))) == 1
    assert list(house.find_large_code({"imprenta.typesetter": source}, "imprenta.typeset")) == []


@pytest.mark.parametrize(
    "source", ["x = 1\n" * 300, function(lines=60), function(lines=2, parameters="a, b, /, c, d, *e, **f")]
)
def test_code_within_the_limits_is_admitted(source: str) -> None:
    assert list(house.find_large_code({"imprenta.typeset": source}, "imprenta.typeset")) == []


def stack(package: str, names: str) -> dict[str, str]:
    """Return modules each of which imports the one before."""
    below = dict(zip(names, " " + names, strict=False))
    return {
        f"{package}.{name}": f"from {package}.{below[name]} import x" if below[name] != " " else "" for name in names
    }


def test_too_many_floors_are_noticed_in_the_package_and_in_its_rooms() -> None:
    assert list(house.find_high_rooms(stack("imprenta.t", "abcde"), "imprenta.t")) == []
    assert len(list(house.find_high_rooms(stack("imprenta.t", "abcdef"), "imprenta.t"))) == 1
    room = {"imprenta.t": "from imprenta.t.room import x", "imprenta.t.room": "", **stack("imprenta.t.room", "abcdef")}
    (told,) = house.find_high_rooms(room, "imprenta.t")
    assert told.startswith("imprenta.t.room has 6 floors")
    assert house.find_floors(room, "imprenta.t") == {"room": 1}


def test_rooms_that_import_each_other_are_noticed() -> None:
    one, two = "imprenta.t.one", "imprenta.t.two"
    modules = {f"{one}.a": f"from {two}.a import x", f"{two}.a": "", f"{two}.b": f"def f():\n    import {one}.a"}
    assert house.find_circles(modules) == []
    assert len(list(house.find_high_rooms(modules, "imprenta.t"))) == 1


@pytest.mark.parametrize("source", ["", "import re", '"""No full stop"""', '"""Two\nlines."""'])
def test_an_undescribed_module_is_noticed(source: str) -> None:
    assert len(list(house.find_undescribed({"imprenta.load": source}))) == 1
    assert list(house.find_undescribed({"imprenta.load": '"""A -> B.\n\nMore on it."""\n'})) == []


def test_the_templates_of_the_engine_are_known() -> None:
    """What one that changed writes must be what its values state: see `imprenta/render/known_templates.py`."""
    found = {f"templates/{path.name}": content_hash(path.read_bytes()) for path in (ROOT / "templates").glob("*.j2")}
    if os.environ.get("IMPRENTA_REESCRIBE"):
        path = ROOT / "imprenta/render/known_templates.py"
        rows = "".join(f'    "{name}": "{found[name]}",\n' for name in sorted(found))
        kept, begin, _ = path.read_text("utf-8").partition("KNOWN_TEMPLATES")
        path.write_text(f"{kept}{begin}: dict[str, str] = {{\n{rows}}}\n", "utf-8")
    else:
        assert found == KNOWN_TEMPLATES, "IMPRENTA_REESCRIBE=1 pytest tests/test_house.py"


def test_the_engines_own_files_by_which_things_are_remembered_are_there() -> None:
    from imprenta.pipeline import drawings, pictures, schemas
    from imprenta.workspace import engine_workspace

    engine = engine_workspace()
    for name in (*schemas.ENGINE_FILES, *drawings.DRAWING_CODE, *pictures.CODE):
        folder, star, suffix = name.partition("/*")
        assert engine.list_files(folder, suffix) if star else engine.is_file(name), name
    for folder in (*schemas.ENGINE_FOLDERS, *drawings.DRAWERS):
        assert engine.list_files(folder, ".py"), folder


def test_no_test_asserts_how_long_something_took() -> None:
    paths = sorted((ROOT / "tests").rglob("test_*.py"))
    assert len(paths) > 200
    assert list(house.find_timed_assertions((path.name, path.read_text("utf-8")) for path in paths)) == []
    broken = "begin = time.process_time()\nassert time.process_time() - begin < 3"
    assert list(house.find_timed_assertions([("a.py", broken)])) == ["a.py:2"]
    assert list(house.find_timed_assertions([("a.py", "assert time.monotonic() < deadline")])) == []
