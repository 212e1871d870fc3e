"""A graph as data -> its communications as rows, and the text for who does not see the drawing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from imprenta.figures.graphs.words import plain_words
from imprenta.markup import locale_of
from imprenta.words.locale import link_of

if TYPE_CHECKING:
    from imprenta.markup import Scope
    from imprenta.model.figure import Graph, GraphEdge
    from imprenta.model.text import Text
    from imprenta.words import Words


@dataclass(frozen=True, slots=True)
class CommunicationRow:
    """One entry of `aristas`, with the titles of its nodes instead of their ids."""

    number: int
    tails: tuple[Text, ...]
    heads: tuple[Text, ...]
    direction: str
    label: Text | None
    traffic: Text | None
    protocol: Text | None
    port: Text | None
    encryption: Text | None
    description: Text | None
    citations: tuple[Text, ...]


def list_communications(figure: Graph) -> list[CommunicationRow]:
    """Return the communications of a graph that `check_graph` found sound, in the order of their numbers."""
    return [_row(figure, number, edge) for number, edge in enumerate(figure.edges, start=1)]


def _row(figure: Graph, number: int, edge: GraphEdge) -> CommunicationRow:
    traffic = figure.classes[edge.traffic.value.strip()].title if edge.traffic is not None else None
    return CommunicationRow(
        number,
        tuple(figure.nodes[tail.value.strip()].title for tail in edge.tails),
        tuple(figure.nodes[head.value.strip()].title for head in edge.heads),
        figure.direction_of(edge),
        edge.label,
        traffic,
        edge.protocol,
        edge.port,
        edge.encryption,
        edge.description,
        tuple(edge.citations),
    )


def describe_graph(figure: Graph, scope: Scope | None = None, *, numbered: bool = True) -> str:
    """Return the alternative text of a graph: what it shows, its groups, its edges, by their numbers if `numbered`."""
    words = locale_of(scope).palabras
    sentences = [plain_words(figure.description, scope) or plain_words(figure.caption, scope)]
    counts = [_count(len(figure.nodes), words.elementos)]
    if figure.groups:
        counts.append(_count(len(figure.groups), words.grupos))
    if figure.edges:
        counts.append(_count(len(figure.edges), words.comunicaciones if numbered else words.uniones))
    sentences.append(words.tiene.format(_join(counts, words)))
    for key, group in figure.groups.items():
        held = [plain_words(node.title) for node in figure.nodes.values() if str(node.group).strip() == key]
        held += [
            words.el_grupo.format(plain_words(inner.title))
            for inner in figure.groups.values()
            if inner.inside is not None and inner.inside.value.strip() == key
        ]
        if held:
            sentences.append(words.grupo.format(plain_words(group.title), _join(held, words)))
    loose = [plain_words(node.title) for node in figure.nodes.values() if node.group is None]
    if loose and figure.groups:
        sentences.append(words.fuera_de_grupos.format(_join(loose, words)))
    sentences += [_tell(row, scope, numbered=numbered) for row in list_communications(figure)]
    return " ".join(sentence.rstrip(".") + "." for sentence in sentences if sentence)


def _tell(row: CommunicationRow, scope: Scope | None, *, numbered: bool) -> str:
    words = locale_of(scope).palabras
    tails = _join(list(dict.fromkeys(plain_words(title) for title in row.tails)), words)
    heads = _join(list(dict.fromkeys(plain_words(title) for title in row.heads)), words)
    way = {"ida": words.de_a, "doble": words.entre_ambos, "ninguno": words.entre}[row.direction]
    given = (row.label, row.protocol, row.port, row.encryption)
    facts = [plain_words(fact, scope) for fact in given if fact is not None]
    told = way.format(tails, heads)
    told = f"{row.number}: {told}" if numbered else told[0].upper() + told[1:]
    if facts:
        told += f" ({'; '.join(facts)})"
    return f"{told}. {plain_words(row.description, scope)}" if row.description is not None else told


def _count(number: int, counted: tuple[str, str]) -> str:
    return f"{number} {counted[number != 1]}"


def _join(names: list[str], words: Words) -> str:
    """Return names as a language joins them: a, b y c; «e» before the sound of i; repeated ones only once, counted."""
    counted: list[str] = []
    for name in dict.fromkeys(names):
        times = names.count(name)
        counted.append(name if times == 1 else words.veces.format(name, times))
    if len(counted) == 1:
        return counted[0]
    return f"{', '.join(counted[:-1])} {link_of(counted[-1], words)} {counted[-1]}"
