"""Views of the desk: check, one call, render."""
