"""The models and the names that a report knows -> JSON Schemas, with which an editor completes and corrects data."""

from imprenta.schema.files import ICONS_FILE, SCHEMA_FILES, write_icons_schema, write_schemas
from imprenta.schema.names import Names

__all__ = ["ICONS_FILE", "SCHEMA_FILES", "Names", "write_icons_schema", "write_schemas"]
