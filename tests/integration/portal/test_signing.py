"""On her own phone she reads what each agency wrote, signs it or writes her view beside it, and sees what changed after she signed."""

from __future__ import annotations

import re
from html import unescape
from uuid import uuid4

import pytest
from django.test import Client
from tests.factories.agencies import viewer
from tests.integration.portal.conftest import World
from tests.integration.portal.reading import text

from careloom.infra import clock
from careloom.infra.access import acting_as
from careloom.plans.actions import sign_section, write_text
from careloom.plans.models import SectionSignature, SectionText, SignedLine

FIRST = "A crib at home, and a visit on the third day"
LATER = "A crib at home, and a visit on the second day"


def wrote(world: World, section: str, code: str, words: str, *, row_version: int = 0, approves: bool = True) -> SectionText:
    """Her coordinator writes an answer and, with `approves`, approves the section for the agency."""
    by = viewer(world.dana)
    with acting_as(by):
        row = write_text(by=by, at=clock.now(), plan_id=world.plan.pk, section=section, code=code, text=words, row_version=row_version)
        assert isinstance(row, SectionText), row
        if approves:
            signed = sign_section(by=by, at=clock.now(), plan_id=world.plan.pk, section=section, request_key=uuid4().hex)
            assert isinstance(signed, SectionSignature)
    return row


def form_of(page: str) -> dict[str, str]:
    """What the form for her name carries, with the name that it proposes."""
    found = dict(re.findall(r'name="(seen|request_key)" value="([^"]*)"', page))
    assert set(found) == {"seen", "request_key"}, page
    return found | {"name": "Marisol"}


def sent(phone: Client, path: str, data: dict[str, str]) -> str:
    answer = phone.post(f"/my/{path}", data, follow=True)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


@pytest.mark.requirement("R-142")
@pytest.mark.parametrize("language", ["en", "es"])
def test_she_reads_and_signs_a_part_and_her_team_sees_her_name(world: World, language: str) -> None:
    words = {
        "en": ("Your team wrote 1 part of your plan", "The birth", "Going home: what must be ready, and who looks in", "You signed it."),
        "es": ("Su equipo escribió 1 parte de su plan", "El parto", "La vuelta a casa: qué debe estar listo y quién la visita", "Ya firmó."),
    }[language]
    phone = world.signed_in()
    assert "/my/parts/B/" not in text(phone, "parts/", language)
    wrote(world, "B", "DISCHARGE", FIRST)
    assert words[0] in text(phone, "", language)
    assert words[1] in text(phone, "parts/", language)
    page = text(phone, "parts/B/", language)
    assert words[2] in page
    assert FIRST in page
    form = form_of(page)
    for _ in range(2):  # a double tap makes one signature
        assert words[3] in sent(phone, "parts/B/", form)
    with acting_as(world.her().viewer):
        [row] = SectionSignature.objects.filter(who="FAMILY")
        assert (row.name, row.how, row.holder_id) == ("Marisol", "SCREEN", world.her().principal.pk)
        assert [line.text for line in SignedLine.objects.filter(signature_id=row.pk)] == [FIRST]
    assert words[0] not in text(phone, "", language)
    worker = Client()
    worker.force_login(world.dana.worker.user)
    assert "Marisol signed for the family on" in unescape(worker.get(f"/plans/{world.plan.pk}/sections/B/").content.decode())


def test_a_part_that_changes_after_she_signed_says_so_and_keeps_what_it_said(world: World) -> None:
    wrote(world, "B", "DISCHARGE", FIRST)
    phone = world.signed_in()
    sent(phone, "parts/B/", form_of(text(phone, "parts/B/")))
    assert "Nothing has changed since." in text(phone, "parts/B/")
    wrote(world, "B", "DISCHARGE", LATER, row_version=1)
    wrote(world, "B", "PAIN", "Ask her before each step")
    assert "It changed after you signed." in text(phone, "parts/")
    assert "Your team wrote 1 part" in text(phone, "")
    page = text(phone, "parts/B/")
    assert "Changed since you signed." in page
    assert f"When you signed, it said: “{FIRST}”" in page
    assert "New since you signed." in page
    worker = Client()
    worker.force_login(world.dana.worker.user)
    assert "on this screen (version 0); it changed since" in unescape(worker.get(f"/plans/{world.plan.pk}/sections/B/").content.decode())
    sent(phone, "parts/B/", form_of(page))
    with acting_as(world.her().viewer):
        assert SectionSignature.objects.filter(who="FAMILY").count() == 2
    assert text(phone, "parts/B/").count("Marisol on") == 2


def test_what_was_written_while_she_read_is_never_signed_unread(world: World) -> None:
    wrote(world, "B", "DISCHARGE", FIRST)
    phone = world.signed_in()
    form = form_of(text(phone, "parts/B/"))
    wrote(world, "B", "DISCHARGE", LATER, row_version=1)
    page = sent(phone, "parts/B/", form)
    assert "Someone wrote here while you were reading." in page
    assert LATER in page
    with acting_as(world.her().viewer):
        assert not SectionSignature.objects.filter(who="FAMILY").exists()
    assert "You signed it." in sent(phone, "parts/B/", form_of(page))


def test_she_disagrees_beside_the_words_and_her_team_reads_it_there(world: World) -> None:
    row = wrote(world, "B", "DISCHARGE", FIRST)
    phone = world.signed_in()
    said = {"says": "DISAGREE", "words": "I want the visit on day one.", "request_key": uuid4().hex}
    page = sent(phone, f"plan/TEXT/{row.pk}/", said)
    assert "My view: I do not agree" in page
    assert "I want the visit on day one." in page
    assert "You wrote your view." in text(phone, "parts/")
    assert "Your team wrote" not in text(phone, "")
    worker = Client()
    worker.force_login(world.dana.worker.user)
    assert "She does not agree: “I want the visit on day one.”" in unescape(worker.get(f"/plans/{world.plan.pk}/sections/B/").content.decode())
    with acting_as(world.her().viewer):
        assert not SectionSignature.objects.exists() or not SectionSignature.objects.filter(who="FAMILY").exists()


def test_private_words_show_when_she_says_that_she_is_alone_and_only_then_can_be_signed(world: World) -> None:
    wrote(world, "F", "STAYING_WELL", "She takes methadone each morning and calls Sam")
    phone = world.signed_in()
    page = text(phone, "parts/F/")
    assert "Staying well" in page
    assert "methadone" not in page.lower()
    assert 'name="seen"' not in page
    assert phone.post("/my/parts/F/", {"name": "Marisol", "seen": "x", "request_key": "k"}).status_code == 404
    page = text(phone, "parts/F/?alone=1")
    assert "She takes methadone each morning" in page
    assert "You signed it." in sent(phone, "parts/F/?alone=1", form_of(page))
    with acting_as(world.her().viewer):
        assert {line.category for line in SignedLine.objects.all()} == {"posc.plan_part2_segment"}


def test_a_part_of_another_family_or_none_is_the_same_page_of_nothing(world: World) -> None:
    phone = world.signed_in()
    row = wrote(world, "B", "DISCHARGE", FIRST)
    assert phone.get("/my/parts/C/").status_code == 404
    assert phone.get("/my/parts/ZZ/").status_code == 404
    assert phone.get(f"/my/plan/TEXT/{uuid4()}/").status_code == 404
    assert phone.get(f"/my/plan/CHECK/{row.pk}/").status_code == 404
