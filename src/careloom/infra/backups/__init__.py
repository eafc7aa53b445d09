"""Sealed copies of an installation: taken while everybody works, read back, and brought to a new place with proof (decision 0017)."""
