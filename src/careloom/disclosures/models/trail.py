"""The shape of what is kept about asking and giving: a row about a person that is no part of her record."""

from __future__ import annotations

from typing import Any

from django.db import models

from careloom.infra.access.records import FamilyRecord

#: Each row carries it, as the shape of family data asks. It opens nothing: no grant reaches a table of disclosures (see the migration).
CATEGORY = "posc.plan_core"


class Trail(FamilyRecord):
    """A row that says what was asked or given. INVARIANT: it opens no segment.

    Else a request would make its receiver a holder of records about her, and an answer would then differ by whether somebody had asked before.
    """

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save the row alone."""
        models.Model.save(self, *args, **kwargs)
