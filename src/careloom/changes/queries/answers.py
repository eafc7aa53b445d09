"""What came of a barrier in these rooms: guidance and pilots that answer it, and what became of them, day by day. Source: workflows 6.9, 6.12."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from careloom.changes.models import Addressee, Guidance, GuidanceVersion, Pilot
from careloom.changes.queries.guidance import GuidanceRow, name_of, received
from careloom.infra import clock
from careloom.infra.access import Viewer
from careloom.partnership.standing import standing_of

MOST = 50


@dataclass(frozen=True, kw_only=True)
class Event:
    """Something that happened to an answer. `code`: ISSUED, READ, APPLIED, RETIRED, APPROVED, EVALUATED, or what became of a pilot.

    `who` did it, and `words` are what was said.
    """

    on: date
    code: str
    id: UUID  # of the guidance or the pilot
    of_pilot: bool
    title: str
    number: int = 0  # of the version
    who: tuple[str, ...] = ()
    words: str = ""


@dataclass(frozen=True, kw_only=True)
class CameOf:
    """Guidance with how it was received, pilots, and what happened to both in order of days."""

    guidance: tuple[GuidanceRow, ...] = ()
    pilots: tuple[Pilot, ...] = ()
    events: tuple[Event, ...] = ()


def came_of(*, viewer: Viewer, collaborative_id: UUID, barrier_ids: Iterable[UUID]) -> CameOf:
    """What answers these barriers of a collaborative. Nine queries. Raises NotVisible."""
    standing_of(viewer=viewer, collaborative_id=collaborative_id)
    ids = list(barrier_ids)
    rows = list(
        Guidance.objects.filter(collaborative_id=collaborative_id, barrier_id__in=ids).select_related("body").order_by("made_at", "pk")[:MOST]
    )
    pilots = list(Pilot.objects.filter(collaborative_id=collaborative_id, barrier_id__in=ids).select_related("body").order_by("made_at", "pk")[:MOST])
    events = [*_of_guidance(rows), *_of_pilots(pilots)]
    return CameOf(
        guidance=tuple(received(rows, today=clock.today())), pilots=tuple(pilots), events=tuple(sorted(events, key=lambda one: one.on))
    )  # fmt: skip


def _of_guidance(rows: list[Guidance]) -> list[Event]:
    found: list[Event] = []
    heard: dict[tuple[date, str, UUID], list[Addressee]] = {}
    versions = GuidanceVersion.objects.filter(guidance__in=rows).exclude(issued_on=None).select_related("guidance").order_by("issued_on", "number")
    for one in versions:
        about = {"id": one.guidance_id, "of_pilot": False, "title": one.guidance.title, "number": one.number}
        assert one.issued_on is not None
        found.append(Event(on=one.issued_on, code="ISSUED", words=one.changed, **about))
        if one.state == "RETIRED" and one.ended_on is not None:
            found.append(Event(on=one.ended_on, code="RETIRED", words=one.ended_why, **about))
    goes = Addressee.objects.filter(guidance_version__in=[one.pk for one in versions]).select_related("guidance_version__guidance", "partner", "body")
    for to in goes.order_by("acknowledged_on", "made_at", "request_key"):
        for day, code in ((to.acknowledged_on, "READ"), (to.applied_since, "APPLIED")):
            if day is not None:
                heard.setdefault((day, code, to.guidance_version_id), []).append(to)
    for (day, code, _version), some in heard.items():
        version = some[0].guidance_version
        hows = [row.applied_how for row in some if row.applied_how] if code == "APPLIED" else []
        found.append(
            Event(
                on=day, code=code, id=version.guidance_id, of_pilot=False, title=version.guidance.title, number=version.number,
                who=tuple(name_of(row) for row in some), words=" ".join(hows),
            )
        )  # fmt: skip
    return found


def _of_pilots(rows: list[Pilot]) -> list[Event]:
    found: list[Event] = []
    for row in rows:
        days = ((row.approved_on, "APPROVED", ""), (row.evaluated_on, "EVALUATED", row.result), (row.decided_on, row.state, row.lesson))
        found += [Event(on=day, code=code, id=row.pk, of_pilot=True, title=row.title, words=words) for day, code, words in days if day is not None]
    return found
