"""Child welfare writes down the family that an accepted report is about, from what was sent and from nothing else.

Without a record of its own a worker could assess safety and do nothing more: no case, no support, no question for more. Source: workflows 6.1, 6.6.
"""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from careloom.agencies.models import Agency
from careloom.infra.access import System, Viewer, acting_as, system
from careloom.infra.access.caseload import assign
from careloom.notifications.models import Notification, ReceivedNotification
from careloom.people.actions import PersonFacts, put_person
from careloom.people.queries import with_infants

SOURCE = "notification"
#: Who they are goes with the plan that she shares, as at every other agency. What child welfare finds about them does not.
NAMES = "posc.plan_core"


def write_down_family(got: ReceivedNotification, *, agency: Agency, by: Viewer, at: datetime, worker_id: UUID | None) -> None:
    """The agency's own records of the mother and the infants, and the infants on the worker's caseload. Whom it knows already stays as it is.

    INVARIANT: only what the sender was permitted to send is written; the sender's own record is not read for it.
    """
    known = {row.identity_id for row in with_infants(viewer=by, identity_ids=[got.identity_id]) if row.holder_id == agency.pk}
    sent = got.facts
    if got.identity_id not in known:
        facts = PersonFacts(
            role="MOTHER", **_parts(name_in(sent.get("PARENT_NAME"))), birth_date=_day(sent.get("PARENT_BIRTH_DATE")), county=agency.county,
            phone=_text(sent.get("PHONE"), most=20), address=_text(sent.get("ADDRESS"), most=160),
        )  # fmt: skip
        put_person(by=by, at=at, facts=facts, category=NAMES, identity_id=got.identity_id, source_system=SOURCE, source_id=str(got.identity_id))
    infants = [(name, identity_id) for name, identity_id in infants_in(got) if identity_id is not None]
    for name, identity_id in infants:
        if identity_id not in known:
            facts = PersonFacts(
                role="INFANT", **_parts(name), birth_date=_day(sent.get("BIRTH_DATE")), county=agency.county, mother_identity_id=got.identity_id
            )
            put_person(by=by, at=at, facts=facts, category=NAMES, identity_id=identity_id, source_system=SOURCE, source_id=str(identity_id))
    if worker_id is not None and infants:
        assign(by=by, worker_id=worker_id, identity_ids=[identity_id for _name, identity_id in infants], at=at)


def infants_in(got: ReceivedNotification) -> list[tuple[str, UUID | None]]:
    """The infants of what was received, by the names that were sent, each with the identity that the sender's notification is about."""
    names = _all(got.facts.get("INFANT_NAME"))
    with acting_as(system(System.JOB, holder_id=got.from_agency_id)):
        theirs = Notification.objects.filter(pk=got.notification_id, holder_id=got.from_agency_id).first()
    ids: list[UUID] = theirs.infant_ids if theirs is not None else []
    if len(ids) == len(names):
        return list(zip(names, ids, strict=True))
    return [(name, None) for name in names] or [("Baby", identity_id) for identity_id in ids]


def name_in(value: object) -> str:
    """The first name that was sent, or an empty text."""
    return next(iter(_all(value)), "")


def _all(value: object) -> list[str]:
    values = value if isinstance(value, list) else [value]
    return [str(one)[:120] for one in values if one]


def _parts(name: str) -> dict[str, str]:
    """A name is sent in one piece: the first word is what she is called, the rest is the name of the family."""
    given, _, family = name.strip().partition(" ")
    return {"given_name": given[:80], "family_name": family}


def _day(value: object) -> date | None:
    """The day that was sent; None where none was, or where twins have two."""
    days = _all(value)
    try:
        return date.fromisoformat(days[0]) if len(days) == 1 else None
    except ValueError:
        return None


def _text(value: object, *, most: int) -> str:
    return name_in(value)[:most]
