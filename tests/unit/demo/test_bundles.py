from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import pytest
from fhir.resources.R4B.bundle import Bundle

from careloom.demo.bundles import infant_bundle, mother_bundle, write_bundles
from careloom.exchange.fhir.facts import ObservationKind, Substance
from careloom.exchange.fhir.pairs import check_pair
from careloom.exchange.fhir.reader import read_bundle

ENDS_ON = date(2026, 3, 12)


@pytest.mark.parametrize("kind", ["collection", "transaction"])
def test_every_bundle_is_valid_r4b(county, kind):
    for story in county.families:
        pages = [mother_bundle(story=story, as_of=ENDS_ON, kind=kind)]
        pages += [infant_bundle(story=story, infant=baby, as_of=ENDS_ON, kind=kind) for baby in story.infants]
        for page in pages:
            Bundle.model_validate(page)
            assert all(entry["resource"]["meta"]["tag"][0]["code"] == "HTEST" for entry in page["entry"])
            assert "SSN" not in json.dumps(page)


def test_another_kind_of_bundle_is_refused(county):
    with pytest.raises(ValueError, match="Choose collection or transaction"):
        mother_bundle(story=county.families[0], as_of=ENDS_ON, kind="batch")


def test_our_own_reader_takes_the_pair_and_finds_the_birth_facts(county):
    story = county.families[0]
    mother = read_bundle(data=json.dumps(mother_bundle(story=story, as_of=ENDS_ON)).encode(), name="mother", as_of=ENDS_ON)
    page = infant_bundle(story=story, infant=story.infants[0], as_of=ENDS_ON)
    infant = read_bundle(data=json.dumps(page).encode(), name="infant", as_of=ENDS_ON)
    assert check_pair(mother=mother, infant=infant) == []
    values = {fact.kind: fact.value for fact in infant.observations}
    assert values[ObservationKind.BIRTH_WEIGHT] == Decimal(3160)
    assert values[ObservationKind.GESTATIONAL_AGE] == Decimal(39 * 7 + 2)
    assert Substance.MOUD in {fact.substance for fact in mother.exposures}
    assert not infant.subjects[0].multiple_birth


def test_twins_come_as_two_bundles_with_their_order(county):
    story = next(one for one in county.families if one.world == "TWINS")
    orders = [infant_bundle(story=story, infant=baby, as_of=ENDS_ON)["entry"][0]["resource"]["multipleBirthInteger"] for baby in story.infants]
    assert orders == [1, 2]


def test_files_are_named_by_key_and_hold_the_bundles(county, tmp_path):
    paths = write_bundles(stories=county.families[:2], folder=tmp_path / "bundles", as_of=ENDS_ON)
    assert [path.name for path in paths] == ["f00001-mother.json", "f00001-infant1.json", "f00002-mother.json", "f00002-infant1.json"]
    assert json.loads(paths[0].read_text(encoding="utf-8")) == mother_bundle(story=county.families[0], as_of=ENDS_ON)
