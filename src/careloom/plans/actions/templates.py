"""Local templates of plans: written, published, adopted by agencies, forked. They hold no person, so row security has nothing to guard;
who may do what is checked here. Source: R-028."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from careloom.infra.access import Viewer
from careloom.infra.audit.actions import record
from careloom.plans.actions.keeping import take_turn
from careloom.plans.actions.results import Conflict, Reason, Refused, refused
from careloom.plans.models import PlanTemplate, PlanTemplateUse, PlanTemplateVersion
from careloom.plans.template_body import body_of_pack

STAGES = frozenset({"PRENATAL", "POSTNATAL", "BOTH"})


def may_write_templates(by: Viewer) -> bool:
    """Who writes templates: the partnership's coordinator, and who runs an agency."""
    return by.can("PARTNERSHIP") or by.can("AGENCY_ADMIN")


def may_adopt(by: Viewer) -> bool:
    """Who says which template an agency uses: who runs it, its supervisors, and its partnership coordinator."""
    return may_write_templates(by) or by.can("ASSIGN_WORK")


@transaction.atomic
def start_template(
    *, by: Viewer, at: datetime, name: str, stage: str, pack: str, request_key: str, from_version_id: UUID | None = None
) -> PlanTemplate | Refused:
    """A new template of this agency with a draft: from the pack's fourteen sections, or forked from a published version of any agency."""
    if not may_write_templates(by) or by.holder_id is None:
        return refused(Reason.NOT_ALLOWED)
    take_turn(f"template:{by.holder_id}:{request_key}")
    known = PlanTemplate.objects.filter(agency_id=by.holder_id, request_key=request_key).first()
    if known is not None:
        return known
    if stage not in STAGES:
        return refused(Reason.UNKNOWN_CODE)
    if not name.strip():
        return refused(Reason.NO_WORDS)
    source = PlanTemplateVersion.objects.select_related("template").filter(pk=from_version_id).first() if from_version_id else None
    if from_version_id and (source is None or not _readable(source, by=by)):
        return refused(Reason.UNKNOWN_CODE)
    template = PlanTemplate.objects.create(
        agency_id=by.holder_id, pack=source.template.pack if source else pack, name=name.strip()[:120], stage=stage,
        forked_from_id=source.pk if source else None, made_at=at, request_key=request_key,
    )  # fmt: skip
    PlanTemplateVersion.objects.create(template=template, number=1, body=source.body if source else body_of_pack(pack))
    record(by=by, at=at, action="plans.template_started", object_id=template.pk, detail={"forked": source is not None})
    return template


@transaction.atomic
def edit_draft(
    *, by: Viewer, at: datetime, template_id: UUID, body: list[dict[str, object]], row_version: int
) -> PlanTemplateVersion | Conflict | Refused:
    """Write the draft of a template of this agency; the first change after a publication begins the next version."""
    found = _own(by=by, template_id=template_id)
    if isinstance(found, Refused):
        return found
    draft = _draft(found)
    if draft.row_version != row_version:
        return Conflict(mine={"body": body}, theirs={"body": draft.body}, row_version=draft.row_version)
    if draft.body != body:
        draft.body, draft.row_version = body, draft.row_version + 1
        draft.save(update_fields=["body", "row_version"])
        record(by=by, at=at, action="plans.template_edited", object_id=found.pk, detail={"number": draft.number})
    return draft


@transaction.atomic
def publish_template(*, by: Viewer, at: datetime, template_id: UUID, what_changed: str) -> PlanTemplateVersion | Refused:
    """Publish the draft: it is never changed again, and every agency may adopt or fork it. Publishing without a draft changes nothing."""
    found = _own(by=by, template_id=template_id)
    if isinstance(found, Refused):
        return found
    draft = found.versions.filter(published_at=None).first()
    if draft is None:
        return found.versions.order_by("-number").first() or refused(Reason.NOT_A_DRAFT)
    draft.published_at, draft.what_changed = at, what_changed.strip()[:300]
    draft.save(update_fields=["published_at", "what_changed"])
    record(by=by, at=at, action="plans.template_published", object_id=found.pk, detail={"number": draft.number})
    return draft


@transaction.atomic
def adopt_template(*, by: Viewer, at: datetime, version_id: UUID) -> list[PlanTemplateUse] | Refused:
    """Use a published version for this agency's new plans of its stage; what was used before ends. Plans that are open keep their own."""
    if not may_adopt(by) or by.holder_id is None:
        return refused(Reason.NOT_ALLOWED)
    version = PlanTemplateVersion.objects.select_related("template").filter(pk=version_id).exclude(published_at=None).first()
    if version is None:
        return refused(Reason.UNKNOWN_CODE)
    take_turn(f"template-use:{by.holder_id}")
    stages = ["PRENATAL", "POSTNATAL"] if version.template.stage == "BOTH" else [version.template.stage]
    uses = []
    for stage in stages:
        now = PlanTemplateUse.objects.filter(agency_id=by.holder_id, stage=stage, until=None).first()
        if now is not None and now.version_id == version.pk:
            uses.append(now)
            continue
        PlanTemplateUse.objects.filter(agency_id=by.holder_id, stage=stage, until=None).update(until=at)
        uses.append(PlanTemplateUse.objects.create(version=version, agency_id=by.holder_id, stage=stage, since=at))
    record(by=by, at=at, action="plans.template_adopted", object_id=version.pk, detail={"stages": stages})
    return uses


@transaction.atomic
def stop_using(*, by: Viewer, at: datetime, version_id: UUID) -> int | Refused:
    """Go back to the sections of the pack for new plans. Returns how many stages ended."""
    if not may_adopt(by):
        return refused(Reason.NOT_ALLOWED)
    ended = PlanTemplateUse.objects.filter(agency_id=by.holder_id, version_id=version_id, until=None).update(until=at)
    if ended:
        record(by=by, at=at, action="plans.template_left", object_id=version_id, detail={"stages": ended})
    return ended


def _own(*, by: Viewer, template_id: UUID) -> PlanTemplate | Refused:
    if not may_write_templates(by):
        return refused(Reason.NOT_ALLOWED)
    found = PlanTemplate.objects.select_for_update().filter(pk=template_id).first()
    if found is None:
        return refused(Reason.UNKNOWN_CODE)
    return found if found.agency_id == by.holder_id else refused(Reason.NOT_YOURS)


def _draft(template: PlanTemplate) -> PlanTemplateVersion:
    draft = template.versions.filter(published_at=None).first()
    if draft is not None:
        return draft
    last = template.versions.order_by("-number")[0]
    return PlanTemplateVersion.objects.create(template=template, number=last.number + 1, body=last.body)


def _readable(version: PlanTemplateVersion, *, by: Viewer) -> bool:
    return version.published_at is not None or version.template.agency_id == by.holder_id
