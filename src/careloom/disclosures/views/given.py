"""One disclosure that was made by hand or on paper: what it says, its paper, and what follows if the law did not permit it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from careloom.agencies.gate import needs
from careloom.agencies.roles import Permission
from careloom.agencies.signed_in import agency_of, viewer_of
from careloom.disclosures import actions, presenters, queries, words
from careloom.disclosures.forms.handling import BreachForm
from careloom.disclosures.models import Breach
from careloom.infra import clock
from careloom.infra.access import NotVisible
from careloom.infra.access.accounting import account
from careloom.infra.documents.handing import document
from careloom.infra.documents.uploads import unseal_upload


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.FAMILY_READ)
def given(request: HttpRequest, given_id: UUID) -> HttpResponse:
    """One row of the accounting in the agency's own book. A POST by who keeps papers closes the assessment of one that was not permitted."""
    viewer, at, own = viewer_of(request), clock.now(), agency_of(request)
    row = queries.get_given(viewer=viewer, given_id=given_id)
    if row.holder_id != own.pk:
        raise NotVisible
    account(viewer=viewer, place="disclosures:given", rows=[row], at=at)
    breach = Breach.objects.seen_by(viewer).filter(given_id=row.pk, holder_id=own.pk).first()
    form = BreachForm(request.POST or None)
    if request.method == "POST":
        if breach is None or not viewer.can(Permission.PAPERS_KEEP):
            raise NotVisible
        if form.is_valid():
            told = form.cleaned_data
            done = actions.close_breach(
                by=viewer, at=at, given_id=row.pk, outcome=told["outcome"], told_on=told["told_on"], note=told["note"]
            )  # fmt: skip
            if isinstance(done, actions.Done):
                messages.success(request, _("The assessment is kept."))
                return redirect("disclosures:given", given_id=row.pk)
            form.refuse(done.codes)
    context = {
        "row": row, "facts": presenters.given_facts(row, own=own), "status": presenters.permitted_mark(row), "breach": breach, "form": form,
        "outcome": words.code(breach.outcome, among=words.BREACHES) if breach else "", "may_close": viewer.can(Permission.PAPERS_KEEP),
        "duties": [words.duty(code) for code in row.obligations], "has_paper": row.sealed is not None, "nav": "families",
    }  # fmt: skip
    return render(request, "disclosures/given.html", context, status=422 if form.errors else 200)


@require_safe
@needs(Permission.FAMILY_READ)
def paper(request: HttpRequest, given_id: UUID) -> HttpResponse:
    """The released paper as it left: for who keeps papers at the holder, and for who asked and received it."""
    viewer, at = viewer_of(request), clock.now()
    row = queries.get_given(viewer=viewer, given_id=given_id)
    ours = row.holder_id == viewer.holder_id
    if row.sealed is None or (ours and not viewer.can(Permission.PAPERS_KEEP)):
        raise NotVisible
    account(viewer=viewer, place="disclosures:paper", rows=[row], at=at)
    return document(unseal_upload(row.sealed, holder_id=row.holder_id, document_id=row.pk), name="released-record")
