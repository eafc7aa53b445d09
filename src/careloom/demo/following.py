"""What happens after agreement: reviews, visits, promises, her goals and what she does in her portal."""

from __future__ import annotations

from datetime import date, timedelta

from careloom.demo.draw import Draw, after_working_days, instant, working_day
from careloom.demo.ground import Ground
from careloom.demo.parameters import data
from careloom.demo.people import Infant, Mother
from careloom.demo.steps import AppointmentStory, ConsentGiven, PortalUse, Promise, ReferralStory, ReviewStory
from careloom.demo.story import BirthNotification, Goal, Plan, Pregnancy, Strength, Treatment

REVIEW_DAYS = (30, 60, 90, 180, 270, 365)
WELL_VISIT_DAYS = (4, 14, 60, 120, 180, 270, 365)


def _language(mother: Mother) -> str:
    return "es" if mother.language == "es" else "en"


def draw_goals(*, ground: Ground, number: int, key: str, mother: Mother, plan: Plan | None) -> tuple[tuple[Goal, ...], tuple[Strength, ...]]:
    """One to three goals in her words and what goes well."""
    if plan is None or plan.agreed_on is None:
        return (), ()
    draw = ground.draw(table="goal", number=number)
    voices, language = data("voices"), _language(mother)
    words = draw.some(voices["goals"][language], draw.whole(1, 3))
    goals = tuple(Goal(key=f"{key}-g{place}", words=text, language=language, stated_on=plan.agreed_on) for place, text in enumerate(words, start=1))
    strengths = tuple(
        Strength(words=text, language=language, said_by=plan.leads[-1].worker_key, said_on=plan.agreed_on)
        for text in draw.some(voices["strengths"][language], draw.whole(1, 2))
    )
    return goals, strengths


def draw_reviews(*, ground: Ground, number: int, key: str, mother: Mother, plan: Plan | None, pregnancy: Pregnancy) -> tuple[ReviewStory, ...]:
    """Reviews at 30, 60, 90 days and on: those that were due, and the next one to come."""
    if plan is None or plan.agreed_on is None or pregnancy.outcome != "BORN" or pregnancy.ended_on is None:
        return ()
    draw = ground.draw(table="review", number=number)
    changes = data("voices")["review_changes"][_language(mother)]
    rows: list[ReviewStory] = []
    last = plan.closed_on or ground.ends_on
    for day in REVIEW_DAYS:
        due = working_day(pregnancy.ended_on + timedelta(days=day))
        happens, shift, texts = draw.chance(0.90), draw.whole(-3, 6), tuple(draw.some(changes, draw.whole(1, 3)))
        held = working_day(max(plan.agreed_on, due + timedelta(days=shift)))
        if plan.closed_on and due >= plan.closed_on:
            break
        is_held = happens and held < last and due < ground.ends_on
        version = sum(row.held_on is not None for row in rows) + (2 if is_held else 1)
        rows.append(
            ReviewStory(
                key=f"{key}-v{day}",
                day=day,
                due_on=due,
                scheduled_at=instant(day=held if is_held else due, hour=10) if happens else None,
                held_on=held if is_held else None,
                plan_version=version,
                changes=texts if is_held else (),
            )
        )
        if due >= ground.ends_on:
            break
    return tuple(rows)


def draw_appointments(
    *,
    ground: Ground,
    number: int,
    key: str,
    mother: Mother,
    infants: tuple[Infant, ...],
    referrals: tuple[ReferralStory, ...],
    treatment: Treatment | None,
) -> tuple[AppointmentStory, ...]:
    """Visits that referrals led to, the baby's check-ups and the next treatment visit."""
    draw = ground.draw(table="appointment", number=number)
    rows: list[AppointmentStory] = []

    def add(*, kind: str, day: date, hour: int, agency: str, person: str, kept: bool) -> None:
        rows.append(
            AppointmentStory(
                key=f"{key}-p{len(rows) + 1}",
                kind=kind,
                at=instant(day=day, hour=hour),
                agency_key=agency,
                worker_key=ground.hand(agency_key=agency),
                person_key=person,
                kept=kept if day < ground.ends_on else None,
                needs_ride=mother.miles_to_clinic > 30,
            )
        )

    for baby in infants:
        for after in WELL_VISIT_DAYS:
            kept, hour, day = draw.chance(0.85), draw.whole(8, 15), working_day(baby.born_at.date() + timedelta(days=after + baby.days_in_hospital))
            if baby.died_on and day >= baby.died_on:
                break
            add(kind="WELL_BABY", day=day, hour=hour, agency=baby.pediatric_key, person=baby.key, kept=kept)
            if day >= ground.ends_on:
                break
    for row in referrals:
        for event in row.events:
            if event.status in ("NO_SHOW", "ATTENDED"):
                add(kind=row.service_kind, day=event.at.date(), hour=10, agency=row.to_agency_key, person=mother.key, kept=event.status == "ATTENDED")
        last = row.events[-1] if row.events else None
        if last and last.status == "SCHEDULED" and last.scheduled_for:
            add(kind=row.service_kind, day=last.scheduled_for.date(), hour=10, agency=row.to_agency_key, person=mother.key, kept=True)
    if treatment and treatment.ended_on is None:
        for days in (-9, -2, 5):
            kept, day = draw.chance(0.9), working_day(ground.day(days))
            if day > treatment.started_on:
                add(kind="TREATMENT", day=day, hour=9, agency=treatment.agency_key, person=mother.key, kept=kept)
    return tuple(rows)


def draw_promises(
    *, ground: Ground, number: int, key: str, plan: Plan | None, notification: BirthNotification | None, infants: tuple[Infant, ...]
) -> tuple[Promise, ...]:
    """What workers owe the family: the copy at birth, contact after discharge, the first home visit."""
    draw = ground.draw(table="promise", number=number)
    rows: list[Promise] = []

    def add(*, kind: str, words: str, worker: str, made: date, due: date) -> None:
        kept, early = draw.chance(0.88), draw.whole(0, 2)
        met = max(made, due - timedelta(days=early))
        rows.append(
            Promise(
                key=f"{key}-w{len(rows) + 1}",
                worker_key=worker,
                kind=kind,
                words=words,
                made_at=instant(day=made, hour=11),
                due_on=due,
                met_on=met if kept and met < ground.ends_on else None,
            )
        )

    if notification and infants:
        born = infants[0].born_at.date()
        due = after_working_days(born, count=2)
        made = min(born, ground.day(-1))
        add(kind="COPY_AT_BIRTH", words="Give her the printed plan page", worker=notification.made_by, made=made, due=due)
    if plan and plan.status == "ACTIVE" and infants and infants[0].discharged_on:
        home = max(infants[0].discharged_on, plan.agreed_on or infants[0].discharged_on)
        lead = plan.leads[-1].worker_key
        add(kind="CONTACT_AFTER_DISCHARGE", words="Call or text her", worker=lead, made=home, due=after_working_days(home, count=3))
        add(kind="HOME_VISIT", words="Visit her at home", worker=lead, made=home, due=working_day(home + timedelta(days=14)))
    return tuple(rows)


def draw_portal(
    *,
    ground: Ground,
    number: int,
    mother: Mother,
    plan: Plan | None,
    referrals: tuple[ReferralStory, ...],
    consents: tuple[ConsentGiven, ...],
) -> tuple[PortalUse, ...]:
    """What the mothers who use the portal did there: looked, answered, disagreed, stopped sharing."""
    if plan is None or plan.agreed_on is None:
        return ()
    draw = ground.draw(table="portal", number=number)
    uses, disagrees = draw.chance(0.55), draw.chance(0.12)
    stopped = [row for row in consents if row.revoked_at and row.revoked_how == "PORTAL"]
    if not uses and not stopped:
        return ()
    voices, language, last = data("voices"), _language(mother), ground.ends_on
    rows = [PortalUse(at=instant(day=plan.agreed_on, hour=20, minute=draw.whole(0, 59)), kind="SIGNED_IN")]
    for row in referrals:
        if row.status in ("ATTENDED", "ENROLLED", "COMPLETED", "FAILED", "DECLINED"):
            rows += _helped(draw=draw, row=row, words=voices["helped"][language], last=last)
    for consent in stopped:
        if consent.revoked_at:
            rows.append(PortalUse(at=consent.revoked_at, kind="STOPPED_SHARING", about_key=consent.key, words=draw.pick(voices["stopped"][language])))
    day = plan.agreed_on + timedelta(days=draw.whole(4, 30))
    if disagrees and day < last:
        rows.append(PortalUse(at=instant(day=day, hour=21), kind="DISAGREED", about_key=plan.key, words=draw.pick(voices["disagreed"][language])))
    if day < last:
        rows.append(PortalUse(at=instant(day=day, hour=21, minute=9), kind="LOOKED"))
    return tuple(sorted(rows, key=lambda use: use.at))


def _helped(*, draw: Draw, row: ReferralStory, words: dict[str, list[str]], last: date) -> list[PortalUse]:
    day = row.events[-1].at.date() + timedelta(days=draw.whole(1, 6))
    answer = "YES" if row.is_connected and draw.chance(0.92) else "NO"
    text = draw.pick(words[answer])
    if not draw.chance(0.6) or day >= last:
        return []
    return [PortalUse(at=instant(day=day, hour=20, minute=30), kind="GOT_HELP", about_key=row.key, answer=answer, words=text)]
