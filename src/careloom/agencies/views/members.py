"""Members of the own agency: list, invite, change, end. For its administrators."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from careloom.agencies import actions, queries, words
from careloom.agencies.actions import Refused
from careloom.agencies.forms import InviteForm, MemberForm
from careloom.agencies.gate import needs
from careloom.agencies.models import Membership
from careloom.agencies.roles import Permission, Role
from careloom.agencies.sign_in import send_set_password_link
from careloom.infra import clock
from careloom.infra.access import NotVisible
from careloom.infra.backups import shelf

A_PAGE = 50


@needs(Permission.AGENCY_ADMIN)
@require_safe
def members(request: HttpRequest) -> HttpResponse:
    """Everyone who works or worked in this agency."""
    page = Paginator(queries.members(agency_id=request.viewer.holder_id), A_PAGE).get_page(request.GET.get("page"))
    now = clock.now()
    rows = [(m, ", ".join(str(words.ROLES[Role(code)]) for code in m.roles), m.ends_at <= now) for m in page]
    saved = {"backup": shelf.last(settings.CARELOOM_HOME), "backup_failed": shelf.failed(settings.CARELOOM_HOME) is not None}
    return render(request, "agencies/members.html", {"page": page, "rows": rows, **saved})


@needs(Permission.AGENCY_ADMIN)
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: HttpRequest) -> HttpResponse:
    """Make a member and send the link to set a password."""
    at = clock.now()
    colleagues = queries.workers_of(agency_id=request.viewer.holder_id, at=at)
    form = InviteForm(request.POST or None, kind=request.membership.agency.kind, colleagues=colleagues)
    if request.method == "POST" and form.is_valid():
        clean = form.cleaned_data
        made = actions.make_worker(
            name=clean["name"], email=clean["email"], agency_id=request.viewer.holder_id, roles=clean["roles"], title=clean["title"],
            supervisor_id=UUID(clean["supervisor"]) if clean["supervisor"] else None, by=request.viewer, at=at,
        )  # fmt: skip
        if isinstance(made, Refused):
            _tell(form, made)
        else:
            if not made.worker.user.has_usable_password():
                send_set_password_link(request=request, email=made.worker.user.email)
            messages.success(request, _("The invitation is on its way."))
            return redirect("agencies:members")
    return render(request, "agencies/invite.html", {"form": form})


@needs(Permission.AGENCY_ADMIN)
@require_http_methods(["GET", "HEAD", "POST"])
def member(request: HttpRequest, membership_id: UUID) -> HttpResponse:
    """Change a member's roles, title and supervisor."""
    found = _member(request, membership_id)
    at = clock.now()
    colleagues = [m for m in queries.workers_of(agency_id=request.viewer.holder_id, at=at) if m.worker_id != found.worker_id]
    start = {"roles": found.roles, "title": found.title, "supervisor": str(found.supervisor_id or "")}
    form = MemberForm(request.POST or None, initial=start, kind=found.agency.kind, colleagues=colleagues)
    if request.method == "POST" and form.is_valid():
        clean = form.cleaned_data
        changed = actions.change_membership(
            membership_id=found.pk, roles=clean["roles"], title=clean["title"],
            supervisor_id=UUID(clean["supervisor"]) if clean["supervisor"] else None, by=request.viewer, at=at,
        )  # fmt: skip
        if isinstance(changed, Refused):
            _tell(form, changed)
        else:
            messages.success(request, _("Saved. It holds from the next page that they open."))
            return redirect("agencies:members")
    context = {"form": form, "member": found, "ended": found.ends_at <= at, "no_password": not found.worker.user.has_usable_password()}
    return render(request, "agencies/member.html", context)


@needs(Permission.AGENCY_ADMIN)
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, membership_id: UUID) -> HttpResponse:
    """End a membership, after a page that says what follows."""
    found = _member(request, membership_id)
    if request.method == "POST":
        ended = actions.end_membership(membership_id=found.pk, by=request.viewer, at=clock.now())
        if isinstance(ended, Refused):
            messages.error(request, words.REFUSALS[ended.reasons[0]])
            return redirect("agencies:member", membership_id=found.pk)
        messages.success(request, _("The membership has ended. Their open pages close at the next click."))
        return redirect("agencies:members")
    return render(request, "agencies/end.html", {"member": found})


@needs(Permission.AGENCY_ADMIN)
@require_POST
def send_link(request: HttpRequest, membership_id: UUID) -> HttpResponse:
    """Send the link to set a password again."""
    found = _member(request, membership_id)
    if found.ends_at > clock.now():
        send_set_password_link(request=request, email=found.worker.user.email)
        messages.success(request, _("The link is on its way. It works once, for three days."))
    return redirect("agencies:member", membership_id=found.pk)


def _member(request: HttpRequest, membership_id: UUID) -> Membership:
    found = queries.member(membership_id=membership_id, agency_id=request.viewer.holder_id)
    if found is None:
        raise NotVisible
    return found


def _tell(form: MemberForm, refused: Refused) -> None:
    for reason in refused.reasons:
        form.add_error(None, words.REFUSALS[reason])
