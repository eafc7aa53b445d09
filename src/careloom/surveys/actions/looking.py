"""Walks through the system, readings of the stage, reviews of practices. Source: R-062, R-063, R-214, R-217."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from careloom.infra.access import NotVisible, Viewer
from careloom.infra.answers import Done, Refused, Stale, said
from careloom.infra.audit.actions import record
from careloom.kernel.partnership.stages import STAGE_OF, stage_reached
from careloom.kernel.suppression import HOUSE_SETTINGS
from careloom.partnership.actions.keeping import put, row_of, today, values_of, wrong
from careloom.partnership.models import Partner
from careloom.partnership.standing import standing_of
from careloom.partnership.turns import take_turn
from careloom.surveys.actions.following import works_here
from careloom.surveys.facts import ReviewFacts, StageFacts, StepFacts, WalkFacts
from careloom.surveys.models import AlignmentReview, Rhythm, StageReading, Walk, WalkStep
from careloom.surveys.words import BARRIER_KINDS, FITS, SOURCES

LONG = 8000


@transaction.atomic
def put_walk(
    *, by: Viewer, at: datetime, collaborative_id: UUID, facts: WalkFacts, request_key: str = "", walk_id: UUID | None = None, version: int = 0
) -> Done | Refused | Stale:
    """Begin a walk, or change one. Refused codes: NOT_ALLOWED, TITLE, SCOPE, SPONSOR, LATER_DAY, GROUPS, NEXT_ON. Raises NotVisible."""
    standing = standing_of(viewer=by, collaborative_id=collaborative_id)
    row = row_of(Walk, standing, walk_id)
    if not works_here(standing) or (walk_id is not None and row is None):
        return Refused(codes=("NOT_ALLOWED",))
    groups = [said(name, most=40) for name in facts.groups if name.strip()]
    codes = wrong(
        {
            "TITLE": not facts.title.strip(),
            "SCOPE": not facts.scope.strip(),
            "SPONSOR": row_of(Partner, standing, facts.sponsor_id) is None,
            "LATER_DAY": facts.walked_on > today(at),
            "GROUPS": len(groups) > 6 or len(set(groups)) < len(groups),
            "NEXT_ON": facts.next_on is not None and facts.next_on <= facts.walked_on,
        }
    )
    values = {
        **values_of(facts), "title": said(facts.title, most=120), "scope": said(facts.scope, most=300), "groups": groups,
        "root_cause": facts.root_cause.strip()[:LONG], "to_be": facts.to_be.strip()[:LONG],
    }  # fmt: skip
    done = put(Walk, row, codes=codes, values=values, version=version, standing=standing, by=by, at=at, request_key=request_key)
    if isinstance(done, Done) and facts.next_on is not None:
        Rhythm.objects.filter(collaborative_id=collaborative_id, kind="WALK").update(next_on=facts.next_on)
    return done


@transaction.atomic
def put_step(
    *, by: Viewer, at: datetime, walk_id: UUID, facts: StepFacts, request_key: str = "", step_id: UUID | None = None, version: int = 0
) -> Done | Refused | Stale:
    """Add a step to a walk, or change one. A count from 1 to 10 is not kept, only that it was small.

    Refused codes: NOT_ALLOWED, NAME, BARRIER_KIND, SOURCE, YEAR, COUNT, GROUPS. Raises NotVisible.
    """
    walk = Walk.objects.filter(pk=walk_id).first()
    standing = standing_of(viewer=by, collaborative_id=walk.collaborative_id if walk else walk_id)
    row = WalkStep.objects.filter(pk=step_id, walk_id=walk_id, dropped=False).first() if step_id else None
    if walk is None:
        raise NotVisible
    if not works_here(standing) or (step_id is not None and row is None):
        return Refused(codes=("NOT_ALLOWED",))
    counts = [*facts.by_group.values(), *([facts.count] if facts.count is not None else [])]
    codes = wrong(
        {
            "NAME": not facts.name.strip(),
            "BARRIER_KIND": facts.barrier_kind not in ("", *BARRIER_KINDS) or (bool(facts.barrier.strip()) and not facts.barrier_kind),
            "SOURCE": facts.source not in ("", *SOURCES),
            "YEAR": bool(facts.source) and walk.year is None,
            "COUNT": any(not 0 <= count <= 1_000_000 for count in counts),
            "GROUPS": not set(facts.by_group) <= set(walk.groups),
        }
    )
    small = facts.count is not None and HOUSE_SETTINGS.is_small(facts.count)
    values = {
        **values_of(facts), "name": said(facts.name, most=60), "count": None if small or facts.source else facts.count, "small": small,
        "by_group": {name: count for name, count in facts.by_group.items() if not HOUSE_SETTINGS.is_small(count)},
        "who": said(facts.who, most=120), "passed": said(facts.passed, most=300), "works": said(facts.works, most=300),
        "barrier": said(facts.barrier, most=300), "walk_id": walk_id,
    }  # fmt: skip
    return put(WalkStep, row, codes=codes, values=values, version=version, standing=standing, by=by, at=at, request_key=request_key)


@transaction.atomic
def drop_step(*, by: Viewer, at: datetime, step_id: UUID) -> Done | Refused:
    """Take a step out of its walk; the row stays. Refused codes: NOT_ALLOWED. Raises NotVisible."""
    row = WalkStep.objects.select_for_update().filter(pk=step_id).first()
    standing = standing_of(viewer=by, collaborative_id=row.collaborative_id if row else step_id)
    if row is None:
        raise NotVisible
    if not works_here(standing):
        return Refused(codes=("NOT_ALLOWED",))
    row.dropped = True
    row.save(update_fields=["dropped"])
    record(by=by, at=at, action="surveys.walk_step_dropped", object_id=row.pk)
    return Done(row_id=row.pk)


@transaction.atomic
def read_stage(*, by: Viewer, at: datetime, collaborative_id: UUID, facts: StageFacts, request_key: str) -> Done | Refused | Stale:
    """Keep at which stage the collaborative, or a pair of its partners, works: the stage follows from indicators with evidence (R-062).

    It may be lower than before; then it is said what happened (R-063).
    Refused codes: NOT_ALLOWED, PAIR, EVIDENCE, WHY, NEXT_STEPS, MOVED_BACK. Raises NotVisible.
    """
    standing = standing_of(viewer=by, collaborative_id=collaborative_id)
    take_turn(f"surveys:{collaborative_id}")
    if not works_here(standing):
        return Refused(codes=("NOT_ALLOWED",))
    pair = sorted({one for one in (facts.partner_id, facts.other_id) if one is not None})
    partner_id, other_id = pair if len(pair) == 2 else (None, None)
    earlier = StageReading.objects.filter(collaborative_id=collaborative_id, request_key=request_key).first()
    before = StageReading.objects.filter(collaborative_id=collaborative_id, partner_id=partner_id, other_id=other_id)
    newest = before.order_by("-read_on", "-made_at").first()
    stage = stage_reached({one.indicator for one in facts.evidence})
    codes = wrong(
        {
            "PAIR": (facts.partner_id is None) != (facts.other_id is None)
            or (facts.partner_id is not None and (len(pair) < 2 or any(row_of(Partner, standing, one) is None for one in pair))),
            "EVIDENCE": any(one.indicator not in STAGE_OF or not one.kind or not one.words.strip() for one in facts.evidence),
            "WHY": not facts.why.strip(),
            "NEXT_STEPS": not facts.next_steps.strip(),
            "MOVED_BACK": earlier is None and newest is not None and stage < newest.stage and not facts.moved_back.strip(),
        }
    )
    values: dict[str, Any] = {
        "partner_id": partner_id, "other_id": other_id, "read_on": today(at), "stage": int(stage), "met": [asdict(one) for one in facts.evidence],
        "why": facts.why.strip()[:LONG], "next_steps": facts.next_steps.strip()[:LONG], "moved_back": facts.moved_back.strip()[:LONG],
    }  # fmt: skip
    return put(StageReading, None, codes=codes, values=values, version=0, standing=standing, by=by, at=at, request_key=request_key)


@transaction.atomic
def put_review(*, by: Viewer, at: datetime, collaborative_id: UUID, facts: ReviewFacts, request_key: str) -> Done | Refused | Stale:
    """Keep a review of practices against shared goals and the numbers, and when the next one is (R-217).

    Refused codes: NOT_ALLOWED, LATER_DAY, NEXT_ON, LINES. Raises NotVisible.
    """
    standing = standing_of(viewer=by, collaborative_id=collaborative_id)
    if not works_here(standing):
        return Refused(codes=("NOT_ALLOWED",))
    whole = [one for one in facts.lines if one.practice.strip() and one.goal.strip() and one.fits in FITS]
    codes = wrong(
        {
            "LATER_DAY": facts.reviewed_on > today(at),
            "NEXT_ON": facts.next_on <= facts.reviewed_on,
            "LINES": not whole or len(whole) < len(facts.lines),
        }
    )
    values = {
        "reviewed_on": facts.reviewed_on, "next_on": facts.next_on, "summary": facts.summary.strip()[:LONG],
        "lines": [{key: said(text, most=300) for key, text in asdict(one).items()} for one in whole],
    }  # fmt: skip
    done = put(AlignmentReview, None, codes=codes, values=values, version=0, standing=standing, by=by, at=at, request_key=request_key)
    if isinstance(done, Done):
        Rhythm.objects.filter(collaborative_id=collaborative_id, kind="REVIEW").update(next_on=facts.next_on)
    return done
