"""The shape of a request: a row about a person that is no part of her record."""

from __future__ import annotations

from typing import Any

from django.db import models

from careloom.infra.access.records import FamilyRecord

#: Each row carries it, as the shape of family data asks. It opens nothing: no grant reaches these tables (see the migration).
CATEGORY = "posc.plan_core"


class Trail(FamilyRecord):
    """A row about what she asked. INVARIANT: it opens no segment, so that asking a holder makes nobody a holder of records about her."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save the row alone."""
        models.Model.save(self, *args, **kwargs)
