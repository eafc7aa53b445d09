"""42 CFR 2.14, 2.15: minors, incapacity and death."""

from __future__ import annotations

from tests.spec.disclosure.law.part2.forms import CONSENTED, CPS, DROP, ELM, PLAN, Row, ask, case, consent, vary
from tests.spec.disclosure.law.part2.papers import lived

C = "consents.0."


def young() -> list[Row]:
    alone = {"patient_age": 17, "minor_may_consent_alone": True}
    both = {"patient_age": 15, "minor_may_consent_alone": False}
    told = consent([ELM], ["treatment"], ["part2.medication"])
    base = case(
        "minor",
        "The state lets her consent alone.",
        "permit",
        "42 CFR 2.14",
        ask("ob", "part2.medication", "treatment"),
        consents=[told],
        facts=alone,
        obligations=CONSENTED,
    )
    pair = case(
        "minor-both",
        "The state asks for a parent: both signed.",
        "permit",
        "42 CFR 2.14",
        ask("ob", "part2.medication", "treatment"),
        consents=[told | {"cosigner": "parent"}],
        facts=both,
        obligations=CONSENTED,
    )
    parent = case(
        "minor-parent",
        "Her parent asks, and she has not consented.",
        "deny",
        "42 CFR 2.14",
        ask("parent", "part2.attendance", "payment"),
        facts=alone,
    )
    threat = case(
        "minor-threat",
        "She lacks capacity, and telling a parent lessens a substantial threat to life.",
        "permit",
        "42 CFR 2.14(c)",
        ask("parent", "part2.presence", "emergency_treatment"),
        obligations=("LIMIT_PURPOSE",),
        facts={"patient_age": 15, "minor_applicant": True, "director_capacity_finding": True, "substantial_threat": True},
    )
    rows = [base, pair, parent, threat, *lived(base, ends=False), *lived(pair, ends=False)]
    for category in ("part2.presence", "part2.billing", "part2.full_record"):
        rows.append(vary(parent, category, "Even for the bill.", "deny", edits={"request.category": category}))
    for who in ("school", "father", "foster", "cps", "police"):
        rows.append(
            vary(
                threat,
                f"to-{who}",
                "It is a parent that may be told.",
                "deny",
                "42 CFR 2.14(c)",
                edits={"request": ask(who, "part2.presence", "emergency_treatment")},
            )
        )
    return [
        *rows,
        vary(base, "parent-signed", "Her parent signed in her place.", "deny", "42 CFR 2.14", edits={C + "signer": "guardian"}),
        vary(base, "cosigned", "A second signature does no harm.", "permit", edits={C + "cosigner": "parent"}),
        vary(base, "not-alone", "The state asks for a parent, and none signed.", "deny", "42 CFR 2.14", minor_may_consent_alone=False),
        vary(base, "state-silent", "Nothing says that the state lets her sign alone.", "deny", "42 CFR 2.14", minor_may_consent_alone=DROP),
        vary(
            base,
            "cosigner-null",
            "The state asks for a parent; the second line is empty.",
            "deny",
            "42 CFR 2.14",
            minor_may_consent_alone=False,
            cosigner_parent=None,
        ),
        vary(base, "of-age", "At eighteen she signs alone.", "permit", "42 CFR 2.31, 2.33(a)(1)", patient_age=18, minor_may_consent_alone=False),
        vary(pair, "parent-only", "Only the parent signed.", "deny", "42 CFR 2.14", edits={C + "signer": "guardian"}),
        vary(pair, "friend", "A friend signed beside her.", "deny", "42 CFR 2.14", edits={C + "cosigner": "friend"}),
        vary(pair, "alone", "She signed alone.", "deny", "42 CFR 2.14", edits={C + "cosigner": DROP}),
        vary(threat, "no-finding", "The director found nothing about capacity.", "deny", "42 CFR 2.14(c)", director_capacity_finding=False),
        vary(threat, "finding-silent", "Nothing says that he did.", "deny", "42 CFR 2.14(c)", director_capacity_finding=DROP),
        vary(threat, "no-threat", "No substantial threat.", "deny", "42 CFR 2.14(c)", substantial_threat=False),
        vary(threat, "threat-silent", "No threat is spoken of.", "deny", "42 CFR 2.14(c)", substantial_threat=DROP),
        vary(
            threat,
            "record",
            "The chart is more than what lessens the threat.",
            "deny",
            "42 CFR 2.14(c)",
            edits={"request.category": "part2.full_record"},
            certainty="prudential",
        ),
        vary(threat, "adult", "She is of age.", "deny", "42 CFR 2.14", patient_age=30),
    ]


def without_capacity() -> list[Row]:
    told = consent([CPS], ["posc_monitoring"], signer="guardian")
    guard = case(
        "guardian",
        "A court found incapacity; the guardian signs.",
        "permit",
        "42 CFR 2.15(a)(1)",
        ask("cps", "part2.attendance", "posc_monitoring"),
        consents=[told],
        facts={"adjudicated_incapacity": True, "guardian_appointed": True},
        obligations=CONSENTED,
    )
    bill = case(
        "director",
        "She cannot act now; the director may consent for payment.",
        "permit",
        "42 CFR 2.15(a)(2)",
        ask("plan", "part2.billing", "payment"),
        consents=[consent([PLAN], ["payment"], ["part2.billing"], signer="program_director")],
        obligations=("NOTICE_2_32", "CONSENT_COPY_OR_SCOPE", "ACCOUNT_2_25"),
        facts={"adjudicated_incapacity": False, "director_incapacity_determination": True},
    )
    dead = case(
        "dead",
        "The executor consents for the dead.",
        "permit",
        "42 CFR 2.15(b)(2)",
        ask("cps", "part2.treatment_summary", "fatality_review"),
        consents=[consent([CPS], ["fatality_review"], signer="executor")],
        facts={"patient_deceased": True, "personal_representative": "executor"},
        obligations=CONSENTED,
    )
    cause = case(
        "cause",
        "A law on causes of death lets the coroner ask.",
        "permit",
        "42 CFR 2.15(b)(1)",
        ask("health", "part2.treatment_summary", "fatality_review", actor_role="coroner", actor_org="County Coroner"),
        facts={"patient_deceased": True, "cause_of_death_inquiry_law": True},
        obligations=(),
    )
    spouse = {C + "signer": "other_parent"}
    widow = {"given.facts": {"patient_deceased": True, "surviving_spouse": True}}
    rows = [guard, bill, dead, cause, *lived(guard), *lived(dead)]
    for purpose, who in (("treatment", "ob"), ("posc_monitoring", "cps"), ("care_coordination", "home")):
        name = {"ob": ELM, "cps": CPS, "home": "Bright Start Home Visiting"}[who]
        rows.append(
            vary(
                bill,
                f"for-{purpose}",
                "The director may consent for payment only.",
                "deny",
                "42 CFR 2.15(a)(2)",
                edits={
                    "consents": [consent([name], [purpose], ["part2.medication"], signer="program_director")],
                    "request": ask(who, "part2.medication", purpose),
                },
            )
        )
    return [
        *rows,
        vary(guard, "not-found", "No court found incapacity.", "deny", "42 CFR 2.15(a)", adjudicated_incapacity=False),
        vary(guard, "silent", "Nothing says that a court did.", "deny", "42 CFR 2.15(a)", adjudicated_incapacity=DROP),
        vary(guard, "not-appointed", "Nobody was appointed.", "deny", "42 CFR 2.15(a)", guardian_appointed=False),
        vary(guard, "grandmother", "Her mother, whom no court appointed.", "deny", "42 CFR 2.15(a)", edits={C + "signer": "grandmother"}),
        vary(
            guard,
            "herself",
            "She signed after the court found incapacity.",
            "deny",
            "42 CFR 2.15(a)",
            edits={C + "signer": "mother"},
            certainty="prudential",
        ),
        vary(guard, "director", "The director for monitoring.", "deny", "42 CFR 2.15(a)", edits={C + "signer": "program_director"}),
        vary(guard, "against-her", "Used against her.", "deny", "42 CFR 2.12(d)(1)", against_patient=True),
        vary(bill, "not-determined", "He determined nothing.", "deny", "42 CFR 2.15(a)(2)", director_incapacity_determination=False),
        vary(bill, "silent", "Nothing says that he did.", "deny", "42 CFR 2.15(a)(2)", director_incapacity_determination=DROP),
        vary(bill, "adjudicated", "A court found incapacity, so her representative consents.", "deny", "42 CFR 2.15(a)", adjudicated_incapacity=True),
        vary(dead, "alive", "She lives.", "deny", "42 CFR 2.31(a)(8)", patient_deceased=False),
        vary(dead, "not-named", "Nobody is her representative.", "deny", "42 CFR 2.15(b)(2)", personal_representative=DROP),
        vary(dead, "friend", "A friend signed.", "deny", "42 CFR 2.15(b)(2)", edits={C + "signer": "friend"}),
        vary(
            dead, "spouse-first", "The spouse signed though there is an executor.", "deny", "42 CFR 2.15(b)(2)", edits=spouse, surviving_spouse=True
        ),
        vary(dead, "spouse", "There is no executor; the spouse signs.", "permit", edits=widow | spouse),
        vary(
            dead,
            "family",
            "No executor and no spouse; a responsible relative signs.",
            "permit",
            edits={"given.facts": {"patient_deceased": True}, C + "signer": "grandmother"},
            certainty="prudential",
        ),
        vary(
            dead,
            "family-second",
            "A relative signed though there is a spouse.",
            "deny",
            "42 CFR 2.15(b)(2)",
            edits=widow | {C + "signer": "grandmother"},
        ),
        vary(dead, "none", "Death alone opens nothing.", "deny", "42 CFR 2.15(b)", edits={"given.consents": []}),
        vary(cause, "alive", "She lives.", "deny", "42 CFR 2.15(b)", patient_deceased=False),
        vary(cause, "no-law", "No such law.", "deny", "42 CFR 2.15(b)", cause_of_death_inquiry_law=False),
        vary(cause, "silent", "No law is spoken of.", "deny", "42 CFR 2.15(b)", cause_of_death_inquiry_law=DROP),
        vary(
            cause,
            "press",
            "The press is no coroner.",
            "deny",
            "42 CFR 2.15(b)",
            edits={"request": ask("press", "part2.treatment_summary", "public_disclosure")},
        ),
        case(
            "infant-dead",
            "The infant died; the mother lives.",
            "deny",
            "42 CFR 2.31, 2.13(a)",
            obligations=(),
            facts={"infant_deceased": True, "patient_deceased": False},
            request=ask(
                "cps",
                "part2.full_record",
                "fatality_review",
                actor_org_type="review_panel",
                actor_role="panel_member",
                actor_org="Child Fatality Review Board",
            ),
        ),
    ]


ROWS = young() + without_capacity()
