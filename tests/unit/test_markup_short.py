"""What LaTeX carries elsewhere: nothing in it is fragile, and a list tells the first sentence of the parsed text."""

from __future__ import annotations

import pytest

from imprenta.markup import write_plain, write_sentence, write_short
from imprenta.markup.sentences import is_abbreviation
from imprenta.model import Text


class Numbers:
    """A scope that knows names, and places no marks."""

    def number(self, expression: object) -> str:
        del expression
        return "1,5"

    def sources(self, names: tuple[str, ...]) -> tuple[str, ...]:
        return names

    def name_source(self, key: str) -> str:
        return {"ruiz": "Ruiz y Peña"}.get(key, "")

    def number_part(self, reference: object) -> str:
        del reference
        return "3"


def said(typed: str) -> str:
    """Return what a list prints, without what goes with it for the outline."""
    return write_sentence(Text(typed, "x"), Numbers()).removeprefix(r"\texorpdfstring{").partition("}{")[0]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("Comparación de Swarm vs. Kubernetes en 2019", "Comparación de Swarm vs. Kubernetes en 2019"),
        ("Muestra de la EPS núm. 3 y del Dr. Pérez", "Muestra de la EPS núm. 3 y del Dr. Pérez"),
        ("EE. UU. y Colombia", "EE. UU. y Colombia"),
        ("Fig. 3 de la obra p. ej. de Rust", "Fig. 3 de la obra p. ej. de Rust"),
        ("Versión 1.13 de Docker. Segunda frase", "Versión 1.13 de Docker"),
        ("Consumo en 2019. Elaboración propia.", "Consumo en 2019"),
        ("¿Qué es? Respuesta", "¿Qué es? Respuesta"),
        ("Uso de la CPU. Medido hoy", "Uso de la CPU"),
        ("Primera frase. «Segunda» frase", "Primera frase"),
        ("Primera. segunda en minúscula.", "Primera. segunda en minúscula"),
        ("Datos de EE. UU.", "Datos de EE. UU."),
        ("Ríos, mares, etc.", "Ríos, mares, etc."),
        ("Retrato de J. Pérez", "Retrato de J. Pérez"),
        ("Una sola frase.", "Una sola frase"),
    ],
)
def test_a_list_tells_the_first_sentence(typed: str, expected: str) -> None:
    assert said(typed) == expected.replace("%", r"\%")


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("Código `a. B` y *cursiva. Más* texto. Otra", r"Código \texttt{a.\ B} y \emph{cursiva. Más} texto"),
        ("Fórmula $f(x). G$ y enlace [a. B](https://x.org)", r"Fórmula $f(x). G$ y enlace a. B"),
        ("Según [@ruiz, pág. 3] y [@ruiz].", "Según y"),
        ("*Toda la frase.* Segunda frase", r"\emph{Toda la frase}"),
        ("**Todo *en* negrita.** Segunda", r"\textbf{Todo \emph{en} negrita}"),
        ("La función `x`. `Y` no empieza frase", r"La función \texttt{x}. \texttt{Y} no empieza frase"),
        ("Usa EE`x`. Otra", r"Usa EE\texttt{x}"),
        ("Uno. `y` No empieza frase", r"Uno. \texttt{y} No empieza frase"),
        ("Uso de la $t$. Otra", "Uso de la $t$"),
        ("Mide `a`b. Otra", r"Mide \texttt{a}b. Otra"),  # one letter alone may be an initial
        ("Mide 5 de `a`bc. Otra", r"Mide 5 de \texttt{a}bc. Otra"),  # no vowel: it may be an abbreviation
        ("Norma de la WWW. Otra", "Norma de la WWW"),
        ("Dice @ruiz algo. Otra", "Dice Ruiz y Peña algo"),
        ("Sobre @nadie y más", "Sobre y más"),
        ("La {Figura:x} y {= a.b}. Otra", r"La Figura~\ref*{figura:x} y 1,5"),
        ("Un `x`. Otra", r"Un \texttt{x}"),
        ("Un [](https://x.o) vacío", "Un https://x.o vacío"),
        ("Dos  \nlíneas de\ntexto", "Dos líneas de texto"),
    ],
)
def test_what_is_carried_is_cut_as_it_was_parsed(typed: str, expected: str) -> None:
    tex = write_sentence(Text(typed, "x"), Numbers())
    assert tex.removeprefix(r"\texorpdfstring{").startswith(expected)
    assert tex.removeprefix(r"\texorpdfstring{").removeprefix(expected)[:1] in ("", "}")
    assert not any(word in tex for word in (r"\href", r"\hyperref", "cite{", r"\footnote", r"\newline", r"\\{}"))


def test_a_title_is_carried_whole_with_what_the_outline_says() -> None:
    assert write_short(Text("Uno. Dos [@ruiz].", "x"), Numbers()) == "Uno. Dos."
    tex = write_short(Text("De $x^2$ a *b*", "x"), Numbers())
    assert tex == r'\texorpdfstring{De $x^{2}$ a \emph{b}}{De x\unichar{"00B2} a b}'
    assert write_plain(Text(r"$a\,-\,b_{12}^{n} \le 3\%$ y $t_i$", "x")) == "a − b₁₂ⁿ ≤ 3% y t_i"


def test_a_title_of_citations_alone_is_carried_as_their_names() -> None:
    assert write_short(Text("[@ruiz]", "x"), Numbers()) == "Ruiz y Peña"
    assert write_plain(Text("Según @ruiz y [@ruiz]", "x"), Numbers()) == "Según Ruiz y Peña y"
    assert write_short(Text("[@nadie]", "x"), Numbers()) == "[@nadie]"


def test_an_abbreviation_is_told_by_its_form() -> None:
    assert all(map(is_abbreviation, ("vs", "Dr", "J", "EE", "UU", "p.ej", "núm", "Fig", "FF")))
    assert not any(map(is_abbreviation, ("río", "CPU", "Docker", "mar", "sol")))
