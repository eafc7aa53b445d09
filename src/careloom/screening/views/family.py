"""A family's Forms: what was handed in, what was begun, what can be begun, and what she is shown beforehand."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from careloom.agencies.family_tabs import family_tabs
from careloom.agencies.gate import needs
from careloom.agencies.models import Agency
from careloom.agencies.queries import agencies_by_id
from careloom.agencies.roles import Permission
from careloom.agencies.signed_in import agency_of, viewer_of
from careloom.consents.pages.subject import Subject, subject_of
from careloom.infra import clock, forms
from careloom.infra.access import Viewer
from careloom.infra.access.accounting import account
from careloom.infra.forms import Definition
from careloom.infra.ui.paging import page_number
from careloom.screening import actions, presenters, queries
from careloom.screening.forms import StartForm
from careloom.screening.kinds import INFANT, category_of
from careloom.screening.protocol import protocol


def offered(*, viewer: Viewer, own: Agency) -> list[Definition]:
    """The forms in use today that the worker's role may also read afterwards."""
    found = forms.definitions(pack=own.pack, on=clock.today(own.zone), of=str(own.pk))
    return [one for one in found if viewer.may_open(category_of(topic=one.topic, agency=own))]


def people_of(subject: Subject) -> list[tuple[str, str]]:
    """Her and her babies, for a choice."""
    return [(str(subject.identity_id), subject.name or _("The mother")), *subject.infant_choices]


@require_safe
@needs(Permission.FORMS_FILL)
def family(request: HttpRequest, identity_id: UUID) -> HttpResponse:
    """The forms of a family, as far as the reader sees them."""
    viewer, own = viewer_of(request), agency_of(request)
    subject = subject_of(viewer=viewer, identity_id=identity_id, place="screening:family", at=clock.now())
    return shown_family(request, subject, StartForm(offered=offered(viewer=viewer, own=own), people=people_of(subject), initial=_start(subject)))


def _start(subject: Subject) -> dict[str, str]:
    return {"about": str(subject.identity_id), "language": subject.mother.language if subject.mother else "en"}


def shown_family(request: HttpRequest, subject: Subject, form: StartForm, *, status: int = 200) -> HttpResponse:
    """The page, with a form to begin one."""
    viewer, own, at = viewer_of(request), agency_of(request), clock.now()
    found = queries.responses_about(viewer=viewer, identity_ids=subject.identity_ids, page=page_number(request))
    drafts = queries.drafts_of(viewer=viewer, family_id=subject.identity_id)
    told = protocol(pack=own.pack, language=get_language() or "en", kind=own.kind)
    seen = queries.shown_to(viewer=viewer, identity_id=subject.identity_id, version=told.version)
    account(viewer=viewer, place="screening:family", rows=[*found.rows, *drafts, *([seen] if seen else [])], at=at)  # type: ignore[list-item]
    workers = queries.workers_named([*(one.saved_by for one in drafts), seen.worker_id if seen else None])
    agencies = agencies_by_id(ids={row.holder_id for row in found.rows})  # type: ignore[attr-defined]
    named = {UUID(pk): name for pk, name in people_of(subject)}
    titles = {one.url: one.title.said(get_language() or "en") for one in forms.found(pack=own.pack, of=str(own.pk)).forms}
    context = {
        "subject": subject, "tabs": family_tabs(viewer=viewer, identity_id=subject.identity_id, here="forms"), "found": found, "form": form,
        "lines": presenters.response_rows(found.rows, own=own, agencies=agencies, people=named),
        "drafts": presenters.draft_rows(drafts, titles=titles, workers=workers, people=named), "shown": presenters.shown_words(seen, workers),
    }  # fmt: skip
    return render(request, "screening/family.html", context, status=status)


@require_POST
@needs(Permission.FORMS_FILL)
def start(request: HttpRequest, identity_id: UUID) -> HttpResponse:
    """Begin a form, or go on with the one that was begun."""
    viewer, own, at = viewer_of(request), agency_of(request), clock.now()
    subject = subject_of(viewer=viewer, identity_id=identity_id, place="screening:start", at=at)
    open_to = offered(viewer=viewer, own=own)
    form = StartForm(request.POST, offered=open_to, people=people_of(subject))
    if form.is_valid():
        chosen = next(one for one in open_to if one.url == form.cleaned_data["url"])
        about = UUID(form.cleaned_data["about"])
        if (chosen.about == INFANT) is (about != subject.identity_id):
            known = known_of(subject, about)
            done = actions.begin(
                by=viewer, at=at, identity_id=about, family_id=identity_id, form=chosen, agency=own, language=form.cleaned_data["language"],
                answers=forms.prefill(chosen, known),
            )  # fmt: skip
            return redirect("screening:fill", draft_id=done.row_id)
        form.add_error("about", _("This form is about the baby.") if chosen.about == INFANT else _("This form is about the mother."))
    return shown_family(request, subject, form, status=422)


def known_of(subject: Subject, about: UUID) -> dict[str, str]:
    """What is known already, by the words that a form may ask for."""
    row = next((one for one in (subject.mother, *subject.infants) if one is not None and one.identity_id == about), None)
    return {"birth_date": row.birth_date.isoformat() if row and row.birth_date else "", "language": row.language if row else ""}


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.FORMS_FILL)
def shown(request: HttpRequest, identity_id: UUID) -> HttpResponse:
    """What is asked, when, what is done with it and what never happens: to show her, in her language, and to note that it was shown."""
    viewer, own, at = viewer_of(request), agency_of(request), clock.now()
    subject = subject_of(viewer=viewer, identity_id=identity_id, place="screening:protocol", at=at)
    asked = request.GET.get("language", subject.mother.language if subject.mother else "en")
    spoken = "es" if asked[:2] == "es" else "en"  # what is remembered of a protocol is remembered by its language, so an address names no third
    told = protocol(pack=own.pack, language=spoken, kind=own.kind)
    if request.method == "POST":
        actions.note_shown(by=viewer, at=at, identity_id=identity_id, told=told)
        messages.success(request, _("Noted: she was shown what is asked and what comes of it."))
        return redirect("screening:family", identity_id=identity_id)
    seen = queries.shown_to(viewer=viewer, identity_id=identity_id, version=told.version)
    workers = queries.workers_named([seen.worker_id if seen else None])
    account(viewer=viewer, place="screening:protocol", rows=[seen] if seen else [], at=at)
    context = {
        "subject": subject, "tabs": family_tabs(viewer=viewer, identity_id=identity_id, here="forms"), "told": told,
        "shown": presenters.shown_words(seen, workers), "other": "en" if told.language == "es" else "es",
    }  # fmt: skip
    return render(request, "screening/protocol.html", context)
