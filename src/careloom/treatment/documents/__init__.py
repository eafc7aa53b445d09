"""Papers of treatment."""
