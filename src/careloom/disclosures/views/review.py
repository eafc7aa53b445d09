"""What privacy officers look at: an opening of their records, a finding against their own people, and a question for more."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from careloom.agencies.gate import needs
from careloom.agencies.models import Worker
from careloom.agencies.queries import agencies_by_id
from careloom.agencies.roles import Permission
from careloom.agencies.signed_in import agency_of, viewer_of
from careloom.consents.models import EmergencyOpening
from careloom.consents.presenters.words import agency_name
from careloom.disclosures import actions, queries, words
from careloom.disclosures.forms.emergency import ReviewForm
from careloom.disclosures.views.parts import moment
from careloom.infra import clock
from careloom.infra.access import NotVisible
from careloom.infra.access.accounting import account
from careloom.infra.ui.components import Fact, Facts
from careloom.infra.ui.paging import page_number

keeps = needs(Permission.PAPERS_KEEP)


@require_http_methods(["GET", "HEAD", "POST"])
@keeps
def review(request: HttpRequest, opening_id: UUID) -> HttpResponse:
    """An opening of this agency's records: the record for the patient's file (42 CFR 2.51(c)), what was read, and what was found."""
    viewer, at, own = viewer_of(request), clock.now(), agency_of(request)
    row = queries.opening_to_review(viewer=viewer, opening_id=opening_id)
    account(viewer=viewer, place="disclosures:review", rows=[row], at=at)
    form = ReviewForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        done = actions.review_opening(by=viewer, at=at, opening_id=row.pk, outcome=told["outcome"], note=told["note"])
        if isinstance(done, actions.Done):
            messages.success(request, _("Your finding is kept."))
            return redirect("disclosures:review", opening_id=row.pk)
        for code in done.codes:
            form.add_error(code.lower(), words.gap(code))
    opened, read = queries.opened_by(viewer=viewer, opening_id=row.pk)
    context = {
        "row": row, "facts": _facts(row, own_id=own.pk, agency=own), "opened": words.parts(opened), "form": form,
        "read": [(moment(one.hour, agency=own), words.parts([one.category]), "; ".join(one.basis)) for one in read],
        "finding": queries.finding_about(viewer=viewer, opening_id=row.pk),
    }  # fmt: skip
    return render(request, "disclosures/review.html", context, status=422 if form.errors else 200)


@require_safe
@keeps
def openings(request: HttpRequest) -> HttpResponse:
    """The openings that this agency's own people made, newest first."""
    viewer, own = viewer_of(request), agency_of(request)
    found = queries.openings_of(viewer=viewer, page=page_number(request))
    rows: list[EmergencyOpening] = list(found.rows)  # type: ignore[arg-type]
    account(viewer=viewer, place="disclosures:openings", rows=rows, at=clock.now())
    names = dict(Worker.objects.filter(pk__in={row.worker_id for row in rows}).values_list("pk", "name"))
    lines = [(moment(row.opened_at, agency=own), names.get(row.worker_id, ""), row.nature, row.why_no_consent) for row in rows]
    return render(request, "disclosures/openings.html", {"found": found, "lines": lines})


@require_http_methods(["GET", "HEAD", "POST"])
@keeps
def finding(request: HttpRequest, finding_id: UUID) -> HttpResponse:
    """What a discloser found against an opening of this agency. A POST says that it was looked into."""
    viewer, own = viewer_of(request), agency_of(request)
    row = queries.get_finding(viewer=viewer, finding_id=finding_id)
    account(viewer=viewer, place="disclosures:finding", rows=[row], at=clock.now())
    if request.method == "POST":
        done = actions.finding_read(by=viewer, at=clock.now(), finding_id=row.pk)
        messages.success(request, _("Noted that you looked into it.") if done else _("It was noted already."))
        return redirect("disclosures:finding", finding_id=row.pk)
    names = dict(Worker.objects.filter(pk=row.worker_id).values_list("pk", "name"))
    told = [
        Fact(label=_("Who opened"), value=names.get(row.worker_id, "")),
        Fact(label=_("When"), value=moment(row.opened_at, agency=own)),
        Fact(label=_("The emergency, as written"), value=row.nature),
        Fact(label=_("What was found"), value=row.note, note=agency_name(agencies_by_id(ids=[row.holder_id]).get(row.holder_id), own_id=own.pk)),
    ]
    return render(request, "disclosures/finding.html", {"row": row, "facts": Facts(items=tuple(told))})


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.FAMILY_READ)
def more_reached(request: HttpRequest, reached_id: UUID) -> HttpResponse:
    """A question for more that reached this agency. Nothing that is done here is told to who asked."""
    viewer, own = viewer_of(request), agency_of(request)
    if not actions.may_read_reached(viewer):
        raise NotVisible
    row = queries.get_reached(viewer=viewer, reached_id=reached_id)
    account(viewer=viewer, place="disclosures:more_reached", rows=[row], at=clock.now())
    if request.method == "POST":
        done = actions.looked_at(by=viewer, at=clock.now(), reached_id=row.pk)
        messages.success(request, _("Noted. Nobody else is told.") if done else _("It was noted already."))
        return redirect("disclosures:more_reached", reached_id=row.pk)
    asker = agencies_by_id(ids=[row.asker_id]).get(row.asker_id) if row.asker_id else None
    context = {
        "row": row, "who": agency_name(asker, own_id=own.pk) if asker else "", "topics": words.topics(row.topics),
        "when": moment(row.reached_at, agency=own), "answered": row.answered_at is not None,
    }  # fmt: skip
    return render(request, "disclosures/more_reached.html", context)


def _facts(row: EmergencyOpening, *, own_id: UUID, agency: object) -> Facts:
    """The record that 2.51(c) asks for, in its order: the medical personnel and the facility, the discloser, date and time, the nature."""
    worker = Worker.objects.filter(pk=row.worker_id).values_list("name", flat=True).first() or ""
    opener = agency_name(agencies_by_id(ids=[row.holder_id]).get(row.holder_id), own_id=own_id)
    told = [
        Fact(label=_("Medical personnel"), value=worker, note=opener),
        Fact(label=_("Facility"), value=row.facility),
        Fact(label=_("Who disclosed"), value=_("Careloom, for %(name)s") % {"name": agency.name}),  # type: ignore[attr-defined]
        Fact(label=_("When"), value=moment(row.opened_at, agency=agency)),  # type: ignore[arg-type]
        Fact(label=_("Nature of the emergency"), value=row.nature, note=_("Why she could not be asked: %(why)s") % {"why": row.why_no_consent}),
    ]
    return Facts(items=tuple(told))
