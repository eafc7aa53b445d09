"""Consents that cover every referral before it is sent, and the care team that she lets in."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from careloom.demo import parameters as p
from careloom.demo.draw import Draw, instant
from careloom.demo.ground import Ground
from careloom.demo.people import Agency, HouseholdMember, Infant, Mother
from careloom.demo.steps import ConsentGiven, ReferralStory
from careloom.demo.story import ChildWelfare, Plan, TeamSeat

REVOKED_SHARE = 0.04
MONTHS_SIX, YEAR = 183, 365
_BY_KIND = {
    "HOSPITAL": ("posc.plan_core", "posc.referral_status", "hipaa.ob_record"),
    "OB_CLINIC": ("posc.plan_core", "hipaa.ob_record"),
    "PEDIATRIC_CLINIC": ("posc.plan_core", "posc.referral_status", "hipaa.newborn_record"),
    "HOME_VISITING": ("posc.plan_core", "posc.referral_status", "hipaa.newborn_record"),
    "EARLY_INTERVENTION": ("posc.referral_status", "hipaa.newborn_record"),
    "PART2_PROGRAM": ("posc.plan_core", "posc.referral_status"),
    "TRIBAL_ICWA": ("posc.plan_core", "posc.referral_status"),
}


def categories_for(*, discloser: Agency, recipient: Agency) -> tuple[str, ...]:
    """What is usually shared with this kind of agency; a treatment program adds its plan part only toward care."""
    plain = _BY_KIND.get(recipient.kind, ("posc.referral_status",))
    toward_care = recipient.kind in ("HOSPITAL", "OB_CLINIC", "PEDIATRIC_CLINIC")
    return (*plain, "part2.presence", "posc.plan_part2_segment") if discloser.is_part2_program and toward_care else plain


def purpose_for(*, recipient: Agency) -> str:
    """The purpose that the form names."""
    if recipient.kind in ("HOSPITAL", "OB_CLINIC", "PEDIATRIC_CLINIC", "PART2_PROGRAM"):
        return "treatment"
    return "posc_monitoring" if recipient.kind == "CPS_AGENCY" else "care_coordination"


def draw_consents(
    *, ground: Ground, number: int, key: str, mother: Mother, plan: Plan | None, referrals: tuple[ReferralStory, ...], hospital_key: str
) -> tuple[ConsentGiven, ...]:
    """One release for each agency that is told something, signed before the first thing is sent."""
    if plan is None or plan.agreed_on is None:
        return ()
    draw = ground.draw(table="consent", number=number)
    lead = plan.leads[-1].agency_key
    first: dict[str, date] = {}
    last: dict[str, date] = {}
    if plan.kind == "PRENATAL" and hospital_key != lead:
        first[hospital_key] = last[hospital_key] = plan.agreed_on
    for row in referrals:
        if row.events and row.to_agency_key != lead:
            day = row.events[0].at.date()
            first[row.to_agency_key] = min(day, first.get(row.to_agency_key, day))
            last[row.to_agency_key] = max(day, last.get(row.to_agency_key, day))
    rows = tuple(
        _consent(ground=ground, draw=draw, key=f"{key}-s{place}", mother=mother, lead=lead, to=to, signed=signed, last=last[to])
        for place, (to, signed) in enumerate(first.items(), start=1)
    )
    return _maybe_revoked(ground=ground, draw=draw, rows=rows, last=last)


def _consent(*, ground: Ground, draw: Draw, key: str, mother: Mother, lead: str, to: str, signed: date, last: date) -> ConsentGiven:
    discloser, recipient = ground.agency_by_key[lead], ground.agency_by_key[to]
    ends = signed + timedelta(days=YEAR if draw.chance(0.3) else MONTHS_SIX)
    if draw.chance(p.EXPIRED_WHILE_SHARING):
        ends = last + timedelta(days=21)
    return ConsentGiven(
        key=key,
        discloser_key=lead,
        recipient_key=to,
        categories=categories_for(discloser=discloser, recipient=recipient),
        purpose=purpose_for(recipient=recipient),
        language=mother.language,
        explained_on=signed,
        signed_on=signed,
        starts_on=signed,
        ends_on=ends,
    )


def _maybe_revoked(*, ground: Ground, draw: Draw, rows: tuple[ConsentGiven, ...], last: dict[str, date]) -> tuple[ConsentGiven, ...]:
    revokes, place, wait = draw.chance(REVOKED_SHARE), draw.whole(0, 20), draw.whole(3, 20)
    how = "PORTAL" if draw.chance(0.6) else "BY_PHONE"
    if not revokes or not rows:
        return rows
    row = rows[place % len(rows)]
    day = last[row.recipient_key] + timedelta(days=wait)
    if day >= min(ground.ends_on, row.ends_on):
        return rows
    changed = replace(row, revoked_at=instant(day=day, hour=19, minute=5), revoked_how=how)
    return tuple(changed if one is row else one for one in rows)


def join_consents(*, referrals: tuple[ReferralStory, ...], consents: tuple[ConsentGiven, ...]) -> tuple[ReferralStory, ...]:
    """Each referral with the release that lets it be sent; none is needed inside one agency."""
    by_recipient = {row.recipient_key: row.key for row in consents}
    return tuple(
        replace(row, consent_key=by_recipient[row.to_agency_key]) if row.to_agency_key in by_recipient and row.events else row for row in referrals
    )


def make_team(
    *,
    ground: Ground,
    plan: Plan | None,
    household: tuple[HouseholdMember, ...],
    infants: tuple[Infant, ...],
    referrals: tuple[ReferralStory, ...],
    child_welfare: ChildWelfare | None,
) -> tuple[TeamSeat, ...]:
    """Lead first, then whoever said yes to a referral, child welfare where it is open, and the people she named."""
    if plan is None or plan.agreed_on is None:
        return ()
    lead = plan.leads[-1]
    seats = {lead.worker_key: TeamSeat(role="LEAD", joined_on=lead.starts_on, worker_key=lead.worker_key, left_on=lead.ends_on, is_lead=True)}
    if infants:
        doctor = ground.hand(agency_key=infants[0].pediatric_key)
        joined = min(max(plan.agreed_on, infants[0].born_at.date()), ground.day(-1))
        seats.setdefault(doctor, TeamSeat(role="BABY_DOCTOR", joined_on=joined, worker_key=doctor))
    for row in referrals:
        accepted = next((event for event in row.events if event.status == "ACCEPTED"), None)
        if accepted:
            hand = ground.hand(agency_key=row.to_agency_key)
            seats.setdefault(hand, TeamSeat(role=row.service_kind, joined_on=accepted.at.date(), worker_key=hand))
    if child_welfare and child_welfare.screened_in:
        joined = max(child_welfare.reported_on, plan.agreed_on)
        seats.setdefault(child_welfare.worker_key, TeamSeat(role="CHILD_WELFARE", joined_on=joined, worker_key=child_welfare.worker_key))
    people = tuple(
        TeamSeat(role="FAMILY", joined_on=plan.agreed_on, member_key=member.key)
        for member in household
        if member.is_named_supporter and not member.do_not_contact
    )
    return (*seats.values(), *people)
