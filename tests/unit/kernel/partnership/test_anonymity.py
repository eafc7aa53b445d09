"""Groups of a questionnaire: whatever is added and subtracted, nobody stands among fewer than the least."""

from __future__ import annotations

from collections import Counter
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from careloom.kernel.partnership.anonymity import POOLED, kept_groups

ORDER = ("agency", "discipline", "tier")
people = st.lists(
    st.fixed_dictionaries(
        {"agency": st.sampled_from("ABCD"), "discipline": st.sampled_from(["N", "D", ""]), "tier": st.sampled_from("CO")}
    ),
    max_size=60,
)  # fmt: skip


@given(told=people, least=st.sampled_from([5, 11]))
@settings(max_examples=300, deadline=None)
def test_no_part_that_follows_from_the_kept_groups_is_small(told: list[dict[str, str]], least: int) -> None:
    kept = kept_groups(told, order=ORDER, least=least)
    assert not kept or len(told) >= least
    parts = Counter(zip(*kept.values(), strict=True)) if kept else Counter()
    assert all(size >= least for size in parts.values())
    # Every group, every common part of two, and every rest of one without another.
    sets = [{i for i, label in enumerate(labels) if label == group} for labels in kept.values() for group in set(labels)]
    for one, two in product(sets, sets):
        for found in (one & two, one - two, one | two):
            assert not found or len(found) >= least
    for name, labels in kept.items():
        assert len(labels) == len(told)
        assert len(set(labels)) > 1
        assert all(label in (POOLED, person[name]) for label, person in zip(labels, told, strict=True))


def test_a_group_of_three_is_pooled_and_takes_a_larger_one_with_it() -> None:
    told = [{"agency": "A"}] * 9 + [{"agency": "B"}] * 6 + [{"agency": "C"}] * 3
    labels = kept_groups(told, order=("agency",))["agency"]
    assert Counter(labels) == {"A": 9, POOLED: 9}


def test_who_does_not_say_is_never_a_group_of_her_own() -> None:
    told = [{"agency": "A"}] * 8 + [{"agency": ""}] * 6
    assert set(kept_groups(told, order=("agency",))["agency"]) == {"A", POOLED}


def test_fewer_than_the_least_have_no_groups() -> None:
    assert kept_groups([{"agency": "A"}] * 4, order=("agency",)) == {}
    assert kept_groups([{"agency": "A"}] * 20, order=("agency",)) == {}
