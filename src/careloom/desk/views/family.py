"""The pages of one family."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from careloom.agencies.family_tabs import family_tabs
from careloom.agencies.gate import needs
from careloom.agencies.roles import Permission
from careloom.desk.forms import AppointmentForm
from careloom.desk.pages import appointments_page, family_page, story_page
from careloom.desk.pages.family import FamilyHead, family_head
from careloom.desk.pages.knows import knows_page
from careloom.desk.presenters import appointments as appointment_words
from careloom.desk.presenters import family as words
from careloom.desk.presenters import head as head_words
from careloom.desk.presenters import knows as knows_words
from careloom.desk.presenters import story as story_words
from careloom.infra import clock
from careloom.infra.access import NotVisible
from careloom.infra.access.accounting import account
from careloom.infra.ui.paging import page_number
from careloom.messages.actions import plan_appointment, set_appointment_state
from careloom.plans.presenters.systems import lines_of

STATES = frozenset({"KEPT", "MISSED", "CANCELLED", "PLANNED"})


@require_safe
@needs(Permission.FAMILY_READ)
def family(request: HttpRequest, identity_id: UUID) -> HttpResponse:
    """The family and plan page."""
    page = family_page(viewer=request.viewer, membership=request.membership, identity_id=identity_id, at=clock.now())
    if page.head.parent_id:
        return redirect("desk:family", identity_id=page.head.parent_id)
    return render(
        request, "desk/family.html", words.shown(page) | {"tabs": family_tabs(viewer=request.viewer, identity_id=page.head.family_id, here="plan")}
    )


@require_safe
@needs(Permission.FAMILY_READ)
def story(request: HttpRequest, identity_id: UUID) -> HttpResponse:
    """What happened so far."""
    page = story_page(
        viewer=request.viewer, membership=request.membership, identity_id=identity_id, at=clock.now(), page=page_number(request)
    )  # fmt: skip
    context = {"page": page, "lines": story_words.lines(page), "systems": lines_of(list(page.stretches)), **_around(request, page.head, here="story")}
    return render(request, "desk/story.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.FAMILY_READ)
def appointments(request: HttpRequest, identity_id: UUID) -> HttpResponse:
    """Appointments, and a new one."""
    page = appointments_page(viewer=request.viewer, membership=request.membership, identity_id=identity_id, at=clock.now())
    form = AppointmentForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and page.head.may_write:
        facts = form.facts(zone=page.head.zone)
        plan_id = page.head.plan.pk if page.head.plan else None
        plan_appointment(by=request.viewer, at=clock.now(), identity_id=identity_id, plan_id=plan_id, **facts)
        messages.success(request, _("The appointment is planned."))
        return redirect("desk:appointments", identity_id=identity_id)
    context = {"page": page, "form": form, **appointment_words.shown(page), **_around(request, page.head, here="appointments")}
    return render(request, "desk/appointments.html", context, status=422 if form.errors else 200)


@require_POST
@needs(Permission.FAMILY_READ, Permission.PLAN_WRITE)
def appointment_state(request: HttpRequest, identity_id: UUID, appointment_id: UUID) -> HttpResponse:
    """Say what became of an appointment of one's own agency."""
    state = request.POST.get("state", "")
    if state not in STATES or not set_appointment_state(by=request.viewer, at=clock.now(), appointment_id=appointment_id, state=state):
        raise NotVisible
    return redirect("desk:appointments", identity_id=identity_id)


@require_safe
@needs(Permission.FAMILY_READ)
def knows(request: HttpRequest, identity_id: UUID) -> HttpResponse:
    """Who knows what about the family and since when (R-108)."""
    page = knows_page(viewer=request.viewer, membership=request.membership, identity_id=identity_id, at=clock.now())
    return render(request, "desk/knows.html", {"lines": knows_words.lines(page), **_around(request, page.head, here="consents")})


@require_safe
@needs(Permission.FAMILY_READ)
def documents(request: HttpRequest, identity_id: UUID) -> HttpResponse:
    """The plan on paper, in the languages it is made in."""
    at = clock.now()
    head, people = family_head(viewer=request.viewer, membership=request.membership, identity_id=identity_id, at=at)
    account(viewer=request.viewer, place="desk:documents", rows=people, at=at)
    pdf = head_words.url_or_empty("plans:document", head.plan.pk) if head.plan else ""
    return render(request, "desk/documents.html", {"pdf": pdf, **_around(request, head, here="documents")})


@require_safe
@needs(Permission.FAMILY_READ)
def who_looked(request: HttpRequest) -> HttpResponse:
    """Who looked at what: the privacy officer's log, or the list of families whose pages lead to it."""
    return redirect("agencies:looks" if request.viewer.can(Permission.ACCESS_LOG_READ) else "desk:families")


def _around(request: HttpRequest, head: FamilyHead, *, here: str) -> dict[str, object]:
    return {
        "head": head, "title": head_words.title(head), "eyebrow": head_words.eyebrow(head), "nav": "families",
        "tabs": family_tabs(viewer=request.viewer, identity_id=head.family_id, here=here),
    }  # fmt: skip
