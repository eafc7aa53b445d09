"""The router on tables made for one point each."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careloom.kernel.clocks import BusinessCalendar, DueRule, Unit
from careloom.kernel.notification import (
    Basis,
    BirthFacts,
    Exposure,
    FasdSigns,
    InTreatment,
    LeadKind,
    Level,
    Notify,
    Outcome,
    PlanStatus,
    RowDue,
    RuleRow,
    RuleTable,
    SentField,
    Substance,
    SubstanceGroup,
    ToldMother,
    Use,
    Withdrawal,
    YesNoUnsure,
    check_table,
    decide,
    group_of,
    holds,
)
from careloom.kernel.notification.conditions import ALWAYS, All, AnyOf, Condition, EveryExposure, ExposureMatcher, FactIn, Not, SomeExposure

AT = datetime(2026, 11, 20, 20, tzinfo=UTC)
CALENDAR = BusinessCalendar(zone="America/New_York")
YES, NO, UNSURE = YesNoUnsure.YES, YesNoUnsure.NO, YesNoUnsure.UNSURE
METHADONE = Exposure(substance=Substance.METHADONE, prescribed=YES, as_prescribed=YES)
HEROIN = Exposure(substance=Substance.HEROIN, prescribed=NO, basis=frozenset({Basis.INFANT_TOXICOLOGY, Basis.SELF_REPORT}))
QUIET = Outcome(notify=Notify.NONE, report=False, level=Level.L0, plan_offered=False, lead=LeadKind.HOSPITAL)
LOUD = replace(QUIET, notify=Notify.IDENTIFIED, report=True, level=Level.L4, due=RowDue(), report_due=RowDue())

EXPOSURES = st.builds(
    Exposure,
    substance=st.sampled_from(Substance),
    prescribed=st.sampled_from(YesNoUnsure),
    as_prescribed=st.sampled_from(YesNoUnsure),
    basis=st.frozensets(st.sampled_from(Basis)),
)
BIRTHS = st.builds(
    BirthFacts,
    exposures=st.lists(EXPOSURES, max_size=3).map(tuple),
    withdrawal=st.sampled_from(Withdrawal),
    fasd=st.sampled_from(FasdSigns),
    in_treatment=st.sampled_from(InTreatment),
    safety_concern=st.booleans(),
    plan_status=st.sampled_from(PlanStatus),
    told_mother=st.sampled_from(ToldMother),
    indian_child=st.sampled_from(YesNoUnsure),
)


def row(name: str, when: Condition, then: Outcome = QUIET) -> RuleRow:
    """Make a row with an authority."""
    return RuleRow(id=name, when=when, then=then, citations=("product default",), review_needed=False)


def table(*rows: RuleRow, sends: tuple[SentField, ...] = (SentField.RECEIPT, SentField.YEAR)) -> RuleTable:
    """Make a table in force since 2020."""
    return RuleTable(
        jurisdiction="ZZ",
        version="1",
        effective_from=date(2020, 1, 1),
        effective_to=None,
        rows=rows,
        sends={Notify.DEIDENTIFIED: sends, Notify.IDENTIFIED: (SentField.PARENT_NAME,)},
        report_sends=(SentField.NOTIFIER,),
    )


def test_the_facts_are_a_closed_list_without_history_race_payer_or_marriage() -> None:
    assert set(BirthFacts.__dataclass_fields__) == {
        "exposures",
        "withdrawal",
        "fasd",
        "in_treatment",
        "safety_concern",
        "safety_concern_explained",
        "plan_status",
        "told_mother",
        "indian_child",
        "discharge_on",
    }
    assert set(Exposure.__dataclass_fields__) == {"substance", "prescribed", "as_prescribed", "basis"}


@pytest.mark.parametrize(
    ("prescribed", "taken", "use"),
    [(YES, YES, Use.AS_DIRECTED), (YES, NO, Use.NOT_AS_DIRECTED), (NO, YES, Use.NOT_PRESCRIBED), (YES, UNSURE, Use.UNSURE), (UNSURE, NO, Use.UNSURE)],
)
def test_use_follows_the_two_answers_and_unsure_stays_unsure(prescribed: YesNoUnsure, taken: YesNoUnsure, use: Use) -> None:
    assert Exposure(substance=Substance.METHADONE, prescribed=prescribed, as_prescribed=taken).use is use


def test_every_substance_has_a_group() -> None:
    groups = {substance: group_of(substance=substance) for substance in Substance}
    assert set(groups.values()) == set(SubstanceGroup)
    assert groups[Substance.FENTANYL] is SubstanceGroup.OTHER_SUBSTANCE


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (ALWAYS, True),
        (FactIn("withdrawal", frozenset({"NONE"})), True),
        (FactIn("affected", frozenset({"NO"})), False),
        (SomeExposure(ExposureMatcher((("basis", frozenset({"INFANT_TOXICOLOGY"})), ("group", frozenset({"OTHER_SUBSTANCE"}))))), True),
        (SomeExposure(ExposureMatcher((("basis", frozenset({"INFANT_TOXICOLOGY"})), ("substance", frozenset({"METHADONE"}))))), False),
        (EveryExposure(ExposureMatcher((("use", frozenset({"AS_DIRECTED"})),))), False),
        (Not(EveryExposure(ExposureMatcher((("use", frozenset({"AS_DIRECTED"})),)))), True),
        (AnyOf((FactIn("fasd", frozenset({"DIAGNOSED"})), FactIn("safety_concern", frozenset({"NO"})))), True),
        (All((FactIn("fasd", frozenset({"NONE"})), FactIn("safety_concern", frozenset({"YES"})))), False),
    ],
)
def test_conditions_over_a_birth_with_two_exposures(condition: Condition, expected: bool) -> None:
    assert holds(condition=condition, facts=BirthFacts(exposures=(METHADONE, HEROIN))) is expected


def test_every_exposure_does_not_hold_when_there_is_none() -> None:
    assert not holds(condition=EveryExposure(ExposureMatcher((("use", frozenset({"AS_DIRECTED"})),))), facts=BirthFacts())


@pytest.mark.parametrize("asked", [SentField.MONTH, SentField.COUNTY, SentField.FACILITY])
def test_a_pack_that_asks_for_month_or_place_makes_the_notification_identified(asked: SentField) -> None:
    nameless = replace(QUIET, notify=Notify.DEIDENTIFIED, due=RowDue(before_discharge=True))
    unsafe = decide(facts=BirthFacts(), rules=table(row("a", ALWAYS, nameless), sends=(SentField.YEAR, asked)), identified_at=AT, calendar=CALENDAR)
    assert unsafe.notify is Notify.IDENTIFIED
    assert asked in unsafe.sent_fields
    assert any("counts as identified" in sentence for sentence in unsafe.sentences)
    safe = decide(facts=BirthFacts(), rules=table(row("a", ALWAYS, nameless)), identified_at=AT, calendar=CALENDAR)
    assert safe.notify is Notify.DEIDENTIFIED


@pytest.mark.parametrize(
    ("rule", "due_on", "due_at", "sentence"),
    [
        (DueRule(unit=Unit.HOURS, amount=24), date(2026, 11, 21), datetime(2026, 11, 21, 20, tzinfo=UTC), "It is due by 2026-11-21 15:00."),
        (
            DueRule(unit=Unit.BUSINESS_DAYS, amount=1),
            date(2026, 11, 23),
            datetime(2026, 11, 24, 5, tzinfo=UTC),
            "It is due by the end of 2026-11-23.",
        ),
        (DueRule(unit=Unit.IMMEDIATE), date(2026, 11, 20), AT, "It is due at once."),
    ],
)
def test_a_notification_is_due_by_its_row(rule: DueRule, due_on: date, due_at: datetime, sentence: str) -> None:
    then = replace(QUIET, notify=Notify.DEIDENTIFIED, due=RowDue(rule=rule))
    decided = decide(facts=BirthFacts(), rules=table(row("a", ALWAYS, then)), identified_at=AT, calendar=CALENDAR)
    assert (decided.due_on, decided.due_at) == (due_on, due_at)
    assert sentence in decided.sentences


def test_a_table_is_in_force_from_its_first_day_to_before_its_last() -> None:
    short = replace(table(row("a", ALWAYS)), effective_to=date(2021, 1, 1))
    assert short.covers(day=date(2020, 12, 31))
    assert not short.covers(day=date(2021, 1, 1))
    assert not short.covers(day=date(2019, 12, 31))


def problems(*rows: RuleRow) -> list[tuple[str, str]]:
    """Return the row and the first words of each problem."""
    return [(problem.row, problem.what) for problem in check_table(rules=table(*rows))]


def test_a_table_must_end_with_a_default_row() -> None:
    assert problems(row("a", FactIn("fasd", frozenset({"NONE"})))) == [("a", "The table has no default row at its end.")]
    assert problems(row("a", ALWAYS)) == []


def test_a_row_that_no_birth_reaches_is_found_even_when_no_single_row_hides_it() -> None:
    hidden = row("hidden", FactIn("withdrawal", frozenset({"OBSERVED"})))
    first = row("first", FactIn("withdrawal", frozenset({"OBSERVED", "TREATED"})))
    assert [name for name, _ in problems(first, hidden, row("rest", ALWAYS))] == ["hidden"]
    fasd_none, fasd_any = FactIn("fasd", frozenset({"NONE"})), FactIn("fasd", frozenset({"SUSPECTED", "DIAGNOSED"}))
    together = [row("none", All((fasd_none,))), row("some", All((fasd_any,))), hidden, row("rest", ALWAYS)]
    assert [name for name, _ in problems(*together)] == ["hidden", "rest"]


def test_a_row_about_exposures_that_cannot_be_is_found() -> None:
    methadone_as_other = ExposureMatcher((("substance", frozenset({"METHADONE"})), ("group", frozenset({"ALCOHOL"}))))
    assert [name for name, _ in problems(row("never", SomeExposure(methadone_as_other)), row("rest", ALWAYS))] == ["never"]


def test_two_rows_with_one_id_are_found() -> None:
    assert ("a", "Two rows have this id.") in problems(row("a", FactIn("fasd", frozenset({"NONE"}))), row("a", ALWAYS))


def test_a_table_that_escalates_a_declined_plan_is_refused_unless_a_concern_is_stated() -> None:
    declined = FactIn("plan_status", frozenset({"NOT_NOW"}))
    concern = FactIn("safety_concern", frozenset({"YES"}))
    assert [name for name, _ in problems(row("unfair", declined, LOUD), row("rest", ALWAYS))] == ["unfair"]
    assert problems(row("fair", All((declined, concern)), LOUD), row("rest", ALWAYS)) == []
    wanted = FactIn("plan_status", frozenset({"HAS_CARD", "WANTS_ONE"}))
    assert [name for name, _ in problems(row("kept", wanted), row("rest", ALWAYS, LOUD))] == ["rest"]


@given(facts=BIRTHS)
def test_every_birth_has_an_answer_whose_sentences_are_filled_in(facts: BirthFacts) -> None:
    concern = FactIn("safety_concern", frozenset({"YES"}))
    decided = decide(facts=facts, rules=table(row("loud", concern, LOUD), row("rest", ALWAYS)), identified_at=AT, calendar=CALENDAR)
    assert decided.report is facts.safety_concern
    assert all("{" not in sentence and sentence.endswith(".") for sentence in decided.sentences)
    assert any(change.fact == "safety_concern" and change.report is not facts.safety_concern for change in decided.would_change)
    assert decided.may_send or facts.told_mother is ToldMother.NOT_YET or facts.safety_concern
