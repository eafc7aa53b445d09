"""Turns what she may read into the parts of the look: the next visit, one question, wants, team, who can see."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext, ngettext

from careloom.consents.queries import Status
from careloom.infra import clock
from careloom.infra.ui.components import Appointment as VisitCard
from careloom.infra.ui.components import Link, Voice, Want, Wants, WhoList, WhoRow
from careloom.infra.ui.components.page import Tone
from careloom.messages.models import Appointment
from careloom.people.models import FamilyMember
from careloom.plans.merging import GoalNow, NeedNow
from careloom.plans.models import CareTeamMember, HerView, PlanOfSafeCare, Referral
from careloom.portal import words
from careloom.portal.models import ServiceRating
from careloom.portal.pages import Home, Plan, Visit
from careloom.portal.sharing import LIVE, Sharing

WAITS = frozenset({"REQUESTED", "REOPENED", "WAITLISTED"})


def spanish() -> bool:
    """Whether this page is in Spanish."""
    return (get_language() or "en").startswith("es")


def language() -> str:
    """The language of this page, two letters."""
    return "es" if spanish() else "en"


def day_words(day: date) -> str:
    """Monday, March 16; lunes 16 de marzo."""
    return date_format(day, r"l j \d\e F" if spanish() else "l, F j")


def short_day(day: date) -> str:
    """March 16; 16 de marzo. With the year when it is another one."""
    same = day.year == clock.today().year
    if spanish():
        return date_format(day, r"j \d\e F" if same else r"j \d\e F \d\e Y")
    return date_format(day, "F j" if same else "F j, Y")


def local(instant: datetime) -> datetime:
    """An instant as her clock shows it."""
    return instant.astimezone(clock.zone(settings.TIME_ZONE))


def hour_words(instant: datetime) -> str:
    """2:00 in the afternoon; 2:00 de la tarde."""
    at = local(instant)
    part = 0 if at.hour < 12 else 1 if at.hour < 18 else 2
    names = (gettext("in the morning"), gettext("in the afternoon"), gettext("in the evening"))
    return f"{(at.hour % 12) or 12}:{at.minute:02d} {names[part]}"


def visit_card(row: Appointment | None) -> VisitCard:
    """The next visit, large; calm words when none is planned."""
    if row is None:
        return VisitCard(title=gettext("Your next visit"), day=gettext("No visit is planned"), hour="", what=gettext("Your team will tell you."))
    ride = Link(
        label=gettext("We asked for your ride") if row.ride_wanted else gettext("Ask for a ride"),
        url=reverse("portal:visits") if row.ride_wanted else reverse("portal:ask", args=[row.pk, "ride"]),
        icon="directions_car", kind="solid", post=not row.ride_wanted,
    )  # fmt: skip
    change = Link(label=gettext("Change it"), url=reverse("portal:ask", args=[row.pk, "move"]), kind="outline", post=True)
    title = words.visit_words(neutral_title=row.neutral_title)
    day, hour = day_words(local(row.starts_at).date()), hour_words(row.starts_at)
    return VisitCard(title=gettext("Your next visit"), day=day, hour=hour, what=title, actions=(ride, change))


def progress(page: Home) -> list[str]:
    """What went well, in sentences. It counts what was done; it is no score, and nothing stands here where there is nothing."""
    done = sum(1 for need in page.plan.needs if need.result == "MET") if page.plan else 0
    lines = [ngettext("You kept %(n)d visit in the last two months.", "You kept %(n)d visits in the last two months.", page.kept) % {"n": page.kept}]
    found = lines if page.kept else []
    if done:
        found.append(ngettext("%(n)d thing of your plan is done.", "%(n)d things of your plan are done.", done) % {"n": done})
    return found


def rating_words(row: ServiceRating | None) -> str:
    """What she said of a service."""
    said = {"GOOD": gettext("Good"), "OK": gettext("It was OK"), "NOT_GOOD": gettext("Not good")}
    return said.get(row.says, "") if row else ""


def goal_voice(goal: GoalNow, *, goes_on: bool = True) -> Voice:
    """A goal in her words, with the link to change it while the plan goes on."""
    link = Link(label=gettext("Change my words"), url=reverse("portal:goal", args=[goal.row.pk])) if goes_on else None
    return Voice(words=goal.row.words, link=link, small=False)


def wants(needs: Iterable[NeedNow], referrals: Iterable[Referral]) -> Wants:
    """What she wants, one line each, in her terms. What she said no to is not listed: her choice stands."""
    by_need: dict[object, list[Referral]] = {}
    for referral in referrals:
        by_need.setdefault(referral.need_id, []).append(referral)
    rows = (n for n in needs if n.choice in {"YES", "NOT_ASKED"} or n.result == "MET")
    return Wants(items=tuple(_want(need, by_need.get(need.row.pk, [])) for need in rows))


def _want(need: NeedNow, referrals: list[Referral]) -> Want:
    text, tone = _how_it_stands(need, referrals[-1] if referrals else None)
    icon = "check_circle" if tone == "done" else words.need_icon(need.row.code)
    head = words.need_words(code=need.row.code, title=need.row.title, language=language())
    return Want(icon=icon, head=head, text=text, tone=tone)


def _how_it_stands(need: NeedNow, referral: Referral | None) -> tuple[str, Tone]:
    if need.result == "MET":
        return gettext("Done."), "done"
    if referral is None or referral.state == "DRAFT":
        return (gettext("You have this now."), "move") if need.row.existing_service else (gettext("Your team is working on it."), "wait")
    if referral.state == "SCHEDULED" and referral.scheduled_for is not None:
        day = short_day(local(referral.scheduled_for).date())
        return gettext("Visit on %(day)s.") % {"day": day}, "move"
    if referral.state == "REOPENED":
        return gettext("Your team calls you about this."), "late"
    if referral.state in {"DECLINED", "FAILED", "NO_SHOW"}:
        return gettext("Your team looks for the next step."), "wait"
    if referral.state == "WAITLISTED":
        return gettext("You are on the list."), "wait"
    if referral.state in WAITS:
        return gettext("We asked. We wait for an answer."), "wait"
    return gettext("They said yes."), "move"


def team_list(team: Iterable[CareTeamMember]) -> WhoList:
    """Her team by name and by how they help; no agency is named."""
    return WhoList(rows=tuple(_member(row) for row in team))


def _member(row: CareTeamMember) -> WhoRow:
    digits = "".join(c for c in row.phone if c.isdigit() or c == "+")
    name = gettext("Someone on your team") if words.tells(row.name) else row.name
    label = gettext("Call %(name)s") % {"name": name}
    note = gettext("Your person") if row.through_her and row.role not in words.ROLES else words.role_words(row.role)
    return WhoRow(name=name, note=note, call_url=f"tel:{digits}" if digits else "", call_label=label if digits else "")


def sharing_list(rows: Iterable[Sharing]) -> WhoList:
    """Who can see her information, each with "Stop sharing"."""
    return WhoList(rows=tuple(_sharing(row) for row in rows))


def _sharing(row: Sharing) -> WhoRow:
    facts = [gettext("Sees %(what)s.") % {"what": words.information_words(row.information)}]
    if row.until is not None:
        facts.append(gettext("Until %(day)s.") % {"day": short_day(row.until)})
    if row.until_event:
        facts.append(words.event_words(row.until_event))
    if row.last_looked is not None:
        facts.append(gettext("Looked on %(day)s.") % {"day": short_day(local(row.last_looked).date())})
    else:
        facts.append(gettext("Has not looked yet."))
    if row.status is Status.EXPIRES_SOON:
        facts.append(gettext("It ends soon.") if row.hers else gettext("It ends soon. Your team will ask you."))
    stop = Link(
        label=gettext("Stop sharing"), url=reverse("portal:stop", args=[row.consent_id]), kind="outline",
        hidden=gettext("with: %(name)s") % {"name": row.name},
    )  # fmt: skip
    return WhoRow(name=row.name, note=" ".join(facts), action=stop)


@dataclass(frozen=True, kw_only=True)
class FormLine:
    """One sharing in her list: with whom, what it said and what became of it. The addresses are empty where nothing can be done."""

    name: str
    text: str
    stop_url: str = ""
    again_url: str = ""


def form_line(row: Sharing) -> FormLine:
    """A sharing of hers, in force or over."""
    told = [gettext("Sees %(what)s.") if row.status in LIVE else gettext("Saw %(what)s.")]
    facts = [told[0] % {"what": words.information_words(row.information)}]
    if row.signed_on:
        facts.append(gettext("You said yes on %(day)s.") % {"day": short_day(row.signed_on)})
    ends = [gettext("Until %(day)s.") % {"day": short_day(row.until)}] if row.until else []
    if row.status in LIVE:
        facts += ends + ([words.event_words(row.until_event)] if row.until_event else [])
    elif row.stopped_on:
        facts.append(gettext("You stopped it on %(day)s.") % {"day": short_day(row.stopped_on)})
    else:
        facts.append(gettext("You said yes again later.") if row.status is Status.SUPERSEDED else gettext("It is over."))
    stops = row.status in LIVE
    return FormLine(
        name=", ".join([row.name, *row.others]), text=" ".join(facts), stop_url=reverse("portal:stop", args=[row.consent_id]) if stops else "",
        again_url=reverse("portal:renew", args=[row.consent_id]) if stops and row.hers else "",
    )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class PlanLine:
    """One sentence of her plan that she can write beside. `part`: GOALS, STRONG, WANTS, DONE."""

    part: str
    kind: str
    item_id: UUID
    text: str
    note: str = ""
    hers: str = ""
    change_url: str = ""
    views: tuple[HerView, ...] = ()


def plan_lines(plan: Plan) -> list[PlanLine]:
    """Her plan in sentences, goals first, what is done last."""
    lines = [_goal_line(goal, plan=plan) for goal in plan.goals]
    lines += [
        PlanLine(part="STRONG", kind="STRENGTH", item_id=row.pk, text=row.text, views=plan.views_of(row.pk))
        for row in plan.strengths if not words.tells(row.text)
    ]  # fmt: skip
    return lines + sorted((_need_line(need, plan=plan) for need in plan.needs), key=lambda line: line.part == "DONE")


def _goal_line(goal: GoalNow, *, plan: Plan) -> PlanLine:
    before = gettext("Before: “%(words)s”") % {"words": goal.was} if goal.was else ""
    url = reverse("portal:goal", args=[goal.row.pk])
    return PlanLine(
        part="GOALS", kind="GOAL", item_id=goal.row.pk, text=goal.row.words, note=before, hers="1", change_url=url, views=plan.views_of(goal.row.pk)
    )


def _need_line(need: NeedNow, *, plan: Plan) -> PlanLine:
    last = [r for r in plan.referrals if r.need_id == need.row.pk]
    said = {"NO": gettext("You said no. That is your choice."), "NOT_NOW": gettext("You said not now. You can say yes any time.")}
    stands, tone = _how_it_stands(need, last[-1] if last else None)
    if need.choice == "NOT_ASKED" and tone != "done":
        stands = gettext("Tell us if you want this.")
    return PlanLine(
        part="DONE" if tone == "done" else "WANTS", kind="NEED", item_id=need.row.pk,
        text=words.need_words(code=need.row.code, title=need.row.title, language=language()),
        note=stands if tone == "done" else said.get(need.choice, stands), hers=need.words,
        change_url="" if tone == "done" else reverse("portal:want", args=[need.row.pk]), views=plan.views_of(need.row.pk),
    )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class VisitLine:
    """One visit in words."""

    id: UUID
    day: str
    hour: str
    what: str
    place: str
    clashes: bool
    ride_wanted: bool


def visit_line(visit: Visit) -> VisitLine:
    """A visit for the list and for the fridge; a place that tells too much is left out."""
    row = visit.row
    return VisitLine(
        id=row.pk, day=day_words(local(row.starts_at).date()), hour=hour_words(row.starts_at),
        what=words.visit_words(neutral_title=row.neutral_title), place="" if words.tells(row.place) else row.place,
        clashes=visit.clashes, ride_wanted=row.ride_wanted,
    )  # fmt: skip


def plan_dates(plan: PlanOfSafeCare) -> list[tuple[str, str]]:
    """The dates of her own plan, in order: what happened and what comes next."""
    dates: list[tuple[date | None, str]] = [
        (local(plan.started_at).date(), gettext("Your plan began")),
        (plan.born_on, gettext("Your baby was born")),
        (local(plan.agreed_at).date() if plan.agreed_at else None, gettext("You agreed to your plan")),
        (plan.next_review_on, gettext("You and your team look at the plan again")),
        (plan.follow_until, gettext("Your team stays with you until then")),
    ]
    return [(short_day(day), text) for day, text in sorted((d for d in dates if d[0]), key=lambda d: str(d[0]))]


def own_people(rows: Iterable[FamilyMember]) -> WhoList:
    """Her own people whom she gave a number for."""
    found = [row for row in rows if row.phone]
    return WhoList(
        rows=tuple(
            WhoRow(
                name=row.name, note=row.relation, call_url=f"tel:{''.join(c for c in row.phone if c.isdigit() or c == '+')}",
                call_label=gettext("Call %(name)s") % {"name": row.name},
            )
            for row in found
        )
    )  # fmt: skip
