"""Who stands at the mother's door: her session, her viewer, and the mark that her own views carry.

Her session is a key of its own in the browser's session, so a worker's sign-in on the same machine neither opens nor closes it.
Source: DESIGN section 8 (ten minutes idle, a new phone warns the old one).
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import wraps
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.views.decorators.cache import never_cache

from careloom.agencies.gate import own_door
from careloom.infra import clock
from careloom.infra.access import PrincipalKind, System, Viewer, acting_as, system
from careloom.people.models import PersonPrincipal
from careloom.portal.models import PortalDoor, PortalPerson

IDLE = timedelta(minutes=10)
NOTED_EVERY = timedelta(seconds=20)
PHONE_COOKIE = "careloom_phone"
_OPEN, _AT_PIN = "portal_open", "portal_at_pin"
View = Callable[..., HttpResponse]


@dataclass(frozen=True, kw_only=True)
class Her:
    """Somebody who may open pages under /my/: the mother, or a supporter whom she named."""

    person: PortalPerson
    door: PortalDoor
    principal: PersonPrincipal

    @property
    def identity_id(self) -> UUID:
        """Herself."""
        return self.principal.identity_id

    @property
    def subject_ids(self) -> frozenset[UUID]:
        """Whose records she may open: her own, and her infants' while she has custody."""
        return frozenset(self.principal.subject_ids)

    @property
    def is_supporter(self) -> bool:
        """A person whom the mother named; she reads what the mother shares with her and writes nothing."""
        return self.principal.kind == "SUPPORTER"

    @property
    def viewer(self) -> Viewer:
        """The reader that she is."""
        purpose = "care_coordination" if self.is_supporter else "patient_access"
        return Viewer(principal_id=self.principal.pk, kind=PrincipalKind.PERSON, purpose=purpose, holder_id=self.principal.pk, whole_agency=True)


def digest(secret: str) -> str:
    """What is kept of a token, a code or a phone's mark."""
    return hashlib.sha256(secret.encode()).hexdigest()


def her_of(*, person_id: UUID) -> Her | None:
    """The person with her lock, or None when her access ended. Three queries, as the sign-in role."""
    with acting_as(system(System.SIGN_IN)):
        person = PortalPerson.objects.filter(pk=person_id, ended_at=None).first()
        door = PortalDoor.objects.filter(pk=person_id).first()
        principal = PersonPrincipal.objects.filter(pk=person.principal_id, ended_at=None).first() if person else None
    if person is None or door is None or principal is None:
        return None
    return Her(person=person, door=door, principal=principal)


def begin(request: HttpRequest, *, her: Her, at: datetime) -> None:
    """Open her session after the right PIN."""
    request.session.cycle_key()
    request.session.pop(_AT_PIN, None)
    request.session[_OPEN] = {"person": str(her.person.pk), "seen": at.timestamp(), "turn": her.door.turn}


def look(request: HttpRequest, *, at: datetime) -> Her | None:
    """Whose session is open in this browser at `at`, noting that it was used; None ends it."""
    kept: dict[str, Any] | None = request.session.get(_OPEN)
    if not kept:
        return None
    her = her_of(person_id=UUID(kept["person"])) if at.timestamp() - kept["seen"] < IDLE.total_seconds() else None
    if her is None or her.door.locked_at is not None or her.door.turn != kept["turn"]:
        request.session.pop(_OPEN, None)
        return None
    if at.timestamp() - kept["seen"] >= NOTED_EVERY.total_seconds():
        request.session[_OPEN] = kept | {"seen": at.timestamp()}
    return her


def end(request: HttpRequest) -> None:
    """End her session in this browser; a worker's sign-in beside it stays."""
    for key in (_OPEN, _AT_PIN):
        request.session.pop(key, None)


def wait_for_pin(request: HttpRequest, *, person_id: UUID, at: datetime) -> None:
    """A link was opened in this browser: the PIN is next."""
    request.session[_AT_PIN] = {"person": str(person_id), "at": at.timestamp()}


def waiting(request: HttpRequest, *, at: datetime) -> Her | None:
    """Who may type her PIN here: a link was opened here within ten minutes, or this is a phone she signed in on before."""
    kept = request.session.get(_AT_PIN)
    if kept and at.timestamp() - kept["at"] < IDLE.total_seconds():
        return her_of(person_id=UUID(kept["person"]))
    mark = request.COOKIES.get(PHONE_COOKIE, "")
    if not mark:
        return None
    with acting_as(system(System.SIGN_IN)):
        door = PortalDoor.objects.filter(device_hash=digest(mark)).exclude(pin_hash="").first()
    return her_of(person_id=door.person_id) if door else None


def phone_of(request: HttpRequest) -> str:
    """The mark that this phone carries, or a new one."""
    return request.COOKIES.get(PHONE_COOKIE) or secrets.token_urlsafe(32)


def mark_phone(response: HttpResponse, *, mark: str) -> None:
    """Let this phone be known again for half a year."""
    response.set_cookie(PHONE_COOKIE, mark, max_age=180 * 86400, path="/my/", httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE)


def forget_phone(response: HttpResponse) -> None:
    """Take the mark from this phone."""
    response.delete_cookie(PHONE_COOKIE, path="/my/", samesite="Lax")


def speak(request: HttpRequest, *, language: str) -> None:
    """Use her language unless this browser was told another."""
    if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
        translation.activate(language)
        request.LANGUAGE_CODE = translation.get_language()


def hers(view: View) -> View:
    """Mark a view of the mother's pages: only with her open session, in her scope, never kept by a browser."""
    return _at_her_door(view, also_supporters=False)


def hers_and_supporters(view: View) -> View:
    """The same for a page that a supporter may open too; she sees there what the mother shares with her."""
    return _at_her_door(view, also_supporters=True)


def _at_her_door(view: View, *, also_supporters: bool) -> View:
    @own_door("portal:sign_in")
    @never_cache
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        her = look(request, at=clock.now())
        if her is None:
            return redirect("portal:sign_in")
        if her.is_supporter and not also_supporters:
            return redirect("portal:home")
        request.viewer, request.her = her.viewer, her  # type: ignore[attr-defined]
        speak(request, language=her.person.language)
        with acting_as(her.viewer):
            return view(request, *args, **kwargs)

    return guarded
