"""Reviews and versions in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from careloom.infra.access import Viewer
from careloom.kernel.packs.schema import Closing
from careloom.plans.models import Review
from careloom.plans.presenters.changes import ChangeLine, change_lines
from careloom.plans.presenters.words import VERSION_WHY
from careloom.plans.queries import LateReviews, PlanParts, changes_since, versions_of


@dataclass(frozen=True, kw_only=True)
class LateCard:
    """A late review on the board."""

    label: str
    url: str
    due: str
    late: str
    lead: str


@dataclass(frozen=True, kw_only=True)
class VersionLine:
    """A version: its number, why and when, and whether it is the one compared with."""

    number: int
    words: str
    chosen: bool


def late_cards(page: LateReviews) -> list[LateCard]:
    """The lines of the board."""
    shown = []
    for late in page.rows:
        line = late.line
        names = [p.preferred_name or p.given_name for p in (line.mother, *line.infants) if p]
        due = line.plan.next_review_on
        shown.append(
            LateCard(
                label=get_text_list([name for name in names if name], _("and")) or _("A family"),
                url=f"/families/{line.plan.identity_id}/",
                due=_("It was due %(day)s") % {"day": date_format(due, "F j")} if due else "",
                late=ngettext("%(n)s day late", "%(n)s days late", late.days_late) % {"n": late.days_late},
                lead=line.lead.name if line.lead else "",
            )
        )
    return shown


def due_words(review: Review, *, zone: ZoneInfo) -> str:
    """When a review is due, and the time that was agreed on."""
    if review.planned_for:
        return _("Planned for %(when)s") % {"when": date_format(review.planned_for.astimezone(zone), "l, F j, g:i A")}
    return _("Due %(day)s") % {"day": date_format(review.due_on, "l, F j")}


def review_context(*, viewer: Viewer, parts: PlanParts, review: Review, zone: ZoneInfo) -> dict[str, Any]:
    """What changed since last time, and the goals to read back."""
    last = next((row for row in parts.versions if row.why in {"REVIEW", "AGREED", "STARTED", "BIRTH", "REOPENED"}), None)
    changes = changes_since(viewer=viewer, plan_id=parts.plan.pk, version=last.number, parts=parts) if last else ()
    return {
        "lede": due_words(review, zone=zone), "lines": change_lines(changes), "goals": [goal.row for goal in parts.goals if goal.row.state == "OPEN"],
        "held": review.held_at, "row": review,
    }  # fmt: skip


def versions_context(*, viewer: Viewer, plan_id: UUID, since: str, zone: ZoneInfo) -> dict[str, Any]:
    """Every version with its day, and the difference from the chosen one to now."""
    versions = versions_of(viewer=viewer, plan_id=plan_id)
    numbers = {row.number for row in versions}
    chosen = int(since) if since.isdecimal() and int(since) in numbers else max(numbers, default=0)
    lines: list[ChangeLine] = change_lines(changes_since(viewer=viewer, plan_id=plan_id, version=chosen)) if chosen else []
    listed = []
    for row in versions:
        words = f"{VERSION_WHY.get(row.why, '')}, {date_format(row.made_at.astimezone(zone), 'F j, Y')}"
        listed.append(VersionLine(number=row.number, words=words, chosen=row.number == chosen))
    return {"versions": listed, "lines": lines, "chosen": chosen}


def missing(codes: tuple[str, ...], *, closing: Closing, language: str) -> list[str]:
    """What still stands in the way of closing, in words."""
    texts = {item.code: item.words[language] for item in closing.checklist}
    lost = _("%(n)s tries to reach her, in more than one way, over %(days)s days.") % {
        "n": closing.lost_contact_tries,
        "days": closing.lost_contact_days,
    }
    return [lost if code == "LOST_CONTACT_TRIES" else texts.get(code, code) for code in codes]
