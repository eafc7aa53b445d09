"""A form of a case: one page for each thing that is done, with the family or with one row. Each sends one form to one action."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from careloom.agencies.gate import needs
from careloom.agencies.roles import Permission
from careloom.agencies.signed_in import agency_of, viewer_of
from careloom.consents.pages.subject import subject_of
from careloom.infra import clock
from careloom.infra.access import NotVisible
from careloom.infra.access.accounting import account
from careloom.infra.answers import Refused, Stale
from careloom.permanency import presenters, queries, words
from careloom.permanency.actions.taking_back import may_be_taken_back
from careloom.permanency.looking import Line
from careloom.permanency.terms import keeps_cases
from careloom.permanency.views.asking import Ask, Deed, own_case
from careloom.permanency.views.deeds import BEFORE, DEEDS
from careloom.permanency.views.family import eyes_of
from careloom.permanency.views.row_deeds import ROW_DEEDS, TAKE_BACK


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.CASE_WRITE)
def of_family(request: HttpRequest, identity_id: UUID, deed: str) -> HttpResponse:
    """Something about the family or its open case."""
    viewer, at = viewer_of(request), clock.now()
    if not keeps_cases(agency_of(request)):
        raise NotVisible
    subject = subject_of(viewer=viewer, identity_id=identity_id, place="permanency:deed", at=at)
    ask = Ask(by=viewer, at=at, own=agency_of(request), subject=subject, case=own_case(viewer=viewer, identity_id=identity_id))
    first = BEFORE[deed](ask) if deed in BEFORE and ask.case is not None else ""
    return _answer(request, ask, DEEDS[deed], first=first)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.CASE_READ)
def of_row(request: HttpRequest, case_row_id: UUID, row_deed: str) -> HttpResponse:
    """Something about one row of a case. A provider that was asked for its word on a goal answers here too."""
    viewer, at, deed = viewer_of(request), clock.now(), ROW_DEEDS[row_deed]
    row = queries.one_row(deed.model, viewer=viewer, row_id=case_row_id)
    asked = row_deed == "fit" and row.holder_id != viewer.holder_id
    if not asked and (row.holder_id != viewer.holder_id or not viewer.can(Permission.CASE_WRITE)):
        raise NotVisible
    account(viewer=viewer, place="permanency:row", rows=[row], at=at)
    subject = subject_of(viewer=viewer, identity_id=row.identity_id, place="permanency:row", at=at)
    case = next((one for one in queries.cases_of(viewer=viewer, identity_id=row.identity_id) if one.pk == row.case_id), None)
    return _answer(request, Ask(by=viewer, at=at, own=agency_of(request), subject=subject, case=case, row=row), deed)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.CASE_WRITE)
def take_back(request: HttpRequest, case_row_id: UUID) -> HttpResponse:
    """Take back a row that was written by mistake, with the reason."""
    viewer, at = viewer_of(request), clock.now()
    row = may_be_taken_back(by=viewer, row_id=case_row_id)
    account(viewer=viewer, place="permanency:take_back", rows=[row], at=at)
    subject = subject_of(viewer=viewer, identity_id=row.identity_id, place="permanency:take_back", at=at)
    case = next((one for one in queries.cases_of(viewer=viewer, identity_id=row.identity_id) if one.pk == row.case_id), None)
    return _answer(request, Ask(by=viewer, at=at, own=agency_of(request), subject=subject, case=case, row=row), TAKE_BACK)


def _answer(request: HttpRequest, ask: Ask, deed: Deed, *, first: str = "") -> HttpResponse:
    if not deed.stands(ask):
        if request.method != "POST":
            raise NotVisible
        # A second click on a form that is done, or a form that stood open too long: nothing is lost, and the page says how it stands.
        messages.info(request, _("This was done already, or can no longer be done. This is how it stands."))
        return redirect("permanency:family", identity_id=ask.subject.identity_id)
    ask.form = deed.form(request.POST or None, request.FILES or None, initial=deed.first(ask))
    deed.fill(ask)
    if request.method == "POST" and ask.form.is_valid():
        ask.told = ask.form.cleaned_data
        done = deed.act(ask)
        if isinstance(done, Stale):
            # What she wrote stays in the form, beside how the row stands; sent again it is sent knowing that.
            ask.form.data = ask.form.data.copy()
            ask.form.data["row_version"] = str(done.current.row_version)
            return _shown(request, ask, deed, first=first, now=_stands_now(ask, done.current), status=409)
        if not isinstance(done, Refused):
            messages.success(request, _("Kept."))
            return redirect("permanency:family", identity_id=ask.subject.identity_id)
        ask.form.refuse(done.codes)
    return _shown(request, ask, deed, first=first)


def _stands_now(ask: Ask, row: Any) -> list[Line]:
    """A row that somebody else changed, as its list draws it; nothing for what stands on no list (the case, a plan, a stay in care)."""
    draw = next((presenters.LISTS[key][0] for key, (model, _order) in queries.LISTS.items() if isinstance(row, model)), None)
    if draw is None:
        return []
    return draw([row], eyes=eyes_of(viewer=ask.by, own=ask.own, subject=ask.subject, file=None, today=clock.today(ask.own.zone)))


def _shown(
    request: HttpRequest, ask: Ask, deed: Deed, *, first: str, now: list[Line] | None = None, status: int = 0
) -> HttpResponse:  # fmt: skip
    assert ask.form is not None
    about = getattr(ask.row, "words", "") or getattr(ask.row, "name", "")
    context: dict[str, Any] = {
        "subject": ask.subject, "form": ask.form, "deed": deed, "about": about, "criterion": getattr(ask.row, "criterion", ""),
        "before": words.gap(first) if first else "", "multipart": ask.form.is_multipart(), "is_stale": now is not None, "lines": now or [],
    }  # fmt: skip
    return render(request, "permanency/deed.html", context, status=status or (422 if ask.form.errors else 200))
