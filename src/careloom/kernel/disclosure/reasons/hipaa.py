"""Reasons of HIPAA, 45 CFR part 164, and of the plan of safe care outside Part 2."""

from __future__ import annotations

from careloom.kernel.disclosure.reasons.reason import Reason


class Hipaa(Reason):
    """Uses and disclosures by a covered entity."""

    NO_BASIS = (
        "45 CFR 164.502(a); 45 CFR 164.508; 45 CFR 164.508(a); 45 CFR 164.506; 45 CFR 164.512",
        "Health information is disclosed only with authorization or where HIPAA permits.",
    )
    OTHER_PERSON = ("45 CFR 164.502(a); 45 CFR 164.508", "Another person's health record opens only with that person's authorization.")
    NOT_PART2 = (
        "42 CFR 2.12(d)(2)(ii); 42 CFR 2.11",
        "What a patient told a provider outside Part 2 is not a Part 2 record, so HIPAA applies.",
        True,
    )
    TREATMENT = ("45 CFR 164.506(c); 45 CFR 164.506(c)(2)", "A provider may disclose for treatment by another provider.")
    PAYMENT = ("45 CFR 164.506(c)(3); 45 CFR 164.506(c)(1)", "A provider may disclose for payment.")
    OPERATIONS = ("45 CFR 164.506(c)(4)", "Both entities have a relationship with the patient and it serves health care operations.")
    WORKFORCE = ("45 CFR 164.506(c)(1); 45 CFR 164.502(a)", "The holder's own staff may use the record for care, payment or operations.")
    ASSOCIATE = ("45 CFR 164.502(e); 45 CFR 164.504(e)", "A live business associate agreement covers the service.")
    NOT_ASSOCIATE = ("45 CFR 164.502(e); 45 CFR 164.504(e)", "No live business associate agreement covers this service.")
    REQUIRED_BY_LAW = ("45 CFR 164.512(a); 45 CFR 164.512(a)(1)", "A law requires this disclosure, and it goes no further than that law.")
    RESTRICTION_YIELDS = ("45 CFR 164.522(a)(1)(iii); 45 CFR 164.522(a)", "An agreed restriction gives way in an emergency.")
    NOT_RELATED = ("45 CFR 164.506(c)(4); 45 CFR 164.506(c)(2)", "The record says that the recipient has no relationship with the patient.")
    ACCOUNTING = ("45 CFR 164.528; 45 CFR 164.524", "A person may have the list of disclosures of the last six years.")
    MINOR_REPRESENTED = ("45 CFR 164.502(g)(3); 45 CFR 164.524", "State law does not let the minor decide alone, so the parent stands in her place.")
    CRIME_ON_PREMISES = ("45 CFR 164.512(f)(5)", "The police may have what shows a crime on the holder's premises.", True)
    NO_THREAT = ("45 CFR 164.512(j); 45 CFR 164.512(j)(1)(i)", "No serious and imminent threat, and recipient who can prevent it, are recorded.")
    LIMITED_NOT_THIS = ("45 CFR 164.514(e); 45 CFR 164.514(e)(2)", "A limited data set holds no direct identifier and serves three purposes only.")
    EXECUTOR = ("45 CFR 164.502(g)(4); 45 CFR 164.524", "Who represents a deceased person is treated as that person.")
    AUTHORIZED = ("45 CFR 164.508; 45 CFR 164.508(c)", "A live authorization names this recipient, this information and this purpose.")
    AUTHORIZATION_FAILS = ("45 CFR 164.508(c); 45 CFR 164.508(b)(2)", "The authorization does not reach this request or is not in force.")
    PLAN_SHARED = (
        "42 CFR 2.12(a); 45 CFR 164.508; 42 USC 5106a(b)(2)(B)(iii)",
        "The mother agreed to share this part of the plan, and it holds no Part 2 record.",
    )
    PLAN_NOT_SHARED = (
        "45 CFR 164.502(a); 45 CFR 164.508; 42 USC 5106a(b)(2)(B)(iii)",
        "No agreement of the mother and no other legal basis shares this part of the plan with this recipient.",
    )
    PLAN_OWN = (
        "45 CFR 164.524; 42 CFR 2.23; 42 USC 5106a(b)(2)(B)(iii)",
        "The plan is the mother's own, and she may read it.",
    )
    PLAN_REQUIRED = ("45 CFR 164.512(a); 42 USC 5106a(b)(2)(B)(iii)", "State law requires this disclosure to monitor plans of safe care.", True)
    ACCESS = ("45 CFR 164.524; 45 CFR 164.502(a)", "A person may see her own record.")
    CHILD_ACCESS = ("45 CFR 164.502(g)(3); 45 CFR 164.524", "A legal parent may see the child's own record.")
    CUSTODY = ("45 CFR 164.502(g)(3)", "Legal custody makes the agency the child's personal representative.")
    NOT_REPRESENTATIVE = (
        "45 CFR 164.502(g)(3); 45 CFR 164.502(g)(5); 45 CFR 164.502(a)",
        "The person is not, or is not treated as, the child's personal representative.",
    )
    ENDANGERMENT = ("45 CFR 164.502(g)(5)", "The holder believes that the requesting person may endanger the child.")
    MINOR_CONFIDENTIAL = ("45 CFR 164.502(g)(3)", "A minor who may consent alone decides about this record.")
    NOTES_NOT_IN_ACCESS = ("45 CFR 164.524(a)(1)(i)", "The right of access does not reach psychotherapy notes.")
    NOTES_CLOSED = ("45 CFR 164.508(a)(2)", "Psychotherapy notes need their own authorization.")
    NOTES_EXCEPTION = ("45 CFR 164.508(a)(2)(ii); 45 CFR 164.512(a)", "The law requires or permits this use of psychotherapy notes.")
    NOTES_ORIGINATOR = ("45 CFR 164.508(a)(2)(i)(A)", "The clinician who wrote the notes may use them for treatment.")
    NOTES_DEFENSE = ("45 CFR 164.508(a)(2)(i)(C)", "The holder may defend itself in an action that the patient brought.")
    ABUSE_AUTHORITY = (
        "45 CFR 164.512(b)(1)(ii)",
        "A provider may disclose to the authority that by law receives reports of child abuse or neglect.",
    )
    ABUSE_FOLLOW_UP = (
        "45 CFR 164.512(b)(1)(ii); 45 CFR 164.502(b)",
        "After a report, the same authority may have what the follow-up needs and no more.",
        True,
    )
    ABUSE_AUTHORITY_ONLY = ("45 CFR 164.512(b)(1)(ii)", "No report under state law to the designated authority is recorded.")
    PUBLIC_HEALTH = ("45 CFR 164.512(b)(1)(i)", "A public health authority may receive what the law authorizes it to collect.")
    NO_PUBLIC_HEALTH_LAW = ("45 CFR 164.512(b)(1)(i)", "No law is recorded that authorizes this public health collection.")
    OVERSIGHT = ("45 CFR 164.512(d)", "A health oversight agency may review records for oversight.")
    NO_OVERSIGHT = ("45 CFR 164.512(d)", "No oversight authority is recorded.")
    COURT_ORDER = ("45 CFR 164.512(e)(1)(i)", "A court order expressly authorizes this record.")
    NO_COURT_ORDER = ("45 CFR 164.512(e)(1)(i); 45 CFR 164.512(e)", "No court order in force expressly authorizes this record for this recipient.")
    SUBPOENA = ("45 CFR 164.512(e)(1)(ii)", "The subpoena comes with satisfactory assurance or a qualified protective order.")
    BARE_SUBPOENA = ("45 CFR 164.512(e)(1)(ii); 45 CFR 164.512(e)", "A subpoena needs notice to the patient or a qualified protective order.")
    POLICE_PROCESS = (
        "45 CFR 164.512(f); 45 CFR 164.512(f)(1); 45 CFR 164.512(f)(1)(ii)",
        "Law enforcement brings a court order, a warrant or a grand jury subpoena.",
    )
    NO_POLICE_PROCESS = ("45 CFR 164.512(f)", "Law enforcement brings no legal process.")
    CORONER = ("45 CFR 164.512(g)", "A coroner or medical examiner may have what the inquiry needs.")
    THREAT = ("45 CFR 164.512(j)(1)(i)", "The holder may warn a person who can prevent a serious and imminent threat.")
    INVOLVED_FAMILY = ("45 CFR 164.510(b)", "The patient agreed that this person in her care may hear what concerns that care.")
    FAMILY_NOT_AGREED = ("45 CFR 164.510(b)", "The patient did not agree, or objected.")
    DIRECTORY = ("45 CFR 164.510(a)", "The directory may say that a person is there, if she did not object.")
    RESEARCH = ("45 CFR 164.512(i)", "A review board approved the study.")
    NO_RESEARCH_REVIEW = ("45 CFR 164.512(i)", "No review board approval is recorded.")
    LIMITED_DATA_SET = ("45 CFR 164.514(e)", "A limited data set may go out under a data use agreement.")
    NO_DATA_USE_AGREEMENT = ("45 CFR 164.514(e)", "A limited data set needs a live data use agreement.")
    RESTRICTED = ("45 CFR 164.522(a); 45 CFR 164.522(a)(1)(vi)", "The patient's restriction binds this disclosure.")
    NOT_MINIMUM = ("45 CFR 164.502(b); 45 CFR 164.514(d)", "More is asked than the purpose needs.")
    DEIDENTIFIED = ("45 CFR 164.514(b); 45 CFR 164.514(b)(2)", "The content is de-identified by a named method.")
    IDENTIFIERS_LEFT = (
        "45 CFR 164.514(b)(2)(i); 45 CFR 164.514(b)(2)(i)(B); 45 CFR 164.514(b)(2)(i)(C)",
        "The file carries a field that may identify, or no method of de-identification is recorded.",
    )
    EMPLOYMENT_BARRED = ("45 CFR 164.508(a)(1); 45 CFR 164.508", "An employer, insurer or landlord needs the person's authorization.")
