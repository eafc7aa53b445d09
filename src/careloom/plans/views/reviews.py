"""Reviews: the board of late ones, holding one, what changed, what happened, closing and opening again."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from careloom.agencies.gate import needs
from careloom.agencies.roles import Permission
from careloom.consents.actions import event_happened
from careloom.consents.forms.sharing import CASE_CLOSES, EVENTS, PLAN_CLOSES
from careloom.consents.queries import ending_with
from careloom.infra import clock
from careloom.infra.access import NotVisible
from careloom.infra.access.accounting import account
from careloom.plans import schedule
from careloom.plans.actions.after_event import note_contact_try, review_after_event
from careloom.plans.actions.closing import close_plan, reopen_plan
from careloom.plans.actions.results import NotReady, Refused
from careloom.plans.actions.reviewing import hold_review, note_contact, plan_review_time
from careloom.plans.forms.reviews import CloseForm, EventForm, HeldForm, ReviewForm, TimeForm, TryForm
from careloom.plans.models import Review
from careloom.plans.presenters import reviews as words
from careloom.plans.presenters.words import REFUSALS, REVIEW_KINDS
from careloom.plans.queries import overdue_reviews, plan_parts, plans_of
from careloom.plans.views.frame import Frame, answered, frame_of, row_of, screen, to_family

writes = needs(Permission.FAMILY_READ, Permission.PLAN_WRITE)
form_view = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@needs(Permission.FAMILY_READ)
def overdue(request: HttpRequest) -> HttpResponse:
    """Late reviews of the plans that this agency leads, the latest first."""
    text = request.GET.get("page", "1")
    number = max(1, int(text)) if text.isdecimal() and len(text) < 6 else 1
    page = overdue_reviews(viewer=request.viewer, today=clock.today(request.membership.agency.zone), page=number)
    account(viewer=request.viewer, place="plans:overdue", rows=[row for late in page.rows for row in late.line.rows()], at=clock.now())
    return render(request, "plans/overdue.html", {"page": page, "cards": words.late_cards(page), "nav": "families"})


@form_view
@writes
def review(request: HttpRequest, plan_id: UUID, review_id: UUID) -> HttpResponse:
    """Get ready for a review, agree on a time, and hold it; or note a contact or a visit."""
    row = row_of(Review, request, review_id)
    if row.plan_id != plan_id:
        raise NotVisible
    frame = frame_of(request, plan_id, place="review", rows=(row,))
    if row.kind in {"FIRST_CONTACT", "HOME_VISIT"}:
        return _contact(request, frame, row)
    parts = plan_parts(viewer=request.viewer, plan_id=plan_id, plan=frame.plan)
    account(viewer=request.viewer, place="plans:review", rows=parts.rows(), at=clock.now())
    timing = "time" in request.POST
    today = clock.today(frame.zone.key)
    form = ReviewForm(request.POST if request.method == "POST" and not timing else None, needs=parts.needs, initial={"held_on": today})
    time_form = TimeForm(request.POST if timing else None, initial={"row_version": row.row_version}, auto_id="time_%s")
    if request.method == "POST" and (response := _review_posted(request, frame, row, form=form, time_form=time_form, timing=timing)):
        return response
    context = words.review_context(viewer=request.viewer, parts=parts, review=row, zone=frame.zone)
    title = REVIEW_KINDS[row.kind]
    return screen(
        request,
        frame,
        time_form if timing else form,
        title=title,
        template="plans/review.html",
        review_form=form,
        time_form=time_form,
        save=_("Keep the review"),
        **context,
    )


@require_safe
@needs(Permission.FAMILY_READ)
def changes(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """What changed from one version to the next, as this reader may see both."""
    frame = frame_of(request, plan_id, place="changes")
    context = words.versions_context(viewer=request.viewer, plan_id=plan_id, since=request.GET.get("since", ""), zone=frame.zone)
    return render(request, "plans/changes.html", {"frame": frame, "plan": frame.plan, "nav": "families", **context})


@form_view
@writes
def event(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """Something happened: the plan is looked at again soon. Nothing is reported and nothing closes (R-124)."""
    frame = frame_of(request, plan_id, place="event")
    trying = "trying" in request.POST
    form = EventForm(request.POST if request.method == "POST" and not trying else None)
    try_form = TryForm(request.POST if trying else None, auto_id="try_%s")
    if trying and try_form.is_valid():
        result: object = note_contact_try(by=request.viewer, at=clock.now(), plan_id=plan_id, **try_form.cleaned_data)
        if response := answered(request, frame, try_form, result):
            return response
    if request.method == "POST" and not trying and form.is_valid():
        result = review_after_event(by=request.viewer, at=clock.now(), plan_id=plan_id, why=form.cleaned_data["why"])
        if response := answered(request, frame, form, result):
            messages.success(request, _("A review is asked for soon. Nothing was reported to anybody."))
            return response
    lede = _("A return to use, a crisis, a change at home: the team looks at the plan again. This reports nobody and closes nothing.")
    shown = try_form if trying else form
    save = _("Ask for a review")
    return screen(
        request, frame, shown, title=_("Something happened"), lede=lede, save=save, template="plans/event.html", event_form=form, try_form=try_form
    )


@form_view
@writes
def close(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """Close the plan with its checklist; what is missing is listed."""
    frame = frame_of(request, plan_id, place="close")
    closing, language = schedule.pack_of(frame.plan).closing, (get_language() or "en")[:2]
    her, may_end = frame.plan.identity_id, request.viewer.can(Permission.CONSENT_WRITE)
    consents = ending_with(viewer=request.viewer, identity_id=her, events=EVENTS, at=clock.now())
    with_plan = [row for row in consents if row.expiry_event == PLAN_CLOSES]
    asks_case = may_end and len(consents) > len(with_plan)
    form = CloseForm(request.POST or None, reasons=closing.reasons, checklist=closing.checklist, language=language, asks_case=asks_case)
    missing: list[str] = []
    if request.method == "POST" and form.is_valid():
        clean = form.cleaned_data
        result = close_plan(
            by=request.viewer,
            at=clock.now(),
            plan_id=plan_id,
            reason=clean["reason"],
            confirmed=tuple(clean["confirmed"]),
            override=clean["override"],
        )
        if isinstance(result, NotReady):
            missing = words.missing(result.unmet, closing=closing, language=language)
            form.add_error(None, _("The plan is not ready to close. See what is missing."))
        elif response := answered(request, frame, form, result):
            if clean.get("case_closed"):
                event_happened(by=request.viewer, at=clock.now(), identity_id=her, event=CASE_CLOSES, on=clock.today())
            messages.success(request, _("The plan is closed. It can be opened again within a year."))
            # What ended with it may have been this reader's own sight.
            return response if plans_of(viewer=request.viewer, identity_ids=[her]) else redirect("/families/")
    return screen(
        request, frame, form, title=_("Close the plan"), save=_("Close the plan"), template="plans/close.html", missing=missing, ends=len(with_plan)
    )


@form_view
@writes
def reopen(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """Open a closed plan again."""
    frame = frame_of(request, plan_id, place="reopen")
    if request.method == "POST":
        result = reopen_plan(by=request.viewer, at=clock.now(), plan_id=plan_id)
        if not isinstance(result, Refused):
            return to_family(frame.plan)
        messages.error(request, " ".join(str(REFUSALS[reason]) for reason in result.reasons))
        return redirect("plans:reopen", plan_id)
    return render(request, "plans/reopen.html", {"frame": frame, "plan": frame.plan, "nav": "families"})


def _review_posted(request: HttpRequest, frame: Frame, row: Review, *, form: ReviewForm, time_form: TimeForm, timing: bool) -> HttpResponse | None:
    by, at = request.viewer, clock.now()
    if timing and time_form.is_valid():
        clean = time_form.cleaned_data
        starts_at = time_form.starts_at(zone=frame.zone)
        done: object = plan_review_time(
            by=by, at=at, review_id=row.pk, row_version=clean["row_version"], starts_at=starts_at, place=clean["place"]
        )  # fmt: skip
        return answered(request, frame, time_form, done)
    if not timing and form.is_valid():
        done = hold_review(by=by, at=at, review_id=row.pk, **form.held(zone=frame.zone), **form.facts)
        return answered(request, frame, form, done)
    return None


def _contact(request: HttpRequest, frame: Frame, row: Review) -> HttpResponse:
    form = HeldForm(request.POST or None, initial={"held_on": clock.today(frame.zone.key)})
    if request.method == "POST" and form.is_valid():
        result = note_contact(by=request.viewer, at=clock.now(), review_id=row.pk, **form.held(zone=frame.zone))
        if response := answered(request, frame, form, result):
            return response
    return screen(request, frame, form, title=REVIEW_KINDS[row.kind], lede=words.due_words(row, zone=frame.zone), save=_("Write it down"))
