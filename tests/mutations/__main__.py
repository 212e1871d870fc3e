"""`make mutations`: changes that break the typesetting, one at a time -> which of them the fast tests notice."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from tests.mutations.mutants import MUTANTS
from tests.mutations.runner import try_mutants, write_table

SHARE = 0.9
"""How many of them must be noticed."""


def main() -> int:
    """Try all mutants, print the table."""
    with tempfile.TemporaryDirectory(prefix="mutaciones-") as folder:
        verdicts = []
        for verdict in try_mutants(MUTANTS, Path(folder), os.cpu_count() or 1):
            print(".", end="", file=sys.stderr, flush=True)
            verdicts.append(verdict)
    print(file=sys.stderr)
    print(write_table(verdicts))
    return 0 if sum(1 for verdict in verdicts if verdict.noticed_by) >= SHARE * len(verdicts) else 1


if __name__ == "__main__":
    sys.exit(main())
