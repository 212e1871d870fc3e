"""What a new report is to be -> its files, which build as they come and say in comments what to do next."""

from imprenta.scaffold.kinds import KINDS, Kind
from imprenta.scaffold.report import Wish, common_files, dump_data, make_files, split_name

__all__ = ["KINDS", "Kind", "Wish", "common_files", "dump_data", "make_files", "split_name"]
