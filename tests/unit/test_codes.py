"""The registry of codes: complete, used, well said; and the page of the guide that comes from it."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from imprenta.codes import CODES, FAMILIES, Code
from imprenta.report import explain_codes, write_guide

ROOT = Path(__file__).resolve().parents[2]
SOURCES = [
    path
    for path in sorted((ROOT / "imprenta").rglob("*.py"))
    if path.relative_to(ROOT / "imprenta").parts[0] not in {"codes", "schema", "environment.py", "debian.py"}
]
# Words with the shape of a code that are none: encodings, names in a drawing; and the code of a formula that fails
# only because another one did, which is left out before it is told.
NO_CODES = {
    "a-2a", "default-src", "esquina-1", "esquina-2", "family-i", "first-paint", "given-i", "imprenta-secreto",
    "latin-1", "no-cache", "no-referrer", "no-store", "palo-seco", "prefix-i", "rsvg-convert", "same-origin", "ua-1",
    "suffix-i", "utf-16", "utf-16-be", "utf-16-le", "utf-8", "utf-8-sig", "valor-sin-resultado",
}  # fmt: skip
NAMES = ("biber", "biblatex", "matplotlib")  # written in lower case even where a sentence begins
SHAPE = r"[a-z][a-z0-9]*(?:-[a-z0-9]+)+"


def used_words() -> dict[str, str]:
    """Return the strings in the engine that look like a code, each with a file that has it."""
    found = {}
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and re.fullmatch(SHAPE, node.value):
                found[node.value] = str(path.relative_to(ROOT))
    return found


def test_every_code_in_the_engine_is_registered() -> None:
    used = used_words()
    assert len(used) > 50
    strangers = {word: file for word, file in used.items() if word not in CODES and word not in NO_CODES}
    assert not strangers, "register these in imprenta/codes, and put their smallest bad input under tests/problems"


def test_every_registered_code_is_used() -> None:
    assert set(CODES) - set(used_words()) == set()


def test_no_code_is_in_two_families() -> None:
    names = [name for family in FAMILIES for name in family.codes]
    assert len(names) == len(set(names)) == len(CODES)


@pytest.mark.parametrize("name", CODES)
def test_a_code_is_explained(name: str) -> None:
    code = CODES[name]
    assert re.fullmatch(SHAPE, name)
    assert code.title[0].islower() or code.title[0] in "«" or code.title.split()[0] in ("LaTeX", "ISBN")
    assert not code.title.endswith(".")
    assert len(code.title) <= 90
    assert "|" not in code.title
    assert code.explanation.endswith(".")
    assert code.explanation[0].isupper() or code.explanation.split()[0] in NAMES or code.explanation[0] in "«{"
    assert code.explanation.count("«") == code.explanation.count("»")
    assert code.title.count("«") == code.title.count("»")
    assert code.bad.strip()
    assert code.good.strip()
    assert code.bad != code.good


def test_the_guide_is_up_to_date() -> None:
    """`python3 build.py explain --format markdown > docs/guia/problemas.md` writes it."""
    assert (ROOT / "docs/guia/problemas.md").read_text(encoding="utf-8") == write_guide()


def test_the_guide_tells_every_code_with_both_examples() -> None:
    guide = write_guide()
    for name, code in CODES.items():
        assert f"\n### {name}\n" in guide
        assert f"\n| [{name}](#{name}) | " in guide
        section = guide.partition(f"\n### {name}\n")[2].partition("\n### ")[0]
        assert code.bad in section
        assert code.good in section
    assert len(re.findall(r"(?m)^````?\w+$", guide)) == 2 * len(CODES)


def test_an_explanation_for_the_terminal_has_all() -> None:
    said = explain_codes(["fila-desigual"])
    assert said.startswith("fila-desigual (error): una fila no tiene una celda por columna\n")
    assert '\nbien:\n    - [Guadalete, "3,4"]' in said
    assert len(explain_codes([]).split("\n")) == len(CODES)


def test_a_code_cannot_be_changed() -> None:
    code = CODES["fila-desigual"]
    with pytest.raises(AttributeError):
        code.title = "otra cosa"  # type: ignore[misc]
    with pytest.raises(TypeError):
        CODES["nuevo-codigo"] = Code("a", "A.", "b", "c")  # type: ignore[index]
