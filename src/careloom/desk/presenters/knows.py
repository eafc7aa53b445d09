"""Who knows what, in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from careloom.agencies.words import CATEGORIES
from careloom.desk.pages.knows import KnowsPage, Partner

HOWS = {"RELEASE", "LETTER", "FAX", "EMAIL", "PHONE", "IN_PERSON"}


@dataclass(frozen=True, kw_only=True)
class PartnerLine:
    """One partner: what it reads now, since when and until when, and what it was told on which day."""

    name: str
    reads: str
    since: str
    looked: str
    told: tuple[tuple[str, str], ...]


def lines(page: KnowsPage) -> list[PartnerLine]:
    """The partners of a family."""
    return [_line(one, zone=page.head.zone) for one in page.partners]


def _line(one: Partner, *, zone: ZoneInfo) -> PartnerLine:
    hows = {
        "RELEASE": _("on paper"), "LETTER": _("by letter"), "FAX": _("by fax"), "EMAIL": _("by e-mail"), "PHONE": _("on the phone"),
        "IN_PERSON": _("in person"), "PAGE": _("read on its screen"),
    }  # fmt: skip
    looked = one.sees.last_looked if one.sees else None
    return PartnerLine(
        name=one.agency.name_outside, reads=_parts(one.sees.categories) if one.sees else _("Reads nothing of it now."),
        since=_("Since %(day)s") % {"day": _day(one.since, zone)} if one.since else "",
        looked=_("Looked last on %(day)s") % {"day": _day(looked, zone)} if looked else "",
        told=tuple((_day(at, zone), f"{_parts(categories)}, {hows.get(how, '')}".strip(", ")) for at, categories, how in one.told),
    )  # fmt: skip


def _parts(codes: object) -> str:
    return ", ".join(sorted(str(CATEGORIES.get(code, code)) for code in codes))  # type: ignore[attr-defined]


def _day(at: datetime, zone: ZoneInfo) -> str:
    return date_format(at.astimezone(zone), "F j, Y")
