"""Pages of the integration position: her caseload, one family, her referrals, days beside partners, and who holds the position."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from careloom.agencies.family_tabs import family_tabs
from careloom.agencies.gate import needs
from careloom.agencies.queries import workers_of
from careloom.agencies.roles import Permission
from careloom.agencies.signed_in import agency_of, viewer_of
from careloom.consents.pages.subject import subject_of
from careloom.infra import clock
from careloom.infra.access import NotVisible, Viewer
from careloom.infra.access.accounting import account
from careloom.infra.answers import Done
from careloom.infra.ui.components import Status
from careloom.infra.ui.paging import page_number, some
from careloom.people.queries import names_of
from careloom.plans.queries import plans_of
from careloom.position import actions, presenters, queries
from careloom.position.definitions import position_of
from careloom.position.forms import ContactForm, DayForm, DischargeForm, SupportForm
from careloom.position.models import Contact, Episode

form_view = require_http_methods(["GET", "HEAD", "POST"])
reads = needs(Permission.FAMILY_READ)


def only_readers(request: HttpRequest) -> None:
    """Raise NotVisible for who neither holds the position nor supervises: for her the pages are not there."""
    if not queries.reads(viewer=viewer_of(request), at=clock.now()):
        raise NotVisible


def only_enterers(request: HttpRequest) -> None:
    """The same for the pages of contacts and their entry, which a caseworker of child welfare has too (J3.12)."""
    if not (queries.reads(viewer=viewer_of(request), at=clock.now()) or queries.works_cases(viewer=viewer_of(request))):
        raise NotVisible


def around(request: HttpRequest) -> dict[str, Any]:
    """What every page of the position shows: its title here, and whether the reader writes."""
    viewer, at = viewer_of(request), clock.now()
    position = position_of(viewer=viewer)
    has_position, cases = queries.has_pages(viewer=viewer, at=at), queries.works_cases(viewer=viewer)
    language = (get_language() or "en")[:2]
    title = position.title.get(language, position.title["en"])
    return {
        "position": position, "position_title": _("Contacts") if cases and not has_position else title, "nav": "families",
        "may_write": queries.holds(viewer=viewer, at=at), "may_enter": queries.enters(viewer=viewer, at=at),
        "only_contacts": cases and not has_position,
        "admission": position.admission.get(language, position.admission["en"]),
    }  # fmt: skip


@require_safe
@reads
def caseload(request: HttpRequest) -> HttpResponse:
    """Whom the position works with, the longest untouched first."""
    only_readers(request)
    viewer, at, ended = viewer_of(request), clock.now(), request.GET.get("ended") == "1"
    found = queries.caseload(viewer=viewer, page=page_number(request), ended=ended)
    rows: list[Any] = list(found.rows)
    people = names_of(viewer=viewer, identity_ids=[row.identity_id for row in rows])
    account(viewer=viewer, place="position:caseload", rows=[*rows, *people.values()], at=at)
    zone, today = clock.zone(agency_of(request).zone), clock.today(agency_of(request).zone)
    cards = []
    for row in rows:
        who, last = people.get(row.identity_id), row.last_at.astimezone(zone).date() if row.last_at else None
        name = (who.preferred_name or who.given_name) if who else _("a family")
        told = presenters.episode_words(row, tries=row.tries or 0, contacts=row.contacts or 0)
        cards.append((row, name, presenters.stands(row, last_on=last, today=today), told, date_format(last, "F j") if last else ""))
    return render(request, "position/caseload.html", {"cards": cards, "page": found, "ended": ended, **around(request)})


@form_view
@reads
def family(request: HttpRequest, identity_id: UUID) -> HttpResponse:
    """One family as the position works with it: contacts, support, referrals, admission and discharge."""
    viewer, at = viewer_of(request), clock.now()
    subject = subject_of(viewer=viewer, identity_id=identity_id, place="position:family", at=at)
    only_enterers(request)
    about, zone, today = request.POST.get("about", ""), clock.zone(agency_of(request).zone), clock.today(agency_of(request).zone)
    contact = ContactForm(request.POST if about == "contact" else None, initial={"day": today}, auto_id="contact_%s")
    support = SupportForm(request.POST if about == "support" else None, initial={"on": today}, auto_id="support_%s")
    reasons = position_of(viewer=viewer).discharge_reasons
    leave = DischargeForm(request.POST if about == "discharge" else None, initial={"on": today}, auto_id="leave_%s", reasons=reasons)
    done: Any = None
    if about == "contact" and contact.is_valid():
        key = contact.cleaned_data["request_key"]
        done = actions.note_contact(by=viewer, at=at, identity_id=identity_id, met=contact.met(zone=zone), request_key=key)
    elif about == "support" and support.is_valid():
        key = support.cleaned_data["request_key"]
        done = actions.note_support(by=viewer, at=at, identity_id=identity_id, gave=support.gave, request_key=key)
    elif about == "discharge" and leave.is_valid():
        done = actions.discharge(by=viewer, at=at, identity_id=identity_id, **leave.cleaned_data)
    if isinstance(done, Done):
        messages.success(request, _("Written down."))
        return redirect("position:family", identity_id=identity_id)
    if done is not None:
        {"contact": contact, "support": support, "discharge": leave}[about].refuse(done.codes)
    found = queries.contacts_of(viewer=viewer, identity_id=identity_id, page=page_number(request))
    rows: list[Any] = list(found.rows)
    episodes = queries.episodes_of(viewer=viewer, identity_id=identity_id)
    supports = queries.supports_of(viewer=viewer, identity_id=identity_id)
    referrals = list(queries.referrals_by_position(viewer=viewer, identity_id=identity_id)[:25])
    account(viewer=viewer, place="position:family", rows=[*rows, *episodes, *supports, *referrals], at=at)
    plans = plans_of(viewer=viewer, identity_ids=[identity_id], only_open=True)
    counted = queries.counted_of(viewer=viewer, identity_id=identity_id)
    context = {
        "subject": subject, "page": found, "contact": contact, "support": support, "leave": leave, "plan": plans[0] if plans else None,
        "tabs": family_tabs(viewer=viewer, identity_id=identity_id, here=""),
        "episodes": [_episode(e, counted.get(e.pk, queries.Counted()), zone=zone, today=today) for e in episodes],
        "is_open": any(e.discharged_on is None for e in episodes),
        "contacts": [_contact(r, viewer=viewer, zone=zone, today=today) for r in rows],
        "supports": [presenters.support_words(row) for row in supports],
        "referrals": [(row.pk, *presenters.referral_words(row)) for row in referrals], **around(request),
    }  # fmt: skip
    wrong = contact.errors or support.errors or leave.errors
    return render(request, "position/family.html", context, status=422 if wrong else 200)


def _contact(row: Contact, *, viewer: Viewer, zone: ZoneInfo, today: date) -> tuple[UUID | None, str, str, str, Status]:
    own = row.pk if row.worker_id == viewer.worker_id else None
    return own, *presenters.contact_words(row, zone=zone), presenters.entry_words(queries.entry_of(row, today=today))


def _episode(row: Episode, counted: queries.Counted, *, zone: ZoneInfo, today: date) -> tuple[Status, str]:
    last = counted.last_at.astimezone(zone).date() if counted.last_at else None
    return presenters.stands(row, last_on=last, today=today), presenters.episode_words(row, tries=counted.tries, contacts=counted.contacts)


@require_safe
@reads
def referrals(request: HttpRequest) -> HttpResponse:
    """Every referral that the position made, and what came of it (R-198)."""
    only_readers(request)
    viewer = viewer_of(request)
    found = some(queries.referrals_by_position(viewer=viewer), page=page_number(request))
    rows: list[Any] = list(found.rows)
    people = names_of(viewer=viewer, identity_ids=[row.identity_id for row in rows])
    account(viewer=viewer, place="position:referrals", rows=[*rows, *people.values()], at=clock.now())
    zone, lines = clock.zone(agency_of(request).zone), []
    for row in rows:
        who = people.get(row.identity_id)
        day = date_format((row.requested_at or row.made_at).astimezone(zone), "M j, Y")
        lines.append((row.pk, *presenters.referral_words(row), (who.preferred_name or who.given_name) if who else _("a family"), day))
    return render(request, "position/referrals.html", {"lines": lines, "page": found, **around(request)})


@form_view
@reads
def days(request: HttpRequest) -> HttpResponse:
    """Days at partners' sites."""
    only_readers(request)
    viewer = viewer_of(request)
    form = DayForm(request.POST or None, initial={"on": clock.today(agency_of(request).zone)})
    if request.method == "POST" and form.is_valid():
        done = actions.note_day(by=viewer, at=clock.now(), **form.cleaned_data)
        if isinstance(done, Done):
            messages.success(request, _("Written down."))
            return redirect("position:days")
        form.refuse(done.codes)
    found = queries.days_beside(viewer=viewer, page=page_number(request))
    context = {"form": form, "page": found, **around(request)}
    return render(request, "position/days.html", context, status=422 if form.errors else 200)


@form_view
@needs(Permission.AGENCY_ADMIN)
def holders(request: HttpRequest) -> HttpResponse:
    """Who holds the position in this agency (R-193). For its administrators."""
    viewer, at = viewer_of(request), clock.now()
    if request.method == "POST":
        try:
            worker = UUID(request.POST.get("worker", ""))
        except ValueError:
            raise NotVisible from None
        done = actions.name_holder(by=viewer, at=at, worker_id=worker, holds_it=request.POST.get("holds") == "yes")
        if not isinstance(done, Done):
            raise NotVisible
        messages.success(request, _("Saved."))
        return redirect("position:holders")
    named = queries.holders_of(agency_id=agency_of(request).pk)
    members = [(m, named.get(m.worker_id)) for m in workers_of(agency_id=agency_of(request).pk, at=at)]
    return render(request, "position/holders.html", {"members": members, **around(request)})
