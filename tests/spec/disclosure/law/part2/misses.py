"""A denial names the rule that nearly permitted: restriction and emergency, accounting, criminal justice, drug monitoring, confidential words."""

from __future__ import annotations

from tests.spec.disclosure.law.part2.forms import CPS, DROP, MERCY, Row, ask, case, consent, order, tpo, vary

SECRET = "part2.confidential_communications"


def missed() -> list[Row]:
    urgent = case(
        "miss-urgent",
        "The restriction that it agreed to gives way in an emergency.",
        "permit",
        "42 CFR 2.26",
        ask("ed", "part2.medication", "emergency_treatment"),
        consents=[tpo()],
        facts={"emergency": True, "consent_obtainable": False, "restriction": {"to": MERCY, "agreed": True}},
        obligations=("EMERGENCY_DOC_2_51",),
    )
    holds = "Without an emergency the restriction holds."
    rows = [
        urgent,
        vary(urgent, "calm", holds, "deny", emergency=False, obligations=()),
        vary(urgent, "silent", holds, "deny", emergency=DROP, obligations=()),
        vary(urgent, "can-ask", holds, "deny", consent_obtainable=True, obligations=()),
        vary(urgent, "calm-as-2.51", "There is no emergency.", "deny", "42 CFR 2.51(a)", emergency=False, obligations=()),
    ]
    yields = "An emergency is treated, whichever word the asker writes."
    same = {"request.purpose": "treatment"}
    rows.append(vary(urgent, "treatment", yields, "permit", edits=same, treating_relationship=True, certainty="prudential"))
    cps = ask("cps", "part2.attendance", "posc_monitoring")
    free = "A restriction binds treatment, payment and operations; this is none of them."
    limit = {"restriction": {"to": CPS, "agreed": True}}
    said = ("NOTICE_2_32", "LIMIT_PURPOSE")
    paper = [consent([CPS], ["posc_monitoring"])]
    rows.append(case("miss-free", free, "permit", "42 CFR 2.31(a), 2.33(a)(1)", cps, consents=paper, facts=limit, obligations=said))
    bound = "It agreed, and this is treatment."
    treat = ask("hospital", "part2.medication", "treatment")
    known = {"restriction": {"to": MERCY, "agreed": True}, "treating_relationship": True}
    rows.append(case("miss-bound", bound, "deny", "42 CFR 2.26", treat, consents=[consent([MERCY], ["treatment"])], facts=known, obligations=()))
    watch = "criminal_justice_monitoring"
    form = consent(["Adult Probation"], [watch], kind="criminal_justice")
    condition = {"treatment_condition_of_criminal_disposition": True}
    for purpose in ("safety_assessment", "posc_monitoring", "employment", "child_abuse_followup", "care_coordination"):
        why = "Probation may use it for that matter only."
        request = ask("probation", "part2.attendance", purpose)
        rows.append(case(f"miss-cj-{purpose}", why, "deny", "42 CFR 2.35(d)", request, consents=[form], facts=condition, obligations=()))
    drug = consent(["State PDMP"], ["pdmp_reporting"], ["part2.medication"], kind="pdmp")
    for purpose in ("research", "public_health", "criminal_proceeding", "employment"):
        why = "The consent is for reporting to the monitoring program."
        request = ask("pdmp", "part2.medication", purpose)
        facts = {"state_law_requires_pdmp": True}
        rows.append(case(f"miss-pdmp-{purpose}", why, "deny", "42 CFR 2.36", request, consents=[drug], facts=facts, obligations=()))
    for who in ("father", "cps", "employer", "casa", "parent"):
        why = "The accounting is for the patient."
        request = ask(who, "part2.presence", "patient_access")
        rows.append(case(f"miss-count-{who}", why, "deny", "42 CFR 2.25", request, facts={"accounting_request": True}, obligations=()))
    for who, purpose in (("attorney", "dependency_proceeding"), ("judge", "dependency_proceeding"), ("prosecutor", "criminal_proceeding")):
        request = ask(who, SECRET, purpose)
        against = {"against_patient": True}
        why = "Confidential words open only to an order with a ground of 2.63."
        rows.append(case(f"miss-secret-{who}", why, "deny", "42 CFR 2.63", request, facts=against))
        paper = order([SECRET], [request["actor_org"]], type="subpoena")
        rows.append(case(f"miss-secret-subpoena-{who}", why, "deny", "42 CFR 2.63", request, orders=[paper], facts=against))
        narrow = order(["part2.attendance"], [request["actor_org"]], ground_2_63="threat_child_abuse")
        rows.append(case(f"miss-secret-narrow-{who}", why, "deny", "42 CFR 2.63", request, orders=[narrow], facts=against))
    return rows


ROWS = missed()
