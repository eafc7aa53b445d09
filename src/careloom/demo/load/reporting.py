"""Reports about children in the practice county: written down when they come, screened, and decided some weeks later (law.md 4.1)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

from careloom.demo.load.family import Family, Moment
from careloom.demo.story import ChildWelfare
from careloom.notifications.models import ReceivedNotification
from careloom.safety import actions
from careloom.safety.models import ReportOnChild

DECIDED_AFTER = timedelta(days=38)  # from the report to its disposition; the practice state asks for it within 45 days
# What the practice county's child welfare finds, by how safe its assessment found the child.
FOUND = {
    "LEGALLY_AUTHORIZED_PLACEMENT": ("INVESTIGATION", "SUBSTANTIATED"), "OUT_OF_HOME_SAFETY_PLAN": ("INVESTIGATION", "SUBSTANTIATED"),
    "IN_HOME_SAFETY_PLAN": ("INVESTIGATION", "INDICATED"), "SAFE": ("INVESTIGATION", "UNSUBSTANTIATED"),
}  # fmt: skip
ALTERNATIVE_AMONG = 4  # one safe family of so many had an alternative response


def moments(family: Family) -> Iterator[Moment]:
    """The report is written down the day after it came, with its screening; its disposition follows, as far as the story has come."""
    notice, welfare = family.story.notification, family.story.child_welfare
    if notice is None or welfare is None or welfare.agency_key not in {"pine_children", "harbor_children"} or welfare.screened_in is None:
        return
    kept = family.past(family.on(max(notice.made_on, welfare.reported_on), 16) + timedelta(days=1))
    yield Moment(at=kept, order=7, play=lambda at: keep(family, welfare, at=at))
    if welfare.screened_in and welfare.finding is not None:
        decided = family.on(welfare.reported_on, 14) + DECIDED_AFTER
        if decided < family.now:
            yield Moment(at=decided, order=11, play=lambda at: decide(family, welfare, at=at))


def keep(family: Family, welfare: ChildWelfare, *, at: datetime) -> None:
    """A row for each baby, with the factors that the hospital's report told."""
    with family.acting(family.hand(welfare.agency_key)) as by:
        got = ReceivedNotification.objects.filter(identity_id=family.her, holder_id=by.holder_id).order_by("-received_at").first()
        if got is None:
            return
        substances = set(got.facts.get("SUBSTANCE_CLASSES") or [])
        alcohol, drugs = "ALCOHOL" in substances, bool(substances - {"ALCOHOL", "NOT_KNOWN"})
        answer = {True: "YES", False: "NO"}
        factors = {"ALCOHOL": answer[alcohol], "DRUG": answer[drugs]} if substances else {"ALCOHOL": "UNKNOWN", "DRUG": "UNKNOWN"}
        day = welfare.reported_on
        for key, child in family.infants.items():
            told = actions.Reported(
                child_id=child, received_id=got.pk, received_on=day, source="MEDICAL", screened="IN" if welfare.screened_in else "OUT",
                screened_on=day, response=_found(family, welfare)[0] if welfare.screened_in else "",
                started_on=_started(welfare, at), child_factors=factors, caretaker_factors=dict(factors),
            )  # fmt: skip
            family.count(actions.keep_report(by=by, at=at, identity_id=family.her, told=told, request_key=family.key(key, "report")))


def decide(family: Family, welfare: ChildWelfare, *, at: datetime) -> None:
    """The disposition, with what was found and what followed."""
    with family.acting(family.hand(welfare.agency_key)) as by:
        for row in ReportOnChild.objects.filter(identity_id=family.her, holder_id=by.holder_id, replaced_by_id=None, disposition=""):
            response, disposition = _found(family, welfare)
            told = actions.Reported(
                child_id=row.child_id, received_on=row.received_on, source=row.source, screened="IN", screened_on=row.screened_on,
                response=response, started_on=row.started_on or _started(welfare, at), disposition=disposition, disposed_on=at.date(),
                maltreatments=(("NEGLECT", disposition),), child_factors=row.child_factors, caretaker_factors=row.caretaker_factors,
                prior_victim="NO", died="NO", safe_care_plan="YES" if family.plan_id else "NO",
                safe_care_referral="YES" if family.referrals else "NO", services_given="NO",
            )  # fmt: skip
            if disposition != "UNSUBSTANTIATED":
                told = replace(told, services_given="YES", services_on=row.received_on, services=("CASE_MANAGEMENT", "SUBSTANCE"))
            family.count(actions.correct_report(
                by=by, at=at, report_id=row.pk, told=told, reason="", request_key=family.key(row.request_key[-40:], "decided")
            ))  # fmt: skip


def _found(family: Family, welfare: ChildWelfare) -> tuple[str, str]:
    if welfare.finding == "SAFE" and family.story.number % ALTERNATIVE_AMONG == 0:
        return "ALTERNATIVE", "ALTERNATIVE_NONVICTIM"
    return FOUND.get(welfare.finding or "", ("INVESTIGATION", ""))


def _started(welfare: ChildWelfare, at: datetime) -> date | None:
    met = welfare.face_to_face_on
    return met if welfare.screened_in and met is not None and met <= at.date() else None
