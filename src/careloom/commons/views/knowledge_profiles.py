"""Profiles of partners, side by side, how differences were settled, and who does what."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from careloom.agencies.signed_in import viewer_of
from careloom.commons.forms.knowledge import ProfileForm, RolesForm, SettleForm
from careloom.commons.presenters import knowledge_told as shown
from careloom.commons.presenters.knowledge_lists import link
from careloom.commons.views.knowledge import page, today_of
from careloom.commons.views.parts import asked, load, page_view, posted, reads
from careloom.infra import clock
from careloom.infra.access import NotVisible
from careloom.kernel.partnership.knowing import PROFILE, SETTLED_TOGETHER, ProcessStep
from careloom.knowledge import actions, queries
from careloom.knowledge import words as said
from careloom.partnership.models import Partner
from careloom.partnership.queries import Rooms


@require_safe
@reads
def profiles(request: HttpRequest, collaborative_id: UUID) -> HttpResponse:
    """Every partner with how much it told, and the ways to see profiles side by side."""
    rooms = load(request, collaborative_id)
    told = queries.profiles_told(viewer=viewer_of(request), collaborative_id=collaborative_id)
    lede = _("Each partner writes its own, with the day on which it is true.")
    return page(request, rooms, title=_("Agency profiles"), lede=lede, blocks=shown.profiles_block(rooms, told))


@require_safe
@reads
def beside(request: HttpRequest, collaborative_id: UUID, section: str) -> HttpResponse:
    """A section of all profiles side by side."""
    rooms = load(request, collaborative_id)
    found = queries.side_by_side(viewer=viewer_of(request), collaborative_id=collaborative_id, section=section)
    blocks = [shown.beside_block(rooms, section, found)]
    if section == "VIEWS":
        blocks += shown.settled_blocks(rooms, queries.settled(viewer=viewer_of(request), collaborative_id=collaborative_id))
    above = (_("Agency profiles"), reverse("commons:profiles", args=[collaborative_id]))
    return page(request, rooms, title=_("Side by side"), blocks=blocks, above=above)


@require_safe
@reads
def profile(request: HttpRequest, collaborative_id: UUID, partner_id: UUID) -> HttpResponse:
    """One partner's profile."""
    rooms = load(request, collaborative_id)
    partner = _partner(rooms, partner_id)
    told = queries.profile(viewer=viewer_of(request), collaborative_id=collaborative_id, partner_id=partner_id)
    above = (_("Agency profiles"), reverse("commons:profiles", args=[collaborative_id]))
    return page(request, rooms, title=partner.name, lede=partner.brings, blocks=shown.profile_blocks(rooms, partner_id, told), above=above)


@page_view
@reads
def write(request: HttpRequest, collaborative_id: UUID, partner_id: UUID, section: str) -> HttpResponse:
    """Write a section of a profile."""
    rooms = load(request, collaborative_id)
    partner = _partner(rooms, partner_id)
    if section not in PROFILE or not rooms.standing.speaks_for(partner_id):
        raise NotVisible
    told = queries.profile(viewer=viewer_of(request), collaborative_id=collaborative_id, partner_id=partner_id)
    start = {part: told[part][0].words for part in PROFILE[section] if part in told} | {"as_of": today_of(request)}
    form = ProfileForm(request.POST or None, section=section, initial=start)
    response = posted(
        request, form,
        lambda: actions.write_profile(
            by=viewer_of(request), at=clock.now(), collaborative_id=collaborative_id, partner_id=partner_id, section=section, told=form.told,
            as_of=form.cleaned_data["as_of"], request_key=form.cleaned_data["request_key"],
        ),
        leads_to=lambda done: ("profile", {"collaborative_id": collaborative_id, "partner_id": partner_id}),
    )  # fmt: skip
    back = reverse("commons:profile", args=[collaborative_id, partner_id])
    return response or asked(request, form, rooms=rooms, title=str(said.SECTIONS[section]), lede=partner.name, back=back)


@page_view
@reads
def settle(request: HttpRequest, collaborative_id: UUID, part: str) -> HttpResponse:
    """How partners settled a difference: the next version."""
    rooms = load(request, collaborative_id)
    if part not in SETTLED_TOGETHER or not _leads(rooms):
        raise NotVisible
    versions = queries.settled(viewer=viewer_of(request), collaborative_id=collaborative_id)[part]
    old = versions[0] if versions else None
    start = {"words": old.words if old else "", "version": old.version if old else 0, "as_of": today_of(request)}
    form = SettleForm(request.POST or None, initial=start)
    response = posted(
        request, form,
        lambda: actions.settle(
            by=viewer_of(request), at=clock.now(), collaborative_id=collaborative_id, part=part, words=form.cleaned_data["words"],
            as_of=form.cleaned_data["as_of"], after=form.cleaned_data["version"], request_key=form.cleaned_data["request_key"],
        ),
        leads_to=lambda done: ("beside", {"collaborative_id": collaborative_id, "section": "VIEWS"}),
    )  # fmt: skip
    back = reverse("commons:beside", args=[collaborative_id, "VIEWS"])
    return response or asked(request, form, rooms=rooms, title=str(said.PARTS[part]), back=back)


@require_safe
@reads
def roles(request: HttpRequest, collaborative_id: UUID) -> HttpResponse:
    """Who does what: the version in force or an earlier one, what is unclear, and why each version came."""
    rooms = load(request, collaborative_id)
    found = queries.roles(viewer=viewer_of(request), collaborative_id=collaborative_id)
    wanted = request.GET.get("version", "")
    chosen = next((row for row in found.versions if str(row.version) == wanted), found.now)
    new = (link(_("Adopt a new version"), "roles_new", collaborative_id, kind="solid"),) if _leads(rooms) else ()
    lede = _("For each step: who does it, who answers for it, who is asked before, who is told after.")
    return page(request, rooms, title=_("Who does what"), lede=lede, blocks=shown.roles_blocks(rooms, found, chosen), buttons=new)


@page_view
@reads
def adopt_roles(request: HttpRequest, collaborative_id: UUID) -> HttpResponse:
    """The next version of who does what."""
    rooms = load(request, collaborative_id)
    if not _leads(rooms):
        raise NotVisible
    old = queries.roles(viewer=viewer_of(request), collaborative_id=collaborative_id).now
    start = {f"{step}_{partner}": letters for step, row in (old.cells if old else {}).items() for partner, letters in row.items()}
    start |= {"version": old.version if old else 0, "adopted_on": today_of(request), "why": "FIRST" if old is None else ""}
    form = RolesForm(request.POST or None, partners=[(row.pk, row.name) for row in rooms.partners], first=old is None, initial=start)
    response = posted(
        request, form,
        lambda: actions.adopt_roles(
            by=viewer_of(request), at=clock.now(), collaborative_id=collaborative_id, cells=form.told, why=form.cleaned_data["why"],
            words=form.cleaned_data["words"], adopted_on=form.cleaned_data["adopted_on"], after=form.cleaned_data["version"],
            request_key=form.cleaned_data["request_key"],
        ),
        leads_to=lambda done: ("roles", {"collaborative_id": collaborative_id}), said=_("Adopted."),
    )  # fmt: skip
    context = {
        "form": form, "rooms": rooms, "nav": "partnership", "steps": [said.STEPS[step] for step in ProcessStep],
        "lines": [(row.name, [form[f"{step}_{row.pk}"] for step in ProcessStep]) for row in rooms.partners],
        "rest": [form[name] for name in ("why", "words", "adopted_on")], "duties": list(said.DUTIES.items()),
    }  # fmt: skip
    return response or render(request, "commons/knowledge_roles.html", context, status=422 if form.errors else 200)


def _partner(rooms: Rooms, partner_id: UUID) -> Partner:
    """A partner of it. Raises NotVisible."""
    found = next((row for row in rooms.partners if row.pk == partner_id), None)
    if found is None:
        raise NotVisible
    return found


def _leads(rooms: Rooms) -> bool:
    return rooms.standing.runs or bool(rooms.standing.officer_of)
