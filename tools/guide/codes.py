"""The code systems of `guide/` as FSH, from the tables that the server takes its codes from."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils import translation

from careloom.agencies.reasons import WORDS as REASONS_TO_READ
from careloom.agencies.words import CATEGORIES
from careloom.directory.needs import catalogue
from careloom.disclosures.words import PURPOSES
from careloom.fhir import canonicals
from careloom.fhir.resources.observed import BIRTH
from careloom.fhir.writing.messages import EVENTS
from careloom.infra.packs import packs_folder
from careloom.kernel.agency_kinds import AgencyKind
from careloom.kernel.disclosure.vocabulary import Category, Purpose
from careloom.plans.presenters.words import ROLES
from careloom.plans.referrals.words import OUTCOMES, REASONS
from careloom.treatment.medicines import NAMES

FILE = "input/fsh/codes.fsh"
HEAD = "// Written by `python -m tools.guide write` from the product's own tables. Change those, not this.\n"
# Kinds of record and purposes of the law that no screen offers have no words there.
NOT_OFFERED = {
    Category.AGG_TABLE: "table of counts", Category.CW_REPORTER_IDENTITY: "who made a child welfare report",
    Category.DEID_EXTRACT: "de-identified extract", Category.NOTIF_CAPTA_DEID: "de-identified birth notification",
}  # fmt: skip
NO_REASON = {Purpose.CAPTA_NOTIFICATION: "Birth notification under CAPTA", Purpose.PUBLIC_DISCLOSURE: "Disclosure to the public"}
KINDS = {
    AgencyKind.PART2_PROGRAM: "Treatment program under 42 CFR Part 2", AgencyKind.HOSPITAL: "Hospital", AgencyKind.OB_CLINIC: "Pregnancy clinic",
    AgencyKind.PEDIATRIC_CLINIC: "Children's clinic", AgencyKind.HEALTH_PLAN: "Health plan", AgencyKind.MEDICAID_AGENCY: "Medicaid agency",
    AgencyKind.CPS_AGENCY: "Child welfare agency", AgencyKind.COURT: "Court", AgencyKind.TRIBAL_ICWA: "Tribal child welfare (ICWA)",
    AgencyKind.HOME_VISITING: "Home visiting program", AgencyKind.EARLY_INTERVENTION: "Early intervention", AgencyKind.HOUSING: "Housing agency",
    AgencyKind.DV_PROGRAM: "Victim services program", AgencyKind.WIC: "WIC office", AgencyKind.PEER_SUPPORT: "Peer support",
    AgencyKind.PUBLIC_HEALTH: "Public health agency", AgencyKind.STATE_OVERSIGHT: "State oversight", AgencyKind.COORDINATION_HUB: "Coordination hub",
    AgencyKind.OTHER: "Other agency",
}  # fmt: skip
VISITS = {
    "VISIT": "A visit", "HOME_VISIT": "A home visit", "REVIEW": "A review of the plan", "CLASS": "A class or a group", "COURT": "Court",
    "OTHER": "Something else",
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class System:
    """A code system of ours: its address, its name in FSH, what it is for, and its codes with their English words."""

    url: str
    name: str
    title: str
    says: str
    codes: Mapping[str, str]

    @property
    def id(self) -> str:
        """Its id in the guide: the last part of its address."""
        return self.url.removeprefix(f"{canonicals.ROOT}:")


def systems() -> tuple[System, ...]:
    """Every code system that the server sends a code of."""
    with translation.override("en"):
        return tuple(_systems())


def _systems() -> Iterator[System]:
    yield _made(canonicals.AGENCY_KIND, "AgencyKinds", "Kinds of agency", "What kind of agency an Organization is.", KINDS)
    yield _made(canonicals.APPOINTMENT_KIND, "AppointmentKinds", "Kinds of appointment", "What was arranged with a family.", VISITS)
    kinds = {word: CATEGORIES.get(word.value, NOT_OFFERED.get(word)) for word in Category}
    yield _made(
        canonicals.CATEGORY, "Categories", "Kinds of record", "The segments of a record that law tells apart, and that a consent opens.", kinds
    )
    yield _made(canonicals.EVENT, "Events", "Events", "What a message tells.", EVENTS)
    yield _made(
        canonicals.FORM, "Forms", "Forms", "Each form that may be handed in. The address of a form is this system's, a colon and the code.", _forms()
    )
    yield _made(canonicals.MEDICINE, "Medicines", "Medicines for opioid use disorder", "Beside RxNorm's ingredient where there is one.", NAMES)
    needs = {need.code: need.label("en") for need in catalogue().needs.values()}
    yield _made(canonicals.NEED, "Needs", "Needs of a family", "What a referral is for, and what a service of the directory meets.", needs)
    yield _made(canonicals.OBSERVATION, "Observations", "Observations", "What is observed and has no code of LOINC.", {BIRTH: "Birth facts"})
    reasons = {word: PURPOSES.get(word.value, REASONS_TO_READ.get(word.value, NO_REASON.get(word))) for word in Purpose}
    yield _made(canonicals.PURPOSE, "Purposes", "Purposes", "What a record is read for, where HL7's purposes of use have no word for it.", reasons)
    yield _made(canonicals.REFERRAL_OUTCOME, "ReferralOutcomes", "Outcomes of a referral", "What a referral came to.", OUTCOMES)
    yield _made(canonicals.REFERRAL_REASON, "ReferralReasons", "Reasons in a referral", "Why a referral was not taken, or was stopped.", REASONS)
    yield _made(canonicals.TEAM_ROLE, "TeamRoles", "Roles on a care team", "What a member of the care team does for the family.", ROLES)


def _made(url: str, name: str, title: str, says: str, codes: Mapping[Any, Any]) -> System:
    plain = {str(code): str(words) for code, words in codes.items()}
    wordless = sorted(code for code, words in codes.items() if not words)
    if wordless:
        raise ValueError(f"{url}: these codes have no words: {', '.join(map(str, wordless))}")
    return System(url=url, name=name, title=title, says=says, codes=plain)


def _forms() -> dict[str, str]:
    """Titles by code. A form in use keeps its code when it gets a new version."""
    found = {}
    for path in sorted(packs_folder().glob("*/forms/*.json")):
        form = json.loads(path.read_text(encoding="utf-8"))
        found[form["url"].removeprefix(f"{canonicals.FORM}:")] = form["title"]
    return found


def fsh() -> str:
    """The whole file: each code system with a value set of all its codes."""
    return HEAD + "".join(_system(one) for one in systems())


def _system(one: System) -> str:
    lines = [
        "", f"CodeSystem: {one.name}CodeSystem", f"Id: {one.id}", f"Title: {_quoted(one.title)}", f"Description: {_quoted(one.says)}",
        f'* ^url = "{one.url}"', "* ^experimental = false", "* ^caseSensitive = true", "* ^content = #complete",
        *(f"* #{_code(code)} {_quoted(words)}" for code, words in one.codes.items()),
        "", f"ValueSet: {one.name}", f"Id: {one.id}-all", f"Title: {_quoted(one.title)}", f"Description: {_quoted('All of them. ' + one.says)}",
        f'* ^url = "{canonicals.ROOT}:valueset:{one.id}"', "* ^experimental = false", f"* include codes from system {one.name}CodeSystem", "",
    ]  # fmt: skip
    return "\n".join(lines)


def _code(code: str) -> str:
    return f'"{code}"' if " " in code else code


def _quoted(text: str) -> str:
    plain = " ".join(text.split()).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{plain}"'


def write(guide: Path) -> None:
    """Write the file into the guide's folder."""
    (guide / FILE).write_text(fsh(), encoding="utf-8")


def out_of_date(guide: Path) -> list[str]:
    """What differs from the product's tables; empty when nothing does."""
    path = guide / FILE
    return [] if path.exists() and path.read_text(encoding="utf-8") == fsh() else [f"{path}: run python -m tools.guide write"]
