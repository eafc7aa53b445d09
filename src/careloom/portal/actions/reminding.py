"""Asks her to look at her pages. The sentence says nothing of what it is about."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from careloom.infra import clock
from careloom.infra.access import System, Viewer, acting_as, system
from careloom.kernel.events import PlanClosed
from careloom.messages.actions import NotSent, send
from careloom.messages.models import Message
from careloom.portal.finished import QUIET
from careloom.portal.models import PortalPerson


def ask_to_look(*, by: Viewer, at: datetime, identity_id: UUID, request_key: str) -> Message | NotSent | None:
    """Send "your team has one question" to the mother whom the agency of `by` invited, within her rules; None where she has no pages of it.

    The same `request_key` sends it once. Outside her hours nothing goes out, and the next run tries again.
    """
    person = PortalPerson.objects.filter(holder_id=by.holder_id, identity_id=identity_id, ended_at=None).first()
    if person is None:
        return None
    return send(
        by=by, at=at, identity_id=identity_id, sentence="QUESTION", address=person.phone, language=person.language, request_key=request_key
    )  # fmt: skip


def tell_of_message(*, identity_id: UUID, at: datetime, request_key: str) -> Message | NotSent | None:
    """Send "your team wrote to you" to the mother, in the name of whoever invited her and within her rules; None where she has no pages.

    Outside her hours it waits for them (quiet hours). The same `request_key` sends it once. The sentence says nothing of who wrote or what.
    """
    with acting_as(system(System.SIGN_IN)):
        person = PortalPerson.objects.filter(identity_id=identity_id, ended_at=None).order_by("invited_at", "pk").first()
    if person is None:
        return None
    by = system(System.JOB, holder_id=person.holder_id)
    with acting_as(by):
        return send(
            by=by, at=at, identity_id=identity_id, sentence="TEAM_WROTE", address=person.phone, language=person.language,
            request_key=request_key, waits=True,
        )  # fmt: skip


def plan_closed(event: PlanClosed) -> Message | NotSent | None:
    """Ask her to look at her pages when her plan was closed: her copy is there, and the question how it was. Not after a loss (J2.13).

    Outside her hours it waits for them. Safe to repeat: of one plan she is told once.
    """
    if event.reason in QUIET:
        return None
    return tell_of_message(identity_id=event.identity_id, at=clock.now(), request_key=f"closed:{event.plan_id}")
