"""Stories and lessons, the library, help that is asked for, and what is decided about an indicator. Source: R-077, R-089, R-090, R-222, R-230."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from careloom.changes.actions.moving import long
from careloom.changes.facts import AssistanceFacts, KnownFacts, LessonFacts, PriorityFacts
from careloom.changes.models import Adoption, Assistance, KnownStrategy, Lesson, Priority
from careloom.changes.rights import leads_any, leads_tier
from careloom.changes.words import COURSES, EVIDENCE, POPULATIONS
from careloom.infra.access import NotVisible, Viewer
from careloom.infra.answers import Done, Refused, Stale, said
from careloom.infra.packs.indicators import indicators
from careloom.kernel.partnership import Sector, Tier
from careloom.partnership.actions.keeping import listed, put, row_of, today, values_of, wrong
from careloom.partnership.models import Body, Partner
from careloom.partnership.standing import standing_of
from careloom.partnership.turns import take_turn


@transaction.atomic
def put_lesson(
    *, by: Viewer, at: datetime, collaborative_id: UUID, facts: LessonFacts, request_key: str = "", row_id: UUID | None = None, version: int = 0
) -> Done | Refused | Stale:
    """Tell a story or a lesson as any member; who told it and officers change it. Shared ones are read by every collaborative (R-090, R-222).

    Refused codes: NOT_ALLOWED, TITLE, WORDS, PLACE, LEARNED. Raises NotVisible.
    """
    standing = standing_of(viewer=by, collaborative_id=collaborative_id)
    take_turn(collaborative_id)
    row = row_of(Lesson, standing, row_id)
    if row_id and (row is None or not (leads_any(standing) or (row.made_by is not None and row.made_by == standing.worker_id))):
        return Refused(codes=("NOT_ALLOWED",))
    codes = wrong(
        {
            "TITLE": not facts.title.strip(), "WORDS": not facts.words.strip(), "PLACE": not facts.place.strip(),
            "LEARNED": not facts.learned.strip(),
        }
    )  # fmt: skip
    values = {key: value for key, value in values_of(facts).items() if key != "shared"} | {
        "title": said(facts.title, most=120), "words": long(facts.words), "learned": long(facts.learned), "place": said(facts.place, most=80),
        "tags": [tag.lower() for tag in listed(facts.tags)],
        "shared_on": ((row.shared_on if row else None) or today(at)) if facts.shared else None,
    }  # fmt: skip
    return put(Lesson, row, codes=codes, values=values, version=version, standing=standing, by=by, at=at, request_key=request_key)


@transaction.atomic
def take_up(*, by: Viewer, at: datetime, collaborative_id: UUID, lesson_id: UUID, how: str, request_key: str) -> Done | Refused | Stale:
    """Take up a story of this collaborative or one that another shares. Officers of any body.

    Refused codes: NOT_ALLOWED, HOW, NAME_TAKEN (it was taken up already). Raises NotVisible.
    """
    standing = standing_of(viewer=by, collaborative_id=collaborative_id)
    take_turn(collaborative_id)
    row = Lesson.objects.filter(pk=lesson_id).first()
    if row is None or (row.collaborative_id != collaborative_id and row.shared_on is None):
        raise NotVisible
    if not leads_any(standing):
        return Refused(codes=("NOT_ALLOWED",))
    values = {"lesson_id": row.pk, "how": said(how, most=300), "on": today(at)}
    codes = wrong({"HOW": not how.strip()})
    return put(Adoption, None, codes=codes, values=values, version=0, standing=standing, by=by, at=at, request_key=request_key)


@transaction.atomic
def put_known(
    *, by: Viewer, at: datetime, collaborative_id: UUID, facts: KnownFacts, request_key: str = "", row_id: UUID | None = None, version: int = 0
) -> Done | Refused | Stale:
    """Put a strategy in the library. Officers of the core team and of oversight (R-077).

    Refused codes: NOT_ALLOWED, NAME, WHAT, EVIDENCE, SOURCE, POPULATIONS, SYSTEMS, NAME_TAKEN. Raises NotVisible.
    """
    standing = standing_of(viewer=by, collaborative_id=collaborative_id)
    take_turn(collaborative_id)
    row = row_of(KnownStrategy, standing, row_id)
    if (row_id and row is None) or not leads_tier(standing, Tier.CORE, Tier.OVERSIGHT):
        return Refused(codes=("NOT_ALLOWED",))
    codes = wrong(
        {
            "NAME": not facts.name.strip(), "WHAT": not facts.what.strip(), "EVIDENCE": facts.evidence not in EVIDENCE,
            "SOURCE": not facts.source.strip(), "POPULATIONS": not facts.populations or not set(facts.populations) <= set(POPULATIONS),
            "SYSTEMS": not facts.systems or not set(facts.systems) <= set(Sector),
        }
    )  # fmt: skip
    values = {**values_of(facts), "name": said(facts.name, most=120), "what": long(facts.what), "source": said(facts.source, most=300)}
    return put(KnownStrategy, row, codes=codes, values=values, version=version, standing=standing, by=by, at=at, request_key=request_key)


@transaction.atomic
def put_assistance(
    *, by: Viewer, at: datetime, collaborative_id: UUID, facts: AssistanceFacts, request_key: str = "", row_id: UUID | None = None, version: int = 0
) -> Done | Refused | Stale:
    """Ask for help, and write down the answer and what follows from it. Officers of any body (R-230).

    Refused codes: NOT_ALLOWED, TITLE, ASKS, OF, LATER_DAY, ANSWER_DAY, FOLLOWS. Raises NotVisible.
    """
    standing = standing_of(viewer=by, collaborative_id=collaborative_id)
    take_turn(collaborative_id)
    row = row_of(Assistance, standing, row_id)
    if (row_id and row is None) or not leads_any(standing):
        return Refused(codes=("NOT_ALLOWED",))
    day, answered, on = today(at), bool(facts.answer.strip()), facts.answered_on
    follows = [bool(facts.follows.strip()), bool(facts.follows_who.strip())]
    codes = wrong(
        {
            "TITLE": not facts.title.strip(), "ASKS": not facts.asks.strip(), "OF": not facts.of.strip(),
            "LATER_DAY": facts.asked_on > day or (facts.done_on is not None and facts.done_on > day),
            "ANSWER_DAY": answered != (on is not None) or (on is not None and not facts.asked_on <= on <= day),
            "FOLLOWS": any(follows) != all(follows) or (not any(follows) and (facts.follows_by or facts.done_on) is not None),
        }
    )  # fmt: skip
    values = {
        **values_of(facts), "title": said(facts.title, most=120), "asks": long(facts.asks), "of": said(facts.of, most=120),
        "answer": long(facts.answer), "follows": long(facts.follows), "follows_who": said(facts.follows_who, most=120),
    }  # fmt: skip
    return put(Assistance, row, codes=codes, values=values, version=version, standing=standing, by=by, at=at, request_key=request_key)


@transaction.atomic
def decide_course(*, by: Viewer, at: datetime, collaborative_id: UUID, facts: PriorityFacts, request_key: str) -> Done | Refused | Stale:
    """Decide what becomes of an indicator: continue, fix, stop or scale, who answers for it and when it is looked at again (R-089).

    Officers of that oversight body. A decision stays as it was said; the next one is a row of its own. Refused codes: NOT_ALLOWED, BODY, INDICATOR,
    COURSE, WHY, FIX_PLAN, OWNER, LATER_DAY, REVIEW. Raises NotVisible.
    """
    standing = standing_of(viewer=by, collaborative_id=collaborative_id)
    take_turn(collaborative_id)
    body = row_of(Body, standing, facts.body_id)
    if not leads_tier(standing, Tier.OVERSIGHT):
        return Refused(codes=("NOT_ALLOWED",))
    codes = wrong(
        {
            "BODY": body is None or body.tier != Tier.OVERSIGHT or not standing.leads(body.pk), "INDICATOR": facts.indicator not in indicators(),
            "COURSE": facts.course not in COURSES, "WHY": not facts.why.strip(),
            "FIX_PLAN": facts.course in ("FIX", "SCALE") and not facts.plan.strip(), "OWNER": row_of(Partner, standing, facts.owner_id) is None,
            "LATER_DAY": facts.decided_on > today(at), "REVIEW": facts.review_on <= facts.decided_on,
        }
    )  # fmt: skip
    values = {**values_of(facts), "why": long(facts.why), "plan": long(facts.plan)}
    return put(Priority, None, codes=codes, values=values, version=0, standing=standing, by=by, at=at, request_key=request_key)
