#!/usr/bin/env python3
"""The one command of the project: `python3 build.py` turns the data into build/informe.pdf; `--help` says the rest."""

# No `from __future__` here: a Python that is too old must be able to read as far as the sentence that says so.
import os
import sys

if sys.version_info < (3, 9):
    sys.stderr.write("error: se necesita Python 3.11 o posterior; este es %s\n" % sys.version.split()[0])
    sys.exit(4)

from imprenta import client, up_to_date


def main() -> int:
    """Say so if there is nothing to do; else ask the resident process, or become the command line."""
    try:
        if up_to_date.tell_up_to_date(sys.argv[1:]):
            return 0
        status = client.ask_resident(sys.argv[1:])
    except KeyboardInterrupt:
        sys.stderr.write("\ninterrumpido\n")
        return 130
    if status is not None:
        return status
    from imprenta import environment  # what answers at once does without it

    return environment.guarded(enter)


def enter() -> int:
    """Enter the Python environment and hand over to the command line."""
    from imprenta import environment

    environment.enter(os.path.abspath(__file__), sys.argv[1:])
    from imprenta import cli

    return cli.run(sys.argv[1:])


if __name__ == "__main__":
    status = main()
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except OSError:
        pass  # whoever read what we said is gone
    os._exit(status)  # nothing is left to do, and taking all that was loaded apart would take a tenth of a build
