"""The one screen: seven facts from the chart, five questions, and the answer beside them."""

from __future__ import annotations

import base64
import json
from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from careloom.agencies import sealing
from careloom.agencies.gate import needs
from careloom.agencies.roles import Permission
from careloom.agencies.signed_in import viewer_of
from careloom.infra import clock
from careloom.infra.keys import KeyProblem
from careloom.infra.ui.components import SaveState
from careloom.kernel.notification import ReasonCode
from careloom.notifications import actions, presenters, words
from careloom.notifications.facts import NotificationFacts, as_stored, changed, from_json
from careloom.notifications.forms import CHANGEABLE, NotificationForm
from careloom.notifications.presenters.panel import clock_words
from careloom.notifications.views.page import Birth, load

SEALED = "notification_conflict"


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.NOTIFY)
def birth(request: HttpRequest, notification_id: UUID) -> HttpResponse:
    """The screen of a draft; what was sent has its receipt page. A POST saves and takes the next step."""
    found = load(request, notification_id, place="notifications:birth")
    if request.method == "POST":
        return _post(request, found)
    if found.row.status != "DRAFT":
        return redirect("notifications:receipt", notification_id=notification_id)
    number = request.GET.get("change", "")
    opened = frozenset({int(number)} if number.isdigit() and int(number) in CHANGEABLE else ())
    form = NotificationForm(facts=found.facts, version=found.row.row_version, opened=opened)
    if opened and request.headers.get("HX-Request"):
        row = next(r for r in _rows(found, form) if r.number in opened)
        return _varied(render(request, "notifications/parts/fact.html", {"fact": row}))
    return _varied(_page(request, found, form))


@require_POST
@needs(Permission.NOTIFY)
def decide(request: HttpRequest, notification_id: UUID) -> HttpResponse:
    """The answer for what is on the screen now; nothing is saved."""
    found = load(request, notification_id, place="notifications:decide")
    form = NotificationForm(request.POST, facts=found.facts, version=found.row.row_version)
    facts = form.facts if form.is_valid() else found.facts
    asks, asked = form.asks_words, "safety_words" in request.POST
    context = {
        "panel": found.panel(facts),
        "form": form,
        "answered": _answered(facts),
        "swap_words": asks != asked,
        "asks_words": asks,
        "birth": found,
    }
    return render(request, "notifications/parts/decided.html", context)


@require_POST
@needs(Permission.NOTIFY)
def autosave(request: HttpRequest, notification_id: UUID) -> HttpResponse:
    """Saves as one types. A conflict is never written over: the page is told where both texts stand."""
    found = load(request, notification_id, place="notifications:autosave")
    form = NotificationForm(request.POST, facts=found.facts, version=found.row.row_version)
    if not form.is_valid():
        return JsonResponse({"errors": list(form.errors)}, status=422)
    saved = _save(request, found, form)
    if isinstance(saved, actions.Conflict):
        _keep(request, found, saved.mine)
        return JsonResponse({"url": reverse("notifications:conflict", args=[notification_id])}, status=409)
    at = formats.time_format(clock.now().astimezone(clock.zone(found.zone)), "g:i A")
    return JsonResponse({"at": at, "version": str(saved.row_version)})


@require_safe
@needs(Permission.NOTIFY)
def conflict(request: HttpRequest, notification_id: UUID) -> HttpResponse:
    """Both texts of a conflict that happened while somebody typed."""
    found = load(request, notification_id, place="notifications:conflict")
    mine = _kept(request, found)
    if mine is None:
        return redirect("notifications:birth", notification_id=notification_id)
    return _conflict_page(request, found, mine, status=200)


def _post(request: HttpRequest, found: Birth) -> HttpResponse:
    form = NotificationForm(request.POST, facts=found.facts, version=found.row.row_version)
    if request.POST.get("go") == "mine":
        return _keep_mine(request, found)
    if not form.is_valid():
        return _page(request, found, form, status=422)
    # Whoever types the code of her card has answered that she showed it.
    saved = _save(request, found, form, **({"plan_status": "HAS_CARD"} if request.POST.get("go") == "card" else {}))
    if isinstance(saved, actions.Conflict):
        if found.row.status != "DRAFT":
            return redirect("notifications:receipt", notification_id=found.row.pk)
        _keep(request, found, saved.mine)
        return _conflict_page(request, found, saved.mine, status=409)
    step = {"tell": "notifications:tell", "hand": "notifications:hand_over", "card": "notifications:card"}.get(request.POST.get("go", ""))
    if step:
        return redirect(step, notification_id=found.row.pk)
    if request.POST.get("go") == "send":
        return _send(request, found, form)
    return redirect(f"{reverse('notifications:birth', args=[found.row.pk])}#answer")


def _send(request: HttpRequest, found: Birth, form: NotificationForm) -> HttpResponse:
    sent = actions.send_notification(by=viewer_of(request), at=clock.now(), notification_id=found.row.pk)
    if isinstance(sent, actions.Sent):
        return redirect("notifications:receipt", notification_id=found.row.pk)
    for name in sent.missing:
        form.add_error("told" if name == "told_mother" else name, _("Choose one to go on."))
    codes = {reason.code for reason in sent.reasons}
    if ReasonCode.EXPLAIN_CONCERN in codes:
        form.add_error("safety_words", _("Write in a sentence what was seen or said."))
    if not form.errors and ReasonCode.TELL_HER_FIRST in codes:
        return redirect("notifications:tell", notification_id=found.row.pk)
    again = load(request, found.row.pk, place="notifications:birth")
    return _page(request, again, form, status=422)


def _save(request: HttpRequest, found: Birth, form: NotificationForm, **answers: str) -> Any:
    given = form.cleaned_data
    return actions.save_facts(
        by=viewer_of(request),
        at=clock.now(),
        notification_id=found.row.pk,
        facts=changed(form.facts, **answers),
        row_version=given["version"],
        form_key=given["form_key"],
    )


def _keep_mine(request: HttpRequest, found: Birth) -> HttpResponse:
    mine = _kept(request, found)
    version = request.POST.get("version", "")
    if mine is None or not version.isdigit():
        return redirect("notifications:birth", notification_id=found.row.pk)
    saved = actions.save_facts(by=viewer_of(request), at=clock.now(), notification_id=found.row.pk, facts=mine, row_version=int(version))
    if isinstance(saved, actions.Conflict):
        again = load(request, found.row.pk, place="notifications:conflict")
        return _conflict_page(request, again, mine, status=409)
    request.session.pop(SEALED, None)
    return redirect("notifications:birth", notification_id=found.row.pk)


def _page(request: HttpRequest, found: Birth, form: NotificationForm, *, status: int = 200) -> HttpResponse:
    facts = form.facts if form.is_bound and hasattr(form, "cleaned_data") else found.facts
    started = clock_words(found.row.started_at, found.zone)
    context = {
        "birth": found,
        "rows": _rows(found, form, facts),
        "form": form,
        "asks_words": form.asks_words,
        "panel": found.panel(facts),
        "answered": _answered(facts),
        "saved": SaveState(words=_("Started %(when)s") % {"when": started}, form_id="birth"),
    }
    return render(request, "notifications/birth.html", context, status=status)


def _rows(found: Birth, form: NotificationForm, facts: NotificationFacts | None = None) -> tuple[presenters.FactRow, ...]:
    return presenters.fact_rows(
        row=found.row, family=found.family, facts=facts or found.facts, form=form, zone=found.zone, today=clock.today(found.zone)
    )


def _answered(facts: NotificationFacts) -> int:
    return 12 - len(facts.unanswered)


def _keep(request: HttpRequest, found: Birth, mine: NotificationFacts) -> None:
    # Sealed for this sign-in and this notification: the session table must not hold what somebody wrote about a family.
    sealed = sealing.seal(json.dumps(as_stored(mine)).encode(), use="notification-conflict", of=_owner(request, found))
    request.session[SEALED] = base64.b64encode(sealed).decode()


def _kept(request: HttpRequest, found: Birth) -> NotificationFacts | None:
    try:
        opened = sealing.unseal(base64.b64decode(request.session[SEALED]), use="notification-conflict", of=_owner(request, found))
    except (KeyError, KeyProblem):
        return None
    return from_json(json.loads(opened))


def _owner(request: HttpRequest, found: Birth) -> str:
    return f"{request.user.pk}:{found.row.pk}"


def _conflict_page(request: HttpRequest, found: Birth, mine: NotificationFacts, *, status: int) -> HttpResponse:
    theirs = found.facts
    labels = [(name, label) for name, label in _COMPARED.items() if getattr(theirs, name) != getattr(mine, name)]
    rows = [(label, _said(name, theirs), _said(name, mine)) for name, label in labels]
    if found.row.status != "DRAFT":
        return redirect("notifications:receipt", notification_id=found.row.pk)
    return render(request, "notifications/conflict.html", {"birth": found, "rows": rows}, status=status)


_COMPARED = {
    "exposures": words.FACT_LABELS[3],
    "withdrawal": words.FACT_LABELS[5],
    "fasd": words.FACT_LABELS[6],
    "goes_home_with": words.FACT_LABELS[7],
    "as_prescribed": words.QUESTION_LABELS["as_prescribed"],
    "in_treatment": words.QUESTION_LABELS["in_treatment"],
    "safety_concern": words.QUESTION_LABELS["safety_concern"],
    "safety_words": words.FIELDS["SAFETY_CONCERN_TEXT"],
    "plan_status": words.QUESTION_LABELS["plan_status"],
    "told_mother": words.QUESTION_LABELS["told"],
}
_CODES = {
    "withdrawal": words.WITHDRAWAL,
    "fasd": words.FASD,
    "goes_home_with": words.HOMES,
    "as_prescribed": words.YES_NO_UNSURE,
    "in_treatment": words.TREATMENT,
    "safety_concern": words.SAFETY,
    "plan_status": words.PLAN,
    "told_mother": {**words.TOLD, "YES": words.YES_NO_UNSURE["YES"]},
}


def _said(name: str, facts: NotificationFacts) -> str:
    if name == "exposures":
        said = [f"{words.SUBSTANCES[e.substance]} ({words.PRESCRIBED[e.prescribed]})" for e in facts.exposures]
        return ", ".join(said) or _("None")
    value = str(asdict(facts)[name])
    return str(_CODES.get(name, {}).get(value, value)) or _("No answer yet")


def _varied(response: HttpResponse) -> HttpResponse:
    response["Vary"] = "HX-Request"
    return response
