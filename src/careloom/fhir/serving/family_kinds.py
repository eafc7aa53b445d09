"""The types that are about a family: their rows come from the same managers and rules as the pages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Greatest

from careloom.consents.models import Consent
from careloom.fhir import canonicals
from careloom.fhir.resources import consent, documents, people, plan, referral
from careloom.fhir.resources.shape import ACT_CODE, SNOMED, UUIDS
from careloom.fhir.serving.kinds import Kind, Source, at_path
from careloom.fhir.serving.matching import NOTHING, Column, Fixed, Id, Own, Plain, Ref, Text, Token, When, an_id
from careloom.infra.access import Viewer, current_viewer
from careloom.infra.access.models import Grant
from careloom.kernel.referral import TASK_STATUS, State
from careloom.people.models import FamilyMember, PersonRecord
from careloom.plans.models import CareTeamMember, Goal, Need, PlanInfant, PlanOfSafeCare, PlanVersion, Referral, Review

PATIENT = (("Patient",), at_path("subject"))
HERS: dict[str, Column] = {"patient": Ref("identity_id", "Patient"), "subject": Ref("identity_id", "Patient")}


def parts(rows: QuerySet[Any], viewer: Viewer, at: datetime) -> tuple[QuerySet[Any], QuerySet[Any]]:
    """The agency's own rows, and those of others about people of whom a grant opens something to it. Row security decides on each row."""
    granted = Grant.objects.filter(recipient_id=viewer.principal_id, valid_from__lte=at, valid_to__gt=at)
    own, other = Q(holder_id=viewer.holder_id), Q(identity_id__in=granted.values("identity_id"))
    return rows.filter(own), rows.filter(other).exclude(own)


def _one_each(viewer: Viewer, at: datetime, wanted: Q) -> tuple[QuerySet[Any], QuerySet[Any]]:
    """One record for each person, as `people.queries.names_of` chooses it: the agency's own first, then the oldest."""
    seen = PersonRecord.objects.seen_by(viewer).filter(wanted)
    own, other = parts(seen, viewer, at)
    same = seen.filter(identity_id=OuterRef("identity_id"))
    older = Q(made_at__lt=OuterRef("made_at")) | Q(made_at=OuterRef("made_at"), pk__lt=OuterRef("pk"))
    mine = Q(holder_id=viewer.holder_id)
    return own.filter(~Exists(same.filter(mine & older))), other.filter(~Exists(same.filter(mine | older)))


def _patients(viewer: Viewer, at: datetime) -> Sequence[QuerySet[Any]]:
    return _one_each(viewer, at, Q())


def _infants(viewer: Viewer, at: datetime) -> Sequence[QuerySet[Any]]:
    return _one_each(viewer, at, Q(role="INFANT", mother_identity_id__isnull=False))


def _family(viewer: Viewer, at: datetime) -> Sequence[QuerySet[Any]]:
    return parts(FamilyMember.objects.seen_by(viewer).filter(ended_at=None), viewer, at)


def _plans(viewer: Viewer, at: datetime) -> Sequence[QuerySet[Any]]:
    return parts(PlanOfSafeCare.objects.seen_by(viewer), viewer, at)


def _teams(viewer: Viewer, at: datetime) -> Sequence[QuerySet[Any]]:
    team = CareTeamMember.objects.seen_by(viewer).filter(plan_id=OuterRef("pk"), ends_at=None)
    return [rows.filter(Exists(team)) for rows in _plans(viewer, at)]


def _goals(viewer: Viewer, at: datetime) -> Sequence[QuerySet[Any]]:
    """The goals that stand, of plans that are seen: as `plans.merging.goals_now`."""
    seen = Goal.objects.seen_by(viewer)
    instead = seen.filter(plan_id=OuterRef("plan_id"), supersedes_id=OuterRef("pk"))
    has_plan = PlanOfSafeCare.objects.seen_by(viewer).filter(pk=OuterRef("plan_id"))
    return parts(seen.filter(~Exists(instead), Exists(has_plan)), viewer, at)


def _referrals(viewer: Viewer, at: datetime) -> Sequence[QuerySet[Any]]:
    asked = Coalesce("requested_at", "made_at")  # as it is shown: a draft was asked of nobody yet
    return parts(Referral.objects.seen_by(viewer).annotate(authored_at=asked), viewer, at)


def _consents(viewer: Viewer, at: datetime) -> Sequence[QuerySet[Any]]:
    return parts(Consent.objects.seen_by(viewer), viewer, at)


def _newest_of(model: Any, column: str, viewer: Viewer) -> Subquery:
    rows = model.objects.seen_by(viewer).filter(plan_id=OuterRef("pk")).order_by().values("plan_id")
    return Subquery(rows.annotate(newest=Max(column)).values("newest"))


def _plan_changed(viewer: Viewer) -> Greatest:
    """The newest change of a plan that the viewer may see: the plan keeps no instant of its own, its parts do."""
    dated = [(m, "changed_at") for m in (Goal, Need, Referral, CareTeamMember, PlanInfant, Review)] + [(PlanVersion, "made_at")]
    return Greatest("started_at", "agreed_at", "closed_at", *(_newest_of(model, column, viewer) for model, column in dated))


def column(name: str) -> Callable[[Viewer], F]:
    """A column that holds the instant of the last change."""
    return lambda viewer: F(name)


def _identifier(value: str) -> Q:
    system, bar, number = value.rpartition("|")
    if number.startswith("urn:uuid:") and (not bar or system == UUIDS):
        found = an_id(number.removeprefix("urn:uuid:"))
        return Q(identity_id=found) if found else NOTHING
    if not number or "\0" in number:
        return NOTHING
    # A number is shown to the agency whose chart it is, so only that one finds somebody by it.
    viewer = current_viewer()
    own = viewer.holder_id if viewer else None
    return NOTHING if bar and system != f"urn:uuid:{own}" else Q(record_number=number, holder_id=own)


def _need(value: str) -> Q:
    """A referral is found by the code of its need only where the reader sees the need."""
    system, bar, code = value.rpartition("|")
    viewer = current_viewer()
    if viewer is None or not code or "\0" in code or (bar and system != canonicals.NEED):
        return NOTHING
    return Q(need_id__in=Need.objects.seen_by(viewer).filter(code=code).values("pk"))


def _gender(value: str) -> Q:
    known = Q()
    for letter in people.GENDERS:
        known |= Q(sex__istartswith=letter)
    code = value.rpartition("|")[2]
    letters = [letter for letter, gender in people.GENDERS.items() if gender == code]
    return Q(sex__istartswith=letters[0]) if letters else ~known if code == "unknown" else NOTHING


class _HerName(Text):
    """The mother of an infant, by a name in a record of hers that the reader sees."""

    def test(self, value: str, modifier: str) -> Q:
        """An infant whose mother is so named."""
        viewer = current_viewer()
        if viewer is None:
            return NOTHING
        hers = PersonRecord.objects.seen_by(viewer).filter(super().test(value, modifier))
        return Q(mother_identity_id__in=hers.values("identity_id"))


NAMES = ("given_name", "family_name", "preferred_name")
TASK_CODES = {status: tuple(s.value for s in State if TASK_STATUS[s] == status) for status in dict.fromkeys(TASK_STATUS.values())}
REQUEST_CODES = {
    status: tuple(s.value for s in State if referral.request_status(s) == status) for status in ("draft", "active", "completed", "revoked")
}
PLAN_CODES = {
    status: tuple(s.value for s in plan.PLAN_STATUS if plan.PLAN_STATUS[s] == status) for status in dict.fromkeys(plan.PLAN_STATUS.values())
}
TEAM_CODES = {
    status: tuple(s.value for s in plan.PLAN_STATUS if plan.TEAM_STATUS[plan.PLAN_STATUS[s]] == status)
    for status in dict.fromkeys(plan.TEAM_STATUS.values())
}
DOCUMENT_CODES = {
    status: tuple(s.value for s in plan.PLAN_STATUS if documents.document_status(s) == status)
    for status in ("current", "superseded", "entered-in-error")
}
GOAL_CODES = {status: tuple(state for state, one in plan.GOAL_STATUS.items() if one == status) for status in plan.GOAL_STATUS.values()}

FAMILY_KINDS = (
    Kind(
        name="Patient", profile="us-core-patient",
        words="One for each person; the record of the reader's own agency goes before any other.",
        sources=(
            Source(
                rows=_patients, key="identity_id", shape=people.patients, changed=column("changed_at"),
                columns={
                    "_id": Id("identity_id"), "identifier": Own(_identifier), "name": Text(NAMES), "given": Text(("given_name", "preferred_name")),
                    "family": Text(("family_name",)), "birthdate": When("birth_date", days=True), "gender": Own(_gender),
                },
            ),
        ),
    ),
    Kind(
        name="RelatedPerson", profile="us-core-relatedperson", ours=canonicals.MOTHER_PROFILE,
        words="The mother of an infant, and whom a mother counts as family.",
        sources=(
            Source(
                rows=_infants, shape=people.mothers, changed=column("changed_at"),
                columns={"_id": Id(), "patient": Ref("identity_id", "Patient"), "name": _HerName(NAMES)},
            ),
            Source(
                rows=_family, shape=people.family, changed=lambda viewer: Greatest("at", "ended_at"),
                columns={"_id": Id(), "patient": Ref("identity_id", "Patient"), "name": Text(("name",))},
            ),
        ),
        includes={"patient": (("Patient",), at_path("patient"))},
    ),
    Kind(
        name="CarePlan", profile="us-core-careplan", ours=canonicals.PLAN_PROFILE,
        words="A plan of safe care. meta.lastUpdated is the newest change that the reader may see.",
        sources=(
            Source(
                rows=_plans, shape=plan.care_plans, changed=_plan_changed,
                columns={
                    "_id": Id(), **HERS, "status": Token("status", PLAN_CODES, "http://hl7.org/fhir/request-status"),
                    "category": Fixed(plan.CATEGORY, "assess-plan"), "date": When("started_at"),
                },
            ),
        ),
        includes={
            "patient": PATIENT, "subject": PATIENT, "care-team": (("CareTeam",), at_path("careTeam")), "goal": (("Goal",), at_path("goal")),
            "activity-reference": (("ServiceRequest",), at_path("activity", "reference")),
        },
    ),
    Kind(
        name="CareTeam", profile="us-core-careteam", ours=canonicals.TEAM_PROFILE,
        words="Who is on the care team now, as far as the reader may know.",
        sources=(
            Source(
                rows=_teams, shape=plan.care_teams, changed=_plan_changed,
                columns={"_id": Id(), **HERS, "status": Token("status", TEAM_CODES, "http://hl7.org/fhir/care-team-status")},
            ),
        ),
        includes={"patient": PATIENT, "subject": PATIENT},
    ),
    Kind(
        name="DocumentReference", profile="us-core-documentreference",
        words="A plan of safe care on paper, in English and Spanish. Its id is the plan's; the paper is made for its reader when it is taken.",
        sources=(
            Source(
                rows=_plans, shape=documents.documents, changed=_plan_changed,
                columns={
                    "_id": Id(), **HERS, "status": Token("status", DOCUMENT_CODES, "http://hl7.org/fhir/document-reference-status"),
                    "type": Fixed(documents.LOINC, documents.PLAN_NOTE), "category": Fixed(documents.CATEGORY, documents.NOTE),
                    "date": When("started_at"), "period": When("started_at"),
                },
            ),
        ),
        includes={"patient": PATIENT, "subject": PATIENT},
    ),
    Kind(
        name="Goal", profile="us-core-goal", ours=canonicals.GOAL_PROFILE,
        words="A goal of a plan that stands, in the words of who set it.",
        sources=(
            Source(
                rows=_goals, shape=plan.goals, changed=column("changed_at"),
                columns={
                    "_id": Id(), **HERS, "lifecycle-status": Token("state", GOAL_CODES, "http://hl7.org/fhir/goal-status"),
                    "target-date": When("target_on", days=True), "start-date": When("made_at"),
                },
            ),
        ),
        includes={"patient": PATIENT, "subject": PATIENT},
    ),
    Kind(
        name="ServiceRequest", profile="us-core-servicerequest", ours=canonicals.REQUEST_PROFILE,
        words="A referral as a request. Its Task has the same id.",
        sources=(
            Source(
                rows=_referrals, shape=referral.service_requests, changed=column("changed_at"),
                columns={
                    "_id": Id(), **HERS, "status": Token("state", REQUEST_CODES, "http://hl7.org/fhir/request-status"),
                    "category": Fixed(SNOMED, "3457005"), "authored": When("authored_at"), "code": Own(_need),
                    "requester": Ref("holder_id", "Organization"), "performer": Ref("receiver_id", "Organization"),
                },
            ),
        ),
        includes={
            "patient": PATIENT, "subject": PATIENT, "requester": (("Organization",), at_path("requester")),
            "performer": (("Organization",), at_path("performer")), "based-on": (("CarePlan",), at_path("basedOn")),
        },
    ),
    Kind(
        name="Task", ours=canonicals.TASK_PROFILE,
        words="Where the answer to a referral stands, with the business status of BSeR.",
        sources=(
            Source(
                rows=_referrals, shape=referral.tasks, changed=column("changed_at"),
                columns={
                    "_id": Id(), **HERS, "status": Token("state", TASK_CODES, "http://hl7.org/fhir/task-status"),
                    "focus": Ref("pk", "ServiceRequest"), "owner": Ref("receiver_id", "Organization"), "requester": Ref("holder_id", "Organization"),
                    "authored-on": When("authored_at"), "modified": When("changed_at"),
                },
            ),
        ),
        includes={
            "patient": (("Patient",), at_path("for")), "subject": (("Patient",), at_path("for")), "focus": (("ServiceRequest",), at_path("focus")),
            "owner": (("Organization",), at_path("owner")), "requester": (("Organization",), at_path("requester")),
        },
    ),
    Kind(
        name="Consent", ours=canonicals.CONSENT_PROFILE,
        words="A release that a mother signed, for the agency that keeps it.",
        sources=(
            Source(
                rows=_consents, shape=consent.consents,
                changed=lambda viewer: Greatest("drafted_at", "explained_at", "signed_at", "revoked_at"),
                columns={
                    "_id": Id(), "patient": Ref("identity_id", "Patient"), "category": Fixed(ACT_CODE, "IDSCL"),
                    "date": When("signed_at"), "organization": Ref("holder_id", "Organization"),
                    "purpose": Plain("purposes", canonicals.PURPOSE, many=True),
                },
            ),
        ),
        includes={"patient": (("Patient",), at_path("patient")), "organization": (("Organization",), at_path("organization"))},
    ),
)  # fmt: skip
