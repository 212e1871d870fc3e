"""What follows from a model is worked out once while the model is there, and never taken for another's."""

from __future__ import annotations

import gc
import weakref

from imprenta.model.once import once


class Thing:
    """Something that is equal to all its kind."""

    def __init__(self, word: str) -> None:
        self.word = word

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Thing)

    def __hash__(self) -> int:
        return 1


def test_a_model_is_worked_out_once() -> None:
    worked: list[str] = []

    @once
    def shout(thing: Thing) -> str:
        worked.append(thing.word)
        return thing.word.upper()

    one, other = Thing("uno"), Thing("otro")
    assert [shout(one), shout(other), shout(one), shout(other)] == ["UNO", "OTRO", "UNO", "OTRO"]
    assert worked == ["uno", "otro"]


def test_other_arguments_are_another_matter() -> None:
    worked: list[int] = []

    @once
    def repeat(thing: Thing, times: int) -> str:
        worked.append(times)
        return thing.word * times

    one = Thing("uno")
    assert [repeat(one, 1), repeat(one, 1), repeat(one, 2), repeat(one, 1)] == ["uno", "uno", "unouno", "uno"]
    assert worked == [1, 2, 1]


def test_nothing_is_kept_of_a_model_that_is_gone() -> None:
    @once
    def spell(thing: Thing) -> set[str]:
        return set(thing.word)

    letters = []
    for word in ("uno", "dos", "tres") * 20:  # each may well get the place in memory of the one before
        thing = Thing(word)
        found = spell(thing)
        assert found == set(word)
        letters.append(weakref.ref(found))
        del thing, found
    gc.collect()
    assert not any(letter() for letter in letters)
