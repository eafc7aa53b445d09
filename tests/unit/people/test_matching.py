"""What of a record is compared, and how: newborn names, nicknames, addresses, and the measures themselves."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from careloom.people.matching.compare import edits, similarity, weigh
from careloom.people.matching.model import load_model, nicknames
from careloom.people.matching.traits import Told, Traits, address_parts, traits_of


def child(name: str, *, family: str = "Smith", born: str = "2026-01-03", sex: str = "") -> Traits:
    mother = Told(key="m", role="MOTHER", given_name="Ana", family_name="Smith", birth_date="1995-03-12")
    return traits_of(Told(key=name, role="INFANT", given_name=name, family_name=family, birth_date=born, sex=sex), mother=mother, roots=nicknames())


@pytest.mark.parametrize(
    ("name", "order", "sex"),
    [
        ("Baby Girl A", "1", "f"), ("Baby Boy B", "2", "m"), ("BB", None, "m"), ("BG2", "2", "f"), ("Baby", None, None), ("Newborn", None, None),
        ("Twin B", "2", None), ("Bebé niña", None, "f"), ("babygirl", None, "f"), ("BB Smith", None, "m"), ("Infant 1", "1", None),
    ],
)  # fmt: skip
def test_what_a_ward_writes_is_no_name(name: str, order: str | None, sex: str | None) -> None:
    seen = child(name)
    assert (seen.given, seen.letter, seen.sex) == (None, order, sex)
    assert seen.mother_root == "ana"
    assert seen.mother_born == "19950312"


def test_a_name_that_is_one_stays_one() -> None:
    assert child("Babette").given == "babette"
    assert child("Boyd").given == "boyd"


def test_a_ward_name_in_the_family_name() -> None:
    seen = child("", family="BB Smith")
    assert seen.family == "smith"
    assert seen.given is None


@pytest.mark.parametrize(("one", "other"), [("Katie", "Katherine"), ("Pepe", "José"), ("Liz", "Isabel"), ("Bill", "William"), ("María", "Mary")])
def test_short_forms_lead_to_one_name(one: str, other: str) -> None:
    roots = {traits_of(Told(key=n, role="ADULT", given_name=n), roots=nicknames()).root for n in (one, other)}
    assert len(roots) == 1


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("12 Pine Street, Harbor 44012", ("12", "pine st", "44012")), ("4f brassiewood drive", ("4f", "brassiewood dr", None)),
        ("8975 Golden Mile Highway", ("8975", "golden mile hwy", None)), ("Old Mill Road, Harbor", (None, "old mill rd", "harbor")),
        ("", (None, None, None)),
    ],
)  # fmt: skip
def test_an_address_in_parts(text: str, parts: tuple[str | None, ...]) -> None:
    assert address_parts(text) == parts


def test_a_month_that_does_not_exist_was_a_day() -> None:
    assert traits_of(Told(key="a", role="ADULT", birth_date="1990-28-02"), roots={}).born == "19900228"


def test_a_grown_person_and_a_child_are_never_one() -> None:
    grown = traits_of(Told(key="a", role="MOTHER", given_name="Ana", family_name="Smith", birth_date="2026-01-03"), roots={})
    assert weigh(grown, child("Ana"), model=load_model()).weight < -100


def test_twins_and_siblings_are_kept_apart() -> None:
    model = load_model()
    assert weigh(child("Baby Girl A"), child("BG A"), model=model).weight > model.likely
    assert weigh(child("Baby Girl A"), child("Baby Girl B"), model=model).weight < model.show
    assert weigh(child("Luna"), child("Sol"), model=model).weight < model.show
    assert weigh(child("Baby Girl"), child("Baby Girl", born="2024-06-09"), model=model).weight < model.show
    assert weigh(child("Baby Girl"), child("Luna", sex="F"), model=model).weight > model.likely, "named since, or adopted under another name"


NAMES = st.text(alphabet="abcdeé", max_size=8)


@given(one=NAMES, other=NAMES)
def test_the_measures_are_even_handed(one: str, other: str) -> None:
    assert similarity(one, other) == pytest.approx(similarity(other, one))
    assert 0 <= similarity(one, other) <= 1
    assert edits(one, other) == edits(other, one)
    assert (edits(one, other) == 0) == (one == other)
    assert similarity(one, one) == (1 if one else 0)


@settings(max_examples=25, deadline=None)
@given(pairs=st.lists(st.tuples(st.text("abcdefgh", min_size=1, max_size=9), st.text("abcdefgh", min_size=1, max_size=9)), min_size=1, max_size=40))
def test_the_measures_are_duckdbs(pairs: list[tuple[str, str]]) -> None:
    import duckdb

    values = ", ".join(f"('{one}', '{other}')" for one, other in pairs)
    with duckdb.connect() as db:
        found = db.execute(f"SELECT jaro_winkler_similarity(a, b), damerau_levenshtein(a, b) FROM (VALUES {values}) v(a, b)").fetchall()
        for (one, other), (jaro, steps) in zip(pairs, found, strict=True):
            assert similarity(one, other) == pytest.approx(jaro)
            assert edits(one, other) == steps


def test_every_level_of_the_model_has_its_figures() -> None:
    model = load_model()
    assert model.show < model.likely < model.very_likely
    for comparison in model.comparisons:
        assert all(0 < level.m <= 1 and 0 < level.u <= 1 for level in comparison.levels), comparison.name
