"""The one place where the time is read. In a demo world the clock can be moved; the database reads the same offset."""

from careloom.infra.clock.reading import at, now, today, zone

__all__ = ["at", "now", "today", "zone"]
