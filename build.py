#!/usr/bin/env python3
"""The one command of the project: `python3 build.py` turns the data into build/informe.pdf; `--help` says the rest."""

# No `from __future__` here: a Python that is too old must be able to read as far as the sentence that says so.
import os
import sys

if sys.version_info < (3, 9):
    sys.stderr.write("error: se necesita Python 3.11 o posterior; este es %s\n" % sys.version.split()[0])
    sys.exit(4)

HERE = os.path.dirname(os.path.abspath(__file__))
ENVIRONMENT = os.path.abspath(os.environ.get("IMPRENTA_ENTORNO") or os.path.join(HERE, ".venv"))
if sys.dont_write_bytecode and sys.pycache_prefix is None and os.path.isfile(f"{ENVIRONMENT}/requirements.lock"):
    # Who wants no bytecode beside the sources has it in the environment: what answers at once would compile as long.
    sys.pycache_prefix = os.path.join(ENVIRONMENT, "bytecode")
    sys.dont_write_bytecode = False

from imprenta.__main__ import answer  # noqa: E402 - the first of ours


def begin() -> int:
    """Enter the Python environment, which is made if need be, and hand over to the command line."""
    from imprenta import environment  # what answers at once does without it

    return environment.guarded(enter)


def enter() -> int:
    """Enter the Python environment and hand over to the command line."""
    from imprenta import environment

    environment.enter(os.path.abspath(__file__), sys.argv[1:])
    from imprenta import cli

    return cli.run(sys.argv[1:])


if __name__ == "__main__":
    answer(begin)
