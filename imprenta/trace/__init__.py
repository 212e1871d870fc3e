"""A spot of the PDF <-> the author's line that made it, through SyncTeX, the map of the .tex and the page's letters."""

from imprenta.trace.astray import Astray, find_lost, find_low
from imprenta.trace.read import read_trace
from imprenta.trace.spots import Area, Spot
from imprenta.trace.trace import Trace
from imprenta.trace.viewer import write_synctex

__all__ = ["Area", "Astray", "Spot", "Trace", "find_lost", "find_low", "read_trace", "write_synctex"]
