"""CarePlan, CareTeam and Goal, from the plan of safe care as its reader may see it (US Core 6.1.0; interop.md 1.2, 1.3)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from careloom.fhir import canonicals
from careloom.fhir.resources.shape import ANOTHER, Json, Reading, Shaped, coding, concept, day, instant, narrative, reference, resource
from careloom.kernel.plan import PlanState
from careloom.plans.models import CareTeamMember, Goal, PlanOfSafeCare
from careloom.plans.presenters.words import ROLES
from careloom.plans.queries.batches import PlanBatch, batch_of, team_of_plans

CATEGORY = "http://hl7.org/fhir/us/core/CodeSystem/careplan-category"
ACHIEVEMENT = "http://terminology.hl7.org/CodeSystem/goal-achievement"
PLAN_STATUS = {
    PlanState.DRAFT: "draft", PlanState.ACTIVE: "active", PlanState.UNDER_REVIEW: "active", PlanState.CLOSE_PROPOSED: "active",
    PlanState.CLOSED: "completed", PlanState.MERGED: "revoked", PlanState.DISCARDED: "revoked", PlanState.VOID: "entered-in-error",
}  # fmt: skip
TEAM_STATUS = {"draft": "proposed", "active": "active", "completed": "inactive", "revoked": "inactive", "entered-in-error": "entered-in-error"}
GOAL_STATUS = {"OPEN": "active", "MET": "completed", "LET_GO": "cancelled"}
NO_STAFF = frozenset({"FAMILY"})


def status_of(plan: PlanOfSafeCare) -> str:
    """The CarePlan status of a plan."""
    return PLAN_STATUS[PlanState(plan.status)]


def care_plans(reading: Reading, rows: Sequence[Any]) -> list[Shaped]:
    """A CarePlan for each plan, with its team, goals and referrals as references and what they say as its narrative. Five queries."""
    batch = batch_of(viewer=reading.viewer, plan_ids=[plan.pk for plan in rows])
    reading.look_up([plan.holder_id for plan in rows])
    return [_care_plan(reading, plan, batch) for plan in rows]


def _care_plan(reading: Reading, plan: Any, batch: PlanBatch) -> Shaped:
    goals, needs = batch.goals.get(plan.pk, ()), batch.needs.get(plan.pk, ())
    referrals, team = batch.referrals.get(plan.pk, []), batch.team.get(plan.pk, [])
    lines = [
        plan.label,
        *(f"Goal: {goal.row.words}" for goal in goals),
        *(f"Need: {need.row.title}" for need in needs),
        *(f"Care team: {member.name}, {_role(member)}" for member in team),
    ]
    made = resource(
        "CarePlan", plan.pk, profile="us-core-careplan", ours=canonicals.PLAN_PROFILE,
        text=narrative(lines),
        status=status_of(plan),
        intent="plan",
        category=[concept(coding(CATEGORY, "assess-plan", "Assessment and Plan of Treatment"))],
        title=plan.label,
        subject=reference("Patient", plan.identity_id),
        period={"start": instant(plan.started_at)} | ({"end": instant(plan.closed_at)} if plan.closed_at else {}),
        created=instant(plan.started_at),
        careTeam=[reference("CareTeam", plan.pk)] if team else [],
        goal=[reference("Goal", goal.id) for goal in goals],
        activity=[{"reference": reference("ServiceRequest", referral.pk)} for referral in referrals],
    )  # fmt: skip
    shown = (plan, *(goal.row for goal in goals), *(row for need in needs for row in (need.row, *need.steps)), *team, *referrals)
    return Shaped(resource=made, rows=shown, changed=plan.changed, author=author_of(reading, plan, team))


def care_teams(reading: Reading, rows: Sequence[Any]) -> list[Shaped]:
    """A CareTeam for each plan that shows its reader a member. Its id is the plan's. Two queries."""
    teams = team_of_plans(viewer=reading.viewer, plan_ids=[plan.pk for plan in rows])
    reading.look_up([*(plan.holder_id for plan in rows), *(member.agency_id for team in teams.values() for member in team)])
    return [_care_team(reading, plan, teams[plan.pk]) for plan in rows if plan.pk in teams]


def _care_team(reading: Reading, plan: Any, team: Sequence[CareTeamMember]) -> Shaped:
    made = resource(
        "CareTeam", plan.pk, profile="us-core-careteam", ours=canonicals.TEAM_PROFILE,
        status=TEAM_STATUS[status_of(plan)],
        name="Care team",
        subject=reference("Patient", plan.identity_id),
        participant=[_participant(reading, member) for member in team],
    )  # fmt: skip
    return Shaped(resource=made, rows=(plan, *team), changed=plan.changed, author=author_of(reading, plan, team))


def _participant(reading: Reading, member: CareTeamMember) -> Json:
    kind = "RelatedPerson" if member.role in NO_STAFF else "Practitioner"
    found: Json = {
        "role": [concept(coding(canonicals.TEAM_ROLE, member.role, _role(member)), text=_role(member))],
        "member": {"type": kind, "display": member.name},
        "period": {"start": instant(member.starts_at)},
    }
    if member.agency_id in reading.agencies and kind == "Practitioner":
        found["onBehalfOf"] = reading.organization(member.agency_id)
    return found


def _role(member: CareTeamMember) -> str:
    return str(ROLES.get(member.role, ROLES["OTHER"]))


def goals(reading: Reading, rows: Sequence[Goal]) -> list[Shaped]:
    """A Goal for each goal that stands. One query for who may be named as its author."""
    teams = team_of_plans(viewer=reading.viewer, plan_ids={goal.plan_id for goal in rows})
    reading.look_up([goal.holder_id for goal in rows])
    return [_goal(reading, goal, teams.get(goal.plan_id, [])) for goal in rows]


def _goal(reading: Reading, goal: Goal, team: Sequence[CareTeamMember]) -> Shaped:
    target = {"measure": concept(text=goal.measured_by)} if goal.measured_by else {}
    target |= {"dueDate": day(goal.target_on)} if goal.target_on else {}
    made = resource(
        "Goal", goal.pk, profile="us-core-goal", ours=canonicals.GOAL_PROFILE,
        lifecycleStatus=GOAL_STATUS[goal.state],
        achievementStatus=concept(coding(ACHIEVEMENT, "achieved", "Achieved")) if goal.state == "MET" else None,
        description=concept(text=goal.words),
        subject=reference("Patient", goal.identity_id),
        startDate=day(goal.made_at),
        target=[target] if target else [],
        statusDate=day(goal.changed_at),
        expressedBy=reference("Patient", goal.identity_id) if goal.hers else None,
    )  # fmt: skip
    return Shaped(resource=made, rows=(goal,), changed=goal.changed_at, author=author_of(reading, goal, team))


def author_of(reading: Reading, row: Any, team: Sequence[CareTeamMember]) -> Json:
    """Who wrote it: the own agency, the mother, or an agency with a member on the team whom the reader sees. Else nobody is named, as on the page."""
    known = reading.own_author(row)
    if known == ANOTHER and any(member.agency_id == row.holder_id for member in team):
        return reading.organization(row.holder_id)
    return known
