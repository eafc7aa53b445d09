"""The shape of what is kept about asking and giving: a row about a person that is no part of her record."""

from __future__ import annotations

from careloom.infra.access.records import RowApart

#: Each row carries it, as the shape of family data asks. It opens nothing: no grant reaches a table of disclosures (see the migration).
CATEGORY = "posc.plan_core"


class Trail(RowApart):
    """A row that says what was asked or given."""

    class Meta:
        abstract = True
