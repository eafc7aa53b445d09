"""Between visits she says how things are and what she needs for her baby; her team reads it, and nobody scores it."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape
from uuid import uuid4

import pytest
from django.test import Client
from tests.factories.agencies import viewer
from tests.integration.portal.conftest import World
from tests.integration.portal.reading import text

from careloom.infra import clock
from careloom.infra.access import acting_as
from careloom.infra.packs import load_pack
from careloom.plans.models import BetweenVisits, SectionCheck
from careloom.portal.learning import TOPICS
from careloom.work.models import Obligation

ASKED = load_pack(name="columbia").following.between_visits


def worker_page(world: World, path: str) -> str:
    client = Client()
    client.force_login(world.dana.worker.user)
    answer = client.get(path)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def owed(world: World, kind: str) -> list[Obligation]:
    with acting_as(viewer(world.dana)):
        return list(Obligation.objects.filter(kind=kind, met_at=None))


@pytest.mark.parametrize("language", ["en", "es"])
def test_she_answers_in_her_words_and_her_coordinator_reads_it(world: World, language: str) -> None:
    phone = world.signed_in()
    page = text(phone, "between/", language)
    for question in ASKED.questions:
        assert question.words[language] in page
    said = {"q_HELP": "NO", "q_BABY": "YES", "q_VISITS": "SOME", "words": "The bus stopped.", "request_key": uuid4().hex}
    for _ in range(2):  # a double tap keeps one answer
        assert phone.post("/my/between/", said).status_code == 302
    assert "The bus stopped." in text(phone, "between/", language)
    with acting_as(world.her().viewer):
        [row] = BetweenVisits.objects.all()
        assert (row.answers, row.holder_id, row.provenance) == (
            {"HELP": "NO", "BABY": "YES", "VISITS": "SOME"}, world.her().principal.pk, "self_reported",
        )  # fmt: skip
    [duty] = owed(world, "HER_BETWEEN")
    page = worker_page(world, duty.link)
    assert "Is the help you asked for coming? <b>No</b>" in page
    assert "The bus stopped." in page
    assert "Read how things are with" in worker_page(world, "/today/")


def test_yes_to_everything_asks_nothing_of_anybody_and_nothing_is_kept_of_an_empty_form(world: World) -> None:
    phone = world.signed_in()
    answer = phone.post("/my/between/", {"request_key": uuid4().hex})
    assert answer.status_code == 422
    assert "Answer one question, or write something." in unescape(answer.content.decode())
    assert phone.post("/my/between/", {f"q_{one.code}": "YES" for one in ASKED.questions} | {"request_key": uuid4().hex}).status_code == 302
    assert owed(world, "HER_BETWEEN") == []
    assert phone.post("/my/between/", {"q_HELP": "PERHAPS", "request_key": uuid4().hex}).status_code == 422


def test_words_that_tell_of_treatment_are_kept_where_only_that_consent_reaches(world: World) -> None:
    phone = world.signed_in()
    said = {"q_HELP": "NO", "words": "I missed my methadone.", "request_key": uuid4().hex}
    assert phone.post("/my/between/", said).status_code == 302
    with acting_as(viewer(world.bea)):
        assert not BetweenVisits.objects.exists()
    with acting_as(world.her().viewer):
        assert [row.category for row in BetweenVisits.objects.all()] == ["posc.plan_part2_segment"]


def test_her_page_asks_after_the_days_of_the_pack_and_not_before(world: World) -> None:
    phone = world.signed_in()
    asks = "Four short questions."
    with acting_as(world.coordinator):
        from careloom.plans.actions import record_choice

        record_choice(by=world.coordinator, at=clock.now(), need_id=world.housing.pk, choice="YES", request_key=uuid4().hex)
    assert asks not in text(phone, "")
    with clock.at(clock.now() + timedelta(days=ASKED.every_days, minutes=5)):
        phone = world.signed_in()
        assert asks in text(phone, "")
        phone.post("/my/between/", {"q_HELP": "YES", "request_key": uuid4().hex})
        assert asks not in text(phone, "")


@pytest.mark.parametrize("language", ["en", "es"])
def test_she_says_what_she_has_and_needs_for_her_baby_and_it_stands_in_the_plan(world: World, language: str) -> None:
    phone = world.signed_in()
    page = text(phone, "things/", language)
    assert {"en": "A safe place to sleep", "es": "Un lugar seguro para dormir"}[language] in page
    codes = set(re.findall(r'name="t_([A-Z_]+)"', page))
    assert codes == {"CRIB", "CAR_SEAT", "DIAPERS", "FEEDING", "CLOTHES", "STROLLER", "CHILD_CARE"}
    for _ in range(2):
        assert phone.post("/my/things/", {"t_CRIB": "NEEDED", "t_DIAPERS": "YES"}).status_code == 302
    [duty] = owed(world, "HER_THINGS")
    page = worker_page(world, duty.link)
    assert "A safe place to sleep</b>: Needed" in page
    assert phone.post("/my/things/", {"t_CRIB": "YES"}).status_code == 302
    with acting_as(world.her().viewer):
        assert {row.code: row.state for row in SectionCheck.objects.all()} == {"CRIB": "YES", "DIAPERS": "YES"}


@pytest.mark.requirement("R-161")
@pytest.mark.parametrize("language", ["en", "es"])
def test_every_page_to_learn_from_is_there_says_whom_to_call_and_names_no_protected_word(world: World, language: str) -> None:
    from careloom.portal.words import tells

    phone = world.signed_in()
    listed = text(phone, "learn/", language)
    for topic in TOPICS:
        assert f"/my/learn/{topic.slug}/" in listed
        main = text(phone, f"learn/{topic.slug}/", language).split("<main")[1].split("</main>")[0]
        assert not tells(re.sub(r"<[^>]+>", " ", main))
        assert topic.source in main
    assert phone.get("/my/learn/nothing/").status_code == 404
