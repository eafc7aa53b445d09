"""Asks her to look at her pages. The sentence says nothing of what it is about."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from careloom.infra.access import Viewer
from careloom.messages.actions import NotSent, send
from careloom.messages.models import Message
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
