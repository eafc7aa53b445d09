"""What is done with one barrier: a page of one form for each deed. Who may not, or where its state does not allow it, finds no page."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from careloom.agencies.signed_in import agency_of, viewer_of
from careloom.barriers import actions, queries
from careloom.barriers.queries import Journey
from careloom.barriers.words import title_of
from careloom.changes.rights import leads_any
from careloom.commons.forms import barriers as forms
from careloom.commons.forms.changes import GuidanceForm
from careloom.commons.forms.changes_pilots import PilotForm
from careloom.commons.presenters import barriers_known as known
from careloom.commons.presenters.noted import before_noting
from careloom.commons.views.changes_parts import allowed
from careloom.commons.views.parts import asked, load, page_view, posted, reads
from careloom.infra import clock
from careloom.infra.access import NotVisible
from careloom.infra.answers import Done, Refused, Stale
from careloom.kernel.partnership import Tier
from careloom.kernel.partnership.barrier import Deed, Source

Answer = Done | Refused | Stale
Page = Callable[..., HttpResponse]


def deed(*deeds: Deed) -> Callable[[Callable[..., HttpResponse]], Page]:
    """A page for one of these deeds: the barrier as the reader may see it, or no page. A form that was sent before leads to the barrier."""

    def put(view: Callable[..., HttpResponse]) -> Page:
        @page_view
        @reads
        @wraps(view)
        def inner(request: HttpRequest, collaborative_id: UUID, barrier_id: UUID, **parts: Any) -> HttpResponse:
            today = clock.today(agency_of(request).zone)
            found = queries.journey_of(viewer=viewer_of(request), collaborative_id=collaborative_id, barrier_id=barrier_id, today=today)
            if not found.may & set(deeds):
                key = request.POST.get("request_key", "")
                if key and any(step.request_key == key and step.made_by == viewer_of(request).worker_id for step in found.steps):
                    return redirect("commons:barrier", collaborative_id=collaborative_id, barrier_id=barrier_id)
                raise NotVisible
            return view(request, found, **parts)

        return inner

    return put


def _page(
    request: HttpRequest, found: Journey, form: Any, act: Callable[..., Answer], *, title: str, save: str, lede: str = "",
    leads_to: Callable[[Done], tuple[str, dict[str, Any]]] | None = None,
) -> HttpResponse:  # fmt: skip
    """Show or do the one form. `act` gets who, when, the key of the form and the version that was read."""
    pk, barrier_id = found.standing.collaborative.pk, found.row.pk

    def do() -> Answer:
        frame = {"request_key": form.cleaned_data["request_key"], "version": form.cleaned_data["version"]}
        return act(by=viewer_of(request), at=clock.now(), barrier_id=barrier_id, **frame)

    response = posted(request, form, do, leads_to=leads_to or (lambda done: ("barrier", {"collaborative_id": pk, "barrier_id": barrier_id})))
    back = reverse("commons:barrier", args=[pk, barrier_id])
    rooms = None if response else load(request, pk)
    return response or asked(request, form, rooms=rooms, title=title, lede=lede or title_of(found.row), back=back, save=save)


def _start(found: Journey, **more: Any) -> dict[str, Any]:
    return {"version": found.row.row_version, **more}


def _seats(found: Journey, *, body_id: UUID | None = None) -> list[tuple[Any, Any]]:
    rows = [seat for seat in found.seats if body_id is None or seat.body_id == body_id]
    return [(seat.pk, seat.name if body_id else f"{seat.body.name}: {seat.name}") for seat in rows]


@deed(Deed.TRIAGE, Deed.JOIN)
def triage(request: HttpRequest, found: Journey) -> HttpResponse:
    """A team takes it, it is joined to another, or it is no barrier."""
    row, standing = found.row, found.standing
    mine = [body for body in found.bodies if body.tier != Tier.OVERSIGHT and standing.leads(body.pk)]
    form = forms.TriageForm(
        request.POST or None, initial=_start(found, title=row.title, words=row.words), bodies=[(body.pk, body.name) for body in mine],
        seats=[pair for body in mine for pair in _named(found, body)], others=[(one.pk, title_of(one)) for one in found.others],
        hers=any(hers for hers, _words in found.given), from_families=row.source == Source.FAMILIES,
    )  # fmt: skip
    given = "; ".join(f"“{words}”" for _hers, words in found.given)
    lede = _("What came with it: %(words)s") % {"words": given} if given else row.words or _("Nothing more came with it.")
    act = lambda **frame: actions.triage(facts=form.facts, **frame)  # noqa: E731
    return _page(request, found, form, act, title=_("Triage: %(title)s") % {"title": title_of(row)}, save=_("Keep it"), lede=lede)


def _named(found: Journey, body: Any) -> list[tuple[Any, Any]]:
    return [(seat.pk, f"{body.name}: {seat.name}") for seat in found.seats if seat.body_id == body.pk]


@deed(Deed.TRY)
def tried(request: HttpRequest, found: Journey) -> HttpResponse:
    """What was tried."""
    form = forms.TryForm(
        request.POST or None, initial=_start(found, cross_system=found.row.cross_system), seats=_seats(found, body_id=found.row.body_id),
        leads=Deed.RESOLVE in found.may,
    )  # fmt: skip

    def act(*, version: int, **frame: Any) -> Answer:
        return actions.note_try(**form.told, **frame)

    return _page(request, found, form, act, title=_("What was tried"), save=_("Keep it"))


@deed(Deed.UP)
def up(request: HttpRequest, found: Journey) -> HttpResponse:
    """To the next tier."""
    form = forms.UpForm(request.POST or None, initial=_start(found, cross_system=found.row.cross_system))
    act = lambda **frame: actions.send_up(**form.told, **frame)  # noqa: E731
    lede = _("They see what you tried and about how many families it touches. No family is named.")
    return _page(request, found, form, act, title=_("Send it up: %(title)s") % {"title": title_of(found.row)}, save=_("Send it up"), lede=lede)


@deed(Deed.DECIDE)
def decide(request: HttpRequest, found: Journey) -> HttpResponse:
    """The decision of oversight."""
    bodies = [(body.pk, body.name) for body in found.bodies if body.tier != Tier.OVERSIGHT]
    form = forms.DecideForm(request.POST or None, initial=_start(found), bodies=bodies)
    act = lambda **frame: actions.decide(facts=form.facts, **frame)  # noqa: E731
    lede = _("Your decision goes back to the tier that raised it, and to who raised it.")
    lede = f"{lede} {before_noting(found.standing, found.row.body)}".strip()
    return _page(request, found, form, act, title=_("Decide: %(title)s") % {"title": title_of(found.row)}, save=_("Decide"), lede=lede)


@deed(Deed.OUTCOME)
def outcome(request: HttpRequest, found: Journey) -> HttpResponse:
    """Guidance, a pilot, a policy or a change of practice. Guidance and a pilot are drafted next, with what is known filled in."""
    row = found.row
    form = forms.OutcomeForm(request.POST or None, initial=_start(found, outcome_kind=row.outcome_kind, words=row.outcome_words))
    act = lambda **frame: actions.put_outcome(kind=form.told["outcome_kind"], words=form.told["words"], **frame)  # noqa: E731
    lede = _("Guidance and a pilot are drafted on the next page, with what is known filled in.")

    def leads_to(_done: Done) -> tuple[str, dict[str, Any]]:
        to = {"GUIDANCE": "barrier_guidance", "PILOT": "barrier_pilot"}.get(form.told["outcome_kind"], "barrier")
        where = {"collaborative_id": found.standing.collaborative.pk, "barrier_id": row.pk}
        return to if leads_any(found.standing) else "barrier", where

    return _page(request, found, form, act, title=_("What it turns into"), save=_("Keep it"), lede=lede, leads_to=leads_to)


@deed(Deed.OUTCOME)
def guidance(request: HttpRequest, found: Journey) -> HttpResponse:
    """The guidance that answers it, with its title and the words of the decision filled in."""
    allowed(leads_any(found.standing))
    issuers = [(body.pk, body.name) for body in found.bodies if body.tier == Tier.OVERSIGHT]
    form = GuidanceForm(request.POST or None, initial=_start(found, **known.guidance_start(found)), bodies=issuers)
    form.fields["text"].help_text = forms.NOBODY
    return _turned(request, found, form, to="guidance", title=_("Draft guidance from it"))


@deed(Deed.OUTCOME)
def pilot(request: HttpRequest, found: Journey) -> HttpResponse:
    """The pilot that tries an answer, with its measure from the last try filled in."""
    allowed(leads_any(found.standing))
    mine = [(body.pk, body.name) for body in found.bodies if found.standing.leads(body.pk)]
    start = known.pilot_start(found, today=clock.today(agency_of(request).zone))
    form = PilotForm(request.POST or None, initial=_start(found, **start), bodies=mine)
    form.fields["what"].help_text = forms.NOBODY
    return _turned(request, found, form, to="pilot", title=_("Propose a pilot from it"))


def _turned(request: HttpRequest, found: Journey, form: Any, *, to: str, title: str) -> HttpResponse:
    """The page that drafts what a barrier turns into; what was made is shown next, and names the barrier."""
    act = lambda **frame: actions.turn_into(facts=form.facts, **frame)  # noqa: E731
    where = lambda done: (to, {"collaborative_id": found.standing.collaborative.pk, f"{to}_id": done.row_id})  # noqa: E731
    lede = _("It answers: %(title)s. Change what is filled in where it does not fit.") % {"title": title_of(found.row)}
    return _page(request, found, form, act, title=title, save=_("Draft it"), lede=lede, leads_to=where)


@deed(Deed.TELL)
def tell(request: HttpRequest, found: Journey) -> HttpResponse:
    """The answer that goes back, always."""
    row = found.row
    form = forms.TellForm(request.POST or None, initial=_start(found, plain=row.plain, plain_es=row.plain_es))
    act = lambda **frame: actions.tell_back(**form.told, **frame)  # noqa: E731
    lede = _("Nothing closes before who raised it has heard what became of it.")
    return _page(request, found, form, act, title=_("Tell it back: %(title)s") % {"title": title_of(row)}, save=_("Tell it back"), lede=lede)


def _words(act: Callable[..., Answer], *, title: Any, label: Any, save: Any, needed: bool = True) -> Callable[..., HttpResponse]:
    def view(request: HttpRequest, found: Journey) -> HttpResponse:
        form = forms.WordsForm(request.POST or None, initial=_start(found), label=str(label), needed=needed)
        return _page(request, found, form, lambda **frame: act(words=form.told["words"], **frame), title=str(title), save=str(save))

    return view


resolve = deed(Deed.RESOLVE)(_words(actions.resolve, title=later("It is resolved"), label=later("What changed?"), save=later("It is resolved")))
gone = deed(Deed.CONFIRM)(
    _words(actions.confirm, title=later("Yes, it is gone"), label=later("You can say more"), save=later("Yes, it is gone"), needed=False)
)
again = deed(Deed.REOPEN)(
    _words(actions.reopen, title=later("It still stands in the way"), label=later("What still stands in the way?"), save=later("Open it again"))
)
close = deed(Deed.CLOSE)(_words(actions.close, title=later("Close it"), label=later("You can say more"), save=later("Close it"), needed=False))


@deed(Deed.CYCLE)
def cycle(request: HttpRequest, found: Journey) -> HttpResponse:
    """Plan a try (R-202)."""
    form = forms.CycleForm(request.POST or None, initial=_start(found, starts_on=clock.today(agency_of(request).zone)))
    act = lambda **frame: actions.begin_cycle(facts=form.facts, **frame)  # noqa: E731
    return _page(request, found, form, act, title=_("Plan a try"), save=_("Begin it"))


@deed(Deed.CYCLE)
def cycle_end(request: HttpRequest, found: Journey, cycle_id: UUID) -> HttpResponse:
    """How a try went, and what follows."""
    row = next((one for one in found.cycles if one.pk == cycle_id), None)
    if row is None:
        raise NotVisible
    form = forms.CycleEndForm(request.POST or None, initial=_start(found, ended_on=clock.today(agency_of(request).zone)))

    def act(*, barrier_id: UUID, **frame: Any) -> Answer:
        return actions.end_cycle(cycle_id=row.pk, facts=form.facts, **frame)

    return _page(request, found, form, act, title=_("How did it go?"), save=_("Keep it"), lede=row.change)
