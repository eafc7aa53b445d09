"""Why a written consent does or does not carry a disclosure (42 CFR 2.31, 2.33)."""

from __future__ import annotations

from careloom.kernel.disclosure.reasons.reason import Reason


class FormGap(Reason):
    """An element of the form that is missing or defective, with the Part 2 citation first."""

    PATIENT = ("42 CFR 2.31(a)(1); 45 CFR 164.508(c)(1)", "The form does not say whose record it is about.")
    DISCLOSER = ("42 CFR 2.31(a)(2); 45 CFR 164.508(c)(1)(ii)", "The form does not name who may disclose.")
    INFO = (
        "42 CFR 2.31(a)(3); 45 CFR 164.508(c)(1)(i); 42 CFR 2.31; 42 CFR 2.32",
        "The form does not describe the information in a specific and meaningful way; a general authorization is not enough.",
    )
    RECIPIENTS = ("42 CFR 2.31(a)(4)(i); 45 CFR 164.508(c)(1)(iii)", "The form names no recipient and no class of recipients.")
    INTERMEDIARY = (
        "42 CFR 2.31(a)(4)(ii); 42 CFR 2.31(a)(4)(ii)(B)",
        "The form must name the intermediary and either its member participants or those with a treating provider relationship.",
    )
    REDISCLOSURE_STATEMENT = (
        "42 CFR 2.31(a)(4)(iii); 42 CFR 2.31(c)(2)",
        "The form does not say that a covered entity may redisclose under HIPAA, except in proceedings against the patient.",
    )
    PURPOSE = ("42 CFR 2.31(a)(5); 45 CFR 164.508(c)(1)(iv)", "The form does not state each purpose.")
    TPO_PURPOSE = (
        "42 CFR 2.31(a)(5)",
        "A single consent for treatment, payment and health care operations may carry no other purpose.",
    )
    REVOCATION = (
        "42 CFR 2.31(a)(6); 42 CFR 2.31(c)(2); 45 CFR 164.508(c)(2)(i)",
        "The form does not state the right to revoke in writing.",
    )
    IRREVOCABLE = (
        "42 CFR 2.31(a)(6); 42 CFR 2.35(a); 42 CFR 2.35(c)",
        "Only a criminal justice consent may delay revocation, and no later than the final disposition.",
    )
    EXPIRY = (
        "42 CFR 2.31(a)(7); 42 CFR 2.31(c)(2); 45 CFR 164.508(c)(1)(v)",
        "The form has no date or event on which it ends.",
    )
    EXPIRY_NONE = (
        "42 CFR 2.31(a)(7); 42 CFR 2.31(c)(2)",
        "A form without an end is enough only for treatment, payment and health care operations, or for research.",
    )
    SIGNATURE = ("42 CFR 2.31(a)(8); 45 CFR 164.508(c)(1)(vi)", "The form is not signed by a person who may sign it.")
    SIGNED_DATE = ("42 CFR 2.31(a)(9); 45 CFR 164.508(c)(1)(vi)", "The form has no date of signature.")
    MAY_BE_REDISCLOSED = (
        "42 CFR 2.31(a)(10)(i); 42 CFR 2.31(c)(2); 45 CFR 164.508(c)(2)(iii)",
        "The form does not say that the record may be redisclosed and then no longer be protected.",
    )
    REFUSAL = (
        "42 CFR 2.31(a)(10)(ii); 42 CFR 2.31(c)(2); 45 CFR 164.508(c)(2)(ii)",
        "The form does not state the consequences of refusing to sign.",
    )
    NOTES_APART = (
        "42 CFR 2.31(b)(2); 42 CFR 2.31(b); 42 CFR 2.31(c)(2)",
        "Consent for counseling notes must stand alone.",
    )
    PSYCHOTHERAPY_APART = ("45 CFR 164.508(b)(3)(ii); 45 CFR 164.508(a)(2)", "An authorization for psychotherapy notes must stand alone.")
    PROCEEDINGS_APART = (
        "42 CFR 2.31(d); 42 CFR 2.31(c)(2)",
        "Consent for use in a proceeding must not be combined with any other purpose.",
    )
    CRIMINAL_PURPOSE = ("42 CFR 2.35(a)", "A criminal justice consent serves only to monitor a criminal disposition.")
    PDMP_SCOPE = ("42 CFR 2.36", "A drug monitoring consent covers medication for reporting to the state program only.")
    RESEARCH_PURPOSE = ("42 CFR 2.31(a)(5)", "A research consent serves research only.")
    REGISTRY_PURPOSE = ("42 CFR 2.34(a)", "A central registry consent serves only to prevent enrollment in two programs.", True)
    PLAN_HOLDS_PART2 = (
        "42 CFR 2.31(a)(3); 42 CFR 2.31(c)(2)",
        "A plan agreement cannot share a substance use treatment record; that needs its own Part 2 consent.",
    )


class PartTwoConsent(Reason):
    """How a consent meets, or fails to meet, this request."""

    RESEARCH_CONSENTED = ("42 CFR 2.52(a); 42 CFR 2.31(a)", "The patient authorized this research in writing.")
    PDMP_NAMED = ("42 CFR 2.36; 42 CFR 2.31(a)", "The consent names the drug monitoring program, and state law requires the report.")
    CONSENTED = (
        "42 CFR 2.31(a); 42 CFR 2.33(a)(1); 42 CFR 2.13(a); 42 CFR 2.32",
        "A live written consent names the discloser, this recipient, this information and this purpose.",
    )
    TPO_CONSENTED = (
        "42 CFR 2.33(a)(2); 42 CFR 2.31(a); 45 CFR 164.506(c); 42 USC 290dd-2(b)(1); 42 CFR 2.32",
        "A live single consent covers treatment, payment and health care operations.",
    )
    PROCEEDINGS_CONSENTED = ("42 CFR 2.31(d); 42 CFR 2.33(a)(1); 42 CFR 2.12(d)(1); 42 CFR 2.32", "A separate consent covers use in this proceeding.")
    NOTES_CONSENTED = ("42 CFR 2.31(b); 42 CFR 2.33(a)(1); 42 CFR 2.32", "A separate consent covers the counseling notes.")
    CRIMINAL_JUSTICE_CONSENTED = ("42 CFR 2.35; 42 CFR 2.31(a)", "A criminal justice consent lets this officer monitor the condition.", True)
    PDMP_CONSENTED = ("42 CFR 2.36; 42 CFR 2.31(a)", "State law requires the report and the patient consented to it.")
    LEGACY_FORM = (
        "42 CFR 2.31; 89 FR 12472",
        "A conforming consent signed before the 2024 text took effect stays usable until it ends.",
        True,
    )
    SUBSTANCE_OVER_TITLE = ("42 CFR 2.31(a)", "The form has another title but every element of Part 2 consent.", True)
    HIE_SERVES_PROGRAM = (
        "42 CFR 2.11; 42 CFR 2.12(c)(4)",
        "The exchange acts as the program's service organization and not as an intermediary.",
        True,
    )
    INTERMEDIARY_NAMED = (
        "42 CFR 2.31(a)(4)(ii)(B); 42 CFR 2.31(a)(4)(ii)(A); 42 CFR 2.24",
        "The consent names the intermediary and reaches this participant.",
        True,
    )
    MINOR_SIGNS = ("42 CFR 2.14(a); 42 CFR 2.14(b)", "The signatures that the law asks of a minor patient are there.")
    GUARDIAN_SIGNS = ("42 CFR 2.15(a)(1)", "A court-appointed personal representative signed.", True)
    DIRECTOR_SIGNS = ("42 CFR 2.15(a)(2)", "The program director may consent for payment only.", True)
    SURVIVOR_SIGNS = ("42 CFR 2.15(b)(2)", "The person who may consent for a deceased patient signed.", True)
    CLASS_NAMED = ("42 CFR 2.31(a)(4)(i)", "The recipient belongs to the class that the consent names.")
    REVOCATION_DELAYED = ("42 CFR 2.35(c); 42 CFR 2.35", "Revocation of this criminal justice consent waits for the final disposition.", True)
    RELIED_ON = (
        "42 CFR 2.31(a)(6)",
        "The program gave the services in reliance on the consent before it was revoked, and may bill for them.",
        True,
    )

    WRONG_KIND = ("42 CFR 2.31(a)(3); 42 CFR 2.31", "The form is not of the kind that this disclosure needs.")
    NEEDS_NOTES_FORM = ("42 CFR 2.31(b)", "Counseling notes need a separate consent for them alone.")
    NEEDS_PROCEEDINGS_FORM = ("42 CFR 2.31(d); 42 CFR 2.12(d)(1)", "Use against the patient needs its own consent or a court order.")
    OTHER_PATIENT = (
        "42 CFR 2.31(a)(1); 42 CFR 2.31; 45 CFR 164.502(a)",
        "The consent is about another person; each person's record needs that person's own consent.",
    )
    OTHER_DISCLOSER = ("42 CFR 2.31(a)(2)", "The consent does not authorize this holder to disclose.")
    OTHER_RECIPIENT = ("42 CFR 2.31(a)(4)(i); 42 CFR 2.33(a)(1)", "The consent does not name this recipient.")
    NOT_TREATING = (
        "42 CFR 2.31(a)(4)(ii)(B); 42 CFR 2.11; 42 CFR 2.31(a)(4)(i)",
        "The designation reaches only those with a treating provider relationship.",
        True,
    )
    NOT_AN_INTERMEDIARY = ("42 CFR 2.31(a)(4)(ii); 42 CFR 2.11", "A hub or exchange that passes records on must be named as intermediary.", True)
    OTHER_CATEGORY = ("42 CFR 2.31(a)(3); 42 CFR 2.13(a)", "The consent does not list this information.")
    OTHER_PURPOSE = ("42 CFR 2.31(a)(5); 42 CFR 2.13(a)", "The consent was given for another purpose.")
    NOT_YET_SIGNED = ("42 CFR 2.31(a)(9)", "The consent was signed after the day of the request.")
    EXPIRED = ("42 CFR 2.31(a)(7); 42 CFR 2.31(c)(1)", "The consent has ended.")
    EVENT_UNKNOWN = ("42 CFR 2.31(a)(7)", "Nothing is recorded about the event that ends the consent.")
    REVOKED = ("42 CFR 2.31(a)(6); 42 CFR 2.31(c)(3); 42 CFR 2.33(a)(2)", "The consent was revoked.")
    SIGNER_WITHOUT_AUTHORITY = ("42 CFR 2.31(a)(8); 42 CFR 2.14(a); 42 CFR 2.15", "The person who signed may not sign for this patient.")
    MINOR_SIGNATURES = (
        "42 CFR 2.14(a); 42 CFR 2.14(b); 42 CFR 2.31(a)(8)",
        "State law asks for the parent's signature beside the minor's.",
    )
    INCAPACITY_SIGNATURE = (
        "42 CFR 2.15(a); 42 CFR 2.15(a)(1); 42 CFR 2.15(a)(2); 42 CFR 2.31(a)(8)",
        "For a patient without capacity only the personal representative, or the director for payment, may sign.",
        True,
    )
    DECEASED_SIGNATURE = ("42 CFR 2.15(b)(2); 42 CFR 2.31(a)(8)", "The person who signed may not consent for a deceased patient.", True)
    NO_CRIMINAL_CONDITION = (
        "42 CFR 2.35(a); 42 CFR 2.31(a)(6)",
        "Treatment is not a condition of a criminal disposition; a dependency court is civil.",
    )
    KNOWN_FALSE = ("42 CFR 2.31(c)(4); 42 CFR 2.31(c)", "The holder knows, or could know, that the consent is materially false.")
    NOT_FOR_A_CHARGE = ("42 CFR 2.35(d); 42 CFR 2.12(d)(1)", "A criminal justice consent serves to monitor the condition, and nothing else.")
    PDMP_ONLY = ("42 CFR 2.36", "A drug monitoring consent serves the report to the state program and nothing else.")
    TPO_ONLY = (
        "42 CFR 2.33(a)(2); 42 CFR 2.31(a)(5)",
        "A single consent reaches treatment, payment and operations of those it describes, and no more.",
    )
    NO_PDMP_LAW = ("42 CFR 2.36", "No state law is recorded that requires this report.")
    SERVICES_NOT_EARLIER = ("42 CFR 2.31(a)(6)", "Reliance covers only services given before the revocation.")
