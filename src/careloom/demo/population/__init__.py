"""A made state in events: the de-identified extract of families that nobody lived, under three policies of notice and report.

Counties carry names of trees, people are numbers, and nothing in it has a name or a word of anybody. Source: synthetic-county.md parts 0 and 1.
"""
