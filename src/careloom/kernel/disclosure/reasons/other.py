"""Reasons of the other regimes, of counts, and of questions that cannot be read."""

from __future__ import annotations

from careloom.kernel.disclosure.reasons.reason import Reason


class Other(Reason):
    """FERPA, IDEA Part C, VAWA, WIC, Medicaid, tables, and incomplete questions."""

    INCOMPLETE = (
        "42 CFR 2.13(a); 45 CFR 164.502(a)",
        "The question lacks a date, category, purpose, recipient, subject, holder or source, and what is missing is refused.",
    )
    CONTRADICTORY = (
        "42 CFR 2.13(a); 45 CFR 164.502(a)",
        "Two papers of one id say different things, so neither is believed.",
    )
    NO_REGIME = (
        "45 CFR 164.502(a); 45 CFR 160.102; 42 CFR 2.13(a)",
        "No federal law that is known here governs this holder's record, so it stays with the holder unless the person releases it.",
        True,
    )
    UNCOVERED_RELEASE = (
        "45 CFR 160.102; 45 CFR 164.508; 45 CFR 164.502(a)",
        "The holder is no covered entity. Her own written release covers this, as it would under HIPAA.",
        True,
    )
    UNCOVERED_OWN = ("45 CFR 160.102; 45 CFR 164.524", "The holder is no covered entity, and shows a person her own record all the same.", True)
    UNCOVERED_REPORT = (
        "42 USC 5106a(b)(1)(B)(i); 45 CFR 160.102",
        "State law requires this report of suspected abuse from a holder that is no covered entity.",
        True,
    )
    ORDERED = (
        "45 CFR 164.512(e)(1)(i); 45 CFR 160.102",
        "A court's order lists this record of a holder outside HIPAA and names this recipient.",
        True,
    )
    FERPA_CUSTODY = ("20 USC 1232g(b)(1)(L)", "The agency legally responsible for the child may have the school record.")
    FERPA_EDUCATION_NEEDS = ("20 USC 1232g(b)(1)(L)", "The record may go on to those who address the child's education needs.")
    FERPA_BOUND = ("20 USC 1232g(b)(1)(L); 20 USC 1232g(b)(4)(B)", "A school record may go on only to those who address education needs.")
    FERPA_CONSENT = ("20 USC 1232g(b)(2)(A); 34 CFR 99.30", "A parent consented in writing.")
    FERPA_PARENT = ("20 USC 1232g(a)(1)(A); 34 CFR 99.10", "A parent may inspect the child's school record.")
    FERPA_COURT = ("20 USC 1232g(b)(2)(B)", "A court order covers the school record.")
    FERPA_EMERGENCY = ("20 USC 1232g(b)(1)(I)", "A health or safety emergency opens the school record.")
    FERPA_DIRECTORY = ("20 USC 1232g(a)(5)(A); 20 USC 1232g(b)(1)", "Directory information may be given, if the parent did not object.")
    FERPA_CLOSED = ("20 USC 1232g; 20 USC 1232g(b)(1); 34 CFR 99.30", "A school record needs a parent's consent or a named exception.")
    PARTC_CONSENT = ("34 CFR 303.414", "A parent consented to the early intervention disclosure.")
    PARTC_PARENT = ("34 CFR 303.405; 34 CFR 303.401; 20 USC 1439(a)(4)", "A parent may inspect the child's early intervention record.")
    PARTC_CUSTODY = ("34 CFR 303.414; 20 USC 1232g(b)(1)(L)", "The agency holds legal custody and case plan access.", True)
    PARTC_CLOSED = ("34 CFR 303.414; 20 USC 1232g", "Early intervention records need a parent's consent.")
    PARTC_REFERRAL = (
        "20 USC 1437(a)(6); 34 CFR 303.303; 42 USC 5106a(b)(2)(B)(xxi)",
        "An infant affected by prenatal exposure is referred to early intervention within 7 days.",
    )
    NO_PARTC_REFERRAL = (
        "20 USC 1437(a)(6); 34 CFR 303.303",
        "Nothing says that the infant is affected, so this is no referral to early intervention.",
    )
    DV_RELEASE = ("34 USC 12291(b)(2); 34 USC 12291(b)(2)(B)", "An informed, written and time-limited release covers this.", True)
    DV_MANDATE = ("34 USC 12291(b)(2)(C); 34 USC 12291(b)(2)", "A statute or court requires this disclosure.", True)
    DV_OWN = ("34 USC 12291(b)(2)", "A survivor may see her own record.", True)
    DV_CLOSED = ("34 USC 12291(b)(2); 34 USC 12291(b)(2)(A)", "A victim service record needs an informed, written, time-limited release.", True)
    MEDICAID_PLAN = ("42 CFR 431.301; 42 CFR 431.302; 42 CFR 431.300", "The disclosure serves the administration of the Medicaid plan.", True)
    MEDICAID_CONSENT = ("42 CFR 431.306(d); 42 CFR 431.306", "The person permitted this outside use of Medicaid information.", True)
    MEDICAID_CLOSED = ("42 CFR 431.300; 42 CFR 431.301; 42 CFR 431.306", "Medicaid information serves the administration of the plan only.", True)
    WIC_RELEASE = ("7 CFR 246.26(d)", "The participant released the WIC record in writing.", True)
    WIC_REPORT = ("7 CFR 246.26(d)(3); 7 CFR 246.26(d)", "State law requires WIC staff to report suspected abuse.", True)
    WIC_OWN = ("7 CFR 246.26(d)(4); 7 CFR 246.26(d)", "A participant may see her own WIC record.", True)
    WIC_CLOSED = ("7 CFR 246.26(d)", "WIC information is confidential without a written release.", True)
    TABLE = (
        "42 USC 5106a(d)(15); 42 USC 5106a(d)(18); 42 USC 5106a(d); 45 CFR 164.514(b); small-cell policy",
        "A table of counts that gives no small group away names no one.",
        True,
    )
    DIFFERENCING = (
        "small-cell policy (differencing); small-cell policy; 45 CFR 164.514(b)",
        "A hidden cell can be found again by subtracting the others from the total.",
        True,
    )
    SMALL_CELLS = (
        "small-cell policy; 45 CFR 164.514(b); 42 USC 5106(a)(7)(E); 42 USC 5106a(d)",
        "A count of 1 to 10, or a cell that gives it away by subtraction, is still shown.",
        True,
    )
