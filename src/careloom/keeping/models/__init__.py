"""Tables of keeping."""

from careloom.keeping.models.hold import CATEGORY, Hold

__all__ = ["CATEGORY", "Hold"]
