"""Signatures, what goes in force with the last of them, the final copy to each contract manager, and the end.

INVARIANT: no line of an element schedule goes in force before every party signed, and none without the signature of a keeper of papers of the
agency that gives, made here: another's paper opens nothing of hers. Source: R-102, R-103, R-185, R-186; 42 CFR 2.11; agreements.md 5.3; J5.4, J5.5.
"""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from careloom.agencies.models import Agency
from careloom.agreements.actions.drafting import opened
from careloom.agreements.actions.ending import end_clauses, told_no_more
from careloom.agreements.actions.looking import open_notice
from careloom.agreements.models import Agreement, Element, Party, Signature, Version
from careloom.agreements.written import Written, written
from careloom.consents.actions import Changed, ClauseDraft, put_clause_in_force
from careloom.consents.agreements import terms_of
from careloom.infra.access import System, Viewer, acting_as, system
from careloom.infra.answers import Done, Refused, Stale, said
from careloom.infra.audit.actions import record
from careloom.kernel.disclosure import AgreementKind
from careloom.kernel.partnership.agreements import State
from careloom.partnership.actions.keeping import put, today, wrong
from careloom.partnership.models import Partner

KIND_OF = {"DATA_SHARING": "DATA_SHARING", "QSOA": AgreementKind.QSOA.value}


class _NotPut(Exception):
    """A line of the schedule was refused, so nothing is executed."""

    def __init__(self, codes: tuple[str, ...]) -> None:
        self.codes = codes


def sign(
    *, by: Viewer, at: datetime, party_id: UUID, name: str, title: str, signed_on: date, version: int, request_key: str
) -> Done | Refused | Stale:  # fmt: skip
    """Keep a party's signature on the text that she read (`version` of the agreement); the last one executes it, with its data clauses.

    Refused codes: NOT_ALLOWED, SIGNING, KEEPER, NAME, LATER_DAY, MISSING, QSOA_SERVICE, QSOA_PARTY. Raises NotVisible.
    """
    try:
        with transaction.atomic():
            return _sign(by=by, at=at, party_id=party_id, name=name, title=title, signed_on=signed_on, version=version, request_key=request_key)
    except _NotPut as refused:
        return Refused(codes=refused.codes)


def _sign(
    *, by: Viewer, at: datetime, party_id: UUID, name: str, title: str, signed_on: date, version: int, request_key: str
) -> Done | Refused | Stale:  # fmt: skip
    party = Party.objects.filter(pk=party_id, left_on=None).select_related("partner").first()
    row, standing = opened(by=by, agreement_id=party.agreement_id if party else party_id)
    if party is None or not standing.speaks_for(party.partner_id):
        return Refused(codes=("NOT_ALLOWED",))
    if earlier := Signature.objects.filter(collaborative_id=row.collaborative_id, request_key=request_key, void=False).first():
        return Done(row_id=earlier.pk)
    if row.row_version != version:
        # The text went back to be written on after she opened this page: nobody signs what she did not read.
        return Stale(current=row)
    now = written(row)
    gives = any(one.discloser_id == party.partner_id for one in now.elements)
    codes = wrong(
        {
            "SIGNING": row.state != State.SIGNING,
            "KEEPER": gives and not (by.holder_id == party.partner.agency_id and by.can("PAPERS_KEEP")),
            "NAME": not name.strip(),
            "LATER_DAY": signed_on > today(at),
            "MISSING": bool(now.gaps),
        }
    )
    values = {
        "agreement_id": row.pk, "party_id": party.pk, "number": row.number + 1, "name": said(name, most=120), "title": said(title, most=120),
        "signed_on": signed_on, "by_agency": by.holder_id,
    }  # fmt: skip
    done = put(Signature, None, codes=codes, values=values, version=0, standing=standing, by=by, at=at, request_key=request_key)
    if isinstance(done, Done):
        signed = set(Signature.objects.filter(agreement=row, number=row.number + 1, void=False).values_list("party_id", flat=True))
        if {one.pk for one in now.parties} <= signed:
            _execute(now, by=by, at=at)
    return done


def _execute(now: Written, *, by: Viewer, at: datetime) -> None:
    row = now.agreement
    row.number, row.state, row.executed_at, row.row_version = row.number + 1, State.EXECUTED, at, row.row_version + 1
    row.ended_at, row.ended_because = None, ""
    row.save(update_fields=["number", "state", "executed_at", "row_version", "ended_at", "ended_because"])
    Version.objects.create(
        collaborative_id=row.collaborative_id, agreement=row, number=row.number, words=now.said(), codes=now.chosen(),
        ends_on=row.ends_on, made_at=at,
        made_by=by.worker_id, request_key=f"version:{row.number}",
    )  # fmt: skip
    end_clauses(row, because="REPLACED", at=at)
    told_no_more(row, at=at)
    for element in now.elements:
        _put(row, element, now=now, at=at)
    if row.number > 1:
        open_notice(
            row, what=f"Version {row.number} was executed.", changed_on=today(at), by=by, at=at, request_key=f"executed:{row.pk}:{row.number}"
        )
    record(by=by, at=at, action="agreements.executed", object_id=row.pk, detail={"number": row.number})


def _put(row: Agreement, element: Element, *, now: Written, at: datetime) -> None:
    agencies = dict(Partner.objects.filter(pk__in=(element.discloser_id, element.recipient_id)).values_list("pk", "agency_id"))
    discloser = Agency.objects.get(pk=agencies[element.discloser_id])
    is_qsoa = row.kind == "QSOA"
    draft = ClauseDraft(
        kind=KIND_OF[row.kind], title=row.title, recipient_id=agencies[element.recipient_id], categories=tuple(element.categories),
        purposes=tuple(element.purposes), starts_on=max(row.starts_on or today(at), today(at)), ends_on=row.ends_on,
        review_due_on=row.review_on if row.review_on and row.review_on > today(at) else None,
        closes_when_overdue=terms_of(discloser.pack).overdue_review_closes and bool(row.review_on and row.review_on > today(at)),
        agreement_id=row.pk, terms={"part2_undertaking": True} if is_qsoa else {},
        service=said(now.clauses["service"].text, most=200) if is_qsoa and "service" in now.clauses else "",
    )  # fmt: skip
    job = system(System.JOB, holder_id=discloser.pk)
    with acting_as(job):
        answer = put_clause_in_force(by=job, at=at, draft=draft, request_key=f"agreement:{element.pk}:{row.number}"[:64])
    if not isinstance(answer, Changed):
        raise _NotPut(answer.codes)
    element.clause_id = answer.paper_id
    element.save(update_fields=["clause_id"])


@transaction.atomic
def end(*, by: Viewer, at: datetime, agreement_id: UUID, because: str) -> Done | Refused:
    """End an agreement; what it carried stops in this transaction. Who signed for a party may end it too.

    One that ran out by itself (`ending.run_out`) is closed for good, and the Department heard of its end already.

    Refused codes: NOT_ALLOWED, BECAUSE, STATE. Raises NotVisible.
    """
    row, standing = opened(by=by, agreement_id=agreement_id)
    ours = Party.objects.filter(agreement=row, left_on=None, partner_id__in=standing.partner_ids).exists()
    if not (standing.runs or (ours and by.can("PAPERS_KEEP"))):
        return Refused(codes=("NOT_ALLOWED",))
    if row.state == State.TERMINATED:
        return Done(row_id=row.pk)
    codes = wrong({"BECAUSE": not because.strip(), "STATE": not row.number})
    if codes:
        return Refused(codes=codes)
    is_told = row.ended_at is not None
    row.state, row.ended_at, row.ended_because = State.TERMINATED, at, said(because, most=300)
    row.row_version += 1
    row.save(update_fields=["state", "ended_at", "ended_because", "row_version"])
    end_clauses(row, because="ENDED_EARLY", at=at)
    told_no_more(row, at=at)
    if not is_told:
        key = f"ended:{row.pk}:{row.row_version}"
        open_notice(row, what=f"It ended: {row.ended_because}", changed_on=today(at), by=by, at=at, request_key=key)
    record(by=by, at=at, action="agreements.ended", object_id=row.pk)
    return Done(row_id=row.pk)


@transaction.atomic
def file_copy(
    *, by: Viewer, at: datetime, signature_id: UUID, filed_on: date, filed_how: str, receipt_on: date | None, receipt: str, version: int
) -> Done | Refused | Stale:
    """Say when and how the final copy went to the contract manager of a party, and the receipt (R-185).

    Refused codes: NOT_ALLOWED, STATE, LATER_DAY, BEFORE, HOW. Raises NotVisible.
    """
    row = Signature.objects.filter(pk=signature_id, void=False).select_related("party").first()
    agreement, standing = opened(by=by, agreement_id=row.agreement_id if row else signature_id)
    if row is None or not standing.speaks_for(row.party.partner_id):
        return Refused(codes=("NOT_ALLOWED",))
    day = today(at)
    codes = wrong(
        {
            "STATE": row.number > agreement.number,
            "LATER_DAY": filed_on > day or bool(receipt_on and receipt_on > day),
            "BEFORE": filed_on < row.signed_on or bool(receipt_on and receipt_on < filed_on),
            "HOW": not filed_how.strip(),
        }
    )
    values = {"filed_on": filed_on, "filed_how": said(filed_how, most=160), "receipt_on": receipt_on, "receipt": said(receipt, most=160)}
    return put(Signature, row, codes=codes, values=values, version=version, standing=standing, by=by, at=at, request_key="")
