"""Views of who may be one person: check, one call, render."""
