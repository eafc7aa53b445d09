"""When an agreement may be executed and moved on, and what changed between two versions. No database."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from careloom.kernel.partnership.agreements import (
    END,
    MOVES,
    ClauseRule,
    Draft,
    Filled,
    Mark,
    PartyFact,
    State,
    Takes,
    Why,
    difference,
    eligible,
    gaps,
    may_move,
    review_stage,
)

RULES = (
    ClauseRule(code="parties", takes=Takes.PARTIES),
    ClauseRule(code="contacts", takes=Takes.CONTACTS),
    ClauseRule(code="purpose", takes=Takes.TEXT),
    ClauseRule(code="way", takes=Takes.CODES, must=("MONTHLY",)),
    ClauseRule(code="owner", takes=Takes.PARTNERS, role="ME"),
    ClauseRule(code="group", takes=Takes.BODY),
    ClauseRule(code="staff", takes=Takes.LINES, table="STAFF"),
    ClauseRule(code="sites", takes=Takes.LINES, table="SITE", required=False),
    ClauseRule(code="term", takes=Takes.TERM),
)


def party(key: str, role: str) -> PartyFact:
    return PartyFact(key=key, role=role, has_contact=True, has_signer=True, has_manager=True, seated=True)


WHOLE = Draft(
    clauses={
        "purpose": Filled(text="To serve as one."), "way": Filled(codes=("MONTHLY", "ROTATES")), "owner": Filled(codes=("a",)),
        "group": Filled(codes=("g",)),
    },
    parties=(party("a", "ME"), party("b", "CBC")), lines={"STAFF": 1}, has_provider=True, starts_on=date(2026, 1, 1), review_on=date(2027, 1, 1),
)  # fmt: skip


def lacks(draft: Draft) -> set[tuple[str, Why, str]]:
    return {(gap.code, gap.why, gap.key) for gap in gaps(rules=RULES, draft=draft, roles=("ME", "CBC"))}


def test_a_whole_agreement_lacks_nothing() -> None:
    assert lacks(WHOLE) == set()


@pytest.mark.parametrize(
    ("draft", "gap"),
    [
        (replace(WHOLE, parties=WHOLE.parties[:1]), ("parties", Why.ROLE, "CBC")),
        (replace(WHOLE, parties=(WHOLE.parties[0], replace(WHOLE.parties[1], has_contact=False))), ("contacts", Why.NO_CONTACT, "b")),
        (replace(WHOLE, clauses={**WHOLE.clauses, "purpose": Filled(text="  ")}), ("purpose", Why.EMPTY, "")),
        (replace(WHOLE, clauses={**WHOLE.clauses, "way": Filled(codes=("ROTATES",))}), ("way", Why.DEMANDED, "MONTHLY")),
        (replace(WHOLE, clauses={**WHOLE.clauses, "owner": Filled(codes=("b",))}), ("owner", Why.OWNER, "ME")),
        (replace(WHOLE, parties=(replace(WHOLE.parties[0], seated=False), WHOLE.parties[1])), ("group", Why.NOT_SEATED, "a")),
        (replace(WHOLE, has_provider=False), ("group", Why.NO_PROVIDER, "")),
        (replace(WHOLE, lines={}), ("staff", Why.EMPTY, "")),
        (replace(WHOLE, review_on=None), ("term", Why.NO_REVIEW, "")),
    ],
)
def test_each_thing_that_is_missing_is_named(draft: Draft, gap: tuple[str, Why, str]) -> None:
    assert gap in lacks(draft)


def test_an_empty_draft_lacks_every_required_clause_and_no_other() -> None:
    assert {code for code, _why, _key in lacks(Draft())} == {rule.code for rule in RULES if rule.required}


def test_nothing_reaches_counsel_or_signing_while_something_is_missing() -> None:
    assert may_move(state=State.DRAFT, to=State.PARTNER_REVIEW, missing=3)
    assert not may_move(state=State.PARTNER_REVIEW, to=State.LEGAL, missing=1)
    assert may_move(state=State.PARTNER_REVIEW, to=State.LEGAL, missing=0)
    assert not any(State.EXECUTED in to for to in MOVES.values())  # only the last signature executes


def test_a_review_shows_itself_sixty_and_thirty_days_before_and_on_its_day() -> None:
    day = date(2026, 6, 30)
    shown = [review_stage(review_on=day, today=date(2026, *when), warn_days=(60, 30, 0)) for when in ((4, 30), (5, 1), (5, 31), (6, 30), (7, 9))]
    assert shown == [None, 60, 30, 0, 0]
    assert review_stage(review_on=None, today=day, warn_days=(60,)) is None


def test_a_term_needs_what_is_demanded_and_lies_ahead_while_it_is_written() -> None:
    day = date(2026, 6, 1)
    rule = ClauseRule(code="term", takes=Takes.TERM, must=(END,))

    def lacks(**facts: date) -> set[Why]:
        return {one.why for one in gaps(rules=(rule,), draft=Draft(**facts), roles=())}  # type: ignore[arg-type]

    assert lacks() == {Why.EMPTY, Why.NO_END, Why.NO_REVIEW}
    days = {"starts_on": day, "ends_on": day, "review_on": day}
    assert lacks(**days) == set()
    assert lacks(on=day, **days) == {Why.REVIEW_OVER}
    assert lacks(on=date(2026, 6, 2), **days) == {Why.ENDED, Why.REVIEW_OVER}


def test_a_family_is_in_the_population_when_every_condition_is_met() -> None:
    assert eligible(conditions=("CHILD_WELFARE", "UNSAFE_CHILD"), known=("CHILD_WELFARE",)) == ("UNSAFE_CHILD",)
    assert eligible(conditions=("CHILD_WELFARE",), known=("AGREES", "CHILD_WELFARE")) == ()


def test_the_difference_reads_in_order_with_what_was_taken_out_first() -> None:
    parts = difference(old="We meet each month.", new="We meet twice a month.")
    assert parts == ((Mark.SAME, "We meet"), (Mark.REMOVED, "each"), (Mark.ADDED, "twice a"), (Mark.SAME, "month."))
