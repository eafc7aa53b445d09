"""What child welfare received: reports and notifications with names, the legal basis, the clock and the answer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from careloom.agencies.gate import needs
from careloom.agencies.models import Agency
from careloom.agencies.queries import agencies_by_id, workers_of
from careloom.agencies.roles import Permission, Role
from careloom.agencies.signed_in import viewer_of
from careloom.infra import clock
from careloom.infra.access import NotVisible
from careloom.infra.access.accounting import account
from careloom.infra.packs import load_pack
from careloom.infra.ui.components import Status
from careloom.kernel.agency_kinds import AgencyKind
from careloom.kernel.clocks import Unit
from careloom.kernel.packs.schema import ClockName
from careloom.notifications import actions, queries, words
from careloom.notifications.actions.deliver import answer_due
from careloom.notifications.forms import ReceivedAnswerForm
from careloom.notifications.models import ReceivedNotification
from careloom.notifications.presenters.panel import clock_words

READERS = frozenset({Role.CPS_WORKER.value, Role.SUPERVISOR.value})


def child_welfare(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Only a worker or supervisor of a child welfare agency finds this view."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if _agency(request).kind != AgencyKind.CPS_AGENCY or not viewer_of(request).roles & READERS:
            raise NotVisible
        return view(request, *args, **kwargs)

    return guarded


@require_safe
@needs(Permission.FAMILY_READ)
@child_welfare
def inbox(request: HttpRequest) -> HttpResponse:
    """Reports and notifications that the agency received, unanswered first."""
    viewer = viewer_of(request)
    number = request.GET.get("page", "1")
    page = max(1, int(number)) if number.isdigit() else 1
    found = queries.received(viewer=viewer, page=page)
    rows, more = found[: queries.PAGE], len(found) > queries.PAGE
    account(viewer=viewer, place="notifications:received_all", rows=rows, at=clock.now())
    hospitals = agencies_by_id(ids=[row.from_agency_id for row in rows])
    items = [{"row": row, **_told(row, hospitals, zone=_agency(request).zone)} for row in rows]
    return render(request, "notifications/received_all.html", {"rows": items, "page": page, "more": more})


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.FAMILY_READ)
@child_welfare
def one(request: HttpRequest, received_id: UUID) -> HttpResponse:
    """One of them, as it was sent: nothing of the treatment record is here. A POST answers it."""
    viewer = viewer_of(request)
    row = queries.get_received(viewer=viewer, received_id=received_id)
    account(viewer=viewer, place="notifications:received", rows=[row], at=clock.now())
    form = ReceivedAnswerForm(request.POST or None, initial={"answer": row.answer, "reason": row.reason})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        actions.answer_received(by=viewer, at=clock.now(), received_id=row.pk, answer=actions.Answer(given["answer"]), reason=given["reason"])
        messages.success(request, _("Your answer is kept."))
        return redirect("notifications:received", received_id=row.pk)
    context = {
        "row": row,
        "form": form,
        "facts": _facts(row),
        "workers": workers_of(agency_id=viewer.holder_id, at=clock.now()) if viewer.can(Permission.ASSIGN_WORK) and viewer.holder_id else [],
        **_told(row, agencies_by_id(ids=[row.from_agency_id]), zone=_agency(request).zone),
    }
    return render(request, "notifications/received.html", context, status=422 if form.errors else 200)


@require_POST
@needs(Permission.ASSIGN_WORK)
@child_welfare
def give(request: HttpRequest, received_id: UUID) -> HttpResponse:
    """A supervisor gives it to a worker of the agency."""
    viewer, at = viewer_of(request), clock.now()
    queries.get_received(viewer=viewer, received_id=received_id)  # first: what is not there is told as such, whatever the form says
    chosen = next((m for m in workers_of(agency_id=viewer.holder_id, at=at) if str(m.worker_id) == request.POST.get("worker")), None)  # type: ignore[arg-type]
    if chosen is None:
        messages.warning(request, _("Choose a worker first."))
    else:
        actions.give_to(by=viewer, at=at, received_id=received_id, worker_id=chosen.worker_id)
        messages.success(request, _("%(name)s has it now.") % {"name": chosen.worker.name})
    return redirect("notifications:received", received_id=received_id)


def _agency(request: HttpRequest) -> Agency:
    agency: Agency = request.membership.agency  # type: ignore[attr-defined]
    return agency


def _told(row: ReceivedNotification, hospitals: dict[UUID, Agency], *, zone: str) -> dict[str, Any]:
    hospital = hospitals.get(row.from_agency_id)
    pack = hospital.pack if hospital else "columbia"
    due = answer_due(pack=pack, at=row.received_at)
    late = row.answered_at is None and row.withdrawn_at is None and clock.now() >= due
    return {
        "kind": words.KINDS[row.kind],
        "hospital": hospital.name_outside if hospital else "",
        "name": row.facts.get("PARENT_NAME") or _("Name not sent"),
        "received_when": clock_words(row.received_at, zone),
        # The clock runs to the next midnight; people count to the end of the day before it.
        "due": formats.date_format((due - timedelta(microseconds=1)).astimezone(clock.zone(zone)), "M j"),
        "status": _status(row, late=late),
        "because": words.BECAUSE[row.kind],
        "clock_runs": _clock_runs(pack),
    }


def _clock_runs(pack: str) -> str:
    """How the clock is counted, where it counts working days."""
    rule = load_pack(name=pack).clocks[ClockName.SAFETY_FACE_TO_FACE].due
    if rule.unit is not Unit.BUSINESS_DAYS:
        return ""
    return ngettext("%(n)s working day after it came.", "%(n)s working days after it came.", rule.amount) % {"n": rule.amount}


def _status(row: ReceivedNotification, *, late: bool) -> Status:
    if row.withdrawn_at:
        return Status(words=_("Withdrawn by the hospital"))
    if row.answer:
        return Status(words=str(words.ANSWERS[row.answer]), tone="move" if row.answer == "ASKS_INFORMATION" else "done")
    return Status(words=_("Late"), tone="late") if late else Status(words=_("Waits for your answer"), tone="wait")


_VALUES = {
    "SUBSTANCE_CLASSES": words.SUBSTANCES,
    "PRESCRIBED": words.PRESCRIBED,
    "INFANT_SIGNS": {**words.FASD, **words.WITHDRAWAL},
    "PLAN_STATUS": words.PLAN,
    "TREATMENT_ANSWER": words.TREATMENT,
}
# From the sender's side these labels say "her" and "your"; the reader's side has its own.
_LABELS = {
    **words.FIELDS,
    "NOTIFIER": gettext_lazy("Notifier"),
    "PARENT_NAME": gettext_lazy("Mother"),
    "INFANT_NAME": gettext_lazy("Infant"),
    "ADDRESS": gettext_lazy("Address"),
    "PHONE": gettext_lazy("Phone"),
    "SAFETY_CONCERN_TEXT": gettext_lazy("What was seen or said"),
}


#: Who it is about comes first; where it was sent from comes with the rest.
PEOPLE = ("PARENT_NAME", "PARENT_BIRTH_DATE", "INFANT_NAME", "BIRTH_DATE", "ADDRESS", "PHONE")
DAYS = frozenset({"BIRTH_DATE", "PARENT_BIRTH_DATE"})


def _day(value: Any) -> str:
    """A day as people write it; what is no day stays as it was sent."""
    try:
        return formats.date_format(date.fromisoformat(str(value)))
    except ValueError:
        return str(value)


def _facts(row: ReceivedNotification) -> list[tuple[Any, str]]:
    shown = []
    order = [*PEOPLE, *(name for name in words.FIELDS if name not in PEOPLE)]
    for name, value in sorted(row.facts.items(), key=lambda item: order.index(item[0]) if item[0] in order else len(order)):
        codes, values = _VALUES.get(name, {}), value if isinstance(value, list) else [value]
        said = ", ".join(dict.fromkeys(_day(v) if name in DAYS else str(codes.get(v, v)) for v in values if v))
        shown.append((_LABELS.get(name, name), said or _("Not in the hospital’s chart")))
    return shown
