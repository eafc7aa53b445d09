"""What a supporter reads of the plan that the mother shares: said about her plan, never as if the supporter were the mother (J4.13)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from careloom.infra.ui.components import Want, Wants, WhoList, WhoRow
from careloom.infra.ui.components.page import Tone
from careloom.plans.merging import NeedNow
from careloom.plans.models import CareTeamMember, Referral
from careloom.portal import words
from careloom.portal.pages import Home
from careloom.portal.presenters import WAITS, day_words, hour_words, language, local, short_day

_DOCTOR = _("The baby’s doctor")
ROLES: dict[str, Any] = {
    "LEAD": _("Guides the plan"),
    "CARE_COORDINATOR": _("Guides the plan"),
    "BABY_DOCTOR": _DOCTOR,
    "PEDIATRIC": _DOCTOR,
    "PEDIATRICIAN": _DOCTOR,
    "HOME_VISITING": _("Home visits"),
    "HOME_VISITOR": _("Home visits"),
    "PARENTING": _("Helps with the baby"),
    "FAMILY": _("Family"),
    "EARLY_INTERVENTION": _("Helps the baby grow"),
    "PEER": _("Peer support"),
}


@dataclass(frozen=True, kw_only=True)
class NextVisit:
    """The next visit: its day and hour, and what it is called."""

    day: str
    hour: str
    what: str


def next_visit(page: Home) -> NextVisit | None:
    """The next visit that the mother shares, or None."""
    if page.visit is None:
        return None
    at = page.visit.starts_at
    return NextVisit(day=day_words(local(at).date()), hour=hour_words(at), what=words.visit_words(neutral_title=page.visit.neutral_title))


def wants(needs: Iterable[NeedNow], referrals: Iterable[Referral]) -> Wants:
    """What she wants and how it stands. What she said no to is not listed."""
    last = {row.need_id: row for row in referrals}
    rows = [need for need in needs if need.choice in {"YES", "NOT_ASKED"} or need.result == "MET"]
    return Wants(items=tuple(_want(need, last.get(need.row.pk)) for need in rows))


def _want(need: NeedNow, referral: Referral | None) -> Want:
    text, tone = _stands(need, referral)
    icon = "check_circle" if tone == "done" else words.need_icon(need.row.code)
    return Want(icon=icon, head=words.need_words(code=need.row.code, title=need.row.title, language=language()), text=text, tone=tone)


def _stands(need: NeedNow, referral: Referral | None) -> tuple[str, Tone]:
    if need.result == "MET":
        return gettext("Done."), "done"
    if referral is None or referral.state == "DRAFT":
        return (gettext("It is there."), "move") if need.row.existing_service else (gettext("The team is working on it."), "wait")
    if referral.state == "SCHEDULED" and referral.scheduled_for is not None:
        return gettext("Visit on %(day)s.") % {"day": short_day(local(referral.scheduled_for).date())}, "move"
    if referral.state in {"REOPENED", "DECLINED", "FAILED", "NO_SHOW"}:
        return gettext("The team looks for the next step."), "wait"
    if referral.state == "WAITLISTED":
        return gettext("It is on a waiting list."), "wait"
    if referral.state in WAITS:
        return gettext("The team asked. It waits for an answer."), "wait"
    return gettext("They said yes."), "move"


def team(rows: Iterable[CareTeamMember]) -> WhoList:
    """The team by name and by how they help."""
    return WhoList(rows=tuple(_member(row) for row in rows))


def _member(row: CareTeamMember) -> WhoRow:
    # Whom the team reaches only through her, nobody else reaches by number either.
    digits = "" if row.through_her else "".join(c for c in row.phone if c.isdigit() or c == "+")
    name = gettext("Someone on the team") if words.tells(row.name) else row.name
    label = gettext("Call %(name)s") % {"name": name}
    note = str(ROLES.get(row.role) or (words.role_words(row.role) if row.role in words.ROLES else gettext("On the team")))
    return WhoRow(name=name, note=note, call_url=f"tel:{digits}" if digits else "", call_label=label if digits else "")
