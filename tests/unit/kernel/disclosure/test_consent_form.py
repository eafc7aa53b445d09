"""What is missing on a form, kind by kind, for the consent builder."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from careloom.kernel.disclosure import Consent, ConsentKind, FormGap, Statements, Subject, validate_consent
from careloom.kernel.disclosure.inputs import day_before

WHOLE = Consent(
    id="C1",
    kind=ConsentKind.SPECIFIC,
    patient=Subject.MOTHER,
    discloser="Willow Program",
    recipients=("Pine Agency",),
    info=("part2.attendance",),
    purposes=("posc_monitoring",),
    signed=date(2026, 5, 1),
    expires=date(2027, 5, 1),
    signer="mother",
    statements=Statements(revocation_right=True, hipaa_redisclosure_statement=True, may_be_redisclosed=True, refusal_consequences=True),
)
FORMS: dict[ConsentKind, dict[str, Any]] = {
    ConsentKind.SPECIFIC: {},
    ConsentKind.TPO_SINGLE: {"purposes": ("treatment", "payment"), "expires": None, "expiry_event": "none"},
    ConsentKind.COUNSELING_NOTES: {"info": ("part2.counseling_notes",)},
    ConsentKind.PROCEEDINGS: {"purposes": ("dependency_proceeding",)},
    ConsentKind.CRIMINAL_JUSTICE: {"purposes": ("criminal_justice_monitoring",), "revocable_after": "final_disposition"},
    ConsentKind.RESEARCH: {"purposes": ("research",), "expires": None, "expiry_event": "end of the research study"},
    ConsentKind.CENTRAL_REGISTRY: {"purposes": ("treatment",)},
    ConsentKind.PDMP: {"info": ("part2.medication",), "purposes": ("pdmp_reporting",)},
    ConsentKind.CAPTA_RELEASE: {"info": ("posc.plan_core",)},
    ConsentKind.HIPAA_AUTHORIZATION: {"info": ("hipaa.ob_record",)},
    ConsentKind.PLAN_AGREEMENT: {"info": ("posc.plan_core", "hipaa.newborn_record")},
}
SILENT = Statements()
GAPS: list[tuple[FormGap, ConsentKind, dict[str, Any]]] = [
    (FormGap.PATIENT, ConsentKind.SPECIFIC, {"patient": None}),
    (FormGap.DISCLOSER, ConsentKind.SPECIFIC, {"discloser": " "}),
    (FormGap.INFO, ConsentKind.SPECIFIC, {"info": ("all medical records",)}),
    (FormGap.RECIPIENTS, ConsentKind.SPECIFIC, {"recipients": ("-",)}),
    (FormGap.INTERMEDIARY, ConsentKind.SPECIFIC, {"intermediary": "Pine Agency"}),
    (FormGap.INTERMEDIARY, ConsentKind.SPECIFIC, {"general_designation": "treating participants"}),
    (FormGap.REDISCLOSURE_STATEMENT, ConsentKind.TPO_SINGLE, {"statements": SILENT}),
    (FormGap.PURPOSE, ConsentKind.SPECIFIC, {"purposes": ("whatever",)}),
    (FormGap.TPO_PURPOSE, ConsentKind.TPO_SINGLE, {"purposes": ("treatment", "employment")}),
    (FormGap.REVOCATION, ConsentKind.PLAN_AGREEMENT, {"statements": SILENT}),
    (FormGap.IRREVOCABLE, ConsentKind.PROCEEDINGS, {"revocable_after": "final_disposition"}),
    (FormGap.IRREVOCABLE, ConsentKind.CRIMINAL_JUSTICE, {"revocable_after": "case_closed"}),
    (FormGap.EXPIRY, ConsentKind.SPECIFIC, {"expires": None}),
    (FormGap.EXPIRY_NONE, ConsentKind.SPECIFIC, {"expires": None, "expiry_event": "none"}),
    (FormGap.SIGNATURE, ConsentKind.SPECIFIC, {"signer": None}),
    (FormGap.SIGNED_DATE, ConsentKind.SPECIFIC, {"signed": None}),
    (FormGap.MAY_BE_REDISCLOSED, ConsentKind.HIPAA_AUTHORIZATION, {"statements": SILENT}),
    (FormGap.REFUSAL, ConsentKind.TPO_SINGLE, {"statements": SILENT}),
    (FormGap.NOTES_APART, ConsentKind.COUNSELING_NOTES, {"info": ("part2.counseling_notes", "part2.medication")}),
    (FormGap.NOTES_APART, ConsentKind.SPECIFIC, {"info": ("part2.counseling_notes",)}),
    (FormGap.PSYCHOTHERAPY_APART, ConsentKind.HIPAA_AUTHORIZATION, {"info": ("hipaa.psychotherapy_notes", "hipaa.ob_record")}),
    (FormGap.PROCEEDINGS_APART, ConsentKind.SPECIFIC, {"purposes": ("posc_monitoring", "dependency_proceeding")}),
    (FormGap.CRIMINAL_PURPOSE, ConsentKind.CRIMINAL_JUSTICE, {"purposes": ("dependency_proceeding",)}),
    (FormGap.PDMP_SCOPE, ConsentKind.PDMP, {"info": ("part2.full_record",)}),
    (FormGap.RESEARCH_PURPOSE, ConsentKind.RESEARCH, {"purposes": ("audit",), "expires": date(2027, 1, 1)}),
    (FormGap.REGISTRY_PURPOSE, ConsentKind.CENTRAL_REGISTRY, {"purposes": ("payment",)}),
    (FormGap.PLAN_HOLDS_PART2, ConsentKind.PLAN_AGREEMENT, {"info": ("posc.plan_core", "posc.plan_part2_segment")}),
]


@pytest.mark.parametrize("kind", list(FORMS))
def test_a_whole_form_of_each_kind_has_no_gap(kind: ConsentKind) -> None:
    assert validate_consent(replace(WHOLE, kind=kind, **FORMS[kind])) == ()


@pytest.mark.parametrize(("gap", "kind", "change"), GAPS, ids=[f"{gap.name}-{kind.value}" for gap, kind, _ in GAPS])
def test_each_gap_is_named_with_citation_and_next_step(gap: FormGap, kind: ConsentKind, change: dict[str, Any]) -> None:
    missing = {item.element: item for item in validate_consent(replace(WHOLE, kind=kind, **{**FORMS[kind], **change}))}
    assert gap in missing
    assert missing[gap].citation == gap.citations[0]
    assert missing[gap].next_step.endswith(".")


def test_every_gap_has_a_row_here() -> None:
    assert {gap for gap, _, _ in GAPS} == set(FormGap)


def test_the_last_day_is_the_earlier_of_expiry_and_the_day_before_revocation() -> None:
    assert WHOLE.last_day == date(2027, 5, 1)
    assert replace(WHOLE, revoked=date(2026, 9, 15)).last_day == date(2026, 9, 14)
    assert replace(WHOLE, expires=None).last_day is None
    assert day_before(date.min) == date.min
