"""The in-force register of agreements' data clauses: put in force, reviewed, ended. Source: R-102, R-103; 42 CFR 2.11, 2.33(c); DESIGN section 1."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from careloom.agencies.models import Agency
from careloom.consents import papers
from careloom.consents.actions.outcomes import Changed, require_papers
from careloom.consents.agreements import PAPER_ONLY, can_serve
from careloom.consents.materialise import materialise
from careloom.consents.models import Consent, DataClause
from careloom.consents.register import DATA_SHARING
from careloom.consents.turns import take_turn
from careloom.infra.access import NotVisible, System, Viewer, acting_as, system
from careloom.infra.access.models import Segment
from careloom.infra.answers import Refused, Stale
from careloom.infra.audit.actions import record
from careloom.infra.events.outbox import publish
from careloom.kernel import disclosure
from careloom.kernel.events import ClauseChanged

ENDINGS = ("ENDED_EARLY", "RAN_OUT", "REPLACED", "BREACH", "MISTAKE")
#: Services that the preambles of 2017 and 2018 keep out of a QSOA: what serves the patient's care needs her consent (law.md 1.1).
NOT_A_SERVICE = frozenset({"treatment", "care_coordination", "posc_monitoring", "safety_assessment", "child_abuse_followup"})


@dataclass(frozen=True, kw_only=True)
class ClauseDraft:
    """One line of an element schedule. `kind`: a `disclosure.AgreementKind`, or DATA_SHARING. Dates are inclusive local days.

    A memorandum and a working agreement carry no data, so they name no categories and no purposes.
    """

    kind: str
    title: str
    recipient_id: UUID
    categories: tuple[str, ...]
    purposes: tuple[str, ...]
    starts_on: date
    ends_on: date | None = None
    review_due_on: date | None = None
    closes_when_overdue: bool = False
    agreement_id: UUID | None = None
    terms: dict[str, bool] = field(default_factory=dict)
    service: str = ""


@transaction.atomic
def put_clause_in_force(*, by: Viewer, at: datetime, draft: ClauseDraft, request_key: str) -> Changed | Refused:
    """Put a data clause of `by`'s agency in force: it begins to limit or to carry what flows from this agency, at once for every family.

    Only the discloser puts a clause in force. Idempotent on `request_key`. Raises NotVisible for a role that keeps no papers.
    """
    require_papers(by)
    take_turn([f"{by.holder_id}:{request_key}"])
    known = DataClause.objects.filter(discloser_id=by.holder_id, request_key=request_key).first()
    if known is not None:
        return Changed(paper_id=known.pk, grants=0)
    wrong = _wrong(draft, discloser_id=by.holder_id)
    if wrong:
        return Refused(codes=wrong)
    clause = DataClause.objects.create(
        agreement_id=draft.agreement_id, kind=draft.kind, title=" ".join(draft.title.split()), discloser_id=by.holder_id,
        recipient_id=draft.recipient_id, categories=sorted(set(draft.categories)), purposes=sorted(set(draft.purposes)), terms=draft.terms,
        starts_on=draft.starts_on, ends_on=draft.ends_on, review_due_on=draft.review_due_on, closes_when_overdue=draft.closes_when_overdue,
        service=" ".join(draft.service.split()), put_at=at, put_by=by.worker_id, request_key=request_key,
    )  # fmt: skip
    record(by=by, at=at, action="consents.clause_put", object_id=clause.pk, detail={"kind": clause.kind})
    return Changed(paper_id=clause.pk, grants=_settle(clause, at=at))


@transaction.atomic
def review_clause(*, by: Viewer, at: datetime, clause_id: UUID, next_review_on: date, row_version: int) -> Changed | Refused | Stale:
    """Note that a clause was reviewed and when the next review is due; what an overdue review had closed opens again."""
    require_papers(by)
    clause = _own(by, clause_id)
    if clause.ended_at is not None or next_review_on <= clause.starts_on:
        return Refused(codes=("ENDED" if clause.ended_at else "REVIEW_BEFORE_START",))
    return _change(
        by=by, at=at, clause=clause, row_version=row_version, action="consents.clause_reviewed", review_due_on=next_review_on, reviewed_at=at
    )


@transaction.atomic
def end_clause(*, by: Viewer, at: datetime, clause_id: UUID, because: str, row_version: int) -> Changed | Refused | Stale:
    """End a clause; what it carried ends in this transaction, and what a schedule no longer lists stops. Again changes nothing."""
    require_papers(by)
    if because not in ENDINGS:
        return Refused(codes=("BECAUSE",))
    clause = _own(by, clause_id)
    if clause.ended_at is not None:
        return Changed(paper_id=clause.pk, grants=0)
    return _change(by=by, at=at, clause=clause, row_version=row_version, action="consents.clause_ended", ended_at=at, ended_because=because)


def _change(*, by: Viewer, at: datetime, clause: DataClause, row_version: int, action: str, **changes: object) -> Changed | Stale:
    same = DataClause.objects.filter(pk=clause.pk, row_version=row_version)
    if not same.update(**changes, row_version=row_version + 1):
        return Stale(current=_own(by, clause.pk))
    record(by=by, at=at, action=action, object_id=clause.pk, detail={"kind": clause.kind})
    publish(ClauseChanged(clause_id=clause.pk, holder_id=clause.discloser_id), at=at)
    return Changed(paper_id=clause.pk, grants=_settle(clause, at=at))


def _settle(clause: DataClause, *, at: datetime) -> int:
    """Bring the grants of everybody of whom the discloser holds something that the clause could touch in line, in this transaction."""
    if clause.kind in PAPER_ONLY:
        return 0
    with acting_as(system(System.GRANTS)):
        held = Segment.objects.filter(holder_id=clause.discloser_id)
        # A consent that names the recipient carries more or less with the clause beside it, whatever the clause itself lists: a schedule limits
        # it, and an exchange passes on only while it serves the program (42 CFR 2.31(a)(4)(ii)).
        forms = Consent.objects.filter(recipient_ids__contains=[clause.recipient_id], revoked_at=None, superseded_by=None)
        named = {pk for ids in forms.values_list("subject_ids", flat=True) for pk in ids}
        touched = held.filter(identity_id__any_of=named)
        touched = touched if clause.kind == DATA_SHARING else touched | held.filter(category__in=clause.categories)
        ids = list(touched.values_list("identity_id", flat=True).distinct())
    return materialise(ids, at=at) if ids else 0


def _own(by: Viewer, clause_id: UUID) -> DataClause:
    clause = DataClause.objects.filter(pk=clause_id, discloser_id=by.holder_id).first()
    if clause is None:
        raise NotVisible
    return clause


def _wrong(draft: ClauseDraft, *, discloser_id: UUID | None) -> tuple[str, ...]:
    bare, is_qsoa = draft.kind in PAPER_ONLY, draft.kind == disclosure.AgreementKind.QSOA
    tests = {
        "KIND": draft.kind not in {*disclosure.AgreementKind, DATA_SHARING},
        "TITLE": not draft.title.strip(),
        "RECIPIENT": draft.recipient_id == discloser_id,
        "CATEGORIES": not (draft.categories or bare) or not set(draft.categories) <= {c.value for c in disclosure.Category},
        "PURPOSES": not (draft.purposes or bare) or not set(draft.purposes) <= {p.value for p in disclosure.Purpose},
        "QSOA_SERVICE": is_qsoa and bool(set(draft.purposes) & NOT_A_SERVICE),
        "QSOA_PARTY": is_qsoa and not _may_serve(draft.recipient_id),
        "TERMS": not set(draft.terms) <= set(papers.TERMS),
        "ENDS_BEFORE": draft.ends_on is not None and draft.ends_on < draft.starts_on,
        "REVIEW_BEFORE_START": draft.review_due_on is not None and draft.review_due_on <= draft.starts_on,
        "NO_REVIEW": draft.closes_when_overdue and draft.review_due_on is None,
    }
    return tuple(code for code, is_wrong in tests.items() if is_wrong)


def _may_serve(agency_id: UUID) -> bool:
    """Whether this agency can be a service organization at all; a court, child welfare or who treats her never is (42 CFR 2.11)."""
    kind = Agency.objects.filter(pk=agency_id).values_list("kind", flat=True).first()
    return kind is not None and can_serve(kind)
