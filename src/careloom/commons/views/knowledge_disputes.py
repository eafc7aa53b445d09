"""How disputes are settled, and those in whose hands the reader is. To everybody else these pages are the pages of none."""

from __future__ import annotations

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from careloom.agencies.signed_in import viewer_of
from careloom.commons.forms.keyed import Room
from careloom.commons.forms.knowledge import CloseForm, DisputeForm, ProcessForm, StepForm
from careloom.commons.presenters.blocks import Block, Line
from careloom.commons.presenters.knowledge_lists import day, link
from careloom.commons.views.knowledge import A_PAGE, page, today_of
from careloom.commons.views.parts import asked, load, page_view, posted, reads
from careloom.infra import clock
from careloom.infra.access import NotVisible
from careloom.infra.ui.components import Status
from careloom.knowledge import actions, queries
from careloom.knowledge.models import Dispute
from careloom.partnership.queries import Rooms


@require_safe
@reads
def disputes(request: HttpRequest, collaborative_id: UUID) -> HttpResponse:
    """How disputes are settled, and the reader's own."""
    rooms, viewer = load(request, collaborative_id), viewer_of(request)
    process = queries.process_of(viewer=viewer, collaborative_id=collaborative_id)
    found = Paginator(queries.disputes(viewer=viewer, collaborative_id=collaborative_id), A_PAGE).get_page(request.GET.get("page"))
    leads = _leads(rooms)
    lines: list[Line] = []
    if process:
        for place, (text, days) in enumerate(zip(process.steps, process.days, strict=True), start=1):
            lines.append(Line(head=f"{place}. {text}", notes=(_("Within %(n)s days") % {"n": days},)))
        lines.append(Line(head=_("Stands between: %(who)s") % {"who": process.neutral}))
        lines.append(Line(head=_("Decides at last: %(who)s") % {"who": process.decider}))
    adopted = _("Version %(n)s, adopted %(day)s.") % {"n": process.version, "day": day(process.adopted_on)} if process else ""
    adopt = (link(_("Adopt a new version"), "dispute_process", collaborative_id, kind="quiet"),) if leads else ()
    how = Block(key="how", head=_("How we settle it"), lede=adopted, lines=tuple(lines), empty=_("Not agreed yet."), buttons=adopt)
    own = Block(
        key="own", head=_("Those that you are named in"), lines=tuple(_line(row) for row in found), empty=_("None that you are named in."),
        pager=found,
        lede=_("Only who is named in a dispute learns that there is one."),
    )  # fmt: skip
    new_ = (link(_("Open a dispute"), "dispute_new", collaborative_id, kind="outline"),) if leads else ()
    return page(request, rooms, title=_("When we disagree"), blocks=[how, own], buttons=new_)


@require_safe
@reads
def dispute(request: HttpRequest, collaborative_id: UUID, dispute_id: UUID) -> HttpResponse:
    """One dispute: what happened, and each step with its time."""
    rooms = load(request, collaborative_id)
    row = _held(request, rooms, dispute_id)
    names = {one.pk: one.name for one in rooms.partners}
    hands = sorted({one.name for one in rooms.seats if one.worker_id in row.hands})
    told = [
        Line(head=_("Between"), notes=(", ".join(names.get(pk, _("A partner that left")) for pk in row.partners),)),
        Line(head=_("Known to"), notes=(", ".join(hands),)),
        Line(head=_("Since"), notes=(day(row.opened_on),)),
    ]
    if row.closed_on:
        told.append(
            Line(head=_("Ended %(day)s") % {"day": day(row.closed_on)}, notes=(row.outcome,), states=(Status(words=_("Closed"), tone="done"),))
        )
    steps = queries.steps_taken(row)
    lines = []
    for place, (text, days) in enumerate(zip(row.process.steps, row.process.days, strict=True), start=1):
        taken = [one for one in steps if one.step == place]
        state = Status(words=_("Taken"), tone="done") if taken else Status(words=_("Within %(n)s days") % {"n": days})
        lines.append(Line(head=f"{place}. {text}", states=(state,), notes=tuple(f"{day(one.on)}: {one.words}" for one in taken)))
    do = () if row.closed_on else (
        link(_("Write down a step"), "dispute_step", collaborative_id, dispute_id, kind="solid"),
        link(_("Close it"), "dispute_close", collaborative_id, dispute_id, kind="outline"),
    )  # fmt: skip
    blocks = [
        Block(key="what", head=_("What happened"), text=row.words, lines=tuple(told)),
        Block(key="steps", head=_("Step by step"), lines=tuple(lines)),
    ]
    above = (_("When we disagree"), reverse("commons:disputes", args=[collaborative_id]))
    return page(request, rooms, title=row.subject, blocks=blocks, buttons=do, above=above)


@page_view
@reads
def process(request: HttpRequest, collaborative_id: UUID) -> HttpResponse:
    """How disputes are settled: the next version."""
    rooms = load(request, collaborative_id)
    if not _leads(rooms):
        raise NotVisible
    old = queries.process_of(viewer=viewer_of(request), collaborative_id=collaborative_id)
    start = {"neutral": old.neutral, "decider": old.decider, "version": old.version} if old else {"version": 0}
    start["steps"] = "\n".join(f"{text}: {days}" for text, days in zip(old.steps, old.days, strict=True)) if old else ""
    form = ProcessForm(request.POST or None, initial=start | {"adopted_on": today_of(request)})
    response = posted(
        request, form,
        lambda: actions.adopt_process(
            by=viewer_of(request), at=clock.now(), collaborative_id=collaborative_id, steps=form.cleaned_data["steps"],
            neutral=form.cleaned_data["neutral"], decider=form.cleaned_data["decider"], adopted_on=form.cleaned_data["adopted_on"],
            after=form.cleaned_data["version"], request_key=form.cleaned_data["request_key"],
        ),
        leads_to=lambda _done: ("disputes", {"collaborative_id": collaborative_id}), said=_("Adopted."),
    )  # fmt: skip
    return response or _asked(request, form, rooms, title=_("How we settle disputes"))


@page_view
@reads
def new(request: HttpRequest, collaborative_id: UUID) -> HttpResponse:
    """Open a dispute."""
    rooms, viewer = load(request, collaborative_id), viewer_of(request)
    if not _leads(rooms):
        raise NotVisible
    members = {row.worker_id: row.name for row in rooms.seats if row.worker_id and row.worker_id != viewer.worker_id}
    form = DisputeForm(
        request.POST or None, initial={"opened_on": today_of(request)}, partners=[(row.pk, row.name) for row in rooms.partners],
        members=sorted(members.items(), key=lambda pair: pair[1]),
    )  # fmt: skip
    response = posted(
        request, form,
        lambda: actions.open_dispute(
            by=viewer, at=clock.now(), collaborative_id=collaborative_id, subject=form.cleaned_data["subject"], words=form.cleaned_data["words"],
            partners=tuple(form.cleaned_data["partners"]), hands=tuple(form.cleaned_data["hands"]), opened_on=form.cleaned_data["opened_on"],
            request_key=form.cleaned_data["request_key"],
        ),
        leads_to=lambda done: ("dispute", {"collaborative_id": collaborative_id, "dispute_id": done.row_id}),
    )  # fmt: skip
    return response or _asked(request, form, rooms, title=_("Open a dispute"))


@page_view
@reads
def step(request: HttpRequest, collaborative_id: UUID, dispute_id: UUID) -> HttpResponse:
    """Write down what was done at a step."""
    rooms = load(request, collaborative_id)
    row = _held(request, rooms, dispute_id)
    form = StepForm(request.POST or None, steps=row.process.steps, initial={"on": today_of(request)})
    response = posted(
        request, form,
        lambda: actions.take_step(
            by=viewer_of(request), at=clock.now(), dispute_id=dispute_id, step=form.cleaned_data["step"], on=form.cleaned_data["on"],
            words=form.cleaned_data["words"], request_key=form.cleaned_data["request_key"],
        ),
        leads_to=lambda _done: ("dispute", {"collaborative_id": collaborative_id, "dispute_id": dispute_id}),
    )  # fmt: skip
    return response or _asked(request, form, rooms, title=_("Write down a step"), lede=row.subject, dispute_id=dispute_id)


@page_view
@reads
def close(request: HttpRequest, collaborative_id: UUID, dispute_id: UUID) -> HttpResponse:
    """Write down how it ended."""
    rooms = load(request, collaborative_id)
    row = _held(request, rooms, dispute_id)
    form = CloseForm(request.POST or None, initial={"on": today_of(request)})
    response = posted(
        request, form,
        lambda: actions.close_dispute(
            by=viewer_of(request), at=clock.now(), dispute_id=dispute_id, on=form.cleaned_data["on"], outcome=form.cleaned_data["outcome"]
        ),
        leads_to=lambda _done: ("dispute", {"collaborative_id": collaborative_id, "dispute_id": dispute_id}),
    )  # fmt: skip
    return response or _asked(request, form, rooms, title=_("How it ended"), lede=row.subject, dispute_id=dispute_id)


def _held(request: HttpRequest, rooms: Rooms, dispute_id: UUID) -> Dispute:
    return queries.dispute(viewer=viewer_of(request), collaborative_id=rooms.standing.collaborative.pk, dispute_id=dispute_id)


def _line(row: Dispute) -> Line:
    state = Status(words=_("Closed %(day)s") % {"day": day(row.closed_on)}, tone="done") if row.closed_on else Status(words=_("Open"), tone="wait")
    url = reverse("commons:dispute", args=[row.collaborative_id, row.pk])
    return Line(head=row.subject, url=url, states=(state,), notes=(_("Since %(day)s") % {"day": day(row.opened_on)},))


def _asked(request: HttpRequest, form: Room, rooms: Rooms, *, title: str, lede: str = "", dispute_id: UUID | None = None) -> HttpResponse:
    pk = rooms.standing.collaborative.pk
    back = reverse("commons:dispute", args=[pk, dispute_id]) if dispute_id else reverse("commons:disputes", args=[pk])
    return asked(request, form, rooms=rooms, title=title, lede=lede, back=back)


def _leads(rooms: Rooms) -> bool:
    return rooms.standing.runs or bool(rooms.standing.officer_of)
