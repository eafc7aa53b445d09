"""Writing an agreement: beginning it, its parties, clauses, tables, schedule, comments, and taking it on."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from careloom.agencies.signed_in import viewer_of
from careloom.agreements import actions, words
from careloom.agreements.models import Agreement, Element, Line, Party
from careloom.agreements.queries import Whole
from careloom.commons.forms.agreements import AgreementForm, ClauseForm, ElementForm, LineForm, PartyForm, WordsForm
from careloom.commons.presenters.agreements_sources import Evidence
from careloom.commons.views.agreements import find, run
from careloom.commons.views.parts import asked, load, page_view, posted, reads
from careloom.infra import clock
from careloom.infra.access import NotVisible
from careloom.infra.answers import Done, Stale
from careloom.kernel.partnership.agreements import Takes
from careloom.partnership.queries import Rooms


@page_view
@reads
def new(request: HttpRequest, collaborative_id: UUID) -> HttpResponse:
    """Say that an agreement is needed."""
    rooms = load(request, collaborative_id)
    if not rooms.standing.runs:
        raise NotVisible
    return _agreement(request, rooms, None)


@page_view
@reads
def edit(request: HttpRequest, collaborative_id: UUID, agreement_id: UUID) -> HttpResponse:
    """Change its title, area and days."""
    rooms, whole = run(request, collaborative_id, agreement_id)
    return _agreement(request, rooms, whole.row)


@page_view
@reads
def clause(request: HttpRequest, collaborative_id: UUID, agreement_id: UUID, code: str) -> HttpResponse:
    """Write a clause."""
    rooms, whole = run(request, collaborative_id, agreement_id)
    asks = whole.written.checklist.clause(code)
    if asks is None or asks.rule.takes not in {Takes.TEXT, Takes.CODES, Takes.PARTNERS, Takes.BODY}:
        raise NotVisible
    row = whole.written.clauses.get(code)
    known = Evidence(rooms=rooms, whole=whole, viewer=viewer_of(request), year=clock.today().year, at=clock.now())
    start: dict[str, Any] = {"text": row.text, "codes": row.codes, "version": row.row_version} if row else {"text": known.clause(code)}
    partners, bodies = [(one.pk, one.name) for one in rooms.partners], [(one.pk, one.name) for one in rooms.bodies]
    form = ClauseForm(request.POST or None, initial=start, clause=asks, partners=partners, bodies=bodies)
    response = posted(
        request, form,
        lambda: actions.put_clause(
            by=viewer_of(request), at=clock.now(), agreement_id=agreement_id, code=code, text=form.cleaned_data["text"],
            codes=tuple(form.cleaned_data.get("codes", ())), version=form.cleaned_data["version"], request_key=form.cleaned_data["request_key"],
        ),
        leads_to=lambda done: back_to(whole),
    )  # fmt: skip
    return response or page(request, form, rooms, whole, title=asks.label, lede=asks.ask)


@page_view
@reads
def comment(request: HttpRequest, collaborative_id: UUID, agreement_id: UUID, code: str) -> HttpResponse:
    """Say something about a clause."""
    rooms, whole = find(request, collaborative_id, agreement_id)
    asks = whole.written.checklist.clause(code)
    if asks is None:
        raise NotVisible
    form = WordsForm(request.POST or None)
    response = posted(
        request, form,
        lambda: actions.comment(
            by=viewer_of(request), at=clock.now(), agreement_id=agreement_id, code=code, words=form.cleaned_data["words"],
            request_key=form.cleaned_data["request_key"],
        ),
        leads_to=lambda done: back_to(whole),
    )  # fmt: skip
    return response or page(request, form, rooms, whole, title=_("Comment on: %(what)s") % {"what": asks.label}, lede=whole.written.words(asks))


@page_view
@reads
def answer_comment(request: HttpRequest, collaborative_id: UUID, agreement_id: UUID, comment_id: UUID) -> HttpResponse:
    """Answer a comment."""
    rooms, whole = run(request, collaborative_id, agreement_id)
    row = next((one for one in whole.comments if one.pk == comment_id), None)
    if row is None:
        raise NotVisible
    form = WordsForm(request.POST or None, initial={"words": row.answer, "version": row.row_version})
    response = posted(
        request, form,
        lambda: actions.answer_comment(
            by=viewer_of(request), at=clock.now(), comment_id=row.pk, words=form.cleaned_data["words"], version=form.cleaned_data["version"]
        ),
        leads_to=lambda done: back_to(whole),
    )  # fmt: skip
    return response or page(request, form, rooms, whole, title=_("Answer a comment"), lede=row.words)


@page_view
@reads
def party_new(request: HttpRequest, collaborative_id: UUID, agreement_id: UUID) -> HttpResponse:
    """Add a party."""
    rooms, whole = run(request, collaborative_id, agreement_id)
    return _party(request, rooms, whole, None)


@page_view
@reads
def party(request: HttpRequest, collaborative_id: UUID, agreement_id: UUID, party_id: UUID) -> HttpResponse:
    """What is known of a party, by who runs the collaborative or by the partner itself."""
    rooms, whole = find(request, collaborative_id, agreement_id)
    row = next((one for one in whole.written.parties if one.pk == party_id), None)
    if row is None or not rooms.standing.speaks_for(row.partner_id):
        raise NotVisible
    return _party(request, rooms, whole, row)


@page_view
@reads
def line_new(request: HttpRequest, collaborative_id: UUID, agreement_id: UUID, table: str) -> HttpResponse:
    """Add a row to a table."""
    rooms, whole = run(request, collaborative_id, agreement_id)
    return _line(request, rooms, whole, table, None)


@page_view
@reads
def line(request: HttpRequest, collaborative_id: UUID, agreement_id: UUID, table: str, line_id: UUID) -> HttpResponse:
    """Change a row of a table, or take it off."""
    rooms, whole = run(request, collaborative_id, agreement_id)
    row = next((one for one in whole.written.lines if one.pk == line_id and one.table == table), None)
    if row is None:
        raise NotVisible
    return _line(request, rooms, whole, table, row)


@page_view
@reads
def element_new(request: HttpRequest, collaborative_id: UUID, agreement_id: UUID) -> HttpResponse:
    """Add a line to the element schedule."""
    rooms, whole = run(request, collaborative_id, agreement_id)
    return _element(request, rooms, whole, None)


@page_view
@reads
def element(request: HttpRequest, collaborative_id: UUID, agreement_id: UUID, element_id: UUID) -> HttpResponse:
    """Change a line of the element schedule, or take it off."""
    rooms, whole = run(request, collaborative_id, agreement_id)
    row = next((one for one in whole.written.elements if one.pk == element_id), None)
    if row is None:
        raise NotVisible
    return _element(request, rooms, whole, row)


@require_POST
@reads
def move(request: HttpRequest, collaborative_id: UUID, agreement_id: UUID) -> HttpResponse:
    """Take it on, or back to be written on. What stops it is said on its page."""
    _rooms, whole = run(request, collaborative_id, agreement_id)
    version = request.POST.get("version", "")
    done = actions.move(
        by=viewer_of(request),
        at=clock.now(),
        agreement_id=whole.row.pk,
        to=request.POST.get("to", ""),
        version=int(version) if version.isdecimal() else 0,
    )
    if isinstance(done, Done):
        messages.success(request, _("Kept."))
    elif isinstance(done, Stale):
        messages.error(request, _("Somebody changed it meanwhile. Look where it stands now."))
    else:
        messages.error(request, " ".join(str(words.REFUSALS[code]) for code in done.codes))
    name, where = back_to(whole)
    return redirect(f"commons:{name}", **where)


def back_to(whole: Whole) -> tuple[str, dict[str, Any]]:
    """The page of the agreement."""
    return "agreement", {"collaborative_id": whole.row.collaborative_id, "agreement_id": whole.row.pk}


def page(request: HttpRequest, form: Any, rooms: Rooms, whole: Whole, *, title: str, lede: str = "", save: str = "", back: str = "") -> HttpResponse:
    """A form that leads back to the agreement, or to the page `back`."""
    name, where = back_to(whole)
    return asked(request, form, rooms=rooms, title=title, lede=lede, back=back or reverse(f"commons:{name}", kwargs=where), save=save)


def _agreement(request: HttpRequest, rooms: Rooms, row: Agreement | None) -> HttpResponse:
    pk = rooms.standing.collaborative.pk
    names = ("kind", "title", "because", "starts_on", "ends_on", "review_on", "frequency", "report_due_on")
    start: dict[str, Any] = (
        {name: getattr(row, name) for name in names} | {"version": row.row_version, "places": ", ".join(row.places)} if row else {}
    )
    form = AgreementForm(request.POST or None, initial=start or {"kind": request.GET.get("kind", "")})
    response = posted(
        request, form,
        lambda: actions.put_agreement(
            by=viewer_of(request), at=clock.now(), collaborative_id=pk, facts=form.facts, request_key=form.cleaned_data["request_key"],
            agreement_id=row.pk if row else None, version=form.cleaned_data["version"],
        ),
        leads_to=lambda done: ("agreement", {"collaborative_id": pk, "agreement_id": done.row_id}),
    )  # fmt: skip
    back = reverse("commons:agreement", args=[pk, row.pk]) if row else reverse("commons:agreements", args=[pk])
    return response or asked(request, form, rooms=rooms, title=row.title if row else _("A new agreement"), back=back)


def _party(request: HttpRequest, rooms: Rooms, whole: Whole, row: Party | None) -> HttpResponse:
    names = ("partner_id", "role", "contact_name", "contact_reach", "signer_name", "signer_title", "contract", "manager")
    start: dict[str, Any] = {name: getattr(row, name) for name in names} | {"version": row.row_version} if row else {}
    partners = [(row.partner_id, row.partner.name)] if row else [(one.pk, one.name) for one in rooms.partners]
    form = PartyForm(request.POST or None, initial=start or {"role": request.GET.get("role", "MEMBER")}, partners=partners)
    response = posted(
        request, form,
        lambda: actions.put_party(
            by=viewer_of(request), at=clock.now(), agreement_id=whole.row.pk, facts=form.facts, request_key=form.cleaned_data["request_key"],
            party_id=row.pk if row else None, version=form.cleaned_data["version"],
        ),
        leads_to=lambda done: back_to(whole),
    )  # fmt: skip
    return response or page(request, form, rooms, whole, title=row.partner.name if row else _("Add a party"))


def _line(request: HttpRequest, rooms: Rooms, whole: Whole, table: str, row: Line | None) -> HttpResponse:
    if table not in words.TABLES:
        raise NotVisible
    start: dict[str, Any] = {f"cell_{place}": text for place, text in enumerate(row.cells)} | {"version": row.row_version} if row else {}
    if table == "HOLDER" and row is None:
        start = {"cell_3": whole.written.words(label) if (label := whole.written.checklist.clause("position_label")) else ""}
    form = LineForm(request.POST or None, initial=start, table=table, stands=row is not None)
    response = posted(
        request, form,
        lambda: actions.put_line(
            by=viewer_of(request), at=clock.now(), agreement_id=whole.row.pk, table=table, cells=form.cells, line_id=row.pk if row else None,
            request_key=form.cleaned_data["request_key"], version=form.cleaned_data["version"], leaves=form.cleaned_data.get("leaves", False),
        ),
        leads_to=lambda done: ("agreement_position" if table in {"HOLDER", "SITE"} else "agreement", back_to(whole)[1]),
    )  # fmt: skip
    return response or page(request, form, rooms, whole, title=str(words.TABLE_NAMES[table]))


def _element(request: HttpRequest, rooms: Rooms, whole: Whole, row: Element | None) -> HttpResponse:
    names = ("discloser_id", "recipient_id", "categories", "purposes")
    start: dict[str, Any] = {name: getattr(row, name) for name in names} | {"version": row.row_version} if row else {}
    parties = [(one.partner_id, one.partner.name) for one in whole.written.parties if one.partner.agency_id]
    form = ElementForm(request.POST or None, initial=start, parties=parties, stands=row is not None)
    response = posted(
        request, form,
        lambda: actions.put_element(
            by=viewer_of(request), at=clock.now(), agreement_id=whole.row.pk, facts=form.facts, element_id=row.pk if row else None,
            request_key=form.cleaned_data["request_key"], version=form.cleaned_data["version"], leaves=form.cleaned_data.get("leaves", False),
        ),
        leads_to=lambda done: back_to(whole),
    )  # fmt: skip
    lede = _("It carries nothing before every party has signed, and then it limits what a consent carries.")
    return response or page(request, form, rooms, whole, title=_("Element schedule"), lede=lede)
