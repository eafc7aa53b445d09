"""Reads of assessments, safety plans and what stands beside them. Each takes `viewer`; row security decides which rows there are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from careloom.infra.access import NotVisible, Viewer
from careloom.infra.ui.paging import PAGE, Some, some
from careloom.notifications.models import ReceivedNotification
from careloom.people.models import PersonRecord
from careloom.people.queries import with_infants
from careloom.safety.clocks import today
from careloom.safety.facts import what_it_points_to
from careloom.safety.instruments import instrument_of
from careloom.safety.models import (
    AssessedPerson,
    EarlierInvolvement,
    Finding,
    HistoryLook,
    PlanEnsured,
    ReportOnChild,
    SafetyAssessment,
    SafetyContact,
    SafetyPlan,
    SafetySignature,
    SafetyStep,
    ToldHer,
)
from careloom.safety.models.assessment import VOID

MOST = 200


@dataclass(frozen=True, kw_only=True)
class Whole:
    """An assessment with its people and findings."""

    row: SafetyAssessment
    people: tuple[AssessedPerson, ...]
    findings: tuple[Finding, ...]

    @property
    def children(self) -> list[AssessedPerson]:
        """The children, in order."""
        return [person for person in self.people if person.kind == "CHILD"]

    @property
    def adults(self) -> list[AssessedPerson]:
        """The adults, in order."""
        return [person for person in self.people if person.kind == "ADULT"]

    def of(self, person_id: UUID | None) -> dict[str, Finding]:
        """What was found about one person, or about the safety factors, by item."""
        return {finding.item: finding for finding in self.findings if finding.person_id == person_id}


@dataclass(frozen=True, kw_only=True)
class PlanWhole:
    """A safety plan with its steps, signatures and contacts."""

    row: SafetyPlan
    steps: tuple[SafetyStep, ...]
    signatures: tuple[SafetySignature, ...]
    contacts: tuple[SafetyContact, ...]


@dataclass(frozen=True, kw_only=True)
class About:
    """Whose safety this is, as the reader knows the family: people's records, else what was reported, else an assessment."""

    identity_id: UUID
    name: str
    rows: tuple[Any, ...]
    identity_ids: tuple[UUID, ...]


def about(*, viewer: Viewer, identity_id: UUID) -> About:
    """The family of a page. Three queries, whatever there is. Raises NotVisible where the reader sees nothing of it."""
    people: list[PersonRecord] = with_infants(viewer=viewer, identity_ids=[identity_id])
    reported = list(ReceivedNotification.objects.seen_by(viewer).filter(identity_id=identity_id).order_by("-received_at")[:1])
    assessed = list(SafetyAssessment.objects.seen_by(viewer).filter(identity_id=identity_id).order_by("-started_at")[:1])
    mother = next((row for row in people if row.identity_id == identity_id), None)
    if (mother is not None and mother.role == "INFANT") or not (mother or reported or assessed):
        raise NotVisible
    name = (mother.preferred_name or mother.given_name) if mother else ""
    name = name or next((str(row.facts.get("PARENT_NAME") or "") for row in reported), "")
    ids = dict.fromkeys([identity_id, *(row.identity_id for row in people)])
    return About(identity_id=identity_id, name=name, rows=(*people, *reported), identity_ids=tuple(ids))


def assessments_of(*, viewer: Viewer, identity_id: UUID, page: int = 1) -> Some:
    """The assessments of a family, newest first. One query."""
    rows = SafetyAssessment.objects.seen_by(viewer).filter(identity_id=identity_id)
    return some(rows.order_by("-started_at", "-version", "pk"), page=page)


def plans_of(*, viewer: Viewer, identity_id: UUID) -> list[SafetyPlan]:
    """The safety plans of a family, newest first. One query."""
    return list(SafetyPlan.objects.seen_by(viewer).filter(identity_id=identity_id).order_by("-started_at", "pk")[:MOST])


def get_assessment(*, viewer: Viewer, assessment_id: UUID) -> Whole:
    """One assessment with what is in it. Three queries. Raises NotVisible."""
    row = SafetyAssessment.objects.seen_by(viewer).filter(pk=assessment_id).first()
    people = list(AssessedPerson.objects.seen_by(viewer).filter(assessment_id=assessment_id).order_by("place", "pk"))
    findings = list(Finding.objects.seen_by(viewer).filter(assessment_id=assessment_id).order_by("item", "pk"))
    if row is None:
        raise NotVisible
    return Whole(row=row, people=tuple(people), findings=tuple(findings))


def get_plan(*, viewer: Viewer, safety_plan_id: UUID) -> PlanWhole:
    """One safety plan with what is in it. Four queries. Raises NotVisible."""
    row = SafetyPlan.objects.seen_by(viewer).filter(pk=safety_plan_id).first()
    steps = list(SafetyStep.objects.seen_by(viewer).filter(safety_plan_id=safety_plan_id).order_by("at", "pk")[:MOST])
    signatures = list(SafetySignature.objects.seen_by(viewer).filter(safety_plan_id=safety_plan_id).order_by("at", "pk")[:MOST])
    contacts = list(SafetyContact.objects.seen_by(viewer).filter(safety_plan_id=safety_plan_id).order_by("-on", "-at", "pk")[:MOST])
    if row is None:
        raise NotVisible
    return PlanWhole(row=row, steps=tuple(steps), signatures=tuple(signatures), contacts=tuple(contacts))


def plan_of(*, viewer: Viewer, assessment_id: UUID) -> SafetyPlan | None:
    """The safety plan that rests on an assessment. One query."""
    found: SafetyPlan | None = SafetyPlan.objects.seen_by(viewer).filter(assessment_id=assessment_id).first()
    return found


def next_version(*, viewer: Viewer, assessment_id: UUID) -> SafetyAssessment | None:
    """The correction of an assessment, where one was begun. One query."""
    found: SafetyAssessment | None = SafetyAssessment.objects.seen_by(viewer).filter(corrects_id=assessment_id).exclude(state=VOID).first()
    return found


def history_of(*, viewer: Viewer, identity_id: UUID) -> list[EarlierInvolvement]:
    """Earlier involvement as far as the reader may see it, newest first. One query. The page asks for a reason first."""
    return list(EarlierInvolvement.objects.seen_by(viewer).filter(identity_id=identity_id).order_by("-from_on", "pk")[:MOST])


def looks_of(*, viewer: Viewer, identity_ids: Iterable[UUID], page: int = 1) -> Some:
    """Who asked for earlier involvement, and why, newest first: for the agency that asked, and for herself. One query."""
    return some(HistoryLook.objects.seen_by(viewer).filter(identity_id__in=list(identity_ids)).order_by("-at", "pk"), page=page)


def told_of(*, viewer: Viewer, identity_id: UUID) -> list[ToldHer]:
    """What she was told, newest first. One query."""
    return list(ToldHer.objects.seen_by(viewer).filter(identity_id=identity_id).order_by("-told_on", "-at")[:MOST])


def ensured_of(*, viewer: Viewer, identity_ids: Iterable[UUID]) -> list[PlanEnsured]:
    """That plans of safe care are ensured, newest first. One query."""
    return list(PlanEnsured.objects.seen_by(viewer).filter(identity_id__in=list(identity_ids)).order_by("-at", "pk")[:MOST])


def reports_of(*, viewer: Viewer, identity_id: UUID) -> list[ReportOnChild]:
    """The reports about the children of a family as they stand, newest first. One query."""
    return list(ReportOnChild.objects.seen_by(viewer).filter(identity_id=identity_id, replaced_by_id=None).order_by("-received_on", "pk")[:MOST])


def report_versions(*, viewer: Viewer, row: ReportOnChild) -> list[ReportOnChild]:
    """Every version of a report about a child, newest first. One query."""
    rows = ReportOnChild.objects.seen_by(viewer).filter(holder_id=row.holder_id, number=row.number, child_id=row.child_id)
    return list(rows.order_by("-version")[:MOST])


def report_sent(*, viewer: Viewer, identity_id: UUID) -> ReceivedNotification | None:
    """The newest report about a family that a hospital sent to the own agency and did not withdraw. One query."""
    rows = ReceivedNotification.objects.seen_by(viewer).filter(holder_id=viewer.holder_id, identity_id=identity_id, kind="REPORT", withdrawn_at=None)
    found: ReceivedNotification | None = rows.order_by("-received_at").first()
    return found


def received_families(*, viewer: Viewer, page: int = 1) -> Some:
    """What the agency received and was not withdrawn, newest first, as the list of families whose safety is its work. One query."""
    rows = ReceivedNotification.objects.seen_by(viewer).filter(holder_id=viewer.holder_id, withdrawn_at=None)
    return some(rows.order_by("-received_at", "pk"), page=page)


def newest_by_family(*, viewer: Viewer, identity_ids: Iterable[UUID]) -> dict[UUID, SafetyAssessment]:
    """The newest own assessment of each family. One query."""
    rows = SafetyAssessment.objects.seen_by(viewer).filter(holder_id=viewer.holder_id, identity_id__in=list(identity_ids)).exclude(state=VOID)
    found: dict[UUID, SafetyAssessment] = {}
    for row in rows.order_by("-started_at", "-version"):
        found.setdefault(row.identity_id, row)
    return found


def to_approve(*, viewer: Viewer, page: int = 1) -> Some:
    """What waits for a supervisor of the agency, oldest first. One query."""
    rows = SafetyAssessment.objects.seen_by(viewer).filter(holder_id=viewer.holder_id, state="COMPLETED")
    return some(rows.order_by("completed_at", "pk"), page=page)


def unsafe_found(*, viewer: Viewer, identity_id: UUID) -> list[tuple[SafetyAssessment, date, frozenset[UUID]]]:
    """The approved assessments of a family that did not find it safe: when each was completed, and which children, by identity where it is known.

    A child counts where the decision's own rule found a danger that reaches it. Three queries for each such assessment.
    """
    rows = SafetyAssessment.objects.seen_by(viewer).filter(identity_id=identity_id, state="APPROVED").exclude(response="SAFE")
    found = []
    for row in rows.order_by("-completed_at")[:PAGE]:
        whole = get_assessment(viewer=viewer, assessment_id=row.pk)
        decided = what_it_points_to(instrument=instrument_of(pack=row.pack, key=row.instrument), people=whole.people, findings=whole.findings)
        reached = {key for held in decided.active for key in held.children}
        children = frozenset(child.person_identity_id for child in whole.children if str(child.pk) in reached and child.person_identity_id)
        found.append((row, today(pack=row.pack, at=row.completed_at), children))
    return found
