"""Her messages with her team."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from careloom.infra import clock
from careloom.infra.access.accounting import account
from careloom.infra.ui.paging import page_number
from careloom.messages import actions
from careloom.messages.queries import paper_of
from careloom.messages.views.threads import handed
from careloom.portal.conversations import talk_page, talks, who_she_may_write
from careloom.portal.door import hers
from careloom.portal.forms import AnswerForm, TalkForm
from careloom.portal.views.hers import her_of


@hers
@require_safe
def conversations(request: HttpRequest) -> HttpResponse:
    """Her threads, the newest first."""
    return render(request, "portal/messages.html", {"talks": talks(her=her_of(request), at=clock.now(), page=page_number(request))})


@hers
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest) -> HttpResponse:
    """She writes to those of her team who may read her words."""
    her, at = her_of(request), clock.now()
    form = TalkForm(request.POST or None, request.FILES or None, who=who_she_may_write(her=her, at=at))
    if request.method == "POST" and form.is_valid():
        done = actions.start_thread(
            by=her.viewer, at=at, identity_id=her.identity_id, topic=form.cleaned_data["topic"], agency_ids=form.agency_ids, with_her=True,
            written=form.written(), request_key=form.cleaned_data["request_key"],
        )  # fmt: skip
        if isinstance(done, actions.Done):
            messages.success(request, _("Sent. Your team sees it."))
            return redirect("portal:thread", thread_id=done.row_id)
    return render(request, "portal/message_new.html", {"form": form}, status=422 if form.errors else 200)


@hers
@require_http_methods(["GET", "HEAD", "POST"])
def thread(request: HttpRequest, thread_id: UUID) -> HttpResponse:
    """One thread, and her answer. A message that tells too much is shown when she asks for it."""
    her, at = her_of(request), clock.now()
    shown = _uuid(request.GET.get("open", ""))
    page, row = talk_page(her=her, at=at, thread_id=thread_id, page=page_number(request), shown=shown)
    form = AnswerForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        actions.add_entry(by=her.viewer, at=at, thread_id=thread_id, written=form.written(), request_key=form.cleaned_data["request_key"])
        return redirect("portal:thread", thread_id=thread_id)
    actions.read_thread(by=her.viewer, at=at, thread=row)
    return render(request, "portal/message.html", {"page": page, "form": form}, status=422 if form.errors else 200)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


@hers
@require_POST
def done_with(request: HttpRequest, thread_id: UUID) -> HttpResponse:
    """She takes no part any more. Her words stay hers and stay there."""
    her, at = her_of(request), clock.now()
    actions.leave_thread(by=her.viewer, at=at, thread_id=thread_id)
    messages.success(request, _("You left. You do not get more of these. Your words stay."))
    return redirect("portal:messages")


@hers
@require_safe
def paper(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """The picture or paper beside a message."""
    viewer = her_of(request).viewer
    row, content = paper_of(viewer=viewer, entry_id=entry_id)
    account(viewer=viewer, place="my:paper", rows=[row], at=clock.now())
    return handed(content, media_type=row.media_type)
