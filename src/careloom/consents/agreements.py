"""The kinds of data clause in plain words, and what a jurisdiction decides about their review.

A clause opens only what the kernel permits on it; a memorandum, a working agreement and a data-sharing schedule open nothing by themselves.
Source: 42 CFR 2.11, 2.33(c), 2.52, 2.53; 45 CFR 164.504(e), 164.514(e); agreements.md 5.2 to 5.4; R-102, R-103; packs/*/consents/agreements.yaml.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from django.utils.translation import gettext_lazy as _

from careloom.consents.register import DATA_SHARING
from careloom.infra.packs import packs_folder
from careloom.infra.packs.strict_yaml import read_yaml
from careloom.kernel.agency_kinds import AgencyKind
from careloom.kernel.disclosure import Actor, AgreementKind
from careloom.kernel.disclosure.groups import CAN_SERVE

BASE = "base"
#: Papers of a partnership as a whole: they say who does what and carry no data clause, so nothing flows because of them.
PAPER_ONLY = frozenset({AgreementKind.MOU.value, AgreementKind.WORKING_AGREEMENT.value})


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What a pack decides. `review_months` counts from the first day or the last review."""

    review_months: int
    overdue_review_closes: bool
    schedule_required: bool


@dataclass(frozen=True, kw_only=True)
class Kind:
    """One kind of clause: what it is, what it does, what it may be for, and which undertaking (a name of `papers.TERMS`) the paper must hold."""

    code: str
    label: Any
    says: Any
    citation: str
    purposes: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    any_term: bool = False  # one of the terms is enough
    serves: bool = False  # names a service to the discloser


KINDS: tuple[Kind, ...] = (
    Kind(
        code=DATA_SHARING, label=_("Data-sharing schedule"),
        says=_("Limits what a consent carries between the two agencies. It permits nothing by itself."), citation="42 CFR 2.13(a)",
        purposes=("care_coordination", "treatment", "posc_monitoring", "payment", "health_care_operations", "public_health", "research"),
    ),
    Kind(
        code=AgreementKind.QSOA, label=_("Service agreement with a treatment program (QSOA)"),
        says=_("For a service to the program, such as its data system or laboratory. Never for care, follow-up or child welfare."),
        citation="42 CFR 2.11; 42 CFR 2.12(c)(4)", purposes=("qso_service", "system_operation"), terms=("part2_undertaking",), serves=True,
    ),
    Kind(
        code=AgreementKind.BAA, label=_("Business associate agreement"),
        says=_("For work that a covered entity hands to another, under HIPAA."), citation="45 CFR 164.504(e); 45 CFR 164.502(e)",
        purposes=("health_care_operations", "payment", "qso_service", "system_operation"), serves=True,
    ),
    Kind(
        code=AgreementKind.CONTRACT_233C, label=_("Contract for payment or operations"),
        says=_("Binds a contractor of a payer to 42 CFR part 2. It carries only what her consent lets the payer have."), citation="42 CFR 2.33(c)",
        purposes=("payment", "health_care_operations", "payment_of_services"), terms=("part2_undertaking",),
    ),
    Kind(
        code=AgreementKind.DUA, label=_("Data use agreement"),
        says=_("For an extract without names, made apart from these pages. It opens no family here."), citation="45 CFR 164.514(e)",
        purposes=("research", "public_health", "health_care_operations"),
    ),
    Kind(
        code=AgreementKind.AUDIT_AGREEMENT, label=_("Audit agreement"),
        says=_("For a review of the program by who pays for it or oversees it."), citation="42 CFR 2.53", purposes=("audit", "program_evaluation"),
        terms=("part2_undertaking", "lawful_authority"),
    ),
    Kind(
        code=AgreementKind.RESEARCH_APPROVAL, label=_("Approval of a study"),
        says=_("For a study that a review board approved or a privacy board excused from consent."), citation="42 CFR 2.52; 45 CFR 164.512(i)",
        purposes=("research",), terms=("part2_undertaking",),
    ),
    Kind(
        code=AgreementKind.MOU, label=_("Memorandum of understanding"),
        says=_("Who does what in the partnership. It permits nothing by itself."), citation="42 CFR 2.31",
    ),
    Kind(
        code=AgreementKind.WORKING_AGREEMENT, label=_("Working agreement"),
        says=_("How agencies work together. It permits nothing by itself."), citation="42 CFR 2.31",
    ),
)  # fmt: skip
_BY_CODE = {str(kind.code): kind for kind in KINDS}
TERM_WORDS: dict[str, Any] = {
    "part2_undertaking": _("It binds the other agency to 42 CFR part 2 in full, also to resist in court"),
    "lawful_authority": _("The other agency has authority by law for this review"),
    "irb": _("A review board approved the study"),
    "privacy_board_waiver": _("A privacy board excused the study from consent"),
}
PURPOSES: dict[str, Any] = {
    "care_coordination": _("Plan together"),
    "treatment": _("Treat"),
    "posc_monitoring": _("Follow how the plan goes"),
    "payment": _("Pay for care"),
    "payment_of_services": _("Pay for services"),
    "health_care_operations": _("Run the clinic and check its quality"),
    "public_health": _("Public health"),
    "research": _("A study"),
    "qso_service": _("A service to the program"),
    "system_operation": _("Run the data system"),
    "audit": _("Audit"),
    "program_evaluation": _("Evaluate the program"),
}
ENDINGS: dict[str, Any] = {
    "ENDED_EARLY": _("One of the agencies ended it"),
    "RAN_OUT": _("Its last day has passed"),
    "REPLACED": _("A newer one took its place"),
    "BREACH": _("It was not kept to"),
    "MISTAKE": _("It was put in force by mistake"),
}


def kind_of(code: str) -> Kind | None:
    """A kind by its code, or None for no such kind."""
    return _BY_CODE.get(code)


def can_serve(agency_kind: str) -> bool:
    """Whether an agency of this kind may be a qualified service organization: never one that treats, monitors or judges (42 CFR 2.11)."""
    return Actor(AgencyKind(agency_kind).org_type) in CAN_SERVE


@cache
def terms_of(pack: str) -> Terms:
    """What a pack decides about agreements; what it does not say is taken from base."""
    told = _read(BASE) | (_read(pack) if pack != BASE else {})
    return Terms(
        review_months=int(told["review_months"]), overdue_review_closes=told["overdue_review_closes"] is True,
        schedule_required=told["schedule_required"] is True,
    )  # fmt: skip


def next_review(*, since: date, months: int) -> date:
    """The day some months later; the last day of its month where that is shorter."""
    years, month = divmod(since.month - 1 + months, 12)
    year = since.year + years
    return date(year, month + 1, min(since.day, monthrange(year, month + 1)[1]))


def _read(pack: str) -> dict[str, Any]:
    path = packs_folder() / pack / "consents" / "agreements.yaml"
    data: Any = read_yaml(path.read_text(encoding="utf-8")) if path.is_file() else {}
    return dict(data or {})
