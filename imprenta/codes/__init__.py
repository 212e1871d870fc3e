"""Every stable code -> what is wrong, why it matters, how to mend it, with an example; grouped for the guide."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from imprenta.codes.bibliography import BIBLIOGRAPHY
from imprenta.codes.building import BUILDING
from imprenta.codes.code import Code, Family
from imprenta.codes.entries import ENTRIES
from imprenta.codes.figures import FIGURES
from imprenta.codes.files import FILES
from imprenta.codes.front import FRONT
from imprenta.codes.language import LANGUAGE
from imprenta.codes.notation import NOTATION
from imprenta.codes.obligations import OBLIGATIONS
from imprenta.codes.pictures import PICTURES
from imprenta.codes.placement import PLACEMENT
from imprenta.codes.text import TEXT
from imprenta.codes.values import VALUES

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["CODES", "FAMILIES", "Code", "Family"]

FAMILIES: tuple[Family, ...] = (
    FILES,
    TEXT,
    NOTATION,
    LANGUAGE,
    PLACEMENT,
    FRONT,
    OBLIGATIONS,
    VALUES,
    FIGURES,
    PICTURES,
    BIBLIOGRAPHY,
    ENTRIES,
    BUILDING,
)
"""The families in the order of the guide."""

CODES: Mapping[str, Code] = MappingProxyType({name: code for family in FAMILIES for name, code in family.codes.items()})
"""Every code by its name."""
