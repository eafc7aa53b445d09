"""Families from a spreadsheet: a file, what its columns mean, a dry run, and the job that brings them in."""
