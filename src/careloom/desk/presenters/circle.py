"""Who stands around the family: the care team, who sees what, and her own view beside the text."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from careloom.desk.pages.family import FamilyPage
from careloom.desk.presenters import names
from careloom.infra.ui.components import Link, People, PersonRow, Status, Voice
from careloom.plans.models import HerView
from careloom.plans.presenters.words import ROLES


@dataclass(frozen=True, kw_only=True)
class Beside:
    """What she wrote beside a sentence, and what the team answered."""

    quoted: str
    voice: Voice
    answers: tuple[str, ...]


def team_of(page: FamilyPage) -> People | None:
    """The care team as the reader may know it. Where who leads is hidden from her, the care team line stands."""
    if page.parts is None:
        return None
    rows = []
    if page.head.mother:
        role = _("Mother. Decides who is on this team")
        rows.append(PersonRow(name=names.full_name(page.head.mother), role=role, status=Status(words=_("Her plan"), tone="her"), her=True))
    if page.parts.lead is None:
        line = getattr(settings, "CARELOOM_CARE_LINE", "555-0100")
        rows.append(PersonRow(name=_("Care team line"), role=_("They know who leads, and can reach her"), phone=line))
    for member in page.parts.team:
        agency = page.agencies.get(member.agency_id) if member.agency_id else None
        place = ", ".join(str(part) for part in (agency.short_name if agency else "", ROLES.get(member.role, member.role)) if part)
        status = Status(words=_("Leads"), tone="move") if member.leads else None
        rows.append(PersonRow(name=member.name, role=place, status=status, phone=member.phone, aside=_("Through her") if member.through_her else ""))
    return People(rows=tuple(rows))


def her_views(page: FamilyPage) -> list[Beside]:
    """What she wrote, newest first, with the answers to it."""
    if page.parts is None:
        return []
    answers: dict[object, list[str]] = {}
    for row in page.parts.her_views:
        if row.answers_id:
            answers.setdefault(row.answers_id, []).append(row.words)
    hers = [row for row in page.parts.her_views if row.says != "ANSWER"]
    return [_beside(row, page=page, answers=tuple(answers.get(row.pk, ()))) for row in reversed(hers)]


def _beside(row: HerView, *, page: FamilyPage, answers: tuple[str, ...]) -> Beside:
    day = date_format(row.made_at.astimezone(page.head.zone).date(), "F j")
    words = (
        _("She disagrees, %(day)s. Printed next to the text on every copy.")
        if row.says == "DISAGREE"
        else _("%(day)s. Printed next to the text on every copy.")
    )
    may = page.head.may_write and page.head.is_open
    link = Link(label=_("Answer her"), url=reverse("plans:answer_her", args=[row.pk])) if may and not answers else None
    return Beside(quoted=row.quoted, voice=Voice(words=row.words, footer=words % {"day": day}, link=link, small=True), answers=answers)
