"""Facts that tell about substance use leave the records of birth and pregnancy; their segments are opened.

From this moment no grant on the newborn or the obstetric record shows them. Grants that other papers give on them, her own among them, are made by
`config.preparation.migrate` right after, because papers are read by the application's role (`health.labeling.grant_anew`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.db import migrations

from careloom.kernel.disclosure import Category, Provenance, Subject
from careloom.kernel.labels import Fact, Kind, label

# As they stand at this migration: sort, texts, places, authors.
SORTS: dict[str, tuple[Kind, tuple[str, ...], tuple[str, ...], tuple[str, ...]]] = {
    "Pregnancy": (Kind.PREGNANCY, (), (), ()),
    "Birth": (Kind.BIRTH, (), (), ()),
    "NewbornSigns": (Kind.NEWBORN_SIGNS, (), (), ()),
    "Condition": (Kind.CONDITION, ("display",), (), ()),
    "Medication": (Kind.MEDICATION, ("display",), (), ("prescriber",)),
    "Encounter": (Kind.ENCOUNTER, ("kind",), ("place",), ()),
    "Observation": (Kind.OBSERVATION, ("display", "value"), (), ()),
    "Exposure": (Kind.EXPOSURE, ("detail",), (), ()),
}
SIGNS = """INSERT INTO health_newborn_signs (id, holder_id, identity_id, category, provenance, source_system, source_type, source_id, recorded_at,
    mother_identity_id, withdrawal, withdrawal_method, fasd_signs)
SELECT gen_random_uuid(), holder_id, identity_id, 'hipaa.toxicology', provenance, source_system, source_type, source_id, recorded_at,
    mother_identity_id, withdrawal, withdrawal_method, fasd_signs
FROM health_birth WHERE withdrawal <> 'NONE' OR withdrawal_method <> '' OR fasd_signs ON CONFLICT DO NOTHING"""
SEGMENTS = """INSERT INTO access_segment (id, holder_id, identity_id, category, provenance)
SELECT gen_random_uuid(), s.* FROM (SELECT DISTINCT holder_id, identity_id, category, provenance FROM {table}) s
ON CONFLICT (holder_id, identity_id, category, provenance) DO NOTHING"""
AT_ONCE = 2000
PROVENANCES = {one.value: one for one in Provenance}
OWNER = "owner"


def move(apps: Any, schema_editor: Any) -> None:
    """Label every clinical fact that is kept, and move those that tell."""
    programs = set(apps.get_model("agencies", "Agency").objects.using(OWNER).filter(is_part2_program=True).values_list("pk", flat=True))
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(SIGNS)
    telling: set[tuple[UUID, UUID]] = set()
    doubtful: list[Any] = []
    for name in SORTS:
        model = apps.get_model("health", name)
        for rows in _some(model):
            moved = []
            for row in rows:
                found = label(_fact(row, name, programs))
                if found.tells:
                    telling.add((row.holder_id, row.identity_id))
                elif found.ambiguous:
                    doubtful.append(row)
                if found.category.value != row.category:
                    row.category = found.category.value
                    moved.append(row)
            model.objects.using(OWNER).bulk_update(moved, ["category"])
    _move_doubtful(apps, doubtful, telling, programs)
    with schema_editor.connection.cursor() as cursor:
        for name in SORTS:
            cursor.execute(SEGMENTS.format(table=apps.get_model("health", name)._meta.db_table))


def _move_doubtful(apps: Any, doubtful: list[Any], telling: set[tuple[UUID, UUID]], programs: set[UUID]) -> None:
    kin: dict[tuple[UUID, UUID], set[UUID]] = {}
    for holder, infant, mother in apps.get_model("health", "Birth").objects.using(OWNER).values_list("holder_id", "identity_id", "mother_identity_id"):
        kin.setdefault((holder, infant), set()).add(mother)
        kin.setdefault((holder, mother), set()).add(infant)
    moved = []
    for row in doubtful:
        family = {row.identity_id, *kin.get((row.holder_id, row.identity_id), ())}
        if any((row.holder_id, one) in telling for one in family):
            row.category = label(_fact(row, "Medication", programs, beside=True)).category.value
            moved.append(row)
    apps.get_model("health", "Medication").objects.using(OWNER).bulk_update(moved, ["category"], batch_size=AT_ONCE)


def _some(model: Any) -> Iterator[list[Any]]:
    last = UUID(int=0)
    while rows := list(model.objects.using(OWNER).filter(pk__gt=last).order_by("pk")[:AT_ONCE]):
        yield rows
        last = rows[-1].pk


def _fact(row: Any, name: str, programs: set[UUID], *, beside: bool = False) -> Fact:
    sort, texts, places, authors = SORTS[name]
    infant = name in ("Birth", "NewbornSigns") or row.category == "hipaa.newborn_record"
    coded = [("careloom.exposure", row.substance)] if name == "Exposure" else [(row.system, row.code)] if getattr(row, "code", "") else []
    return Fact(
        kind=sort,
        subject=Subject.INFANT if infant else Subject.MOTHER,
        category=Category(row.category),
        codes=tuple(coded),
        texts=tuple(getattr(row, one) for one in texts),
        places=tuple(getattr(row, one) for one in places),
        authors=tuple(getattr(row, one) for one in authors),
        provenance=PROVENANCES.get(row.provenance),
        from_part2_program=row.holder_id in programs and row.category.startswith("hipaa."),
        beside=beside,
    )


class Migration(migrations.Migration):
    dependencies = [("health", "0003_newborn_signs"), ("agencies", "0003_role_opens"), ("access", "0008_minimum_by_role")]
    # What was moved apart is not put back under the newborn record: that would disclose it.
    operations = [migrations.RunPython(move, migrations.RunPython.noop)]
