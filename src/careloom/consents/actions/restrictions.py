"""Restrictions that a holder keeps to because the patient asked. Source: 42 CFR 2.26; 45 CFR 164.522(a)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from careloom.consents.actions.outcomes import Changed, require_papers
from careloom.consents.materialise import materialise
from careloom.consents.models import Restriction
from careloom.consents.turns import take_turn
from careloom.infra.access import NotVisible, Viewer
from careloom.infra.answers import Refused
from careloom.infra.audit.actions import record
from careloom.kernel.agency_kinds import AgencyKind
from careloom.kernel.disclosure import Category

CATEGORY = "posc.plan_core"
ENDINGS = ("SHE_ASKED", "AGREED_TOGETHER", "HOLDER_ENDED", "MISTAKE")


@dataclass(frozen=True, kw_only=True)
class RestrictionDraft:
    """Towards whom (one agency, or every agency of a kind) and of what; empty `categories` means all."""

    identity_id: UUID
    to_agency_id: UUID | None = None
    to_kind: str = ""
    categories: tuple[str, ...] = ()
    paid_in_full: bool = False
    about_request_id: UUID | None = None


@transaction.atomic
def put_restriction_in_force(*, by: Viewer, at: datetime, draft: RestrictionDraft, request_key: str) -> Changed | Refused:
    """Keep to a restriction from now on: treatment, payment and operations towards that recipient stop in this transaction.

    An emergency is treated all the same (2.26(a)(6)). Idempotent on `request_key`. Raises NotVisible for a role that keeps no papers.
    """
    require_papers(by)
    take_turn([f"{by.holder_id}:{request_key}"])
    known = Restriction.objects.filter(holder_id=by.holder_id, request_key=request_key).first()
    if known is not None:
        return Changed(paper_id=known.pk, grants=0)
    wrong = _wrong(draft)
    if wrong:
        return Refused(codes=wrong)
    row = Restriction(
        holder_id=by.holder_id, identity_id=draft.identity_id, category=CATEGORY, to_agency_id=draft.to_agency_id, to_kind=draft.to_kind,
        categories=sorted(set(draft.categories)), agreed=True, paid_in_full=draft.paid_in_full, begun_at=at, begun_by=by.worker_id,
        about_request_id=draft.about_request_id, request_key=request_key,
    )  # fmt: skip
    row.save()
    grants = materialise([row.identity_id], at=at)
    record(by=by, at=at, action="consents.restriction_put", identity_id=row.identity_id, object_id=row.pk)
    return Changed(paper_id=row.pk, grants=grants)


@transaction.atomic
def end_restriction(*, by: Viewer, at: datetime, restriction_id: UUID, because: str) -> Changed | Refused:
    """End a restriction; what consents carry flows again. Again changes nothing. One that she paid for in full ends only when she asks."""
    require_papers(by)
    row = Restriction.objects.filter(pk=restriction_id, holder_id=by.holder_id).first()
    if row is None:
        raise NotVisible
    if because not in ENDINGS or (row.paid_in_full and because == "HOLDER_ENDED"):
        return Refused(codes=("BECAUSE",))
    if not Restriction.objects.filter(pk=row.pk, ended_at=None).update(ended_at=at, ended_because=because):
        return Changed(paper_id=row.pk, grants=0)
    grants = materialise([row.identity_id], at=at)
    record(by=by, at=at, action="consents.restriction_ended", identity_id=row.identity_id, object_id=row.pk, detail={"because": because})
    return Changed(paper_id=row.pk, grants=grants)


def _wrong(draft: RestrictionDraft) -> tuple[str, ...]:
    tests = {
        "TO": (draft.to_agency_id is None) == (not draft.to_kind),
        "TO_KIND": bool(draft.to_kind) and draft.to_kind not in set(AgencyKind),
        "CATEGORIES": not set(draft.categories) <= {c.value for c in Category},
    }
    return tuple(code for code, is_wrong in tests.items() if is_wrong)
