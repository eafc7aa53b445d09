"""A privacy officer places and lifts legal holds; nobody else reads them, and the database lets nothing go while one stands."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction
from django.test import Client
from tests.factories.agencies import a_worker, an_agency, viewer
from tests.silence.hidden import a_record

from careloom.agencies.models import Membership
from careloom.agencies.roles import Role
from careloom.infra import clock
from careloom.infra.access import NotVisible, acting_as
from careloom.infra.answers import Done, Refused
from careloom.infra.audit.models import AuditRow
from careloom.keeping import actions
from careloom.keeping.models import Hold
from careloom.keeping.standing import stands_anywhere
from careloom.kernel.agency_kinds import AgencyKind

pytestmark = pytest.mark.django_db
ADDRESS, NEW = "/agency/keeping/holds/", "/agency/keeping/holds/new/"


def entered(member: Membership) -> Client:
    client = Client()
    client.force_login(member.worker.user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def placed(member: Membership, *, family: UUID | None = None, key: str = "", days: int | None = None, reason: str = "Case 12-345") -> Done | Refused:
    today = clock.today("UTC")
    with acting_as(viewer(member)):
        return actions.place(
            by=viewer(member), at=clock.now(), family=family, reason=reason, last_on=None if days is None else today + timedelta(days=days),
            today=today, zone="UTC", request_key=key or uuid4().hex,
        )  # fmt: skip


def lifted(member: Membership, hold: UUID, because: str = "The case is over") -> Done | Refused:
    with acting_as(viewer(member)):
        return actions.lift(by=viewer(member), at=clock.now(), hold_id=hold, because=because)


def stands(member: Membership) -> bool:
    """As the owner of the tables asks."""
    with acting_as(viewer(member)), transaction.atomic(), connection.cursor() as cursor:
        return stands_anywhere(cursor, holder_id=member.agency_id)


def row(done: Done | Refused) -> UUID:
    assert isinstance(done, Done), done
    return done.row_id


def test_a_hold_stands_until_it_is_lifted_and_twice_is_once() -> None:
    officer = a_worker(Role.PRIVACY_OFFICER)
    assert not stands(officer)
    hold = row(placed(officer, key="one"))
    assert row(placed(officer, key="one")) == hold
    assert stands(officer)
    assert row(lifted(officer, hold)) == hold
    assert row(lifted(officer, hold, "Another reason")) == hold
    assert not stands(officer)
    with acting_as(viewer(officer)):
        kept = Hold.objects.get(pk=hold)
        told = list(AuditRow.objects.filter(object_id=hold).order_by("at").values_list("action", "detail"))
    assert (kept.lifted_because, kept.lifted_by) == ("The case is over", officer.worker_id)
    assert told == [("keeping.hold_placed", {}), ("keeping.hold_lifted", {})]


def test_a_hold_with_a_last_day_is_over_at_the_midnight_after_it() -> None:
    officer = a_worker(Role.PRIVACY_OFFICER)
    row(placed(officer, days=0))
    with acting_as(viewer(officer)):
        kept = Hold.objects.get()
    assert kept.ends_at is not None
    assert kept.ends_at > clock.now()
    assert (kept.ends_at - timedelta(seconds=1)).date() == kept.last_on


def test_what_is_wrong_is_said_and_nothing_is_written() -> None:
    officer, stranger = a_worker(Role.PRIVACY_OFFICER), uuid4()
    assert placed(officer, reason="  ") == Refused(codes=("NO_REASON",))
    assert placed(officer, days=-1) == Refused(codes=("PAST",))
    assert placed(officer, family=stranger) == Refused(codes=("NO_FAMILY",))
    assert placed(a_worker(Role.AGENCY_ADMIN, agency=officer.agency)) == Refused(codes=("NOT_ALLOWED",))
    hold = row(placed(officer))
    assert lifted(officer, hold, " ") == Refused(codes=("NO_REASON",))
    assert lifted(a_worker(Role.SUPERVISOR, agency=officer.agency), hold) == Refused(codes=("NOT_ALLOWED",))
    with acting_as(viewer(officer)):
        assert Hold.objects.count() == 1


def test_another_agency_neither_holds_what_is_not_its_own_nor_reads_or_lifts_a_hold() -> None:
    officer, other = a_worker(Role.PRIVACY_OFFICER), a_worker(Role.PRIVACY_OFFICER)
    family = a_record(officer, given_name="Ione", family_name="Quarterly")
    assert placed(other, family=family) == Refused(codes=("NO_FAMILY",))
    hold = row(placed(officer, family=family))
    with acting_as(viewer(other)):
        assert not Hold.objects.exists()
    with pytest.raises(NotVisible):
        lifted(other, hold)
    theirs, absent = (entered(other).get(f"{ADDRESS}{one}/lift/") for one in (hold, uuid4()))
    assert (theirs.status_code, absent.status_code) == (404, 404)
    assert entered(other).get(ADDRESS).content.count(b"Quarterly") == 0


@pytest.mark.parametrize("role", [Role.AGENCY_ADMIN, Role.SUPERVISOR, Role.CARE_COORDINATOR, Role.CLINICIAN])
def test_for_nobody_else_the_pages_are_there(role: Role) -> None:
    officer = a_worker(Role.PRIVACY_OFFICER)
    hold, client = row(placed(officer)), entered(a_worker(role, agency=officer.agency))
    assert [client.get(one).status_code for one in (ADDRESS, NEW, f"{ADDRESS}{hold}/lift/")] == [404, 404, 404]
    assert client.post(f"{ADDRESS}{hold}/lift/", {"because": "x"}).status_code == 404


def test_nobody_takes_a_hold_away_by_plain_sql() -> None:
    officer = a_worker(Role.PRIVACY_OFFICER)
    hold = row(placed(officer))
    with acting_as(viewer(officer)), transaction.atomic():
        assert Hold.objects.filter(pk=hold).delete()[0] == 0
        assert Hold.objects.filter(pk=hold).exists()


def test_an_officer_finds_the_family_places_and_lifts_on_the_pages() -> None:
    officer = a_worker(Role.PRIVACY_OFFICER, agency=an_agency(kind=AgencyKind.HOSPITAL))
    family = a_record(officer, given_name="Ione", family_name="Quarterly")
    client = entered(officer)
    assert "No hold was ever placed" in client.get(ADDRESS).content.decode()
    nobody = client.post(NEW, {"name": "Zzyzx"})
    assert "No record of this agency has that name" in nobody.content.decode()
    found = client.post(NEW, {"name": "quarterly"})
    assert "Ione Quarterly" in found.content.decode()
    assert "quarterly" not in found.request["PATH_INFO"] + found.request["QUERY_STRING"]
    bad = client.post(NEW, {"scope": str(family), "reason": "", "request_key": "k"})
    assert (bad.status_code, "Ione Quarterly" in bad.content.decode()) == (422, True)
    past = client.post(NEW, {"scope": "WHOLE", "reason": "Case 1", "last_on": "2001-01-01", "request_key": "k"})
    assert (past.status_code, "This day is over" in past.content.decode()) == (422, True)
    for _ in range(2):
        assert client.post(NEW, {"scope": str(family), "reason": "Case 1", "request_key": "k"}).headers["Location"] == ADDRESS
    page = client.get(ADDRESS).content.decode()
    assert (page.count("Ione Quarterly"), "Case 1" in page, officer.worker.name in page) == (2, True, True)
    with acting_as(viewer(officer)):
        hold = Hold.objects.get()
    lift = f"{ADDRESS}{hold.pk}/lift/"
    assert client.post(lift, {"because": ""}).status_code == 422
    assert client.post(lift, {"because": "Settled"}).headers["Location"] == ADDRESS
    assert "Settled" in client.get(ADDRESS).content.decode()
    assert "This hold is over" in client.get(lift).content.decode()


def test_a_made_up_family_is_refused_and_no_error() -> None:
    client = entered(a_worker(Role.PRIVACY_OFFICER))
    for scope in (str(uuid4()), "x", "", "\x00"):
        assert client.post(NEW, {"scope": scope, "reason": "Case", "request_key": "k"}).status_code == 422
