"""What becomes of a pilot: taken up as guidance, adapted, or abandoned with its lesson. Source: workflows 6.12; R-011, R-090."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from careloom.changes.actions.guidance import draft_guidance, next_version
from careloom.changes.actions.moving import long, moved
from careloom.changes.facts import GuidanceFacts
from careloom.changes.models import Guidance, Lesson, Pilot
from careloom.changes.rights import found, leads_tier, note_for_tier
from careloom.infra.access import Viewer
from careloom.infra.answers import Done, Refused, Stale
from careloom.kernel.partnership import Tier
from careloom.kernel.partnership.changes import PILOT_STEPS
from careloom.partnership.actions.keeping import made, row_of, today, wrong
from careloom.partnership.models import Body

WAYS = ("ADOPT", "ADAPT", "ABANDON")


@transaction.atomic
def decide_pilot(
    *, by: Viewer, at: datetime, pilot_id: UUID, to: str, lesson: str, version: int, request_key: str, guidance_id: UUID | None = None, text: str = ""
) -> Done | Refused | Stale:
    """Decide an evaluated pilot, as officers of the core team or of oversight. Each way keeps its lesson.

    ADOPT drafts the next version of `guidance_id` with the words `text`, or a new guidance of the pilot's name; ADAPT lets the pilot run again;
    ABANDON keeps the lesson among those that others may read. Refused codes: NOT_ALLOWED, STATE, LESSON, TEXT, OPEN_VERSION, GUIDANCE, OVERSIGHT.
    Raises NotVisible.
    """
    row, standing = found(Pilot, by=by, pk=pilot_id)
    if not leads_tier(standing, Tier.CORE, Tier.OVERSIGHT):
        return Refused(codes=("NOT_ALLOWED",))
    taken, old = to == "ADOPT", row_of(Guidance, standing, guidance_id)
    codes = wrong(
        {
            "STATE": to not in WAYS or (row.state != to and to not in PILOT_STEPS.get(row.state, ())), "LESSON": not lesson.strip(),
            "TEXT": taken and not text.strip(), "GUIDANCE": taken and guidance_id is not None and old is None,
        }
    )  # fmt: skip
    values = {"state": to, "lesson": long(lesson), "decided_on": today(at)}
    done = moved(row, codes=codes, values=values, version=version, by=by, at=at, action=f"pilot_{to.lower()}")
    if not isinstance(done, Done):
        return done
    after: Done | Refused | Stale = done
    if taken and old is not None:
        after = next_version(by=by, at=at, guidance_id=old.pk, text=text, changed=row.title, request_key=request_key, pilot_id=row.pk)
    elif taken:
        body = Body.objects.filter(collaborative_id=row.collaborative_id, tier=Tier.OVERSIGHT, ends_on=None).order_by("starts_on", "pk").first()
        facts = GuidanceFacts(title=row.title, body_id=body.pk if body else row.body_id, text=text)
        frame = {"by": by, "at": at, "collaborative_id": row.collaborative_id, "request_key": request_key}
        after = draft_guidance(facts=facts, pilot_id=row.pk, barrier_id=row.barrier_id, **frame)  # the barrier hears of the guidance too
    if not isinstance(after, Done):
        transaction.set_rollback(True)
        return after
    note_for_tier(standing, Tier.CORE, Tier.OVERSIGHT, about_id=row.pk, words=row.title, by=by, at=at, key=f"{row.pk}:{version}")
    if to != "ADAPT" and not Lesson.objects.filter(pilot=row).exists():
        site = row.sites.filter(compares=False).order_by("name").first()
        Lesson.objects.create(
            collaborative_id=row.collaborative_id, pilot=row, title=row.title, words=row.result or row.what, place=site.name if site else "",
            worked=taken, learned=long(lesson), tags=[], **made(by, at, request_key),
        )  # fmt: skip
    return done
