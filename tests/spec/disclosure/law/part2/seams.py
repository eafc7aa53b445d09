"""Where two rules of part 2 meet: papers of one kind in the hands of another, contradictions, and who else stands in the room."""

from __future__ import annotations

from tests.spec.disclosure.law.part2.forms import COURT, CPS, DROP, MERCY, OTP, Row, agreement, ask, case, consent, holder, order, tpo, vary

PRUDENT = "prudential"


def hands() -> list[Row]:
    """A holder's own helpers, and a consent that names a holder as discloser."""
    hospital = holder(MERCY, "hospital", "part2_via_tpo", covered=True)
    helper = case(
        "seam-associate",
        "A covered entity may use its own business associate for payment.",
        "permit",
        "42 CFR 2.33(b)(1)",
        ask("vendor", "part2.billing", "payment", actor_org="PayCo"),
        source=hospital,
        consents=[tpo()],
        agreements=[agreement("BAA", [MERCY, "PayCo"])],
        obligations=("PROCEEDINGS_BAR",),
        certainty=PRUDENT,
    )
    skills = holder("Family Skills", "parenting_provider", "part2_via_qso", via="A1")
    named = case(
        "seam-service",
        "A service organization tells CPS with a consent that names both.",
        "permit",
        "42 CFR 2.31(a), 2.33(a)(1)",
        ask("cps", "part2.attendance", "posc_monitoring"),
        source=skills,
        consents=[consent([CPS], ["posc_monitoring"], discloser="Family Skills")],
        agreements=[agreement("QSOA", [OTP, "Family Skills"])],
        obligations=("NOTICE_2_32", "CONSENT_COPY_OR_SCOPE"),
        certainty=PRUDENT,
    )
    drug = case(
        "seam-pdmp",
        "State law asks for it, and a specific consent names the monitoring program.",
        "permit",
        "42 CFR 2.36",
        ask("pdmp", "part2.medication", "pdmp_reporting"),
        consents=[consent(["State PDMP"], ["pdmp_reporting"], ["part2.medication"])],
        facts={"state_law_requires_pdmp": True},
        obligations=("NOTICE_2_32", "CONSENT_COPY_OR_SCOPE"),
        certainty=PRUDENT,
    )
    gone = {"given.agreements": []}
    return [
        helper,
        vary(helper, "operations", "For its operations too.", "permit", edits={"request.purpose": "health_care_operations"}),
        vary(helper, "none", "PayCo is nobody's associate.", "deny", "42 CFR 2.33(b)(1)", edits=gone, obligations=()),
        vary(helper, "ended", "The contract ended.", "deny", "42 CFR 2.33(b)(1)", edits={"agreements.0.end": "2026-09-14"}, obligations=()),
        vary(helper, "mou", "A memorandum makes no associate.", "deny", "42 CFR 2.33(b)(1)", edits={"agreements.0.type": "MOU"}, obligations=()),
        vary(
            helper,
            "monitoring",
            "An associate for plan monitoring.",
            "deny",
            "42 CFR 2.33(b)(1)",
            edits={"request.purpose": "posc_monitoring"},
            obligations=(),
        ),
        vary(helper, "against-her", "Against her.", "deny", "42 CFR 2.12(d)(1)", against_patient=True, obligations=()),
        named,
        vary(named, "revoked", "She revoked.", "deny", "42 CFR 2.31(a)(6)", edits={"consents.0.revoked": "2026-09-01"}, obligations=()),
        vary(named, "none", "No consent.", "deny", "42 CFR 2.12(c)(4), 2.11", edits={"given.consents": []}, obligations=()),
        vary(
            named,
            "other",
            "The consent names another agency.",
            "deny",
            "42 CFR 2.31(a)(4)",
            edits={"consents.0.recipients": ["County Library"]},
            obligations=(),
        ),
        drug,
        vary(drug, "no-law", "State law does not ask.", "deny", "42 CFR 2.36", state_law_requires_pdmp=False),
        vary(drug, "revoked", "She revoked.", "deny", "42 CFR 2.31(a)(6)", edits={"consents.0.revoked": "2026-09-01"}),
    ]


def contradictions() -> list[Row]:
    """When the row contradicts itself nobody gains."""
    inside = case(
        "seam-inside",
        "Said to be of the same program, and another program asks.",
        "deny",
        "42 CFR 2.12(c)(3)",
        ask("nurse", "part2.full_record", "treatment", actor_org="Summit Recovery"),
        facts={"same_program": True, "need_to_know": True},
        certainty=PRUDENT,
    )
    audit = case(
        "seam-audit",
        "The agreement says that the auditor has no lawful authority.",
        "deny",
        "42 CFR 2.53",
        ask("auditor", "part2.full_record", "audit", subject="cohort"),
        agreements=[agreement("audit_agreement", [OTP, "Eval Co"], lawful_authority=False)],
        facts={"copying": True},
        certainty=PRUDENT,
    )
    paper = case(
        "seam-order-father",
        "The order of her case does not say that it reaches the other parent's record.",
        "deny",
        "42 CFR 2.64(e)",
        ask("attorney", "part2.attendance", "dependency_proceeding", subject="other_parent"),
        orders=[order(["part2.attendance"])],
        facts={"against_patient": True},
        certainty=PRUDENT,
    )
    return [
        inside,
        vary(
            inside,
            "hospital",
            "A hospital says that it is of the same program.",
            "deny",
            edits={"request": ask("ed", "part2.full_record", "treatment")},
        ),
        vary(inside, "cps", "CPS says that it is.", "deny", edits={"request": ask("cps", "part2.full_record", "posc_monitoring")}),
        audit,
        paper,
        case(
            "seam-alive",
            "An executor signs for one who lives.",
            "deny",
            "42 CFR 2.31(a)(8)",
            ask("cps", "part2.attendance", "posc_monitoring"),
            consents=[consent([CPS], ["posc_monitoring"], signer="executor")],
            facts={"patient_deceased": False, "personal_representative": "executor"},
        ),
        case(
            "seam-ghost",
            "She is said to have signed after she died.",
            "deny",
            "42 CFR 2.15(b)",
            ask("cps", "part2.attendance", "posc_monitoring"),
            consents=[consent([CPS], ["posc_monitoring"], signer="friend")],
            facts={"patient_deceased": True},
        ),
        case(
            "seam-wrong-way",
            "Revoked before it was signed, and never signed again.",
            "deny",
            "42 CFR 2.31(a)(6)",
            ask("cps", "part2.attendance", "posc_monitoring"),
            consents=[consent([CPS], ["posc_monitoring"], revoked="2026-04-01")],
        ),
        case(
            "seam-ends-first",
            "It ends before it is signed.",
            "deny",
            "42 CFR 2.31(a)(7)",
            ask("cps", "part2.attendance", "posc_monitoring"),
            consents=[consent([CPS], ["posc_monitoring"], expires="2026-04-01")],
        ),
    ]


def same_day() -> list[Row]:
    """Revocation works from its receipt; what ends by an event ends when it happens."""
    base = case(
        "seam-day",
        "A live consent.",
        "permit",
        "42 CFR 2.31(a)",
        ask("cps", "part2.attendance", "posc_monitoring"),
        consents=[consent([CPS], ["posc_monitoring"])],
        obligations=("NOTICE_2_32",),
    )
    event = {"consents.0.expires": None, "consents.0.expiry_event": "cps_case_closed"}
    return [
        base,
        vary(base, "revoked", "Revoked on the very day.", "deny", "42 CFR 2.31(a)(6)", edits={"consents.0.revoked": "2026-09-15"}, certainty=PRUDENT),
        vary(base, "unknown-event", "Nothing is recorded of its event.", "deny", "42 CFR 2.31(a)(7)", edits=event, certainty=PRUDENT),
        vary(base, "odd-event", "An event that nobody knows.", "deny", "42 CFR 2.31(a)(7)", edits=event | {"consents.0.expiry_event": "blue_moon"}),
        vary(
            base,
            "event-first",
            "The event came before the date.",
            "deny",
            "42 CFR 2.31(a)(7)",
            cps_case_closed="2026-08-30",
            edits={"consents.0.expiry_event": "cps_case_closed"},
        ),
        vary(base, "no-kind", "Nothing says what form it is.", "deny", "42 CFR 2.31", edits={"consents.0.kind": DROP}),
        vary(
            base,
            "for-court",
            "Asked for the court.",
            "deny",
            "42 CFR 2.12(d)(1), 2.31(d)",
            against_patient=True,
            edits={"request": ask("judge", "part2.attendance", "dependency_proceeding"), "consents.0.recipients": [CPS, COURT]},
        ),
    ]


def nameless() -> list[Row]:
    """An asker without a name is nobody, even where a class or an emergency needs no name on paper."""
    shared = case(
        "seam-nameless-shared",
        "A clinic without a name asks under the single consent.",
        "deny",
        "42 CFR 2.13(a)",
        ask("ob", "part2.medication", "treatment", actor_org=""),
        consents=[tpo()],
        facts={"treating_relationship": True},
        obligations=(),
        certainty=PRUDENT,
    )
    urgent = case(
        "seam-nameless-urgent",
        "A physician of nowhere asks in an emergency; the record of 2.51(c) needs the facility.",
        "deny",
        "42 CFR 2.13(a)",
        ask("ed", "part2.medication", "emergency_treatment", actor_org=""),
        facts={"emergency": True, "consent_obtainable": False},
        obligations=(),
        certainty=PRUDENT,
    )
    return [shared, urgent, *(vary(one, "null", "The name is null.", "deny", edits={"request.actor_org": None}) for one in (shared, urgent))]


def authorized() -> list[Row]:
    """2.52(a): research rests on an authorization of 45 CFR 164.508 as well as on a waiver."""
    form = consent(["State University"], ["research"], ["part2.medication"], kind="hipaa_authorization")
    base = case(
        "seam-authorized",
        "She authorized the study, and the form has every element and names the information.",
        "permit",
        "42 CFR 2.52, 2.31(a)",
        ask("researcher", "part2.medication", "research"),
        consents=[form],
        obligations=("NO_REDISCLOSURE", "PROCEEDINGS_BAR"),
        certainty=PRUDENT,
    )
    lasting = {"consents.0.expires": None, "consents.0.expiry_event": "none"}
    return [
        base,
        vary(base, "specific", "The same as a specific consent.", "permit", "42 CFR 2.31(a), 2.33(a)(1)", edits={"consents.0.kind": "specific"}),
        vary(base, "revoked", "She revoked.", "deny", "42 CFR 2.31(a)(6)", edits={"consents.0.revoked": "2026-09-01"}),
        vary(base, "ended", "It ended.", "deny", "42 CFR 2.31(a)(7)", edits={"consents.0.expires": "2026-09-14"}),
        vary(base, "vague", "All medical records.", "deny", "42 CFR 2.31", edits={"consents.0.info": ["all medical records"]}),
        vary(base, "other", "Another university asks.", "deny", "42 CFR 2.31", edits={"request.actor_org": "Harbor College"}),
        vary(base, "lasting", "For research 'none' is end enough.", "permit", "42 CFR 2.31(a)(7)", edits=lasting | {"consents.0.kind": "specific"}),
    ]


ROWS = [*authorized(), *nameless(), *hands(), *contradictions(), *same_day()]
