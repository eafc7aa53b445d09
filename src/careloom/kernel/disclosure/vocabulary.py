"""The controlled words of the disclosure kernel (domain/law.md 0.4 and 6.3).

A value that is not listed here is unknown, and an unknown value never helps a permit.
"""

from __future__ import annotations

from enum import StrEnum
from operator import attrgetter
from typing import TYPE_CHECKING


class Word(StrEnum):
    """A word of the law: a text that is its own value."""

    if not TYPE_CHECKING:
        # Enum's own `value` is found by a function of Python each time; the rules compare words with the lists of papers all day.
        value = property(attrgetter("_value_"))


class Outcome(Word):
    """The law may permit a disclosure; it never compels one through this kernel (42 CFR 2.61(a))."""

    PERMIT = "permit"
    DENY = "deny"


class Actor(Word):
    """The kind of organisation, or person, that would receive the record."""

    PART2_PROGRAM = "part2_program"
    HOSPITAL = "hospital"
    OB_CLINIC = "ob_clinic"
    PEDIATRIC_CLINIC = "pediatric_clinic"
    HEALTH_PLAN = "health_plan"
    MEDICAID_AGENCY = "medicaid_agency"
    HIE = "hie"
    COORDINATION_HUB = "coordination_hub"
    CPS_AGENCY = "cps_agency"
    CBC_CONTRACTOR = "cbc_contractor"
    COURT = "court"
    TRIBAL_ICWA = "tribal_icwa"
    LAW_ENFORCEMENT = "law_enforcement"
    PROSECUTOR = "prosecutor"
    PROBATION = "probation"
    GAL_CASA = "gal_casa"
    DEFENSE_ATTORNEY = "defense_attorney"
    HOME_VISITING = "home_visiting"
    EARLY_INTERVENTION = "early_intervention"
    SCHOOL = "school"
    FOSTER_PARENT = "foster_parent"
    PATIENT = "patient"
    FAMILY_MEMBER = "family_member"
    RESEARCHER = "researcher"
    AUDITOR = "auditor"
    PUBLIC_HEALTH = "public_health"
    SOFTWARE_VENDOR = "software_vendor"
    LAB = "lab"
    REVIEW_PANEL = "review_panel"
    LEGISLATURE_PUBLIC = "legislature_public"
    EMPLOYER = "employer"
    INSURER_LIFE = "insurer_life"
    DV_PROGRAM = "dv_program"
    WIC = "wic"
    PDMP = "pdmp"
    PARENTING_PROVIDER = "parenting_provider"
    STATE_OVERSIGHT = "state_oversight"
    HOUSING = "housing"
    OTHER_PRIVATE = "other_private"


class Category(Word):
    """The segment of the record."""

    PART2_PRESENCE = "part2.presence"
    PART2_ATTENDANCE = "part2.attendance"
    PART2_MEDICATION = "part2.medication"
    PART2_DIAGNOSIS = "part2.diagnosis"
    PART2_DRUG_SCREENS = "part2.drug_screens"
    PART2_TREATMENT_SUMMARY = "part2.treatment_summary"
    PART2_FULL_RECORD = "part2.full_record"
    PART2_BILLING = "part2.billing"
    PART2_COUNSELING_NOTES = "part2.counseling_notes"
    PART2_CONFIDENTIAL_COMMUNICATIONS = "part2.confidential_communications"
    HIPAA_OB_RECORD = "hipaa.ob_record"
    HIPAA_NEWBORN_RECORD = "hipaa.newborn_record"
    HIPAA_MENTAL_HEALTH = "hipaa.mental_health"
    HIPAA_PSYCHOTHERAPY_NOTES = "hipaa.psychotherapy_notes"
    HIPAA_TOXICOLOGY = "hipaa.toxicology"
    CW_REPORT = "cw.report"
    CW_REPORTER_IDENTITY = "cw.reporter_identity"
    CW_CASE_RECORD = "cw.case_record"
    CW_CASE_PLAN = "cw.case_plan"
    CW_HISTORY = "cw.history"
    POSC_PLAN_CORE = "posc.plan_core"
    POSC_PLAN_PART2_SEGMENT = "posc.plan_part2_segment"
    POSC_REFERRAL_STATUS = "posc.referral_status"
    EDU_PARTC = "edu.partc"
    EDU_SCHOOL = "edu.school"
    MEDICAID_CLAIMS = "medicaid.claims"
    DV_VICTIM_RECORD = "dv.victim_record"
    WIC_RECORD = "wic.record"
    AGG_TABLE = "agg.table"
    DEID_EXTRACT = "deid.extract"
    NOTIF_CAPTA_DEID = "notif.capta_deid"
    NOTIF_CAPTA_IDENTIFIED = "notif.capta_identified"

    #: The part of the word before the dot, such as `part2` or `posc`.
    family: str

    def __init__(self, word: str) -> None:
        self.family = word.split(".", 1)[0]


class Purpose(Word):
    """What the recipient says the record is for."""

    TREATMENT = "treatment"
    PAYMENT = "payment"
    HEALTH_CARE_OPERATIONS = "health_care_operations"
    CARE_COORDINATION = "care_coordination"
    POSC_MONITORING = "posc_monitoring"
    CHILD_ABUSE_REPORT_INITIAL = "child_abuse_report_initial"
    CHILD_ABUSE_FOLLOWUP = "child_abuse_followup"
    CAPTA_NOTIFICATION = "capta_notification"
    SAFETY_ASSESSMENT = "safety_assessment"
    DEPENDENCY_PROCEEDING = "dependency_proceeding"
    CRIMINAL_PROCEEDING = "criminal_proceeding"
    CRIMINAL_JUSTICE_MONITORING = "criminal_justice_monitoring"
    PERMANENCY_HEARING = "permanency_hearing"
    EMERGENCY_TREATMENT = "emergency_treatment"
    RESEARCH = "research"
    AUDIT = "audit"
    PROGRAM_EVALUATION = "program_evaluation"
    PUBLIC_HEALTH = "public_health"
    PATIENT_ACCESS = "patient_access"
    QSO_SERVICE = "qso_service"
    LEGAL_DEFENSE = "legal_defense"
    ICWA_NOTICE = "icwa_notice"
    FATALITY_REVIEW = "fatality_review"
    PUBLIC_DISCLOSURE = "public_disclosure"
    EMPLOYMENT = "employment"
    INSURANCE_UNDERWRITING = "insurance_underwriting"
    EDUCATION = "education"
    FEDERAL_REPORTING = "federal_reporting"
    SYSTEM_OPERATION = "system_operation"
    PDMP_REPORTING = "pdmp_reporting"
    PAYMENT_OF_SERVICES = "payment_of_services"


class Subject(Word):
    """Whose record it is."""

    MOTHER = "mother"
    INFANT = "infant"
    OTHER_PARENT = "other_parent"
    SIBLING = "sibling"
    CAREGIVER = "caregiver"
    COHORT = "cohort"


class Provenance(Word):
    """How the holder came to have the record: the same fact changes its law with its source."""

    ORIGINATING = "originating"
    SELF_REPORTED = "self_reported"
    FERPA_VIA_USA = "ferpa_via_usa"
    PART2_VIA_234 = "part2_via_2.34"
    PART2_VIA_235 = "part2_via_2.35"
    PART2_VIA_266 = "part2_via_2.66"
    PART2_VIA_AUDIT = "part2_via_audit"
    PART2_VIA_INTERMEDIARY = "part2_via_intermediary"
    PART2_VIA_PAYMENT = "part2_via_payment"
    PART2_VIA_QSO = "part2_via_qso"
    PART2_VIA_RESEARCH = "part2_via_research"
    PART2_VIA_SPECIFIC = "part2_via_specific"
    PART2_VIA_TPO = "part2_via_tpo"


class ConsentKind(Word):
    """The form that was signed. `plan_agreement` is our own: the mother shares her non-Part-2 plan."""

    SPECIFIC = "specific"
    TPO_SINGLE = "tpo_single"
    COUNSELING_NOTES = "counseling_notes"
    PROCEEDINGS = "proceedings"
    CRIMINAL_JUSTICE = "criminal_justice"
    RESEARCH = "research"
    CENTRAL_REGISTRY = "central_registry"
    PDMP = "pdmp"
    CAPTA_RELEASE = "capta_release"
    HIPAA_AUTHORIZATION = "hipaa_authorization"
    PLAN_AGREEMENT = "plan_agreement"


class OrderKind(Word):
    """A court paper; a subpoena or general order is not an order under 42 CFR part 2, subpart E."""

    CIVIL_264 = "2.64"
    CRIMINAL_265 = "2.65"
    PROGRAM_266 = "2.66"
    CW_ACCESS_FINDING = "cw_access_finding"
    GENERAL_ORDER = "general_order"
    REPORTER_IDENTITY_ORDER = "reporter_identity_order"
    SUBPOENA = "subpoena"


class AgreementKind(Word):
    """A paper between organisations."""

    CONTRACT_233C = "2.33(c) contract"
    BAA = "BAA"
    DUA = "DUA"
    MOU = "MOU"
    QSOA = "QSOA"
    AUDIT_AGREEMENT = "audit_agreement"
    RESEARCH_APPROVAL = "research_approval"
    WORKING_AGREEMENT = "working_agreement"


class Obligation(Word):
    """The duties that travel with a decision (domain/law.md 6.3)."""

    NOTICE_2_32 = "NOTICE_2_32"
    CONSENT_COPY_OR_SCOPE = "CONSENT_COPY_OR_SCOPE"
    ACCOUNT_2_25 = "ACCOUNT_2_25"
    ACCOUNT_164_528 = "ACCOUNT_164_528"
    MIN_NECESSARY = "MIN_NECESSARY"
    LIMIT_PURPOSE = "LIMIT_PURPOSE"
    EMERGENCY_DOC_2_51 = "EMERGENCY_DOC_2_51"
    VERIFY_164_514H = "VERIFY_164_514H"
    PROCEEDINGS_BAR = "PROCEEDINGS_BAR"
    NO_REDISCLOSURE = "NO_REDISCLOSURE"
    INTERMEDIARY_LIST_2_24 = "INTERMEDIARY_LIST_2_24"
    QSOA_TERMS = "QSOA_TERMS"
    CONTRACT_2_33C = "CONTRACT_2_33C"
    SEGMENT_EXCLUDE = "SEGMENT_EXCLUDE"
    SUPPRESS_SMALL_CELLS = "SUPPRESS_SMALL_CELLS"
    AGGREGATE_ONLY = "AGGREGATE_ONLY"
    RETURN_OR_DESTROY = "RETURN_OR_DESTROY"
    ORDER_SCOPE_ONLY = "ORDER_SCOPE_ONLY"
    SEAL = "SEAL"
    INFORM_PATIENT = "INFORM_PATIENT"
    CW_CONFIDENTIAL = "CW_CONFIDENTIAL"
    REDACT_REPORTER = "REDACT_REPORTER"
    FERPA_LOG = "FERPA_LOG"
    NEUTRAL_DENIAL = "NEUTRAL_DENIAL"
    TRACK_NOTIFICATION = "TRACK_NOTIFICATION"
    PARTC_7_DAYS = "PARTC_7_DAYS"
    SUBPOENA_ALSO_NEEDED = "SUBPOENA_ALSO_NEEDED"
    RESTRICTION_CHECK = "RESTRICTION_CHECK"
