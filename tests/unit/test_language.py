"""Prose knows its places; typography and the word list tell what is wrong, and only that."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imprenta.language import check_language, read_names
from imprenta.language import dictionary as dictionary_module
from imprenta.language.check import NO_DICTIONARY
from imprenta.language.dictionary import CACHE_PATH, open_dictionary
from imprenta.language.prose import OBJECT, read_prose
from imprenta.language.spelling import Speller, find_unknown
from imprenta.language.typography import check_typography
from imprenta.language.vocabulary import Vocabulary, read_vocabulary
from imprenta.load import load_paper
from imprenta.model import Text
from imprenta.workspace import Workspace

ROOT = Path(__file__).resolve().parents[2]


def prose(value: str) -> str:
    return "\n\n".join(piece.words for piece in read_prose(Text(value, "a.yaml")))


def signs(value: str) -> list[tuple[str, str]]:
    """Return each typographic problem with the characters that it is about."""
    problems = check_typography(read_prose(Text(value, "a.yaml")))
    assert all(problem.place.line == problem.place.end_line for problem in problems)
    return [(problem.code, value[problem.place.column - 1 : problem.place.end_column - 1]) for problem in problems]


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("Sin marcas", "Sin marcas"),
        ("Va **en negrita**", "Va en negrita"),
        ("Va *in English* y sigue", f"Va {OBJECT * 10} y sigue"),
        ("Va `code code` code", f"Va {OBJECT} code"),
        ("Cita [@a, sec. 2] y @b.", f"Cita {OBJECT} y {OBJECT}."),
        ("Así [véase @a, p. 3, que lo dice; y @b].", f"Así {OBJECT}véase{OBJECT}que lo dice{OBJECT}y{OBJECT}."),
        ("Son {= a.b | 2} de {figura:x}", f"Son {OBJECT} de {OBJECT}"),
        ("El [texto](https://example.org/palabra) enlaza", "El texto enlaza"),
        ("En <https://example.org> está", f"En {OBJECT} está"),
        ("En https://example.org/a está", f"En {OBJECT * 21} está"),
        ("Escriba a ana@example.org hoy", f"Escriba a {OBJECT * 15} hoy"),
        ("Con $x + y$ y \\*signo", f"Con {OBJECT} y *signo"),
        ("Uno[^n].\n\n[^n]: La nota", f"Uno{OBJECT}.\n\nLa nota"),
        ("- uno\n- dos", "uno\n\ndos"),
        ("> words of others\n\nPropias", "Propias"),
        ("```\ncode\n```\n\nTexto", "Texto"),
    ],
)
def test_prose_is_what_is_read_as_spanish(value: str, words: str) -> None:
    assert prose(value) == words


PIECES = ["_", "casa", "río ", " a", "*", "**", "`", "a b", "[@k]", "[véase @k, p. 3, y más\n allá]",
          "@k ", "{= x}", "$x$", "\n", "\n\n- ", "> ", "  ",
          "[t](http://a.es)", "\\*", "[^n]", "\n\n[^n]: ", "<https://a.es>", "```", "é", '"', "[", "]"]  # fmt: skip
MARKUP = st.lists(st.sampled_from(PIECES), max_size=25)


@given(MARKUP.map("".join))
def test_each_character_of_the_prose_stands_where_it_says(value: str) -> None:
    for piece in read_prose(Text(value, "a.yaml")):
        assert len(piece.words) == len(piece.offsets)
        assert list(piece.offsets) == sorted(piece.offsets)
        for character, offset in zip(piece.words, piece.offsets, strict=True):
            assert character in (OBJECT, "\n", value[offset])


def test_the_place_is_the_words_and_not_the_same_ones_in_code() -> None:
    value = "Va `b... b...` b... ya"
    (problem,) = check_typography(read_prose(Text(value, "a.yaml")))
    assert problem.place.column == value.rindex("...") + 1


def test_the_place_in_a_list_of_several_lines() -> None:
    text = Text("- uno\n  dos...\n", "a.yaml", ((0, 4, 7), (6, 5, 7)))
    (problem,) = check_typography(read_prose(text))
    assert (problem.place.line, problem.place.column, problem.place.end_column) == (5, 12, 15)


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ('Un "caso" y "otro"', [("comillas-rectas", '"caso"'), ("comillas-rectas", '"otro"')]),
        ('Mide 15" y pesa', []),
        ('El signo " solo', []),
        ('El `print("x")` y *a "quote"* no', []),
        ("Un «caso» “dentro”", []),
        ("Sigue... y acaba…", [("puntos-suspensivos", "...")]),
        ("...", []),
        ("Hay  dos", [("espacio-doble", "  ")]),
        ("Tras cita [@a].   Sigue", [("espacio-doble", "   ")]),
        ("Acaba con espacios  ", []),
        ("Cita [@a] , y sigue ; luego .", [("espacio-antes-de-signo", " ,"), ("espacio-antes-de-signo", " ;"),
                                         ("espacio-antes-de-signo", " .")]),
        ("Usa .NET y .yaml a 3 : 4", []),
        ("Qué es?", [("signo-de-apertura", "?")]),
        ("¿Qué es? Nada!", [("signo-de-apertura", "!")]),
        ("¿Dijo «¡no!»? ¡Sí! ¿Qué!", []),
        ("¡¿Cómo?! Y dudoso (?) de 5! o n!", []),
        ("El operador !importante y [!]", []),
        ("Bajó 12.5 % y cuesta $3.25", [("punto-decimal", "12.5"), ("punto-decimal", "3.25")]),
        ("Kubernetes 1.13, 10.0.0.1, TLS 1.2 y 3.141 GB", []),
        ("A las 18.30 horas, 12,5 % y `1.5 s`", []),
        ("Crece 0.99999 %.", [("punto-decimal", "0.99999")]),
    ],
)  # fmt: skip
def test_signs(value: str, found: list[tuple[str, str]]) -> None:
    assert signs(value) == found


def test_the_word_list_has_one_word_a_line_and_comments() -> None:
    vocabulary = read_vocabulary("# ríos\nGuadalete  # el de Jerez\n\nclúster\nkOps\n".encode())
    assert [(word, place.line, place.column) for word, place in vocabulary.places.items()] == [
        ("Guadalete", 2, 1), ("clúster", 4, 1), ("kOps", 5, 1)]  # fmt: skip
    used = vocabulary.find("Clúster") | vocabulary.find("CLÚSTER")
    assert used == {"clúster"}
    assert vocabulary.find("GUADALETE") == {"Guadalete"}
    assert not vocabulary.find("guadalete")
    assert not vocabulary.find("Kops")
    assert [problem.message for problem in vocabulary.find_unused({"clúster", "Guadalete"})] == [
        "ningún texto usa «kOps»"
    ]


@pytest.mark.parametrize("data", [None, b"", b"\xff\xfe\n", b"\xef\xbb\xbfuno\n", b"uno\r\ndos\r\n"])
def test_any_bytes_can_be_a_word_list(data: bytes | None) -> None:
    words = list(read_vocabulary(data).places)
    assert words == ([] if not data else ["��"] if data[0] == 0xFF else data.decode("utf-8-sig").split())


def examine(folder: Path, text: str, *, vocabulary: str = "", works: tuple[str, ...] = (), more: str = "") -> list[str]:
    """Return the messages on a report with one text; the dictionary is this machine's."""
    files = {
        "paper/informe.yaml": f"titulo: Caudales\nautores: [{{nombre: Ana}}]\nfecha: 2024-05\nsecciones: [uno]\n{more}",
        "paper/secciones/uno.yaml": "titulo: El río\nenunciado: Wat is dit\ncontenido:\n  - texto: "
        + json.dumps(text, ensure_ascii=False),
        "paper/vocabulario.txt": vocabulary,
    }
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(content, encoding="utf-8")
    workspace = Workspace(folder)
    paper, problems = load_paper(workspace)
    assert paper is not None
    assert not problems
    language = check_language(workspace, paper, read_names(works))
    if language.notice:
        pytest.skip("this machine has no dictionary of Spanish")
    return [problem.message for problem in language.problems]


def unknown(word: str) -> str:
    return f"«{word}» no está en el diccionario"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("El caudal bajó en los afluentes.", []),
        ("El cauadl bajó.", ["cauadl"]),
        ("AFLUNTES, DaemonSet, kOps, APIs, GiB y x", []),
        ("Afluntes al empezar", ["Afluntes"]),
        ("*Backlog*, `backlog`, [backlog](https://backlog.example.org) y backlog_1", ["backlog"]),
        ("docs.example.org, /etc/resolvconf, kernel5, informe.yaml, --dryrun y m³/s", []),
        ("Véase pág. 3, p. ej., núm. 4, fig. 2 y cap. 1; pesa 3 kg y dura 20 ms", []),
        ("Un estudio teórico-práctico y otro teórico-parctico", ["teórico-parctico"]),
        ("Multizona, autorregulado, corríjalas y conéctese", []),
        ("Hay multiples y un autoregulado", ["multiples", "autoregulado"]),
        ("> backlog of others\n\nY fin", []),
        ("Es **backlog**", ["backlog"]),
    ],
)
def test_words_that_no_dictionary_has(text: str, words: list[str], tmp_path: Path) -> None:
    assert examine(tmp_path, text) == [unknown(word) for word in words]


def test_english_is_left_out(tmp_path: Path) -> None:
    more = "abstract: The flow fell\nkeywords: [flow]\npalabras_clave: [caudal, forecats]\nresumen: El caudal bajó\n"
    assert examine(tmp_path, "Nada", more=more) == [unknown("forecats")]


def test_names_of_the_bibliography_are_known_and_its_common_words_are_not(tmp_path: Path) -> None:
    works = ("Ongaro, Diego and Ousterhout, John", "Searching for Guadalete consensus")
    assert examine(tmp_path, "Ongaro y Guadalete searching", works=works) == [unknown("searching")]


def test_words_vouched_for(tmp_path: Path) -> None:
    assert examine(tmp_path, "El backlog y kube-dns", vocabulary="backlog\nkube-dns\n") == []
    assert examine(tmp_path, "El `backlog`", vocabulary="backlog") == ["ningún texto usa «backlog»"]


def test_a_word_is_told_once_a_report_with_its_count(tmp_path: Path) -> None:
    found = examine(tmp_path, "El backlog. Backlog. Un backlog.", more="resumen: El backlog.\n")
    assert found == [f"{unknown('backlog')} (y sale 3 veces más en el informe)"]


def test_the_plural_of_a_word_vouched_for_is_known(tmp_path: Path) -> None:
    vocabulary = "determinístico\nbacklog\nclústeres\nconmutadorx\n"
    text = "Los backlogs determinísticos, clústeres y CONMUTADORXES"
    assert examine(tmp_path, text, vocabulary=vocabulary) == []
    assert examine(tmp_path, "Un backlog", vocabulary="backlogs") == [unknown("backlog"), "ningún texto usa «backlogs»"]


def test_what_is_longer_than_any_word_is_passed_by_at_once(tmp_path: Path) -> None:
    # Looked up letter by letter it takes minutes, which `timeout` ends.
    assert examine(tmp_path, f"El {'ab' * 50_000}, {'xA' * 4_000} y {'ab' * 30}") == [unknown("ab" * 30)]


def test_an_accent_apart_from_its_letter_is_its_accent(tmp_path: Path) -> None:
    assert examine(tmp_path, "El corazo\u0301n y la nacio\u0301n") == []
    speller = Speller(open_dictionary(Workspace(tmp_path)), Vocabulary(), frozenset())
    texts = [Text(words, "a.yaml") for words in ("Un afluénte", "Un aflue\u0301nte")]
    (problem,), (apart,) = (find_unknown([speller.spell(read_prose(text))], speller) for text in texts)
    assert (problem.forms, problem.place.column) == (apart.forms, apart.place.column)
    assert apart.place.end_column == problem.place.end_column + 1


@pytest.mark.parametrize(
    ("word", "hint"),
    [
        ("afluntes", "¿«afluentes»? "),
        ("Raiz", "¿«Raíz»"),
        ("acer", "¿«hacer»"),
        ("enel", "«en el»"),
        ("xqzwv", "si está"),
    ],
)
def test_near_words_are_offered(word: str, hint: str, tmp_path: Path) -> None:
    examine(tmp_path, f"Dice {word}")
    workspace = Workspace(tmp_path)
    paper, _ = load_paper(workspace)
    assert paper is not None
    (problem,) = check_language(workspace, paper, frozenset()).problems
    assert hint in problem.hint
    assert problem.hint.count("» o «") <= 2


def test_the_second_run_does_not_load_the_dictionary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = examine(tmp_path, "El caudal y el afluntes")
    kept = json.loads((tmp_path / CACHE_PATH).read_text(encoding="utf-8"))
    assert kept["palabras"]["caudal"] is True
    assert kept["palabras"]["afluntes"] is False
    loads = []
    real = dictionary_module._load

    def load(folder: str, name: str) -> object:
        loads.append(name)
        return real(folder, name)

    monkeypatch.setattr(dictionary_module, "_load", load)
    assert examine(tmp_path, "El caudal y el afluntes") == first
    assert loads == []
    assert examine(tmp_path, "El caudal, el afluntes y otra") == first
    assert loads


@pytest.mark.parametrize("kept", ["", "{", "[]", '{"diccionario": "otro", "palabras": {"afluntes": true}}', "\x00"])
def test_a_cache_of_another_dictionary_or_broken_is_not_believed(kept: str, tmp_path: Path) -> None:
    (tmp_path / "build").mkdir()
    (tmp_path / CACHE_PATH).write_text(kept, encoding="utf-8")
    assert examine(tmp_path, "El afluntes") == [unknown("afluntes")]


def test_without_a_dictionary_the_rest_is_checked_and_a_notice_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dictionary_module, "FOLDERS", (str(tmp_path / "none"),))
    (tmp_path / "paper/secciones").mkdir(parents=True)
    (tmp_path / "paper/informe.yaml").write_text("titulo: T\nautores: [{nombre: A}]\nfecha: 2024\nsecciones: [uno]\n")
    (tmp_path / "paper/secciones/uno.yaml").write_text("titulo: Afluntes...\ncontenido: [{texto: Wat}]\n")
    (tmp_path / "paper/vocabulario.txt").write_text("Wat\n")
    workspace = Workspace(tmp_path)
    paper, _ = load_paper(workspace)
    assert paper is not None
    language = check_language(workspace, paper, frozenset())
    assert [problem.code for problem in language.problems] == ["puntos-suspensivos"]
    assert language.notice == NO_DICTIONARY
    assert not (tmp_path / CACHE_PATH).exists()


def test_every_problem_of_language_is_a_warning(tmp_path: Path) -> None:
    examine(tmp_path, 'El  afluntes "dice"... qué? [@a] . Son 1.5 %', vocabulary="nada\n")
    workspace = Workspace(tmp_path)
    paper, _ = load_paper(workspace)
    assert paper is not None
    problems = check_language(workspace, paper, frozenset()).problems
    assert len({problem.code for problem in problems}) == 8
    assert {problem.severity.value for problem in problems} == {"aviso"}
