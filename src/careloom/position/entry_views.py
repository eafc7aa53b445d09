"""Entry into the state system: what is still to be entered, how long it took, as a file and to print (R-197)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from careloom.agencies.queries import workers_of
from careloom.agencies.signed_in import agency_of, viewer_of
from careloom.infra import clock
from careloom.infra.access.accounting import account
from careloom.infra.documents.handing import document
from careloom.infra.ui.paging import page_number, some
from careloom.people.queries import names_of
from careloom.position import actions, presenters, queries
from careloom.position.forms import EntryForm
from careloom.position.models import Contact
from careloom.position.views import around, form_view, only_enterers, reads

A_FILE = 1000


@form_view
@reads
def entry(request: HttpRequest) -> HttpResponse:
    """Contacts that are still to be entered, or with ?entered=1 those that were, each with its lag; and the day on which some were entered."""
    only_enterers(request)
    viewer, entered = viewer_of(request), request.GET.get("entered") == "1"
    found = some(queries.to_enter(viewer=viewer, entered=entered), page=page_number(request))
    rows: list[Any] = list(found.rows)
    form = EntryForm(request.POST or None, ids=[row.pk for row in rows], initial={"on": clock.today(agency_of(request).zone)})
    if request.method == "POST" and form.is_valid():
        done = actions.mark_entered(by=viewer, at=clock.now(), contact_ids=form.cleaned_data["contact"], on=form.cleaned_data["on"])
        if isinstance(done, int):
            messages.success(request, ngettext("%(n)s contact is marked as entered.", "%(n)s contacts are marked as entered.", done) % {"n": done})
            return redirect("position:entry")
        form.refuse(done.codes)
    people = _names(request, rows)
    account(viewer=viewer, place="position:entry", rows=rows, at=clock.now())
    zone, today = clock.zone(agency_of(request).zone), clock.today(agency_of(request).zone)
    stands = {row.pk: presenters.entry_words(queries.entry_of(row, today=today)) for row in rows}
    lines = [(row.pk, people.get(row.identity_id, _("a family")), *presenters.contact_words(row, zone=zone)[:2], stands[row.pk]) for row in rows]
    context = {"lines": lines, "page": found, "entered": entered, "form": form, "query": "entered=1" if entered else "", **around(request)}
    return render(request, "position/entry.html", context, status=422 if form.errors else 200)


@require_safe
@reads
def entry_file(request: HttpRequest) -> HttpResponse:
    """The contacts as a CSV file under the columns of the state system, a thousand at most, the oldest first."""
    only_enterers(request)
    return document(presenters.as_csv(_rows(request, place="position:entry_file")), media_type="text/csv", name="contacts")


@require_safe
@reads
def entry_print(request: HttpRequest) -> HttpResponse:
    """The same contacts as a page to print beside the state system."""
    only_enterers(request)
    head, *rows = _rows(request, place="position:entry_print")
    return render(request, "position/print.html", {"head": head, "rows": rows, **around(request)})


def _rows(request: HttpRequest, *, place: str) -> list[list[str]]:
    viewer, own = viewer_of(request), agency_of(request)
    asked: QuerySet[Contact] = queries.to_enter(viewer=viewer, entered=request.GET.get("entered") == "1")
    rows = list(asked[:A_FILE])
    account(viewer=viewer, place=place, rows=rows, at=clock.now())
    today = clock.today(own.zone)
    workers = {m.worker_id: m.worker.name for m in workers_of(agency_id=own.pk, at=clock.now())}
    entries = [queries.entry_of(row, today=today) for row in rows]
    return presenters.file_rows(entries, names=_names(request, rows), workers=workers, zone=clock.zone(own.zone))


def _names(request: HttpRequest, rows: list[Contact]) -> dict[UUID, str]:
    viewer = viewer_of(request)
    people = names_of(viewer=viewer, identity_ids=[row.identity_id for row in rows])
    account(viewer=viewer, place="position:names", rows=people.values(), at=clock.now())
    return {key: " ".join(part for part in (who.given_name or who.preferred_name, who.family_name) if part) for key, who in people.items()}
