"""Publishing from the console: one operator prepares and approves, and says why nobody else does."""

from __future__ import annotations

from datetime import datetime

from careloom.infra.access import System, acting_as, system
from careloom.infra.answers import Refused
from careloom.outcomes.models import Publication, Snapshot
from careloom.outcomes.publishing.actions import approve, prepare


class Unready(RuntimeError):
    """Nothing was published; the text says why and what to do."""


def publish_newest(*, at: datetime, because: str) -> str:
    """Prepare the newest snapshot and approve it; a sentence that says what became of it. That nothing is new is no failure.

    :raises Unready: there is no snapshot, or new figures would tell of somebody beside those that were taken back.
    """
    operator = system(System.EXTRACT)
    with acting_as(operator):
        snapshot = Snapshot.objects.order_by("-made_at").first()
        if snapshot is None:
            raise Unready("There is no snapshot yet. Take one with: careloom outcomes snapshot")
        ready = prepare(snapshot_id=snapshot.pk, by=operator, at=at, request_key=f"operator-{snapshot.pk}-{at:%Y%m%dT%H%M%S}", despite=because)
        if isinstance(ready, Refused):
            if ready.codes[0] == "NOTHING_NEW":
                return "Nothing is new: every year that is ripe was published already."
            if ready.codes[0] == "QUALITY":
                raise Unready(
                    "The data of a site are under the line. Look at the quality page, and say why you publish all the same: --because REASON"
                )
            cells = "; ".join(ready.codes[1:6])
            raise Unready(
                f"Beside what was taken back, new figures would tell of a few people: {cells}. Leave that year out, or wait for more records."
            )
        done = approve(publication_id=ready.row_id, by=operator, at=at, alone_because=because)
        if isinstance(done, Refused):
            raise Unready("Another publication told one of these years since. Prepare again.")
        row = Publication.objects.get(pk=done.row_id)
    return f"Published {row.told:,} figures of {len(row.years)} families and years from snapshot {snapshot.pk}."
