"""A notice as the Tribe reads and answers it. Nothing else of the case opens by it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from careloom.agencies.gate import needs
from careloom.agencies.models import Agency
from careloom.agencies.roles import Permission
from careloom.agencies.signed_in import agency_of, viewer_of
from careloom.infra import clock
from careloom.infra.access.accounting import account
from careloom.infra.answers import Refused, Stale
from careloom.permanency import actions, queries, words
from careloom.permanency.actions.tribe import earliest_hearing
from careloom.permanency.forms.court import AnswerForm
from careloom.permanency.models.kin import INQUIRY


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.CASE_WRITE)
def notice(request: HttpRequest, notice_id: UUID) -> HttpResponse:
    """The notice, with the Tribe's answer; answered again it is answered anew."""
    viewer, own, at = viewer_of(request), agency_of(request), clock.now()
    row = queries.notice_to_us(viewer=viewer, notice_id=notice_id)
    account(viewer=viewer, place="permanency:notice", rows=[row], at=at)
    first = {"answer": row.answer, "contact": row.contact, "more_time": row.more_time, "preferences": row.preferences, "row_version": row.row_version}
    form, stale = AnswerForm(request.POST or None, initial=first), False
    invites = row.proceeding == INQUIRY
    if invites:  # no court is asked for anything yet, so there is no time to ask for
        del form.fields["more_time"]
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        done = actions.answer_notice(
            by=viewer, at=at, notice_id=notice_id, answer=told["answer"], contact=told["contact"], more_time=told.get("more_time", False),
            preferences=told["preferences"], row_version=told["row_version"] or 0,
        )  # fmt: skip
        if isinstance(done, Refused):
            form.refuse(done.codes)
        elif isinstance(done, Stale):
            row, stale = done.current, True
            form.data = form.data.copy()
            form.data["row_version"] = str(row.row_version)
        else:
            messages.success(request, _("Kept. The agency of the case sees it."))
            return redirect("permanency:notice", notice_id=notice_id)
    agency = Agency.objects.filter(pk=row.holder_id).first()
    context = {
        "stale": stale, "row": row, "form": form, "invites": invites, "from": agency.name_outside if agency else "",
        "first": earliest_hearing(row, pack=own.pack),
        "proceeding": words.code(row.proceeding, among=words.PROCEEDINGS), "answer": words.code(row.answer, among=words.TRIBE_ANSWERS),
    }  # fmt: skip
    return render(request, "permanency/notice.html", context, status=409 if stale else 422 if form.errors else 200)
