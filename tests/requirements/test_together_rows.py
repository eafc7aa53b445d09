"""What agencies write and do together around one family, on the family page that each of them opens."""

from __future__ import annotations

import re

import pytest
from tests.factories.plans import PLAN, PlanWorld, a_key
from tests.requirements.conftest import SignIn, family_page, saved, text_of
from tests.requirements.screens import add_to_team, hold_next_review, name_goal, name_need

from careloom.plans.models import PlanOfSafeCare

WITH_TREATMENT = (*PLAN, "posc.plan_part2_segment")


@pytest.fixture
def plan(world: PlanWorld) -> PlanOfSafeCare:
    return world.a_plan()


def under(page: str, section: str) -> str:
    """The line under a part of the plan."""
    found = re.search(rf'aria-labelledby="{section}".*?(Written by .*?)</p>', page, re.S)
    assert found, section
    return found[1]


@pytest.mark.requirement("R-142")
def test_each_part_of_a_plan_says_which_agencies_wrote_it_how_she_agreed_and_who_looked_at_it(
    world: PlanWorld, sign_in: SignIn, plan: PlanOfSafeCare
) -> None:
    world.share(plan, to=world.bea, information=WITH_TREATMENT)
    dana, bea = sign_in(world.dana), sign_in(world.bea)
    for writer, code, goal in ((dana, "DENTAL", "A door I can lock"), (bea, "HOME_VISITING", "That he sleeps")):
        name_need(writer, plan, code)
        name_goal(writer, plan, goal, about="FAMILY")
        saved(writer.post(f"/plans/{plan.pk}/strengths/new/", {"text": f"Strength {code}", "request_key": a_key()}))
        add_to_team(writer, plan, f"Practice {code.title()}", "OTHER")
    world.share(plan, to=world.dana, holder=world.harbor.pk)
    for part in ("thr", "goals", "strong", "team"):
        assert "She has not agreed to it yet." in under(family_page(dana, plan), part)
    saved(dana.post(f"/plans/{plan.pk}/agree/", {"method": "PAPER", "request_key": a_key()}))
    hold_next_review(dana, plan, world.today, "GOING_WELL", present="Her, Worker One, Worker Two")
    for reader, own, other in ((dana, world.riverbend, world.harbor), (bea, world.harbor, world.riverbend)):
        page = family_page(reader, plan)
        for part in ("thr", "goals", "strong", "team"):
            line = under(page, part)
            by = line.split(". ")[0]
            assert own.name in by
            assert other.name_outside in by
            assert re.search(r"She agreed on \w+ \d+(, \d{4})?, on paper\.", line)
            assert re.search(r"Looked at together on \w+ \d+(, \d{4})? by Her, Worker One and Worker Two\.", line)
    name_goal(bea, plan, "That he sees his sister", about="FAMILY")
    assert "on paper; not yet to what came after." in under(family_page(bea, plan), "goals")
    assert "not yet to what came after" not in under(family_page(bea, plan), "thr")
    story = text_of(bea.get(f"/families/{plan.identity_id}/story/"))
    assert "Version 2 of the plan" in story


@pytest.mark.requirement("R-142")
def test_who_may_not_know_of_treatment_reads_no_program_and_no_name_of_it(world: PlanWorld, sign_in: SignIn, plan: PlanOfSafeCare) -> None:
    world.share(plan, to=world.bea)
    dana = sign_in(world.dana)
    name_need(dana, plan, "DENTAL")
    saved(dana.post(f"/plans/{plan.pk}/strengths/new/", {"text": "She asks early", "request_key": a_key()}))
    saved(dana.post(f"/plans/{plan.pk}/agree/", {"method": "SCREEN", "request_key": a_key()}))
    hold_next_review(dana, plan, world.today, "GOING_WELL", present="Her, Worker One")
    line = under(family_page(sign_in(world.bea), plan), "thr")
    assert line.startswith("Written by the care team.")
    assert "Looked at together on" in line
    assert "Worker One" not in line


@pytest.mark.requirement("R-049")
def test_two_agencies_that_give_the_same_help_are_pointed_out_until_one_of_them_stops(
    world: PlanWorld, sign_in: SignIn, plan: PlanOfSafeCare
) -> None:
    dana = sign_in(world.dana)
    name_need(dana, plan, "HOME_VISITING")
    need = re.search(r"/plans/needs/([0-9a-f-]+)/", family_page(dana, plan))
    assert need

    def going(organization: str) -> str:
        """A referral to a service that said yes; its address."""
        asked = {
            "organization": organization, "kind": "LOGGED", "household": [str(plan.identity_id)], "note": "", "place": "", "frequency": "",
            "length": "", "method": "", "funding": "", "request_key": a_key(),
        }  # fmt: skip
        sent = dana.post(f"/plans/referrals/new/{need[1]}/", asked)
        saved(sent)
        address = re.search(r"/plans/referrals/[0-9a-f-]{36}/", sent.headers["Location"])
        assert address
        saved(dana.post(f"{address[0]}answer/ACCEPTED/", {"request_key": a_key(), "note": ""}))
        return address[0]

    doubled = "Harbor Home Visiting and Pine First Years give the same help: Someone at home in the first weeks."
    first = going("Pine First Years")
    assert "give the same help" not in family_page(dana, plan)
    going("Harbor Home Visiting")
    page = family_page(dana, plan)
    assert doubled in page
    assert "Agree with her who goes on, and stop the other." in page
    saved(dana.post(f"{first}move/CANCELLED/", {"request_key": a_key(), "reason": "GOT_IT_ELSEWHERE", "note": ""}))
    assert "give the same help" not in family_page(dana, plan)


AFTER_BIRTH = {
    "case planning": "CASE_MANAGEMENT", "medicine": "MEDICINE_FOR_RECOVERY", "counseling": "COUNSELING", "peer": "PEER",
    "education and work": "WORK_AND_SCHOOL", "housing": "HOUSING", "keeping the family together": "RESIDENTIAL_WITH_CHILDREN",
}  # fmt: skip


def test_what_was_begun_before_the_birth_goes_on_after_it(world: PlanWorld, sign_in: SignIn, plan: PlanOfSafeCare) -> None:
    dana = sign_in(world.dana)
    for code in AFTER_BIRTH.values():
        name_need(dana, plan, code, title=f"Help {code}")
    name_goal(dana, plan, "We stay together", about="FAMILY")
    saved(dana.post(f"/plans/{plan.pk}/birth/", {"born_on": world.today.isoformat(), "first_baby": "Mateo"}))
    hold_next_review(dana, plan, world.today, "GOING_WELL")
    page = family_page(dana, plan)
    assert "Seven threads." in page
    assert [code for code in AFTER_BIRTH.values() if f"Help {code}" not in page] == []
    assert "“We stay together”" in page
