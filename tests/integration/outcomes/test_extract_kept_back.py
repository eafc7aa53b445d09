"""What the extract leaves out, and which words are left in it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import duckdb
import pytest
from tests.databases import own_database
from tests.factories import births
from tests.factories.agencies import a_worker, an_agency
from tests.factories.extracts import Place
from tests.factories.plans import PlanWorld, a_key

from careloom.consents.models import DataClause, Restriction
from careloom.infra import clock
from careloom.kernel.agency_kinds import AgencyKind
from careloom.outcomes.extracting import taking
from careloom.outcomes.extracting.taking import Taken
from careloom.outcomes.measures.vocabulary import CODES


@pytest.fixture(scope="module")
def place(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    with own_database(django_db_blocker):
        yield Place(world=PlanWorld(), home=tmp_path_factory.mktemp("extract"))


def test_what_is_kept_back_stays_back(place: Place) -> None:
    """A limit that binds towards oversight, what stands about violence, and everything of a Tribe that gave no leave."""
    nation = an_agency(kind=AgencyKind.TRIBAL_ICWA, is_tribe=True, name="Birch Nation", short_name="Birch Nation")
    theirs = births.a_birth(a_worker(agency=nation))
    hers, free, member = (births.a_birth(place.world.maria, **facts) for facts in ({}, {}, {"tribe": "Birch Nation"}))
    for born in (hers, free):
        births.sent(born)
    hospital = place.world.st_agnes.pk
    limit = {"identity_id": hers.mother_id, "category": "posc.plan_core", "to_kind": "STATE_OVERSIGHT", "begun_at": clock.now()}
    place.kept(Restriction(holder_id=hospital, request_key=a_key(), **limit))
    place.owned("UPDATE health_exposure SET category = 'dv.victim_record' WHERE identity_id = %s", free.mother_id)
    taken = place.take()

    def subjects(born: births.BornHere) -> list[int]:
        return [place.number(born.mother_id), place.number(born.births[0].identity_id)]

    def told(table: str, born: births.BornHere, taken: Taken) -> int:
        return len(place.rows(table, where=f"subject IN ({', '.join(map(str, subjects(born)))})", taken=taken))

    assert [told(table, theirs, taken) for table in ("subjects", "births")] == [0, 0]
    # Her limit is of her own record; the birth is the infant's.
    assert (told("notifications", hers, taken), told("births", hers, taken)) == (0, 1)
    assert place.rows("subjects", where=f"subject = {subjects(hers)[0]}", taken=taken) == []
    assert (told("notifications", free, taken), told("births", free, taken)) == (1, 1)
    assert place.rows("subjects", where=f"subject = {subjects(free)[0]}", what="exposure", taken=taken) == [(None,)]
    assert place.rows("subjects", where=f"subject = {subjects(member)[0]}", what="nation", taken=taken) == [(None,)]
    leave = DataClause(
        kind="DUA", title="Use of data", discloser_id=nation.pk, recipient_id=hospital, categories=["hipaa.newborn_record"],
        purposes=["public_health"], starts_on=clock.today() - timedelta(days=1), put_at=clock.now(), request_key=a_key(),
    )  # fmt: skip
    place.kept(leave)
    given = place.take()
    assert len(given.parts) == taking.PARTS
    assert [told(table, theirs, given) for table in ("subjects", "births")] == [2, 1]
    assert place.rows("subjects", where=f"subject = {subjects(member)[0]}", what="nation", taken=given) == [("BIRCH_NATION",)]
    place.owned("UPDATE consents_clause SET ended_at = now() WHERE id = %s", leave.pk)
    assert told("births", theirs, place.take()) == 0


def test_words_are_codes_that_everybody_knows(place: Place) -> None:
    from careloom.outcomes.extracting.codes import faults
    from careloom.outcomes.measures.layout import TABLES, schema_of

    taken = place.take()
    for name in TABLES:
        table = duckdb.sql(f"SELECT * FROM '{taken.folder / name}/*.parquet'").to_arrow_table()
        assert table.schema.names == schema_of(name).names
        assert list(faults(name, table)) == []
    assert CODES


def test_the_classes_of_exposure_cover_every_substance(place: Place) -> None:
    from careloom.kernel.notification import Substance
    from careloom.outcomes.extracting.codes import EXPOSURES

    found = {one: place.owned("SELECT deidentified.exposure(%s)", one.value)[0][0] for one in Substance}
    assert set(found.values()) <= set(EXPOSURES)
    assert found[Substance.METHADONE] == found[Substance.BUPRENORPHINE] == "MOUD"
    assert (found[Substance.FENTANYL], found[Substance.HALLUCINOGEN], found[Substance.CANNABIS]) == ("OPIOID", "OTHER", "CANNABIS")


@pytest.mark.parametrize(
    ("told", "race", "ethnicity"),
    [
        (["BLACK"], "BLACK", "NOT_HISPANIC"), (["HISPANIC"], None, "HISPANIC"), (["White", "Not Hispanic or Latino"], "WHITE", "NOT_HISPANIC"),
        (["White", "Asian", "Hispanic or Latino"], "MULTIPLE", "HISPANIC"),
        (["Native Hawaiian or Other Pacific Islander"], "PACIFIC", "NOT_HISPANIC"),
        (["American Indian or Alaska Native"], "NATIVE", "NOT_HISPANIC"), (["NATIVE"], "NATIVE", "NOT_HISPANIC"),
        (["MULTIPLE"], "MULTIPLE", "NOT_HISPANIC"),
        (["Black or African American"], "BLACK", "NOT_HISPANIC"), (["Other Race"], "OTHER", "NOT_HISPANIC"), ([], None, None),
    ],
)  # fmt: skip
def test_what_she_said_of_herself_becomes_one_code(told: list[str], race: str | None, ethnicity: str | None, place: Place) -> None:
    words = "|".join(told)
    assert place.owned("SELECT deidentified.race(%s), deidentified.ethnicity(%s)", words, words) == [(race, ethnicity)]
