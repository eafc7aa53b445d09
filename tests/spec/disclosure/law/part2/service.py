"""42 CFR 2.12(c)(3)-(4), 2.11: within the program, and qualified service organizations."""

from __future__ import annotations

from tests.spec.disclosure.law.part2.forms import DROP, OTP, Row, agreement, ask, case, holder, vary
from tests.spec.disclosure.law.part2.papers import agreed


def inside() -> list[Row]:
    main = "42 CFR 2.12(c)(3)"
    facts = {"same_program": True, "need_to_know": True}
    rows = []
    for category in ("part2.full_record", "part2.medication", "part2.attendance", "part2.drug_screens", "part2.diagnosis"):
        rows.append(
            case(
                f"inside-{category[6:]}",
                "Within the program, for those who need to know.",
                "permit",
                main,
                ask("nurse", category, "treatment"),
                facts=facts,
                obligations=("LIMIT_PURPOSE",),
            )
        )
    base = rows[0]
    control = vary(
        base,
        "control",
        "An entity with direct administrative control, for those who need to know.",
        "permit",
        edits={
            "given.facts": {"direct_administrative_control": True, "need_to_know": True},
            "request.actor_org": "Riverbend Health System",
            "request.actor_org_type": "hospital",
        },
    )
    return [
        *rows,
        control,
        vary(control, "no", "It has no direct administrative control.", "deny", main, direct_administrative_control=False),
        vary(control, "silent", "Nothing says that it controls the program.", "deny", main, direct_administrative_control=DROP),
        vary(control, "curious", "It controls, and nobody needs to know.", "deny", main, need_to_know=False),
        vary(base, "payment", "Billing staff of the program.", "permit", edits={"request.category": "part2.billing", "request.purpose": "payment"}),
        vary(base, "curious", "No need to know.", "deny", main, need_to_know=False),
        vary(base, "need-silent", "Nothing says that they need to know.", "deny", main, need_to_know=DROP),
        vary(base, "not-same", "Another program.", "deny", main, same_program=False, edits={"request.actor_org": "Summit Recovery"}),
        vary(
            base,
            "same-silent",
            "Another program, about which nothing is said.",
            "deny",
            main,
            same_program=DROP,
            edits={"request.actor_org": "Summit Recovery"},
        ),
        vary(
            base,
            "cps",
            "CPS is not within the program, whatever it needs.",
            "deny",
            main,
            edits={"request": ask("cps", "part2.full_record", "posc_monitoring")},
            same_program=False,
        ),
        vary(base, "employment", "Not for duties that arise from treatment.", "deny", main, edits={"request.purpose": "employment"}),
        vary(
            base,
            "against-her",
            "Used against her in a proceeding.",
            "deny",
            "42 CFR 2.12(d)(1)",
            against_patient=True,
            edits={"request.purpose": "criminal_proceeding"},
        ),
    ]


def service() -> list[Row]:
    """Qualified service organizations: they serve the program, and nobody else through it."""
    main, duties = "42 CFR 2.12(c)(4), 2.11", ("QSOA_TERMS", "NO_REDISCLOSURE")
    rows = []
    for key, who, name, category, purpose in (
        ("host", "vendor", "POSC Host", "part2.full_record", "system_operation"),
        ("lab", "lab", "Clear Lab", "part2.drug_screens", "qso_service"),
        ("skills", "skills", "Family Skills", "part2.attendance", "qso_service"),
        ("billing", "vendor", "POSC Host", "part2.billing", "qso_service"),
        ("counsel", "defender", "Public Defender", "part2.attendance", "qso_service"),
    ):
        request = ask(who, category, purpose)
        if key == "counsel":
            request |= {"actor_role": "program_counsel", "actor_org": "Program Counsel"}
            name = "Program Counsel"
        row = case(
            f"qso-{key}",
            "A live service agreement, and a service to the program.",
            "permit",
            main,
            request,
            agreements=[agreement("QSOA", [OTP, name])],
            obligations=duties if key == "host" else ("QSOA_TERMS",),
        )
        rows += [row, *agreed(row, "42 CFR 2.12(c)(4)", name)]
    host = rows[0]
    for out in ("posc_monitoring", "care_coordination", "employment", "public_disclosure", "safety_assessment"):
        rows.append(vary(host, f"for-{out}", "That is no service to the program.", "deny", "42 CFR 2.12(c)(4)", edits={"request.purpose": out}))
    for who in ("cps", "judge", "police", "probation", "employer", "casa"):
        request = ask(who, "part2.attendance", "qso_service")
        paper = [agreement("QSOA", [OTP, request["actor_org"]])]
        rows.append(
            case(
                f"qso-bypass-{who}",
                "No agreement makes CPS, a court or another outsider an arm of the program.",
                "deny",
                "42 CFR 2.11, 2.12(c)(4)",
                request,
                agreements=paper,
                certainty="prudential" if who in ("employer", "casa") else "black-letter",
            )
        )
    for who, purpose in (
        ("cps", "posc_monitoring"),
        ("cps", "child_abuse_followup"),
        ("home", "care_coordination"),
        ("ob", "treatment"),
        ("hospital", "treatment"),
        ("ei", "care_coordination"),
        ("landlord", "care_coordination"),
        ("tribe", "icwa_notice"),
    ):
        request = ask(who, "part2.attendance", purpose)
        rows.append(
            case(
                f"qso-bypass-{who}-{purpose}",
                "A service agreement is no channel to others.",
                "deny",
                "42 CFR 2.11, 2.12(c)(4)",
                request,
                agreements=[agreement("QSOA", [OTP, request["actor_org"]])],
                facts={"treating_relationship": True},
            )
        )
        for kind in ("MOU", "working_agreement", "BAA", "DUA"):
            rows.append(
                case(
                    f"paper-{who}-{purpose}-{kind}",
                    "Paper among agencies is no consent of the patient.",
                    "deny",
                    "42 CFR 2.31, 2.12(c)(4)",
                    request,
                    agreements=[agreement(kind, [OTP, request["actor_org"]])],
                    facts={"treating_relationship": True},
                )
            )
    baa = [agreement("BAA", [OTP, "POSC Host"])]
    held = holder("Family Skills", "parenting_provider", "part2_via_qso", via="A1")
    pair = [agreement("QSOA", [OTP, "Family Skills"], id="A1")]
    rows += [
        vary(
            host,
            "baa",
            "A business associate of a covered program is a service organization.",
            "permit",
            "42 CFR 2.11, 2.12(c)(4)",
            edits={"agreements": baa},
        ),
        vary(
            host,
            "baa-uncovered",
            "The program is no covered entity, so a business associate contract makes nobody anything.",
            "deny",
            "42 CFR 2.12(c)(4)",
            edits={"agreements": baa, "source.holder_is_covered_entity": False},
        ),
        vary(host, "against-her", "For use against her in a proceeding.", "deny", "42 CFR 2.12(d)(1)", against_patient=True),
        case(
            "qso-back",
            "The service organization may give back to its program.",
            "permit",
            "42 CFR 2.12(c)(4)",
            ask("nurse", "part2.attendance", "qso_service"),
            source=held,
            agreements=pair,
            obligations=(),
        ),
    ]
    for who, purpose in (
        ("cps", "posc_monitoring"),
        ("judge", "dependency_proceeding"),
        ("home", "care_coordination"),
        ("ob", "treatment"),
        ("police", "criminal_proceeding"),
        ("father", "care_coordination"),
        ("school", "education"),
        ("casa", "permanency_hearing"),
    ):
        rows.append(
            case(
                f"qso-onward-{who}",
                "A service organization gives nothing to third parties.",
                "deny",
                "42 CFR 2.12(c)(4), 2.11",
                ask(who, "part2.attendance", purpose),
                source=held,
                agreements=pair,
                facts={"treating_relationship": True},
                obligations=(),
            )
        )
    return rows


ROWS = inside() + service()
