"""Instruments that a partnership holds up to itself, answered by nobody in particular."""
