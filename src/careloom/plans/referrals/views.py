"""Screens of referrals for workers: refer, one referral, its steps, and the inbox of the agency that is asked."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from careloom.agencies.gate import needs
from careloom.agencies.queries import agencies_by_id
from careloom.agencies.roles import Permission
from careloom.infra import clock
from careloom.infra.access import NotVisible, Viewer
from careloom.infra.access.accounting import account
from careloom.infra.packs import current_pack
from careloom.kernel.referral import Kind, State, Voice, may_move
from careloom.plans.referrals import actions, links, presenters, queries
from careloom.plans.referrals.answers import Moved, NeedsConsent, Refused
from careloom.plans.referrals.choosing import choices_for
from careloom.plans.referrals.forms import HersForm, ReferForm, StepForm

Done = Moved | Refused | NeedsConsent


def _viewer(request: HttpRequest) -> Viewer:
    return request.viewer  # type: ignore[attr-defined, no-any-return]


def _page(request: HttpRequest, referral_id: UUID) -> queries.ReferralPage:
    found = queries.get_referral(viewer=_viewer(request), referral_id=referral_id)
    if found is None:
        raise NotVisible
    account(viewer=_viewer(request), place="plans:referral", rows=found.rows, at=clock.now())
    return found


def _context(found: queries.ReferralPage) -> dict[str, Any]:
    return {
        "found": found,
        "referral": found.referral,
        "status": presenters.status_of(found.referral),
        "facts": presenters.facts(found, language=get_language() or "en"),
        "thread": presenters.thread(found),
        "service": presenters.service_lines(found.referral),
        "buttons": presenters.buttons(found),
        "is_draft": found.moves and found.referral.state == State.DRAFT,
        "may_ask_again": found.moves and found.referral.state == State.REOPENED,
        "may_link": found.moves and found.referral.kind == "LINK" and found.referral.state == State.REQUESTED,
        "asks_her": found.moves and found.referral.state != State.DRAFT,
        "refer_again": found.moves and found.referral.state in (State.DECLINED, State.FAILED, State.CANCELLED),
        "key": uuid4(),
        "nav": "families",
    }


@require_safe
@needs(Permission.FAMILY_READ)
def page(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """One referral: its thread, what is owed, and what may be said now."""
    return render(request, "plans/referrals/page.html", _context(_page(request, referral_id)))


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.PLAN_WRITE)
def new(request: HttpRequest, need_id: UUID) -> HttpResponse:
    """Refer from a need: services for it are listed, and a service that she knows needs no search."""
    viewer = _viewer(request)
    need = queries.need_of(viewer=viewer, need_id=need_id)
    if need is None:
        raise NotVisible
    choices = choices_for(viewer=viewer, need=need, everything="all" in request.GET)
    account(viewer=viewer, place="plans:refer", rows=[need, *choices.people, *choices.preferences], at=clock.now())
    start = {"household": [str(need.identity_id)], "place": choices.place, "follows": request.GET.get("follows", "")}
    form = ReferForm(request.POST or None, services=choices.services, household=choices.household, initial=start)
    if request.method == "POST" and form.is_valid():
        key = form.cleaned_data["request_key"]
        done = actions.send_referral(by=viewer, at=clock.now(), need_id=need_id, ask=form.ask, request_key=key)
        if not isinstance(done, Refused):
            return _after(request, done, said=_("The referral is on its way."))
        for text in presenters.refusal_texts(done):
            form.add_error(None, text)
    context = {"form": form, "need": need, "choices": choices, "nav": "families"}
    return render(request, "plans/referrals/new.html", context, status=422 if form.errors else 200)


@require_POST
@needs(Permission.PLAN_WRITE)
def send(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """Send a draft, or ask the same service again."""
    key = request.POST.get("request_key", "")[:56] or str(uuid4())
    done = actions.send_draft(by=_viewer(request), at=clock.now(), referral_id=referral_id, request_key=key)
    return _after(request, done, said=_("The referral is on its way."), referral_id=referral_id)


@require_POST
@needs(Permission.PLAN_WRITE)
def link(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """Make a new one-time page; the one before it stops working."""
    done = links.make_link(by=_viewer(request), at=clock.now(), referral_id=referral_id)
    return _after(request, done, said=_("A new page was made. The one before it no longer opens."), referral_id=referral_id)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.FAMILY_READ)
def answer(request: HttpRequest, referral_id: UUID, state: str) -> HttpResponse:
    """What the asked service says: by itself, or noted by the agency that asked."""
    return _step(request, referral_id, state=state, voice=Voice.THEM, act=actions.answer_referral)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.PLAN_WRITE)
def move(request: HttpRequest, referral_id: UUID, state: str) -> HttpResponse:
    """A step of the agency that asked."""
    return _step(request, referral_id, state=state, voice=Voice.US, act=actions.move_referral)


def _step(request: HttpRequest, referral_id: UUID, *, state: str, voice: Voice, act: Any) -> HttpResponse:
    found = _page(request, referral_id)
    end = State.__members__.get(state.upper())
    if end is None:
        raise NotVisible
    form = StepForm(request.POST or None, state=end, voice=voice)
    if request.method == "POST" and form.is_valid():
        key = form.cleaned_data["request_key"]
        done: Done = act(by=_viewer(request), at=clock.now(), referral_id=referral_id, answer=form.answer, request_key=key)
        if not isinstance(done, Refused):
            return _after(request, done, said=_said(done, kind=found.referral.kind), referral_id=referral_id)
        for text in presenters.refusal_texts(done):
            form.add_error(None, text)
    elif request.method != "POST" and not may_move(start=State(found.referral.state), end=end, voice=voice):
        return redirect("plans:referrals:page", referral_id=referral_id)
    title = presenters.step_title(end)
    return render(request, "plans/referrals/step.html", {**_context(found), "form": form, "title": title}, status=422 if form.errors else 200)


def _said(done: Done, *, kind: str) -> str:
    if not isinstance(done, Moved) or not done.tries:
        # Who answers by a page or a call sees nothing here.
        return _("Saved. The other side sees it now.") if kind == Kind.LIVE else _("Saved.")
    most = current_pack().following.referral_tries
    return _("Try %(n)s of %(most)s is written down. It stays open: try again on another day, or find another way to reach her.") % {
        "n": done.tries, "most": most,
    }  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.PLAN_WRITE)
def hers(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """Write down what she says: did it help, or does she not go on."""
    found = _page(request, referral_id)
    form = HersForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        common = {"by": _viewer(request), "at": clock.now(), "referral_id": referral_id, "words": form.cleaned_data["words"]}
        key = form.cleaned_data["request_key"]
        if form.helped is not None:
            done: Done = actions.family_answer(**common, helped=form.helped, request_key=key)
        else:
            done = actions.family_declines(**common, reason=form.reason, request_key=key)
        if not isinstance(done, Refused):
            return _after(request, done, said=_("Her answer is kept in her words."), referral_id=referral_id)
        for text in presenters.refusal_texts(done):
            form.add_error(None, text)
    context = {**_context(found), "form": form, "title": _("What does she say?")}
    return render(request, "plans/referrals/step.html", context, status=422 if form.errors else 200)


@require_safe
@needs(Permission.REFERRAL_ANSWER)
def inbox(request: HttpRequest) -> HttpResponse:
    """What other agencies asked of this one: new, waiting, in service, ended."""
    viewer = _viewer(request)
    group = queries.Group.__members__.get(request.GET.get("show", "").upper(), queries.Group.NEW)
    number = request.GET.get("page", "1")
    found = queries.inbox(viewer=viewer, group=group, page=int(number) if number.isdigit() else 1)
    people = queries.inbox_names(viewer=viewer, rows=found.object_list)
    account(viewer=viewer, place="plans:referral_inbox", rows=[*found.object_list, *people.values()], at=clock.now())
    rows = [presenters.inbox_row(row, person=people.get(row.identity_id)) for row in found.object_list]
    return render(request, "plans/referrals/inbox.html", {"page": found, "rows": rows, "tabs": presenters.inbox_tabs(group), "nav": "today"})


def _after(request: HttpRequest, done: Done, *, said: str, referral_id: UUID | None = None) -> HttpResponse:
    """Back to the referral with what happened. The address of a one-time page is shown once, and is in no address or log of ours."""
    if isinstance(done, Refused):
        for text in presenters.refusal_texts(done):
            messages.error(request, text)
        return redirect("plans:referrals:page", referral_id=referral_id)
    found = _page(request, done.referral.pk)
    if isinstance(done, NeedsConsent):
        agencies = agencies_by_id(ids=[done.missing.recipient_id, done.missing.discloser_id])
        notice = presenters.missing_notice(
            done.missing, recipient=agencies.get(done.missing.recipient_id), discloser=agencies.get(done.missing.discloser_id)
        )
        return render(request, "plans/referrals/page.html", {**_context(found), "notice": notice})
    if done.token:
        url = request.build_absolute_uri(reverse("referral_page:page", args=[done.token]))
        return render(request, "plans/referrals/page.html", {**_context(found), "page_url": url})
    messages.success(request, said)
    return redirect("plans:referrals:page", referral_id=done.referral.pk)
