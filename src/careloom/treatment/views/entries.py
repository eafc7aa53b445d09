"""Writing, changing and taking back an entry; checking a goal; the paper of a meeting."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from careloom.agencies.days import today_of
from careloom.agencies.gate import needs
from careloom.agencies.queries import agencies_by_id
from careloom.agencies.roles import Permission
from careloom.agencies.signed_in import agency_of, viewer_of
from careloom.consents.pages.subject import Subject, subject_of
from careloom.infra import clock
from careloom.infra.access import NotVisible
from careloom.infra.access.accounting import account
from careloom.infra.documents.handing import document
from careloom.treatment import actions, checks, presenters, queries, words
from careloom.treatment.codes import Sort
from careloom.treatment.documents.meeting import render_meeting
from careloom.treatment.forms import FORMS, EntryForm, TakeBackForm, form_for
from careloom.treatment.goals import GoalAsked, goals_of
from careloom.treatment.medicines import KNOWN
from careloom.treatment.pages import is_pregnant
from careloom.treatment.sorts import may_write

BOTH = ["GET", "HEAD", "POST"]
reads = needs(Permission.FAMILY_READ, Permission.TREATMENT_READ)


@require_http_methods(BOTH)
@reads
def new(request: HttpRequest, identity_id: UUID, sort: Sort) -> HttpResponse:
    """Write down one entry."""
    viewer, own, at = viewer_of(request), agency_of(request), clock.now()
    subject = subject_of(viewer=viewer, identity_id=identity_id, place="treatment:new", at=at)
    if not may_write(sort, by=viewer, agency=own) or sort is Sort.GOAL_CHECK:
        raise NotVisible
    today = today_of(own, at=at)
    first = {"pregnant": is_pregnant(viewer=viewer, identity_id=identity_id, today=today)} if sort is Sort.MEDICINE else {}
    form = form_for(sort, request.POST or None, today=today, program=own.is_part2_program, first=first)
    if request.method == "POST" and form.is_valid():
        told = form.values()
        done = actions.add_entry(
            by=viewer, at=at, identity_id=identity_id, sort=sort, on=form.cleaned_data["happened_on"], values=told,
            request_key=form.cleaned_data["request_key"],
        )  # fmt: skip
        if isinstance(done, actions.Done):
            return _kept(request, sort, told, identity_id=identity_id)
        form.refuse(done.codes)
    return _form(request, sort, form, subject)


@require_http_methods(BOTH)
@reads
def check_goal(request: HttpRequest, identity_id: UUID, goal_id: UUID) -> HttpResponse:
    """The treatment provider says whether a goal of another record is realistic (R-163)."""
    viewer, own, at, place = viewer_of(request), agency_of(request), clock.now(), "treatment:check_goal"
    subject = subject_of(viewer=viewer, identity_id=identity_id, place=place, at=at)
    goal = next((one for one in goals_of(viewer=viewer, identity_id=identity_id) if one.record.pk == goal_id), None)
    if goal is None or not may_write(Sort.GOAL_CHECK, by=viewer, agency=own):
        raise NotVisible
    account(viewer=viewer, place=place, rows=[goal.record], at=at)
    form = form_for(Sort.GOAL_CHECK, request.POST or None, today=today_of(own, at=at), program=own.is_part2_program)
    if request.method == "POST" and form.is_valid():
        told = form.values() | {"goal_kind": goal.kind, "goal_id": goal.record.pk, "goal": goal.words[:500]}
        done = actions.add_entry(
            by=viewer, at=at, identity_id=identity_id, sort=Sort.GOAL_CHECK, on=form.cleaned_data["happened_on"], values=told,
            request_key=form.cleaned_data["request_key"],
        )  # fmt: skip
        if isinstance(done, actions.Done):
            return _kept(request, Sort.GOAL_CHECK, told, identity_id=identity_id)
        form.refuse(done.codes)
    return _form(request, Sort.GOAL_CHECK, form, subject, goal=goal)


@require_http_methods(BOTH)
@reads
def change(request: HttpRequest, sort: Sort, treatment_id: UUID) -> HttpResponse:
    """Change an entry of one's own agency. Where a colleague was faster, both texts stand on the page."""
    viewer, own, at = viewer_of(request), agency_of(request), clock.now()
    entry = queries.own_entry(viewer=viewer, sort=sort, entry_id=treatment_id)
    if not may_write(sort, by=viewer, agency=own):
        raise NotVisible
    account(viewer=viewer, place="treatment:change", rows=entry.rows, at=at)
    subject = subject_of(viewer=viewer, identity_id=entry.first.identity_id, place="treatment:change", at=at)
    today, initial = today_of(own, at=at), FORMS[sort].initial_of(entry.get)
    form = form_for(sort, request.POST or None, initial=initial, today=today, program=own.is_part2_program)
    form.fields.pop("request_key", None)
    current = None
    if request.method == "POST" and form.is_valid():
        told = _kept_fields(entry, sort) | form.values()
        done = actions.change_entry(
            by=viewer, at=at, sort=sort, entry_id=treatment_id, on=form.cleaned_data["happened_on"], values=told,
            row_version=form.cleaned_data.get("row_version") or 0,
        )  # fmt: skip
        if isinstance(done, actions.Done):
            return _kept(request, sort, told, identity_id=entry.first.identity_id)
        if isinstance(done, actions.Stale):
            agencies = agencies_by_id(ids={own.pk})
            current = presenters.line_of(entry, own=own, agencies=agencies, today=today)
            form.data = form.data.copy()
            form.data["row_version"] = str(entry.first.row_version)
        else:
            form.refuse(done.codes)
    back = TakeBackForm(initial={"row_version": entry.first.row_version}, prefix=None)
    return _form(request, sort, form, subject, entry_id=treatment_id, back=back, current=current)


@require_http_methods(["POST"])
@reads
def take_back(request: HttpRequest, sort: Sort, treatment_id: UUID) -> HttpResponse:
    """Take an entry back with the reason. It stays on the agency's own list, marked."""
    viewer = viewer_of(request)
    entry = queries.own_entry(viewer=viewer, sort=sort, entry_id=treatment_id)
    form = TakeBackForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Nothing was changed. Say why it is taken back."))
        return redirect("treatment:change", sort=sort, treatment_id=treatment_id)
    done = actions.take_back(by=viewer, at=clock.now(), sort=sort, entry_id=treatment_id, **form.cleaned_data)
    if not isinstance(done, actions.Done):
        messages.error(request, _("Nothing was changed. Somebody changed the entry, or the reason is too short. Look at it again."))
        return redirect("treatment:change", sort=sort, treatment_id=treatment_id)
    messages.success(request, _("Taken back. Nobody outside your agency reads it from now on."))
    return redirect("treatment:every", identity_id=entry.first.identity_id, sort=sort)


@require_safe
@reads
def paper(request: HttpRequest, progress_id: UUID) -> HttpResponse:
    """A progress meeting on paper: her copy, from the program that keeps it, in the language of her record."""
    viewer, at, place = viewer_of(request), clock.now(), "treatment:paper"
    entry = queries.own_entry(viewer=viewer, sort=Sort.MEETING, entry_id=progress_id)
    account(viewer=viewer, place=place, rows=entry.rows, at=at)
    subject = subject_of(viewer=viewer, identity_id=entry.first.identity_id, place=place, at=at)
    holder = agencies_by_id(ids={entry.first.holder_id})[entry.first.holder_id]
    language = subject.mother.language if subject.mother is not None and subject.mother.language in {"en", "es"} else "en"
    return document(render_meeting(entry, about=subject.full_name, holder=holder, language=language), name="progress-meeting")


def _kept_fields(entry: queries.Shown, sort: Sort) -> dict[str, object]:
    """Values that no form shows and a change leaves as they are."""
    hidden = {Sort.EPISODE: ("admission_id",), Sort.GOAL_CHECK: ("goal_kind", "goal_id", "goal")}
    return {name: entry.get(name) for name in hidden.get(sort, ())}


def _kept(request: HttpRequest, sort: Sort, told: dict[str, object], *, identity_id: UUID) -> HttpResponse:
    if checks.warnings(sort, told):
        messages.warning(request, words.NALTREXONE_WARNING)
    said = _("Kept. The plan is looked at again soon. Nobody was told outside the care team.") if sort is Sort.RETURN else _("Kept.")
    messages.success(request, said)
    return redirect("treatment:family", identity_id=identity_id)


def _form(
    request: HttpRequest, sort: Sort, form: EntryForm, subject: Subject, *, goal: GoalAsked | None = None, entry_id: UUID | None = None,
    back: TakeBackForm | None = None, current: presenters.EntryLine | None = None,
) -> HttpResponse:  # fmt: skip
    context = {
        "subject": subject, "form": form, "sort": sort, "title": words.code(sort, among=words.SORTS if entry_id else words.ADDS),
        "note": words.LEDES[sort], "goal": goal, "entry_id": entry_id, "back": back, "current": current,
        "medicines": KNOWN if sort is Sort.MEDICINE else (), "nav": "families",
    }  # fmt: skip
    status = 409 if current else 422 if form.errors else 200
    return render(request, "treatment/entry.html", context, status=status)
