"""Taking a code and giving an answer. These write no audit line, no time and nobody's name, on purpose (docs/decisions/0012)."""

from __future__ import annotations

import re
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction

from careloom.infra.access import NotVisible, Viewer
from careloom.infra.answers import Refused
from careloom.infra.keys import KeyProblem
from careloom.partnership.actions.keeping import today
from careloom.partnership.models import Seat
from careloom.partnership.standing import standing_of
from careloom.partnership.turns import take_turn
from careloom.surveys import secrecy
from careloom.surveys.actions.rounds import valid
from careloom.surveys.models import Box, Round, Spent, Taken

MOST_WORDS = 1000
KEY = re.compile(r"[0-9a-f]{32}")


@transaction.atomic
def take_code(*, by: Viewer, at: datetime, round_id: UUID, request_key: str = "") -> str | Refused:
    """A code for a member, shown once. Kept is only that she took one. Refused codes: NOT_OPEN, NO_SEAT, CODE_TAKEN. Raises NotVisible.

    `request_key` is the random key (32 hexadecimal digits) of the button that she pressed: pressed twice, it gives the same code twice, because
    her browser shows her the second answer only. It is not kept. Without one every press is another.
    """
    row = Round.objects.filter(pk=round_id).first()
    standing = standing_of(viewer=by, collaborative_id=row.collaborative_id if row else round_id)
    if row is None:
        raise NotVisible
    if not is_open(row, at):
        return Refused(codes=("NOT_OPEN",))
    if row.kind == "PRACTICE" or not Seat.objects.filter(collaborative_id=row.collaborative_id, worker_id=by.worker_id, left_on=None).exists():
        return Refused(codes=("NO_SEAT",))
    take_turn(f"surveys:{row.pk}")
    taken = Taken.objects.select_for_update().filter(round=row).first()
    if taken is None or standing.worker_id is None:
        return Refused(codes=("NOT_OPEN",))
    key = request_key if KEY.fullmatch(request_key) else uuid4().hex  # what somebody could guess would lead to her code
    press = f"{standing.worker_id}:{key}"
    mark = secrecy.mark_of(row.pk, press)
    if standing.worker_id in taken.workers:
        return secrecy.a_code(row.pk, press=press) if mark in taken.presses else Refused(codes=("CODE_TAKEN",))
    taken.workers, taken.presses = sorted([*taken.workers, standing.worker_id]), sorted([*taken.presses, mark])
    taken.save(update_fields=["workers", "presses"])
    return secrecy.a_code(row.pk, press=press)


def round_of_code(*, code: str, at: datetime) -> Round | Refused:
    """The open round that a code opens. Refused codes: CODE, CODE_USED. As many statements for a wrong code as for a right one."""
    open_now = list(Round.objects.filter(state="OPEN", closes_on__gte=today(at)).select_related("collaborative").order_by("pk")[:1000])
    found = [row for row in open_now if secrecy.fits(row.pk, code)]
    spent = Spent.objects.filter(round_id=found[0].pk if found else None).values_list("hashes", flat=True).first() or []
    if not found:
        return Refused(codes=("CODE",))
    return Refused(codes=("CODE_USED",)) if secrecy.hash_of(code) in spent else found[0]


@transaction.atomic
def answer(*, code: str, at: datetime, sheet: secrecy.Sheet) -> Round | Refused:
    """Put a sheet ({answers, groups, votes, words}) into the box of its round. Refused codes: CODE, CODE_USED, ANSWERS.

    The whole box is shuffled and sealed anew, in one row; the hashes of used codes are sorted, in another. There is nobody to act for: no `by`.
    """
    row = round_of_code(code=code, at=at)
    if isinstance(row, Refused):
        return row
    take_turn(f"surveys:{row.pk}")
    spent, box = Spent.objects.select_for_update().filter(round=row).first(), Box.objects.select_for_update().filter(round=row).first()
    if spent is None or box is None:
        return Refused(codes=("CODE",))
    if secrecy.hash_of(code) in spent.hashes:
        return Refused(codes=("CODE_USED",))
    kept = {
        "answers": dict(sheet["answers"]), "groups": dict(sheet["groups"]), "votes": sorted(set(sheet["votes"])),
        "words": " ".join(str(sheet["words"]).split())[:MOST_WORDS],
    }  # fmt: skip
    if not valid(row, kept):
        return Refused(codes=("ANSWERS",))
    try:
        box.sealed = secrecy.seal_box(row.pk, [*secrecy.open_box(row.pk, box.sealed), kept])
    except KeyProblem:
        # The key of the round was lost: what lies in the box cannot be read any more, and no answer may seem to be in it.
        return Refused(codes=("CODE",))
    box.save(update_fields=["sealed"])
    spent.hashes = sorted([*spent.hashes, secrecy.hash_of(code)])
    spent.save(update_fields=["hashes"])
    return row


def is_open(row: Round, at: datetime) -> bool:
    """Whether it may be answered."""
    return row.state == "OPEN" and today(at) <= row.closes_on
