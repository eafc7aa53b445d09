"""Builders for spec rows: one ordinary permitted world per law, changed by keyword for its refused twin."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from careloom.kernel.disclosure import (
    Actor,
    Agreement,
    AgreementKind,
    Category,
    Consent,
    ConsentKind,
    CourtOrder,
    Facts,
    OrderKind,
    Provenance,
    Purpose,
    Request,
    Scenario,
    Source,
    Statements,
    Subject,
)

TODAY = date(2026, 9, 15)
PROGRAM, AGENCY, HOSPITAL, CLINIC = "Willow Program", "Pine County Children", "Harbor Hospital", "Cedar OB"
ALL_SAID = Statements(revocation_right=True, hipaa_redisclosure_statement=True, may_be_redisclosed=True, refusal_consequences=True)

OTP = Source(holder=PROGRAM, holder_type="part2_program", is_covered_entity=True, is_part2_program=True, provenance=Provenance.ORIGINATING)
WARD = Source(holder=HOSPITAL, holder_type="hospital", is_covered_entity=True, provenance=Provenance.ORIGINATING)
CPS = Source(holder=AGENCY, holder_type="cps_agency", provenance=Provenance.ORIGINATING)

TO_CPS = Request(
    actor=Actor.CPS_AGENCY, actor_org=AGENCY, subject=Subject.MOTHER, category=Category.PART2_ATTENDANCE, purpose=Purpose.POSC_MONITORING, on=TODAY
)
TO_CLINIC = Request(
    actor=Actor.OB_CLINIC, actor_org=CLINIC, subject=Subject.MOTHER, category=Category.PART2_MEDICATION, purpose=Purpose.TREATMENT, on=TODAY
)

SPECIFIC = Consent(
    id="C1",
    kind=ConsentKind.SPECIFIC,
    patient=Subject.MOTHER,
    discloser=PROGRAM,
    recipients=(AGENCY,),
    info=("part2.attendance",),
    purposes=("posc_monitoring",),
    signed=date(2026, 5, 1),
    expires=date(2027, 5, 1),
    signer="mother",
    statements=ALL_SAID,
)
TPO = replace(
    SPECIFIC,
    kind=ConsentKind.TPO_SINGLE,
    recipients=("my treating providers, health plans, third-party payers, and people helping to operate this program",),
    info=("part2.full_record",),
    purposes=("treatment", "payment", "health_care_operations"),
    expires=None,
    expiry_event="none",
)
PROCEEDINGS = replace(SPECIFIC, kind=ConsentKind.PROCEEDINGS, purposes=("dependency_proceeding",))
ORDER = CourtOrder(
    id="O1",
    kind=OrderKind.CIVIL_264,
    court="Family Court",
    issued=date(2026, 6, 1),
    scope=("part2.attendance",),
    recipients=(AGENCY,),
    notice_given=True,
    opportunity_to_respond=True,
    finding_other_ways=True,
    finding_balance=True,
    protective_terms=True,
)


def world(*, source: Source = OTP, request: Request = TO_CPS, **parts: Any) -> Scenario:
    """A scenario; `consents`, `orders`, `agreements` may be one paper, `facts` a dict."""
    for key in ("consents", "orders", "agreements"):
        papers = parts.get(key, ())
        parts[key] = papers if isinstance(papers, tuple) else (papers,)
    parts["facts"] = Facts(**parts.get("facts", {}))
    return Scenario(source=source, request=request, **parts)


def paper(*, kind: AgreementKind, parties: tuple[str, ...], **more: Any) -> Agreement:
    """An agreement that is live all year."""
    return Agreement(id="A1", kind=kind, parties=parties, start=date(2026, 1, 1), end=date(2026, 12, 31), **more)
