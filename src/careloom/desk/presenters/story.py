"""Events of the story, one line each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from careloom.desk.pages.story import Event, StoryPage
from careloom.kernel.referral import State
from careloom.plans.presenters.words import CHOICES, RESULTS, REVIEW_KINDS, VERSION_WHY
from careloom.plans.referrals.words import STATES


@dataclass(frozen=True, kw_only=True)
class StoryLine:
    """When, what, and a quieter second line or her own words."""

    iso: str
    day: str
    head: str
    text: str = ""
    quote: str = ""


def lines(page: StoryPage) -> list[StoryLine]:
    """The events of the page in words."""
    return [_line(event, page) for event in page.events]


def _line(event: Event, page: StoryPage) -> StoryLine:
    local = event.at.astimezone(page.head.zone)
    day = date_format(local, "M j" if local.year == page.head.day.year else "M j, Y")
    return StoryLine(iso=local.date().isoformat(), day=day, **_WORDS[event.what](event.row, page))


def _need_title(page: StoryPage, need_id: Any) -> str:
    return next((need.row.title for need in page.parts.needs if need.id == need_id), "") if page.parts else ""


def _referral(row: Any, page: StoryPage) -> dict[str, str]:
    about = next((r for r in page.parts.referrals if r.pk == row.referral_id), None) if page.parts else None
    return {"head": about.organization if about else _("A referral"), "text": str(STATES[State(row.state)])}


def _version(row: Any, page: StoryPage) -> dict[str, str]:
    return {"head": _("Version %(n)s of the plan") % {"n": row.number}, "text": str(VERSION_WHY.get(row.why, ""))}


def _review(row: Any, page: StoryPage) -> dict[str, str]:
    return {"head": str(REVIEW_KINDS.get(row.kind, _("Review"))), "text": row.summary, "quote": row.her_words}


def _choice(row: Any, page: StoryPage) -> dict[str, str]:
    return {"head": f"{_need_title(page, row.need_id)}: {CHOICES.get(row.value, row.value)}", "quote": row.words}


def _result(row: Any, page: StoryPage) -> dict[str, str]:
    return {"head": f"{_need_title(page, row.need_id)}: {RESULTS.get(row.value, row.value)}", "text": row.words}


def _visit(row: Any, page: StoryPage) -> dict[str, str]:
    return {"head": row.title, "text": _("Kept") if row.state == "KEPT" else _("Did not happen")}


_WORDS: dict[str, Any] = {
    "VERSION": _version,
    "REVIEW": _review,
    "NEED": lambda row, page: {"head": _("New need: %(what)s") % {"what": row.title}},
    "CHOICE": _choice,
    "RESULT": _result,
    "REFERRAL": _referral,
    "GOAL": lambda row, page: {"head": _("A goal"), "quote": row.words},
    "JOINED": lambda row, page: {"head": _("%(name)s joined the care team") % {"name": row.name}},
    "LEFT": lambda row, page: {"head": _("%(name)s left the care team") % {"name": row.name}},
    "HERS": lambda row, page: {"head": _("She wrote beside the plan"), "quote": row.words},
    "VISIT": _visit,
}
