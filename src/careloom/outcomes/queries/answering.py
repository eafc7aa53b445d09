"""Which barrier of the reader's collaboratives answers a loss: an open one whose cause is the reason of the loss."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from careloom.barriers.models import Barrier
from careloom.infra.access import Viewer
from careloom.kernel.partnership.barrier import State
from careloom.kernel.referral.vocabulary import Reason
from careloom.partnership.standing import collaboratives_of

ENDED = (State.CLOSED.value, State.DUPLICATE.value, State.NOT_A_BARRIER.value)
#: Why a referral did not go on, and the cause of a barrier that lies behind it.
CAUSES: dict[str, tuple[str, ...]] = {
    Reason.FULL.value: ("WAITLIST",),
    Reason.INELIGIBLE.value: ("NOT_ELIGIBLE", "COST"),
    Reason.WRONG_SERVICE.value: ("NO_SERVICE",),
    Reason.NOT_NOW_AGENCY.value: ("WAITLIST", "NO_SERVICE"),
    Reason.NO_CONTACT.value: ("TOO_FAR", "CHILD_CARE", "LANGUAGE"),
    Reason.NOT_NOW.value: ("TOO_FAR", "CHILD_CARE", "STIGMA"),
    Reason.NO.value: ("STIGMA", "LANGUAGE"),
    "NOT_OFFERED": ("NO_SERVICE",),
}


@dataclass(frozen=True, kw_only=True)
class Answer:
    """A barrier that is open, or a collaborative in which one may be raised (`barrier_id` is None)."""

    collaborative_id: UUID
    barrier_id: UUID | None = None
    title: str = ""


def answer_to(*, viewer: Viewer, reasons: Sequence[str]) -> Answer | None:
    """The open barrier that answers the first of `reasons` (the largest first) that has one; else where to raise one; None for who sits nowhere.

    At most four queries.
    """
    places = collaboratives_of(viewer=viewer)
    if not places:
        return None
    open_ones = Barrier.objects.filter(collaborative__in=[one.pk for one in places], raised_on__isnull=False).exclude(state__in=ENDED)
    rows = list(open_ones.exclude(cause="").order_by("raised_on", "pk")[:200])
    for reason in reasons:
        found = next((row for cause in CAUSES.get(reason, ()) for row in rows if row.cause == cause), None)
        if found is not None:
            return Answer(collaborative_id=found.collaborative_id, barrier_id=found.pk, title=found.title)
    return Answer(collaborative_id=places[0].pk)
