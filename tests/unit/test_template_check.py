"""What templates use and nobody gives them, told without rendering."""

from __future__ import annotations

from pathlib import Path
from typing import NoReturn

import pytest

from imprenta.cache import Cache
from imprenta.model.document import KNOWN, Document, Piece
from imprenta.model.source_map import strip_marks
from imprenta.problems import Severity, drop_warned
from imprenta.render import TemplateFailure, Templates, check_templates
from imprenta.render.template_commands import refuse_missing
from imprenta.workspace import ENGINE_ROOT, Workspace


def tell(folder: Path, name: str, source: str) -> list[str]:
    (folder / "templates").mkdir(exist_ok=True)
    (folder / "templates" / f"{name}.tex.j2").write_text(source)
    found = check_templates(Workspace(folder))
    return [f"{p.place.path}:{p.place.line}:{p.place.column}: {p.message} ({p.hint})" for p in found]


def test_the_engine_s_templates_are_sound() -> None:
    assert check_templates(Workspace(ENGINE_ROOT)) == []


@pytest.mark.parametrize(
    ("name", "source", "expected"),
    [
        (
            "figura",
            "\\VALOR{ figura.pies }\n",
            ["templates/figura.tex.j2:1:16: la plantilla usa «figura.pies», que nadie le da (¿«pie»?)"],
        ),
        (
            "tabla",
            "uno\n  \\VALOR{ tabl.cuerpo }",
            ["templates/tabla.tex.j2:2:11: la plantilla usa «tabl», que nadie le da (¿«tabla»?)"],
        ),
        (
            "apartado",
            "\\BLOQUE{ include 'otra' }",
            ["templates/apartado.tex.j2:1:1: no existe la plantilla «templates/otra.tex.j2» ()"],
        ),
        (
            "lista",
            "\\BLOQUE{ for uno in lista }\n\\VALOR{ uno.marca }\\VALOR{ uno.puntos }\n\\BLOQUE{ endfor }",
            ["templates/lista.tex.j2:2:32: la plantilla usa «uno.puntos», que nadie le da (¿«punto»?)"],
        ),
        (
            "logos",
            2 * "\\BLOQUE{ for uno in informe.autores }\n\\VALOR{ uno.nombres }\n\\BLOQUE{ endfor }\n",
            [
                f"templates/logos.tex.j2:{line}:13: la plantilla usa «uno.nombres», que nadie le da (¿«nombre»?)"
                for line in (2, 5)
            ],
        ),
    ],
)
def test_each_mistake_has_its_place(tmp_path: Path, name: str, source: str, expected: list[str]) -> None:
    assert tell(tmp_path, name, source) == expected


def test_own_names_and_loops_are_no_mistake(tmp_path: Path) -> None:
    source = (
        "\\BLOQUE{ set a = 1 }\\VALOR{ a }"
        "\\BLOQUE{ for x in range(3) }\\VALOR{ x }\\VALOR{ loop.index }\\BLOQUE{ endfor }"
        "\\BLOQUE{ macro m(y) }\\VALOR{ y }\\BLOQUE{ endmacro }\\VALOR{ m(titulo) }"
    )
    assert tell(tmp_path, "apartado", source) == []


def test_items_of_which_little_is_known_are_no_mistake(tmp_path: Path) -> None:
    source = (
        "\\BLOQUE{ for x in lista }\\VALOR{ x.numero }\\VALOR{ x.get('id') }\\BLOQUE{ endfor }"
        "\\BLOQUE{ for y in lista }\\VALOR{ y.punto }\\BLOQUE{ endfor }"
        "\\BLOQUE{ for y in [{'a': 1}] }\\VALOR{ y.a }\\BLOQUE{ endfor }"
        "\\BLOQUE{ for z in idioma.palabras.figura }\\VALOR{ z.upper() }\\BLOQUE{ endfor }"
    )
    assert tell(tmp_path, "lista", source) == []


def test_a_mistake_in_an_included_template_is_told_there(tmp_path: Path) -> None:
    assert tell(tmp_path, "preambulo", "\\VALOR{ informe.titul }") == [
        "templates/preambulo.tex.j2:1:17: la plantilla usa «informe.titul», que nadie le da (¿«titulo»?)"
    ]


def test_wrong_syntax_is_told_at_its_line(tmp_path: Path) -> None:
    found = tell(tmp_path, "seccion", "uno\n\\BLOQUE{ if seccion }\n")
    assert len(found) == 1
    assert found[0].startswith("templates/seccion.tex.j2:2:1: la plantilla está mal escrita: «")


def test_an_error_inside_an_imported_macro_is_told_there(tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    macros = "%# Macros.\n\\BLOQUE{ macro mitad(x) }\n\\VALOR{ 1 / x }\n\\BLOQUE{ endmacro }\n"
    (tmp_path / "templates/macros.tex.j2").write_text(macros)
    (tmp_path / "templates/apartado.tex.j2").write_text(
        'uno\n\\BLOQUE{ from "macros" import mitad }\n\\VALOR{ mitad(0) }\n'
    )
    with pytest.raises(TemplateFailure) as raised:
        Templates(Workspace(tmp_path)).render("apartado")
    place = raised.value.problem.place
    assert (place.path, place.line) == ("templates/macros.tex.j2", 3)


def test_what_one_report_compiled_no_other_compiles_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IMPRENTA_CACHE", str(tmp_path / "cache"))
    for name in ("uno", "otro"):
        (tmp_path / name / "templates").mkdir(parents=True)
        (tmp_path / name / "templates/apartado.tex.j2").write_text("\\VALOR{ 1 + 1 }\n")
    assert strip_marks(Templates(Workspace(tmp_path / "uno"), Cache("motor")).render("apartado")) == "2\n"

    def refuse(*_: object) -> NoReturn:
        raise ZeroDivisionError

    monkeypatch.setattr("jinja2.Environment.compile", refuse)
    assert strip_marks(Templates(Workspace(tmp_path / "otro"), Cache("motor")).render("apartado")) == "2\n"
    for other in (Cache("otro motor"), Cache(), None):
        with pytest.raises(TemplateFailure, match="ZeroDivisionError"):
            Templates(Workspace(tmp_path / "otro"), other).render("apartado")


def test_a_checkpoint_may_have_the_name_of_version_0_1(tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates/apartado.tex.j2").write_text("\\hito\nun \\hito{}\n\\hitos\n")
    assert strip_marks(Templates(Workspace(tmp_path)).render("apartado")).splitlines() == [
        "\\checkpoint",
        "un \\hito{}",
        "\\hitos",
    ]


@pytest.mark.parametrize(
    ("loops", "used", "told"),
    [
        (["autor in informe.autores"], "autor.zzcorreo", True),
        (["autor in informe.autores"], "autor.correo", False),
        (["fila in informe.autores | batch(2)", "autor in fila"], "autor.zzcorreo", True),
        (["fila in informe.autores | batch(2)", "autor in fila"], "autor.correo", False),
        (["autor in informe.autores | sort"], "autor.zzcorreo", True),
        (["autor in informe.autores | map(attribute='nombre')"], "autor.zzcorreo", False),
        (["autor in secciones"], "autor.zzcorreo", False),
        (["uno, autor in informe.autores"], "autor.zzcorreo", False),
    ],
)
def test_a_field_of_a_loop_s_item_is_told(loops: list[str], used: str, told: bool, tmp_path: Path) -> None:
    begin = "".join(f"\\BLOQUE{{ for {loop} }}\n" for loop in loops)
    source = f"{begin}\\VALOR{{ {used} }}\n" + "\\BLOQUE{ endfor }\n" * len(loops)
    found = tell(tmp_path, "documento", source)
    assert ["«autor.zzcorreo»" in one for one in found if "que nadie le da" in one] == [True] * told


def change_marked_up(folder: Path, *changes: tuple[str, str]) -> Templates:
    """Put a copy of the engine's template of commands beside a report, changed."""
    source = (ENGINE_ROOT / "templates/marcado.tex.j2").read_text()
    for old, new in changes:
        assert old in source
        source = source.replace(old, new)
    (folder / "templates").mkdir()
    (folder / "templates/marcado.tex.j2").write_text(source)
    return Templates(Workspace(folder))


def document_of(body: str) -> Document:
    return Document((Piece("\\usepackage{x}\\sobrante\n", KNOWN), Piece(f"\\begin{{document}}\n{body}", KNOWN)))


def test_a_copy_of_an_older_version_is_warned_of_and_refused_where_it_is_used(tmp_path: Path) -> None:
    lacking = ("\\newenvironment{aviso}", "\\newenvironment{recuadro}"), ("{\\casilla}", "{\\otracasilla}")
    templates = change_marked_up(tmp_path, *lacking)
    (warning,) = check_templates(Workspace(tmp_path))
    assert (warning.code, warning.severity) == ("plantilla-incompleta", Severity.WARNING)
    assert (warning.place.path, warning.message) == (
        "templates/marcado.tex.j2", "la plantilla no define «aviso», «casilla», que Imprenta usa",
    )  # fmt: skip
    refuse_missing(templates, document_of("Nada de \\avisos, \\casillas ni {avisos}."))
    for body in ("\\begin{aviso}{tinta}", "una \\casilla{x}"):
        with pytest.raises(TemplateFailure) as failure:
            refuse_missing(templates, document_of(body))
        assert failure.value.problem.severity is Severity.ERROR
        assert "otra versión" in failure.value.problem.hint
        assert drop_warned([warning, failure.value.problem]) == [failure.value.problem]


def test_what_is_used_by_what_is_used_is_missed_too(tmp_path: Path) -> None:
    templates = change_marked_up(tmp_path, ("\\newcommand{\\sihay}", "\\newcommand{\\nohay}"))
    refuse_missing(templates, document_of("\\corte"))
    with pytest.raises(TemplateFailure, match="«sihay»"):
        refuse_missing(templates, document_of("\\begin{teorema}{}{}{}{}{}"))


def test_what_a_copy_does_in_another_way_is_not_missed(tmp_path: Path) -> None:
    change_marked_up(
        tmp_path,
        ("\\DeclareRobustCommand{\\corte}", "\\protected\\def\\corte"),
        ("\\newcommand{\\sihay}", "\\providecommand\\sihay"),
    )
    assert check_templates(Workspace(tmp_path)) == []


def test_a_template_that_no_longer_includes_another_is_to_blame(tmp_path: Path) -> None:
    preamble = (ENGINE_ROOT / "templates/preambulo.tex.j2").read_text()
    found = tell(tmp_path, "preambulo", preamble.replace('\\BLOQUE{ include "marcado" }', ""))
    assert [one.partition(": ")[0] for one in found] == ["templates/preambulo.tex.j2:1:1"]
    assert "que Imprenta usa" in found[0]
