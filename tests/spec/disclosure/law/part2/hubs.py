"""42 CFR 2.31(a)(4)(ii), 2.24: intermediaries and exchanges; 2.31(a)(6): reliance."""

from __future__ import annotations

from tests.spec.disclosure.law.part2.forms import (
    CONSENTED,
    DROP,
    ELM,
    HUB,
    MERCY,
    OTP,
    Row,
    agreement,
    ask,
    case,
    consent,
    holder,
    tpo,
    vary,
)

C, TREATS = "consents.0.", {"treating_relationship": True}


def intermediaries() -> list[Row]:
    main = "42 CFR 2.31(a)(4)(ii)"
    form = consent(
        [HUB], ["treatment"], ["part2.medication"], intermediary=HUB, general_designation="participants with a treating provider relationship"
    )
    held = holder(HUB, "coordination_hub", "part2_via_intermediary")
    facts = {"treating_relationship": True, "participant": True}
    base = case(
        "hub",
        "The hub is named, and its treating participants are designated.",
        "permit",
        main,
        ask("ob", "part2.medication", "treatment"),
        source=held,
        consents=[form],
        facts=facts,
        obligations=(*CONSENTED, "INTERMEDIARY_LIST_2_24"),
    )
    to_hub = case(
        "to-hub",
        "The program tells the hub that the consent names.",
        "permit",
        main,
        ask("coordinator", "part2.medication", "treatment"),
        consents=[form],
        facts=facts,
        obligations=CONSENTED,
    )
    named = vary(
        base,
        "named",
        "A participant is named on the form.",
        "permit",
        edits={C + "recipients": [HUB, ELM], C + "general_designation": None},
        treating_relationship=False,
        certainty="prudential",
    )
    hie = case(
        "hie",
        "An exchange that is the program's associate moves what the single consent covers.",
        "permit",
        "42 CFR 2.11, 2.33(a)(2)",
        ask("hie", "part2.medication", "treatment"),
        consents=[tpo()],
        agreements=[agreement("BAA", [OTP, "StateHIE"]), agreement("QSOA", [OTP, "StateHIE"])],
        facts={"onward_recipient": MERCY, **TREATS},
        obligations=(*CONSENTED, "QSOA_TERMS"),
    )
    rows = [base, to_hub, named, hie]
    for who in ("hospital", "peds"):
        rows.append(vary(base, who, "Another treating participant.", "permit", edits={"request": ask(who, "part2.medication", "treatment")}))
    for who, why in (
        ("home", "treatment"),
        ("cps", "treatment"),
        ("casa", "treatment"),
        ("cps", "posc_monitoring"),
        ("judge", "dependency_proceeding"),
        ("employer", "employment"),
    ):
        rows.append(
            vary(
                base,
                f"to-{who}-{why}",
                "No treating provider relationship.",
                "deny",
                main,
                treating_relationship=False,
                obligations=(),
                edits={"request": ask(who, "part2.medication", why), C + "purpose": ["treatment", why]},
            )
        )
    for who in ("cps", "casa", "judge"):
        rows.append(
            vary(
                base,
                f"never-{who}",
                "A caseworker, a volunteer and a court never treat.",
                "deny",
                main,
                obligations=(),
                edits={"request": ask(who, "part2.medication", "treatment")},
            )
        )
    for one in (base, to_hub):
        rows += [
            vary(one, "revoked", "She revoked.", "deny", "42 CFR 2.31(a)(6)", edits={C + "revoked": "2026-09-01"}, obligations=()),
            vary(one, "ended", "It ended.", "deny", "42 CFR 2.31(a)(7)", edits={C + "expires": "2026-09-14"}, obligations=()),
            vary(one, "last-day", "It ends today.", "permit", edits={C + "expires": "2026-09-15"}),
            vary(
                one, "category", "It is for medication.", "deny", "42 CFR 2.31(a)(3)", edits={"request.category": "part2.diagnosis"}, obligations=()
            ),
            vary(one, "purpose", "It is for treatment.", "deny", "42 CFR 2.31(a)(5)", edits={"request.purpose": "research"}, obligations=()),
            vary(one, "none", "No consent.", "deny", "42 CFR 2.31", edits={"given.consents": []}, obligations=()),
            vary(one, "against-her", "Against her.", "deny", "42 CFR 2.12(d)(1)", against_patient=True, obligations=()),
            vary(
                one, "nameless", "It names no participant and designates none.", "deny", main, edits={C + "general_designation": None}, obligations=()
            ),
        ]
    return [
        *rows,
        vary(base, "not-treating", "The clinic does not treat her.", "deny", main, treating_relationship=False, obligations=()),
        vary(base, "treating-silent", "Nothing says that it does.", "deny", main, treating_relationship=DROP, obligations=()),
        vary(base, "stranger", "The clinic is no participant.", "deny", main, participant=False, obligations=()),
        vary(base, "participant-silent", "Nothing says that it is.", "deny", main, participant=DROP, obligations=()),
        vary(
            base,
            "everyone",
            "The designation is not limited to those who treat.",
            "deny",
            main,
            edits={C + "general_designation": "all participants"},
            obligations=(),
        ),
        vary(
            base,
            "other-hub",
            "It names another hub.",
            "deny",
            main,
            edits={C + "intermediary": "OtherNet", C + "recipients": ["OtherNet"]},
            obligations=(),
        ),
        vary(
            hie,
            "no-papers",
            "An exchange that is nobody's associate needs to be named.",
            "deny",
            main,
            edits={"given.agreements": []},
            obligations=(),
        ),
        vary(
            hie,
            "papers-ended",
            "Its papers ended.",
            "deny",
            main,
            edits={"agreements.0.end": "2026-09-01", "agreements.1.end": "2026-09-01"},
            obligations=(),
        ),
        vary(
            hie,
            "others",
            "Its papers are with another program.",
            "deny",
            main,
            edits={"agreements.0.parties": ["Summit Recovery", "StateHIE"], "agreements.1.parties": ["Summit Recovery", "StateHIE"]},
            obligations=(),
        ),
        vary(
            hie, "no-consent", "Its papers are no consent to tell the hospital.", "deny", "42 CFR 2.31", edits={"given.consents": []}, obligations=()
        ),
        vary(hie, "revoked", "She revoked.", "deny", "42 CFR 2.31(a)(6)", edits={C + "revoked": "2026-09-01"}, obligations=()),
    ]


def reliance() -> list[Row]:
    """2.31(a)(6): revocation does not undo what was done in reliance."""
    facts = {"reliance": True, "services_dates": "2026-08-01..2026-08-31"}
    base = case(
        "rely",
        "Services of before the revocation may still be billed.",
        "permit",
        "42 CFR 2.31(a)(6)",
        ask("plan", "part2.billing", "payment"),
        consents=[tpo(revoked="2026-09-01")],
        facts=facts,
        obligations=("NOTICE_2_32",),
        certainty="prudential",
    )
    return [
        base,
        vary(base, "not", "Nobody relied on it.", "deny", "42 CFR 2.31(a)(6)", reliance=False, obligations=()),
        vary(base, "silent", "Nothing says that anybody relied on it.", "deny", "42 CFR 2.31(a)(6)", reliance=DROP, obligations=()),
        vary(base, "after", "The services came after.", "deny", "42 CFR 2.31(a)(6)", services_dates="2026-09-02..2026-09-10", obligations=()),
        vary(
            base,
            "treatment",
            "Reliance pays bills; it opens no new treatment.",
            "deny",
            "42 CFR 2.31(a)(6)",
            edits={"request": ask("ob", "part2.medication", "treatment")},
            treating_relationship=True,
            obligations=(),
        ),
        vary(base, "cps", "Nor CPS.", "deny", "42 CFR 2.31", edits={"request": ask("cps", "part2.attendance", "posc_monitoring")}, obligations=()),
    ]


ROWS = intermediaries() + reliance()
