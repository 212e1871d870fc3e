"""The author's files -> a Paper, and every problem of their form."""

from imprenta.load.experiment_files import list_experiment_files
from imprenta.load.file_names import describe_unreadable, tell_unreadable
from imprenta.load.paper_files import REPORT_PATH, load_paper
from imprenta.load.source_files import list_sources
from imprenta.load.yaml_source import Tree, decode_text, read_yaml

__all__ = [
    "REPORT_PATH",
    "Tree",
    "decode_text",
    "describe_unreadable",
    "list_experiment_files",
    "list_sources",
    "load_paper",
    "read_yaml",
    "tell_unreadable",
]
