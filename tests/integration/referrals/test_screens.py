"""The screens of referrals for workers, and the one-time page of a partner, as a browser without script meets them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from tests.factories.agencies import a_worker, viewer
from tests.integration.referrals.conftest import World

from careloom.agencies.models import Membership
from careloom.agencies.roles import Role
from careloom.directory.actions import import_directory
from careloom.directory.seed import seed_facts
from careloom.infra.access import System, acting_as, system
from careloom.infra.access.models import Disclosure, Grant
from careloom.kernel.referral import Kind, Reason, State
from careloom.plans.models import Need, Referral, ReferralLink
from careloom.plans.referrals import links
from careloom.plans.referrals.answers import Moved

pytestmark = pytest.mark.django_db
HOPE = "Hope Street Family Housing"


@pytest.fixture(autouse=True)
def _no_limit_left_over() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def _client(who: Membership) -> Client:
    client = Client()
    client.force_login(who.worker.user)
    return client


def _page_of(world: World, **asked: object) -> tuple[Referral, str]:
    done = world.send(kind=Kind.LINK, place="Pine", **asked)
    assert isinstance(done, Moved)
    assert done.token
    return done.referral, f"/r/{done.token}/"


# Workers --------------------------------------------------------------------------------------------------


def test_the_form_asks_for_each_part_of_a_planned_service_and_the_page_shows_them(world: World) -> None:
    by = system(System.IMPORT)
    with acting_as(by):
        import_directory(facts=seed_facts(), by=by, at=world.at)
    client = _client(world.dana)
    address = reverse("plans:referrals:new", args=[world.need.pk])
    form = client.get(address)
    assert "Hope Street family homes" in form.content.decode()
    key = form.context["form"]["request_key"].value()
    asked = {
        "request_key": key, "organization": HOPE, "kind": "LOGGED", "household": [str(world.mother)], "note": "", "place": "Pine County",
        "frequency": "Once", "length": "Two years", "method": "VISIT", "funding": "FREE",
    }  # fmt: skip
    page = client.post(address, asked, follow=True)
    client.post(address, asked)
    text = page.content.decode()
    for shown in (HOPE, "Pine County", "Once", "Two years", "At their place", "No cost to her", "What has happened"):
        assert shown in text
    with acting_as(viewer(world.dana)):
        assert Referral.objects.filter(need_id=world.need.pk).count() == 1


def test_a_form_without_a_service_says_what_to_do(world: World) -> None:
    answer = _client(world.dana).post(reverse("plans:referrals:new", args=[world.need.pk]), {"request_key": "k", "kind": "LOGGED"})
    assert answer.status_code == 422
    assert "Choose a service, or type the name of one you know." in answer.content.decode()


def test_a_referral_that_she_has_not_allowed_says_so_and_offers_to_ask_her(world: World) -> None:
    draft = world.send(to=world.bea)
    client = _client(world.dana)
    page = client.get(reverse("plans:referrals:page", args=[draft.referral.pk]))  # type: ignore[union-attr]
    assert "Not sent yet" in page.content.decode()
    sent = client.post(reverse("plans:referrals:send", args=[draft.referral.pk]), {"request_key": "s"})  # type: ignore[union-attr]
    assert "She has not allowed Harbor Home Visiting to see this referral from Pine Care Hub" in sent.content.decode()


def test_a_referral_that_supports_recovery_is_tracked_to_its_outcome_on_screen(world: World) -> None:
    """Made by a worker with her position, followed by both sides on their own pages."""
    with acting_as(viewer(world.dana)):
        Need.objects.filter(pk=world.need.pk).update(code="PEER", category="posc.plan_part2_segment")
    world.sign(recipient=world.bea)
    row = world.sent(to=world.bea)
    theirs, ours = _client(world.bea), _client(world.dana)
    inbox = theirs.get(reverse("plans:referrals:inbox"))
    assert "Marisol" in inbox.content.decode()
    inside = theirs.get(reverse("plans:referrals:page", args=[row.pk]))
    form = reverse("plans:referrals:answer", args=[row.pk, "completed"])
    wrong = theirs.post(form, {"request_key": "a", "note": ""})
    assert wrong.status_code == 422
    done = theirs.post(form, {"request_key": "a", "note": "", "outcome": "ENROLLED"}, follow=True)
    assert "Finished" in done.content.decode()
    page = ours.get(reverse("plans:referrals:page", args=[row.pk]))
    assert "Enrolled" in page.content.decode()
    assert "Dana Whitfield, Care coordinator" in inside.content.decode()
    assert "Write down what she says" in page.content.decode()
    said = ours.post(reverse("plans:referrals:hers", args=[row.pk]), {"request_key": "h", "said": "YES", "words": "It helps"}, follow=True)
    assert "It helps" in said.content.decode()


@pytest.mark.parametrize("name", ["page", "send", "link"])
def test_a_stranger_gets_the_page_for_what_does_not_exist(world: World, name: str) -> None:
    world.sign(recipient=world.bea)
    row = world.sent(to=world.bea)
    client = _client(world.out)
    ask = client.get if name == "page" else client.post
    hidden = ask(reverse(f"plans:referrals:{name}", args=[row.pk]))
    absent = ask(reverse(f"plans:referrals:{name}", args=[uuid4()]))
    assert hidden.status_code == absent.status_code == 404
    assert hidden.content.replace(str(row.pk).encode(), b"") == absent.content.replace(str(row.pk).encode(), b"")


@pytest.mark.parametrize("state", ["scheduled", "declined", "waitlisted", "completed", "failed"])
def test_each_step_has_its_own_questions(world: World, state: str) -> None:
    row = world.sent(kind=Kind.LOGGED)
    client = _client(world.dana)
    address = reverse("plans:referrals:answer", args=[row.pk, state])
    assert client.get(address).status_code == 200
    facts = {
        "request_key": "k", "note": "", "reason": "FULL" if state == "declined" else "", "outcome": "ENROLLED",
        "day_month": "3", "day_day": "12", "day_year": "2027", "hour": "10:30", "waitlist_place": "4",
    }  # fmt: skip
    assert client.post(address, facts).status_code == 302
    # One try reached nobody: that is written down, and the referral stays open for the tries that the pack asks for.
    assert world.state(row) == ("REQUESTED" if state == "failed" else state.upper())


def test_a_role_without_the_permission_has_no_inbox(world: World) -> None:
    officer = a_worker(Role.PRIVACY_OFFICER, agency=world.bea.agency)
    assert _client(officer).get(reverse("plans:referrals:inbox")).status_code == 404
    assert _client(world.bea).get(reverse("plans:referrals:inbox")).status_code == 200


# The one-time page ----------------------------------------------------------------------------------------


def test_before_a_yes_the_page_shows_a_need_a_place_and_a_language_and_no_person(world: World) -> None:
    row, address = _page_of(world, note="Marisol Valdeluna and Luz", organization=HOPE)
    text = Client().get(address).content.decode()
    for shown in (HOPE, "A home of our own", "Pine", "Spanish", "Dana", "Pine County Family Care", "555-0100"):
        assert shown in text
    for hidden in ("Marisol", "Valdeluna", "Luz", "555-0142", "Whitfield", "Pine Care Hub", str(row.pk), str(world.mother), str(world.plan.pk)):
        assert hidden not in text
    with acting_as(system(System.GRANTS)):
        assert not Grant.objects.filter(recipient_id=row.receiver_id).exists()


def test_the_page_never_names_the_treatment_program(world: World) -> None:
    world.dana.agency.is_part2_program, world.dana.agency.name = True, "Riverbend Recovery"
    world.dana.agency.save()
    _, address = _page_of(world)
    assert "Riverbend" not in Client().get(address).content.decode()


def test_without_script_the_follow_up_is_the_next_page_and_the_answer_is_taken_once(world: World) -> None:
    row, address = _page_of(world)
    client = Client()
    follow = client.post(address, {"answer": "WAIT"})
    assert "When might a place open?" in follow.content.decode()
    assert world.state(row) == State.REQUESTED
    said = client.post(address, {"answer": "WAIT", "seen": "WAIT", "when": "MONTH", "note": "Call on Monday"}, follow=True)
    assert "Thank you" in said.content.decode()
    assert world.state(row) == State.WAITLISTED
    assert Client().post(address, {"answer": "YES", "seen": "YES"}).status_code == 404
    assert world.state(row) == State.WAITLISTED


def test_choosing_swaps_in_only_its_follow_up(world: World) -> None:
    _, address = _page_of(world)
    part = Client().get(address, {"answer": "WRONG"}, headers={"HX-Request": "true"}).content.decode()
    assert "Who should we ask instead?" in part
    assert "<html" not in part


@pytest.mark.parametrize(("tile", "state"), [("YES", "ACCEPTED"), ("WAIT", "WAITLISTED"), ("NOT_NOW", "DECLINED"), ("WRONG", "DECLINED")])
def test_each_tile_moves_the_referral(world: World, tile: str, state: str) -> None:
    row, address = _page_of(world)
    Client().post(address, {"answer": tile, "seen": tile, "note": ""})
    assert world.state(row) == state


def test_unknown_used_replaced_and_expired_pages_are_one_answer(world: World) -> None:
    row, used = _page_of(world)
    Client().post(used, {"answer": "WAIT", "seen": "WAIT", "note": ""})
    by = viewer(world.dana)
    with acting_as(by):
        made = links.make_link(by=by, at=world.at, referral_id=row.pk)
        assert isinstance(made, Moved)
        again = links.make_link(by=by, at=world.at, referral_id=row.pk)
        assert isinstance(again, Moved)
    replaced, live = f"/r/{made.token}/", f"/r/{again.token}/"
    assert Client().get(live).status_code == 200
    with acting_as(by):
        ReferralLink.objects.filter(token_hash=links.hash_of(again.token)).update(expires_at=world.at - timedelta(minutes=1))
    addresses = ("/r/nothing/", used, replaced, live)
    answers = [Client().get(address) for address in addresses]
    assert {a.status_code for a in answers} == {404}
    token = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]*"')
    assert len({token.sub(b"", a.content).replace(address.encode(), b"") for a, address in zip(answers, addresses, strict=True)}) == 1
    assert "555-0100" in answers[0].content.decode()


def test_after_a_yes_without_her_consent_the_care_team_calls(world: World) -> None:
    row, address = _page_of(world)
    text = Client().post(address, {"answer": "YES", "seen": "YES", "note": ""}, follow=True).content.decode()
    assert "The care team will call you." in text
    assert "Marisol" not in text
    with acting_as(system(System.GRANTS)):
        assert not Grant.objects.filter(recipient_id=row.receiver_id).exists()


def _allow_hope(world: World) -> None:
    world.sign(recipient=world.bea, recipient_ids=(), recipient_names=(HOPE,))


def test_after_a_yes_she_allowed_shows_her_first_name_and_phone_and_is_accounted(world: World) -> None:
    _allow_hope(world)
    row, address = _page_of(world)
    client = Client()
    text = client.post(address, {"answer": "YES", "seen": "YES", "note": ""}, follow=True).content.decode()
    assert "Marisol" in text
    assert "555-0142" in text
    assert "Valdeluna" not in text
    assert Client().get(address).status_code == 404
    with acting_as(viewer(world.dana)):
        told = Disclosure.objects.get(recipient_id=row.receiver_id)
    assert told.category == "posc.plan_core"
    assert told.instrument_id is not None


def test_what_she_stops_sharing_leaves_the_receipt_at_once(world: World) -> None:
    consent = world.sign(recipient=world.bea, recipient_ids=(), recipient_names=(HOPE,))
    _, address = _page_of(world)
    client = Client()
    client.post(address, {"answer": "YES", "seen": "YES", "note": ""})
    world.sign(recipient=world.bea)
    assert "555-0142" in client.get(address).content.decode()
    world.revoke(consent)
    after = client.get(address).content.decode()
    assert "555-0142" not in after
    assert "The care team will call you." in after


def test_a_consent_for_another_organization_opens_nothing(world: World) -> None:
    world.sign(recipient=world.bea, recipient_ids=(), recipient_names=("Another House",))
    _, address = _page_of(world)
    text = Client().post(address, {"answer": "YES", "seen": "YES", "note": ""}, follow=True).content.decode()
    assert "555-0142" not in text


def test_a_stopped_referral_closes_its_page(world: World) -> None:
    row, address = _page_of(world)
    world.move(row, State.CANCELLED, reason=Reason.REROUTED)
    assert Client().get(address).status_code == 404


def test_only_the_hash_of_the_token_is_kept_and_the_address_is_not_passed_on(world: World) -> None:
    _, address = _page_of(world)
    token = address.strip("/").split("/")[1]
    assert len(token) >= 43
    with acting_as(viewer(world.dana)):
        kept = ReferralLink.objects.get()
    assert token not in str(kept.__dict__)
    answer = Client().get(address)
    assert (answer["Referrer-Policy"], answer["Cache-Control"]) == ("same-origin", "no-store")


def test_too_many_tries_from_one_place_are_asked_to_wait(world: World) -> None:
    client = Client()
    codes = [client.get(f"/r/guess{n}/").status_code for n in range(32)]
    assert set(codes) == {404, 429}
    assert codes[-1] == 429


def test_the_page_speaks_spanish(world: World) -> None:
    _, address = _page_of(world)
    text = Client().get(address, headers={"Accept-Language": "es"}).content.decode()
    assert "¿Tiene lugar para una familia?" in text
    assert "Mandar respuesta" in text
