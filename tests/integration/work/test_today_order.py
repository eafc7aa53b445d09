"""Today is in one order, whether a worker's own list is sorted or a whole agency's is read off its indexes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from careloom.infra.access import PrincipalKind, System, Viewer, acting_as, system
from careloom.work import queries
from careloom.work.actions import open_obligation

AT = datetime(2026, 3, 12, 14, tzinfo=UTC)
DUE = (None, -30, -2, 0, 3, 20, 24, 25, 90)  # hours from now


@pytest.fixture
def agency(db: None) -> UUID:
    """An agency that owes a hundred things: late, soon, without a day, promised or not, and some that wait on others."""
    holder = uuid4()
    job = system(System.JOB, holder_id=holder)
    with acting_as(job):
        for number in range(108):
            hours, family = DUE[number % len(DUE)], uuid4()
            open_obligation(
                by=job, at=AT - timedelta(minutes=number % 7), holder_id=holder, kind="REVIEW_DUE", family_id=family, identity_id=family,
                link="/plans/", request_key=f"duty:{number}", due_at=None if hours is None else AT + timedelta(hours=hours),
                promised=number % 4 == 0, waiting_on=uuid4() if number % 5 == 0 else None,
            )  # fmt: skip
    return holder


def test_both_ways_give_the_same_pages(agency: UUID) -> None:
    by = Viewer(principal_id=agency, kind=PrincipalKind.AGENCY, purpose="care_coordination", holder_id=agency, worker_id=uuid4(), whole_agency=True)
    with acting_as(by):
        # Nobody has taken any of it, so that it stands on her own list as well.
        for page in (1, 2, 3):
            own, all_of_it = (queries.today(viewer=by, at=AT, page=page, whole_agency=whole) for whole in (False, True))
            assert [row.pk for row in own.rows] == [row.pk for row in all_of_it.rows]
            assert own.has_more == all_of_it.has_more == (page < 3)
        assert len(queries.today(viewer=by, at=AT, page=3, whole_agency=True).rows) == 8
