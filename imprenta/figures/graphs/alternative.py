"""A graph as data -> its communications as rows, and the text for who does not see the drawing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from imprenta.figures.graphs.words import plain_words

if TYPE_CHECKING:
    from imprenta.markup import Scope
    from imprenta.model.figure import GraphEdge, GraphFigure
    from imprenta.model.text import Text

_WORDING = {
    "ida": "de {} a {}",
    "doble": "entre {} y {}, en los dos sentidos",
    "ninguno": "entre {} y {}",
}


@dataclass(frozen=True, slots=True)
class CommunicationRow:
    """One entry of `aristas`, with the titles of its nodes instead of their ids."""

    number: int
    tails: tuple[Text, ...]
    heads: tuple[Text, ...]
    direction: str
    traffic: Text | None
    protocol: Text | None
    port: Text | None
    encryption: Text | None
    description: Text | None
    citations: tuple[Text, ...]


def list_communications(figure: GraphFigure) -> list[CommunicationRow]:
    """Return the communications of a graph that `check_graph` found sound, in the order of their numbers."""
    return [_row(figure, number, edge) for number, edge in enumerate(figure.edges, start=1)]


def _row(figure: GraphFigure, number: int, edge: GraphEdge) -> CommunicationRow:
    traffic = figure.classes[edge.traffic.value.strip()].title if edge.traffic is not None else None
    return CommunicationRow(
        number,
        tuple(figure.nodes[tail.value.strip()].title for tail in edge.tails),
        tuple(figure.nodes[head.value.strip()].title for head in edge.heads),
        edge.direction,
        traffic,
        edge.protocol,
        edge.port,
        edge.encryption,
        edge.description,
        tuple(edge.citations),
    )


def describe_graph(figure: GraphFigure, scope: Scope | None = None) -> str:
    """Return the alternative text of a graph in Spanish: what it shows, its groups, its communications."""
    sentences = [plain_words(figure.description, scope) or plain_words(figure.caption, scope)]
    counts = [_count(len(figure.nodes), "elemento", "elementos")]
    if figure.groups:
        counts.append(_count(len(figure.groups), "grupo", "grupos"))
    if figure.edges:
        counts.append(_count(len(figure.edges), "comunicación numerada", "comunicaciones numeradas"))
    sentences.append(f"Tiene {_join(counts)}")
    for key, group in figure.groups.items():
        held = [plain_words(node.title) for node in figure.nodes.values() if str(node.group).strip() == key]
        held += [
            f"el grupo {plain_words(inner.title)}"
            for inner in figure.groups.values()
            if inner.inside is not None and inner.inside.value.strip() == key
        ]
        if held:
            sentences.append(f"Grupo {plain_words(group.title)}: {_join(held)}")
    loose = [plain_words(node.title) for node in figure.nodes.values() if node.group is None]
    if loose and figure.groups:
        sentences.append(f"Fuera de los grupos: {_join(loose)}")
    sentences += [_tell(row, scope) for row in list_communications(figure)]
    return " ".join(sentence.rstrip(".") + "." for sentence in sentences if sentence)


def _tell(row: CommunicationRow, scope: Scope | None) -> str:
    tails = _join(list(dict.fromkeys(plain_words(title) for title in row.tails)))
    heads = _join(list(dict.fromkeys(plain_words(title) for title in row.heads)))
    facts = [plain_words(fact, scope) for fact in (row.protocol, row.port, row.encryption) if fact is not None]
    told = f"{row.number}: {_WORDING[row.direction].format(tails, heads)}"
    if facts:
        told += f" ({'; '.join(facts)})"
    return f"{told}. {plain_words(row.description, scope)}" if row.description is not None else told


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def _join(words: list[str]) -> str:
    """Return words as Spanish joins them: a, b y c; «e» before the sound of i; repeated ones only once, counted."""
    counted: list[str] = []
    for word in dict.fromkeys(words):
        times = words.count(word)
        counted.append(word if times == 1 else f"{word} ({times} veces)")
    if len(counted) == 1:
        return counted[0]
    link = (
        "e" if counted[-1].lower().startswith(("i", "hi", "í")) and not counted[-1].lower().startswith("hie") else "y"
    )
    return f"{', '.join(counted[:-1])} {link} {counted[-1]}"
