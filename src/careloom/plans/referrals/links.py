"""The one-time page of a partner without an account: its secret, what it shows, and its answer.

The page reads as a LINK principal. Before a yes it reads its own row only, which holds no person; after a yes the name and telephone
number are read through a grant that `consents.links` makes when she allowed this organization by name.
Source: mockups BRIEF screen 6; 42 CFR 2.13(c); workflows 6.4 (non-digital partner).
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.db import transaction

from careloom.agencies.models import Worker
from careloom.consents.links import NOT_IDENTIFYING, end_for_links, new_link_principal, open_for_link
from careloom.infra.access import PrincipalKind, System, Viewer, acting_as, system
from careloom.infra.access.accounting import account
from careloom.infra.audit.actions import record
from careloom.kernel.referral import ENDED, Kind, Reason, State, Voice
from careloom.messages.contact import ways_for
from careloom.people.models import PersonRecord
from careloom.plans.models import Need, PlanOfSafeCare, Referral, ReferralLink
from careloom.plans.referrals import steps
from careloom.plans.referrals.answers import Answer, Moved, Refused, Why
from careloom.plans.referrals.owing import answer_due, reroute_due

PURPOSE = "care_coordination"
RECORD = "posc.plan_core"


class Tile(StrEnum):
    """The four answers of the page."""

    YES = "YES"
    WAIT = "WAIT"
    NOT_NOW = "NOT_NOW"
    WRONG = "WRONG"


STEPS = {
    Tile.YES: Answer(state=State.ACCEPTED),
    Tile.WAIT: Answer(state=State.WAITLISTED),
    Tile.NOT_NOW: Answer(state=State.DECLINED, reason=Reason.NOT_NOW_AGENCY),
    Tile.WRONG: Answer(state=State.DECLINED, reason=Reason.WRONG_SERVICE),
}


@dataclass(frozen=True, kw_only=True)
class Reach:
    """The first name and the telephone number that she allowed; empty where the care team calls instead."""

    name: str = ""
    phone: str = ""
    careful: bool = False  # somebody near her may hear it


def hash_of(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def make_link(*, by: Viewer, at: datetime, referral_id: UUID) -> Moved | Refused:
    """Make a new one-time page for a LINK referral; the one before it stops working. The token is in the answer and nowhere else."""
    row = steps.locked(by=by, referral_id=referral_id)
    if row.holder_id != by.holder_id or not by.can("PLAN_WRITE"):
        return Refused(reasons=(Why.NOT_ALLOWED,))
    if row.kind != Kind.LINK or State(row.state) in ENDED:
        return Refused(reasons=(Why.NOT_A_LINK,))
    return Moved(referral=row, token=new_link(by=by, at=at, referral=row))


def new_link(*, by: Viewer, at: datetime, referral: Referral) -> str:
    """Write the row of a new page for a locked referral and return its token (256 random bits).

    It lives until the pack's clocks suggest another service: an answer after that would come too late.
    """
    old = ReferralLink.objects.filter(referral_id=referral.pk, replaced_at=None)
    old_ids = list(old.values_list("pk", flat=True))
    old.update(replaced_at=at)
    end_for_links(link_ids=old_ids, at=at)
    token = secrets.token_urlsafe(32)
    need = Need.objects.filter(pk=referral.need_id).first()
    language = PlanOfSafeCare.objects.filter(pk=referral.plan_id).values_list("language", flat=True).first()
    asker = Worker.objects.filter(pk=referral.owner_worker_id).values_list("name", flat=True).first() or ""
    link = ReferralLink(
        holder_id=referral.holder_id, referral_id=referral.pk, token_hash=hash_of(token), expires_at=reroute_due(answer_was_due=answer_due(at=at)),
        organization=referral.organization, need_code=need.code if need else "", place=referral.place, language=language or "en",
        asked_by=asker.split(" ")[0][:60], asked_at=at,
    )  # fmt: skip
    link.save()
    new_link_principal(link_id=link.pk)
    referral.receiver_id = link.pk
    Referral.objects.filter(pk=referral.pk).update(receiver_id=link.pk)
    detail: dict[str, object] = {"link": str(link.pk), "basis": list(NOT_IDENTIFYING)}
    record(by=by, at=at, action="plans.referral_link_made", identity_id=referral.identity_id, object_id=referral.pk, detail=detail)
    return token


def viewer_of(link: ReferralLink) -> Viewer:
    """The principal that a one-time page reads as. It has no holder, no role and no permission."""
    return Viewer(principal_id=link.pk, kind=PrincipalKind.LINK, purpose=PURPOSE)


def find(*, token: str, at: datetime) -> ReferralLink | None:
    """The live page of a token, answered or not; None for a token that is unknown, expired or replaced, after the same one statement."""
    with acting_as(system(System.SIGN_IN)):
        link = ReferralLink.objects.filter(token_hash=hash_of(token)).first()
    if link is None or link.replaced_at is not None or link.expires_at <= at:
        return None
    with acting_as(viewer_of(link)):
        return ReferralLink.objects.filter(pk=link.pk).first()


@transaction.atomic
def answer_link(*, link: ReferralLink, at: datetime, tile: Tile, note: str = "") -> bool:
    """Take in the answer of a page, once. False when it was answered, replaced or overtaken before; then nothing changes."""
    with acting_as(viewer_of(link)):
        mine = ReferralLink.objects.filter(pk=link.pk, answered_at=None)
        if not mine.update(answered_at=at, answer=tile.value):
            return False
    office = system(System.JOB, holder_id=link.holder_id)
    step = STEPS[tile]
    with acting_as(office):
        row = steps.locked(by=office, referral_id=link.referral_id)
        answer = Answer(state=step.state, reason=step.reason, note=note)
        done = steps.take(by=office, at=at, referral=row, voice=Voice.THEM, answer=answer, request_key=f"link:{link.pk}")
    if not isinstance(done, Moved):
        transaction.set_rollback(True)
        return False
    if tile is Tile.YES:
        open_for_link(
            link_id=link.pk, organization=link.organization, holder_id=link.holder_id, identity_id=row.identity_id,
            category=RECORD, until=link.expires_at, at=at,
        )  # fmt: skip
    return True


def reach_of(*, link: ReferralLink, at: datetime) -> Reach:
    """The name and number for a page that said yes, as far as her consent reaches now; accounted as a disclosure when shown."""
    if link.answer != Tile.YES:
        return Reach()
    viewer = viewer_of(link)
    with acting_as(viewer):
        person = PersonRecord.objects.seen_by(viewer).filter(holder_id=link.holder_id).order_by("made_at").first()
        if person is None:
            return Reach()
        account(viewer=viewer, place="plans:link", rows=[person], at=at)
    office = system(System.JOB, holder_id=link.holder_id)
    with acting_as(office):
        ways = ways_for(viewer=office, identity_id=person.identity_id)
    return Reach(name=person.preferred_name or person.given_name, phone=ways.number(person.phone), careful=ways.careful)
