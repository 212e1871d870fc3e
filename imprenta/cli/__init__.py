"""The command line: words -> a run, its steps, its problems and its exit status. The only part that prints."""

from imprenta.cli.orders import main
from imprenta.cli.residence import run

__all__ = ["main", "run"]
