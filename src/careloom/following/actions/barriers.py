"""One press makes a barrier of an unmet need: a code, a county, a kind of service and words that tell nobody (workflows 6.3, 6.9)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import datetime
from secrets import SystemRandom
from uuid import UUID

from django.conf import settings
from django.db import transaction

from careloom.agencies.queries import agencies_by_id
from careloom.barriers.actions import take_in
from careloom.barriers.words import SYSTEM_CAUSES
from careloom.following.hearing import county_of, service_of
from careloom.following.models import BarrierDraft, BarrierNoted
from careloom.infra.access import Viewer
from careloom.infra.answers import Done, Refused, said
from careloom.infra.audit.actions import record
from careloom.kernel.clocks import local_day
from careloom.kernel.referral import Reason, State
from careloom.people.queries import family_of, with_infants
from careloom.plans.actions.keeping import CORE, find_row, open_plan, take_turn
from careloom.plans.merging import NeedNow, needs_now
from careloom.plans.models import Need, NeedStep, PlanOfSafeCare, Referral

_WORD = re.compile(r"[^\W\d_]+")
_TELLING = re.compile(r"\d|@|https?:")
# How far or how long a way is tells what is missing in a county and not who she is (J2.11: "transport, 70 miles").
_FAR = re.compile(r"\b\d{1,3} ?(?:miles?|minutes?|hours?|millas?|minutos?|horas?)\b", re.IGNORECASE)
LEAST = 3


def cause_of(need: NeedNow, referral: Referral | None) -> str:
    """Why a need was not met where the cause lies with services: a code of SYSTEM_CAUSES, or "" where it does not."""
    if need.result == "UNMET":
        return need.result_reason if need.result_reason in SYSTEM_CAUSES else ""
    if need.is_over or referral is None:
        return ""
    if referral.state == State.WAITLISTED or (referral.state == State.DECLINED and referral.reason == Reason.FULL):
        return "WAITLIST"
    return "NOT_ELIGIBLE" if referral.state == State.DECLINED and referral.reason == Reason.INELIGIBLE else ""


def tells(words: str, *, names: Iterable[str]) -> bool:
    """Whether words could tell who they are about: a name of the family, a number or day, an address of mail or of the web.

    A distance or a time on the way ("70 miles") may stand.
    """
    known = {part for name in names for part in _parts(name)}
    return bool(_TELLING.search(_FAR.sub("", words))) or bool(known & _parts(words))


@transaction.atomic
def pass_on(*, by: Viewer, at: datetime, need_id: UUID, words: str) -> Done | Refused:
    """Make a draft of a barrier from a need, once for each cause; pressing again changes nothing. The draft keeps no way back to the family.

    Refused codes: NOT_ALLOWED, PLAN_CLOSED, NOT_SYSTEM (no cause that lies with services), NAMES. Raises NotVisible for a hidden need.
    """
    need = find_row(Need, by=by, row_id=need_id)
    plan = open_plan(by=by, at=at, plan_id=need.plan_id)
    if not isinstance(plan, PlanOfSafeCare):
        return Refused(codes=tuple(reason.value for reason in plan.reasons))
    now = needs_now([need], NeedStep.objects.seen_by(by).filter(plan_id=plan.pk, need_id=need.pk))[0]
    referral = Referral.objects.seen_by(by).filter(need_id=need.pk).order_by("made_at", "id").last()
    code = cause_of(now, referral)
    if not code:
        return Refused(codes=("NOT_SYSTEM",))
    take_turn(f"{by.holder_id}:{need.pk}:{code}")
    known = BarrierNoted.objects.filter(holder_id=by.holder_id, need_id=need.pk, code=code).first()
    if known is not None:
        return Done(row_id=known.pk)
    people = with_infants(viewer=by, identity_ids=[plan.identity_id])
    names = [text for person in people for text in (person.given_name, person.family_name, person.preferred_name)]
    names += [member.name for member in family_of(viewer=by, identity_id=plan.identity_id)] + [need.for_whom]
    if tells(words, names=names):
        return Refused(codes=("NAMES",))
    day = local_day(at=at, zone=settings.TIME_ZONE)
    agency = agencies_by_id(ids=[plan.holder_id]).get(plan.holder_id)
    county = county_of(plan, people=people, agency_county=agency.county if agency else "")
    draft = BarrierDraft(month=day.replace(day=1), county=county, code=code, service=service_of(need.code), words=said(words, most=300))
    _keep(draft)
    take_in(month=draft.month, county=county, cause=code, service=draft.service, words=draft.words)
    noted = BarrierNoted(
        holder_id=by.holder_id, identity_id=need.identity_id, category=need.category or CORE, plan_id=plan.pk, need_id=need.pk, code=code, on=day
    )
    noted.save()
    record(by=by, at=at, action="following.barrier_noted", identity_id=plan.identity_id, object_id=noted.pk, detail={"code": code})
    return Done(row_id=noted.pk)


def mix() -> None:
    """Write the drafts of the newest month anew: after a night no transaction of the database is one in which somebody passed something on."""
    newest = BarrierDraft.objects.order_by("-month").first()
    if newest is not None:
        _mixed(list(BarrierDraft.objects.filter(month=newest.month)))


def _keep(draft: BarrierDraft) -> None:
    """Put a draft among those of its month, all of them written anew: neither their place nor their transaction tells which came with what."""
    take_turn("following:drafts")
    _mixed([draft, *BarrierDraft.objects.filter(month=draft.month)])


def _mixed(rows: list[BarrierDraft]) -> None:
    BarrierDraft.objects.filter(pk__in=[row.pk for row in rows]).delete()
    SystemRandom().shuffle(rows)
    fresh = [BarrierDraft(month=row.month, county=row.county, code=row.code, service=row.service, words=row.words) for row in rows]
    BarrierDraft.objects.bulk_create(fresh)


def _parts(text: str) -> set[str]:
    plain = unicodedata.normalize("NFKD", text or "").encode("ascii", "ignore").decode().casefold()
    return {part for part in _WORD.findall(plain) if len(part) >= LEAST}
