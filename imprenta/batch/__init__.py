"""A folder with many reports -> each of them built on its own, and what came of all on a page and in a sheet."""

from imprenta.batch.batch import Batch, Plan, plan_batch
from imprenta.batch.job import Job, Terms
from imprenta.batch.outcome import Outcome, State

__all__ = ["Batch", "Job", "Outcome", "Plan", "State", "Terms", "plan_batch"]
