"""Consents that end: the worker who leads is asked, 30 and 7 days before, to talk with her, and she hears that there is a question. One that
ends with an event is asked about once a year. How many days before is the pack's to say.

Run every quarter of an hour; config says when.

Obligations are above consents, so `config/jobs.py` hands in how one is opened and met. Source: workflows 6.5.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID

from django.apps import apps
from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.urls import reverse

from careloom.agencies.models import Agency
from careloom.consents.jurisdiction import jurisdiction
from careloom.consents.models import Consent
from careloom.consents.queries import Status, ending_soon, ending_with_an_event, status_of
from careloom.infra.access import System, Viewer, acting_as, system
from careloom.kernel.clocks import local_day, next_midnight

KIND, HOLDS = "CONSENT_ENDING", "CONSENT_HOLDS"
A_TIME = 100
# An event may happen unheard of. No rule names a time; a year is our own choice.
ASK_AFTER, ANSWER_WITHIN = timedelta(days=365), timedelta(days=30)


class Owe(Protocol):
    """Opens one obligation; the same `request_key` makes one row."""

    def __call__(
        self, *, by: Viewer, at: datetime, holder_id: UUID, kind: str, family_id: UUID, identity_id: UUID, link: str, request_key: str,
        worker_id: UUID | None, due_at: datetime | None, about_id: UUID | None, about_kind: str,
    ) -> None: ...  # fmt: skip


class Meet(Protocol):
    """Meets the open obligations of one key, or about one thing."""

    def __call__(self, *, by: Viewer, at: datetime, about_id: UUID | None = None, kind: str | None = None, request_key: str | None = None) -> int: ...


class Tell(Protocol):
    """Sends her one neutral sentence, within her rules of safe contact; the same `request_key` sends it once."""

    def __call__(self, *, by: Viewer, at: datetime, identity_id: UUID, request_key: str) -> object: ...


def run(*, at: datetime, owe: Owe, meet: Meet, tell: Tell | None = None) -> int:
    """Ask about every consent that ends soon; take back what is asked about one that is over. Returns how many end soon."""
    agencies = Agency.objects.filter(active=True).order_by("pk").values_list("pk", "pack")
    return sum(_of_agency(pk, steps=jurisdiction(pack).reminders, at=at, owe=owe, meet=meet, tell=tell) for pk, pack in agencies)


def _of_agency(agency_id: UUID, *, steps: tuple[int, ...], at: datetime, owe: Owe, meet: Meet, tell: Tell | None) -> int:
    job = system(System.JOB, holder_id=agency_id)
    since = local_day(at=at, zone=settings.TIME_ZONE) - ASK_AFTER
    with transaction.atomic(), acting_as(job):
        soon = list(ending_soon(viewer=job, at=at, within_days=max(steps)).values_list("pk", flat=True))
        over = _over(agency_id, within=max(steps), at=at)
        unheard = list(ending_with_an_event(viewer=job, since=since).values_list("pk", flat=True))
    _each(soon, by=job, do=lambda row: _ask(row, steps=steps, by=job, at=at, owe=owe, meet=meet, tell=tell))
    _each(over, by=job, do=lambda row: meet(by=job, at=at, about_id=row.pk, kind=KIND))
    _each(unheard, by=job, do=lambda row: _ask_whether_it_holds(row, by=job, at=at, owe=owe))
    return len(soon)


def _each(ids: list[UUID], *, by: Viewer, do: Callable[[Consent], object]) -> None:
    """Do it for some of these consents at a time, each time in a transaction: a large agency fills no memory and holds no long lock."""
    for start in range(0, len(ids), A_TIME):
        with transaction.atomic(), acting_as(by):
            for row in Consent.objects.filter(pk__in=ids[start : start + A_TIME]).order_by("expires_on", "pk"):
                do(row)


def settle(*, holder_id: UUID, identity_id: UUID, at: datetime, meet: Meet) -> int:
    """A consent of hers changed: what was asked about one that is over, or of which somebody just said that it holds, is answered."""
    today = local_day(at=at, zone=settings.TIME_ZONE)
    job = system(System.JOB, holder_id=holder_id)
    with transaction.atomic(), acting_as(job):
        rows = list(Consent.objects.filter(holder_id=holder_id, identity_id=identity_id))
        over = [row for row in rows if status_of(row, on=today) not in {Status.ACTIVE, Status.EXPIRES_SOON}]
        asked = [(row, kind) for row in over for kind in (KIND, HOLDS)] + [(row, HOLDS) for row in rows if row.held_on == today]
        return sum(meet(by=job, at=at, about_id=row.pk, kind=kind) for row, kind in asked)


def _ask_whether_it_holds(consent: Consent, *, by: Viewer, at: datetime, owe: Owe) -> None:
    since = consent.held_on or consent.signed_on
    if since is None or local_day(at=at, zone=settings.TIME_ZONE) < since + ASK_AFTER:
        return
    owe(
        by=by, at=at, holder_id=consent.holder_id, kind=HOLDS, family_id=consent.identity_id, identity_id=consent.identity_id,
        link=reverse("consents:one", args=[consent.pk]), request_key=f"consent-holds:{consent.pk}:{since:%Y%m%d}", worker_id=_leads(consent),
        due_at=next_midnight(day=since + ASK_AFTER + ANSWER_WITHIN, zone=settings.TIME_ZONE), about_id=consent.pk, about_kind="CONSENT",
    )  # fmt: skip


def _ask(
    consent: Consent, *, steps: tuple[int, ...], by: Viewer, at: datetime, owe: Owe, meet: Meet, tell: Tell | None
) -> None:  # fmt: skip
    left = (consent.expires_on - local_day(at=at, zone=settings.TIME_ZONE)).days if consent.expires_on else max(steps)
    step = min(one for one in steps if left <= one)
    for earlier in (one for one in steps if one > step):
        meet(by=by, at=at, request_key=_key(consent, earlier))
    owe(
        by=by, at=at, holder_id=consent.holder_id, kind=KIND, family_id=consent.identity_id, identity_id=consent.identity_id,
        link=reverse("consents:one", args=[consent.pk]), request_key=_key(consent, step), worker_id=_leads(consent),
        due_at=next_midnight(day=consent.expires_on, zone=settings.TIME_ZONE) if consent.expires_on else None,
        about_id=consent.pk, about_kind="CONSENT",
    )  # fmt: skip
    if tell is not None:
        tell(by=by, at=at, identity_id=consent.identity_id, request_key=_key(consent, step)[:64])


def _key(consent: Consent, step: int) -> str:
    return f"consent-ending:{consent.pk}:{step}"


def _over(agency_id: UUID, *, within: int, at: datetime) -> list[UUID]:
    """The agency's consents that lately stopped, were renewed or ran out."""
    today = local_day(at=at, zone=settings.TIME_ZONE)
    near = Consent.objects.filter(holder_id=agency_id, expires_on__gte=today - timedelta(days=7), expires_on__lte=today + timedelta(days=within))
    ended = near.filter(Q(revoked_at__isnull=False) | Q(superseded_by__isnull=False) | Q(expires_on__lt=today))
    return list(ended.values_list("pk", flat=True))


def leads(*, identity_id: UUID, agency_id: UUID) -> UUID | None:
    """The worker of this agency who leads her plan; nobody in person where another agency leads."""
    plans = apps.get_model("plans", "PlanOfSafeCare").objects.filter(identity_id=identity_id, lead_agency_id=agency_id, closed_at=None)
    found: UUID | None = plans.order_by("-started_at").values_list("lead_worker_id", flat=True).first()
    return found


def _leads(consent: Consent) -> UUID | None:
    return leads(identity_id=consent.identity_id, agency_id=consent.holder_id)
