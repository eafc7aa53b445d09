"""What a notification with names, or a report, says: the fields that the pack's rules let leave, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from careloom.agencies.models import Agency, Worker
from careloom.health.models import Birth
from careloom.infra.packs import load_pack
from careloom.kernel.clocks import local_day
from careloom.kernel.notification import SentField
from careloom.notifications.facts import NotificationFacts, from_json
from careloom.notifications.models import Notification
from careloom.people.models import PersonRecord


@dataclass(frozen=True, kw_only=True)
class Chart:
    """What the hospital's own chart holds of one notification."""

    row: Notification
    facts: NotificationFacts
    hospital: Agency
    mother: PersonRecord | None
    infants: tuple[PersonRecord, ...]
    births: tuple[Birth, ...]
    notifier: str
    state: str
    zone: str


def what_leaves(row: Notification, *, kind: str) -> dict[str, Any]:
    """The fields of a REPORT or an IDENTIFIED notification with their values. Runs in the hospital's scope and reads its own rows only.

    # INVARIANT: what the hospital knows from a treatment program's record is left out (42 CFR 2.31, 2.12(d)).
    """
    chart = _chart(row)
    names = row.answer.get("report_fields" if kind == "REPORT" else "sent_fields", [])
    return {name: READ[SentField(name)](chart) for name in names if SentField(name) in READ}


def _chart(row: Notification) -> Chart:
    people = {p.identity_id: p for p in PersonRecord.objects.filter(holder_id=row.holder_id, identity_id__in=[row.identity_id, *row.infant_ids])}
    pack = load_pack(name=row.pack)
    sender = Worker.objects.filter(pk=row.sent_by).first()
    return Chart(
        row=row,
        facts=from_json(row.facts),
        hospital=Agency.objects.get(pk=row.holder_id),
        mother=people.get(row.identity_id),
        infants=tuple(people[i] for i in row.infant_ids if i in people),
        births=tuple(Birth.objects.filter(holder_id=row.holder_id, pk__in=row.birth_ids).order_by("order")),
        notifier=sender.name if sender else "",
        state=pack.manifest.jurisdiction,
        zone=pack.manifest.zone,
    )


def _name(person: PersonRecord | None) -> str:
    return " ".join(f"{person.given_name} {person.family_name}".split()) if person else ""


def _born(chart: Chart, form: str) -> list[str]:
    return sorted({local_day(at=birth.born_at, zone=chart.zone).strftime(form) for birth in chart.births})


def _open(chart: Chart) -> list[Any]:
    return [e for e in chart.facts.exposures if not e.part2]


READ: dict[SentField, Callable[[Chart], Any]] = {
    SentField.STATE: lambda c: c.state,
    SentField.YEAR: lambda c: _born(c, "%Y"),
    SentField.MONTH: lambda c: _born(c, "%Y-%m"),
    SentField.COUNTY: lambda c: (c.mother.county if c.mother else "") or c.hospital.county,
    SentField.FACILITY: lambda c: c.hospital.name_outside,
    SentField.NOTIFIER: lambda c: c.notifier,
    SentField.BIRTH_DATE: lambda c: _born(c, "%Y-%m-%d"),
    SentField.INFANT_NAME: lambda c: [_name(person) for person in c.infants],
    SentField.PARENT_NAME: lambda c: _name(c.mother),
    SentField.PARENT_BIRTH_DATE: lambda c: c.mother.birth_date.isoformat() if c.mother and c.mother.birth_date else "",
    SentField.ADDRESS: lambda c: c.mother.address if c.mother else "",
    SentField.PHONE: lambda c: c.mother.phone if c.mother else "",
    SentField.SUBSTANCE_CLASSES: lambda c: sorted({e.substance for e in _open(c)}),
    SentField.PRESCRIBED: lambda c: sorted({e.prescribed for e in _open(c)}),
    SentField.INFANT_SIGNS: lambda c: [c.facts.withdrawal, c.facts.fasd],
    SentField.TREATMENT_ANSWER: lambda c: c.facts.in_treatment,
    SentField.PLAN_STATUS: lambda c: c.facts.plan_status,
    SentField.LEVEL: lambda c: c.row.answer.get("level", ""),
    SentField.SAFETY_CONCERN_TEXT: lambda c: c.facts.safety_words,
}
