"""What will last: money, changes to keep, lessons, the seven strategies, the sustainability plan, scope and scale."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from careloom.infra.access import Viewer
from careloom.infra.answers import Done, Refused, Stale, said
from careloom.inventory.facts import FundFacts, KeepFacts, LessonFacts, PromisingFacts, ReachFacts, SustainFacts
from careloom.inventory.models import Fund, Keep, Lesson, Promising, Reach, Sustain
from careloom.inventory.rights import steers
from careloom.inventory.words import LESSONS, PAYERS
from careloom.kernel.partnership.lasting import After, Here, Kind, Stay, Strategy
from careloom.kernel.suppression import HOUSE_SETTINGS
from careloom.partnership.actions.keeping import put, row_of, today, values_of, wrong
from careloom.partnership.models import Partner
from careloom.partnership.standing import Standing, standing_of
from careloom.partnership.turns import take_turn

LONG = 4000
_REFUSED = Refused(codes=("NOT_ALLOWED",))


def _stand(by: Viewer, collaborative_id: UUID) -> Standing | None:
    """How somebody stands who steers, or None; in the collaborative's turn. Raises NotVisible."""
    standing = standing_of(viewer=by, collaborative_id=collaborative_id)
    take_turn(collaborative_id)
    return standing if steers(standing) else None


def _texts(values: dict[str, Any]) -> dict[str, Any]:
    """Texts as they are kept: lines stay, spaces around them go."""
    return {key: value.strip()[:LONG] if isinstance(value, str) else value for key, value in values.items()}


@transaction.atomic
def put_fund(
    *, by: Viewer, at: datetime, collaborative_id: UUID, facts: FundFacts, request_key: str = "", fund_id: UUID | None = None, version: int = 0
) -> Done | Refused | Stale:
    """Add money with its end, or change it as it stood at `version` (R-213).

    Refused codes: NOT_ALLOWED, NAME, PAYER, PAYS_FOR, PARTNER, AFTER. Raises NotVisible.
    """
    standing = _stand(by, collaborative_id)
    row = row_of(Fund, standing, fund_id) if standing else None
    if standing is None or (fund_id is not None and row is None):
        return _REFUSED
    codes = wrong(
        {
            "NAME": not facts.name.strip(),
            "PAYER": facts.payer not in PAYERS,
            "PAYS_FOR": not facts.pays_for.strip(),
            "PARTNER": facts.partner_id is not None and row_of(Partner, standing, facts.partner_id) is None,
            "AFTER": facts.after not in set(After) or (facts.until is not None and facts.after == After.NOT_NEEDED and not facts.after_words.strip()),
        }
    )
    values = {
        **values_of(facts), "name": said(facts.name, most=120), "pays_for": said(facts.pays_for, most=200),
        "after_words": said(facts.after_words, most=300),
    }  # fmt: skip
    return put(Fund, row, codes=codes, values=values, version=version, standing=standing, by=by, at=at, request_key=request_key)


@transaction.atomic
def put_keep(
    *, by: Viewer, at: datetime, collaborative_id: UUID, facts: KeepFacts, request_key: str = "", keep_id: UUID | None = None, version: int = 0
) -> Done | Refused | Stale:
    """Say what becomes of a change; what is kept has a keeper and a place where it is written down (R-088).

    Refused codes: NOT_ALLOWED, NAME, KIND, STAY, PARTNER, KEEPER, WRITTEN_AT. Raises NotVisible.
    """
    standing = _stand(by, collaborative_id)
    row = row_of(Keep, standing, keep_id) if standing else None
    if standing is None or (keep_id is not None and row is None):
        return _REFUSED
    stays = facts.stay in (Stay.KEEP, Stay.ALTER)
    codes = wrong(
        {
            "NAME": not facts.name.strip(),
            "KIND": facts.kind not in set(Kind),
            "STAY": facts.stay not in set(Stay),
            "PARTNER": facts.partner_id is not None and row_of(Partner, standing, facts.partner_id) is None,
            "KEEPER": stays and not (facts.keeper.strip() and facts.partner_id),
            "WRITTEN_AT": stays and not facts.written_at.strip(),
        }
    )
    values = {
        **values_of(facts), "name": said(facts.name, most=160), "why": said(facts.why, most=400), "keeper": said(facts.keeper, most=120),
        "written_at": said(facts.written_at, most=200),
    }  # fmt: skip
    return put(Keep, row, codes=codes, values=values, version=version, standing=standing, by=by, at=at, request_key=request_key)


@transaction.atomic
def write_lesson(*, by: Viewer, at: datetime, collaborative_id: UUID, facts: LessonFacts, request_key: str) -> Done | Refused | Stale:
    """Add to what the collaborative knows (R-088). Refused codes: NOT_ALLOWED, KIND, NAME, WORDS, KEEPER, LATER_DAY. Raises NotVisible."""
    standing = _stand(by, collaborative_id)
    if standing is None:
        return _REFUSED
    codes = wrong(
        {
            "KIND": facts.kind not in LESSONS,
            "NAME": not facts.name.strip(),
            "WORDS": not facts.words.strip(),
            "KEEPER": not facts.keeper.strip(),
            "LATER_DAY": facts.on > today(at),
        }
    )
    values = _texts(values_of(facts)) | {"name": said(facts.name, most=160), "keeper": said(facts.keeper, most=120)}
    return put(Lesson, None, codes=codes, values=values, version=0, standing=standing, by=by, at=at, request_key=request_key)


@transaction.atomic
def put_promising(
    *, by: Viewer, at: datetime, collaborative_id: UUID, facts: PromisingFacts, version: int = 0, request_key: str = ""
) -> Done | Refused | Stale:
    """Say how far one of the seven strategies is in place, with what shows it (R-132).

    Refused codes: NOT_ALLOWED, CODE, EVIDENCE, SINCE, LATER_DAY. Raises NotVisible.
    """
    standing = _stand(by, collaborative_id)
    if standing is None:
        return _REFUSED
    row = Promising.objects.filter(collaborative_id=collaborative_id, code=facts.code).first()
    if row is not None and row.request_key == request_key and request_key:
        return Done(row_id=row.pk)
    there = facts.here in (Here.YES, Here.PARTLY)
    codes = wrong(
        {
            "CODE": facts.code not in set(Strategy) or facts.here not in set(Here),
            "EVIDENCE": there and not facts.evidence.strip(),
            "SINCE": (there and facts.since is None) or (facts.since is not None and facts.since > today(at)),
            "LATER_DAY": facts.looked_on > today(at),
        }
    )
    values = values_of(facts) | {"evidence": said(facts.evidence, most=400)}
    return put(Promising, row, codes=codes, values=values, version=version, standing=standing, by=by, at=at, request_key=request_key)


@transaction.atomic
def put_sustain(
    *, by: Viewer, at: datetime, collaborative_id: UUID, facts: SustainFacts, version: int = 0, request_key: str = ""
) -> Done | Refused | Stale:
    """Write the sustainability plan, from the day on which the collaborative begins (R-213, R-218, R-065).

    Refused codes: NOT_ALLOWED, RELATIONSHIPS, RESOURCES, RESULTS, REVIEW, GOAL. Raises NotVisible.
    """
    standing = _stand(by, collaborative_id)
    if standing is None:
        return _REFUSED
    row = Sustain.objects.filter(collaborative_id=collaborative_id).first()
    if row is not None and request_key and row.request_key == request_key:
        return Done(row_id=row.pk)
    goal, day = facts.reach_goal, facts.reach_by
    codes = wrong(
        {
            "RELATIONSHIPS": not facts.relationships.strip(),
            "RESOURCES": not facts.resources.strip(),
            "RESULTS": not facts.results.strip(),
            "REVIEW": facts.review_on <= today(at),
            "GOAL": (goal is None) != (day is None) or (goal is not None and not 1 <= goal <= 100),
        }
    )
    values = _texts(values_of(facts))
    return put(Sustain, row, codes=codes, values=values, version=version, standing=standing, by=by, at=at, request_key=request_key)


@transaction.atomic
def put_reach(*, by: Viewer, at: datetime, collaborative_id: UUID, facts: ReachFacts, request_key: str) -> Done | Refused | Stale:
    """Keep scope and scale of a month that is over (R-056, R-065).

    A number of families from 1 to 10 is not kept, only that they were few; nor is for how many it is meant, where that is so small or leaves so few
    who were not reached.

    Refused codes: NOT_ALLOWED, MONTH, MONTH_TAKEN, ELIGIBLE, SOURCE. Raises NotVisible.
    """
    standing = _stand(by, collaborative_id)
    if standing is None:
        return _REFUSED
    month, families, day = facts.month.replace(day=1), facts.families, today(at)
    few = facts.few or (families is not None and HOUSE_SETTINGS.is_small(families))
    taken = Reach.objects.filter(collaborative_id=collaborative_id, month=month).exclude(request_key=request_key)
    codes = wrong(
        {
            "MONTH": month >= day.replace(day=1),
            "MONTH_TAKEN": taken.exists(),
            "ELIGIBLE": facts.eligible is not None and families is not None and not few and families > facts.eligible,
            "SOURCE": not facts.source.strip(),
        }
    )
    eligible = facts.eligible
    if eligible is not None and (HOUSE_SETTINGS.is_small(eligible) or (not few and families and HOUSE_SETTINGS.is_small(eligible - families))):
        eligible = None
    values = {
        **values_of(facts), "month": month, "few": few, "families": None if few else families, "eligible": eligible,
        "source": said(facts.source, most=200),
    }  # fmt: skip
    return put(Reach, None, codes=codes, values=values, version=0, standing=standing, by=by, at=at, request_key=request_key)
