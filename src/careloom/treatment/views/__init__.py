"""Views of treatment: check, one call, render."""
