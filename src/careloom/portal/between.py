"""What her pages show between visits: the questions of her county, what she answered before, and the things for her baby."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings

from careloom.infra import clock
from careloom.infra.access.accounting import account
from careloom.infra.packs import load_pack
from careloom.plans.actions.between import SUPPLIES, THINGS
from careloom.plans.models import OPEN_STATES, PlanOfSafeCare
from careloom.plans.presenters.between import BetweenLine, between_lines, questions
from careloom.plans.presenters.her_sections import stands_words, thing_words
from careloom.plans.queries.sections import between_visits, her_sections
from careloom.plans.template_body import section_of
from careloom.portal import words
from careloom.portal.door import Her
from careloom.portal.pages import Plan, plan_of
from careloom.portal.presenters import language

MOST = 6


@dataclass(frozen=True, kw_only=True)
class Between:
    """The questions and her last answers, newest first."""

    plan: PlanOfSafeCare | None
    questions: dict[str, str]
    before: tuple[BetweenLine, ...]


@dataclass(frozen=True, kw_only=True)
class Things:
    """Things for her baby: their names, how each stands in her words, and what her team wrote of each."""

    plan: PlanOfSafeCare | None
    names: dict[str, str]
    known: dict[str, str]
    team: tuple[str, ...]


def between(*, her: Her, at: datetime) -> Between:
    """The questions of her plan's county and what she answered before, accounted."""
    plan = _open(plan_of(her=her))
    if plan is None:
        return Between(plan=None, questions={}, before=())
    rows = between_visits(viewer=her.viewer, plan_id=plan.pk, most=MOST)
    account(viewer=her.viewer, place="my:between", rows=[plan, *rows], at=at)
    lines = between_lines(rows, pack=plan.pack, zone=clock.zone(settings.TIME_ZONE))
    return Between(plan=plan, questions=questions(pack=plan.pack), before=tuple(lines))


def is_due(*, her: Her, plan: Plan | None, at: datetime) -> bool:
    """Whether her home page asks how things are: an open plan, and her last answer is as old as the pack says. She can answer any time."""
    found = _open(plan)
    if found is None:
        return False
    every = timedelta(days=load_pack(name=found.pack).following.between_visits.every_days)
    last = next(iter(between_visits(viewer=her.viewer, plan_id=found.pk, most=1)), None)
    return (last.made_at if last else found.started_at) <= at - every


def things(*, her: Her, at: datetime) -> Things:
    """The things for her baby as she and her team wrote them down, accounted. What would tell too much on a screen is not on her list."""
    plan = _open(plan_of(her=her))
    section = section_of(plan, SUPPLIES) if plan is not None else None
    if plan is None or section is None:
        return Things(plan=None, names={}, known={}, team=())
    names = {code: thing_words(section, code, language=language()) for code in THINGS if code in section.checks}
    names = {code: name for code, name in names.items() if not words.tells(name)}
    rows = [row for row in her_sections(viewer=her.viewer, plan_id=plan.pk).checks if row.section == SUPPLIES and row.code in names and row.state]
    account(viewer=her.viewer, place="my:things", rows=[plan, *rows], at=at)
    team = [
        f"{names[row.code]}: {stands_words(row.state)}" + (f". {row.note}" if row.note and not words.tells(row.note) else "")
        for row in rows if row.holder_id != her.principal.pk
    ]  # fmt: skip
    return Things(plan=plan, names=names, known={row.code: row.state for row in rows if row.holder_id == her.principal.pk}, team=tuple(team))


def _open(plan: Plan | None) -> PlanOfSafeCare | None:
    return plan.plan if plan is not None and plan.plan.status in OPEN_STATES else None
