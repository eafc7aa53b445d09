"""An exception is for those and for that which it names: the same facts in the mouth of a stranger, or for another purpose, open nothing."""

from __future__ import annotations

from tests.spec.disclosure.law.part2.forms import CPS, OTP, Row, agreement, ask, case, consent, holder, order, vary

CLINICAL = ("ob", "hospital", "peds")
OUTSIDERS = ("cps", "judge", "employer", "police", "casa", "school", "landlord", "press", "probation", "insurer", "foster", "plan", "home")


def writers() -> list[Row]:
    """2.31(b)(1)(i)(A): the counselor who wrote the notes, in the program, to treat her."""
    rows = []
    for who in (*OUTSIDERS, *CLINICAL):
        request = ask(who, "part2.counseling_notes", "treatment")
        why = "Who is not of the program did not write its notes."
        rows.append(case(f"writer-{who}", why, "deny", "42 CFR 2.31(b)", request, facts={"originator": True}, obligations=()))
    own = case(
        "writer",
        "The counselor who wrote them.",
        "permit",
        "42 CFR 2.31(b)(1)(i)(A)",
        ask("nurse", "part2.counseling_notes", "treatment", actor_role="originator_counselor"),
        facts={"originator": True},
        obligations=(),
    )
    rows.append(own)
    for purpose in ("payment", "research", "employment", "posc_monitoring", "legal_defense", "dependency_proceeding"):
        rows.append(
            vary(own, purpose, "For another purpose than to treat her.", "deny", "42 CFR 2.31(b)", edits={"request.purpose": purpose}, obligations=())
        )
    return rows


def staff() -> list[Row]:
    """2.12(c)(3): one who works for CPS or a court is not within the program, whatever organization he writes down."""
    rows = []
    for who in ("cps", "judge", "police", "prosecutor", "employer", "casa", "probation", "press", "school", "insurer", "foster"):
        request = ask(who, "part2.full_record", "treatment", actor_org=OTP)
        why = "The kind of organization and the name contradict each other."
        facts = {"same_program": True, "need_to_know": True}
        rows.append(case(f"staff-{who}", why, "deny", "42 CFR 2.12(c)(3)", request, facts=facts, obligations=(), certainty="prudential"))
    rows.append(
        case(
            "staff",
            "A nurse of the program.",
            "permit",
            "42 CFR 2.12(c)(3)",
            ask("nurse", "part2.full_record", "treatment"),
            facts={"same_program": True, "need_to_know": True},
            obligations=("LIMIT_PURPOSE",),
        )
    )
    return rows


def purposes() -> list[Row]:
    """2.12(c)(5), 2.15(b)(1), 2.66: each serves one end."""
    crime = case(
        "end-crime",
        "A crime on the premises.",
        "permit",
        "42 CFR 2.12(c)(5)",
        ask("police", "part2.presence", "criminal_proceeding"),
        facts={"crime_on_premises": True, "limited_to": ["name", "circumstances"]},
        obligations=(),
    )
    cause = case(
        "end-cause",
        "A law on causes of death lets the coroner ask.",
        "permit",
        "42 CFR 2.15(b)(1)",
        ask("health", "part2.treatment_summary", "fatality_review", actor_role="coroner", actor_org="County Coroner"),
        facts={"patient_deceased": True, "cause_of_death_inquiry_law": True},
        obligations=(),
    )
    probe = case(
        "end-probe",
        "An order to look into the program.",
        "permit",
        "42 CFR 2.66",
        ask("mfcu", "part2.billing", "criminal_proceeding"),
        orders=[order(["part2.billing"], ["State AG MFCU", CPS, "County CASA"], type="2.66", court="Common Pleas")],
        facts={"target": "program", "against_patient": False},
        obligations=("ORDER_SCOPE_ONLY",),
    )
    rows = [crime, cause, probe]
    for purpose in ("employment", "research", "treatment", "insurance_underwriting", "posc_monitoring", "education", "dependency_proceeding"):
        edits = {"request.purpose": purpose}
        why = "The exception is for the crime, and this is another purpose."
        rows.append(vary(crime, purpose, why, "deny", "42 CFR 2.12(c)(5)", edits=edits, obligations=(), certainty="prudential"))
    for purpose in ("employment", "research", "insurance_underwriting", "posc_monitoring", "education", "payment"):
        edits = {"request.purpose": purpose}
        why = "The inquiry is into the cause of death, and this is another purpose."
        rows.append(vary(cause, purpose, why, "deny", "42 CFR 2.15(b)", edits=edits, obligations=(), certainty="prudential"))
    for who, purpose in (
        ("cps", "posc_monitoring"),
        ("cps", "child_abuse_followup"),
        ("cps", "safety_assessment"),
        ("attorney", "dependency_proceeding"),
        ("casa", "permanency_hearing"),
    ):
        edits = {"request": ask(who, "part2.billing", purpose)}
        why = "An order against the program does not open a patient's record for her case."
        rows.append(vary(probe, f"{who}-{purpose}", why, "deny", "42 CFR 2.66", edits=edits, obligations=()))
    return rows


def onward() -> list[Row]:
    """2.53(f), 2.52(b): back to the source and nowhere else. 2.14(c): a parent is told what lessens the threat, and for that."""
    told = agreement("audit_agreement", [OTP, "Eval Co"], id="A1", lawful_authority=True)
    held = holder("Eval Co", "auditor", "part2_via_audit", via="A1")
    rows = []
    for who, purpose in (("mfcu", "audit"), ("plan", "audit"), ("health", "audit"), ("mfcu", "program_evaluation"), ("health", "public_health")):
        request = ask(who, "part2.full_record", purpose)
        why = "One auditor gives another nothing, whatever authority that one has of its own."
        rows.append(
            case(
                f"onward-audit-{who}-{purpose}",
                why,
                "deny",
                "42 CFR 2.53(f)",
                request,
                source=held,
                agreements=[told],
                facts={"audit_authority": True},
                obligations=(),
            )
        )
    second = agreement("research_approval", ["State University", "Harbor College"], irb=True, privacy_board_waiver=True, part2_undertaking=True)
    study = ask("researcher", "part2.treatment_summary", "research", subject="cohort", actor_org="Harbor College")
    lent = holder("State University", "researcher", "part2_via_research", via="A1")
    why = "A study of its own does not make a researcher a source."
    rows.append(case("onward-study", why, "deny", "42 CFR 2.52(b)", study, source=lent, agreements=[second], obligations=()))
    watched = holder("Adult Probation", "probation", "part2_via_2.35")
    form = consent(["Adult Probation"], ["criminal_justice_monitoring"], kind="criminal_justice")
    looks = ask("auditor", "part2.attendance", "audit", subject="cohort")
    pair = agreement("research_approval", ["Adult Probation", "State University"], irb=True, privacy_board_waiver=True, part2_undertaking=True)
    tries = ask("researcher", "part2.attendance", "research", subject="cohort")
    why = "Probation uses it for its own duties in that matter, and for nobody else's end."
    for key, request, papers in (("audit", looks, []), ("study", tries, [pair])):
        rows.append(
            case(
                f"onward-probation-{key}",
                why,
                "deny",
                "42 CFR 2.35(d)",
                request,
                source=watched,
                consents=[form],
                agreements=papers,
                facts={"audit_authority": True},
                obligations=(),
                certainty="prudential",
            )
        )
    threat = case(
        "onward-threat",
        "Telling a parent lessens a substantial threat to life.",
        "permit",
        "42 CFR 2.14(c)",
        ask("parent", "part2.presence", "emergency_treatment"),
        facts={"patient_age": 15, "minor_applicant": True, "director_capacity_finding": True, "substantial_threat": True},
        obligations=("LIMIT_PURPOSE",),
    )
    rows.append(threat)
    for purpose in ("payment", "employment", "education", "research", "patient_access"):
        why = "The parent asks for another end than the threat."
        edits = {"request.purpose": purpose}
        rows.append(vary(threat, purpose, why, "deny", "42 CFR 2.14", edits=edits, obligations=(), certainty="prudential"))
    return rows


ROWS = [*onward(), *writers(), *staff(), *purposes()]
