"""How she may be reached, and what the program does when a family may be in danger."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from careloom.agencies.family_tabs import family_tabs
from careloom.agencies.gate import needs
from careloom.agencies.roles import Permission
from careloom.agencies.signed_in import agency_of, viewer_of
from careloom.consents.pages.subject import subject_of
from careloom.infra import clock
from careloom.infra.access import NotVisible
from careloom.infra.access.accounting import account
from careloom.infra.answers import Stale
from careloom.messages import actions, queries
from careloom.messages.forms import ContactForm, PolicyForm
from careloom.messages.models import SafeContact, UnsafeContact


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.FAMILY_READ, Permission.PLAN_WRITE)
def reach(request: HttpRequest, identity_id: UUID) -> HttpResponse:
    """Write down how she may be reached. What holds is the strictest of all that is known, and stands above the form."""
    viewer, at, place = viewer_of(request), clock.now(), "messages:reach"
    subject = subject_of(viewer=viewer, identity_id=identity_id, place=place, at=at)
    if subject.mother is None:
        raise NotVisible
    rules, danger = queries.own_rules(viewer=viewer, identity_id=identity_id)
    ways = queries.ways_for(viewer=viewer, identity_id=identity_id)
    account(viewer=viewer, place=place, rows=[row for row in (*ways.rows, danger) if row is not None], at=at)
    form = ContactForm(request.POST or None, initial=initial_of(rules, danger))
    if request.method == "POST" and form.is_valid():
        actions.put_safe_contact(by=viewer, at=at, identity_id=identity_id, rules=form.rules())
        actions.note_unsafe(by=viewer, at=at, identity_id=identity_id, unsafe=form.cleaned_data["unsafe"], says=form.cleaned_data["says"])
        messages.success(request, _("Kept. Everything that sends or shows a number honors it from now on."))
        return redirect("messages:reach", identity_id=identity_id)
    context = {
        "subject": subject, "tabs": family_tabs(viewer=viewer, identity_id=identity_id, here="messages"), "nav": "families", "form": form,
        "ways": ways, "number": ways.number(subject.mother.phone), "policy": queries.policy_of(agency_id=agency_of(request).pk),
    }  # fmt: skip
    return render(request, "messages/reach.html", context, status=422 if form.errors else 200)


def initial_of(rules: SafeContact | None, danger: UnsafeContact | None) -> dict[str, object]:
    """What the form begins with: what was kept, or the least that is safe."""
    kept = rules or SafeContact()
    ways = (("text", kept.may_text), ("call", kept.may_call), ("voicemail", kept.may_leave_voicemail), ("mail", kept.may_mail))
    return {
        "ways": [key for key, may in ways if may], "shared_phone": kept.shared_phone, "from_hour": kept.from_hour, "to_hour": kept.to_hour,
        "note": kept.note, "unsafe": danger is not None, "says": danger.says if danger else "",
    }  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.DIRECTORY_READ)
def policy(request: HttpRequest) -> HttpResponse:
    """What this program does when a family may be in danger: read by its workers, written by its administrator (R-128)."""
    viewer, own = viewer_of(request), agency_of(request)
    row = queries.policy_of(agency_id=own.pk)
    may_write, conflict = viewer.can(Permission.AGENCY_ADMIN), None
    kept = {"text": row.text if row else "", "call_first": row.call_first if row else "", "row_version": row.row_version if row else 0}
    form = PolicyForm(request.POST or None, initial=kept)
    if request.method == "POST" and not may_write:
        raise NotVisible
    if request.method == "POST" and form.is_valid():
        done = actions.keep_policy(by=viewer, at=clock.now(), **form.cleaned_data)
        if isinstance(done, actions.Done):
            messages.success(request, _("Kept. Your workers read it beside how a family may be reached."))
            return redirect("messages:policy")
        conflict = done.current if isinstance(done, Stale) else None
        if conflict is None:
            form.add_error("text", _("Write what the program does."))
    context = {"own": own, "row": row, "form": form if may_write else None, "conflict": conflict}
    return render(request, "messages/policy.html", context, status=409 if conflict else 422 if form.errors else 200)
