"""Papers and files that answer a request: a copy of the record, the accounting, the list of an intermediary."""

from careloom.rights.documents.letter import has_letter, render_letter
from careloom.rights.documents.papers import render, render_statement

__all__ = ["has_letter", "render", "render_letter", "render_statement"]
