"""Reasons of 42 CFR part 2 other than consent."""

from __future__ import annotations

from careloom.kernel.disclosure.reasons.reason import Reason


class PartTwo(Reason):
    """Applicability, exceptions, redisclosure, no-consent doors and court orders."""

    # Why it is denied by default.
    NO_BASIS = (
        "42 CFR 2.31; 42 CFR 2.13(a)",
        "A substance use disorder treatment record is not disclosed without a written consent, a court order or an exception.",
    )
    PRESENCE_PROTECTED = ("42 CFR 2.13(c); 42 CFR 2.13(b)", "The answer may not show whether anyone is or was a patient.")
    LAWFUL_HOLDER_BOUND = (
        "42 CFR 2.12(d); 42 CFR 2.12(d)(2); 42 CFR 2.32; 42 CFR 2.33(b)",
        "Whoever received the record stays bound by Part 2 and may pass it on only as the consent or Part 2 allows.",
        True,
    )
    OTHER_PERSON = ("42 CFR 2.31; 45 CFR 164.502(a); 42 CFR 2.13(a)", "Another person's treatment record opens only with that person's consent.")
    PROCEEDINGS_BAR = (
        "42 CFR 2.12(d)(1); 42 USC 290dd-2(c); 42 CFR 2.31(d)",
        "The record may not be used in a proceeding against the patient without a separate consent or a court order.",
    )
    INADVERTENT = (
        "42 CFR 2.13(a); 42 CFR 2.12(d); 42 CFR 2.16; 42 CFR 2.32",
        "A record that was sent by mistake stays protected and may not be used or passed on.",
        True,
    )
    PUBLIC_BARRED = ("42 CFR 2.12(d); 42 CFR 2.13(a)", "Part 2 content may not be made public.")
    FUNDRAISING = ("42 CFR 2.31(a)(5)(iii)", "Fundraising needs a clear chance to opt out first.")
    RESTRICTED = ("42 CFR 2.26(a); 42 CFR 2.26; 45 CFR 164.522(a)(1)(vi)", "The patient's restriction binds this disclosure.", True)
    RESTRICTION_YIELDS = ("42 CFR 2.26; 42 CFR 2.26(a)", "An agreed restriction gives way in a bona fide emergency.", True)
    NOT_MINIMUM = ("45 CFR 164.502(b); 42 CFR 2.13(a); 45 CFR 164.514(d)", "More is asked than the purpose needs.")

    # 2.12(c)
    WITHIN_PROGRAM = ("42 CFR 2.12(c)(3)", "Staff of the program who need to know may share the record within it.")
    NOT_WITHIN_PROGRAM = (
        "42 CFR 2.12(c)(3)",
        "Only staff of the program, or of an entity with direct administrative control, who need to know may share.",
    )
    SERVICE_ORGANIZATION = (
        "42 CFR 2.12(c)(4); 42 CFR 2.11",
        "A live service agreement lets the program give what the service to the program needs.",
        True,
    )
    NO_SERVICE_AGREEMENT = (
        "42 CFR 2.12(c)(4); 42 CFR 2.11",
        "No live service agreement covers this: the recipient must serve the program, and a partner agreement is not one.",
        True,
    )
    SERVICE_ORGANIZATION_BOUND = (
        "42 CFR 2.11; 42 CFR 2.12(c)(4); 42 CFR 2.12(d)(2)",
        "A service organization may give the record back to the program only.",
        True,
    )
    CRIME_ON_PREMISES = (
        "42 CFR 2.12(c)(5)",
        "After a crime at the program the police may learn the circumstances and the patient's status, name, address and last whereabouts.",
    )
    CRIME_LIMITS = (
        "42 CFR 2.12(c)(5)",
        "The police may learn only the circumstances of a crime at the program and the patient's status, name, address and last whereabouts.",
    )
    CRIME_NOT_THIS = ("42 CFR 2.12(c)(5)", "What a crime at the program opens, it opens to the police only, and only the named facts.")
    ABUSE_REPORT = (
        "42 CFR 2.12(c)(6); 42 USC 290dd-2(e); 45 CFR 164.512(b)(1)(ii)",
        "A report of suspected child abuse or neglect under state law may be made.",
    )
    ABUSE_REPORT_ONLY = (
        "42 CFR 2.12(c)(6); 42 USC 290dd-2(e)",
        "Only the report of suspected abuse under state law to the designated authority is free; the records behind it are not.",
    )
    NOTIFICATION_NOT_REPORT = (
        "42 CFR 2.12(c)(6); 42 CFR 2.31; 42 USC 5106a(b)(2)(B)(ii)",
        "An identified notification is not a report of suspected abuse, so a program needs consent or sends no identity.",
        True,
    )
    # Subpart D and 2.2x
    EMERGENCY = ("42 CFR 2.51(a)(1); 42 CFR 2.51(b); 42 CFR 2.51(c)", "Medical personnel may have what a bona fide emergency needs.")
    DISASTER = ("42 CFR 2.51(a)(2); 42 CFR 2.51(c)", "A declared disaster has closed the program, and medical personnel need the record.")
    NO_EMERGENCY = (
        "42 CFR 2.51(a)",
        "This is no disclosure to medical personnel in an emergency in which consent cannot be obtained.",
    )
    RESEARCH = ("42 CFR 2.52; 42 CFR 2.52(a); 45 CFR 164.512(i)", "A reviewed study with Part 2 undertakings may use the record.", True)
    NO_RESEARCH_REVIEW = ("42 CFR 2.52(a); 45 CFR 164.512(i)", "The study has not shown its review and its Part 2 undertakings.", True)
    RESEARCH_IDENTIFIES = ("42 CFR 2.52(b)", "A study reports aggregates only and gives the record back to its source only.", True)
    AUDIT = ("42 CFR 2.53; 42 CFR 2.53(a); 42 CFR 2.53(b)", "An auditor with authority, or bound in writing, may review the record.", True)
    NO_AUDIT_AGREEMENT = ("42 CFR 2.53(b); 42 CFR 2.53(a)", "The auditor has not shown authority and a written agreement.", True)
    AUDIT_BOUND = ("42 CFR 2.53(f)", "What an audit found goes back to the program only and serves the audit only.", True)
    PUBLIC_HEALTH = ("42 CFR 2.54; 45 CFR 164.514(b)", "A public health authority may have de-identified content.")
    NO_IDENTIFIED_PUBLIC_HEALTH = ("42 CFR 2.54", "A public health authority may have only de-identified content.")
    DEIDENTIFIED = ("45 CFR 164.514(b); 42 CFR 2.11; 42 CFR 2.12(a)", "Content that identifies no patient is not a disclosure.")
    PDMP_CONSENT = ("42 CFR 2.36", "Reporting to the drug monitoring program needs the patient's consent and a state law.")
    MONITORING_CONSENT = ("42 CFR 2.35(a); 42 CFR 2.35", "Criminal justice monitoring needs a criminal justice consent.")
    PATIENT_ACCESS = ("42 CFR 2.23; 45 CFR 164.524", "A patient may see her own record without a consent.")
    NOTES_NOT_IN_ACCESS = (
        "42 CFR 2.31(b); 42 CFR 2.23; 45 CFR 164.524(a)(1)(i)",
        "The right to see the record does not reach notes kept apart.",
        True,
    )
    NOT_THE_PATIENT = ("42 CFR 2.23; 42 CFR 2.13(a)", "The right to see the record is the patient's own; nobody else has it.")
    REDISCLOSED_AS_CONSENTED = (
        "42 CFR 2.33(b); 42 CFR 2.32; 42 CFR 2.12(d)(2)",
        "Who received the record passes it on as the consent expressly says.",
    )
    NOT_HER_ACCOUNTING = ("42 CFR 2.25; 42 CFR 2.13(a)", "The list of disclosures is the patient's own.")
    ACCOUNTING = ("42 CFR 2.25; 45 CFR 164.528", "A patient may have the list of disclosures.")
    INTERMEDIARY_LIST = ("42 CFR 2.24", "On written request the intermediary lists to whom it disclosed in the last three years, within 30 days.")
    INTERMEDIARY_LIST_IN_WRITING = ("42 CFR 2.24", "The intermediary's list must be asked for in writing.")
    FACILITY_PRESENCE = (
        "42 CFR 2.13(c); 42 CFR 2.13(c)(2); 45 CFR 164.510(a)",
        "A general facility may say that a person is there when that does not show substance use treatment.",
    )
    MINOR_APPLICANT = (
        "42 CFR 2.14(c); 42 CFR 2.14(d)",
        "The director may tell the parent what reduces a substantial threat to the minor's life.",
        True,
    )
    MINOR_DECIDES = (
        "42 CFR 2.14(a); 42 CFR 2.14(b); 42 CFR 2.14(c)",
        "Nothing goes to a parent without the minor's own written consent or the director's findings.",
    )
    CAUSE_OF_DEATH = ("42 CFR 2.15(b)(1)", "Laws on vital statistics and inquiry into a cause of death are kept.", True)
    DECEASED_PROTECTED = ("42 CFR 2.15(b)(2); 42 CFR 2.15(b)", "A deceased patient's record still needs the representative's consent.", True)
    NOTES_ORIGINATOR = ("42 CFR 2.31(b)(1)(i)(A); 42 CFR 2.31(b)(1)", "The clinician who wrote the notes may use them for treatment.", True)
    NOTES_DEFENSE = ("42 CFR 2.31(b)(1)(i)(C); 42 CFR 2.31(b)(1)", "The program may defend itself in an action that the patient brought.", True)
    NOTES_OVERSIGHT = ("42 CFR 2.31(b)(1)(ii); 42 CFR 2.53", "Oversight of the clinician who wrote the notes may see them.", True)
    NOTES_CLOSED = ("42 CFR 2.31(b); 42 CFR 2.31(b)(1)", "Counseling notes open only to their own consent or to a named exception.")

    # 2.33 to 2.35, redisclosure
    COVERED_REDISCLOSES = (
        "42 CFR 2.33(b)(1); 42 USC 290dd-2(b)(1)(B); 45 CFR 164.506(c)",
        "A covered entity that received the record by consent for treatment, payment or operations may redisclose under HIPAA.",
    )
    RECEIVED_BEFORE_REVOCATION = ("42 CFR 2.31(a)(6); 42 CFR 2.33(b)(1)", "Revocation looks forward and does not call back what was received.", True)
    COVERED_NOT_THIS = (
        "42 CFR 2.33(b)(1); 42 CFR 2.33(b)",
        "The covered entity may redisclose only as HIPAA allows, and never in proceedings against the patient.",
    )
    PROGRAM_REDISCLOSES = ("42 CFR 2.33(b)(2); 42 CFR 2.33(a)(2)", "A program outside HIPAA may redisclose as the single consent says.")
    CONTRACTOR = ("42 CFR 2.33(b)(3); 42 CFR 2.33(c)", "A contractor bound in writing may have what payment or operations need.")
    NO_CONTRACT = ("42 CFR 2.33(c); 42 CFR 2.33(b)(3)", "No live written contract binds the contractor to Part 2.")
    PROBATION_BOUND = ("42 CFR 2.35(d)", "Criminal justice recipients may use the record only for that matter.", True)
    PROGRAM_INVESTIGATION_BOUND = (
        "42 CFR 2.66(d)(2); 42 CFR 2.12(d)(1)",
        "What an investigation of the program found may not be used against a patient.",
        True,
    )
    REGISTRY_BOUND = ("42 CFR 2.34; 42 CFR 2.34(c); 42 CFR 2.34(d)", "Registry content serves only to prevent enrollment in two programs.", True)
    INTERMEDIARY_LIMITS = (
        "42 CFR 2.31(a)(4)(ii)(B); 42 CFR 2.31(a)(4)(ii)(A); 42 CFR 2.24; 42 CFR 2.11",
        "The intermediary may pass the record only to participants whom the consent reaches.",
        True,
    )
    RETURNED_TO_SOURCE = ("42 CFR 2.12(c)(4); 42 CFR 2.52(b); 42 CFR 2.53(f)", "The record goes back to the program it came from.")
    TRIBE_AS_PARTY = (
        "25 USC 1912(c); 42 CFR 2.12(d)",
        "The right to examine papers filed with the court does not let Part 2 records be filed without consent or order.",
    )

    # Subpart E
    CIVIL_ORDER = ("42 CFR 2.64; 42 CFR 2.61", "A court order with every finding authorizes this part of the record.")
    CRIMINAL_ORDER = ("42 CFR 2.65; 42 CFR 2.61", "A court order with every finding authorizes criminal use of this part of the record.", True)
    PROGRAM_ORDER = ("42 CFR 2.66; 42 CFR 2.61", "A court order authorizes an investigation of the program, not of the patient.", True)
    CONFIDENTIAL_GROUND = ("42 CFR 2.63(a)(1); 42 CFR 2.63(a)", "The court found a ground to open confidential communications.", True)
    NO_CONFIDENTIAL_GROUND = ("42 CFR 2.63; 42 CFR 2.63(a)", "The order finds no ground to open confidential communications.", True)
    ORDER_WITHOUT_NOTICE = ("42 CFR 2.64(b); 42 CFR 2.65(b)", "The order was made without notice and a chance to respond.")
    ORDER_WITHOUT_FINDINGS = ("42 CFR 2.64(d); 42 CFR 2.65(d)", "The order lacks a finding that the law requires.")
    ORDER_WITHOUT_LIMITS = ("42 CFR 2.64(e); 42 CFR 2.65(e)", "The order does not limit and protect the disclosure.")
    ORDER_OUT_OF_SCOPE = ("42 CFR 2.64(e); 42 CFR 2.65(e)", "The order does not reach this part of the record or this recipient.")
    ORDER_NOT_LIVE = ("42 CFR 2.61; 42 CFR 2.64", "The order is not in force on the day of the request.")
    NOT_EXTREMELY_SERIOUS = ("42 CFR 2.65(d)(1)", "The crime is not extremely serious.", True)
    NO_COUNSEL_FOR_HOLDER = ("42 CFR 2.65(b); 42 CFR 2.65(d)", "The holder had no chance to be represented by counsel.", True)
    NO_ORDER = ("42 CFR 2.61; 42 CFR 2.64; 42 CFR 2.65; 42 CFR 2.66; 42 CFR 2.13(b)", "No court order under subpart E is in the file.")
    CIVIL_ORDER_FAILS = ("42 CFR 2.64; 42 CFR 2.61", "The order under 2.64 does not open this.")
    CRIMINAL_ORDER_FAILS = ("42 CFR 2.65; 42 CFR 2.61", "The order under 2.65 does not open this.")
    PROGRAM_ORDER_FAILS = ("42 CFR 2.66; 42 CFR 2.61", "The order under 2.66 does not open this.")
    NOT_FROM_STUDY = ("42 CFR 2.62", "An order never reaches, against a patient, what was given for research, audit or evaluation.")
    NOT_A_SUBPART_E_ORDER = (
        "42 CFR 2.61; 42 CFR 2.13(b); 42 CFR 2.64",
        "A subpoena or a general order does not authorize disclosure of Part 2 records.",
    )
    WRONG_ORDER = ("42 CFR 2.61; 42 CFR 2.64; 42 CFR 2.65; 42 CFR 2.66(d)(2)", "This kind of order does not serve this proceeding.")
