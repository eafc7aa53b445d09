"""Publishing: two people look before figures leave the state, what was told is taken back with a note, and Nations give leave (decision 0016)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from careloom.agencies.gate import needs
from careloom.agencies.roles import Permission
from careloom.agencies.signed_in import viewer_of
from careloom.infra import clock
from careloom.infra.access import Viewer
from careloom.infra.answers import Done, Refused
from careloom.outcomes import forms
from careloom.outcomes.models import Snapshot
from careloom.outcomes.presenters import published as told
from careloom.outcomes.presenters.indicator import counted_on
from careloom.outcomes.publishing import actions, leaves
from careloom.outcomes.queries import numbers
from careloom.outcomes.queries.published import published
from careloom.outcomes.queries.quality import under_the_line

FORMS: dict[str, type[forms.PublishingForm]] = {
    "prepare": forms.PrepareForm,
    "approve": forms.ApproveForm,
    "withdraw": forms.WithdrawForm,
    "leave": forms.LeaveForm,
    "end": forms.EndLeaveForm,
}


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.COUNTS_EXACT)
def publishing(request: HttpRequest) -> HttpResponse:
    """What is ready, what is published and what was taken back; and the leaves of Nations (R-087, R-211, O5, O10)."""
    viewer = viewer_of(request)
    snapshot = numbers.newest_snapshot(viewer=viewer)
    sent: forms.PublishingForm | None = None
    do = request.POST.get("do", "")
    if request.method == "POST" and do in FORMS:
        sent = FORMS[do](request.POST)
        if sent.is_valid():
            done = _done(do, sent.cleaned_data, viewer, snapshot)
            if isinstance(done, Done):
                messages.success(request, _SAID[do]())
                return redirect("outcomes:publishing")
            sent.refuse(done.codes)
    found = published(viewer=viewer)
    waiting = told.waiting(found)
    context = {
        "nav": "numbers", "snapshot": snapshot, "counted": counted_on(snapshot) if snapshot else "",
        "under": len({one.site for one in under_the_line(snapshot)}) if snapshot else 0,
        "waiting": waiting, "rows": told.rows(found), "leaves": found.leaves,
        "prepare": _form("prepare", do, sent), "leave": _form("leave", do, sent),
        "approve": _form("approve", do, sent, publication_id=waiting["id"]) if waiting else None,
        "sent": sent if do in ("withdraw", "end") else None, "sent_id": str(sent.data.get("publication_id", "")) if sent and do == "withdraw" else "",
    }  # fmt: skip
    return render(request, "outcomes/publishing.html", context, status=422 if sent is not None and sent.errors else 200)


def _done(do: str, given: dict[str, Any], viewer: Viewer, snapshot: Snapshot | None) -> Done | Refused:
    at = clock.now()
    if do == "prepare":
        if snapshot is None:
            return Refused(codes=("NOTHING_NEW",))
        return actions.prepare(snapshot_id=snapshot.pk, by=viewer, at=at, **given)
    act: Callable[..., Done | Refused] = {
        "approve": actions.approve, "withdraw": actions.withdraw, "leave": leaves.keep_leave, "end": leaves.end_leave,
    }[do]  # fmt: skip
    return act(by=viewer, at=at, **given)


def _form(name: str, do: str, sent: forms.PublishingForm | None, **initial: Any) -> forms.PublishingForm:
    return sent if sent is not None and do == name else FORMS[name](initial=initial)


_SAID: dict[str, Callable[[], str]] = {
    "prepare": lambda: _("It is ready. A second person looks at it and publishes it."),
    "approve": lambda: _("It is published. Partners read it now."),
    "withdraw": lambda: _("It was taken back. The note stands in its place."),
    "leave": lambda: _("The leave is kept. It counts for what is made ready from now on."),
    "end": lambda: _("The leave is ended. Nobody reads figures of that Nation now."),
}
