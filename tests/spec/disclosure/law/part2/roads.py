"""Units of hospitals, the part of a plan that reveals treatment, and more ways by which a record came to its holder."""

from __future__ import annotations

from tests.spec.disclosure.law.part2.forms import (
    CONSENTED,
    CPS,
    HOME,
    HUB,
    MERCY,
    OTP,
    Row,
    agreement,
    ask,
    case,
    consent,
    holder,
    order,
    program,
    tpo,
    vary,
)

C = "consents.0."
UNIT = "Mercy Addiction Unit"
SEGMENT = "posc.plan_part2_segment"


def units() -> list[Row]:
    """A unit of a general hospital that holds itself out is a program; the labor floor beside it is not. A program may stand outside HIPAA."""
    rows = []
    unit = program(UNIT, holder_type="hospital")
    plain = program("Harbor Recovery", holder_is_covered_entity=False)
    for key, source in (("unit", unit), ("plain", plain)):
        name = source["holder"]
        form = consent([CPS], ["posc_monitoring"], discloser=name)
        told = case(
            f"{key}-cps",
            "A program is a program wherever it sits.",
            "permit",
            "42 CFR 2.31(a), 2.33(a)(1)",
            ask("cps", "part2.attendance", "posc_monitoring"),
            source=source,
            consents=[form],
            obligations=CONSENTED,
        )
        shared = case(
            f"{key}-ob",
            "The single consent.",
            "permit",
            "42 CFR 2.33(a)(2)",
            ask("ob", "part2.medication", "treatment"),
            source=source,
            consents=[tpo(discloser=name)],
            facts={"treating_relationship": True},
            obligations=CONSENTED,
        )
        paper = case(
            f"{key}-order",
            "An order of 2.64.",
            "permit",
            "42 CFR 2.64",
            ask("attorney", "part2.attendance", "dependency_proceeding"),
            source=source,
            orders=[order(["part2.attendance"])],
            facts={"against_patient": True},
            obligations=("ORDER_SCOPE_ONLY", "SEAL"),
        )
        urgent = case(
            f"{key}-er",
            "An emergency.",
            "permit",
            "42 CFR 2.51(a)",
            ask("ed", "part2.medication", "emergency_treatment"),
            source=source,
            facts={"emergency": True, "consent_obtainable": False},
            obligations=("EMERGENCY_DOC_2_51",),
        )
        report = case(
            f"{key}-report",
            "The report that state law asks for.",
            "permit",
            "42 CFR 2.12(c)(6)",
            ask("cps", "part2.presence", "child_abuse_report_initial"),
            source=source,
            facts={"report_under_state_law": True, "initial_report": True},
            obligations=(),
        )
        rows += [
            told,
            shared,
            paper,
            urgent,
            report,
            vary(told, "none", "No consent.", "deny", "42 CFR 2.31, 2.13(a)", edits={"given.consents": []}),
            vary(told, "otp", "The form names another program.", "deny", "42 CFR 2.31(a)(2)", edits={C + "discloser": OTP}),
            vary(shared, "none", "No consent.", "deny", "42 CFR 2.31", edits={"given.consents": []}),
            vary(shared, "labor", "The form names the labor floor as discloser.", "deny", "42 CFR 2.31(a)(2)", edits={C + "discloser": MERCY}),
            vary(paper, "none", "No order.", "deny", "42 CFR 2.12(d)(1)", edits={"given.orders": []}),
            vary(urgent, "calm", "No emergency.", "deny", "42 CFR 2.51(a)", emergency=False),
            vary(report, "later", "Not the report itself.", "deny", "42 CFR 2.12(c)(6)", initial_report=False),
        ]
    return rows


def segments() -> list[Row]:
    """The part of a plan that reveals treatment follows part 2 wherever the plan is."""
    rows = []
    form = consent([CPS, HOME], ["posc_monitoring"], [SEGMENT])
    base = case(
        "seg",
        "The program puts its part into the plan for those whom she named.",
        "permit",
        "42 CFR 2.31(a), 2.33(a)(1)",
        ask("home", SEGMENT, "posc_monitoring"),
        consents=[form],
        obligations=CONSENTED,
    )
    held = case(
        "seg-held",
        "CPS holds that part; the form lets it tell the home visitor.",
        "permit",
        "42 CFR 2.33",
        ask("home", SEGMENT, "posc_monitoring"),
        source=holder(CPS, "cps_agency", "part2_via_specific"),
        consents=[form | {"redisclosure_by": [CPS]}],
        obligations=("NOTICE_2_32", "CONSENT_COPY_OR_SCOPE"),
    )
    for one in (base, held):
        rows += [
            one,
            vary(one, "revoked", "She revoked.", "deny", "42 CFR 2.31(a)(6)", edits={C + "revoked": "2026-09-01"}, obligations=()),
            vary(one, "ended", "It ended.", "deny", "42 CFR 2.31(a)(7)", edits={C + "expires": "2026-09-14"}, obligations=()),
            vary(one, "none", "No form.", "deny", "42 CFR 2.31", edits={"given.consents": []}, obligations=()),
            vary(
                one,
                "core-only",
                "The form is for the core of the plan.",
                "deny",
                "42 CFR 2.31(a)(3)",
                edits={C + "info": ["posc.plan_core"]},
                obligations=(),
            ),
            vary(one, "against-her", "Against her.", "deny", "42 CFR 2.12(d)(1)", against_patient=True, obligations=()),
        ]
    for who, why in (
        ("foster", "care_coordination"),
        ("casa", "permanency_hearing"),
        ("father", "care_coordination"),
        ("press", "public_disclosure"),
        ("school", "education"),
        ("landlord", "care_coordination"),
        ("employer", "employment"),
    ):
        rows.append(
            vary(
                held,
                f"to-{who}",
                "That part of the plan stays out of their copy.",
                "deny",
                "42 CFR 2.12(d), 2.32",
                edits={"request": ask(who, SEGMENT, why)},
                obligations=("SEGMENT_EXCLUDE",),
            )
        )
    return rows


def roads() -> list[Row]:
    """More ways by which a record came to its holder."""
    rows = []
    treated = {"treating_relationship": True}
    came = consent([MERCY], ["treatment"], ["part2.medication"])
    hospital = holder(MERCY, "hospital", "part2_via_specific", covered=True)
    base = case(
        "road-specific",
        "A covered entity received for treatment by a specific consent.",
        "permit",
        "42 CFR 2.33(b)(1)",
        ask("peds", "part2.medication", "treatment"),
        source=hospital,
        consents=[came],
        facts=treated,
        obligations=("PROCEEDINGS_BAR",),
    )
    own = case(
        "road-own",
        "CPS tells a volunteer with a form that names CPS as discloser.",
        "permit",
        "42 CFR 2.31",
        ask("casa", "part2.attendance", "care_coordination"),
        source=holder(CPS, "cps_agency", "part2_via_specific"),
        obligations=CONSENTED,
        consents=[consent([CPS], ["posc_monitoring"]), consent(["County CASA"], ["care_coordination"], id="C2", discloser=CPS)],
    )
    hub = consent([HUB], ["treatment"], ["part2.medication"], intermediary=None)
    middle = holder(HUB, "coordination_hub", "part2_via_intermediary")
    for who, _kind, purpose in (("plan", "health_plan", "payment"), ("vendor", "software_vendor", "payment")):
        rows.append(
            case(
                f"road-plan-{who}",
                "A payer outside HIPAA passes it on without a contract.",
                "deny",
                "42 CFR 2.33(c)",
                ask(who, "part2.billing", purpose),
                source=holder("Township Fund", "state_oversight", "part2_via_payment"),
                consents=[consent(["Township Fund"], ["payment"], ["part2.billing"])],
                obligations=(),
            )
        )
    for who, why in (
        ("cps", "posc_monitoring"),
        ("casa", "permanency_hearing"),
        ("home", "care_coordination"),
        ("employer", "employment"),
        ("police", "criminal_proceeding"),
    ):
        rows.append(
            vary(
                base,
                f"to-{who}",
                "Outside treatment, payment and operations.",
                "deny",
                "42 CFR 2.33(b)(1)",
                edits={"request": ask(who, "part2.medication", why)},
                obligations=(),
            )
        )
        rows.append(
            case(
                f"road-medicaid-{who}",
                "A Medicaid agency that received under the single consent.",
                "deny",
                "42 CFR 2.33(b)(1)",
                ask(who, "part2.billing", why),
                obligations=(),
                source=holder("State Medicaid", "medicaid_agency", "part2_via_tpo", covered=True),
                consents=[tpo()],
            )
        )
    return [
        *rows,
        base,
        own,
        vary(
            base,
            "monitored",
            "It came for monitoring, not for treatment.",
            "deny",
            "42 CFR 2.33(b)",
            edits={C + "purpose": ["posc_monitoring"]},
            obligations=(),
        ),
        vary(base, "against-her", "Against her.", "deny", "42 CFR 2.12(d)(1)", against_patient=True, obligations=()),
        vary(own, "revoked", "She revoked the second form.", "deny", "42 CFR 2.31(a)(6)", edits={"consents.1.revoked": "2026-09-01"}, obligations=()),
        vary(
            own,
            "first-only",
            "Only the first form.",
            "deny",
            "42 CFR 2.12(d)(2)(i), 2.32",
            edits={"consents": [consent([CPS], ["posc_monitoring"])]},
            obligations=(),
        ),
        case(
            "road-hub-unnamed",
            "The form names a hub and neither calls it intermediary nor names or designates participants.",
            "deny",
            "42 CFR 2.31(a)(4)(ii)",
            ask("ob", "part2.medication", "treatment"),
            source=middle,
            consents=[hub],
            facts={**treated, "participant": True},
            obligations=(),
        ),
        case(
            "road-hub-tpo",
            "A hub that is nobody's associate stands on no single consent.",
            "deny",
            "42 CFR 2.31(a)(4)(ii)",
            ask("coordinator", "part2.medication", "treatment"),
            consents=[tpo()],
            facts=treated,
            obligations=(),
        ),
        case(
            "road-hie-baa",
            "A business associate of a covered program is no intermediary.",
            "permit",
            "42 CFR 2.11, 2.33(a)(2)",
            ask("hie", "part2.medication", "treatment"),
            consents=[tpo()],
            agreements=[agreement("BAA", [OTP, "StateHIE"])],
            facts={"onward_recipient": MERCY, **treated},
            obligations=CONSENTED,
        ),
    ]


ROWS = units() + segments() + roads()
