"""The history of her forms: every version, read by whom in which language, signed, renewed, stopped, ended; a page at a time."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from tests.factories.agencies import viewer
from tests.factories.plans import a_key
from tests.integration.consents.conftest import Screens

from careloom.consents import tasks
from careloom.consents.models import Consent
from careloom.infra import clock
from careloom.infra.access import acting_as
from careloom.messages.models import Message
from careloom.portal import actions as portal
from careloom.portal.actions.reminding import ask_to_look
from careloom.work.actions import meet_obligation, open_obligation


def history(screens: Screens, page: int = 1) -> str:
    address = reverse("consents:history", args=[screens.mother])
    return screens.client().get(address, {"page": page}).content.decode()


@pytest.mark.requirement("R-106")
def test_every_version_stands_there_with_what_became_of_it(screens: Screens) -> None:
    first = screens.sign_on_paper(language="es", reader="Interpreter 12", request_key="first")
    pk = first.headers["Location"].split("/")[-2]
    renewed = screens.sign(renews=pk, request_key="second")
    screens.client().post(renewed.headers["Location"] + "stop/", {"how": "SPOKEN", "heard_by": "Dana"})
    text = history(screens)
    for told in (
        "Read with her in Spanish by Interpreter 12", "She signed on paper", "A newer form took its place", "She signed on the screen",
        "She stopped it aloud. Heard by Dana on", "Release under 42 CFR part 2", first.headers["Location"] + "scan/",
    ):  # fmt: skip
        assert told in text
    assert text.index("She stopped it aloud") < text.index("A newer form took its place")  # newest first


def test_a_renewal_is_a_new_signature_and_never_a_silent_extension(screens: Screens) -> None:
    first = screens.sign(until="30", request_key="first")
    pk = first.headers["Location"].split("/")[-2]
    begun = screens.client().get(reverse("consents:new", args=[screens.mother]), {"renews": pk})
    with acting_as(viewer(screens.world.dana)):
        older = Consent.objects.get(pk=pk)
        assert (older.expires_on, older.superseded_by) == (clock.today() + timedelta(days=30), None)
    clean = begun.context["form"].cleaned_data
    assert (clean["share"], clean["renews"]) == (["PLAN"], older.pk)
    screens.sign(renews=pk, until="180", request_key="second")
    with acting_as(viewer(screens.world.dana)):
        rows = {row.request_key: row for row in Consent.objects.filter(identity_id=screens.mother)}
    assert rows["first"].superseded_by == rows["second"].pk
    assert rows["first"].expires_on == clock.today() + timedelta(days=30)
    assert screens.seen(screens.world.bea)


def test_the_list_is_paged(screens: Screens) -> None:
    for _number in range(21):
        screens.world.share(screens.plan, to=screens.world.bea)
    first, second = history(screens), history(screens, page=2)
    assert (first.count("<section"), second.count("<section")) == (20, 1)
    assert "?page=2" in first
    assert "?page=1" in second


def test_another_agency_finds_no_history_of_a_family_that_it_does_not_know(screens: Screens) -> None:
    screens.sign()
    assert screens.client(screens.world.maria).get(reverse("consents:history", args=[screens.mother])).status_code == 404


def test_a_recipient_reads_its_own_forms_only(screens: Screens) -> None:
    screens.sign(request_key="harbor")
    screens.sign(recipients=[str(screens.world.maria.agency_id)], purposes=["treatment"], request_key="hospital")
    theirs = screens.client(screens.world.bea).get(reverse("consents:history", args=[screens.mother])).content.decode()
    assert theirs.count("<section") == 1
    assert screens.world.st_agnes.name not in theirs


def remind(at_days: int) -> None:
    at = clock.now() + timedelta(days=at_days)
    with clock.at(at):
        tasks.run(at=at, owe=open_obligation, meet=meet_obligation, tell=ask_to_look)


def test_she_hears_in_neutral_words_that_there_is_a_question_once_at_each_step(screens: Screens) -> None:
    by = viewer(screens.world.dana)
    with acting_as(by):
        portal.invite(by=by, at=clock.now(), identity_id=screens.mother, language="es", phone="555-0164", request_key=a_key(), by_text=False)
        before = Message.objects.count()
    screens.sign(until="90")
    sent = []
    for days in (50, 61, 62, 84, 85):
        remind(days)
        with acting_as(by):
            sent.append(Message.objects.count() - before)
    assert sent == [0, 1, 1, 2, 2]
    with acting_as(by):
        last = Message.objects.order_by("-made_at").first()
    assert last is not None
    assert (last.sentence, last.language) == ("QUESTION", "es")


def test_a_mother_without_pages_gets_no_message_and_the_worker_is_asked_all_the_same(screens: Screens) -> None:
    screens.sign(until="30")
    remind(1)
    with acting_as(viewer(screens.world.dana)):
        assert not Message.objects.exists()
    assert screens.client().get(reverse("consents:family", args=[screens.mother])).status_code == 200
