"""What a place decided before it began, as those who work there are bound by it: the answers that plans are made by (R-015)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from careloom.changes.models import PlaceAnswer
from careloom.infra.access import Viewer, require
from careloom.kernel.partnership.changes import Question
from careloom.kernel.partnership.vocabulary import plain_place
from careloom.partnership.models import Partner


@dataclass(frozen=True, kw_only=True)
class Decided:
    """The answer to one question that counts for a place: the choice, in which words, since when, and which partnership gave it."""

    choice: str
    words: str
    since: date
    partnership: str


def decided_for(*, viewer: Viewer, place: str) -> dict[Question, Decided]:
    """The answers that count for the reader's agency, whose county is `place`: those of the partnerships it takes part in.

    A partnership that names no places answers for all its partners. When two have answered, the later day counts. One query.
    """
    require(viewer)
    taking_part = Partner.objects.filter(agency_id=viewer.holder_id, left_on=None, collaborative__ends_on=None).values("collaborative_id")
    rows = PlaceAnswer.objects.filter(collaborative_id__in=taking_part).select_related("collaborative").order_by("answered_on", "version", "pk")
    return {
        Question(row.question): Decided(choice=row.choice, words=row.answer, since=row.answered_on, partnership=row.collaborative.name)
        for row in rows
        if not row.collaborative.places or plain_place(row.place) == plain_place(place)
    }
