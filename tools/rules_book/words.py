"""Plain words for the controlled words of the disclosure kernel, for people who read law and not code."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from careloom.kernel.disclosure.vocabulary import Obligation

_PLAIN: dict[str, str] = {
    "part2_program": "Part 2 program",
    "ob_clinic": "obstetric clinic",
    "hie": "health information exchange",
    "cps_agency": "child welfare agency",
    "cbc_contractor": "community-based care contractor",
    "tribal_icwa": "Tribal ICWA office",
    "gal_casa": "guardian ad litem or CASA",
    "legislature_public": "legislature or the public",
    "insurer_life": "life insurer",
    "dv_program": "victim services program",
    "wic": "WIC office",
    "pdmp": "drug monitoring program",
    "posc_monitoring": "monitoring the plan of safe care",
    "child_abuse_report_initial": "first report of suspected abuse",
    "child_abuse_followup": "follow-up of an abuse report",
    "capta_notification": "CAPTA notification",
    "icwa_notice": "ICWA notice",
    "qso_service": "service to the program",
    "pdmp_reporting": "drug monitoring report",
    "payment_of_services": "payment for services",
    "patient_access": "seeing one's own record",
    "ferpa_via_usa": "received as a school record under the Uninterrupted Scholars Act",
    "self_reported": "told by the patient herself",
    "originating": "made by the holder itself",
    "part2_via_tpo": "received by consent for treatment, payment and operations",
    "part2_via_specific": "received by a specific consent",
    "part2_via_payment": "received for payment",
    "part2_via_qso": "received as a service organization",
    "part2_via_audit": "received for an audit",
    "part2_via_research": "received for research",
    "part2_via_intermediary": "received as an intermediary",
    "part2_via_2.34": "received as a central registry (2.34)",
    "part2_via_2.35": "received for criminal justice (2.35)",
    "part2_via_2.66": "received in an investigation of the program (2.66)",
    "specific": "specific consent",
    "tpo_single": "single consent for treatment, payment and operations",
    "counseling_notes": "counseling notes consent",
    "proceedings": "proceedings consent",
    "criminal_justice": "criminal justice consent",
    "research": "research",
    "central_registry": "central registry consent",
    "capta_release": "release for child welfare",
    "hipaa_authorization": "HIPAA authorization",
    "plan_agreement": "plan agreement",
    "2.64": "civil order (2.64)",
    "2.65": "criminal order (2.65)",
    "2.66": "order to investigate the program (2.66)",
    "cw_access_finding": "court finding on child welfare records",
    "general_order": "general court order",
    "reporter_identity_order": "order on the reporter's name",
    "BAA": "business associate agreement",
    "DUA": "data use agreement",
    "MOU": "memorandum of understanding",
    "QSOA": "qualified service organization agreement",
    "cw": "child welfare",
}

DUTIES: dict[Obligation, str] = {
    Obligation.NOTICE_2_32: "send the notice of 42 CFR 2.32 with the record",
    Obligation.CONSENT_COPY_OR_SCOPE: "send a copy of the consent or a clear account of its scope",
    Obligation.ACCOUNT_2_25: "write a row of accounting (42 CFR 2.25)",
    Obligation.ACCOUNT_164_528: "write a row of accounting (45 CFR 164.528)",
    Obligation.MIN_NECESSARY: "give no more than is needed",
    Obligation.LIMIT_PURPOSE: "stay within the purpose",
    Obligation.EMERGENCY_DOC_2_51: "document the emergency at once (42 CFR 2.51(c))",
    Obligation.VERIFY_164_514H: "check who asks and by what authority",
    Obligation.PROCEEDINGS_BAR: "no use in proceedings against the patient",
    Obligation.NO_REDISCLOSURE: "the recipient passes nothing on",
    Obligation.INTERMEDIARY_LIST_2_24: "the intermediary keeps its list (42 CFR 2.24)",
    Obligation.QSOA_TERMS: "the terms of the service agreement bind",
    Obligation.CONTRACT_2_33C: "the contract of 42 CFR 2.33(c) binds",
    Obligation.SEGMENT_EXCLUDE: "leave out what the recipient may not see",
    Obligation.SUPPRESS_SMALL_CELLS: "hide small counts",
    Obligation.AGGREGATE_ONLY: "counts only, no person",
    Obligation.RETURN_OR_DESTROY: "give back or destroy afterwards",
    Obligation.ORDER_SCOPE_ONLY: "only what the order or warrant names",
    Obligation.SEAL: "keep it sealed",
    Obligation.INFORM_PATIENT: "tell the patient",
    Obligation.CW_CONFIDENTIAL: "the recipient keeps child welfare confidentiality",
    Obligation.REDACT_REPORTER: "leave out who reported",
    Obligation.FERPA_LOG: "write it in the school's log",
    Obligation.NEUTRAL_DENIAL: "answer as if there were no record",
    Obligation.TRACK_NOTIFICATION: "keep track of the notification",
    Obligation.PARTC_7_DAYS: "refer within 7 days",
    Obligation.SUBPOENA_ALSO_NEEDED: "the order permits; a subpoena is also needed to compel",
    Obligation.RESTRICTION_CHECK: "look for a restriction that the patient asked for",
}


def plain(word: object) -> str:
    """A controlled word in plain English."""
    text = word.value if isinstance(word, StrEnum) else str(word)
    if text in _PLAIN:
        return _PLAIN[text]
    family, dot, rest = text.partition(".")
    if dot and family.isalnum() and rest and not rest[0].isdigit():
        return f"{rest.replace('_', ' ')} (`{text}`)"
    return text.replace("_", " ")


def said(value: object) -> str:
    """A value of a record in plain English."""
    if value is None:
        return "not recorded"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return ", ".join(said(part) for part in value) or "none"
    if isinstance(value, str):
        return plain(value) or "none"
    return str(value)


def listed(words: list[str], *, most: int = 99) -> str:
    """Words in one line, in their order."""
    return ", ".join(words[:most]) + (f" and {len(words) - most} more" if len(words) > most else "")


def cell(text: str) -> str:
    """Text that may stand in a table."""
    return text.replace("|", "\\|").replace("\n", " ")
