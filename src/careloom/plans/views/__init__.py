"""Views of the plan's screens: check, one call, render."""
