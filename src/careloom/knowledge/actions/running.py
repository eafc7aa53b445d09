"""Tasks, reviews, and what members say of themselves. Source: R-023, R-034, R-039, R-047, R-059, R-060, R-061, R-079, R-112."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from careloom.infra.access import Viewer
from careloom.infra.answers import Done, Refused, Stale, said
from careloom.infra.audit.actions import record
from careloom.kernel.partnership.knowing import CHECKLISTS, GUIDES, SELF_SAID, TASK_LISTS
from careloom.knowledge.models import Review, SelfSaid, Task
from careloom.knowledge.queries.running import may_do, may_review
from careloom.partnership.actions.keeping import made, put, row_of, today, wrong
from careloom.partnership.models import Partner
from careloom.partnership.standing import standing_of
from careloom.partnership.turns import take_turn


@transaction.atomic
def add_task(
    *, by: Viewer, at: datetime, collaborative_id: UUID, task_list: str, about: UUID, words: str, partner_id: UUID | None = None,
    due_on: date | None = None, topic: str = "", rural: bool = False, request_key: str,
) -> Done | Refused | Stale:  # fmt: skip
    """Add a task of one's own to a list. Refused codes: NOT_ALLOWED, WORDS, PARTNER. Raises NotVisible."""
    standing = standing_of(viewer=by, collaborative_id=collaborative_id)
    if task_list not in TASK_LISTS or not may_do(standing, task_list=task_list, about=about) or topic not in {"", *GUIDES}:
        return Refused(codes=("NOT_ALLOWED",))
    text = said(words, most=200)
    partner = row_of(Partner, standing, partner_id)
    codes = wrong({"WORDS": not text, "PARTNER": partner_id is not None and partner is None})
    values = {
        "task_list": task_list, "about": about, "words": text, "partner_id": partner_id, "due_on": due_on, "topic": topic, "rural": rural,
    }  # fmt: skip
    return put(Task, None, codes=codes, values=values, version=0, standing=standing, by=by, at=at, request_key=request_key)


@transaction.atomic
def tick(
    *, by: Viewer, at: datetime, collaborative_id: UUID, task_list: str, about: UUID, item: str, on: date, note: str = "", request_key: str
) -> Done | Refused:
    """Say that a task was done, on which day, and who was there. `item`: the code of an item that everybody has, or the id of a task of one's own.

    Done again, the day and the note change. Refused codes: NOT_ALLOWED, ITEM, LATER_DAY. Raises NotVisible.
    """
    standing = standing_of(viewer=by, collaborative_id=collaborative_id)
    if task_list not in TASK_LISTS or not may_do(standing, task_list=task_list, about=about):
        return Refused(codes=("NOT_ALLOWED",))
    take_turn(f"tasks:{about}:{task_list}")
    rows = Task.objects.filter(collaborative_id=collaborative_id, task_list=task_list, about=about)
    common = item in CHECKLISTS.get(task_list, ())
    own = {} if common else {str(row.pk): row for row in rows.filter(code="")}
    row = rows.filter(code=item).first() if common else own.get(item)
    codes = wrong({"ITEM": not common and row is None, "LATER_DAY": on > today(at)})
    if codes:
        return Refused(codes=codes)
    if row is None:
        row = Task(collaborative_id=collaborative_id, task_list=task_list, about=about, code=item, row_version=0, **made(by, at, request_key))
    row.done_on, row.note, row.row_version = on, said(note, most=300), row.row_version + 1
    row.save()
    record(by=by, at=at, action="knowledge.task_done", object_id=row.pk, detail={"list": task_list})
    return Done(row_id=row.pk)


@transaction.atomic
def hold_review(
    *, by: Viewer, at: datetime, collaborative_id: UUID, kind: str, about: UUID, held_on: date, words: str, next_on: date, outcomes: str = "",
    request_key: str,
) -> Done | Refused | Stale:  # fmt: skip
    """Write down a look at champions, at who should be at the table, or at a partner's equity, and when the next one is.

    Refused codes: NOT_ALLOWED, WORDS, OUTCOMES, LATER_DAY, NEXT. Raises NotVisible.
    """
    standing = standing_of(viewer=by, collaborative_id=collaborative_id)
    if not may_review(standing, kind=kind, about=about):
        return Refused(codes=("NOT_ALLOWED",))
    codes = wrong(
        {
            "WORDS": not words.strip(),
            "OUTCOMES": kind == "equity" and not outcomes.strip(),
            "LATER_DAY": held_on > today(at),
            "NEXT": next_on <= held_on,
        }
    )
    values = {
        "kind": kind, "about": about, "held_on": held_on, "words": words.strip()[:4000], "outcomes": outcomes.strip()[:4000], "next_on": next_on,
    }  # fmt: skip
    return put(Review, None, codes=codes, values=values, version=0, standing=standing, by=by, at=at, request_key=request_key)


@transaction.atomic
def say_of_self(
    *, by: Viewer, at: datetime, collaborative_id: UUID, race: tuple[str, ...], place: str, language: str, request_key: str
) -> Done | Refused:
    """What a member says of herself, or takes back by leaving it empty (R-034). Refused codes: NOT_ALLOWED. Raises NotVisible."""
    standing_of(viewer=by, collaborative_id=collaborative_id)
    right = set(race) <= set(SELF_SAID["RACE"]) and place in {"", *SELF_SAID["PLACE"]} and language in {"", *SELF_SAID["LANGUAGE"]}
    if by.worker_id is None or not right:
        return Refused(codes=("NOT_ALLOWED",))
    take_turn(f"self:{by.worker_id}")
    row = SelfSaid.objects.filter(collaborative_id=collaborative_id, worker_id=by.worker_id).first()
    row = row or SelfSaid(collaborative_id=collaborative_id, worker_id=by.worker_id, row_version=0, **made(by, at, request_key))
    row.race, row.place, row.language, row.row_version = list(race), place, language, row.row_version + 1
    row.save()
    record(by=by, at=at, action="knowledge.self_said", object_id=row.pk)
    return Done(row_id=row.pk)
