"""An assessment lacks something as long as any component, item or person is blank."""

from __future__ import annotations

from dataclasses import replace

import pytest

from careloom.kernel.safety import Answer, Gap, Given, Items, gaps

ITEMS = Items(domains=("A.body", "A.feelings"), capacities=("B.one", "B.two"), factors=("C.1", "C.2"))
ALL = frozenset({"EVIDENCE", "SOURCE", "DATE", "CHILD"})
FULL = Given(
    children=("baby",), adults=("mother",), seen=frozenset({"baby", "mother"}), caregivers=frozenset({"mother"}),
    domains={("baby", "A.body"): True, ("baby", "A.feelings"): True}, capacities={("mother", "B.one"): True, ("mother", "B.two"): True},
    factors={"C.1": (Answer.YES, ALL), "C.2": (Answer.NO, frozenset({"EVIDENCE"}))},
)  # fmt: skip


def test_nothing_is_missing_when_every_item_of_every_part_is_there() -> None:
    assert gaps(items=ITEMS, given=FULL) == ()


@pytest.mark.parametrize("person_item", list(FULL.domains))
def test_a_blank_domain_of_one_child_is_missing(person_item: tuple[str, str]) -> None:
    found = gaps(items=ITEMS, given=replace(FULL, domains={**FULL.domains, person_item: False}))
    assert found == (Gap(part="A", item=person_item[1], person="baby"),)


@pytest.mark.parametrize("person_item", list(FULL.capacities))
def test_a_blank_capacity_of_one_adult_is_missing(person_item: tuple[str, str]) -> None:
    found = gaps(items=ITEMS, given=replace(FULL, capacities={**FULL.capacities, person_item: False}))
    assert found == (Gap(part="B", item=person_item[1], person="mother"),)


@pytest.mark.parametrize("what", sorted(ALL))
def test_a_yes_needs_evidence_source_date_and_child(what: str) -> None:
    found = gaps(items=ITEMS, given=replace(FULL, factors={**FULL.factors, "C.1": (Answer.YES, ALL - {what})}))
    assert found == (Gap(part="C", item="C.1", what=what),)


def test_no_and_cannot_tell_need_their_reason() -> None:
    for answer in (Answer.NO, Answer.UNABLE):
        found = gaps(items=ITEMS, given=replace(FULL, factors={**FULL.factors, "C.2": (answer, frozenset({"CHILD"}))}))
        assert found == (Gap(part="C", item="C.2", what="EVIDENCE"),)


def test_a_factor_without_an_answer_is_missing() -> None:
    assert gaps(items=ITEMS, given=replace(FULL, factors={"C.1": FULL.factors["C.1"]})) == (Gap(part="C", item="C.2"),)


def test_each_child_and_one_caregiver_were_met_face_to_face() -> None:
    assert gaps(items=ITEMS, given=replace(FULL, seen=frozenset({"mother"}))) == (Gap(part="", person="baby", what="SEEN"),)
    assert gaps(items=ITEMS, given=replace(FULL, seen=frozenset({"baby"}))) == (Gap(part="", what="CAREGIVER_SEEN"),)


def test_a_family_without_a_child_or_a_caregiver_is_no_assessment() -> None:
    found = {gap.what for gap in gaps(items=ITEMS, given=Given(children=(), adults=()))}
    assert {"NO_CHILD", "NO_CAREGIVER"} <= found
