"""Every form of the rooms, sent as no page would send it, twice, over a newer version, after a seat ended and by nobody: nothing fails or is lost.

The forms are found on the pages themselves (`tests.attacks.rooms`), so a new form is swept from the day on which a page shows it.
"""

from __future__ import annotations

import pytest
from django.test import Client
from tests.attacks.forms import Field, Sheet, good
from tests.attacks.rooms import browser_of
from tests.attacks.rooms_world import World, world, writes  # noqa: F401  (a fixture)
from tests.attacks.test_every_form import MOST_ALONE, failures, ill, nothing_kept, sent

from careloom.infra import clock
from careloom.partnership.models import Partner, Seat

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
OTHER_WORDS = "Other words that somebody wrote and does not want to lose"
#: One page for everybody who has a code, outside every collaborative.
NO_SIGN_IN = {"commons:survey_answer"}


def test_no_page_fails(world: World) -> None:  # noqa: F811
    assert [(page.who, page.path, page.answer.status_code) for page in world.pages if page.answer.status_code not in {200, 302, 404}] == []
    assert len(world.pages) > 200


def test_no_form_fails_whatever_is_written_into_it(world: World) -> None:  # noqa: F811
    """All fields at once, and each alone beside fields that are right: a first refusal may not hide what comes behind it."""
    broken = []
    for number, sheet in enumerate(world.sheets):
        tries = [{name: value for one in sheet.fields for name, value in ill(one, number + turn).items()} for turn in (0, 3)]
        for place, one in enumerate(sheet.fields[:MOST_ALONE]):
            tries.append({name: value for name, value in sheet.filled().items() if name not in good(one)} | ill(one, number + place))
        for told in tries:
            with failures() as found, nothing_kept():
                status = sent(sheet, told)
            if found or status >= 500:
                broken.append((str(sheet)[:150], {name: str(value)[:24] for name, value in told.items() if name}, status, found[-1:]))
    assert broken == []


def test_what_is_sent_twice_is_kept_once(world: World) -> None:  # noqa: F811
    """A double click: the second sending of the very same form makes no further row, and fails at nothing."""
    doubled, kept = [], 0
    for sheet in world.sheets:
        told = sheet.filled()
        if any(one.kind == "file" for one in sheet.fields):
            continue
        with nothing_kept():
            with writes() as first:
                status = sent(sheet, told)
            if status == 302 and first:
                kept += 1
                with failures() as failed, writes() as second:
                    sent(sheet, told)
                again = sorted({table for how, table, _values in second if how != "UPDATE"})
                if again or failed:
                    doubled.append((str(sheet)[:120], again, failed))
    assert doubled == []
    assert kept > 60


def test_who_read_an_older_version_writes_nothing_over_it_and_keeps_her_words(world: World) -> None:  # noqa: F811
    lost, tried = [], 0
    for sheet in world.sheets:
        text = _one_text(sheet)
        if text is None or not any(one.name == "version" and one.value not in {"", "0"} for one in sheet.fields):
            continue
        with nothing_kept():
            status = sent(sheet, sheet.filled())
            if status != 302:
                continue
            tried += 1
            keys = {one.name: "f" * 32 for one in sheet.fields if one.name == "request_key"}
            with writes() as written:
                answer = sheet.client.post(sheet.path, sheet.filled() | keys | {text.name: OTHER_WORDS})
            if written or answer.status_code not in {404, 422} or (answer.status_code == 422 and OTHER_WORDS not in answer.content.decode()):
                lost.append((str(sheet)[:120], text.name, answer.status_code, written[:2]))
    assert lost == []
    assert tried > 15


def test_whose_seat_ended_and_whose_agency_left_finds_nothing_any_more(world: World) -> None:  # noqa: F811
    """A member of one body, from one hour to the next: every page and form that she was shown is absent."""
    who, here = "ivermoor", str(world.house.collaborative_id)
    mine = [page for page in world.pages if page.who == who and page.answer.status_code == 200 and here in page.path]
    with nothing_kept():
        worker = world.house.ground.member(who)
        Seat.objects.filter(worker_id=worker.worker_id, left_on=None).update(left_on=clock.today())
        Partner.objects.filter(agency_id=worker.agency_id, left_on=None).update(left_on=clock.today())
        client = browser_of(world.house, who)
        client.get("/partnership/")
        shown = [page.path for page in mine if client.get(page.path).status_code != 404]
        with writes() as written:
            taken = [
                str(sheet)[:120] for sheet in world.sheets
                if here in sheet.path and client.post(sheet.path, sheet.filled()).status_code not in {404, 405}
            ]  # fmt: skip
    assert (shown, taken, written) == ([], [], [])
    assert len(mine) > 60


def test_nobody_signed_out_reads_or_sends_anything(world: World) -> None:  # noqa: F811
    client = Client(raise_request_exception=False)
    names = {page.path: page.name for page in world.pages} | {sheet.path: sheet.name for sheet in world.sheets}
    open_to_all = []
    for path, name in names.items():
        if name not in NO_SIGN_IN:
            with writes() as written:
                answers = {client.get(path).status_code, client.post(path).status_code}
            if answers != {302} or written:
                open_to_all.append((path, answers, written))
    assert open_to_all == []


def _one_text(sheet: Sheet) -> Field | None:
    """The first field in which somebody writes words."""
    return next((one for one in sheet.fields if one.kind == "text" and one.value and " " in one.value), None)
