"""A request is checked by the kernel, released with its notice and its place in the accounting, or answered neither yes nor no."""

from __future__ import annotations

import re
from html import unescape
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader
from tests.factories.agencies import a_worker
from tests.factories.plans import a_key
from tests.integration.disclosures.conftest import MEDICINE, Disclosing

from careloom.agencies.roles import Role
from careloom.disclosures.actions import digest_of
from careloom.disclosures.models import AskedRecord, Given, RecordRequest
from careloom.infra.access import System, acting_as, system
from careloom.infra.audit.models import AuditRow


def text_of(answer: Any) -> str:
    assert answer.status_code == 200, answer.status_code
    return unescape(answer.content.decode())


def words_of(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())


def release(told: Disclosing, row: RecordRequest, **changes: Any) -> Any:
    form = {"row_version": str(row.row_version), "met": ["MIN_NECESSARY"]} | changes
    return told.client(told.officer).post(f"/disclosures/requests/{row.pk}/release/", form)


def test_a_request_goes_to_the_holder_s_privacy_officer_with_a_clock(told: Disclosing) -> None:
    assert told.ask(told.world.riverbend.pk).status_code == 302
    row = told.request_at(told.world.riverbend.pk)
    (duty,) = told.owed(told.world.riverbend.pk, "RECORDS_ASKED")
    assert (duty.worker_id, duty.link, row.about_name) == (told.officer.worker_id, f"/disclosures/requests/{row.pk}/", "Marisol Valdeluna")
    assert duty.due_at is not None
    today = text_of(told.client(told.officer).get("/today/"))
    assert f"/disclosures/requests/{row.pk}/" in today
    assert told.client(told.world.dana).get(f"/disclosures/requests/{row.pk}/").status_code == 404


def test_without_her_consent_the_kernel_denies_and_says_what_would_open_it(told: Disclosing) -> None:
    told.ask(told.world.riverbend.pk)
    row = told.request_at(told.world.riverbend.pk)
    page = text_of(told.client(told.officer).get(f"/disclosures/requests/{row.pk}/"))
    for words in ("Not permitted", "42 CFR 2.31", "Her written consent that names them"):
        assert words in page
    assert MEDICINE not in page
    assert told.check(row).status_code == 302  # a part that is not permitted is not kept, whatever is posted
    checked = told.request_at(told.world.riverbend.pk)
    assert (checked.state, checked.ways) == ("CHECKED", [])
    refused = release(told, checked)
    assert refused.status_code == 422
    with acting_as(system(System.JOB, holder_id=told.world.riverbend.pk)):
        assert not Given.objects.exists()


def test_with_her_consent_it_is_released_with_notice_scope_and_accounting(told: Disclosing) -> None:
    told.share()
    told.ask(told.world.riverbend.pk)
    row = told.request_at(told.world.riverbend.pk)
    assert told.check(row).status_code == 302
    checked = told.request_at(told.world.riverbend.pk)
    page = text_of(told.client(told.officer).get(f"/disclosures/requests/{row.pk}/"))
    assert "The notice of 42 CFR 2.32 is on the paper" in page
    unmet = release(told, checked, met=[])
    assert unmet.status_code == 422
    assert "Still to do: No more leaves than the purpose needs." in unescape(unmet.content.decode())
    done = release(told, checked)
    assert done.status_code == 302, unescape(done.content.decode())[-3000:]
    again = release(told, checked)  # a double click
    assert again.headers["Location"] == done.headers["Location"]
    with acting_as(system(System.JOB, holder_id=told.world.riverbend.pk)):
        (given,) = Given.objects.all()
        assert (given.permitted, given.categories, given.how, given.to_name) == (True, ["part2.medication"], "RELEASE", told.world.st_agnes.name)
        assert given.instrument_id is not None
        assert "42 CFR 2.31" in " ".join(given.basis)
        (kept,) = AuditRow.objects.filter(action="disclosures.given")
        assert kept.detail["digest"] == digest_of(given)
    paper = words_of(told.client(told.officer).get(f"/disclosures/given/{given.pk}/paper/").content)
    for words in (MEDICINE, "protected by Federal confidentiality rules (42 CFR part 2)", "The scope of her consent", "Marisol Valdeluna"):
        assert words in paper
    assert told.owed(told.world.riverbend.pk, "RECORDS_ASKED") == []
    asker = told.client(told.world.maria)
    assert "Released to you" in text_of(asker.get(f"/disclosures/of/{told.mother}/"))
    received = asker.get(f"/disclosures/given/{given.pk}/paper/")
    assert MEDICINE in words_of(received.content)
    assert asker.get(f"/disclosures/given/{given.pk}/").status_code == 404  # the holder's own page is the holder's


def test_a_consent_that_she_stopped_meanwhile_releases_nothing(told: Disclosing) -> None:
    from tests.factories.agencies import viewer

    from careloom.consents.actions import revoke_consent
    from careloom.infra import clock

    signed = told.share()
    told.ask(told.world.riverbend.pk)
    told.check(told.request_at(told.world.riverbend.pk))
    by = viewer(told.world.dana)
    with acting_as(by):
        revoke_consent(by=by, at=clock.now(), consent_id=signed.consent.pk, how="SPOKEN")
    refused = release(told, told.request_at(told.world.riverbend.pk))
    assert refused.status_code == 422
    assert "not permitted now" in unescape(refused.content.decode())


def test_dates_narrow_what_leaves(told: Disclosing) -> None:
    from tests.factories.agencies import viewer
    from tests.integration.disclosures.conftest import days

    from careloom.health.models import Medication

    by = viewer(told.world.dana)
    with acting_as(by):
        Medication(
            holder_id=told.world.riverbend.pk, identity_id=told.mother, category="part2.medication", system="x", code="2", display="Old medicine",
            source_id="m2", recorded_at=told.world.at, starts_on=days(-900),
        ).save()  # fmt: skip
    told.share()
    told.ask(told.world.riverbend.pk)
    told.check(told.request_at(told.world.riverbend.pk), from_on=days(-30).isoformat())
    given = release(told, told.request_at(told.world.riverbend.pk)).headers["Location"]
    paper = words_of(told.client(told.officer).get(f"{given}paper/").content)
    assert MEDICINE in paper
    assert "Old medicine" not in paper


def test_a_court_s_request_by_letter_needs_every_duty_and_gets_a_neutral_letter(told: Disclosing) -> None:
    officer = told.client(told.officer)
    form = {
        "asker_kind": "court", "asker_name": "Clerk of Pine County", "asker_contact": "1 Court Street", "about_name": "Marisol Valdeluna",
        "categories": ["part2.medication", "part2.attendance"], "purpose": "dependency_proceeding", "why": "A subpoena in a custody case",
        "papers": "Subpoena", "came_by": "LETTER", "received_on": told.world.today.isoformat(), "request_key": a_key(),
    }  # fmt: skip
    first, twice = officer.post("/disclosures/new/", form), officer.post("/disclosures/new/", form)
    assert first.status_code == 302, unescape(first.content.decode())[-2000:]
    assert first.headers["Location"] == twice.headers["Location"]
    address = first.headers["Location"]
    assert "nothing here is joined to this person" in text_of(officer.get(address))
    found = text_of(officer.post(f"{address}person/", {"q": "Marisol"}))
    assert "This one is meant" in found
    row = told.request_at(told.world.riverbend.pk)
    assert officer.post(f"{address}person/", {"person": str(told.mother), "row_version": row.row_version}).status_code == 302
    page = text_of(officer.get(address))
    assert "Not permitted" in page
    assert "A court order under 42 CFR part 2" in page
    row = told.request_at(told.world.riverbend.pk)
    denied = officer.post(f"{address}answer/", {"row_version": row.row_version, "codes": ["NOT_PERMITTED"], "note": "No order"})
    assert denied.status_code == 302
    letter = words_of(officer.get(f"{address}letter/").content)
    assert "We neither confirm nor deny" in letter
    assert "Marisol" not in letter


def test_the_neutral_letter_is_the_same_for_a_stranger_and_for_a_patient(told: Disclosing) -> None:
    officer, letters = told.client(told.officer), []
    for name, known in (("Marisol Valdeluna", True), ("Nobody Known", False)):
        form = {
            "asker_kind": "insurer_life", "asker_name": "Life Insurer", "asker_contact": "", "about_name": name, "categories": ["part2.presence"],
            "purpose": "insurance_underwriting", "why": "An application", "papers": "", "came_by": "FAX",
            "received_on": told.world.today.isoformat(), "request_key": a_key(),
        }  # fmt: skip
        address = officer.post("/disclosures/new/", form).headers["Location"]
        if known:
            officer.post(f"{address}person/", {"person": str(told.mother), "row_version": "1"})
        version = re.search(r'name="row_version" value="(\d+)"', officer.get(address).content.decode())
        assert version
        officer.post(f"{address}answer/", {"row_version": version[1], "codes": ["NOT_PERMITTED"]})
        letters.append(words_of(officer.get(f"{address}letter/").content))
    assert letters[0] == letters[1]


def test_two_who_check_at_once_see_each_other(told: Disclosing) -> None:
    told.ask(told.world.riverbend.pk)
    row = told.request_at(told.world.riverbend.pk)
    assert told.check(row, ways=[]).status_code == 302
    late = told.check(row, ways=[], identity_checked="Somebody else")
    assert late.status_code == 409
    assert "A colleague changed this request meanwhile" in unescape(late.content.decode())


def test_a_double_click_asks_once_and_another_agency_s_keeper_finds_nothing(told: Disclosing) -> None:
    told.ask(told.world.riverbend.pk, key="same")
    told.ask(told.world.riverbend.pk, key="same")
    row = told.request_at(told.world.riverbend.pk)
    with acting_as(system(System.JOB, holder_id=told.world.st_agnes.pk)):
        assert AskedRecord.objects.count() == 1
    stranger = told.client(a_worker(Role.PRIVACY_OFFICER, agency=told.world.harbor))
    for path in ("", "release/", "answer/", "person/", "letter/"):
        assert stranger.post(f"/disclosures/requests/{row.pk}/{path}", {"row_version": 1}).status_code in {404, 405}
    assert told.client(told.their_officer).get(f"/disclosures/requests/{row.pk}/").status_code == 404


@pytest.mark.parametrize("role", [Role.CARE_COORDINATOR, Role.AGENCY_ADMIN])
def test_who_keeps_no_papers_finds_no_register(told: Disclosing, role: Role) -> None:
    assert told.client(a_worker(role, agency=told.world.riverbend)).get("/disclosures/").status_code == 404
    assert told.client(told.officer).get("/disclosures/").status_code == 200
