"""One consent: what it says, what was given under it, and how it stops."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from careloom.agencies.gate import needs
from careloom.agencies.roles import Permission
from careloom.consents.actions import event_happened, note_still_holds
from careloom.consents.documents import render_copy
from careloom.consents.forms.signing import HappenedForm, MemberForm, StopForm
from careloom.consents.members import may_belong, note_member
from careloom.consents.pages.family import ends_together, one_consent
from careloom.consents.pages.history import OpenedScan, has_scan, scan_of
from careloom.consents.presenters import family as shown
from careloom.consents.presenters import words
from careloom.consents.queries import get_consent
from careloom.consents.signing import stop_form, waits_for_disposition
from careloom.consents.views.family import number_of
from careloom.infra import clock
from careloom.infra.documents.handing import document
from careloom.infra.documents.uploads import ENDINGS
from careloom.people.queries import records_of


@require_safe
@needs(Permission.FAMILY_READ)
def one(request: HttpRequest, consent_id: UUID) -> HttpResponse:
    """What a consent says, its status, and what was disclosed under it (R-106, R-206)."""
    own = request.viewer.holder_id
    page = one_consent(viewer=request.viewer, consent_id=consent_id, at=clock.now(), page=number_of(request))
    row = page.standing.row
    context = {
        "page": page, "row": row, "status": words.mark(page.standing.status), "facts": shown.facts(page, own_id=own),
        "gives": shown.gives(page, own_id=own), "may_write": request.viewer.can(Permission.CONSENT_WRITE),
        "may_renew": row.holder_id == own, "on_paper": shown.on_paper(page), "event": words.event_of(row), "nav": "families",
        "to": words.recipients(row, agencies=page.agencies, own_id=own, short=True), "scan": has_scan(viewer=request.viewer, consent_id=row.pk),
        "asked_to_stop": shown.asked_to_stop(page),
    }  # fmt: skip
    return render(request, "consents/one.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.FAMILY_READ, Permission.CONSENT_WRITE)
def stop(request: HttpRequest, consent_id: UUID) -> HttpResponse:
    """The calm page before sharing stops, and the stop itself: at once (42 CFR 2.31(a)(6))."""
    own, at = request.viewer.holder_id, clock.now()
    page = one_consent(viewer=request.viewer, consent_id=consent_id, at=at, place="consents:stop")
    row, waits = page.standing.row, waits_for_disposition(page.standing.row)
    form = StopForm(request.POST or None, today=page.today, since=row.signed_on, initial={"heard_by": request.membership.worker.name})
    if request.method == "POST" and form.is_valid():
        clean = form.cleaned_data
        stopped = stop_form(
            by=request.viewer, at=at, consent_id=consent_id, how=clean["how"], heard_by=clean["heard_by"] or request.membership.worker.name,
            heard_on=clean["heard_on"],
        )  # fmt: skip
        done = _("Written down. It ends when the criminal matter is finally decided.") if waits else _(
            "Stopped. Nobody sees it under this consent from now on."
        )  # fmt: skip
        messages.success(request, done if stopped else _("It had stopped already."))
        return _after(request, page.standing.row.identity_id, consent_id)
    context = {
        "page": page, "row": row, "form": form, "waits": waits, "stops": shown.stops(page, own_id=own), "gives": shown.gives(page, own_id=own),
        "to": words.recipients(page.standing.row, agencies=page.agencies, own_id=own), "nav": "families",
    }  # fmt: skip
    return render(request, "consents/stop.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.FAMILY_READ, Permission.CONSENT_WRITE)
def happened(request: HttpRequest, consent_id: UUID) -> HttpResponse:
    """The event with which it ends has happened: the day, and everything of hers that ends with it (42 CFR 2.31(a)(7))."""
    own, at = request.viewer.holder_id, clock.now()
    page = one_consent(viewer=request.viewer, consent_id=consent_id, at=at, place="consents:happened")
    row = page.standing.row
    if not row.expiry_event:
        return redirect("consents:one", consent_id)
    form = HappenedForm(request.POST or None, today=page.today, since=row.signed_on or page.today, initial={"on": page.today})
    if request.method == "POST" and form.is_valid():
        day = form.cleaned_data["on"]
        ended = event_happened(by=request.viewer, at=at, identity_id=row.identity_id, event=row.expiry_event, on=day)
        done = _("Written down. What ends with it has ended, and nobody sees it under it from now on.")
        messages.success(request, done if ended else _("It was written down already."))
        return _after(request, row.identity_id, consent_id)
    rows, agencies = ends_together(viewer=request.viewer, row=row, at=at)
    context = {
        "page": page, "row": row, "form": form, "event": words.event_of(row), "nav": "families",
        "ends": [shown.stop_line(one, agencies=agencies, own_id=own) for one in rows],
    }  # fmt: skip
    return render(request, "consents/happened.html", context, status=422 if form.errors else 200)


@require_http_methods(["POST"])
@needs(Permission.FAMILY_READ, Permission.CONSENT_WRITE)
def holds(request: HttpRequest, consent_id: UUID) -> HttpResponse:
    """Somebody asked, and the event has not happened: it is looked at again in a year."""
    one_consent(viewer=request.viewer, consent_id=consent_id, at=clock.now(), place="consents:holds")
    noted = note_still_holds(by=request.viewer, at=clock.now(), consent_id=consent_id)
    messages.success(request, _("Noted: it still holds. You are asked again in a year.") if noted else _("There was nothing to note."))
    return redirect("consents:one", consent_id)


@require_safe
@needs(Permission.FAMILY_READ)
def copy(request: HttpRequest, consent_id: UUID) -> HttpResponse:
    """The consent on paper, which goes with what is disclosed under it (42 CFR 2.32)."""
    page = one_consent(viewer=request.viewer, consent_id=consent_id, at=clock.now(), place="consents:copy")
    own = request.viewer.holder_id
    names = {pk: words.agency_name(agency, own_id=own) for pk, agency in page.agencies.items()}
    return document(render_copy(row=page.standing.row, people=page.people, names=names), name="form")


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.FAMILY_READ, Permission.CONSENT_WRITE)
def member(request: HttpRequest, consent_id: UUID) -> HttpResponse:
    """Another agency that belongs to the class she signed for (42 CFR 2.31(a)(4)). Nothing on the form changes."""
    own, at = request.viewer.holder_id, clock.now()
    page = one_consent(viewer=request.viewer, consent_id=consent_id, at=at, place="consents:member")
    row = page.standing.row
    if not (row.recipient_class and row.holder_id == own and page.standing.is_live):
        return redirect("consents:one", consent_id)
    form = MemberForm(request.POST or None, agencies=[(str(agency.pk), agency.name_outside) for agency in may_belong(row)])
    if request.method == "POST" and form.is_valid():
        noted = note_member(by=request.viewer, at=at, consent_id=consent_id, agency_id=form.cleaned_data["agency"])
        messages.success(request, _("Written down. It may see what she allowed from now on.") if noted else _("There was nothing to note."))
        return redirect("consents:one", consent_id)
    context = {"page": page, "row": row, "form": form, "said": words.class_words(row.recipient_class), "nav": "families"}
    return render(request, "consents/member.html", context, status=422 if form.errors else 200)


@require_safe
@needs(Permission.FAMILY_READ)
def scan(request: HttpRequest, consent_id: UUID) -> HttpResponse:
    """The scan of the paper that she signed, as a file to keep: never shown inside a page."""
    return as_scan(scan_of(viewer=request.viewer, consent_id=consent_id, at=clock.now()))


def as_scan(found: OpenedScan) -> HttpResponse:
    """A scan as an attachment with a neutral name, kept by no cache and run by nothing."""
    response = HttpResponse(found.content, content_type=found.media_type)
    response["Content-Disposition"] = f'attachment; filename="paper.{ENDINGS[found.media_type]}"'
    response["Cache-Control"] = "no-store"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def _after(request: HttpRequest, identity_id: UUID, consent_id: UUID) -> HttpResponse:
    """To the consent, or to what is left where her stop closed this reader's own sight too."""
    if get_consent(viewer=request.viewer, consent_id=consent_id) is not None:
        return redirect("consents:one", consent_id)
    if records_of(viewer=request.viewer, identity_ids=[identity_id]):
        return redirect("consents:family", identity_id)
    return redirect("/families/")
