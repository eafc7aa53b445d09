"""Subpart E (42 CFR 2.61 to 2.67): what a court order must find, name and limit."""

from __future__ import annotations

from tests.spec.disclosure.law.part2.forms import COURT, CPS, DROP, Row, ask, case, consent, holder, order, vary
from tests.spec.disclosure.law.part2.papers import ordered

PAPER = "orders.0."
SECRET = "part2.confidential_communications"
SCOPED = ("ORDER_SCOPE_ONLY", "SEAL")


def civil() -> list[Row]:
    main, against = "42 CFR 2.64", {"against_patient": True}
    rows = []
    for key, who, purpose, category, facts in (
        ("agency", "attorney", "dependency_proceeding", "part2.drug_screens", against),
        ("judge", "judge", "dependency_proceeding", "part2.attendance", against),
        ("hearing", "judge", "permanency_hearing", "part2.treatment_summary", against),
        ("follow", "cps", "child_abuse_followup", "part2.attendance", {}),
        ("monitor", "cps", "posc_monitoring", "part2.drug_screens", {}),
        ("safety", "cps", "safety_assessment", "part2.medication", {}),
    ):
        base = case(
            f"o64-{key}",
            "An order of 2.64 with its findings names recipient and information.",
            "permit",
            main,
            ask(who, category, purpose),
            orders=[order([category])],
            facts=facts,
            obligations=SCOPED,
        )
        others = ("-recipient", "-no-recipients") if who == "judge" else ()  # An issuing court need not name itself.
        rows += [
            base,
            *(one for one in ordered(base, main, category="part2.billing") if not one["id"].endswith(others)),
            vary(base, "no-notice", "Patient and holder had no notice.", "deny", "42 CFR 2.64(b)", edits={PAPER + "notice_given": False}),
            vary(base, "notice-silent", "Nothing tells of notice.", "deny", "42 CFR 2.64(b)", edits={PAPER + "notice_given": DROP}),
            vary(base, "no-chance", "They could not respond.", "deny", "42 CFR 2.64(b)", edits={PAPER + "opportunity_to_respond": False}),
            vary(
                base,
                "chance-silent",
                "Nothing tells of a chance to respond.",
                "deny",
                "42 CFR 2.64(b)",
                edits={PAPER + "opportunity_to_respond": DROP},
            ),
            vary(
                base, "father", "The order is about her record.", "deny", "42 CFR 2.31", edits={"request.subject": "other_parent", "given.orders": []}
            ),
            vary(
                base,
                "press",
                "The press is not among those who need it.",
                "deny",
                main,
                edits={"request": ask("press", category, "public_disclosure")},
            ),
            vary(base, "foster", "Nor is a foster parent.", "deny", main, edits={"request": ask("foster", category, "care_coordination")}),
            vary(
                base,
                "charge",
                "It is no order for a criminal charge.",
                "deny",
                "42 CFR 2.65",
                against_patient=True,
                edits={"request": ask("prosecutor", category, "criminal_proceeding"), PAPER + "recipients": ["County Prosecutor"]},
            ),
            vary(
                base,
                "extra-consent",
                "A form for others changes nothing.",
                "permit",
                edits={"consents": [consent(["County Library"], ["education"], id="C9")]},
            ),
        ]
    secret = case(
        "o63",
        "The order finds a threat that is suspected child abuse.",
        "permit",
        "42 CFR 2.63(a)(1), 2.64",
        ask("attorney", SECRET, "dependency_proceeding"),
        orders=[order([SECRET], ground_2_63="threat_child_abuse")],
        facts=against,
        obligations=SCOPED,
    )
    cps_order = order(["part2.attendance"], [CPS, COURT])
    held = holder(CPS, "cps_agency", "part2_via_specific")
    return [
        *rows,
        secret,
        *ordered(secret, main, category="part2.billing"),
        vary(secret, "no-ground", "It finds no ground of 2.63.", "deny", "42 CFR 2.63", edits={PAPER + "ground_2_63": None}),
        vary(secret, "ground-silent", "It is silent on 2.63.", "deny", "42 CFR 2.63", edits={PAPER + "ground_2_63": DROP}),
        vary(secret, "odd-ground", "It names a ground that 2.63 does not know.", "deny", "42 CFR 2.63", edits={PAPER + "ground_2_63": "convenience"}),
        vary(
            secret,
            "not-listed",
            "The ground is found; the scope is attendance.",
            "deny",
            "42 CFR 2.64(e)",
            edits={PAPER + "scope": ["part2.attendance"]},
        ),
        vary(
            secret,
            "full",
            "The whole record without a ground of 2.63.",
            "deny",
            "42 CFR 2.63",
            edits={PAPER + "scope": ["part2.full_record", SECRET], PAPER + "ground_2_63": None},
        ),
        case(
            "o64-held",
            "The order reaches what CPS holds.",
            "permit",
            main,
            ask("judge", "part2.attendance", "dependency_proceeding"),
            source=held,
            consents=[consent([CPS], ["posc_monitoring"])],
            orders=[cps_order],
            facts=against,
            obligations=SCOPED,
        ),
        case(
            "o64-held-none",
            "CPS files what it got for the plan.",
            "deny",
            "42 CFR 2.12(d)(1), 2.32",
            ask("judge", "part2.attendance", "dependency_proceeding"),
            source=held,
            consents=[consent([CPS], ["posc_monitoring"])],
            facts=against,
            obligations=(),
        ),
    ]


def criminal() -> list[Row]:
    main, against = "42 CFR 2.65", {"against_patient": True}
    paper = order(
        ["part2.drug_screens"],
        ["County Prosecutor", "City PD"],
        type="2.65",
        court="Common Pleas",
        extremely_serious_crime=True,
        substantial_value=True,
        holder_had_counsel_opportunity=True,
    )
    rows = []
    for who in ("prosecutor", "police"):
        base = case(
            f"o65-{who}",
            "An order of 2.65 with each of its findings.",
            "permit",
            main,
            ask(who, "part2.drug_screens", "criminal_proceeding"),
            orders=[paper],
            facts=against,
            obligations=SCOPED,
        )
        rows += [base, *ordered(base, main, category="part2.billing", criminal=True)]
        for key, cite in (("extremely_serious_crime", "(d)(1)"), ("substantial_value", "(d)(2)"), ("holder_had_counsel_opportunity", "(d)(5)")):
            rows.append(vary(base, f"no-{key}", "A finding of 2.65 was refused.", "deny", main + cite, edits={PAPER + key: False}))
            rows.append(vary(base, f"{key}-silent", "The order is silent on a finding of 2.65.", "deny", main + cite, edits={PAPER + key: DROP}))
        rows.append(vary(base, "as-2.64", "A civil order does not reach a criminal case.", "deny", main, edits={PAPER + "type": "2.64"}))
        rows.append(vary(base, "as-2.66", "An order against the program does not reach her.", "deny", "42 CFR 2.66", edits={PAPER + "type": "2.66"}))
        rows.append(
            vary(
                base,
                "dependency",
                "A criminal order is not for the dependency court.",
                "deny",
                "42 CFR 2.64",
                edits={"request.purpose": "dependency_proceeding"},
                certainty="prudential",
            )
        )
        rows.append(
            vary(
                base,
                "researcher",
                "An order may not reach what a researcher holds.",
                "deny",
                "42 CFR 2.62",
                obligations=(),
                edits={"source": holder("State University", "researcher", "part2_via_research", via="A1")},
            )
        )
        rows.append(
            vary(
                base,
                "auditor",
                "Nor what an auditor holds.",
                "deny",
                "42 CFR 2.62",
                obligations=(),
                edits={"source": holder("Eval Co", "auditor", "part2_via_audit", via="A1")},
            )
        )
    probe = case(
        "o66",
        "An order of 2.66 to look into the program.",
        "permit",
        "42 CFR 2.66",
        ask("mfcu", "part2.billing", "criminal_proceeding"),
        orders=[order(["part2.billing"], ["State AG MFCU"], type="2.66", court="Common Pleas")],
        facts={"target": "program", "against_patient": False},
        obligations=("ORDER_SCOPE_ONLY",),
    )
    held = holder("State AG MFCU", "state_oversight", "part2_via_2.66", via="O1")
    for who, purpose in (("prosecutor", "criminal_proceeding"), ("attorney", "dependency_proceeding"), ("police", "criminal_proceeding")):
        rows.append(
            vary(
                probe,
                f"onward-{who}",
                "What was found in the program is not used against a patient.",
                "deny",
                "42 CFR 2.66(d)(2), 2.12(d)(1)",
                obligations=(),
                edits={"source": held, "request": ask(who, "part2.billing", purpose)},
                against_patient=True,
            )
        )
    return [
        *rows,
        probe,
        vary(probe, "against-her", "The patient is the target.", "deny", "42 CFR 2.66", against_patient=True, target="patient"),
        vary(probe, "none", "There is no order.", "deny", "42 CFR 2.61", edits={"given.orders": []}),
        vary(
            probe,
            "scope",
            "It is for bills.",
            "deny",
            "42 CFR 2.66",
            edits={"request.category": "part2.full_record"},
            obligations=("ORDER_SCOPE_ONLY",),
        ),
        vary(probe, "recipient", "It names another agency.", "deny", "42 CFR 2.66", edits={PAPER + "recipients": ["Inspector General"]}),
        vary(probe, "ended", "It has ended.", "deny", "42 CFR 2.66", edits={PAPER + "expires": "2026-09-01"}),
        vary(probe, "later", "It is issued tomorrow.", "deny", "42 CFR 2.66", edits={PAPER + "issued": "2026-09-16"}),
        vary(probe, "no-balance", "No injury was weighed.", "deny", "42 CFR 2.66", edits={PAPER + "finding_balance": False}),
        vary(probe, "subpoena", "A subpoena is no order.", "deny", "42 CFR 2.61", edits={PAPER + "type": "subpoena"}),
    ]


ROWS = civil() + criminal()
