"""Families that nobody reaches: the list, the tries and offers of one family, and the page on which a person states a concern."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from careloom.agencies.gate import needs
from careloom.agencies.models import Agency
from careloom.agencies.roles import Permission
from careloom.agencies.signed_in import agency_of, viewer_of
from careloom.following import actions, presenters, queries, words
from careloom.following.actions.attempts import closed_ways
from careloom.following.forms import AttemptForm, ConcernForm, OffersForm
from careloom.following.views.plan import known_names
from careloom.infra import clock
from careloom.infra.access.accounting import account
from careloom.infra.answers import Done, Stale
from careloom.infra.packs import current_pack
from careloom.infra.ui.paging import page_number
from careloom.kernel.agency_kinds import AgencyKind
from careloom.messages.contact import ways_for
from careloom.people.queries import names_of
from careloom.plans.models import OPEN_STATES
from careloom.plans.queries import plan_parts
from careloom.plans.views.frame import frame_of

form_view = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@needs(Permission.FAMILY_READ)
def unreached(request: HttpRequest) -> HttpResponse:
    """Families of the reader, or for a supervisor of the agency, with whom nobody was in touch."""
    viewer, at = viewer_of(request), clock.now()
    found = queries.unreached(viewer=viewer, at=at, page=page_number(request))
    plans: list[Any] = list(found.rows)
    people = names_of(viewer=viewer, identity_ids=[plan.identity_id for plan in plans])
    tried = queries.tried_of(viewer=viewer, plan_ids=[plan.pk for plan in plans], at=at)
    shown = [row for one in tried.values() for row in one.rows]
    account(viewer=viewer, place="following:unreached", rows=[*plans, *people.values(), *shown], at=at)
    rule, cards = current_pack().following.disengagement, []
    for plan in plans:
        who = people.get(plan.identity_id)
        since = _("First contact was due %(day)s") % {"day": date_format(plan.waited_on, "F j")} if plan.waited_on else ""
        label = (who.preferred_name or who.given_name) if who else _("a family")
        cards.append((plan, label, since, presenters.tried_words(tried[plan.pk], rule=rule)))
    return render(request, "following/unreached.html", {"found": found, "cards": cards, "page": found, "nav": "families"})


@form_view
@needs(Permission.FAMILY_READ)
def reach(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """How one family was tried, how she wants to be reached, and what the pack asks for before anybody lets go."""
    viewer, at, rule = viewer_of(request), clock.now(), current_pack().following.disengagement
    frame = frame_of(request, plan_id, place="reach")
    ways = ways_for(viewer=viewer, identity_id=frame.plan.identity_id)
    offered = queries.outreach_of(viewer=viewer, plan_id=plan_id)
    about = request.POST.get("about", "")
    shut = closed_ways(ways)
    tries = AttemptForm(request.POST if about == "try" else None, shut=shut, initial={"day": clock.today()}, auto_id="try_%s")
    offers = OffersForm(request.POST if about == "offer" else None, rule=rule, initial=OffersForm.start(offered), auto_id="offer_%s")
    may_write = viewer.can(Permission.PLAN_WRITE) and frame.plan.status in OPEN_STATES
    done: object = None
    if may_write and about == "try" and tries.is_valid():
        told = tries.told(zone=frame.zone, at=at)
        done = actions.note_attempt(by=viewer, at=at, plan_id=plan_id, told=told, request_key=tries.cleaned_data["request_key"])
        if not isinstance(done, Done):
            tries.refuse(done.codes)
    if may_write and about == "offer" and offers.is_valid():
        clean = offers.cleaned_data
        kept = actions.keep_offers(
            by=viewer, at=at, plan_id=plan_id, offers=tuple(clean["offers"]), written_on=clean["written_on"], written_in=clean["written_in"],
            row_version=clean["row_version"],
        )  # fmt: skip
        done = kept
        if isinstance(kept, Stale):
            offers.add_error(None, _("A colleague changed this meanwhile. Look at the page again before you save."))
        elif not isinstance(kept, Done):
            offers.refuse(kept.codes)
    if isinstance(done, Done):
        messages.success(request, _("Written down."))
        return redirect("following:reach", plan_id=plan_id)
    return _shown(request, frame=frame, ways=ways, shut=shut, tries=tries, offers=offers, may_write=may_write, rule=rule)


def _shown(request: HttpRequest, *, frame: Any, ways: Any, shut: frozenset[str], tries: AttemptForm, offers: OffersForm, **more: Any) -> HttpResponse:
    viewer, at, plan, rule = viewer_of(request), clock.now(), frame.plan, more["rule"]
    tried = queries.tried_of(viewer=viewer, plan_ids=[plan.pk], at=at)[plan.pk]
    rows = queries.attempts_of(viewer=viewer, plan_id=plan.pk, page=page_number(request))
    account(viewer=viewer, place="following:reach", rows=[*rows.rows, *ways.rows], at=at)  # type: ignore[list-item]
    parts = plan_parts(viewer=viewer, plan_id=plan.pk, plan=plan, brief=True)
    language = (get_language() or "en")[:2]
    context = {
        "frame": frame, "plan": plan, "tries": tries, "offers": offers, "may_write": more["may_write"], "page": rows, "ways": ways,
        "shut": [str(words.HOWS[code]) for code in words.HOWS if code in shut], "rule": rule, "tried": tried, "enough": tried.is_enough(rule),
        "tried_words": presenters.tried_words(tried, rule=rule), "letter": rule.letter, "nav": "families",
        "lines": presenters.attempt_lines(rows.rows, names=known_names(request, parts), zone=frame.zone),
        "offer_words": [one.label(language) for one in rule.offers],
    }  # fmt: skip
    return render(request, "following/reach.html", context, status=422 if tries.errors or offers.errors else 200)


@form_view
@needs(Permission.FAMILY_READ, Permission.PLAN_WRITE)
def concern(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """State a safety concern of one's own. The page sends nothing; it says whom to call."""
    viewer = viewer_of(request)
    frame = frame_of(request, plan_id, place="concern")
    stated = queries.concerns_of(viewer=viewer, plan_id=plan_id)
    account(viewer=viewer, place="following:concern", rows=stated, at=clock.now())
    form = ConcernForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        clean = form.cleaned_data
        done = actions.state_concern(
            by=viewer, at=clock.now(), plan_id=plan_id, words=clean["words"], does=clean["does"], is_own=clean["is_own"],
            request_key=clean["request_key"],
        )  # fmt: skip
        if isinstance(done, Done):
            messages.success(request, _("Written down for your agency alone. Nothing was sent to anybody."))
            return redirect("following:concern", plan_id=plan_id)
        form.refuse(done.codes)
    lines = Agency.objects.filter(kind=AgencyKind.CPS_AGENCY, active=True, pack=agency_of(request).pack).exclude(phone="").order_by("name")
    context = {
        "frame": frame, "plan": frame.plan, "form": form, "nav": "families", "lines": [(a.name_outside, a.phone) for a in lines[:10]],
        "stated": [(date_format(row.stated_at.astimezone(frame.zone), "M j, Y"), str(words.DOES[row.does]), row.words) for row in stated],
    }  # fmt: skip
    return render(request, "following/concern.html", context, status=422 if form.errors else 200)
