"""What follows a birth: notification, report where there is one, plan and who leads it.

The order matters: a report comes from a worry that somebody named, and the plan is drawn after it. Declining a plan
leads nowhere (design, "Family first"), and neither payer, race nor the past is an input.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from careloom.demo import parameters as p
from careloom.demo.births import Timing
from careloom.demo.draw import after_working_days
from careloom.demo.exposures import group_of
from careloom.demo.ground import Ground, Script
from careloom.demo.parameters import data
from careloom.demo.people import Infant, Mother
from careloom.demo.story import BirthNotification, ChildWelfare, LeadPeriod, Plan, Pregnancy, Treatment


@dataclass(frozen=True, kw_only=True, slots=True)
class Path:
    """The drawn way: reported or not, level, and the kind of plan (None for no plan)."""

    is_reported: bool
    level: str
    plan_kind: str | None
    declined: bool


def draw_path(*, ground: Ground, number: int, exposure_class: str, timing: Timing, treatment: Treatment | None, script: Script | None) -> Path:
    """Reported or diverted by exposure group, then the plan given that (Connecticut, table T2)."""
    draw = ground.draw(table="path", number=number)
    group = group_of(exposure_class=exposure_class)
    reported = draw.chance(p.REPORT_BASE * p.REPORT_FACTOR[group]) and not timing.is_expecting
    danger = draw.chance(p.PRESENT_DANGER_OF_REPORTED)
    planned = draw.chance(p.PLAN_AT_BIRTH_IF_REPORTED if reported else p.PLAN_AT_BIRTH_IF_NOT_REPORTED)
    prenatal = draw.chance(p.PRENATAL_PLAN[group])
    planned = planned or prenatal
    if number == p.OLDEST_PRACTICE:
        reported, planned = False, True
    if script:
        reported, planned, prenatal = script.is_reported, script.plan_kind is not None, script.plan_kind == "PRENATAL"
    if timing.is_expecting:
        prenatal = planned
    calm = "L0" if group == "PRESCRIBED" else "L1" if treatment else "L2"
    level = ("L4" if danger else "L3") if reported else calm
    return Path(
        is_reported=reported,
        level=(script.level if script else None) or level,
        plan_kind=("PRENATAL" if prenatal or timing.is_loss else "AT_BIRTH") if planned else None,
        declined=not planned and not reported and script is None,
    )


def draw_notification(
    *, ground: Ground, number: int, path: Path, pregnancy: Pregnancy, infants: tuple[Infant, ...], script: Script | None
) -> BirthNotification | None:
    """The notification at birth; without names unless a worry was named. None before birth or after a loss."""
    if not infants or pregnancy.ended_on is None:
        return None
    draw = ground.draw(table="notification", number=number)
    late, twice = draw.chance(p.LATE_ENTRY), draw.chance(p.DUPLICATE)
    wait = draw.whole(8, 20) if late else draw.whole(0, 3)
    concern = draw.pick(data("voices")["concerns"])
    if script:
        late, twice, wait, concern = False, False, min(wait, 2), script.concern or concern
    made_on = min(pregnancy.ended_on + timedelta(days=wait), ground.day(-1))
    return BirthNotification(
        made_on=made_on,
        made_by=ground.hand(agency_key=pregnancy.hospital_key),
        hospital_key=pregnancy.hospital_key,
        level=path.level,
        notify="IDENTIFIED" if path.is_reported else "DEIDENTIFIED",
        has_concern=path.is_reported,
        concern_seen=str(concern) if path.is_reported else None,
        mother_told_on=max(pregnancy.ended_on, made_on - timedelta(days=draw.whole(0, 1))),
        showed_plan=path.plan_kind == "PRENATAL",
        copies=2 if twice else 1,
        is_late=late,
    )


def draw_child_welfare(*, ground: Ground, number: int, mother: Mother, notification: BirthNotification | None) -> ChildWelfare | None:
    """What child welfare did after the report, as far as it is known on the last day."""
    if notification is None or not notification.has_concern:
        return None
    draw = ground.draw(table="child_welfare", number=number)
    agency = ground.near(kind="CPS_AGENCY", county=mother.county)
    screened = draw.chance(p.SCREENED_IN) or notification.level == "L4"
    reported, met_after = notification.made_on, draw.whole(1, 4)
    decided = reported + timedelta(days=draw.whole(20, 40))
    removed_ever, early = draw.chance(p.REMOVED_OF_REPORTED / p.SCREENED_IN), draw.chance(p.REMOVED_EARLY)
    removed = reported + timedelta(days=draw.whole(0, 13) if early else draw.whole(14, 365))
    placed = draw.one_of(p.PLACED_WITH)
    home = removed + timedelta(days=int(draw.weibull(scale=652, shape=1.3)))
    returns = draw.chance(1 - 0.56)
    due = after_working_days(reported, count=4)
    met = after_working_days(reported, count=met_after)
    gone = screened and removed_ever and removed < ground.ends_on and number > 10
    finding = draw.weighted(("SAFE", "IN_HOME_SAFETY_PLAN", "OUT_OF_HOME_SAFETY_PLAN"), (0.62, 0.32, 0.06))
    return ChildWelfare(
        agency_key=agency,
        worker_key=ground.hand(agency_key=agency),
        reported_on=reported,
        screened_in=screened if reported < ground.day(-1) else None,
        face_to_face_due_on=due if screened else None,
        face_to_face_on=met if screened and met < ground.ends_on else None,
        finding=None if not screened or decided >= ground.ends_on else "LEGALLY_AUTHORIZED_PLACEMENT" if gone else str(finding),
        removed_on=removed if gone else None,
        placed_with=str(placed) if gone else None,
        home_on=home if gone and returns and home < ground.ends_on else None,
    )


def draw_plan(
    *, ground: Ground, number: int, key: str, path: Path, timing: Timing, mother: Mother, treatment: Treatment | None, script: Script | None
) -> Plan | None:
    """The plan with its lead; None where none was offered yet."""
    draw = ground.draw(table="plan", number=number)
    before, waits, agrees = draw.whole(25, 140), draw.whole(0, 2), draw.whole(1, 4)
    how = "SIGNED" if draw.chance(0.85) else "VERBAL_WITH_WITNESS"
    words = draw.pick(data("voices")["declined"]["es" if mother.language == "es" else "en"])
    first, last = ground.starts_on, ground.day(-1)
    if path.plan_kind == "PRENATAL":
        started = max(first, min(timing.birth_on - timedelta(days=before), last))
    else:
        started = min(timing.birth_on + timedelta(days=waits), last)
    if script and script.plan_started_days is not None:
        started = ground.day(script.plan_started_days)
    if path.plan_kind is None:
        if not path.declined:
            return None
        return Plan(
            key=f"{key}-plan",
            kind="AT_BIRTH",
            status="DECLINED",
            offered_on=started,
            started_on=None,
            agreed_on=None,
            how_agreed=None,
            language=mother.language,
            leads=(),
            declined_words=words,
        )
    agreed = started + timedelta(days=agrees)
    lead_worker = (script.lead_key if script else None) or _lead(ground=ground, number=number, path=path, mother=mother, treatment=treatment)
    closed, reason = _closing(ground=ground, number=number, agreed=agreed, timing=timing, script=script)
    known = agreed < ground.ends_on
    worker = ground.worker_by_key[lead_worker]
    shares = path.level in ("L3", "L4") or (mother.tribe is not None and worker.role != "TRIBAL_WORKER")
    partner = mother.tribe or ground.near(kind="HOME_VISITING", county=mother.county)
    return Plan(
        key=f"{key}-plan",
        kind=path.plan_kind,
        status="CLOSED" if closed else "ACTIVE" if known else "DRAFT",
        offered_on=min(started, max(first, started - timedelta(days=draw.whole(0, 2)))),
        started_on=started,
        agreed_on=agreed if known else None,
        how_agreed=how if known else None,
        language=mother.language,
        leads=(LeadPeriod(worker_key=lead_worker, agency_key=worker.agency_key, starts_on=started, ends_on=closed),),
        co_lead_agency_key=partner if shares and partner != worker.agency_key else None,
        closed_on=closed,
        closing_reason=reason,
    )


def _lead(*, ground: Ground, number: int, path: Path, mother: Mother, treatment: Treatment | None) -> str:
    """The accountable worker by level (plan content 2.7); a Tribe may lead for its citizens."""
    draw = ground.draw(table="lead", number=number)
    tribal, way = draw.chance(0.6), draw.share()
    if mother.tribe and tribal:
        return ground.hand(agency_key=mother.tribe)
    if path.is_reported:
        return ground.hand(agency_key=ground.near(kind="CPS_AGENCY", county=mother.county))
    if treatment:
        return ground.hand(agency_key=treatment.agency_key)
    kind = "HOME_VISITING" if way < 0.35 or path.level == "L0" else "PUBLIC_HEALTH" if way < 0.7 else "HEALTH_PLAN"
    if kind == "HEALTH_PLAN" and mother.plan_id:
        return ground.hand(agency_key=mother.payer)
    return ground.hand(agency_key=ground.near(kind="HOME_VISITING" if kind == "HEALTH_PLAN" else kind, county=mother.county))


def _closing(*, ground: Ground, number: int, agreed: date, timing: Timing, script: Script | None) -> tuple[date | None, str | None]:
    """When and why the plan was closed: a loss at once, others from 120 days on, everyone by 12 months."""
    draw = ground.draw(table="closing", number=number)
    early, when = draw.chance(0.30), draw.whole(120, 175)
    reason = str(draw.weighted(("GOALS_MET", "FAMILY_DECLINED_ONGOING", "MOVED", "LOST_CONTACT"), (0.6, 0.2, 0.1, 0.1)))
    if script or timing.is_expecting:
        return None, None
    if number == p.OLDEST_PRACTICE:
        early, when, reason = True, 120, "GOALS_MET"
    if timing.is_loss:
        day, why = max(agreed, timing.birth_on) + timedelta(days=14), "PREGNANCY_LOSS"
    else:
        start = max(agreed, timing.birth_on)
        day, why = (start + timedelta(days=when), reason) if early else (start + timedelta(days=365), "GOALS_MET")
    return (day, why) if day < ground.ends_on else (None, None)
