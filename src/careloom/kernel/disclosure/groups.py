"""Named groups of words that several rules share."""

from __future__ import annotations

from typing import Final

from careloom.kernel.disclosure.vocabulary import Actor, Category, Purpose

#: Treatment, payment and health care operations (45 CFR 164.501).
TPO: Final = frozenset({Purpose.TREATMENT, Purpose.PAYMENT, Purpose.HEALTH_CARE_OPERATIONS})
PAYING: Final = frozenset({Purpose.PAYMENT, Purpose.PAYMENT_OF_SERVICES})
TREATING: Final = frozenset({Purpose.TREATMENT, Purpose.EMERGENCY_TREATMENT, Purpose.CARE_COORDINATION})

#: Purposes that are a proceeding in themselves; other purposes become one when used against the patient.
PROCEEDINGS: Final = frozenset({Purpose.DEPENDENCY_PROCEEDING, Purpose.CRIMINAL_PROCEEDING, Purpose.PERMANENCY_HEARING})

#: Organisations that can have a treating provider relationship. Child welfare, a court or a CASA never can.
PROVIDERS: Final = frozenset({Actor.HOSPITAL, Actor.OB_CLINIC, Actor.PEDIATRIC_CLINIC, Actor.PART2_PROGRAM, Actor.LAB})
PAYERS: Final = frozenset({Actor.HEALTH_PLAN, Actor.MEDICAID_AGENCY})
#: Recipients that are covered entities in the ordinary case (45 CFR 160.103).
COVERED: Final = PROVIDERS | PAYERS

#: Kinds that may serve the program under a qualified service organization agreement (42 CFR 2.11).
CAN_SERVE: Final = frozenset(
    {
        Actor.SOFTWARE_VENDOR,
        Actor.HIE,
        Actor.LAB,
        Actor.PARENTING_PROVIDER,
        Actor.COORDINATION_HUB,
        Actor.HOME_VISITING,
        Actor.EARLY_INTERVENTION,
        Actor.DEFENSE_ATTORNEY,
        Actor.AUDITOR,
        Actor.OTHER_PRIVATE,
    }
)
EXCHANGES: Final = frozenset({Actor.HIE, Actor.COORDINATION_HUB})

#: What no exception, order or report is for; only the person's own written word opens a record to these.
OUTSIDE_CARE: Final = frozenset({Purpose.EMPLOYMENT, Purpose.INSURANCE_UNDERWRITING, Purpose.PUBLIC_DISCLOSURE})

#: What a court, and those who come before it, use a record for.
COURT_USES: Final = PROCEEDINGS | {
    Purpose.LEGAL_DEFENSE,
    Purpose.CRIMINAL_JUSTICE_MONITORING,
    Purpose.SAFETY_ASSESSMENT,
    Purpose.CHILD_ABUSE_FOLLOWUP,
    Purpose.POSC_MONITORING,
    Purpose.CARE_COORDINATION,
    Purpose.FATALITY_REVIEW,
    Purpose.ICWA_NOTICE,
    Purpose.EDUCATION,
}
#: What an inquiry into a death is for.
INQUIRIES: Final = frozenset({Purpose.FATALITY_REVIEW, Purpose.PUBLIC_HEALTH, Purpose.CRIMINAL_PROCEEDING, Purpose.SAFETY_ASSESSMENT})
#: Persons and businesses: no law makes a holder give them a record, and none is anybody's agent in child protection.
PRIVATE: Final = frozenset(
    {
        Actor.EMPLOYER,
        Actor.INSURER_LIFE,
        Actor.HOUSING,
        Actor.LEGISLATURE_PUBLIC,
        Actor.FAMILY_MEMBER,
        Actor.FOSTER_PARENT,
        Actor.PATIENT,
        Actor.OTHER_PRIVATE,
        Actor.SCHOOL,
        Actor.RESEARCHER,
        Actor.SOFTWARE_VENDOR,
    }
)
#: What keeps a child, or anybody, from harm.
PROTECTING_USES: Final = TREATING | {
    Purpose.SAFETY_ASSESSMENT,
    Purpose.CHILD_ABUSE_REPORT_INITIAL,
    Purpose.CHILD_ABUSE_FOLLOWUP,
    Purpose.POSC_MONITORING,
    Purpose.PUBLIC_HEALTH,
}
#: What somebody who has a child in her care needs the child's record for.
CARING_USES: Final = TREATING | {Purpose.EDUCATION, Purpose.PATIENT_ACCESS, Purpose.POSC_MONITORING, Purpose.PAYMENT_OF_SERVICES}

NOTES: Final = frozenset({Category.PART2_COUNSELING_NOTES, Category.HIPAA_PSYCHOTHERAPY_NOTES})
#: What "the full record" in a consent covers: never the separately kept counseling notes (42 CFR 2.31(b)).
FULL_RECORD_COVERS: Final = frozenset(c for c in Category if c.family == "part2" and c is not Category.PART2_COUNSELING_NOTES)
