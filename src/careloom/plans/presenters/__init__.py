"""Words of the plan's screens."""
