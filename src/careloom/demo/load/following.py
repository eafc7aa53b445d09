"""Reviews held and to come, contacts after discharge, visits, what workers owe, and the end of a plan."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from uuid import UUID

from careloom.demo.draw import instant
from careloom.demo.load.family import Family, Moment, end_of
from careloom.demo.load.tidying import tidy
from careloom.demo.steps import AppointmentStory, Promise, ReviewStory
from careloom.infra.access.caseload import assign
from careloom.messages.actions import plan_appointment, set_appointment_state
from careloom.notifications.models import ReceivedNotification
from careloom.plans.actions import (
    Finding,
    agree_plan,
    close_plan,
    hold_review,
    note_contact,
    note_contact_try,
    plan_review_time,
    propose_close,
    resolve_need,
)
from careloom.plans.models import Need, Review
from careloom.work.actions import meet_obligation, open_obligation

NEAR = timedelta(days=20)
RECENT = timedelta(days=45)
"""Older visits are in no agency's calendar any more."""
CONTACTS = {"CONTACT_AFTER_DISCHARGE": "FIRST_CONTACT", "HOME_VISIT": "HOME_VISIT"}
# What an action of its own makes somebody owe already.
OWED_ELSEWHERE = frozenset({"CALL", "LEAD_ANSWER"})
VISITS = frozenset({"HOME_VISIT", "TOUR", "CALL"})
CLOSING = {"FAMILY_DECLINED_ONGOING": "FAMILY_DECLINED"}
CHECKED = ("MEDICAL_HOME", "EARLY_INTERVENTION_KNOWN", "RECOVERY_CONTACT", "NO_SAFETY_THREAT", "TOLD_AND_COPY")
NEUTRAL = {"en": "Visit", "es": "Visita"}
REVEALS = frozenset({"TREATMENT", "MOUD", "SUD_OUTPATIENT", "PEER_SUPPORT", "NALOXONE"})
TITLES = {
    "WELL_BABY": "Check-up for the baby", "TREATMENT": "Clinic visit", "HOME_VISITING": "Home visit",
    "EARLY_INTERVENTION": "Early intervention visit",
    "PEDIATRIC_CARE": "Visit to the baby's doctor", "COUNSELING": "Counseling", "OBSTETRIC_CARE": "Postpartum visit", "HOUSING": "Housing meeting",
}  # fmt: skip


def moments(family: Family) -> Iterator[Moment]:
    """What follows the agreement."""
    yield from _promised(family)
    yield from _visits(family)
    if family.story.referrals:
        yield Moment(at=family.past(instant(day=family.county.day(-1), hour=23, minute=30)), order=99, play=lambda at: tidy(family, at=at))
    plan = family.story.plan
    if plan is None or plan.agreed_on is None:
        return
    agreed = family.on(plan.agreed_on, 16)
    if plan.kind == "AT_BIRTH":
        agreed = family.after_birth(agreed, hours=4)
    for row in family.story.reviews:
        if row.held_on is not None:
            at = max(agreed, family.on(row.held_on, 10))
            yield Moment(at=at, order=60, play=lambda at, row=row: hold(family, row, at=at))  # type: ignore[misc]
        elif row.scheduled_at is not None and row.scheduled_at > family.now:
            at = max(agreed, family.on(row.due_on - timedelta(days=12), 11))
            yield Moment(at=at, order=61, play=lambda at, row=row: set_time(family, row, at=at))  # type: ignore[misc]
    if plan.closed_on is not None:
        yield Moment(at=max(agreed, family.on(plan.closed_on, 16, 30)), order=90, play=lambda at: close(family, at=at))


def _nearest(family: Family, *, kinds: tuple[str, ...], due_on: date) -> Review | None:
    rows = Review.objects.filter(plan_id=family.plan_id, kind__in=kinds, held_at=None, called_off_at=None)
    near = [row for row in rows if abs(row.due_on - due_on) <= NEAR]
    return min(near, key=lambda row: abs(row.due_on - due_on), default=None)


def hold(family: Family, row: ReviewStory, *, at: datetime) -> None:
    """A review with what it found about each need she wants; the review at birth is an agreement to the plan as it stands then."""
    key = family.key(row.key)
    with family.acting(family.lead_key) as by:
        if row.day == 0:
            family.count(agree_plan(by=by, at=at, plan_id=family.plan_id, method="SCREEN", request_key=key))  # type: ignore[arg-type]
            return
        review = _nearest(family, kinds=("REVIEW",), due_on=row.due_on)
        if review is None:
            family.refused["Review.NONE_DUE"] += 1
            return
        rows = Need.objects.filter(plan_id=family.plan_id, holder_id=by.holder_id, her_choice="YES", result="OPEN", made_at__lte=at)
        findings = tuple(Finding(need_id=n.pk, finding="GOING_WELL" if n.existing_service else "NEEDS_WORK") for n in rows.order_by("made_at", "id"))
        held = hold_review(
            by=by, at=at, review_id=review.pk, held_at=at, mode="IN_PERSON" if row.day in (30, 90) else "PHONE", request_key=key,
            present=(family.story.mother.preferred,), findings=findings, her_rating=4, summary=" ".join(row.changes)[:1000],
        )  # fmt: skip
        family.count(held)


def set_time(family: Family, row: ReviewStory, *, at: datetime) -> None:
    """A day and an hour for the review to come."""
    with family.acting(family.lead_key) as by:
        review = _nearest(family, kinds=("REVIEW",), due_on=row.due_on)
        if review is not None and row.scheduled_at is not None:
            family.count(plan_review_time(by=by, at=at, review_id=review.pk, row_version=review.row_version, starts_at=row.scheduled_at))


def close(family: Family, *, at: datetime) -> None:
    """The plan ends with its checklist: each open need gets its result first, lost contact its tries, and an early end says why."""
    plan = family.story.plan
    if plan is None:
        return
    reason = CLOSING.get(plan.closing_reason or "", plan.closing_reason or "OTHER")
    with family.acting(family.lead_key) as by:
        for need in Need.objects.filter(plan_id=family.plan_id, holder_id=by.holder_id, result="OPEN").exclude(her_choice="NO").order_by("made_at"):
            got = need.her_choice == "YES" and bool(need.existing_service)
            family.count(
                resolve_need(by=by, at=at, need_id=need.pk, result="MET" if got else "UNMET", reason="" if got else "FAMILY_CHOICE",
                             request_key=family.key(str(need.pk), "end"))
            )  # fmt: skip
        if reason == "LOST_CONTACT":
            for place, (days, how) in enumerate(((32, "CALL"), (16, "TEXT"), (1, "VISIT"))):
                tried = at - timedelta(days=days)
                key = family.key(plan.key, f"try{place}")
                family.count(note_contact_try(by=by, at=tried, plan_id=family.plan_id, how=how, reached=False, request_key=key))  # type: ignore[arg-type]
        proposed = propose_close(by=by, at=at, plan_id=family.plan_id, reason=reason, confirmed=CHECKED)  # type: ignore[arg-type]
        if not family.count(proposed):
            return
        unmet = proposed.unmet  # type: ignore[union-attr]
        why = "The time is not over yet; she and the team agreed to end earlier." if unmet else ""
        family.count(close_plan(by=by, at=at, plan_id=family.plan_id, reason=reason, confirmed=CHECKED, override=why))  # type: ignore[arg-type]


def _promised(family: Family) -> Iterator[Moment]:
    plan = family.story.plan
    for row in family.story.promises:
        made = family.after_birth(family.past(row.made_at), hours=4) if family.story.infants else family.past(row.made_at)
        if plan is not None and plan.started_on is not None:
            made = max(made, family.on(plan.started_on, 16)) if row.kind != "COPY_AT_BIRTH" else made
        # The plan's own calendar asks for the first contact and the home visit; what is due today is a promise beside it.
        by_calendar = row.kind in CONTACTS and plan is not None and bool(plan.leads) and row.worker_key == family.lead_key
        if by_calendar and row.due_on != family.county.ends_on:
            if row.met_on is not None:
                at = max(made, family.on(row.met_on, 15))
                yield Moment(at=at, order=62, play=lambda at, row=row: met_her(family, row, at=at))  # type: ignore[misc]
        elif row.kind not in OWED_ELSEWHERE:
            yield Moment(at=made, order=63, play=lambda at, row=row: owe(family, row, at=at))  # type: ignore[misc]
            if row.met_on is not None:
                at = max(made, family.on(row.met_on, 16))
                yield Moment(at=at, order=64, play=lambda at, row=row: kept(family, row, at=at))  # type: ignore[misc]
        if row.met_on is None and row.due_on == family.county.ends_on and row.kind in VISITS:
            yield Moment(at=made, order=65, play=lambda at, row=row: visit_today(family, row, at=at))  # type: ignore[misc]


def met_her(family: Family, row: Promise, *, at: datetime) -> None:
    """The first contact after discharge, or the home visit, took place."""
    with family.acting(family.lead_key) as by:
        review = _nearest(family, kinds=(CONTACTS[row.kind],), due_on=row.due_on)
        if review is not None:
            mode = "PHONE" if row.kind == "CONTACT_AFTER_DISCHARGE" else "IN_PERSON"
            family.count(note_contact(by=by, at=at, review_id=review.pk, held_at=at, mode=mode))


def owe(family: Family, row: Promise, *, at: datetime) -> None:
    """A worker owes the family something by a day. The kind says what; no words are kept."""
    with family.acting(row.worker_key) as by:
        assign(by=by, worker_id=by.worker_id, identity_ids=[family.her], at=at)  # type: ignore[arg-type]
        open_obligation(
            by=by, at=at, holder_id=by.holder_id, kind=row.kind, family_id=family.her, identity_id=family.her, worker_id=by.worker_id,  # type: ignore[arg-type]
            link=_link(family), request_key=family.key(row.key), due_at=end_of(row.due_on), promised=row.kind in ("COPY_AT_BIRTH", "OFFER_PLAN"),
            waiting_on=family.agency_id(row.waits_on_agency_key) if row.waits_on_agency_key else None, about_id=_about(family, row),
            about_kind="PROMISE",
        )  # fmt: skip


def _about(family: Family, row: Promise) -> UUID | None:
    return family.consents.get(row.about_key or "") or family.needs.get(row.about_key or "")


def _link(family: Family) -> str:
    """Her page; for child welfare, which holds no record of her, what it received about her."""
    got = ReceivedNotification.objects.filter(identity_id=family.her, withdrawn_at=None).order_by("-kind").first()
    return f"/births/received/{got.pk}/" if got else f"/families/{family.her}/"


def kept(family: Family, row: Promise, *, at: datetime) -> None:
    """What was owed is done."""
    with family.acting(row.worker_key) as by:
        meet_obligation(by=by, at=at, request_key=family.key(row.key))


def visit_today(family: Family, row: Promise, *, at: datetime) -> None:
    """What is due today and needs an hour stands in the day's list."""
    hour = {"HOME_VISIT": 14, "TOUR": 11, "CALL": 10}[row.kind]
    with family.acting(row.worker_key) as by:
        plan_appointment(
            by=by, at=at, identity_id=family.her, kind="HOME_VISIT" if row.kind == "HOME_VISIT" else "OTHER",
            title={"HOME_VISIT": "Home visit", "TOUR": "Tour of the birth center", "CALL": "Call her"}[row.kind],
            neutral_title=_neutral(family), starts_at=instant(day=row.due_on, hour=hour), plan_id=family.plan_id,
        )  # fmt: skip


def _visits(family: Family) -> Iterator[Moment]:
    for row in family.story.appointments:
        if row.at < family.now - RECENT:
            continue
        planned = family.past(row.at - timedelta(days=10))
        if family.story.infants:
            planned = family.after_birth(planned, hours=5)
        if family.story.plan and family.story.plan.started_on:
            planned = max(planned, family.on(family.story.plan.started_on, 17))
        yield Moment(at=planned, order=70, play=lambda at, row=row: visit(family, row, at=at))  # type: ignore[misc]


def visit(family: Family, row: AppointmentStory, *, at: datetime) -> None:
    """A visit at an agency that knows her; what is past says whether she came."""
    if row.agency_key not in family.known_at or row.worker_key is None:
        return
    about = family.person(row.person_key)
    with family.acting(row.worker_key) as by:
        assign(by=by, worker_id=by.worker_id, identity_ids=[about], at=at)  # type: ignore[arg-type]
        planned = plan_appointment(
            by=by, at=at, identity_id=about, kind="HOME_VISIT" if row.kind == "HOME_VISITING" else "VISIT", title=TITLES.get(row.kind, "Visit"),
            neutral_title=_neutral(family), starts_at=row.at, ends_at=row.at + timedelta(minutes=45), plan_id=family.plan_id,
            place=family.ground.agencies[row.agency_key].name_outside[:160],
            category="posc.plan_part2_segment" if row.kind in REVEALS else "posc.plan_core",
        )  # fmt: skip
        if row.kept is not None and row.at < family.now:
            set_appointment_state(by=by, at=max(at, row.at), appointment_id=planned.pk, state="KEPT" if row.kept else "MISSED")


def _neutral(family: Family) -> str:
    return NEUTRAL["es" if family.story.mother.language == "es" else "en"]
