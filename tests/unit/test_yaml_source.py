"""What has no place in our YAML is refused where it stands: tags, anchors, aliases, documents, unseen characters."""

from __future__ import annotations

import pytest

from imprenta.load import read_yaml
from imprenta.model import Text


def told(source: str) -> list[tuple[int, int, str]]:
    return [(one.place.line, one.place.column, one.code) for one in read_yaml(source, "x.yaml").problems]


@pytest.mark.parametrize(
    ("source", "line", "column"),
    [
        ("a: !!ojo Caudales", 1, 4),
        ("a: ! Cuidado", 1, 4),
        ("a: !Cuidado con esto", 1, 4),
        ("a: !!binary aG9sYQ==", 1, 4),
        ("a: !!python/name:os.system Hola", 1, 4),
        ("a: !!str", 1, 4),
        ('a: ! "b"', 1, 4),
        ("a: !!seq [b]", 1, 4),
        ("a: !!set {b: c}", 1, 4),
        ("a:\n  !!map\n  b: c", 2, 3),
        ("!!str a: b", 1, 1),
        ("--- !t\na: b", 1, 5),
        ("- b\n- !<tag:yaml.org,2002:str> c", 2, 3),
        ("a: !{b}", 1, 4),
        ("a: !e!b c", 1, 4),
        ("a: !ñ b", 1, 4),
        ("a: !<b c", 1, 4),
    ],
)
def test_a_tag_is_refused_where_it_stands(source: str, line: int, column: int) -> None:
    assert told(source) == [(line, column, "yaml-etiqueta")]


@pytest.mark.parametrize(
    ("source", "line", "column"),
    [
        ("a: &c Norma", 1, 4),
        ("a: &c", 1, 4),
        ("a: & c", 1, 4),
        ("a: &c |\n  b", 1, 4),
        ("- &c [b]", 1, 3),
        ("&c a: b", 1, 1),
        ("&c\na: b", 1, 1),
        ("a: b\n*c : d", 2, 1),
        ("a:\n  - texto: *c", 2, 12),
        ("a: *", 1, 4),
    ],
)
def test_an_anchor_and_an_alias_are_refused_where_they_stand(source: str, line: int, column: int) -> None:
    assert told(source) == [(line, column, "yaml-alias")]


def test_each_of_them_is_told_and_the_value_is_kept() -> None:
    tree = read_yaml("a: &x !!str uno\nb: *x\nc: dos", "x.yaml")
    assert [(one.place.line, one.code) for one in tree.problems] == [(1, "yaml-alias"), (2, "yaml-alias")]
    assert [str(value) for value in tree.data.values()] == ["uno", "None", "dos"]


@pytest.mark.parametrize(
    ("source", "place", "words"),
    [
        ("a: b\n---\nc: d", (2, 1), "más de un documento"),
        ("a:\n\tb: c", (2, 1), "tabulador"),
        ("a: b\n\tc", (2, 1), "tabulador"),
        ("a: |\n\tb", (2, 1), "tabulador"),
        ('a: "C:\\Users"', (1, 7), "«\\U»"),
        ('a: "\\uD83D"', (1, 5), "no es el de ningún carácter"),
        ('a: "uno\\qdos"', (1, 8), "no conoce"),
        ("a: ñññ\x07", (1, 7), "U+0007"),
        ("\u00a0\u00a0filas: b", (1, 1), "U+00A0"),
        ("fi\u200blas: b", (1, 1), "U+200B"),
        ("a: | hola", (1, 6), "«|»"),
        ("%FOO\n---\na: b", (1, 1), "directivas"),
        ("%YAML 3.0\n---\na: b", (1, 1), "directivas"),
        ("a: b: c", (1, 5), "dos puntos"),
        ("a: [b c\nd: e", (1, 4), "no se cierra"),
        ("a: 'b", (1, 4), "no se cierran"),
        ("a: b\nclave\n  - c", (2, 1), "falta «:»"),
        ("a: 'it's'\nb: c", (1, 7), "las comillas cierran aquí"),
        ('- ["uno" dos]', (1, 8), "las comillas cierran aquí"),
        ("a: {b: c}}", (1, 10), "sobra «}»"),
        ("a: [b]]", (1, 7), "sobra «]»"),
        ("titulo:a\nb: c", (1, 7), "falta un espacio"),
        ("a: b\n<<: *c", (2, 1), "alias"),
        ("a: b\n<<: {c: d}", (2, 1), "alias"),
    ],
)
def test_what_cannot_be_read_is_named(source: str, place: tuple[int, int], words: str) -> None:
    (problem,) = read_yaml(source, "x.yaml").problems
    assert (problem.place.line, problem.place.column) == place
    assert words in problem.message


@pytest.mark.parametrize("source", ['a: "C:\\"\nb: c', 'a: "C:\\"\nb: "D:\\"'])
def test_a_bar_before_the_closing_quotes_is_blamed(source: str) -> None:
    (problem,) = read_yaml(source, "x.yaml").problems
    assert (problem.place.line, problem.place.column) == (1, 4)
    assert "una comilla tras la barra no cierra" in problem.hint


@pytest.mark.parametrize("source", ["", "\n", "# nada", "---", "%YAML 1.2\n---\n"])
def test_a_file_without_data_is_empty(source: str) -> None:
    assert [one.code for one in read_yaml(source, "x.yaml").problems] == ["archivo-vacio"]


@pytest.mark.parametrize("source", ["[{}]", "a: {}", "a:\n  b:\n    - {}", "? {}\n: b", "a: 1\na: {}"])
@pytest.mark.parametrize("deep", ["[" * 5000, "{a: " * 5000, "[{" * 2500])
def test_nesting_without_end_is_refused_at_once(source: str, deep: str) -> None:
    tree = read_yaml(source.replace("{}", deep), "x.yaml")
    assert "anidados a demasiada profundidad" in tree.problems[-1].message
    assert tree.data is None


def test_a_repeated_key_and_a_key_that_is_none_take_their_values_with_them() -> None:
    tree = read_yaml("a: uno\na: {b: [c, *d]}\n[x]: {y: &z w}\ne: tres", "x.yaml")
    assert [(one.place.line, one.code) for one in tree.problems] == [(2, "clave-repetida"), (3, "clave-no-admitida")]
    assert {key: str(value) for key, value in tree.data.items()} == {"a": "uno", "e": "tres"}
    assert isinstance(tree.data["e"], Text)
