"""Two births of tonight that nobody has notified yet, so that a newcomer has one to try; one notification is begun and handed to nobody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from careloom.demo.load.ground import Ground
from careloom.health.actions import BirthFacts, put_birth, put_exposure
from careloom.infra.access import Viewer, acting_as
from careloom.infra.access.caseload import assign
from careloom.notifications.actions import start_notification
from careloom.people.actions import PersonFacts, put_person

SOURCE = "practice tonight"
SOCIAL_WORKER = "castillo"


@dataclass(frozen=True, kw_only=True)
class Night:
    """A birth as the chart of the night has it. Exposure: substance, prescribed, how it is known."""

    key: str
    given: str
    family: str
    language: str
    born_on: date
    baby_given: str
    sex: str
    weight_g: int
    weeks: int
    days: int
    exposure: tuple[str, str, str]
    begun: bool


NIGHTS = (
    Night(
        key="night-1", given="Yesenia", family="Luzmontaña Sauceral", language="es", born_on=date(1998, 4, 3), baby_given="Baby boy", sex="male",
        weight_g=3160, weeks=39, days=2, exposure=("BUPRENORPHINE", "YES", "PRESCRIBER"), begun=True,
    ),
    Night(
        key="night-2", given="Delaney", family="Ivermoor", language="en", born_on=date(2001, 9, 21), baby_given="Baby girl", sex="female",
        weight_g=2890, weeks=38, days=0, exposure=("CANNABIS", "NO", "SELF_REPORT"), begun=False,
    ),
)  # fmt: skip


def births_of_tonight(ground: Ground, *, at: datetime) -> None:
    """Write both births into the chart of the hospital, as its social worker. Doing it twice changes nothing."""
    by = ground.viewer(SOCIAL_WORKER)
    for number, night in enumerate(NIGHTS, start=1):
        with transaction.atomic(), acting_as(by):
            _birth(night, by=by, at=at, born_at=at - timedelta(hours=5 * number))


def _birth(night: Night, *, by: Viewer, at: datetime, born_at: datetime) -> None:
    mother = put_person(
        by=by, at=at, category="hipaa.ob_record", source_system=SOURCE, source_id=night.key,
        facts=PersonFacts(
            role="MOTHER", given_name=night.given, family_name=night.family, birth_date=night.born_on, language=night.language,
            county="Pine", phone="555-0177",
        ),
    )  # fmt: skip
    infant = put_person(
        by=by, at=at, category="hipaa.newborn_record", source_system=SOURCE, source_id=f"{night.key}-baby",
        facts=PersonFacts(
            role="INFANT", given_name=night.baby_given, family_name=night.family, birth_date=born_at.date(), sex=night.sex,
            mother_identity_id=mother.identity_id,
        ),
    )  # fmt: skip
    assign(by=by, worker_id=by.worker_id, identity_ids=[mother.identity_id, infant.identity_id], at=at)  # type: ignore[arg-type]
    birth = put_birth(
        by=by, at=at, infant_id=infant.identity_id, mother_id=mother.identity_id, source_system=SOURCE, source_type="Birth", source_id=night.key,
        facts=BirthFacts(
            born_at=born_at, weight_g=night.weight_g, gestation_weeks=night.weeks, gestation_days=night.days, sex=night.sex,
            withdrawal_method="ESC",
        ),
    )  # fmt: skip
    substance, prescribed, known_from = night.exposure
    put_exposure(
        by=by, at=at, identity_id=mother.identity_id, substance=substance, prescribed=prescribed, known_from=[known_from],
        trimesters=[1, 2, 3], source_id=f"{night.key}-{substance}",
    )  # fmt: skip
    if night.begun:
        start_notification(by=by, at=at, mother_id=mother.identity_id, birth_ids=[birth.pk], pack="columbia", request_key=f"practice-{night.key}")
