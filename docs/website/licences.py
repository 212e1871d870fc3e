"""The locks, what their packages say of themselves -> docs/licencias.md, with what ends in PDFs (`make licences`)."""

from __future__ import annotations

import sys
from importlib import metadata
from pathlib import Path

from imprenta.debian import PACKAGE_LIST, read_packages
from imprenta.environment import BUILD_LOCK, LOCK, read_lock

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs/licencias.md"
HEAD = """\
# Licencias

Imprenta es libre (MIT). Aquí está con qué trabaja y de quién es lo que acaba dentro de un PDF. `make licences` la hace
de lo que cada paquete dice de sí mismo; para programas, `make sbom` escribe la lista en CycloneDX.

## Lo que acaba en el PDF

Lo demás se usa y no se reparte con el informe.

| qué | de dónde sale | licencia |
|---|---|---|
| Latin Modern (texto, dibujos y gráficas) | `lmodern`, `fonts-lmodern` | GUST Font License (LPPL) |
| TeX Gyre Termes, Pagella y Heros (`tipo: times`, `palatino`, `helvetica`) | `tex-gyre` | GUST Font License (LPPL) |
| Fórmulas de `tipo: times` y `palatino` (Symbol, Pazo) | `texlive-fonts-recommended` | GPL, que deja incrustarla |
| Signos de la AMS | `texlive-base` (`amsfonts`) | OFL 1.1 |
| DejaVu (signos que faltan en las gráficas) | `matplotlib` | Bitstream Vera, dominio público |
| Iconos de los grafos | `diagrams` (MIT) | de sus dueños: son marcas, y cada uno dice cómo se usan |
| Perfil de color sRGB, si se pide `conformidad` | `texlive-base` (`colorprofiles`) | zlib |

## Paquetes de Python
"""
DEBIAN = {
    "texlive-latex-recommended": "LPPL y otras libres",
    "texlive-lang-spanish": "LPPL",
    "lmodern": "GUST Font License (LPPL)",
    "fonts-lmodern": "GUST Font License (LPPL)",
    "tex-gyre": "GUST Font License (LPPL)",
    "texlive-fonts-recommended": "LPPL, GPL y otras libres",
    "texlive-bibtex-extra": "LPPL",
    "biber": "Artistic 2.0 o GPL",
    "graphviz": "EPL 1.0",
    "librsvg2-bin": "LGPL 2 o posterior",
    "poppler-utils": "GPL 2 o 3",
    "hunspell-es": "GPL 3, LGPL 3 o MPL 1.1",
    "python3-venv": "PSF",
}
"""The licences of Debian's packages, from their /usr/share/doc/*/copyright: most of these are written for people."""
LONGEST = 60
"""Letters of a licence's name; some packages put the whole text there."""


def name_licence(package: str) -> str:
    """Return what an installed package says its licence is: the name of SPDX, its own, or that of its classifiers."""
    said = metadata.metadata(package).json
    own = str(said.get("license_expression") or said.get("license") or "").strip()
    if own and len(own) <= LONGEST and "\n" not in own:
        return own
    kinds = [kind.rpartition(" :: ")[2] for kind in said.get("classifier", ()) if kind.startswith("License ::")]
    return ", ".join(kinds) or own.partition("\n")[0][:LONGEST]


def write_page() -> str:
    """Return the page."""
    rows = [f"| `{name}` | {name_licence(name)} |" for name in sorted(read_lock(LOCK) | read_lock(BUILD_LOCK))]
    system = [f"| `{name}` | {licence} |" for name, licence in DEBIAN.items()]
    table = "| paquete | licencia |\n|---|---|\n"
    return "\n".join([HEAD, table + "\n".join(rows), "\n## Paquetes de Debian\n", table + "\n".join(system), ""])


def list_system_packages() -> set[str]:
    """Return the names of Debian's packages that a report needs."""
    return set(read_packages((ROOT / PACKAGE_LIST).read_text(encoding="utf-8")))


if __name__ == "__main__":
    PAGE.write_text(write_page(), encoding="utf-8")
    sys.stdout.write(f"{PAGE.relative_to(ROOT)}\n")
