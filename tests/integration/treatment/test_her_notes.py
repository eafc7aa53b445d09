"""Her copies on her own pages: progress meetings and her plan for hard days, hers alone, in her language."""

from __future__ import annotations

from html import unescape
from uuid import UUID

from django.test import Client
from tests.factories.agencies import viewer
from tests.factories.plans import a_key
from tests.integration.portal.conftest import PIN, World
from tests.integration.portal.conftest import world as her_world  # noqa: F401  (a fixture)

from careloom.infra import clock
from careloom.infra.access import acting_as
from careloom.treatment import actions
from careloom.treatment.codes import Sort


def write(world: World, sort: Sort, **values: object) -> UUID:
    by = viewer(world.dana)
    with acting_as(by):
        done = actions.add_entry(
            by=by, at=clock.now(), identity_id=world.mother, sort=sort, on=clock.today(), values=values, request_key=a_key()
        )  # fmt: skip
    assert isinstance(done, actions.Done), done
    return done.row_id


def test_she_reads_what_was_said_and_her_own_plan_and_nothing_that_was_taken_back(her_world: World) -> None:  # noqa: F811
    phone = her_world.signed_in()
    empty = unescape(phone.get("/my/notes/").content.decode())
    assert "There are no notes yet." in empty
    meeting = {
        "present": "Dana and Lena", "she_took_part": True, "supports": "A bed", "her_words": "Quiet mornings", "next_on": None,
        "copy_given_on": None, "copy_how": "",
    }  # fmt: skip
    write(her_world, Sort.MEETING, going="Every group kept", **meeting)
    gone = write(her_world, Sort.MEETING, going="Of somebody else", **meeting)
    write(her_world, Sort.SUPPORT, triggers="Nights", skills=["A walk"], people=["Aunt"], caregivers=[], naloxone="AT_HOME")
    by = viewer(her_world.dana)
    with acting_as(by):
        actions.take_back(by=by, at=clock.now(), sort=Sort.MEETING, entry_id=gone, because="Wrong record", row_version=1)
    page = unescape(phone.get("/my/notes/").content.decode())
    for shown in ("Every group kept", "A bed", "Quiet mornings", "Nights", "A walk", "Aunt"):
        assert shown in page
        assert shown not in empty
    assert "Of somebody else" not in page


def test_her_page_speaks_spanish_to_who_reads_spanish(her_world: World) -> None:  # noqa: F811
    phone = Client()
    her_world.open_link(phone, her_world.invite(language="es").path)
    phone.post("/my/sign-in/", {"pin": PIN, "again": PIN})
    page = unescape(phone.get("/my/notes/").content.decode())
    assert "Mis notas" in page
    assert "Todavía no hay notas." in page
