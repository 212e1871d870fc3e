"""What all tests share."""

from __future__ import annotations

import os

from hypothesis import settings

# The time of one example says nothing on a shared machine; `timeout` in pyproject.toml stops what hangs. Where nobody
# looks at a new counter-example at once (CI), a run must not fail for one that the change under test did not bring.
settings.register_profile("imprenta", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("imprenta")
