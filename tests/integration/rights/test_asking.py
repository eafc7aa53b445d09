"""She asks on her pages or at a desk; the right privacy officer has it with its day, and nobody else learns of it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from tests.factories.agencies import a_worker, an_agency, viewer
from tests.factories.plans import a_key
from tests.integration.rights.conftest import Rights, words

from careloom.agencies.roles import Role
from careloom.infra import clock
from careloom.infra.access import NotVisible, acting_as
from careloom.kernel.agency_kinds import AgencyKind
from careloom.rights import actions
from careloom.rights.holders import holders_of
from careloom.rights.kinds import RULES, Right
from careloom.rights.models import PassedOn, RightsRequest

PLAIN: dict[str, dict[str, Any]] = {
    "ACCESS": {"wants_how": "PORTAL"}, "AMENDMENT": {"words": "I kept each visit in May."}, "ACCOUNTING": {}, "INTERMEDIARY": {},
    "RESTRICTION": {"to": "INSURANCE"}, "CONFIDENTIAL": {"use_phone": "555-0199"},
}  # fmt: skip
DAYS = {"ACCESS": 30, "AMENDMENT": 60, "ACCOUNTING": 60, "INTERMEDIARY": 30}


@pytest.mark.parametrize("right", [right.value for right in Right])
def test_what_she_asks_on_her_page_reaches_the_officer_with_its_day_and_she_sees_where_it_stands(rights: Rights, right: str) -> None:
    phone = rights.world.signed_in()
    phone.cookies["django_language"] = "en"
    sent = rights.ask(phone, right, **PLAIN[right])
    assert sent.status_code == 302, words(sent)
    (row,) = rights.rows(rights.riverbend)
    assert (row.right, row.came_by, row.state, row.about_name) == (right, "PORTAL", "RECEIVED", "Marisol Valdeluna")
    if right in DAYS:
        assert row.due_on == clock.today() + timedelta(days=DAYS[right])
    (owed,) = rights.owed(rights.riverbend, "RIGHTS_ASKED")
    assert (owed.worker_id, owed.promised, owed.about_id) == (rights.officer.worker_id, True, row.pk)
    assert owed.due_at is not None
    assert owed.due_at.astimezone(clock.zone(rights.riverbend.zone)).date() == row.due_on + timedelta(days=1)
    assert "They have your request." in words(phone.get(sent.headers["Location"]))
    assert "They got your request" in words(phone.get(sent.headers["Location"]))
    assert "Marisol Valdeluna" in words(rights.client(rights.officer).get("/rights/"))
    assert "Answer what a patient asks:" in words(rights.client(rights.officer).get("/today/"))


def test_the_same_form_twice_is_one_request(rights: Rights) -> None:
    phone, key = rights.world.signed_in(), a_key()
    first = rights.ask(phone, "ACCESS", key=key, wants_how="PAPER")
    again = rights.ask(phone, "ACCESS", key=key, wants_how="PAPER")
    assert first.headers["Location"] == again.headers["Location"]
    assert len(rights.rows(rights.riverbend)) == 1
    key = a_key()
    for _ in range(2):
        assert rights.note("ACCOUNTING", key=key).status_code == 302
    assert len(rights.rows(rights.riverbend)) == 2


def test_whom_she_may_ask_is_made_from_what_she_may_read(rights: Rights) -> None:
    """Harbor and the hospital hold nothing that her pages show, so neither stands in the list, and neither can be asked by a made-up form."""
    phone, her = rights.world.signed_in(), rights.world.her().viewer
    with acting_as(her):
        assert [agency.pk for agency in holders_of(viewer=her, at=clock.now())] == [rights.riverbend.pk]
    page = words(phone.get("/my/rights/ask/ACCESS/"))
    assert rights.world.harbor.name not in page
    refused = rights.ask(phone, "ACCESS", holder=rights.world.hospital, wants_how="PAPER")
    assert refused.status_code == 422
    asked = actions.Asked(
        right="ACCESS", holder_id=rights.world.hospital.pk, identity_id=rights.mother, about_name="Marisol", wants_how="PAPER"
    )  # fmt: skip
    with acting_as(her), pytest.raises(NotVisible):
        actions.ask_for_herself(by=her, at=clock.now(), asked=asked, request_key=a_key())
    assert rights.rows(rights.world.hospital) == []


def test_a_holder_stands_under_its_outward_name_or_under_what_it_does(rights: Rights) -> None:
    """Riverbend Clinic has a name that tells; it is a care program on her phone, and its own name is nowhere."""
    phone = rights.world.signed_in()
    phone.cookies["django_language"] = "en"
    page = words(phone.get("/my/rights/ask/ACCESS/"))
    assert "Care program" in page
    assert "Riverbend" not in page
    rights.riverbend.outward_name = "Front Street Family Center"
    rights.riverbend.save()
    assert "Front Street Family Center" in words(phone.get("/my/rights/ask/ACCESS/"))


def test_what_a_worker_passes_on_is_the_same_answer_whoever_holds_something(rights: Rights) -> None:
    """A program that knows her and one that never heard of her: the worker sees one sentence, one list, and the same number of statements."""
    strangers = an_agency(kind=AgencyKind.PART2_PROGRAM, is_part2_program=True, name="Elm Street")
    a_worker(Role.PRIVACY_OFFICER, agency=strangers)
    bea = rights.world.bea
    shown = []
    for holder in (rights.riverbend, strangers):
        answer = rights.note("ACCESS", holder=holder, who=bea, wants_how="PAPER", verified="")
        assert answer.status_code == 302
        client = rights.client(bea)
        shown.append(words(client.get(answer.headers["Location"])).split("Passed on for her")[1].split("There may be more")[0])
        shown[-1] = shown[-1].replace(holder.name_outside, "X")
    assert "They answer her, not you" in shown[0]
    assert shown[1] == shown[0] + shown[0] or shown[1].count("X,") == 1
    for holder in (rights.riverbend, strangers):
        (row,) = rights.rows(holder)
        assert (row.passed_on, row.recorded_by, row.asked_by, row.about_name) == (True, None, None, "Marisol Valdeluna")
        assert len(rights.owed(holder, "RIGHTS_ASKED")) == 1
    # Nothing in the holder's book says through whom it came.
    kept = {str(value) for value in vars(rights.rows(strangers)[0]).values()}
    assert not kept & {str(rights.world.harbor.pk), str(bea.worker_id)}


def test_the_note_of_what_was_passed_on_never_changes_with_the_answer(rights: Rights) -> None:
    bea = rights.world.bea
    rights.note("CONFIDENTIAL", who=bea, use_phone="555-0111", verified="")
    before = words(rights.client(bea).get(f"/rights/of/{rights.mother}/"))
    (row,) = rights.rows(rights.riverbend)
    rights.answer(row, "verify", verified="Called her back")
    assert rights.answer(row, "agree").status_code == 302
    assert words(rights.client(bea).get(f"/rights/of/{rights.mother}/")) == before
    with acting_as(viewer(bea)):
        assert PassedOn.objects.filter(holder_id=rights.world.harbor.pk).count() == 1
        assert not RightsRequest.objects.exists()


def test_another_agencys_officer_and_a_front_line_colleague_find_nothing(rights: Rights) -> None:
    row = rights.asked("ACCESS")
    nowhere = rights.client(rights.their_officer).get("/rights/6f1d2a34-5b6c-4d7e-8f90-a1b2c3d4e5f6/")
    for who in (rights.their_officer, rights.hospital_officer, rights.world.bea):
        hidden = rights.client(who).get(f"/rights/{row.pk}/")
        assert hidden.status_code == 404
        with acting_as(viewer(who)):
            assert not RightsRequest.objects.filter(pk=row.pk).exists()
    assert rights.client(rights.their_officer).get(f"/rights/{row.pk}/").status_code == nowhere.status_code == 404
    assert "Nothing waits for an answer." in words(rights.client(rights.their_officer).get("/rights/"))
    # The coordinator who wrote it down keeps no papers, so the page is not hers; the officer's is there.
    assert rights.client(rights.world.dana).get(f"/rights/{row.pk}/").status_code == 404
    assert rights.client(rights.officer).get(f"/rights/{row.pk}/").status_code == 200


def test_a_list_of_an_intermediary_is_asked_for_in_writing(rights: Rights) -> None:
    refused = rights.note("INTERMEDIARY", came_by="SPOKEN")
    assert refused.status_code == 422
    assert "The law wants this request in writing." in words_of_refused(refused)
    assert rights.note("INTERMEDIARY", came_by="WRITTEN").status_code == 302


def words_of_refused(answer: Any) -> str:
    return str(answer.content.decode())


def test_nobody_is_asked_for_a_reason_for_another_way(rights: Rights) -> None:
    """45 CFR 164.522(b)(2)(iii)."""
    page = rights.client(rights.world.dana).get(f"/rights/of/{rights.mother}/ask/CONFIDENTIAL/").content.decode()
    assert 'name="words"' not in page
    assert 'name="use_phone"' in page
    assert rights.note("CONFIDENTIAL").status_code == 422
    assert rights.note("CONFIDENTIAL", use_address="12 Elm Street").status_code == 302


def test_a_request_counts_from_the_day_it_came_and_not_from_a_day_to_come(rights: Rights) -> None:
    last = clock.today() - timedelta(days=3)
    assert rights.note("ACCESS", wants_how="PAPER", received_on=last.isoformat()).status_code == 302
    (row,) = rights.rows(rights.riverbend)
    assert row.due_on == last + timedelta(days=30)
    later = (clock.today() + timedelta(days=2)).isoformat()
    assert rights.note("ACCESS", wants_how="PAPER", received_on=later).status_code == 422


def test_every_right_has_its_law_and_its_grounds() -> None:
    assert set(RULES) == set(Right)
    assert all(rule.law and rule.grounds for rule in RULES.values())
