#!/usr/bin/env python3
"""Afirmaciones del informe al azar, para contrastar cada una con su fuente. Uso: afirmaciones.py [SEMILLA [CUANTAS]]

Una afirmación es una frase de un texto, o una celda de una tabla, que lleva una cita. De cada una escribe su lugar, las
claves que cita y lo que dice.
"""

import random
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from imprenta.load import load_paper
from imprenta.model.paper import texts_of
from imprenta.workspace import Workspace

SEED, COUNT = 20261128, 60
CITED = re.compile(r"@([\w:.-]*\w)")
SENTENCE = re.compile(r"(?<=[.?!])\s+(?=[«¿*`A-ZÁÉÍÓÚÑ{-])")


def read_claims() -> list[tuple[str, str, str]]:
    """Return place, keys and words of each claim, in the order of the files."""
    paper, _ = load_paper(Workspace(ROOT))
    assert paper is not None
    found = []
    for file in (*(section for _, section in paper.ordered_sections()), *paper.tables.values()):
        for placed in texts_of(file):
            for sentence in SENTENCE.split(" ".join(placed.text.value.split())):
                if keys := CITED.findall(sentence):
                    place = placed.text.span()
                    found.append((f"{place.path}:{place.line}", ", ".join(keys), sentence))
    return list(dict.fromkeys(found))


def draw_claims(seed: int = SEED, count: int = COUNT) -> list[tuple[str, str, str]]:
    """Return some of the claims, always the same of a seed while the report is the same."""
    return random.Random(seed).sample(read_claims(), count)


if __name__ == "__main__":
    numbers = [int(word) for word in sys.argv[1:3]]
    for number, (place, keys, words) in enumerate(draw_claims(*numbers), 1):
        print(f"{number}. {place} [{keys}] {words}")
