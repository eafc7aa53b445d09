"""42 CFR 2.31: what a specific consent may look like and still hold; forms of before the 2024 rule."""

from __future__ import annotations

from tests.spec.disclosure.law.part2.forms import CONSENTED, CPS, DROP, ELM, HOME, MERCY, Row, ask, case, consent, vary
from tests.spec.disclosure.law.part2.papers import lived

MONITOR = "posc_monitoring"
ALL = "42 CFR 2.31(a), 2.33(a)(1)"
BOUND = (*CONSENTED, "NO_REDISCLOSURE", "PROCEEDINGS_BAR")


def shapes() -> list[Row]:
    """What a specific consent may look like and still hold, or no longer."""
    c = "consents.0."
    base = case(
        "shape",
        "A specific consent.",
        "permit",
        ALL,
        ask("cps", "part2.attendance", MONITOR),
        consents=[consent([CPS], [MONITOR])],
        obligations=BOUND,
    )
    klass = vary(
        base,
        "class",
        "A class names the recipient, and the asker is of it.",
        "permit",
        "42 CFR 2.31(a)(4)(i)",
        actor_in_class=True,
        edits={c + "recipients": [f"plan of safe care team at {CPS}"]},
        obligations=CONSENTED,
    )
    clinic = case(
        "shape-ce",
        "A clinic is named for treatment.",
        "permit",
        ALL,
        ask("ob", "part2.medication", "treatment"),
        consents=[consent([ELM], ["treatment"])],
        obligations=CONSENTED,
    )
    half = consent([CPS], ["care_coordination"], id="C2")
    none = {c + "expires": None, c + "expiry_event": "none"}
    father = {c + "patient": "other_parent", c + "signer": "other_parent", "request.subject": "other_parent"}
    title = {c + "kind": "hipaa_authorization"}
    return [
        base,
        klass,
        clinic,
        vary(klass, "out", "The asker is not of the class.", "deny", "42 CFR 2.31(a)(4)(i)", actor_in_class=False),
        vary(klass, "silent", "Nothing says that the asker is of the class.", "deny", "42 CFR 2.31(a)(4)(i)", actor_in_class=DROP),
        vary(
            base,
            "redisclosure-silent",
            "The statement of 2.31(a)(4)(iii) is for covered entities.",
            "permit",
            edits={c + "statements.hipaa_redisclosure_statement": False},
        ),
        vary(base, "a10i", "2.31(a)(10) is for the single consent only.", "permit", edits={c + "statements.may_be_redisclosed": False}),
        vary(base, "a10ii", "2.31(a)(10) is for the single consent only.", "permit", edits={c + "statements.refusal_consequences": False}),
        vary(base, "only-right", "The one statement that each form needs is there.", "permit", edits={c + "statements": {"revocation_right": True}}),
        vary(
            clinic,
            "a4iii",
            "For treatment by a covered entity the form must tell of redisclosure.",
            "deny",
            "42 CFR 2.31(a)(4)(iii), (c)(2)",
            edits={c + "statements.hipaa_redisclosure_statement": False},
        ),
        vary(clinic, "none", "For treatment 'none' is end enough.", "permit", "42 CFR 2.31(a)(7), 2.33(a)(1)", edits=none, certainty="prudential"),
        vary(base, "none", "'None' is no end outside treatment, payment and operations.", "deny", "42 CFR 2.31(a)(7), (c)(2)", edits=none),
        vary(base, "full", "The whole record was named, and attendance is part of it.", "permit", edits={c + "info": ["part2.full_record"]}),
        vary(
            base,
            "whole",
            "A summary was named and the chart is asked for.",
            "deny",
            "42 CFR 2.31(a)(3), 2.13(a)",
            edits={c + "info": ["part2.treatment_summary"], "request.category": "part2.full_record"},
            obligations=("LIMIT_PURPOSE",),
        ),
        vary(
            base,
            "four-no-full",
            "Four parts are not the whole chart.",
            "deny",
            "42 CFR 2.31(a)(3), 2.13(a)",
            edits={"request.category": "part2.full_record"},
            obligations=("LIMIT_PURPOSE",),
        ),
        vary(
            base,
            "vague",
            "'All medical records' does not describe treatment records.",
            "deny",
            "42 CFR 2.31(a)(3)",
            edits={c + "info": ["all medical records"]},
        ),
        vary(
            base,
            "title",
            "Its title is another; its substance has every element.",
            "permit",
            "42 CFR 2.31(a)",
            edits=title,
            obligations=CONSENTED,
            certainty="prudential",
        ),
        vary(
            base,
            "title-vague",
            "A general authorization is not sufficient.",
            "deny",
            "42 CFR 2.31",
            edits=title | {c + "info": ["all medical records"]},
        ),
        vary(
            base,
            "title-no-right",
            "A general authorization without the right to revoke.",
            "deny",
            "42 CFR 2.31(a)(6)",
            edits=title | {c + "statements.revocation_right": False},
        ),
        vary(base, "father", "The other parent consents to his own record.", "permit", edits=father),
        vary(base, "father-by-her", "She signs for the other parent.", "deny", "42 CFR 2.31(a)(8)", edits=father | {c + "signer": "mother"}),
        vary(base, "father-of-her", "He signs for her.", "deny", "42 CFR 2.31(a)(8)", edits={c + "signer": "other_parent"}),
        vary(
            base,
            "two-live",
            "One form is revoked, the other lives.",
            "permit",
            edits={"consents": [consent([CPS], [MONITOR], revoked="2026-08-01"), consent([CPS], [MONITOR], id="C2")]},
        ),
        vary(
            base,
            "two-dead",
            "One is revoked and the other has ended.",
            "deny",
            "42 CFR 2.31(a)(6)",
            edits={"consents": [consent([CPS], [MONITOR], revoked="2026-08-01"), consent([CPS], [MONITOR], id="C2", expires="2026-09-01")]},
        ),
        vary(
            base,
            "two-halves",
            "One form has the information, the other the purpose.",
            "deny",
            "42 CFR 2.31(a)(3)",
            edits={"consents": [consent([CPS], [MONITOR], ["part2.medication"]), half]},
        ),
        vary(
            base,
            "renewed",
            "Revoked, and signed anew.",
            "permit",
            edits={"consents": [consent([CPS], [MONITOR], revoked="2026-08-01"), consent([CPS], [MONITOR], id="C2", signed="2026-08-15")]},
        ),
        vary(base, "two-names", "Two recipients stand on the form.", "permit", edits={c + "recipients": [HOME, CPS]}),
        vary(base, "two-purposes", "Two purposes stand on the form.", "permit", edits={c + "purpose": ["care_coordination", MONITOR]}),
    ]


def legacy() -> list[Row]:
    c = "consents.0."
    old = consent(
        [MERCY],
        ["treatment"],
        ["part2.medication"],
        signed="2025-11-01",
        expires="2026-11-01",
        legacy_pre2024=True,
        statements={"revocation_right": True, "hipaa_redisclosure_statement": False, "may_be_redisclosed": False, "refusal_consequences": False},
    )
    base = case(
        "legacy",
        "Signed before 2026-02-16 with the elements of its day, it lives until its end.",
        "permit",
        "42 CFR 2.31",
        ask("hospital", "part2.medication", "treatment"),
        consents=[old],
        facts={"treating_relationship": True},
        obligations=CONSENTED,
        certainty="prudential",
    )
    cps = case(
        "legacy-cps",
        "The same to CPS.",
        "permit",
        "42 CFR 2.31",
        ask("cps", "part2.medication", MONITOR),
        certainty="prudential",
        consents=[old | {"recipients": [CPS], "purpose": [MONITOR]}],
        obligations=CONSENTED,
    )
    return [
        base,
        cps,
        *lived(cps, ends=False)[5:10],
        vary(base, "last-day", "Signed the day before the cut-off.", "permit", edits={c + "signed": "2026-02-15"}),
        vary(
            base,
            "cut-off",
            "Signed on the day from which the new elements count.",
            "deny",
            "42 CFR 2.31(a)(4)(iii)",
            edits={c + "signed": "2026-02-16"},
        ),
        vary(base, "after", "Called old, but signed after the cut-off.", "deny", "42 CFR 2.31(a)(4)(iii)", edits={c + "signed": "2026-05-01"}),
        vary(base, "ended", "It has ended.", "deny", "42 CFR 2.31(a)(7), (c)(1)", edits={c + "expires": "2026-09-14"}),
        vary(base, "revoked", "She revoked it.", "deny", "42 CFR 2.31(a)(6)", edits={c + "revoked": "2026-09-01"}),
        vary(base, "no-right", "The older rule asked for the right to revoke too.", "deny", "42 CFR 2.31(a)(6)", edits={c + "statements": {}}),
        vary(base, "recipient", "It names another hospital.", "deny", "42 CFR 2.31(a)(4)", edits={c + "recipients": ["Lakeshore Hospital"]}),
        vary(base, "category", "It is for medication.", "deny", "42 CFR 2.31(a)(3)", edits={"request.category": "part2.diagnosis"}),
        vary(base, "purpose", "It is for treatment.", "deny", "42 CFR 2.31(a)(5)", edits={"request.purpose": "research"}),
        vary(base, "unsigned", "Nobody signed it.", "deny", "42 CFR 2.31(a)(8)", edits={c + "signer": None}),
        vary(base, "against-her", "It would be used against her.", "deny", "42 CFR 2.12(d)(1)", against_patient=True),
    ]


ROWS = shapes() + legacy()
