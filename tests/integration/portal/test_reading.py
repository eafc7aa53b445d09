"""How hard her pages are to read, over the running text of every page: Flesch-Kincaid in English, INFLESZ in Spanish, by our own counters.

INFLESZ (Barrio 2008) is the Flesch-Szigriszt measure: 206.835 - 62.3 syllables a word - words a sentence. Its scale calls 65 to 80 "quite easy",
the level of primary school; we take 65 as the Spanish of grade 6.
"""

from __future__ import annotations

import gzip
import re
from html import unescape
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from tests.integration.portal.conftest import World

from careloom.config.messages import catalog
from careloom.config.messages.__main__ import PO, is_current, missing
from careloom.infra.ui.setup import VENDOR, ensure_assets

PAGES = (
    "parts/", "between/", "things/", "learn/", "learn/sleep/", "learn/crying/", "learn/feeding/", "learn/doctor/", "learn/car/", "learn/you/",
    "", "asked/", "plan/", "visits/", "supporters/", "card/", "expect/", "rights/", "facts/", "skills/", "family/", "call/", "shared/",
    "sharing/{}/", "court/",
    "knows/", "messages/", "messages/new/", "reach/", "way/", "handout/", "rate/", "visits/calendar/", "given/", "looked/", "print/", "goals/new/",
    "told/", "keep/", "rights/ask/ACCESS/", "rights/ask/AMENDMENT/", "rights/ask/RESTRICTION/", "rights/ask/CONFIDENTIAL/",
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


EASY = 65.0


def spanish_syllables(word: str) -> int:
    """Nuclei of a Spanish word: strong vowels and accented weak ones stand alone, weak ones beside another vowel fall together with it."""
    word = re.sub(r"(?<=[gq])u(?=[eiéí])", "", word.lower())
    word = re.sub(r"y$", "i", word)
    nuclei = re.findall(r"[iuü]?[aeoáéó][iuü](?![aeoáéó])|[iuü][aeoáéó]|[aeoáéó]|[íú]|[iuü]{1,2}", word)
    return max(1, len(nuclei))


def inflesz(text: str) -> float:
    """How easy running Spanish text is: 0 is hardest, 100 easiest."""
    sentences = [s for s in re.split(r"[.!?:…]+\s", f"{text} ") if re.search(r"[a-záéíóú]", s, re.I)]
    found = re.findall(r"[A-Za-zÁÉÍÓÚÜÑáéíóúüñ]+", text)
    return 206.835 - 62.3 * sum(map(spanish_syllables, found)) / len(found) - len(found) / len(sentences)


@pytest.mark.parametrize(
    ("word", "expected"), [("bebé", 2), ("familia", 3), ("ayuda", 3), ("quién", 1), ("guía", 2), ("plan", 1), ("hay", 1), ("ciudad", 2)]
)
def test_spanish_syllables_are_counted(word: str, expected: int) -> None:
    assert spanish_syllables(word) == expected


def test_every_spanish_page_reads_as_easily(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    phone = world.signed_in()
    phone.cookies["django_language"] = "es"
    found = {}
    for path in PAGES:
        page = phone.get(f"/my/{path.format(world.consent_id)}")
        assert page.status_code == 200
        found[path or "home"] = round(inflesz(without_names(running_text(page.content.decode()))))
    with capsys.disabled():
        print(f"\nINFLESZ of her pages in Spanish: {found}")
    assert {path: value for path, value in found.items() if value < EASY} == {}


def without_names(text: str) -> str:
    """The text without names of people and of laws, which nobody chose for being easy."""
    return re.sub(r"\b(?:Marisol|Valdeluna|Dana Whitlock|Sam Peer|Departamento de Salud y Servicios Humanos de los Estados Unidos)\b", "", text)


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


MOST_BYTES = 100 * 1024


def test_no_page_of_hers_weighs_more_than_100_kb_with_all_that_it_names(world: World) -> None:
    """The page, its style, its scripts and the three fonts, as they go over the wire at a first visit."""
    ensure_assets(say=lambda text: None)
    phone, heavy = world.signed_in(), {}
    fonts = sum(len(font.read_bytes()) for font in (VENDOR / "fonts").glob("cl-*.woff2"))
    assert fonts
    for path in PAGES:
        html = phone.get(f"/my/{path.format(world.consent_id)}").content
        named = set(re.findall(r'(?:href|src)="/static/([^"?]+)"', html.decode()))
        parts = [Path(str(finders.find(re.sub(r"\.[0-9a-f]{12}(?=\.)", "", name)))) for name in named]
        weight = fonts + len(gzip.compress(html)) + sum(len(gzip.compress(part.read_bytes())) for part in parts)
        if weight > MOST_BYTES:
            heavy[path] = weight
    assert heavy == {}
