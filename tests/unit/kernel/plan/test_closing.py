"""The closing checklist: what stands in the way, and what a reason does not ask for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from careloom.kernel.plan import ClosingFacts, ContactTries, NeedFact, unmet_items

DAY = date(2026, 6, 1)
LIST = ("NEEDS_SETTLED", "PERIOD_DONE", "MEDICAL_HOME", "EARLY_INTERVENTION_KNOWN", "RECOVERY_CONTACT", "NO_SAFETY_THREAT", "TOLD_AND_COPY")
STOOD_FOR = frozenset(LIST[2:])
NO_TRIES = ContactTries(days=(), ways=0, needed=3, over_days=30)
READY = ClosingFacts(
    reason="GOALS_MET", needs=(NeedFact(choice="YES", result="MET"),), follow_until=DAY, as_of=DAY, confirmed=STOOD_FOR, tries=NO_TRIES
)


def unmet(**changes: object) -> tuple[str, ...]:
    return unmet_items(checklist=LIST, facts=replace(READY, **changes))


def test_a_plan_with_everything_met_may_close() -> None:
    assert unmet() == ()


@pytest.mark.parametrize("code", LIST[2:])
def test_an_item_that_nobody_stands_for_is_unmet(code: str) -> None:
    assert unmet(confirmed=STOOD_FOR - {code}) == (code,)


def test_the_time_set_for_the_plan_must_be_over() -> None:
    assert unmet(as_of=DAY - timedelta(days=1)) == ("PERIOD_DONE",)
    assert unmet(follow_until=None) == ("PERIOD_DONE",)


@pytest.mark.parametrize(
    ("need", "settled"),
    [
        (NeedFact(choice="YES", result="MET"), True),
        (NeedFact(choice="NO", result="OPEN"), True),
        (NeedFact(choice="YES", result="UNMET", reason="WAITLIST"), True),
        (NeedFact(choice="YES", result="UNMET"), False),
        (NeedFact(choice="YES", result="PARTLY"), False),
        (NeedFact(choice="NOT_NOW", result="OPEN"), False),
    ],
)
def test_a_need_is_settled_when_met_declined_or_logged_as_not_available(need: NeedFact, settled: bool) -> None:
    assert (unmet(needs=(need,)) == ()) is settled


def test_confirming_does_not_stand_in_for_what_the_plan_itself_says() -> None:
    facts = replace(READY, needs=(NeedFact(choice="YES", result="OPEN"),), confirmed=frozenset(LIST))
    assert unmet_items(checklist=LIST, facts=facts) == ("NEEDS_SETTLED",)


@pytest.mark.parametrize("reason", ["PREGNANCY_LOSS", "INFANT_DEATH"])
def test_after_a_loss_nothing_is_asked_about_an_infant(reason: str) -> None:
    assert unmet(reason=reason, follow_until=None, confirmed=frozenset({"RECOVERY_CONTACT", "NO_SAFETY_THREAT", "TOLD_AND_COPY"})) == ()


def test_she_may_end_the_plan_with_open_needs() -> None:
    assert unmet(reason="FAMILY_DECLINED", needs=(NeedFact(choice="YES", result="OPEN"),), follow_until=None) == ()


@pytest.mark.parametrize(("days", "ways", "enough"), [((0, 15, 30), 2, True), ((0, 15, 29), 2, False), ((0, 30), 2, False), ((0, 15, 30), 1, False)])
def test_contact_is_lost_only_after_the_tries_the_pack_asks_for(days: tuple[int, ...], ways: int, enough: bool) -> None:
    tries = replace(NO_TRIES, days=tuple(DAY + timedelta(days=day) for day in days), ways=ways)
    assert ("LOST_CONTACT_TRIES" in unmet(reason="LOST_CONTACT", tries=tries)) is not enough
