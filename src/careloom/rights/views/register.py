"""The requests of patients to an agency: the list, one request, and what was handed over."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from careloom.agencies.gate import needs
from careloom.agencies.queries import agencies_by_id
from careloom.agencies.roles import Permission
from careloom.agencies.signed_in import agency_of, viewer_of
from careloom.infra import clock
from careloom.infra.access import NotVisible
from careloom.infra.access.accounting import account
from careloom.infra.documents.handing import document
from careloom.infra.ui.components import Tabs
from careloom.infra.ui.paging import page_number
from careloom.rights import actions, presenters, queries, words
from careloom.rights.actions.limiting import officials_of
from careloom.rights.documents import has_letter, render_letter
from careloom.rights.kinds import Right
from careloom.rights.models import RightsRequest
from careloom.rights.views.answers import answers_of

keeps = needs(Permission.PAPERS_KEEP)


@require_safe
@keeps
def register(request: HttpRequest) -> HttpResponse:
    """What patients asked of the agency: the open requests, the next clock first, or all; of one right or of every one."""
    every, asked = request.GET.get("all") == "1", request.GET.get("right", "")
    right = asked if asked in set(Right) else ""
    viewer = viewer_of(request)
    found = queries.requests_of(viewer=viewer, open_only=not every, right=right, page=page_number(request))
    account(viewer=viewer, place="rights:register", rows=found.rows, at=clock.now())  # type: ignore[arg-type]
    lines = presenters.request_lines(found.rows, own=agency_of(request), today=clock.today(agency_of(request).zone))
    context = {"found": found, "lines": lines, "every": every, "right": right, "tabs": _tabs(right, every=every)}
    return render(request, "rights/register.html", context)


@require_safe
@keeps
def letter(request: HttpRequest, right_id: UUID) -> HttpResponse:
    """The answer as a letter, for who reads no pages here. In the language of her record."""
    viewer, own, at = viewer_of(request), agency_of(request), clock.now()
    row = queries.get_right(viewer=viewer, right_id=right_id)
    if not has_letter(row):
        raise NotVisible
    account(viewer=viewer, place="rights:letter", rows=[row], at=at)
    language = queries.language_at(holder_id=own.pk, identity_id=row.identity_id)
    made = render_letter(row=row, holder=own, on=clock.today(own.zone), language=language)
    return document(made, media_type="application/pdf", name="letter")


def _tabs(right: str, *, every: bool) -> Tabs:
    rest = "&all=1" if every else ""
    items = [
        (_("Everything"), f"?right={rest}", not right),
        *((str(label), f"?right={code}{rest}", code == right) for code, label in words.RIGHTS.items()),
    ]
    return Tabs(label=_("What was asked"), items=tuple(items))


@require_safe
@keeps
def one(request: HttpRequest, right_id: UUID) -> HttpResponse:
    """One request, and what the law lets the agency do with it now."""
    row = queries.get_right(viewer=viewer_of(request), right_id=right_id)
    account(viewer=viewer_of(request), place="rights:one", rows=[row], at=clock.now())
    return shown(request, row)


@require_safe
@keeps
def paper(request: HttpRequest, right_id: UUID) -> HttpResponse:
    """The paper or file as it was handed over."""
    row, content = actions.handed_over(by=viewer_of(request), right_id=right_id)
    account(viewer=viewer_of(request), place="rights:paper", rows=[row], at=clock.now())
    return document(content, media_type=row.media_type, name="answer")


def shown(request: HttpRequest, row: RightsRequest, *, bound: dict[str, Any] | None = None, status: int = 200) -> HttpResponse:
    """The page of one request; `bound` holds the form that was just sent and refused, by its name."""
    viewer, own, at = viewer_of(request), agency_of(request), clock.now()
    agencies = agencies_by_id(ids={row.to_agency_id} - {None})
    official = row.right == Right.ACCOUNTING and bool(officials_of(holder_id=own.pk, identity_id=row.identity_id))
    context = {
        "row": row, "title": words.code(row.right, among=words.RIGHTS), "status": presenters.state_mark(row, today=clock.today(own.zone)),
        "facts": presenters.request_facts(row, own=own, agencies=agencies), "grounds": [words.code(c, among=words.GROUNDS) for c in row.codes],
        "steps": presenters.step_lines(queries.steps_of(viewer=viewer, request_id=row.pk), own=own),
        "official": official, "has_paper": bool(row.media_type),
        "has_letter": has_letter(row),
        **answers_of(row, own=own, at=at, bound=bound or {}),
    }  # fmt: skip
    return render(request, "rights/one.html", context, status=status)
