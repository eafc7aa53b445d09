"""Attacks through the browser: forged forms, chosen ways back, scripts in names, foreign sessions, what a page leaves behind."""

from __future__ import annotations

import base64
import html
import re
from io import BytesIO
from uuid import uuid4

import pypdf
import pytest
from django.test import Client
from django.urls import reverse
from tests.architecture.addresses import addresses
from tests.factories.agencies import PIN, a_worker, a_worker_with_all, an_agency, viewer
from tests.factories.plans import PlanWorld, a_key
from tests.silence.hidden import Hidden, a_hidden_family, addresses_with_ids, another_mother

from careloom.agencies.gate import Door, door_of
from careloom.agencies.models import Membership
from careloom.agencies.roles import Role
from careloom.infra import clock
from careloom.infra.access import acting_as
from careloom.people.actions import put_family_member
from careloom.plans import actions

pytestmark = pytest.mark.django_db
OPEN_DATA = "/hsds/v3/"  # the directory of services, which anybody may copy
MACHINES = ("/fhir/", OPEN_DATA)  # doors of machines, which bring a token of their own or none
SCRIPT = "<script>alert(1)</script>"
EVIL = (
    SCRIPT,
    '"><img src=x onerror=alert(1)>',
    "'-alert(1)-'",
    "{{ 7|add:7 }}{% load x %}",
    '#eval(read("/etc/passwd"))',
    "</textarea><svg/onload=x>",
)
AWAY = (
    "https://evil.example/",
    "//evil.example",
    "/\\evil.example",
    "https:evil.example",
    "javascript:alert(1)",
    "\thttps://evil.example",
    "http:///evil.example",
)


def browser(member: Membership, **how: bool) -> Client:
    client = Client(**how)
    client.force_login(member.worker.user)
    return client


@pytest.fixture
def dana() -> Membership:
    return a_worker(Role.CARE_COORDINATOR, agency=an_agency())


# Forms that she did not send -------------------------------------------------------------------------------


def test_no_form_is_taken_without_its_token() -> None:
    """Every address of ours that takes a form, as whoever may send it: without the token nothing is read."""
    hidden = a_hidden_family()
    workers = (hidden.world.dana, a_worker_with_all(hidden.world.riverbend), hidden.world.maria)
    clients = [browser(member, enforce_csrf_checks=True) for member in workers]
    taken, swept = [], 0
    for address in addresses():
        if door_of(view=address.view, name=address.name) is Door.CLOSED:
            continue
        nobody = Client().post(address.path) if address.path.startswith(MACHINES) else None
        for client in clients:
            swept += 1
            if nobody is not None:
                # A session is nobody at these doors, so a foreign page does nothing there in somebody's name.
                answer = client.post(address.path)
                assert (answer.status_code, answer.content) == (nobody.status_code, nobody.content), address.path
                continue
            if client.post(address.path).status_code not in {403, 405}:
                taken.append(str(address))
    assert taken == []
    assert swept > 200


def test_a_token_of_another_browser_does_not_help(dana: Membership) -> None:
    theirs, mine = browser(dana, enforce_csrf_checks=True), browser(a_worker(Role.CARE_COORDINATOR), enforce_csrf_checks=True)
    page = theirs.get("/me/").content.decode()
    found = re.search(r'csrfmiddlewaretoken" value="([^"]+)"', page)
    assert found is not None
    mine.get("/me/")
    assert mine.post("/language/", {"language": "es", "csrfmiddlewaretoken": found[1]}).status_code == 403
    assert theirs.post("/language/", {"language": "es", "csrfmiddlewaretoken": found[1]}).status_code == 302


# Ways back -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("away", AWAY)
def test_no_way_back_leads_to_another_site(away: str) -> None:
    member = a_worker(Role.CARE_COORDINATOR, pin=PIN)
    client = browser(member)
    client.get("/me/")
    client.get("/lock/")
    answers = [
        client.post("/unlock/", {"pin": PIN, "next": away}),
        client.post("/language/", {"language": "es", "next": away}),
        client.get("/unlock/", {"next": away}),
        client.post("/agency/", {"agency": str(member.agency_id), "next": away}),
        Client().get("/account/login/", {"next": away}),
        client.post("/account/logout/", {"next": away}),
    ]
    for answer in answers:
        assert re.match(r"^(/(?![/\\])|$)", answer.headers.get("Location", "")), answer.headers.get("Location")
        assert f'href="{html.escape(away)}"' not in answer.content.decode()


# Sessions --------------------------------------------------------------------------------------------------


def test_a_forged_agency_in_the_session_is_no_membership(dana: Membership) -> None:
    hidden = a_hidden_family()
    client = browser(dana)
    for forged in (str(hidden.world.riverbend.pk), hidden.world.riverbend.pk.hex, "", "*", "null", "' OR 1=1 --", "../"):
        session = client.session
        session["agency_id"] = forged
        session.save()
        answer = client.get(f"/families/{hidden.plan.identity_id}/")
        assert answer.status_code in {302, 404}, forged
        assert str(hidden.plan.pk) not in answer.content.decode()
        if answer.status_code == 302:
            assert answer.headers["Location"].startswith(reverse("agencies:switch"))


def test_the_end_of_a_membership_ends_what_a_session_sees() -> None:
    hidden = a_hidden_family()
    client = browser(hidden.world.dana)
    path = f"/families/{hidden.plan.identity_id}/"
    assert client.get(path).status_code == 200
    Membership.objects.filter(pk=hidden.world.dana.pk).update(ends_at=clock.now())
    for again in (path, f"/plans/{hidden.plan.pk}/plan.pdf", "/families/", "/families/search/"):
        answer = client.get(again)
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith((reverse("agencies:switch"), reverse("account_login")))


def test_a_worker_s_session_opens_no_mother_s_page_and_hers_no_worker_s() -> None:
    hidden = a_hidden_family()
    worker, mother = browser(hidden.world.dana), another_mother()
    assert worker.get("/my/plan/").headers["Location"].startswith(reverse("portal:sign_in"))
    for path in ("/today/", f"/families/{hidden.plan.identity_id}/", "/agency/looks/", "/numbers/"):
        assert mother.get(path).headers["Location"].startswith(reverse("account_login"))
    session = worker.session
    session["portal_open"] = {"person": str(uuid4()), "seen": clock.now().timestamp(), "turn": 1}
    session.save()
    assert worker.get("/my/plan/").status_code == 302


# What a page leaves behind ---------------------------------------------------------------------------------


@pytest.fixture
def pages() -> tuple[Client, Hidden]:
    hidden = a_hidden_family()
    return browser(a_worker_with_all(hidden.world.riverbend)), hidden


def test_every_page_has_its_policy_is_not_kept_and_sets_careful_cookies(pages: tuple[Client, Hidden]) -> None:
    """Strict policy, no frame, no sniffing, no copy in the browser or a proxy; every cookie HttpOnly with SameSite. Also the 404 and 403."""
    client, hidden = pages
    paths = [a.path for a in addresses()] + ["/no/such/page/"]
    for name, parts in addresses_with_ids():
        if not set(parts) - hidden.ids.keys():
            paths.append(reverse(name, kwargs={part: hidden.ids[part][0] for part in parts}))
    wrong = []
    for path, browser_ in [(path, c) for path in paths for c in (client, Client())]:
        answer = browser_.get(path)
        policy = dict(part.strip().partition(" ")[::2] for part in answer.headers.get("Content-Security-Policy", "").split(";"))
        if policy.get("default-src") != "'self'" or "unsafe" in str(policy) or policy.get("frame-ancestors") != "'none'":
            wrong.append((path, "policy"))
        may_be_kept = path.startswith(OPEN_DATA) and answer.headers.get("Cache-Control") == "public, max-age=60" and not answer.cookies
        if "no-store" not in answer.headers.get("Cache-Control", "") and not may_be_kept:
            wrong.append((path, "kept"))
        if answer.headers.get("X-Content-Type-Options") != "nosniff" or "origin" not in answer.headers.get("Referrer-Policy", ""):
            wrong.append((path, "headers"))
        wrong += [(path, f"cookie {name}") for name, c in answer.cookies.items() if not c["httponly"] or c["samesite"] not in {"Lax", "Strict"}]
    assert wrong == []


# Words that are more than words ----------------------------------------------------------------------------


@pytest.mark.parametrize("evil", EVIL)
def test_words_stay_words_on_every_page_and_in_the_document(evil: str) -> None:
    """In names, goals, needs, strengths, notes, her own words: shown as typed, never as markup, template or typst source."""
    world = PlanWorld()
    mother = world.a_mother(given_name=evil[:80], family_name=evil[:80])
    plan = world.a_plan(mother_id=mother)
    by, at = viewer(world.dana), world.at
    with acting_as(by):
        goal = actions.add_goal(by=by, at=at, plan_id=plan.pk, words=f"goal {evil}", request_key=a_key(), measured_by=evil)
        actions.add_strength(by=by, at=at, plan_id=plan.pk, text=f"strength {evil}", whose=evil[:20], request_key=a_key())
        actions.add_need(by=by, at=at, plan_id=plan.pk, code="HOUSING", title=f"need {evil}"[:120], request_key=a_key())
        actions.add_team_member(by=by, at=at, plan_id=plan.pk, name=evil, role="PEER", request_key=a_key())
        put_family_member(by=by, at=at, identity_id=mother, name=evil, relation="aunt")
        actions.agree_plan(by=by, at=at, plan_id=plan.pk, method="SPOKEN", witness=evil[:60], request_key=a_key())
    her = world.her(plan)
    with acting_as(her):
        actions.her_view(by=her, at=at, item_kind="GOAL", item_id=goal.pk, words=f"hers {evil}", request_key=a_key())  # type: ignore[union-attr]
    client = browser(world.dana)
    seen = 0
    for path, more in (
        (f"/families/{mother}/", {}), (f"/families/{mother}/story/", {}), ("/today/", {}), ("/families/", {}), (f"/plans/{plan.pk}/changes/", {}),
        (client.post("/families/search/", {"q": evil[:10]}).url, {"HX-Request": "true"}),
        (client.post("/families/search/", {"q": evil[:10]}).url, {}), (f"/plans/{plan.pk}/team/", {}),
        (f"/plans/{plan.pk}/family/", {}), (f"/my/invite/{mother}/", {}), (f"/families/{mother}/documents/", {}),
    ):  # fmt: skip
        answer = client.get(path, headers=more)
        assert answer.status_code == 200, path
        text = answer.content.decode()
        for mark in ("<script>alert", "<img src=x", "<svg/onload", "root:x:0"):
            assert mark not in text, path
        assert "{{ 7" in text or "{{" not in evil or html.escape(evil) not in text
        seen += html.escape(evil) in text or html.escape(f"goal {evil}") in text
    assert seen >= 1
    document = client.get(f"/plans/{plan.pk}/plan.pdf")
    assert document.status_code == 200
    reader = pypdf.PdfReader(BytesIO(document.content))
    words = "".join(page.extract_text() for page in reader.pages)
    assert "root:x:0" not in words
    assert "/JavaScript" not in document.content.decode("latin-1")
    assert "alert" in words or "alert" not in evil


def test_no_address_of_ours_takes_a_name(dana: Membership) -> None:
    """Ids in addresses are random; what is looked for by name is in a query of one page only, which no log of ours keeps."""
    named = [
        a.path for a in addresses() if a.name and not a.name.startswith(("account_", "mfa_", "openid_", "socialaccount_")) and "sample" in a.path
    ]
    # A calendar feed is a secret that its owner may take back; a section and a county's question are codes of the pack, and so are the lists,
    # clauses and sections of the rooms, which hold no family, and the indicators and layouts of the numbers. Machines name kinds of records.
    known = ("/my/", "/r/", "/plans/referrals/", "/messages/calendar/", "/partnership/", "/numbers/", *MACHINES)
    assert [path for path in named if not path.startswith(known)] == []
    assert dana.worker.name not in browser(dana).get("/me/").headers.get("Location", "")


def test_a_name_that_is_looked_for_stands_in_no_address() -> None:
    """The page of what was found is turned and loaded again by a sealed name, which another sign-in does not open."""
    world = PlanWorld()
    for number in range(27):
        world.a_mother(given_name=f"Marisol{number:02}", family_name="Reyes")
    client, other = browser(world.dana), browser(world.dana)
    assert "Marisol00" not in client.get("/families/search/?q=Marisol").content.decode()
    assert "Marisol" not in client.get("/families/?q=Marisol", follow=True).request["QUERY_STRING"].replace("q=Marisol", "")
    led = client.post("/families/search/", {"q": "Marisol"})
    address = led.headers["Location"]
    assert led.status_code == 302
    assert not re.search("marisol|reyes", base64.urlsafe_b64decode(address.partition("s=")[2].replace("%3D", "=")).decode("latin-1"), re.IGNORECASE)
    page = client.get(address).content.decode()
    assert "Marisol00" in page
    following = html.unescape(re.search(r'href="(\?page=2[^"]*)"', page)[1])  # type: ignore[index]
    assert "Marisol26" in client.get(f"/families/search/{following}").content.decode()
    assert "Marisol" not in following
    for again in (address, address[:-9] + "AAAAAAAA%3D", "/families/search/?s=x", "/families/search/?s=%ff%00", "/families/search/?s=" + "A" * 4000):
        answer = other.get(again)
        assert answer.status_code == 200
        assert "Marisol" not in answer.content.decode()
    assert {len(client.post("/families/search/", {"q": name})["Location"]) for name in ("Li", "Marisol Reyes Ortega")} == {len(address)}
    part = client.post("/families/search/", {"q": "marisol"}, headers={"HX-Request": "true"})
    assert "Marisol00" in part.content.decode()
    assert "s=" in part.content.decode()


def test_a_letter_that_no_database_takes_is_taken_out_and_nothing_else_is_lost() -> None:
    world = PlanWorld()
    mother, client = world.a_mother(), browser(world.dana)
    path, told = f"/families/{mother}/appointments/", {"kind": "VISIT", "on_month": "3", "on_day": "2", "on_year": "2030"}
    for sent in (told | {"title": "Vi\x00sit at nine\x00"}, {f"{name}\x00": text for name, text in told.items()} | {"title": "\x00"}):
        answer = client.post(path, sent)
        assert answer.status_code in {200, 302, 422}
        assert "\x00" not in answer.content.decode()
    assert "Visit at nine" in client.post(path, told | {"title": "Vi\x00sit at nine"}, follow=True).content.decode()
