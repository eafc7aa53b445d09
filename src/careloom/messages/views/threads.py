"""Threads of a family: the list, a new one, one thread, and what stands beside an entry."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from careloom.agencies.family_tabs import family_tabs
from careloom.agencies.gate import needs
from careloom.agencies.queries import agencies_by_id
from careloom.agencies.roles import Permission
from careloom.agencies.signed_in import agency_of, viewer_of
from careloom.consents.pages.subject import Subject, subject_of
from careloom.infra import clock
from careloom.infra.access import NotVisible
from careloom.infra.access.accounting import account
from careloom.infra.documents.uploads import ENDINGS
from careloom.infra.ui.paging import page_number
from careloom.messages import actions, presenters, queries, words
from careloom.messages.forms import ThreadForm, WriteForm, reads_words


@require_safe
@needs(Permission.FAMILY_READ)
def family(request: HttpRequest, identity_id: UUID) -> HttpResponse:
    """What was written about this family, the newest thread first."""
    viewer, own, at, place = viewer_of(request), agency_of(request), clock.now(), "messages:family"
    subject = subject_of(viewer=viewer, identity_id=identity_id, place=place, at=at)
    found = queries.threads_about(viewer=viewer, identity_ids=[identity_id], page=page_number(request))
    account(viewer=viewer, place=place, rows=[row.thread for row in found.rows], at=at)
    context = _around(request, subject) | {
        "found": found, "lines": presenters.lines(found.rows, her=_her(subject), own=own, zone=clock.zone(own.zone)),
        "may_write": viewer.can(Permission.PLAN_WRITE),
    }  # fmt: skip
    return render(request, "messages/family.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.FAMILY_READ, Permission.PLAN_WRITE)
def new(request: HttpRequest, identity_id: UUID) -> HttpResponse:
    """Begin a thread. Beside each name stands what that agency would read of it, and why not the rest (42 CFR 2.13)."""
    viewer, at = viewer_of(request), clock.now()
    subject = subject_of(viewer=viewer, identity_id=identity_id, place="messages:new", at=at)
    if subject.mother is None:
        raise NotVisible
    joining = queries.who_may_join(viewer=viewer, identity_id=identity_id, at=at)
    readers = queries.readers_of(viewer=viewer, identity_id=identity_id, agencies=joining, at=at)
    form = ThreadForm(request.POST or None, request.FILES or None, her=_her(subject), readers=readers)
    if request.method == "POST" and form.is_valid():
        done = actions.start_thread(
            by=viewer, at=at, identity_id=identity_id, topic=form.cleaned_data["topic"], agency_ids=form.agency_ids, with_her=form.with_her,
            written=form.written(), request_key=form.cleaned_data["request_key"],
        )  # fmt: skip
        if isinstance(done, actions.Done):
            messages.success(request, _("Sent. Those who may read it are told that something waits, in neutral words."))
            return redirect("messages:thread", thread_id=done.row_id)
        form.refuse(done.codes)
    return render(request, "messages/new.html", _around(request, subject) | {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.FAMILY_READ)
def thread(request: HttpRequest, thread_id: UUID) -> HttpResponse:
    """A thread, and a reply. Opening it marks it as read for this agency."""
    viewer, own, at = viewer_of(request), agency_of(request), clock.now()
    page = queries.thread_page(viewer=viewer, thread_id=thread_id, page=page_number(request))
    subject = subject_of(viewer=viewer, identity_id=page.thread.identity_id, place="messages:thread", at=at)
    form = WriteForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        if not viewer.can(Permission.PLAN_WRITE):
            raise NotVisible
        done = actions.add_entry(by=viewer, at=at, thread_id=thread_id, written=form.written(), request_key=form.cleaned_data["request_key"])
        if isinstance(done, actions.Done):
            return redirect("messages:thread", thread_id=thread_id)
        form.refuse(done.codes)
    actions.read_thread(by=viewer, at=at, thread=page.thread)
    account(viewer=viewer, place="messages:thread", rows=[page.thread, *page.seats, *page.entries], at=at)
    others = agencies_by_id(ids={seat.party_id for seat in page.seats if seat.party_id and seat.left_at is None and seat.party_id != own.pk})
    listed = sorted(others.values(), key=lambda agency: agency.name_outside)
    may_write = page.may_write and viewer.can(Permission.PLAN_WRITE)
    readers = queries.readers_of(viewer=viewer, identity_id=page.thread.identity_id, agencies=listed, at=at) if may_write else []
    zone, her = clock.zone(own.zone), _her(subject)
    context = _around(request, subject) | {
        "page": page, "topic": words.TOPICS.get(page.thread.topic, words.TOPICS["OTHER"]), "may_write": may_write, "form": form,
        "said": presenters.said(page, her=her, own=own, zone=zone), "seats": presenters.seats(page.seats, her=her, zone=zone),
        "readers": [(one.agency.name_outside, reads_words(one)) for one in readers],
        "with_her": any(seat.party == "HER" and seat.left_at is None for seat in page.seats), "her": her,
    }  # fmt: skip
    return render(request, "messages/thread.html", context, status=422 if form.errors else 200)


@require_POST
@needs(Permission.FAMILY_READ, Permission.PLAN_WRITE)
def leave(request: HttpRequest, thread_id: UUID) -> HttpResponse:
    """This agency takes no part any more."""
    viewer = viewer_of(request)
    page = queries.thread_page(viewer=viewer, thread_id=thread_id)
    actions.leave_thread(by=viewer, at=clock.now(), thread_id=thread_id)
    messages.success(request, _("Your agency takes no part any more. What was written until now stays."))
    return redirect("messages:family", identity_id=page.thread.identity_id)


@require_safe
@needs(Permission.FAMILY_READ)
def paper(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """The picture or paper beside an entry. It is saved by the reader and kept by no browser."""
    viewer = viewer_of(request)
    row, content = queries.paper_of(viewer=viewer, entry_id=entry_id)
    account(viewer=viewer, place="messages:paper", rows=[row], at=clock.now())
    return handed(content, media_type=row.media_type)


def handed(content: bytes, *, media_type: str) -> HttpResponse:
    """A paper as a file whose name tells nothing. Never shown inside the site: what others send is only saved."""
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="paper.{ENDINGS[media_type]}"'
    response["Cache-Control"] = "no-store"
    return response


def _her(subject: Subject) -> str:
    return subject.name or _("The mother")


def _around(request: HttpRequest, subject: Subject) -> dict[str, Any]:
    tabs = family_tabs(viewer=viewer_of(request), identity_id=subject.identity_id, here="messages")
    return {"subject": subject, "tabs": tabs, "nav": "families"}
