"""A facilitator asks without finding anybody, reads, discusses and acts; a team walks the system and says at which stage it is."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import translation
from tests.requirements.conftest import SignIn, text_of
from tests.requirements.surveys_steps import Place, a_place, a_sheet, answered, closed, codes, days, long_ago, opened
from tests.requirements.test_structure_rows import day, send

from careloom.infra import clock
from careloom.partnership.models import Collaborative
from careloom.surveys.instruments import items_of, shipped
from careloom.surveys.models import Box, FollowUp, ItemSet, Remark, Rhythm, Round, Spent, Taken, Tally

pytestmark = pytest.mark.django_db


@pytest.fixture
def place(sign_in: SignIn) -> Place:
    return a_place(sign_in)


@pytest.mark.requirement("R-216")
def test_a_facilitator_asks_forty_six_statements_and_nobody_is_found(place: Place) -> None:
    assert len(list(items_of(shipped()["VALUES"]))) == 46
    row = opened(place, "VALUES")
    printed = codes(place, row, 7)
    assert len(set(printed)) == 7
    for code in printed[:6]:
        answered(row, code, a_sheet(row, 5))
    answered(row, printed[6], a_sheet(row, 1, words="We talk too much about tests."))
    page = text_of(place.browser.get(f"{place.room}{row.pk}/"))
    assert "How many answered is not shown before it closes" in page
    assert "7 answers" not in page
    assert not Tally.objects.filter(round=row).exists()
    again = Client().post("/partnership/answer/", {"code": printed[0], **a_sheet(row, 5)})
    assert again.status_code == 422
    assert "With this code an answer was given already." in again.content.decode()
    closed(place, row)
    page = text_of(place.browser.get(f"{place.room}{row.pk}/"))
    assert "7 answers" in page
    assert "Where we stand together" in page
    assert "86 of 100 agree" in page
    assert not any(held.objects.filter(round=row).exists() for held in (Box, Spent, Taken))
    assert "We talk too much about tests." in text_of(place.browser.get(f"{place.room}{row.pk}/words/"))
    pdf = place.browser.get(f"{place.room}{row.pk}/sheet/")
    assert pdf["Content-Type"] == "application/pdf"
    assert pdf.content.startswith(b"%PDF")


@pytest.mark.requirement("R-075")
def test_a_member_answers_with_a_code_of_hers_and_groups_under_five_are_pooled(place: Place) -> None:
    row = opened(place, "VALUES")
    page = text_of(place.hers.get(place.room))
    assert "Take my code" in page
    given = text_of(place.hers.post(f"{place.room}{row.pk}/code/"))
    assert "It is shown once and kept nowhere." in given
    again = place.hers.post(f"{place.room}{row.pk}/code/")
    assert again.status_code == 422
    code = given.split('name="code" value="')[1].split('"')[0]
    form = text_of(Client().post("/partnership/answer/", {"code": code.lower().replace("-", " ")}))
    assert "I would rather not say" in form
    half = Client().post("/partnership/answer/", {"code": code, "seen": "1", "item_V01": "3"})
    assert half.status_code == 422
    answered(row, code, a_sheet(row, 4, agency=place.hub.pk, discipline="HOSPITALS"))
    for number, text in enumerate(codes(place, row, 12)):
        court = number < 6
        sheet = a_sheet(row, 1 if court else 5, agency=place.court.pk if court else place.hub.pk, discipline="COURTS" if court else "HOSPITALS")
        answered(row, text, sheet)
    closed(place, row)
    page = text_of(place.hers.get(f"{place.room}{row.pk}/statements/?by=agency"))
    assert place.court.name in page
    assert "0 of 100 agree" in page
    assert "We differ" in text_of(place.hers.get(f"{place.room}{row.pk}/statements/"))
    assert f"“{row.definition['sections'][0]['items'][0]['text']}”" in text_of(place.hers.get(f"{place.room}{row.pk}/"))
    small = opened(place, "PULSE")
    for number, text in enumerate(codes(place, small, 8)):
        answered(small, text, a_sheet(small, 4, discipline="COURTS" if number < 3 else "HOSPITALS"))
    closed(place, small)
    assert not Tally.objects.filter(round=small, dimension="discipline").exists()  # three and five: neither may show
    assert "Compare by" in text_of(place.browser.get(f"{place.room}{small.pk}/statements/"))


@pytest.mark.requirement("R-076")
def test_the_values_inventory_is_asked_for_in_the_first_ninety_days(place: Place) -> None:
    page = text_of(place.browser.get(place.room))
    assert "It is part of the first 90 days of a collaborative: until" in page
    Collaborative.objects.filter(pk=place.hub.collaborative_id).update(starts_on=clock.today() - timedelta(days=100))
    assert "They ended on" in text_of(place.browser.get(place.room))
    row = opened(place, "VALUES")
    assert "first 90 days" not in text_of(place.browser.get(place.room))
    first = next(items_of(row.definition))["id"]
    for number, code in enumerate(codes(place, row, 10)):
        answered(row, code, a_sheet(row, 5) | {f"item_{first}": "5" if number % 2 else "1"})
    closed(place, row)
    page = text_of(place.browser.get(f"{place.room}{row.pk}/"))
    differ = page.split('id="differ"')[1].split("</section>")[0]
    assert "among the most serious problems" in differ
    assert "50 of 100 agree" in differ
    assert "100 of 100 agree" in page.split('id="agree"')[1].split("</section>")[0]


@pytest.mark.requirement("R-215")
def test_capacity_shows_the_lowest_element_and_what_to_work_on_first(place: Place) -> None:
    row = opened(place, "CAPACITY")
    budget = {f"item_{item['id']}": "1" for item in items_of(row.definition) if item["section"] == "BUDGET"}
    for number, code in enumerate(codes(place, row, 10)):
        partner = place.court if number < 5 else place.hub
        answered(row, code, a_sheet(row, 4 if number < 5 else 3, votes=("BUDGET", "TRAINING"), agency=partner.pk) | budget)
    closed(place, row)
    page = text_of(place.browser.get(f"{place.room}{row.pk}/"))
    assert "The lowest capacity: Budget and lasting programs." in page
    first = page.split("What to work on first")[1].split("</section>")[0]
    assert first.index("Budget and lasting programs") < first.index("Training and staff")
    spread = page.split("Between and inside: Agency")[1].split("</section>")[0]
    assert place.court.name in spread
    assert "4.0" in spread
    action = f"{place.room}actions/round/{row.pk}/"
    send(place.browser, action, what="Draw a map of our money.", owner_id=place.court.pk, **days("due_on", 60))
    row.refresh_from_db()
    assert row.state == "ACTIONS"
    assert "Draw a map of our money." in text_of(place.browser.get(f"{place.room}{row.pk}/"))
    done = FollowUp.objects.get(about_id=row.pk)
    send(place.browser, f"{place.room}actions/{done.pk}/done/", result="The map hangs in the room.")
    assert "The map hangs in the room." in text_of(place.browser.get(f"{place.room}{row.pk}/"))


@pytest.mark.requirement("R-215", "R-216")
def test_official_items_come_from_a_file_and_each_mistake_has_its_place(place: Place) -> None:
    def sent(name: str, content: bytes, **facts: str) -> object:
        told = {"request_key": name, "version": "0", "kind": "VALUES", "title": "Official values", "number": "2017", "licence": "Owner, by letter"}
        return place.browser.post(f"{place.room}items/new/", told | facts | {"file": SimpleUploadedFile(name, content)})

    wrong = sent("a.csv", b"section,id,text\nOne,A1,Words\nOne,A1,\n")
    assert "line 3.id" in wrong.content.decode()  # type: ignore[attr-defined]
    assert "line 3.text" in wrong.content.decode()  # type: ignore[attr-defined]
    wrong = sent("a.json", json.dumps({"sections": [{"title": "One", "items": [{"id": "", "text": "Words"}]}]}).encode())
    assert "sections[0].items[0].id" in wrong.content.decode()  # type: ignore[attr-defined]
    assert not ItemSet.objects.exists()
    assert sent("b.csv", b"section,id,text,turned\nOne,A1,First words,\nTwo,A2,Second words,yes\n").status_code == 302  # type: ignore[attr-defined]
    row = opened(place, "VALUES", item_set_id=ItemSet.objects.get().pk)
    assert [(item["id"], item.get("turned", False)) for item in items_of(row.definition)] == [("A1", False), ("A2", True)]
    for code in codes(place, row, 5):
        answered(row, code, a_sheet(row, 5))
    closed(place, row)
    assert "Second words" in text_of(place.browser.get(f"{place.room}{row.pk}/statements/"))


@pytest.mark.requirement("R-048")
def test_values_and_capacity_are_asked_again_and_stand_beside_each_other(place: Place) -> None:
    for kind in ("VALUES", "CAPACITY"):
        first = opened(place, kind)
        for code in codes(place, first, 5):
            answered(first, code, a_sheet(first, 2))
        closed(place, first)
        assert Rhythm.objects.get(kind=kind).next_on > clock.today() + timedelta(days=360)
        send(place.browser, f"{place.room}rhythm/", kind=kind, every_months="6", **days("next_on", 20))
        assert "Due again on" in text_of(place.browser.get(place.room))
        long_ago(first)
        second = opened(place, kind, follows_id=first.pk)
        first.refresh_from_db()
        assert first.state == "REPEATED"
        for code in codes(place, second, 5):
            answered(second, code, a_sheet(second, 5))
        closed(place, second)
        page = text_of(place.browser.get(f"{place.room}{second.pk}/"))
        moved = page.split("What moved most")[1].split("</table>")[0]
        assert '<td class="n">0</td><td class="n">100</td>' in moved


@pytest.mark.requirement("R-045")
def test_the_pulse_is_taken_again_and_again_and_has_a_trend(place: Place) -> None:
    parts = [section["code"] for section in shipped()["PULSE"]["sections"]]
    assert {"TRUST", "PRIORITIES", "TURNOVER", "MEETINGS"} <= set(parts)
    for answer in (2, 4):
        row = opened(place, "PULSE")
        for code in codes(place, row, 6):
            answered(
                row, code, a_sheet(row, 3) | {f"item_{item['id']}": str(answer) for item in items_of(row.definition) if item["section"] == "TRUST"}
            )
        closed(place, row)
        if answer == 2:
            long_ago(row)
    assert Rhythm.objects.get(kind="PULSE").every_months == 3
    page = text_of(place.browser.get(f"{place.room}{row.pk}/"))
    trend = page.split("Each time we asked")[1]
    assert "cl-stairs" in trend
    beside = page.split("Beside ")[1]
    assert '<th scope="row">Trust</th><td class="n">2.0</td><td class="n">4.0</td>' in beside


@pytest.mark.requirement("R-045", "R-216")
def test_what_is_read_is_discussed_and_acted_on(place: Place) -> None:
    row = opened(place, "PULSE")
    too_few = opened(place, "VALUES")
    for code in codes(place, too_few, 4):
        answered(too_few, code, a_sheet(too_few, 5, words="I alone think so."))
    closed(place, too_few)
    page = text_of(place.browser.get(f"{place.room}{too_few.pk}/"))
    assert "Fewer than 5 answered." in page
    assert not Tally.objects.filter(round=too_few).exists()
    assert not Remark.objects.exists()
    assert place.browser.get(f"{place.room}{row.pk}/read/").status_code == 404
    for code in codes(place, row, 5):
        answered(row, code, a_sheet(row, 4))
    closed(place, row)
    send(place.browser, f"{place.room}{row.pk}/read/", reading="Trust grows.")
    send(place.browser, f"{place.room}{row.pk}/discuss/", where="Core team", words="We begin with families.", **day("on"))
    row.refresh_from_db()
    assert row.state == "DISCUSSED"
    page = text_of(place.hers.get(f"{place.room}{row.pk}/"))
    assert "Trust grows." in page
    assert "We begin with families." in page
    assert place.hers.get(f"{place.room}{row.pk}/read/").status_code == 404  # a member reads and does not write for all


@pytest.mark.requirement("R-226")
def test_enforcer_or_partner_is_measured_again_by_families_and_by_sites(place: Place) -> None:
    for answer in (1, 4):
        row = opened(place, "STANCE")
        assert row.least == 11
        for number, code in enumerate(codes(place, row, 24)):
            family = number < 12
            answered(
                row, code, a_sheet(row, answer if family else 5, part="FAMILY" if family else "STAFF", site=(place.hub if family else place.court).pk)
            )
        closed(place, row)
        if answer == 1:
            long_ago(row)
    page = text_of(place.browser.get(f"{place.room}{row.pk}/statements/?by=part"))
    assert "I am a parent or relative" in page
    assert "Each time we asked" in text_of(place.browser.get(f"{place.room}{row.pk}/"))
    long_ago(row)
    ten = opened(place, "STANCE")
    for code in codes(place, ten, 10):
        answered(ten, code, a_sheet(ten, 3))
    closed(place, ten)
    assert "Fewer than 11 answered." in text_of(place.browser.get(f"{place.room}{ten.pk}/"))


@pytest.mark.requirement("R-139")
def test_a_clinic_asks_families_about_its_practice_in_their_language(place: Place, sign_in: SignIn) -> None:
    assert place.hers.post(f"{place.room}new/", {"kind": "VALUES"}).status_code == 422  # a clinic asks about itself only
    row = opened(place, "PRACTICE", client=place.hers, partner_id=place.hub.pk)
    printed = codes(place, row, 12, client=place.hers)
    with translation.override("es"):
        spanish = Client(headers={"accept-language": "es"}).post("/partnership/answer/", {"code": printed[0]})
    assert "Me trataron con respeto desde el primer minuto." in text_of(spanish)
    for code in printed:
        answered(row, code, a_sheet(row, 5, words="Thank you for the ride."))
    closed(place, row, client=place.hers)
    page = text_of(place.hers.get(f"{place.room}{row.pk}/"))
    assert "12 answers" in page
    assert "How you are received" in page
    other = a_place(sign_in)
    assert other.hers.get(f"{place.room}{row.pk}/").status_code == 404


def test_a_round_sent_twice_is_one_and_two_are_not_open_at_once(place: Place) -> None:
    facts = {"request_key": "once", "version": "0", "kind": "PULSE", "invited": "30", **days("closes_on", 14)}
    first, second = place.browser.post(f"{place.room}new/", facts), place.browser.post(f"{place.room}new/", facts)
    assert first["Location"] == second["Location"]
    assert Round.objects.count() == 1
    third = place.browser.post(f"{place.room}new/", facts | {"request_key": "other"})
    assert third.status_code == 422
