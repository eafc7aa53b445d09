"""How hard the English pages are to read: Flesch-Kincaid by our own counter, over the running text of every page."""

from __future__ import annotations

import re
from html import unescape

import pytest
from tests.integration.portal.conftest import World

from careloom.config.messages import catalog
from careloom.config.messages.__main__ import PO, is_current, missing

PAGES = (
    "", "plan/", "visits/", "supporters/", "card/", "expect/", "rights/", "facts/", "skills/", "family/", "call/", "shared/", "sharing/{}/", "court/",
    "told/", "rights/ask/ACCESS/", "rights/ask/AMENDMENT/", "rights/ask/RESTRICTION/", "rights/ask/CONFIDENTIAL/",
)  # fmt: skip


def syllables(word: str) -> int:
    """Groups of vowels; a silent e at the end does not count."""
    word = word.lower()
    groups = len(re.findall(r"[aeiouy]+", word))
    silent = word.endswith("e") and not word.endswith(("le", "ee")) and groups > 1
    return max(1, groups - silent)


def grade(text: str) -> float:
    """Flesch-Kincaid grade level of running text."""
    sentences = [s for s in re.split(r"[.!?:]+\s", f"{text} ") if re.search(r"[a-z]", s, re.I)]
    found = re.findall(r"[A-Za-z’']+", text)
    return 0.39 * len(found) / len(sentences) + 11.8 * sum(map(syllables, found)) / len(found) - 15.59


def running_text(html: str) -> str:
    """The sentences of a page: what stands in paragraphs, list items, headings and labels, without fragments that end in no mark."""
    main = html.split("<main")[1].split("</main>")[0]
    parts = re.findall(r"<(?:p|li|h1|h2|h3|label|legend|small|span class=\"usa-hint\")\b[^>]*>(.*?)</", main, re.S)
    plain = [" ".join(unescape(re.sub(r"<[^>]+>", " ", part)).split()) for part in parts]
    return " ".join(p if p[-1] in ".!?" else f"{p}." for p in plain if p)


@pytest.mark.parametrize(
    ("text", "expected"), [("The cat sat on the mat.", -1.4), ("The confidentiality regulations necessitate authorization.", 30)]
)
def test_the_counter_tells_easy_from_hard(text: str, expected: float) -> None:
    assert grade(text) == pytest.approx(expected, abs=8)
    assert (grade(text) < 6) is (expected < 6)


def test_every_english_page_reads_at_grade_six_or_below(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    phone = world.signed_in()
    phone.cookies["django_language"] = "en"
    grades = {}
    for path in PAGES:
        page = phone.get(f"/my/{path.format(world.consent_id)}")
        assert page.status_code == 200
        grades[path or "home"] = round(grade(running_text(page.content.decode())), 1)
    with capsys.disabled():
        print(f"\nFlesch-Kincaid grades of her pages: {grades}")
    assert [path for path, value in grades.items() if value > 6] == []


def test_no_string_of_her_pages_lacks_spanish_and_the_compiled_file_is_current() -> None:
    assert [f"{place}: {key.text}" for key, place in missing()] == []
    assert is_current()


def test_spanish_says_usted_and_has_the_same_places_for_values() -> None:
    entries = [e for e in catalog.read(PO).values() if e.is_complete]
    assert len(entries) > 200
    values = re.compile(r"%\(\w+\)[sd]")
    wrong = [e.key.text for e in entries if set(values.findall(e.key.text)) != set(values.findall(e.forms[0]))]
    informal = [e.forms[0] for e in entries if re.search(r"\b(tú|tu|tus|contigo|puedes|quieres|tienes)\b", e.forms[0])]
    assert (wrong, informal) == ([], [])
