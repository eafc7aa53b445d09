"""Forms of the plan's screens: they parse and never save."""
