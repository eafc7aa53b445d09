"""Words for the pages of following. Nothing here reads rows; names come from what the reader sees."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from careloom.barriers.queries import Told
from careloom.barriers.words import STATES as STATES_OF_BARRIERS
from careloom.barriers.words import SYSTEM_CAUSES
from careloom.directory.needs import catalogue
from careloom.following import words
from careloom.following.actions.barriers import cause_of
from careloom.following.line import Place
from careloom.following.models import Attempt
from careloom.following.queries import BarrierGroup, Follows, Tried
from careloom.infra.ui.components import Status
from careloom.kernel.packs.following import Disengagement
from careloom.kernel.referral import Kind
from careloom.plans.presenters.words import CHOICES, UNMET
from careloom.plans.referrals.words import REASONS, STATES

STEPS = (later("Her choice"), later("Service"), later("Referral"), later("In service"), later("Resolved"))
#: How many of the steps are done where a need stands.
DONE = {"NAMED": 0, "CHOICE": 1, "SERVICE": 1, "REFERRAL": 3, "DELIVERED": 4, "RESOLVED": 5}
KINDS = {
    Kind.LIVE.value: later("Live: the service answers here itself"),
    Kind.LINK.value: later("Live: the service answers on a one-time page"),
    Kind.LOGGED.value: later("Logged: we call and note it; nobody answers here"),
}


@dataclass(frozen=True, kw_only=True)
class Heard:
    """What became of a need that was passed on: where it stands, the answer in plain words, and guidance in force."""

    state: str
    answer: str
    guidance: str


@dataclass(frozen=True, kw_only=True)
class Line:
    """One need on the page: where it stands, who owns it, what comes next, what holds it up and what was said at each drop."""

    title: str
    url: str
    stage: str
    steps: tuple[tuple[str, bool], ...]
    status: Status | None
    owner: str
    next_on: str
    stuck: str
    service: str
    kind: str
    drops: tuple[tuple[str, str], ...]
    next_url: str
    barrier_url: str
    noted: bool
    heard: Heard | None
    is_over: bool


def lines(follows: Follows, *, names: Mapping[UUID, str], own: UUID | None, may_write: bool, today: date, heard: Mapping[UUID, Told]) -> list[Line]:
    """The needs, those that are held up first and those that ended last. `heard`: what came back from the partnership, by need."""
    ordered = sorted(follows.places, key=lambda place: (place.is_over, not place.stuck, place.next_on or date.max))
    return [_line(place, follows=follows, names=names, own=own, may_write=may_write, today=today, heard=heard) for place in ordered]


def _heard(told: Told | None) -> Heard | None:
    if told is None:
        return None
    answer = told.plain_es if (get_language() or "en").startswith("es") else told.plain
    return Heard(state=str(STATES_OF_BARRIERS[told.state]), answer=answer, guidance=", ".join(told.guidance))


def _line(
    place: Place, *, follows: Follows, names: Mapping[UUID, str], own: UUID | None, may_write: bool, today: date, heard: Mapping[UUID, Told]
) -> Line:
    need, referral = place.need, place.referral
    writes = may_write and not place.is_over
    done = DONE.get(place.stage, 0)
    owner = "" if place.is_over else names.get(place.owner_id, _("A colleague of the care team")) if place.owner_id else _("Nobody")
    return Line(
        title=need.row.title, url=reverse("plans:need", args=[need.id]), stage=str(words.STAGES[place.stage]),
        steps=tuple((str(step), number < done) for number, step in enumerate(STEPS)) if place.stage != "ENDED" else (),
        status=_status(place), owner=owner, next_on="" if place.is_over else day_words(place.next_on, today=today),
        stuck=str(words.STUCK[place.stuck]) if place.stuck else "",
        service=_service(place), kind=str(KINDS.get(referral.kind, "")) if referral else "",
        drops=_drops(place), next_url=reverse("following:next", args=[need.id]) if writes and need.row.holder_id == own else "",
        barrier_url=reverse("following:barrier", args=[need.id]) if may_write and need.id not in follows.noted and cause_of(need, referral) else "",
        noted=need.id in follows.noted, heard=_heard(heard.get(need.id)), is_over=place.is_over,
    )  # fmt: skip


def _status(place: Place) -> Status | None:
    if place.is_over:
        return Status(words=str(words.STAGES[place.stage]), tone="done", icon="check") if place.stage == "RESOLVED" else None
    if place.late:
        return Status(words=_("Late"), tone="late", icon="update")
    return Status(words=_("Held up"), tone="wait", icon="schedule") if place.stuck else None


def _service(place: Place) -> str:
    if place.referral is None:
        return place.need.row.existing_service
    waits = ""
    if place.referral.state == "WAITLISTED" and place.referral.waitlist_place:
        waits = _("place %(n)s on the list") % {"n": place.referral.waitlist_place}
    return ", ".join(str(part) for part in (place.referral.organization, STATES.get(place.referral.state, ""), waits) if part)  # type: ignore[call-overload]


def _drops(place: Place) -> tuple[tuple[str, str], ...]:
    """Why it did not go on, as a code in words, and her own words beside it."""
    found: list[tuple[str, str]] = []
    for step in place.need.steps:
        if step.step == "CHOICE" and step.value in {"NOT_NOW", "NO"}:
            found.append((str(CHOICES[step.value]), step.words))
        if step.step == "RESULT" and step.value == "UNMET":
            found.append((str(UNMET.get(step.reason, _("Not met"))), step.words))
    if place.referral is not None and place.referral.reason:
        found.append((str(REASONS.get(place.referral.reason, "")), ""))  # type: ignore[call-overload]
    return tuple((head, text) for head, text in found if head)


def day_words(day: date | None, *, today: date) -> str:
    """A next day; a day that is past says so."""
    if day is None:
        return _("No day is set")
    said = date_format(day, "F j")
    return _("%(day)s, which is past") % {"day": said} if day < today else said


def summary(follows: Follows) -> str:
    """Four needs. One is held up. Each has an owner and a next day."""
    open_places = [place for place in follows.places if not place.is_over]
    stuck = sum(bool(place.stuck) for place in open_places)
    whole = ngettext("%(n)s need is open.", "%(n)s needs are open.", len(open_places)) % {"n": len(open_places)}
    held = ngettext("%(n)s is held up.", "%(n)s are held up.", stuck) % {"n": stuck} if stuck else _("Nothing is held up.")
    owned = all(place.owner_id and place.next_on for place in open_places)
    return " ".join([whole, held, _("Each has an owner and a next day.") if owned else _("Not each has an owner and a next day.")])


def attempt_lines(rows: Any, *, names: Mapping[UUID, str], zone: ZoneInfo) -> list[tuple[str, str, str, str]]:
    """Each try: the day, how and what came of it, by whom, and the words."""
    return [_attempt(row, names=names, zone=zone) for row in rows]


def _attempt(row: Attempt, *, names: Mapping[UUID, str], zone: ZoneInfo) -> tuple[str, str, str, str]:
    said = f"{words.HOWS.get(row.how, row.how)}: {words.OUTCOMES.get(row.outcome, row.outcome)}"
    return date_format(row.at.astimezone(zone), "M j, Y, g:i a"), said, names.get(row.worker_id, _("A colleague of the care team")), row.words


def tried_words(tried: Tried, *, rule: Disengagement) -> str:
    """How much of what the pack asks for was done."""
    if not tried.rows:
        return _("No try has failed since somebody was last in touch with her.")
    ways = ngettext("%(n)s way", "%(n)s ways", tried.ways) % {"n": tried.ways}
    days = ngettext("%(n)s day", "%(n)s days", tried.days) % {"n": tried.days}
    asked = _("Asked for are at least %(ways)s different ways over %(days)s days.") % {"ways": rule.ways, "days": rule.days}
    return _("Tried in %(ways)s over %(days)s.") % {"ways": ways, "days": days} + " " + asked


def barrier_lines(groups: tuple[BarrierGroup, ...]) -> list[tuple[str, str, str, str, str]]:
    """County, kind of service, why, the newest words, how often (or a star)."""
    known, language = catalogue(), (get_language() or "en")[:2]
    return [
        (
            one.county or _("No county"), known.domains.get(one.service, {}).get(language, one.service),
            str(SYSTEM_CAUSES.get(one.code, one.code)), one.words, one.times.shown,
        )
        for one in groups
    ]  # fmt: skip
