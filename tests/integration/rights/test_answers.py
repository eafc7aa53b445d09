"""What the privacy officer answers on the screen: copies, corrections, limits, another way; and what she may do then."""

from __future__ import annotations

import csv
from io import BytesIO, StringIO

import pytest
from pypdf import PdfReader
from tests.factories.agencies import viewer
from tests.integration.rights.conftest import ANSWER, MEDICINE, Rights, words

from careloom.consents.materialise import materialise
from careloom.health.models import Medication
from careloom.infra import clock
from careloom.infra.access import Viewer, acting_as
from careloom.infra.access.accounting import account
from careloom.messages.actions import send
from careloom.messages.models import Message
from careloom.people.models import PersonRecord

NOTE = "Said in a talk that nobody else was at"


def pdf(content: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages).split())


def a_counseling_note(rights: Rights) -> None:
    with acting_as(viewer(rights.world.dana)):
        Medication(
            holder_id=rights.riverbend.pk, identity_id=rights.mother, category="part2.counseling_notes", system="x", code="2", display=NOTE,
            source_id="n1", recorded_at=clock.now(),
        ).save()  # fmt: skip
    materialise([rights.mother])


def looked(rights: Rights) -> None:
    """Harbor's visitor reads the plan's person, which is accounted."""
    by = viewer(rights.world.bea)
    with acting_as(by):
        rows = list(PersonRecord.objects.filter(identity_id=rights.mother))
        assert rows
        account(viewer=by, place="desk:family", rows=rows, at=clock.now())


# Copies


def test_a_copy_holds_what_the_law_opens_and_never_the_counseling_notes(rights: Rights) -> None:
    a_counseling_note(rights)
    row = rights.asked("ACCESS")
    page = rights.page(row)
    assert "Treatment medication: 1 line" in page
    assert "Kept apart from every copy: treatment counseling notes" in page
    refused = rights.answer(row, "handover", how="PAPER")
    assert refused.status_code == 422
    assert rights.answer(row, "handover", how="PAPER", codes=["NOTES"], answer=ANSWER).status_code == 302
    handed = rights.client(rights.officer).get(f"/rights/{row.pk}/paper/")
    assert handed["Content-Type"] == "application/pdf"
    text = pdf(handed.content)
    assert MEDICINE in text
    assert NOTE not in text
    assert "What is kept apart treatment counseling notes" in text
    assert rights.row(row.pk).state == "PARTLY"


def test_she_opens_on_her_page_the_copy_that_she_asked_for_there(rights: Rights) -> None:
    phone = rights.world.signed_in()
    phone.cookies["django_language"] = "en"
    rights.ask(phone, "ACCESS", wants_how="PORTAL")
    (row,) = rights.rows(rights.riverbend)
    assert phone.get(f"/my/rights/asked/{row.pk}/paper/").status_code == 404
    assert rights.answer(row, "handover", how="PORTAL").status_code == 302
    assert "They said yes." in words(phone.get(f"/my/rights/asked/{row.pk}/"))
    opened = phone.get(f"/my/rights/asked/{row.pk}/paper/")
    assert MEDICINE in pdf(opened.content)
    assert "no-store" in opened["Cache-Control"]
    assert rights.client(rights.their_officer).get(f"/rights/{row.pk}/paper/").status_code == 404


def test_a_file_is_lines_of_values_and_runs_nothing(rights: Rights) -> None:
    with acting_as(viewer(rights.world.dana)):
        Medication.objects.filter(source_id="m1").update(display="=HYPERLINK(1)")
    row = rights.asked("ACCESS", wants_how="FILE")
    assert rights.answer(row, "handover", how="FILE").status_code == 302
    handed = rights.client(rights.officer).get(f"/rights/{row.pk}/paper/")
    assert handed["Content-Disposition"].startswith("attachment")
    lines = list(csv.reader(StringIO(handed.content.decode("utf-8-sig"))))
    assert lines[0] == ["part", "day", "text"]
    assert any(line[0] == "part2.medication" and line[2].startswith("'=HYPERLINK") for line in lines)


def test_nothing_is_handed_over_before_it_is_known_that_she_asks(rights: Rights) -> None:
    rights.note("ACCESS", who=rights.world.bea, wants_how="PAPER", verified="")
    (row,) = rights.rows(rights.riverbend)
    assert rights.answer(row, "handover", how="PAPER").status_code == 422
    assert "First: is it she?" in rights.page(row)
    assert rights.answer(row, "verify", verified="Called back on her number").status_code == 302
    assert rights.answer(row, "handover", how="PAPER").status_code == 302


def test_a_part_is_left_out_only_on_a_ground_of_the_law(rights: Rights) -> None:
    row = rights.asked("ACCESS")
    assert rights.answer(row, "handover", how="PAPER", without=["part2.medication"]).status_code == 422
    left = {"without": ["part2.medication"], "codes": ["DANGER"], "answer": ANSWER}
    assert rights.answer(row, "handover", how="PAPER", **left).status_code == 302
    handed = rights.client(rights.officer).get(f"/rights/{row.pk}/paper/")
    assert MEDICINE not in pdf(handed.content)


def test_a_denial_says_why_and_on_some_grounds_another_professional_looks_again(rights: Rights) -> None:
    phone = rights.world.signed_in()
    phone.cookies["django_language"] = "en"
    row = rights.asked("ACCESS")
    assert rights.answer(row, "deny", codes=["DANGER"], answer=ANSWER).status_code == 302
    page = words(phone.get(f"/my/rights/asked/{row.pk}/"))
    assert "Someone could get badly hurt." in page
    assert ANSWER in page
    assert "Ask for a second look" in page
    for _ in range(2):
        assert phone.post(f"/my/rights/asked/{row.pk}/second-look/").status_code == 302
    assert len(rights.owed(rights.riverbend, "RIGHTS_REVIEW")) == 1
    facts = {"reviewer": "Dr. Other", "upheld": "0", "answer": "She may have all of it after all."}
    assert rights.answer(row, "review", **facts).status_code == 302
    again = rights.row(row.pk)
    assert (again.state, again.review_upheld) == ("RECEIVED", False)
    assert len(rights.owed(rights.riverbend, "RIGHTS_ASKED")) == 1
    assert rights.answer(row, "handover", how="PAPER").status_code == 302


def test_a_denial_that_the_law_does_not_have_reviewed_offers_no_second_look(rights: Rights) -> None:
    phone = rights.world.signed_in()
    row = rights.asked("ACCESS")
    rights.answer(row, "deny", codes=["LITIGATION"], answer=ANSWER)
    assert phone.post(f"/my/rights/asked/{row.pk}/second-look/").status_code == 404
    assert rights.answer(rights.asked("ACCESS"), "deny", codes=["ACCURATE"], answer=ANSWER).status_code == 422


def test_who_has_no_pages_gets_a_letter_in_the_language_of_her_record(rights: Rights) -> None:
    """164.524(d)(2): in plain language, the basis, the review, and where to complain. Her record at Riverbend says Spanish."""
    row = rights.asked("ACCESS")
    client = rights.client(rights.officer)
    assert client.get(f"/rights/{row.pk}/letter/").status_code == 404
    assert rights.answer(row, "putoff", because="The old papers are kept in another house.").status_code == 302
    longer = pdf(client.get(f"/rights/{row.pk}/letter/").content)
    assert "The old papers are kept in another house." in longer
    assert "Necesitamos más tiempo." in longer
    assert rights.answer(row, "deny", codes=["DANGER"], answer=ANSWER).status_code == 302
    letter = pdf(client.get(f"/rights/{row.pk}/letter/").content)
    for said in ("Marisol Valdeluna", "Decimos que no.", "Alguien podría salir muy lastimado.", ANSWER, "otro profesional de la salud", "U.S."):
        assert said in letter
    assert rights.client(rights.their_officer).get(f"/rights/{row.pk}/letter/").status_code == 404


# Conflicts


def test_two_officers_answer_and_the_second_reads_what_the_first_did(rights: Rights) -> None:
    row = rights.asked("ACCESS")
    assert rights.answer(row, "putoff", because="The old papers are kept in another house.").status_code == 302
    late = rights.answer(row, "deny", version=row.row_version, codes=["NOT_HELD"], answer=ANSWER)
    assert late.status_code == 409
    assert "A colleague changed this request meanwhile." in words_409(late.content)
    assert rights.row(row.pk).state == "RECEIVED"


def words_409(content: bytes) -> str:
    return content.decode()


def test_an_answer_sent_twice_is_one_answer(rights: Rights) -> None:
    row = rights.asked("CONFIDENTIAL")
    version = rights.row(row.pk).row_version
    for _ in range(2):
        assert rights.answer(row, "agree", version=version).status_code == 302
    assert [step.code for step in rights.steps(row)] == ["RECEIVED", "GRANTED"]


# Limits


def test_a_limit_that_is_agreed_binds_at_once_and_ends_only_with_her(rights: Rights) -> None:
    with acting_as(viewer(rights.world.bea)):
        assert PersonRecord.objects.filter(identity_id=rights.mother).exists()
    phone = rights.world.signed_in()
    phone.cookies["django_language"] = "en"
    assert rights.ask(phone, "RESTRICTION", to=str(rights.world.harbor.pk)).status_code == 302
    (row,) = rights.rows(rights.riverbend)
    assert rights.answer(row, "agree").status_code == 302
    with acting_as(viewer(rights.world.bea)):
        assert not PersonRecord.objects.filter(identity_id=rights.mother).exists()
    assert "It works now." in words(phone.get(f"/my/rights/asked/{row.pk}/"))
    assert rights.answer(row, "end", because="HOLDER_ENDED").status_code == 422
    assert phone.post(f"/my/rights/asked/{row.pk}/end/").status_code == 302
    assert len(rights.owed(rights.riverbend, "RIGHTS_END")) == 1
    assert rights.answer(row, "end", because="SHE_ASKED").status_code == 302
    assert rights.owed(rights.riverbend, "RIGHTS_END") == []
    with acting_as(viewer(rights.world.bea)):
        assert PersonRecord.objects.filter(identity_id=rights.mother).exists()


@pytest.mark.parametrize(("paid", "codes", "status"), [(True, "NOT_AGREED", 422), (True, "REQUIRED_BY_LAW", 302), (False, "NOT_AGREED", 302)])
def test_a_holder_may_refuse_a_limit_unless_she_paid_in_full_and_it_is_a_health_plan(
    rights: Rights, paid: bool, codes: str, status: int
) -> None:  # fmt: skip
    row = rights.asked("RESTRICTION", to_kind="HEALTH_PLAN", paid_in_full=paid)
    assert ("the law has you agree" in rights.page(row)) is paid
    assert rights.answer(row, "deny", codes=[codes], answer=ANSWER).status_code == status


# Another way


def test_messages_go_the_new_way_from_the_moment_it_is_accepted(rights: Rights) -> None:
    row = rights.asked("CONFIDENTIAL", use_phone="555-0199")
    by = viewer(rights.world.dana)
    assert sent_to(rights, by, "before") == "555-0164"
    assert rights.answer(row, "agree").status_code == 302
    assert sent_to(rights, by, "after") == "555-0199"
    assert sent_to(rights, viewer(rights.world.bea), "other") == "555-0164"  # asked of this holder, kept by this holder


def sent_to(rights: Rights, by: Viewer, key: str) -> str:
    with acting_as(by):
        made = send(
            by=by, at=clock.now(), identity_id=rights.mother, sentence="TEAM_WROTE", address="555-0164", language="en", request_key=key
        )  # fmt: skip
    assert isinstance(made, Message)
    return made.address


def test_she_takes_a_request_back_and_the_officer_owes_nothing(rights: Rights) -> None:
    phone = rights.world.signed_in()
    row = rights.asked("ACCESS")
    assert phone.post(f"/my/rights/asked/{row.pk}/take-back/").status_code == 302
    assert rights.row(row.pk).state == "WITHDRAWN"
    assert rights.owed(rights.riverbend, "RIGHTS_ASKED") == []
