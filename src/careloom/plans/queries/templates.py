"""Local templates, who uses which version, and two of them side by side. They hold no person, so these take no viewer. Source: R-028."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from careloom.plans.models import PlanTemplate, PlanTemplateUse, PlanTemplateVersion


@dataclass(frozen=True, kw_only=True)
class Compared:
    """One section in two versions: heading, guidance and questions of each, and whether they differ. None where a version lacks it."""

    code: str
    left: dict[str, object] | None
    right: dict[str, object] | None

    @property
    def differs(self) -> bool:
        """Whether anything is not the same."""
        return self.left != self.right


def templates_for(*, agency_id: UUID) -> QuerySet[PlanTemplate]:
    """Every template with a published version, and the drafts of this agency, by name."""
    published = PlanTemplateVersion.objects.exclude(published_at=None).values("template_id")
    return PlanTemplate.objects.filter(Q(pk__in=published) | Q(agency_id=agency_id)).order_by("name", "made_at", "pk")


def template_for(*, template_id: UUID, agency_id: UUID) -> PlanTemplate | None:
    """One of them, or None."""
    return templates_for(agency_id=agency_id).filter(pk=template_id).first()


def versions_for(*, template_ids: list[UUID], agency_id: UUID) -> list[PlanTemplateVersion]:
    """The published versions of these templates, and this agency's own drafts, newest first. One query."""
    rows = PlanTemplateVersion.objects.select_related("template").filter(template_id__in=template_ids)
    return list(rows.filter(~Q(published_at=None) | Q(template__agency_id=agency_id)).order_by("-number"))


def uses_of(*, version_ids: list[UUID]) -> list[PlanTemplateUse]:
    """Which agencies use these versions now, longest first. One query."""
    return list(PlanTemplateUse.objects.filter(version_id__in=version_ids, until=None).order_by("since", "pk"))


def used_by(*, agency_id: UUID, pack: str) -> QuerySet[PlanTemplateUse]:
    """The versions that an agency begins its plans with now, one for each stage at most."""
    return PlanTemplateUse.objects.filter(agency_id=agency_id, until=None, version__template__pack=pack)


def readable_version(*, version_id: UUID, agency_id: UUID) -> PlanTemplateVersion | None:
    """A version that this agency may read: published, or its own draft."""
    rows = PlanTemplateVersion.objects.select_related("template").filter(pk=version_id)
    return rows.filter(~Q(published_at=None) | Q(template__agency_id=agency_id)).first()


def compared(left: list[dict[str, object]], right: list[dict[str, object]]) -> list[Compared]:
    """Two bodies side by side, in the order of the left one, then what only the right one has."""
    one, two = ({str(row["code"]): row for row in body} for body in (left, right))
    return [Compared(code=code, left=one.get(code), right=two.get(code)) for code in dict.fromkeys([*one, *two])]
