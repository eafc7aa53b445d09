"""She signs a section of her plan on her own page, and keeps a copy of what it said then. Source: F11, F34, J4.9."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from careloom.infra.access import Viewer
from careloom.plans.actions.keeping import is_herself, once, open_plan
from careloom.plans.actions.results import Reason, Refused, refused
from careloom.plans.actions.sections import content_of, cosign_section
from careloom.plans.models import SectionSignature


@transaction.atomic
def sign_hers(*, by: Viewer, at: datetime, plan_id: UUID, section: str, name: str, seen: str, request_key: str) -> SectionSignature | Refused:
    """Her name under a section as her page showed it. Idempotent on `request_key`.

    `seen` is the fingerprint (`content_of`) of what the page showed: where anything was written since, nothing is signed and she reads it anew
    (CHANGED_MEANWHILE). `cosign_section` keeps each line that she signed. Raises NotVisible for a plan that is not hers.
    """
    if not is_herself(by):
        return refused(Reason.NOT_ALLOWED)
    plan = open_plan(by=by, at=at, plan_id=plan_id)
    if isinstance(plan, Refused):
        return plan
    known = once(SectionSignature, by=by, request_key=request_key)
    if known is not None:
        return known
    if seen != content_of(plan=plan, section=section):
        return refused(Reason.CHANGED_MEANWHILE)
    return cosign_section(by=by, at=at, plan_id=plan_id, section=section, name=name, request_key=request_key)
