"""What a worker does from a family's page: ask a holder, ask for more, note what was given by hand, and see both lists."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from careloom.agencies.family_tabs import family_tabs
from careloom.agencies.gate import needs
from careloom.agencies.models import Agency
from careloom.agencies.queries import agencies_by_id
from careloom.agencies.roles import Permission
from careloom.agencies.signed_in import agency_of, viewer_of
from careloom.consents.pages.subject import Subject
from careloom.disclosures import actions, queries
from careloom.disclosures.forms.asking import AskForm, MoreForm, noon
from careloom.disclosures.forms.handling import HandForm
from careloom.disclosures.presenters import asked_lines, given_lines
from careloom.disclosures.views.parts import family_of
from careloom.infra import clock
from careloom.infra.access import NotVisible
from careloom.infra.access.accounting import account
from careloom.infra.ui.paging import page_number


@require_safe
@needs(Permission.FAMILY_READ)
def family(request: HttpRequest, identity_id: UUID) -> HttpResponse:
    """What the agency asked of others about her, and what it gave by hand or on paper."""
    viewer, place = viewer_of(request), "disclosures:family"
    subject = family_of(request, identity_id, place=place)
    asked = queries.asked_about(viewer=viewer, identity_id=identity_id, page=page_number(request))
    given = queries.given_about(viewer=viewer, identity_ids=subject.identity_ids, page=page_number(request, "given"))
    account(viewer=viewer, place=place, rows=[*asked.rows, *given.rows], at=clock.now())
    agencies = agencies_by_id(ids={row.asked_agency_id for row in asked.rows} | {row.holder_id for row in given.rows})
    context = _around(request, subject) | {
        "asked": asked, "given": given, "asked_lines": asked_lines(asked.rows, agencies=agencies, own=agency_of(request), today=clock.today()),
        "given_lines": given_lines(given.rows, agencies=agencies, own=agency_of(request)),
    }  # fmt: skip
    return render(request, "disclosures/family.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.FAMILY_READ)
def ask(request: HttpRequest, identity_id: UUID) -> HttpResponse:
    """Ask one agency for parts of her record. The answer to the asker is one and the same, whatever that agency has (42 CFR 2.13(c))."""
    subject = family_of(request, identity_id, place="disclosures:ask")
    if subject.mother is None:
        raise NotVisible
    others = Agency.objects.filter(active=True).exclude(pk=agency_of(request).pk)
    form = AskForm(request.POST or None, agencies=sorted(others, key=lambda agency: agency.name_outside))
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        question = actions.Question(
            identity_id=identity_id, asked_agency_id=UUID(told["holder"]), categories=tuple(told["categories"]), purpose=told["purpose"],
            why=told["why"], papers=told["papers"],
        )  # fmt: skip
        done = actions.ask_holder(
            by=viewer_of(request), at=clock.now(), question=question, person=subject.mother, request_key=told["request_key"]
        )  # fmt: skip
        if isinstance(done, actions.Done):
            messages.success(request, _("Your request was sent to whoever may answer it."))
            return redirect("disclosures:family", identity_id=identity_id)
        form.refuse(done.codes)
    return render(request, "disclosures/ask.html", _around(request, subject) | {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.FAMILY_READ)
def more(request: HttpRequest, identity_id: UUID) -> HttpResponse:
    """Ask whether there is more. It reaches whoever may answer; who asks hears the same in any case."""
    subject = family_of(request, identity_id, place="disclosures:more")
    form = MoreForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        done = actions.ask_for_more(
            by=viewer_of(request), at=clock.now(), identity_id=identity_id, topics=tuple(told["topics"]), why=told["why"],
            request_key=told["request_key"],
        )  # fmt: skip
        if isinstance(done, actions.Done):
            messages.success(request, _("Your request was sent to whoever may answer it."))
            return redirect("desk:family", identity_id=identity_id)
        form.refuse(done.codes)
    return render(request, "disclosures/more.html", _around(request, subject) | {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.FAMILY_READ)
def by_hand(request: HttpRequest, identity_id: UUID) -> HttpResponse:
    """Note what was told or sent by hand. The kernel is asked, and its answer stands on the next page."""
    subject = family_of(request, identity_id, place="disclosures:by_hand")
    at, own = clock.now(), agency_of(request)
    form = HandForm(request.POST or None, initial={"given_on": clock.today(own.zone)})
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        noted = actions.ByHand(
            identity_id=identity_id, to_kind=told["to_kind"], to_name=told["to_name"], to_address=told["to_address"],
            to_agency_id=_named(told["to_name"]), how=told["how"], categories=tuple(told["categories"]), purpose=told["purpose"],
            what=told["what"], papers=told["papers"], facts=tuple(told["facts"]), given_at=noon(told["given_on"], zone=own.zone, now=at),
        )  # fmt: skip
        done = actions.note_given(by=viewer_of(request), at=at, told=noted, request_key=told["request_key"])
        if isinstance(done, actions.Done):
            messages.success(request, _("It is in the accounting."))
            return redirect("disclosures:given", given_id=done.row_id)
        form.refuse("given_on" if code == "GIVEN_LATER" else code for code in done.codes)
    return render(request, "disclosures/by_hand.html", _around(request, subject) | {"form": form}, status=422 if form.errors else 200)


def _named(name: str) -> UUID | None:
    """The agency that has this very name here, so that its papers are found; anybody else is known by name alone."""
    wanted = " ".join(name.split()).casefold()
    found = [agency.pk for agency in Agency.objects.filter(active=True) if wanted in {agency.name.casefold(), agency.name_outside.casefold()}]
    return found[0] if len(found) == 1 else None


def _around(request: HttpRequest, subject: Subject) -> dict[str, object]:
    return {"subject": subject, "tabs": family_tabs(viewer=viewer_of(request), identity_id=subject.identity_id, here="consents"), "nav": "families"}
