"""Needs as threads: five knots from her choice to the problem being resolved. Source: workflows 6.3 and 6.4; BRIEF.md section 3."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from careloom.desk.presenters import days
from careloom.infra.ui.components import Knot, Thread, Threads
from careloom.kernel.referral import Outcome, Reason, State
from careloom.plans.merging import NeedNow
from careloom.plans.models import Referral
from careloom.plans.presenters.words import UNMET
from careloom.plans.queries import PlanParts
from careloom.plans.referrals.words import OUTCOMES, REASONS

HELPED = {Outcome.ENROLLED.value, Outcome.SERVICE_DELIVERED.value}
LATER = {State.SCHEDULED, State.ATTENDED, State.NO_SHOW, State.COMPLETED}
STOPPED = {State.CANCELLED, State.DECLINED, State.FAILED}


@dataclass(frozen=True, kw_only=True)
class When:
    """The instant of the page and its zone, for dates on knots."""

    at: datetime
    zone: ZoneInfo
    may_write: bool

    def short(self, instant: datetime | None) -> str:
        """Mar. 3, as a knot says it; empty when unknown."""
        return date_format(instant.astimezone(self.zone), "N j") if instant else ""

    def day(self, instant: datetime) -> str:
        """Today, tomorrow, Friday, March 20."""
        return days.day(instant.astimezone(self.zone).date(), today=self.at.astimezone(self.zone).date())


def threads_of(parts: PlanParts, *, when: When) -> tuple[Threads | None, str]:
    """The threads, those that need someone first and those that ended last, with the sentence that counts them."""
    drawn = [(_rank(knots), _thread(need, knots)) for need in parts.needs for knots in [_knots(need, parts=parts, when=when)]]
    if not drawn:
        return None, ""
    ranks = [rank for rank, _thread_ in drawn]
    ordered = tuple(thread for _rank_, thread in sorted(drawn, key=lambda pair: pair[0]))
    columns = (_("Need"), _("Her choice"), _("Service"), _("Referral"), _("Delivered"), _("Resolved"))
    return Threads(threads=ordered, columns=columns), _sentence(ranks)


def _sentence(ranks: list[int]) -> str:
    whole = ngettext("%(n)s thread.", "%(n)s threads.", len(ranks)) % {"n": days.number(len(ranks))}
    facts = [
        (ranks.count(0), _("%(n)s waiting for someone")),
        (ranks.count(2), _("%(n)s finished")),
        (ranks.count(3), _("%(n)s she has let go")),
    ]
    rest = ", ".join(words % {"n": days.number(n).lower()} for n, words in facts if n)
    return f"{whole} {rest[:1].upper()}{rest[1:]}." if rest else whole


def _rank(knots: tuple[Knot, ...]) -> int:
    states = {knot.state for knot in knots}
    if "end" in states:
        return 3
    if knots[-1].state == "done":
        return 2
    return 0 if states & {"late", "wait"} else 1


def _thread(need: NeedNow, knots: tuple[Knot, ...]) -> Thread:
    whom = _("For %(name)s") % {"name": need.row.for_whom} if need.row.for_whom else ""
    return Thread(need=need.row.title, sub=whom, knots=knots, url=reverse("plans:need", args=[need.id]), anchor=f"need-{need.id}")


def _knots(need: NeedNow, *, parts: PlanParts, when: When) -> tuple[Knot, ...]:
    if need.choice == "NO":
        words = _("We ask again only if she brings it up. Nothing else changes.")
        return Knot(state="end", head=_("No"), quote=need.words), Knot(state="span", head=_("Her choice stands."), text=words)
    referral = _current(parts.referrals_of(need.id))
    return (
        _choice(need),
        _service(need, referral, when=when),
        _referral(need, referral, when=when),
        _delivered(need, referral, when=when),
        _resolved(need, when=when),
    )


def _current(referrals: tuple[Referral, ...]) -> Referral | None:
    """The referral that counts: the newest that goes on, else the newest."""
    going = [row for row in referrals if State(row.state) not in STOPPED]
    return (going or list(referrals) or [None])[-1]


def _choice(need: NeedNow) -> Knot:
    if need.choice == "YES":
        return Knot(state="her", head=_("Yes"), quote=need.words)
    if need.choice == "NOT_NOW":
        return Knot(state="her", head=_("Not now"), quote=need.words)
    return Knot(state="wait", head=_("Not asked yet"), text=_("Ask her first"))


def _not_yet() -> Knot:
    return Knot(state="next", head=_("Not yet"))


def _service(need: NeedNow, referral: Referral | None, *, when: When) -> Knot:
    if referral is not None and State(referral.state) not in STOPPED:
        return Knot(state="ok", head=referral.organization, text=referral.service_name)
    if need.row.existing_service:
        return Knot(state="ok", head=need.row.existing_service, text=_("Already hers"))
    if need.choice == "YES" and need.result != "MET":
        url = reverse("plans:referrals:new", args=[need.id]) if when.may_write else ""
        return Knot(state="wait", head=_("Choose a service"), url=url)
    return _not_yet()


def _referral(need: NeedNow, referral: Referral | None, *, when: When) -> Knot:
    if referral is None:
        return Knot(state="ok", head=_("Already there"), text=_("Nothing to send")) if need.row.existing_service else _not_yet()
    url, state = reverse("plans:referrals:page", args=[referral.pk]), State(referral.state)
    reason = str(REASONS.get(Reason(referral.reason), "")) if referral.reason else ""
    if state is State.REQUESTED:
        late = referral.answer_due_at is not None and referral.answer_due_at <= when.at
        due = _("Answer was due %(day)s") if late else _("Answer due %(day)s")
        text = due % {"day": when.day(referral.answer_due_at)} if referral.answer_due_at else ""
        return Knot(state="late" if late else "wait", head=_("Asked %(day)s") % {"day": when.short(referral.requested_at)}, text=text, url=url)
    if state is State.WAITLISTED:
        place = _("Place %(n)s") % {"n": referral.waitlist_place} if referral.waitlist_place else ""
        return Knot(state="wait", head=_("On the waiting list"), text=place, url=url)
    heads = {
        State.DRAFT: ("wait", _("Not sent yet")), State.DECLINED: ("late", _("Not taken")), State.FAILED: ("late", _("No answer")),
        State.REOPENED: ("late", _("Open again")), State.CANCELLED: ("next", _("Stopped")),
    }  # fmt: skip
    knot_state, head = heads.get(state, ("ok", _("Accepted")))
    return Knot(state=knot_state, head=head, text=reason, url=url)  # type: ignore[arg-type]


def _delivered(need: NeedNow, referral: Referral | None, *, when: When) -> Knot:
    state = State(referral.state) if referral else None
    if referral is None or state in STOPPED:
        return Knot(state="move", head=_("Going")) if need.row.existing_service else _not_yet()
    if state is State.SCHEDULED and referral.scheduled_for:
        shown = f"{when.short(referral.scheduled_for)}, {days.hour(referral.scheduled_for, zone=when.zone)}"
        return Knot(state="move", head=shown, text=_("First visit"))
    if state is State.ATTENDED:
        return Knot(state="move", head=_("Going"))
    if state is State.NO_SHOW:
        missed = ngettext("%(n)s visit did not happen", "%(n)s visits did not happen", referral.no_shows) % {"n": referral.no_shows}
        return Knot(state="wait", head=_("Visit missed"), text=missed)
    if state is State.COMPLETED:
        helped = {"YES": _("She says it helped"), "PARTLY": _("She says it helped in part"), "NO": _("She says it did not help")}
        words = str(OUTCOMES.get(Outcome(referral.outcome), "")) if referral.outcome else _("Finished")
        return Knot(state="done" if referral.outcome in HELPED else "wait", head=words, text=helped.get(referral.got_help, ""))
    return _not_yet()


def _resolved(need: NeedNow, *, when: When) -> Knot:
    if need.result == "MET":
        return Knot(state="done", head=_("Resolved"), text=when.short(need.resolved_at))
    if need.result == "PARTLY":
        return Knot(state="move", head=_("Partly"), text=when.short(need.resolved_at))
    if need.result == "UNMET":
        return Knot(state="wait", head=_("Not met"), text=str(UNMET.get(need.result_reason, "")))
    return _not_yet()
