"""Roles, what each may do, and which categories each may open: data, printed and tested as one matrix.

Authority: 45 CFR 164.514(d) (minimum necessary by role); DESIGN section 8 (twelve named roles).
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from careloom.kernel.agency_kinds import AgencyKind


class Role(StrEnum):
    """The twelve named roles of a worker in an agency."""

    CARE_COORDINATOR = "CARE_COORDINATOR"
    HOSPITAL_SOCIAL_WORKER = "HOSPITAL_SOCIAL_WORKER"
    CLINICIAN = "CLINICIAN"
    CPS_WORKER = "CPS_WORKER"
    HOME_VISITOR = "HOME_VISITOR"
    TRIBAL_WORKER = "TRIBAL_WORKER"
    SUPERVISOR = "SUPERVISOR"
    PRIVACY_OFFICER = "PRIVACY_OFFICER"
    AGENCY_ADMIN = "AGENCY_ADMIN"
    DIRECTORY_STEWARD = "DIRECTORY_STEWARD"
    PARTNERSHIP_COORDINATOR = "PARTNERSHIP_COORDINATOR"
    STATE_LEAD = "STATE_LEAD"


class Permission(StrEnum):
    """What a screen or an action asks for."""

    FAMILY_READ = "FAMILY_READ"
    PLAN_WRITE = "PLAN_WRITE"
    NOTIFY = "NOTIFY"
    CONSENT_WRITE = "CONSENT_WRITE"
    REFERRAL_ANSWER = "REFERRAL_ANSWER"
    IMPORT_RECORDS = "IMPORT_RECORDS"
    ASSIGN_WORK = "ASSIGN_WORK"
    ACCESS_LOG_READ = "ACCESS_LOG_READ"
    # Which kinds of record each role opens in this agency (45 CFR 164.514(d)(2)).
    ROLE_OPENS_EDIT = "ROLE_OPENS_EDIT"
    # Court orders, agreements' data clauses, disclosure requests and patients' rights requests: what the agency answers for in law.
    PAPERS_KEEP = "PAPERS_KEEP"
    # To place and lift legal holds, and to have records expunged.
    RECORDS_KEEP = "RECORDS_KEEP"
    # To be the second person where records are expunged. An administrator is it only where there is no second officer (keeping.actions).
    EXPUNGE_CONFIRM = "EXPUNGE_CONFIRM"
    # To open others' records in a medical emergency (42 CFR 2.51): medical personnel only.
    EMERGENCY_OPEN = "EMERGENCY_OPEN"
    # Screening and assessment instruments and other forms, filled with or for a family.
    FORMS_FILL = "FORMS_FILL"
    # Treatment: the program writes; others read what a consent opens (42 CFR 2.31).
    TREATMENT_READ = "TREATMENT_READ"
    TREATMENT_WRITE = "TREATMENT_WRITE"
    # Child welfare's own work: safety assessment and plan, case, custody, placement.
    SAFETY_READ = "SAFETY_READ"
    SAFETY_WRITE = "SAFETY_WRITE"
    SAFETY_APPROVE = "SAFETY_APPROVE"
    CASE_READ = "CASE_READ"
    CASE_WRITE = "CASE_WRITE"
    # To look at two records side by side and say whether they are one person.
    IDENTITY_JOIN = "IDENTITY_JOIN"
    AGENCY_ADMIN = "AGENCY_ADMIN"
    DIRECTORY_EDIT = "DIRECTORY_EDIT"
    DIRECTORY_READ = "DIRECTORY_READ"
    PARTNERSHIP = "PARTNERSHIP"
    # To read the rooms of a collaborative in which one has a part, and to raise what stands in the way of families.
    PARTNERSHIP_READ = "PARTNERSHIP_READ"
    COUNTS_READ = "COUNTS_READ"
    # Exact counts are for who keeps all the counted rows: the state, whose file they are.
    COUNTS_EXACT = "COUNTS_EXACT"
    # The federal files of the state: records under encrypted ids, without names. No page of it leads to a family.
    FEDERAL_FILES = "FEDERAL_FILES"


P = Permission
_FRONT_LINE = frozenset(
    {P.FAMILY_READ, P.PLAN_WRITE, P.CONSENT_WRITE, P.REFERRAL_ANSWER, P.DIRECTORY_READ, P.FORMS_FILL, P.TREATMENT_READ}
)  # fmt: skip
_PROTECTING = frozenset({P.SAFETY_READ, P.SAFETY_WRITE, P.CASE_READ, P.CASE_WRITE})

PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.CARE_COORDINATOR: _FRONT_LINE | {P.IMPORT_RECORDS, P.TREATMENT_WRITE, P.SAFETY_READ, P.CASE_READ},
    Role.HOSPITAL_SOCIAL_WORKER: _FRONT_LINE | {P.NOTIFY, P.IMPORT_RECORDS},
    Role.CLINICIAN: frozenset(
        {P.FAMILY_READ, P.PLAN_WRITE, P.DIRECTORY_READ, P.NOTIFY, P.EMERGENCY_OPEN, P.FORMS_FILL, P.TREATMENT_READ, P.TREATMENT_WRITE}
    ),
    Role.CPS_WORKER: _FRONT_LINE | _PROTECTING,
    Role.HOME_VISITOR: _FRONT_LINE,
    Role.TRIBAL_WORKER: _FRONT_LINE | {P.SAFETY_READ, P.CASE_READ, P.CASE_WRITE},
    Role.SUPERVISOR: _FRONT_LINE | _PROTECTING | {P.ASSIGN_WORK, P.PAPERS_KEEP, P.TREATMENT_WRITE, P.SAFETY_APPROVE, P.IDENTITY_JOIN},
    Role.PRIVACY_OFFICER: frozenset(
        {P.ACCESS_LOG_READ, P.ROLE_OPENS_EDIT, P.PAPERS_KEEP, P.RECORDS_KEEP, P.EXPUNGE_CONFIRM, P.FAMILY_READ, P.DIRECTORY_READ, P.IDENTITY_JOIN}
    ),
    Role.AGENCY_ADMIN: frozenset({P.AGENCY_ADMIN, P.EXPUNGE_CONFIRM, P.DIRECTORY_READ}),
    Role.DIRECTORY_STEWARD: frozenset({P.DIRECTORY_EDIT, P.DIRECTORY_READ}),
    Role.PARTNERSHIP_COORDINATOR: frozenset({P.PARTNERSHIP, P.COUNTS_READ, P.DIRECTORY_READ}),
    Role.STATE_LEAD: frozenset({P.COUNTS_READ, P.COUNTS_EXACT, P.FEDERAL_FILES, P.PARTNERSHIP, P.DIRECTORY_READ}),
}

WHOLE_AGENCY = frozenset({Role.SUPERVISOR, Role.PRIVACY_OFFICER})

# Where a role may be given. A role that is missing here fits every kind of agency.
K = AgencyKind
ROLE_KINDS: dict[Role, frozenset[AgencyKind]] = {
    Role.CARE_COORDINATOR: frozenset(AgencyKind) - {K.STATE_OVERSIGHT},
    Role.HOSPITAL_SOCIAL_WORKER: frozenset({K.HOSPITAL}),
    Role.CLINICIAN: frozenset({K.HOSPITAL, K.OB_CLINIC, K.PEDIATRIC_CLINIC, K.PART2_PROGRAM, K.PUBLIC_HEALTH}),
    Role.CPS_WORKER: frozenset({K.CPS_AGENCY}),
    Role.HOME_VISITOR: frozenset({K.HOME_VISITING, K.PUBLIC_HEALTH, K.EARLY_INTERVENTION, K.PEER_SUPPORT, K.TRIBAL_ICWA, K.COORDINATION_HUB}),
    Role.TRIBAL_WORKER: frozenset({K.TRIBAL_ICWA}),
    Role.PARTNERSHIP_COORDINATOR: frozenset({K.COORDINATION_HUB, K.PUBLIC_HEALTH, K.STATE_OVERSIGHT}),
    Role.STATE_LEAD: frozenset({K.STATE_OVERSIGHT}),
}

# None means every category that the agency holds or is granted. A role missing here opens no family record at all.
_NOTES = frozenset({"part2.counseling_notes", "hipaa.psychotherapy_notes"})
ALL_CATEGORIES = frozenset(
    {
        "part2.presence", "part2.attendance", "part2.medication", "part2.diagnosis", "part2.drug_screens",
        "part2.treatment_summary", "part2.full_record", "part2.billing", "part2.counseling_notes",
        "part2.confidential_communications", "hipaa.ob_record", "hipaa.newborn_record", "hipaa.mental_health",
        "hipaa.psychotherapy_notes", "hipaa.toxicology", "cw.report", "cw.case_record", "cw.case_plan", "cw.history",
        "posc.plan_core", "posc.plan_part2_segment", "posc.referral_status", "edu.partc", "edu.school",
        "medicaid.claims", "dv.victim_record", "wic.record", "notif.capta_identified",
    }
)  # fmt: skip
_PLAN = frozenset({"posc.plan_core", "posc.plan_part2_segment", "posc.referral_status"})
CATEGORIES: dict[Role, frozenset[str]] = {
    Role.CARE_COORDINATOR: ALL_CATEGORIES - _NOTES,
    Role.HOSPITAL_SOCIAL_WORKER: ALL_CATEGORIES - _NOTES,
    Role.CLINICIAN: ALL_CATEGORIES,
    Role.CPS_WORKER: ALL_CATEGORIES - _NOTES,
    Role.HOME_VISITOR: ALL_CATEGORIES - _NOTES - {"part2.drug_screens", "hipaa.toxicology"},
    Role.TRIBAL_WORKER: ALL_CATEGORIES - _NOTES,
    Role.SUPERVISOR: ALL_CATEGORIES - _NOTES,
    Role.PRIVACY_OFFICER: _PLAN,
}


# The most that a privacy officer may give a role in her agency. Notes of counseling and psychotherapy stay with clinicians (42 CFR 2.31(b),
# 2.11; 45 CFR 164.501, 164.508(a)(2)), her own role is not widened by herself, and a role that opens no family record is given none.
MOST: dict[Role, frozenset[str]] = dict.fromkeys(CATEGORIES, ALL_CATEGORIES - _NOTES) | {
    Role.CLINICIAN: ALL_CATEGORIES,
    Role.PRIVACY_OFFICER: CATEGORIES[Role.PRIVACY_OFFICER],
}


PERMISSIONS = {role: given | {P.PARTNERSHIP_READ} for role, given in PERMISSIONS.items()}


def fits(role: str, kind: str) -> bool:
    """Whether `role` may be given in an agency of `kind` (codes)."""
    return AgencyKind(kind) in ROLE_KINDS.get(Role(role), frozenset(AgencyKind))


def permissions_of(roles: frozenset[str]) -> frozenset[str]:
    """All permissions of a worker who holds `roles` (codes)."""
    return frozenset(p.value for role in roles for p in PERMISSIONS[Role(role)])


def opens_of(role: Role, *, opens: Mapping[str, Any]) -> frozenset[str]:
    """The categories that a role opens in an agency whose own choices are `opens` (`Agency.opens`): the default where it chose nothing.

    INVARIANT: never more than `MOST`, however a choice came into the database.
    """
    chosen = opens.get(role.value)
    return CATEGORIES.get(role, frozenset()) if chosen is None else frozenset(chosen["categories"]) & MOST.get(role, frozenset())


def categories_of(roles: frozenset[str], *, opens: Mapping[str, Any]) -> frozenset[str]:
    """All categories that a worker who holds `roles` may open inside the agency whose choices are `opens`."""
    return frozenset(c for role in roles for c in opens_of(Role(role), opens=opens))
