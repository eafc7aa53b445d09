"""What the law lets a holder do with a request now: the forms and what stands beside them. Reads, and changes nothing."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from careloom.agencies.models import Agency
from careloom.rights import presenters, words
from careloom.rights.actions.amending import known, parts_of, told_before
from careloom.rights.actions.answering import LISTS, is_free, list_of, reads_pages
from careloom.rights.actions.handling import kind_restricted
from careloom.rights.clocks import put_off_to, today_of
from careloom.rights.copying import copy_of, opened_to_her
from careloom.rights.forms import answering as forms
from careloom.rights.kinds import Right, grounds_of, must_agree
from careloom.rights.models import RightsRequest

SHOWN = 200


def answers_of(row: RightsRequest, *, own: Agency, at: datetime, bound: dict[str, Any]) -> dict[str, Any]:
    """The context of one request's page. A form that was refused comes back in `bound` with its errors.

    No form is called as a method of a dict is (copy, items): a template would find the method where the form is missing.
    """
    version = {"row_version": row.row_version}
    found: dict[str, Any] = {"known": known(row), "forms": {}}
    if row.is_open:
        found |= _open(row, own=own, at=at, version=version)
    elif row.right == Right.AMENDMENT and row.state == "DENIED":
        found["forms"] = {"rebut": forms.RebutForm(initial=version)} if row.disagreement else {"disagree": forms.DisagreeForm(initial=version)}
        found["forms"] = {} if row.rebuttal else found["forms"]
    elif row.right == Right.AMENDMENT and row.state == "GRANTED":
        parts = [part for part in parts_of(holder_id=own.pk, identity_id=row.identity_id) if part.split("|")[0] in row.categories]
        found["by_hand"] = told_before(row, parts=parts, at=at).by_hand
    elif row.right == Right.RESTRICTION and row.restriction_id and row.ended_at is None:
        found["forms"] = {"end": forms.EndForm(initial=version | {"because": "SHE_ASKED" if row.end_asked_at else None})}
    elif row.right == Right.ACCESS and row.review_asked_at and row.reviewed_at is None:
        found["forms"] = {"review": forms.ReviewForm(initial=version)}
    found["forms"] |= bound
    return found


def _open(row: RightsRequest, *, own: Agency, at: datetime, version: dict[str, Any]) -> dict[str, Any]:
    kind = kind_restricted(row) if row.right == Right.RESTRICTION else ""
    grounds = grounds_of(row.right, paid_in_full=row.paid_in_full, to_kind=kind)
    found: dict[str, Any] = {"must_agree": row.right == Right.RESTRICTION and must_agree(paid_in_full=row.paid_in_full, to_kind=kind)}
    able: dict[str, Any] = {"deny": forms.DenyForm(initial=version, grounds=grounds)}
    later = put_off_to(right=row.right, agency=own, due=row.due_on)
    if later is not None and row.put_off_at is None and today_of(own, at=at) <= row.due_on:
        found["later"], able["putoff"] = later, forms.PutOffForm(initial=version)
    if not known(row):
        able["verify"] = forms.VerifyForm(initial=version)
    if row.right == Right.ACCESS:
        found |= _copy(row, own=own, at=at, able=able, version=version)
    elif row.right in LISTS:
        statement = list_of(row, holder=own, at=at)
        lines = presenters.statement_rows(statement)
        found |= {"statement": statement, "lines": lines[:SHOWN], "more_lines": max(0, len(lines) - SHOWN), "free": is_free(row)}
        able["list"] = forms.ListForm(initial=version, free=found["free"])
    elif row.right == Right.AMENDMENT:
        held = parts_of(holder_id=own.pk, identity_id=row.identity_id)
        named = [part for part in held if part.split("|")[0] in row.categories]
        able["correct"] = forms.CorrectForm(initial=version | {"text": row.words, "parts": named}, held=held)
    else:
        able["agree"] = forms.PlainForm(initial=version)
    return found | {"forms": able}


def _copy(row: RightsRequest, *, own: Agency, at: datetime, able: dict[str, Any], version: dict[str, Any]) -> dict[str, Any]:
    on = today_of(own, at=at)
    copy = copy_of(holder=own, identity_id=row.identity_id, on=on, categories=row.categories, from_on=row.from_on, to_on=row.to_on)
    able["handover"] = copy_form(None, row=row, own=own, at=at)
    counted: dict[str, int] = {}
    for line in copy.lines:
        counted[line.record.category] = counted.get(line.record.category, 0) + 1
    told = [(words.parts([category]).capitalize(), count) for category, count in sorted(counted.items())]
    return {"copied": told, "apart": words.parts(copy.apart) if copy.apart else ""}


def copy_form(data: Any, *, row: RightsRequest, own: Agency, at: datetime) -> forms.CopyForm:
    """The form of a copy: the parts that the law opens to her, and the grounds on which some may stay out."""
    opened, _apart = opened_to_her(holder=own, identity_id=row.identity_id, on=today_of(own, at=at))
    parts = sorted({category for category, _ in opened})
    grounds = [code for code in grounds_of(Right.ACCESS) if code not in {"NOT_HELD", "NOT_VERIFIED"}]
    how = row.wants_how if row.wants_how != "PORTAL" or reads_pages(row) else "PAPER"
    return forms.CopyForm(
        data, initial={"row_version": row.row_version, "how": how}, parts=parts, grounds=grounds, on_pages=reads_pages(row)
    )  # fmt: skip
