"""A worker fetches a consented record: choose the source, follow how far it is, look at the facts, take over what is right."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from careloom.agencies.family_tabs import family_tabs
from careloom.agencies.gate import needs
from careloom.agencies.roles import Permission
from careloom.agencies.signed_in import agency_of, viewer_of
from careloom.consents.pages.subject import subject_of
from careloom.exchange.fetching import actions, proposals, remote, sources, words
from careloom.exchange.fetching.covering import cover_of
from careloom.exchange.models import READY, RUNNING, STOPPED, WAITING, Fetch
from careloom.infra import clock
from careloom.infra.access import NotVisible
from careloom.infra.access.accounting import account
from careloom.infra.answers import Done, Refused

A_PAGE = 25
fetches = needs(Permission.FAMILY_READ, Permission.IMPORT_RECORDS)


@require_http_methods(["GET", "HEAD", "POST"])
@fetches
def family(request: HttpRequest, identity_id: UUID) -> HttpResponse:
    """From where her record may be fetched, and what was asked for."""
    viewer, at, place = viewer_of(request), clock.now(), "fetch:family"
    subject = subject_of(viewer=viewer, identity_id=identity_id, place=place, at=at)
    if subject.mother is None:
        raise NotVisible
    offers = actions.offers_for(viewer=viewer, identity_id=identity_id, at=at)
    if request.method == "POST":
        chosen = next((one for one in offers if str(one.source.pk) == request.POST.get("source")), None)
        if chosen is None:
            messages.warning(request, words.GAPS["NOT_COVERED"])
            return redirect("fetch:family", identity_id=identity_id)
        done = actions.ask(
            by=viewer, at=at, identity_id=identity_id, source_id=chosen.source.pk, request_key=request.POST.get("request_key", "")[:64]
        )
        if isinstance(done, Done):
            return redirect("fetch:one", fetch_id=done.row_id)
        messages.warning(request, words.GAPS[done.codes[0]])
        return redirect("fetch:family", identity_id=identity_id)
    rows = Fetch.objects.seen_by(viewer).filter(identity_id=identity_id, holder_id=viewer.holder_id)
    page = Paginator(rows.defer("sealed").order_by("-asked_at", "pk"), A_PAGE).get_page(request.GET.get("page"))
    account(viewer=viewer, place=place, rows=list(page), at=at)
    names = dict(sources.sources_of(viewer=viewer).values_list("pk", "name"))
    context = {
        "subject": subject, "tabs": family_tabs(viewer=viewer, identity_id=identity_id, here="consents"), "offers": offers,
        "lines": [(row, names.get(row.source_id, ""), words.STATES[row.state]) for row in page], "page": page,
        "zone": agency_of(request).zone, "request_key": uuid4().hex,
    }  # fmt: skip
    return render(request, "exchange/fetch_family.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@fetches
@never_cache
def one(request: HttpRequest, fetch_id: UUID) -> HttpResponse:
    """How far it is; and when it is here, what it says, to choose from."""
    viewer, at, place = viewer_of(request), clock.now(), "fetch:one"
    row = actions.fetch_of(viewer=viewer, fetch_id=fetch_id)
    if request.method == "POST":
        return _posted(request, row)
    subject = subject_of(viewer=viewer, identity_id=row.identity_id, place=place, at=at)
    cover = cover_of(viewer=viewer, identity_id=row.identity_id, discloser=row.source.discloser, at=at)
    shown = []
    if row.state == READY and cover is not None:
        shown = proposals.visible(proposals.unpacked(proposals.unseal(row)), viewer=viewer, cover=cover)
    account(viewer=viewer, place=place, rows=[row, *shown], at=at)
    lines = proposals.lines_of(shown, viewer=viewer, identity_id=row.identity_id) if shown else []
    steps = [(label, code in row.done, code in row.kept_back) for code, label in words.STEPS.items()]
    gone = row.state == READY and cover is None
    context = {
        "row": row, "subject": subject, "tabs": family_tabs(viewer=viewer, identity_id=row.identity_id, here="consents"),
        "new": [line for line in lines if not line.known], "known": [line for line in lines if line.known],
        "state": words.STATES[row.state], "why": words.FAILURES["CONSENT"] if gone else words.FAILURES.get(row.why, ""), "steps": steps,
        "moves": row.state in (WAITING, RUNNING), "stopped": row.state == STOPPED, "ready": row.state == READY and not gone,
        "far": len(row.done) + len(row.kept_back), "all": len(remote.STEPS), "zone": agency_of(request).zone,
        "kept_back": [words.STEPS[code] for code in row.kept_back],
    }  # fmt: skip
    return render(request, "exchange/fetch_one.html", context)


def _posted(request: HttpRequest, row: Fetch) -> HttpResponse:
    viewer, at, does = viewer_of(request), clock.now(), request.POST.get("does", "")
    keys = request.POST.getlist("fact")
    done: Done | Refused | None = None
    if does == "take":
        done = actions.take(by=viewer, at=at, fetch_id=row.pk, keys=keys)
    elif does in ("stop", "go_on", "close"):
        done = {"stop": actions.stop, "go_on": actions.go_on, "close": actions.close}[does](by=viewer, at=at, fetch_id=row.pk)
    if done is None:
        messages.warning(request, _("Nothing was changed. Use a button of this page."))
    elif isinstance(done, Refused):
        messages.warning(request, words.GAPS[done.codes[0]])
    elif does == "take":
        new = actions.fetch_of(viewer=viewer, fetch_id=row.pk).taken - row.taken
        said = ngettext("%(n)s fact is in your record now, with its source.", "%(n)s facts are in your record now, with their source.", new)
        messages.success(request, said % {"n": new})
    return redirect("fetch:family", identity_id=row.identity_id) if does == "close" else redirect("fetch:one", fetch_id=row.pk)
