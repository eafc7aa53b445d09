"""The extract out of the database: counted against the ORM, incremental, whole after every fall."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import transaction
from tests.databases import own_database
from tests.factories import births
from tests.factories.agencies import an_agency, viewer
from tests.factories.extracts import Place
from tests.factories.plans import PlanWorld, a_key

from careloom.agencies.models import Agency
from careloom.health.models import Birth
from careloom.infra import clock
from careloom.infra.access import System, acting_as, system
from careloom.kernel.agency_kinds import AgencyKind
from careloom.outcomes.extracting import manifest as manifests
from careloom.outcomes.extracting import taking
from careloom.outcomes.extracting.shelves import own
from careloom.outcomes.extracting.taking import Taken
from careloom.people.actions import join
from careloom.people.models import PersonRecord
from careloom.permanency import models as cases
from careloom.safety.models import ReportOnChild
from careloom.treatment import models as treatment


@pytest.fixture(scope="module")
def place(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    with own_database(django_db_blocker):
        yield Place(world=PlanWorld(), home=tmp_path_factory.mktemp("extract"))


def removed(place: Place, *, child: UUID, mother: UUID, cps: Agency, on: date, **facts: Any) -> cases.Removal:
    given = {"case_id": uuid4(), "at": clock.now(), "request_key": a_key(), "category": "cw.case_record", "identity_id": mother, "child_id": child}
    row = place.put(
        cases.Removal, holder=cps.pk, assessment_id=uuid4(), insufficient="Secret words", authority="COURT_ORDER", removed_on=on, **(given | facts)
    )
    for after, whom in ((0, "Aunt Secret"), (9, "The Hidden family"), (20, "Aunt Secret")):
        place.put(
            cases.Placement, holder=cps.pk, removal_id=row.pk, setting="KIN", with_whom=whom, starts_on=on + timedelta(days=after),
            **(given | {"request_key": a_key()}),
        )  # fmt: skip
    return row


def test_what_the_database_holds_is_in_the_extract_once(place: Place) -> None:
    world, cps = place.world, an_agency(kind=AgencyKind.CPS_AGENCY)
    born = births.a_birth(world.maria, babies=2, race_ethnicity=["BLACK"], language="es", payer="Medicaid", gestation_weeks=36, weight_g=2400)
    births.sent(born)
    twin, other = (b.identity_id for b in born.births)
    first = clock.today() - timedelta(days=200)
    removed(place, child=twin, mother=born.mother_id, cps=cps, on=first, ended_on=first + timedelta(days=60), exit="REUNIFIED", found_on=first)
    removed(place, child=twin, mother=born.mother_id, cps=cps, on=first + timedelta(days=90))
    mistake = removed(place, child=other, mother=born.mother_id, cps=cps, on=first, taken_back_at=clock.now(), taken_back_because="Wrong child")
    report = {
        "child_id": twin, "number": "R-1", "received_on": first, "incident_on": first - timedelta(days=1), "source": "MEDICAL", "screened": "IN",
        "disposition": "SUBSTANTIATED", "disposed_on": first, "child_factors": {"DRUG": "YES"}, "at": clock.now(), "identity_id": born.mother_id,
        "category": "cw.report",
    }  # fmt: skip
    place.put(ReportOnChild, holder=cps.pk, request_key=a_key(), **report)
    place.put(ReportOnChild, holder=cps.pk, request_key=a_key(), **(report | {"number": "R-2", "replaced_by_id": uuid4()}))
    taken = place.take()

    mine = f"subject = {place.number(twin)}"
    assert place.rows("subjects", where=mine, what="role, race, ethnicity, language, payer, exposure, born_on", taken=taken) == [
        ("INFANT", "BLACK", "NOT_HISPANIC", "es", "MEDICAID", "MOUD", (clock.now() - timedelta(days=3)).astimezone().date())
    ]
    her = place.rows("subjects", where=f"subject = {place.number(born.mother_id)}", what="role, born_on, family", taken=taken)
    assert [row[:2] for row in her] == [("CAREGIVER", None)]
    assert {row[0] for row in place.rows("subjects", where=f"family = {her[0][2]}", what="subject", taken=taken)} == {
        place.number(p) for p in (twin, other, born.mother_id)
    }
    assert place.rows("births", where=mine, what="gestation_weeks, weight_grams, intensive_days", taken=taken) == [(36, 2400, None)]
    assert place.rows("notifications", where=mine, what="count(*), min(basis)", taken=taken) == [(1, "EXPOSURE")]
    stays = place.rows("episodes", where=f"{mine} ORDER BY episode", what="episode, entered_on, left_on, reason", taken=taken)
    assert stays == [(1, first, first + timedelta(days=60), "reunification"), (2, first + timedelta(days=90), None, None)]
    homes = place.rows("placements", where=f"{mine} AND episode = 1 ORDER BY seq", what="setting, place", taken=taken)
    assert homes == [("relative", "1"), ("relative", "2"), ("relative", "1")]
    told = place.rows("reports", where=mine, what="on_date, disposition, source, child_factor, screened", taken=taken)
    assert told == [(first, "substantiated", "medical", "drug", "in")]
    assert place.rows("episodes", where=f"subject = {place.number(mistake.child_id)}", taken=taken) == []
    assert place.rows("adjudications", where=mine, what="on_date", taken=taken) == [(first,)]
    with transaction.atomic(), acting_as(system(System.JOB, holder_id=world.st_agnes.pk)):
        assert len(place.rows("births", taken=taken)) == Birth.objects.filter(holder_id=world.st_agnes.pk).count()
    known = place.owned("SELECT count(DISTINCT identity_id) FROM people_record WHERE role IN ('MOTHER', 'INFANT', 'CHILD')")
    assert place.rows("subjects", where="role IN ('INFANT', 'CHILD', 'CAREGIVER')", what="count(*)", taken=taken) == known


def test_treatment_leaves_as_days_and_codes(place: Place) -> None:
    with transaction.atomic():
        mother, at = place.world.a_mother(), clock.now()
    start = clock.today() - timedelta(days=100)
    facts = {"identity_id": mother, "happened_on": start, "recorded_at": at}
    riverbend = place.world.riverbend.pk
    stay = place.put(treatment.Episode, holder=riverbend, category="part2.presence", request_key=a_key(), program="Secret place", **facts)
    place.put(treatment.Medicine, holder=riverbend, category="part2.medication", request_key=a_key(), code="METHADONE", dose="Secret dose", **facts)
    place.put(treatment.Diagnosis, holder=riverbend, category="part2.diagnosis", request_key=a_key(), text="Secret text", code="F11.21", **facts)
    place.put(
        treatment.Diagnosis, holder=riverbend, category="part2.diagnosis", request_key=a_key(), text="Told by her", code="F10.20",
        **(facts | {"source": "SHE_SAYS"}),
    )  # fmt: skip
    taken, mine = place.take(), f"subject = {place.number(mother)}"
    assert place.rows("enrolments", where=mine, what="kind, on_date, left_on, completed", taken=taken) == [("treatment", start, None, None)]
    assert place.rows("diagnoses", where=mine, what="code", taken=taken) == [("F11",)]
    assert place.rows("supplies", where=mine, what="on_date, days", taken=taken) == [(start, 100)]
    # A medicine that goes on has one more day a day later, though nothing was written.
    later = place.take(until=clock.today())
    assert place.rows("supplies", where=mine, what="days", taken=later) == [(101,)]
    stay.ends_on = start + timedelta(days=49)
    with transaction.atomic(), acting_as(system(System.JOB, holder_id=riverbend)):
        stay.save()
    place.put(
        treatment.EpisodeOutcome,
        holder=riverbend,
        category="part2.treatment_summary",
        request_key=a_key(),
        id=stay.pk,
        ended_how="COMPLETED",
        **facts,
    )
    assert place.rows("enrolments", where=mine, what="left_on, completed") == [(start + timedelta(days=50), True)]
    assert place.rows("systems", where=mine, what="system, left_on") == [("behavioral_health", start + timedelta(days=50))]


def hashes(taken: Taken) -> dict[str, str]:
    return {name: one.sha256 for name, one in taken.manifest.tables.items()}


def test_the_same_database_gives_the_same_files(place: Place, tmp_path: Path) -> None:
    with transaction.atomic():
        place.world.a_plan(agreed=True)
    here, there = place.take(), place.take(home=tmp_path)
    assert hashes(here) == hashes(there)
    for name, one in here.manifest.tables.items():
        for part in one.parts:
            file = Path(name) / f"{part}.parquet"
            assert (here.folder / file).read_bytes() == (there.folder / file).read_bytes()
    assert manifests.read(here.folder) == here.manifest


def test_a_second_extract_writes_only_what_changed(place: Place, tmp_path: Path) -> None:
    before = place.take()
    again = place.take()
    assert (again.parts, again.written, hashes(again)) == ((), 0, hashes(before))
    assert again.folder != before.folder
    born = births.a_birth(place.world.maria)
    after = place.take()
    (part,) = after.parts
    mother = place.number(born.mother_id)
    assert place.rows("subjects", where=f"subject = {mother}", what="family & 15", taken=after) == [(part,)]
    changed = {
        (name, key)
        for name, one in after.manifest.tables.items()
        for key, fact in one.parts.items()
        if again.manifest.tables[name].parts.get(key) != fact
    }
    assert {key for _, key in changed} == {f"{part:02d}"}
    assert {name for name, _ in changed} == {"subjects", "births"}
    assert after.written == 2
    # What is put together from old parts and new ones is what one would have read at once.
    assert hashes(after) == hashes(place.take(home=tmp_path))


@pytest.mark.parametrize("change", ["delete", "join", "correct"])
def test_every_kind_of_change_is_seen(change: str, place: Place, tmp_path: Path) -> None:
    one, two = births.a_birth(place.world.maria), births.a_birth(place.world.maria)
    place.take()
    if change == "delete":
        place.owned("DELETE FROM health_exposure WHERE identity_id = %s", one.mother_id)
    elif change == "join":
        maria = viewer(place.world.maria)
        with transaction.atomic(), acting_as(maria):
            join(by=maria, at=clock.now(), keep=one.mother_id, gone=two.mother_id, because="HER_CODE")
    else:
        place.owned("UPDATE health_birth SET weight_g = 1999 WHERE id = %s", one.births[0].pk)
    after = place.take()
    assert 0 < len(after.parts) < taking.PARTS
    assert hashes(after) == hashes(place.take(home=tmp_path))
    if change == "join":
        families = {
            row[0]
            for born in (one, two)
            for row in place.rows("subjects", where=f"subject = {place.number(born.births[0].identity_id)}", what="family")
        }
        assert len(families) == 1
        assert place.owned("SELECT 1 FROM deidentified.person WHERE id = %s", two.mother_id) == []


def test_a_number_stays_and_is_forgotten_with_the_person(place: Place) -> None:
    born = births.a_birth(place.world.maria)
    place.take()
    child = born.births[0].identity_id
    first = place.number(child)
    place.take()
    assert place.number(child) == first
    for table in ("health_birth", "people_record"):
        place.owned(f"DELETE FROM {table} WHERE identity_id = %s", child)
    assert place.rows("subjects", where=f"subject = {first}") == []
    assert place.owned("SELECT 1 FROM deidentified.person WHERE id = %s OR subject = %s", child, first) == []
    given = {"role": "INFANT", "category": "hipaa.newborn_record", "made_at": clock.now(), "changed_at": clock.now(), "source_id": a_key()}
    place.put(PersonRecord, holder=place.world.st_agnes.pk, identity_id=child, **given)
    place.take()
    assert place.number(child) != first


def test_numbers_are_drawn_and_not_made_of_anything(place: Place) -> None:
    """As many as there are, all different, spread over all 63 bits, and none of them part of the id it stands for."""
    for _ in range(20):
        births.a_birth(place.world.maria)
    place.take()
    found = place.owned("SELECT id, subject FROM deidentified.person")
    numbers = [number for _, number in found]
    assert len(set(numbers)) == len(found)
    assert all(0 <= number < 2**63 for number in numbers)
    for bit in range(63):
        assert 0 < sum(number >> bit & 1 for number in numbers) < len(numbers), f"bit {bit} never changes"
    assert not any(format(number, "x")[-8:] in identity.hex for identity, number in found)


class Fallen(BaseException):
    """The process dies here."""


def test_a_fall_half_way_leaves_what_there_was(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    before = place.take()
    births.a_birth(place.world.maria)
    files = {path: path.read_bytes() for path in before.folder.rglob("*") if path.is_file()}
    calls = []

    def falls(*args: Any) -> Any:
        calls.append(args)
        if len(calls) == 7:
            raise Fallen
        return written(*args)

    written = taking._write
    monkeypatch.setattr(taking, "_write", falls)
    with pytest.raises(Fallen):
        place.take()
    current = own(place.home).current()
    assert current is not None
    assert current / "extract" == before.folder
    assert {path: path.read_bytes() for path in before.folder.rglob("*") if path.is_file()} == files
    monkeypatch.undo()
    # A process that is killed cleans nothing up behind it.
    (own(place.home).folder / "draft" / "extract").mkdir(parents=True)
    (own(place.home).folder / "draft" / "extract" / "manifest.json").write_text("half")
    after = place.take()
    assert len(after.parts) == 1
    assert manifests.read(after.folder) == after.manifest


def test_lost_marks_only_cost_time(place: Place, tmp_path: Path) -> None:
    before = place.take()
    (before.folder.parent / taking.MARKS).write_text("{half")
    after = place.take()
    assert (len(after.parts), after.written) == (taking.PARTS, 0)
    shutil.rmtree(tmp_path)
    assert hashes(after) == hashes(before)
