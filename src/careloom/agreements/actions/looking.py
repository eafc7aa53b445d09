"""Looking at an agreement again, and telling the Department of a change. Source: R-051, R-186, R-205; workflows.md 6.10; J5.5."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from careloom.agreements.actions.drafting import MOST_LETTERS, opened
from careloom.agreements.checklists import checklists
from careloom.agreements.facts import ReviewFacts
from careloom.agreements.models import Agreement, Notice, Review
from careloom.agreements.words import OUTCOMES
from careloom.infra.access import Viewer
from careloom.infra.answers import Done, Refused, Stale, said
from careloom.infra.packs import current_pack
from careloom.kernel.clocks import add_business_days
from careloom.kernel.partnership.agreements import State
from careloom.partnership.actions.keeping import made, put, today, wrong
from careloom.partnership.standing import standing_of
from careloom.partnership.turns import take_turn


def open_notice(row: Agreement, *, what: str, changed_on: date, by: Viewer, at: datetime, request_key: str) -> None:
    """Open the notice of a change of a working agreement: the Department hears of it within the business days of the pack (R-186)."""
    if row.kind != "WORKING":
        return
    Notice.objects.get_or_create(
        collaborative_id=row.collaborative_id, request_key=request_key[:56],
        defaults={"agreement": row, "what": said(what, most=500), "changed_on": changed_on, "due_on": notice_due(changed_on)}
        | {key: value for key, value in made(by, at, request_key).items() if key != "request_key"},
    )  # fmt: skip


def notice_due(changed_on: date) -> date:
    """The last day on which the Department hears of a change."""
    return add_business_days(start=changed_on, days=checklists().notice_days, calendar=current_pack().calendar)


@transaction.atomic
def put_notice(
    *, by: Viewer, at: datetime, agreement_id: UUID, what: str, changed_on: date, sent_on: date | None = None, sent_to: str = "", sent_how: str = "",
    request_key: str = "", notice_id: UUID | None = None, version: int = 0,
) -> Done | Refused | Stale:  # fmt: skip
    """Log a change, or that the Department was told of it. Refused codes: NOT_ALLOWED, WORDS, LATER_DAY, BEFORE, HOW. Raises NotVisible."""
    agreement, standing = opened(by=by, agreement_id=agreement_id)
    row = Notice.objects.filter(pk=notice_id, agreement=agreement).first() if notice_id else None
    if (notice_id and row is None) or not standing.runs:
        return Refused(codes=("NOT_ALLOWED",))
    codes = wrong(
        {
            "WORDS": not what.strip(),
            "LATER_DAY": changed_on > today(at) or bool(sent_on and sent_on > today(at)),
            "BEFORE": bool(sent_on and sent_on < changed_on),
            "HOW": bool(sent_on) and not (sent_how.strip() and sent_to.strip()),
        }
    )
    values = {
        "what": said(what, most=500), "changed_on": changed_on, "due_on": notice_due(changed_on), "sent_on": sent_on,
        "sent_to": said(sent_to, most=160), "sent_how": said(sent_how, most=160),
    }  # fmt: skip
    extra = {"agreement_id": agreement.pk} if row is None else {}
    return put(Notice, row, codes=codes, values=values | extra, version=version, standing=standing, by=by, at=at, request_key=request_key)


@transaction.atomic
def review(*, by: Viewer, at: datetime, agreement_id: UUID, facts: ReviewFacts, request_key: str) -> Done | Refused | Stale:
    """Keep that an agreement was looked at: is it still needed, what changed, and what follows (R-205).

    Where nothing changes it runs on to the next review; AMEND opens the next version for writing while this one stays in force.
    Refused codes: NOT_ALLOWED, BECAUSE, OUTCOME, CHANGED, NEXT_ON, STATE. Raises NotVisible.
    """
    row, standing = opened(by=by, agreement_id=agreement_id)
    if not standing.runs:
        return Refused(codes=("NOT_ALLOWED",))
    if earlier := Review.objects.filter(collaborative_id=row.collaborative_id, request_key=request_key).first():
        return Done(row_id=earlier.pk)
    ahead = facts.next_on is not None and facts.next_on > today(at)
    codes = wrong(
        {
            "BECAUSE": facts.because not in {"YEARLY", "JOINED", "LAW"},
            "OUTCOME": facts.outcome not in OUTCOMES or (facts.needed == (facts.outcome == "END")),
            "CHANGED": not facts.changed.strip(),
            "NEXT_ON": facts.outcome == "NO_CHANGE" and not ahead,
            "STATE": row.state not in {State.EXECUTED, State.AMENDMENT},
        }
    )
    values = {
        "agreement_id": row.pk, "because": facts.because, "needed": facts.needed, "changed": facts.changed.strip()[:MOST_LETTERS],
        "outcome": facts.outcome, "held_on": today(at),
    }  # fmt: skip
    done = put(Review, None, codes=codes, values=values, version=0, standing=standing, by=by, at=at, request_key=request_key)
    if isinstance(done, Done):
        if facts.outcome == "NO_CHANGE":
            row.review_on = facts.next_on
        elif facts.outcome == "AMEND":
            row.state = State.AMENDMENT
        row.row_version += 1
        row.save(update_fields=["review_on", "state", "row_version"])
    return done


@transaction.atomic
def define_success(*, by: Viewer, at: datetime, collaborative_id: UUID, facts: ReviewFacts, request_key: str) -> Done | Refused | Stale:
    """Keep what the partners call progress and success, looked at by all who are there now (R-051).

    Refused codes: NOT_ALLOWED, SUCCESS, CHANGED. Raises NotVisible.
    """
    standing = standing_of(viewer=by, collaborative_id=collaborative_id)
    take_turn(collaborative_id)
    if not standing.runs:
        return Refused(codes=("NOT_ALLOWED",))
    codes = wrong({"SUCCESS": not facts.success.strip(), "CHANGED": not facts.changed.strip()})
    values = {
        "because": "DEFINITIONS", "changed": facts.changed.strip()[:MOST_LETTERS], "success": facts.success.strip()[:MOST_LETTERS],
        "held_on": today(at),
    }  # fmt: skip
    return put(Review, None, codes=codes, values=values, version=0, standing=standing, by=by, at=at, request_key=request_key)
