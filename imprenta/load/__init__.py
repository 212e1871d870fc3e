"""The author's files -> a Paper, and every problem of their form."""

from imprenta.load.paper_files import load_paper
from imprenta.load.yaml_source import Tree, decode_text, read_yaml

__all__ = ["Tree", "decode_text", "load_paper", "read_yaml"]
