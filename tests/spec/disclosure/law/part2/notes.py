"""42 CFR 2.31(b), (d): counseling notes, and proceedings against the patient."""

from __future__ import annotations

from tests.spec.disclosure.law.part2.forms import CONSENTED, COURT, CPS, DROP, ELM, Row, ask, case, consent, order, tpo, vary
from tests.spec.disclosure.law.part2.papers import formed, lived

C = "consents.0."
NOTES = "part2.counseling_notes"


def notes() -> list[Row]:
    main = "42 CFR 2.31(b)"
    base = case(
        "notes",
        "A consent of its own for counseling notes.",
        "permit",
        main,
        ask("ob", NOTES, "treatment"),
        obligations=CONSENTED,
        consents=[consent([ELM], ["treatment"], [NOTES], kind="counseling_notes")],
        facts={"treating_relationship": True},
    )
    rows = [base, *lived(base, ends=False), *formed(base, near="Elm OB East", category="part2.medication", purpose="research")]
    for other in ("part2.medication", "part2.full_record", "part2.attendance"):
        rows.append(
            vary(
                base,
                f"with-{other}",
                "Notes stand beside other information on one form.",
                "deny",
                "42 CFR 2.31(b)(2), (c)(2)",
                edits={C + "info": [NOTES, other]},
            )
        )
        rows.append(
            vary(
                base,
                f"for-{other}",
                "A form that wrongly joins notes and other information opens neither.",
                "deny",
                "42 CFR 2.31(b)(2), (c)(2)",
                edits={C + "info": [NOTES, other], "request.category": other},
                certainty="prudential",
            )
        )
    rows += [
        vary(
            base,
            "bundled-specific",
            "A specific consent that bundles notes.",
            "deny",
            "42 CFR 2.31(b)(2)",
            edits={C + "kind": "specific", C + "info": [NOTES, "part2.medication"]},
        ),
        vary(
            base,
            "full",
            "The whole record does not include notes.",
            "deny",
            "42 CFR 2.31(b)",
            edits={C + "kind": "specific", C + "info": ["part2.full_record"]},
        ),
        vary(
            base,
            "authorization",
            "A HIPAA authorization for records does not include notes.",
            "deny",
            "42 CFR 2.31(b)",
            edits={C + "kind": "hipaa_authorization", C + "info": ["all medical records"]},
        ),
        vary(base, "single", "A single consent never covers notes.", "deny", "42 CFR 2.31(b)", edits={"consents": [tpo()]}),
        vary(
            base,
            "with-tpo",
            "The notes consent beside a single consent.",
            "permit",
            edits={"consents": [tpo(id="C2"), consent([ELM], ["treatment"], [NOTES], kind="counseling_notes")]},
        ),
        vary(
            base,
            "and-proceedings",
            "Notes and a proceeding on one form.",
            "deny",
            "42 CFR 2.31(b)(2), (d)",
            against_patient=True,
            edits={
                C + "purpose": ["treatment", "dependency_proceeding"],
                "request": ask("judge", NOTES, "dependency_proceeding"),
                C + "recipients": [COURT],
            },
        ),
    ]
    own = case(
        "notes-own",
        "The counselor who wrote the notes uses them to treat her.",
        "permit",
        "42 CFR 2.31(b)(1)(i)(A)",
        ask("nurse", NOTES, "treatment", actor_role="originator_counselor"),
        facts={"originator": True, "same_program": True, "need_to_know": True},
        obligations=("LIMIT_PURPOSE",),
    )
    sued = case(
        "notes-sued",
        "The program defends an action that the patient brought.",
        "permit",
        "42 CFR 2.31(b)(1)(i)(C)",
        ask("defender", NOTES, "legal_defense", actor_role="program_counsel", actor_org="Program Counsel"),
        facts={"action_brought_by_patient": True},
        obligations=("LIMIT_PURPOSE", "SEAL"),
    )
    for who, purpose in (
        ("cps", "posc_monitoring"),
        ("judge", "dependency_proceeding"),
        ("plan", "payment"),
        ("peds", "treatment"),
        ("casa", "permanency_hearing"),
    ):
        rows.append(
            vary(
                sued,
                f"to-{who}",
                "The defence of the program is no door for others.",
                "deny",
                "42 CFR 2.31(b)",
                edits={"request": ask(who, NOTES, purpose)},
            )
        )
    return [
        *rows,
        own,
        sued,
        vary(
            own,
            "colleague",
            "Another counselor of the same program.",
            "deny",
            main,
            originator=False,
            edits={"request.actor_role": "other_counselor"},
            obligations=(),
        ),
        vary(
            own,
            "silent",
            "Nothing says that he wrote them.",
            "deny",
            main,
            originator=DROP,
            edits={"request.actor_role": "other_counselor"},
            obligations=(),
        ),
        vary(
            own,
            "elsewhere",
            "A counselor of another program.",
            "deny",
            main,
            originator=False,
            same_program=False,
            edits={"request.actor_org": "Summit Recovery"},
        ),
        vary(own, "payment", "The writer for payment, not treatment.", "deny", main, edits={"request.purpose": "payment"}, obligations=()),
        vary(sued, "silent", "Nothing says that she sued.", "deny", main, action_brought_by_patient=DROP),
        vary(sued, "no", "She brought no action.", "deny", main, action_brought_by_patient=False),
        vary(sued, "other-purpose", "The same counsel for another purpose.", "deny", main, edits={"request.purpose": "public_disclosure"}),
        case(
            "notes-order",
            "A 2.64 order for attendance opens no notes.",
            "deny",
            "42 CFR 2.64(e)",
            ask("attorney", NOTES, "dependency_proceeding"),
            orders=[order(["part2.attendance"])],
            facts={"against_patient": True},
            obligations=("ORDER_SCOPE_ONLY",),
        ),
    ]


def proceedings() -> list[Row]:
    rows = []
    for key, who, name, purpose in (
        ("court", "judge", COURT, "dependency_proceeding"),
        ("agency", "attorney", CPS, "dependency_proceeding"),
        ("hearing", "judge", COURT, "permanency_hearing"),
        ("charge", "prosecutor", "County Prosecutor", "criminal_proceeding"),
    ):
        base = case(
            f"proc-{key}",
            "A separate consent for this proceeding.",
            "permit",
            "42 CFR 2.31(d), 2.33(a)(1)",
            ask(who, "part2.attendance", purpose),
            consents=[consent([name], [purpose], kind="proceedings")],
            facts={"against_patient": True},
            obligations=CONSENTED,
        )
        other = "criminal_proceeding" if purpose != "criminal_proceeding" else "dependency_proceeding"
        rows += [base, *lived(base), *formed(base, near=name + " Annex", category=NOTES, purpose=other)[:-1]]
        for joined in ("posc_monitoring", "treatment", "care_coordination", "payment"):
            rows.append(
                vary(
                    base,
                    f"with-{joined}",
                    "A proceeding stands beside another purpose on one form.",
                    "deny",
                    "42 CFR 2.31(d), (c)(2)",
                    edits={C + "purpose": [purpose, joined]},
                )
            )
            rows.append(
                vary(
                    base,
                    f"spec-{joined}",
                    "The same on a specific form.",
                    "deny",
                    "42 CFR 2.31(d), (c)(2)",
                    edits={C + "purpose": [joined, purpose], C + "kind": "specific"},
                )
            )
        for key_two, other_form in (
            ("tpo", tpo()),
            ("monitoring", consent([name], ["posc_monitoring"])),
            ("2.35", consent([name], ["criminal_justice_monitoring"], kind="criminal_justice")),
        ):
            rows.append(
                vary(
                    base,
                    f"only-{key_two}",
                    "A form for another purpose opens no proceeding.",
                    "deny",
                    "42 CFR 2.31(d), 2.12(d)(1)",
                    edits={"consents": [other_form]},
                )
            )
        rows.append(vary(base, "none", "No consent and no order.", "deny", "42 CFR 2.12(d)(1)", edits={"given.consents": []}))
        rows.append(
            vary(base, "plain", "It permits too when nothing says that it is against her.", "permit", against_patient=DROP, certainty="prudential")
        )
    return rows


ROWS = notes() + proceedings()
