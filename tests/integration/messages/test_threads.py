"""Threads of the care team and with her: who takes part, who of them may read what, what is told before sending, and leaving."""

from __future__ import annotations

import io
from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image
from tests.factories.agencies import a_worker, viewer
from tests.integration.portal.conftest import World
from tests.integration.portal.conftest import world as world

from careloom.agencies.models import Membership
from careloom.agencies.roles import Role
from careloom.config import subscriptions
from careloom.infra.access import acting_as
from careloom.infra.access.models import AccessLog, Disclosure
from careloom.infra.events.outbox import deliver_pending
from careloom.messages.models import Entry, Participant, Thread
from careloom.work.models import Obligation


@pytest.fixture(autouse=True)
def joined() -> None:
    subscriptions.join()


def browser(who: Membership) -> Client:
    client = Client()
    client.force_login(who.worker.user)
    return client


def page(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    return answer.content.decode()


def begin(world: World, *, parties: list[str], words: str = "Can we meet on Friday?", by: Membership | None = None, **facts: object) -> UUID:
    form = {"topic": "MEETING", "parties": parties, "words": words, "request_key": uuid4().hex} | facts
    answer = browser(by or world.dana).post(f"/messages/of/{world.mother}/new/", form)
    assert answer.status_code == 302, answer.content.decode()[-4000:]
    deliver_pending()
    return UUID(answer.headers["Location"].strip("/").split("/")[-1])


def test_who_may_read_reads_it_and_answers_and_who_does_not_take_part_finds_nothing(world: World) -> None:
    thread = begin(world, parties=[str(world.harbor.pk)])
    bea, path = browser(world.bea), f"/messages/thread/{thread}/"
    assert "Can we meet on Friday?" in page(bea, path)
    assert "The plan" not in page(bea, f"/messages/of/{world.mother}/")
    assert "A meeting" in page(bea, f"/messages/of/{world.mother}/")
    for stranger in (a_worker(Role.HOME_VISITOR, agency=world.harbor), world.nurse):
        assert browser(stranger).get(path).status_code == (404 if stranger is world.nurse else 200)
    # She is not in this thread, though she may ask for a copy of what is written about her.
    assert world.signed_in().get(f"/my/messages/{thread}/").status_code == 404


def test_a_message_is_sent_once_however_often_the_form_comes(world: World) -> None:
    key = uuid4().hex
    for _ in range(2):
        thread = begin(world, parties=["her"], request_key=key)
    for _ in range(2):
        browser(world.dana).post(f"/messages/thread/{thread}/", {"words": "At ten.", "request_key": "twice"})
    with acting_as(world.coordinator):
        assert (Thread.objects.count(), Entry.objects.count()) == (1, 2)


def test_the_writer_is_told_before_sending_who_reads_it_and_why_not(world: World) -> None:
    told = page(browser(world.dana), f"/messages/of/{world.mother}/new/")
    assert "Reads it, but nothing that tells about treatment" in told
    # Harbor holds no form of hers, so what it writes reaches nobody but her.
    told = page(browser(world.bea), f"/messages/of/{world.mother}/new/")
    assert "Cannot read it now: no form of hers lets you tell them. Ask her first." in told
    thread = begin(world, parties=[str(world.riverbend.pk), "her"], by=world.bea, words="Reads nobody else.")
    assert browser(world.dana).get(f"/messages/thread/{thread}/").status_code == 404
    with acting_as(world.coordinator):
        assert not Obligation.objects.filter(kind="MESSAGE_WAITING").exists()
    assert "Reads nobody else." in page(world.signed_in(), f"/my/messages/{thread}/")


@pytest.mark.parametrize(("words", "tells"), [("She takes methadone now.", False), ("It went well there.", True)])
def test_what_tells_of_treatment_stays_with_whom_she_shares_that_part(world: World, words: str, tells: bool) -> None:
    thread = begin(world, parties=[str(world.harbor.pk)])
    browser(world.dana).post(f"/messages/thread/{thread}/", {"words": words, "request_key": "t", **({"tells": "on"} if tells else {})})
    assert words in page(browser(world.dana), f"/messages/thread/{thread}/")
    assert words not in page(browser(world.bea), f"/messages/thread/{thread}/")


def test_reading_is_accounted_marked_and_meets_what_today_asked(world: World) -> None:
    thread = begin(world, parties=[str(world.harbor.pk)])
    bea = viewer(world.bea)
    with acting_as(bea):
        owed = Obligation.objects.get(kind="MESSAGE_WAITING")
        assert (owed.met_at, owed.link) == (None, f"/messages/thread/{thread}/")
    today = page(browser(world.bea), "/today/")
    assert "Read a message about" in today
    page(browser(world.bea), f"/messages/thread/{thread}/")
    deliver_pending()
    with acting_as(bea):
        assert Obligation.objects.get(pk=owed.pk).met_at is not None
    assert "Has not read it yet" not in page(browser(world.dana), f"/messages/thread/{thread}/")
    with acting_as(world.her().viewer):
        assert Disclosure.objects.filter(recipient_id=world.harbor.pk, holder_id=world.riverbend.pk).exists()
        assert AccessLog.objects.filter(place="messages:thread", agency_id=world.harbor.pk).exists()


def test_when_she_stops_sharing_the_next_look_finds_nothing(world: World) -> None:
    thread = begin(world, parties=[str(world.harbor.pk)])
    assert browser(world.bea).get(f"/messages/thread/{thread}/").status_code == 200
    world.signed_in().post(f"/my/sharing/{world.consent_id}/")
    assert browser(world.bea).get(f"/messages/thread/{thread}/").status_code == 404


def test_her_words_reach_who_keeps_her_plan_and_whom_she_shares_with(world: World) -> None:
    phone = world.signed_in()
    form = {"topic": "RIDE", "parties": [str(world.riverbend.pk), str(world.harbor.pk)], "words": "I need a ride.", "request_key": "mine"}
    answer = phone.post("/my/messages/new/", form)
    assert answer.status_code == 302, answer.content.decode()[-3000:]
    deliver_pending()
    thread = answer.headers["Location"].strip("/").split("/")[-1]
    for worker in (world.dana, world.bea):
        assert "I need a ride." in page(browser(worker), f"/messages/thread/{thread}/")
    browser(world.dana).post(f"/messages/thread/{thread}/", {"words": "Tom drives you.", "request_key": "a"})
    assert "1 new message" in page(phone, "/my/")
    assert "Tom drives you." in page(phone, f"/my/messages/{thread}/")
    assert "1 new message" not in page(phone, "/my/")


def test_she_leaves_a_thread_and_her_words_stay(world: World) -> None:
    thread, phone = begin(world, parties=["her"]), world.signed_in()
    phone.post(f"/my/messages/{thread}/", {"words": "I do not want to talk about this.", "request_key": "h"})
    assert phone.post(f"/my/messages/{thread}/done/").status_code == 302
    browser(world.dana).post(f"/messages/thread/{thread}/", {"words": "Said after she left.", "request_key": "late"})
    hers = page(phone, f"/my/messages/{thread}/")
    assert "I do not want to talk about this." in hers
    assert "Said after she left." not in hers
    assert phone.post(f"/my/messages/{thread}/", {"words": "More", "request_key": "x"}).status_code == 404
    assert "Left on" in page(browser(world.dana), f"/messages/thread/{thread}/")
    with acting_as(world.her().viewer):
        assert Participant.objects.get(thread_id=thread, party="HER").left_at is not None


def test_a_picture_goes_with_it_without_what_hid_in_it_and_a_program_file_does_not(world: World) -> None:
    stream = io.BytesIO()
    Image.new("RGB", (4, 4)).save(stream, format="PNG")
    thread = begin(world, parties=["her"], paper=SimpleUploadedFile("me.png", stream.getvalue()))
    with acting_as(world.coordinator):
        entry = Entry.objects.get(thread_id=thread)
    for reader, path in ((browser(world.dana), f"/messages/paper/{entry.pk}/"), (world.signed_in(), f"/my/messages/paper/{entry.pk}/")):
        answer = reader.get(path)
        assert answer.status_code == 200
        assert answer.headers["Content-Disposition"] == 'attachment; filename="paper.png"'
        assert answer.content.startswith(b"\x89PNG")
    assert browser(world.nurse).get(f"/messages/paper/{entry.pk}/").status_code == 404
    form = {"words": "x", "request_key": "p", "paper": SimpleUploadedFile("me.png", b"MZ program")}
    refused = browser(world.dana).post(f"/messages/thread/{thread}/", form)
    assert refused.status_code == 422
    assert "Only a PDF, a JPEG or a PNG picture can be added." in refused.content.decode()


def test_a_role_that_only_looks_writes_nothing(world: World) -> None:
    officer = a_worker(Role.PRIVACY_OFFICER, agency=world.riverbend)
    assert browser(officer).get(f"/messages/of/{world.mother}/new/").status_code == 404
    thread = begin(world, parties=["her"])
    assert browser(officer).post(f"/messages/thread/{thread}/", {"words": "x", "request_key": "o"}).status_code == 404
    assert browser(officer).post(f"/messages/thread/{thread}/leave/").status_code == 404
