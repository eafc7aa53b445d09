"""Each screen and each action of safety in pairs: who may, and who is answered as if there were nothing."""

from __future__ import annotations

import pytest
from tests.factories.agencies import a_worker, viewer
from tests.factories.plans import a_key
from tests.integration.safety.conftest import Safety, saved, words

from careloom.agencies.models import Membership
from careloom.agencies.roles import Role
from careloom.infra import clock
from careloom.infra.access import NotVisible, acting_as
from careloom.safety import actions
from careloom.safety.actions.drafting import Person
from careloom.safety.models import SafetyPlan

WRITES = ("visit/", "people/new/child/", "people/new/adult/", "factors/")


def strangers(safety: Safety) -> dict[str, Membership]:
    """A colleague who does not work with the family, and two of the hospital that knows her well."""
    return {
        "colleague": a_worker(Role.CPS_WORKER, agency=safety.agency),
        "hospital supervisor": a_worker(Role.SUPERVISOR, agency=safety.hospital),
        "hospital worker": safety.social_worker,
    }


def test_the_pages_of_an_assessment_open_to_its_worker_and_supervisor_and_to_nobody_else(safety: Safety) -> None:
    row = safety.screen_in()
    (child,) = safety.people(row, "CHILD")
    paths = [f"/safety/{row.pk}/", *(f"/safety/{row.pk}/{rest}" for rest in WRITES), f"/safety/{row.pk}/people/{child.pk}/"]
    paths.append(f"/safety/{row.pk}/part/{child.pk}/")
    for path in paths:
        for member in (safety.worker, safety.supervisor):
            assert safety.client(member).get(path).status_code == 200, path
        for who, member in strangers(safety).items():
            assert safety.client(member).get(path).status_code == 404, (who, path)


def test_the_pages_beside_a_family_open_to_child_welfare_and_not_to_a_hospital_that_knows_her(safety: Safety) -> None:
    safety.screen_in()
    for rest in ("start/", "told/", "plan/", "earlier/new/"):
        path = f"/safety/of/{safety.mother}/{rest}"
        assert safety.client().get(path).status_code == 200, path
        for who, member in strangers(safety).items():
            assert safety.client(member).get(path).status_code == 404, (who, path)
    assert safety.client().get("/safety/").status_code == 200
    for who in ("hospital supervisor", "hospital worker"):
        assert safety.client(strangers(safety)[who]).get("/safety/").status_code == 404, who


def test_the_safety_page_of_a_family_that_another_agency_knows_shows_nothing_of_child_welfare(safety: Safety) -> None:
    """The hospital keeps a record of her, so its supervisor has the page: it is the same before and after child welfare wrote."""
    client = safety.client(a_worker(Role.SUPERVISOR, agency=safety.hospital))
    before = words(client.get(f"/safety/of/{safety.mother}/"))
    assert "None that you may read." in before
    safety.agreed_plan()
    assert words(client.get(f"/safety/of/{safety.mother}/")) == before


def test_a_safety_plan_opens_to_its_worker_and_supervisor_and_to_nobody_else(safety: Safety) -> None:
    plan = safety.agreed_plan()
    for member in (safety.worker, safety.supervisor):
        assert safety.client(member).get(f"/safety/plan/{plan.pk}/").status_code == 200
    told = {"row_version": "1", "words": "x", "request_key": a_key()}
    for who, member in strangers(safety).items():
        client = safety.client(member)
        assert client.get(f"/safety/plan/{plan.pk}/").status_code == 404, who
        for does in ("step", "spoken", "signature", "contact", "not-kept", "end"):
            assert client.post(f"/safety/plan/{plan.pk}/{does}/", told).status_code == 404, (who, does)
    with acting_as(viewer(safety.worker)):
        assert SafetyPlan.objects.get(pk=plan.pk).state == "SPOKEN"


def test_only_a_supervisor_approves_or_gives_back(safety: Safety) -> None:
    row = safety.fill(safety.screen_in())
    saved(safety.decide(row, "complete", response="SAFE"))
    for does in ("approve", "return"):
        assert safety.decide(row, does, words="Look again").status_code == 404
    by = viewer(safety.worker)
    with acting_as(by), pytest.raises(NotVisible):
        actions.approve(by=by, at=clock.now(), assessment_id=row.pk, row_version=safety.row(row).row_version)
    saved(safety.decide(row, "approve", who=safety.supervisor))


def test_no_action_is_open_to_an_agency_that_is_not_child_welfare(safety: Safety) -> None:
    row = safety.unsafe()
    plan_row = safety.agreed_plan(row)
    outside, at, key = viewer(a_worker(Role.SUPERVISOR, agency=safety.hospital)), clock.now(), {"request_key": a_key()}
    on, of, plan = clock.today(), {"assessment_id": row.pk}, {"safety_plan_id": plan_row.pk}
    told = actions.Reported(child_id=None, received_on=on, source="MEDICAL")
    tries = [
        lambda to: actions.start(**to, identity_id=safety.mother, because="NEW_REPORT", words="", **key),
        lambda to: actions.put_person(**to, **of, person=Person(kind="CHILD", name="A"), **key),
        lambda to: actions.take_out_person(**to, **of, person_id=row.pk),
        lambda to: actions.put_findings(**to, **of, person_id=None, told=[], mark=""),
        lambda to: actions.complete(**to, **of, response="SAFE", why="", row_version=1),
        lambda to: actions.approve(**to, **of, row_version=1),
        lambda to: actions.return_to_worker(**to, **of, words="x", row_version=1),
        lambda to: actions.correct(**to, **of, reason="Because", **key),
        lambda to: actions.offer_case(**to, **of, answer="YES", row_version=1),
        lambda to: actions.start_plan(**to, **of, **key),
        lambda to: actions.add_step(**to, **plan, factor="C.care", what="xxx", who="xx", when="xx", **key),
        lambda to: actions.drop_step(**to, **plan, step_id=row.pk),
        lambda to: actions.note_spoken(**to, **plan, who="xx", heard_by="xx", row_version=1),
        lambda to: actions.note_signature(**to, **plan, name="xx", role="", how="WRITTEN", on=on, reason="", last=True, **key),
        lambda to: actions.note_contact(**to, **plan, on=on, how="VISIT", with_whom="xx", kept=True, words="", **key),
        lambda to: actions.not_kept(**to, **plan, words="xxx", row_version=1),
        lambda to: actions.end_plan(**to, **plan, because="INACTIVE", words="xxx", row_version=1),
        lambda to: actions.note_told(**to, identity_id=safety.mother, points=("help",), told_on=on, how="PHONE", asked="", **key),
        lambda to: actions.ensure_plan(**to, identity_id=safety.mother, how="COMPLETED", words="", on=on, **key),
        lambda to: actions.note_history(**to, identity_id=safety.mother, from_on=on, to_on=None, kind="REPORT", outcome="OPEN", **key),
        lambda to: actions.void(**to, **of, because="xxx", row_version=1),
        lambda to: actions.take_back(**to, row_id=row.pk, because="xxx"),
        lambda to: actions.keep_report(**to, identity_id=safety.mother, told=told, **key),
        lambda to: actions.correct_report(**to, report_id=row.pk, told=told, reason="xxx", **key),
    ]
    assert len(tries) == len(set(actions.__all__) - {"Done", "Person", "Refused", "Reported", "Said", "Stale", "screened_in", "ask_history"})
    for one in tries:
        with acting_as(outside), pytest.raises(NotVisible):
            one({"by": outside, "at": at})


def test_the_past_changes_no_decision(safety: Safety) -> None:
    """Child welfare writes down earlier involvement: what the parts point to, and what may be chosen, are what they were (R-109)."""
    row = safety.fill(safety.screen_in(), yes=["C.care"], B_copes_answer="DIMINISHED")
    before = words(safety.client().get(f"/safety/{row.pk}/"))
    told = {"from_on": "2020-02-01", "kind": "PLACEMENT", "outcome": "OTHER_CARE", "request_key": a_key()}
    saved(safety.client().post(f"/safety/of/{safety.mother}/earlier/new/", told))
    after = words(safety.client().get(f"/safety/{row.pk}/"))
    assert after == before
    assert "Out-of-home safety plan" in after
