"""Lists of strategies, practices, laws, answers, stories, the library, help and priorities, each with its form."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from careloom.agencies.signed_in import agency_of
from careloom.changes import actions
from careloom.changes.models import Assistance, KnownStrategy, Lesson, Practice, Priority, Statute, Strategy
from careloom.changes.queries import exchange, legal, one_row, rows
from careloom.changes.rights import leads_any, leads_tier
from careloom.changes.words import INDICATORS
from careloom.commons.forms import changes_sheets as forms
from careloom.commons.forms.changes import WordsForm
from careloom.commons.presenters import changes_sheets as shown
from careloom.commons.presenters.changes_parts import Line, Section, Way
from careloom.commons.views.changes_parts import NotVisible, acting, allowed, bodies, form_page, key, load, page, partners, reader, today, version
from careloom.commons.views.parts import page_view, reads
from careloom.infra.packs import load_pack
from careloom.infra.ui.paging import page_number
from careloom.kernel.partnership import Tier
from careloom.outcomes.queries import federal_three, publish, years
from careloom.partnership.queries import Rooms
from careloom.partnership.standing import Standing


def by_tier(standing: Standing) -> bool:
    """Officers of the core team and of oversight."""
    return leads_tier(standing, Tier.CORE, Tier.OVERSIGHT)


def everybody(standing: Standing) -> bool:
    """Every member."""
    return True


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A room with one list and one form: the words, the model, the form, what writes it, and who may."""

    name: str
    title: Any
    lede: Any
    empty: Any
    add: Any
    model: Any
    form: Any
    put: Callable[..., Any]
    line: Callable[..., Line] | None = None
    may: Callable[[Standing], bool] = leads_any
    start: Callable[[HttpRequest], dict[str, Any]] = lambda _request: {}
    shape: Callable[[HttpRequest, Sheet, UUID], HttpResponse] | None = None

    @property
    def listed(self) -> Any:
        """The view of the list."""
        return require_safe(reads(self._listed))

    @property
    def new(self) -> Any:
        """The view of a new one."""
        return page_view(reads(self._new))

    @property
    def edit(self) -> Any:
        """The view that changes one."""
        return page_view(reads(self._edit))

    def _listed(self, request: HttpRequest, collaborative_id: UUID) -> HttpResponse:
        if self.shape is not None:
            return self.shape(request, self, collaborative_id)
        found, standing = rows(self.model, viewer=reader(request), collaborative_id=collaborative_id, page=page_number(request))
        may = self.may(standing)
        assert self.line is not None
        lines = tuple(self.line(row, standing, may=may) for row in found.rows)
        sections = [Section(id="list", head=self.title, lines=lines, empty=self.empty)]
        return page(
            request, standing, room=self.name, title=self.title, lede=self.lede, sections=sections, ways=self.ways(collaborative_id, may=may),
            found=found,
        )  # fmt: skip

    def ways(self, collaborative_id: UUID, *, may: bool) -> tuple[Way, ...]:
        """The way to a new one, for who may."""
        return (Way(words=self.add, url=reverse(f"commons:{self.name}_new", args=[collaborative_id]), first=True),) if may else ()

    def _new(self, request: HttpRequest, collaborative_id: UUID) -> HttpResponse:
        rooms = load(request, collaborative_id)
        allowed(self.may(rooms.standing))
        return self._form(request, rooms, None)

    def _edit(self, request: HttpRequest, collaborative_id: UUID, row_id: UUID) -> HttpResponse:
        row, standing = one_row(self.model, viewer=reader(request), collaborative_id=collaborative_id, row_id=row_id)
        own = self.model is Lesson and row.made_by is not None and row.made_by == standing.worker_id
        allowed(own or (leads_any(standing) if self.model is Lesson else self.may(standing)))
        return self._form(request, load(request, collaborative_id), row)

    def _form(self, request: HttpRequest, rooms: Rooms, row: Any) -> HttpResponse:
        pk = rooms.standing.collaborative.pk
        start = started(self.form, row) if row is not None else self.start(request)
        form = self.form(request.POST or None, initial=start, rows=rows_for(rooms))
        return form_page(
            request, form,
            lambda: self.put(
                **acting(request), collaborative_id=pk, facts=form.facts, request_key=key(form), row_id=row.pk if row else None, version=version(form)
            ),
            rooms=rooms, title=str(self.add) if row is None else getattr(row, _named(row)), back=(self.name, {"collaborative_id": pk}),
        )  # fmt: skip


def _named(row: Any) -> str:
    return next(name for name in ("title", "name", "citation") if hasattr(row, name))


def started(form: Any, row: Any) -> dict[str, Any]:
    """What a row says, as the form asks for it."""
    start = {one.name: getattr(row, one.name) for one in fields(form.FACTS) if hasattr(row, one.name)}
    start |= {name: ", ".join(start[name]) for name in form.COMMAS} | {"version": row.row_version}
    if isinstance(row, Lesson):
        start |= {"worked": "1" if row.worked else "0", "shared": row.shared_on is not None}
    return start


def rows_for(rooms: Rooms) -> dict[str, list[tuple[UUID, str]]]:
    known = KnownStrategy.objects.filter(collaborative=rooms.standing.collaborative).order_by("name")
    return {
        "owner_id": partners(rooms), "known_id": list(known.values_list("pk", "name")[:500]), "body_id": bodies(rooms, "OVERSIGHT", "CORE"),
    }  # fmt: skip


def _law(request: HttpRequest, sheet: Sheet, collaborative_id: UUID) -> HttpResponse:
    found = legal(viewer=reader(request), collaborative_id=collaborative_id)
    may = leads_any(found.standing)
    pack = load_pack(name=agency_of(request).pack)
    note = _("Careloom decides about notifications by the rules of %(pack)s, from %(day)s.") % {
        "pack": pack.manifest.title, "day": date_format(pack.manifest.effective_from),
    }  # fmt: skip
    lines = tuple(shown.statute_line(row, found.standing, may=may) for row in found.statutes)
    sections = [
        shown.definition_section(found.definitions, collaborative_id=collaborative_id, may=by_tier(found.standing), pack=note),
        *shown.compared_sections(
            found.definitions, collaborative_id=collaborative_id, rules=pack.rules_on(day=today(request)), may=by_tier(found.standing)
        ),
        Section(id="list", head=_("Legal scan"), lines=lines, empty=sheet.empty),
    ]
    return page(
        request, found.standing, room="law", title=sheet.title, lede=sheet.lede, sections=sections, ways=sheet.ways(collaborative_id, may=may)
    )


def _stories(request: HttpRequest, sheet: Sheet, collaborative_id: UUID) -> HttpResponse:
    tag, worked = request.GET.get("tag", "")[:40], {"1": True, "0": False}.get(request.GET.get("worked", ""))
    found = exchange(viewer=reader(request), collaborative_id=collaborative_id, tag=tag, worked=worked, page=page_number(request))
    title = _("Stories about %(tag)s") % {"tag": tag} if tag else sheet.title
    rest = (f"&tag={tag}" if tag else "") + ("" if worked is None else f"&worked={int(worked)}")
    sections = shown.story_sections(found, collaborative_id=collaborative_id)
    return page(
        request, found.standing, room="stories", title=title, lede=sheet.lede, sections=sections, ways=sheet.ways(collaborative_id, may=True),
        found=found.page, rest=rest,
    )  # fmt: skip


STRATEGIES = Sheet(
    name="strategies", title=gettext_lazy("Strategies"), lede=gettext_lazy("What we do to change systems, who answers for it, and what it brought."),
    empty=gettext_lazy("None yet."), add=gettext_lazy("Add a strategy"), model=Strategy, form=forms.StrategyForm, put=actions.put_strategy,
    line=shown.strategy_line, may=by_tier,
)  # fmt: skip
PRACTICES = Sheet(
    name="changed_practices", title=gettext_lazy("Practices"),
    lede=gettext_lazy("What workers do now, and the markers by which one knows that it is good."),
    empty=gettext_lazy("None yet."), add=gettext_lazy("Add a practice or a marker"), model=Practice, form=forms.PracticeForm,
    put=actions.put_practice, line=shown.practice_line,
)  # fmt: skip
LIBRARY = Sheet(
    name="library", title=gettext_lazy("Library"), lede=gettext_lazy("Strategies that others tried, and how well they are known to work."),
    empty=gettext_lazy("None yet."), add=gettext_lazy("Add to the library"), model=KnownStrategy, form=forms.KnownForm, put=actions.put_known,
    line=shown.known_line, may=by_tier,
)  # fmt: skip
HELP = Sheet(
    name="help", title=gettext_lazy("Help asked for"), lede=gettext_lazy("What we asked of others, what they answered, and what followed."),
    empty=gettext_lazy("None yet."), add=gettext_lazy("Ask for help"), model=Assistance, form=forms.AssistanceForm, put=actions.put_assistance,
    line=shown.help_line, start=lambda request: {"asked_on": today(request)},
)  # fmt: skip
LAWS = Sheet(
    name="law", title=gettext_lazy("Law and definition"), lede=gettext_lazy("What the law of this place says, and whom it means."),
    empty=gettext_lazy("Nothing read yet."), add=gettext_lazy("Add a law or rule"), model=Statute, form=forms.StatuteForm,
    put=actions.put_statute, start=lambda request: {"looked_on": today(request)}, shape=_law,
)  # fmt: skip
STORIES = Sheet(
    name="stories", title=gettext_lazy("Stories and lessons"), lede=gettext_lazy("What was tried, what worked, what did not, and what one learns."),
    empty=gettext_lazy("None yet."), add=gettext_lazy("Tell a story"), model=Lesson, form=forms.LessonForm, put=actions.put_lesson,
    may=everybody, shape=_stories,
)  # fmt: skip


@page_view
@reads
def take(request: HttpRequest, collaborative_id: UUID, row_id: UUID) -> HttpResponse:
    """Take up a story of this collaborative, or one that another shares."""
    rooms = load(request, collaborative_id)
    row = Lesson.objects.filter(pk=row_id).first()
    if row is None or not leads_any(rooms.standing) or (row.collaborative_id != collaborative_id and row.shared_on is None):
        raise NotVisible
    form = WordsForm(request.POST or None, label=_("How do you do it here?"))
    form.AT = {"HOW": "words", "NAME_TAKEN": "words"}
    return form_page(
        request, form,
        lambda: actions.take_up(
            **acting(request), collaborative_id=collaborative_id, lesson_id=row.pk, how=form.told["words"], request_key=key(form)
        ),
        rooms=rooms, title=_("Take up: %(title)s") % {"title": row.title}, lede=row.learned, back=("stories", {"collaborative_id": collaborative_id}),
    )  # fmt: skip


@require_safe
@reads
def courses(request: HttpRequest, collaborative_id: UUID) -> HttpResponse:
    """The counts as they may be published, and what oversight decided about each."""
    viewer = reader(request)
    found, standing = rows(
        Priority, viewer=viewer, collaborative_id=collaborative_id, page=page_number(request), order=("-decided_on", "-made_at", "pk")
    )
    pack = load_pack(name=agency_of(request).pack)
    told = [
        (year, publish(federal_three(viewer=viewer, year=year, state=pack.manifest.jurisdiction), settings=pack.suppression))
        for year in years(viewer=viewer, state=pack.manifest.jurisdiction)[:3]
    ]
    standing_now = {row.indicator: row for row in reversed(found.rows)}  # type: ignore[attr-defined]
    open_ones = [str(words) for code, words in INDICATORS.items() if code not in standing_now]
    note = _("Not decided yet: %(names)s.") % {"names": ", ".join(open_ones)} if open_ones else ""
    lines = tuple(shown.course_line(row) for row in found.rows)  # type: ignore[arg-type]
    sections = [
        shown.figures_section(told), Section(id="list", head=_("What oversight decided"), lines=lines, empty=_("Nothing yet."), note=note),
    ]  # fmt: skip
    new = Way(words=_("Decide"), url=reverse("commons:course_new", args=[collaborative_id]), first=True)
    return page(
        request, standing, room="courses", title=_("Priorities"), lede=_("For each indicator: continue, fix, stop, or do it everywhere."),
        sections=sections, ways=(new,) if leads_tier(standing, Tier.OVERSIGHT) else (), found=found,
    )  # fmt: skip


@page_view
@reads
def course_new(request: HttpRequest, collaborative_id: UUID) -> HttpResponse:
    """Decide about an indicator."""
    rooms = load(request, collaborative_id)
    allowed(leads_tier(rooms.standing, Tier.OVERSIGHT))
    day = today(request)
    choices = rows_for(rooms) | {"body_id": bodies(rooms, "OVERSIGHT", mine=True)}
    form = forms.PriorityForm(request.POST or None, initial={"decided_on": day, "review_on": day + timedelta(days=91)}, rows=choices)
    return form_page(
        request, form,
        lambda: actions.decide_course(**acting(request), collaborative_id=collaborative_id, facts=form.facts, request_key=key(form)),
        rooms=rooms, title=_("Decide about an indicator"), said=_("Decided."), back=("courses", {"collaborative_id": collaborative_id}),
    )  # fmt: skip
