"""What the codes of disclosures are called. Codes stay in the database; people read these."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from careloom.agencies.words import CATEGORIES

# Never asked for by a form: they are told to nobody outside, or are a paper of their own.
NOT_ASKED = frozenset({"dv.victim_record", "notif.capta_identified", "part2.confidential_communications"})
PARTS = {code: label for code, label in CATEGORIES.items() if code not in NOT_ASKED}

PURPOSES: dict[str, Any] = {
    "treatment": _("To treat her or the baby"),
    "care_coordination": _("To plan care together"),
    "posc_monitoring": _("To follow a plan of safe care"),
    "payment": _("To pay for care"),
    "health_care_operations": _("To run a clinic or a plan and check its quality"),
    "safety_assessment": _("To look into the safety of a child"),
    "child_abuse_report_initial": _("A first report of child abuse or neglect"),
    "child_abuse_followup": _("To follow up on a report"),
    "dependency_proceeding": _("A case in family court"),
    "permanency_hearing": _("A hearing about where a child will live"),
    "criminal_proceeding": _("A criminal case"),
    "criminal_justice_monitoring": _("To follow what a criminal court ordered"),
    "legal_defense": _("To defend somebody in court"),
    "icwa_notice": _("Notice to a Tribe"),
    "patient_access": _("She wants it herself"),
    "audit": _("An audit"),
    "program_evaluation": _("To evaluate a program"),
    "research": _("A study"),
    "public_health": _("Public health"),
    "fatality_review": _("To review a death"),
    "emergency_treatment": _("To treat in an emergency"),
    "qso_service": _("A service to this agency"),
    "insurance_underwriting": _("To decide about insurance"),
    "employment": _("A job"),
    "education": _("School"),
}
KINDS: dict[str, Any] = {
    "court": _("Court"),
    "hospital": _("Hospital"),
    "ob_clinic": _("Pregnancy clinic"),
    "pediatric_clinic": _("Children’s clinic"),
    "part2_program": _("Treatment program"),
    "health_plan": _("Health plan"),
    "medicaid_agency": _("Medicaid agency"),
    "cps_agency": _("Child welfare agency"),
    "tribal_icwa": _("Tribe"),
    "law_enforcement": _("Police"),
    "prosecutor": _("Prosecutor"),
    "probation": _("Probation or parole"),
    "defense_attorney": _("Her lawyer, or a lawyer for the defense"),
    "gal_casa": _("Guardian ad litem or CASA"),
    "home_visiting": _("Home visiting"),
    "early_intervention": _("Early intervention"),
    "school": _("School"),
    "housing": _("Housing service"),
    "wic": _("WIC"),
    "dv_program": _("Domestic violence program"),
    "parenting_provider": _("Parenting service"),
    "foster_parent": _("Foster parent"),
    "patient": _("She herself"),
    "family_member": _("Somebody of her family"),
    "public_health": _("Public health"),
    "researcher": _("Researcher"),
    "auditor": _("Auditor"),
    "lab": _("Laboratory"),
    "employer": _("Employer"),
    "insurer_life": _("Life or disability insurer"),
    "coordination_hub": _("Care coordination hub"),
    "state_oversight": _("State agency"),
    "other_private": _("Somebody else"),
}
CAME_BY: dict[str, Any] = {
    "LETTER": _("Letter"),
    "FAX": _("Fax"),
    "EMAIL": _("E-mail"),
    "PHONE": _("Telephone"),
    "IN_PERSON": _("In person"),
}
HOW: dict[str, Any] = {**CAME_BY, "RELEASE": _("Released on paper"), "CARELOOM": _("In Careloom")}
FACTS: dict[str, Any] = {
    "TREATS_HER": _("They treat her now"),
    "EMERGENCY": _("It is a medical emergency, and she cannot say yes or no"),
    "SHE_AGREED": _("She was asked, and she agreed"),
    "PARENT": _("The asker is the child’s legal parent"),
    "REQUIRED_BY_LAW": _("A law requires it, and names what is required"),
    "FIRST_REPORT": _("It is a first report of suspected abuse that state law requires"),
    "AUDIT": _("They have authority to audit or oversee"),
    "AGREEMENT": _("They signed an agreement to protect and to destroy it"),
    "PUBLIC_HEALTH": _("They are a public health authority"),
    "ASSURANCE": _("A subpoena came with proof that she was told, or with a protective order"),
    "WARRANT": _("A judge signed a warrant or an order"),
    "PARTY": _("The asker is a party to the case"),
    "AGAINST_HER": _("It would be used against her in a case"),
    "TOO_MUCH": _("More is asked than the purpose needs"),
}
STATES: dict[str, tuple[Any, str, str]] = {
    "REQUESTED": (_("To be checked"), "wait", "schedule"),
    "CHECKED": (_("Checked, to be answered"), "move", ""),
    "RELEASED": (_("Released"), "done", "check"),
    "DENIED": (_("Answered without saying yes or no"), "", ""),
}
PROVENANCES: dict[str, Any] = {
    "originating": _("made here"),
    "self_reported": _("she said it herself"),
    "part2_via_specific": _("from a treatment program, by her consent"),
    "part2_via_tpo": _("from a treatment program, by her consent for treatment, payment and operations"),
    "part2_via_intermediary": _("from a treatment program, through an intermediary"),
    "part2_via_qso": _("from a treatment program that is served"),
}
NEEDS: dict[str, Any] = {
    "CONSENT": _("Her written consent that names them, this part and this purpose."),
    "ORDER": _("A court order under 42 CFR part 2, subpart E, with its findings."),
}
DUTIES: dict[str, Any] = {
    "NOTICE_2_32": _("The notice of 42 CFR 2.32 is on the paper"),
    "CONSENT_COPY_OR_SCOPE": _("The scope of her consent is on the paper"),
    "PROCEEDINGS_BAR": _("The paper says that it may not be used against her in a case"),
    "NO_REDISCLOSURE": _("The paper says that it may not be passed on"),
    "ACCOUNT_2_25": _("It is kept in the accounting (42 CFR 2.25)"),
    "ACCOUNT_164_528": _("It is kept in the accounting (45 CFR 164.528)"),
    "RESTRICTION_CHECK": _("Her restrictions were asked"),
    "VERIFY_164_514H": _("Who asks, and that they may, was verified (45 CFR 164.514(h))"),
    "MIN_NECESSARY": _("No more leaves than the purpose needs"),
    "LIMIT_PURPOSE": _("The paper says that it is for this purpose only"),
    "EMERGENCY_DOC_2_51": _("The emergency is written into her record: who, when, why (42 CFR 2.51(c))"),
    "INTERMEDIARY_LIST_2_24": _("The intermediary keeps its list (42 CFR 2.24)"),
    "QSOA_TERMS": _("The service agreement is signed and in force"),
    "CONTRACT_2_33C": _("The contract binds them to 42 CFR part 2"),
    "SEGMENT_EXCLUDE": _("What is about other people was taken out"),
    "SUPPRESS_SMALL_CELLS": _("Small numbers were left out"),
    "AGGREGATE_ONLY": _("Nobody can be recognized in what they will report"),
    "RETURN_OR_DESTROY": _("They promised to return or destroy it"),
    "ORDER_SCOPE_ONLY": _("Nothing leaves beyond what the order lists"),
    "SEAL": _("It goes to the court under seal"),
    "INFORM_PATIENT": _("She is told of it"),
    "CW_CONFIDENTIAL": _("They were told that child welfare records are confidential"),
    "REDACT_REPORTER": _("Nothing tells who made the report"),
    "FERPA_LOG": _("It is written into the school’s own log"),
    "TRACK_NOTIFICATION": _("The notification is tracked"),
    "PARTC_7_DAYS": _("It leaves within seven days"),
    "SUBPOENA_ALSO_NEEDED": _("A subpoena came with the order (42 CFR 2.61)"),
}
DENIALS: dict[str, Any] = {
    "NOTHING_HELD": _("Nothing is held"),
    "NOT_PERMITTED": _("The law does not permit it"),
    "NOT_VERIFIED": _("Who asks, or that they may, could not be verified"),
    "INCOMPLETE": _("The request or its paper is incomplete"),
    "SHE_SAID_NO": _("She does not want it"),
    "NOT_NEEDED": _("The purpose does not need it"),
    "HARM": _("It could harm her or somebody else"),
}
TOPICS: dict[str, Any] = {
    "PLAN": _("A plan that others keep"),
    "BIRTH": _("Pregnancy and birth"),
    "HEALTH": _("Health and medicine"),
    "TREATMENT": _("Care for recovery"),
    "FAMILY": _("Her family and supports"),
    "OTHER": _("Something else"),
}
BREACHES: dict[str, Any] = {
    "TOLD": _("She was told"),
    "LOW_RISK": _("The chance that it was misused is low. The note says why, by the four questions"),
    "NOT_ONE": _("It was no breach. The note says which exception"),
}
GAPS: dict[str, Any] = {
    "NOT_CHECKED": _("Check the request first."),
    "NOT_PERMITTED": _("A part that was chosen is not permitted now. Check the request again."),
    "VERIFY_164_514H": _("Write down how you verified who asks and that they may."),
    "EMPTY": _("There is nothing of these parts and days in the record."),
    "HOLDER": _("Choose another agency than your own."),
    "CATEGORIES": _("Choose at least one part of the record."),
    "PURPOSE": _("Choose a purpose."),
    "WHY": _("Say in a sentence why."),
    "ABOUT_NAME": _("Write the name as it stands in the request."),
    "ASKER_NAME": _("Write who asks."),
    "ASKER_KIND": _("Choose who asks."),
    "RECEIVED_LATER": _("The day has not come yet."),
    "GIVEN_LATER": _("The day has not come yet."),
    "TO_KIND": _("Choose who received it."),
    "TO_NAME": _("Write who received it."),
    "HOW": _("Choose how it was given."),
    "WHAT": _("Say in a sentence what was given."),
    "FACTS": _("Choose only what is shown."),
    "DAYS": _("The last day comes before the first."),
    "REASON": _("Choose at least one reason."),
    "PERSON": _("Choose a person of your own records."),
    "OUTCOME": _("Choose one to go on."),
    "NOTE": _("Say in a sentence or two why."),
    "TOLD_ON": _("Write the day on which she was told."),
    "TOLD_LATER": _("The day has not come yet."),
    "TOPICS": _("Choose at least one."),
    "FACILITY": _("Write the name of the facility."),
    "NATURE": _("Say in a sentence what the emergency is."),
    "WHY_NO_CONSENT": _("Say in a sentence why she cannot be asked."),
}


def gap(code: str) -> str:
    """What to do about a gap: a duty that nobody has met says itself."""
    if code in GAPS:
        return str(GAPS[code])
    return now("Still to do: %(duty)s.") % {"duty": duty(code)}


def duty(code: str) -> str:
    """A duty in words."""
    return str(DUTIES.get(code, code))


def parts(codes: Iterable[str]) -> str:
    """Some parts of the record in one line."""
    return ", ".join(str(CATEGORIES.get(code, now("a part of her record"))) for code in codes)


def topics(codes: Iterable[str]) -> str:
    """What was asked about, in one line."""
    return ", ".join(str(TOPICS[code]) for code in codes if code in TOPICS)


def code(value: str, *, among: dict[str, Any]) -> str:
    """One code in words; itself where nobody named it."""
    return str(among.get(value, value))
