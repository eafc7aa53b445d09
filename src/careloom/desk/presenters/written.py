"""Under each part of the plan: who wrote it, how she agreed, and who was there when it was last looked at. Source: R-142."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.utils.formats import date_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from careloom.agencies.models import Agency
from careloom.consents.presenters.words import agency_name
from careloom.desk.pages.family import FamilyPage
from careloom.plans.actions.keeping import PART2_SEGMENT
from careloom.plans.models import PlanRow
from careloom.plans.presenters.words import METHODS


def written(page: FamilyPage) -> Mapping[str, str]:
    """A line for `needs`, `goals`, `strengths` and `team`; none for a part that is empty or hidden from the reader."""
    if page.parts is None:
        return {}
    sections: dict[str, list[PlanRow]] = {
        "needs": [need.row for need in page.parts.needs], "goals": [goal.row for goal in page.parts.goals],
        "strengths": list(page.parts.strengths), "team": list(page.parts.team),
    }  # fmt: skip
    looked = _looked_at(page)
    return {name: " ".join(part for part in (_by(rows, page), _agreed(rows, page), looked) if part) for name, rows in sections.items() if rows}


def _by(rows: Iterable[PlanRow], page: FamilyPage) -> str:
    holders = dict.fromkeys(row.holder_id for row in rows)
    agencies = [_name(page.agencies[pk], page) for pk in holders if pk in page.agencies]
    hers = [_("herself")] if any(pk not in page.agencies for pk in holders) else []
    return _("Written by %(who)s.") % {"who": get_text_list([*dict.fromkeys(agencies), *hers], _("and"))}


def _name(agency: Agency, page: FamilyPage) -> str:
    own = page.viewer.holder_id
    hidden = agency.is_part2_program and agency.pk != own and not _knows_of_treatment(page)
    return _("the care team") if hidden else agency_name(agency, own_id=own)


def _knows_of_treatment(page: FamilyPage) -> bool:
    """Whether the reader sees a row that shows treatment: only then is a program, or who came of it, named (42 CFR 2.13(c))."""
    return page.parts is not None and any(row.category == PART2_SEGMENT for row in page.parts.rows())


def _agreed(rows: Iterable[PlanRow], page: FamilyPage) -> str:
    version = next((row for row in page.parts.versions if row.agreed_at), None) if page.parts else None
    if version is None or version.agreed_at is None:
        return _("She has not agreed to it yet.")
    facts = {"day": _day(version.agreed_at, page), "how": str(METHODS.get(version.agreed_by_mother, "")).lower()}
    newer = any(row.made_at > version.agreed_at for row in rows)
    words = _("She agreed on %(day)s, %(how)s; not yet to what came after.") if newer else _("She agreed on %(day)s, %(how)s.")
    return words % facts


def _looked_at(page: FamilyPage) -> str:
    review = page.parts.last_review if page.parts else None
    if review is None or review.held_at is None:
        return ""
    told = review.holder_id == page.viewer.holder_id or _knows_of_treatment(page)
    present = get_text_list(review.present, _("and")) if told else ""
    facts = {"day": _day(review.held_at, page), "who": present}
    return _("Looked at together on %(day)s by %(who)s.") % facts if present else _("Looked at together on %(day)s.") % facts


def _day(at: datetime, page: FamilyPage) -> str:
    day = at.astimezone(page.head.zone).date()
    return date_format(day, "F j" if day.year == page.head.day.year else "F j, Y")
