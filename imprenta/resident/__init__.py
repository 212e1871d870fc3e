"""A process that has built -> a resident one, which stays behind and runs the next commands of its report."""

from imprenta.resident.process import Resident, leave_behind, memory_in_use

__all__ = ["Resident", "leave_behind", "memory_in_use"]
