"""Lists, searches, counts and pages: a hidden family changes none of them, in nothing that a reader can observe."""

from __future__ import annotations

import json
from collections.abc import Iterator
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.factories.agencies import a_worker, an_agency, viewer
from tests.shared_data import shared_data
from tests.silence.hidden import NAMES, PHONE, Hidden, a_hidden_family, a_record, another_mother
from tests.silence.same import Answer, ask

from careloom.agencies.models import Membership
from careloom.agencies.roles import Role, fits
from careloom.infra import clock
from careloom.infra.access import acting_as
from careloom.infra.access.models import AccessLog
from careloom.kernel.agency_kinds import AgencyKind
from careloom.people.queries import search

pytestmark = pytest.mark.django_db
NOBODY = ("Xanthoppe", "Quillfaether")
LISTS = (
    "/today/",
    "/today/?all=1",
    "/today/?page=2",
    "/families/",
    "/families/?page=2",
    "/families/?only=NEW",
    "/births/",
    "/births/new/",
    "/births/received/",
    "/plans/referrals/inbox/",
    "/plans/referrals/inbox/?show=waiting",
    "/plans/reviews/",
    "/numbers/federal-three.csv",
    "/agency/looks/",
    "/agency/looks/?who=others",
    "/agency/looks/?missed=on",
    "/reason/",
    "/disclosures/",
    "/disclosures/?all=1",
    "/disclosures/emergency/",
    "/disclosures/emergency/lately/",
    "/consents/orders/",
    "/consents/register/",
    "/consents/register/?theirs=1",
    "/consents/stopped/",
    "/agency/keeping/holds/",
    "/agency/keeping/expunge/",
    "/rights/",
    "/rights/?all=1",
    "/who-looked/",
    "/",
)


@pytest.fixture(autouse=True)
def _still(db: None) -> Iterator[None]:
    with clock.at(clock.now()):
        yield


@pytest.fixture(params=[AgencyKind.CPS_AGENCY, AgencyKind.PUBLIC_HEALTH])
def outsider(request: pytest.FixtureRequest) -> Membership:
    """Two agencies whose roles together may try everything that any role may, except to read exact counts."""
    return a_worker(*(role for role in Role if fits(role, request.param)), agency=an_agency(kind=request.param))


def browser(member: Membership) -> Client:
    client = Client()
    client.force_login(member.worker.user)
    client.get("/me/")
    return client


def without_words(answer: Answer, *words: str) -> Answer:
    """The answer without the words that the reader typed herself, and without the length of what holds them."""
    body = answer.body
    for word in words:
        body = body.replace(word, "TYPED")
    headers = tuple(pair for pair in answer.headers if pair[0] not in {"Content-Length", "Location"})
    return Answer(status=answer.status, headers=headers, cookies=answer.cookies, body=body, statements=answer.statements)


def searched(client: Client, text: str, *, htmx: bool) -> Answer:
    """The answer to a posted name: the list alone, or the page that follows."""
    if htmx:
        return ask(client, "/families/search/", method="post", data={"q": text}, htmx=True)
    led = ask(client, "/families/search/", method="post", data={"q": text})
    address = dict(led.headers)["Location"]
    assert text not in address
    return ask(client, address)


@pytest.mark.parametrize("text", [NAMES[0], NAMES[1], " ".join(NAMES), NAMES[0][:4], PHONE])
@pytest.mark.parametrize("htmx", [True, False])
def test_a_search_for_a_hidden_name_is_a_search_for_nobody(outsider: Membership, text: str, htmx: bool) -> None:
    hidden = a_hidden_family()
    known = searched(browser(hidden.world.dana), NAMES[0], htmx=htmx)
    assert str(hidden.plan.identity_id) in known.body
    other = {NAMES[0]: NOBODY[0], NAMES[1]: NOBODY[1], " ".join(NAMES): " ".join(NOBODY), NAMES[0][:4]: "Zzyx", PHONE: "555-0188"}[text]
    client = browser(outsider)
    first, second = (searched(client, word, htmx=htmx) for word in (text, other))
    assert without_words(first, text) == without_words(second, other)


@pytest.mark.parametrize("text", ["%", "_", "\\", "'", "'; SELECT pg_sleep(1); --", "\x00", "a" * 5000, "xan%feather", "(?i)x", "{}", "%s", "\u202e"])
def test_no_pattern_finds_what_a_name_does_not(outsider: Membership, text: str) -> None:
    a_hidden_family()
    by = viewer(outsider)
    with acting_as(by):
        found = search(viewer=by, text=text)
    assert found.people == ()
    assert not found.has_more
    assert browser(outsider).post("/families/search/", {"q": text}, follow=True).status_code == 200


def test_a_pattern_is_only_text_for_who_sees_the_family_too() -> None:
    hidden = a_hidden_family()
    by = viewer(hidden.world.dana)
    with acting_as(by):
        assert search(viewer=by, text="%").people == ()
        assert search(viewer=by, text="xan%feather").people == ()
        assert len(search(viewer=by, text="QUILLFEATHER").people) == 1


@pytest.mark.parametrize("path", LISTS)
def test_a_hidden_family_changes_no_list_or_number(outsider: Membership, path: str) -> None:
    """The same page before and after a whole family came into being elsewhere.

    The numbers page is not in the list: who reports for the state counts what waits for tonight's batch, and learns a number by it.
    """
    client = browser(outsider)
    before = ask(client, path)
    a_hidden_family()
    assert ask(client, path) == before
    assert before.status in {200, 302, 404}


@pytest.mark.parametrize("path", ["/my/", "/my/plan/", "/my/visits/", "/my/looked/", "/my/supporters/", "/my/call/", "/my/family/"])
def test_another_mother_s_pages_do_not_change(path: str) -> None:
    client = another_mother()
    client.get(path)
    before = ask(client, path)
    a_hidden_family()
    assert ask(client, path) == before
    assert before.status == 200


def test_a_page_after_the_last_one_counts_nobody_else(outsider: Membership) -> None:
    a_hidden_family()
    mine = a_record(outsider, given_name=NAMES[0], family_name="Own")
    by = viewer(outsider)
    with acting_as(by):
        found = search(viewer=by, text=NAMES[0])
        assert search(viewer=by, text=NAMES[0], page=2).people == ()
    assert not found.has_more
    assert {p.identity_id for p in found.people} <= {mine}


def test_a_record_that_another_agency_brought_in_does_not_show_at_the_import(outsider: Membership) -> None:
    """One bundle, brought in by two agencies: the second is told what the first was told. No duplicate key, no "already known"."""
    folder = shared_data("synthea_r4")
    bundle = next(iter(sorted(folder.glob("**/*.json"), key=lambda p: p.stat().st_size)))
    data = bundle.read_bytes()
    first, second = outsider, a_worker(*(Role(role) for role in outsider.roles), agency=an_agency(kind=AgencyKind(outsider.agency.kind)))

    def bring_in(member: Membership) -> Answer:
        return ask(browser(member), "/import/family/", method="post", data={"mother": SimpleUploadedFile("a.json", data)})

    one, other, again = bring_in(first), bring_in(second), bring_in(first)
    assert (one.status, one.statements) == (other.status, other.statements)
    assert without_location(one) == without_location(other)
    assert one.status == 422 or again.statements != one.statements


def without_location(answer: Answer) -> tuple[object, ...]:
    names = {name for name, _ in answer.headers}
    return answer.status, names, answer.cookies


def test_what_is_hidden_leaves_no_trace_in_logs_mail_or_the_access_log(
    outsider: Membership, caplog: pytest.LogCaptureFixture, mailoutbox: list[object]
) -> None:
    """Everything an outsider tries: the log file has no name, no id and no searched word; the miss tells no more than for nobody."""
    hidden: Hidden = a_hidden_family()
    client = browser(outsider)
    caplog.set_level("DEBUG")
    caplog.clear()
    identity = hidden.plan.identity_id
    for path in (f"/families/{identity}/", f"/families/{uuid4()}/", f"/plans/{hidden.plan.pk}/plan.pdf"):
        client.get(path)
    client.post("/families/search/", {"q": NAMES[1]}, follow=True)
    logged = caplog.text + json.dumps([str(r.__dict__) for r in caplog.records if r.name.startswith("careloom")])
    for secret in (*NAMES, PHONE, str(hidden.plan.pk), str(identity)):
        assert secret not in _ours(caplog)
    assert str(hidden.her.principal_id) not in logged
    assert mailoutbox == []
    by = viewer(outsider)
    with acting_as(by):
        rows = list(AccessLog.objects.filter(found=False, worker_id=by.worker_id).values_list("place", "identity_id", "holder_id", "categories"))
    assert len(rows) >= 3
    assert all((identity_id, holder, kinds) == (None, None, []) for _, identity_id, holder, kinds in rows)
    assert len({row for row in map(str, rows) if "desk:family" in row}) == 1
    theirs = viewer(hidden.world.supervisor)
    with acting_as(theirs):
        assert not AccessLog.objects.filter(worker_id=by.worker_id).exists()


def _ours(caplog: pytest.LogCaptureFixture) -> str:
    # Statements with parameters are logged by Django's own debug logger only, which is off outside of development.
    return "\n".join(r.getMessage() for r in caplog.records if not r.name.startswith("django.db"))
