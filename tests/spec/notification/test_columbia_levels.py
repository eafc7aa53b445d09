"""The default levels L0 to L4 in the practice state, each with its opposite (plan-content 2.6; journey J1)."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from tests.spec.notification.births import BORN_AT, YES, answer, birth, directed, misused, used

from careloom.kernel.notification import (
    BirthFacts,
    FasdSigns,
    InTreatment,
    LeadKind,
    Level,
    Notify,
    PlanStatus,
    SentField,
    Substance,
    ToldMother,
    Withdrawal,
    YesNoUnsure,
)

CAPTA = "42 USC 5106a(b)(2)(B)(ii)"
FENTANYL_NO_TREATMENT = birth(used(Substance.FENTANYL), in_treatment=InTreatment.NO)


def outcome(facts: BirthFacts) -> tuple[Level, Notify, bool]:
    """Return level, notification and report in the practice state."""
    decided = answer("columbia", facts)
    return decided.level, decided.notify, decided.report


@pytest.mark.requirement("R-151")
def test_journey_j1_buprenorphine_as_prescribed_is_l1_without_names_and_no_report() -> None:
    facts = birth(directed(Substance.BUPRENORPHINE), withdrawal=Withdrawal.OBSERVED, in_treatment=InTreatment.YES, plan_status=PlanStatus.HAS_CARD)
    decided = answer("columbia", facts)
    assert (decided.level, decided.notify, decided.report) == (Level.L1, Notify.DEIDENTIFIED, False)
    assert decided.lead is LeadKind.TREATMENT_PROGRAM
    assert decided.rule_version == "1"
    assert CAPTA in decided.citations
    assert "This is not a child-abuse report." in decided.sentences
    assert "Medication for opioid use disorder is treatment. It is not counted against her." in decided.sentences
    assert not any(field.identifies for field in decided.sent_fields)
    assert decided.may_send
    assert not decided.review_needed


@pytest.mark.requirement("R-151")
def test_journey_j1_step_12_fentanyl_and_a_safety_concern_is_l4_with_report_at_once_and_a_plan() -> None:
    facts = birth(used(Substance.FENTANYL), in_treatment=InTreatment.NO, safety_concern=True, safety_concern_explained=True)
    decided = answer("columbia", facts)
    assert (decided.level, decided.notify, decided.report) == (Level.L4, Notify.IDENTIFIED, True)
    assert decided.plan_offered
    assert decided.report_due_at == BORN_AT
    assert SentField.SAFETY_CONCERN_TEXT in decided.report_fields
    assert SentField.SAFETY_CONCERN_TEXT not in decided.sent_fields
    assert "42 USC 5106a(b)(2)(B)(iv)" in decided.citations


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (birth(directed(Substance.PSYCHIATRIC_MEDICATION), in_treatment=InTreatment.NO), (Level.L0, Notify.DEIDENTIFIED, False)),
        (birth(directed(Substance.PRESCRIPTION_OPIOID), in_treatment=InTreatment.NO), (Level.L0, Notify.DEIDENTIFIED, False)),
        (birth(directed(Substance.FENTANYL)), (Level.L0, Notify.DEIDENTIFIED, False)),
        (birth(directed(Substance.PRESCRIPTION_OPIOID), withdrawal=Withdrawal.OBSERVED), (Level.L1, Notify.DEIDENTIFIED, False)),
        (birth(directed(Substance.METHADONE), in_treatment=InTreatment.DECLINED_TO_SAY), (Level.L1, Notify.DEIDENTIFIED, False)),
        (birth(directed(Substance.METHADONE), fasd=FasdSigns.SUSPECTED), (Level.L2, Notify.DEIDENTIFIED, False)),
        (birth(used(Substance.CANNABIS), in_treatment=InTreatment.NO), (Level.L2, Notify.DEIDENTIFIED, False)),
        (birth(used(Substance.ALCOHOL), in_treatment=InTreatment.NO), (Level.L2, Notify.DEIDENTIFIED, False)),
        (birth(used(Substance.HEROIN), in_treatment=InTreatment.YES), (Level.L2, Notify.DEIDENTIFIED, False)),
        (birth(used(Substance.HEROIN), in_treatment=InTreatment.WAITING), (Level.L2, Notify.DEIDENTIFIED, False)),
        (birth(used(Substance.HEROIN), in_treatment=InTreatment.DECLINED_TO_SAY), (Level.L2, Notify.DEIDENTIFIED, False)),
        (birth(withdrawal=Withdrawal.TREATED), (Level.L2, Notify.DEIDENTIFIED, False)),
        (FENTANYL_NO_TREATMENT, (Level.L3, Notify.IDENTIFIED, False)),
        (birth(misused(Substance.PRESCRIPTION_BENZODIAZEPINE), in_treatment=InTreatment.NO), (Level.L3, Notify.IDENTIFIED, False)),
        (birth(directed(Substance.METHADONE), used(Substance.COCAINE), in_treatment=InTreatment.YES), (Level.L2, Notify.DEIDENTIFIED, False)),
        (birth(), (Level.L0, Notify.NONE, False)),
        (birth(safety_concern=True, safety_concern_explained=True), (Level.L4, Notify.NONE, True)),
    ],
)
def test_each_level_and_its_neighbor(facts: BirthFacts, expected: tuple[Level, Notify, bool]) -> None:
    assert outcome(facts) == expected


@pytest.mark.parametrize("exposure", [directed(Substance.METHADONE), used(Substance.CANNABIS), used(Substance.FENTANYL)])
@pytest.mark.parametrize("treatment", InTreatment)
def test_declining_a_plan_changes_nothing(exposure: object, treatment: InTreatment) -> None:
    outcomes = {outcome(birth(exposure, in_treatment=treatment, plan_status=status)) for status in PlanStatus}  # type: ignore[arg-type]
    assert len(outcomes) == 1


def test_not_now_is_explained_to_the_worker() -> None:
    decided = answer("columbia", birth(used(Substance.CANNABIS), plan_status=PlanStatus.NOT_NOW))
    assert "She said not now to a plan. Declining a plan alone never raises the level." in decided.sentences


def test_the_tribe_leads_where_there_is_reason_to_know_and_not_otherwise() -> None:
    tribal = answer("columbia", birth(directed(Substance.METHADONE), indian_child=YES))
    assert tribal.lead is LeadKind.TRIBE
    assert tribal.co_leads[0] is LeadKind.TREATMENT_PROGRAM
    assert "25 CFR 23.107" in {reason.citation for reason in tribal.says}
    assert answer("columbia", birth(directed(Substance.METHADONE), indian_child=YesNoUnsure.UNSURE)).lead is LeadKind.TREATMENT_PROGRAM


def test_nothing_is_sent_before_she_was_told_unless_that_is_not_safe() -> None:
    untold = answer("columbia", birth(used(Substance.CANNABIS), told_mother=ToldMother.NOT_YET))
    assert not untold.may_send
    assert untold.before_sending[0].sentence.startswith("Tell her what is shared")
    assert answer("columbia", birth(used(Substance.CANNABIS), told_mother=ToldMother.NOT_SAFE_TO_TELL)).may_send


def test_a_safety_concern_must_be_explained_and_an_explained_one_may_go() -> None:
    concern = birth(used(Substance.CANNABIS), safety_concern=True)
    assert [reason.code.name for reason in answer("columbia", concern).before_sending] == ["EXPLAIN_CONCERN"]
    assert answer("columbia", birth(used(Substance.CANNABIS), safety_concern=True, safety_concern_explained=True)).may_send


def test_what_would_change_names_the_answer_that_matters() -> None:
    changes = {(change.fact, change.value): change for change in answer("columbia", FENTANYL_NO_TREATMENT).would_change}
    assert changes["in_treatment", "WAITING"].level is Level.L2
    assert changes["safety_concern", "YES"].report
    assert changes["exposure", "AS_DIRECTED"].exposure == 0
    assert changes["in_treatment", "YES"].sentence == "If she were in treatment, it would be L2: a notification without names and no report."
    assert not any(fact == "plan_status" for fact, _ in changes)


def test_due_before_discharge_ends_with_the_legal_day_of_discharge() -> None:
    decided = answer("columbia", birth(used(Substance.CANNABIS)))
    assert decided.due_on == date(2026, 11, 23)
    assert decided.due_at == datetime(2026, 11, 24, 5, tzinfo=UTC)
    undated = answer("columbia", birth(used(Substance.CANNABIS), discharge_on=None))
    assert (undated.due_on, undated.due_at) == (None, None)
    assert "It is due before the infant goes home." in undated.sentences


def test_a_notification_with_names_warns_that_program_facts_need_consent() -> None:
    warned = answer("columbia", FENTANYL_NO_TREATMENT)
    assert "42 CFR 2.31" in {reason.citation for reason in warned.says}
    nameless = answer("columbia", birth(directed(Substance.METHADONE)))
    assert "42 CFR 2.31" not in {reason.citation for reason in nameless.says}
