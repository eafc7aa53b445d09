"""42 CFR 2.31(a)(4)(i): a class of recipients is what its words say; nobody enters it by claiming to be in it."""

from __future__ import annotations

from tests.spec.disclosure.law.part2.forms import CPS, DROP, TPO_CLASS, Row, ask, case, consent, program, tpo, vary

MAIN = "42 CFR 2.31(a)(4)(i)"
CLAIM = {"actor_in_class": True, "treating_relationship": True}


def classes() -> list[Row]:
    team = case(
        "class-team",
        "The team at the agency is named as a class, and the asker is of it.",
        "permit",
        MAIN,
        ask("cps", "part2.attendance", "posc_monitoring"),
        consents=[consent([f"plan of safe care team at {CPS}"], ["posc_monitoring"])],
        facts={"actor_in_class": True},
        obligations=("NOTICE_2_32", "CONSENT_COPY_OR_SCOPE"),
    )
    rows = [team]
    elsewhere = "The class is the team at one agency, and another agency asks."
    for name in ("Harbor County Family Services", "Lake County Children Services", "Pine County Sheriff"):
        rows.append(
            vary(team, name.split()[0], elsewhere, "deny", edits={"request.actor_org": name}, obligations=()) | {"id": f"P-class-team-{name}"}
        )
    rows += [
        vary(team, "silent", "Nothing says that the asker is of the class.", "deny", actor_in_class=DROP, obligations=()),
        vary(team, "revoked", "She revoked.", "deny", "42 CFR 2.31(a)(6)", edits={"consents.0.revoked": "2026-09-01"}, obligations=()),
        vary(
            team, "category", "Bills are not on the form.", "deny", "42 CFR 2.31(a)(3)", edits={"request.category": "part2.billing"}, obligations=()
        ),
    ]
    stranger = "That is no treating provider, plan or payer, and helps no program to operate, whatever it claims."
    for who, purpose in (
        ("cps", "treatment"),
        ("casa", "treatment"),
        ("judge", "treatment"),
        ("employer", "payment"),
        ("police", "treatment"),
        ("school", "treatment"),
        ("landlord", "payment"),
        ("insurer", "payment"),
        ("press", "health_care_operations"),
        ("foster", "treatment"),
        ("probation", "treatment"),
    ):
        request = ask(who, "part2.medication", purpose)
        rows.append(case(f"class-tpo-{who}", stranger, "deny", "42 CFR 2.31(a)(4)", request, consents=[tpo()], facts=CLAIM, obligations=()))
        form = consent([TPO_CLASS], [purpose], ["part2.medication"])
        rows.append(case(f"class-spec-{who}", stranger, "deny", "42 CFR 2.31(a)(4)", request, consents=[form], facts=CLAIM, obligations=()))
    plain = program("Harbor Recovery", holder_is_covered_entity=False, provenance="part2_via_tpo", received_via="C1")
    named = "A single consent is for those who treat, pay or help to operate; CPS, courts and the like need a specific one."
    for who in ("cps", "judge", "police", "employer", "casa", "school", "probation"):
        request = ask(who, "part2.medication", "treatment")
        basis = "42 CFR 2.33(b)(2)"
        rows.append(case(f"class-onward-{who}", stranger, "deny", basis, request, source=plain, consents=[tpo()], facts=CLAIM, obligations=()))
        form = tpo(recipients=[request["actor_org"]])
        known = {"treating_relationship": True}
        basis = "42 CFR 2.31(a)(4)"
        row = case(f"class-named-{who}", named, "deny", basis, request, consents=[form], facts=known, obligations=(), certainty="prudential")
        rows.append(row)
    treats = case(
        "class-treats",
        "A specific consent names her treating providers as a class, and this clinic treats her.",
        "permit",
        MAIN,
        ask("ob", "part2.medication", "treatment"),
        consents=[consent(["my treating providers"], ["treatment"], ["part2.medication"])],
        facts=CLAIM,
        obligations=("NOTICE_2_32", "CONSENT_COPY_OR_SCOPE"),
    )
    return [
        *rows,
        treats,
        vary(treats, "known", "That it treats her puts it into the class.", "permit", actor_in_class=DROP, certainty="prudential"),
        vary(treats, "not", "It does not treat her.", "deny", treating_relationship=False, actor_in_class=False, obligations=()),
        vary(treats, "purpose", "For another purpose.", "deny", "42 CFR 2.31(a)(5)", edits={"request.purpose": "research"}, obligations=()),
    ]


ROWS = classes()
