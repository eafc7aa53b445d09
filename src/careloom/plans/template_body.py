"""The sections of one plan: those of its pack, or of the local template that it was started with, laid over the pack. Reads; writes nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from careloom.infra.packs import load_pack
from careloom.kernel.packs.schema import MinimumContent, PlanSection, Text
from careloom.plans.models import PlanOfSafeCare, PlanTemplateVersion


@dataclass(frozen=True, kw_only=True)
class SectionNow:
    """A section as this plan has it: the pack's draws and checks, the template's heading and questions; what it must say at the least."""

    code: str
    name: Text
    draws: tuple[str, ...]
    texts: Mapping[str, Text]
    checks: Mapping[str, Text]
    minimum: tuple[MinimumContent, ...]
    needed: bool = False  # the template asks that something be written or drawn here
    guidance: str = ""

    def called(self, language: str) -> str:
        """Its heading in a language; English where the other is missing."""
        return self.name.get(language) or self.name["en"]


def sections_of(plan: PlanOfSafeCare) -> tuple[SectionNow, ...]:
    """The sections of a plan in their order. One query where it was started with a local template, else none."""
    found = PlanTemplateVersion.objects.filter(pk=plan.template_version_id).first() if plan.template_version_id else None
    return laid_over(pack=plan.pack, body=found.body if found else None)


def section_of(plan: PlanOfSafeCare, code: str) -> SectionNow | None:
    """One section, or None where the plan has no such section."""
    return next((section for section in sections_of(plan) if section.code == code), None)


def laid_over(*, pack: str, body: list[dict[str, object]] | None) -> tuple[SectionNow, ...]:
    """The pack's sections with a template's body over them: the template's order, headings and further questions.

    INVARIANT: a template never takes a section out: what it leaves out follows in the pack's order, so that the law's minimum has its place.
    """
    template = load_pack(name=pack).plan
    must = [template.contents[code] for code in template.minimum_content if code in template.contents]
    known = {section.code: section for section in template.sections}
    asked = {str(row["code"]): row for row in body or [] if row["code"] in known}
    return tuple(_section(known[code], asked.get(code), must) for code in dict.fromkeys([*asked, *known]))


def body_of_pack(pack: str) -> list[dict[str, object]]:
    """The sections of a pack as the first body of a new template."""
    sections = load_pack(name=pack).plan.sections
    return [{"code": one.code, "name": dict(one.name), "needed": False, "questions": [], "guidance": ""} for one in sections]


def _section(section: PlanSection, row: Mapping[str, object] | None, must: list[MinimumContent]) -> SectionNow:
    minimum = tuple(item for item in must if item.section == section.code)
    if row is None:
        return SectionNow(
            code=section.code, name=section.name, draws=section.draws, texts=section.texts, checks=section.checks, minimum=minimum
        )  # fmt: skip
    questions: list[dict[str, str]] = row.get("questions") or []  # type: ignore[assignment]
    more = {one["code"]: {"en": one["en"], "es": one.get("es") or one["en"]} for one in questions}
    return SectionNow(
        code=section.code, name=row["name"], draws=section.draws, texts={**section.texts, **more}, checks=section.checks,  # type: ignore[arg-type]
        minimum=minimum, needed=bool(row.get("needed")), guidance=str(row.get("guidance") or ""),
    )  # fmt: skip
