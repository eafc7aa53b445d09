"""A program's admission queue: who waits, interim services, admission, or why not."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from careloom.agencies.days import today_of
from careloom.agencies.gate import needs
from careloom.agencies.models import Agency
from careloom.agencies.queries import agencies_by_id
from careloom.agencies.roles import Permission
from careloom.agencies.signed_in import agency_of, viewer_of
from careloom.consents.pages.subject import subject_of
from careloom.infra import clock
from careloom.infra.access import NotVisible
from careloom.infra.access.accounting import account
from careloom.infra.access.records import FamilyRecord
from careloom.infra.ui.paging import page_number
from careloom.people.queries import names_of
from careloom.treatment import actions, presenters, queries
from careloom.treatment.forms import AdmitForm, AskForm, CloseForm, InterimForm
from careloom.treatment.forms.queue import Versioned
from careloom.treatment.models import Admission
from careloom.treatment.pages import is_pregnant
from careloom.treatment.presenters.queue import name_in, priority

admits = needs(Permission.FAMILY_READ, Permission.TREATMENT_WRITE)
FORMS: dict[str, type[Versioned]] = {"interim": InterimForm, "admit": AdmitForm, "close": CloseForm}


@require_safe
@admits
def queue(request: HttpRequest) -> HttpResponse:
    """Who waits to be admitted: those whom the law puts first, then who asked first."""
    viewer, own, at = viewer_of(request), _program(request), clock.now()
    found = queries.queue_of(viewer=viewer, page=page_number(request))
    rows: list[Admission] = list(found.rows)  # type: ignore[arg-type]
    known = names_of(viewer=viewer, identity_ids=[row.identity_id for row in rows])
    seen: list[FamilyRecord] = [*rows, *known.values()]
    account(viewer=viewer, place="treatment:queue", rows=seen, at=at)
    return render(request, "treatment/queue.html", {"found": found, "lines": presenters.queue_lines(rows, known=known, own=own, at=at)})


@require_safe
@admits
def admission(request: HttpRequest, admission_id: UUID) -> HttpResponse:
    """One who waits, and what may be done for her."""
    row = queries.get_admission(viewer=viewer_of(request), admission_id=admission_id)
    return _shown(request, row)


@require_POST
@admits
def answer(request: HttpRequest, admission_id: UUID, step: str) -> HttpResponse:
    """Note interim services, admit her, or say why not."""
    viewer, at = viewer_of(request), clock.now()
    row = queries.get_admission(viewer=viewer, admission_id=admission_id)
    form = FORMS[step](request.POST)
    if not form.is_valid():
        return _shown(request, row, step=step, form=form)
    told = {"by": viewer, "at": at, "admission_id": admission_id, **form.cleaned_data}
    match step:
        case "interim":
            done = actions.give_interim(**{**told, "services": tuple(form.cleaned_data["services"])})
        case "admit":
            done = actions.admit(**told)
        case _:
            done = actions.close_admission(**told)
    if isinstance(done, actions.Stale):
        form.data = form.data.copy()  # type: ignore[attr-defined]
        form.data["row_version"] = str(done.current.row_version)  # type: ignore[index]
        form.add_error(None, _("A colleague changed this request meanwhile. Nothing of yours was kept yet. Look at it again, then send it."))
        return _shown(request, done.current, step=step, form=form)
    if isinstance(done, actions.Refused):
        form.refuse(done.codes)
        return _shown(request, row, step=step, form=form)
    messages.success(request, _("Kept."))
    return (
        redirect("treatment:family", identity_id=row.identity_id) if step == "admit" else redirect("treatment:admission", admission_id=admission_id)
    )


@require_http_methods(["GET", "HEAD", "POST"])
@admits
def ask(request: HttpRequest, identity_id: UUID) -> HttpResponse:
    """Put somebody in the queue of one's own program."""
    viewer, own, at = viewer_of(request), agency_of(request), clock.now()
    subject = subject_of(viewer=viewer, identity_id=identity_id, place="treatment:ask", at=at)
    if not own.is_part2_program:
        raise NotVisible
    first = {"pregnant": is_pregnant(viewer=viewer, identity_id=identity_id, today=today_of(own, at=at))}
    form = AskForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        asking = actions.Asking(
            identity_id=identity_id, came_by=told["came_by"], pregnant=told["pregnant"], child_welfare=told["child_welfare"]
        )  # fmt: skip
        done = actions.put_in_queue(by=viewer, at=at, asking=asking, request_key=told["request_key"])
        if isinstance(done, actions.Done):
            messages.success(request, _("She is in the queue."))
            return redirect("treatment:admission", admission_id=done.row_id)
        form.refuse(done.codes)
    return render(request, "treatment/ask.html", {"subject": subject, "form": form, "nav": "families"}, status=422 if form.errors else 200)


def _program(request: HttpRequest) -> Agency:
    own = agency_of(request)
    if not own.is_part2_program:
        raise NotVisible
    return own


def _shown(request: HttpRequest, row: Admission, *, step: str = "", form: Versioned | None = None) -> HttpResponse:
    viewer, own, at = viewer_of(request), agency_of(request), clock.now()
    known = names_of(viewer=viewer, identity_ids=[row.identity_id])
    seen: list[FamilyRecord] = [row, *known.values()]
    account(viewer=viewer, place="treatment:admission", rows=seen, at=at)
    fresh = {"row_version": row.row_version}
    forms = {name: kind(initial=fresh | ({"on": today_of(own, at=at)} if name == "admit" else {})) for name, kind in FORMS.items()}
    context = {
        "row": row, "title": name_in(known, row.identity_id), "known": bool(known), "first": priority(row), "nav": "families",
        "forms": forms | ({step: form} if form is not None else {}), "status": presenters.queue.interim_mark(row, at=at),
        "facts": presenters.admission_facts(row, own=own, agencies=agencies_by_id(ids={row.from_agency_id} - {None})),
    }  # fmt: skip
    return render(request, "treatment/admission.html", context, status=422 if form is not None else 200)
