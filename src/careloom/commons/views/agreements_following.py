"""What follows from an agreement: signing, filing, looking at it again, telling the Department, and its end."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from careloom.agencies.signed_in import agency_of, viewer_of
from careloom.agreements import actions
from careloom.agreements.models import Notice
from careloom.agreements.queries import Whole, definitions_of
from careloom.commons.forms.agreements import SignForm, WordsForm
from careloom.commons.forms.agreements_following import FileForm, NoticeForm, ReviewForm, SuccessForm
from careloom.commons.views.agreements import find, run
from careloom.commons.views.agreements_writing import back_to, page
from careloom.commons.views.parts import asked, load, page_view, posted, reads
from careloom.infra import clock
from careloom.infra.access import NotVisible
from careloom.partnership.queries import Rooms


@page_view
@reads
def sign(request: HttpRequest, collaborative_id: UUID, agreement_id: UUID, party_id: UUID) -> HttpResponse:
    """Sign for a party."""
    rooms, whole = find(request, collaborative_id, agreement_id)
    row = next((one for one in whole.written.parties if one.pk == party_id), None)
    if row is None or not rooms.standing.speaks_for(row.partner_id):
        raise NotVisible
    form = SignForm(
        request.POST or None,
        initial={"name": row.signer_name, "title": row.signer_title, "signed_on": _today(request), "version": whole.row.row_version},
    )
    response = posted(
        request, form,
        lambda: actions.sign(
            by=viewer_of(request), at=clock.now(), party_id=row.pk, name=form.cleaned_data["name"], title=form.cleaned_data["title"],
            signed_on=form.cleaned_data["signed_on"], version=form.cleaned_data["version"], request_key=form.cleaned_data["request_key"],
        ),
        leads_to=lambda done: back_to(whole), said=_("Signed."),
    )  # fmt: skip
    lede = _("You sign “%(title)s”. With the last signature it is in force, and so is its element schedule.")
    title, save = _("Sign for %(name)s"), _("Sign")
    if row.partner_id not in rooms.standing.partner_ids:
        # Nobody signs for another: who runs the collaborative notes what was signed on paper, and the page says so (decision 0013).
        title, save = _("%(name)s signed on paper"), _("Note it")
        lede = _("Write down who of them signed “%(title)s” on paper, and when. It shows as signed on paper.")
    about, name = {"title": whole.row.title}, {"name": row.partner.name}
    return response or page(request, form, rooms, whole, title=title % name, lede=lede % about, save=save)


@page_view
@reads
def file_copy(request: HttpRequest, collaborative_id: UUID, agreement_id: UUID, signature_id: UUID) -> HttpResponse:
    """The final copy to a contract manager, and the receipt."""
    rooms, whole = find(request, collaborative_id, agreement_id)
    row = next((one for one in whole.signatures if one.pk == signature_id), None)
    if row is None or not rooms.standing.speaks_for(row.party.partner_id):
        raise NotVisible
    names = ("filed_on", "filed_how", "receipt_on", "receipt")
    form = FileForm(request.POST or None, initial={name: getattr(row, name) for name in names} | {"version": row.row_version})
    response = posted(
        request, form,
        lambda: actions.file_copy(
            by=viewer_of(request), at=clock.now(), signature_id=row.pk, version=form.cleaned_data["version"],
            **{name: form.cleaned_data[name] for name in names},
        ),
        leads_to=lambda done: back_to(whole),
    )  # fmt: skip
    return response or page(request, form, rooms, whole, title=_("Final copy to %(name)s") % {"name": row.party.manager or row.party.partner.name})


@page_view
@reads
def review(request: HttpRequest, collaborative_id: UUID, agreement_id: UUID) -> HttpResponse:
    """Is it still needed, and what changed?"""
    rooms, whole = run(request, collaborative_id, agreement_id)
    start = {"because": request.GET.get("because", "YEARLY"), "next_on": _today(request) + timedelta(days=365)}
    form = ReviewForm(request.POST or None, initial=start)
    response = posted(
        request, form,
        lambda: actions.review(
            by=viewer_of(request), at=clock.now(), agreement_id=whole.row.pk, facts=form.facts, request_key=form.cleaned_data["request_key"]
        ),
        leads_to=lambda done: back_to(whole),
    )  # fmt: skip
    return response or page(request, form, rooms, whole, title=_("Look at it again"), lede=whole.row.title)


@page_view
@reads
def success(request: HttpRequest, collaborative_id: UUID) -> HttpResponse:
    """What the partners call progress and success."""
    rooms = load(request, collaborative_id)
    if not rooms.standing.runs:
        raise NotVisible
    old = definitions_of(viewer=viewer_of(request), collaborative_id=collaborative_id)[:1]
    form = SuccessForm(request.POST or None, initial={"success": old[0].success} if old else {})
    response = posted(
        request, form,
        lambda: actions.define_success(
            by=viewer_of(request), at=clock.now(), collaborative_id=collaborative_id, facts=form.facts, request_key=form.cleaned_data["request_key"]
        ),
        leads_to=lambda done: ("agreements", {"collaborative_id": collaborative_id}),
    )  # fmt: skip
    lede = _("A new partner has another eye. Look together at what you count as progress.")
    back = reverse("commons:agreements", args=[collaborative_id])
    return response or asked(request, form, rooms=rooms, title=_("What we call progress and success"), lede=lede, back=back)


@page_view
@reads
def end(request: HttpRequest, collaborative_id: UUID, agreement_id: UUID) -> HttpResponse:
    """End it. What it carried stops at once."""
    rooms, whole = run(request, collaborative_id, agreement_id)
    form = WordsForm(request.POST or None)
    response = posted(
        request, form,
        lambda: actions.end(by=viewer_of(request), at=clock.now(), agreement_id=whole.row.pk, because=form.cleaned_data["words"]),
        leads_to=lambda done: back_to(whole),
    )  # fmt: skip
    lede = _("What its element schedule carried stops at once. Say why it ends, and what becomes of the data that were given.")
    return response or page(request, form, rooms, whole, title=_("End: %(title)s") % {"title": whole.row.title}, lede=lede, save=_("End it"))


@page_view
@reads
def notice_new(request: HttpRequest, collaborative_id: UUID, agreement_id: UUID) -> HttpResponse:
    """Log a change."""
    rooms, whole = run(request, collaborative_id, agreement_id)
    return _notice(request, rooms, whole, None)


@page_view
@reads
def notice(request: HttpRequest, collaborative_id: UUID, agreement_id: UUID, notice_id: UUID) -> HttpResponse:
    """Say that the Department was told."""
    rooms, whole = run(request, collaborative_id, agreement_id)
    row = next((one for one in whole.notices if one.pk == notice_id), None)
    if row is None:
        raise NotVisible
    return _notice(request, rooms, whole, row)


def _notice(request: HttpRequest, rooms: Rooms, whole: Whole, row: Notice | None) -> HttpResponse:
    names = ("what", "changed_on", "sent_on", "sent_to", "sent_how")
    start: dict[str, Any] = {name: getattr(row, name) for name in names} | {"version": row.row_version} if row else {"changed_on": _today(request)}
    form = NoticeForm(request.POST or None, initial=start)
    response = posted(
        request, form,
        lambda: actions.put_notice(
            by=viewer_of(request), at=clock.now(), agreement_id=whole.row.pk, notice_id=row.pk if row else None,
            **form.cleaned_data,
        ),
        leads_to=lambda done: back_to(whole),
    )  # fmt: skip
    return response or page(
        request, form, rooms, whole, title=_("A change, and the notice of it"), lede=_("The Department hears of it within 10 business days.")
    )


def _today(request: HttpRequest) -> Any:
    return clock.today(agency_of(request).zone)
