"""42 CFR 2.13, 2.23 to 2.25, 2.12(d)(2)(ii): silence about presence, and what the patient may ask or tell herself."""

from __future__ import annotations

from tests.spec.disclosure.law.part2.forms import CPS, DROP, ELM, FOUR, HUB, MERCY, Row, ask, case, consent, holder, order, program, vary


def presence() -> list[Row]:
    """2.13(c): neither confirm nor deny. 2.13(b): whoever asks and whatever he knows already."""
    rows = []
    for who, purpose in (
        ("employer", "employment"),
        ("landlord", "care_coordination"),
        ("father", "care_coordination"),
        ("police", "criminal_proceeding"),
        ("school", "education"),
        ("cps", "safety_assessment"),
        ("cps", "posc_monitoring"),
        ("casa", "permanency_hearing"),
        ("insurer", "insurance_underwriting"),
        ("press", "public_disclosure"),
        ("probation", "criminal_justice_monitoring"),
        ("foster", "care_coordination"),
        ("tribe", "icwa_notice"),
        ("judge", "dependency_proceeding"),
        ("prosecutor", "criminal_proceeding"),
        ("home", "care_coordination"),
        ("ei", "care_coordination"),
        ("ob", "treatment"),
        ("hospital", "treatment"),
        ("peds", "treatment"),
        ("plan", "payment"),
        ("hie", "treatment"),
        ("coordinator", "care_coordination"),
        ("researcher", "research"),
        ("health", "public_health"),
        ("pdmp", "pdmp_reporting"),
        ("parent", "payment"),
        ("defender", "legal_defense"),
    ):
        for category in ("part2.presence", "part2.attendance", "part2.treatment_summary", "part2.counseling_notes", "part2.full_record"):
            main = {"part2.presence": "42 CFR 2.13", "part2.counseling_notes": "42 CFR 2.31"}.get(category, "42 CFR 2.31, 2.13(a)")
            rows.append(
                case(
                    f"none-{who}-{purpose}-{category[6:]}",
                    "No consent, no order, no exception: the program neither confirms nor denies.",
                    "deny",
                    main,
                    ask(who, category, purpose),
                    facts={"treating_relationship": True},
                )
            )
    subpoena = order(["part2.presence", "part2.full_record"], ["City PD", "County Prosecutor", CPS], type="subpoena")
    for who, purpose in (("police", "criminal_proceeding"), ("prosecutor", "criminal_proceeding"), ("attorney", "dependency_proceeding")):
        rows.append(
            case(
                f"subpoena-{who}",
                "A subpoena alone opens nothing, even to one who knows already.",
                "deny",
                "42 CFR 2.13(b), 2.61",
                ask(who, "part2.presence", purpose),
                orders=[subpoena],
            )
        )
    general = program(MERCY, holder_type="hospital", holder_is_part2_program=False)
    desk = case(
        "directory",
        "A general hospital may say that she is there when that reveals no disorder.",
        "permit",
        "42 CFR 2.13(c)",
        ask("father", "part2.presence", "care_coordination", actor_role="caller"),
        source=general,
        facts={"directory_only": True, "reveals_sud": False},
        obligations=(),
    )
    return [
        *rows,
        desk,
        vary(desk, "reveals", "The answer reveals the disorder.", "deny", "42 CFR 2.13(c)", reveals_sud=True),
        vary(desk, "silent", "Nothing says what the answer reveals.", "deny", "42 CFR 2.13(c)", reveals_sud=DROP),
        vary(desk, "more", "More than the directory.", "deny", "42 CFR 2.13", directory_only=False, obligations=()),
        vary(desk, "program", "The site treats nothing else.", "deny", "42 CFR 2.13(c)", edits={"source": program()}),
        vary(
            desk,
            "record",
            "The directory holds no treatment.",
            "deny",
            "42 CFR 2.13",
            edits={"request.category": "part2.treatment_summary"},
            obligations=(),
        ),
    ]


def herself() -> list[Row]:
    access, duty = "42 CFR 2.23", ("VERIFY_164_514H",)
    rows = []
    for category in (*FOUR, "part2.full_record", "part2.diagnosis", "part2.billing", "part2.presence"):
        rows.append(
            case(
                f"self-{category[6:]}",
                "The patient needs no consent to see her own record.",
                "permit",
                access,
                ask("patient", category, "patient_access"),
                obligations=duty,
            )
        )
    base = rows[0]
    count = case(
        "count",
        "Her accounting of disclosures.",
        "permit",
        "42 CFR 2.25; 45 CFR 164.528",
        ask("patient", "part2.presence", "patient_access"),
        facts={"accounting_request": True},
        obligations=("ACCOUNT_2_25", "ACCOUNT_164_528", "VERIFY_164_514H"),
    )
    listed = case(
        "list",
        "Her list of those the intermediary told.",
        "permit",
        "42 CFR 2.24",
        ask("patient", "part2.presence", "patient_access"),
        source=holder(HUB, "coordination_hub", "part2_via_intermediary"),
        consents=[consent([HUB], ["treatment"], intermediary=HUB, general_designation="participants with a treating provider relationship")],
        facts={"request_in_writing": True, "lookback_years": 3},
        obligations=("INTERMEDIARY_LIST_2_24",),
    )
    return [
        *rows,
        count,
        listed,
        vary(
            base,
            "father",
            "She asks for the other parent's record.",
            "deny",
            "42 CFR 2.31",
            edits={"request.subject": "other_parent"},
            obligations=("SEGMENT_EXCLUDE",),
        ),
        vary(base, "by-father", "He asks for hers.", "deny", "42 CFR 2.31", edits={"request": ask("father", "part2.attendance", "patient_access")}),
        vary(base, "by-cps", "CPS is not the patient.", "deny", "42 CFR 2.31", edits={"request": ask("cps", "part2.attendance", "patient_access")}),
        vary(
            base,
            "by-employer",
            "An employer is not the patient.",
            "deny",
            "42 CFR 2.31",
            edits={"request": ask("employer", "part2.attendance", "patient_access")},
        ),
        vary(
            count,
            "father",
            "He asks for her accounting.",
            "deny",
            "42 CFR 2.31",
            edits={"request": ask("father", "part2.presence", "patient_access")},
        ),
        vary(listed, "spoken", "She did not ask in writing.", "deny", "42 CFR 2.24", request_in_writing=False, obligations=()),
        vary(listed, "long", "She asks for four years; the list goes back three.", "permit", lookback_years=4, certainty="prudential"),
    ]


def self_told() -> list[Row]:
    base = case(
        "told",
        "What she told her obstetrician is no record of a program.",
        "permit",
        "42 CFR 2.12(d)(2)(ii), 2.11",
        ask("hospital", "hipaa.ob_record", "treatment"),
        source=holder(ELM, "ob_clinic", "self_reported", covered=True, via=None),
        facts={"treating_relationship": True, "fact_source": "patient_told_non_part2_provider"},
        obligations=(),
    )
    bare = "42 CFR 2.31"
    return [
        base,
        vary(
            base,
            "medication",
            "The same fact as medication, from her own lips.",
            "permit",
            "42 CFR 2.12(d)(2)(ii)",
            certainty="prudential",
            edits={"request.category": "part2.medication"},
        ),
        vary(
            base,
            "from-program",
            "The same fact came from the program without a paper.",
            "deny",
            "42 CFR 2.12(d)",
            edits={"source.provenance": "part2_via_specific", "source.received_via": "C1", "request.category": "part2.medication"},
            obligations=(),
        ),
        vary(
            base,
            "program-itself",
            "The program's own record of it.",
            "deny",
            bare,
            edits={"source": program(), "request.category": "part2.medication"},
        ),
        vary(
            base,
            "to-home",
            "For coordination by one that treats nobody, without authorization.",
            "deny",
            "45 CFR 164.508",
            obligations=(),
            edits={"request": ask("home", "hipaa.ob_record", "employment")},
        ),
    ]


ROWS = presence() + herself() + self_told()
