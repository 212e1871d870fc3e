"""Imprenta: structured data and templates -> a typeset academic report in Spanish."""

__version__ = "0.1.0"
