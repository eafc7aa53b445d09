"""Entry into the state system: what is still to be entered, how long it took, as a file and to print (R-197)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from careloom.agencies.signed_in import agency_of, viewer_of
from careloom.infra import clock
from careloom.infra.access.accounting import account
from careloom.infra.answers import Done
from careloom.infra.packs import current_pack
from careloom.infra.ui.paging import page_number, some
from careloom.people.queries import names_of
from careloom.position import actions, presenters, queries
from careloom.position.correcting import contact_of, correct_contact
from careloom.position.forms import CorrectForm, EntryForm
from careloom.position.lines import prepare
from careloom.position.models import Contact
from careloom.position.plan_facts import plan_rows
from careloom.position.views import around, form_view, only_enterers, reads


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
def entry_print(request: HttpRequest) -> HttpResponse:
    """The same contacts as a page to print beside the state system, in its order, and the plans of these families as far as she may read them."""
    only_enterers(request)
    viewer, at = viewer_of(request), clock.now()
    found = prepare(viewer=viewer, at=at, rows=queries.to_enter(viewer=viewer, entered=request.GET.get("entered") == "1"))
    head, rows, plans = plan_rows(viewer=viewer, people=found.people)
    account(viewer=viewer, place="position:entry_print", rows=[*found.read, *plans], at=at)
    context = {
        "head": [column.name for column in current_pack().following.position.columns], "rows": [one.line.cells for one in found.lines],
        "plan_head": head, "plan_rows": rows, **around(request),
    }  # fmt: skip
    return render(request, "position/print.html", context)


@form_view
@reads
def correct(request: HttpRequest, contact_id: UUID) -> HttpResponse:
    """A contact that was written down wrongly; what was told before is kept with it."""
    only_enterers(request)
    viewer, at, zone = viewer_of(request), clock.now(), clock.zone(agency_of(request).zone)
    row = contact_of(viewer=viewer, contact_id=contact_id)
    local = row.at.astimezone(zone)
    before = {"took_part": "1" if row.took_part else "0", "day": local.date(), "hour": local.time().replace(second=0, microsecond=0)}
    before |= {name: getattr(row, name) for name in ("kind", "place", "minutes", "words")}
    form = CorrectForm(request.POST or None, initial=before)
    if request.method == "POST" and form.is_valid():
        why, key = form.cleaned_data["because"], form.cleaned_data["request_key"]
        done = correct_contact(by=viewer, at=at, contact_id=contact_id, met=form.met(zone=zone), because=why, request_key=key)
        if isinstance(done, Done):
            messages.success(request, _("Corrected. It is listed for the state system again, as a correction."))
            return redirect("position:family", identity_id=row.identity_id)
        form.refuse(done.codes)
    names = _names(request, [row])
    account(viewer=viewer, place="position:correct", rows=[row], at=at)
    context = {"form": form, "row": row, "name": names.get(row.identity_id, _("a family")), **around(request)}
    return render(request, "position/correct.html", context, status=422 if form.errors else 200)


def _names(request: HttpRequest, rows: list[Contact]) -> dict[UUID, str]:
    viewer = viewer_of(request)
    people = names_of(viewer=viewer, identity_ids=[row.identity_id for row in rows])
    account(viewer=viewer, place="position:names", rows=people.values(), at=clock.now())
    return {key: " ".join(part for part in (who.given_name or who.preferred_name, who.family_name) if part) for key, who in people.items()}
