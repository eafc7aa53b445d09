"""Asks her to look at her pages. The sentence says nothing of what it is about."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from careloom.infra import clock
from careloom.infra.access import NotVisible, System, Viewer, acting_as, require, system
from careloom.infra.audit.actions import record
from careloom.kernel.events import PlanClosed
from careloom.messages.actions import NotSent, send
from careloom.messages.models import Message
from careloom.people.queries import names_of
from careloom.plans.queries import plans_of
from careloom.portal.actions.inviting import Refused, new_link, send_link
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


@transaction.atomic
def send_her_link(*, by: Viewer, at: datetime, identity_id: UUID, request_key: str) -> Refused | None:
    """Have a new link sent to the phone of the page that she has, at the word of an agency to which she shows her plan (J1.11).

    It goes out in the name of whoever let her in, within her rules, and opens nothing without her PIN. Idempotent on `request_key`.
    INVARIANT: the answer is the same whether or not she has a page, a phone, or hours: none of it is the asking agency's matter.
    Raises NotVisible where `by` sees no plan of hers.
    """
    require(by)
    if not by.can("PLAN_WRITE"):
        return Refused()
    if identity_id not in names_of(viewer=by, identity_ids=[identity_id]) or not plans_of(viewer=by, identity_ids=[identity_id]):
        raise NotVisible
    record(by=by, at=at, action="portal.link_asked", identity_id=identity_id)
    with acting_as(system(System.SIGN_IN)):
        person = PortalPerson.objects.filter(identity_id=identity_id, ended_at=None).order_by("invited_at", "pk").first()
    if person is None:
        return None
    keeper = system(System.JOB, holder_id=person.holder_id)
    with acting_as(keeper), transaction.atomic():
        token = new_link(by=keeper, at=at, person=person, request_key=request_key)
        if token:
            send_link(by=keeper, at=at, person=person, token=token, request_key=request_key)
    return None
