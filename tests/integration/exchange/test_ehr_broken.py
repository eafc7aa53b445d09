"""What an EHR, a stranger or a forged way back can do wrong: nothing is taken, and the page says what to do next."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from django.test import Client
from tests.factories.agencies import a_worker, an_agency, viewer
from tests.factories.ehr import StandIn, a_stand_in, as_json
from tests.factories.ehr_family import BABY, MOTHER, link, related
from tests.factories.fhir import an_administrator
from tests.integration.exchange.ehr_world import Ward, a_ward

from careloom.agencies.roles import Role
from careloom.exchange.models import Ehr
from careloom.exchange.smart import launching, wire
from careloom.exchange.smart.registering import end
from careloom.exchange.smart.wire import EhrFailed, Wire, is_safe_address
from careloom.infra import clock
from careloom.infra.access import acting_as
from careloom.people.models import PersonRecord

pytestmark = pytest.mark.django_db
SignIn = Callable[[Any], Client]


@pytest.fixture
def ehr() -> Iterator[StandIn]:
    with a_stand_in() as made:
        yield made


@pytest.fixture
def ward(ehr: StandIn, sign_in: SignIn) -> Ward:
    return a_ward(ehr, sign_in)


def refused(ward: Ward, page: Any, words: str) -> None:
    assert page.status_code == 422
    assert words in page.content.decode()
    with acting_as(viewer(ward.renee)):
        assert PersonRecord.objects.count() == 0


def test_a_wrong_state_and_a_state_of_another_browser(ward: Ward, sign_in: SignIn) -> None:
    back = ward.ehr.authorize(ward.out())
    refused(ward, ward.browser.get("/ehr/back/", {"state": "guessed", "code": "code-0"}), "was not begun here")
    refused(ward, sign_in(a_worker(Role.HOSPITAL_SOCIAL_WORKER, agency=ward.hospital)).get(back), "was not begun here")
    assert not any(path.startswith("/token") for path in ward.ehr.asked)


def test_a_way_back_counts_once_and_ten_minutes(ward: Ward, monkeypatch: pytest.MonkeyPatch) -> None:
    ward.ehr.instead["/token"] = lambda: as_json({"error": "invalid_grant"}, 400)
    back = ward.ehr.authorize(ward.out())
    refused(ward, ward.browser.get(back), "refused to give this record")
    refused(ward, ward.browser.get(back), "was used already")
    monkeypatch.setattr(launching, "LASTS", timedelta(seconds=-1))
    refused(ward, ward.browser.get(ward.ehr.authorize(ward.out())), "is too old")


def test_a_code_of_another_opening_is_refused_by_its_verifier(ward: Ward) -> None:
    first, second = ward.ehr.authorize(ward.out()), ward.ehr.authorize(ward.out())
    swapped = first.partition("&")[0] + "&" + second.partition("&")[2]
    refused(ward, ward.browser.get(swapped), "refused to give this record")


def test_the_session_of_another_agency_does_not_come_back(ward: Ward) -> None:
    back = ward.ehr.authorize(ward.out())
    session = ward.browser.session
    session["ehr_pending"] = {state: {**kept, "agency_id": str(uuid4())} for state, kept in session["ehr_pending"].items()}
    session.save()
    refused(ward, ward.browser.get(back), "was not begun here")


def test_an_ehr_that_was_ended_meanwhile(ward: Ward) -> None:
    back = ward.ehr.authorize(ward.out())
    by = viewer(an_administrator(ward.hospital))
    with acting_as(by):
        end(ehr_id=ward.row.pk, by=by, at=clock.now())
    refused(ward, ward.browser.get(back), "is not registered")


def test_she_says_no_at_the_ehr(ward: Ward) -> None:
    state = ward.ehr.authorize(ward.out()).partition("state=")[2]
    refused(ward, ward.browser.get(f"/ehr/back/?error=access_denied&{urlencode({'state': state})}"), "did not let Careloom read")


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ((500, "application/json", b"{}"), "does not answer as it should"),
        ((200, "text/html", b"<html>"), "something that is no record"),
        ((200, "application/json", b"<html>"), "something that is no record"),
        ((200, "application/json", b"[" * 100_000), "something that is no record"),
        ((200, "application/json", b"[]"), "does not offer the sign-in"),
        ((200, "application/json", b"{}"), "does not offer the sign-in"),
        ((302, "application/json", b""), "not registered. Nothing was read"),
        ((401, "application/json", b"{}"), "refused to give"),
        ((404, "text/html", b""), "did not find"),
    ],
    ids=["500", "html", "html that says json", "deep", "a list", "no addresses", "a redirect", "401", "404"],
)
def test_what_its_configuration_can_be(ward: Ward, answer: tuple[int, str, bytes], words: str) -> None:
    ward.ehr.headers = {"Location": "http://127.0.0.1:1/elsewhere"} if answer[0] == 302 else {}
    ward.ehr.instead["/fhir/.well-known/smart-configuration"] = lambda: answer
    refused(ward, ward.browser.get("/ehr/launch/", {"iss": ward.ehr.iss, "launch": "x"}), words)
    assert len(ward.ehr.asked) == 1


@pytest.mark.parametrize("name", ["authorization_endpoint", "token_endpoint", "jwks_uri"])
@pytest.mark.parametrize("where", ["https://evil.example.org/x", "http://169.254.169.254/latest", "javascript:alert(1)", "file:///etc/passwd"])
def test_no_address_of_its_configuration_leads_elsewhere(ward: Ward, name: str, where: str) -> None:
    ward.ehr.config = {name: where}
    refused(ward, ward.browser.get("/ehr/launch/", {"iss": ward.ehr.iss, "launch": "x"}), "not registered. Nothing was read")


def test_an_unregistered_address_is_never_asked(ward: Ward) -> None:
    for iss in (f"{ward.ehr.base}/other", f"{ward.ehr.iss}\x00", "", "http://[", f"{ward.ehr.iss}@evil.example.org"):
        refused(ward, ward.browser.get("/ehr/launch/", {"iss": iss, "launch": "x"}), "is not registered")
    refused(ward, ward.browser.get("/ehr/launch/", {"iss": ward.ehr.iss}), "whose record is open")
    assert ward.ehr.asked == []


@pytest.mark.parametrize(
    "change",
    [{"claims": {"nonce": "x"}}, {"claims": {"aud": "x"}}, {"claims": {"iss": "x"}}, {"claims": {"exp": 1}}, {"signed_by": "a stranger"},
     {"token_extra": {"id_token": None}}, {"token_extra": {"id_token": "eyJhbGciOiJub25lIn0.e30."}}],
    ids=["nonce", "audience", "issuer", "ended", "another key", "no proof", "no signature"],
)  # fmt: skip
def test_an_answer_that_is_not_proven(ward: Ward, change: dict[str, Any]) -> None:
    for name, value in change.items():
        setattr(ward.ehr, name, value)
    refused(ward, ward.open(), "did not prove")


@pytest.mark.parametrize("patient", [None, "", "../Practitioner/1", 7], ids=["none", "empty", "a path", "a number"])
def test_no_patient_in_context(ward: Ward, patient: Any) -> None:
    ward.ehr.token_extra = {"patient": patient}
    refused(ward, ward.open(), "did not say whose record is open")


def test_two_mothers_no_mother_and_no_baby(ward: Ward) -> None:
    other = next(one for one in ward.ehr.resources if one.get("id") == MOTHER) | {"id": "other-mother"}
    ward.ehr.resources += [other, related("hers", BABY)]
    link(ward.ehr.resources, "other-mother", "hers")
    refused(ward, ward.open(patient=BABY), "names two mothers")
    ward.ehr.resources = [one for one in ward.ehr.resources if one["resourceType"] != "RelatedPerson"]
    refused(ward, ward.open(patient=BABY), "names no mother")
    link(ward.ehr.resources, MOTHER)
    refused(ward, ward.open(patient=MOTHER), "links no newborn")


def test_a_next_page_elsewhere_a_huge_answer_and_one_that_drips(ward: Ward, monkeypatch: pytest.MonkeyPatch) -> None:
    stray = {"resourceType": "Bundle", "type": "searchset", "link": [{"relation": "next", "url": "http://127.0.0.1:9/fhir/Condition"}]}
    ward.ehr.instead["/fhir/Condition"] = lambda: as_json(stray)
    refused(ward, ward.open(), "not registered. Nothing was read")
    ward.ehr.instead["/fhir/Condition"] = lambda: (200, "application/json", b" " * 70_000)
    monkeypatch.setattr(Wire, "_left", 60_000)
    refused(ward, ward.open(), "more than can be read")


def test_an_ehr_that_does_not_end_and_one_that_is_not_there(ehr: StandIn) -> None:
    def slow() -> Any:
        time.sleep(2)
        return as_json({})

    ehr.instead["/slow"] = slow
    hosts = frozenset({wire.host_of(ehr.base), "127.0.0.1:1"})
    with pytest.raises(EhrFailed, match="SLOW"):
        Wire(hosts=hosts, practice=True, seconds=0.5).get(f"{ehr.base}/slow")
    with pytest.raises(EhrFailed, match="DOWN"):
        Wire(hosts=hosts, practice=True).get("http://127.0.0.1:1/")


def test_no_host_inside_a_network_and_no_plain_http_in_a_live_world() -> None:
    for host in ("127.0.0.1", "10.0.0.1", "169.254.169.254", "[::1]", "[::ffff:127.0.0.1]", "localhost"):
        with pytest.raises(EhrFailed, match="ELSEWHERE"):
            Wire(hosts=frozenset({wire.host_of(f"https://{host}")}), practice=False).get(f"https://{host}/")
    assert not is_safe_address("http://127.0.0.1/fhir", practice=False)
    assert not is_safe_address("http://10.0.0.1/fhir", practice=True)
    assert not is_safe_address("https://a@b.org/fhir", practice=False)
    assert is_safe_address("https://ehr.hospital.org/fhir", practice=False)


def test_the_register_of_ehrs(ward: Ward, sign_in: SignIn) -> None:
    admin = sign_in(an_administrator(ward.hospital))
    assert "/agency/ehrs/" in admin.get("/me/").content.decode()
    form = {"name": "Second", "iss": "https://ehr.mercy.org/fhir/", "client_id": "c1", "hosts": "login.mercy.org", "request_key": uuid4().hex}
    for _ in range(2):
        page = admin.post("/agency/ehrs/register/", form, follow=True).content.decode()
        assert "https://ehr.mercy.org/fhir" in page
        assert "http://testserver/ehr/launch/" in page
    row = Ehr.objects.get(iss="https://ehr.mercy.org/fhir")
    again = form | {"request_key": uuid4().hex}
    for change, words in (
        ({}, "registered already"), ({"iss": "http://ehr.mercy.org"}, "Give its FHIR address"),
        ({"iss": "https://a:b@c.org"}, "Give its FHIR address"),
        ({"hosts": "https://x.org/y"}, "Give up to five"), ({"name": " "}, "required"),
    ):  # fmt: skip
        wrong = admin.post("/agency/ehrs/register/", again | change)
        assert wrong.status_code == 422
        page = wrong.content.decode()
        assert words in page, page[page.index("<h1>") :][:2500]
    stranger = sign_in(an_administrator(an_agency(name="Elsewhere")))
    assert stranger.post(f"/agency/ehrs/{row.pk}/end/").status_code == 404
    assert ward.browser.get("/agency/ehrs/").status_code == 404
    for _ in range(2):
        assert "Ended" in admin.post(f"/agency/ehrs/{row.pk}/end/", follow=True).content.decode()
