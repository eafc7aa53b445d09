"""Screens of a case."""
