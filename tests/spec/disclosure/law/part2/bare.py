"""The same law asked with the fewest facts that carry it, and words that must help nobody."""

from __future__ import annotations

from tests.spec.disclosure.law.part2.forms import CPS, ELM, HUB, OTP, Row, agreement, ask, case, consent, holder, order, tpo


def bare() -> list[Row]:
    """Permissions of the law with no fact more than the law asks for."""
    copies = agreement("audit_agreement", [OTP, "Eval Co"], lawful_authority=True)
    study = agreement("research_approval", [OTP, "State University"], irb=True, privacy_board_waiver=True, part2_undertaking=True)
    probe = order(["part2.billing"], ["State AG MFCU"], type="2.66", court="Common Pleas")
    told = ask("auditor", "part2.full_record", "audit", subject="cohort")
    own = ask("nurse", "part2.counseling_notes", "treatment", actor_role="originator_counselor")
    health = ask("health", "part2.treatment_summary", "public_health", subject="cohort")
    back = holder("State University", "researcher", "part2_via_research", via="A1")
    return [
        case(
            "bare-notes",
            "The counselor who wrote the notes, and nothing more is said.",
            "permit",
            "42 CFR 2.31(b)(1)(i)(A)",
            own,
            facts={"originator": True},
            obligations=(),
        ),
        case(
            "bare-notes-other",
            "Another counselor of the program.",
            "deny",
            "42 CFR 2.31(b)",
            own | {"actor_role": "other_counselor"},
            obligations=(),
            facts={"originator": False, "same_program": True},
        ),
        case(
            "bare-copies",
            "The written agreement shows the authority.",
            "permit",
            "42 CFR 2.53(b)",
            told,
            agreements=[copies],
            facts={"copying": True},
            obligations=("RETURN_OR_DESTROY",),
        ),
        case(
            "bare-copies-ended",
            "The written agreement ended.",
            "deny",
            "42 CFR 2.53(b)",
            told,
            agreements=[copies | {"end": "2026-09-14"}],
            facts={"copying": True},
        ),
        case(
            "bare-premises",
            "On the premises no written agreement is asked.",
            "permit",
            "42 CFR 2.53(a)",
            told,
            facts={"audit_authority": True, "written_agreement": False},
            obligations=(),
            certainty="prudential",
        ),
        case(
            "bare-health",
            "The health department is the authority.",
            "permit",
            "42 CFR 2.54",
            health,
            facts={"deidentified": "safe_harbor"},
            obligations=(),
        ),
        case(
            "bare-study",
            "A study with its papers.",
            "permit",
            "42 CFR 2.52",
            ask("researcher", "part2.full_record", "research", subject="cohort"),
            agreements=[study],
            obligations=("AGGREGATE_ONLY", "NO_REDISCLOSURE", "RETURN_OR_DESTROY"),
        ),
        case(
            "bare-study-other",
            "A second university from the first.",
            "deny",
            "42 CFR 2.52(b)",
            source=back,
            agreements=[study],
            obligations=(),
            request=ask("researcher", "part2.treatment_summary", "research", subject="cohort", actor_org="Harbor College"),
        ),
        case(
            "bare-study-back",
            "Back to the program that it came from.",
            "permit",
            "42 CFR 2.52(b)",
            ask("nurse", "part2.treatment_summary", "research"),
            source=back,
            agreements=[study],
            obligations=(),
            certainty="prudential",
        ),
        case(
            "bare-probe-audit",
            "The program is looked into under an order of 2.66.",
            "permit",
            "42 CFR 2.66",
            ask("mfcu", "part2.billing", "audit"),
            orders=[probe],
            facts={"target": "program"},
            obligations=("ORDER_SCOPE_ONLY",),
        ),
        case(
            "bare-probe",
            "The same as a criminal matter against the program.",
            "permit",
            "42 CFR 2.66",
            ask("mfcu", "part2.billing", "criminal_proceeding"),
            orders=[probe],
            facts={"target": "program"},
            obligations=("ORDER_SCOPE_ONLY",),
        ),
        case(
            "bare-count",
            "Her accounting of three years.",
            "permit",
            "42 CFR 2.25",
            ask("patient", "part2.presence", "patient_access"),
            facts={"accounting_request": True, "lookback_years": 3},
            obligations=("ACCOUNT_2_25", "VERIFY_164_514H"),
        ),
        case(
            "bare-count-ten",
            "She asks for ten years; the law gives what it gives.",
            "permit",
            "42 CFR 2.25",
            ask("patient", "part2.presence", "patient_access"),
            facts={"accounting_request": True, "requested_span_years": 10},
            obligations=("ACCOUNT_2_25", "VERIFY_164_514H"),
            certainty="prudential",
        ),
        case(
            "bare-list",
            "Her list from the hub, and no form in the row.",
            "permit",
            "42 CFR 2.24",
            ask("patient", "part2.presence", "patient_access"),
            source=holder(HUB, "coordination_hub", "part2_via_intermediary"),
            facts={"request_in_writing": True, "lookback_years": 3},
            obligations=("INTERMEDIARY_LIST_2_24",),
        ),
        case(
            "bare-control",
            "No direct administrative control.",
            "deny",
            "42 CFR 2.12(c)(3)",
            ask("hospital", "part2.full_record", "treatment"),
            facts={"direct_administrative_control": False},
            obligations=(),
        ),
        case(
            "bare-control-unsaid",
            "A hospital that says it needs to know.",
            "deny",
            "42 CFR 2.31",
            ask("hospital", "part2.full_record", "treatment"),
            facts={"need_to_know": True},
        ),
        case(
            "bare-mistake",
            "It was sent to CPS by mistake; it stays what it is.",
            "deny",
            "42 CFR 2.12(d)",
            ask("casa", "part2.attendance", "permanency_hearing"),
            source=holder(CPS, "cps_agency", "part2_via_specific", via=None),
            facts={"inadvertent_disclosure": True},
            obligations=(),
        ),
        case(
            "bare-fundraise",
            "No choice about fundraising stood on the form.",
            "deny",
            "42 CFR 2.31(a)(5)(iii)",
            obligations=(),
            consents=[tpo()],
            request=ask("nurse", "part2.presence", "health_care_operations", actor_role="development_officer"),
            facts={"use": "fundraising"},
        ),
    ]


def odd() -> list[Row]:
    """Words and silences that must help nobody."""
    young = consent([ELM], ["treatment"], ["part2.medication"])
    fund = case(
        "odd-use",
        "An unknown use is no use that the form allows.",
        "deny",
        "42 CFR 2.31(a)(5)",
        obligations=(),
        consents=[tpo()],
        certainty="prudential",
        request=ask("nurse", "part2.presence", "health_care_operations", actor_role="development_officer"),
        facts={"use": "raffle", "treating_relationship": True},
    )
    ageless = case(
        "odd-ageless",
        "The state asks a minor for a parent's signature, and nobody says how old she is.",
        "deny",
        "42 CFR 2.14",
        ask("ob", "part2.medication", "treatment"),
        consents=[young],
        facts={"minor_may_consent_alone": False, "cosigner_parent": None},
        certainty="prudential",
    )
    rows = [fund, ageless]
    for word in ("", "mother ", "MOTHER", "mom", "patient"):
        rows.append(
            case(
                f"odd-subject-{word or 'empty'}".replace(" ", "_"),
                "A subject that is no known word.",
                "deny",
                "42 CFR 2.13(a)",
                obligations=(),
                request=ask("cps", "part2.attendance", "posc_monitoring", subject=word),
                consents=[consent([CPS], ["posc_monitoring"])],
            )
        )
    return rows


ROWS = bare() + odd()
