"""Jobs of referrals: reminders, re-routing, and what happens when a consent ends.

`run` is called each hour for all agencies; `consent_changed` follows each `ConsentChanged`. Both are safe to repeat.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid5

from django.db import transaction

from careloom.agencies.models import Agency
from careloom.consents.queries import get_consent
from careloom.infra import clock
from careloom.infra.access import System, Viewer, acting_as, system
from careloom.infra.audit.actions import record
from careloom.kernel.events import ConsentChanged
from careloom.kernel.referral import ENDED, Kind, Reason, State
from careloom.plans.models import Need, Referral
from careloom.plans.referrals.owing import Owed, alternatives, close_all, put, reroute_due, settle
from careloom.plans.referrals.sight import missing_for_receiver

A_TIME = 100


def run(*, at: datetime) -> int:
    """Remind and re-route for every agency, each in its own scope and transaction; return how many referrals were late."""
    return sum(_for_agency(agency_id=agency_id, at=at) for agency_id in Agency.objects.filter(active=True).values_list("pk", flat=True))


def _for_agency(*, agency_id: UUID, at: datetime) -> int:
    """Some referrals at a time, each in a transaction of its own: those that stay late never stand before the others."""
    count, last = 0, None
    while True:
        rows = _nudge_some(by=system(System.JOB, holder_id=agency_id), after=last, at=at)
        count += len(rows)
        if len(rows) < A_TIME:
            return count
        last = rows[-1].pk


@transaction.atomic
def _nudge_some(*, by: Viewer, after: UUID | None, at: datetime) -> list[Referral]:
    with acting_as(by):
        late = Referral.objects.filter(holder_id=by.holder_id, state=State.REQUESTED, answer_due_at__lte=at).exclude(reason=Reason.CONSENT_ENDED)
        if after is not None:
            late = late.filter(pk__gt=after)
        rows = list(late.order_by("pk")[:A_TIME])
        for row in rows:
            _nudge(by=by, row=row, at=at)
    return rows


def _nudge(*, by: Viewer, row: Referral, at: datetime) -> None:
    was_due = row.answer_due_at or at
    key = f"{was_due:%Y%m%d%H}"
    if reroute_due(answer_was_due=was_due) > at:
        due = reroute_due(answer_was_due=was_due)
        put(by=by, at=at, referral=row, owed=Owed(kind="REFERRAL_NO_ANSWER", due=due), key=key)
        put(by=by, at=at, referral=row, owed=Owed(kind="REFERRAL_REMINDER", due=due, theirs=True), key=key)
        return
    code = Need.objects.filter(pk=row.need_id).values_list("code", flat=True).first() or ""
    owed = Owed(kind="REFERRAL_REROUTE", due=at, facts={"alternatives": alternatives(referral=row, need_code=code)})
    put(by=by, at=at, referral=row, owed=owed, key=key)


def consent_changed(event: ConsentChanged) -> None:
    """Stop what a consent no longer carries: the receiver owes nothing any more, the owner stops or asks her (workflows 6.5).

    Row security hid the referral from the receiver in the transaction that ended the consent; this only tidies up what was owed.
    """
    at, job = clock.now(), system(System.JOB, holder_id=event.holder_id)
    with acting_as(job):
        consent = get_consent(viewer=job, consent_id=event.consent_id)
    if consent is None:
        return
    for holder_id in {event.holder_id, *consent.discloser_ids}:
        withdraw_unseen(holder_id=holder_id, identity_ids=list(consent.subject_ids), at=at)


@transaction.atomic
def withdraw_unseen(*, holder_id: UUID, identity_ids: list[UUID], at: datetime) -> int:
    """Bring one agency's open LIVE referrals in line with what their receivers may see now. Returns how many changed.

    Out of sight: what was owed is closed and the owner is asked to stop or to ask her. In sight again: both sides owe the next step again.
    """
    job, count = system(System.JOB, holder_id=holder_id), 0
    with acting_as(job):
        sent = Referral.objects.filter(holder_id=holder_id, identity_id__in=identity_ids, kind=Kind.LIVE)
        for row in sent.exclude(state__in=[State.DRAFT, *ENDED]).select_for_update():
            unseen = missing_for_receiver(referral=row, at=at) is not None
            if unseen != (row.reason == Reason.CONSENT_ENDED):
                _sight_changed(by=job, row=row, unseen=unseen, at=at)
                count += 1
    return count


def _sight_changed(*, by: Viewer, row: Referral, unseen: bool, at: datetime) -> None:
    row.reason, row.row_version, row.changed_at = Reason.CONSENT_ENDED if unseen else "", row.row_version + 1, at
    row.save(update_fields=["reason", "row_version", "changed_at"])
    if unseen:
        close_all(by=by, at=at, referral=row)
        put(by=by, at=at, referral=row, owed=Owed(kind="REFERRAL_CONSENT_ENDED", due=at, promised=True), key=f"ended{row.row_version}")
    else:
        settle(by=by, at=at, referral=row, step_id=uuid5(row.pk, f"seen{row.row_version}"))
    action = "plans.referral_consent_ended" if unseen else "plans.referral_consent_back"
    record(by=by, at=at, action=action, identity_id=row.identity_id, object_id=row.pk)
