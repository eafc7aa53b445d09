"""A family's page: what stands beside her record, and what she asks, which a worker writes down for this agency or passes on."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from careloom.agencies.family_tabs import family_tabs
from careloom.agencies.gate import needs
from careloom.agencies.models import Agency
from careloom.agencies.queries import agencies_by_id
from careloom.agencies.roles import Permission
from careloom.agencies.signed_in import agency_of, viewer_of
from careloom.consents.pages.subject import subject_of
from careloom.infra import clock
from careloom.infra.access import NotVisible
from careloom.infra.access.accounting import account
from careloom.infra.ui.paging import page_number
from careloom.kernel.agency_kinds import AgencyKind
from careloom.kernel.clocks import start_of_day
from careloom.rights import actions, presenters, queries, words
from careloom.rights.actions.limiting import officials_of
from careloom.rights.forms.asking import RecordForm
from careloom.rights.kinds import RULES, Right


@require_safe
@needs(Permission.FAMILY_READ)
def family(request: HttpRequest, identity_id: UUID) -> HttpResponse:
    """What stands beside the records that the worker reads, and what was passed on for her."""
    viewer, own, at, place = viewer_of(request), agency_of(request), clock.now(), "rights:family"
    subject = subject_of(viewer=viewer, identity_id=identity_id, place=place, at=at)
    beside = queries.beside_record(viewer=viewer, identity_ids=subject.identity_ids)
    passed = queries.passed_on_about(viewer=viewer, identity_id=identity_id, page=page_number(request))
    account(viewer=viewer, place=place, rows=[*beside, *passed.rows], at=at)  # type: ignore[list-item]
    agencies = agencies_by_id(ids={row.holder_id for row in beside} | {row.to_agency_id for row in passed.rows})  # type: ignore[attr-defined]
    keeps = viewer.can(Permission.PAPERS_KEEP)
    context = {
        "official": keeps and bool(officials_of(holder_id=own.pk, identity_id=identity_id)),
        "subject": subject, "tabs": family_tabs(viewer=viewer_of(request), identity_id=identity_id, here="consents"),
        "found": passed, "beside": presenters.beside_lines(beside, own=own, agencies=agencies),
        "lines": presenters.passed_lines(passed.rows, own=own, agencies=agencies),
        "rights": [(str(code), label, "; ".join(RULES[Right(code)].law)) for code, label in words.RIGHTS.items()],
    }  # fmt: skip
    return render(request, "rights/family.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.FAMILY_READ)
def ask(request: HttpRequest, identity_id: UUID, right: str) -> HttpResponse:
    """Write down one request. Passed on to another agency, the answer to the worker is one and the same, whatever that agency has."""
    viewer, own, at = viewer_of(request), agency_of(request), clock.now()
    subject = subject_of(viewer=viewer, identity_id=identity_id, place="rights:ask", at=at)
    if subject.mother is None or right not in set(Right):
        raise NotVisible
    others = sorted(Agency.objects.filter(active=True).exclude(pk=own.pk), key=lambda agency: agency.name_outside)
    initial = {"received_on": clock.today(own.zone)}
    form = RecordForm(request.POST or None, right=right, own=own, agencies=others, initial=initial)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        to = told.get("to", "")
        to_kind = to if to in set(AgencyKind) else ""
        received = start_of_day(day=told["received_on"], zone=own.zone)
        asked = actions.Asked(
            right=right, holder_id=UUID(told["holder"]), identity_id=identity_id, about_name=subject.full_name,
            about_born_on=subject.mother.birth_date, came_by=told["came_by"], received_at=received, verified=told["verified"],
            words=told.get("words", ""), categories=tuple(told.get("categories", ())), from_on=told.get("from_on"), to_on=told.get("to_on"),
            wants_how=told.get("wants_how", ""), tell_others=told.get("tell_others", False), to_kind=to_kind,
            to_agency_id=UUID(to) if to and not to_kind else None, paid_in_full=told.get("paid_in_full", False),
            use_phone=told.get("use_phone", ""), use_address=told.get("use_address", ""),
        )  # fmt: skip
        act = actions.note_right if asked.holder_id == own.pk else actions.pass_on
        done = act(by=viewer, at=at, asked=asked, request_key=told["request_key"])
        if isinstance(done, actions.Done):
            kept = _("Kept. Your privacy officer has it on the list of today.")
            sent = _("Passed on to whoever may answer it. They answer her, not you.")
            messages.success(request, kept if asked.holder_id == own.pk else sent)
            return redirect("rights:family", identity_id=identity_id)
        form.refuse(done.codes)
    law = "; ".join(RULES[Right(right)].law)
    context = {"subject": subject, "form": form, "title": words.code(right, among=words.RIGHTS), "law": law}
    return render(request, "rights/ask.html", context, status=422 if form.errors else 200)
