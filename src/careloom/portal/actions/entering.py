"""She comes in: a link opens once, the PIN has five tries, a new phone warns the old one.

A link that is unknown, used or late, and a door that is locked, give one and the same answer: None.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.conf import settings
from django.db import transaction

from careloom.agencies import pins
from careloom.infra.access import System, acting_as, system
from careloom.infra.audit.actions import record
from careloom.messages.actions import send
from careloom.portal.door import Her, digest, her_of
from careloom.portal.models import PortalDoor, PortalLink

TRIES = 5


class PinAnswer(StrEnum):
    """What a PIN did."""

    OPEN = "OPEN"
    WRONG = "WRONG"
    WEAK = "WEAK"
    LOCKED = "LOCKED"


@transaction.atomic
def open_link(*, token: str, at: datetime) -> UUID | None:
    """Use a link up and return whose door it leads to; None for every link that does not open."""
    with acting_as(system(System.SIGN_IN)):
        mine = PortalLink.objects.filter(token_hash=digest(token))
        used = mine.filter(used_at=None, expires_at__gt=at).update(used_at=at)
        link = mine.first()
    if not used or link is None:
        return None
    her = her_of(person_id=link.person_id)
    return her.person.pk if her and her.door.locked_at is None else None


@transaction.atomic
def set_pin(*, her: Her, pin: str, at: datetime) -> PinAnswer:
    """Keep her first PIN: six digits that nobody guesses in five tries. A door that has a PIN is not changed here."""
    if not pins.is_good(pin):
        return PinAnswer.WEAK
    sealed = pins.sealed(pin, practice=settings.CARELOOM_WORLD == "demo")
    with acting_as(system(System.SIGN_IN)):
        done = PortalDoor.objects.filter(pk=her.person.pk, pin_hash="", locked_at=None).update(pin_hash=sealed, pin_tries=0, opened_at=at)
    if not done:
        return PinAnswer.LOCKED
    _note(her, action="portal.pin_set", at=at)
    return PinAnswer.OPEN


@transaction.atomic
def enter_pin(*, her: Her, pin: str, at: datetime) -> tuple[PinAnswer, int]:
    """Try a PIN; the answer and how many tries are left. The fifth wrong one locks the door until somebody of the team opens it with her."""
    with acting_as(system(System.SIGN_IN)):
        door = PortalDoor.objects.select_for_update().get(pk=her.person.pk)
        if door.locked_at is not None or not door.pin_hash:
            return PinAnswer.LOCKED, 0
        if pins.opens(pin, door.pin_hash):
            PortalDoor.objects.filter(pk=door.pk).update(pin_tries=0, opened_at=at)
            return PinAnswer.OPEN, TRIES
        tries = door.pin_tries + 1
        locked = at if tries >= TRIES else None
        PortalDoor.objects.filter(pk=door.pk).update(pin_tries=tries, locked_at=locked)
    if locked is not None:
        _note(her, action="portal.locked", at=at)
        return PinAnswer.LOCKED, 0
    return PinAnswer.WRONG, TRIES - tries


@transaction.atomic
def know_phone(*, her: Her, mark: str, at: datetime) -> bool:
    """Know this phone from now on; True when another one was known before and was warned."""
    with acting_as(system(System.SIGN_IN)):
        door = PortalDoor.objects.select_for_update().get(pk=her.person.pk)
        if door.device_hash == digest(mark):
            return False
        warned, old = bool(door.device_hash), door.device_phone or her.person.phone
        PortalDoor.objects.filter(pk=door.pk).update(device_hash=digest(mark), device_phone=her.person.phone)
    if warned:
        _warn(her, address=old, at=at)
    return warned


@transaction.atomic
def delete_phone(*, her: Her, at: datetime) -> None:
    """Forget her phone: the next sign-in needs a new link."""
    with acting_as(system(System.SIGN_IN)):
        PortalDoor.objects.filter(pk=her.person.pk).update(device_hash="", device_phone="", turn=her.door.turn + 1)
    _note(her, action="portal.phone_deleted", at=at)


def _warn(her: Her, *, address: str, at: datetime) -> None:
    # In the name of whoever invited her, so that her safe-contact rules there are kept.
    by = system(System.JOB, holder_id=her.person.holder_id)
    with acting_as(by):
        send(
            by=by, at=at, identity_id=her.person.identity_id, sentence="NEW_PHONE", address=address, language=her.person.language,
            request_key=f"new-phone:{her.person.pk.hex[:12]}:{int(at.timestamp())}",
        )  # fmt: skip
    _note(her, action="portal.new_phone", at=at)


def _note(her: Her, *, action: str, at: datetime) -> None:
    with acting_as(her.viewer):
        record(by=her.viewer, at=at, action=action, identity_id=her.identity_id, object_id=her.person.pk)
