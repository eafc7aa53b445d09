"""Messages of the team and with her, safe contact, the handout, and who knows what: each row through the screens of its actor."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.test import Client
from tests.factories.agencies import a_worker
from tests.integration.portal.conftest import World
from tests.integration.portal.reading import text
from tests.requirements.conftest import saved, text_of

from careloom.agencies.models import Membership
from careloom.agencies.roles import Role
from careloom.config import subscriptions
from careloom.infra.events.outbox import deliver_pending
from careloom.messages import providers


def browser(who: Membership) -> Client:
    client = Client()
    client.force_login(who.worker.user)
    return client


@pytest.fixture
def outbox(monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: object) -> list[str]:
    """The text messages that left."""
    sent: list[str] = []

    class Kept:
        def send(self, *, channel: str, address: str, text: str) -> None:
            sent.append(f"{address} {text}")

    monkeypatch.setattr("careloom.messages.actions.sending.provider", Kept)
    assert providers.provider is not None
    return sent


@pytest.mark.requirement("R-141")
def test_partners_and_the_client_write_to_each_other_and_a_text_message_tells_nothing(
    her_world: World, outbox: list[str], django_capture_on_commit_callbacks: object
) -> None:
    subscriptions.join()
    dana, bea, phone = browser(her_world.dana), browser(her_world.bea), her_world.signed_in()
    form = {"topic": "BABY", "parties": ["her", str(her_world.harbor.pk)], "words": "The crib comes on Friday.", "request_key": uuid4().hex}
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        written = dana.post(f"/messages/of/{her_world.mother}/new/", form)
        saved(written)
        deliver_pending()
    path = written.headers["Location"]
    assert "The crib comes on Friday." in text_of(bea.get(path))
    hers = path.replace("/messages/thread/", "messages/").strip("/") + "/"
    assert "Your team wrote to you" in text(phone, "")
    assert "The crib comes on Friday." in text(phone, hers)
    saved(phone.post(f"/my/{hers}", {"words": "Thank you.", "request_key": "t"}))
    for team in (dana, bea):
        assert "Thank you." in text_of(team.get(path))
    assert outbox == ["555-0164 Family plan: your team wrote to you."]


@pytest.mark.requirement("R-128")
def test_safety_is_written_down_per_program_and_her_flags_hold_everywhere(
    her_world: World, outbox: list[str], django_capture_on_commit_callbacks: object
) -> None:
    subscriptions.join()
    admin, dana = browser(a_worker(Role.AGENCY_ADMIN, agency=her_world.riverbend)), browser(her_world.dana)
    saved(admin.post("/messages/safety/", {"text": "Never speak to anybody else at her home.", "call_first": "Priya", "row_version": "0"}))
    reach = f"/messages/of/{her_world.mother}/reach/"
    assert "Never speak to anybody else at her home." in text_of(dana.get(reach))
    saved(dana.post(reach, {"ways": ["text", "call", "voicemail", "mail"], "shared_phone": "on", "unsafe": "on", "says": "He reads it.", "note": ""}))
    for screen in (reach, f"/families/{her_world.mother}/", f"/my/invite/{her_world.mother}/", f"/my/handout/give/{her_world.mother}/"):
        assert "Ask first whether she can talk" in text_of(dana.get(screen)), screen
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        form = {"topic": "PLAN", "parties": ["her"], "words": "Hello", "request_key": uuid4().hex}
        saved(dana.post(f"/messages/of/{her_world.mother}/new/", form))
        deliver_pending()
        dana.post(f"/my/invite/{her_world.mother}/", {"language": "en", "phone": "555-0164", "how": "TEXT", "request_key": "again"})
        refused = dana.post(f"/my/handout/give/{her_world.mother}/", {"language": "en", "how": "TEXT", "request_key": "h"})
    assert outbox == []
    assert "She gets no text messages. Give it to her another way." in refused.content.decode()
    assert "He reads it." not in text_of(browser(her_world.bea).get(reach))


@pytest.mark.requirement("R-156")
def test_the_handout_is_given_in_her_language_read_on_her_page_and_recorded(her_world: World) -> None:
    dana, phone = browser(her_world.dana), her_world.signed_in()
    path = f"/my/handout/give/{her_world.mother}/"
    assert "Not given yet." in text_of(dana.get(path))
    saved(dana.post(path, {"language": "es", "how": "PAPER", "request_key": "one"}))
    page = text_of(dana.get(path))
    assert "Dana Whitlock" in page
    assert "On paper" in page
    assert "Español" in page
    assert "Cómo su equipo le puede ayudar" in text_of(dana.get("/my/handout/print/?language=es"))
    assert "How your team can help you" in text_of(dana.get("/my/handout/print/?language=en"))
    assert "One person guides your plan." in text(phone, "handout/")
    assert "Una persona guía su plan." in text(phone, "handout/", "es")
    saved(phone.post("/my/handout/"))
    assert "that she read it." in text_of(dana.get(path))
    assert browser(her_world.nurse).get(path).status_code == 404
    assert browser(her_world.nurse).post(path, {"language": "en", "how": "PAPER", "request_key": "no"}).status_code == 404


@pytest.mark.requirement("R-108")
def test_she_and_her_team_see_who_knows_what_and_since_when(her_world: World) -> None:
    phone, dana, bea = her_world.signed_in(), browser(her_world.dana), browser(her_world.bea)
    page = text(phone, "knows/")
    assert "Keeps notes about you since" in page
    assert "Sees your plan and visits, which help you asked for. You said yes on" in page
    assert "Looked last on" not in page
    text_of(bea.get(f"/families/{her_world.mother}/"))
    assert "Looked last on" in text(phone, "knows/")
    team = text_of(dana.get(f"/families/{her_world.mother}/knows/"))
    assert her_world.harbor.name in team
    assert "Since" in team
    assert "read on its screen" in team
    assert browser(her_world.nurse).get(f"/families/{her_world.mother}/knows/").status_code == 404
    # What she stops, she sees stopped at once, on the same page.
    saved(phone.post(f"/my/sharing/{her_world.consent_id}/"))
    assert "You said yes on" not in text(phone, "knows/")
