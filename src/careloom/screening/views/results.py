"""What was handed in: the answers, what they come to in words, what must be done at once, and how it is corrected."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from careloom.agencies.family_tabs import family_tabs
from careloom.agencies.gate import needs
from careloom.agencies.queries import agencies_by_id
from careloom.agencies.roles import Permission
from careloom.agencies.signed_in import agency_of, viewer_of
from careloom.consents.pages.subject import Subject, subject_of
from careloom.infra import clock, forms
from careloom.infra.access import NotVisible
from careloom.infra.access.accounting import account
from careloom.infra.forms import Definition
from careloom.screening import actions, presenters, queries
from careloom.screening.forms import CorrectForm, FollowUpForm, TakeBackForm
from careloom.screening.kinds import PRIVATE_TOPICS
from careloom.screening.models import FormFollowUp, FormResponse
from careloom.screening.protocol import Steps, protocol

fills = needs(Permission.FORMS_FILL)


def definition_of(row: FormResponse) -> Definition | None:
    """The form as it was asked; None where its file is not here any more."""
    try:
        return forms.definition(pack=row.pack, url=row.url, version=row.form_version, of=str(row.holder_id))
    except forms.FormNotFound:
        return None


def _read(request: HttpRequest, response_id: UUID) -> tuple[FormResponse, Subject]:
    viewer, at = viewer_of(request), clock.now()
    row = queries.get_response(viewer=viewer, response_id=response_id)
    return row, subject_of(viewer=viewer, identity_id=row.family_id, place="screening:one", at=at)


@require_safe
@fills
def one(request: HttpRequest, response_id: UUID) -> HttpResponse:
    """One form that was handed in."""
    row, subject = _read(request, response_id)
    return shown(request, row, subject)


def shown(request: HttpRequest, row: FormResponse, subject: Subject, *, bound: object = None, status: int = 200) -> HttpResponse:
    """Its page, with a form that was sent and refused where there is one."""
    viewer, own, at = viewer_of(request), agency_of(request), clock.now()
    versions = queries.versions_of(viewer=viewer, row=row)
    done = queries.follow_ups_of(viewer=viewer, response_id=row.pk)
    account(viewer=viewer, place="screening:one", rows=[row, *versions, *done], at=at)
    form, mine = definition_of(row), row.holder_id == own.pk
    stands = mine and row.taken_back_at is None
    workers = queries.workers_named([row.worker_id, *(one.worker_id for one in (*versions, *done))]) if mine else {}
    holder = agencies_by_id(ids={row.holder_id}).get(row.holder_id)
    spoken = get_language() or "en"
    told = protocol(pack=own.pack, language=spoken, kind=own.kind)
    current = next((one for one in versions if one.replaced_at is None), None)
    followed = {one.code: one for one in done}
    people = {subject.identity_id: subject.name} | {one.identity_id: one.preferred_name or one.given_name for one in subject.infants}
    context = {
        "row": row, "subject": subject, "tabs": family_tabs(viewer=viewer, identity_id=subject.identity_id, here="forms"),
        "title": form.title.said(spoken) if form else row.title, "lines": presenters.answer_lines(row, form),
        "about": people.get(row.identity_id, ""),
        "scores": presenters.score_lines(row, form, spoken), "when": presenters.moment(row.handed_in_at), "how": presenters.HOW.get(row.how, ""),
        "who": presenters.name_of(row.worker_id, workers) or (holder.name_outside if holder and not mine else ""), "mine": mine,
        "alerts": [_alert(code, told.alerts.get(code), followed.get(code), workers, bound) for code in row.alerts] if stands else [],
        "versions": [(one.number, presenters.moment(one.handed_in_at), one.reason, one.pk, one.pk == row.pk) for one in versions],
        "newer": current.pk if current and current.pk != row.pk else None, "copyright": form.copyright if form else "",
        "may_correct": stands and form is not None and row.replaced_at is None,
        "may_take_back": stands and row.replaced_at is None, "private": row.topic in PRIVATE_TOPICS,
        "correct": bound if isinstance(bound, CorrectForm) else CorrectForm(),
        "take_back": bound if isinstance(bound, TakeBackForm) else TakeBackForm(auto_id="back_%s"),
    }  # fmt: skip
    return render(request, "screening/one.html", context, status=status)


def _alert(code: str, steps: Steps | None, done: FormFollowUp | None, workers: object, bound: object) -> dict[str, object]:
    if steps is None:
        raise NotVisible
    words = dict(steps.did)
    form = bound if isinstance(bound, FollowUpForm) and bound.data.get("code") == code else FollowUpForm(steps=steps, initial={"code": code})
    told = [words.get(one, one) for one in done.did] if done else []
    who = presenters.name_of(done.worker_id, workers) if done else ""  # type: ignore[arg-type]
    return {"steps": steps, "done": done, "did": told, "who": who, "when": presenters.moment(done.at) if done else "", "form": form}


@require_POST
@fills
def follow_up(request: HttpRequest, response_id: UUID) -> HttpResponse:
    """Write down what was done about an answer that somebody had to act on at once."""
    row, subject = _read(request, response_id)
    own, code = agency_of(request), request.POST.get("code", "")
    steps = protocol(pack=own.pack, language=get_language() or "en", kind=own.kind).alerts.get(code)
    if steps is None or code not in row.alerts or row.holder_id != own.pk:
        raise NotVisible
    form = FollowUpForm(request.POST, steps=steps)
    if form.is_valid():
        told = form.cleaned_data
        done = actions.follow_up(
            by=viewer_of(request), at=clock.now(), response_id=row.pk, code=code, did=told["did"], words=told["words"], agency=own
        )  # fmt: skip
        if isinstance(done, actions.Done):
            messages.success(request, _("Written down."))
            return redirect("screening:one", response_id=row.pk)
        form.add_error("did", presenters.refusal(done.codes))  # type: ignore[arg-type]
    return shown(request, row, subject, bound=form, status=422)


@require_POST
@fills
def correct(request: HttpRequest, response_id: UUID) -> HttpResponse:
    """Begin a correction: the old answers stay, and what is handed in next stands in their place."""
    row, subject = _read(request, response_id)
    form = definition_of(row)
    if row.holder_id != agency_of(request).pk or form is None:
        raise NotVisible
    reason = CorrectForm(request.POST)
    if reason.is_valid():
        done = actions.amend(
            by=viewer_of(request), at=clock.now(), response=row, form=form, agency=agency_of(request), reason=reason.cleaned_data["reason"]
        )  # fmt: skip
        if isinstance(done, actions.Done):
            return redirect("screening:fill", draft_id=done.row_id)
        reason.add_error("reason", presenters.refusal(done.codes))  # type: ignore[arg-type]
    return shown(request, row, subject, bound=reason, status=422)


@require_POST
@fills
def take_back(request: HttpRequest, response_id: UUID) -> HttpResponse:
    """Take the form back, because it was handed in by mistake. It stays here, marked, and nobody else reads it."""
    row, subject = _read(request, response_id)
    if row.holder_id != agency_of(request).pk:
        raise NotVisible
    form = TakeBackForm(request.POST, auto_id="back_%s")
    if form.is_valid():
        done = actions.take_back(by=viewer_of(request), at=clock.now(), response_id=row.pk, because=form.cleaned_data["because"])
        if isinstance(done, actions.Done):
            messages.success(request, _("Taken back. Nobody outside your agency reads it from now on."))
            return redirect("screening:family", identity_id=row.family_id)
        form.add_error("because", presenters.refusal(done.codes))  # type: ignore[arg-type]
    return shown(request, row, subject, bound=form, status=422)
