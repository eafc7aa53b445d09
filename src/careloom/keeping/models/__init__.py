"""Tables of keeping."""

from careloom.keeping.models.expunging import CONFIRMED, DONE, GROUNDS, PROPOSED, SWEPT, WITHDRAWN, Applied, Expunging
from careloom.keeping.models.hold import CATEGORY, Hold

__all__ = ["CATEGORY", "CONFIRMED", "DONE", "GROUNDS", "PROPOSED", "SWEPT", "WITHDRAWN", "Applied", "Expunging", "Hold"]
