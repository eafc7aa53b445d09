"""A safety plan from its first step to its end, on the screens."""

from __future__ import annotations

from datetime import timedelta

from tests.integration.safety.conftest import Safety, saved, words

from careloom.infra import clock
from careloom.kernel.packs import ClockName
from careloom.safety.clocks import due


def test_the_spoken_yes_starts_the_signature_clock_and_the_last_signature_stops_it(safety: Safety) -> None:
    row = safety.unsafe()
    assert len(safety.owed("SAFETY_PLAN")) == 1
    saved(safety.client().post(f"/safety/{row.pk}/plan/"))
    plan = safety.plan(row)
    assert plan.factors == ["C.care"]
    early = safety.do_plan(plan, "spoken", agreed_who="Mother", heard_by="Worker")
    assert early.status_code == 422
    assert "Each danger needs a step first." in words(early)
    plan = safety.agreed_plan(row)
    assert plan.state == "SPOKEN"
    assert plan.sign_by == due(ClockName.SAFETY_PLAN_SIGN, pack=plan.pack, at=plan.agreed_at)
    assert safety.owed("SAFETY_PLAN") == []
    assert [one.due_at for one in safety.owed("SAFETY_SIGN")] == [plan.sign_by]
    today = clock.today().isoformat()
    saved(safety.do_plan(plan, "signature", name="Mother", role="mother", how="WRITTEN", on=today))
    assert len(safety.owed("SAFETY_SIGN")) == 1
    waived = safety.do_plan(plan, "signature", name="Aunt", how="WAIVED", on=today, last="on")
    assert waived.status_code == 422
    assert "Write the reason." in words(waived)
    saved(safety.do_plan(plan, "signature", name="Aunt", how="WAIVED", reason="In the hospital", on=today, last="on"))
    assert safety.owed("SAFETY_SIGN") == []
    assert safety.plan(row).state == "SIGNED"


def test_a_contact_sets_the_next_one_and_a_plan_that_is_not_kept_starts_an_assessment_within_a_day(safety: Safety) -> None:
    row = safety.unsafe()
    plan = safety.agreed_plan(row)
    told = {"on": clock.today().isoformat(), "how": "VISIT", "with_whom": "Aunt", "words": ""}
    saved(safety.do_plan(plan, "contact", kept="1", **told))
    (owed,) = safety.owed("SAFETY_CONTACT")
    assert owed.due_at == due(ClockName.SAFETY_CONTACT, pack=plan.pack, at=owed.opened_at)
    assert safety.do_plan(plan, "contact", kept="0", **told).status_code == 422
    saved(safety.do_plan(plan, "contact", kept="0", **(told | {"words": "Aunt had left"})))
    assert safety.plan(row).state == "NOT_KEPT"
    again = safety.assessments()[-1]
    assert (again.because, again.safety_plan_id) == ("PLAN_NOT_KEPT", plan.pk)
    (reassess,) = safety.owed("SAFETY_REASSESS")
    assert reassess.due_at == again.see_by == again.started_at + timedelta(hours=24)
    # Said a second time while that one is open it is the same finding, and no second assessment.
    saved(safety.do_plan(plan, "contact", kept="0", **(told | {"words": "Still away"})))
    assert len(safety.assessments()) == 2


def test_a_plan_that_is_not_kept_once_more_is_looked_at_once_more(safety: Safety) -> None:
    """The assessment of the first time is decided; what happens after it needs eyes of its own within a day."""
    plan = safety.agreed_plan(safety.unsafe())
    told = {"on": clock.today().isoformat(), "how": "VISIT", "with_whom": "Aunt", "kept": "0"}
    saved(safety.do_plan(plan, "contact", words="Aunt had left", **told))
    again = safety.assessments()[-1]
    safety.fill(again, yes=["C.care"], B_copes_answer="DIMINISHED")
    safety.approved(again, "IN_HOME")
    assert safety.owed("SAFETY_REASSESS") == []
    saved(safety.do_plan(plan, "contact", words="Nobody was there at night", **told))
    third = safety.assessments()[-1]
    assert (len(safety.assessments()), third.because, third.safety_plan_id) == (3, "PLAN_NOT_KEPT", plan.pk)
    assert len(safety.owed("SAFETY_REASSESS")) == 1
    saved(safety.do_plan(plan, "end", because="NEW_PLAN", words="The new one holds from tonight"))


def test_words_stay_where_a_colleague_was_faster(safety: Safety) -> None:
    """A return, and the end of a plan, with an older page in hand: nothing is kept, and nothing that was written is lost."""
    row = safety.screen_in()
    safety.add_adult(row, "Aunt")
    safety.fill(row, yes=["C.care"], B_copes_answer="DIMINISHED")
    saved(safety.decide(row, "complete", response="IN_HOME", response_why=""))
    version = safety.row(row).row_version
    answer = safety.decide(row, "return", who=safety.supervisor, words="Look at the nights again", row_version=str(version - 1))
    assert answer.status_code == 409
    assert "Look at the nights again" in answer.content.decode()
    assert f'name="row_version" value="{version}"' in answer.content.decode()
    late = safety.decide(row, "complete", response="OUT_OF_HOME", response_why="I saw it otherwise", row_version=str(version - 1))
    assert late.status_code == 409
    assert "I saw it otherwise" in late.content.decode()
    saved(safety.decide(row, "approve", who=safety.supervisor))
    plan = safety.agreed_plan(safety.row(row))
    ended = safety.do_plan(plan, "end", because="INACTIVE", words="He moved out for good", row_version="1")
    assert ended.status_code == 409
    assert "He moved out for good" in ended.content.decode()
    assert safety.plan(row).ended_at is None


def test_a_plan_ends_when_the_danger_is_gone_or_controlled_and_nothing_of_it_is_owed_then(safety: Safety) -> None:
    row = safety.unsafe()
    plan = safety.agreed_plan(row)
    assert safety.do_plan(plan, "end", because="CONTROLLED", words="").status_code == 422
    saved(safety.do_plan(plan, "end", because="CONTROLLED", words="She wakes and feeds him by herself"))
    for kind in ("SAFETY_SIGN", "SAFETY_CONTACT", "SAFETY_PLAN"):
        assert safety.owed(kind) == [], kind
    page = words(safety.client().get(f"/safety/plan/{plan.pk}/"))
    assert "She wakes and feeds him by herself" in page
    assert "Add the step" not in page


def test_the_last_step_of_a_danger_stays_while_the_plan_is_in_force(safety: Safety) -> None:
    row = safety.unsafe()
    plan = safety.agreed_plan(row)
    page = safety.client().get(f"/safety/plan/{plan.pk}/").content.decode()
    path = next(part for part in page.split('"') if part.endswith("/end/") and "/steps/" in part)
    safety.client().post(path)
    assert "Aunt sleeps in the same room" in words(safety.client().get(f"/safety/plan/{plan.pk}/"))
    saved(safety.do_plan(plan, "step", factor="C.care", what="Aunt stays by day too", who="Aunt", when="Each day"))
    safety.client().post(path)
    page = words(safety.client().get(f"/safety/plan/{plan.pk}/"))
    assert "Steps that ended" in page


def test_a_step_sent_twice_is_one(safety: Safety) -> None:
    row = safety.unsafe()
    saved(safety.client().post(f"/safety/{row.pk}/plan/"))
    plan = safety.plan(row)
    told = {"factor": "C.care", "what": "Aunt stays by day", "who": "Aunt", "when": "Each day", "request_key": "same-key"}
    for _ in range(2):
        saved(safety.do_plan(plan, "step", **told))
    assert words(safety.client().get(f"/safety/plan/{plan.pk}/")).count("Aunt stays by day") == 2  # the step, and the name of its button
