"""A correction: accepted, it is linked beside the record and those who still read it hear of it; denied, her statement stands beside it.

Source: 45 CFR 164.526(c), (d). The record itself is never overwritten.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.urls import reverse

from careloom.agencies.queries import agencies_by_id
from careloom.consents.given import given_rows
from careloom.infra.access import System, Viewer, acting_as, system
from careloom.infra.access.models import Disclosure, Grant, Segment
from careloom.infra.answers import Done, Refused, Stale, said
from careloom.rights.actions.outcomes import change, close, settled, to_answer
from careloom.rights.kinds import NOTES, Right
from careloom.rights.models import RightsRequest, StandsBeside
from careloom.rights.models.beside import AMENDMENT, DISAGREEMENT, REBUTTAL
from careloom.rights.models.request import DENIED, GRANTED
from careloom.work.actions import open_obligation

CORRECTED = "RECORD_CORRECTED"
LEAST_LETTERS = 3
MOST = 2000


@dataclass(frozen=True, kw_only=True)
class Told:
    """Who had been told of a part of a record: agencies that read it still, and names of others, to whom somebody must speak by hand."""

    reading: tuple[UUID, ...]
    by_hand: tuple[str, ...]


def parts_of(*, holder_id: UUID, identity_id: UUID) -> list[str]:
    """The parts of her record at a holder, as `category|provenance`. Notes that no copy opens can be corrected too. One query."""
    with acting_as(system(System.GRANTS)):
        rows = Segment.objects.filter(holder_id=holder_id, identity_id=identity_id).values_list("category", "provenance")
        return sorted(f"{category}|{provenance}" for category, provenance in rows)


@transaction.atomic
def accept_correction(*, by: Viewer, at: datetime, right_id: UUID, parts: Iterable[str], text: str, row_version: int) -> Done | Stale | Refused:
    """Link her correction beside the parts of the record that it is about, and tell the agencies that read them. Raises NotVisible.

    INVARIANT: an agency is told only where the accounting says that it was given that part, where a grant lets it read the part now, and where
    she agreed (164.526(c)(3)); to tell another would disclose what it never learned (42 CFR 2.13(c)).
    """
    row = to_answer(by=by, right_id=right_id, rights=(Right.AMENDMENT,))
    done = settled(row, row_version=row_version)
    if done is not None:
        return done
    chosen = sorted(set(parts))
    held = set(parts_of(holder_id=row.holder_id, identity_id=row.identity_id))
    wrong = {"PARTS": not chosen or not set(chosen) <= held, "TEXT": len(text.strip()) < LEAST_LETTERS, "VERIFIED": not known(row)}
    codes = tuple(code for code, is_wrong in wrong.items() if is_wrong)
    if codes:
        return Refused(codes=codes)
    _put(row, kind=AMENDMENT, parts=chosen, text=text, at=at)
    told = told_before(row, parts=chosen, at=at)
    if row.tell_others:
        for agency in told.reading:
            job = system(System.JOB, holder_id=agency)
            open_obligation(
                by=job, at=at, holder_id=agency, kind=CORRECTED, family_id=row.identity_id, identity_id=row.identity_id,
                link=reverse("rights:family", args=[row.identity_id]), request_key=f"corrected:{row.pk}", about_id=row.pk, about_kind="RIGHT",
            )  # fmt: skip
    categories = sorted({part.split("|")[0] for part in chosen})
    detail: dict[str, object] = {"parts": chosen, "told": len(told.reading) if row.tell_others else 0}
    return close(row, by=by, at=at, state=GRANTED, detail=detail, categories=categories, answer=said(text, most=1200))


def known(row: RightsRequest) -> bool:
    """Whether it is known that she asks: on her own pages she signed in, else somebody verified it (45 CFR 164.514(h))."""
    return row.came_by == "PORTAL" or len(row.verified) >= LEAST_LETTERS


def told_before(row: RightsRequest, *, parts: Iterable[str], at: datetime) -> Told:
    """Who was given these parts by this holder, by pages or by hand. Four queries, in the scope of the holder."""
    categories = sorted({part.split("|")[0] for part in parts})
    near = system(System.JOB, holder_id=row.holder_id)
    with acting_as(near):
        about = {"holder_id": row.holder_id, "identity_id": row.identity_id, "category__in": categories}
        seen = set(Disclosure.objects.filter(**about).values_list("recipient_id", flat=True).distinct()[:MOST])
        live = set(Grant.objects.filter(**about, valid_from__lte=at, valid_to__gt=at).values_list("recipient_id", flat=True).distinct()[:MOST])
        hand = given_rows(viewer=near, identity_ids=[row.identity_id], start=0, most=MOST)
    hand = [one for one in hand if one.holder_id == row.holder_id and set(one.categories) & set(categories)]
    agencies = agencies_by_id(ids=seen | {one.to_agency_id for one in hand if one.to_agency_id})
    reading = tuple(sorted((pk for pk in seen & live if pk in agencies), key=str))
    others = [agencies[pk].name_outside for pk in sorted(seen - live, key=str) if pk in agencies]
    others += [one.to for one in hand if one.to_agency_id not in reading]
    return Told(reading=reading, by_hand=tuple(dict.fromkeys(others)))


def put_disagreement(row: RightsRequest, *, by: Viewer, at: datetime, words: str) -> Done:
    """Put her statement beside the parts that she wanted corrected: those she named, else every part that a copy opens to her."""
    held = parts_of(holder_id=row.holder_id, identity_id=row.identity_id)
    named = [part for part in held if part.split("|")[0] in row.categories] or [part for part in held if part.split("|")[0] not in NOTES]
    _put(row, kind=DISAGREEMENT, parts=named, text=words, at=at)
    return change(row, by=by, at=at, step="DISAGREED", disagreement=said(words, most=1200))


@transaction.atomic
def note_disagreement(*, by: Viewer, at: datetime, right_id: UUID, words: str, rebuttal: str, row_version: int) -> Done | Stale | Refused:
    """The keeper writes down her statement that came on paper, or the holder's own word beside it (164.526(d)(2), (3)). Raises NotVisible."""
    row = to_answer(by=by, right_id=right_id, rights=(Right.AMENDMENT,))
    if row.row_version != row_version:
        return Stale(current=row)
    wrong = {
        "STATE": row.state != DENIED, "WORDS": not row.disagreement and len(words.strip()) < LEAST_LETTERS,
        "REBUTTAL": bool(row.disagreement) and (bool(row.rebuttal) or len(rebuttal.strip()) < LEAST_LETTERS),
    }  # fmt: skip
    codes = tuple(code for code, is_wrong in wrong.items() if is_wrong)
    if codes:
        return Refused(codes=codes)
    if not row.disagreement:
        return put_disagreement(row, by=by, at=at, words=words)
    with acting_as(system(System.JOB, holder_id=row.holder_id)):
        beside = [f"{one.category}|{one.provenance}" for one in StandsBeside.objects.filter(request_id=row.pk, kind=DISAGREEMENT)]
    # What stands beside a record is never changed: the rebuttal is a row of its own beside it.
    _put(row, kind=REBUTTAL, parts=beside, text=rebuttal, at=at)
    return change(row, by=by, at=at, step="REBUTTED", rebuttal=said(rebuttal, most=1200))


def _put(row: RightsRequest, *, kind: str, parts: Iterable[str], text: str, at: datetime) -> None:
    for part in parts:
        category, provenance = part.split("|", 1)
        StandsBeside(
            holder_id=row.holder_id, identity_id=row.identity_id, category=category, provenance=provenance, kind=kind, request_id=row.pk,
            text=said(text, most=1200), at=at,
        ).save()  # fmt: skip
