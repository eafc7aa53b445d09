"""Who knows what about her and since when, on one calm page: who keeps a record, whom she let in, who looked, who was told. Source: R-108."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from careloom.agencies.queries import agencies_by_id
from careloom.consents.models import Consent
from careloom.consents.queries import consents_of, status_of
from careloom.disclosures.models import Given
from careloom.infra import clock
from careloom.infra.access.accounting import account
from careloom.infra.access.models import Disclosure
from careloom.people.models import PersonRecord
from careloom.plans.models import PlanOfSafeCare
from careloom.portal import words
from careloom.portal.door import Her
from careloom.portal.given import SENT
from careloom.portal.presenters import local, short_day
from careloom.portal.sharing import LIVE

MOST = 400


@dataclass(kw_only=True)
class Knows:
    """One who knows something about her: sentences, the plainest first. `stop_id` is the form with which she may stop it."""

    name: str
    lines: list[str] = field(default_factory=list)
    since: datetime | None = None
    stop_id: UUID | None = None


def who_knows(*, her: Her, at: datetime) -> list[Knows]:
    """Everybody who knows something about her, by what they do for her, those who have known it longest first. Seven queries."""
    viewer, ids = her.viewer, list(her.subject_ids)
    records = list(PersonRecord.objects.seen_by(viewer).filter(identity_id__in=ids).order_by("made_at")[:MOST])
    plans = list(PlanOfSafeCare.objects.seen_by(viewer).filter(identity_id__in=ids).order_by("started_at")[:MOST])
    forms = [form for form in consents_of(viewer=viewer, identity_id=her.identity_id) if status_of(form, on=clock.today()) in LIVE]
    looks = list(Disclosure.objects.seen_by(viewer).filter(identity_id__in=ids).order_by("-hour")[:MOST])
    given = list(Given.objects.seen_by(viewer).filter(identity_id__in=ids).defer("sealed").order_by("-given_at")[:MOST])
    account(viewer=viewer, place="my:knows", rows=[*records, *plans, *given], at=at)
    known = agencies_by_id(ids=_everybody(records, plans, forms, looks, given))
    found = {pk: Knows(name=words.agency_words(agency.kind)) for pk, agency in known.items()}
    for record in [*plans, *records]:
        _keeps(found.get(record.holder_id), since=getattr(record, "started_at", None) or getattr(record, "made_at", at))
    for form in forms:
        for pk in form.recipient_ids:
            _let_in(found.get(pk), form=form)
    for pk, knows in found.items():
        _looked(knows, last=max((row.hour for row in looks if row.recipient_id == pk and row.purpose not in SENT), default=None))
        told = [row.hour for row in looks if row.recipient_id == pk and row.purpose in SENT]
        _told(knows, at=max([*told, *(row.given_at for row in given if row.to_agency_id == pk)], default=None))
    return _joined(knows for knows in found.values() if knows.lines)


def _everybody(
    records: list[PersonRecord], plans: list[PlanOfSafeCare], forms: list[Consent], looks: list[Disclosure], given: list[Given]
) -> set[UUID]:
    ids = {row.holder_id for row in (*records, *plans)} | {pk for form in forms for pk in form.recipient_ids}
    return ids | {row.recipient_id for row in looks} | {row.to_agency_id for row in given if row.to_agency_id}


def _joined(rows: Iterable[Knows]) -> list[Knows]:
    """Two agencies that do the same for her stay two lines: she may stop one of them."""
    return sorted(rows, key=lambda one: (one.since is None, one.since or clock.now(), one.name))


def _keeps(knows: Knows | None, *, since: datetime) -> None:
    if knows is None or any(line for line in knows.lines):
        return
    knows.lines.append(_("Keeps notes about you since %(day)s.") % {"day": _day(since)})
    knows.since = since


def _let_in(knows: Knows | None, *, form: Consent) -> None:
    if knows is None or form.signed_at is None:
        return
    what = words.information_words(list(form.information))
    knows.lines.append(_("Sees %(what)s. You said yes on %(day)s.") % {"what": what, "day": _day(form.signed_at)})
    knows.stop_id, knows.since = form.pk, knows.since or form.signed_at


def _looked(knows: Knows, *, last: datetime | None) -> None:
    if last is not None:
        knows.lines.append(_("Looked last on %(day)s.") % {"day": _day(last)})


def _told(knows: Knows, *, at: datetime | None) -> None:
    if at is not None:
        knows.lines.append(_("Was told something on %(day)s.") % {"day": _day(at)})


def _day(at: datetime) -> str:
    return short_day(local(at).date())
