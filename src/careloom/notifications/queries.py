"""Reads of notifications, and the kernel's answer for one."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Case, IntegerField, Q, Value, When

from careloom.health.models import Birth
from careloom.infra.access import NotVisible, Viewer
from careloom.infra.packs import load_pack
from careloom.kernel.clocks import local_day
from careloom.kernel.notification import NotificationAnswer, decide
from careloom.notifications.facts import NotificationFacts, from_json, to_kernel
from careloom.notifications.models import Notification, ReceivedNotification
from careloom.people.models import PersonRecord
from careloom.people.queries import numbered

PAGE = 25
RECENT = timedelta(days=60)
DRAFTS_FIRST = Case(When(status="DRAFT", then=Value(0)), default=Value(1), output_field=IntegerField())


@dataclass(frozen=True, kw_only=True)
class NotificationPage:
    """A page of notifications, newest first."""

    rows: tuple[Notification, ...]
    page: int
    has_more: bool


def answer_for(*, facts: NotificationFacts, pack: str, identified_at: datetime) -> NotificationAnswer:
    """What the rules of a pack say of a birth (R-151). The pack's rules in force on the local day are used."""
    rules = load_pack(name=pack)
    table = rules.rules_on(day=local_day(at=identified_at, zone=rules.manifest.zone))
    if table is None:
        raise LookupError(f"The pack {pack} has no notification rules in force on this day. Add a rule version or choose another pack.")
    return decide(facts=to_kernel(facts), rules=table, identified_at=identified_at, calendar=rules.calendar)


def get_notification(*, viewer: Viewer, notification_id: UUID) -> Notification:
    """One notification of the viewer's agency. Raises NotVisible when it is hidden or absent."""
    row = Notification.objects.seen_by(viewer).filter(pk=notification_id).first()
    if row is None:
        raise NotVisible
    return row


def begun_with(*, viewer: Viewer, request_key: str) -> bool:
    """Whether the agency of `viewer` has a notification that this very form began. One query."""
    return bool(request_key) and Notification.objects.seen_by(viewer).filter(holder_id=viewer.holder_id, request_key=request_key).exists()


def facts_of(row: Notification) -> NotificationFacts:
    """The twelve facts of a notification."""
    return from_json(row.facts)


def list_notifications(*, viewer: Viewer, page: int = 1, status: str | None = None) -> NotificationPage:
    """The agency's notifications on the viewer's caseload, drafts first, then newest first, 25 a page. One query."""
    rows = Notification.objects.seen_by(viewer).filter(holder_id=viewer.holder_id)
    if status:
        rows = rows.filter(status=status)
    start = (page - 1) * PAGE
    found = list(rows.order_by(DRAFTS_FIRST, "-started_at", "id")[start : start + PAGE + 1])
    return NotificationPage(rows=tuple(found[:PAGE]), page=page, has_more=len(found) > PAGE)


@dataclass(frozen=True, kw_only=True)
class NewBirth:
    """A mother's birth that has no notification yet; twins stand together."""

    mother_id: UUID
    births: tuple[Birth, ...]

    @property
    def births_param(self) -> str:
        """The ids of the births, for a form."""
        return ",".join(str(birth.pk) for birth in self.births)


def births_to_notify(*, viewer: Viewer, at: datetime, record_number: str = "", most: int = PAGE) -> list[NewBirth]:
    """Births in the viewer's own hospital without a live notification, newest first; with a record number, of that record only.

    Looks at the hospital's own chart and nowhere else. A number that is hidden and one that does not exist give the same empty list.
    """
    rows = Birth.objects.seen_by(viewer).filter(holder_id=viewer.holder_id)
    if record_number:
        ids = list(numbered(viewer=viewer, number=record_number).values_list("identity_id", flat=True))
        rows = rows.filter(Q(mother_identity_id__in=ids) | Q(identity_id__in=ids))
    else:
        # Also what was brought in lately: a record may come long after the birth.
        rows = rows.filter(Q(born_at__gte=at - RECENT) | Q(recorded_at__gte=at - RECENT), born_at__lte=at)
    found = list(rows.order_by("-born_at")[: most * 4])
    live = Notification.objects.seen_by(viewer).filter(holder_id=viewer.holder_id).exclude(status="VOIDED")
    told = {birth for ids in live.filter(birth_ids__overlap=[b.pk for b in found]).values_list("birth_ids", flat=True) for birth in ids}
    groups: dict[tuple[UUID, object], list[Birth]] = {}
    for birth in found:
        if birth.pk not in told:
            # Twins may be born on both sides of midnight: one pregnancy is one birth.
            groups.setdefault((birth.mother_identity_id, birth.pregnancy_id or birth.born_at.date()), []).append(birth)
    return [NewBirth(mother_id=key[0], births=tuple(sorted(births, key=lambda b: b.order))) for key, births in list(groups.items())[:most]]


@dataclass(frozen=True, kw_only=True)
class Family:
    """The people of a notification in the hospital's own chart."""

    mother: PersonRecord | None
    infants: tuple[PersonRecord, ...]
    births: tuple[Birth, ...]


def family_of(*, viewer: Viewer, row: Notification) -> Family:
    """The mother, her infants and the births of a notification, from the hospital's own records. Two queries."""
    people = PersonRecord.objects.seen_by(viewer).filter(holder_id=viewer.holder_id, identity_id__in=[row.identity_id, *row.infant_ids])
    known = {person.identity_id: person for person in people}
    births = Birth.objects.seen_by(viewer).filter(holder_id=viewer.holder_id, pk__in=row.birth_ids).order_by("order")
    return Family(mother=known.get(row.identity_id), infants=tuple(known[i] for i in row.infant_ids if i in known), births=tuple(births))


def received(*, viewer: Viewer, page: int = 1) -> list[ReceivedNotification]:
    """Identified notifications and reports that the viewer's agency received, unanswered first, then newest; one more than a page of 25."""
    waiting = Case(When(answered_at=None, withdrawn_at=None, then=Value(0)), default=Value(1), output_field=IntegerField())
    rows = ReceivedNotification.objects.seen_by(viewer).filter(holder_id=viewer.holder_id).order_by(waiting, "-received_at", "id")
    start = (page - 1) * PAGE
    return list(rows[start : start + PAGE + 1])


def received_about(*, viewer: Viewer, identity_ids: Collection[UUID]) -> list[ReceivedNotification]:
    """What the viewer's agency received about these mothers and was not withdrawn, reports first. One query."""
    rows = ReceivedNotification.objects.seen_by(viewer).filter(holder_id=viewer.holder_id, identity_id__in=list(identity_ids), withdrawn_at=None)
    return list(rows.order_by("-kind", "-received_at"))


def get_received(*, viewer: Viewer, received_id: UUID) -> ReceivedNotification:
    """One notification or report that the viewer's agency received. Raises NotVisible when it is hidden or absent."""
    row = ReceivedNotification.objects.seen_by(viewer).filter(pk=received_id, holder_id=viewer.holder_id).first()
    if row is None:
        raise NotVisible
    found: ReceivedNotification = row
    return found
