"""The accounting says when a rule under a disclosure still waits for counsel, on the page and in the file."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest

from careloom.consents.pages.looked import Looked
from careloom.consents.presenters.family import give_rows, looked_csv
from careloom.infra.access.models import Disclosure

WAITS = "Counsel has not confirmed this rule."


@pytest.mark.parametrize("waits", [True, False])
def test_a_disclosure_under_an_unread_rule_says_so(waits: bool) -> None:
    give = Disclosure(
        hour=datetime(2026, 9, 15, 14, tzinfo=UTC),
        identity_id=uuid4(),
        holder_id=uuid4(),
        recipient_id=uuid4(),
        category="posc.plan_core",
        purpose="posc_monitoring",
        basis=["42 CFR 2.52"],
        review_needed=waits,
    )
    subject: Any = None
    page = Looked(subject=subject, looks=(), gives=(give,), more_looks=False, more_gives=False, agencies={}, workers={})
    [row] = give_rows(page, own_id=uuid4())
    assert "42 CFR 2.52" in row[3]
    assert (WAITS in row[3]) == waits
    [head, line] = list(csv.reader(io.StringIO(looked_csv(page, own_id=uuid4()))))
    assert line[head.index("counsel_review_needed")] == ("yes" if waits else "")
    assert line[head.index("authority")] == "42 CFR 2.52"
