"""Reads the sections of a plan and its minimum content from `plan.yaml`. Source: plan-content.md 2.0, 2.1."""

from __future__ import annotations

from enum import StrEnum

from careloom.kernel.packs.reader import Reader
from careloom.kernel.packs.schema import MinimumContent, PlanSection, Text


class Draw(StrEnum):
    """What a section can draw from rows that are kept elsewhere, so that nothing is typed twice."""

    HOUSEHOLD = "HOUSEHOLD"
    PREGNANCY = "PREGNANCY"
    INFANTS = "INFANTS"
    EXPOSURES = "EXPOSURES"
    HER_HEALTH = "HER_HEALTH"
    RECOVERY = "RECOVERY"
    CAREGIVERS = "CAREGIVERS"
    NEEDS = "NEEDS"
    STRENGTHS = "STRENGTHS"
    TEAM = "TEAM"
    SYSTEMS = "SYSTEMS"
    CONSENTS = "CONSENTS"
    AGREEMENT = "AGREEMENT"


class Fill(StrEnum):
    """What fills an item of the minimum content."""

    INFANT_PERSON = "INFANT_PERSON"
    CAREGIVER_PERSON = "CAREGIVER_PERSON"
    BIRTH_PLACE = "BIRTH_PLACE"
    INFANT_HEALTH = "INFANT_HEALTH"
    INFANT_NEED = "INFANT_NEED"
    EXPOSURE = "EXPOSURE"
    TREATMENT = "TREATMENT"
    TREATMENT_NEED = "TREATMENT_NEED"
    REFERRAL = "REFERRAL"
    REVIEW = "REVIEW"
    CONTACTS = "CONTACTS"


def read_sections(reader: Reader) -> tuple[PlanSection, ...]:
    """The sections in the order of `section_order`; every code of the order must be there, and no section outside it."""
    sections = reader.child("sections")
    order = reader.texts("section_order")
    for code in sections.keys():  # noqa: SIM118
        if code not in order:
            sections.problem("This section is not in section_order.", "Add its code to section_order.", key=code)
    missing = [code for code in order if code not in sections]
    for code in missing:
        reader.problem(f"The section {code} is named and not written.", "Write it under sections.", key="section_order")
    return tuple(_section(sections.child(code), code) for code in order if code not in missing)


def read_contents(reader: Reader) -> dict[str, MinimumContent]:
    """What each code of minimum content means, where it stands and what fills it."""
    contents = reader.child("contents")
    found = {}
    for code in contents.keys():  # noqa: SIM118
        one = contents.child(code)
        found[code] = MinimumContent(
            code=code, section=one.text("section"), words=one.words("words"), filled_by=one.code("filled_by", Fill).value
        )  # fmt: skip
        one.done()
    return found


def _section(reader: Reader, code: str) -> PlanSection:
    section = PlanSection(
        code=code, name=reader.words("name"), draws=tuple(draw.value for draw in reader.codes("draws", Draw)),
        texts=_texts(reader, "texts"), checks=_texts(reader, "checks"),
    )  # fmt: skip
    reader.done()
    return section


def _texts(reader: Reader, key: str) -> dict[str, Text]:
    if key not in reader:
        return {}
    inner = reader.child(key)
    return {code: inner.words(code) for code in inner.keys()}  # noqa: SIM118
