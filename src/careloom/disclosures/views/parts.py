"""What views of disclosures share: the family that is meant, and moments where the agency is."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.http import HttpRequest
from django.utils.formats import date_format, time_format

from careloom.agencies.models import Agency
from careloom.agencies.signed_in import viewer_of
from careloom.consents.pages.subject import Subject, subject_of
from careloom.infra import clock


def family_of(request: HttpRequest, identity_id: UUID, *, place: str) -> Subject:
    """The family, logged on `place`. Raises NotVisible where the worker sees nothing of it."""
    return subject_of(viewer=viewer_of(request), identity_id=identity_id, place=place, at=clock.now())


def moment(at: datetime, *, agency: Agency) -> str:
    """A day and an hour where the agency is."""
    local = at.astimezone(clock.zone(agency.zone))
    return f"{date_format(local)}, {time_format(local, 'TIME_FORMAT')}"


def short_day(at: datetime, *, agency: Agency) -> str:
    """A day where the agency is."""
    return date_format(at.astimezone(clock.zone(agency.zone)))
