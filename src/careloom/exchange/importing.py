"""The door of the family import: `import_family` and what it answers (see careloom.exchange.families.importing)."""

from careloom.exchange.families.importing import File, Imported, Read, Refused, import_family, read_files, write

__all__ = ["File", "Imported", "Read", "Refused", "import_family", "read_files", "write"]
