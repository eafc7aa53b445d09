"""Which kinds of record each role opens in the own agency: the matrix, and one role's form. For its privacy officers."""

from __future__ import annotations

from uuid import uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from careloom.agencies import opening, words
from careloom.agencies.actions import Refused
from careloom.agencies.forms import OpeningForm
from careloom.agencies.gate import needs
from careloom.agencies.models import RoleOpening
from careloom.agencies.opening import Conflict, Opens
from careloom.agencies.roles import ALL_CATEGORIES, Permission, Role
from careloom.infra import clock
from careloom.infra.access import NotVisible

A_PAGE = 20


@needs(Permission.ROLE_OPENS_EDIT)
@require_safe
def opens(request: HttpRequest) -> HttpResponse:
    """The matrix of this agency: kinds of record by role."""
    agency = request.membership.agency
    found = [opening.opens(agency=agency, role=role) for role in opening.roles_of(agency)]
    kinds = sorted(ALL_CATEGORIES, key=lambda code: str(words.CATEGORIES[code]).lower())
    rows = [
        (words.CATEGORIES[code], [{"yes": code in one.categories, "own": (code in one.categories) != (code in one.default)} for one in found])
        for code in kinds
    ]
    heads = [{"role": one.role.value, "words": words.ROLES[one.role], "own": one.version > 0} for one in found]
    return render(request, "agencies/opens.html", {"heads": heads, "rows": rows})


@needs(Permission.ROLE_OPENS_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def role_opens(request: HttpRequest, role: str) -> HttpResponse:
    """What one role opens: change it with a reason, and read what was decided before."""
    agency = request.membership.agency
    if role not in {one.value for one in opening.roles_of(agency)}:
        raise NotVisible
    now = opening.opens(agency=agency, role=Role(role))
    start = {"categories": sorted(now.categories), "version": now.version, "request_key": uuid4().hex}
    form = OpeningForm(request.POST or None, initial=start, most=now.most, default=now.default)
    if request.method == "POST" and form.is_valid():
        answer = _changed(request, form, now)
        if answer is not None:
            return answer
    return _page(request, form, now)


def _changed(request: HttpRequest, form: OpeningForm, now: Opens) -> HttpResponse | None:
    clean = form.cleaned_data
    done = opening.change(
        role=now.role, categories=clean["categories"], reason=clean["reason"], version=clean["version"], by=request.viewer, at=clock.now(),
        request_key=clean["request_key"],
    )  # fmt: skip
    if isinstance(done, Refused):
        for reason in done.reasons:
            form.add_error(None, words.REFUSALS[reason])
        return None
    if isinstance(done, Conflict):
        context = {
            "role": words.ROLES[now.role], "role_code": now.role.value, "theirs": _named(done.theirs - done.mine),
            "mine": _named(done.mine - done.theirs), "mine_codes": sorted(done.mine), "reason": clean["reason"],
            "request_key": clean["request_key"], "version": done.version,
        }  # fmt: skip
        return render(request, "agencies/opens_conflict.html", context, status=409)
    messages.success(request, _("Saved. It holds from the next page that they open."))
    return redirect("agencies:role_opens", role=now.role.value)


def _page(request: HttpRequest, form: OpeningForm, now: Opens) -> HttpResponse:
    page = Paginator(opening.history(viewer=request.viewer, role=now.role), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "role": words.ROLES[now.role],
        "page": page,
        "past": [_told(row) for row in page],
        "never": _named(ALL_CATEGORIES - now.most),
    }
    return render(request, "agencies/role_opens.html", context, status=422 if form.errors else 200)


def _told(row: RoleOpening) -> dict[str, object]:
    before, after = frozenset(row.before), frozenset(row.categories)
    return {"at": row.at, "worker": row.worker.name, "reason": row.reason, "added": _named(after - before), "taken": _named(before - after)}


def _named(codes: frozenset[str]) -> list[str]:
    return sorted((str(words.CATEGORIES.get(code, code)) for code in codes), key=str.lower)
