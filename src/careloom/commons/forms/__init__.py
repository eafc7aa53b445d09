"""Forms of the rooms: they parse and never save."""
