"""What the engine is made of: rules found by what is asked, answers worded once, records that read like dataclasses."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date, timedelta

import pytest

from careloom.kernel.disclosure import Actor, Category, Facts, Obligation, Outcome, Purpose, Request, Scenario, Source, Statements, decide
from careloom.kernel.disclosure.memory import forget
from careloom.kernel.disclosure.reasons import Hipaa, PartTwo, Reason
from careloom.kernel.disclosure.regimes import HEALTH, PART2, Regime
from careloom.kernel.disclosure.rule import Finding, Rule, permit, prohibit, refuse
from careloom.kernel.disclosure.vocabulary import Provenance, Subject
from careloom.kernel.disclosure.wording import in_law_order, worded

FIRST, LAST = date(2026, 3, 1), date(2026, 3, 31)
ASKED = Request(
    actor=Actor.LAB, actor_org="Lab", subject=Subject.MOTHER, category=Category.PART2_BILLING, purpose=Purpose.PAYMENT, on=date(2026, 3, 15)
)
WORLD = Scenario(request=ASKED, source=Source(holder="Willow Program", is_part2_program=True, provenance=Provenance.ORIGINATING))


def _says(*found: Finding, name: str = "one", **more: object) -> Rule:
    return Rule(name=name, authority=("42 CFR 2.1",), find=lambda scenario: found, **more)  # type: ignore[arg-type]


def _law(*rules: Rule) -> Regime:
    return Regime(name="TRIED", rules=rules, default=PartTwo.NO_BASIS)


OPEN = _says(*permit(PartTwo.PATIENT_ACCESS, duties={Obligation.MIN_NECESSARY}, instruments=("C1",), last_day=LAST))


@pytest.mark.parametrize(
    ("words", "other"),
    [
        ({"actors": frozenset({Actor.LAB})}, {"actor": Actor.COURT}),
        ({"categories": frozenset({Category.PART2_BILLING})}, {"category": Category.PART2_PRESENCE}),
        ({"purposes": frozenset({Purpose.PAYMENT})}, {"purpose": Purpose.RESEARCH}),
    ],
)
def test_a_rule_speaks_of_the_words_that_it_concerns_and_of_no_others(words: dict[str, object], other: dict[str, object]) -> None:
    law = _law(replace(OPEN, **words))  # type: ignore[arg-type]
    assert decide(WORLD, regime=law).permits
    assert not decide(replace(WORLD, request=replace(ASKED, **other)), regime=law).permits  # type: ignore[arg-type]


def test_a_rule_holds_from_its_first_day_to_its_last() -> None:
    law = _law(replace(OPEN, effective_from=FIRST, effective_to=LAST), _says(name="silent"), replace(OPEN, name="old", effective_to=date(2020, 1, 1)))
    for day, holds in ((FIRST - timedelta(1), False), (FIRST, True), (LAST, True), (LAST + timedelta(1), False)):
        assert decide(replace(WORLD, request=replace(ASKED, on=day)), regime=law).permits is holds, day


def test_a_rule_that_holds_to_the_end_of_the_calendar_holds_on_its_last_day() -> None:
    law = _law(replace(OPEN, effective_to=date.max))
    assert decide(replace(WORLD, request=replace(ASKED, on=date.max)), regime=law).permits


def test_rules_come_in_their_order_whatever_was_asked_before() -> None:
    names = [rule.name for rule in PART2.book.rules_for(request=ASKED, on=date(2026, 9, 1))]
    order = [rule.name for rule in PART2.rules]
    assert names == [name for name in order if name in names]
    forget()
    assert [rule.name for rule in PART2.book.rules_for(request=ASKED, on=date(2026, 9, 1))] == names


def test_a_law_before_its_time_has_no_rules() -> None:
    assert all(rule.effective_from is None for rule in HEALTH.book.rules_for(request=ASKED, on=date(1990, 1, 1)))
    assert any(rule.effective_from is not None for rule in HEALTH.book.rules_for(request=ASKED, on=date(2026, 1, 1)))


def test_a_prohibition_beats_permissions_and_a_refusal_only_explains() -> None:
    barred = _says(*prohibit(PartTwo.PUBLIC_BARRED), name="barred")
    closed = _says(*refuse(PartTwo.NO_EMERGENCY, duties={Obligation.SEAL}), name="closed")
    assert decide(WORLD, regime=_law(OPEN, closed)).reasons == (PartTwo.PATIENT_ACCESS,)
    denied = decide(WORLD, regime=_law(OPEN, closed, barred))
    assert (denied.outcome, set(denied.reasons)) == (Outcome.DENY, {PartTwo.PUBLIC_BARRED, PartTwo.NO_EMERGENCY, PartTwo.NO_BASIS})
    assert denied.obligations == (Obligation.SEAL, Obligation.NEUTRAL_DENIAL)
    assert (denied.instruments, denied.ends_on) == ((), None)


@pytest.mark.parametrize(("effect", "shown"), [(permit, True), (prohibit, True), (refuse, False)])
def test_a_rule_that_decides_and_awaits_counsel_is_marked(effect: object, shown: bool) -> None:
    rule = _says(*effect(PartTwo.PATIENT_ACCESS), review_needed=True)  # type: ignore[operator]
    assert decide(WORLD, regime=_law(rule)).review_needed is shown


def test_permissions_of_several_papers_are_told_together() -> None:
    other = _says(*permit(PartTwo.WITHIN_PROGRAM, duties={Obligation.LIMIT_PURPOSE}, instruments=("A2", "", "A1"), last_day=FIRST), name="two")
    both = decide(WORLD, regime=_law(OPEN, other))
    assert both.instruments == ("A1", "A2", "C1")
    assert both.obligations == (Obligation.MIN_NECESSARY, Obligation.LIMIT_PURPOSE)
    assert both.ends_on == LAST
    assert decide(WORLD, regime=_law(OPEN, _says(*permit(PartTwo.WITHIN_PROGRAM), name="open"))).ends_on is None


@pytest.mark.parametrize(
    "gap",
    [{"request": replace(ASKED, **{name: None})} for name in ("actor", "subject", "category", "purpose", "on")]  # type: ignore[arg-type]
    + [{"source": replace(WORLD.source, provenance=None)}, {"source": replace(WORLD.source, holder=" ")}],
)
def test_a_question_that_is_not_whole_is_denied_before_any_rule(gap: dict[str, object]) -> None:
    assert decide(WORLD, regime=_law(OPEN)).permits
    assert not decide(replace(WORLD, **gap), regime=_law(OPEN)).permits  # type: ignore[arg-type]


def test_reasons_stand_in_the_order_of_the_law_and_once() -> None:
    found: tuple[Reason, ...] = (PartTwo.WITHIN_PROGRAM, Hipaa.TREATMENT, PartTwo.NO_BASIS, PartTwo.WITHIN_PROGRAM)
    assert in_law_order(found) == in_law_order(found[::-1]) == (PartTwo.NO_BASIS, PartTwo.WITHIN_PROGRAM, Hipaa.TREATMENT)
    said = worded(found, (PartTwo.NO_BASIS, PartTwo.INADVERTENT), frozenset({Obligation.SEAL, Obligation.MIN_NECESSARY}))
    assert said.reasons == (PartTwo.NO_BASIS, PartTwo.WITHIN_PROGRAM, Hipaa.TREATMENT, PartTwo.INADVERTENT)
    assert len(said.basis) == len(set(said.basis))
    assert said.basis[0] == PartTwo.NO_BASIS.citations[0]
    assert said.obligations == (Obligation.MIN_NECESSARY, Obligation.SEAL)
    assert said.review_needed is True
    assert worded((PartTwo.NO_BASIS,), (), frozenset()).review_needed is False


def test_a_record_is_frozen_compared_by_value_and_read_like_a_dataclass() -> None:
    with pytest.raises(AttributeError):
        ASKED.actor = Actor.COURT  # type: ignore[misc]
    assert replace(ASKED, actor=Actor.COURT).actor is Actor.COURT
    assert replace(ASKED) == ASKED
    assert hash(replace(ASKED)) == hash(ASKED)
    assert replace(ASKED, actor_org="Other") != ASKED
    assert next(field.name for field in fields(Statements)) == "revocation_right"
    assert {field.name: field.default for field in fields(Facts)}["events"] == ()
    assert replace(WORLD).facts == Facts()
