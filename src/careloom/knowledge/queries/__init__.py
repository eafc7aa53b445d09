"""Reads. Each asks first how the reader stands to the collaborative."""
