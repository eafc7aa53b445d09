"""The one place where the time is read. In a demo world the clock can be moved; the database reads the same offset."""

from careloom.infra.clock.reading import at, now, outside, today, zone

__all__ = ["YEARS", "at", "now", "outside", "today", "zone"]

YEARS = range(1900, 2200)
"""The years that somebody can mean who writes about a family of today. A day outside of them is a slip, and no clock is counted from it."""
