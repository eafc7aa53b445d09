"""Snapshots: the indicators computed over the extract of a day, kept with what they were computed from, and computed again to the same digits."""
