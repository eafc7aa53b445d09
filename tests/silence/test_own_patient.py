"""A person of one's own records about whom others hold much is answered as one about whom nobody else holds anything.

Source: 42 CFR 2.13(c); DESIGN section 2.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import reverse
from tests.factories.agencies import a_worker, an_agency, viewer
from tests.integration.disclosures.conftest import Disclosing
from tests.silence.hidden import WORDS, addresses_with_ids
from tests.silence.same import Answer, ask

from careloom.agencies.models import Membership
from careloom.agencies.roles import Role, fits
from careloom.config import subscriptions
from careloom.disclosures.models import RecordRequest
from careloom.infra import clock
from careloom.infra.access import acting_as
from careloom.infra.access.caseload import assign
from careloom.kernel.agency_kinds import AgencyKind
from careloom.people.actions import PersonFacts, put_person

pytestmark = pytest.mark.django_db
NAMES = {"given_name": "Marisol", "family_name": "Valdeluna"}
OWN = {"identity_id", "mother_id"}
ADDRESSES = [(name, parts) for name, parts in addresses_with_ids() if {part for part in parts if part not in WORDS} <= OWN]
KEY = re.compile(r'name="request_key" value="[^"]*"|value="[^"]*" name="request_key"|id_request_key[^>]*')
ANY_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


@pytest.fixture
def there(db: None) -> Iterator[Disclosing]:
    subscriptions.join()
    with clock.at(clock.now()):
        yield Disclosing()


def everybody_s(kind: AgencyKind) -> Membership:
    """A worker of a new agency of a kind, with every role that fits there."""
    return a_worker(*(role for role in Role if fits(role, kind)), agency=an_agency(kind=kind))


def known(member: Membership, identity: UUID | None) -> UUID:
    """A record of hers in the agency of `member`, on the caseload."""
    by = viewer(member)
    with acting_as(by):
        facts = PersonFacts(role="MOTHER", **NAMES)
        person = put_person(by=by, at=clock.now(), facts=facts, category="posc.plan_core", identity_id=identity, source_id=uuid4().hex)
        assign(by=by, worker_id=by.worker_id, identity_ids=[person.identity_id], at=clock.now())
    found: UUID = person.identity_id
    return found


def masked(answer: Answer) -> tuple[object, ...]:
    """Everything of the answer but ids, which both have of their own."""
    headers = tuple((name, ANY_ID.sub("ID", value)) for name, value in answer.headers)
    return answer.status, headers, answer.cookies, ANY_ID.sub("ID", KEY.sub("", answer.body)), answer.statements


def browser(member: Membership) -> Client:
    client = Client()
    client.force_login(member.worker.user)
    client.get("/me/")
    return client


@pytest.mark.parametrize("kind", [AgencyKind.CPS_AGENCY, AgencyKind.HOSPITAL, AgencyKind.HOME_VISITING, AgencyKind.COURT, AgencyKind.PART2_PROGRAM])
@pytest.mark.parametrize("method", ["get", "post"])
def test_every_page_of_a_family_is_silent_about_what_others_hold(there: Disclosing, kind: AgencyKind, method: str) -> None:
    there.share()
    there.world.her(there.plan)
    member, client = (made := everybody_s(kind)), browser(made)
    elsewhere, nowhere = known(member, there.mother), known(member, None)
    differ, found = [], 0
    for name, parts in ADDRESSES:
        words = {part: WORDS[part] for part in parts if part in WORDS}
        client.cookies.pop("messages", None)  # what an address before this one said on both asks
        first, second = (
            masked(ask(client, reverse(name, kwargs=words | {part: identity for part in parts if part in OWN}), method=method))
            for identity in (elsewhere, nowhere)
        )
        found += first[0] == 200
        if first != second:
            differ.append((name, first[0], second[0], *(index for index, (a, b) in enumerate(zip(first, second, strict=True)) if a != b)))
    assert differ == []
    assert method == "post" or found > 5


POSTS = {
    "disclosures:more": {"topics": ["TREATMENT"], "why": "To plan her visits together"},
    "disclosures:ask": {"categories": ["part2.medication"], "purpose": "care_coordination", "why": "To plan her visits together", "papers": ""},
    "disclosures:by_hand": {
        "to_kind": "hospital", "to_name": "Another hospital", "to_address": "", "how": "PHONE", "categories": ["part2.medication"],
        "purpose": "treatment", "what": "Told on the telephone", "papers": "", "facts": [],
    },
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(POSTS))
@pytest.mark.parametrize("kind", [AgencyKind.CPS_AGENCY, AgencyKind.HOSPITAL])
def test_what_she_asks_or_notes_runs_the_same_statements(there: Disclosing, kind: AgencyKind, name: str) -> None:
    member, client = (made := everybody_s(kind)), browser(made)
    there.share()
    there.world.her(there.plan)
    form = POSTS[name] | {"holder": str(there.world.riverbend.pk), "given_on": clock.today().isoformat()}
    elsewhere, nowhere, warm = known(member, there.mother), known(member, None), known(member, None)
    answers = []
    for identity in (warm, elsewhere, nowhere):
        done = ask(client, reverse(name, kwargs={"identity_id": identity}), method="post", data=form | {"request_key": str(uuid4())})
        assert done.status == 302, done.body[-3000:]
        answers.append((masked(done), masked(ask(client, f"/disclosures/of/{identity}/"))))
    assert answers[1] == answers[2]


def test_weighing_a_request_reads_no_papers_of_others(there: Disclosing) -> None:
    """A keeper may load the page as often as she likes: forms that she signed elsewhere, and her own pages, cost it no statement."""
    there.share()
    there.world.her(there.plan)
    member = everybody_s(AgencyKind.CPS_AGENCY)
    client, by = browser(member), viewer(member)
    told = {
        "asker_kind": "court", "asker_name": "Clerk of the court", "asker_contact": "", "about_name": "Marisol Valdeluna",
        "categories": ["posc.plan_core"], "purpose": "dependency_proceeding", "why": "A case in court", "papers": "", "came_by": "LETTER",
        "received_on": clock.today().isoformat(),
    }  # fmt: skip
    pages = []
    for identity in (known(member, None), known(member, there.mother), known(member, None)):
        led = client.post("/disclosures/new/", told | {"request_key": str(uuid4())})["Location"]
        with acting_as(by):
            version = RecordRequest.objects.get(pk=led.rstrip("/").rpartition("/")[2]).row_version
        assert client.post(f"{led}person/", {"person": str(identity), "row_version": version}).status_code == 302
        client.get(led)
        page = ask(client, led)
        assert "Not permitted" in page.body
        pages.append(masked(page))
    assert pages[1] == pages[2]
