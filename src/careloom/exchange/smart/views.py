"""A hospital's worker comes from the EHR, or goes there to choose, and comes back to a prefilled notification.

The way to the EHR is a page that goes on by itself and not a redirect: after a sign-in on the way, the policy of our own forms would stop it.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from careloom.agencies.gate import needs
from careloom.agencies.roles import Permission
from careloom.agencies.signed_in import agency_of, viewer_of
from careloom.exchange.families.importing import Refused
from careloom.exchange.fhir import Problem
from careloom.exchange.models import Ehr
from careloom.exchange.smart.facts import lines_of
from careloom.exchange.smart.gathering import gather
from careloom.exchange.smart.launching import MOST_LAUNCH, Pending, way_out, wire_to
from careloom.exchange.smart.opening import Opened, open_from
from careloom.exchange.smart.redeeming import redeem
from careloom.exchange.smart.registering import ehr_in_use, ehrs_of, is_practice
from careloom.exchange.smart.wire import EhrFailed
from careloom.exchange.smart.words import FAILURES, KINDS
from careloom.infra import clock

KEPT = "ehr_pending"
MOST_PENDING = 5
may_open = needs(Permission.NOTIFY, Permission.IMPORT_RECORDS)


@may_open
@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """The EHRs of her agency, for those who begin here and choose the record there."""
    return render(request, "exchange/ehr_choose.html", {"nav": "families", "ehrs": ehrs_of(viewer=viewer_of(request)).filter(ended_at=None)})


@may_open
@require_safe
@never_cache
def standalone(request: HttpRequest, ehr_id: UUID) -> HttpResponse:
    """Go to one EHR and choose the record there."""
    return _go(request, ehr_in_use(viewer=viewer_of(request), ehr_id=ehr_id), launch="")


@may_open
@require_safe
@never_cache
def launch(request: HttpRequest) -> HttpResponse:
    """The EHR opens Careloom for the record that is open there (`iss`, `launch`). An address that is not registered is never asked."""
    word = request.GET.get("launch", "")
    if not 0 < len(word) <= MOST_LAUNCH:
        return _problem(request, "NO_PATIENT")
    iss = request.GET.get("iss", "")
    return _go(request, ehr_in_use(viewer=viewer_of(request), iss=iss) if "\x00" not in iss else None, launch=word)


@may_open
@require_safe
@never_cache
def back(request: HttpRequest) -> HttpResponse:
    """Back from the EHR with a code: read the pair, start the notification, show which fact came from where. A way back counts once."""
    pending = _taken(request)
    viewer, at = viewer_of(request), clock.now()
    if pending is None or pending.agency_id != str(viewer.holder_id) or pending.until < at.timestamp():
        return _problem(request, "STATE")
    ehr = ehr_in_use(viewer=viewer, ehr_id=UUID(pending.ehr_id))
    if ehr is None:
        return _problem(request, "UNKNOWN")
    code = request.GET.get("code", "")
    if not code or "error" in request.GET:
        return _problem(request, "DENIED")
    try:
        wire = wire_to(ehr, practice=is_practice())
        granted = redeem(wire=wire, pending=pending, client_id=ehr.client_id, code=code)
        gathered = gather(wire=wire, iss=ehr.iss, granted=granted, today=clock.today())
    except EhrFailed as failed:
        return _problem(request, failed.code)
    done = open_from(by=viewer, at=at, ehr=ehr, gathered=gathered, pack=agency_of(request).pack)
    if not isinstance(done, Opened):
        return _refused(request, done)
    lines = lines_of(viewer=viewer, read=done.read, identities=done.identities, iss=ehr.iss, at=at)
    kept_back = [KINDS[kind] for kind in gathered.kept_back]
    return render(request, "exchange/ehr_opened.html", {"nav": "families", "ehr": ehr, "done": done, "lines": lines, "kept_back": kept_back})


def _go(request: HttpRequest, ehr: Ehr | None, *, launch: str) -> HttpResponse:
    if ehr is None:
        return _problem(request, "UNKNOWN")
    home = request.build_absolute_uri(reverse("ehr:back"))
    try:
        out = way_out(ehr=ehr, agency_id=ehr.agency_id, launch=launch, back=home, now=clock.now(), practice=is_practice())
    except EhrFailed as failed:
        return _problem(request, failed.code)
    kept: dict[str, Any] = request.session.get(KEPT, {})
    newest = sorted([*kept.items(), (out.state, out.pending.as_stored())], key=lambda one: float(one[1]["until"]))[-MOST_PENDING:]
    request.session[KEPT] = dict(newest)
    return render(request, "exchange/ehr_go.html", {"ehr": ehr, "url": out.url})


def _taken(request: HttpRequest) -> Pending | None:
    """What was remembered under this state, forgotten with this request. Of two at once, the EHR refuses the second: a code counts once there."""
    kept: dict[str, Any] = request.session.get(KEPT, {})
    stored = kept.pop(request.GET.get("state", ""), None)
    if stored is None:
        return None
    request.session[KEPT] = kept
    return Pending(**stored)


def _problem(request: HttpRequest, code: str) -> HttpResponse:
    return render(request, "exchange/ehr_problem.html", {"nav": "families", "words": FAILURES[code]}, status=422)


def _refused(request: HttpRequest, refused: Refused) -> HttpResponse:
    problems: list[tuple[str, Problem]] = list(refused.problems[:50])
    return render(request, "exchange/ehr_problem.html", {"nav": "families", "words": "", "problems": problems}, status=422)
