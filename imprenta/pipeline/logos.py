"""The pictures at the head of the cover -> their files for LaTeX and their views, and the problems of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imprenta.figures.pictures.picture import PICTURE_ENDINGS
from imprenta.model.cover import Cover
from imprenta.model.facts import Picture, Stated
from imprenta.pipeline.pictures import check_file, load_picture, tell_picture
from imprenta.render import LogoView
from imprenta.workspace import content_hash

if TYPE_CHECKING:
    from collections.abc import Iterator

    from imprenta.model import Text
    from imprenta.model.paper import Paper
    from imprenta.problems import Problem
    from imprenta.workspace import Workspace

HEIGHT = 57.0
"""The most points that a logo is high: two centimetres."""
SHARE = 0.9
"""The share of a line that logos side by side may take."""


def _logos(paper: Paper) -> list[Text]:
    return paper.report.cover.logos if isinstance(paper.report.cover, Cover) else []


def check_logos(workspace: Workspace, paper: Paper) -> list[Problem]:
    """Check that the pictures are there and can be placed."""
    problems: list[Problem] = []
    for number, logo in enumerate(_logos(paper), 1):
        missing = check_file(workspace, logo, PICTURE_ENDINGS)
        problems += missing or tell_picture(
            logo, load_picture(workspace, f"logo-{number}", logo), paper.report.conformity
        )
    return problems


def place_logos(workspace: Workspace, paper: Paper) -> Iterator[tuple[LogoView, bytes]]:
    """Yield each picture that can be placed, with its bytes."""
    logos = _logos(paper)
    for number, logo in enumerate(logos, 1):
        picture = load_picture(workspace, f"logo-{number}", logo)
        if picture.data:
            name = f"figures/logo-{number}-{content_hash(picture.data)[:16]}.{picture.suffix}"
            width = SHARE * paper.report.sheet.text_width / len(logos)
            height = min(HEIGHT, width * picture.height / picture.width)
            yield LogoView(Stated(name, Picture(name)), f"{height:.3f}"), picture.data
