"""The builder, the signature, and the form on paper."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from careloom.agencies.gate import needs
from careloom.agencies.queries import agencies_by_id
from careloom.agencies.roles import Permission
from careloom.consents.actions import Draft, Signature, Signed, note_not_now
from careloom.consents.documents import render_form
from careloom.consents.forms.builder import ConsentForm
from careloom.consents.forms.sharing import recipients_for
from careloom.consents.forms.signing import SignForm
from careloom.consents.forms.wishes import Wish, wish_of, wishes_for
from careloom.consents.jurisdiction import jurisdiction
from careloom.consents.pages.drafting import initial_of, lacking_of, near_of, renewed_wish, sight_of
from careloom.consents.pages.people import own_people
from careloom.consents.pages.subject import Subject, subject_of
from careloom.consents.presenters import builder as shown
from careloom.consents.presenters.gaps import authority, gaps
from careloom.consents.signing import NoAuthority, sign_form
from careloom.infra import clock
from careloom.infra.access import NotVisible
from careloom.infra.documents.handing import document
from careloom.kernel.agency_kinds import AgencyKind

writes = needs(Permission.FAMILY_READ, Permission.CONSENT_WRITE)
SIGNATURE = ("how", "typed", "signed_on", "signed_on_month", "signed_on_day", "signed_on_year", "name_on_paper", "who", "signer_name", "seen", "scan")
SPOKEN = frozenset({"en", "es"})
START = {"NETWORK": {"designation": "TREATING"}, "CRIMINAL": {"stops_when": "ANY_DAY"}}
NOT_CARRIED = frozenset({"csrfmiddlewaretoken", "go", "as", "speak", *SIGNATURE})


def _wish(request: HttpRequest) -> Wish:
    """What she wants to happen: as posted, as the address says, or as the form that is renewed had it. NotVisible where there is no such form."""
    source = request.POST if request.method == "POST" else request.GET
    code = source.get("wish", "") or renewed_wish(viewer=request.viewer, asked=source)
    wish = wish_of(code, holder=request.membership.agency)
    if wish is None:
        raise NotVisible
    return wish


def _form(request: HttpRequest, subject: Subject) -> ConsentForm:
    """The form as posted, or as it begins. One that begins is bound too, so that its preview is made the same way."""
    holder, today, wish = request.membership.agency, clock.today(), _wish(request)
    others, infants = recipients_for(holder, kinds=wish.names) if wish.names != () else [], subject.infant_choices
    hubs = recipients_for(holder, kinds=[AgencyKind.COORDINATION_HUB.value]) if wish.code == "NETWORK" else []
    hers = own_people(viewer=request.viewer, identity_id=subject.identity_id, at=clock.now())
    data: Any = request.POST
    if request.method != "POST":
        asked = {key: request.GET.get(key, "") for key in ("recipients", "information", "purposes", "renews")}
        language = subject.mother.language if subject.mother else "en"
        begin = initial_of(viewer=request.viewer, asked=asked, infants=infants, others=others, own_people=hers, language=language, wish=wish)
        data = QueryDict(mutable=True)
        start = {
            "reader": request.membership.worker.name,
            "request_key": str(uuid4()),
            "wish": wish.code if wish.apart else "",
            **START.get(wish.code, {}),
        } | begin
        for name, value in start.items():
            data.setlist(name, [str(one) for one in value] if isinstance(value, list) else [str(value)])
    near = near_of(viewer=request.viewer, identity_id=subject.identity_id, others=others, named=data.getlist("recipients"))
    if wish.apart:
        near = {agency.pk for agency in others}
    form = ConsentForm(
        data, holder=holder, others=others, near=near, infants=infants, today=today, own_people=hers, wants=wish, hubs=hubs
    )  # fmt: skip
    form.is_valid()
    return form


def _subject(request: HttpRequest, identity_id: UUID) -> Subject:
    return subject_of(viewer=request.viewer, identity_id=identity_id, place="consents:new", at=clock.now())


@require_http_methods(["GET", "HEAD", "POST"])
@writes
def new(request: HttpRequest, identity_id: UUID) -> HttpResponse:
    """Choose together what to share; each choice shows what the other agency would see. `speak` turns the page to her language, choices kept."""
    subject = _subject(request, identity_id)
    if request.method == "POST" and request.POST.get("go") == "no":
        note_not_now(by=request.viewer, at=clock.now(), identity_id=identity_id)
        messages.success(request, _("Noted: not now. Nothing is shared, and nothing in her care changes."))
        return redirect("consents:family", identity_id)
    speak = request.POST.get("speak", "")
    if speak in SPOKEN:
        translation.activate(speak)
        request.POST = request.POST.copy()  # type: ignore[assignment]
        request.POST["language"] = speak
    form = _form(request, subject)
    context = _around(request, subject, form)
    template = "consents/parts/swapped.html" if request.htmx else "consents/new.html"
    response = render(request, template, context, status=422 if form.errors and not request.htmx else 200)
    if speak in SPOKEN:
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, speak, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE, httponly=True)
    return response


@require_safe
@writes
def wishes(request: HttpRequest, identity_id: UUID) -> HttpResponse:
    """What she wants to happen, in plain words; each leads to the form that the law asks for it."""
    subject = _subject(request, identity_id)
    rows = wishes_for(request.membership.agency)
    return render(request, "consents/wishes.html", {"subject": subject, "wishes": rows, "nav": "families"})


@require_http_methods(["GET", "HEAD", "POST"])
@writes
def sign(request: HttpRequest, identity_id: UUID) -> HttpResponse:
    """She signs: on the screen, or on paper of which a scan is added; a plan agreement also aloud. Or who may sign for her does."""
    subject = _subject(request, identity_id)
    if request.method != "POST":
        return redirect("consents:new", identity_id)
    form, at = _form(request, subject), clock.now()
    context = _around(request, subject, form)
    if form.errors or context["missing"]:
        return render(request, "consents/new.html", context | {"stopped": True}, status=422)
    draft = form.draft(identity_id=identity_id)
    sign_form_ = _sign_form(request, subject, draft)
    if sign_form_.is_bound and sign_form_.is_valid():
        answer = _signed(request, form=form, draft=draft, sign_form_=sign_form_, at=at)
        if isinstance(answer, Signed):
            messages.success(request, _("Signed. It works from now on, and she can stop it on any day."))
            return redirect("consents:one", answer.consent.pk)
        wrong = [authority(answer.reason)] if isinstance(answer, NoAuthority) else gaps(answer.missing)
        for gap in wrong:
            sign_form_.add_error("who" if isinstance(answer, NoAuthority) else "how", f"{gap.next_step} ({gap.citation})")
    return render(
        request, "consents/sign.html",
        context
        | {
            "sign_form": sign_form_, "facts": shown.facts(form, subject=subject), "posted": _posted(request), "kind": draft.kind,
            "statements": shown.statements(form), "spoken": draft.language,
            "unreviewed": shown.unreviewed(draft.language), "other_signer": _is_other(sign_form_),
        },
        status=422 if sign_form_.errors else 200,
    )  # fmt: skip


def _sign_form(request: HttpRequest, subject: Subject, draft: Draft) -> SignForm:
    mother, ready = subject.mother, "how" in request.POST
    return SignForm(
        request.POST if ready else None, request.FILES if ready else None, today=clock.today(), kind=draft.kind,
        place=jurisdiction(request.membership.agency.pack), born_on=mother.birth_date if mother else None, died_on=mother.died_on if mother else None,
    )  # fmt: skip


def _signed(request: HttpRequest, *, form: ConsentForm, draft: Draft, sign_form_: SignForm, at: datetime) -> Any:
    clean = sign_form_.cleaned_data
    on_paper = clean["how"] == "PAPER"
    signature = Signature(
        method=clean["how"], name=clean["name_on_paper"] if on_paper else clean["typed"],
        # Of a paper that was signed on another day nobody here knows when it was read with her.
        explained_at=None if on_paper and clean["signed_on"] != clock.today() else at,
        signed_on=clean["signed_on"] if on_paper else None,
    )  # fmt: skip
    key = form.cleaned_data.get("request_key") or str(draft.identity_id)
    return sign_form(
        by=request.viewer, at=at, draft=draft, signature=signature, signer=sign_form_.signer, request_key=key,
        renews=form.cleaned_data.get("renews"), scan=sign_form_.upload if on_paper else None,
    )  # fmt: skip


def _is_other(form: SignForm) -> bool:
    """Whether the part about who else may sign stands open: the law asks for it here, or something in it is wrong."""
    return bool(form.fields["who"].help_text or form.died_on or {"who", "signer_name", "seen"} & set(form.errors))


@require_http_methods(["GET", "HEAD", "POST"])
@writes
def paper(request: HttpRequest, identity_id: UUID) -> HttpResponse:
    """The form on paper, in English and Spanish, to be signed by hand. Nothing is kept by printing it."""
    subject = _subject(request, identity_id)
    if request.method != "POST":
        return redirect("consents:new", identity_id)
    form = _form(request, subject)
    if form.errors or lacking_of(by=request.viewer, at=clock.now(), form=form, identity_id=identity_id):
        return render(request, "consents/new.html", _around(request, subject, form) | {"stopped": True}, status=422)
    draft = form.draft(identity_id=identity_id)
    agencies = agencies_by_id(ids={*draft.recipient_ids, *draft.discloser_ids})
    made = render_form(draft=draft, name=subject.full_name, infants=dict(subject.infant_choices), agencies=agencies, today=clock.today())
    return document(made, name="form")


def _around(request: HttpRequest, subject: Subject, form: ConsentForm) -> dict[str, Any]:
    at, identity_id = clock.now(), subject.identity_id
    sight = sight_of(by=request.viewer, at=at, form=form, identity_id=identity_id, as_reader=request.POST.get("as", ""))
    return {
        "subject": subject, "form": form, "sentence": shown.sentence(form, subject=subject), "sight": sight,
        "missing": lacking_of(by=request.viewer, at=at, form=form, identity_id=identity_id), "wish": form.wants,
        "preview": shown.preview(sight, form=form, subject=subject) if sight else None,
        "purpose_note": shown.purpose_note(sight, form=form) if sight else "", "nothing_new": shown.empty_groups(sight, form=form) if sight else "",
        "others": sight.others if sight else (), "without_page": shown.without_page(form), "private": shown.stays_private(form),
        "asked_elsewhere": _elsewhere(request), "nav": "families",
    }  # fmt: skip


def _elsewhere(request: HttpRequest) -> list[str]:
    """Agencies that the address names as disclosers and that are not ours: they ask her themselves (42 CFR 2.61)."""
    wanted = {one for one in request.GET.get("disclosers", "").split(",") if one} - {str(request.viewer.holder_id)}
    others = recipients_for(request.membership.agency) if wanted else []
    return [agency.name_outside for agency in others if str(agency.pk) in wanted]


def _posted(request: HttpRequest) -> list[tuple[str, str]]:
    return [(name, value) for name, values in request.POST.lists() if name not in NOT_CARRIED for value in values]
