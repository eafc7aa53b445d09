"""Guidance: drafted, open for comments, issued to partners and bodies, replaced or retired. Source: workflows 6.12; R-006."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from careloom.changes.actions.moving import long, moved
from careloom.changes.facts import GuidanceFacts
from careloom.changes.models import Addressee, Comment, Guidance, GuidanceVersion, Pilot
from careloom.changes.rights import found, last_day, leads_any, leads_tier, signer
from careloom.infra.access import Viewer
from careloom.infra.answers import Done, Refused, Stale, said
from careloom.infra.audit.actions import record
from careloom.kernel.packs import ClockName
from careloom.kernel.partnership import Tier
from careloom.kernel.partnership.changes import GUIDANCE_STEPS
from careloom.partnership.actions.keeping import made, put, row_of, today, wrong
from careloom.partnership.actions.noting import note
from careloom.partnership.models import Body, Partner
from careloom.partnership.standing import standing_of
from careloom.partnership.turns import take_turn

OPEN = ("DRAFT", "CONSULT")


@transaction.atomic
def draft_guidance(
    *, by: Viewer, at: datetime, collaborative_id: UUID, facts: GuidanceFacts, request_key: str, barrier_id: UUID | None = None,
    pilot_id: UUID | None = None,
) -> Done | Refused | Stale:  # fmt: skip
    """Begin a guidance with the draft of its first version; the answer's `row_id` is the guidance.

    `barrier_id` where it answers a barrier, `pilot_id` where a pilot showed that it works. Officers of any body may draft.
    Refused codes: NOT_ALLOWED, TITLE, OVERSIGHT, TEXT. Raises NotVisible.
    """
    standing = standing_of(viewer=by, collaborative_id=collaborative_id)
    take_turn(collaborative_id)
    if not leads_any(standing):
        return Refused(codes=("NOT_ALLOWED",))
    body, title = row_of(Body, standing, facts.body_id), said(facts.title, most=120)
    codes = wrong({"TITLE": not title, "OVERSIGHT": body is None or body.tier != Tier.OVERSIGHT, "TEXT": not facts.text.strip()})
    values = {"title": title, "body_id": facts.body_id, "barrier_id": barrier_id}
    done = put(Guidance, None, codes=codes, values=values, version=0, standing=standing, by=by, at=at, request_key=request_key)
    if isinstance(done, Done):
        row = {"guidance_id": done.row_id, "number": 1, "text": long(facts.text), "pilot_id": row_of_pilot(standing.collaborative.pk, pilot_id)}
        put(GuidanceVersion, None, codes=(), values=row, version=0, standing=standing, by=by, at=at, request_key=f"{request_key}-1"[:56])
    return done


def row_of_pilot(collaborative_id: UUID, pilot_id: UUID | None) -> UUID | None:
    """The id of a pilot of this collaborative, or None."""
    return pilot_id if pilot_id and Pilot.objects.filter(pk=pilot_id, collaborative_id=collaborative_id).exists() else None


@transaction.atomic
def next_version(
    *, by: Viewer, at: datetime, guidance_id: UUID, text: str, changed: str, request_key: str, pilot_id: UUID | None = None
) -> Done | Refused | Stale:
    """Draft the version after the newest one. Refused codes: NOT_ALLOWED, TEXT, WHY, OPEN_VERSION. Raises NotVisible."""
    row, standing = found(Guidance, by=by, pk=guidance_id)
    if not leads_any(standing):
        return Refused(codes=("NOT_ALLOWED",))
    newest = row.versions.order_by("-number").first()
    if newest is not None and newest.request_key == request_key:
        return Done(row_id=row.pk)
    codes = wrong({"TEXT": not text.strip(), "WHY": not changed.strip(), "OPEN_VERSION": newest is not None and newest.state in OPEN})
    if codes:
        return Refused(codes=codes)
    version = GuidanceVersion.objects.create(
        collaborative_id=row.collaborative_id, guidance=row, number=newest.number + 1 if newest else 1, text=long(text),
        changed=said(changed, most=300), pilot_id=row_of_pilot(row.collaborative_id, pilot_id), **made(by, at, request_key),
    )  # fmt: skip
    record(by=by, at=at, action="changes.guidance_version_drafted", object_id=version.pk)
    return Done(row_id=row.pk)


@transaction.atomic
def write_draft(*, by: Viewer, at: datetime, version_id: UUID, text: str, changed: str, version: int) -> Done | Refused | Stale:
    """Change the words of a draft. Refused codes: NOT_ALLOWED, STATE, TEXT. Raises NotVisible."""
    row, standing = found(GuidanceVersion, by=by, pk=version_id)
    if not leads_any(standing):
        return Refused(codes=("NOT_ALLOWED",))
    codes = wrong({"STATE": row.state != "DRAFT", "TEXT": not text.strip()})
    values = {"text": long(text), "changed": said(changed, most=300)}
    return moved(row, codes=codes, values=values, version=version, by=by, at=at, action="guidance_draft_written")


@transaction.atomic
def open_comments(*, by: Viewer, at: datetime, version_id: UUID, until: date, version: int) -> Done | Refused | Stale:
    """Open a draft for comments until a day. Refused codes: NOT_ALLOWED, STATE, UNTIL. Raises NotVisible."""
    row, standing = found(GuidanceVersion, by=by, pk=version_id)
    if not leads_any(standing):
        return Refused(codes=("NOT_ALLOWED",))
    codes = wrong({"STATE": "CONSULT" not in GUIDANCE_STEPS.get(row.state, ()), "UNTIL": until <= today(at)})
    values = {"state": "CONSULT", "consult_until": until}
    return moved(row, codes=codes, values=values, version=version, by=by, at=at, action="guidance_comments_opened")


@transaction.atomic
def close_comments(*, by: Viewer, at: datetime, version_id: UUID, version: int) -> Done | Refused | Stale:
    """Take a version back to the draft, to write in what the comments said. Refused codes: NOT_ALLOWED, STATE. Raises NotVisible."""
    row, standing = found(GuidanceVersion, by=by, pk=version_id)
    if not leads_any(standing):
        return Refused(codes=("NOT_ALLOWED",))
    codes = wrong({"STATE": row.state != "CONSULT"})
    return moved(row, codes=codes, values={"state": "DRAFT"}, version=version, by=by, at=at, action="guidance_comments_closed")


@transaction.atomic
def comment(*, by: Viewer, at: datetime, version_id: UUID, words: str, request_key: str) -> Done | Refused | Stale:
    """Comment on a version while it is open, as any member. Refused codes: STATE, WORDS. Raises NotVisible."""
    row, standing = found(GuidanceVersion, by=by, pk=version_id)
    codes = wrong({"STATE": row.state != "CONSULT", "WORDS": not words.strip()})
    values = {"guidance_version_id": row.pk, "who": signer(standing), "words": long(words)}
    return put(Comment, None, codes=codes, values=values, version=0, standing=standing, by=by, at=at, request_key=request_key)


@transaction.atomic
def issue(
    *, by: Viewer, at: datetime, version_id: UUID, partner_ids: tuple[UUID, ...], body_ids: tuple[UUID, ...], version: int
) -> Done | Refused | Stale:
    """Issue a version to partners and bodies; the one before is replaced. Officers of the oversight body that issues it.

    Each acknowledges it until the last day of the pack's clock. Refused codes: NOT_ALLOWED, STATE, CONSULT_OPEN, ADDRESSEES. Raises NotVisible.
    """
    row, standing = found(GuidanceVersion, by=by, pk=version_id)
    if not standing.leads(row.guidance.body_id):
        return Refused(codes=("NOT_ALLOWED",))
    day = today(at)
    partners = list(Partner.objects.filter(pk__in=partner_ids, collaborative_id=row.collaborative_id, left_on=None))
    bodies = list(Body.objects.filter(pk__in=body_ids, collaborative_id=row.collaborative_id, ends_on=None))
    codes = wrong(
        {
            "STATE": "ISSUED" not in GUIDANCE_STEPS.get(row.state, ()),
            "CONSULT_OPEN": row.state == "CONSULT" and row.consult_until is not None and day < row.consult_until,
            "ADDRESSEES": not (partners or bodies) or len(partners) != len(set(partner_ids)) or len(bodies) != len(set(body_ids)),
        }
    )
    done = moved(row, codes=codes, values={"state": "ISSUED", "issued_on": day}, version=version, by=by, at=at, action="guidance_issued")
    if not isinstance(done, Done) or row.addressees.exists():
        return done
    note(standing, body_id=row.guidance.body_id, about_id=row.pk, words=row.guidance.title, by=by, at=at, key=f"{row.pk}:ISSUED")
    for older in GuidanceVersion.objects.filter(guidance=row.guidance, state="ISSUED").exclude(pk=row.pk):
        moved(older, codes=(), values={"state": "REPLACED", "ended_on": day}, version=older.row_version, by=by, at=at, action="guidance_replaced")
    due = last_day(ClockName.GUIDANCE_ACKNOWLEDGE, standing=standing, start=day)
    goes = [{"partner": one} for one in partners] + [{"body": one} for one in bodies]  # type: ignore[dict-item]
    Addressee.objects.bulk_create(
        Addressee(collaborative_id=row.collaborative_id, guidance_version=row, due_on=due, **to, **made(by, at, f"{place}"))
        for place, to in enumerate(goes)
    )
    return done


@transaction.atomic
def retire(*, by: Viewer, at: datetime, version_id: UUID, why: str, version: int) -> Done | Refused | Stale:
    """End a guidance that is in force. Refused codes: NOT_ALLOWED, STATE, WHY. Raises NotVisible."""
    row, standing = found(GuidanceVersion, by=by, pk=version_id)
    if not standing.leads(row.guidance.body_id) or not leads_tier(standing, Tier.OVERSIGHT):
        return Refused(codes=("NOT_ALLOWED",))
    codes = wrong({"STATE": "RETIRED" not in GUIDANCE_STEPS.get(row.state, ()), "WHY": not why.strip()})
    values = {"state": "RETIRED", "ended_on": today(at), "ended_why": said(why, most=300)}
    done = moved(row, codes=codes, values=values, version=version, by=by, at=at, action="guidance_retired")
    if isinstance(done, Done):
        note(standing, body_id=row.guidance.body_id, about_id=row.pk, words=row.guidance.title, by=by, at=at, key=f"{row.pk}:RETIRED")
    return done
