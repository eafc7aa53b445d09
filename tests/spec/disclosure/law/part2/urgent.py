"""42 CFR 2.51, 2.54: medical emergencies and public health."""

from __future__ import annotations

from tests.spec.disclosure.law.part2.forms import DROP, MERCY, Row, ask, case, tpo, vary


def emergencies() -> list[Row]:
    main = "42 CFR 2.51(a)"
    need = {"emergency": True, "consent_obtainable": False}
    rows = []
    for who in ("ed", "ob", "peds", "hospital"):
        for category in ("part2.medication", "part2.treatment_summary", "part2.drug_screens", "part2.diagnosis", "part2.full_record"):
            rows.append(
                case(
                    f"er-{who}-{category[6:]}",
                    "Medical personnel in a bona fide emergency, consent out of reach.",
                    "permit",
                    main,
                    ask(who, category, "emergency_treatment"),
                    facts=need,
                    obligations=("EMERGENCY_DOC_2_51", "LIMIT_PURPOSE"),
                )
            )
    base = rows[0]
    for who in ("cps", "police", "foster", "father", "home", "casa", "school", "employer", "probation", "plan", "press", "landlord", "ei"):
        rows.append(
            vary(base, f"to-{who}", "Not medical personnel.", "deny", main, edits={"request": ask(who, "part2.medication", "emergency_treatment")})
        )
    for out in ("posc_monitoring", "safety_assessment", "research", "payment", "child_abuse_followup", "dependency_proceeding"):
        rows.append(vary(base, f"for-{out}", "The emergency serves treatment only.", "deny", "42 CFR 2.51", edits={"request.purpose": out}))
    closed = case(
        "er-closed",
        "A disaster closed the program.",
        "permit",
        "42 CFR 2.51(a)(2)",
        ask("hospital", "part2.medication", "emergency_treatment"),
        facts={"emergency": True, "declared_disaster": True, "program_closed": True, "consent_obtainable": False},
        obligations=("EMERGENCY_DOC_2_51",),
    )
    return [
        *rows,
        closed,
        vary(base, "calm", "There is no emergency.", "deny", main, emergency=False),
        vary(base, "emergency-silent", "No emergency is spoken of.", "deny", main, emergency=DROP),
        vary(base, "can-ask", "She can be asked.", "deny", main, consent_obtainable=True),
        vary(base, "can-ask-silent", "Nothing says that she cannot be asked.", "deny", main, consent_obtainable=DROP),
        vary(base, "refused", "She can be asked and refused.", "deny", main, consent_obtainable=True, patient_refused=True),
        vary(
            base,
            "revoked-form",
            "A revoked form does not stand in the way of an emergency.",
            "permit",
            edits={"consents": [tpo(revoked="2026-09-01")]},
        ),
        vary(base, "restricted", "An agreed restriction gives way.", "permit", restriction={"to": MERCY, "agreed": True}),
        vary(
            base,
            "against-her",
            "For use against her.",
            "deny",
            "42 CFR 2.12(d)(1)",
            against_patient=True,
            edits={"request.purpose": "criminal_proceeding"},
        ),
        vary(
            closed, "to-cps", "CPS is not medical personnel.", "deny", main, edits={"request": ask("cps", "part2.medication", "emergency_treatment")}
        ),
        vary(closed, "open", "No disaster and no emergency.", "deny", main, emergency=False, declared_disaster=False, consent_obtainable=True),
        vary(closed, "nothing", "None of it is said.", "deny", main, edits={"given.facts": {}}),
    ]


def public_health() -> list[Row]:
    main = "42 CFR 2.54"
    rows = []
    for category in ("deid.extract", "part2.treatment_summary", "part2.full_record"):
        base = case(
            f"ph-{category}",
            "De-identified, to a public health authority.",
            "permit",
            main,
            ask("health", category, "public_health", subject="cohort"),
            facts={"deidentified": "safe_harbor", "public_health_authority": True},
            obligations=(),
        )
        rows.append(base)
        if category != "deid.extract":
            rows += [
                vary(base, "identified", "It names patients.", "deny", main, deidentified=False),
                vary(base, "silent", "Nothing says that it is de-identified.", "deny", main, deidentified=DROP),
                vary(base, "odd", "De-identified in a way that nobody knows.", "deny", main, deidentified="mostly"),
                vary(
                    base,
                    "identified-law",
                    "A state law on surveillance does not open part 2.",
                    "deny",
                    main,
                    deidentified=False,
                    state_reporting_law=True,
                ),
                vary(
                    base,
                    "press",
                    "The press is no public health authority.",
                    "deny",
                    main,
                    certainty="prudential",
                    edits={"request": ask("press", category, "public_health", subject="cohort")},
                    public_health_authority=False,
                    deidentified=False,
                ),
            ]
    return rows


ROWS = emergencies() + public_health()
