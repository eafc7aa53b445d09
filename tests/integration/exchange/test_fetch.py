"""A consented record is fetched by machine: what her form covers is shown, what a worker chooses is taken over, and nothing else stays."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from tests.factories.agencies import a_worker, an_agency, viewer
from tests.factories.backend import Backend
from tests.factories.ehr import a_stand_in
from tests.integration.exchange.fetch_world import Pair, a_pair

from careloom.agencies.roles import Role
from careloom.exchange.fetching import actions, remote, work
from careloom.exchange.fetching.proposals import unseal
from careloom.health.models import Condition, Medication, Observation
from careloom.infra import clock
from careloom.infra.access import NotVisible, acting_as
from careloom.infra.answers import Done, Refused
from careloom.kernel.agency_kinds import AgencyKind

pytestmark = pytest.mark.django_db
SignIn = Callable[[Any], Client]
KEY = re.compile(r'name="fact" value="([^"]+)"')


@pytest.fixture
def far() -> Iterator[Backend]:
    made = Backend()
    with a_stand_in(made):
        yield made


@pytest.fixture
def pair(far: Backend, sign_in: SignIn) -> Pair:
    return a_pair(far, sign_in)


def test_from_her_form_to_the_record(pair: Pair) -> None:
    page = f"/fetch/family/{pair.mother}/"
    assert "No form of hers that is in force" in pair.browser.get(page).content.decode()
    pair.sign()
    assert "St. Agnes records" in pair.browser.get(page).content.decode()
    form = {"source": str(pair.source.pk), "request_key": "one"}
    answer = pair.browser.post(page, form)
    here = answer.headers["Location"]
    assert pair.browser.post(page, form).headers["Location"] == here, "asked twice is asked once"
    assert "It waits for its turn" in pair.browser.get(here).content.decode()
    assert work.work(now=clock.now) == 1
    text = pair.browser.get(here).content.decode()
    keys = KEY.findall(text)
    assert keys, text
    assert not pair.rows(Condition), "nothing enters her record by itself"
    chosen = [key for key in keys if key.startswith("condition|")][:1]
    assert pair.browser.post(here, {"does": "take", "fact": chosen}).status_code == 302
    (row,) = pair.rows(Condition)
    assert (row.source_system, f"condition|{row.source_type}|{row.source_id}") == (pair.far.iss, chosen[0])
    assert "0 facts are in your record now" in pair.browser.post(here, {"does": "take", "fact": chosen}, follow=True).content.decode()
    assert len(pair.rows(Condition)) == 1, "again changes nothing"
    (told,) = re.findall(r"/fetch/([0-9a-f-]+)/", here)
    assert pair.row(UUID(told)).taken == 1
    again = pair.browser.get(here).content.decode()
    assert chosen[0] not in KEY.findall(again)
    assert "You have these already" in again
    assert pair.browser.post(here, {"does": "close"}).headers["Location"] == page
    assert "Nothing of it lies here any more." in pair.browser.get(here).content.decode()


def test_what_her_form_does_not_cover_is_not_kept(pair: Pair) -> None:
    pair.sign("hipaa.toxicology")
    row = pair.fetched()
    assert row.state == "READY"
    kept = {one["fields"]["category"] for one in unseal(row)}
    assert kept <= {"hipaa.toxicology"}
    assert row.facts == len(unseal(row))
    wide = pair.far.resources[0]["id"]
    assert wide.encode() not in bytes(row.sealed), "it lies sealed"


def test_all_that_a_program_gives_is_part_2_and_says_how_it_came(far: Backend, sign_in: SignIn) -> None:
    pair = a_pair(far, sign_in, kind=AgencyKind.PART2_PROGRAM, part2=True)
    pair.sign("part2.diagnosis", "part2.medication", "part2.attendance", "part2.drug_screens", kind="specific")
    row = pair.fetched()
    assert (row.state, row.category) == ("READY", "part2.presence")
    facts = [one["fields"] for one in unseal(row)]
    assert facts
    assert {one["category"].split(".")[0] for one in facts} == {"part2"}
    assert {one["provenance"] for one in facts} == {"part2_via_specific"}


def test_a_program_receives_what_a_hospital_gives_and_keeps_it_as_its_own(far: Backend, sign_in: SignIn) -> None:
    """Her form names what the hospital holds; in a program's own chart the same fact is Part 2."""
    pair = a_pair(far, sign_in, own=AgencyKind.PART2_PROGRAM)
    pair.sign()
    row = pair.fetched()
    assert row.facts > 0
    assert {one["fields"]["category"].split(".")[0] for one in unseal(row)} == {"hipaa"}
    here = f"/fetch/{row.pk}/"
    chosen = [key for key in KEY.findall(pair.browser.get(here).content.decode()) if key.startswith("condition|")][:1]
    pair.browser.post(here, {"does": "take", "fact": chosen})
    (fact,) = pair.rows(Condition)
    assert fact.category.startswith("part2.")
    assert fact.provenance == "originating"


def test_it_is_stopped_and_goes_on_where_it_was(pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    pair.sign()
    row, whole = pair.asked(), remote.read

    def killed(session: Any, step: str, **rest: Any) -> Any:
        if step == "Observation":
            raise KeyboardInterrupt
        return whole(session, step, **rest)

    monkeypatch.setattr(remote, "read", killed)
    with pytest.raises(KeyboardInterrupt):
        work.work(now=clock.now)
    assert pair.row(row.pk).done == ["Patient", "Condition"]
    monkeypatch.setattr(remote, "read", whole)
    assert work.work(now=clock.now) == 0, "whoever took it still may have it"
    by = viewer(pair.dana)
    with acting_as(by):
        assert isinstance(actions.stop(by=by, at=clock.now(), fetch_id=row.pk), Done)
    later = clock.now() + work.LEASE + timedelta(seconds=1)
    assert work.work(now=lambda: later) == 0, "stopped is stopped"
    with acting_as(by):
        assert isinstance(actions.go_on(by=by, at=clock.now(), fetch_id=row.pk), Done)
    pair.far.asked.clear()
    assert work.work(now=clock.now) == 1
    assert pair.row(row.pk).state == "READY"
    assert not any("/Condition" in path for path in pair.far.asked), "what was read is not asked for again"


def test_a_stop_in_the_middle_keeps_nothing_after_it(pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    form = pair.sign()
    row, whole, by = pair.asked(), remote.read, viewer(pair.dana)

    def stopped(session: Any, step: str, **rest: Any) -> Any:
        if step == "Observation":
            with acting_as(by):
                actions.stop(by=by, at=clock.now(), fetch_id=row.pk)
        return whole(session, step, **rest)

    monkeypatch.setattr(remote, "read", stopped)
    work.work(now=clock.now)
    found = pair.row(row.pk)
    assert (found.state, found.done) == ("STOPPED", ["Patient", "Condition"])
    work.sweep(at=clock.now())
    assert pair.row(row.pk).state == "STOPPED"
    pair.revoke(form)
    work.sweep(at=clock.now())
    assert (pair.row(row.pk).state, pair.row(row.pk).sealed) == ("OVER", None), "also what was stopped goes with her form"


def test_a_form_that_ends_ends_it_at_every_moment(pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    form = pair.sign()
    row = pair.asked()
    pair.revoke(form)
    pair.far.asked.clear()
    work.work(now=clock.now)
    assert (pair.row(row.pk).state, pair.row(row.pk).sealed) == ("OVER", None)
    assert not pair.far.asked, "no call went out"

    form, whole = pair.sign(), remote.read
    row = pair.asked()

    def revoked(session: Any, step: str, **rest: Any) -> Any:
        if step == "Encounter":
            pair.revoke(form)
        return whole(session, step, **rest)

    monkeypatch.setattr(remote, "read", revoked)
    work.work(now=clock.now)
    assert (pair.row(row.pk).state, pair.row(row.pk).sealed) == ("OVER", None)
    monkeypatch.setattr(remote, "read", whole)

    form = pair.sign()
    row = pair.fetched()
    assert row.state == "READY"
    keys = KEY.findall(pair.browser.get(f"/fetch/{row.pk}/").content.decode())
    pair.revoke(form)
    assert not KEY.findall(pair.browser.get(f"/fetch/{row.pk}/").content.decode())
    by = viewer(pair.dana)
    with acting_as(by):
        assert actions.take(by=by, at=clock.now(), fetch_id=row.pk, keys=keys) == Refused(codes=("NOT_COVERED",))
    work.sweep(at=clock.now())
    assert (pair.row(row.pk).state, pair.row(row.pk).sealed) == ("OVER", None)
    assert not pair.rows(Condition)


def test_what_nobody_takes_goes_after_its_time(pair: Pair) -> None:
    pair.sign()
    row = pair.fetched()
    assert row.ends_at - row.finished_at == work.LIES
    work.sweep(at=clock.now() + work.LIES + timedelta(minutes=1))
    assert (pair.row(row.pk).state, pair.row(row.pk).sealed) == ("OVER", None)


def test_who_leaves_fetches_nothing_more(pair: Pair) -> None:
    pair.sign()
    row = pair.asked()
    type(pair.dana).objects.filter(pk=pair.dana.pk).update(ends_at=clock.now())
    pair.far.asked.clear()
    work.work(now=clock.now)
    assert pair.row(row.pk).state == "OVER"
    assert not pair.far.asked


def test_nobody_else_learns_of_it(pair: Pair, sign_in: SignIn) -> None:
    pair.sign()
    row = pair.fetched()
    pair.far.asked.clear()
    colleague = a_worker(Role.CARE_COORDINATOR, agency=pair.pine)
    stranger = a_worker(Role.CARE_COORDINATOR, agency=an_agency(kind=AgencyKind.COORDINATION_HUB))
    theirs = a_worker(Role.HOSPITAL_SOCIAL_WORKER, agency=pair.hospital)
    for who in (colleague, stranger, theirs):
        browser = sign_in(who)
        for path in (f"/fetch/{row.pk}/", f"/fetch/family/{pair.mother}/"):
            assert browser.get(path).status_code == 404
            assert browser.post(path, {"source": str(pair.source.pk), "does": "stop"}).status_code == 404
    outsider = viewer(stranger)
    with acting_as(outsider), pytest.raises(NotVisible):
        actions.ask(by=outsider, at=clock.now(), identity_id=pair.mother, source_id=pair.source.pk, request_key="x")
    assert pair.ask(by=colleague) == Refused(codes=("NOT_COVERED",)), "a form that she may not read lets her nothing"
    work.work(now=clock.now)
    assert not pair.far.asked, "no call went out"


def test_a_fact_of_another_page_is_not_taken(pair: Pair) -> None:
    pair.sign()
    row, by = pair.fetched(), viewer(pair.dana)
    with acting_as(by):
        assert actions.take(by=by, at=clock.now(), fetch_id=row.pk, keys=["condition|Condition|made-up"]) == Refused(codes=("NOTHING",))
    assert not [*pair.rows(Condition), *pair.rows(Medication), *pair.rows(Observation)]
