"""What may befall any consent, order or agreement: the variations whose answer follows from law.md 1.4, 1.8 and 6.2 for each of them."""

from __future__ import annotations

from tests.spec.disclosure.law.part2.forms import DROP, Row, consent, order, vary

FOREIGN = consent(["County Library"], ["education"], ["part2.presence"], id="C9", discloser="Summit Recovery")


def lived(row: Row, *, ends: bool = True) -> list[Row]:
    """A consent that permits, on other days: signed later, ended, revoked. `ends` is false for a form that needs no end date."""
    c, d = "consents.0.", "42 CFR 2.31"
    rows = [
        vary(row, "signed-later", "It is signed the day after the question.", "deny", f"{d}(a)(9)", edits={c + "signed": "2026-09-16"}),
        vary(row, "signed-that-day", "It is signed on the day of the question.", "permit", edits={c + "signed": "2026-09-15"}),
        vary(row, "undated", "It bears no date of signature.", "deny", f"{d}(a)(9), (c)(2)", edits={c + "signed": None}),
        vary(row, "no-date-key", "Nothing says when it was signed.", "deny", f"{d}(a)(9), (c)(2)", edits={c + "signed": DROP}),
        vary(row, "revoked-before", "She revoked it the day before.", "deny", f"{d}(a)(6), (c)(3)", edits={c + "revoked": "2026-09-14"}),
        vary(row, "revoked-after", "She revokes it the day after.", "permit", edits={c + "revoked": "2026-09-16"}),
        vary(row, "revoked-long-ago", "She revoked it in June.", "deny", f"{d}(a)(6)", edits={c + "revoked": "2026-06-01"}),
        vary(row, "ended-yesterday", "Its last day was yesterday.", "deny", f"{d}(a)(7), (c)(1)", edits={c + "expires": "2026-09-14"}),
        vary(row, "last-day", "Its last day is today, and that day counts.", "permit", edits={c + "expires": "2026-09-15"}),
        vary(
            row,
            "ended-years-ago",
            "It ended before it was asked for.",
            "deny",
            f"{d}(a)(7)",
            edits={c + "signed": "2024-01-01", c + "expires": "2025-01-01"},
        ),
    ]
    if ends:
        gone = {c + "expires": None, c + "expiry_event": DROP}
        event = {c + "expires": None, c + "expiry_event": "cps_case_closed"}
        rows += [
            vary(row, "no-end", "It names neither a date nor an event.", "deny", f"{d}(a)(7), (c)(2)", edits=gone),
            vary(row, "event-past", "The event that ends it has happened.", "deny", f"{d}(a)(7), (c)(1)", edits=event, cps_case_closed="2026-09-01"),
            vary(row, "event-ahead", "The event that ends it has not happened.", "permit", edits=event, cps_case_closed=None),
            vary(row, "event-later", "The event that ends it comes later.", "permit", edits=event, cps_case_closed="2026-10-01"),
        ]
    return rows


def formed(row: Row, *, near: str, category: str, purpose: str) -> list[Row]:
    """A consent that permits, with an element of 2.31(a) missing or another's; `near` is a name like the recipient's."""
    c, d, r = "consents.0.", "42 CFR 2.31", "request."
    return [
        vary(row, "unsigned", "Nobody signed it.", "deny", f"{d}(a)(8), (c)(2)", edits={c + "signer": None}),
        vary(row, "no-signer-key", "Nothing says who signed it.", "deny", f"{d}(a)(8), (c)(2)", edits={c + "signer": DROP}),
        vary(row, "friend-signed", "A friend signed it.", "deny", f"{d}(a)(8)", edits={c + "signer": "friend"}),
        vary(row, "father-signed", "The other parent signed it.", "deny", f"{d}(a)(8)", edits={c + "signer": "other_parent"}),
        vary(row, "grandmother-signed", "Her mother signed for an adult.", "deny", f"{d}(a)(8)", edits={c + "signer": "grandmother"}),
        vary(row, "director-signed", "The program director signed.", "deny", f"{d}(a)(8)", edits={c + "signer": "program_director"}),
        vary(row, "no-patient", "It names no patient.", "deny", f"{d}(a)(1), (c)(2)", edits={c + "patient": None}),
        vary(row, "other-patient", "It is about the other parent.", "deny", f"{d}(a)(1)", edits={c + "patient": "other_parent"}),
        vary(row, "infant-patient", "It is about the infant.", "deny", f"{d}(a)(1)", edits={c + "patient": "infant"}),
        vary(row, "no-discloser", "It names nobody who may disclose.", "deny", f"{d}(a)(2), (c)(2)", edits={c + "discloser": DROP}),
        vary(row, "other-discloser", "It names another program.", "deny", f"{d}(a)(2)", edits={c + "discloser": "Summit Recovery"}),
        vary(row, "near-discloser", "It names a name like the program's.", "deny", f"{d}(a)(2)", edits={c + "discloser": "Riverbend"}),
        vary(row, "no-info", "It describes no information.", "deny", f"{d}(a)(3), (c)(2)", edits={c + "info": []}),
        vary(row, "other-info", "It describes other information.", "deny", f"{d}(a)(3)", edits={c + "info": ["part2.confidential_communications"]}),
        vary(row, "unknown-info", "It describes what nobody knows.", "deny", f"{d}(a)(3)", edits={c + "info": ["part2.everything"]}),
        vary(row, "category", "The category is not on the form.", "deny", f"{d}(a)(3)", edits={r + "category": category}),
        vary(
            row,
            "unknown-category",
            "The category is no known word.",
            "deny",
            "42 CFR 2.13(a)",
            edits={r + "category": "part2.secret"},
            obligations=(),
        ),
        vary(row, "no-recipient", "It names no recipient.", "deny", f"{d}(a)(4), (c)(2)", edits={c + "recipients": []}),
        vary(row, "other-recipient", "It names somebody else.", "deny", f"{d}(a)(4)", edits={c + "recipients": ["County Library"]}),
        vary(row, "near-recipient", "A name like the recipient's asks.", "deny", f"{d}(a)(4)(i)", edits={r + "actor_org": near}),
        vary(row, "no-asker", "The asker has no name.", "deny", f"{d}(a)(4)", edits={r + "actor_org": ""}, obligations=()),
        vary(row, "no-purpose", "It states no purpose.", "deny", f"{d}(a)(5), (c)(2)", edits={c + "purpose": []}),
        vary(row, "other-purpose", "The form has another purpose.", "deny", f"{d}(a)(5)", edits={c + "purpose": [purpose]}),
        vary(row, "purpose", "The question has another purpose.", "deny", f"{d}(a)(5)", edits={r + "purpose": purpose}),
        vary(row, "unknown-purpose", "The purpose is no known word.", "deny", f"{d}(a)(5)", edits={r + "purpose": "curiosity"}, obligations=()),
        vary(
            row,
            "no-right",
            "It does not tell of the right to revoke.",
            "deny",
            f"{d}(a)(6), (c)(2)",
            edits={c + "statements.revocation_right": False},
        ),
        vary(row, "right-silent", "Nothing says that the right was told.", "deny", f"{d}(a)(6)", edits={c + "statements.revocation_right": DROP}),
        vary(row, "no-statements", "It has no statements at all.", "deny", f"{d}(a)(6)", edits={c + "statements": {}}),
        vary(row, "known-false", "The program knows it to be false.", "deny", f"{d}(c)(4)", known_false=True),
        vary(row, "unknown-kind", "The form is of no known kind.", "deny", f"{d}", edits={c + "kind": "blanket"}),
        vary(row, "no-consent", "Take the form away.", "deny", f"{d}, 2.13(a)", edits={"given.consents": []}),
        vary(row, "father-asked", "Her form opens no record of the other parent.", "deny", f"{d}(a)(1)", edits={r + "subject": "other_parent"}),
        vary(row, "no-date", "The question has no date.", "deny", "42 CFR 2.13(a)", edits={r + "date": None}, obligations=()),
        vary(row, "extra-consent", "A form for others changes nothing.", "permit", edits={"consents": [row["given"]["consents"][0], FOREIGN]}),
        vary(row, "extra-first", "Order of the papers changes nothing.", "permit", edits={"consents": [FOREIGN, row["given"]["consents"][0]]}),
        vary(row, "extra-facts", "Facts of another matter change nothing.", "permit", crime_on_premises=False, fundraising_statement=False),
        vary(row, "against-her", "It would be used against her.", "deny", "42 CFR 2.12(d)(1), 2.31(d)", against_patient=True),
    ]


def ordered(row: Row, main: str, *, category: str, criminal: bool = False) -> list[Row]:
    """An order that permits, without a finding, on other days, for others, or for other information."""
    o = "orders.0."
    ways, balance, e = (f"{main}(d)(3)", f"{main}(d)(4)", f"{main}(e)") if criminal else (f"{main}(d)(1)", f"{main}(d)(2)", f"{main}(e)")
    kinds = {"general": "general_order", "subpoena": "subpoena", "unknown": "warrant"}
    rows = [
        vary(row, "no-other-ways", "The court did not find that other ways fail.", "deny", ways, edits={o + "finding_other_ways": False}),
        vary(row, "other-ways-silent", "The order is silent on other ways.", "deny", ways, edits={o + "finding_other_ways": DROP}),
        vary(row, "no-balance", "The court did not weigh the injury.", "deny", balance, edits={o + "finding_balance": False}),
        vary(row, "balance-silent", "The order is silent on the injury.", "deny", balance, edits={o + "finding_balance": DROP}),
        vary(row, "no-terms", "The order limits nothing.", "deny", e, edits={o + "protective_terms": False}),
        vary(row, "not-issued", "The order has no date.", "deny", main, edits={o + "issued": None}),
        vary(row, "issued-later", "It is issued tomorrow.", "deny", main, edits={o + "issued": "2026-09-16"}),
        vary(row, "issued-that-day", "It is issued today.", "permit", edits={o + "issued": "2026-09-15"}),
        vary(row, "ended", "It ended yesterday.", "deny", main, edits={o + "expires": "2026-09-14"}),
        vary(row, "last-day", "It ends today, and that day counts.", "permit", edits={o + "expires": "2026-09-15"}),
        vary(row, "recipient", "It names other recipients.", "deny", e, edits={o + "recipients": ["Harbor County Family Services"]}),
        vary(row, "no-recipients", "It names no recipient.", "deny", e, edits={o + "recipients": []}),
        vary(row, "scope", "What is asked is outside its scope.", "deny", e, edits={"request.category": category}),
        vary(row, "no-scope", "It has no scope.", "deny", e, edits={o + "scope": []}),
        vary(row, "no-order", "There is no order.", "deny", "42 CFR 2.12(d)(1), 2.61" if criminal else "42 CFR 2.31", edits={"orders": []}),
        vary(row, "no-court", "No court issued it.", "deny", main, edits={o + "court": None}),
        vary(
            row,
            "no-subpoena",
            "Without a subpoena it permits and does not compel.",
            "permit",
            edits={o + "accompanying_subpoena": DROP},
            obligations=("SUBPOENA_ALSO_NEEDED",),
        ),
        vary(
            row,
            "two-halves",
            "Two defective orders make no good one.",
            "deny",
            ways,
            edits={
                "orders": [
                    order(["part2.full_record"], finding_other_ways=False, id="O1"),
                    order(["part2.full_record"], finding_balance=False, id="O2"),
                ]
            },
        ),
    ]
    return rows + [
        vary(row, f"type-{key}", "Paper of another kind is no order of subpart E.", "deny", "42 CFR 2.61", edits={o + "type": kind})
        for key, kind in kinds.items()
    ]


def agreed(row: Row, main: str, party: str) -> list[Row]:
    """An agreement that permits, on other days, of another kind, or with others. `party` is the name that must stand in it."""
    a = "agreements.0."
    others = ["Summit Recovery" if name == party else name for name in row["given"]["agreements"][0]["parties"]]
    return [
        vary(row, "ended", "It ended yesterday.", "deny", main, edits={a + "end": "2026-09-14"}),
        vary(row, "last-day", "It ends today, and that day counts.", "permit", edits={a + "end": "2026-09-15"}, certainty="prudential"),
        vary(row, "starts-later", "It starts tomorrow.", "deny", main, edits={a + "start": "2026-09-16"}),
        vary(row, "starts-that-day", "It starts today.", "permit", edits={a + "start": "2026-09-15"}),
        vary(row, "open-ended", "It has no end.", "permit", edits={a + "end": None}, certainty="prudential"),
        vary(row, "no-start", "It has no beginning.", "deny", main, edits={a + "start": None}, certainty="prudential"),
        vary(row, "others", "It is between others.", "deny", main, edits={a + "parties": others}),
        vary(row, "no-parties", "It has no parties.", "deny", main, edits={a + "parties": []}),
        vary(row, "mou", "It is a memorandum of understanding.", "deny", main, edits={a + "type": "MOU"}),
        vary(row, "working", "It is a working agreement.", "deny", main, edits={a + "type": "working_agreement"}),
        vary(row, "unknown-type", "It is paper of no known kind.", "deny", main, edits={a + "type": "handshake"}),
        vary(row, "none", "There is no agreement.", "deny", main, edits={"agreements": []}),
    ]
