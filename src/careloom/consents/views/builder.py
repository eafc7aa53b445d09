"""The builder, the signature, and the form on paper."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from careloom.agencies.gate import needs
from careloom.agencies.queries import agencies_by_id
from careloom.agencies.roles import Permission
from careloom.consents.actions import NotSigned, Signature, note_not_now, sign_consent
from careloom.consents.documents import render_form
from careloom.consents.forms.builder import ConsentForm
from careloom.consents.forms.sharing import recipients_for
from careloom.consents.forms.signing import SignForm
from careloom.consents.pages.drafting import initial_of, missing_of, near_of, sight_of
from careloom.consents.pages.people import own_people
from careloom.consents.pages.subject import Subject, subject_of
from careloom.consents.presenters import builder as shown
from careloom.infra import clock

writes = needs(Permission.FAMILY_READ, Permission.CONSENT_WRITE)
NOT_CARRIED = frozenset({"csrfmiddlewaretoken", "how", "typed", "signed_on", "signed_on_month", "signed_on_day", "signed_on_year", "go", "as"})


def _form(request: HttpRequest, subject: Subject) -> ConsentForm:
    """The form as posted, or as it begins. One that begins is bound too, so that its preview is made the same way."""
    holder, today = request.membership.agency, clock.today()
    others, infants = recipients_for(holder), subject.infant_choices
    hers = own_people(viewer=request.viewer, identity_id=subject.identity_id, at=clock.now())
    data: Any = request.POST
    if request.method != "POST":
        asked = {key: request.GET.get(key, "") for key in ("recipients", "information", "purposes", "renews")}
        language = subject.mother.language if subject.mother else "en"
        begin = initial_of(viewer=request.viewer, asked=asked, infants=infants, others=others, own_people=hers, language=language)
        data = QueryDict(mutable=True)
        start = {"until": "180", "reader": request.membership.worker.name, "request_key": str(uuid4())} | begin
        for name, value in start.items():
            data.setlist(name, [str(one) for one in value] if isinstance(value, list) else [str(value)])
    near = near_of(viewer=request.viewer, identity_id=subject.identity_id, others=others, named=data.getlist("recipients"))
    form = ConsentForm(data, holder=holder, others=others, near=near, infants=infants, today=today, own_people=hers)
    form.is_valid()
    return form


def _subject(request: HttpRequest, identity_id: UUID) -> Subject:
    return subject_of(viewer=request.viewer, identity_id=identity_id, place="consents:new", at=clock.now())


@require_http_methods(["GET", "HEAD", "POST"])
@writes
def new(request: HttpRequest, identity_id: UUID) -> HttpResponse:
    """Choose together what to share; each choice shows what the other agency would see."""
    subject = _subject(request, identity_id)
    if request.method == "POST" and request.POST.get("go") == "no":
        note_not_now(by=request.viewer, at=clock.now(), identity_id=identity_id)
        messages.success(request, _("Noted: not now. Nothing is shared, and nothing in her care changes."))
        return redirect("consents:family", identity_id)
    form = _form(request, subject)
    context = _around(request, subject, form)
    template = "consents/parts/swapped.html" if request.htmx else "consents/new.html"
    return render(request, template, context, status=422 if form.errors and not request.htmx else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@writes
def sign(request: HttpRequest, identity_id: UUID) -> HttpResponse:
    """She signs: on the screen, or what she signed on paper is written down; a plan agreement also aloud."""
    subject = _subject(request, identity_id)
    if request.method != "POST":
        return redirect("consents:new", identity_id)
    form, at = _form(request, subject), clock.now()
    context = _around(request, subject, form)
    if form.errors or context["missing"]:
        return render(request, "consents/new.html", context | {"stopped": True}, status=422)
    ready = "how" in request.POST
    draft = form.draft(identity_id=identity_id)
    sign_form = SignForm(request.POST if ready else None, today=clock.today(), kind=draft.kind)
    if ready and sign_form.is_valid():
        clean = sign_form.cleaned_data
        day = clean["signed_on"] if clean["how"] == "PAPER" else None
        signature = Signature(method=clean["how"], name=clean["typed"], explained_at=at, signed_on=day)
        key = form.cleaned_data.get("request_key") or str(identity_id)
        answer = sign_consent(by=request.viewer, at=at, draft=draft, signature=signature, request_key=key, renews=form.cleaned_data.get("renews"))
        if not isinstance(answer, NotSigned):
            messages.success(request, _("Signed. It works from now on, and she can stop it on any day."))
            return redirect("consents:one", answer.consent.pk)
        for gap in answer.missing:
            sign_form.add_error("how", f"{gap.element.sentence} {gap.next_step} ({gap.citation})")
    return render(
        request, "consents/sign.html",
        context
        | {
            "sign_form": sign_form, "facts": shown.facts(form, subject=subject), "posted": _posted(request), "kind": draft.kind,
            "unreviewed": shown.unreviewed(draft.language),
        },
        status=422 if sign_form.errors else 200,
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@writes
def paper(request: HttpRequest, identity_id: UUID) -> HttpResponse:
    """The form on paper, in English and Spanish, to be signed by hand. Nothing is kept by printing it."""
    subject = _subject(request, identity_id)
    if request.method != "POST":
        return redirect("consents:new", identity_id)
    form = _form(request, subject)
    if form.errors or missing_of(by=request.viewer, at=clock.now(), form=form, identity_id=identity_id):
        return render(request, "consents/new.html", _around(request, subject, form) | {"stopped": True}, status=422)
    draft = form.draft(identity_id=identity_id)
    agencies = agencies_by_id(ids={*draft.recipient_ids, *draft.discloser_ids})
    made = render_form(draft=draft, name=subject.full_name, infants=dict(subject.infant_choices), agencies=agencies, today=clock.today())
    return as_pdf(made)


def as_pdf(made: bytes) -> HttpResponse:
    """A file with a neutral name, kept by no cache."""
    response = HttpResponse(made, content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="form.pdf"'
    response["Cache-Control"] = "no-store"
    return response


def _around(request: HttpRequest, subject: Subject, form: ConsentForm) -> dict[str, Any]:
    at, identity_id = clock.now(), subject.identity_id
    sight = sight_of(by=request.viewer, at=at, form=form, identity_id=identity_id, as_reader=request.POST.get("as", ""))
    return {
        "subject": subject, "form": form, "sentence": shown.sentence(form, subject=subject), "sight": sight,
        "missing": missing_of(by=request.viewer, at=at, form=form, identity_id=identity_id),
        "preview": shown.preview(sight, form=form, subject=subject) if sight else None,
        "purpose_note": shown.purpose_note(sight) if sight else "", "nothing_new": shown.empty_groups(sight, form=form) if sight else "",
        "others": sight.others if sight else (), "without_page": shown.without_page(form), "asked_elsewhere": _elsewhere(request), "nav": "families",
    }  # fmt: skip


def _elsewhere(request: HttpRequest) -> list[str]:
    """Agencies that the address names as disclosers and that are not ours: they ask her themselves (42 CFR 2.61)."""
    wanted = {one for one in request.GET.get("disclosers", "").split(",") if one} - {str(request.viewer.holder_id)}
    others = recipients_for(request.membership.agency) if wanted else []
    return [agency.name_outside for agency in others if str(agency.pk) in wanted]


def _posted(request: HttpRequest) -> list[tuple[str, str]]:
    return [(name, value) for name, values in request.POST.lists() if name not in NOT_CARRIED for value in values]
