"""The admission queue: who goes first, the 48 hours of interim services, one answer, and silence to everybody else."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from tests.factories.agencies import a_worker, viewer
from tests.factories.plans import a_key
from tests.integration.treatment.conftest import Treated

from careloom.agencies.models import Membership
from careloom.agencies.roles import Role
from careloom.infra import clock
from careloom.infra.access import NotVisible, System, acting_as, system
from careloom.infra.access.models import Segment
from careloom.kernel.referral import Kind
from careloom.plans import actions as plans
from careloom.plans.models import Need
from careloom.plans.referrals.actions import send_referral
from careloom.plans.referrals.answers import Ask, Moved
from careloom.plans.treating import referral_moved
from careloom.treatment import actions
from careloom.treatment.models import Admission, Episode
from careloom.work.models import Obligation


def ask(treated: Treated, *, who: Membership | None = None, key: str = "", **facts: Any) -> Any:
    by = viewer(who or treated.dana)
    with acting_as(by):
        asking = actions.Asking(identity_id=treated.mother, came_by="HERSELF", **facts)
        return actions.put_in_queue(by=by, at=treated.at, asking=asking, request_key=key or a_key())


def row_of(treated: Treated) -> Admission:
    with acting_as(viewer(treated.supervisor)):
        found: Admission = Admission.objects.get(identity_id=treated.mother)
        return found


def test_who_is_pregnant_has_interim_services_owed_within_48_hours(treated: Treated) -> None:
    ask(treated, pregnant=True)
    row = row_of(treated)
    assert row.interim_due_at == treated.at + timedelta(hours=48)
    with acting_as(viewer(treated.supervisor)):
        owed = Obligation.objects.get(about_id=row.pk, kind="INTERIM_SERVICES")
        assert (owed.due_at, owed.promised, owed.met_at) == (row.interim_due_at, True, None)
    with clock.at(treated.at + timedelta(hours=49)):
        assert "Interim services are late" in treated.client(treated.supervisor).get("/treatment/").content.decode()
    page = treated.client(treated.dana).get(f"/treatment/waiting/{row.pk}/").content.decode()
    for shown in ("Goes first: pregnant", "45 CFR 96.131", "not checked by counsel"):
        assert shown in page
    told = {"services": ["HIV_TB", "PRENATAL_CARE"], "words": "", "row_version": "1"}
    assert treated.client(treated.dana).post(f"/treatment/waiting/{row.pk}/interim/", told).status_code == 302
    with acting_as(viewer(treated.supervisor)):
        assert Obligation.objects.get(about_id=row.pk, kind="INTERIM_SERVICES").met_at is not None
        assert Obligation.objects.get(about_id=row.pk, kind="ADMISSION_ASKED").met_at is None
    assert row_of(treated).interim == ["HIV_TB", "PRENATAL_CARE"]


def test_who_asks_again_waits_once_and_her_priority_is_never_taken_away(treated: Treated) -> None:
    ask(treated, pregnant=True)
    ask(treated, child_welfare=True)
    row = row_of(treated)
    assert (row.pregnant, row.child_welfare) == (True, True)


def test_an_admission_begins_an_episode_and_ends_what_is_owed(treated: Treated) -> None:
    ask(treated)
    row, path = row_of(treated), f"/treatment/waiting/{row_of(treated).pk}/admit/"
    client = treated.client(treated.dana)
    for _ in range(2):
        assert client.post(path, {"on": treated.today, "level": "OTP", "row_version": "1"}).status_code == 302
    with acting_as(viewer(treated.supervisor)):
        episode = Episode.objects.get(identity_id=treated.mother)
        assert episode.admission_id == row.pk
        assert not Obligation.objects.filter(about_id=row.pk, met_at=None).exists()
    later = client.post(f"/treatment/waiting/{row.pk}/close/", {"because": "OTHER", "row_version": "2"})
    assert later.status_code == 422  # answered is answered


def test_a_colleagues_answer_is_not_overwritten(treated: Treated) -> None:
    ask(treated)
    row, by = row_of(treated), viewer(treated.dana)
    with acting_as(by):
        done = actions.give_interim(by=by, at=treated.at, admission_id=row.pk, services=("PEER",), words="", row_version=1)
        assert isinstance(done, actions.Done)
        assert isinstance(actions.close_admission(by=by, at=treated.at, admission_id=row.pk, because="NOT_REACHED", row_version=1), actions.Stale)
        closed = actions.close_admission(by=by, at=treated.at, admission_id=row.pk, because="NOT_REACHED", row_version=2)
        assert isinstance(closed, actions.Done)
    assert row_of(treated).state == "CLOSED"


@pytest.mark.parametrize("role", [Role.HOME_VISITOR, Role.PRIVACY_OFFICER])
def test_who_writes_no_treatment_reads_no_queue(treated: Treated, role: Role) -> None:
    ask(treated)
    assert treated.client(treated.dana).get("/treatment/").status_code == 200
    other = treated.officer if role is Role.PRIVACY_OFFICER else treated.bea
    assert treated.client(other).get("/treatment/").status_code == 404
    assert treated.client(other).get(f"/treatment/waiting/{row_of(treated).pk}/").status_code == 404


def test_only_a_program_has_a_queue(treated: Treated) -> None:
    clinician = a_worker(Role.CLINICIAN, agency=treated.st_agnes)
    Membership.objects.update(starts_at=treated.at - timedelta(days=1))
    with pytest.raises(NotVisible):
        ask(treated, who=clinician)
    assert treated.client(clinician).get("/treatment/").status_code == 404


def test_no_form_of_hers_opens_the_queue_and_asking_makes_nobody_a_holder(treated: Treated) -> None:
    with acting_as(system(System.GRANTS)):
        before = Segment.objects.filter(identity_id=treated.mother).count()
    ask(treated)
    treated.open_to(treated.lena, ["part2.presence", "part2.full_record"])
    with acting_as(system(System.GRANTS)):
        assert Segment.objects.filter(identity_id=treated.mother).count() == before
    reader = viewer(treated.lena)
    with acting_as(reader):
        assert not Admission.objects.seen_by(reader).filter(identity_id=treated.mother).exists()
    by = viewer(treated.colleague)
    with acting_as(by):
        assert not Admission.objects.seen_by(by).filter(identity_id=treated.mother).exists()


class Event:
    """What the outbox hands over."""

    def __init__(self, referral: Any) -> None:
        self.referral_id, self.holder_id, self.identity_id, self.state = referral.pk, referral.holder_id, referral.identity_id, referral.state


def a_referral(treated: Treated, *, code: str) -> UUID:
    """A home visitor's plan asks Riverbend for something, with her consent."""
    bea, at = viewer(treated.bea), treated.at
    mother = treated.a_mother(by=treated.bea)
    with acting_as(bea):
        plan = plans.start_plan(by=bea, at=at, mother_id=mother, pregnancy_id=mother, pack="columbia", request_key=a_key())
        plans.add_strength(by=bea, at=at, plan_id=plan.pk, text="She calls", request_key=a_key())  # type: ignore[union-attr]
        plans.agree_plan(by=bea, at=at, plan_id=plan.pk, method="SPOKEN", witness="A witness", request_key=a_key())  # type: ignore[union-attr]
        need = plans.add_need(by=bea, at=at, plan_id=plan.pk, code=code, her_choice="YES", request_key=a_key())  # type: ignore[union-attr]
        assert isinstance(need, Need)
    treated.share(plan, to=treated.dana, holder=treated.harbor.pk, information=("posc.plan_core", "posc.referral_status", "posc.plan_part2_segment"))  # type: ignore[arg-type]
    with acting_as(bea):
        sent = send_referral(by=bea, at=at, need_id=need.pk, ask=Ask(kind=Kind.LIVE, agency_id=treated.riverbend.pk), request_key=a_key())
    assert isinstance(sent, Moved), sent
    for _ in range(2):  # delivered at least once
        referral_moved(Event(sent.referral))  # type: ignore[arg-type]
    return mother


def test_a_referral_for_treatment_stands_in_the_queue_and_one_for_something_else_does_not(treated: Treated) -> None:
    asked, other = a_referral(treated, code="RECOVERY_CARE"), a_referral(treated, code="PARENTING_CLASS")
    with acting_as(viewer(treated.supervisor)):
        row = Admission.objects.get(identity_id=asked)
        assert (row.came_by, row.from_agency_id, row.pregnant, row.child_welfare) == ("REFERRAL", treated.harbor.pk, True, False)
        assert row.interim_due_at is not None
        assert not Admission.objects.filter(identity_id=other).exists()
    event = Event(row)
    event.referral_id, event.holder_id, event.state = row.referral_id, treated.harbor.pk, "CANCELLED"  # it ends, and nobody waits for it any more
    referral_moved(event)  # type: ignore[arg-type]
    with acting_as(viewer(treated.supervisor)):
        row.refresh_from_db()
        assert (row.state, row.closed_because) == ("CLOSED", "REFERRAL_ENDED")
        assert not Obligation.objects.filter(about_id=row.pk, met_at=None).exists()
