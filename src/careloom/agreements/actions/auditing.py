"""The yearly self-audit and the annual report to the Department. Source: R-183, R-184; agreements.md 5.1; workflows.md 6.10; J5.11."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from careloom.agreements.actions.drafting import MOST_LETTERS, opened
from careloom.agreements.checklists import checklists
from careloom.agreements.facts import AnswerFacts
from careloom.agreements.models import Answer, Audit, Report
from careloom.agreements.words import SAYS, SECTIONS
from careloom.infra.access import NotVisible, Viewer
from careloom.infra.answers import Done, Refused, Stale, said
from careloom.infra.audit.actions import record
from careloom.partnership.actions.keeping import put, today, values_of, wrong


@transaction.atomic
def plan_audit(*, by: Viewer, at: datetime, agreement_id: UUID, year: int, auditor: str, due_on: date, request_key: str) -> Done | Refused | Stale:
    """Plan the self-audit of a year. Refused codes: NOT_ALLOWED, STATE, YEAR, AUDITOR. Raises NotVisible."""
    row, standing = opened(by=by, agreement_id=agreement_id)
    others = Audit.objects.filter(agreement=row, year=year).exclude(request_key=request_key)
    codes = wrong(
        {
            "NOT_ALLOWED": not standing.runs,
            "STATE": not row.number or row.kind != "WORKING",
            "YEAR": others.exists() or not 2000 <= year <= today(at).year + 1,
            "AUDITOR": not auditor.strip(),
        }
    )
    values = {"agreement_id": row.pk, "year": year, "auditor": said(auditor, most=120), "due_on": due_on, "questions": checklists().version}
    return put(Audit, None, codes=codes, values=values, version=0, standing=standing, by=by, at=at, request_key=request_key)


@transaction.atomic
def answer(*, by: Viewer, at: datetime, audit_id: UUID, facts: AnswerFacts, version: int, request_key: str) -> Done | Refused | Stale:
    """Answer a question of a self-audit, with what shows it; where it is not yes, with what was found and who does what by when.

    Refused codes: NOT_ALLOWED, STATE, SAYS, EVIDENCE, FINDING, OWNER, DUE_ON, LATER_DAY. Raises NotVisible, for no such question too.
    """
    audit = Audit.objects.filter(pk=audit_id).first()
    _agreement, standing = opened(by=by, agreement_id=audit.agreement_id if audit else audit_id)
    if audit is None or facts.code not in checklists().questions:
        raise NotVisible
    audit.refresh_from_db()
    row = Answer.objects.filter(audit=audit, code=facts.code).first()
    found, acts = facts.says in {"PARTLY", "NO"}, bool(facts.action.strip())
    codes = wrong(
        {
            "NOT_ALLOWED": not standing.runs,
            "STATE": audit.closed_on is not None,
            "SAYS": facts.says not in SAYS,
            "EVIDENCE": facts.says != "NONE" and not facts.evidence.strip(),
            "FINDING": found and not facts.finding.strip(),
            "OWNER": acts and not facts.owner.strip(),
            "DUE_ON": acts and facts.due_on is None,
            "LATER_DAY": bool(facts.done_on and facts.done_on > today(at)),
        }
    )
    values: dict[str, Any] = values_of(facts) | {
        "evidence": said(facts.evidence, most=1000), "finding": said(facts.finding, most=1000) if found else "",
        "action": said(facts.action, most=500), "owner": said(facts.owner, most=120),
    }  # fmt: skip
    if row is None:
        values |= {"audit_id": audit.pk}
    return put(Answer, row, codes=codes, values=values, version=version, standing=standing, by=by, at=at, request_key=request_key)


@transaction.atomic
def close_audit(*, by: Viewer, at: datetime, audit_id: UUID) -> Done | Refused:
    """Close a self-audit in which every question is answered and everything agreed is done. Refused codes: NOT_ALLOWED, UNANSWERED, UNDONE."""
    audit = Audit.objects.filter(pk=audit_id).first()
    _agreement, standing = opened(by=by, agreement_id=audit.agreement_id if audit else audit_id)
    if audit is None or not standing.runs:
        return Refused(codes=("NOT_ALLOWED",))
    answers = list(Answer.objects.filter(audit=audit))
    codes = wrong(
        {
            "UNANSWERED": not set(checklists().questions) <= {one.code for one in answers},
            "UNDONE": any(one.action and one.done_on is None for one in answers),
        }
    )
    if codes:
        return Refused(codes=codes)
    if audit.closed_on is None:
        audit.closed_on, audit.row_version = today(at), audit.row_version + 1
        audit.save(update_fields=["closed_on", "row_version"])
        record(by=by, at=at, action="agreements.audit_closed", object_id=audit.pk)
    return Done(row_id=audit.pk)


@transaction.atomic
def put_report(
    *, by: Viewer, at: datetime, agreement_id: UUID, year: int, sections: Mapping[str, str], request_key: str = "", report_id: UUID | None = None,
    version: int = 0,
) -> Done | Refused | Stale:  # fmt: skip
    """Begin the annual report of a year with what the data say, or write on it while nobody has approved it (R-184).

    Refused codes: NOT_ALLOWED, STATE, YEAR. Raises NotVisible.
    """
    agreement, standing = opened(by=by, agreement_id=agreement_id)
    row = Report.objects.filter(pk=report_id, agreement=agreement).first() if report_id else None
    if (report_id and row is None) or not standing.runs:
        return Refused(codes=("NOT_ALLOWED",))
    others = Report.objects.filter(agreement=agreement, year=year).exclude(pk=report_id).exclude(request_key=request_key or "-")
    codes = wrong(
        {
            "STATE": not agreement.number or agreement.kind != "WORKING" or (row is not None and row.approved_on is not None),
            "YEAR": others.exists() or not 2000 <= year <= today(at).year,
        }
    )
    values: dict[str, Any] = {"sections": {code: sections.get(code, "").strip()[:MOST_LETTERS] for code in SECTIONS}}
    if row is None:
        values |= {"agreement_id": agreement.pk, "year": year}
    return put(Report, row, codes=codes, values=values, version=version, standing=standing, by=by, at=at, request_key=request_key)


@transaction.atomic
def move_report(*, by: Viewer, at: datetime, report_id: UUID, to: str, on: date, how: str, version: int) -> Done | Refused | Stale:
    """Approve a report (`how`: who did), say how it was submitted, or what acknowledged it; one after the other (R-184).

    Refused codes: NOT_ALLOWED, STATE, EMPTY_SECTION, LATER_DAY, BEFORE, HOW. Raises NotVisible.
    """
    row = Report.objects.filter(pk=report_id).first()
    _agreement, standing = opened(by=by, agreement_id=row.agreement_id if row else report_id)
    if row is None or not standing.runs:
        return Refused(codes=("NOT_ALLOWED",))
    steps = {"APPROVED": "approved", "SUBMITTED": "submitted", "ACKNOWLEDGED": "acknowledged"}
    days = {"APPROVED": None, "SUBMITTED": row.approved_on, "ACKNOWLEDGED": row.submitted_on}
    follows = to in steps and getattr(row, f"{steps[to]}_on") is None and (to == "APPROVED" or days[to] is not None)
    before = days.get(to)
    codes = wrong(
        {
            "STATE": not follows,
            "EMPTY_SECTION": to == "APPROVED" and not all(row.sections.get(code) for code in SECTIONS),
            "LATER_DAY": on > today(at),
            "BEFORE": bool(before and on < before),
            "HOW": not how.strip(),
        }
    )
    name = steps.get(to, "approved")
    values = {f"{name}_on": on, ("approved_by" if name == "approved" else f"{name}_how"): said(how, most=120)}
    return put(Report, row, codes=codes, values=values, version=version, standing=standing, by=by, at=at, request_key="")
