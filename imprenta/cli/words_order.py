"""The order «words»: the words that no dictionary has -> shown, and taken over into paper/vocabulario.txt if wanted."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from imprenta.cli.asking import ask_leave
from imprenta.problems import CannotContinue, guess_hint
from imprenta.project import name_from_here, tell_place

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from imprenta.language import Unknown
    from imprenta.workspace import Workspace

GOOD, LEFT, USAGE = 0, 1, 2


def run_words(workspace: Workspace, options: argparse.Namespace) -> int:
    """Show the unknown words; with --add, add them to the author's list. Status 1 if some are left."""
    from imprenta.language import VOCABULARY_PATH, extend_vocabulary
    from imprenta.pipeline import examine_report

    examined = examine_report(workspace, cache=options.kept.cache_of(workspace))
    if examined.notice:
        print(examined.notice, file=sys.stderr)
    unknown = _choose(examined.unknown, options.words)
    if not unknown:
        print("no hay palabras desconocidas")
        return GOOD
    print("\n".join(_show(workspace, unknown)))
    named = name_from_here(str(workspace.root), VOCABULARY_PATH)
    if not options.add:
        print("\nsi están bien escritas, «words --add» las añade a " + named, file=sys.stderr)
        return LEFT
    if not options.yes and not ask_leave(f"¿Añadirlas a {named}?", "añadirlas sin preguntar"):
        print("no se añadió ninguna")
        return LEFT
    forms = [form for one in unknown for form in one.forms]
    workspace.write(VOCABULARY_PATH, extend_vocabulary(workspace.read(VOCABULARY_PATH), forms))
    print(f"se {'añadieron' if len(forms) > 1 else 'añadió'} {len(forms)} a «{named}»")
    return GOOD


def _choose(unknown: Sequence[Unknown], words: Sequence[str]) -> list[Unknown]:
    """Return the unknown words that were named, or all of them."""
    by_word = {one.word.lower(): one for one in unknown}
    for word in words:
        if word.lower() not in by_word:
            hint = guess_hint(word, [one.word for one in unknown], what="las desconocidas son")
            raise CannotContinue(f"«{word}» no es una palabra desconocida del informe", hint=hint, status=USAGE)
    return [by_word[word.lower()] for word in dict.fromkeys(words)] if words else list(unknown)


def _show(workspace: Workspace, unknown: Sequence[Unknown]) -> list[str]:
    """Return a line for each word: it, how often and where first it is, what it might be instead."""
    width = max(len(one.word) for one in unknown)
    rows = []
    for one in unknown:
        path = tell_place(str(workspace.root), one.place.path)
        times = "1 vez" if one.times == 1 else f"{one.times} veces"
        meant = f"  ¿{' o '.join(f'«{word}»' for word in one.near)}?" if one.near else ""
        rows.append(f"{one.word:<{width}}  {times:>8}  {path}:{one.place.line}:{one.place.column}{meant}")
    return rows
