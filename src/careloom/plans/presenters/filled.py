"""Which items of a jurisdiction's minimum content a plan says already, as far as the reader may see it. Source: plan-content.md 2.0."""

from __future__ import annotations

from careloom.directory.needs import catalogue
from careloom.kernel.packs.plan_sections import Fill
from careloom.plans.pages.sections import SectionsPage


def filled(page: SectionsPage) -> frozenset[str]:
    """The codes of `Fill` that something on this page fills. What is hidden from the reader is not said to be missing, only not seen here."""
    known = catalogue().needs
    her = page.plan.identity_id
    codes = [(need.row.code, need.row.identity_id) for need in page.parts.needs]
    domains = {known[code].domain for code, _identity in codes if code in known}
    child = {known[code].domain for code, _identity in codes if code in known} & {"INFANT_HEALTH"}
    tests = {
        Fill.INFANT_PERSON: any(p.given_name and p.birth_date for p in page.infants()),
        Fill.CAREGIVER_PERSON: any((p.given_name or p.preferred_name) and p.birth_date and (p.address or p.county) for p in page.mothers()),
        Fill.BIRTH_PLACE: any(m.role == "PEDIATRICIAN" for m in page.parts.team) or _written(page, "C"),
        Fill.INFANT_HEALTH: any(row.identity_id != her for row in (*page.conditions, *page.medicines)) or bool(page.signs) or _written(page, "C"),
        Fill.INFANT_NEED: bool(child) or any(identity != her for _code, identity in codes),
        Fill.EXPOSURE: bool(page.exposures),
        Fill.TREATMENT: bool(page.medicines) or "RECOVERY" in domains or _written(page, "F"),
        Fill.TREATMENT_NEED: bool(domains & {"RECOVERY", "PARENT_HEALTH"}),
        Fill.REFERRAL: bool(page.parts.referrals),
        Fill.REVIEW: page.parts.next_review is not None,
        Fill.CONTACTS: bool(page.parts.team) and all(m.phone or m.through_her for m in page.parts.team),
    }
    return frozenset(code.value for code, holds in tests.items() if holds)


def _written(page: SectionsPage, section: str) -> bool:
    return any(row.section == section for row in page.own.texts)
