"""Writes the parts of `guide/` that come from the product, and compiles it."""
