"""What changes in keeping."""

from careloom.keeping.actions.holding import lift, place

__all__ = ["lift", "place"]
