"""A notification as it is filled: prefilled from the chart, saved as one types, never overwritten in silence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from careloom.health.models import Birth, Exposure
from careloom.health.queries import signs_of
from careloom.infra.access import NotVisible, Viewer, require
from careloom.infra.audit.actions import record
from careloom.notifications.facts import ExposureFact, NotificationFacts, as_stored, to_json
from careloom.notifications.models import Notification
from careloom.people.models import PersonRecord


@dataclass(frozen=True, kw_only=True)
class Conflict:
    """Somebody else saved in between: the row as it stands, and the facts that were not saved."""

    theirs: Notification
    mine: NotificationFacts


@transaction.atomic
def start_notification(*, by: Viewer, at: datetime, mother_id: UUID, birth_ids: list[UUID], pack: str, request_key: str) -> Notification:
    """Start the notification of one birth (twins share it), prefilled with what the hospital's own chart says.

    Idempotent on `request_key`, and on the births: a birth has one notification that is not withdrawn. Raises NotVisible when none of the
    births is this hospital's own, or for a worker who may not notify.
    """
    require(by)
    if not by.can("NOTIFY"):
        raise NotVisible
    # The births are locked, so that two workers who start at once make one notification.
    own = Birth.objects.seen_by(by).select_for_update().filter(holder_id=by.holder_id)
    births = list(own.filter(pk__in=birth_ids, mother_identity_id=mother_id).order_by("order"))
    if not births:
        raise NotVisible
    mine = Notification.objects.filter(holder_id=by.holder_id)
    known = mine.filter(request_key=request_key).first()
    known = known or mine.filter(birth_ids__overlap=[b.pk for b in births]).exclude(status="VOIDED").first()
    if known is not None:
        return known
    row = Notification(
        holder_id=by.holder_id,
        identity_id=mother_id,
        category="notif.capta_identified",
        birth_ids=[b.pk for b in births],
        infant_ids=[b.identity_id for b in births],
        facts=to_json(prefilled(by=by, mother_id=mother_id, births=births)),
        pack=pack,
        started_at=at,
        started_by=by.worker_id or by.principal_id,
        request_key=request_key,
    )
    row.save()
    record(by=by, at=at, action="notifications.started", identity_id=mother_id, object_id=row.pk)
    return row


@transaction.atomic
def save_facts(
    *, by: Viewer, at: datetime, notification_id: UUID, facts: NotificationFacts, row_version: int, form_key: str = ""
) -> Notification | Conflict:
    """Save the facts of a draft. A save that started from an older version changes nothing and returns the conflict.

    `form_key` names the open page: what the same page saved last is not a conflict for it.
    """
    require(by)
    row = Notification.objects.select_for_update().filter(pk=notification_id, holder_id=by.holder_id).first()
    if row is None or not by.can("NOTIFY"):
        raise NotVisible
    if row.facts == as_stored(facts):
        return row
    own_page = bool(form_key) and row.saved_from == form_key
    if row.status != "DRAFT" or not (row.row_version == row_version or own_page):
        return Conflict(theirs=row, mine=facts)
    row.facts, row.row_version, row.saved_from = as_stored(facts), row.row_version + 1, form_key
    note_told(row, facts=facts, by=by, at=at)
    row.save()
    return row


def note_told(row: Notification, *, facts: NotificationFacts, by: Viewer, at: datetime) -> None:
    """Keep who told the mother, when and how, from the moment it is first answered (workflows 6.1)."""
    row.not_told_because = facts.not_told_because.strip()
    if facts.told_mother != "YES":
        row.told_at, row.told_by, row.told_how = None, None, ""
    elif row.told_at is None or row.told_how != facts.told_how:
        row.told_at, row.told_how = at, facts.told_how
        row.told_by = None if facts.told_how == "COLLEAGUE" else by.worker_id


def prefilled(*, by: Viewer, mother_id: UUID, births: list[Birth]) -> NotificationFacts:
    """The seven facts as the hospital's own chart says them; nothing of another holder is looked at."""
    order = ["NONE", "OBSERVED", "TREATED"]
    discharge = min((b.discharged_on for b in births if b.discharged_on), default=None)
    signs = [row for row in signs_of(viewer=by, infant_ids=[b.identity_id for b in births]) if row.holder_id == by.holder_id]
    exposures = Exposure.objects.seen_by(by).filter(identity_id=mother_id, holder_id=by.holder_id).order_by("recorded_at")
    people = PersonRecord.objects.seen_by(by).filter(identity_id__in=[mother_id, *(b.identity_id for b in births)], holder_id=by.holder_id)
    return NotificationFacts(
        exposures=_each_substance_once(list(exposures)),
        withdrawal=max((row.withdrawal for row in signs), key=order.index, default="NONE"),
        fasd="SUSPECTED" if any(row.fasd_signs for row in signs) else "NONE",
        goes_home_with=births[0].goes_home_with,
        # A Tribe in the chart is reason to know (25 CFR 23.107); its absence is no answer.
        indian_child="YES" if any(person.tribe for person in people) else "UNSURE",
        discharge_on=discharge.isoformat() if discharge else "",
    )


def _each_substance_once(rows: list[Exposure]) -> tuple[ExposureFact, ...]:
    found: dict[str, ExposureFact] = {}
    for row in rows:
        fact = ExposureFact(
            substance=row.substance,
            prescribed=row.prescribed,
            as_prescribed=row.as_prescribed,
            known_from=tuple(row.known_from),
            part2=row.category.startswith("part2."),
        )
        known = found.get(row.substance)
        found[row.substance] = fact if known is None else _merged(known, fact)
    return tuple(found.values())


def _merged(first: ExposureFact, second: ExposureFact) -> ExposureFact:
    """Two entries of one substance: a prescription anywhere is a prescription, and two answers that differ are unsure."""
    answers = {first.as_prescribed, second.as_prescribed} - {"UNSURE"}
    return ExposureFact(
        substance=first.substance,
        prescribed="YES"
        if "YES" in (first.prescribed, second.prescribed)
        else first.prescribed
        if first.prescribed == second.prescribed
        else "UNSURE",
        as_prescribed=answers.pop() if len(answers) == 1 else "UNSURE",
        known_from=tuple(dict.fromkeys((*first.known_from, *second.known_from))),
        part2=first.part2 and second.part2,
    )
