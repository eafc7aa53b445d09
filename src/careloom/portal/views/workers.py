"""The worker's page: give the mother a link, see whether she came in, start again with her in person."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from careloom.agencies.gate import needs
from careloom.agencies.roles import Permission
from careloom.directory.presenters import first_phone
from careloom.directory.queries import search_services
from careloom.infra import clock
from careloom.infra.access import NotVisible, System, acting_as, system
from careloom.infra.access.accounting import account
from careloom.messages.actions import NotSent
from careloom.messages.contact import ways_for
from careloom.people.models import PersonRecord
from careloom.people.queries import infants_of, names_of
from careloom.plans.models import Referral
from careloom.plans.queries import plans_of
from careloom.portal import actions, words
from careloom.portal.actions import Invited
from careloom.portal.actions.inviting import may_invite
from careloom.portal.finished import heard_words
from careloom.portal.forms import InviteForm
from careloom.portal.models import PortalDoor, PortalPerson, ServiceRating
from careloom.portal.pages import name_of
from careloom.portal.presenters import rating_words
from careloom.portal.views.card import qr_picture


@require_safe
@needs(Permission.DIRECTORY_READ)
def facts(request: HttpRequest) -> HttpResponse:
    """The same facts about medicine that she reads, and which programs of the county to call (R-114, R-150, R-227)."""
    county = request.membership.agency.county  # type: ignore[attr-defined]
    near = search_services(need="MEDICINE_FOR_RECOVERY", place=county or None).object_list
    programs = [(found.service, first_phone(found.service)) for found in near]
    return render(request, "portal/facts_workers.html", {"reviewed_on": words.FACTS_REVIEWED_ON, "programs": programs, "county": county})


@needs(Permission.PLAN_WRITE)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: HttpRequest, mother_id: UUID) -> HttpResponse:
    """Give her a link: by text message within her rules, or shown to her now."""
    viewer = request.viewer  # type: ignore[attr-defined]
    mother = names_of(viewer=viewer, identity_ids=[mother_id]).get(mother_id)
    if mother is None or mother.role != "MOTHER":
        raise NotVisible
    if not may_invite(by=viewer, identity_id=mother_id):
        return _to_her_phone(request, mother)
    infants = infants_of(viewer=viewer, mother_ids=[mother_id])
    ratings = list(ServiceRating.objects.seen_by(viewer).filter(identity_id=mother_id).order_by("-at")[:20])
    asked = {row.pk: row for row in Referral.objects.seen_by(viewer).filter(pk__in=[one.referral_id for one in ratings if one.referral_id])}
    account(viewer=viewer, place="portal:invite", rows=[mother, *infants, *ratings, *asked.values()], at=clock.now())
    said = [
        (_("The whole plan") if row.plan_id else asked[row.referral_id].organization, rating_words(row), heard_words(row), row)
        for row in ratings if row.plan_id or row.referral_id in asked
    ]  # fmt: skip
    person = PortalPerson.objects.filter(holder_id=viewer.holder_id, identity_id=mother_id).first()
    ways = ways_for(viewer=viewer, identity_id=mother_id)
    initial = {
        "language": mother.language,
        "phone": ways.number(person.phone if person else mother.phone),
        "how": "TEXT" if ways.may_text else "SHOW",
    }
    form = InviteForm(request.POST or None, infants=list({i.identity_id: name_of(i) for i in infants}.items()), initial=initial)
    context: dict[str, Any] = {"mother": mother, "ways": ways, "said": said, "form": form, "person": person, "door": _door(person)}
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        done = actions.invite(
            by=viewer, at=clock.now(), identity_id=mother_id, language=data["language"], phone=data["phone"], request_key=data["request_key"],
            infant_ids=tuple(UUID(pk) for pk in data.get("infants", [])), by_text=data["how"] == "TEXT",
        )  # fmt: skip
        if isinstance(done, Invited) and done.path and (data["how"] == "SHOW" or isinstance(done.message, NotSent)):
            address = f"{settings.ENVIRONMENT.address}{done.path}"
            because = done.message.because if isinstance(done.message, NotSent) else ""
            return render(request, "portal/invite_show.html", {**context, "address": address, "picture": qr_picture(address), "because": because})
        messages.success(request, _("The link is on its way. It works once, for 15 minutes."))
        return redirect("portal:invite", mother_id=mother_id)
    return render(request, "portal/invite.html", context)


def _to_her_phone(request: HttpRequest, mother: PersonRecord) -> HttpResponse:
    """The page of an agency that only reads the plan she shares: it makes no door of hers, and may have a link sent to the one that she has."""
    viewer = request.viewer  # type: ignore[attr-defined]
    plans = plans_of(viewer=viewer, identity_ids=[mother.identity_id])
    if not plans:
        raise NotVisible
    account(viewer=viewer, place="portal:invite", rows=[mother, *plans], at=clock.now())
    if request.method == "POST":
        key = request.POST.get("request_key", "")[:40] or uuid4().hex
        actions.send_her_link(by=viewer, at=clock.now(), identity_id=mother.identity_id, request_key=key)
        messages.success(request, _("If she has a page of her own, the link goes to the phone that she chose for it, in the hours that she gave."))
        return redirect("portal:invite", mother_id=mother.identity_id)
    return render(request, "portal/invite_send.html", {"mother": mother, "key": uuid4().hex})


def _door(person: PortalPerson | None) -> PortalDoor | None:
    if person is None:
        return None
    with acting_as(system(System.SIGN_IN)):
        return PortalDoor.objects.only("id", "opened_at", "locked_at").filter(pk=person.pk).first()


@needs(Permission.PLAN_WRITE)
@require_POST
def reset(request: HttpRequest, mother_id: UUID) -> HttpResponse:
    """Start again with her, in person."""
    viewer = request.viewer  # type: ignore[attr-defined]
    person = PortalPerson.objects.filter(holder_id=viewer.holder_id, identity_id=mother_id).first()
    if person is None or actions.reset_access(by=viewer, at=clock.now(), person_id=person.pk) is not True:
        raise NotVisible
    messages.success(request, _("Her PIN and her phone are forgotten. Give her a new link while she is with you."))
    return redirect("portal:invite", mother_id=mother_id)
