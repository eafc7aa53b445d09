"""A title and a plain statement for each rule. The page of a rule shows beside it what the engine itself says: reasons, duties, answers."""

from __future__ import annotations

STATEMENTS: dict[str, tuple[str, str]] = {
    "part2_public": ("Nothing to the public", "No Part 2 content goes to the public, the press or a legislature, whatever papers there are."),
    "part2_inadvertent": (
        "Sent by mistake",
        "A record that was received by mistake stays protected: it is neither used nor passed on. The patient may still see her own.",
    ),
    "part2_fundraising": ("Fundraising", "Use for fundraising needs a form with a clear chance to opt out."),
    "part2_program_investigation": (
        "Found in an investigation of the program",
        "What an investigation of the program found is never used against a patient. Silence on that point counts as against her.",
    ),
    "part2_restriction": (
        "A restriction that the patient asked for",
        "An agreed restriction on treatment, payment or operations binds. For a health plan it must be agreed to when the service was paid in full "
        "out of pocket. It gives way in an emergency.",
    ),
    "part2_minimum": ("No more than needed", "A request that is known to ask for more than its purpose needs is refused."),
    "part2_within_program": (
        "Within the program",
        "Staff of the program, or of an entity with direct administrative control over it, may have what they need to know for care, payment or "
        "operations. Counseling notes and proceedings are outside.",
    ),
    "part2_service_organization": (
        "Service organization",
        "A live service agreement, or a business associate agreement of a covered program, lets the program give what the service to the program "
        "needs. Child welfare, courts and treating agencies cannot be made service organizations. Counseling notes are outside.",
    ),
    "part2_crime_on_premises": (
        "Crime at the program",
        "After a crime at the program or against its staff the police may learn the circumstances and the patient's status, name, address and last "
        "known whereabouts, and nothing else.",
    ),
    "part2_abuse_report": (
        "Report of suspected child abuse",
        "The first report of suspected abuse or neglect under state law to the designated authority is free. The records behind it, follow-up and "
        "identified notifications that state law does not call a report are not.",
    ),
    "part2_patient_access": (
        "The patient's own record",
        "The patient sees her own record, her accounting and, on written request, the intermediary's list. Counseling notes kept apart and another "
        "person's record stay closed.",
    ),
    "part2_emergency": (
        "Medical emergency",
        "Medical personnel may have what a bona fide emergency needs when consent cannot be obtained, or when a declared disaster has closed the "
        "program. It is documented at once. Child welfare, courts and police are not medical personnel.",
    ),
    "part2_research": ("Research", "A reviewed study with Part 2 undertakings may use the record, reports aggregates and gives records back only."),
    "part2_audit": (
        "Audit and evaluation",
        "A government funder or regulator, a payer or a bound auditor may review records for an audit or evaluation; copies need a written "
        "agreement. "
        "Counseling notes open to oversight of their writer only.",
    ),
    "part2_public_health": ("Public health", "A public health authority may have content that is de-identified by a named method."),
    "part2_deidentified": ("Counts that name no one", "Content about a group that is de-identified by a named method is not a disclosure."),
    "part2_presence": (
        "Whether somebody is there",
        "A general facility may say that a person is there when this does not show substance use treatment. A place that treats only substance use "
        "says nothing.",
    ),
    "part2_minor_applicant": (
        "A minor applicant in danger",
        "The director may tell a parent what reduces a substantial threat when the minor who applied lacks capacity. Otherwise the minor decides.",
    ),
    "part2_deceased": (
        "A patient who has died",
        "Laws on vital statistics and inquiry into a cause of death are kept. Anything else needs the consent of whoever may sign for the dead.",
    ),
    "part2_notes": (
        "Counseling notes without consent",
        "The writer may use the notes for treatment, and the program may defend itself in an action that the patient brought.",
    ),
    "part2_hints": (
        "What this purpose would need",
        "Permits nothing. It names the consent that drug monitoring or criminal justice monitoring needs.",
    ),
    "part2_orders": (
        "Court orders of subpart E",
        "An order with notice, a chance to respond, every finding and protective limits opens what it lists to whom it names while it lives. It "
        "permits and does not compel. Confidential communications and notes need a ground of 2.63. A subpoena or a general order is no such order.",
    ),
    "part2_consent": (
        "Written consent",
        "A live form with every element opens exactly the named discloser, recipient, information and purpose of the right patient. Notes, "
        "proceedings, criminal justice and drug monitoring have forms of their own.",
    ),
    "part2_redisclosure": (
        "Passing on what was received",
        "Whoever received a Part 2 record is bound by the way it came: a covered entity follows HIPAA except in proceedings, a payer goes to bound "
        "contractors only, an intermediary to its reached participants, an auditor, researcher or service organization back to the program only.",
    ),
    "limit_kept": ("A limit that the holder promised", "An agreed restriction binds the holder under every law."),
    "hipaa_limits": ("Restrictions and minimum necessary", "An agreed restriction binds, and a request known to ask for too much is refused."),
    "hipaa_care": (
        "Treatment, payment and operations",
        "A covered holder may disclose for treatment by a provider with a relationship, for payment, and for operations of those who share the "
        "patient; its own staff use what they need to know.",
    ),
    "hipaa_associate": ("Business associate", "A live agreement lets an associate have what its service to the holder needs."),
    "hipaa_access": ("A person's own health record", "A person sees her own record. Psychotherapy notes and other persons' records stay closed."),
    "hipaa_child": (
        "A child's personal representative",
        "A legal parent sees the child's own record unless rights are restricted or the holder believes in endangerment. Legal custody makes the "
        "agency the representative.",
    ),
    "hipaa_abuse": (
        "Report of child abuse and its follow-up",
        "The authority that by law receives reports of child abuse may have the report and what the follow-up needs.",
    ),
    "hipaa_public_health": ("Public health authority", "A public health authority may receive what a law authorizes it to collect."),
    "hipaa_oversight": ("Health oversight", "An oversight agency with authority may audit."),
    "hipaa_threat": ("Serious and imminent threat", "The holder may warn a person who can prevent the threat."),
    "hipaa_family": (
        "Family in her care",
        "Family who take part in her care or payment may hear what concerns it when she agreed and did not object.",
    ),
    "hipaa_coroner": ("Coroner", "A coroner or medical examiner may have what an inquiry into a death needs."),
    "hipaa_research": ("Research and limited data sets", "A study that a board approved, or a limited data set under a data use agreement."),
    "hipaa_deidentified": ("Counts that name no one", "Content about a group that is de-identified by a named method."),
    "hipaa_authorization": (
        "Authorization",
        "A live form with every element opens exactly the named discloser, recipient, information and purpose. Psychotherapy notes have their own.",
    ),
    "hipaa_notes": (
        "Psychotherapy notes without authorization",
        "The writer's treatment, the holder's defense in an action that the patient brought, a report required by law and oversight of the writer.",
    ),
    "hipaa_court": (
        "Courts",
        "A court's order opens what it expressly names. A subpoena needs assurance of notice or a qualified protective order.",
    ),
    "hipaa_directory": ("Directory of a facility", "The directory may say that a person is there, when she did not object."),
    "hipaa_required": ("Required by law", "A law that requires the disclosure opens what it requires, and no more."),
    "hipaa_police": ("Law enforcement", "A court order, a warrant or a grand jury subpoena, and no more than it names."),
    "plan_own": ("Her own plan", "The plan is the mother's own, and she reads it. So does whoever represents the infant."),
    "plan_shared": (
        "A plan she agreed to share",
        "Her live release opens the parts of the plan that it names, to whom it names. It holds no Part 2 record.",
    ),
    "plan_monitored": ("Monitoring required by law", "Where state law requires it, child welfare monitors plans of safe care."),
    "plan_hosted": ("Who runs the system", "A software vendor under a live agreement runs the system for the holder and does nothing else."),
    "outside_hipaa_court": ("Orders on an agency outside HIPAA", "A court's order opens what it lists to whom it names."),
    "part_c_referral": (
        "Referral to early intervention",
        "An infant affected by prenatal exposure is referred to early intervention without consent. Records coming back need consent.",
    ),
    "notification_identified": (
        "Identified notification",
        "An identified notification goes to child welfare where state law requires it. It alleges nothing.",
    ),
    "notification_deidentified": ("De-identified notification", "A notification that names no one goes to the state or its child welfare agency."),
    "cw_agencies": (
        "Agencies that protect children",
        "The agency's own staff, a government body that needs the record to protect a child, and contracted agents may have it for that work.",
    ),
    "cw_subject": ("The subject of a report", "A subject of the report sees it, without the name of who reported."),
    "cw_court": ("Courts and child welfare records", "A court sees the record after finding that it is necessary to an issue before it."),
    "cw_reviewers": ("Panels and auditors", "Citizen review and fatality panels, and authorized auditors of the program."),
    "cw_public": ("The public", "The public and legislators see no record of a family, but for findings on a child's death or near death."),
    "cw_represented": ("The child's representative", "An appointed guardian ad litem or CASA sees the record of the child represented."),
    "cw_tribe": ("The Tribe", "The Tribe has notice when there is reason to know of an Indian child, and what is filed when it is a party."),
    "cw_state_class": ("A class listed by state law", "Others whom state law lists for a legitimate state purpose."),
    "cw_release": ("A subject's release", "A subject's written release opens what it names."),
    "cw_caregiver": ("Caregivers", "The child's own health and education record goes with each placement, and nothing of the mother."),
    "cw_reporter": (
        "Who reported",
        "The name of the person who reported opens only to a court's order that found the report knowingly false after review in chambers.",
    ),
    "edu_custody": (
        "Custody and school records",
        "The agency legally responsible for the child, with the right to see the case plan, may have them.",
    ),
    "edu_onward": ("Passing school records on", "A record so received goes on only to those who address the child's education needs."),
    "edu_parent": ("Parents", "A parent inspects the child's education or early intervention record."),
    "edu_court": ("Orders on school records", "A court's order opens what it names."),
    "edu_emergency": ("Health or safety emergency", "An emergency opens the record to those who must act."),
    "edu_directory": ("Directory information", "Directory information may be given when the parent did not object."),
    "edu_consent": ("A parent's consent", "A parent's written consent opens what it names."),
    "victim_services": (
        "Victim services",
        "A survivor's record opens to herself, to her informed, written and time-limited release, and to a statute or court. Nothing else.",
    ),
    "wic": ("WIC", "A participant's record opens to herself, to her release and to a required report of abuse."),
    "medicaid": ("Medicaid", "Medicaid information serves the administration of the plan, the person herself and outside uses she permitted."),
    "uncovered_holder": (
        "Holders outside HIPAA",
        "A health record at an agency that is no covered entity is held to the person's own written word, as HIPAA would.",
    ),
    "small_cells": ("Small counts", "A table goes out when no cell holds 1 to 10 and no hidden cell can be found by subtraction."),
    "deidentified_extract": (
        "De-identified extracts",
        "A file goes out de-identified by a named method, or as a limited data set under an agreement.",
    ),
}

REGIMES: dict[str, tuple[str, str]] = {
    "PART2": ("Part 2 records", "42 CFR part 2: whatever a Part 2 program made, and whatever came from one, wherever it is now."),
    "HIPAA": ("Health records of covered entities", "45 CFR part 164, outside Part 2."),
    "POSC": ("The plan at other agencies", "The plan of safe care at an agency that is neither a covered entity nor child welfare."),
    "POSC_HIPAA": ("The plan at covered entities", "The plan of safe care at a hospital or clinic."),
    "POSC_CW": ("The plan at child welfare", "The plan of safe care at the child welfare agency."),
    "NOTIFICATION": ("CAPTA notifications", "42 USC 5106a(b)(2)(B)(ii): that an infant was born affected."),
    "CW": ("Child welfare records", "42 USC 5106a(b)(2)(B)(viii) to (x), title IV-E and ICWA."),
    "CW_REPORTER": ("Who reported", "42 USC 5106a(b)(3): the name of the person who made the report."),
    "FERPA": ("School and early intervention records", "20 USC 1232g and IDEA Part C."),
    "VAWA": ("Victim services records", "34 USC 12291(b)(2)."),
    "WIC": ("WIC records", "7 CFR 246.26(d)."),
    "MEDICAID": ("Medicaid claims", "42 CFR 431.300 to 431.307."),
    "AGG": ("Tables of counts", "Small-cell policy."),
    "DEID": ("De-identified extracts", "45 CFR 164.514."),
    "UNCOVERED": ("Health records outside HIPAA", "A health record at a holder that no federal health privacy law governs."),
}
