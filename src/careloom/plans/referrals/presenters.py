"""Makes what the screens of referrals draw: the thread, the facts, the buttons, the consent that is missing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from careloom.agencies.models import Agency
from careloom.directory.needs import catalogue
from careloom.infra import clock
from careloom.infra.ui.components import Fact, Facts, Knot, Link, Notice, Status, Tabs, Thread
from careloom.infra.ui.components.plan import KnotState
from careloom.kernel.referral import Outcome, Reason, State, Voice, next_states
from careloom.people.models import PersonRecord
from careloom.plans.models import Referral, ReferralEvent
from careloom.plans.referrals import words
from careloom.plans.referrals.answers import MissingConsent, Refused
from careloom.plans.referrals.queries import Group, ReferralPage

KNOTS: dict[State, KnotState] = {
    State.REQUESTED: "wait", State.ACCEPTED: "ok", State.DECLINED: "late", State.SCHEDULED: "ok", State.ATTENDED: "ok", State.NO_SHOW: "late",
    State.WAITLISTED: "wait", State.COMPLETED: "done", State.CANCELLED: "end", State.FAILED: "late", State.REOPENED: "move", State.DRAFT: "next",
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class InboxRow:
    """One line of the inbox."""

    name: str
    need: str
    url: str
    status: Status
    due: str


def day(instant: datetime | None) -> str:
    """A day as people write it, in the local zone."""
    return formats.date_format(instant.astimezone(clock.zone(settings.TIME_ZONE)), "MONTH_DAY_FORMAT") if instant else ""


def moment(instant: datetime | None) -> str:
    """A day and a time as people write them, in the local zone."""
    if instant is None:
        return ""
    local = instant.astimezone(clock.zone(settings.TIME_ZONE))
    return f"{formats.date_format(local, 'MONTH_DAY_FORMAT')}, {formats.date_format(local, 'TIME_FORMAT')}"


def need_label(code: str, *, language: str) -> str:
    """The words of a need in the catalogue."""
    entry = catalogue().needs.get(code)
    return entry.label(language) if entry else _("Support for a family")


def name_of(person: PersonRecord | None) -> str:
    """The name that she goes by, or that there is none to show."""
    return (person.preferred_name or person.given_name) if person else _("A family")


def status_of(row: Referral) -> Status:
    """The state of a referral in words."""
    state = State(row.state)
    tone = {"late": "late", "wait": "wait", "move": "move", "done": "done"}.get(KNOTS[state], "")
    return Status(words=str(words.STATES[state]), tone=tone)  # type: ignore[arg-type]


def thread(page: ReferralPage) -> Thread:
    """The history as a thread. Where the other side's steps are not visible, its last word still is."""
    row = page.referral
    knots = [_knot(event, page) for event in page.events]
    if not page.events or page.events[-1].state != row.state:
        knots.append(Knot(state=KNOTS[State(row.state)], head=str(words.STATES[State(row.state)]), text=day(row.changed_at)))
    sub = row.service_name if row.service_name != row.organization else ""
    return Thread(need=row.organization, sub=sub, knots=tuple(knots))


def _knot(event: ReferralEvent, page: ReferralPage) -> Knot:
    state, hers = State(event.state), event.said_by == Voice.HER
    reason = str(words.REASONS[Reason(event.reason)]) if event.reason else ""
    said = {Voice.US: page.owner.name_outside if page.owner else "", Voice.THEM: page.referral.organization, Voice.HER: _("She said")}
    text = ", ".join(part for part in (day(event.at), said.get(Voice(event.said_by), ""), reason, "" if hers else event.note) if part)
    knot: KnotState = "her" if hers and state is not State.CANCELLED else KNOTS[state]
    tried = event.reason == Reason.NO_CONTACT and state is not State.FAILED
    return Knot(state=knot, head=_("Tried, nobody was reached") if tried else str(words.STATES[state]), text=text, quote=event.note if hers else "")


def facts(page: ReferralPage, *, language: str) -> Facts:
    """What was asked, for whom, how, and who owes the next step by when."""
    row = page.referral
    told = [
        Fact(label=_("For"), value=", ".join(name_of(p) for p in page.people) or _("A family")),
        Fact(label=_("Needs"), value=page.need.title if page.need else _("Ask the agency that sent it")),
        Fact(label=_("Warm hand-off"), value=row.hand_off),
        Fact(label=_("Asked by"), value=_asker(page), note=page.owner.name_outside if page.owner and page.is_receiver else ""),
        Fact(label=_("Asked on"), value=day(row.requested_at)),
        Fact(label=_("Answer by"), value=day(row.answer_due_at) if row.state == State.REQUESTED else ""),
        Fact(label=_("Visit"), value=moment(row.scheduled_for) if row.state == State.SCHEDULED else ""),
        Fact(label=_("Place on the list"), value=str(row.waitlist_place or "")),
        Fact(label=_("Came to"), value=str(words.OUTCOMES[Outcome(row.outcome)]) if row.outcome else ""),
    ]
    return Facts(items=tuple(fact for fact in told if fact.value))


def _asker(page: ReferralPage) -> str:
    """Who asked, with the position that she has (R-198)."""
    who = page.asked_by
    return ", ".join(part for part in (who.worker.name, who.title) if part) if who else ""


def service_lines(row: Referral) -> list[tuple[str, str]]:
    """Type, frequency, length, place and method of the planned service (R-120), as far as they are known."""
    pairs = [
        (_("Service"), row.service_name), (_("Type"), row.service_type),
        (_("How often"), row.frequency), (_("For how long"), row.length), (_("Where"), row.place),
        (_("How it is given"), _choice(row.method)), (_("Who pays"), _choice(row.funding)), (_("What they should know"), row.note),
    ]  # fmt: skip
    return [(label, value) for label, value in pairs if value]


def _choice(code: str) -> str:
    from careloom.plans.referrals.forms import FUNDING, METHODS

    return str(dict([*METHODS, *FUNDING]).get(code, ""))


def buttons(page: ReferralPage) -> list[tuple[str, list[Link]]]:
    """What may be said now, by whom: one heading for each voice that this viewer speaks for."""
    row = page.referral
    heaps: list[tuple[str, list[Link]]] = []
    if page.answers:
        title = _("Your answer") if page.is_receiver else _("What they told us")
        heaps.append((title, _links(row, voice=Voice.THEM, name="answer", solid=page.is_receiver)))
    if page.moves:
        heaps.append((_("What we do"), _links(row, voice=Voice.US, name="move", solid=False)))
    return [(title, links) for title, links in heaps if links]


def _links(row: Referral, *, voice: Voice, name: str, solid: bool) -> list[Link]:
    found = [end for end in next_states(start=State(row.state), voice=voice) if end is not State.REQUESTED]
    kinds = ["solid" if solid and n == 0 else "outline" for n in range(len(found))]
    return [
        Link(label=_label(row, end), url=reverse(f"plans:referrals:{name}", args=[row.pk, end.value.lower()]), kind=kind)  # type: ignore[arg-type]
        for end, kind in zip(found, kinds, strict=True)
    ]


def _label(row: Referral, end: State) -> str:
    if end is State.SCHEDULED and row.state in (State.SCHEDULED, State.NO_SHOW):
        return _("Plan another visit")
    return str(words.DO[end])


def missing_notice(missing: MissingConsent, *, recipient: Agency | None, discloser: Agency | None) -> Notice:
    """What she has not allowed yet, with the way to the consent builder, its recipient and categories filled."""
    names = {"to": recipient.name_outside if recipient else "", "of": discloser.name_outside if discloser else ""}
    text = _("Nothing was sent. She has not allowed %(to)s to see this referral from %(of)s. Ask her, then send it.") % names
    return Notice(text=text, level="warning", link=consent_link(missing))


def consent_link(missing: MissingConsent) -> Link | None:
    """The consent builder with this release filled in; None while no app serves it."""
    try:
        url = reverse("consents:new", args=[missing.identity_id])
    except NoReverseMatch:
        return None
    filled = {
        "recipients": str(missing.recipient_id), "disclosers": str(missing.discloser_id),
        "information": ",".join(missing.categories), "purposes": ",".join(missing.purposes),
    }  # fmt: skip
    return Link(label=_("Ask for her consent"), url=f"{url}?{urlencode(filled)}")


def refusal_texts(refused: Refused) -> list[str]:
    """The sentences of a refusal; each says what to do next."""
    return [str(words.REFUSALS[reason]) for reason in refused.reasons]


def inbox_row(row: Referral, *, person: PersonRecord | None) -> InboxRow:
    """A line of the inbox."""
    due = _("Answer by %(day)s") % {"day": day(row.answer_due_at)} if row.state == State.REQUESTED else ""
    visit = _("Visit %(day)s") % {"day": moment(row.scheduled_for)} if row.state == State.SCHEDULED else ""
    return InboxRow(
        name=name_of(person), need=row.service_name or row.organization, url=reverse("plans:referrals:page", args=[row.pk]),
        status=status_of(row), due=due or visit,
    )  # fmt: skip


def sender_of(agency: Agency | None) -> str:
    """Who a one-time page comes from: the county's family care, never an agency, whose name could tell of treatment (42 CFR 2.13(c))."""
    county = (agency.county if agency else "").removesuffix(" County").strip()
    return pgettext("sender", "%(county)s County Family Care") % {"county": county} if county else pgettext("sender", "Family Care")


def step_title(end: State) -> str:
    """The heading of a step's form."""
    return str(words.DO[end])


def inbox_tabs(group: Group) -> Tabs:
    """The heaps of the inbox."""
    labels = {Group.NEW: _("New"), Group.WAITING: _("Waiting"), Group.IN_SERVICE: _("In service"), Group.ENDED: _("Ended")}
    base = reverse("plans:referrals:inbox")
    return Tabs(label=_("Referrals to us"), items=tuple((label, f"{base}?show={one.value.lower()}", one is group) for one, label in labels.items()))


def language_name(code: str) -> str:
    """A language in the reader's words."""
    return {"en": _("English"), "es": _("Spanish")}.get(code[:2], code)
