"""What her accounting leaves out on the word of an official: the list of it, a new one, and its early end. 45 CFR 164.528(a)(2)."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from careloom.agencies.gate import needs
from careloom.agencies.queries import agencies_by_id
from careloom.agencies.roles import Permission
from careloom.agencies.signed_in import agency_of, viewer_of
from careloom.infra import clock
from careloom.infra.access import NotVisible
from careloom.infra.access.accounting import account
from careloom.rights import actions, presenters, queries
from careloom.rights.actions.limiting import officials_of
from careloom.rights.forms.answering import HoldForm

keeps = needs(Permission.PAPERS_KEEP)


@require_http_methods(["GET", "HEAD", "POST"])
@keeps
def held(request: HttpRequest, identity_id: UUID) -> HttpResponse:
    """What is left out of a person's list now. A POST leaves out the rows of one receiver. Not there where nothing went to an official."""
    viewer, own, at = viewer_of(request), agency_of(request), clock.now()
    officials = [(key, name) for key, _agency, name in officials_of(holder_id=own.pk, identity_id=identity_id)]
    rows = queries.held_back_for(viewer=viewer, identity_id=identity_id, at=at)
    if not officials and not rows:
        raise NotVisible
    account(viewer=viewer, place="rights:held", rows=rows, at=at)
    form = HoldForm(request.POST or None, receivers=officials)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        done = actions.hold_back(
            by=viewer, at=at, identity_id=identity_id, receiver=told["receiver"], said_by=told["said_by"], in_writing=told["in_writing"],
            until=told["until"], request_key=told["request_key"],
        )  # fmt: skip
        if isinstance(done, actions.Done):
            messages.success(request, _("Left out from now on. Nothing says so to her or to anybody else."))
            return redirect("rights:held", identity_id=identity_id)
        form.refuse(done.codes)
    agencies = agencies_by_id(ids={row.to_agency_id for row in rows} - {None})
    lines = presenters.held_lines(rows, own=own, agencies=agencies)
    return render(request, "rights/held.html", {"form": form, "held": lines}, status=422 if form.errors else 200)


@require_POST
@keeps
def lift(request: HttpRequest, held_id: UUID) -> HttpResponse:
    """End early what was held back."""
    actions.lift(by=viewer_of(request), at=clock.now(), held_id=held_id)
    messages.success(request, _("Her list shows these rows again."))
    return redirect("rights:register")
