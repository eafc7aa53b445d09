"""What a partner's system, or somebody in its place, can do wrong when a record is fetched: nothing is kept, and the page says what to do next."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from tests.factories.agencies import viewer
from tests.factories.backend import Backend
from tests.factories.ehr import FHIR, a_stand_in, as_json
from tests.factories.ehr_family import BABY, MOTHER
from tests.integration.exchange.fetch_world import Pair, a_pair

from careloom.exchange.fetching import keys, remote, work
from careloom.exchange.fetching.sources import end
from careloom.exchange.models import SourceKey
from careloom.infra import clock
from careloom.infra.access import acting_as
from careloom.people.models import PersonRecord

pytestmark = pytest.mark.django_db
SignIn = Callable[[Any], Client]
EMPTY = {"resourceType": "Bundle", "type": "searchset", "entry": []}


@pytest.fixture
def far() -> Iterator[Backend]:
    made = Backend()
    with a_stand_in(made):
        yield made


@pytest.fixture
def pair(far: Backend, sign_in: SignIn) -> Pair:
    made = a_pair(far, sign_in)
    made.sign()
    return made


def her(pair: Pair) -> Any:
    return next(one for one in pair.far.resources if one["id"] == MOTHER)


def _gone(pair: Pair) -> None:
    her(pair)["birthDate"] = "1990-01-01"


def _named_otherwise(pair: Pair) -> None:
    her(pair)["name"] = [{"family": her(pair)["name"][0]["family"], "given": ["Somebody"]}]


def _two(pair: Pair) -> None:
    pair.far.resources.append({**her(pair), "id": "another"})


def _no_token_address(pair: Pair) -> None:
    pair.far.config["token_endpoint"] = None


def _token_elsewhere(pair: Pair) -> None:
    pair.far.config["token_endpoint"] = "https://169.254.169.254/token"


def _another_kind_of_token(pair: Pair) -> None:
    pair.far.token_told["token_type"] = "mac"


def _unknown_key(pair: Pair) -> None:
    pair.far.keys = lambda: {"keys": []}


def _narrow_scope(pair: Pair) -> None:
    pair.far.scope = "system/Condition.rs"


def _redirect(pair: Pair) -> None:
    pair.far.instead["/fhir/Condition"] = lambda: (302, FHIR, b"{}")
    pair.far.headers["Location"] = "http://169.254.169.254/latest"


def _html(pair: Pair) -> None:
    pair.far.instead["/fhir/Condition"] = lambda: (200, "text/html", b"<p>Sign in</p>")


def _loop(pair: Pair) -> None:
    link = [{"relation": "next", "url": f"{pair.far.iss}/Condition?again=1"}]
    pair.far.instead["/fhir/Condition"] = lambda: as_json(EMPTY | {"link": link})


def _next_elsewhere(pair: Pair) -> None:
    link = [{"relation": "next", "url": "https://elsewhere.test/fhir/Condition?page=2"}]
    pair.far.instead["/fhir/Condition"] = lambda: as_json(EMPTY | {"link": link})


def _somebody_else(pair: Pair) -> None:
    one = {"resourceType": "Condition", "id": "x", "subject": {"reference": f"Patient/{BABY}"}}
    pair.far.instead["/fhir/Condition"] = lambda: as_json(EMPTY | {"entry": [{"resource": one}]})


def _huge(pair: Pair) -> None:
    pair.far.instead["/fhir/Condition"] = lambda: (200, FHIR, b" " * (26 * 1024 * 1024))


def _unreadable(pair: Pair) -> None:
    one = {"resourceType": "Condition", "id": "x", "subject": {"reference": f"Patient/{MOTHER}"}, "clinicalStatus": "active"}
    pair.far.instead["/fhir/Condition"] = lambda: as_json(EMPTY | {"entry": [{"resource": one}]})


@pytest.mark.parametrize(
    ("ill", "why"),
    [
        (_gone, "NOBODY"), (_named_otherwise, "NOBODY"), (_two, "SEVERAL"), (_no_token_address, "NOT_SMART"), (_token_elsewhere, "ELSEWHERE"),
        (_another_kind_of_token, "NOT_SMART"), (_unknown_key, "REFUSED"), (_narrow_scope, "NOT_GIVEN"), (_redirect, "ELSEWHERE"), (_html, "NOT_JSON"),
        (_loop, "TOO_BIG"), (_next_elsewhere, "ELSEWHERE"), (_somebody_else, "ANOTHER"), (_huge, "TOO_BIG"), (_unreadable, "NOT_READ"),
    ],
)  # fmt: skip
def test_what_is_wrong_there_is_said_and_nothing_is_kept(pair: Pair, ill: Callable[[Pair], None], why: str) -> None:
    ill(pair)
    row = pair.fetched()
    assert (row.state, row.why, row.sealed) == ("REFUSED", why, None)
    page = pair.browser.get(f"/fetch/{row.pk}/").content.decode()
    assert "It did not work." in page
    assert "Ask again" in page


def test_a_kind_that_is_not_given_is_said(pair: Pair) -> None:
    pair.far.refuses = {"MedicationRequest"}
    row = pair.fetched()
    assert (row.state, row.kept_back) == ("READY", ["MedicationRequest"])
    assert "did not give these kinds of record" in pair.browser.get(f"/fetch/{row.pk}/").content.decode()


def test_what_is_down_is_asked_again_later_each_time_and_then_given_up(pair: Pair) -> None:
    pair.far.instead["/token"] = lambda: as_json({}, 503)
    row, at, waits = pair.asked(), clock.now(), []
    for _ in range(work.MOST_TRIES):
        now = at
        work.work(now=lambda now=now: now)  # type: ignore[misc]
        found = pair.row(row.pk)
        waits.append((found.next_at - at).total_seconds())
        at = found.next_at
    assert waits[:4] == sorted(set(waits[:4])), "each time later"
    assert (pair.row(row.pk).state, pair.row(row.pk).why) == ("REFUSED", "DOWN")


def test_what_was_down_goes_on(pair: Pair) -> None:
    pair.far.instead["/fhir/Observation"] = lambda: as_json({}, 429)
    row = pair.asked()
    work.work(now=clock.now)
    found = pair.row(row.pk)
    assert (found.state, found.why, found.done) == ("WAITING", "DOWN", ["Patient", "Condition"])
    del pair.far.instead["/fhir/Observation"]
    work.work(now=lambda: found.next_at)
    assert pair.row(row.pk).state == "READY"


def test_an_ended_source_is_asked_nothing(pair: Pair) -> None:
    row, by = pair.asked(), viewer(pair.admin)
    with acting_as(by):
        end(source_id=pair.source.pk, by=by, at=clock.now())
    pair.far.asked.clear()
    work.work(now=clock.now)
    assert pair.row(row.pk).state == "OVER"
    assert not pair.far.asked
    assert "No form of hers" in pair.browser.get(f"/fetch/family/{pair.mother}/").content.decode()


def test_without_her_birth_date_nobody_is_looked_for(pair: Pair) -> None:
    with acting_as(viewer(pair.dana)):
        PersonRecord.objects.filter(identity_id=pair.mother).update(birth_date=None)
    row = pair.fetched()
    assert (row.state, row.why) == ("REFUSED", "NO_DAY")


def test_a_key_that_was_changed_in_the_table_signs_nothing(pair: Pair) -> None:
    key = SourceKey.objects.get()
    SourceKey.objects.filter(pk=key.pk).update(sealed=bytes(key.sealed)[:-1] + b"x")
    row = pair.fetched()
    assert (row.state, row.why) == ("REFUSED", "KEY")


def test_a_record_that_was_brought_in_from_there_is_found_by_its_own_id(pair: Pair) -> None:
    with acting_as(viewer(pair.dana)):
        PersonRecord.objects.filter(identity_id=pair.mother).update(source_system=pair.far.iss, source_id=MOTHER)
    _two(pair)
    assert pair.fetched().state == "READY"
    assert f"/fhir/Patient/{MOTHER}" in pair.far.asked


@pytest.mark.parametrize(
    ("scope", "may"),
    [
        (None, set(remote.READS)), ("system/*.rs", set(remote.READS)), ("system/Patient.read system/Condition.*", {"Patient", "Condition"}),
        ("system/Patient.rs system/Observation.r", {"Patient"}),
        ("user/Patient.rs patient/Condition.rs", set()), ("system/Patient.cruds", {"Patient"}),
    ],
)  # fmt: skip
def test_only_granted_scopes_are_used(scope: str | None, may: set[str]) -> None:
    assert remote._readable(scope) == may


def test_a_new_key_is_shown_before_it_signs_and_the_older_after(pair: Pair) -> None:
    by, at = viewer(pair.admin), clock.outside()
    with acting_as(by):
        keys.change_key(by=by, at=at)
        again = keys.change_key(by=by, at=at)
    assert getattr(again, "codes", ()) == ("WAIT",)
    kids = [key["kid"] for key in keys.public_keys(pair.pine.pk, at=at)["keys"]]
    assert len(kids) == 2
    assert not any("d" in key for key in keys.public_keys(pair.pine.pk, at=at)["keys"]), "only the public half"
    import jwt

    def signer(moment: Any) -> str:
        return str(jwt.get_unverified_header(keys.proof(agency_id=pair.pine.pk, client_id="c", audience="a", at=moment))["kid"])

    old = signer(at)
    new = signer(at + keys.SHOWN_BEFORE)
    assert {old, new} == set(kids)
    assert old != new
    after = at + keys.SHOWN_BEFORE + keys.SHOWN_AFTER
    assert [key["kid"] for key in keys.public_keys(pair.pine.pk, at=after)["keys"]] == [new]
