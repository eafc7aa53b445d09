"""Possible matches: the list, two records side by side, and what somebody says of them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from careloom.agencies.gate import needs
from careloom.agencies.queries import agencies_by_id
from careloom.agencies.roles import Permission
from careloom.agencies.signed_in import agency_of, viewer_of
from careloom.infra import clock
from careloom.infra.access.accounting import account
from careloom.infra.answers import Done, Refused, Stale
from careloom.infra.ui.components import Tabs
from careloom.infra.ui.paging import page_number
from careloom.people import forms, presenters
from careloom.people.matching import answering, looking
from careloom.people.matching.model import load_model

says = needs(Permission.FAMILY_READ, Permission.IDENTITY_JOIN)
SHOWN = {"open": ("OPEN",), "later": ("LATER",), "answered": ("SAME", "NOT_SAME")}
FORMS: dict[str, type[forms.Refusable]] = {"same": forms.SameForm, "not-same": forms.NotSameForm, "later": forms.LaterForm}


@require_safe
@says
def matches(request: HttpRequest) -> HttpResponse:
    """Records that may be of one person, both of which the reader may read: the surest first."""
    viewer, own = viewer_of(request), agency_of(request)
    shown = request.GET.get("show", "open")
    shown = shown if shown in SHOWN else "open"
    found = looking.matches_of(viewer=viewer, states=SHOWN[shown], due_on=clock.today(own.zone), page=page_number(request))
    rows = {row.pk: row for pair in found.pairs for row in (pair.left, pair.right)}
    account(viewer=viewer, place="people:matches", rows=rows.values(), at=clock.now())
    agencies = agencies_by_id(ids={row.holder_id for row in rows.values()})
    lines = presenters.match_lines(found.pairs, agencies=agencies, own=own)
    tabs = Tabs(
        label=_("Which ones"),
        items=((_("To be looked at"), "?show=open", shown == "open"), (_("Put off"), "?show=later", shown == "later"),
               (_("Answered"), "?show=answered", shown == "answered")),
    )  # fmt: skip
    return render(request, "people/matches.html", {"found": found, "lines": lines, "tabs": tabs, "shown": shown, "nav": "families"})


@require_safe
@says
def match(request: HttpRequest, match_id: UUID) -> HttpResponse:
    """Two records side by side."""
    pair = looking.get_pair(viewer=viewer_of(request), match_id=match_id)
    return _page(request, pair)


@require_POST
@says
def answer(request: HttpRequest, match_id: UUID, says_what: str) -> HttpResponse:
    """What somebody says of two records."""
    viewer, at = viewer_of(request), clock.now()
    pair = looking.get_pair(viewer=viewer, match_id=match_id)
    form = FORMS[says_what](request.POST)
    if form.is_valid():
        done = _say(says_what, match_id=match_id, told=form.cleaned_data, by=viewer, at=at)
        if isinstance(done, Done):
            words = {"same": _("Joined. It can be taken back."), "not-same": _("Kept. This pair is not asked about again.")}
            messages.success(request, words.get(says_what, _("Kept. It comes back on that day.")))
            return redirect("people:matches") if says_what != "same" else redirect("people:match", match_id=match_id)
        if isinstance(done, Stale):
            messages.warning(request, _("A colleague answered meanwhile. This is how it stands now."))
            return _page(request, looking.get_pair(viewer=viewer, match_id=match_id), status=409)
        form.refuse(done.codes)
    return _page(request, pair, bound={says_what: form}, status=422)


def _say(says_what: str, *, match_id: UUID, told: dict[str, Any], by: Any, at: Any) -> Done | Refused | Stale:
    to = {"by": by, "at": at, "match_id": match_id, "row_version": told["row_version"]}
    if says_what == "same":
        return answering.say_same(**to)
    if says_what == "not-same":
        return answering.say_not_same(**to, because=told["because"])
    return answering.say_later(**to, look_again_on=told["look_again_on"])


def _page(request: HttpRequest, pair: looking.Pair, *, bound: dict[str, Any] | None = None, status: int = 200) -> HttpResponse:
    viewer, own = viewer_of(request), agency_of(request)
    account(viewer=viewer, place="people:match", rows=pair.rows, at=clock.now())
    agencies = agencies_by_id(ids={row.holder_id for row in pair.rows})
    version = {"row_version": pair.match.row_version}
    later = {"look_again_on": clock.today(own.zone) + timedelta(days=load_model().look_again_days)}
    open_forms = {
        "same": forms.SameForm(initial=version, auto_id="same_%s"), "not_same": forms.NotSameForm(initial=version, auto_id="not_%s"),
        "later": forms.LaterForm(initial=version | later, auto_id="later_%s"),
    }  # fmt: skip
    open_forms |= {name.replace("-", "_"): form for name, form in (bound or {}).items()}
    context = {
        "pair": pair, "rows": presenters.side_rows(pair, agencies=agencies, own=own), "nav": "families",
        "sure": presenters.sureness(weight=pair.match.weight, answers=pair.match.answers),
        "names": (presenters.full_name(pair.left), presenters.full_name(pair.right)), "beside": looking.beside(viewer=viewer, pair=pair),
        "forms": open_forms, "open": pair.match.state in {"OPEN", "LATER"} and not pair.is_one,
        "joined": looking.join_about(viewer=viewer, pair=pair),
    }  # fmt: skip
    return render(request, "people/match.html", context, status=status)
