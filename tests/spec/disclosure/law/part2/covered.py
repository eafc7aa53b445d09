"""42 CFR 2.33(b)(1)-(2): covered entities and programs that received under a single consent."""

from __future__ import annotations

from tests.spec.disclosure.law.part2.forms import CONSENTED, CPS, ELM, LAKESIDE, MERCY, Row, ask, case, consent, holder, program, tpo, vary

C, TREATS = "consents.0.", {"treating_relationship": True}
BAR = ("PROCEEDINGS_BAR",)
OUTSIDE = (
    ("cps", "posc_monitoring"),
    ("cps", "safety_assessment"),
    ("cps", "child_abuse_followup"),
    ("casa", "permanency_hearing"),
    ("home", "care_coordination"),
    ("employer", "employment"),
    ("landlord", "care_coordination"),
    ("press", "public_disclosure"),
    ("school", "education"),
    ("foster", "care_coordination"),
    ("father", "care_coordination"),
    ("insurer", "insurance_underwriting"),
    ("probation", "criminal_justice_monitoring"),
)
COURTS = (
    ("judge", "dependency_proceeding"),
    ("attorney", "dependency_proceeding"),
    ("prosecutor", "criminal_proceeding"),
    ("police", "criminal_proceeding"),
    ("casa", "permanency_hearing"),
)


def covered() -> list[Row]:
    """A covered entity that received for treatment, payment or operations: as HIPAA allows, never against her."""
    rows = []
    main = "42 CFR 2.33(b)(1); 45 CFR 164.506(c)"
    for key, name, kind, who, category, purpose, facts in (
        ("hospital", MERCY, "hospital", "peds", "part2.medication", "treatment", {**TREATS, "treats": "infant"}),
        ("hospital-ob", MERCY, "hospital", "ob", "part2.treatment_summary", "treatment", TREATS),
        ("clinic", ELM, "ob_clinic", "hospital", "part2.diagnosis", "treatment", TREATS),
        ("peds", LAKESIDE, "pediatric_clinic", "hospital", "part2.medication", "treatment", TREATS),
        ("hospital-bill", MERCY, "hospital", "plan", "part2.billing", "payment", {}),
    ):
        base = case(
            f"on-{key}",
            "A covered entity that received for treatment redisclose as HIPAA allows.",
            "permit",
            main,
            ask(who, category, purpose),
            source=holder(name, kind, "part2_via_tpo", covered=True),
            consents=[tpo()],
            facts=facts,
            obligations=BAR,
        )
        rows.append(base)
        for out, why in OUTSIDE:
            rows.append(
                vary(
                    base,
                    f"to-{out}-{why}",
                    "HIPAA opens that door to nobody here without an authorization, and part 2 needs her consent.",
                    "deny",
                    "42 CFR 2.33(b)(1)",
                    edits={"request": ask(out, category, why)},
                    obligations=(),
                )
            )
        for out, why in COURTS:
            rows.append(
                vary(
                    base,
                    f"against-{out}-{why}",
                    "However it came, it is not used against her.",
                    "deny",
                    "42 CFR 2.12(d)(1), 2.33(b)(1)",
                    edits={"request": ask(out, category, why)},
                    against_patient=True,
                    obligations=(),
                )
            )
        rows += [
            vary(
                base,
                "flag",
                "The same question, to be used against her.",
                "deny",
                "42 CFR 2.33(b)(1), 2.12(d)(1)",
                against_patient=True,
                obligations=(),
            ),
            vary(
                base,
                "notes",
                "Counseling notes need their own consent.",
                "deny",
                "42 CFR 2.31(b)",
                edits={"request.category": "part2.counseling_notes"},
                obligations=(),
            ),
            vary(
                base,
                "no-paper",
                "The paper that it came by is not there.",
                "deny",
                "42 CFR 2.12(d)",
                edits={"given.consents": []},
                obligations=(),
                certainty="prudential",
            ),
            vary(
                base,
                "revoked-since",
                "It was received before she revoked.",
                "permit",
                "42 CFR 2.33(b)(1), 2.31(a)(6)",
                edits={C + "revoked": "2026-09-01"},
                received_on="2026-07-01",
                certainty="prudential",
            ),
            vary(
                base,
                "revoked-before",
                "It was received after she revoked.",
                "deny",
                "42 CFR 2.31(a)(6)",
                edits={C + "revoked": "2026-06-01"},
                received_on="2026-07-01",
                obligations=(),
            ),
            vary(
                base,
                "revoked-undated",
                "She revoked, and nobody says when it was received.",
                "deny",
                "42 CFR 2.31(a)(6)",
                edits={C + "revoked": "2026-06-01"},
                obligations=(),
                certainty="prudential",
            ),
            vary(base, "father", "His record is not hers.", "deny", "42 CFR 2.31", edits={"request.subject": "other_parent"}, obligations=()),
            vary(
                base,
                "uncovered",
                "A lawful holder that is no covered entity.",
                "deny",
                "42 CFR 2.33(b)",
                edits={"source.holder_is_covered_entity": False, "source.holder_type": "coordination_hub", "source.holder": "Hope Network"},
                obligations=(),
            ),
        ]
    report = {"report_under_state_law": True, "initial_report": True}
    held = holder(MERCY, "hospital", "part2_via_tpo", covered=True)
    emergency = {"emergency": True, "consent_obtainable": False}
    return [
        *rows,
        case(
            "on-report",
            "A covered entity that must report reports.",
            "permit",
            "42 CFR 2.12(c)(6)",
            ask("cps", "part2.drug_screens", "child_abuse_report_initial"),
            source=held,
            consents=[tpo()],
            facts=report,
            obligations=(),
            certainty="prudential",
        ),
        case(
            "on-follow",
            "The report is past; part 2 goes on.",
            "deny",
            "42 CFR 2.33(b)(1)",
            ask("cps", "part2.drug_screens", "child_abuse_followup"),
            source=held,
            consents=[tpo()],
            facts=report | {"initial_report": False},
            obligations=(),
        ),
        case(
            "on-emergency",
            "A covered entity in an emergency.",
            "permit",
            "42 CFR 2.51(a)",
            ask("ed", "part2.medication", "emergency_treatment"),
            source=holder(ELM, "ob_clinic", "part2_via_tpo", covered=True),
            consents=[tpo()],
            facts=emergency,
            obligations=("EMERGENCY_DOC_2_51",),
            certainty="prudential",
        ),
        case(
            "on-named",
            "A hospital tells CPS with a consent that names both.",
            "permit",
            "42 CFR 2.31",
            ask("cps", "part2.drug_screens", "posc_monitoring"),
            source=held,
            consents=[tpo(), consent([CPS], ["posc_monitoring"], id="C2", discloser=MERCY)],
            obligations=CONSENTED,
        ),
        case(
            "on-named-program",
            "The consent lets the program tell CPS, not the hospital.",
            "deny",
            "42 CFR 2.31(a)(2)",
            ask("cps", "part2.drug_screens", "posc_monitoring"),
            source=held,
            consents=[tpo(), consent([CPS], ["posc_monitoring"], id="C2")],
            obligations=(),
        ),
    ]


def uncovered_program() -> list[Row]:
    """A part 2 program outside HIPAA that received under a single consent: consistent with the consent (2.33(b)(2))."""
    main = "42 CFR 2.33(b)(2)"
    held = program("Harbor Recovery (no electronic claims)", holder_is_covered_entity=False, provenance="part2_via_tpo", received_via="C1")
    base = case(
        "b2",
        "Consistent with the single consent, to a treating provider.",
        "permit",
        main,
        ask("ob", "part2.treatment_summary", "treatment"),
        source=held,
        consents=[tpo()],
        facts=TREATS,
        obligations=CONSENTED,
    )
    rows = [base]
    for out, why in OUTSIDE:
        rows.append(
            vary(
                base,
                f"to-{out}-{why}",
                "The single consent does not name them.",
                "deny",
                main,
                edits={"request": ask(out, "part2.treatment_summary", why)},
                obligations=(),
            )
        )
    for out, why in COURTS:
        rows.append(
            vary(
                base,
                f"against-{out}-{why}",
                "Never against her.",
                "deny",
                "42 CFR 2.12(d)(1)",
                edits={"request": ask(out, "part2.treatment_summary", why)},
                against_patient=True,
                obligations=(),
            )
        )
    return [
        *rows,
        vary(base, "hospital", "Another treating provider.", "permit", edits={"request": ask("hospital", "part2.treatment_summary", "treatment")}),
        vary(base, "not-treating", "The clinic does not treat her.", "deny", main, treating_relationship=False, obligations=()),
        vary(base, "revoked", "She revoked.", "deny", "42 CFR 2.33(b)(2), 2.31(a)(6)", edits={C + "revoked": "2026-09-01"}, obligations=()),
        vary(base, "revoked-after", "She revokes tomorrow.", "permit", edits={C + "revoked": "2026-09-16"}),
        vary(base, "ended", "The consent ended.", "deny", "42 CFR 2.31(a)(7)", edits={C + "expires": "2026-09-14"}, obligations=()),
        vary(base, "none", "The consent is not there.", "deny", main, edits={"given.consents": []}, obligations=()),
        vary(base, "notes", "Notes need their own.", "deny", "42 CFR 2.31(b)", edits={"request.category": "part2.counseling_notes"}, obligations=()),
    ]


ROWS = covered() + uncovered_program()
