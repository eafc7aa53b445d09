"""After sending: what travels by receipt, what child welfare receives, and what the law keeps back."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.conf import settings
from django.test import Client
from tests.factories.agencies import a_worker, an_agency, viewer
from tests.factories.births import AT, a_birth, facts_of, sent

from careloom.agencies.models import Agency, Membership
from careloom.agencies.roles import Role
from careloom.config.jobs import is_nightly
from careloom.infra.access import NotVisible, System, acting_as, system
from careloom.infra.access.models import Disclosure
from careloom.infra.clock import now
from careloom.infra.keys import KeyProblem, Keyring
from careloom.kernel.agency_kinds import AgencyKind
from careloom.notifications import actions
from careloom.notifications.facts import changed
from careloom.notifications.models import DeidentifiedNotification, Notification, ReceivedNotification, SealedOutgoing
from careloom.work.models import Obligation

pytestmark = pytest.mark.django_db
FENTANYL = (("FENTANYL", "NO"),)
REPORT = {"in_treatment": "NO", "safety_concern": "YES", "safety_words": "Left alone at 2 AM."}
NAMES = {"in_treatment": "NO"}


def rows() -> dict[UUID, DeidentifiedNotification]:
    with acting_as(system(System.JOB)):
        return {row.receipt: row for row in DeidentifiedNotification.objects.all()}


def received(agency: Agency) -> list[ReceivedNotification]:
    with acting_as(system(System.JOB, holder_id=agency.pk)):
        return list(ReceivedNotification.objects.filter(holder_id=agency.pk).order_by("kind"))


def deliver(done: actions.Sent) -> int:
    return actions.deliver_identified(notification_id=done.notification.pk, holder_id=done.notification.holder_id, at=now())


def owed(agency: Agency) -> list[str]:
    with acting_as(system(System.JOB, holder_id=agency.pk)):
        return list(Obligation.objects.filter(holder_id=agency.pk, met_at=None).values_list("kind", flat=True))


def test_the_batch_writes_each_infant_once_however_often_it_runs(worker: Membership) -> None:
    done = sent(a_birth(worker, babies=2))
    assert rows() == {}
    assert [actions.run_batch() for _ in range(3)] == [2, 0, 0]
    assert set(rows()) == set(done.receipts)
    with acting_as(system(System.JOB)):
        assert not SealedOutgoing.objects.exists()


def test_only_the_fields_that_the_pack_sends_are_in_the_state_s_row(worker: Membership) -> None:
    done = sent(a_birth(worker))
    actions.run_batch()
    (row,) = rows().values()
    assert row.answers == {"substances": ["BUPRENORPHINE"], "prescribed": ["YES"], "signs": "NONE", "fasd": "NONE"}
    assert set(done.notification.answer["sent_fields"]) >= {"SUBSTANCE_CLASSES", "PRESCRIBED", "INFANT_SIGNS"}
    assert "TREATMENT_ANSWER" not in done.notification.answer["sent_fields"]


def test_the_year_is_the_year_where_the_birth_was(worker: Membership) -> None:
    sent(a_birth(worker), at=datetime(2026, 1, 1, 3, 0, tzinfo=UTC))
    actions.run_batch()
    assert [row.year for row in rows().values()] == [2025]


def test_a_correction_travels_by_receipt(night: Client, worker: Membership) -> None:
    done = sent(a_birth(worker))
    actions.run_batch()
    url = f"/births/{done.notification.pk}/correct/"
    html = night.get(url).content.decode()
    version = re.findall(r'name="version" value="(\d+)"', html)[0]
    fields = {"version": version, "open": ["3"], "substances": ["METHADONE"], "reason": "WRONG_FACT"}
    assert night.post(url, fields | {"reason": ""}).status_code == 422
    assert night.post(url, fields).headers["Location"] == f"/births/{done.notification.pk}/receipt/"
    assert rows()[done.receipts[0]].answers["substances"] == ["BUPRENORPHINE"]
    actions.run_batch()
    assert rows()[done.receipts[0]].answers["substances"] == ["METHADONE"]
    # The older page is a conflict now, and changes nothing.
    assert night.post(url, fields | {"substances": ["HEROIN"]}).status_code == 422


def test_of_two_corrections_in_one_day_the_later_one_is_counted(worker: Membership) -> None:
    done, by = sent(a_birth(worker)), viewer(worker)
    with acting_as(by):
        for minute, sign in enumerate(["TREATED", "OBSERVED", "NONE", "TREATED", "OBSERVED"]):
            facts = changed(facts_of(done.notification), withdrawal=sign)
            actions.correct(by=by, at=now() + timedelta(minutes=minute), notification_id=done.notification.pk, facts=facts, reason="WRONG_FACT")
    actions.run_batch()
    assert rows()[done.receipts[0]].answers["signs"] == "OBSERVED"


def test_a_hospital_whose_key_is_gone_holds_up_nobody(worker: Membership) -> None:
    other = a_worker(Role.HOSPITAL_SOCIAL_WORKER, agency=an_agency())
    kept, lost = sent(a_birth(worker)), sent(a_birth(other))
    Keyring(home=settings.CARELOOM_HOME).destroy_agency_key(other.agency_id, held=lambda: False)
    assert actions.run_batch() == 1
    assert set(rows()) == set(kept.receipts)
    assert not set(rows()) & set(lost.receipts)


def test_a_correction_to_nothing_takes_the_rows_back(worker: Membership) -> None:
    done, by = sent(a_birth(worker)), viewer(worker)
    actions.run_batch()
    nothing = changed(facts_of(done.notification), exposures=())
    with acting_as(by):
        after = actions.correct(by=by, at=now(), notification_id=done.notification.pk, facts=nothing, reason="WRONG_FACT")
    assert isinstance(after, actions.Sent)
    assert after.receipts == ()
    actions.run_batch()
    assert rows()[done.receipts[0]].withdrawn


def test_a_withdrawal_travels_by_receipt_and_the_birth_can_be_begun_again(night: Client, worker: Membership) -> None:
    done = sent(a_birth(worker, given_name="Nia"))
    actions.run_batch()
    night.post(f"/births/{done.notification.pk}/withdraw/", {"reason": "WRONG_PERSON"})
    actions.run_batch()
    assert rows()[done.receipts[0]].withdrawn
    assert "Withdrawn. Nothing of it stands" in night.get(f"/births/{done.notification.pk}/receipt/").content.decode()
    assert "Nia Example" in night.get("/births/new/").content.decode()


def test_another_hospital_can_neither_correct_nor_withdraw(worker: Membership) -> None:
    done, other = sent(a_birth(worker)), viewer(a_worker(Role.HOSPITAL_SOCIAL_WORKER, agency=an_agency()))
    facts = facts_of(done.notification)
    with acting_as(other):
        with pytest.raises(NotVisible):
            actions.correct(by=other, at=now(), notification_id=done.notification.pk, facts=facts, reason="OTHER")
        assert not actions.withdraw(by=other, at=now(), notification_id=done.notification.pk, reason="OTHER")


def test_when_the_hospital_s_key_is_gone_the_page_says_so(night: Client, worker: Membership, monkeypatch: pytest.MonkeyPatch) -> None:
    from careloom.infra.keys import Keyring

    done = sent(a_birth(worker))

    def gone(*_: object) -> bytes:
        raise KeyProblem("gone")

    monkeypatch.setattr(Keyring, "agency_key", gone)
    assert "can no longer be read" in night.get(f"/births/{done.notification.pk}/receipt/").content.decode()


def test_a_count_without_names_reaches_no_child_welfare(worker: Membership, child_welfare: Agency) -> None:
    assert deliver(sent(a_birth(worker))) == 0
    assert received(child_welfare) == []


def test_a_notification_with_names_says_what_the_screen_said(worker: Membership, child_welfare: Agency) -> None:
    done = sent(a_birth(worker, exposures=FENTANYL, address="1 Elm St"), **NAMES)
    assert [deliver(done) for _ in range(2)] == [1, 1]
    (got,) = received(child_welfare)
    assert set(got.facts) == set(done.notification.answer["sent_fields"])
    assert (got.kind, got.facts["PARENT_NAME"], got.facts["ADDRESS"]) == ("IDENTIFIED", "Ada Example", "1 Elm St")
    assert "in_treatment" not in got.facts
    assert got.basis
    assert owed(child_welfare) == ["RECEIVED_IDENTIFIED"]
    with acting_as(system(System.JOB, holder_id=worker.agency_id)):
        accounted = list(Disclosure.objects.filter(holder_id=worker.agency_id, recipient_id=child_welfare.pk))
    assert len(accounted) == 1


def test_a_report_is_a_record_of_its_own_and_alone_carries_what_was_seen(worker: Membership, child_welfare: Agency) -> None:
    assert deliver(sent(a_birth(worker, exposures=FENTANYL), **REPORT)) == 2
    named, report = received(child_welfare)
    assert (named.kind, report.kind) == ("IDENTIFIED", "REPORT")
    assert report.facts["SAFETY_CONCERN_TEXT"] == "Left alone at 2 AM."
    assert "SAFETY_CONCERN_TEXT" not in named.facts


def test_what_a_treatment_program_wrote_stays_out_of_it(worker: Membership, child_welfare: Agency) -> None:
    from careloom.health.actions import put_exposure

    born, by = a_birth(worker, exposures=FENTANYL), viewer(worker)
    with acting_as(by):
        put_exposure(by=by, at=AT, identity_id=born.mother_id, substance="METHADONE", prescribed="YES", category="part2.medication")
    deliver(sent(born, **NAMES))
    assert received(child_welfare)[0].facts["SUBSTANCE_CLASSES"] == ["FENTANYL"]


def test_nothing_is_delivered_when_the_kernel_refuses(child_welfare: Agency) -> None:
    # A unit that is a Part 2 program cannot name a patient in a notification without her consent (42 CFR 2.31).
    unit = an_agency(kind=AgencyKind.HOSPITAL, county="Pine", is_covered_entity=True, is_part2_program=True)
    done = sent(a_birth(a_worker(Role.HOSPITAL_SOCIAL_WORKER, agency=unit), exposures=FENTANYL), **NAMES)
    assert deliver(done) == 0
    assert received(child_welfare) == []
    assert owed(child_welfare) == []


def test_another_county_s_child_welfare_is_never_told_and_the_hospital_must_call(worker: Membership) -> None:
    harbor = an_agency(kind=AgencyKind.CPS_AGENCY, county="Harbor")
    done = sent(a_birth(worker, exposures=FENTANYL), **REPORT)
    assert deliver(done) == 0
    assert received(harbor) == []
    assert owed(worker.agency) == ["CALL_CHILD_WELFARE"]


def test_a_correction_and_a_withdrawal_reach_child_welfare_too(worker: Membership, child_welfare: Agency) -> None:
    done, by = sent(a_birth(worker, exposures=FENTANYL), **NAMES), viewer(worker)
    deliver(done)
    facts = changed(facts_of(done.notification), withdrawal="TREATED")
    with acting_as(by):
        corrected = actions.correct(by=by, at=now(), notification_id=done.notification.pk, facts=facts, reason="NEW_INFORMATION")
    assert isinstance(corrected, actions.Sent)
    deliver(corrected)
    (got,) = received(child_welfare)
    assert got.corrected_at is not None
    assert "TREATED" in got.facts["INFANT_SIGNS"]
    with acting_as(by):
        actions.withdraw(by=by, at=now(), notification_id=done.notification.pk, reason="WRONG_PERSON")
    deliver(corrected)
    assert received(child_welfare)[0].withdrawn_at is not None
    assert owed(child_welfare) == []


def test_a_supervisor_reads_gives_and_the_worker_answers(client: Client, worker: Membership, child_welfare: Agency, supervisor: Membership) -> None:
    deliver(sent(a_birth(worker, exposures=FENTANYL), **NAMES))
    (got,) = received(child_welfare)
    own = a_worker(Role.CPS_WORKER, agency=child_welfare)
    theirs = Client()
    theirs.force_login(own.worker.user)
    assert theirs.get(f"/births/received/{got.pk}/").status_code == 404
    for path in ("/births/received/", "/today/"):
        assert "Ada Example" not in theirs.get(path).content.decode()
    client.force_login(supervisor.worker.user)
    html = client.get(f"/births/received/{got.pk}/").content.decode()
    for words in ("Fentanyl", "Notification with names", "Why you may have it", "Meet the family by", "Treatment records are not part of it"):
        assert words in html
    client.post(f"/births/received/{got.pk}/give/", {"worker": str(own.worker_id)})
    url = f"/births/received/{got.pk}/"
    # Child welfare has no other record of her: Today calls her as the notification does, and leads to it.
    for path in ("/births/received/", "/today/"):
        html = theirs.get(path).content.decode()
        assert "Ada Example" in html
        assert f'href="{url}"' in html
        assert f"/families/{got.identity_id}/" not in html
    assert theirs.post(url, {"answer": "ACCEPTED_PATHWAY", "reason": ""}).status_code == 422
    theirs.post(url, {"answer": "ASKS_INFORMATION", "reason": "Who is at home?"})
    assert owed(child_welfare) == ["RECEIVED_IDENTIFIED"]
    assert "ANSWER_CHILD_WELFARE" in owed(worker.agency)
    client.force_login(worker.worker.user)
    assert "Who is at home?" in client.get(f"/births/{got.notification_id}/receipt/").content.decode()
    theirs.post(url, {"answer": "SCREENED_OUT", "reason": "In care with the community team."})
    assert owed(child_welfare) == []
    assert received(child_welfare)[0].answer == "SCREENED_OUT"


@pytest.mark.parametrize("role", [Role.HOSPITAL_SOCIAL_WORKER, Role.SUPERVISOR])
def test_what_child_welfare_received_is_not_there_for_a_hospital(client: Client, hospital: Agency, role: Role) -> None:
    client.force_login(a_worker(role, agency=hospital).worker.user)
    assert client.get("/births/received/").status_code == 404


def test_the_event_of_a_sent_notification_is_joined_to_its_delivery(
    worker: Membership, child_welfare: Agency, django_capture_on_commit_callbacks: object
) -> None:
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        sent(a_birth(worker, exposures=FENTANYL), **NAMES)
    assert [got.kind for got in received(child_welfare)] == ["IDENTIFIED"]


@pytest.mark.parametrize(
    ("instant", "nightly"),
    [
        (datetime(2026, 1, 15, 7, 10, tzinfo=UTC), True),
        (datetime(2026, 7, 15, 6, 10, tzinfo=UTC), True),
        (datetime(2026, 7, 15, 7, 10, tzinfo=UTC), False),
        (datetime(2026, 3, 8, 7, 10, tzinfo=UTC), True),  # the day without a 2:10
        (datetime(2026, 11, 1, 7, 10, tzinfo=UTC), True),
    ],
)
def test_the_batch_runs_once_a_night_where_we_are(instant: datetime, nightly: bool) -> None:
    assert is_nightly(timestamp=int(instant.timestamp()), zone_name="America/New_York") is nightly


def test_a_key_of_a_request_is_not_an_oracle_for_other_hospitals(worker: Membership) -> None:
    here, elsewhere = a_birth(worker), a_birth(a_worker(Role.HOSPITAL_SOCIAL_WORKER, agency=an_agency()))
    made: list[Notification] = []
    for born in (here, elsewhere):
        by = viewer(born.member)
        with acting_as(by):
            made.append(
                actions.start_notification(
                    by=by, at=now(), mother_id=born.mother_id, birth_ids=[born.births[0].pk], pack="columbia", request_key="same"
                )
            )
    assert len({row.pk for row in made}) == 2
