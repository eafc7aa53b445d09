"""Pregnancies, deduced from conditions, visits, procedures and observations, with the evidence kept.

Signs are laid on a time line and joined: a new pregnancy begins with a sign later than the recorded end of the
one before, or more than 44 weeks after its first sign when no end was recorded.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from careloom.exchange.fhir import codes
from careloom.exchange.fhir.context import WRONG_STATUS, Context, day, span
from careloom.exchange.fhir.dates import when_or_none
from careloom.exchange.fhir.entries import Entry, concept, dicts
from careloom.exchange.fhir.facts import (
    Concept,
    Evidence,
    Label,
    PregnancyFact,
    PregnancyOutcome,
    Role,
)

LONGEST = timedelta(weeks=44)
AFTERWARDS = timedelta(weeks=3)
"""A procedure up to three weeks after the recorded end still belongs to that pregnancy."""


@dataclass(kw_only=True)
class _Sign:
    subject: str
    starts_on: date
    ends_on: date | None
    outcome: PregnancyOutcome | None
    due_on: date | None
    begins: bool
    evidence: Evidence
    label: Label


@dataclass(kw_only=True)
class _Draft:
    signs: list[_Sign] = field(default_factory=list)

    @property
    def starts_on(self) -> date:
        return min(s.starts_on for s in self.signs)

    @property
    def ended_on(self) -> date | None:
        ends = [s.starts_on for s in self.signs if s.outcome is not None and not s.begins]
        ends += [s.ends_on for s in self.signs if s.begins and s.ends_on is not None]
        return max(ends) if ends else None


def read_pregnancies(context: Context, *, last_event_on: date | None) -> list[PregnancyFact]:
    """Every pregnancy of the adults of the bundle, oldest first."""
    facts = []
    for subject, role in context.roles.items():
        if role is Role.INFANT:
            continue
        signs = sorted((s for s in _signs(context) if s.subject == subject), key=lambda s: (s.starts_on, not s.begins))
        facts += [_fact(subject, draft, last_event_on) for draft in _joined(signs)]
    return sorted(facts, key=lambda p: p.starts_on)


def _joined(signs: list[_Sign]) -> list[_Draft]:
    drafts: list[_Draft] = []
    for sign in signs:
        if drafts and _belongs(drafts[-1], sign):
            drafts[-1].signs.append(sign)
        elif sign.begins or sign.outcome is not None:
            drafts.append(_Draft(signs=[sign]))
    return drafts


def _belongs(draft: _Draft, sign: _Sign) -> bool:
    ended = draft.ended_on
    if ended is not None:
        after = AFTERWARDS if not sign.begins else timedelta(0)
        return sign.starts_on <= ended + after
    return sign.starts_on <= draft.starts_on + LONGEST


def _fact(subject: str, draft: _Draft, last_event_on: date | None) -> PregnancyFact:
    outcomes = [s.outcome for s in draft.signs if s.outcome is not None]
    ended = draft.ended_on
    outcome = _strongest(outcomes)
    if outcome is None:
        over = ended is not None or (last_event_on is not None and last_event_on > draft.starts_on + LONGEST)
        outcome = PregnancyOutcome.UNKNOWN if over else PregnancyOutcome.ONGOING
    return PregnancyFact(
        subject_id=subject,
        starts_on=draft.starts_on,
        ends_on=ended,
        outcome=outcome,
        due_on=next((s.due_on for s in draft.signs if s.due_on), None),
        evidence=tuple(s.evidence for s in draft.signs),
        label=next((s.label for s in draft.signs if s.label.category.startswith("part2.")), draft.signs[0].label),
    )


def _strongest(outcomes: list[PregnancyOutcome]) -> PregnancyOutcome | None:
    """A live birth speaks over the rest; else an ectopic pregnancy, a termination, a loss."""
    order = ("LIVE_BIRTH", "ECTOPIC", "TERMINATION", "LOSS")
    return next((o for name in order for o in outcomes if o.value == name), None)


def _signs(context: Context) -> list[_Sign]:
    signs = []
    for entry in context.entries.of("Condition", "Procedure", "Encounter", "Observation"):
        subject = context.subject_of(entry)
        if subject is not None and entry.resource.get("status") not in (WRONG_STATUS, "not-done", "planned"):
            signs += _signs_of(context, entry, subject)
    return signs


def _signs_of(context: Context, entry: Entry, subject: str) -> list[_Sign]:
    r = entry.resource
    if entry.kind == "Observation":
        return _observed(context, entry, subject)
    raw = dicts(r.get("type")) if entry.kind == "Encounter" else [r.get("code")]
    start, end = span(r, "onsetDateTime", "onsetPeriod", "performedPeriod", "performedDateTime", "period")
    if entry.kind == "Condition":
        end = when_or_none(r.get("abatementDateTime")) or end
    if start is None:
        return []
    found = []
    for what in filter(None, (concept(c) for c in raw)):
        begins = entry.kind == "Condition" and _says_pregnant(what)
        prenatal = entry.kind == "Encounter" and _prenatal(what)
        outcome = _ending(what)
        if begins or prenatal or outcome is not None:
            ends_on = day(end) if begins else None
            found.append(_sign(context, entry, subject, what, start.on, ends_on, outcome, begins or prenatal))
    return found


def _sign(
    context: Context,
    entry: Entry,
    subject: str,
    what: Concept,
    starts_on: date,
    ends_on: date | None,
    outcome: PregnancyOutcome | None,
    begins: bool,
    due_on: date | None = None,
) -> _Sign:
    return _Sign(
        subject=subject,
        starts_on=starts_on,
        ends_on=ends_on,
        outcome=outcome,
        due_on=due_on,
        begins=begins,
        evidence=context.evidence(entry, what, starts_on, ends_on),
        label=context.label(entry, subject, what),
    )


def _observed(context: Context, entry: Entry, subject: str) -> list[_Sign]:
    """Pregnancy status "pregnant" (LOINC 82810-3) and an estimated date of delivery."""
    what = concept(entry.resource.get("code"))
    kind = codes.OBSERVATION_KINDS.get(what.code_in(codes.LOINC) or "") if what else None
    when, _ = span(entry.resource, "effectiveDateTime", "effectivePeriod", "issued")
    if what is None or when is None or kind is None:
        return []
    value = concept(entry.resource.get("valueCodeableConcept"))
    if kind.value == "PREGNANCY_STATUS" and value and value.code_in(codes.SNOMED) == codes.PREGNANCY_STATUS_PREGNANT:
        return [_sign(context, entry, subject, value, when.on, None, None, True)]
    due = when_or_none(entry.resource.get("valueDateTime"))
    if kind.value == "DUE_DATE" and due is not None and due.on > when.on:
        return [_sign(context, entry, subject, what, when.on, None, None, True, due.on)]
    return []


def _says_pregnant(what: Concept) -> bool:
    return any(
        (c.system == codes.SNOMED and c.code in codes.PREGNANT_SNOMED) or (c.system == codes.ICD10 and c.code.startswith(codes.PREGNANT_ICD10))
        for c in what.codings
    )


def _prenatal(what: Concept) -> bool:
    visits = codes.PRENATAL_VISIT_SNOMED - codes.POSTNATAL_VISIT_SNOMED
    return any(c.system == codes.SNOMED and c.code in visits for c in what.codings)


def _ending(what: Concept) -> PregnancyOutcome | None:
    for c in what.codings:
        if c.system == codes.SNOMED and c.code in codes.ENDING_SNOMED:
            return codes.ENDING_SNOMED[c.code]
        if c.system == codes.ICD10:
            for prefix, outcome in codes.ENDING_ICD10.items():
                if c.code.startswith(prefix):
                    return outcome
    return None
