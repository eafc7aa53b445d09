"""Births for tests, in a hospital's own chart, made by the same actions that the product uses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any
from uuid import UUID

from django.db import transaction
from tests.factories.agencies import viewer

from careloom.agencies.models import Membership
from careloom.health.actions import BirthFacts, put_birth, put_exposure
from careloom.health.models import Birth
from careloom.infra import clock
from careloom.infra.access import acting_as
from careloom.infra.access.caseload import assign
from careloom.notifications import actions
from careloom.notifications.facts import NotificationFacts, changed, from_json
from careloom.notifications.models import Notification
from careloom.people.actions import PersonFacts, put_person
from careloom.people.models import PersonRecord

_number = count(1)
AT = datetime(2026, 2, 22, 8, 38, tzinfo=UTC)  # 3:38 AM where the practice county lies
TREATED = ("BUPRENORPHINE", "YES")
ANSWERED = {"as_prescribed": "YES", "in_treatment": "YES", "safety_concern": "NO", "plan_status": "WANTS_ONE", "told_mother": "YES"} | {
    "told_how": "IN_HER_LANGUAGE"
}


@dataclass(frozen=True, kw_only=True)
class BornHere:
    """A mother and her infants in the chart of the hospital of `member`."""

    member: Membership
    mother: PersonRecord
    births: tuple[Birth, ...]

    @property
    def mother_id(self) -> UUID:
        """Her identity."""
        return self.mother.identity_id


def a_birth(
    member: Membership, *, babies: int = 1, exposures: tuple[tuple[str, str], ...] = (TREATED,), at: datetime | None = None, **facts: Any
) -> BornHere:
    """A birth on the caseload of `member`. `exposures`: (substance, prescribed); the other facts are the mother's."""
    by, at, number = viewer(member), at or clock.now(), next(_number)
    given = {"given_name": "Ada", "family_name": "Example", "language": "es", "county": member.agency.county} | facts
    about_birth = {name: given.pop(name) for name in list(given) if name in BirthFacts.__dataclass_fields__}
    with acting_as(by), transaction.atomic():
        mother = put_person(by=by, at=at, facts=PersonFacts(role="MOTHER", **given), category="hipaa.ob_record", source_id=f"MRN-{number}")
        infants = [
            put_person(
                by=by,
                at=at,
                category="hipaa.newborn_record",
                facts=PersonFacts(role="INFANT", given_name="Jo", family_name="Example", mother_identity_id=mother.identity_id),
            )
            for _ in range(babies)
        ]
        assert by.worker_id is not None
        assign(by=by, worker_id=by.worker_id, identity_ids=[mother.identity_id, *(i.identity_id for i in infants)], at=at - timedelta(days=1))
        births = [
            put_birth(
                by=by,
                at=at,
                infant_id=infant.identity_id,
                mother_id=mother.identity_id,
                facts=BirthFacts(
                    **({"born_at": at - timedelta(days=3), "order": order, "plurality": babies, "weight_g": 3160, "sex": "MALE"} | about_birth)
                ),
            )
            for order, infant in enumerate(infants, 1)
        ]
        for substance, prescribed in exposures:
            put_exposure(by=by, at=at, identity_id=mother.identity_id, substance=substance, prescribed=prescribed)
    return BornHere(member=member, mother=mother, births=tuple(births))


def a_draft(born: BornHere, *, at: datetime | None = None, **answers: Any) -> Notification:
    """The draft of a birth with some answers given."""
    by, at = viewer(born.member), at or clock.now()
    with acting_as(by):
        row = actions.start_notification(
            by=by,
            at=at,
            mother_id=born.mother_id,
            birth_ids=[b.pk for b in born.births],
            pack=born.member.agency.pack,
            request_key=str(born.births[0].pk),
        )
        if not answers:
            return row
        saved = actions.save_facts(by=by, at=at, notification_id=row.pk, facts=changed(from_json(row.facts), **answers), row_version=row.row_version)
    assert isinstance(saved, Notification)
    return saved


def sent(born: BornHere, *, at: datetime | None = None, **answers: Any) -> actions.Sent:
    """A sent notification of a birth; every question is answered unless `answers` says otherwise."""
    at = at or clock.now()
    row = a_draft(born, at=at, **(ANSWERED | answers))
    by = viewer(born.member)
    with acting_as(by):
        done = actions.send_notification(by=by, at=at, notification_id=row.pk)
    assert isinstance(done, actions.Sent)
    return done


def facts_of(row: Notification) -> NotificationFacts:
    """The facts of a notification."""
    return from_json(row.facts)
