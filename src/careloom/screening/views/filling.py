"""One form as it is filled: saved as one types, gone on with on another device, met by a colleague's text, handed in."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from careloom.agencies.gate import needs
from careloom.agencies.roles import Permission
from careloom.agencies.signed_in import agency_of, viewer_of
from careloom.consents.pages.subject import Subject, subject_of
from careloom.infra import clock, forms
from careloom.infra.access import NotVisible
from careloom.infra.access.accounting import account
from careloom.infra.forms import Definition, Wrong
from careloom.infra.forms.asking import Questions, answered, once_less, once_more
from careloom.infra.ui.components import SaveState
from careloom.screening import actions, presenters, queries
from careloom.screening.actions.drafting import own_text
from careloom.screening.forms import HowForm
from careloom.screening.models import HANDED_IN, OPEN, FormDraft
from careloom.screening.protocol import protocol

fills = needs(Permission.FORMS_FILL)
FORM_ID = "form"


def opened(request: HttpRequest, draft_id: UUID, *, place: str) -> tuple[FormDraft, Definition, Subject]:
    """A draft with its form and its family, accounted for. Raises NotVisible where any of them is not to be seen."""
    viewer, own, at = viewer_of(request), agency_of(request), clock.now()
    row = queries.get_draft(viewer=viewer, draft_id=draft_id)
    subject = subject_of(viewer=viewer, identity_id=row.family_id, place=place, at=at)
    account(viewer=viewer, place=place, rows=[row], at=at)
    try:
        form = forms.definition(pack=row.pack, url=row.url, version=row.form_version, of=str(own.pk))
    except forms.FormNotFound:
        raise NotVisible from None  # the file was taken away while somebody filled it: the answers stay in the draft
    return row, form, subject


@require_http_methods(["GET", "HEAD", "POST"])
@fills
def fill(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Fill it. Each button saves first; "Hand it in" checks the whole."""
    row, form, subject = opened(request, draft_id, place="screening:fill")
    if row.state == HANDED_IN and row.response_id:
        return redirect("screening:one", response_id=row.response_id)
    if row.state != OPEN:
        messages.info(request, _("This draft was thrown away. Begin the form again if it is needed."))
        return redirect("screening:family", identity_id=row.family_id)
    if request.method != "POST":
        return page(request, row, form, subject)
    viewer, at, post = viewer_of(request), clock.now(), request.POST
    answers = answered(form, post, before=row.answers)
    if post.get("add"):
        answers = once_more(form, answers, group=post["add"])
    elif post.get("drop"):
        answers = once_less(form, answers, group=post["drop"])
    to: dict[str, Any] = {"by": viewer, "at": at, "draft_id": draft_id, "answers": answers, **_sent(request)}
    if "hand_in" not in post:
        done = actions.save(**to)
        return redirect("screening:both", draft_id=draft_id) if isinstance(done, actions.Stale) else redirect("screening:fill", draft_id=draft_id)
    if post.get("shown") == "1":
        own = agency_of(request)
        actions.note_shown(by=viewer, at=at, identity_id=row.family_id, told=protocol(pack=own.pack, language=row.language, kind=own.kind))
    handed = actions.hand_in(**to, form=form, agency=agency_of(request), how=post.get("how", ""))
    if isinstance(handed, actions.Done):
        messages.success(request, _("Handed in."))
        return redirect("screening:one", response_id=handed.row_id)
    if isinstance(handed, actions.Stale):
        return redirect("screening:both", draft_id=draft_id)
    row = queries.get_draft(viewer=viewer, draft_id=draft_id)
    if isinstance(handed, actions.Incomplete):
        return page(request, row, form, subject, wrongs=handed.wrongs, status=422)
    return page(request, row, form, subject, refused=presenters.refusal(handed.codes), status=422)


def _sent(request: HttpRequest) -> dict[str, Any]:
    version, tab = request.POST.get("version", ""), request.POST.get("tab", "")
    return {"row_version": int(version) if version.isdecimal() and len(version) < 9 else 0, "tab": tab.replace("\x00", "")[:32]}


def page(
    request: HttpRequest, row: FormDraft, form: Definition, subject: Subject, *, wrongs: tuple[Wrong, ...] = (), refused: list[str] | None = None,
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    """The page of a draft."""
    viewer, own = viewer_of(request), agency_of(request)
    told = protocol(pack=own.pack, language=row.language, kind=own.kind)
    seen = queries.shown_to(viewer=viewer, identity_id=row.family_id, version=told.version)
    workers = queries.workers_named([row.saved_by, seen.worker_id if seen else None])
    saved = _("Saved at %(hour)s") % {"hour": date_format(localtime(row.saved_at), "TIME_FORMAT")} if row.row_version > 1 else _("Nothing typed yet")
    about = next((name for pk, name in [(str(subject.identity_id), subject.name), *subject.infant_choices] if pk == str(row.identity_id)), "")
    context = _questions(row, form, wrongs=wrongs) | {
        "row": row, "definition": form, "subject": subject, "about": about, "title": form.title.said(row.language),
        "purpose": form.purpose.said(row.language), "how": HowForm(request.POST if "how" in request.POST else None), "refused": refused or [],
        "state": SaveState(words=saved, form_id=FORM_ID), "shown": presenters.shown_words(seen, workers),
        "ask_shown": form.topic in told.covers and seen is None, "mine": own_text(row, by=viewer) is not None,
        "spoken": row.language in form.languages, "form_id": FORM_ID,
    }  # fmt: skip
    return render(request, "screening/fill.html", context, status=status)


def _questions(row: FormDraft, form: Definition, *, tab: str = "", wrongs: tuple[Wrong, ...] = ()) -> dict[str, Any]:
    """What the part of the page with the questions needs. A page that is drawn anew is a new tab."""
    return {
        "form": Questions(form, row.answers, language=row.language, wrongs=wrongs), "version": row.row_version, "tab": tab or uuid4().hex,
        "save_url": reverse("screening:save", args=[row.pk]),
    }  # fmt: skip


@require_POST
@fills
def save(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Keep what was typed, quietly. Asked for by htmx, the questions come back when an answer opened or closed one."""
    row, form, _subject = opened(request, draft_id, place="screening:fill")
    sent = _sent(request)
    answers = answered(form, request.POST, before=row.answers)
    done = actions.save(by=viewer_of(request), at=clock.now(), draft_id=draft_id, answers=answers, **sent)
    kept = queries.get_draft(viewer=viewer_of(request), draft_id=draft_id)
    if getattr(request, "htmx", False):
        if isinstance(done, actions.Stale):
            answer = HttpResponse(status=204)
            answer["HX-Redirect"] = reverse("screening:both", args=[draft_id])
            return answer
        part = _questions(kept, form, tab=sent["tab"])
        if set(part["form"].asked) == set(request.POST.getlist("asked")):
            return HttpResponse(status=204)  # nothing was opened or closed, so the page stays as it is
        return render(request, "forms/questions.html", part)
    if isinstance(done, actions.Stale):
        return JsonResponse({"url": reverse("screening:both", args=[draft_id])}, status=409)
    return JsonResponse({"at": date_format(localtime(kept.saved_at), "TIME_FORMAT"), "version": str(kept.row_version)})


@require_http_methods(["GET", "HEAD", "POST"])
@fills
def both(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Two texts of one form, side by side: the worker says which stands, item by item."""
    row, form, subject = opened(request, draft_id, place="screening:both")
    viewer = viewer_of(request)
    own = own_text(row, by=viewer)
    if own is None or row.state != OPEN:
        return redirect("screening:fill", draft_id=draft_id)
    lines = presenters.both_lines(form, there=row.answers, mine=own["answers"], language=row.language)
    if request.method == "POST":
        mine = [line.path for line in lines if request.POST.get(f"keep:{line.path}") == "mine"]
        done = actions.settle(by=viewer, at=clock.now(), draft_id=draft_id, mine=mine, row_version=_sent(request)["row_version"])
        if isinstance(done, actions.Done):
            messages.success(request, _("Kept as you chose. Nothing else was changed."))
            return redirect("screening:fill", draft_id=draft_id)
        messages.warning(request, _("It was changed again meanwhile. This is how it stands now."))
        return redirect("screening:both", draft_id=draft_id)
    workers = queries.workers_named([row.saved_by])
    context = {
        "row": row, "subject": subject, "title": form.title.said(row.language), "lines": lines,
        "who": presenters.name_of(row.saved_by, workers), "when": presenters.moment(row.saved_at), "own": row.saved_by == viewer.worker_id,
    }  # fmt: skip
    return render(request, "screening/both.html", context)


@require_POST
@fills
def discard(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Throw the draft away."""
    row, _form, _subject = opened(request, draft_id, place="screening:fill")
    actions.discard(by=viewer_of(request), at=clock.now(), draft_id=draft_id)
    messages.success(request, _("The draft was thrown away."))
    return redirect("screening:family", identity_id=row.family_id)
