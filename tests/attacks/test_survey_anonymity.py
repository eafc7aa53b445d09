"""Somebody wants to know who said it: with the whole database, as an administrator, by order, by subtraction, in words, in logs and backups.

Source: decision 0012; issue 5; workflow 6.13.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from tests.conftest import TEST_HOME
from tests.databases import own_database
from tests.requirements.conftest import SignIn, text_of
from tests.requirements.surveys_steps import Place, a_place, a_sheet, answered, closed, codes, days, long_ago, opened

from careloom.agencies.models import Membership
from careloom.config import gunicorn
from careloom.infra.keys import KeyProblem
from careloom.infra.postgres import Supervisor
from careloom.surveys import secrecy
from careloom.surveys.models import Box, Remark, Round, Spent, Taken, Tally


@pytest.fixture
def place(sign_in: SignIn) -> Place:
    return a_place(sign_in)


def whole_database(name: str) -> dict[str, list[str]]:
    """Every row of every table as the superuser of the database sees it, with its physical place and its transaction."""
    with Supervisor(TEST_HOME, durable=False).admin(name) as admin:
        tables = admin.execute("SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY 1").fetchall()
        found = {}
        for (table,) in tables:
            rows = admin.execute(f'SELECT t.ctid::text, t.xmin::text, t::text FROM "{table}" t').fetchall()  # type: ignore[call-overload]
            found[str(table)] = ["|".join(str(part) for part in row) for row in rows]
    return found


def changed(before: dict[str, list[str]], after: dict[str, list[str]]) -> set[str]:
    """The tables in which anything differs."""
    return {name for name in after if before.get(name) != after[name]}


@pytest.fixture
def committed(django_db_setup: None, django_db_blocker: Any) -> Iterator[tuple[str, Place]]:
    """A database of its own in which everything is committed, so that transactions are real; its name, and the collaborative."""

    def signed_in(member: Membership) -> Client:
        client = Client()
        client.force_login(member.worker.user)
        client.get("/me/")  # whatever a session writes once is written
        return client

    with own_database(django_db_blocker) as name, django_db_blocker.unblock():
        yield name, a_place(signed_in)


def test_an_answer_changes_two_rows_of_the_whole_database_and_no_log(committed: tuple[str, Place], caplog: pytest.LogCaptureFixture) -> None:
    name, place = committed
    row = opened(place, "VALUES")
    code = codes(place, row, 1)[0]
    before = whole_database(name)
    assert before["audit_row"]
    with caplog.at_level(logging.DEBUG):
        answered(row, code, a_sheet(row, 5, words="Only I would say this", agency=place.hub.pk))
    after = whole_database(name)
    assert changed(before, after) == {"surveys_box", "surveys_spent"}
    assert len(before["surveys_box"]) == len(after["surveys_box"]) == len(after["surveys_spent"]) == 1
    text = "\n".join(line for lines in after.values() for line in lines) + caplog.text
    for secret in (code, secrecy.plain(code), "Only I would say this"):
        assert secret not in text
        assert secret.encode().hex() not in text
    assert gunicorn.accesslog is None  # the web server writes down no request


def test_an_administrator_learns_who_took_a_code_and_not_which_nor_whether_it_was_used(committed: tuple[str, Place]) -> None:
    name, place = committed
    row = opened(place, "VALUES")
    before = whole_database(name)
    page = text_of(place.hers.post(f"{place.room}{row.pk}/code/"))
    code = page.split('name="code" value="')[1].split('"')[0]
    assert changed(before, whole_database(name)) == {"surveys_taken"}
    assert Taken.objects.get(round=row).workers == [place.member.worker_id]
    before = whole_database(name)
    answered(row, code, a_sheet(row, 2))
    assert changed(before, whole_database(name)) == {"surveys_box", "surveys_spent"}  # who took one is not touched by its use
    assert Spent.objects.get(round=row).hashes == [secrecy.hash_of(code)]
    columns = {field.name for model in (Box, Spent, Taken, Tally, Remark) for field in model._meta.get_fields()}
    no_time_no_maker = {"round", "sealed", "hashes", "workers", "presses", "id", "dimension", "group", "item", "answer", "number", "words"}
    assert columns == no_time_no_maker
    for code in codes(place, row, 5):
        answered(row, code, a_sheet(row, 4, words="One of six"))
    closed(place, row)
    after = whole_database(name)
    assert not after["surveys_box"]
    assert not after["surveys_spent"]
    assert not after["surveys_taken"]
    for table in ("surveys_tally", "surveys_remark"):
        assert len({line.split("|")[1] for line in after[table]}) == 1  # one transaction wrote them all
        assert str(place.member.worker_id) not in "".join(after[table])


@pytest.mark.django_db
def test_the_order_of_arrival_is_nowhere(place: Place, django_capture_on_commit_callbacks: Any) -> None:
    row = opened(place, "PULSE")
    first, sizes, spent = next(iter(row.definition["sections"]))["items"][0]["id"], set(), []
    arrived = []
    for number, code in enumerate(codes(place, row, 14)):
        answered(row, code, a_sheet(row, 3, words=f"Remark {number:02d}") | {f"item_{first}": str(1 + number % 5)})
        arrived.append(f"Remark {number:02d}")
        spent.append(secrecy.hash_of(code))
        sizes.add(len(bytes(Box.objects.get(round=row).sealed)))
    lying = [sheet["words"] for sheet in secrecy.open_box(row.pk, Box.objects.get(round=row).sealed)]
    assert sorted(lying) == arrived
    assert lying != arrived  # 1 in 87 billion that a shuffle leaves them
    assert Spent.objects.get(round=row).hashes == sorted(spent)
    assert all(size % secrecy.PAGE == 29 for size in sizes)  # whole pages, and what the seal adds
    assert len(sizes) < 5  # so that it does not tell who wrote much
    old_copy = bytes(Box.objects.get(round=row).sealed)
    with django_capture_on_commit_callbacks(execute=True):
        closed(place, row)
    with connection.cursor() as cursor:
        cursor.execute("SELECT words FROM surveys_remark ORDER BY ctid")
        physical = [words for (words,) in cursor.fetchall()]
        cursor.execute("SELECT id::text FROM surveys_remark ORDER BY ctid")
        ids = [one for (one,) in cursor.fetchall()]
        cursor.execute("SELECT count(DISTINCT xmin::text) FROM surveys_tally WHERE round_id = %s", [row.pk])
        assert cursor.fetchone() == (1,)
    assert sorted(physical) == arrived
    assert physical != arrived
    assert not all(one < two for one, two in pairwise(ids))
    # A backup or a log of the database holds the old box: its key is gone.
    with pytest.raises(KeyProblem):
        secrecy.open_box(row.pk, old_copy)
    secrecy.destroy_key(row.pk)


@pytest.mark.django_db
def test_neither_a_code_nor_a_guess_opens_another_round(place: Place) -> None:
    one, two = opened(place, "PULSE"), opened(place, "VALUES")
    code = secrecy.a_code(one.pk)
    assert secrecy.fits(one.pk, code.lower())
    assert not secrecy.fits(two.pk, code)
    last = secrecy.plain(code)
    forged = last[:-1] + next(letter for letter in secrecy.LETTERS if letter != last[-1])
    assert not secrecy.fits(one.pk, forged)
    answer = Client().post("/partnership/answer/", {"code": forged})
    assert answer.status_code == 422
    assert "This code opens no questionnaire" in answer.content.decode()
    assert forged not in answer.request["PATH_INFO"] + answer.request["QUERY_STRING"]


@pytest.mark.django_db
def test_a_lone_doctor_is_not_found_by_subtracting_the_nurses(place: Place) -> None:
    """Seven of the clinic, six of them of one discipline: the clinic without the discipline would be one person."""
    row = opened(place, "VALUES")
    for number, code in enumerate(codes(place, row, 20)):
        clinic = number < 7
        discipline = "HOSPITALS" if number < 6 else "MENTAL_HEALTH" if number == 6 else "COURTS"
        answered(row, code, a_sheet(row, 1 if number == 6 else 5, agency=(place.hub if clinic else place.court).pk, discipline=discipline))
    closed(place, row)
    shown = {(one.dimension, one.group): 0 for one in Tally.objects.filter(round=row)}
    item = row.definition["sections"][0]["items"][0]["id"]
    for one in Tally.objects.filter(round=row, item=item):
        shown[one.dimension, one.group] += one.number
    assert shown["", ""] == 20
    assert all(number >= 5 for number in shown.values())
    sizes = list(shown.values())
    assert all(abs(a - b) == 0 or abs(a - b) >= 5 for a in sizes for b in sizes)


@pytest.mark.django_db
def test_closing_too_early_keeps_nothing(place: Place) -> None:
    row = opened(place, "VALUES")
    for code in codes(place, row, 4):
        answered(row, code, a_sheet(row, 5, words="We were four."))
    closed(place, row)
    for held in (Tally, Remark, Box, Spent, Taken):
        assert not held.objects.filter(round=row).exists()
    assert Round.objects.get(pk=row.pk).answers is None
    late = Client().post("/partnership/answer/", {"code": secrecy.a_code(row.pk)})
    assert late.status_code == 422


@pytest.mark.django_db
def test_nobody_reads_results_or_counts_before_it_closes(place: Place) -> None:
    row = opened(place, "VALUES")
    for code in codes(place, row, 6):
        answered(row, code, a_sheet(row, 5))
    for path in ("statements/", "words/", "sheet/", "read/", "discuss/"):
        assert place.browser.get(f"{place.room}{row.pk}/{path}").status_code == 404
    # The same page before and after one more answer: watching it tells nothing.
    first = text_of(place.browser.get(f"{place.room}{row.pk}/"))
    answered(row, codes(place, row, 1)[0], a_sheet(row, 1))
    second = text_of(place.browser.get(f"{place.room}{row.pk}/"))
    assert _without_tokens(first).replace("6 codes", "7 codes") == _without_tokens(second)


def _without_tokens(page: str) -> str:
    return re.sub(r'(data-csrf|csrfmiddlewaretoken" value)="[^"]*"', "", page)


# Waves, groups and words -----------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_two_countings_of_the_same_people_do_not_follow_each_other(place: Place) -> None:
    """Five, and a day later the same five and one more: what changed would be hers. Nothing is lost where nothing was counted."""
    empty = opened(place, "PULSE")
    closed(place, empty)
    first = opened(place, "PULSE")
    for code in codes(place, first, 5):
        answered(first, code, a_sheet(first, 3))
    closed(place, first)
    again = place.browser.post(
        f"{place.room}new/", {"request_key": uuid4().hex, "version": "0", "kind": "PULSE", "invited": "30", **days("closes_on", 14)}
    )
    assert again.status_code == 422
    assert "Four weeks lie between" in again.content.decode()
    assert opened(place, "VALUES").pk  # another questionnaire is another matter
    long_ago(first)
    assert opened(place, "PULSE", follows_id=first.pk).pk


@pytest.mark.django_db
def test_words_stand_apart_from_answers_groups_and_each_other(place: Place) -> None:
    """Who wrote cannot be read from where a remark stands, what stands beside it, nor from the letters around it."""
    row = opened(place, "VALUES")
    for number, code in enumerate(codes(place, row, 12)):
        agency = place.hub if number < 6 else place.court
        answered(row, code, a_sheet(row, 1 + number % 5, words=f"  Remark\r\n{number:02d}   said  ", agency=agency.pk))
    closed(place, row)
    kept = list(Remark.objects.filter(round=row).values_list("words", flat=True))
    assert sorted(kept) == [f"Remark {number:02d} said" for number in range(12)]  # without the way in which she sets blanks and lines
    page = text_of(place.hers.get(f"{place.room}{row.pk}/words/"))
    shown = re.findall(r"Remark \d\d said", page)
    assert sorted(shown) == sorted(kept)
    assert shown != sorted(shown)
    assert shown == re.findall(r"Remark \d\d said", text_of(place.browser.get(f"{place.room}{row.pk}/words/")))  # one order for everybody
    for name in (place.hub.name, place.court.name):
        assert name not in page.split("</header>")[-1]
    for path in ("", "statements/", "statements/?by=agency", "words/"):
        assert str(place.member.worker_id) not in text_of(place.hers.get(f"{place.room}{row.pk}/{path}"))
