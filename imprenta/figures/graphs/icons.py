"""Icon names (`onprem.container.Docker`) -> classes of `diagrams`; the names that exist, for hints."""

from __future__ import annotations

import importlib
import pkgutil
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from diagrams import Node


def find_icon(name: str) -> type[Node] | None:
    """Return the class of an icon named `provider.kind.Name`, or None if there is none that carries a picture."""
    parts = name.strip().split(".")
    if len(parts) != 3 or not all(part.isidentifier() for part in parts) or name.startswith("_"):
        return None
    try:
        module = importlib.import_module(f"diagrams.{parts[0]}.{parts[1]}")
    except ImportError:
        return None
    found = getattr(module, parts[2], None)
    return found if _is_icon(found) else None


def icon_path(icon: type[Node]) -> str:
    """Return the file of an icon's picture, inside the installed package."""
    from pathlib import PurePath

    import diagrams

    return str(PurePath(diagrams.__file__).parent.parent / str(icon._icon_dir) / str(icon._icon))


@lru_cache(maxsize=1)
def known_icons() -> tuple[str, ...]:
    """Return the names of all icons; slow (it imports every module), so asked for only to make a hint."""
    import diagrams

    names: set[str] = set()
    for module_info in pkgutil.walk_packages(diagrams.__path__, "diagrams."):
        if module_info.ispkg or module_info.name.count(".") != 2:
            continue
        module = importlib.import_module(module_info.name)
        prefix = module_info.name.removeprefix("diagrams.")
        names.update(f"{prefix}.{key}" for key, value in vars(module).items() if _is_icon(value))
    return tuple(sorted(names))


def _is_icon(found: Any) -> bool:
    return isinstance(found, type) and bool(getattr(found, "_icon", None)) and bool(getattr(found, "_icon_dir", None))
