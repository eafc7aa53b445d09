"""Mother's and infant's files: swapped, doubled and implausible pairs are told apart from sound ones."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest
from tests.unit.exchange.worlds import facts

from careloom.exchange.fhir import BundleFacts, check_pair

pytestmark = pytest.mark.usefixtures("in_this_process")


def _born(infant: BundleFacts, on: date) -> BundleFacts:
    return dataclasses.replace(infant, subjects=tuple(dataclasses.replace(s, birth_date=on) for s in infant.subjects))


@pytest.mark.parametrize("infant", ["infant", "twins"])
def test_a_sound_pair_has_no_problem(infant: str) -> None:
    assert check_pair(mother=facts("mother"), infant=facts(infant)) == []


def test_swapped_files_are_named() -> None:
    (problem,) = check_pair(mother=facts("infant"), infant=facts("mother"))
    assert problem.blocks
    assert "swapped" in problem.what


@pytest.mark.parametrize(("mother", "infant", "path"), [("twins", "infant", "infant"), ("mother", "mother", "infant")])
def test_the_same_person_twice_is_named(mother: str, infant: str, path: str) -> None:
    (problem,) = check_pair(mother=facts(mother), infant=facts(infant))
    assert (problem.path, problem.blocks) == (path, True)
    assert "same person" in problem.what


def test_an_impossible_age_blocks() -> None:
    (problem,) = check_pair(mother=facts("mother"), infant=_born(facts("infant"), date(2003, 4, 8)))
    assert problem.blocks
    assert "age" in problem.what


def test_a_birth_outside_every_known_pregnancy_asks_a_person() -> None:
    (problem,) = check_pair(mother=facts("mother"), infant=_born(facts("infant"), date(2026, 9, 8)))
    assert not problem.blocks
