"""The options --with and --without -> which parts of the report are printed, besides what the report says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imprenta.cli.parser import USAGE
from imprenta.problems import CannotContinue
from imprenta.tag_choice import TagChoice

if TYPE_CHECKING:
    import argparse


def read_choice(options: argparse.Namespace) -> TagChoice:
    """Return what was asked for; tags may be parted by commas. Raises CannotContinue for one on both sides."""
    shown, hidden = (
        tuple(dict.fromkeys(tag.strip() for given in named for tag in given.split(",") if tag.strip()))
        for named in (options.shown, options.hidden)
    )
    both = next((tag for tag in shown if tag in hidden), None)
    if both is not None:
        raise CannotContinue(f"«{both}» va en --with y en --without", hint="quítela de una de las dos", status=USAGE)
    return TagChoice(shown, hidden)


def tell_choice(choice: TagChoice) -> str:
    """Return in words which version of the report it is; nothing for the one that the report says."""
    words = [f"con {tag}" for tag in choice.shown] + [f"sin {tag}" for tag in choice.hidden]
    return f" ({', '.join(words)})" if words else ""
