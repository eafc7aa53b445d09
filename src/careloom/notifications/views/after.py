"""After sending: the receipt, a correction, a withdrawal, and the mother's card."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from careloom.agencies.gate import needs
from careloom.agencies.roles import Permission
from careloom.agencies.signed_in import viewer_of
from careloom.infra import clock
from careloom.infra.access import NotVisible
from careloom.infra.keys import KeyProblem
from careloom.infra.ui.context import address
from careloom.kernel.notification import ReasonCode
from careloom.notifications import actions
from careloom.notifications.forms import NotificationForm, ReasonForm
from careloom.notifications.presenters.panel import clock_words
from careloom.notifications.views.draft import _rows as fact_rows
from careloom.notifications.views.page import Birth, load, worker_name

CARD = "/my/card/use/"


@require_safe
@needs(Permission.NOTIFY)
def receipt(request: HttpRequest, notification_id: UUID) -> HttpResponse:
    """What was sent and its receipt numbers, which stand on this page only; then the next steps. Made for paper too."""
    found = load(request, notification_id, place="notifications:receipt")
    if found.row.status == "DRAFT":
        return redirect("notifications:birth", notification_id=notification_id)
    has_plan = found.facts.plan_status == "HAS_CARD"
    # The plan and the family page lie above this app and are known by their addresses alone.
    plan = f"/families/{found.row.identity_id}/" if has_plan else f"/plans/start/{found.row.identity_id}/"
    card_url = address(names=("portal:use_card",), path=CARD)
    receipts, unreadable = _receipts(found)
    context = {
        "birth": found,
        "panel": found.panel(sent=True),
        "receipts": receipts,
        "unreadable": unreadable,
        "sent_when": clock_words(found.row.sent_at, found.zone) if found.row.sent_at else "",
        "sent_by": worker_name(found.row.sent_by),
        "plan_url": address(names=(), path=plan),
        "has_plan": has_plan,
        "card_url": card_url,
        "withdrawn": found.row.status == "VOIDED",
    }
    response = render(request, "notifications/receipt.html", context)
    response["Cache-Control"] = "no-store"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.NOTIFY)
def correct(request: HttpRequest, notification_id: UUID) -> HttpResponse:
    """The same twelve facts of a sent notification, with the reason of the change."""
    found = load(request, notification_id, place="notifications:correct")
    if found.row.status != "SENT":
        raise NotVisible
    posted = request.POST if request.method == "POST" else None
    form = NotificationForm(posted, facts=found.facts, version=found.row.row_version, opened=frozenset({3, 4, 5, 6, 7}))
    why = ReasonForm(posted)
    if posted is not None and form.is_valid() and why.is_valid():
        done = actions.correct(
            by=viewer_of(request),
            at=clock.now(),
            notification_id=notification_id,
            facts=form.facts,
            reason=why.cleaned_data["reason"],
            row_version=form.cleaned_data["version"],
        )
        if isinstance(done, actions.Sent):
            messages.success(request, _("Corrected. It travels with tonight’s batch."))
            return redirect("notifications:receipt", notification_id=notification_id)
        _refused(form, done)
    context = {"birth": found, "rows": fact_rows(found, form), "form": form, "why": why, "asks_words": form.asks_words}
    return render(request, "notifications/correct.html", context, status=422 if form.errors or why.errors else 200)


def _refused(form: NotificationForm, done: Any) -> None:
    if isinstance(done, actions.Conflict):
        form.add_error(None, _("Somebody corrected it in the meantime. Open it again and look it over."))
        return
    for name in done.missing:
        form.add_error("told" if name == "told_mother" else name, _("Choose one to go on."))
    codes = {reason.code for reason in done.reasons}
    if ReasonCode.EXPLAIN_CONCERN in codes:
        form.add_error("safety_words", _("Write in a sentence what was seen or said."))
    if ReasonCode.TELL_HER_FIRST in codes:
        form.add_error("told", _("Tell her first, then say here who did."))


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.NOTIFY)
def withdraw(request: HttpRequest, notification_id: UUID) -> HttpResponse:
    """Take back a notification that should not have been sent, or throw a draft away."""
    found = load(request, notification_id, place="notifications:withdraw")
    if found.row.status == "VOIDED":
        return redirect("notifications:receipt", notification_id=notification_id)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.withdraw(by=viewer_of(request), at=clock.now(), notification_id=notification_id, reason=form.cleaned_data["reason"])
        messages.success(request, _("Withdrawn."))
        return redirect("notifications:births")
    return render(request, "notifications/withdraw.html", {"birth": found, "form": form}, status=422 if form.errors else 200)


@require_safe
@needs(Permission.NOTIFY)
def card(request: HttpRequest, notification_id: UUID) -> HttpResponse:
    """Leads to where the mother's own card or code is entered; this app looks for no plan."""
    found = load(request, notification_id, place="notifications:card")
    use = address(names=("portal:use_card",), path=CARD)
    if not use:
        raise NotVisible
    # The card's pages lead back to this birth.
    return redirect(f"{use}?{urlencode({'mother': str(found.row.identity_id), 'birth': str(found.row.pk)})}")


def _receipts(found: Birth) -> tuple[tuple[UUID, ...], bool]:
    try:
        return actions.receipts_of(found.row), False
    except KeyProblem:
        return (), True
