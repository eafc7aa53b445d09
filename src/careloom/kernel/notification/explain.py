"""The sentences: which reasons apply to the facts, and which to the outcome."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from careloom.kernel.clocks import Unit
from careloom.kernel.notification.facts import BirthFacts
from careloom.kernel.notification.reasons import Reason, ReasonCode
from careloom.kernel.notification.table import RowDue, RuleRow, RuleTable
from careloom.kernel.notification.vocabulary import (
    FasdSigns,
    InTreatment,
    LeadKind,
    Notify,
    PlanStatus,
    SentField,
    SubstanceGroup,
    ToldMother,
    Use,
    Withdrawal,
    YesNoUnsure,
)

LEAD_WORDS = {
    LeadKind.TREATMENT_PROGRAM: "her treatment program",
    LeadKind.OBSTETRIC_CARE: "her obstetric care team",
    LeadKind.PEDIATRIC_CARE: "the infant's doctor",
    LeadKind.HOSPITAL: "the hospital",
    LeadKind.HOME_VISITING: "a home visiting program",
    LeadKind.PUBLIC_HEALTH: "the public health department",
    LeadKind.HEALTH_PLAN: "the health plan's care coordinator",
    LeadKind.CARE_COORDINATION: "a care coordinator",
    LeadKind.CHILD_WELFARE: "child welfare together with a care coordinator",
    LeadKind.TRIBE: "the Tribe",
}

_MILD = {SubstanceGroup.ALCOHOL, SubstanceGroup.CANNABIS}


def reasons_for_facts(*, facts: BirthFacts, row: RuleRow) -> tuple[Reason, ...]:
    """Return the reasons that lie in the facts, in the order a reader needs them."""
    codes = [*_concern(facts), *_exposures(facts), *_infant(facts), *_mother(facts)]
    reasons = [Reason(code=code) for code in codes]
    if row.then.says:
        says = row.then.says.get("en", "")
        params = {"says": says} | {f"says_{lang}": text for lang, text in row.then.says.items()}
        reasons.append(Reason(code=ReasonCode.RULE_SAYS, params=params))
    if row.review_needed:
        reasons.append(Reason(code=ReasonCode.RULE_NOT_REVIEWED))
    return tuple(reasons)


def reasons_for_outcome(
    *,
    facts: BirthFacts,
    row: RuleRow,
    table: RuleTable,
    lead: LeadKind,
    due_at: datetime | None,
    report_due_at: datetime | None,
    zone: str,
) -> tuple[Reason, ...]:
    """Return one sentence for each part of the outcome that applies."""
    then, notify = row.then, table.effective_notify(outcome=row.then)
    reasons = [Reason(code=ReasonCode[f"NOTIFY_{notify}"])]
    if notify is not then.notify:
        reasons.append(Reason(code=ReasonCode.PACK_IDENTIFIES, params=_field_params(table.identifying_fields)))
    if notify is Notify.IDENTIFIED:
        reasons.append(Reason(code=ReasonCode.PART2_NEEDS_CONSENT))
    if notify is not Notify.NONE:
        reasons.extend(_due(then.due, due_at, zone, prefix="DUE"))
    reasons.append(Reason(code=ReasonCode.REPORT_MADE if then.report else ReasonCode.REPORT_NONE))
    if then.report:
        reasons.extend(_due(then.report_due, report_due_at, zone, prefix="REPORT_DUE"))
    if not then.plan_offered:
        return (*reasons, Reason(code=ReasonCode.PLAN_NOT_ASKED))
    reasons.append(Reason(code=ReasonCode.PLAN_OFFERED))
    params = {"lead": LEAD_WORDS[lead], "lead_code": lead.value}
    reasons.append(Reason(code=ReasonCode.LEAD_IS, params=params))
    if lead is LeadKind.TRIBE and facts.indian_child is YesNoUnsure.YES:
        reasons.append(Reason(code=ReasonCode.TRIBE_LEADS))
    return tuple(reasons)


def reasons_before_sending(*, facts: BirthFacts, sends: bool) -> tuple[Reason, ...]:
    """Return what must be done before anything leaves the building (workflow 6.1)."""
    if not sends:
        return ()
    codes = []
    if facts.told_mother is ToldMother.NOT_YET:
        codes.append(ReasonCode.TELL_HER_FIRST)
    if facts.safety_concern and not facts.safety_concern_explained:
        codes.append(ReasonCode.EXPLAIN_CONCERN)
    return tuple(Reason(code=code) for code in codes)


def _field_params(fields: tuple[SentField, ...]) -> dict[str, str]:
    """Name the fields in English, with their codes for other languages."""
    words = ", ".join(field.value.lower().replace("_", " ") for field in fields)
    return {"fields": words, "field_codes": ",".join(fields)}


def _due(due: RowDue | None, at: datetime | None, zone: str, *, prefix: str) -> Iterator[Reason]:
    if due is None:
        return
    if due.before_discharge:
        yield Reason(code=ReasonCode.DUE_BEFORE_DISCHARGE)
        return
    unit = due.rule.unit if due.rule is not None else Unit.IMMEDIATE
    if at is None or unit is Unit.IMMEDIATE:
        yield Reason(code=ReasonCode[f"{prefix}_NOW"])
    elif unit is Unit.HOURS:
        when = f"{at.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M}"
        yield Reason(code=ReasonCode[f"{prefix}_BY"], params={"when": when})
    else:
        last = (at - timedelta(microseconds=1)).astimezone(ZoneInfo(zone)).date()
        yield Reason(code=ReasonCode[f"{prefix}_BY_DAY"], params={"day": last.isoformat()})


def _concern(facts: BirthFacts) -> Iterator[ReasonCode]:
    if facts.safety_concern and facts.safety_concern_explained:
        yield ReasonCode.SAFETY_CONCERN
    elif facts.safety_concern:
        yield ReasonCode.SAFETY_CONCERN_UNEXPLAINED


def _exposures(facts: BirthFacts) -> Iterator[ReasonCode]:
    if not facts.affected:
        yield ReasonCode.NO_EXPOSURE
        return
    uses = {exposure.use for exposure in facts.exposures}
    if uses == {Use.AS_DIRECTED}:
        yield ReasonCode.MEDICATION_AS_DIRECTED
    if any(exposure.group is SubstanceGroup.MEDICATION_FOR_OUD and exposure.use is Use.AS_DIRECTED for exposure in facts.exposures):
        yield ReasonCode.TREATMENT_MEDICATION
    if Use.NOT_AS_DIRECTED in uses:
        yield ReasonCode.NOT_AS_DIRECTED
    if any(e.use is Use.NOT_PRESCRIBED and e.group not in _MILD for e in facts.exposures):
        yield ReasonCode.NOT_PRESCRIBED
    if any(e.group in _MILD and e.use is not Use.AS_DIRECTED for e in facts.exposures):
        yield ReasonCode.ALCOHOL_OR_CANNABIS
    if Use.UNSURE in uses:
        yield ReasonCode.UNSURE_STAYS_UNSURE


def _infant(facts: BirthFacts) -> Iterator[ReasonCode]:
    if facts.withdrawal is not Withdrawal.NONE:
        yield ReasonCode.WITHDRAWAL_SEEN
    if facts.fasd is not FasdSigns.NONE:
        yield ReasonCode.FASD_SEEN


def _mother(facts: BirthFacts) -> Iterator[ReasonCode]:
    if not facts.affected:
        return
    match facts.in_treatment:
        case InTreatment.YES | InTreatment.WAITING:
            yield ReasonCode.IN_TREATMENT
        case InTreatment.NO:
            yield ReasonCode.NOT_IN_TREATMENT
        case InTreatment.DECLINED_TO_SAY:
            yield ReasonCode.SILENCE_IS_NO_ANSWER
    if facts.plan_status is PlanStatus.NOT_NOW:
        yield ReasonCode.DECLINING_RAISES_NOTHING
