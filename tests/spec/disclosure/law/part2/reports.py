"""42 CFR 2.12(c)(5)-(6): crimes on the premises and reports of suspected child abuse."""

from __future__ import annotations

from tests.spec.disclosure.law.part2.forms import CPS, DROP, MERCY, Row, ask, case, consent, holder, tpo, vary


def crime() -> list[Row]:
    main = "42 CFR 2.12(c)(5)"
    told = ["name", "address", "patient_status", "circumstances", "last_known_whereabouts"]
    base = case(
        "crime",
        "A crime on the premises: the five facts to the police.",
        "permit",
        main,
        ask("police", "part2.presence", "criminal_proceeding"),
        facts={"crime_on_premises": True, "limited_to": told},
        obligations=(),
    )
    rows = [base]
    for name in told:
        rows.append(vary(base, f"only-{name}", "One of the five facts.", "permit", limited_to=[name]))
    for extra in ("diagnosis", "medication", "drug_screens", "treatment_history"):
        rows.append(vary(base, f"with-{extra}", "More than the five facts.", "deny", main, limited_to=[*told, extra], obligations=()))
    for category in ("part2.diagnosis", "part2.medication", "part2.full_record", "part2.attendance", "part2.counseling_notes", "part2.drug_screens"):
        rows.append(
            vary(base, category, "The record is more than the five facts.", "deny", main, edits={"request.category": category}, obligations=())
        )
    for who in ("cps", "employer", "press", "casa", "father"):
        rows.append(
            vary(
                base,
                f"to-{who}",
                "Not law enforcement.",
                "deny",
                main,
                edits={"request": ask(who, "part2.presence", "criminal_proceeding")},
                obligations=(),
            )
        )
    return [
        *rows,
        vary(base, "elsewhere", "The crime was elsewhere.", "deny", main, crime_on_premises=False, obligations=()),
        vary(base, "silent", "No crime is spoken of.", "deny", main, crime_on_premises=DROP, obligations=()),
        vary(base, "suspect", "She is the suspect; 2.12(c)(5) is about her.", "permit", against_patient=True),
        vary(
            base,
            "lawful-holder",
            "Only the program reports crimes on its premises.",
            "deny",
            main,
            obligations=(),
            edits={"source": holder(CPS, "cps_agency", "part2_via_specific"), "consents": [consent([CPS], ["posc_monitoring"])]},
        ),
    ]


def report() -> list[Row]:
    main, ids = "42 CFR 2.12(c)(6)", {"report_under_state_law": True, "initial_report": True}
    base = case(
        "report",
        "The report of suspected abuse that state law asks for.",
        "permit",
        main,
        ask("cps", "part2.presence", "child_abuse_report_initial"),
        facts=ids,
        obligations=(),
    )
    rows = [base]
    for role in ("hotline_screener", "intake_screener", "investigator"):
        rows.append(vary(base, role, "The hotline takes the report.", "permit", edits={"request.actor_role": role}))
    for out in ("child_abuse_followup", "safety_assessment", "posc_monitoring", "dependency_proceeding", "care_coordination", "permanency_hearing"):
        rows.append(vary(base, f"for-{out}", "Only the report itself is free.", "deny", main, edits={"request.purpose": out}, initial_report=False))
        rows.append(vary(base, f"as-{out}", "The report is past; this is another purpose.", "deny", main, edits={"request.purpose": out}))
    for who in ("school", "home", "casa", "press", "foster", "employer", "landlord"):
        rows.append(
            vary(
                base,
                f"to-{who}",
                "Not the authority that state law names.",
                "deny",
                main,
                edits={"request": ask(who, "part2.presence", "child_abuse_report_initial")},
            )
        )
    for category in ("part2.treatment_summary", "part2.drug_screens", "part2.full_record", "part2.medication", "part2.attendance"):
        rows.append(
            vary(
                base,
                f"later-{category}",
                "The restrictions go on for the original record.",
                "deny",
                main,
                initial_report=False,
                edits={"request.category": category, "request.purpose": "child_abuse_followup"},
            )
        )
    told = consent([CPS], ["posc_monitoring"])
    hospital = holder(MERCY, "hospital", "part2_via_tpo", covered=True)
    return [
        *rows,
        vary(base, "not-initial", "It is not the first report.", "deny", main, initial_report=False),
        vary(base, "initial-silent", "Nothing says that it is the report.", "deny", main, initial_report=DROP),
        vary(base, "no-law", "State law asks for no report.", "deny", main, report_under_state_law=False),
        vary(base, "law-silent", "Nothing says that state law asks for it.", "deny", main, report_under_state_law=DROP),
        vary(
            base,
            "notification",
            "A notification under CAPTA is not a report.",
            "deny",
            main,
            edits={"request.purpose": "capta_notification", "given.facts": {"state_law_requires_identified_notification": True}},
            certainty="prudential",
        ),
        vary(
            base,
            "notification-paper",
            "Identified notification of what a program recorded.",
            "deny",
            main,
            edits={
                "request.category": "notif.capta_identified",
                "request.purpose": "capta_notification",
                "given.facts": {"state_law_requires_identified_notification": True, "report_under_state_law": False},
            },
            certainty="prudential",
        ),
        vary(
            base, "from-hospital", "A lawful holder reports too.", "permit", edits={"source": hospital, "consents": [tpo()]}, certainty="prudential"
        ),
        vary(
            base,
            "consented",
            "A later question with her consent.",
            "permit",
            "42 CFR 2.31, 2.33(a)(1)",
            edits={"request.purpose": "posc_monitoring", "request.category": "part2.attendance", "consents": [told]},
            initial_report=False,
            obligations=("NOTICE_2_32", "CONSENT_COPY_OR_SCOPE"),
        ),
    ]


ROWS = crime() + report()
