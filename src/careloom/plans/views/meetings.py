"""Family meetings on a plan: the list, the room with its shared screen, the minutes, and signatures drawn on the device."""

from __future__ import annotations

from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from careloom.agencies.gate import needs
from careloom.agencies.models import Agency
from careloom.agencies.roles import Permission
from careloom.agencies.signed_in import agency_of, viewer_of
from careloom.consents.queries import who_sees_what
from careloom.infra import clock
from careloom.infra.access import NotVisible
from careloom.infra.access.accounting import account
from careloom.infra.documents.uploads import unseal_upload
from careloom.infra.ui.paging import page_number, some
from careloom.plans.actions.meetings import begin_meeting, change_table, end_meeting, make_true, sign_minutes, write_minute
from careloom.plans.actions.needs import record_choice
from careloom.plans.actions.results import Conflict, Refused
from careloom.plans.forms.content import need_choices
from careloom.plans.forms.meeting import AnswerNowForm, MakeTrueForm, MinuteForm, SignForm, TableForm
from careloom.plans.models import OPEN_STATES, Meeting, MeetingSignature, Need, PlanOfSafeCare
from careloom.plans.pages.meeting import Table, meeting_of, table
from careloom.plans.presenters.changes import change_lines
from careloom.plans.presenters.meeting import STEPS, minutes_context, room_context
from careloom.plans.presenters.words import REFUSALS
from careloom.plans.queries import changes_since
from careloom.plans.views.frame import frame_of, row_of, screen

reads = needs(Permission.FAMILY_READ)
writes = needs(Permission.FAMILY_READ, Permission.PLAN_WRITE)
TEN = 10


@require_http_methods(["GET", "HEAD", "POST"])
@reads
def meetings(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """Meetings that were held, newest first, and a new one."""
    viewer, at = viewer_of(request), clock.now()
    frame = frame_of(request, plan_id, place="meetings")
    page = some(Meeting.objects.seen_by(viewer).filter(plan_id=plan_id).order_by("-began_at"), page=page_number(request), a_page=TEN)
    account(viewer=viewer, place="plans:meetings", rows=page.rows, at=at)  # type: ignore[arg-type]
    form = TableForm(request.POST or None, agencies=_readers(request, frame.plan))
    if request.method == "POST":
        if not viewer.can(Permission.PLAN_WRITE):
            raise NotVisible
        if form.is_valid():
            done = begin_meeting(by=viewer, at=at, plan_id=plan_id, request_key=form.cleaned_data["request_key"], **form.facts)
            if not isinstance(done, Refused):
                return redirect("plans:meeting", plan_id, done.pk)
            _refused(form, done)
    lines = [
        {"row": row, "when": date_format(row.began_at.astimezone(frame.zone), "F j, Y, g:i A"), "people": ", ".join(row.people)} for row in page.rows
    ]  # fmt: skip
    lede = _("The shared screen shows only what everybody at the table may see. The minutes become part of the plan.")
    return screen(
        request, frame, form, title=_("Family meetings"), lede=lede, save=_("Begin the meeting"), template="plans/meetings.html", meetings=lines,
        page=page, may_write=viewer.can(Permission.PLAN_WRITE) and frame.plan.status in OPEN_STATES,
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@writes
def room(request: HttpRequest, plan_id: UUID, meeting_id: UUID) -> HttpResponse:
    """The shared screen: one topic at a time, live notes, decisions made true with one press, and signing."""
    viewer = viewer_of(request)
    meeting = meeting_of(viewer=viewer, plan_id=plan_id, meeting_id=meeting_id)
    if meeting.ended_at is not None:
        return redirect("plans:minutes", plan_id, meeting_id)
    if "blank" in request.GET:
        return render(request, "plans/room_blank.html", {"back": request.path})
    forms = _forms(request, meeting)
    if request.method == "POST":
        response = _posted(request, meeting, forms)
        if response is not None:
            return response
    shown = _table(request, plan_id, meeting_id)
    step, need_id = request.GET.get("step", STEPS[0]), _uuid(request.GET.get("need", ""))
    broken = any(form.errors for form in forms.values())
    context = {**room_context(shown, step=step, need_id=need_id), "forms": forms, "plan": shown.plan, "meeting": meeting, "nav": "families"}
    context |= {"becomes": [("TASK", _("Put it on Today")), ("GOAL", _("Make it a goal"))], "need_groups": need_choices()}
    return render(request, "plans/room.html", context, status=422 if broken else 200)


@require_safe
@reads
def minutes(request: HttpRequest, plan_id: UUID, meeting_id: UUID) -> HttpResponse:
    """What a meeting came to: who was there, what was agreed, and what changed since the meeting before."""
    shown = _table(request, plan_id, meeting_id, shared=False)
    meeting = shown.meeting
    lines: list[Any] = []
    if meeting.made_version and meeting.since_version:
        viewer = viewer_of(request)
        changed = changes_since(viewer=viewer, plan_id=plan_id, version=meeting.since_version, to_version=meeting.made_version)
        lines = change_lines(changed)
    frame = frame_of(request, plan_id, place="minutes", rows=(meeting,))
    return render(
        request, "plans/minutes.html",
        {**minutes_context(shown, lines=lines), "frame": frame, "plan": shown.plan, "meeting": meeting, "nav": "families"},
    )  # fmt: skip


@require_safe
@reads
def signature(request: HttpRequest, plan_id: UUID, meeting_id: UUID, signature_id: UUID) -> HttpResponse:
    """A drawn signature, as its reader may see it; no browser keeps it."""
    row = row_of(MeetingSignature, request, signature_id)
    if row.plan_id != plan_id or row.meeting_id != meeting_id or not row.sealed:
        raise NotVisible
    account(viewer=viewer_of(request), place="plans:meeting_signature", rows=[row], at=clock.now())
    content = unseal_upload(row.sealed, holder_id=row.holder_id, document_id=row.pk)
    response = HttpResponse(content, content_type=row.media_type)
    response["Cache-Control"] = "no-store"
    return response


def _table(request: HttpRequest, plan_id: UUID, meeting_id: UUID, *, shared: bool = True) -> Table:
    zone = ZoneInfo(agency_of(request).zone)
    return table(viewer=viewer_of(request), plan_id=plan_id, meeting_id=meeting_id, at=clock.now(), zone=zone, shared=shared)


def _readers(request: HttpRequest, plan: PlanOfSafeCare) -> list[Agency]:
    """Agencies that may read something of her, as far as this worker may know: those that can be at the table."""
    viewer = viewer_of(request)
    sees = who_sees_what(viewer=viewer, identity_ids=[plan.identity_id], at=clock.now())
    ids = {row.recipient_id for row in sees} | {plan.holder_id}
    rows = Agency.objects.filter(pk__in=ids - {viewer.holder_id}, active=True)
    return sorted(rows, key=lambda agency: agency.name_outside)


def _forms(request: HttpRequest, meeting: Meeting) -> dict[str, Any]:
    about = request.POST.get("about", "") if request.method == "POST" else ""
    plan = PlanOfSafeCare.objects.seen_by(viewer_of(request)).get(pk=meeting.plan_id)
    data = {key: request.POST if key == about else None for key in ("minute", "answer", "true", "sign", "table")}
    start = {
        "her_present": meeting.her_present, "agency_ids": meeting.agency_ids, "people": "\n".join(meeting.people), "row_version": meeting.row_version,
        "she_agrees": True,
    }  # fmt: skip
    return {
        "minute": MinuteForm(data["minute"], auto_id="minute_%s"),
        "answer": AnswerNowForm(data["answer"], auto_id="answer_%s"),
        "true": MakeTrueForm(data["true"], auto_id="true_%s"),
        "sign": SignForm(data["sign"], request.FILES if about == "sign" else None, auto_id="sign_%s"),
        "table": TableForm(data["table"], agencies=_readers(request, plan), initial=start, auto_id="table_%s"),
    }


def _posted(request: HttpRequest, meeting: Meeting, forms: dict[str, Any]) -> HttpResponse | None:
    by, at, about = viewer_of(request), clock.now(), request.POST.get("about", "")
    if about == "end":
        done: object = end_meeting(by=by, at=at, meeting_id=meeting.pk)
        if isinstance(done, Refused):
            messages.error(request, " ".join(str(REFUSALS[reason]) for reason in done.reasons))
            return redirect(request.get_full_path())
        return redirect("plans:minutes", meeting.plan_id, meeting.pk)
    form = forms.get(about)
    if form is None or not form.is_valid():
        return None
    clean = form.cleaned_data
    match about:
        case "minute":
            done = write_minute(by=by, at=at, meeting_id=meeting.pk, **clean)
        case "answer":
            row_of(Need, request, clean["need_id"])
            done = record_choice(by=by, at=at, need_id=clean["need_id"], choice=clean["choice"], request_key=clean["request_key"])
        case "true":
            done = make_true(by=by, at=at, note_id=clean["note_id"], becomes=clean["becomes"], code=clean["code"])
        case "sign":
            done = sign_minutes(by=by, at=at, meeting_id=meeting.pk, **clean)
        case _:
            done = change_table(by=by, at=at, meeting_id=meeting.pk, row_version=clean["row_version"] or 0, **form.facts)
    if isinstance(done, Refused):
        _refused(form, done)
        return None
    if isinstance(done, Conflict):
        form.add_error(None, _("Somebody changed who is here while you wrote. Look again, then save."))
        return None
    return redirect(request.get_full_path())


def _refused(form: Any, done: Refused) -> None:
    for reason in done.reasons:
        form.add_error(None, str(REFUSALS[reason]))


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
