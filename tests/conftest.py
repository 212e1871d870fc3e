"""What all tests share."""

from __future__ import annotations

import os
import signal

import pytest
from hypothesis import settings

# The time of one example says nothing on a shared machine; `timeout` in pyproject.toml stops what hangs. `make test`
# tries the same examples each time: whoever runs it must not be told of a counter-example that their change did not
# bring. `make proof` looks for new ones, but not where nobody would look at them at once (CI).
settings.register_profile("test", deadline=None, derandomize=True, max_examples=100)
settings.register_profile("proof", deadline=None, derandomize=bool(os.environ.get("CI")), max_examples=1000)
settings.load_profile("test")

# A shell that starts pytest in the background lets it ignore Ctrl-C, and so would the programs that are to be ended by
# it here (`watch`).
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """Return one worker more than processors: some tests wait for a browser or an editor."""
    return len(os.sched_getaffinity(0)) + 1
