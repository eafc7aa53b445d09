"""How partners settle disputes, and the disputes themselves, which only the named hands know of. Source: R-044.

INVARIANT: to everybody else an action on a dispute answers as if there were none, and the audit says only that something was kept.
Row security holds the same (knowledge/migrations/0002).
"""

from __future__ import annotations

import re
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from careloom.infra.access import NotVisible, Viewer
from careloom.infra.answers import Done, Refused, Stale, said
from careloom.infra.audit.actions import record
from careloom.knowledge.actions.told import leads, next_version
from careloom.knowledge.models import Dispute, DisputeStep, Process
from careloom.partnership.actions.keeping import made, today, wrong
from careloom.partnership.models import Partner, Seat
from careloom.partnership.standing import standing_of
from careloom.partnership.turns import take_turn

KEPT = "knowledge.kept"
LINE = re.compile(r"^(?P<words>.+):\s*(?P<days>\d{1,3})$")


def steps_of(text: str) -> list[tuple[str, int]] | None:
    """Steps with their days, from lines such as "Talk with each other: 10"; None where a line reads otherwise."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    found = [LINE.match(line) for line in lines]
    if not lines or not all(found):
        return None
    return [(said(one["words"], most=200), int(one["days"])) for one in found if one]


@transaction.atomic
def adopt_process(
    *, by: Viewer, at: datetime, collaborative_id: UUID, steps: str, neutral: str, decider: str, adopted_on: date, after: int, request_key: str
) -> Done | Refused | Stale:
    """Adopt the next version of how disputes are settled. `steps`: one a line, its days after a colon.

    Refused codes: NOT_ALLOWED, STEPS, NEUTRAL, DECIDER, LATER_DAY. Raises NotVisible.
    """
    standing = standing_of(viewer=by, collaborative_id=collaborative_id)
    if not leads(standing):
        return Refused(codes=("NOT_ALLOWED",))
    found = steps_of(steps)
    codes = wrong(
        {"STEPS": found is None, "NEUTRAL": not neutral.strip(), "DECIDER": not decider.strip(), "LATER_DAY": adopted_on > today(at)}
    )  # fmt: skip
    values = {
        "steps": [words for words, _ in found or ()], "days": [days for _, days in found or ()], "neutral": said(neutral, most=160),
        "decider": said(decider, most=160), "adopted_on": adopted_on,
    }  # fmt: skip
    of = {"collaborative_id": collaborative_id}
    return next_version(Process, of, values, codes=codes, after=after, by=by, at=at, request_key=request_key)


@transaction.atomic
def open_dispute(
    *, by: Viewer, at: datetime, collaborative_id: UUID, subject: str, words: str, partners: tuple[UUID, ...], hands: tuple[UUID, ...],
    opened_on: date, request_key: str,
) -> Done | Refused:  # fmt: skip
    """Open a dispute, known from then on to `hands` (workers who sit) and to who opens it, and to nobody else.

    Refused codes: NOT_ALLOWED, NO_PROCESS, SUBJECT, WORDS, PARTNERS, HANDS, LATER_DAY. Raises NotVisible.
    """
    standing = standing_of(viewer=by, collaborative_id=collaborative_id)
    if by.worker_id is None or not leads(standing):
        return Refused(codes=("NOT_ALLOWED",))
    earlier = Dispute.objects.filter(collaborative_id=collaborative_id, request_key=request_key, made_by=by.worker_id).first()
    if earlier is not None:
        return Done(row_id=earlier.pk)
    process = Process.objects.filter(collaborative_id=collaborative_id).order_by("-version").first()
    known = set(Partner.objects.filter(collaborative_id=collaborative_id, left_on=None).values_list("pk", flat=True))
    sit = set(Seat.objects.filter(collaborative_id=collaborative_id, left_on=None).values_list("worker_id", flat=True))
    codes = wrong(
        {
            "NO_PROCESS": process is None,
            "SUBJECT": not subject.strip(),
            "WORDS": not words.strip(),
            "PARTNERS": len(set(partners)) < 2 or not set(partners) <= known,
            "HANDS": not set(hands) <= sit,
            "LATER_DAY": opened_on > today(at),
        }
    )
    if codes or process is None:
        return Refused(codes=codes)
    row = Dispute.objects.create(
        collaborative_id=collaborative_id, subject=said(subject, most=160), words=words.strip()[:4000], partners=sorted(set(partners)),
        hands=sorted({*hands, by.worker_id}), process=process, opened_on=opened_on, **made(by, at, request_key),
    )  # fmt: skip
    record(by=by, at=at, action=KEPT, object_id=row.pk)
    return Done(row_id=row.pk)


@transaction.atomic
def take_step(*, by: Viewer, at: datetime, dispute_id: UUID, step: int, on: date, words: str, request_key: str) -> Done | Refused:
    """Write down what was done at a step. Refused codes: STEP, WORDS, LATER_DAY, BEFORE, CLOSED. Raises NotVisible to all but the named hands."""
    row = held(by, dispute_id)
    take_turn(row.pk)
    earlier = DisputeStep.objects.filter(dispute=row, request_key=request_key).first()
    if earlier is not None:
        return Done(row_id=row.pk)
    codes = wrong(
        {
            "STEP": not 1 <= step <= len(row.process.steps),
            "WORDS": not words.strip(),
            "LATER_DAY": on > today(at),
            "BEFORE": on < row.opened_on,
            "CLOSED": row.closed_on is not None,
        }
    )
    if codes:
        return Refused(codes=codes)
    made_by = made(by, at, request_key)
    DisputeStep.objects.create(dispute=row, collaborative_id=row.collaborative_id, step=step, on=on, words=words.strip()[:4000], **made_by)
    record(by=by, at=at, action=KEPT, object_id=row.pk)
    return Done(row_id=row.pk)


@transaction.atomic
def close_dispute(*, by: Viewer, at: datetime, dispute_id: UUID, on: date, outcome: str) -> Done | Refused:
    """Write down how a dispute ended. Refused codes: OUTCOME, LATER_DAY, BEFORE, CLOSED. Raises NotVisible to all but the named hands."""
    row = held(by, dispute_id)
    take_turn(row.pk)
    row.refresh_from_db()
    codes = wrong(
        {"OUTCOME": not outcome.strip(), "LATER_DAY": on > today(at), "BEFORE": on < row.opened_on, "CLOSED": row.closed_on is not None}
    )  # fmt: skip
    if codes:
        return Refused(codes=codes)
    row.closed_on, row.outcome, row.row_version = on, outcome.strip()[:4000], row.row_version + 1
    row.save(update_fields=["closed_on", "outcome", "row_version"])
    record(by=by, at=at, action=KEPT, object_id=row.pk)
    return Done(row_id=row.pk)


def held(by: Viewer, dispute_id: UUID) -> Dispute:
    """A dispute in whose hands `by` is. Raises NotVisible, for a dispute that exists as for one that does not."""
    row = Dispute.objects.select_related("process").filter(pk=dispute_id, hands__contains=[by.worker_id or dispute_id]).first()
    standing_of(viewer=by, collaborative_id=row.collaborative_id if row else dispute_id)
    if row is None:
        raise NotVisible
    return row
