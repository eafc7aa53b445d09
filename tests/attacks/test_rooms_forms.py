"""Every address and form of the rooms, with two years in them and a foreign twin beside: nothing of one collaborative crosses over.

Pages and forms are found by walking the links that readers are shown (`tests.attacks.rooms`); an address that nobody reaches fails the first test.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

import pypdf
import pytest
from django.urls import get_resolver
from tests.attacks.rooms import FOREIGN, UUIDS, Page
from tests.attacks.rooms_world import World, world, writes  # noqa: F401  (a fixture)
from tests.attacks.test_every_form import failures, nothing_kept, sent

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
#: She runs every collaborative, so nothing is foreign to her.
STATE_LEAD = "adeyemi"
#: Addresses that wait for a state in which no walk finds them; a new address is reached, or named here.
UNREACHED = {f"commons:{name}" for name in (
    "agreement_audit_new", "agreement_element", "agreement_notice_new", "agreement_position", "agreement_report_move", "barrier_close",
    "barrier_confirm",
    "barrier_cycle", "barrier_guidance", "barrier_pilot", "feedback_answer", "feedback_close", "feedback_read",
    "guidance_acknowledge", "guidance_applied", "pilot_cycle", "pilot_cycle_new", "settle",
)}  # fmt: skip
#: What one collaborative shares with all others is meant to be read there.
SHARED = "/changes/stories/"


def test_every_address_of_the_rooms_is_reached(world: World) -> None:  # noqa: F811
    rooms = next(one for one in get_resolver().url_patterns if getattr(one, "namespace", None) == "commons")
    names = {f"commons:{pattern.name}" for pattern in rooms.url_patterns}
    reached = {page.name for page in world.pages if page.answer.status_code == 200} | {sheet.name for sheet in world.sheets}
    assert names - reached <= UNREACHED
    assert len(world.sheets) > 100


def test_no_address_takes_the_id_of_another_collaborative(world: World) -> None:  # noqa: F811
    """Each id in an address alone, and all of them: what belongs elsewhere is not there, asked and sent."""
    found, tried = [], 0
    wanted = {page.name: (page.path, page.client, None) for page in world.pages if page.answer.status_code == 200 and page.who != STATE_LEAD} | {
        sheet.name: (sheet.path, sheet.client, sheet) for sheet in world.sheets if sheet.who != STATE_LEAD
    }
    for name, (path, client, sheet) in wanted.items():
        address = path.partition("?")[0]
        ours = [one for one in dict.fromkeys(UUIDS.findall(address)) if world.is_ours(one)]
        for there in {world.over_there(address), *(address.replace(one, world.over_there(one)) for one in ours)} - {address}:
            tried += 1
            with failures() as failed, nothing_kept(), writes() as written:
                answers = [client.get(there).status_code, client.post(there, sheet.filled() if sheet else {}).status_code]
            if failed or written or not set(answers) <= {404, 405}:
                found.append((name, there, answers, failed, written[:1]))
    assert found == []
    assert tried > 300


def test_no_form_takes_a_thing_of_another_collaborative(world: World) -> None:  # noqa: F811
    """Each choice and hidden id of a form with its twin: it is written into no row."""
    taken, tried = [], 0
    for sheet in world.sheets:
        for one in sheet.fields:
            ids = [value for value in (one.value, *one.choices) if world.is_ours(value.rpartition(":")[2])]
            for value in ids[:2]:
                there, tried = world.over_there(value), tried + 1
                with failures() as failed, nothing_kept(), writes() as written:
                    sent(sheet, sheet.filled() | {one.name: there})
                pk = there.rpartition(":")[2]
                if failed or any(pk in values for _how, _table, values in written):
                    taken.append((str(sheet)[:120], one.name, failed, [table for _how, table, values in written if pk in values]))
    assert taken == []
    assert tried > 60


def test_no_page_paper_or_list_names_anything_of_another_collaborative(world: World) -> None:  # noqa: F811
    """Nothing of the twin stands on a page, in a choice, a PDF, a calendar or a file, nor does one of its ids."""
    there = {str(pk) for pk in world.twin.values()}
    found = [
        (page.who, page.path, where) for page in world.pages if page.who != STATE_LEAD and SHARED not in page.path for where in _told_of(page, there)
    ]  # the lead of the state runs every collaborative
    assert found == []


def _told_of(page: Page, there: set[str]) -> Iterator[str]:
    kind, content = page.answer.headers.get("Content-Type", ""), page.answer.content
    if "pdf" in kind:
        text = "".join(sheet.extract_text() for sheet in pypdf.PdfReader(io.BytesIO(content)).pages)
    else:
        text = content.decode("utf-8", "replace")
    for found in re.finditer(FOREIGN, text):
        yield text[max(0, found.start() - 60) : found.end() + 40]
    yield from sorted(set(UUIDS.findall(text)) & there)
