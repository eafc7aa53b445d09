"""The family page put into words: next steps, threads, goals, strengths, and the parts of the other presenters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from careloom.desk.pages.family import FamilyPage
from careloom.desk.presenters import circle, clocks, days, head
from careloom.desk.presenters.duties import About, filled, words_of
from careloom.desk.presenters.lateness import last_day
from careloom.desk.presenters.sees import sees_table
from careloom.desk.presenters.threads import When, threads_of
from careloom.desk.presenters.written import written
from careloom.infra.ui.components import Link
from careloom.plans.merging import GoalNow
from careloom.plans.presenters import changes
from careloom.plans.presenters.flags import FlagLine, flag_lines
from careloom.plans.presenters.words import GOAL_ABOUT, GOAL_STATES, THEMES


@dataclass(frozen=True, kw_only=True)
class NextStep:
    """One thing the reader owes this family: what, by when, and where it is done."""

    title: str
    note: str
    link: Link


@dataclass(frozen=True, kw_only=True)
class GoalLine:
    """A goal in her words, what it is for, and what it said before."""

    words: str
    note: str
    was: str
    hers: bool
    url: str


def shown(page: FamilyPage) -> dict[str, Any]:
    """Everything that the template of the family page needs."""
    when = When(at=page.at, zone=page.head.zone, may_write=page.head.may_write and page.head.is_open)
    threads, threads_sentence = threads_of(page.parts, when=when) if page.parts else (None, "")
    return {
        "page": page, "head": page.head, "parts": page.parts, "title": head.title(page.head), "eyebrow": head.eyebrow(page.head),
        "facts": head.facts(page), "since": since_words(page), "next": next_steps(page),
        "changes": changes.change_lines(page.changes), "threads": threads, "threads_sentence": threads_sentence, "goals": goals(page),
        "flags": flags(page) if page.head.is_open and page.head.may_write else [],
        "clocks": clocks.clocks_of(page), "team": circle.team_of(page), "sees": sees_table(page), "written": written(page),
        "her_views": circle.her_views(page),
        "consents_url": head.consents_url(page.head.family_id), "pdf_url": pdf_url(page), "review": review_link(page), "nav": "families",
    }  # fmt: skip


def pdf_url(page: FamilyPage) -> str:
    """The plan as a document."""
    return head.url_or_empty("plans:document", page.head.plan.pk) if page.head.plan else ""


def since_words(page: FamilyPage) -> str:
    """What changed since the review on February 20."""
    if page.since is None:
        return _("What changed")
    day = date_format(page.since.made_at.astimezone(page.head.zone).date(), "F j")
    words = _("What changed since the review on %(day)s") if page.since.why == "REVIEW" else _("What changed since she agreed on %(day)s")
    return words % {"day": day} if page.since.why in {"REVIEW", "AGREED", "STARTED"} else _("What changed since %(day)s") % {"day": day}


def flags(page: FamilyPage) -> list[FlagLine]:
    """What the plan still lacks, each with where it is mended; of recovery care only to who sees a need of it."""
    return flag_lines(page.parts, leads=page.head.leads, writes=page.head.may_write) if page.parts else []


def next_steps(page: FamilyPage) -> list[NextStep]:
    """What the reader owes this family, soonest first; the first is the page's one solid button."""
    steps: list[NextStep] = []
    for place, row in enumerate(page.duties[:5]):
        words = words_of(row.kind)
        about = page.about.get(row.about_id, About()) if row.about_id else About()
        title = " ".join(part for part in (filled(words.before, about=about), _first(page), filled(words.after, about=about)) if part)
        due = days.day(last_day(row.due_at, zone=page.head.zone.key), today=page.head.day) if row.due_at else ""
        link = Link(label=str(words.do), url=row.link, kind="solid" if place == 0 else "", css="cl-full cl-mt" if place == 0 else "")
        steps.append(NextStep(title=title, note=_("By %(day)s") % {"day": due} if due else "", link=link))
    return steps


def goals(page: FamilyPage) -> list[GoalLine]:
    """What she wants, open goals first."""
    rows = page.parts.goals if page.parts else ()
    return [_goal(goal) for goal in sorted(rows, key=lambda goal: goal.row.state != "OPEN")]


def review_link(page: FamilyPage) -> Link | None:
    """Where the next review is got ready, for who leads."""
    following = page.parts.next_review if page.parts else None
    if following is None or not (page.head.leads and page.head.may_write and page.head.is_open):
        return None
    url = reverse("plans:review", args=[following.plan_id, following.pk])
    return Link(label=_("Get ready for the review"), url=url, kind="outline")


def _goal(goal: GoalNow) -> GoalLine:
    row = goal.row
    theme = str(THEMES.get(row.theme, "")) if row.theme != "OTHER" else ""
    parts = [str(GOAL_ABOUT.get(row.about, "")), theme, str(GOAL_STATES[row.state]) if row.state != "OPEN" else "", row.measured_by]
    if row.target_on:
        parts.append(_("by %(day)s") % {"day": date_format(row.target_on, "F j, Y")})
    return GoalLine(
        words=row.words, note=". ".join(part for part in parts if part), was=goal.was, hers=row.hers, url=reverse("plans:goal", args=[goal.id])
    )


def _first(page: FamilyPage) -> str:
    return page.head.label or _("the family")
