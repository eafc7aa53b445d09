"""Requests at the holder: the register, the check, the release, and the answer that says neither yes nor no."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from careloom.agencies.gate import needs
from careloom.agencies.roles import Permission
from careloom.agencies.signed_in import agency_of, viewer_of
from careloom.disclosures import actions, presenters, queries, words
from careloom.disclosures.actions.handling import DONE_HERE, answers_of, duties_of
from careloom.disclosures.documents import render_letter, render_release
from careloom.disclosures.forms.asking import OutsideForm, noon
from careloom.disclosures.forms.handling import CheckForm, DenyForm, ReleaseForm
from careloom.disclosures.models import RecordRequest
from careloom.disclosures.models.request import CHECKED, DENIED
from careloom.infra import clock
from careloom.infra.access import NotVisible, acting_as
from careloom.infra.access.accounting import account
from careloom.infra.documents.handing import document
from careloom.infra.ui.paging import page_number
from careloom.people.models import PersonRecord
from careloom.people.queries import search

keeps = needs(Permission.PAPERS_KEEP)


@require_safe
@keeps
def register(request: HttpRequest) -> HttpResponse:
    """The requests that the agency was sent: what is open, the next clock first, or all."""
    every = request.GET.get("all") == "1"
    found = queries.requests_of(viewer=viewer_of(request), open_only=not every, page=page_number(request))
    account(viewer=viewer_of(request), place="disclosures:register", rows=found.rows, at=clock.now())  # type: ignore[arg-type]
    lines = presenters.request_lines(found.rows, own=agency_of(request), today=clock.today())
    return render(request, "disclosures/register.html", {"found": found, "lines": lines, "every": every})


@require_http_methods(["GET", "HEAD", "POST"])
@keeps
def new(request: HttpRequest) -> HttpResponse:
    """Write down a request that came from outside."""
    own, at = agency_of(request), clock.now()
    form = OutsideForm(request.POST or None, initial={"received_on": clock.today(own.zone), "came_by": "LETTER"})
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        received = noon(told["received_on"], zone=own.zone, now=at)
        noted = actions.FromOutside(
            identity_id=None, about_name=told["about_name"], about_born_on=told["about_born_on"], asker_kind=told["asker_kind"],
            asker_name=told["asker_name"], asker_contact=told["asker_contact"], categories=tuple(told["categories"]), purpose=told["purpose"],
            why=told["why"], papers=told["papers"], came_by=told["came_by"], received_at=received,
        )  # fmt: skip
        done = actions.note_request(by=viewer_of(request), at=at, told=noted, request_key=told["request_key"])
        if isinstance(done, actions.Done):
            return redirect("disclosures:request", request_id=done.row_id)
        form.refuse("received_on" if code == "RECEIVED_LATER" else code for code in done.codes)
    return render(request, "disclosures/new.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@keeps
def one(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """One request: what the kernel says of each part, and the check. A POST keeps the check."""
    viewer, at = viewer_of(request), clock.now()
    row = queries.get_request(viewer=viewer, request_id=request_id)
    account(viewer=viewer, place="disclosures:request", rows=[row], at=at)
    if request.method == "POST" and not row.is_open:
        raise NotVisible
    facts = [code for code in request.POST.getlist("facts") if code in words.FACTS] if request.method == "POST" else row.facts
    answers = answers_of(row, holder=agency_of(request), facts=facts, at=at)
    form = CheckForm(request.POST or None, ways=presenters.way_choices(answers), initial=_initial(row))
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        checked = actions.Checked(
            facts=tuple(told["facts"]), ways=tuple(told.get("ways") or ()), from_on=told["from_on"], to_on=told["to_on"],
            identity_checked=told["identity_checked"], authority_checked=told["authority_checked"],
        )  # fmt: skip
        done = actions.check_request(by=viewer, at=at, request_id=row.pk, checked=checked, row_version=told["row_version"])
        if isinstance(done, actions.Done):
            messages.success(request, _("The check is kept."))
            return redirect("disclosures:request", request_id=row.pk)
        if isinstance(done, actions.Stale):
            return _conflict(request, done.current)
        for code in done.codes:
            form.add_error("to_on" if code == "DAYS" else None, words.gap(code))
    return _shown(request, row, answers=answers, form=form, status=422 if form.errors else 200)


@require_POST
@keeps
def person(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Find a person of the agency's own records by name, which stands in no address, or say that one is meant."""
    row = queries.get_request(viewer=viewer_of(request), request_id=request_id)
    if row.is_open and (asked := request.POST.get("q", "").strip()[:120]):
        return _shown(request, row, asked=asked)
    try:
        chosen, version = UUID(request.POST.get("person", "")), int(request.POST.get("row_version", ""))
    except ValueError:
        messages.warning(request, words.gap("PERSON"))
        return redirect("disclosures:request", request_id=row.pk)
    done = actions.link_person(by=viewer_of(request), at=clock.now(), request_id=row.pk, identity_id=chosen, row_version=version)
    if isinstance(done, actions.Stale):
        return _conflict(request, done.current)
    if isinstance(done, actions.Refused):
        messages.warning(request, words.gap("PERSON"))
    return redirect("disclosures:request", request_id=row.pk)


@require_POST
@keeps
def release(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Release what was chosen, if the kernel still permits it and every duty is met."""
    viewer, at = viewer_of(request), clock.now()
    row = queries.get_request(viewer=viewer, request_id=request_id)
    answers = _chosen(row, answers_of(row, holder=agency_of(request), facts=row.facts, at=at))
    form = ReleaseForm(request.POST, duties=_by_hand(answers))
    if form.is_valid():
        done = actions.release_request(
            by=viewer, at=at, request_id=row.pk, met=form.cleaned_data.get("met") or (), row_version=form.cleaned_data["row_version"],
            waits_until=form.cleaned_data["waits_until"], render=render_release,
        )  # fmt: skip
        if isinstance(done, actions.Done):
            messages.success(request, _("Released, and kept in the accounting. Print the paper or send it."))
            return redirect("disclosures:given", given_id=done.row_id)
        if isinstance(done, actions.Stale):
            return _conflict(request, done.current)
        for code in done.codes:
            form.add_error(None, words.gap(code))
    return _shown(request, row, release=form, status=422)


@require_POST
@keeps
def deny(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Answer neither yes nor no."""
    row = queries.get_request(viewer=viewer_of(request), request_id=request_id)
    form = DenyForm(request.POST)
    if form.is_valid():
        told = form.cleaned_data
        done = actions.deny_request(
            by=viewer_of(request), at=clock.now(), request_id=row.pk, codes=told["codes"], note=told["note"], row_version=told["row_version"]
        )  # fmt: skip
        if isinstance(done, actions.Stale):
            return _conflict(request, done.current)
        if isinstance(done, actions.Done):
            messages.success(request, _("Kept. Who asked hears neither yes nor no."))
            return redirect("disclosures:request", request_id=row.pk)
    return _shown(request, row, deny=form, status=422)


@require_safe
@keeps
def letter(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """The letter that says neither yes nor no, for a request that came on paper and was not released."""
    row = queries.get_request(viewer=viewer_of(request), request_id=request_id)
    if row.state != DENIED or row.asked_id is not None or row.answered_at is None:
        raise NotVisible
    own = agency_of(request)
    on = row.answered_at.astimezone(clock.zone(own.zone)).date()
    return document(render_letter(request=row, holder=own, on=on), name="answer")


def _initial(row: RecordRequest) -> dict[str, Any]:
    kept = ("facts", "ways", "from_on", "to_on", "identity_checked", "authority_checked", "row_version")
    return {name: getattr(row, name) for name in kept}


def _chosen(row: RecordRequest, answers: list[Any]) -> list[Any]:
    return [answer for answer in answers if answer.way in row.ways and answer.permitted]


def _by_hand(answers: list[Any]) -> list[str]:
    return [duty for duty in duties_of(answers) if duty not in DONE_HERE]


def _shown(
    request: HttpRequest, row: RecordRequest, *, answers: list[Any] | None = None, form: CheckForm | None = None, release: ReleaseForm | None = None,
    deny: DenyForm | None = None, status: int = 200, asked: str = "",
) -> HttpResponse:  # fmt: skip
    own, at = agency_of(request), clock.now()
    found = answers if answers is not None else answers_of(row, holder=own, facts=row.facts, at=at)
    chosen, version = _chosen(row, found), {"row_version": row.row_version}
    duties = _by_hand(chosen)
    context = {
        "row": row, "status": presenters.state_mark(row), "facts": presenters.request_facts(row, own=own), "answers": presenters.weighed(found),
        "asks": words.parts(row.categories), "form": form or CheckForm(ways=presenters.way_choices(found), initial=_initial(row)),
        "may_release": row.state == CHECKED and bool(chosen), "release": release or ReleaseForm(duties=duties, initial=version),
        "deny": deny or DenyForm(initial=version), "by_paper": [words.duty(d) for d in duties_of(chosen) if d in DONE_HERE],
        "chosen": words.parts(sorted({answer.category for answer in chosen})), "people": _people(request, asked=asked) if asked else [],
        "query": asked, "denied": [words.code(code, among=words.DENIALS) for code in row.denied_codes],
        "linked": bool(found), "writes_letter": row.state == DENIED and row.asked_id is None,
    }  # fmt: skip
    return render(request, "disclosures/request.html", context, status=status)


def _people(request: HttpRequest, *, asked: str) -> list[PersonRecord]:
    """People of the agency's own records by name. The keeper looks for whom a request means, in every part of the record, and it is logged."""
    own = replace(viewer_of(request), categories=None)
    with acting_as(own):
        rows = [person for person in search(viewer=own, text=asked).people if person.holder_id == own.holder_id]
        account(viewer=own, place="disclosures:person", rows=rows, at=clock.now())
    return rows


def _conflict(request: HttpRequest, current: RecordRequest) -> HttpResponse:
    messages.warning(request, _("A colleague changed this request meanwhile. This is how it stands now. Look again before you go on."))
    return _shown(request, current, status=409)
