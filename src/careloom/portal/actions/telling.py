"""The handout: that it was given and read (R-156). And what she says of a service (J4.9) or of her whole plan (J2.13)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from careloom.consents.turns import take_turn
from careloom.infra.access import NotVisible, System, Viewer, acting_as, require, system
from careloom.infra.answers import Done, Refused, said
from careloom.infra.audit.actions import record
from careloom.kernel.plan import PlanState
from careloom.messages.actions import NotSent, send
from careloom.people.queries import names_of
from careloom.plans.models import PlanOfSafeCare, Referral
from careloom.portal.models import HandoutGiven, PortalPerson, ServiceRating
from careloom.work.actions import open_obligation

#: The day of the handout's words: a new text is a new edition, and what was given is known by it.
EDITION = "2026-11"
WAYS = ("PAPER", "SHOWN", "TEXT")
SAYS = ("GOOD", "OK", "NOT_GOOD")
HEARD = ("YES", "SOMETIMES", "NO")


@dataclass(frozen=True, kw_only=True)
class Given:
    """The record of one handing over; `not_sent` says why the text message did not go out."""

    row: HandoutGiven
    not_sent: str = ""


@transaction.atomic
def give_handout(*, by: Viewer, at: datetime, identity_id: UUID, language: str, how: str, request_key: str) -> Given | Refused:
    """Record that the handout was given, and with TEXT send her the way to it in a neutral sentence within her rules.

    Nothing is recorded when the text message may not go out. Raises NotVisible for a mother of whom `by` sees no record.
    """
    require(by)
    if not by.can("PLAN_WRITE") or by.holder_id is None:
        return Refused(codes=("NOT_ALLOWED",))
    mother = names_of(viewer=by, identity_ids=[identity_id]).get(identity_id)
    if mother is None or mother.role != "MOTHER" or how not in WAYS:
        raise NotVisible
    take_turn([f"{by.holder_id}:{request_key}"])
    known = HandoutGiven.objects.filter(holder_id=by.holder_id, request_key=request_key).first()
    if known is not None:
        return Given(row=known)
    row = HandoutGiven(
        holder_id=by.holder_id, identity_id=identity_id, category="posc.plan_core", edition=EDITION, language=language, how=how, given_at=at,
        worker_id=by.worker_id, request_key=request_key,
    )  # fmt: skip
    if how == "TEXT":
        person = PortalPerson.objects.filter(holder_id=by.holder_id, identity_id=identity_id, ended_at=None).first()
        sent = send(
            by=by, at=at, identity_id=identity_id, sentence="HANDOUT", address=person.phone if person else mother.phone, language=language,
            link=f"{settings.ENVIRONMENT.address}{reverse('portal:handout')}", request_key=f"handout:{request_key}"[:64],
        )  # fmt: skip
        if isinstance(sent, NotSent):
            return Given(row=row, not_sent=sent.because)
    row.save()
    record(by=by, at=at, action="portal.handout_given", identity_id=identity_id, object_id=row.pk, detail={"language": language, "how": how})
    return Given(row=row)


@transaction.atomic
def read_handout(*, by: Viewer, at: datetime, identity_id: UUID) -> int:
    """She says that she read it; how many handings over learn of it. The first time counts."""
    require(by)
    found = HandoutGiven.objects.filter(identity_id=identity_id, read_at=None).update(read_at=at)
    if found:
        record(by=by, at=at, action="portal.handout_read", identity_id=identity_id)
    return int(found)


@transaction.atomic
def rate_service(*, by: Viewer, at: datetime, referral_id: UUID, says: str, words: str) -> Done | Refused:
    """Keep how a service was for her; a new answer takes the place of the old one. Raises NotVisible for a referral that is not hers."""
    require(by)
    referral = Referral.objects.seen_by(by).filter(pk=referral_id).first()
    if referral is None:
        raise NotVisible
    if says not in SAYS:
        return Refused(codes=("SAYS",))
    take_turn([f"{by.holder_id}:rating:{referral_id}"])
    row = ServiceRating.objects.filter(holder_id=by.holder_id, referral_id=referral_id).first() or ServiceRating(
        holder_id=by.holder_id, identity_id=referral.identity_id, category="posc.referral_status", provenance="self_reported", referral_id=referral_id
    )
    row.says, row.words, row.at = says, said(words, most=300), at
    row.save()
    record(by=by, at=at, action="portal.service_rated", identity_id=referral.identity_id, object_id=row.pk, detail={"says": says})
    return Done(row_id=row.pk)


@transaction.atomic
def rate_plan(*, by: Viewer, at: datetime, plan_id: UUID, says: str, heard: str, words: str) -> Done | Refused:
    """Keep how her closed plan was for her; whoever kept it reads it. A new answer takes the place of the old one.

    Refused codes: OPEN (the plan goes on), SAYS, HEARD. Raises NotVisible for a plan that is not hers.
    """
    require(by)
    plan = PlanOfSafeCare.objects.seen_by(by).filter(pk=plan_id).first()
    if plan is None:
        raise NotVisible
    wrong = {"OPEN": plan.status != PlanState.CLOSED, "SAYS": says not in SAYS, "HEARD": heard not in HEARD}
    if any(wrong.values()):
        return Refused(codes=tuple(code for code, is_wrong in wrong.items() if is_wrong))
    take_turn([f"{by.holder_id}:rating:{plan_id}"])
    row = ServiceRating.objects.filter(holder_id=by.holder_id, plan_id=plan_id).first() or ServiceRating(
        holder_id=by.holder_id, identity_id=plan.identity_id, category="posc.plan_core", provenance="self_reported", plan_id=plan_id
    )
    row.says, row.heard, row.words, row.at = says, heard, said(words, most=300), at
    row.save()
    keeper = system(System.JOB, holder_id=plan.holder_id)
    with acting_as(keeper):
        open_obligation(
            by=keeper, at=at, holder_id=plan.holder_id, kind="PLAN_RATED", family_id=plan.identity_id, identity_id=plan.identity_id,
            worker_id=plan.lead_worker_id if plan.lead_agency_id == plan.holder_id else None,
            link=reverse("portal:invite", args=[plan.identity_id]), about_id=row.pk, about_kind="RATING", request_key=f"rated:{row.pk}",
        )  # fmt: skip
    record(by=by, at=at, action="portal.plan_rated", identity_id=plan.identity_id, object_id=row.pk, detail={"says": says, "heard": heard})
    return Done(row_id=row.pk)
