"""42 CFR 2.35, 2.36: criminal justice consents and prescription monitoring programs."""

from __future__ import annotations

from tests.spec.disclosure.law.part2.forms import CONSENTED, COURT, CPS, DROP, Row, ask, case, consent, holder, tpo, vary
from tests.spec.disclosure.law.part2.papers import formed, lived

C = "consents.0."


def justice() -> list[Row]:
    main, watch = "42 CFR 2.35", "criminal_justice_monitoring"
    form = consent(
        ["Adult Probation"], [watch], kind="criminal_justice", expires=None, expiry_event="final_disposition", revocable_after="final_disposition"
    )
    facts = {"treatment_condition_of_criminal_disposition": True, "final_disposition": None}
    base = case(
        "cj",
        "A criminal court made treatment a condition; probation monitors it.",
        "permit",
        main,
        ask("probation", "part2.attendance", watch),
        consents=[form],
        facts=facts,
        obligations=CONSENTED,
    )
    shaped = list(formed(base, near="Adult Probation Harbor County", category="part2.billing", purpose="employment")[:-1])
    held = holder("Adult Probation", "probation", "part2_via_2.35")
    rows = [base, *shaped]
    for who, purpose in (
        ("cps", "safety_assessment"),
        ("cps", "posc_monitoring"),
        ("judge", "dependency_proceeding"),
        ("employer", "employment"),
        ("home", "care_coordination"),
        ("casa", "permanency_hearing"),
        ("press", "public_disclosure"),
        ("landlord", "care_coordination"),
        ("father", "care_coordination"),
    ):
        rows.append(
            case(
                f"cj-onward-{who}-{purpose}",
                "Probation uses it for its own duties in that matter only.",
                "deny",
                "42 CFR 2.35(d)",
                ask(who, "part2.attendance", purpose),
                source=held,
                consents=[form],
                facts=facts,
                obligations=(),
            )
        )
    civil = case(
        "cj-civil",
        "A dependency court is civil: 2.35 never applies.",
        "deny",
        "42 CFR 2.35",
        ask("judge", "part2.attendance", "dependency_proceeding"),
        consents=[form | {"recipients": [COURT], "purpose": ["dependency_proceeding"]}],
        facts={"against_patient": True},
        obligations=(),
    )
    return [
        *rows,
        civil,
        vary(
            civil,
            "ftc",
            "Nor for the coordinator of a family treatment court.",
            "deny",
            edits={"request.actor_role": "ftc_coordinator", C + "revoked": "2026-09-01"},
        ),
        vary(
            civil,
            "cps",
            "Nor for CPS.",
            "deny",
            edits={"request": ask("cps", "part2.attendance", watch), C + "recipients": [CPS], C + "purpose": [watch]},
        ),
        vary(
            base,
            "no-condition",
            "Treatment is no condition of a criminal disposition.",
            "deny",
            main,
            treatment_condition_of_criminal_disposition=False,
        ),
        vary(base, "condition-silent", "Nothing says that it is.", "deny", main, treatment_condition_of_criminal_disposition=DROP),
        vary(
            base,
            "revoked-early",
            "She agreed to revoke only after final disposition, which has not come.",
            "permit",
            "42 CFR 2.35",
            edits={C + "revoked": "2026-09-01"},
        ),
        vary(
            base,
            "revoked-late",
            "Final disposition has come, and she revoked.",
            "deny",
            "42 CFR 2.35(c), 2.31(a)(6)",
            edits={C + "revoked": "2026-09-01", C + "expires": "2027-05-01", C + "expiry_event": DROP},
            final_disposition="2026-08-30",
        ),
        vary(
            base,
            "revocable",
            "A form that does not delay revocation.",
            "deny",
            "42 CFR 2.31(a)(6)",
            edits={C + "revoked": "2026-09-01", C + "revocable_after": DROP},
        ),
        vary(base, "disposed", "Final disposition has ended it.", "deny", "42 CFR 2.31(a)(7)", final_disposition="2026-09-01"),
        vary(base, "disposition-ahead", "Final disposition comes later.", "permit", final_disposition="2026-10-01"),
        vary(base, "dated", "It ends on a date.", "permit", edits={C + "expires": "2027-05-01", C + "expiry_event": DROP}),
        vary(base, "date-past", "Its date is past.", "deny", "42 CFR 2.31(a)(7)", edits={C + "expires": "2026-09-14", C + "expiry_event": DROP}),
        vary(base, "no-period", "It states no period.", "deny", "42 CFR 2.35(b)", edits={C + "expires": None, C + "expiry_event": DROP}),
        vary(
            base,
            "prosecutor",
            "A prosecutor who monitors is named.",
            "permit",
            edits={C + "recipients": ["County Prosecutor"], "request": ask("prosecutor", "part2.attendance", watch)},
        ),
        vary(
            base,
            "criminal-court",
            "The criminal court is named.",
            "permit",
            edits={C + "recipients": ["Common Pleas"], "request": ask("judge", "part2.attendance", watch, actor_org="Common Pleas")},
        ),
        vary(
            base,
            "charge",
            "Monitoring is no evidence for a new charge.",
            "deny",
            "42 CFR 2.35(d), 2.12(d)(1)",
            against_patient=True,
            edits={
                "request": ask("prosecutor", "part2.drug_screens", "criminal_proceeding"),
                C + "recipients": ["Adult Probation", "County Prosecutor"],
            },
        ),
    ]


def monitoring_programs() -> list[Row]:
    main = "42 CFR 2.36"
    base = case(
        "pdmp",
        "State law asks for it and she consented.",
        "permit",
        main,
        ask("pdmp", "part2.medication", "pdmp_reporting"),
        obligations=CONSENTED,
        consents=[consent(["State PDMP"], ["pdmp_reporting"], ["part2.medication"], kind="pdmp")],
        facts={"state_law_requires_pdmp": True},
    )
    return [
        base,
        *lived(base),
        *formed(base, near="State PDMP of Columbia", category="part2.attendance", purpose="research"),
        vary(base, "no-law", "State law does not ask for it.", "deny", main, state_law_requires_pdmp=False),
        vary(base, "law-silent", "Nothing says that state law asks.", "deny", main, state_law_requires_pdmp=DROP),
        vary(base, "law-only", "State law asks, and she did not consent.", "deny", main, edits={"given.consents": []}),
        vary(base, "tpo-only", "A single consent is not this consent.", "deny", main, edits={"consents": [tpo()]}),
        vary(
            base,
            "screens",
            "Screens are no medication dispensed.",
            "deny",
            main,
            edits={"request.category": "part2.drug_screens", C + "info": ["part2.drug_screens"]},
        ),
        vary(
            base,
            "to-police",
            "The police are not the monitoring program.",
            "deny",
            "42 CFR 2.31",
            edits={"request": ask("police", "part2.medication", "pdmp_reporting")},
        ),
    ]


ROWS = justice() + monitoring_programs()
