"""An assessment from its start to its approval, on the screens."""

from __future__ import annotations

import re
from datetime import timedelta

from tests.factories.agencies import a_worker
from tests.factories.plans import a_key
from tests.integration.safety.conftest import Safety, mark, saved, words

from careloom.agencies.roles import Role
from careloom.infra import clock
from careloom.infra.access import System, acting_as, system
from careloom.infra.events.outbox import deliver_pending
from careloom.notifications.actions.deliver import answer_due
from careloom.people.models import PersonRecord
from careloom.safety.models import Finding


def test_an_accepted_report_starts_one_assessment_with_the_clock_that_already_ran(safety: Safety) -> None:
    row = safety.screen_in()
    assert row.because == "REPORT"
    assert row.worker_id == safety.worker.worker_id
    assert row.see_by == answer_due(pack=row.pack, at=safety.received().received_at)
    assert {(p.kind, p.name) for p in safety.people(row)} == {("ADULT", "Ada Example"), ("CHILD", "Jo Example")}
    (child,) = safety.people(row, "CHILD")
    assert child.person_identity_id in safety.infants
    (owed,) = safety.owed("SAFETY_SEE")
    assert owed.due_at == row.see_by
    assert owed.worker_id == safety.worker.worker_id
    # The same birth's other paper, answered too, starts no second one.
    other = safety.received("IDENTIFIED")
    safety.client().post(f"/births/received/{other.pk}/", {"answer": "ACCEPTED_PATHWAY", "reason": "The same family."})
    deliver_pending()
    assert [one.pk for one in safety.assessments()] == [row.pk]


def test_a_report_that_is_screened_out_starts_nothing(safety: Safety) -> None:
    got = safety.received()
    client = safety.client(safety.supervisor)
    saved(client.post(f"/births/received/{got.pk}/", {"answer": "SCREENED_OUT", "reason": "The community plan fits."}))
    deliver_pending()
    assert safety.assessments() == []


def test_the_clock_stops_when_each_child_and_a_caregiver_were_seen(safety: Safety) -> None:
    row = safety.screen_in()
    (child,) = safety.people(row, "CHILD")
    (mother,) = safety.people(row, "ADULT")
    page = words(safety.client().get("/", follow=True))
    assert "See each child and a caregiver of" in page
    told = {"name": child.name, "seen_on": clock.today().isoformat(), "request_key": a_key()}
    saved(safety.client().post(f"/safety/{row.pk}/people/{child.pk}/", told))
    assert safety.row(row).met_at is None
    saved(safety.client().post(f"/safety/{row.pk}/people/{mother.pk}/", told | {"name": mother.name, "cares": "on", "at_home": "on"}))
    assert safety.row(row).met_at is not None
    assert safety.owed("SAFETY_SEE") == []
    assert len(safety.owed("SAFETY_FINISH")) == 1


def test_nobody_is_seen_tomorrow(safety: Safety) -> None:
    row = safety.screen_in()
    (child,) = safety.people(row, "CHILD")
    told = {"name": child.name, "seen_on": (clock.today() + timedelta(days=2)).isoformat(), "request_key": a_key()}
    refused = safety.client().post(f"/safety/{row.pk}/people/{child.pk}/", told)
    assert refused.status_code == 422
    assert "Choose a day that is not in the future." in words(refused)


def test_a_part_saves_as_one_types_and_a_colleague_s_words_are_shown_and_not_written_over(safety: Safety) -> None:
    row = safety.screen_in()
    (child,) = safety.people(row, "CHILD")
    path, client = f"/safety/{row.pk}/part/{child.pk}/", safety.client()
    first = mark(client.get(path))
    kept = client.post(path, {"version": first, "A_physical_evidence": "Mine"}, headers={"X-Autosave": "1"})
    assert kept.status_code == 200
    assert kept.json()["version"] != first
    theirs = safety.client(safety.supervisor).post(path, {"version": first, "A_physical_evidence": "Theirs"})
    assert theirs.status_code == 409
    assert "Mine" in words(theirs)
    assert b'value="Theirs"' in theirs.content
    quiet = safety.client(safety.supervisor).post(path, {"version": first, "A_physical_evidence": "Theirs"}, headers={"X-Autosave": "1"})
    assert (quiet.status_code, quiet.json()["url"]) == (409, path)
    saved(safety.client(safety.supervisor).post(path, {"version": kept.json()["version"], "A_physical_evidence": "Both"}))


def test_evidence_of_violence_at_home_is_kept_where_no_plan_consent_reaches(safety: Safety) -> None:
    row = safety.screen_in()
    saved(safety.factors(row, yes=["C.violence", "C.care"]))
    # What a yes needs besides stands open; what a no does not need is folded away.
    assert safety.client().get(f"/safety/{row.pk}/factors/").content.count(b'<details class="cl-fold" open>') == 2
    with acting_as(system(System.JOB, holder_id=safety.agency.pk)):
        kept = dict(Finding.objects.filter(assessment_id=row.pk).values_list("item", "category"))
    assert kept["C.violence"] == "dv.victim_record"
    assert {category for item, category in kept.items() if item != "C.violence"} == {"cw.case_record"}


def test_a_decision_on_an_older_page_is_told_and_not_taken(safety: Safety) -> None:
    row = safety.fill(safety.screen_in())
    older = row.row_version
    saved(safety.factors(row, unable=["C.care"]))
    stale = safety.client().post(f"/safety/{row.pk}/complete/", {"row_version": older, "response": "SAFE"})
    assert stale.status_code == 409
    assert safety.row(row).state == "STARTED"


def test_a_supervisor_gives_it_back_with_words_and_nobody_approves_her_own(safety: Safety) -> None:
    row = safety.fill(safety.screen_in())
    saved(safety.decide(row, "complete", response="SAFE"))
    (owed,) = safety.owed("SAFETY_APPROVE")
    assert owed.worker_id == safety.supervisor.worker_id
    assert safety.decide(row, "return", who=safety.supervisor, words="").status_code == 422
    saved(safety.decide(row, "return", who=safety.supervisor, words="Ask the nurse again"))
    assert safety.owed("SAFETY_APPROVE") == []
    assert len(safety.owed("SAFETY_RETURNED")) == 1
    assert "Ask the nurse again" in words(safety.client().get(f"/safety/{row.pk}/"))
    # The supervisor writes and completes it herself now, so somebody else must approve it.
    saved(safety.decide(row, "complete", who=safety.supervisor, response="SAFE"))
    refused = safety.decide(row, "approve", who=safety.supervisor)
    assert refused.status_code == 422
    assert safety.row(row).state == "COMPLETED"
    other = a_worker(Role.SUPERVISOR, agency=safety.agency)
    saved(safety.decide(row, "approve", who=other))
    assert safety.row(row).approved_by == other.worker_id


def test_what_is_approved_is_locked_and_a_correction_is_a_version_beside_it(safety: Safety) -> None:
    row = safety.approved(safety.fill(safety.screen_in()), "SAFE")
    (child,) = safety.people(row, "CHILD")
    saved(safety.part(row, child, A_physical_evidence="Changed"))  # leads back, with a warning and without a change
    with acting_as(system(System.JOB, holder_id=safety.agency.pk)):
        assert not Finding.objects.filter(assessment_id=row.pk, evidence="Changed").exists()
    assert safety.decide(row, "correct", reason="").status_code == 422
    saved(safety.decide(row, "correct", reason="The day was wrong"))
    _old, new = safety.assessments()
    assert (new.version, new.corrects_id, new.state) == (2, row.pk, "STARTED")
    assert len(safety.people(new)) == len(safety.people(row))
    page = words(safety.client().get(f"/safety/{new.pk}/"))
    assert "version 2" in page
    assert "The day was wrong" in page
    assert "Version 2 corrects this one" in words(safety.client().get(f"/safety/{row.pk}/"))
    safety.approved(new, "SAFE")
    assert safety.row(row).state == "REPLACED"
    assert safety.row(row).response == "SAFE"


def test_return_to_use_starts_an_assessment_only_with_what_it_meant_for_a_child(safety: Safety) -> None:
    safety.approved(safety.fill(safety.screen_in()), "SAFE")
    path, client = f"/safety/of/{safety.mother}/start/", safety.client()
    refused = client.post(path, {"because": "RETURN_TO_USE", "because_words": "", "request_key": a_key()})
    assert refused.status_code == 422
    assert "Say what changed for a child's safety." in words(refused)
    key = a_key()
    told = {"because": "RETURN_TO_USE", "because_words": "The baby was alone for an hour", "request_key": key}
    saved(client.post(path, told))
    saved(client.post(path, told))
    assert [row.because for row in safety.assessments()] == ["REPORT", "RETURN_TO_USE"]
    again = safety.assessments()[1]
    assert [p.seen_on for p in safety.people(again)] == [None, None]
    open_one = client.post(path, {"because": "NEW_REPORT", "because_words": "", "request_key": a_key()})
    assert open_one.status_code == 422
    assert "An assessment of this family is open." in words(open_one)


def test_who_accepts_a_report_keeps_a_record_of_the_family_from_what_was_sent(safety: Safety) -> None:
    """Before, she could assess safety and do nothing more: no case, no support, no question for more."""
    pages = (f"/cases/of/{safety.mother}/", f"/treatment/of/{safety.mother}/", f"/disclosures/of/{safety.mother}/more/")
    assert [safety.client().get(path).status_code for path in pages] == [404] * 3
    row = safety.screen_in()
    assert [safety.client().get(path).status_code for path in pages] == [200] * 3
    with acting_as(system(System.JOB, holder_id=safety.agency.pk)):
        kept = {one.role: one for one in PersonRecord.objects.filter(holder_id=safety.agency.pk)}
    assert {role: (one.given_name, one.family_name, one.category) for role, one in kept.items()} == {
        "MOTHER": ("Ada", "Example", "posc.plan_core"), "INFANT": ("Jo", "Example", "posc.plan_core"),
    }  # fmt: skip
    assert kept["INFANT"].mother_identity_id == safety.mother
    assert [child.born_on for child in safety.people(row, "CHILD")] == [kept["INFANT"].birth_date]
    # A second paper about the same birth writes nobody down twice, and the hospital sees nothing of it.
    safety.client().post(f"/births/received/{safety.received('IDENTIFIED').pk}/", {"answer": "ACCEPTED_PATHWAY", "reason": "The same family."})
    deliver_pending()
    with acting_as(system(System.JOB, holder_id=safety.agency.pk)):
        assert PersonRecord.objects.filter(holder_id=safety.agency.pk).count() == 2


def test_the_visit_on_one_page_has_every_part_and_saves_where_its_own_page_does(safety: Safety) -> None:
    row = safety.screen_in()
    page = safety.client().get(f"/safety/{row.pk}/visit/").content.decode()
    for person in safety.people(row):
        assert f'data-autosave-url="/safety/{row.pk}/part/{person.pk}/"' in page
        assert f'action="/safety/{row.pk}/people/{person.pk}/"' in page
    assert f'data-autosave-url="/safety/{row.pk}/factors/"' in page
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    safety.approved(safety.fill(row), "SAFE")
    assert safety.client().get(f"/safety/{row.pk}/visit/").status_code == 302
