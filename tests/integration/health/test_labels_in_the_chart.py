"""What tells about substance use is never kept under birth or pregnancy, and who is given those records is not told it. Source: interop.md 0.3."""

from __future__ import annotations

from itertools import product

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.factories.agencies import a_worker, an_agency, viewer
from tests.factories.births import a_birth, a_draft
from tests.integration.health.conftest import CARE, ICD10, KINDS, MARK, Chart, telling_rows

from careloom.agencies.roles import Role
from careloom.health import models
from careloom.health.actions import BirthFacts, put_birth, put_exposure
from careloom.health.words import mark
from careloom.infra import clock
from careloom.infra.access import Viewer, acting_as
from careloom.infra.access.models import Segment
from careloom.kernel.agency_kinds import AgencyKind
from careloom.kernel.disclosure import Category, Subject
from careloom.kernel.labels import Fact, label
from careloom.kernel.labels.codes import ENTRIES, NEED, ROLE
from careloom.kernel.notification import Substance

APART = "hipaa.toxicology"
CLINICAL = [entry for entry in ENTRIES if entry.system not in (NEED, ROLE)]


def stored(chart: Chart) -> list[tuple[str, str]]:
    with acting_as(chart.by):
        return [(kind.__name__, category) for kind in KINDS for category in kind.objects.values_list("category", flat=True)]


def test_facts_of_every_kind_that_tell_lie_apart(told: Chart) -> None:
    found = stored(told)
    assert {name for name, category in found if category == APART} == {
        "Condition", "Medication", "Observation", "Encounter", "Exposure", "NewbornSigns",
    }  # fmt: skip
    assert [name for name, category in found if category in CARE] == ["Birth"]


def test_no_code_of_the_book_is_ever_kept_under_birth_or_pregnancy(chart: Chart) -> None:
    for (category, about), way in product(zip(CARE, (chart.infant, chart.born.mother_id), strict=True), ("put", "create", "save")):
        rows = [chart.row(models.Condition, about=about, category=category, system=e.system, code=e.code, display="A finding") for e in CLINICAL]
        with acting_as(chart.by):
            if way == "put":
                chart.write(*rows)
            elif way == "create":
                models.Condition.objects.bulk_create(rows)
            else:
                for row in rows[:60]:
                    row.save()
    with acting_as(chart.by):
        assert models.Condition.objects.filter(category=APART).count() > 4 * len(CLINICAL)
        assert not models.Condition.objects.filter(category__in=CARE).exists()


TEXT = st.sampled_from(
    ["methadone", "Suboxone film", "naltrexone", "opioid use disorder", "Neonatal Abstinence Syndrome", "uso de drogas", "síndrome de abstinencia",
     "drug screen", "Finnegan", "fetal alcohol", "cocaine", "heroína"]
)  # fmt: skip


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(before=st.text(" abcxyzáé,-", max_size=20), word=TEXT, after=st.text(" abcxyz,.", max_size=20), upper=st.booleans(), infant=st.booleans())
def test_a_telling_word_anywhere_in_a_display_moves_the_row(chart: Chart, before: str, word: str, after: str, upper: bool, infant: bool) -> None:
    said = f"{before} {word.upper() if upper else word} {after}"
    about, category = (chart.infant, CARE[0]) if infant else (chart.born.mother_id, CARE[1])
    row = chart.row(models.Condition, about=about, category=category, system="http://local", code="A1", display=said)
    with acting_as(chart.by):
        row.save()
        assert models.Condition.objects.get(pk=row.pk).category == APART


def test_a_changed_code_moves_the_row_and_opens_its_segment(chart: Chart) -> None:
    row = chart.row(models.Condition, about=chart.infant, category=CARE[0], system=ICD10, code="P22.0", display="Respiratory distress")
    with acting_as(chart.by):
        row.save()
        assert row.category == CARE[0]
        row.code, row.display = "P96.1", "Withdrawal"
        row.save(update_fields=["code", "display"])
        assert models.Condition.objects.get(pk=row.pk).category == APART
        assert Segment.objects.filter(identity_id=chart.infant, category=APART).exists()


def test_a_medicine_that_tells_nothing_alone_moves_when_the_infant_shows_signs(chart: Chart) -> None:
    codeine = chart.row(models.Medication, about=chart.born.mother_id, category=CARE[1], system="", code="", display="Acetaminophen / Codeine")
    iron = chart.row(models.Medication, about=chart.born.mother_id, category=CARE[1], system="", code="", display="Ferrous sulfate")
    chart.write(codeine, iron)
    with acting_as(chart.by):
        assert set(models.Medication.objects.values_list("category", flat=True)) == {CARE[1]}
        birth = chart.born.births[0]
        put_birth(
            by=chart.by, at=clock.now(), infant_id=birth.identity_id, mother_id=birth.mother_identity_id, source_system=birth.source_system,
            source_type=birth.source_type, source_id=birth.source_id, facts=BirthFacts(born_at=birth.born_at, withdrawal="OBSERVED"),
        )  # fmt: skip
        assert dict(models.Medication.objects.values_list("display", "category")) == {
            "Acetaminophen / Codeine": APART, "Ferrous sulfate": CARE[1]
        }  # fmt: skip
        again = chart.row(models.Medication, about=codeine.identity_id, category=CARE[1], system="", code="", display=codeine.display)
        again.source_id, again.recorded_at = codeine.source_id, codeine.recorded_at
    chart.write(again)
    with acting_as(chart.by):
        assert models.Medication.objects.get(display=codeine.display).category == APART


def test_another_hospitals_signs_move_nothing_here(chart: Chart) -> None:
    codeine = chart.row(models.Medication, about=chart.born.mother_id, category=CARE[1], system="", code="", display="Codeine")
    chart.write(codeine)
    elsewhere = a_worker(Role.HOSPITAL_SOCIAL_WORKER)
    a_birth(elsewhere, withdrawal="TREATED")
    with acting_as(chart.by):
        assert models.Medication.objects.get().category == CARE[1]


def test_a_programs_own_chart_keeps_its_law_whatever_the_code(db: None) -> None:
    program = a_worker(Role.CLINICIAN, Role.SUPERVISOR, agency=an_agency(kind=AgencyKind.PART2_PROGRAM, is_part2_program=True))
    keeps = Chart(born=a_birth(program, exposures=()), by=viewer(program))
    keeps.write(keeps.row(models.Condition, about=keeps.born.mother_id, category=CARE[1], system=ICD10, code="D50.9", display="Anemia"))
    with acting_as(keeps.by):
        assert models.Condition.objects.get().category == "part2.diagnosis"


def test_a_notification_is_still_filled_from_what_lies_apart(db: None) -> None:
    born = a_birth(a_worker(Role.HOSPITAL_SOCIAL_WORKER), withdrawal="TREATED", fasd_signs=True)
    facts = a_draft(born).facts
    assert (facts["withdrawal"], facts["fasd"]) == ("TREATED", "SUSPECTED")
    assert [e["substance"] for e in facts["exposures"]] == ["BUPRENORPHINE"]


def test_a_role_that_does_not_read_it_may_write_it_twice(chart: Chart) -> None:
    """Decision 0007: writing down is not refused; and what was written is found again."""
    from dataclasses import replace

    narrow = replace(chart.by, categories=frozenset(CARE))
    with acting_as(narrow):
        first = put_exposure(by=narrow, at=clock.now(), identity_id=chart.born.mother_id, substance="COCAINE")
        second = put_exposure(by=narrow, at=clock.now(), identity_id=chart.born.mother_id, substance="COCAINE", prescribed="NO")
        assert first.pk == second.pk
        assert not models.Exposure.objects.seen_by(narrow).exists()


RECIPIENTS = [
    AgencyKind.WIC,
    AgencyKind.HOME_VISITING,
    AgencyKind.EARLY_INTERVENTION,
    AgencyKind.HOUSING,
    AgencyKind.OTHER,
    AgencyKind.PEDIATRIC_CLINIC,
]


@pytest.mark.parametrize("kind", RECIPIENTS)
def test_who_is_given_the_newborn_record_is_not_told_by_any_row(told: Chart, kind: AgencyKind) -> None:
    reader = a_worker(Role.SUPERVISOR, agency=an_agency(kind=kind))
    told.share(reader, "hipaa.newborn_record")
    told.share(reader, "hipaa.ob_record", about=told.born.mother_id)
    assert rows_of(viewer(reader)) == {"health_birth": 1}


def test_who_is_given_it_as_well_is_told(told: Chart) -> None:
    reader = a_worker(Role.SUPERVISOR, agency=an_agency(kind=AgencyKind.PEDIATRIC_CLINIC, is_covered_entity=True))
    told.share(reader, "hipaa.newborn_record", APART)
    found = rows_of(viewer(reader))
    assert {"health_birth", "health_newborn_signs", "health_condition", "health_observation"} <= set(found)


def rows_of(reader: Viewer) -> dict[str, int]:
    """How many rows of each table of the chart come back to plain SQL under the application's role."""
    found = {}
    with acting_as(reader), connection.cursor() as cursor:
        for kind in KINDS:
            cursor.execute(f"SELECT count(*) FROM {kind._meta.db_table}")
            found[kind._meta.db_table] = cursor.fetchone()[0]
    return {table: many for table, many in found.items() if many}


def test_the_mark_says_why_and_whose_it_is(told: Chart) -> None:
    with acting_as(told.by):
        rows = [row for kind in KINDS for row in kind.objects.all()]
    marks = {row: mark(row) for row in rows}
    assert {bool(text) for row, text in marks.items() if row.category == APART} == {True}
    assert [text for row, text in marks.items() if isinstance(row, models.Birth)] == [""]
    withdrawal = next(text for row, text in marks.items() if getattr(row, "code", "") == "P96.1")
    assert withdrawal == "Tells about substance use: its code, medicine or test says so. It is the mother’s to tell."
    assert MARK not in " ".join(marks.values())


def test_label_and_rows_agree(chart: Chart) -> None:
    """The kernel is asked of each row as a whole, and says what was stored."""
    for rows in telling_rows(chart):
        for row in rows:
            subject = Subject.INFANT if row.identity_id == chart.infant else Subject.MOTHER
            texts = tuple(getattr(row, name) for name in row.texts)
            places = tuple(getattr(row, name) for name in row.places)
            codes = ((row.system, row.code),) if getattr(row, "code", "") else ()
            authors = tuple(getattr(row, name) for name in row.authors)
            fact = Fact(
                kind=row.sort, subject=subject, category=Category(row.category), texts=texts, places=places, codes=codes, authors=authors
            )  # fmt: skip
            assert label(fact).category is Category.HIPAA_TOXICOLOGY


def test_an_exposure_to_any_substance_that_a_form_offers_is_kept(chart: Chart) -> None:
    for substance in Substance:
        with acting_as(chart.by):
            kept = put_exposure(by=chart.by, at=clock.now(), identity_id=chart.born.mother_id, substance=substance.value, source_id=f"s-{substance}")
        assert kept.substance == substance
