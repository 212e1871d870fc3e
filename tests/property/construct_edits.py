"""Blocks of every kind for a made-up report, and edits of them: what is numbered, its count, the files of code."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from report_edits import change_paragraph, edit, section_with, source_key

if TYPE_CHECKING:
    import random

    from report_edits import Draft

SOURCE = "paper/codigo/a.c"
PIECE = "paper/comun/trozo.yaml"
REPORT = "paper/informe.yaml"
PHOTOS = "paper/tablas/fotos.yaml"
BLOCKS = r"""
  - texto: >
      La {{ecuacion:una}}, las {{ecuacion:triple,una,doble}}, el {{codigo:fuente}},
      el {{teorema:fin}}, el {{algoritmo:pasos}} y {{punto:dos}} [@{0}].
  - texto: |
      Por la RPV van los nodos [@{0}].
  - ecuacion: a = b + 1
    id: una
    donde: [{{simbolo: b, significado: lo dado}}]
  - archivo: a.c
    id: fuente
    numeros: no
  - teorema: Hay uno [@{0}].
    id: fin
    contenido:
      - ecuaciones: [{{ecuacion: x &= 2, id: doble}}, {{ecuacion: y &= 3, id: triple}}]
  - aviso: |
      Cuidado con esto [@{0}].
  - algoritmo: Los pasos
    id: pasos
    pasos: [uno, {{si: dos, pasos: [tres]}}]
  - lista: [{{punto: "Uno [@{0}]"}}, {{punto: "Dos [@{0}]", id: dos}}]
  - incluye: ../comun/trozo.yaml
  - consejo: Un consejo [@{0}].
    etiquetas: vista
"""
WORDS = """\
abreviaturas: {RPV: red privada virtual}
expandir_abreviaturas: sí
glosario: {nodo: Cada máquina de un clúster.}
"""
"""What is explained where the text uses it first, wherever that comes to be."""
CHANGES = (
    (r"(?<=significado: )[\w ]+(?=\})", "lo dado y {}"),
    (r"(?<=ecuacion: a = b \+ )\d+", "{}"),
    (r"(?<=teorema: Hay )[\w ]+(?= \[)", "uno y {}"),
    (r"(?<=Cuidado con )[\w ]+(?= \[)", "esto y {}"),
    (r"(?<=pasos: \[)[\w ]+(?=, \{)", "paso {}"),
    (r'(?<=punto: "Dos)[\w ]*(?= \[)', " y {}"),
    (r"(?<=ecuacion: x &= )\d+", "{}"),
)
"""A pattern of each kind of block, and what is written in its place, with a number."""


def add_blocks(files: dict[str, bytes]) -> None:
    """Add blocks of every kind to the first section of a report, and the file that one of them shows."""
    key = re.search(rb"^@\w+\{(\w+),", files["references.bib"], re.MULTILINE)
    assert key is not None
    files["paper/secciones/seccion-01.yaml"] += BLOCKS.format(key[1].decode()).lstrip("\n").encode()
    files["paper/informe.yaml"] += WORDS.encode()
    files[PIECE] = b"contenido:\n  - texto: Un trozo de otro archivo.\n    sin_fuente: Es de quien lo escribe\n"
    files[REPORT] += b"etiquetas: {vista: s\xc3\xad}\n"
    row, tagged = b'(foto.png)"]]', b'(foto.png)"], {celdas: [Dos, Sin foto], etiquetas: vista}]'
    assert row in files[PHOTOS]
    files[PHOTOS] = files[PHOTOS].replace(row, tagged)
    files[SOURCE] = b"int main(void)\n{\n    return 0;\n}\n"


@edit
def change_block(draft: Draft, chance: random.Random) -> object:
    pattern, words = chance.choice(CHANGES)
    name = section_with(draft, pattern)
    return bool(name) and draft.replace(chance, name, pattern, words.format(chance.randint(2, 99)))


@edit
def use_a_word_that_is_explained(draft: Draft, chance: random.Random) -> object:
    words = chance.choice(["Por la RPV va todo", "Un nodo sigue", "Las RPVs y los nodos fallan"])
    return change_paragraph(draft, chance, r"\.$", f". {words} [@{source_key(draft, chance)}].")


@edit
def explain_otherwise(draft: Draft, chance: random.Random) -> object:
    told = chance.choice([r"(?<=RPV: red )[\w ]+", r"(?<=nodo: Cada )[\w ]+"])
    return draft.replace(chance, "paper/informe.yaml", told, f"vez {chance.randint(2, 99)}")


@edit
def add_equation(draft: Draft, chance: random.Random) -> object:
    name = section_with(draft, "  - ecuacion: a = ")
    more = f"  - ecuacion: c = {chance.randint(2, 99)}\n  - ecuacion: a = "
    return bool(name) and draft.replace(chance, name, "  - ecuacion: a = ", more)


@edit
def change_code(draft: Draft, chance: random.Random) -> object:
    if SOURCE not in draft.files():
        return False
    lines = "".join(f"    f({chance.randint(0, 9)});\n" for _ in range(chance.choice([0, 1, 1, 40])))
    draft.write(SOURCE, f"int main(void)\n{{\n{lines}    return {chance.randint(0, 99)};\n}}\n")
    return True


@edit
def number_the_code(draft: Draft, chance: random.Random) -> object:
    name = section_with(draft, "numeros: ")
    return bool(name) and draft.replace(chance, name, r"(?<=numeros: )\w+", chance.choice(["sí", "no"]))


@edit
def change_piece(draft: Draft, chance: random.Random) -> object:
    """Change what a section includes of another file."""
    words = "Un trozo de otro archivo" + " que se alarga" * chance.choice([0, 1, 60])
    return PIECE in draft.files() and draft.replace(chance, PIECE, r"(?<=texto: )[^.]*", words)


@edit
def show_or_hide(draft: Draft, chance: random.Random) -> object:
    """Let the parts of a tag be printed, or not."""
    return draft.replace(chance, REPORT, r"(?<=vista: )\w+", chance.choice(["sí", "no"]))


@edit
def number_a_section(draft: Draft, chance: random.Random) -> object:
    """Give a section a number, or none."""
    name = chance.choice(draft.names("paper/secciones"))
    text = draft.read(name)
    bare = text.replace("numerada: no\n", "")
    draft.write(name, f"numerada: no\n{text}" if bare == text else bare)
    return True
