"""By what an aim is measured: the kind and the scale of an indicator or of a proposed measure, and which values it can have."""

from __future__ import annotations

from decimal import Decimal

from careloom.aims.models import Proposal
from careloom.infra.packs.indicators import indicators
from careloom.kernel.suppression import HOUSE_SETTINGS


def kind_of(*, indicator: str, proposal: Proposal | None) -> tuple[str, int]:
    """The kind of a measure, and what a share or rate is told for (100, 1,000); ("", 0) where there is no such measure."""
    if indicator:
        found = indicators().get(indicator)
        return (str(found.kind), found.per) if found else ("", 0)
    return (proposal.kind, 100) if proposal is not None else ("", 0)


def is_possible(value: Decimal | None, *, kind: str, per: int) -> bool:
    """Whether a measure of that kind can have this value; None is no value."""
    if value is None:
        return True
    return 0 <= value <= per if kind == "SHARE" else value >= 0


def is_few(value: Decimal | None, *, kind: str) -> bool:
    """Whether it is a count of 1 to 10, which is not kept: it could tell of a family."""
    return kind == "COUNT" and value is not None and HOUSE_SETTINGS.is_small(int(value))
