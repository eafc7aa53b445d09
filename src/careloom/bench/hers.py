"""A mother of the measured world, signed in to her own pages."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from careloom.bench.fill import fill
from careloom.bench.world import World
from careloom.infra import clock
from careloom.infra.access import System, acting_as, system
from careloom.portal import door
from careloom.portal.models import PortalDoor, PortalPerson


@dataclass
class _Browser:
    """As much of a request as the portal's door needs."""

    session: Any
    COOKIES: dict[str, str] = field(default_factory=dict)


def her_session(world: World) -> dict[str, str]:
    """Cookies of the mother with twenty needs, as her link and PIN would have set them."""
    from django.conf import settings
    from django.contrib.sessions.backends.db import SessionStore

    with transaction.atomic(), acting_as(system(System.SIGN_IN)):
        person = PortalPerson.objects.get(principal_id=world.mother_principal)
        missing = not PortalDoor.objects.filter(pk=person.pk).exists()
    if missing:
        fill(PortalDoor, source="(SELECT 1) AS one", id=f"'{person.pk}'::uuid", person_id=f"'{person.pk}'::uuid")
    with transaction.atomic():
        her = door.her_of(person_id=person.pk)
    if her is None:
        raise LookupError("The measured mother has no access to her pages.")
    browser = _Browser(session=SessionStore())
    browser.session.create()
    door.begin(browser, her=her, at=clock.now())  # type: ignore[arg-type]
    browser.session.save()
    return {settings.SESSION_COOKIE_NAME: str(browser.session.session_key), "csrftoken": "x" * 32}
