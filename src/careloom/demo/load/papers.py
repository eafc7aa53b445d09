"""The papers of the county: what a family court ordered or only asked for, and the agreements between agencies.

A program whose patient is in a child welfare case gets a subpoena alone, which opens nothing. In a custody case a few programs get an order: one
with every finding, which opens what it lists, and one that lacks a finding and says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from careloom.consents.actions import ClauseDraft, OrderDraft, put_clause_in_force, record_order
from careloom.consents.agreements import terms_of
from careloom.demo.draw import ZONE
from careloom.demo.load.family import Family, Moment
from careloom.demo.load.ground import Ground
from careloom.infra.access import acting_as

KEEPERS = {"riverbend": "copperlea", "cedar_path": "greyhollow"}
COURTS = {"pine_children": "pine_court", "harbor_children": "harbor_court"}
EVERY = {"riverbend": 7, "cedar_path": 8}  # so many families led by the program have one with a custody case
LACKING = {"cedar_path": "finding_balance"}
HEARING = timedelta(days=21)
FINDINGS = ("notice_given", "opportunity_to_respond", "finding_other_ways", "finding_balance", "protective_terms")
LISTED = ("posc.plan_core", "posc.plan_part2_segment", "part2.attendance", "part2.medication", "part2.treatment_summary")
PLAN = ("posc.plan_core", "posc.referral_status")


def moments(family: Family) -> Iterator[Moment]:
    """What a court sent to the program that treats her: some weeks after a report, or after her plan began."""
    story = family.story
    case, treated = story.child_welfare, story.treatment
    if treated is None or treated.agency_key not in KEEPERS:
        return
    since = case.reported_on if case else _plan_since(family) if story.number % EVERY[treated.agency_key] == 0 else None
    if since is None or since + HEARING >= family.now.astimezone(ZONE).date():
        return
    yield Moment(at=family.on(since + HEARING, 10, 30), order=60, play=lambda at: court_paper(family, at=at))


def _plan_since(family: Family) -> date | None:
    """The day on which she agreed to the plan that the program leads; another's plan says nothing of the program."""
    plan, treated = family.story.plan, family.story.treatment
    leads = plan is not None and bool(plan.leads) and treated is not None and plan.leads[0].agency_key == treated.agency_key
    return plan.agreed_on if leads and plan is not None else None


def court_paper(family: Family, *, at: datetime) -> None:
    """Write down the paper as the program's keeper of papers."""
    story = family.story
    if story.treatment is None:
        return
    program, case, day = story.treatment.agency_key, story.child_welfare, at.astimezone(ZONE).date()
    court = family.ground.agencies[COURTS[case.agency_key] if case else "pine_court"]
    said = () if case else tuple(finding for finding in FINDINGS if finding != LACKING.get(program))
    draft = OrderDraft(
        identity_id=family.her, subject_ids=(family.her,), kind="subpoena" if case else "2.64", court=court.name, issued_on=day, scope=LISTED,
        purposes=("dependency_proceeding" if case else "permanency_hearing",), recipient_ids=(court.pk,), docket=f"ZZ-{story.number:04d}",
        expires_on=None if case else day + timedelta(days=270), findings=said,
    )  # fmt: skip
    with family.acting(KEEPERS[program]) as by:
        family.count(record_order(by=by, at=at, draft=draft, request_key=family.key(story.key, "court")))


@dataclass(frozen=True, kw_only=True)
class Paper:
    """An agreement of the county. `review_in` are days from today; negative ones are over."""

    key: str
    kind: str
    title: str
    giver: str
    receiver: str
    begun: int
    review_in: int
    categories: tuple[str, ...] = ()
    purposes: tuple[str, ...] = ()
    service: str = ""
    terms: tuple[str, ...] = ()


AGREEMENTS = (
    Paper(
        key="schedule", kind="DATA_SHARING", title="Data schedule with MapleCare", giver="riverbend", receiver="maplecare", begun=345, review_in=20,
        categories=(*PLAN, "posc.plan_part2_segment", "part2.presence", "part2.billing", "hipaa.ob_record", "hipaa.newborn_record"),
        purposes=("care_coordination", "treatment", "payment", "posc_monitoring"),
    ),
    Paper(
        key="billing", kind="QSOA", title="Billing service of the partnership", giver="riverbend", receiver="pine_harbor_partnership", begun=200,
        review_in=165, categories=("part2.billing",), purposes=("qso_service",), service="Sends the program's bills to payers",
        terms=("part2_undertaking",),
    ),
    Paper(
        key="late", kind="DATA_SHARING", title="Data schedule with the state department", giver="riverbend", receiver="columbia_department",
        begun=380, review_in=-15, categories=("posc.referral_status",), purposes=("public_health",),
    ),
    Paper(
        key="memorandum", kind="MOU", title="Memorandum of the Pine and Harbor partnership", giver="riverbend", receiver="pine_harbor_partnership",
        begun=300, review_in=65,
    ),
    Paper(
        key="hospital", kind="working_agreement", title="Working agreement on birth notifications", giver="st_agnes", receiver="pine_children",
        begun=250, review_in=115,
    ),
)  # fmt: skip
SIGNERS = {"riverbend": "copperlea", "st_agnes": "ashmarrow"}


def agreements(ground: Ground, *, at: datetime) -> None:
    """Put the county's agreements in the registers of who gives. Doing it twice changes nothing."""
    today = at.astimezone(ZONE).date()
    for paper in AGREEMENTS:
        giver, by = ground.agencies[paper.giver], ground.viewer(SIGNERS[paper.giver])
        begun, place = today - timedelta(days=paper.begun), terms_of(giver.pack)
        draft = ClauseDraft(
            kind=paper.kind, title=paper.title, recipient_id=ground.agencies[paper.receiver].pk, categories=paper.categories,
            purposes=paper.purposes, starts_on=begun, review_due_on=today + timedelta(days=paper.review_in),
            closes_when_overdue=place.overdue_review_closes, service=paper.service, terms=dict.fromkeys(paper.terms, True),
        )  # fmt: skip
        with transaction.atomic(), acting_as(by):
            put_clause_in_force(by=by, at=at, draft=draft, request_key=f"practice:agreement:{paper.key}")
