"""Agreements between partners, from the first draft to the yearly look."""
