"""Puts one family of a spreadsheet into the importing agency's own records, by the actions that screens use. Again changes nothing.

Source of each row: the system `spreadsheet` and the row's own id, so that the same file, or a corrected one, meets what it made before.
"""

from __future__ import annotations

from datetime import datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

from careloom.exchange.sheets.lines import Family
from careloom.health.actions import BirthFacts, put_birth, put_exposure
from careloom.infra.access import Viewer
from careloom.infra.access.caseload import assign
from careloom.people.actions import PersonFacts, put_person
from careloom.people.matching.entry import note_alike
from careloom.people.models import PersonRecord

SOURCE, TYPE = "spreadsheet", "row"
CORE = "posc.plan_core"
NOON = time(12)


def put_family(told: Family, *, by: Viewer, worker_id: UUID, at: datetime, zone: ZoneInfo) -> bool:
    """Put her and her child; True where the child was not here before. `by` is the agency's view of its own rows, `worker_id` gets the family.

    A row that was brought in before leads to the same mother, also where her name was mended since.
    """
    mine = PersonRecord.objects.filter(holder_id=by.holder_id, source_system=SOURCE)
    before = mine.filter(source_id=f"child:{told.key}").first()
    mother = mine.filter(identity_id=before.mother_identity_id).first() if before is not None else None
    hers = PersonFacts(
        role="MOTHER", given_name=told.given, family_name=told.family, birth_date=told.born, phone=told.phone, address=told.address,
        county=told.county, language=told.language, record_number=told.record_number,
    )  # fmt: skip
    source_id = mother.source_id if mother is not None else f"mother:{told.mother_key}"
    was_there = mother is not None or mine.filter(source_id=source_id).exists()
    row = put_person(by=by, at=at, facts=hers, category=CORE, source_system=SOURCE, source_id=source_id)
    theirs = PersonFacts(
        role="INFANT", given_name=told.child_given, family_name=told.child_family, birth_date=told.child_born, sex=told.sex,
        mother_identity_id=row.identity_id,
    )  # fmt: skip
    child = put_person(by=by, at=at, facts=theirs, category=CORE, source_system=SOURCE, source_id=f"child:{told.key}")
    assign(by=by, worker_id=worker_id, identity_ids=[row.identity_id, child.identity_id], at=at)
    put_birth(
        by=by, at=at, infant_id=child.identity_id, mother_id=row.identity_id, source_system=SOURCE, source_type=TYPE, source_id=told.key,
        facts=BirthFacts(
            born_at=datetime.combine(told.child_born, NOON, tzinfo=zone), hour_known=False, order=told.order, plurality=told.plurality,
            gestation_weeks=told.weeks, weight_g=told.grams, sex=told.sex,
        ),
    )  # fmt: skip
    for substance in told.substances:
        put_exposure(by=by, at=at, identity_id=row.identity_id, substance=substance, source_id=f"{SOURCE}:{told.key}:{substance}")
    if before is None:
        note_alike(by=by, at=at, record_ids=[child.pk] if was_there else [row.pk, child.pk])
    return before is None
