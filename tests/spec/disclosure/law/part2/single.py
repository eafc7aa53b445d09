"""42 CFR 2.31, 2.33(a)(2), 2.26: the single consent for treatment, payment and operations, and restrictions on it."""

from __future__ import annotations

from tests.spec.disclosure.law.part2.forms import CONSENTED, CPS, DROP, ELM, MERCY, Row, ask, case, tpo, vary
from tests.spec.disclosure.law.part2.papers import formed, lived


def single() -> list[Row]:
    """The single consent for treatment, payment and operations, and what it never covers."""
    c, treats = "consents.0.", {"treating_relationship": True}
    ways = {
        "ob": ("ob", "treatment", "part2.medication", treats, CONSENTED, "42 CFR 2.31(a)(4)(i), 2.33(a)(2)"),
        "hospital": ("hospital", "treatment", "part2.treatment_summary", treats, CONSENTED, "42 CFR 2.33(a)(2)"),
        "peds": ("peds", "treatment", "part2.diagnosis", treats, CONSENTED, "42 CFR 2.31(a)(5), 2.33(a)(2)"),
        "plan": (
            "plan",
            "payment",
            "part2.billing",
            {},
            ("NOTICE_2_32", "CONSENT_COPY_OR_SCOPE", "MIN_NECESSARY", "ACCOUNT_2_25", "RESTRICTION_CHECK"),
            "42 CFR 2.33(a)(2)",
        ),
    }
    rows = []
    for key, (who, purpose, category, facts, duties, main) in ways.items():
        row = case(
            f"tpo-{key}",
            "A single consent covers treatment, payment and operations.",
            "permit",
            main,
            ask(who, category, purpose),
            consents=[tpo()],
            facts=facts,
            obligations=duties,
        )
        rows += [row, *lived(row, ends=False)]
        rows += [
            one
            for one in formed(row, near="Elm OB East", category="part2.counseling_notes", purpose="research")
            if not one["id"].endswith(("near-recipient", "other-recipient", "no-asker"))
        ]
        for statement, cite in (
            ("hipaa_redisclosure_statement", "(a)(4)(iii)"),
            ("may_be_redisclosed", "(a)(10)(i)"),
            ("refusal_consequences", "(a)(10)(ii)"),
        ):
            for says, value in (("false", False), ("silent", DROP)):
                rows.append(
                    vary(
                        row,
                        f"{statement}-{says}",
                        "A statement of the single consent is missing.",
                        "deny",
                        f"42 CFR 2.31{cite}, (c)(2)",
                        edits={f"{c}statements.{statement}": value},
                    )
                )
        for out, why in (
            ("cps", "CPS"),
            ("employer", "An employer"),
            ("landlord", "A landlord"),
            ("school", "A school"),
            ("casa", "A volunteer"),
            ("police", "The police"),
            ("foster", "A foster parent"),
            ("press", "The press"),
            ("probation", "Probation"),
            ("judge", "A court"),
        ):
            rows.append(
                vary(
                    row,
                    f"asked-by-{out}",
                    f"{why} is no treating provider, plan or payer.",
                    "deny",
                    "42 CFR 2.31(a)(4)",
                    edits={"request": ask(out, category, purpose)},
                )
            )
        for purpose_out in (
            "posc_monitoring",
            "safety_assessment",
            "child_abuse_followup",
            "employment",
            "insurance_underwriting",
            "education",
            "public_disclosure",
        ):
            rows.append(
                vary(
                    row,
                    f"for-{purpose_out}",
                    "That is not treatment, payment or operations.",
                    "deny",
                    "42 CFR 2.31(a)(5)",
                    edits={"request.purpose": purpose_out},
                )
            )
        for bar in ("dependency_proceeding", "criminal_proceeding", "permanency_hearing"):
            rows.append(
                vary(
                    row,
                    f"for-{bar}",
                    "A single consent never reaches a proceeding against her.",
                    "deny",
                    "42 CFR 2.12(d)(1), 2.31(d)",
                    edits={"request.purpose": bar},
                    against_patient=True,
                )
            )
    ob = rows[0]
    rows += [
        vary(ob, "no-relationship", "Elm OB does not treat her.", "deny", "42 CFR 2.31(a)(4)(i)", treating_relationship=False),
        vary(ob, "relationship-silent", "Nothing says that Elm OB treats her.", "deny", "42 CFR 2.31(a)(4)(i)", treating_relationship=DROP),
        vary(ob, "named", "The single consent names the clinic.", "permit", edits={c + "recipients": [ELM]}),
        vary(ob, "named-other", "The single consent names another clinic.", "deny", "42 CFR 2.31(a)(4)(i)", edits={c + "recipients": [MERCY]}),
        vary(ob, "dated", "A single consent may end on a date.", "permit", edits={c + "expires": "2027-01-01", c + "expiry_event": DROP}),
        vary(ob, "narrow", "The single consent is for attendance.", "deny", "42 CFR 2.31(a)(3)", edits={c + "info": ["part2.attendance"]}),
        vary(ob, "notes", "Counseling notes need their own consent.", "deny", "42 CFR 2.31(b)", edits={"request.category": "part2.counseling_notes"}),
        vary(
            ob,
            "notes-listed",
            "Notes cannot stand in a single consent.",
            "deny",
            "42 CFR 2.31(b)",
            edits={"request.category": "part2.counseling_notes", c + "info": ["part2.full_record", "part2.counseling_notes"]},
        ),
    ]
    fund = case(
        "tpo-fund",
        "The form gave her the choice about fundraising.",
        "permit",
        "42 CFR 2.31(a)(5)(iii)",
        ask("nurse", "part2.presence", "health_care_operations", actor_role="development_officer"),
        consents=[tpo()],
        facts={"use": "fundraising", "fundraising_statement": True, "treating_relationship": True},
        obligations=("LIMIT_PURPOSE",),
        certainty="prudential",
    )
    return [
        *rows,
        fund,
        vary(
            fund,
            "no",
            "The form is without the choice about fundraising.",
            "deny",
            "42 CFR 2.31(a)(5)(iii)",
            fundraising_statement=False,
            obligations=(),
        ),
        vary(fund, "silent", "Nothing says that the choice was given.", "deny", "42 CFR 2.31(a)(5)(iii)", fundraising_statement=DROP, obligations=()),
        vary(fund, "revoked", "She revoked the form.", "deny", "42 CFR 2.31(a)(6)", edits={c + "revoked": "2026-09-01"}, obligations=()),
    ]


def restrictions() -> list[Row]:
    _c, treats = "consents.0.", {"treating_relationship": True}
    pay = case(
        "rest-plan",
        "Payment under the single consent.",
        "permit",
        "42 CFR 2.33(a)(2)",
        ask("plan", "part2.billing", "payment"),
        consents=[tpo()],
        obligations=("RESTRICTION_CHECK", "MIN_NECESSARY"),
    )
    treat = case(
        "rest-mercy",
        "Treatment under the single consent.",
        "permit",
        "42 CFR 2.33(a)(2)",
        ask("hospital", "part2.medication", "treatment"),
        consents=[tpo()],
        facts=treats,
        obligations=CONSENTED,
    )
    paid = {"to": "health_plan", "paid_in_full": True, "agreed": True}
    agreed = {"to": MERCY, "agreed": True}
    shot = case(
        "rest-emergency",
        "An agreed restriction gives way in an emergency.",
        "permit",
        "42 CFR 2.26; 2.51",
        ask("ed", "part2.medication", "emergency_treatment"),
        consents=[tpo()],
        obligations=("EMERGENCY_DOC_2_51", "LIMIT_PURPOSE"),
        facts={"emergency": True, "consent_obtainable": False, "restriction": agreed},
    )
    report = case(
        "rest-report",
        "A restriction does not reach the report that state law demands.",
        "permit",
        "42 CFR 2.12(c)(6)",
        ask("cps", "part2.presence", "child_abuse_report_initial"),
        obligations=(),
        facts={"report_under_state_law": True, "initial_report": True, "restriction": {"to": CPS, "agreed": True}},
    )
    return [
        pay,
        treat,
        shot,
        report,
        vary(pay, "paid", "She paid in full and asked for silence: the program must agree.", "deny", "42 CFR 2.26(a)", restriction=paid),
        vary(
            pay, "paid-not-agreed", "When she paid in full the program has no choice.", "deny", "42 CFR 2.26(a)", restriction=paid | {"agreed": False}
        ),
        vary(
            pay,
            "paid-operations",
            "The same for the operations of the plan.",
            "deny",
            "42 CFR 2.26(a)",
            restriction=paid,
            edits={"request.purpose": "health_care_operations"},
        ),
        vary(pay, "not-agreed", "The program need not agree to her wish.", "permit", restriction=paid | {"agreed": False, "paid_in_full": False}),
        vary(pay, "agreed-unpaid", "It agreed, though she had not paid.", "deny", "42 CFR 2.26(a)", restriction=paid | {"paid_in_full": False}),
        vary(pay, "to-clinic", "The restriction is against a clinic.", "permit", restriction={"to": ELM, "agreed": True}),
        vary(treat, "agreed", "It agreed not to tell this hospital.", "deny", "42 CFR 2.26(a)", restriction=agreed),
        vary(treat, "not-agreed", "It did not agree.", "permit", restriction=agreed | {"agreed": False}),
        vary(treat, "to-plan", "Her restriction is against the plan.", "permit", restriction=paid),
        vary(treat, "other", "The restriction is against another hospital.", "permit", restriction={"to": "Lakeshore Hospital", "agreed": True}),
        vary(
            shot,
            "calm",
            "There is no emergency, so the restriction holds.",
            "deny",
            "42 CFR 2.26",
            emergency=False,
            consent_obtainable=True,
            edits={"request.purpose": "treatment"},
        ),
    ]


ROWS = single() + restrictions()
