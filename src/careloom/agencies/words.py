"""Words for roles, permissions, kinds of record and refusals. Codes stay in the database; people read these."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from careloom.agencies import retention
from careloom.agencies.actions import Reason
from careloom.agencies.roles import Permission, Role

ROLES = {
    Role.CARE_COORDINATOR: _("Care coordinator"),
    Role.HOSPITAL_SOCIAL_WORKER: _("Hospital social worker"),
    Role.CLINICIAN: _("Clinician"),
    Role.CPS_WORKER: _("Child welfare worker"),
    Role.HOME_VISITOR: _("Home visitor"),
    Role.TRIBAL_WORKER: _("Tribal worker"),
    Role.SUPERVISOR: _("Supervisor"),
    Role.PRIVACY_OFFICER: _("Privacy officer"),
    Role.AGENCY_ADMIN: _("Agency administrator"),
    Role.DIRECTORY_STEWARD: _("Directory steward"),
    Role.PARTNERSHIP_COORDINATOR: _("Partnership coordinator"),
    Role.STATE_LEAD: _("State lead"),
}

ROLE_HINTS = {
    Role.CARE_COORDINATOR: _("Writes plans, referrals and consents for families on her caseload."),
    Role.HOSPITAL_SOCIAL_WORKER: _("The same, and sends birth notifications."),
    Role.CLINICIAN: _("Reads and writes plans, sends notifications, opens notes."),
    Role.CPS_WORKER: _("Works on plans that were shared with child welfare."),
    Role.HOME_VISITOR: _("Works on plans; sees no drug screens."),
    Role.TRIBAL_WORKER: _("Writes plans for families of the Tribe."),
    Role.SUPERVISOR: _("Sees the whole agency's families and assigns work."),
    Role.PRIVACY_OFFICER: _("Reads who looked at what, and decides what each role opens."),
    Role.AGENCY_ADMIN: _("Invites members and gives roles. Opens no family record."),
    Role.DIRECTORY_STEWARD: _("Keeps the list of services."),
    Role.PARTNERSHIP_COORDINATOR: _("Works in the partnership's rooms. Opens no family record."),
    Role.STATE_LEAD: _("Reads counts. Opens no family record."),
}

PERMISSIONS = {
    Permission.FAMILY_READ: _("Open families that are visible to her"),
    Permission.PLAN_WRITE: _("Write plans"),
    Permission.NOTIFY: _("Send birth notifications"),
    Permission.CONSENT_WRITE: _("Record consents"),
    Permission.REFERRAL_ANSWER: _("Send and answer referrals"),
    Permission.IMPORT_RECORDS: _("Bring in records"),
    Permission.ASSIGN_WORK: _("Assign work"),
    Permission.ACCESS_LOG_READ: _("Read the access log"),
    Permission.ROLE_OPENS_EDIT: _("Decide which kinds of record each role opens"),
    Permission.PAPERS_KEEP: _("Keep court orders, agreements and requests"),
    Permission.RECORDS_KEEP: _("Place legal holds, and have records expunged"),
    Permission.EXPUNGE_CONFIRM: _("Be the second person where records are expunged"),
    Permission.EMERGENCY_OPEN: _("Open records in a medical emergency"),
    Permission.FORMS_FILL: _("Fill forms with a family"),
    Permission.TREATMENT_READ: _("Read treatment progress that is visible to her"),
    Permission.TREATMENT_WRITE: _("Record treatment"),
    Permission.SAFETY_READ: _("Read safety assessments that are visible to her"),
    Permission.SAFETY_WRITE: _("Assess safety and keep safety plans"),
    Permission.SAFETY_APPROVE: _("Approve safety decisions"),
    Permission.CASE_READ: _("Read cases and custody that are visible to her"),
    Permission.CASE_WRITE: _("Keep cases, custody and placements"),
    Permission.IDENTITY_JOIN: _("Say whether two records are one person"),
    Permission.AGENCY_ADMIN: _("Manage members and roles"),
    Permission.DIRECTORY_EDIT: _("Change the directory"),
    Permission.DIRECTORY_READ: _("Read the directory"),
    Permission.PARTNERSHIP: _("Work in the partnership"),
    Permission.PARTNERSHIP_READ: _("Take part in the partnership's rooms"),
    Permission.COUNTS_READ: _("Read counts"),
    Permission.COUNTS_EXACT: _("Read exact counts"),
    Permission.FEDERAL_FILES: _("Write the federal files of the state"),
}

CATEGORIES = {
    "part2.presence": _("that she is in treatment"),
    "part2.attendance": _("treatment visits kept"),
    "part2.medication": _("treatment medication"),
    "part2.diagnosis": _("treatment diagnosis"),
    "part2.drug_screens": _("drug screens"),
    "part2.treatment_summary": _("treatment summary"),
    "part2.full_record": _("treatment record"),
    "part2.billing": _("treatment billing"),
    "part2.counseling_notes": _("treatment counseling notes"),
    "part2.confidential_communications": _("confidential communications"),
    "hipaa.ob_record": _("pregnancy and birth record"),
    "hipaa.newborn_record": _("newborn record"),
    "hipaa.mental_health": _("mental health"),
    "hipaa.psychotherapy_notes": _("psychotherapy notes"),
    "hipaa.toxicology": _("tests and diagnoses that tell about substance use"),
    "cw.report": _("child welfare report"),
    "cw.case_record": _("child welfare record"),
    "cw.case_plan": _("case plan"),
    "cw.history": _("child welfare history"),
    "posc.plan_core": _("plan of safe care"),
    "posc.plan_part2_segment": _("parts of the plan that name treatment"),
    "posc.referral_status": _("referrals"),
    "edu.partc": _("early intervention"),
    "edu.school": _("school"),
    "medicaid.claims": _("Medicaid claims"),
    "dv.victim_record": _("safety notes"),
    "wic.record": _("WIC"),
    "notif.capta_identified": _("birth notification"),
}

LOGS = {
    retention.LOOKS: _("Who looked at what"),
    retention.DISCLOSURES: _("What was disclosed to whom"),
    retention.CHANGES: _("What was changed"),
}

REFUSALS = {
    Reason.NOT_ALLOWED: _("Only an administrator of this agency can do this. Ask one of them."),
    Reason.NO_ROLE: _("Choose at least one role."),
    Reason.LAST_ADMIN: _("This is the agency's only administrator. Make somebody else an administrator first."),
    Reason.LAST_WITH_FAMILIES: _("Nobody else here could go on with the families she works with. Give somebody else a role with families first."),
    Reason.NOT_A_MEMBER: _("This person is not a member of the agency now. Invite them first."),
    Reason.WEAK_PIN: _("Choose six digits that are not a row such as 123456 and not the same digit again and again."),
    Reason.OWN_SUPERVISOR: _("Choose somebody else as supervisor."),
    Reason.ROLE_ELSEWHERE: _("One of these roles belongs to another kind of agency. Choose from the roles on this page."),
    Reason.NOT_PRIVACY_OFFICER: _("Only a privacy officer of this agency can do this. Ask one of them."),
    Reason.BEYOND_ROLE: _("One of these kinds is not for this role, whatever an agency decides. Choose from the kinds on this page."),
    Reason.NO_REASON: _("Say why. The reason stands in the history."),
    Reason.NO_CHANGE: _("This is how it stands already. Change a kind, or go back."),
    Reason.NO_OUTWARD_NAME: _("Give the program a name to show outside, which does not tell that somebody is in treatment."),
}
