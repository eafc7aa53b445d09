"""What comes back: a version acknowledged and applied, and feedback read, answered and closed. Source: workflows 6.12; R-006, R-011."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from careloom.changes.actions.moving import long, moved
from careloom.changes.models import Addressee, Feedback, Guidance, Pilot
from careloom.changes.rights import found, last_day, leads_tier, signer
from careloom.infra.access import Viewer
from careloom.infra.answers import Done, Refused, Stale, said
from careloom.kernel.packs import ClockName
from careloom.kernel.partnership import Tier
from careloom.partnership.actions.keeping import put, today, wrong
from careloom.partnership.standing import Standing, name_of


def answers_for(standing: Standing, row: Addressee) -> bool:
    """Whether she answers for a partner or a body to which a version went: somebody of that agency, an officer of that body."""
    return row.partner_id in standing.partner_ids if row.partner_id else row.body_id in standing.officer_of


def speaks(standing: Standing, row: Addressee) -> bool:
    """Whether she may write down an answer: her own, or, as who runs the collaborative, one that came on paper."""
    return standing.runs or answers_for(standing, row)


def hears(standing: Standing, row: Feedback) -> bool:
    """Whether she may read and answer feedback: officers of who issues the guidance, or of who runs the pilot and of the core team."""
    if row.guidance is not None:
        return standing.leads(row.guidance.body_id)
    return standing.leads(row.pilot.body_id) or leads_tier(standing, Tier.CORE, Tier.OVERSIGHT)  # type: ignore[union-attr]


@transaction.atomic
def acknowledge(*, by: Viewer, at: datetime, addressee_id: UUID, version: int, who: str = "") -> Done | Refused | Stale:
    """Say that a partner or a body has read what was issued to it. `who`: whose answer came on paper, where one notes it for another (0013).

    Refused codes: NOT_ALLOWED, STATE, WHO. Raises NotVisible.
    """
    row, standing = found(Addressee, by=by, pk=addressee_id)
    if not speaks(standing, row):
        return Refused(codes=("NOT_ALLOWED",))
    if row.acknowledged_on is not None:
        return Done(row_id=row.pk)
    said_by = _said_by(standing, row, who=who, by=by)
    codes = wrong({"STATE": row.guidance_version.state != "ISSUED", "WHO": not said_by["acknowledged_by"]})
    values = {"acknowledged_on": today(at), **said_by}
    return moved(row, codes=codes, values=values, version=version, by=by, at=at, action="guidance_acknowledged")


@transaction.atomic
def apply(*, by: Viewer, at: datetime, addressee_id: UUID, since: date, how: str, version: int, who: str = "") -> Done | Refused | Stale:
    """Say since when a partner or a body works so, and how; that acknowledges it too. `who`: as in `acknowledge`.

    Refused codes: NOT_ALLOWED, STATE, SINCE, HOW, WHO. Raises NotVisible.
    """
    row, standing = found(Addressee, by=by, pk=addressee_id)
    if not speaks(standing, row):
        return Refused(codes=("NOT_ALLOWED",))
    issued = row.guidance_version.issued_on
    said_by = _said_by(standing, row, who=who, by=by) if row.acknowledged_on is None else {}
    codes = wrong(
        {
            "STATE": row.guidance_version.state != "ISSUED",
            "SINCE": issued is None or not issued <= since <= today(at),
            "HOW": not how.strip(),
            "WHO": bool(said_by) and not said_by["acknowledged_by"],
        }
    )
    values = {"applied_since": since, "applied_how": said(how, most=300)}
    if said_by:
        values |= {"acknowledged_on": today(at), **said_by}
    return moved(row, codes=codes, values=values, version=version, by=by, at=at, action="guidance_applied")


@transaction.atomic
def send_feedback(
    *, by: Viewer, at: datetime, words: str, request_key: str, guidance_id: UUID | None = None, pilot_id: UUID | None = None
) -> Done | Refused | Stale:
    """Tell who issued a guidance or runs a pilot how it goes, as any member. It is read within the pack's days.

    Refused codes: WORDS. Raises NotVisible.
    """
    about, standing = found(Guidance, by=by, pk=guidance_id) if guidance_id else found(Pilot, by=by, pk=pilot_id)  # type: ignore[arg-type]
    day = today(at)
    values = {
        "guidance_id": about.pk if guidance_id else None, "pilot_id": None if guidance_id else about.pk, "who": signer(standing),
        "words": long(words), "sent_on": day, "read_by": last_day(ClockName.FEEDBACK_READ, standing=standing, start=day),
    }  # fmt: skip
    codes = wrong({"WORDS": not words.strip()})
    return put(Feedback, None, codes=codes, values=values, version=0, standing=standing, by=by, at=at, request_key=request_key)


@transaction.atomic
def read_feedback(*, by: Viewer, at: datetime, feedback_id: UUID, version: int) -> Done | Refused | Stale:
    """Say that feedback was read. Refused codes: NOT_ALLOWED. Raises NotVisible."""
    row, standing = found(Feedback, by=by, pk=feedback_id)
    if not hears(standing, row):
        return Refused(codes=("NOT_ALLOWED",))
    if row.read_on is not None:
        return Done(row_id=row.pk)
    return moved(row, codes=(), values={"read_on": today(at)}, version=version, by=by, at=at, action="feedback_read")


@transaction.atomic
def answer_feedback(*, by: Viewer, at: datetime, feedback_id: UUID, words: str, version: int) -> Done | Refused | Stale:
    """Answer feedback; that reads it too. Refused codes: NOT_ALLOWED, STATE, ANSWER. Raises NotVisible."""
    row, standing = found(Feedback, by=by, pk=feedback_id)
    if not hears(standing, row):
        return Refused(codes=("NOT_ALLOWED",))
    codes = wrong({"STATE": row.state == "CLOSED", "ANSWER": not words.strip()})
    values = {"answer": long(words), "answered_on": today(at), "read_on": row.read_on or today(at)}
    return moved(row, codes=codes, values=values, version=version, by=by, at=at, action="feedback_answered")


@transaction.atomic
def close_feedback(*, by: Viewer, at: datetime, feedback_id: UUID, version: int) -> Done | Refused | Stale:
    """Close feedback that was answered: who sent it, or who answered. Refused codes: NOT_ALLOWED, STATE. Raises NotVisible."""
    row, standing = found(Feedback, by=by, pk=feedback_id)
    if not (hears(standing, row) or (row.made_by is not None and row.made_by == standing.worker_id)):
        return Refused(codes=("NOT_ALLOWED",))
    codes = wrong({"STATE": row.state != "ANSWERED"})
    return moved(row, codes=codes, values={"closed_on": today(at)}, version=version, by=by, at=at, action="feedback_closed")


def _said_by(standing: Standing, row: Addressee, *, who: str, by: Viewer) -> dict[str, str]:
    """Whose answer it is, and who noted it where it came on paper."""
    if answers_for(standing, row):
        return {"acknowledged_by": signer(standing), "noted_by": ""}
    return {"acknowledged_by": said(who, most=120), "noted_by": name_of(viewer=by, collaborative_id=row.collaborative_id)}
