"""Talks, tasks, onboarding, starts and reviews."""

from __future__ import annotations

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from careloom.agencies.signed_in import viewer_of
from careloom.commons.forms.knowledge import AnswerForm, DoneForm, ReviewForm, TaskForm
from careloom.commons.presenters import knowledge_work as shown
from careloom.commons.presenters.knowledge_lists import link
from careloom.commons.presenters.knowledge_told import guide_blocks, guides_block
from careloom.commons.views.knowledge import A_PAGE, page, today_of
from careloom.commons.views.parts import asked, load, page_view, posted, reads
from careloom.infra import clock
from careloom.infra.access import NotVisible
from careloom.kernel.partnership.knowing import CHECKLISTS, GUIDES
from careloom.kernel.partnership.knowing_rules import anniversary
from careloom.knowledge import actions, queries, words
from careloom.knowledge.guides import TALKS
from careloom.partnership.queries import Rooms
from careloom.partnership.standing import waits_for_training


@require_safe
@reads
def guides(request: HttpRequest, collaborative_id: UUID) -> HttpResponse:
    """The guides, with how many members answered each."""
    rooms = load(request, collaborative_id)
    counts = queries.talks_count(viewer=viewer_of(request), collaborative_id=collaborative_id)
    lede = _("Each member answers alone. Read together, the answers become tasks.")
    return page(request, rooms, title=_("Talks"), lede=lede, blocks=guides_block(rooms, counts))


@require_safe
@reads
def guide(request: HttpRequest, collaborative_id: UUID, guide: str) -> HttpResponse:
    """One guide: all answers by question, and what is done about it."""
    rooms = load(request, collaborative_id)
    found = queries.talk(viewer=viewer_of(request), collaborative_id=collaborative_id, guide=guide)
    own = link(_("Change my answers") if found.own else _("Answer it"), "guide_answer", collaborative_id, guide, kind="solid")
    above = (_("Talks"), reverse("commons:guides", args=[collaborative_id]))
    blocks = guide_blocks(rooms, guide, found)
    return page(request, rooms, title=str(TALKS[guide].title), lede=str(TALKS[guide].lede), blocks=blocks, buttons=(own,), above=above)


@page_view
@reads
def answer(request: HttpRequest, collaborative_id: UUID, guide: str) -> HttpResponse:
    """A member's own answers."""
    rooms = load(request, collaborative_id)
    found = queries.talk(viewer=viewer_of(request), collaborative_id=collaborative_id, guide=guide)
    form = AnswerForm(request.POST or None, guide=TALKS[guide], initial={f"q{number}": row.words for number, row in found.own.items()})
    response = posted(
        request, form,
        lambda: actions.answer(
            by=viewer_of(request), at=clock.now(), collaborative_id=collaborative_id, guide=guide, told=form.told,
            request_key=form.cleaned_data["request_key"],
        ),
        leads_to=lambda done: ("guide", {"collaborative_id": collaborative_id, "guide": guide}), said=_("Thank you."),
    )  # fmt: skip
    lede = _("Your answers stand with the name of your agency, not with yours. Name no family.")
    back = reverse("commons:guide", args=[collaborative_id, guide])
    return response or asked(request, form, rooms=rooms, title=str(TALKS[guide].title), lede=lede, back=back)


@require_safe
@reads
def tasks(request: HttpRequest, collaborative_id: UUID, task_list: str, about: UUID) -> HttpResponse:
    """One list of tasks."""
    rooms = load(request, collaborative_id)
    found = queries.tasks(viewer=viewer_of(request), collaborative_id=collaborative_id, task_list=task_list, about=about)
    title = f"{words.TASK_LISTS[task_list]}: {_about(rooms, task_list, about)}".removesuffix(": ")
    blocks = shown.task_blocks(found, pk=collaborative_id, task_list=task_list, about=about)
    seat = next((one for one in rooms.seats if task_list == "onboarding" and one.pk == about), None)
    if seat is not None and (first := queries.comes_first(seat)):
        blocks.insert(0, shown.training_block(first, seat=seat, may=found.may_do, waits=waits_for_training(seat, rooms.standing.collaborative)))
    return page(request, rooms, title=title, blocks=blocks)


@page_view
@reads
def add_task(request: HttpRequest, collaborative_id: UUID, task_list: str, about: UUID) -> HttpResponse:
    """Add a task of one's own."""
    rooms = load(request, collaborative_id)
    if not queries.may_do(rooms.standing, task_list=task_list, about=about):
        raise NotVisible
    topic = request.GET.get("topic", "") if task_list == "guide" else ""
    form = TaskForm(request.POST or None, partners=[(row.pk, row.name) for row in rooms.partners], outreach=task_list == "outreach")
    response = posted(
        request, form,
        lambda: actions.add_task(
            by=viewer_of(request), at=clock.now(), collaborative_id=collaborative_id, task_list=task_list, about=about,
            words=form.cleaned_data["words"], partner_id=form.cleaned_data["partner_id"], due_on=form.cleaned_data["due_on"],
            topic=topic if topic in GUIDES else "", rural=form.cleaned_data.get("rural", False), request_key=form.cleaned_data["request_key"],
        ),
        leads_to=lambda done: _after(collaborative_id, task_list, about, topic),
    )  # fmt: skip
    name, where = _after(collaborative_id, task_list, about, topic)
    return response or asked(
        request, form, rooms=rooms, title=_("Add a task"), lede=str(words.TASK_LISTS[task_list]), back=reverse(f"commons:{name}", kwargs=where)
    )


@page_view
@reads
def done(request: HttpRequest, collaborative_id: UUID, task_list: str, about: UUID, item: str) -> HttpResponse:
    """Say that a task was done."""
    rooms = load(request, collaborative_id)
    found = queries.tasks(viewer=viewer_of(request), collaborative_id=collaborative_id, task_list=task_list, about=about)
    row = next((one for one in found.own if str(one.pk) == item), None) or dict(found.items).get(item)
    if not found.may_do or (row is None and item not in CHECKLISTS.get(task_list, ())):
        raise NotVisible
    text = row.words if row and row.words else str(words.ITEMS[f"{task_list}.{item}"])
    form = DoneForm(request.POST or None, initial={"on": (row.done_on if row else None) or today_of(request), "note": row.note if row else ""})
    topic = row.topic if row else ""
    response = posted(
        request, form,
        lambda: actions.tick(
            by=viewer_of(request), at=clock.now(), collaborative_id=collaborative_id, task_list=task_list, about=about, item=item,
            on=form.cleaned_data["on"], note=form.cleaned_data["note"], request_key=form.cleaned_data["request_key"],
        ),
        leads_to=lambda _done: _after(collaborative_id, task_list, about, topic),
    )  # fmt: skip
    back = reverse("commons:tasks", args=[collaborative_id, task_list, about])
    return response or asked(request, form, rooms=rooms, title=text, lede=_about(rooms, task_list, about), back=back)


@page_view
@reads
def training(request: HttpRequest, collaborative_id: UUID, seat_id: UUID, course_id: UUID) -> HttpResponse:
    """Say that a member took a training that comes first."""
    rooms = load(request, collaborative_id)
    seat = next((one for one in rooms.seats if one.pk == seat_id), None)
    course = next((one for one, _passed in queries.comes_first(seat) if one.pk == course_id), None) if seat else None
    if seat is None or course is None or not queries.may_do(rooms.standing, task_list="onboarding", about=seat_id):
        raise NotVisible
    form = DoneForm(request.POST or None, initial={"on": today_of(request)})
    del form.fields["note"]
    response = posted(
        request, form,
        lambda: actions.pass_course(
            by=viewer_of(request), at=clock.now(), course_id=course.pk, seat_id=seat.pk, on=form.cleaned_data["on"],
            request_key=form.cleaned_data["request_key"],
        ),
        leads_to=lambda _done: ("tasks", {"collaborative_id": collaborative_id, "task_list": "onboarding", "about": seat_id}),
    )  # fmt: skip
    back = reverse("commons:tasks", args=[collaborative_id, "onboarding", seat_id])
    return response or asked(request, form, rooms=rooms, title=course.title, lede=_("%(name)s took it") % {"name": seat.name}, back=back)


@require_safe
@reads
def onboarding(request: HttpRequest, collaborative_id: UUID) -> HttpResponse:
    """Every member's onboarding, late ones first."""
    rooms = load(request, collaborative_id)
    rows = queries.newcomers(viewer=viewer_of(request), collaborative_id=collaborative_id, today=today_of(request))
    found = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    blocks = shown.newcomer_blocks(found, pk=collaborative_id, late=sum(one.late for one in rows))
    lede = _("What every new member, and everybody who replaces one, learns in the first thirty days.")
    return page(request, rooms, title=_("Onboarding"), lede=lede, blocks=blocks)


@require_safe
@reads
def start(request: HttpRequest, collaborative_id: UUID) -> HttpResponse:
    """The two start-up tracks, the collaborative's own first, and the kick-offs with treatment sites."""
    rooms, viewer = load(request, collaborative_id), viewer_of(request)
    own, other = ("start", "widen") if rooms.standing.collaborative.new else ("widen", "start")
    tracks = {name: queries.tasks(viewer=viewer, collaborative_id=collaborative_id, task_list=name, about=collaborative_id) for name in (own, other)}
    sites = [row.pk for row in rooms.partners if queries.is_site(row)]
    kick_offs = {pk: queries.tasks(viewer=viewer, collaborative_id=collaborative_id, task_list="kick-off", about=pk) for pk in sites}
    lede = _("You begin anew: the first list is yours. The second waits for when you widen what there is.")
    if own == "widen":
        lede = _("You work together already: the first list is yours. The second is for what you build anew.")
    return page(request, rooms, title=_("How we start"), lede=lede, blocks=shown.start_blocks(rooms, tracks=tracks, kick_offs=kick_offs))


@page_view
@reads
def review(request: HttpRequest, collaborative_id: UUID, kind: str, about: UUID) -> HttpResponse:
    """Write down a look at champions, at the table, or at a partner's equity."""
    rooms = load(request, collaborative_id)
    if not queries.may_review(rooms.standing, kind=kind, about=about):
        raise NotVisible
    today = today_of(request)
    form = ReviewForm(request.POST or None, equity=kind == "equity", initial={"held_on": today, "next_on": anniversary(today)})
    response = posted(
        request, form,
        lambda: actions.hold_review(
            by=viewer_of(request), at=clock.now(), collaborative_id=collaborative_id, kind=kind, about=about, held_on=form.cleaned_data["held_on"],
            words=form.cleaned_data["words"], next_on=form.cleaned_data["next_on"], outcomes=form.cleaned_data.get("outcomes", ""),
            request_key=form.cleaned_data["request_key"],
        ),
        leads_to=lambda _done: (kind, {"collaborative_id": collaborative_id}),
    )  # fmt: skip
    lede = _about(rooms, "equity", about) if kind == "equity" else ""
    back = reverse(f"commons:{kind}", args=[collaborative_id])
    return response or asked(request, form, rooms=rooms, title=str(words.REVIEW_KINDS[kind]), lede=lede, back=back)


def _about(rooms: Rooms, task_list: str, about: UUID) -> str:
    """What a list is about, in words; "" for the collaborative. Raises NotVisible where it is not of this collaborative."""
    if task_list not in ("onboarding", "kick-off", "equity"):
        if about != rooms.standing.collaborative.pk:
            raise NotVisible
        return ""
    rows = rooms.seats if task_list == "onboarding" else [row for row in rooms.partners if task_list != "kick-off" or queries.is_site(row)]
    found = next((row.name for row in rows if row.pk == about), None)
    if found is None:
        raise NotVisible
    return found


def _after(pk: UUID, task_list: str, about: UUID, topic: str) -> tuple[str, dict[str, object]]:
    """Where one goes from a task: to the page on which it stands."""
    if task_list == "guide" and topic in GUIDES:
        return "guide", {"collaborative_id": pk, "guide": topic}
    pages = {"outreach": "champions", "table": "table", "equity": "equity", "guide": "guides"}
    if task_list in pages:
        return pages[task_list], {"collaborative_id": pk}
    return "tasks", {"collaborative_id": pk, "task_list": task_list, "about": about}
