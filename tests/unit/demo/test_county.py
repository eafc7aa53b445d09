from __future__ import annotations

import re
import tracemalloc
from collections import Counter
from dataclasses import fields, is_dataclass
from datetime import date

import pytest

from careloom.demo.agenda import duties
from careloom.demo.county import generate_county, iterate_families
from careloom.demo.ground import ROLES, make_ground
from careloom.demo.named import WORLDS
from careloom.demo.parameters import data
from careloom.kernel.agency_kinds import AgencyKind

ENDS_ON = date(2026, 3, 12)


def every(value, kind=str):
    """Every value of a kind inside a record, with its field name."""
    for field in fields(value):
        item = getattr(value, field.name)
        for one in item if isinstance(item, tuple) else (item,):
            if isinstance(one, kind):
                yield field.name, one
            elif is_dataclass(one):
                yield from every(one, kind)


def test_the_same_seed_and_day_give_the_same_county(county):
    again = generate_county(seed=20260312, ends_on=ENDS_ON)
    assert again == county
    assert generate_county(seed=20260313, ends_on=ENDS_ON).families != county.families


def test_more_families_leave_the_first_ones_as_they_were(county):
    assert tuple(iterate_families(families=60, seed=20260312, ends_on=ENDS_ON))[:40] == county.families


def test_a_large_world_is_never_held_as_a_whole():
    tracemalloc.start()
    for _ in iterate_families(families=1500, seed=3, ends_on=ENDS_ON):
        pass
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 3_000_000


@pytest.mark.parametrize("wrong", [{"families": 0}, {"months": 0}, {"mix": "no_such"}])
def test_an_empty_or_unknown_county_is_refused(wrong):
    with pytest.raises(ValueError):
        generate_county(seed=1, ends_on=ENDS_ON, **wrong)


def test_both_counties_have_each_kind_of_agency_and_the_kernel_knows_the_kinds(county):
    kinds = Counter(agency.kind for agency in county.agencies)
    assert set(kinds) <= {kind.value for kind in AgencyKind}
    alone = {"TRIBAL_ICWA", "STATE_OVERSIGHT", "COORDINATION_HUB"}
    assert {kind for kind, count in kinds.items() if count != 2} == alone
    assert {agency.key for agency in county.agencies if agency.is_part2_program} == {"riverbend", "cedar_path"}
    assert all(agency.outward_name for agency in county.agencies if agency.is_part2_program)


def test_workers_cover_the_twelve_roles_and_have_their_place(county):
    assert len(ROLES) == 12
    assert set(ROLES) <= {worker.role for worker in county.workers}
    agencies, keys = {agency.key for agency in county.agencies}, {worker.key for worker in county.workers}
    assert all(worker.agency_key in agencies for worker in county.workers)
    assert all(worker.supervisor_key in keys for worker in county.workers if worker.supervisor_key)
    assert len({worker.email for worker in county.workers}) == len(county.workers)


def test_no_number_address_or_mail_can_be_real(county):
    for name, text in every(county):
        if name == "phone":
            assert re.fullmatch(r"555-01\d\d", text)
        if name == "mrn":
            assert text.startswith("SYN-")
        if name == "email":
            assert re.fullmatch(r"[^@\s]+@([a-z-]+\.)*example\.org", text)
        if name == "zip_code":
            assert re.fullmatch(r"000\d\d", text)
            assert text != "00000"
        if name == "plan_id":
            assert re.fullmatch(r"ZZ\d{8}", text)
        if name == "address":
            assert re.match(r"\d{1,2} Example Street", text)
        if name == "npi":
            assert not luhn("80840" + text)


def luhn(digits: str) -> bool:
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def test_every_record_says_that_it_is_synthetic_and_surnames_are_coined(county):
    coined = {*data("names")["en"], *data("names")["es"], "Reyes", "Ortega", "Brooks"}
    assert county.synthetic
    for story in county.families:
        assert story.synthetic
        assert all(baby.synthetic for baby in story.infants)
        assert all(record.synthetic for record in story.records)
        for person in (story.mother, *story.household):
            assert person.synthetic
            assert set(person.family.replace("-", " ").replace(" de ", " ").split()) <= coined


def test_the_named_worlds_are_there(county):
    worlds = {story.world: story for story in county.families if story.world}
    assert tuple(worlds) == WORLDS
    marisol = worlds["MARISOL"]
    assert marisol.label == "Marisol and Mateo"
    assert (marisol.infants[0].weight_g, marisol.infants[0].gestation_weeks, marisol.infants[0].gestation_days) == (3160, 39, 2)
    assert [member.given for member in marisol.household if member.do_not_contact] == ["Ramiro"]
    assert marisol.mother.miles_to_clinic == 70
    assert worlds["HANNAH"].plan.lead_question.to_worker_key == "whitlock"
    assert worlds["RENATA"].pregnancy.outcome == "EXPECTING"
    assert (280 - (worlds["RENATA"].pregnancy.due_on - ENDS_ON).days) // 7 == 37
    assert worlds["KAYLA"].notification.level == "L4"
    assert worlds["KAYLA"].treatment is None
    assert len(worlds["TWINS"].infants) == 2
    assert worlds["PRESCRIBED"].notification.level == "L0"
    assert worlds["NO_PLAN_YET"].plan is None


def test_several_mothers_speak_spanish_and_say_it_in_spanish(county):
    spanish = [story for story in county.families if story.mother.language == "es"]
    assert len(spanish) >= 5
    assert all(story.mother.wants_interpreter for story in spanish)
    english = {text for row in data("needs") for words in row["words"]["en"].values() for text in words}
    assert not {need.her_words for story in spanish for need in story.needs} & english


@pytest.mark.parametrize("worker", ["whitlock", "castillo", "ortiz", "lindqvist"])
def test_each_leading_worker_has_something_late_today_this_week_and_waiting(county, worker):
    ground = make_ground(seed=county.seed, months=6, ends_on=ENDS_ON)
    buckets = {duty.bucket for duty in duties(ground=ground, stories=county.families, worker_key=worker)}
    assert {"LATE", "TODAY", "WEEK", "WAITING"} <= buckets


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_every_practice_county_shows_a_closing_and_a_pair_of_twins(seed):
    rows = generate_county(seed=seed, ends_on=ENDS_ON).families
    assert any(story.plan and story.plan.closed_on for story in rows)
    assert any(len(story.infants) == 2 for story in rows)
