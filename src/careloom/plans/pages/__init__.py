"""Pages of a plan over several apps: each asks every app once and returns one frozen object."""
