"""Papers of the rooms."""
