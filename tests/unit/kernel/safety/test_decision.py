"""The safety decision on generated families: what is added, and what is taken away, moves it one way only."""

from __future__ import annotations

from dataclasses import fields, replace
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from careloom.kernel.safety import STRENGTH, Adult, Answer, Capacity, Child, Decision, Factor, Reason, Response, decide

ITEMS = ("B.one", "B.two")
DOMAINS = ("A.body", "A.feelings")
KEYS = st.sampled_from(["one", "two", "three"])


def adults() -> st.SearchStrategy[list[Adult]]:
    capacities = st.fixed_dictionaries(dict.fromkeys(ITEMS, st.sampled_from(Capacity)))
    one = st.builds(Adult, key=st.sampled_from(["mother", "father", "aunt"]), cares=st.booleans(), at_home=st.booleans(), capacities=capacities)
    return st.lists(one, max_size=3, unique_by=lambda adult: adult.key)


def children() -> st.SearchStrategy[list[Child]]:
    one = st.builds(Child, key=KEYS, domains=st.frozensets(st.sampled_from(DOMAINS)))
    return st.lists(one, max_size=3, unique_by=lambda child: child.key)


def factors() -> st.SearchStrategy[list[Factor]]:
    one = st.builds(
        Factor, key=st.sampled_from(["C.1", "C.2", "C.3"]), answer=st.sampled_from(Answer), children=st.frozensets(KEYS),
        by=st.frozensets(st.sampled_from(["mother", "father", "aunt"])),
    )  # fmt: skip
    return st.lists(one, max_size=3, unique_by=lambda factor: factor.key)


families = st.tuples(children(), adults(), factors())


def made(family: tuple[list[Child], list[Adult], list[Factor]]) -> Decision:
    return decide(children=family[0], adults=family[1], factors=family[2])


def height(found: Decision) -> int:
    """Where a decision stands between leaving the family alone and taking most from it; what is not settled stands above safe."""
    order = [Response.SAFE, None, *STRENGTH[1:]]
    return order.index(found.points_to)


@settings(deadline=None)  # a machine that is busy says nothing about the rule
@given(families, st.frozensets(KEYS))
def test_one_more_threat_never_makes_it_safer(family: tuple[list[Child], list[Adult], list[Factor]], reached: frozenset[str]) -> None:
    more = [*family[2], Factor(key="C.9", answer=Answer.YES, children=reached)]
    assert height(made((family[0], family[1], more))) >= height(made(family))


@settings(deadline=None)  # a machine that is busy says nothing about the rule
@given(families)
def test_a_threat_that_is_answered_yes_is_never_safer_than_unable_and_that_never_safer_than_no(
    family: tuple[list[Child], list[Adult], list[Factor]],
) -> None:
    for place, factor in enumerate(family[2]):
        heights = []
        for answer in (Answer.NO, Answer.UNABLE, Answer.YES):
            changed = [*family[2]]
            changed[place] = replace(factor, answer=answer)
            heights.append(height(made((family[0], family[1], changed))))
        assert heights == sorted(heights)


@settings(deadline=None)  # a machine that is busy says nothing about the rule
@given(families)
def test_a_capacity_that_is_lost_never_makes_it_safer(family: tuple[list[Child], list[Adult], list[Factor]]) -> None:
    for place, adult in enumerate(family[1]):
        fewer = [*family[1]]
        fewer[place] = replace(adult, capacities={**adult.capacities, ITEMS[0]: Capacity.ABSENT})
        assert height(made((family[0], fewer, family[2]))) >= height(made(family))


@settings(deadline=None)  # a machine that is busy says nothing about the rule
@given(families)
def test_no_capacity_makes_a_child_vulnerable(family: tuple[list[Child], list[Adult], list[Factor]]) -> None:
    strong = [Child(key=child.key) for child in family[0]]
    found = made((strong, family[1], family[2]))
    assert found.points_to is Response.SAFE
    assert not found.active


@settings(deadline=None)  # a machine that is busy says nothing about the rule
@given(families)
def test_more_of_the_same_counts_for_nothing(family: tuple[list[Child], list[Adult], list[Factor]]) -> None:
    """A second factor that says what the first one says, and a second domain of the same child, change no answer: nothing is added up."""
    twice = [*family[2], *(replace(factor, key=f"{factor.key}.again") for factor in family[2])]
    assert made((family[0], family[1], twice)).points_to == made(family).points_to
    more = [replace(child, domains=frozenset(DOMAINS)) if child.domains else child for child in family[0]]
    assert made((more, family[1], family[2])).points_to == made(family).points_to


@settings(deadline=None)  # a machine that is busy says nothing about the rule
@given(families)
def test_the_order_in_which_things_were_written_down_does_not_matter(family: tuple[list[Child], list[Adult], list[Factor]]) -> None:
    assert made((family[0][::-1], family[1][::-1], family[2][::-1])) == made(family)


@settings(deadline=None)  # a machine that is busy says nothing about the rule
@given(families)
def test_safe_is_never_open_to_choice_beside_an_active_danger_and_a_plan_never_beside_safe(
    family: tuple[list[Child], list[Adult], list[Factor]],
) -> None:
    found = made(family)
    if found.active:
        assert Response.SAFE not in found.may_choose
        assert Reason.DANGER_NOW in found.reasons
    if found.is_safe:
        assert found.may_choose == (Response.SAFE,)
    assert found.points_to is None or found.points_to in found.may_choose
    assert found.needs_why == set(found.may_choose) - {found.points_to}


@settings(deadline=None)  # a machine that is busy says nothing about the rule
@given(families)
def test_every_active_danger_reaches_a_vulnerable_child_and_nobody_able_with_the_daily_care_stands_against_it(
    family: tuple[list[Child], list[Adult], list[Factor]],
) -> None:
    vulnerable = {child.key for child in family[0] if child.domains}
    by_key = {factor.key: factor for factor in family[2]}
    for held in made(family).active:
        assert set(held.children) == vulnerable & by_key[held.factor].children != set()
        assert not [a for a in family[1] if a.cares and a.is_able and a.key not in by_key[held.factor].by]


def test_nobody_offsets_or_holds_back_what_is_about_her_own_behavior() -> None:
    able = dict.fromkeys(ITEMS, Capacity.PRESENT)
    child = Child(key="baby", domains=frozenset(DOMAINS))
    for cares, expected in ((True, Response.SAFE), (False, Response.IN_HOME)):
        adult = Adult(key="she", cares=cares, at_home=True, capacities=able)
        threat = Factor(key="C.1", answer=Answer.YES, children=frozenset({"baby"}))
        assert decide(children=[child], adults=[adult], factors=[threat]).points_to is expected
        hers = replace(threat, by=frozenset({"she"}))
        assert decide(children=[child], adults=[adult], factors=[hers]).points_to is Response.OUT_OF_HOME


def test_who_was_not_assessed_protects_nobody() -> None:
    adult = Adult(key="she", cares=True, at_home=True, capacities={})
    assert not adult.is_able


def test_the_answer_holds_no_number() -> None:
    """No score, no sum, no level: neither in what goes in nor in what comes out (R-166, R-168)."""
    for kind in (Child, Adult, Factor, Decision):
        for field in fields(kind):
            assert not any(word in field.name for word in ("score", "risk", "level", "weight", "points_sum", "history", "race", "payer"))
            assert "int" not in str(field.type)
            assert "float" not in str(field.type)


def test_every_combination_of_the_rule_is_written_out_once() -> None:
    """The table of the rule: threat, vulnerable, offset, held back (domain 3.1)."""
    able, not_able = dict.fromkeys(ITEMS, Capacity.PRESENT), dict.fromkeys(ITEMS, Capacity.DIMINISHED)
    for answer, vulnerable, cares, helps in product(Answer, (True, False), (True, False), (True, False)):
        found = decide(
            children=[Child(key="baby", domains=frozenset(DOMAINS[:1]) if vulnerable else frozenset())],
            adults=[
                Adult(key="mother", cares=True, at_home=True, capacities=able if cares else not_able),
                Adult(key="aunt", cares=False, at_home=True, capacities=able if helps else not_able),
            ],
            factors=[Factor(key="C.1", answer=answer, children=frozenset({"baby"}))],
        )
        expected = Response.SAFE
        if vulnerable and not cares and answer is Answer.UNABLE:
            expected = None
        if vulnerable and not cares and answer is Answer.YES:
            expected = Response.IN_HOME if helps else Response.OUT_OF_HOME
        assert found.points_to is expected, (answer, vulnerable, cares, helps)
