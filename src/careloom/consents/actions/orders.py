"""Records and ends court orders. Source: 42 CFR 2.61 to 2.67; law.md 1.8; R-107."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction

from careloom.consents import papers
from careloom.consents.actions.outcomes import Changed, require_papers
from careloom.consents.court import MATTERS
from careloom.consents.materialise import materialise
from careloom.consents.models import CourtOrder
from careloom.consents.models.scan import PaperScan
from careloom.consents.turns import take_turn
from careloom.infra.access import NotVisible, Viewer
from careloom.infra.access.models import Grant
from careloom.infra.answers import Refused, Stale
from careloom.infra.audit.actions import record
from careloom.infra.documents.uploads import Upload, seal_upload
from careloom.kernel import disclosure
from careloom.kernel.clocks import local_day

#: How the register files such a paper: that a court spoke about treatment is itself a fact about treatment (42 CFR 2.13(c)).
CATEGORY = "posc.plan_part2_segment"
ENDINGS = ("VACATED", "REPLACED", "CASE_CLOSED", "MISTAKE")


@dataclass(frozen=True, kw_only=True)
class OrderDraft:
    """What the paper says. `findings` are names of `papers.FINDINGS`; ids of recipients are agencies."""

    identity_id: UUID
    subject_ids: tuple[UUID, ...]
    kind: str
    court: str
    issued_on: date
    scope: tuple[str, ...]
    purposes: tuple[str, ...]
    recipient_ids: tuple[UUID, ...]
    recipient_names: tuple[str, ...] = ()
    docket: str = ""
    target: str = "patient"
    expires_on: date | None = None
    findings: tuple[str, ...] = ()
    ground_2_63: str = ""
    document_id: UUID | None = None
    matter: str = ""


@dataclass(frozen=True, kw_only=True)
class Recorded:
    """The paper is in the register. `gaps` says why it opens nothing, or not everything that it lists; `grants` what it opened."""

    order: CourtOrder
    gaps: tuple[disclosure.Reason, ...]
    grants: int


@transaction.atomic
def record_order(*, by: Viewer, at: datetime, draft: OrderDraft, request_key: str, scan: Upload | None = None) -> Recorded | Refused:
    """Put a court's paper in the register of `by`'s agency and let it open what the kernel permits on it, at once.

    A paper that does not qualify is kept too, opens nothing and says why: a subpoena on file is not an order (2.61). `scan` is the paper
    itself, kept sealed beside the row. Idempotent on `request_key`. Raises NotVisible for a role that keeps no papers.
    """
    require_papers(by)
    take_turn([f"{by.holder_id}:{request_key}"])
    known = CourtOrder.objects.filter(holder_id=by.holder_id, request_key=request_key).first()
    if known is not None:
        return Recorded(order=known, gaps=gaps_of(known), grants=0)
    wrong = _wrong(draft, today=local_day(at=at, zone=settings.TIME_ZONE))
    if wrong:
        return Refused(codes=wrong)
    order = CourtOrder(
        holder_id=by.holder_id, identity_id=draft.identity_id, category=CATEGORY, kind=draft.kind, court=" ".join(draft.court.split()),
        docket=draft.docket.strip(), subject_ids=list(draft.subject_ids), recipient_ids=list(draft.recipient_ids),
        recipient_names=list(draft.recipient_names), scope=list(draft.scope), purposes=list(draft.purposes), target=draft.target,
        issued_on=draft.issued_on, expires_on=draft.expires_on, findings=sorted(set(draft.findings)), ground_2_63=draft.ground_2_63,
        document_id=draft.document_id, recorded_at=at, recorded_by=by.worker_id, request_key=request_key, matter=draft.matter,
    )  # fmt: skip
    if scan is not None:
        order.document_id = _keep_scan(order, scan=scan, at=at)
    order.save()
    materialise(order.subject_ids, at=at)
    record(by=by, at=at, action="consents.order_recorded", identity_id=order.identity_id, object_id=order.pk, detail={"kind": order.kind})
    opened = Grant.objects.filter(instrument_id=order.pk, valid_to__gt=at).count()
    return Recorded(order=order, gaps=gaps_of(order), grants=opened)


@transaction.atomic
def end_order(*, by: Viewer, at: datetime, order_id: UUID, because: str, row_version: int) -> Changed | Refused | Stale:
    """End an order (vacated, replaced, case closed, recorded by mistake); what it opened ends in this transaction. Again changes nothing.

    Raises NotVisible where `by` may not see the order.
    """
    require_papers(by)
    if because not in ENDINGS:
        return Refused(codes=("BECAUSE",))
    order = _visible(by, order_id)
    if order.ended_at is not None:
        return Changed(paper_id=order.pk, grants=0)
    changed = CourtOrder.objects.filter(pk=order.pk, row_version=row_version, ended_at=None).update(
        ended_at=at, ended_because=because, row_version=row_version + 1
    )
    if not changed:
        return Stale(current=_visible(by, order_id))
    grants = materialise(order.subject_ids, at=at)
    record(by=by, at=at, action="consents.order_ended", identity_id=order.identity_id, object_id=order.pk, detail={"because": because})
    return Changed(paper_id=order.pk, grants=grants)


def _keep_scan(order: CourtOrder, *, scan: Upload, at: datetime) -> UUID:
    pk = uuid4()
    PaperScan(
        id=pk, holder_id=order.holder_id, identity_id=order.identity_id, category=order.category, about_id=order.pk, about_kind="ORDER",
        media_type=scan.media_type, size=len(scan.content), sealed=seal_upload(scan, holder_id=order.holder_id, document_id=pk), kept_at=at,
        kept_by=order.recorded_by,
    ).save()  # fmt: skip
    return pk


def gaps_of(order: CourtOrder) -> tuple[disclosure.Reason, ...]:
    """What keeps the paper from opening anything, as the kernel sees it (law.md 1.8); empty when it qualifies."""
    return disclosure.validate_order(papers.kernel_order(order))


def _visible(by: Viewer, order_id: UUID) -> CourtOrder:
    order = CourtOrder.objects.filter(pk=order_id, holder_id=by.holder_id).first()
    if order is None:
        raise NotVisible
    return order


def _wrong(draft: OrderDraft, *, today: date) -> tuple[str, ...]:
    """What makes the record itself useless, beside what the law wants of the paper."""
    tests = {
        "KIND": draft.kind not in set(disclosure.OrderKind),
        "COURT": not draft.court.strip(),
        "SUBJECTS": not draft.subject_ids,
        "SCOPE": not draft.scope or not set(draft.scope) <= {c.value for c in disclosure.Category},
        "PURPOSES": not draft.purposes or not set(draft.purposes) <= {p.value for p in disclosure.Purpose},
        "RECIPIENTS": not (draft.recipient_ids or draft.recipient_names),
        "FINDINGS": not set(draft.findings) <= set(papers.FINDINGS),
        "MATTER": bool(draft.matter) and draft.matter not in MATTERS,
        "TARGET": draft.target not in {"patient", "program"},
        "ISSUED_LATER": draft.issued_on > today,
        "ENDS_BEFORE": draft.expires_on is not None and draft.expires_on < draft.issued_on,
    }
    return tuple(code for code, is_wrong in tests.items() if is_wrong)
