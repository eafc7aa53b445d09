"""Views of the rooms: each checks, makes one call, and renders."""
