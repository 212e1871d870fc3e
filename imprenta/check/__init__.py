"""A Paper and its bibliography -> the problems of what it says."""

from imprenta.check.checks import CHECKS, check_paper

__all__ = ["CHECKS", "check_paper"]
