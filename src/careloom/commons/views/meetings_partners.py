"""What partners bring to meetings and beside them: attendance over time, visits, commitments, load, priority, and who stands for whom."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from careloom.agencies.signed_in import agency_of, viewer_of
from careloom.commons.forms.meetings_outcomes import CommitmentForm, ContributionForm, LoadForm, PartsForm, PriorityForm, VisitForm
from careloom.commons.presenters import meetings_outcomes as shown
from careloom.commons.presenters.meetings import quarter_words, when
from careloom.commons.views.parts import asked, load, page_view, posted, reads
from careloom.infra import clock
from careloom.infra.access import NotVisible
from careloom.infra.packs import current_pack
from careloom.infra.ui.paging import page_number, some
from careloom.kernel.partnership import quarters_back
from careloom.meetings import actions
from careloom.meetings.models import Contribution, Load, Visit
from careloom.meetings.queries import attendance_over, coming_up, ledgers_of, parts_of, visits_of
from careloom.partnership.models import Partner
from careloom.partnership.queries import Rooms

QUARTERS = 4


@require_safe
@reads
def attendance(request: HttpRequest, collaborative_id: UUID) -> HttpResponse:
    """Who came, how, and from which kinds of partner, over two years; for one body or for all."""
    rooms = load(request, collaborative_id)
    body = next((row for row in rooms.bodies if str(row.pk) == request.GET.get("body", "")), None)
    found = attendance_over(viewer=viewer_of(request), collaborative_id=collaborative_id, at=clock.now(), body_id=body.pk if body else None)
    here = reverse("commons:attendance", args=[collaborative_id])
    items = [(_("All"), here, body is None), *((row.name, f"{here}?body={row.pk}", row == body) for row in rooms.bodies)]
    context = shown.attendance_page(found) | {"rooms": rooms, "tabs": shown.tabs_of(items), "nav": "partnership"}
    return render(request, "commons/meetings_attendance.html", context)


@page_view
@reads
def visits(request: HttpRequest, collaborative_id: UUID) -> HttpResponse:
    """Visits to single partners before meetings: the log, and one more."""
    viewer, at = viewer_of(request), clock.now()
    page = some(visits_of(viewer=viewer, collaborative_id=collaborative_id), page=page_number(request))
    rooms = load(request, collaborative_id)
    meetings = [
        (row, f"{row.body.name}, {when(row.starts_at)}") for row in coming_up(viewer=viewer, collaborative_id=collaborative_id, at=at, most=12)
    ]
    start = {"on": clock.today(agency_of(request).zone)}
    form = VisitForm(request.POST or None, initial=start, partners=rooms.partners, meetings=meetings)
    response = posted(
        request, form,
        lambda: actions.log_visit(
            by=viewer, at=at, collaborative_id=collaborative_id, facts=form.facts, request_key=form.cleaned_data["request_key"]
        ),
        leads_to=lambda done: ("visits", {"collaborative_id": collaborative_id}),
    )  # fmt: skip
    if response is not None:
        return response
    lines = [shown.visit_line(row) for row in page.rows if isinstance(row, Visit)]
    context = {"rooms": rooms, "form": form, "page": page, "lines": lines, "nav": "partnership"}
    return render(request, "commons/meetings_visits.html", context, status=422 if form.errors else 200)


@require_safe
@reads
def minimum(request: HttpRequest, collaborative_id: UUID) -> HttpResponse:
    """Whether each work group has the members that it needs at least."""
    rooms = load(request, collaborative_id)
    parts = parts_of(viewer=viewer_of(request), collaborative_id=collaborative_id)
    context = shown.minimum_page(rooms, parts)
    context["page_of"] = Paginator(context["partners"], 25).get_page(request.GET.get("page"))
    return render(request, "commons/meetings_minimum.html", context | {"nav": "partnership"})


@page_view
@reads
def represents(request: HttpRequest, collaborative_id: UUID, partner_id: UUID) -> HttpResponse:
    """For which parts of the minimum a partner stands."""
    rooms = load(request, collaborative_id)
    partner = next((row for row in rooms.partners if row.pk == partner_id), None)
    if partner is None or not (rooms.standing.runs or rooms.standing.officer_of):
        raise NotVisible
    row = parts_of(viewer=viewer_of(request), collaborative_id=collaborative_id).get(partner_id)
    words = [(one.code, one.label(get_language() or "en")) for one in current_pack().meetings.work_group_minimum]
    form = PartsForm(request.POST or None, initial={"parts": row.parts, "version": row.row_version} if row else {}, parts=words)
    response = posted(
        request, form,
        lambda: actions.put_represents(
            by=viewer_of(request), at=clock.now(), partner_id=partner_id, parts=tuple(form.cleaned_data["parts"]),
            request_key=form.cleaned_data["request_key"], version=form.cleaned_data["version"],
        ),
        leads_to=lambda done: ("minimum", {"collaborative_id": collaborative_id}),
    )  # fmt: skip
    return response or asked(request, form, rooms=rooms, title=partner.name, back=reverse("commons:minimum", args=[collaborative_id]))


@require_safe
@reads
def commitments(request: HttpRequest, collaborative_id: UUID) -> HttpResponse:
    """Every partner: committed against brought by quarter, what weighs on it, what its leader signed."""
    rooms, quarters, ledgers = ledgers_of(viewer=viewer_of(request), collaborative_id=collaborative_id, at=clock.now())
    context = shown.ledger_page(rooms, quarters, ledgers)
    context["page_of"] = Paginator(context["lines"], 10).get_page(request.GET.get("page"))
    return render(request, "commons/meetings_commitments.html", context | {"nav": "partnership"})


@page_view
@reads
def commit(request: HttpRequest, collaborative_id: UUID, partner_id: UUID) -> HttpResponse:
    """What a partner commits each quarter, said or said again."""
    rooms, partner = _ours(request, collaborative_id, partner_id)
    _rooms, _quarters, ledgers = ledgers_of(viewer=viewer_of(request), collaborative_id=collaborative_id, at=clock.now())
    last = next(one.commitment for one in ledgers if one.partner.pk == partner_id)
    start = {name: getattr(last, name) for name in ("mission", "hours", "funds", "in_kind")} if last else {}
    form = CommitmentForm(request.POST or None, initial=start)
    told = {"partner_id": partner_id}
    return _answered(
        request, rooms, partner, form, lambda: actions.commit(**_by(request), **told, facts=form.facts, request_key=_key(form)),
        title=_("What %(partner)s commits"), lede=_("Each half year you are asked whether it still stands. Change it or keep it."),
    )  # fmt: skip


@page_view
@reads
def report(request: HttpRequest, collaborative_id: UUID, partner_id: UUID) -> HttpResponse:
    """What a partner brought in a quarter beside its hours in meetings."""
    rooms, partner = _ours(request, collaborative_id, partner_id)
    quarters = list(reversed(quarters_back(clock.today(agency_of(request).zone), count=QUARTERS)))
    wanted = next((one for one in quarters if one.isoformat() == request.GET.get("quarter", "")), quarters[0])
    row = Contribution.objects.filter(partner_id=partner_id, quarter=wanted).first()
    start = {name: getattr(row, name) for name in ("hours", "funds", "in_kind")} | {"version": row.row_version} if row else {}
    form = ContributionForm(
        request.POST or None, initial=start | {"quarter": wanted.isoformat()}, quarters=[(one.isoformat(), quarter_words(one)) for one in quarters]
    )
    return _answered(
        request, rooms, partner, form,
        lambda: actions.report(**_by(request), partner_id=partner_id, facts=form.facts, request_key=_key(form), version=form.cleaned_data["version"]),
        title=_("What %(partner)s brought"), lede="",
    )  # fmt: skip


@page_view
@reads
def load_signals(request: HttpRequest, collaborative_id: UUID, partner_id: UUID) -> HttpResponse:
    """What weighs on a partner this month."""
    rooms, partner = _ours(request, collaborative_id, partner_id)
    month = clock.today(agency_of(request).zone).replace(day=1)
    row = Load.objects.filter(partner_id=partner_id, month=month).first()
    start = {name: getattr(row, name) for name in ("caseload", "turnover", "budget", "words")} | {"version": row.row_version} if row else {}
    form = LoadForm(request.POST or None, initial=start)
    return _answered(
        request, rooms, partner, form,
        lambda: actions.put_load(
            **_by(request), partner_id=partner_id, facts=form.facts(month=month), request_key=_key(form), version=form.cleaned_data["version"]
        ),
        title=_("What weighs on %(partner)s"), lede=_("It stands beside what you committed, so that the others understand."),
    )  # fmt: skip


@page_view
@reads
def priority(request: HttpRequest, collaborative_id: UUID, partner_id: UUID) -> HttpResponse:
    """Evidence that a leader made this a priority of her agency."""
    rooms, partner = _ours(request, collaborative_id, partner_id)
    form = PriorityForm(request.POST or None, initial={"on": clock.today(agency_of(request).zone)})
    return _answered(
        request, rooms, partner, form,
        lambda: actions.put_priority(**_by(request), partner_id=partner_id, facts=form.facts, request_key=_key(form)),
        title=_("What the leader of %(partner)s signed"), lede="",
    )  # fmt: skip


def _answered(
    request: HttpRequest, rooms: Rooms, partner: Partner, form: Any, act: Callable[[], Any], *, title: str, lede: str
) -> HttpResponse:  # fmt: skip
    collaborative_id = rooms.standing.collaborative.pk
    response = posted(request, form, act, leads_to=lambda done: ("commitments", {"collaborative_id": collaborative_id}))
    back = reverse("commons:commitments", args=[collaborative_id])
    return response or asked(request, form, rooms=rooms, title=title % {"partner": partner.name}, lede=lede, back=back)


def _ours(request: HttpRequest, collaborative_id: UUID, partner_id: UUID) -> tuple[Rooms, Partner]:
    """A partner for which the reader speaks. Raises NotVisible."""
    rooms = load(request, collaborative_id)
    partner = next((row for row in rooms.partners if row.pk == partner_id), None)
    if partner is None or not rooms.standing.speaks_for(partner_id):
        raise NotVisible
    return rooms, partner


def _by(request: HttpRequest) -> dict[str, Any]:
    return {"by": viewer_of(request), "at": clock.now()}


def _key(form: Any) -> str:
    return str(form.cleaned_data["request_key"])
