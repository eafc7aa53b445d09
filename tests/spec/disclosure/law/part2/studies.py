"""42 CFR 2.52, 2.53: research, audit and evaluation."""

from __future__ import annotations

from tests.spec.disclosure.law.part2.forms import DROP, OTP, Row, agreement, ask, case, holder, vary
from tests.spec.disclosure.law.part2.papers import agreed

A = "agreements.0."


def studies() -> list[Row]:
    main = "42 CFR 2.52"
    paper = agreement("research_approval", [OTP, "State University"], irb=True, privacy_board_waiver=True, part2_undertaking=True)
    base = case(
        "res",
        "A reviewed study that is bound by part 2.",
        "permit",
        main,
        ask("researcher", "part2.treatment_summary", "research", subject="cohort"),
        agreements=[paper],
        obligations=("AGGREGATE_ONLY", "RETURN_OR_DESTROY", "NO_REDISCLOSURE"),
    )
    held = holder("State University", "researcher", "part2_via_research", via="A1")
    rows = [base, *agreed(base, main, "State University")]
    for who, purpose in (
        ("cps", "posc_monitoring"),
        ("press", "public_disclosure"),
        ("employer", "employment"),
        ("health", "public_health"),
        ("home", "care_coordination"),
        ("ob", "treatment"),
        ("plan", "payment"),
    ):
        rows.append(
            vary(
                base,
                f"onward-{who}",
                "A researcher gives only back to the source.",
                "deny",
                "42 CFR 2.52(b)",
                obligations=(),
                edits={"source": held, "request": ask(who, "part2.treatment_summary", purpose)},
            )
        )
    for who, purpose in (("judge", "dependency_proceeding"), ("prosecutor", "criminal_proceeding"), ("attorney", "dependency_proceeding")):
        rows.append(
            vary(
                base,
                f"onward-{who}",
                "What a researcher holds is not used against a patient.",
                "deny",
                "42 CFR 2.12(d)(1), 2.52(b)",
                obligations=(),
                against_patient=True,
                edits={"source": held, "request": ask(who, "part2.treatment_summary", purpose)},
            )
        )
    return [
        *rows,
        vary(
            base,
            "back",
            "Back to the program that it came from.",
            "permit",
            "42 CFR 2.52(b)",
            obligations=(),
            edits={"source": held, A + "id": "A1", "request": ask("nurse", "part2.treatment_summary", "research")},
        ),
        vary(base, "waiver-only", "The privacy board's waiver suffices.", "permit", edits={A + "irb": DROP}),
        vary(base, "irb-only", "The Common Rule review suffices.", "permit", edits={A + "privacy_board_waiver": DROP}),
        vary(base, "no-review", "Neither board reviewed it.", "deny", "42 CFR 2.52(a)", edits={A + "irb": DROP, A + "privacy_board_waiver": DROP}),
        vary(base, "refused", "Both boards refused.", "deny", "42 CFR 2.52(a)", edits={A + "irb": False, A + "privacy_board_waiver": False}),
        vary(base, "unbound", "The researcher is not bound by part 2.", "deny", "42 CFR 2.52", edits={A + "part2_undertaking": False}),
        vary(
            base,
            "publish",
            "It would publish identifiable cases.",
            "deny",
            "42 CFR 2.52(b)",
            edits={"request.purpose": "public_disclosure"},
            deidentified=False,
        ),
        vary(
            base,
            "monitor",
            "Approval of a study is no leave to monitor.",
            "deny",
            "42 CFR 2.31",
            edits={"request.purpose": "posc_monitoring", "request.subject": "mother"},
        ),
        vary(base, "other-asker", "The study of another university.", "deny", "42 CFR 2.52", edits={"request.actor_org": "Harbor College"}),
        vary(
            base,
            "dua",
            "A data use agreement is no review.",
            "deny",
            "42 CFR 2.52",
            edits={"agreements": [agreement("DUA", [OTP, "State University"])]},
        ),
        vary(
            base,
            "notes",
            "Notes are not for research without her own consent.",
            "deny",
            "42 CFR 2.31(b)",
            edits={"request.category": "part2.counseling_notes"},
            certainty="prudential",
        ),
    ]


def audits() -> list[Row]:
    main = "42 CFR 2.53"
    here = case(
        "audit",
        "Those with authority audit on the premises.",
        "permit",
        "42 CFR 2.53(a)",
        ask("auditor", "part2.full_record", "audit", subject="cohort"),
        facts={"audit_authority": True},
        obligations=(),
    )
    copies = case(
        "audit-copy",
        "Copies leave under a written agreement.",
        "permit",
        "42 CFR 2.53(b)",
        ask("auditor", "part2.full_record", "audit", subject="cohort"),
        agreements=[agreement("audit_agreement", [OTP, "Eval Co"], lawful_authority=True)],
        facts={"copying": True, "audit_authority": True},
        obligations=("RETURN_OR_DESTROY",),
    )
    held = holder("Eval Co", "auditor", "part2_via_audit", via="A1")
    rows = [here, copies, *agreed(copies, "42 CFR 2.53(b)", "Eval Co")]
    for who, purpose in (
        ("cps", "posc_monitoring"),
        ("press", "public_disclosure"),
        ("employer", "employment"),
        ("researcher", "research"),
        ("home", "care_coordination"),
    ):
        rows.append(
            vary(
                here,
                f"onward-{who}",
                "An auditor gives only back, and uses it only for the audit.",
                "deny",
                "42 CFR 2.53(f)",
                obligations=(),
                edits={"source": held, "request": ask(who, "part2.full_record", purpose)},
            )
        )
    for who, purpose in (("prosecutor", "criminal_proceeding"), ("attorney", "dependency_proceeding"), ("police", "criminal_proceeding")):
        rows.append(
            vary(
                here,
                f"onward-{who}",
                "Nor against a patient.",
                "deny",
                "42 CFR 2.53(f), 2.12(d)(1)",
                obligations=(),
                against_patient=True,
                edits={"source": held, "request": ask(who, "part2.full_record", purpose)},
            )
        )
    for who, kind in (("health", "public_health"), ("mfcu", "state_oversight"), ("plan", "health_plan")):
        rows.append(
            vary(
                here,
                f"by-{kind}",
                "A regulator or payer with authority.",
                "permit",
                edits={"request": ask(who, "part2.billing", "audit", subject="cohort")},
            )
        )
    return [
        *rows,
        vary(
            here,
            "back",
            "Back to the program.",
            "permit",
            "42 CFR 2.53(f)",
            obligations=(),
            edits={
                "source": held,
                "request": ask("nurse", "part2.full_record", "audit"),
                "given.agreements": [agreement("audit_agreement", [OTP, "Eval Co"], id="A1")],
            },
        ),
        vary(here, "evaluation", "An evaluation is the same.", "permit", edits={"request.purpose": "program_evaluation"}),
        vary(here, "no-authority", "They have no authority.", "deny", main, audit_authority=False),
        vary(here, "silent", "Nothing says that they have.", "deny", main, audit_authority=DROP),
        vary(here, "copying", "They would copy without an agreement.", "deny", "42 CFR 2.53(b)", copying=True),
        vary(here, "copying-said", "The agreement is not written.", "deny", "42 CFR 2.53(b)", copying=True, written_agreement=False),
        vary(
            here,
            "employer",
            "An employer with the word of authority.",
            "deny",
            main,
            edits={"request": ask("employer", "part2.full_record", "audit")},
            certainty="prudential",
        ),
        vary(
            here,
            "other-purpose",
            "Authority to audit is no leave for treatment.",
            "deny",
            "42 CFR 2.31",
            edits={"request.purpose": "care_coordination"},
        ),
        vary(here, "against-her", "For use against a patient.", "deny", "42 CFR 2.12(d)(1)", against_patient=True),
    ]


ROWS = studies() + audits()
