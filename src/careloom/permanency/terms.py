"""What a place decides about children in care: the months that count, extensions, and the shape of a report to its court. All of it pack data.

Clocks stand in `clocks.yaml`; what is more than a time stands in `packs/<name>/permanency/permanency.yaml`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from careloom.agencies.models import Agency
from careloom.infra.packs import load_pack, packs_folder
from careloom.infra.packs.strict_yaml import read_yaml
from careloom.kernel.agency_kinds import AgencyKind
from careloom.kernel.clocks import CareRule
from careloom.kernel.packs import ClockName, Status

BASE = "base"
#: Who keeps cases of its own (42 USC 671; 25 USC 1911).
CASE_KINDS = (AgencyKind.CPS_AGENCY.value, AgencyKind.TRIBAL_ICWA.value)
SECTIONS = (
    "CHILD", "CASE", "REMOVAL", "PLACEMENT", "PLAN", "SERVICES", "TREATMENT", "VISITS", "HEARINGS", "EFFORTS", "CLOCK", "RECOMMENDATION",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class ReportTemplate:
    """The report to a court of one county: its title and heading, and which sections it has in which order."""

    code: str
    title: str
    heading: str
    sections: tuple[str, ...]
    county: str = ""


@dataclass(frozen=True, kw_only=True)
class CareTerms:
    """What a place decides about care. `unchecked` says that a time was not read at its source and a screen must say so."""

    rule: CareRule
    wait_days: int
    more_days: int
    no_efforts_days: int
    citations: tuple[str, ...]
    unchecked: bool
    templates: tuple[ReportTemplate, ...]


@cache
def care_terms(pack: str) -> CareTerms:
    """The terms of a pack; what it does not say is taken from base. Raises ValueError for a template with an unknown section."""
    clocks, told = load_pack(name=pack).clocks, _read(BASE) | (_read(pack) if pack != BASE else {})
    own = [clocks[name] for name in (ClockName.CARE_FILING, ClockName.CARE_WINDOW, ClockName.CARE_EXTENSION, ClockName.PERMANENCY_HEARING)]
    extensions = told["extensions"]
    rule = CareRule(
        months=clocks[ClockName.CARE_FILING].due.amount, window=clocks[ClockName.CARE_WINDOW].due.amount,
        extension_months=clocks[ClockName.CARE_EXTENSION].due.amount, most_extensions=int(extensions["most"]),
        hearing_months=clocks[ClockName.PERMANENCY_HEARING].due.amount,
    )  # fmt: skip
    citations = dict.fromkeys(citation for clock in own for citation in clock.citations) | dict.fromkeys(extensions["citations"])
    return CareTerms(
        rule=rule, wait_days=clocks[ClockName.TRIBE_NOTICE].due.amount, more_days=clocks[ClockName.TRIBE_MORE_TIME].due.amount,
        no_efforts_days=clocks[ClockName.NO_EFFORTS_HEARING].due.amount, citations=tuple(citations),
        unchecked=any(clock.status.review_needed for clock in own) or Status(extensions["status"]).review_needed,
        templates=tuple(_template(one) for one in told["reports"]),
    )  # fmt: skip


def template_of(*, agency: Agency, code: str = "") -> ReportTemplate:
    """The template with this code, else that of the agency's county, else the first."""
    known = care_terms(agency.pack).templates
    named = next((one for one in known if one.code == code), None)
    return named or next((one for one in known if one.county and one.county == agency.county), known[0])


def keeps_cases(agency: Agency) -> bool:
    """Whether an agency keeps cases at all: child welfare and a Tribe do."""
    return agency.kind in CASE_KINDS


def _template(told: dict[str, Any]) -> ReportTemplate:
    sections = tuple(str(code) for code in told["sections"])
    unknown = [code for code in sections if code not in SECTIONS]
    if unknown:
        raise ValueError(f"A report has no section {unknown[0]}. Use one of {', '.join(SECTIONS)}.")
    return ReportTemplate(
        code=str(told["code"]), title=str(told["title"]), heading=str(told["heading"]), sections=sections, county=str(told.get("county", ""))
    )


def _read(pack: str) -> dict[str, Any]:
    path = packs_folder() / pack / "permanency" / "permanency.yaml"
    data: Any = read_yaml(path.read_text(encoding="utf-8")) if path.is_file() else {}
    return dict(data or {})
