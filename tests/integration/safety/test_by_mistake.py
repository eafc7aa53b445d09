"""An assessment that was begun by mistake is void, and a line beside it is taken back, each with the reason (issue 4, correction)."""

from __future__ import annotations

from typing import Any

from tests.factories.plans import a_key
from tests.integration.safety.conftest import Safety, saved, words

from careloom.infra import clock
from careloom.infra.access import System, acting_as, system
from careloom.safety.models import EarlierInvolvement, PlanEnsured, ToldHer

WHY = "Begun for the wrong family"


def started(safety: Safety) -> Any:
    """An assessment that a worker started by hand."""
    told = {"because": "NEW_REPORT", "because_words": "", "request_key": a_key()}
    before = {row.pk for row in safety.assessments()}
    saved(safety.client().post(f"/safety/of/{safety.mother}/start/", told))
    (row,) = [row for row in safety.assessments() if row.pk not in before]
    return row


def test_what_a_worker_began_by_mistake_she_says_is_void_and_nothing_is_owed(safety: Safety) -> None:
    safety.approved(safety.fill(safety.screen_in()), "SAFE")
    row = started(safety)
    assert len(safety.owed("SAFETY_SEE")) == 1
    assert safety.decide(row, "void", reason="").status_code == 422
    late = safety.decide(row, "void", reason=WHY, row_version="99")
    assert late.status_code == 409
    assert WHY in late.content.decode()
    saved(safety.decide(row, "void", reason=WHY))
    now = safety.row(row)
    assert (now.state, now.voided_because, now.voided_by) == ("VOID", WHY, safety.worker.worker_id)
    assert safety.owed("SAFETY_SEE") == []
    assert f"Void: {WHY}" in words(safety.client().get(f"/safety/{row.pk}/"))
    assert "Void: begun by mistake" in words(safety.client().get(f"/safety/of/{safety.mother}/"))
    for does in ("complete", "void"):
        assert safety.decide(row, does, reason=WHY, response="SAFE", response_why="").status_code != 500
    assert safety.row(row).state == "VOID"
    # Nothing of it stands in the way of the next one.
    assert started(safety).state == "STARTED"


def test_what_a_report_calls_for_only_a_supervisor_says_is_void(safety: Safety) -> None:
    row = safety.screen_in()
    refused = safety.decide(row, "void", reason=WHY)
    assert refused.status_code == 422
    assert "Only a supervisor says that it is void." in words(refused)
    saved(safety.decide(row, "void", who=safety.supervisor, reason="Sent twice by the hospital"))
    assert safety.row(row).state == "VOID"


def test_what_was_decided_is_corrected_and_not_void_and_a_void_correction_may_be_begun_anew(safety: Safety) -> None:
    row = safety.approved(safety.fill(safety.screen_in()), "SAFE")
    assert safety.decide(row, "void", who=safety.supervisor, reason=WHY).status_code == 422
    saved(safety.decide(row, "correct", reason="The aunt was left out"))
    second = safety.assessments()[-1]
    assert safety.decide(row, "correct", reason="Once more").status_code == 422
    saved(safety.decide(second, "void", reason="Not needed after all"))
    saved(safety.decide(row, "correct", reason="Now it is needed"))
    assert [one.state for one in safety.assessments()] == ["APPROVED", "VOID", "STARTED"]


def test_a_line_beside_that_was_written_by_mistake_is_read_by_nobody(safety: Safety) -> None:
    client, today = safety.client(), clock.today().isoformat()
    safety.screen_in()
    path = f"/safety/of/{safety.mother}"
    saved(
        client.post(f"{path}/earlier/new/", {"from_on": "2024-01-05", "to_on": "", "kind": "REPORT", "outcome": "SCREENED_OUT", "request_key": "h"})
    )
    saved(client.post(f"{path}/plan/", {"how": "LED_BY_OTHER", "on": today, "words": "Riverbend leads it", "request_key": "e"}))
    with acting_as(system(System.JOB, holder_id=safety.agency.pk)):
        lines = [EarlierInvolvement.objects.get(identity_id=safety.mother), PlanEnsured.objects.get(identity_id=safety.mother)]
    asked = {"reason": "SERVICES", "words": "To plan with her"}
    assert "Screened out" in words(client.post(f"{path}/earlier/", asked | {"request_key": "one"}))
    assert "Riverbend leads it" in words(client.get(f"{path}/"))
    for row in lines:
        back = f"/safety/beside/{row.pk}/take-back/"
        assert safety.client(safety.social_worker).get(back).status_code == 404
        assert client.post(back, {"reason": ""}).status_code == 422
        saved(client.post(back, {"reason": WHY}))
        assert client.get(back).status_code == 404
        with acting_as(system(System.JOB, holder_id=safety.agency.pk)):
            assert type(row).every.get(pk=row.pk).taken_back_because == WHY
    assert "Screened out" not in words(client.post(f"{path}/earlier/", asked | {"request_key": "two"})).split("The summary")[-1]
    assert "Riverbend leads it" not in words(client.get(f"{path}/"))
    assert ToldHer._default_manager.name == "every"
