"""A graph as data -> what is wrong with it: names of icons, nodes, groups and classes, circles, parts undrawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imprenta.figures.graphs.icons import find_icon, known_icons
from imprenta.problems import Problem, Severity, guess_hint, has_errors, nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from imprenta.model.figure import Graph
    from imprenta.model.text import Text


def check_graph(figure: Graph) -> list[Problem]:
    """Return the problems of a graph; without any it can be drawn, described and tabulated."""
    problems = check_icons(figure)
    for node in figure.nodes.values():
        problems += _check_name(node.group, figure.groups, "grupo-desconocido", "el grupo", "grupos")
    for edge in figure.edges:
        for end in (*edge.tails, *edge.heads):
            problems += _check_name(end, figure.nodes, "nodo-desconocido", "el nodo", "nodos")
        problems += _check_name(edge.traffic, figure.classes, "clase-desconocida", "la clase", "clases")
    for group in figure.groups.values():
        problems += _check_name(group.inside, figure.groups, "grupo-desconocido", "el grupo", "grupos")
    for row in figure.layout.rows if figure.layout is not None else []:
        for name in row:
            problems += _check_name(name, figure.nodes, "nodo-desconocido", "el nodo", "nodos")
    problems += _find_circles(figure)
    # A misspelt name leaves what it stands for without its parts: that is one mistake.
    return problems if has_errors(problems) else [*problems, *_find_undrawn(figure)]


def check_icons(figure: Graph) -> list[Problem]:
    """Return a problem for each icon that `diagrams` does not have."""
    problems = []
    for node in figure.nodes.values():
        if node.icon is None or find_icon(node.icon.value) is not None:
            continue
        name = node.icon.value.strip()
        problems.append(
            Problem(
                "icono-desconocido",
                f"el icono «{name}» no existe en la biblioteca diagrams",
                node.icon.span(),
                _guess_icon(name),
            )
        )
    return problems


def _guess_icon(name: str) -> str:
    known = known_icons()
    near = nearest(name, known)
    if near is None:
        last = name.rpartition(".")[2].casefold()
        near = next((icon for icon in known if icon.rpartition(".")[2].casefold() == last), None)
    return f"¿«{near}»?" if near else "se espera proveedor.tipo.Nombre, por ejemplo onprem.container.Docker"


def _check_name(text: Text | None, known: Iterable[str], code: str, what: str, key: str) -> Iterator[Problem]:
    if text is None or text.value.strip() in known:
        return
    message = f"{what} «{text.value.strip()}» no está en «{key}» de esta figura"
    yield Problem(code, message, text.span(), guess_hint(text.value.strip(), known))


def _find_circles(figure: Graph) -> Iterator[Problem]:
    """Yield one problem for each circle of groups, at the member that comes first."""
    inside = {
        key: group.inside.value.strip() for key, group in figure.groups.items() if group.inside is not None
    }  # fmt: skip
    told: set[str] = set()
    for start in inside:
        chain = [start]
        while chain[-1] in inside and inside[chain[-1]] not in chain:
            chain.append(inside[chain[-1]])
        closing = inside.get(chain[-1])
        if closing != start or told & set(chain):
            continue
        told |= set(chain)
        text = figure.groups[start].inside
        assert text is not None
        ring = " → ".join(f"«{name}»" for name in [*chain, start])
        message = (
            f"el grupo «{start}» está dentro de sí mismo"
            if len(chain) == 1
            else f"los grupos forman un círculo: {ring}"
        )
        yield Problem("grupo-circular", message, text.span(), "quite uno de los «dentro_de»")


def _find_undrawn(figure: Graph) -> Iterator[Problem]:
    """What nothing is drawn of: groups that hold no node, classes of no edge, nodes that are put into a row again."""

    def tell(what: str, text: Text, hint: str) -> Problem:
        return Problem("parte-sin-dibujar", what, text.span(), hint, Severity.WARNING)

    nodes = [node.group.value.strip() for node in figure.nodes.values() if node.group is not None]
    filled: set[str] = set()
    for group in nodes:
        inside: str | None = group
        while inside in figure.groups and inside not in filled:
            filled.add(inside)
            outer = figure.groups[inside].inside
            inside = outer.value.strip() if outer is not None else None
    for key, held in figure.groups.items():
        if key not in filled:
            yield tell(
                f"el grupo «{key}» no contiene ningún nodo y no se dibuja", held.title, "quítelo, o ponga nodos en él"
            )
    used = {edge.traffic.value.strip() for edge in figure.edges if edge.traffic is not None}
    for key, traffic in figure.classes.items():
        if key not in used:
            yield tell(
                f"ninguna arista es de la clase «{key}», que no sale en la leyenda",
                traffic.title,
                "quítela, o póngala en una arista",
            )
    seen: set[str] = set()
    for row in figure.layout.rows if figure.layout is not None else []:
        for name in row:
            if name.value.strip() in seen:
                yield tell(f"el nodo «{name.value.strip()}» ya está en una fila, la que vale", name, "quítelo de una")
            seen.add(name.value.strip())
