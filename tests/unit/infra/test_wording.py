"""Person-first words: what is suggested, what is left alone, and that quoted text never changes."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from careloom.infra.wording.suggesting import apply, rules, suggest


def said(text: str, language: str = "en") -> str:
    return apply(text, suggest(text, language))


@pytest.mark.parametrize(
    ("text", "better"),
    [
        ("The addict came back.", "The person with a substance use disorder came back."),
        ("Addict in room 4.", "Person with a substance use disorder in room 4."),
        ("She is clean for 3 months.", "She is in recovery for 3 months."),
        ("Her urine: clean UA today.", "Her urine: expected UA today."),
        ("A dirty drug screen.", "An unexpected drug screen."),
        ("She relapsed in May.", "She returned to use in May."),
        ("He refused to come.", "He chose not to come."),
        ("An addict came.", "A person with a substance use disorder came."),
        ("An addicted baby.", "An infant with prenatal substance exposure."),
        ("She was non-compliant.", "She was unable to take part so far."),
        ("His father committed suicide.", "His father died by suicide."),
        ("On MAT since June.", "On MOUD since June."),
    ],
)
def test_what_is_suggested(text: str, better: str) -> None:
    assert said(text) == better


@pytest.mark.parametrize(
    "text",
    [
        "The house is clean and the crib has a clean sheet.", "Wash with clean water.", "Dirty clothes on the floor.",
        "The case manager wrote the case plan, in case she asks.", "Relapse prevention plan is signed.", "He is an unaddicted reader.",
        "A yoga mat and a mattress.", "No alcoholic beverages on the shelf.", "She said “I am an addict” and laughed.",
        'The note says "drug abuser" and nothing else.', "> an addict, wrote the sheriff", "Substance abuse under 42 CFR 2.11 means this.",
        "Substance Abuse and Mental Health Services Administration", "Child Abuse Prevention and Treatment Act", "",
    ],
)  # fmt: skip
def test_what_is_left_alone(text: str) -> None:
    assert suggest(text, "en") == []


def test_a_citation_keeps_its_own_sentence_only() -> None:
    found = suggest("Substance abuse, 42 U.S.C. 290dd-2, is defined there. Her substance abuse began at 16.", "en")
    assert [one.span[0] for one in found] == [58]


def test_what_has_no_word_is_to_be_described() -> None:
    (one,) = suggest("She is a bad mother.", "en")
    assert (one.said, one.better, one.why) == ("bad mother", "", "Describe what happened instead.")
    assert said("She is a bad mother.") == "She is a bad mother."


def test_spanish_has_a_list_of_its_own_and_another_language_none() -> None:
    assert said("La madre adicta recayó.", "es") == "La madre con trastorno por uso de sustancias volvió a consumir."
    assert said("La casa está limpia.", "es-mx") == "La casa está limpia."
    assert suggest("addict", "fr") == []
    assert suggest("addict", "es") == []


WORDS = st.sampled_from([
    "addict", "clean", "she is clean", "dirty urine", "relapse", "MAT", "refused to", "the", "mother", "alcoholic", "42 CFR 2.31",
    ".", "!", "\n", " ",
    "substance abuse", "§", "baby", "’s",
])  # fmt: skip
PLAIN = st.lists(WORDS, max_size=8).map(" ".join)


@settings(deadline=None)
@given(before=PLAIN, inside=PLAIN.map(lambda t: t.replace("\n", " ")), after=PLAIN, marks=st.sampled_from(["“”", '""', "«»"]))
def test_quoted_text_never_changes(before: str, inside: str, after: str, marks: str) -> None:
    quoted = f"{marks[0]}{inside}{marks[1]}"
    text = f"{before} {quoted} {after}"
    spans = [one.span for one in suggest(text, "en")]
    start, end = len(before) + 1, len(before) + 1 + len(quoted)
    assert not [span for span in spans if span[0] < end and start < span[1]]
    assert quoted in apply(text, suggest(text, "en"))


@settings(deadline=None)
@given(text=st.one_of(PLAIN, st.text(max_size=200)), language=st.sampled_from(["en", "es"]))
def test_spans_are_apart_in_order_and_say_what_stands_there(text: str, language: str) -> None:
    found = suggest(text, language)
    assert all(text[one.span[0] : one.span[1]] == one.said and one.why for one in found)
    assert all(a.span[1] <= b.span[0] for a, b in pairwise(found))
    assert apply(text, []) == text


def test_every_entry_finds_its_own_words_and_what_it_says_is_not_on_the_list() -> None:
    for language in ("en", "es"):
        for rule in rules(language):
            assert suggest(rule.better, language) == [], rule.code
