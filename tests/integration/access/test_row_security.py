"""Row security on a table of family data: what the database itself lets through, as the application role."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import transaction

from careloom.infra import access
from careloom.infra.access import PrincipalKind, System, Viewer, acting_as, system
from careloom.infra.access.caseload import assign
from careloom.infra.access.models import Grant
from careloom.people.models import FamilyMember

NOW = datetime.now(tz=UTC)  # noqa: TID251  (the database's own clock answers here)


def worker(agency: UUID, *, whole: bool = True, purpose: str = "care_coordination") -> Viewer:
    return Viewer(principal_id=agency, kind=PrincipalKind.AGENCY, purpose=purpose, holder_id=agency, worker_id=uuid4(), whole_agency=whole)


def write(viewer: Viewer, identity: UUID) -> FamilyMember:
    with acting_as(viewer):
        return FamilyMember.objects.create(
            holder_id=viewer.holder_id, identity_id=identity, category="posc.plan_core", name="Somebody", relation="aunt", kind="KIN", at=NOW
        )


def grant(identity: UUID, holder: UUID, recipient: UUID, **changes: object) -> None:
    facts = {
        "identity_id": identity, "holder_id": holder, "recipient_id": recipient, "category": "posc.plan_core",
        "provenance": "originating", "purposes": ["care_coordination"], "valid_from": NOW - timedelta(days=1),
        "valid_to": NOW + timedelta(days=1), "basis": ["42 CFR 2.31(a)"], "obligations": [],
    }  # fmt: skip
    with acting_as(system(System.GRANTS)):
        Grant.objects.create(**(facts | changes))


def seen(viewer: Viewer, identity: UUID) -> int:
    with acting_as(viewer):
        return FamilyMember.objects.filter(identity_id=identity).count()


@pytest.fixture
def people(db: None) -> tuple[Viewer, Viewer, UUID]:
    holder, reader, identity = worker(uuid4()), worker(uuid4()), uuid4()
    write(holder, identity)
    return holder, reader, identity


def test_the_holder_sees_its_own_row(people: tuple[Viewer, Viewer, UUID]) -> None:
    holder, _, identity = people
    assert seen(holder, identity) == 1


def test_another_agency_sees_nothing_without_a_grant(people: tuple[Viewer, Viewer, UUID]) -> None:
    _, reader, identity = people
    assert seen(reader, identity) == 0


def test_a_grant_opens_the_row_to_its_recipient(people: tuple[Viewer, Viewer, UUID]) -> None:
    holder, reader, identity = people
    grant(identity, holder.principal_id, reader.principal_id)
    assert seen(reader, identity) == 1


@pytest.mark.parametrize(
    "change",
    [
        {"category": "part2.medication"},
        {"provenance": "self_reported"},
        {"purposes": ["treatment"]},
        {"valid_to": NOW - timedelta(hours=1)},
        {"valid_from": NOW + timedelta(hours=1)},
        {"holder_id": UUID(int=7)},
        {"identity_id": UUID(int=8)},
        {"recipient_id": UUID(int=9)},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_grant_opens_nothing_when_one_of_its_terms_differs(people: tuple[Viewer, Viewer, UUID], change: dict[str, object]) -> None:
    holder, reader, identity = people
    grant(identity, holder.principal_id, reader.principal_id, **change)
    assert seen(reader, identity) == 0


def test_inside_the_agency_the_caseload_decides(people: tuple[Viewer, Viewer, UUID]) -> None:
    holder, _, identity = people
    colleague = worker(holder.principal_id, whole=False)
    assert seen(colleague, identity) == 0
    with acting_as(holder):
        assign(by=holder, worker_id=colleague.worker_id, identity_ids=[identity], at=NOW - timedelta(minutes=1))
    assert seen(colleague, identity) == 1


def test_a_grant_that_rests_on_no_paper_asks_for_the_caseload(people: tuple[Viewer, Viewer, UUID]) -> None:
    """With a paper the whole agency that it names reads; without one only who works with the family."""
    holder, reader, identity = people
    colleague = worker(reader.principal_id, whole=False)
    grant(identity, holder.principal_id, reader.principal_id)
    assert (seen(reader, identity), seen(colleague, identity)) == (1, 0)
    with acting_as(reader):
        assign(by=reader, worker_id=colleague.worker_id, identity_ids=[identity], at=NOW - timedelta(minutes=1))
    assert seen(colleague, identity) == 1
    other = worker(reader.principal_id, whole=False)
    assert seen(other, identity) == 0
    grant(identity, holder.principal_id, reader.principal_id, instrument_id=uuid4())
    assert seen(other, identity) == 1


def test_nobody_writes_a_row_for_another_holder(people: tuple[Viewer, Viewer, UUID]) -> None:
    holder, reader, identity = people
    with pytest.raises(Exception, match="row-level security"), transaction.atomic(), acting_as(reader):
        FamilyMember.objects.create(
            holder_id=holder.holder_id, identity_id=identity, category="posc.plan_core", name="X", relation="x", kind="KIN", at=NOW
        )


def test_only_the_grants_role_writes_grants(people: tuple[Viewer, Viewer, UUID]) -> None:
    holder, reader, identity = people
    with pytest.raises(Exception, match="row-level security"), transaction.atomic(), acting_as(reader):
        Grant.objects.create(
            identity_id=identity, holder_id=holder.holder_id, recipient_id=reader.principal_id, category="posc.plan_core",
            provenance="originating", purposes=["care_coordination"], valid_from=NOW, valid_to=NOW + timedelta(days=1), basis=[], obligations=[],
        )  # fmt: skip


def test_a_query_without_a_viewer_is_refused(db: None) -> None:
    with pytest.raises(access.ScopeError):
        FamilyMember.objects.count()


def test_outside_a_scope_the_database_shows_no_row(people: tuple[Viewer, Viewer, UUID]) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM people_family_member")
        assert cursor.fetchone() == (0,)
