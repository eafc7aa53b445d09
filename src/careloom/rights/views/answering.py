"""Each answer is one POST to the page of a request. What the law does not allow now is refused with what is missing."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from careloom.agencies.gate import needs
from careloom.agencies.roles import Permission
from careloom.agencies.signed_in import agency_of, viewer_of
from careloom.infra import clock
from careloom.rights import actions, queries
from careloom.rights.actions.amending import parts_of
from careloom.rights.actions.answering import is_free
from careloom.rights.actions.handling import kind_restricted
from careloom.rights.documents import render
from careloom.rights.forms import answering as forms
from careloom.rights.kinds import Right, grounds_of
from careloom.rights.models import RightsRequest
from careloom.rights.views.answers import copy_form
from careloom.rights.views.register import shown

keeps = needs(Permission.PAPERS_KEEP)


@require_POST
@keeps
def answer(request: HttpRequest, right_id: UUID, does: str) -> HttpResponse:
    """Do one thing with a request: what `does` names."""
    row = queries.get_right(viewer=viewer_of(request), right_id=right_id)
    form = _form(request, row, does)
    if form.is_valid():
        done = _act(request, row, does, form.cleaned_data)
        if isinstance(done, actions.Done):
            messages.success(request, _("Kept. She sees where it stands."))
            return redirect("rights:one", right_id=row.pk)
        if isinstance(done, actions.Stale):
            messages.warning(request, _("A colleague changed this request meanwhile. This is how it stands now. Look again before you go on."))
            return shown(request, done.current, status=409)
        form.refuse(done.codes)
    return shown(request, row, bound={does: form}, status=422)


def _form(request: HttpRequest, row: RightsRequest, does: str) -> Any:
    data, at = request.POST, clock.now()
    plain = {
        "verify": forms.VerifyForm, "putoff": forms.PutOffForm, "disagree": forms.DisagreeForm, "rebut": forms.RebutForm,
        "agree": forms.PlainForm, "end": forms.EndForm, "review": forms.ReviewForm,
    }  # fmt: skip
    if does in plain:
        return plain[does](data)
    if does == "handover":
        return copy_form(data, row=row, own=agency_of(request), at=at)
    if does == "list":
        return forms.ListForm(data, free=is_free(row))
    if does == "correct":
        return forms.CorrectForm(data, held=parts_of(holder_id=row.holder_id, identity_id=row.identity_id))
    kind = kind_restricted(row) if row.right == Right.RESTRICTION else ""
    return forms.DenyForm(data, grounds=grounds_of(row.right, paid_in_full=row.paid_in_full, to_kind=kind))


def _act(request: HttpRequest, row: RightsRequest, does: str, told: dict[str, Any]) -> actions.Done | actions.Stale | actions.Refused:
    to: dict[str, Any] = {"by": viewer_of(request), "at": clock.now(), "right_id": row.pk}
    version = {"row_version": told.get("row_version")}
    match does:
        case "verify":
            return actions.verify(**to, **version, how=told["verified"])
        case "putoff":
            return actions.put_off_once(**to, **version, because=told["because"])
        case "handover":
            return actions.hand_over_copy(
                **to, **version, how=told["how"], without=told["without"], codes=told["codes"], words=told["answer"], render=render
            )
        case "list":
            return actions.hand_over_list(**to, **version, words=told["answer"], fee_told_on=told.get("fee_told_on"), render=render)
        case "correct":
            return actions.accept_correction(**to, **version, parts=told["parts"], text=told["text"])
        case "disagree" | "rebut":
            return actions.note_disagreement(**to, **version, words=told.get("words", ""), rebuttal=told.get("rebuttal", ""))
        case "agree" if row.right == Right.CONFIDENTIAL:
            return actions.accept_way(**to, **version)
        case "agree":
            return actions.agree_limit(**to, **version)
        case "end":
            return actions.end_limit(**to, **version, because=told["because"])
        case "review":
            return actions.review_denial(**to, **version, reviewer=told["reviewer"], upheld=told["upheld"] == "1", words=told["answer"])
    return actions.deny(**to, **version, codes=told["codes"], words=told["answer"])
