"""A privacy officer decides which kinds of record each role of her agency opens, within what the role and the law allow."""

from __future__ import annotations

from html import unescape
from uuid import uuid4

import pytest
from django.test import Client
from tests.factories.agencies import a_worker, an_agency, viewer

from careloom.agencies import opening, words
from careloom.agencies.actions import Reason, Refused
from careloom.agencies.models import Agency, Membership, RoleOpening
from careloom.agencies.opening import Conflict
from careloom.agencies.roles import ALL_CATEGORIES, CATEGORIES, MOST, Role, opens_of
from careloom.infra import clock
from careloom.infra.access import Viewer, acting_as
from careloom.infra.audit.models import AuditRow
from careloom.kernel.agency_kinds import AgencyKind

pytestmark = pytest.mark.django_db
VISITOR = CATEGORIES[Role.HOME_VISITOR]
NOTES = {"part2.counseling_notes", "hipaa.psychotherapy_notes"}


@pytest.fixture
def officer() -> Membership:
    return a_worker(Role.PRIVACY_OFFICER, agency=an_agency(kind=AgencyKind.HOME_VISITING))


def enter(member: Membership) -> Client:
    client = Client()
    client.force_login(member.worker.user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def now(agency: Agency) -> Agency:
    return Agency.objects.get(pk=agency.pk)


def send(client: Client, role: Role, kinds: set[str] | frozenset[str], *, version: int = 0, reason: str = "Visits need it", key: str = "") -> object:
    facts = {"categories": sorted(kinds), "reason": reason, "version": version, "request_key": key or uuid4().hex}
    return client.post(f"/agency/opens/{role.value}/", facts)


def decide(by: Viewer, role: Role, kinds: set[str] | frozenset[str], **facts: object) -> object:
    given = {"reason": "Visits need it", "version": 0, "request_key": uuid4().hex} | facts
    with acting_as(by):
        return opening.change(role=role, categories=kinds, by=by, at=clock.now(), **given)  # type: ignore[arg-type]


def test_a_choice_holds_from_the_next_request_on(officer: Membership) -> None:
    visitor = a_worker(Role.HOME_VISITOR, agency=officer.agency)
    assert viewer(visitor).categories == VISITOR
    assert send(enter(officer), Role.HOME_VISITOR, (VISITOR - {"dv.victim_record"}) | {"hipaa.toxicology"}).status_code == 302  # type: ignore[attr-defined]
    again = Membership.objects.select_related("agency").get(pk=visitor.pk)
    assert viewer(again).categories == (VISITOR - {"dv.victim_record"}) | {"hipaa.toxicology"}
    elsewhere = a_worker(Role.HOME_VISITOR, agency=an_agency(kind=AgencyKind.HOME_VISITING))
    assert viewer(elsewhere).categories == VISITOR


def test_the_choice_is_read_with_the_membership(officer: Membership, django_assert_num_queries: object) -> None:
    """No statement more than before: who she is, her agency and its choices are one row."""
    decide(viewer(officer), Role.HOME_VISITOR, VISITOR - {"wic.record"})
    visitor = a_worker(Role.HOME_VISITOR, agency=now(officer.agency))
    with django_assert_num_queries(1):  # type: ignore[operator]
        found = Membership.objects.select_related("worker", "agency").get(pk=visitor.pk)
        assert "wic.record" not in (viewer(found).categories or ())


@pytest.mark.parametrize("role", [Role.HOME_VISITOR, Role.SUPERVISOR, Role.CARE_COORDINATOR])
@pytest.mark.parametrize("note", sorted(NOTES))
def test_notes_are_given_to_clinicians_only(officer: Membership, role: Role, note: str) -> None:
    refused = Refused(reasons=(Reason.BEYOND_ROLE,))
    assert decide(viewer(officer), role, CATEGORIES[role] | {note}) == refused
    answer = send(enter(officer), role, CATEGORIES[role] | {note})
    assert answer.status_code == 422  # type: ignore[attr-defined]
    assert now(officer.agency).opens == {}


def test_a_clinicians_notes_may_be_taken_and_given_back() -> None:
    officer = a_worker(Role.PRIVACY_OFFICER, agency=an_agency(kind=AgencyKind.PART2_PROGRAM))
    taken = decide(viewer(officer), Role.CLINICIAN, ALL_CATEGORIES - NOTES)
    assert isinstance(taken, RoleOpening)
    given = decide(viewer(officer), Role.CLINICIAN, ALL_CATEGORIES, version=1)
    assert isinstance(given, RoleOpening)
    assert opens_of(Role.CLINICIAN, opens=now(officer.agency).opens) == ALL_CATEGORIES


def test_she_does_not_widen_her_own_role_nor_one_that_opens_no_family(officer: Membership) -> None:
    by = viewer(officer)
    refused = Refused(reasons=(Reason.BEYOND_ROLE,))
    assert decide(by, Role.PRIVACY_OFFICER, CATEGORIES[Role.PRIVACY_OFFICER] | {"hipaa.ob_record"}) == refused
    assert decide(by, Role.AGENCY_ADMIN, {"posc.plan_core"}) == refused
    assert decide(by, Role.CPS_WORKER, {"posc.plan_core"}) == refused  # no role of this kind of agency
    assert enter(officer).get("/agency/opens/AGENCY_ADMIN/").status_code == 404
    assert enter(officer).get("/agency/opens/CPS_WORKER/").status_code == 404
    assert enter(officer).get("/agency/opens/nothing/").status_code == 404


def test_what_came_past_the_action_gives_no_more_than_the_law(officer: Membership) -> None:
    Agency.objects.filter(pk=officer.agency_id).update(opens={"SUPERVISOR": {"version": 9, "categories": sorted(ALL_CATEGORIES)}})
    supervisor = a_worker(Role.SUPERVISOR, agency=now(officer.agency))
    assert viewer(supervisor).categories == MOST[Role.SUPERVISOR]


@pytest.mark.parametrize("role", [Role.AGENCY_ADMIN, Role.SUPERVISOR, Role.CLINICIAN, Role.CARE_COORDINATOR])
def test_nobody_but_a_privacy_officer_decides(role: Role) -> None:
    member = a_worker(role)
    assert decide(viewer(member), Role.CARE_COORDINATOR, set()) == Refused(reasons=(Reason.NOT_PRIVACY_OFFICER,))
    client = enter(member)
    assert {client.get(page).status_code for page in ("/agency/opens/", "/agency/opens/CARE_COORDINATOR/", "/agency/looks/file/")} == {404}
    assert send(client, Role.CARE_COORDINATOR, set()).status_code == 404  # type: ignore[attr-defined]


def test_a_reason_is_asked_for_and_nothing_is_saved_twice(officer: Membership) -> None:
    client = enter(officer)
    assert send(client, Role.HOME_VISITOR, VISITOR - {"wic.record"}, reason=" ").status_code == 422  # type: ignore[attr-defined]
    assert decide(viewer(officer), Role.HOME_VISITOR, set(), reason=" ") == Refused(reasons=(Reason.NO_REASON,))
    assert decide(viewer(officer), Role.HOME_VISITOR, VISITOR) == Refused(reasons=(Reason.NO_CHANGE,))
    for _ in range(2):
        assert send(client, Role.HOME_VISITOR, VISITOR - {"wic.record"}, key="pressed-twice").status_code == 302  # type: ignore[attr-defined]
    assert RoleOpening.objects.filter(agency=officer.agency).count() == 1


def test_two_officers_at_once_see_both_choices(officer: Membership) -> None:
    second = a_worker(Role.PRIVACY_OFFICER, agency=officer.agency)
    assert send(enter(officer), Role.HOME_VISITOR, VISITOR - {"wic.record"}).status_code == 302  # type: ignore[attr-defined]
    page = send(enter(second), Role.HOME_VISITOR, VISITOR - {"edu.school"})
    assert page.status_code == 409  # type: ignore[attr-defined]
    text = unescape(page.content.decode())  # type: ignore[attr-defined]
    assert "Only here it opens: school" in text  # as it stands
    assert "Only here it opens: WIC" in text  # as she chose
    assert 'name="version" value="1"' in text
    assert opens_of(Role.HOME_VISITOR, opens=now(officer.agency).opens) == VISITOR - {"wic.record"}
    answer = decide(viewer(second), Role.HOME_VISITOR, VISITOR - {"edu.school"})
    assert answer == Conflict(mine=VISITOR - {"edu.school"}, theirs=VISITOR - {"wic.record"}, version=1)
    assert send(enter(second), Role.HOME_VISITOR, VISITOR - {"edu.school"}, version=1).status_code == 302  # type: ignore[attr-defined]
    assert opens_of(Role.HOME_VISITOR, opens=now(officer.agency).opens) == VISITOR - {"edu.school"}


def test_each_decision_is_kept_and_audited(officer: Membership) -> None:
    client, by = enter(officer), viewer(officer)
    send(client, Role.HOME_VISITOR, VISITOR - {"wic.record"}, reason="WIC is no part of our visits")
    send(client, Role.HOME_VISITOR, VISITOR | {"hipaa.toxicology"}, version=1, reason="Agreed with the hospital")
    text = unescape(client.get("/agency/opens/HOME_VISITOR/").content.decode())
    opened = f"Opened: {words.CATEGORIES['hipaa.toxicology']}, WIC"
    for told in ("WIC is no part of our visits", "Agreed with the hospital", "Closed: WIC", opened, officer.worker.name):
        assert told in text
    with acting_as(by):
        details = [row.detail for row in AuditRow.objects.filter(action="agencies.role_opens_changed").order_by("at")]
    assert details[0] == {"role": "HOME_VISITOR", "version": 1, "added": [], "taken": ["wic.record"]}
    assert details[1]["added"] == ["hipaa.toxicology", "wic.record"]


def test_another_agencys_history_is_not_shown(officer: Membership) -> None:
    other = a_worker(Role.PRIVACY_OFFICER, agency=an_agency(kind=AgencyKind.HOME_VISITING))
    send(enter(other), Role.HOME_VISITOR, VISITOR - {"wic.record"}, reason="Their own reason")
    page = enter(officer).get("/agency/opens/HOME_VISITOR/").content.decode()
    assert "Their own reason" not in page
