"""A child comes into care only on a completed assessment; where it lives is explained; kin are told; visits say whose reason; the clocks run."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.factories.plans import a_key
from tests.integration.permanency.conftest import ENOUGH, World, text_of

from careloom.infra import clock
from careloom.permanency import models, tasks

WHY = "Nobody of this kind could be found who has room now."


@pytest.mark.requirement("R-171")
def test_a_removal_needs_an_assessment_that_says_unsafe_and_why_nothing_less_sufficed(world: World) -> None:
    world.opened("COURT_IN_HOME")
    facts = {"child": str(world.baby), "insufficient": ENOUGH, "authority": "COURT_ORDER", "removed_on": world.days(-2)}
    page = text_of(world.client(world.lena).get(f"/cases/of/{world.mother}/remove/"))
    assert "needs a completed safety assessment that says unsafe" in page
    refused = world.send("remove", **facts)
    assert refused.status_code == 422
    assert "Complete it, have it approved, and come back." in text_of(refused)
    world.unsafe[world.baby] = world.days(-2)
    assert world.send("remove", **facts | {"insufficient": "Too short"}).status_code == 422
    assert world.send("remove", **facts | {"child": ""}).status_code == 422
    assert world.rows(models.Removal) == []
    key = a_key()
    assert world.send("remove", key=key, **facts).status_code == 302
    assert world.send("remove", key=key, **facts).status_code == 302
    row = world.only(models.Removal)
    assert (row.assessment_id, row.category, row.re_entry) == (world.assessment_id, "cw.case_record", False)
    assert world.only(models.Custody).to == "TEMPORARY_AGENCY"
    assert world.only(models.Case).kind == "REMOVAL"
    (told,) = world.owed(world.cps, "KIN_NOTICE")
    assert told.due_at is not None
    assert (told.due_at.date() - row.removed_on).days in {30, 31}
    assert world.send("remove", **facts).status_code == 422
    assert ENOUGH in world.page()


@pytest.mark.requirement("R-172")
@pytest.mark.parametrize("setting", ["WITH_PARENT", "RELATIVE", "FOSTER", "GROUP"])
def test_each_less_restrictive_setting_that_was_not_used_is_explained(world: World, setting: str) -> None:
    row = world.removed()
    facts = {"setting": setting, "with_whom": "A home", "siblings": "NONE", "starts_on": row.removed_on}
    skipped = {"WITH_PARENT": 0, "RELATIVE": 1, "FOSTER": 3, "GROUP": 4}[setting]
    names = ["why_with_parent", "why_relative", "why_kin", "why_foster"][:skipped]
    for missing in names:
        told = {name: WHY for name in names if name != missing}
        assert world.on(row, "place", **facts, **told).status_code == 422
    assert world.on(row, "place", **facts, **dict.fromkeys(names, WHY)).status_code == 302
    placed = world.only(models.Placement)
    assert list(placed.skipped.values()) == [WHY] * skipped


def test_a_new_placement_ends_the_one_before_with_a_reason(world: World) -> None:
    row = world.removed()
    world.on(row, "place", setting="RELATIVE", with_whom="Her aunt", siblings="NONE", starts_on=row.removed_on, why_with_parent=WHY)
    later = {"setting": "WITH_PARENT", "with_whom": "Riverstone House", "siblings": "NONE", "starts_on": world.days(-3)}
    assert world.on(row, "place", **later).status_code == 422
    assert world.on(row, "place", **later, ended_because="CLOSER").status_code == 302
    ended, now = sorted(world.rows(models.Placement), key=lambda one: one.starts_on)
    assert (ended.ends_on, now.ends_on) == (world.days(-3), None)
    assert "With the mother in residential family treatment" in world.page()


def test_relatives_are_told_or_there_is_a_reason(world: World) -> None:
    row = world.removed(days=5)
    kin = {"name": "Her aunt", "relation": "great-aunt", "how_found": "the mother named her"}
    assert world.on(row, "kin", **kin, told_on=world.today).status_code == 422
    assert world.on(row, "kin", **kin).status_code == 302
    assert len(world.owed(world.cps, "KIN_NOTICE")) == 1
    found = world.only(models.KinContact)
    assert world.on(found, "tell", told_on=world.today, told_how="LETTER", answer="HOME").status_code == 302
    assert world.owed(world.cps, "KIN_NOTICE") == []
    assert "Can offer a home" in world.page()


def test_a_missed_visit_says_whose_reason_it_was(world: World) -> None:
    world.removed()
    planned = {"child": str(world.baby), "on": world.days(-1), "hour": "10:00", "place": "The aunt’s home", "who": "The mother"}
    assert world.send("visit", **planned).status_code == 302
    visit = world.only(models.Visit)
    assert world.on(visit, "visit", state="MISSED").status_code == 422
    assert world.on(visit, "visit", state="MISSED", whose="AGENCY", words="The car did not come").status_code == 302
    assert "Reason: The agency" in world.page()
    assert world.owed(world.cps, "VISIT_OUTCOME") == []


def test_time_at_home_on_trial_does_not_count_and_a_return_ends_what_runs(world: World) -> None:
    row = world.removed(days=120, found=100)
    assert world.on(row, "pause", kind="TRIAL_HOME_VISIT", starts_on=world.days(-40), ends_on="").status_code == 302
    assert "41 days at home or away do not count." in world.page()
    pause = world.only(models.Pause)
    assert world.on(pause, "back", ends_on=world.days(-30)).status_code == 302
    assert "10 days at home or away do not count." in world.page()
    assert world.on(row, "exit", how="REUNIFIED", ended_on=world.today).status_code == 302
    assert world.fresh(row).exit == "REUNIFIED"
    assert world.rows(models.Custody)[-1] is not None
    assert {one.to for one in world.rows(models.Custody) if one.ends_on is None} == {"PARENT"}
    assert world.owed(world.cps, "COURT_RECOMMENDATION") == []
    assert "left care on" in world.page()


def test_a_child_who_comes_back_into_care_is_marked(world: World) -> None:
    row = world.removed(days=60)
    world.on(row, "exit", how="REUNIFIED", ended_on=world.days(-30))
    facts = {"child": str(world.baby), "insufficient": ENOUGH, "authority": "EMERGENCY", "removed_on": world.days(-1)}
    assert world.send("remove", **facts).status_code == 302
    assert [one.re_entry for one in sorted(world.rows(models.Removal), key=lambda one: one.removed_on)] == [False, True]
    assert "The child was in care before." in world.page()


@pytest.mark.requirement("R-174")
def test_notices_come_nine_ten_and_eleven_months_after_entry_once_each(world: World) -> None:
    row = world.removed(days=300, found=280)
    assert tasks.run(at=clock.now()) == 1
    assert tasks.run(at=clock.now()) == 0
    (near,) = world.owed(world.cps, "HEARING_NEAR")
    assert near.facts == {"months": 9}
    with clock.at(clock.now() + timedelta(days=30)) as later:
        assert tasks.run(at=later) == 1
    with clock.at(clock.now() + timedelta(days=65)) as later:
        assert tasks.run(at=later) == 1
        assert [one.facts for one in world.owed(world.cps, "HEARING_NEAR")] == [{"months": 11}]
    assert world.fresh(row).alerted == 11


def test_what_a_court_found_moves_the_day_of_the_hearing(world: World) -> None:
    row = world.removed(days=20)
    assert world.on(row, "facts", found_on=world.days(-10), no_efforts_on=world.days(-5), no_filing="", words="").status_code == 302
    (owed,) = world.owed(world.cps, "COURT_RECOMMENDATION")
    assert owed.due_at is not None
    refused = world.on(row, "facts", found_on=world.days(-10), no_efforts_on="", no_filing="KIN", words="Short")
    assert refused.status_code == 422
    assert (
        world.on(row, "facts", found_on=world.days(-10), no_efforts_on="", no_filing="KIN", words="Her aunt cares for him and stays.").status_code
        == 302
    )
    assert "The agency need not file:" in world.page()


@pytest.mark.requirement("R-173")
def test_while_a_child_is_in_care_the_plan_is_made_with_the_parent_and_reviewed_every_six_months(world: World) -> None:
    world.removed(days=20, found=15)
    world.send("item", kind="GOAL", words="Home by spring", who="PARENT", criterion="Two safe weekends", by_on=world.days(60))
    world.send("item", kind="SERVICE", words="Parenting visits at the aunt’s home", who="AGENCY")
    plan = world.only(models.CasePlan)
    agreed = {"how": "SIGNED", "signed_on": world.today, "copies": ["PARENT"], "her_words": "I want him home.", "row_version": str(plan.row_version)}
    assert world.send("sign", **agreed).status_code == 302
    review = next(row for row in world.rows(models.Review) if row.kind == "SIX_MONTHS")
    assert (review.due_on - world.days(-15)).days in range(181, 185)
    held = {"held_on": world.today, "present": "The mother", "safe": "LOOK", "words": "Visits go well, the plan stays."}
    assert world.on(review, "review", **held).status_code == 302
    assert len([row for row in world.rows(models.Review) if row.kind == "SIX_MONTHS"]) == 2
    page = world.page()
    for said in ("I want him home.", "Parenting visits", "Look at safety again now", "Six-month review"):
        assert said in page
