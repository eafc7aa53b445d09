"""42 CFR 2.33(b)(3), (c), 2.12(d), 2.32, 2.34: lawful holders outside HIPAA."""

from __future__ import annotations

from tests.spec.disclosure.law.part2.forms import CPS, DROP, HOME, Row, agreement, ask, case, consent, holder, vary

C, TREATS = "consents.0.", {"treating_relationship": True}
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


def payers() -> list[Row]:
    """A lawful holder outside HIPAA that received for payment: to contractors bound in writing only (2.33(b)(3), (c))."""
    board, main = "County Behavioral Health Board", "42 CFR 2.33(c)"
    held = holder(board, "state_oversight", "part2_via_payment")
    base = case(
        "pay",
        "To a contractor for that payment, bound in writing to part 2.",
        "permit",
        "42 CFR 2.33(b)(3)",
        ask("vendor", "part2.billing", "payment", actor_role="claims_vendor", actor_org="PayCo"),
        source=held,
        consents=[consent([board], ["payment"], ["part2.billing"])],
        agreements=[agreement("2.33(c) contract", [board, "PayCo"])],
        obligations=("CONTRACT_2_33C",),
    )
    rows = [base]
    for out, why in (*OUTSIDE, ("ob", "treatment"), ("researcher", "research")):
        rows.append(
            vary(
                base,
                f"to-{out}-{why}",
                "No contractor for that payment.",
                "deny",
                "42 CFR 2.33(b)(3)",
                edits={"request": ask(out, "part2.billing", why)},
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
                edits={"request": ask(out, "part2.billing", why)},
                against_patient=True,
                obligations=(),
            )
        )
    for kind in ("MOU", "BAA", "QSOA", "DUA", "working_agreement", "audit_agreement"):
        rows.append(
            vary(base, kind, "That paper does not bind to part 2 as 2.33(c) asks.", "deny", main, edits={"agreements.0.type": kind}, obligations=())
        )
    return [
        *rows,
        vary(base, "none", "No contract.", "deny", main, edits={"given.agreements": []}, obligations=()),
        vary(base, "ended", "The contract ended.", "deny", main, edits={"agreements.0.end": "2026-09-14"}, obligations=()),
        vary(base, "later", "The contract starts tomorrow.", "deny", main, edits={"agreements.0.start": "2026-09-16"}, obligations=()),
        vary(base, "others", "The contract is with another.", "deny", main, edits={"agreements.0.parties": [board, "OtherPay"]}, obligations=()),
        vary(
            base,
            "other-board",
            "The contract is another holder's.",
            "deny",
            main,
            edits={"agreements.0.parties": ["Lake Board", "PayCo"]},
            obligations=(),
        ),
        vary(base, "treatment", "The contractor for treatment.", "deny", "42 CFR 2.33(b)(3)", edits={"request.purpose": "treatment"}, obligations=()),
        vary(
            base,
            "monitoring",
            "The contractor for monitoring.",
            "deny",
            "42 CFR 2.33(b)(3)",
            edits={"request.purpose": "posc_monitoring"},
            obligations=(),
        ),
        vary(base, "chart", "The contractor for the chart.", "deny", "42 CFR 2.33", edits={"request.category": "part2.full_record"}, obligations=()),
        vary(
            base,
            "extra",
            "A form for others changes nothing.",
            "permit",
            edits={"consents": [consent([board], ["payment"], ["part2.billing"]), consent(["County Library"], ["education"], id="C9")]},
        ),
    ]


def uncovered() -> list[Row]:
    """CPS, a school, a home visitor, a court or a volunteer that received by consent: only as the consent expressly permits."""
    main, rows = "42 CFR 2.12(d)(2)(i), 2.32, 2.33(b)", []
    for key, name, kind, purpose in (
        ("cps", CPS, "cps_agency", "posc_monitoring"),
        ("school", "Oak Elementary", "school", "education"),
        ("wic", "County WIC", "wic", "care_coordination"),
        ("ei", "Early Steps EI", "early_intervention", "care_coordination"),
        ("skills", "Family Skills", "parenting_provider", "care_coordination"),
    ):
        held, form = holder(name, kind, "part2_via_specific"), consent([name], [purpose])
        for out, why in (
            *OUTSIDE,
            ("hospital", "treatment"),
            ("ob", "treatment"),
            ("plan", "payment"),
            ("tribe", "icwa_notice"),
            ("researcher", "research"),
            ("health", "public_health"),
        ):
            if ask(out, "", "")["actor_org"] == name or (key, out) in (("cps", "father"), ("school", "father")):
                continue
            rows.append(
                case(
                    f"held-{key}-{out}-{why}",
                    "They hold it by a consent that names nobody else.",
                    "deny",
                    main,
                    ask(out, "part2.attendance", why),
                    source=held,
                    consents=[form],
                    facts=TREATS,
                    obligations=("SEGMENT_EXCLUDE",) if out in ("foster", "press") else (),
                )
            )
        for out, why in COURTS:
            if ask(out, "", "")["actor_org"] != name:
                rows.append(
                    case(
                        f"held-{key}-against-{out}-{why}",
                        "What came for another purpose is no evidence against her.",
                        "deny",
                        "42 CFR 2.12(d)(1), 2.32",
                        ask(out, "part2.treatment_summary", why),
                        source=held,
                        consents=[form],
                        facts={"against_patient": True},
                        obligations=(),
                    )
                )
        both = consent([name, HOME], [purpose, "care_coordination"], redisclosure_by=[name])
        named = case(
            f"held-{key}-named",
            "The consent expressly lets them tell the home visitor.",
            "permit",
            "42 CFR 2.33",
            ask("home", "part2.attendance", "care_coordination"),
            source=held,
            consents=[both],
            obligations=("NOTICE_2_32", "CONSENT_COPY_OR_SCOPE", "LIMIT_PURPOSE"),
        )
        rows += [
            named,
            vary(named, "by-other", "It lets another redisclose.", "deny", main, edits={C + "redisclosure_by": ["County Library"]}, obligations=()),
            vary(named, "by-nobody", "It lets nobody redisclose.", "deny", main, edits={C + "redisclosure_by": []}, obligations=()),
            vary(named, "by-silent", "It is silent on redisclosure.", "deny", main, edits={C + "redisclosure_by": DROP}, obligations=()),
            vary(named, "not-named", "It does not name the home visitor.", "deny", main, edits={C + "recipients": [name]}, obligations=()),
            vary(named, "revoked", "She revoked.", "deny", "42 CFR 2.31(a)(6)", edits={C + "revoked": "2026-09-01"}, obligations=()),
            vary(named, "ended", "It ended.", "deny", "42 CFR 2.31(a)(7)", edits={C + "expires": "2026-09-14"}, obligations=()),
            vary(named, "last-day", "It ends today.", "permit", edits={C + "expires": "2026-09-15"}),
            vary(
                named,
                "category",
                "It is for four parts.",
                "deny",
                "42 CFR 2.31(a)(3)",
                edits={"request.category": "part2.full_record"},
                obligations=(),
            ),
            vary(named, "purpose", "Another purpose.", "deny", "42 CFR 2.31(a)(5)", edits={"request.purpose": "research"}, obligations=()),
            vary(named, "against-her", "Against her.", "deny", "42 CFR 2.12(d)(1)", against_patient=True, obligations=()),
        ]
    registry = holder("Methadone Central Registry", "state_oversight", "part2_via_2.34")
    for out, why in (
        ("cps", "posc_monitoring"),
        ("police", "criminal_proceeding"),
        ("employer", "employment"),
        ("casa", "permanency_hearing"),
        ("home", "care_coordination"),
    ):
        rows.append(
            case(
                f"registry-{out}",
                "A central registry tells member programs only.",
                "deny",
                "42 CFR 2.34",
                ask(out, "part2.presence", why),
                source=registry,
                consents=[consent(["Methadone Central Registry"], ["treatment"], ["part2.presence", "part2.medication"])],
                obligations=(),
            )
        )
    return rows


ROWS = payers() + uncovered()
