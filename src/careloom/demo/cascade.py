"""Needs, her choice on each, and the referral that follows, step by step (workflows 6.3 and 6.4).

The shares are scaled so that 21 to 27 of 100 needs that are named end in a first visit, as published.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from careloom.demo import parameters as p
from careloom.demo.draw import Draw, after_working_days, instant, working_day
from careloom.demo.exposures import group_of
from careloom.demo.ground import Ground
from careloom.demo.parameters import data
from careloom.demo.people import Infant, Mother
from careloom.demo.steps import ReferralEvent, ReferralStory
from careloom.demo.story import Exposure, Need, Plan, Treatment

ONE_VISIT = ("SUPPLIES", "NALOXONE", "OBSTETRIC_CARE")
DECLINES = ("NO_OPENING", "NOT_ELIGIBLE", "TOO_FAR", "NO_LANGUAGE", "INSURANCE")


def draw_needs(
    *,
    ground: Ground,
    number: int,
    key: str,
    mother: Mother,
    infants: tuple[Infant, ...],
    exposure_class: str,
    exposures: tuple[Exposure, ...],
    treatment: Treatment | None,
    plan: Plan | None,
) -> tuple[Need, ...]:
    """The needs of an agreed plan, with her answer to each."""
    if plan is None or plan.agreed_on is None:
        return ()
    draw = ground.draw(table="need", number=number)
    facts = _facts(mother=mother, infants=infants, exposure_class=exposure_class, exposures=exposures, treatment=treatment)
    possible = [row for row in data("needs") if row["when"] in facts]
    sure = [row for row in possible if row["weight"] == 0]
    rest = [row for row in possible if row["weight"] > 0]
    rest.sort(key=lambda row: draw.share() ** (1.0 / row["weight"]), reverse=True)
    chosen = sure + rest[: draw.whole(2, 5)]
    return tuple(
        _need(ground=ground, draw=draw, key=f"{key}-n{place}", row=row, mother=mother, infants=infants, plan=plan)
        for place, row in enumerate(chosen, start=1)
    )


def _facts(
    *, mother: Mother, infants: tuple[Infant, ...], exposure_class: str, exposures: tuple[Exposure, ...], treatment: Treatment | None
) -> set[str]:
    names = {row.substance for row in exposures}
    opioid = treatment is not None or bool(names & {"FENTANYL", "PRESCRIBED_OPIOID"})
    facts = {"ANY"}
    facts |= {"BORN"} if infants else set()
    facts |= {"OPIOID"} if opioid else set()
    facts |= {"OPIOID_BORN"} if opioid and infants else set()
    facts |= {"OPIOID_UNTREATED"} if "FENTANYL" in names and treatment is None else set()
    facts |= {"TOBACCO"} if "TOBACCO" in names else set()
    facts |= {"TRIBE"} if mother.tribe else set()
    if treatment is None and "FENTANYL" not in names and group_of(exposure_class=exposure_class) != "PRESCRIBED":
        facts |= {"OTHER_SUBSTANCE"}
    return facts


def _need(*, ground: Ground, draw: Draw, key: str, row: dict[str, Any], mother: Mother, infants: tuple[Infant, ...], plan: Plan) -> Need:
    early = row["code"] == "EARLY_INTERVENTION"
    asked = draw.chance(p.OFFERED) or early
    wanted = draw.chance(p.EI_REFERRED if early else row["want"])
    choice = ("YES" if wanted else "NOT_NOW" if draw.chance(0.5) else "NO") if asked else None
    already = draw.chance(row["already"]) and choice == "YES"
    named = plan.agreed_on or ground.starts_on
    born = infants and infants[0].born_at.date() > named
    named_on = min(named + timedelta(days=draw.whole(0, 6)), ground.day(-1))
    if row["who"] == "INFANT" and born:
        named_on = min(infants[0].born_at.date() + timedelta(days=draw.whole(1, 4)), ground.day(-1))
    if plan.closed_on:
        named_on = min(named_on, plan.closed_on)
    language = "es" if mother.language == "es" else "en"
    words = draw.pick(row["words"][language][choice]) if choice else ""
    person = infants[0].key if row["who"] == "INFANT" and infants else mother.key
    return Need(
        key=key,
        code=row["code"],
        domain=row["domain"],
        title=row["title"],
        person_key=person,
        named_on=named_on,
        choice=choice,
        chosen_on=named_on if choice else None,
        her_words=words,
        service_kind=row["service_kind"],
        state="EXISTING_SERVICE" if already else {"YES": "WANTED", "NOT_NOW": "NOT_NOW", "NO": "NO"}.get(choice or "", "IDENTIFIED"),
        has_service_already=already,
    )


def draw_referrals(*, ground: Ground, number: int, mother: Mother, plan: Plan | None, needs: tuple[Need, ...]) -> tuple[ReferralStory, ...]:
    """One referral for each need she wants and does not have already; consents are joined afterwards."""
    if plan is None or not plan.leads:
        return ()
    draw = ground.draw(table="referral", number=number)
    catalogue = {row["code"]: row for row in data("needs")}
    lead = plan.leads[-1]
    rows = []
    for need in needs:
        if need.choice != "YES" or need.has_service_already:
            continue
        row = catalogue[need.code]
        to = _to(ground=ground, draw=draw, mother=mother, kind=row["agency_kind"])
        if to == lead.agency_key:
            to = ground.other(kind=row["agency_kind"], county=mother.county)
        events = _events(ground=ground, draw=draw, row=row, need=need, last=plan.closed_on or ground.ends_on)
        rows.append(
            ReferralStory(
                key=f"{need.key}-r1",
                need_key=need.key,
                from_agency_key=lead.agency_key,
                to_agency_key=to,
                sent_by=lead.worker_key,
                service_kind=need.service_kind,
                consent_key=None,
                events=events,
                answer_due_on=after_working_days(events[0].at.date(), count=2) if events else None,
                outcome=_outcome(events),
                answered_by_link=row["agency_kind"] == "HOUSING",
            )
        )
    return tuple(rows)


def _to(*, ground: Ground, draw: Draw, mother: Mother, kind: str) -> str:
    if kind == "HEALTH_PLAN" and mother.plan_id:
        return mother.payer
    if kind == "TRIBAL_ICWA":
        return "eagle_nation"
    return ground.other(kind=kind, county=mother.county) if draw.chance(0.15) else ground.near(kind=kind, county=mother.county)


def _events(*, ground: Ground, draw: Draw, row: dict[str, Any], need: Need, last: date) -> tuple[ReferralEvent, ...]:
    """The steps known before ``last``; the same draws whatever the day, so that time only reveals more."""
    sent_share = 1.0 if row["code"] == "EARLY_INTERVENTION" and need.choice == "YES" else p.SENT
    sent, received = draw.chance(sent_share), draw.chance(1.0 if row["code"] == "EARLY_INTERVENTION" else p.RECEIVED)
    accepted, waits = draw.chance(row["accept"]), draw.chance(p.WAITLISTED if row["agency_kind"] in ("HOUSING", "PART2_PROGRAM") else 0.1)
    kept = draw.chance(p.EI_ENROLLED / row["accept"] if row["code"] == "EARLY_INTERVENTION" else p.FIRST_KEPT)
    missed, again, done = draw.chance(p.NO_SHOW_FIRST), draw.chance(p.SECOND_KEPT), draw.chance(p.COMPLETED)
    answer, hour, span = draw.whole(0, 4), draw.whole(11, 16), draw.days(median=row["median_days"], sigma=row["sigma"])
    pause, quiet, why = draw.whole(0, 3), draw.whole(12, 30), draw.pick(DECLINES)
    if not sent:
        return ()
    asked_on = working_day(need.named_on + timedelta(days=pause))
    if need.choice == "YES" and asked_on >= last and need.named_on < last:
        asked_on = need.named_on
    steps: list[tuple[date, str, str | None]] = [(asked_on, "REQUESTED", None)]
    if not received:
        steps.append((asked_on + timedelta(days=quiet), "CANCELLED", "NO_ANSWER"))
        return _known(steps=steps, hour=hour, last=last)
    answered = working_day(asked_on + timedelta(days=answer + 1))
    if not accepted:
        steps.append((answered, "DECLINED", why))
        return _known(steps=steps, hour=hour, last=last)
    steps.append((answered, "ACCEPTED", None))
    if waits:
        steps.append((answered + timedelta(days=1), "WAITLISTED", "NO_OPENING"))
    first = working_day(max(answered + timedelta(days=2), asked_on + timedelta(days=span)))
    steps.append((max(answered + timedelta(days=1), first - timedelta(days=12)), "SCHEDULED", None))
    if not kept or missed:
        steps.append((first, "NO_SHOW", None))
        first = working_day(first + timedelta(days=7))
    if not kept:
        steps += [(first, "NO_SHOW", None), (first + timedelta(days=10), "FAILED", "NO_CONTACT")]
        return _known(steps=steps, hour=hour, last=last)
    steps.append((first, "ATTENDED", None))
    if row["service_kind"] in ONE_VISIT:
        steps.append((first, "COMPLETED", "SERVICE_DELIVERED"))
    elif again:
        steps.append((working_day(first + timedelta(days=7)), "ENROLLED", None))
        if done:
            steps.append((working_day(first + timedelta(days=90)), "COMPLETED", "SERVICE_DELIVERED"))
    return _known(steps=steps, hour=hour, last=last)


def _known(*, steps: list[tuple[date, str, str | None]], hour: int, last: date) -> tuple[ReferralEvent, ...]:
    kept = [step for step in steps if step[0] < last]
    later = next((day for day, status, _ in steps if status in ("NO_SHOW", "ATTENDED")), None)
    return tuple(
        ReferralEvent(
            at=instant(day=day, hour=hour, minute=place),
            status=status,
            reason=reason,
            scheduled_for=instant(day=later, hour=10) if status == "SCHEDULED" and later else None,
        )
        for place, (day, status, reason) in enumerate(kept)
    )


def _outcome(events: tuple[ReferralEvent, ...]) -> str | None:
    ends = {"COMPLETED": "SERVICE_DELIVERED", "ENROLLED": "ENROLLED", "FAILED": "NO_CONTACT", "DECLINED": "NOT_TAKEN", "CANCELLED": "NO_ANSWER"}
    return ends.get(events[-1].status) if events else None


def settle_needs(*, needs: tuple[Need, ...], referrals: tuple[ReferralStory, ...]) -> tuple[Need, ...]:
    """Each need with the state that its referral has reached."""
    by_need = {row.need_key: row for row in referrals}
    return tuple(_settled(need, by_need.get(need.key)) for need in needs)


def _settled(need: Need, referral: ReferralStory | None) -> Need:
    if referral is None or not referral.events:
        return need
    last = referral.events[-1]
    state, reason, resolved = {
        "COMPLETED": ("MET", None, last.at.date()),
        "ENROLLED": ("IN_SERVICE", None, None),
        "ATTENDED": ("IN_SERVICE", None, None),
        "DECLINED": ("UNMET", last.reason, None),
        "CANCELLED": ("UNMET", last.reason, None),
        "FAILED": ("UNMET", last.reason, None),
    }.get(last.status, ("REFERRAL_OPEN", None, None))
    return replace(need, state=state, reason=reason, resolved_on=resolved)
