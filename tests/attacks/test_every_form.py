"""Every form that a page shows, sent as no page would send it: no failure, nothing of another family in a row, and twice is once.

The forms are found on the pages themselves (`tests.attacks.forms`), so a new form is swept from the day on which a page shows it.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.cookies import SimpleCookie
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.signals import got_request_exception
from django.db import connection, transaction
from tests.attacks.forms import PARTS, Sheet, every_sheet, good
from tests.silence.hidden import Hidden, a_hidden_family

from careloom.infra.access.records import FamilyRecord

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
#: What is written into each kind of field, round by round.
ILL: dict[str, tuple[Any, ...]] = {
    "text": ("\x00x", "A" * 1_000_000, "<script>", "--5", "\u0661\u0662", "  "),
    "hidden": ("", "\x00", "-1", "9" * 25, "x" * 5000, "0"),
    "choice": ("x", "\x00", "", str(uuid4()), "x" * 5000, "-1"),
    "check": ("x", "\x00", ["x"] * 300, str(uuid4()), "", "-1"),
    "time": ("24:00", "x", "00:00", "\x00", "", "99:99"),
    "number": ("x", "-1", "9" * 25, "1e999", "\x00", ""),
    "day": (("1", "1", "1"), ("12", "31", "9999"), ("x", "x", "x"), ("2", "30", "2026"), ("1", "1", "9" * 5000), ("\x00", "\u0661", "2026")),
    "file": (b"\x00\x01 no paper", b"", b"%PDF-1.7", b"\x89PNG\r\n\x1a\n", b"PK\x03\x04", b"GIF89a"),
}  # fmt: skip
ROUNDS = 6
#: A form of a hundred like fields is not sent a hundred times.
MOST_ALONE = 12
#: Hidden fields that hold a key of the form and no thing of a family.
KEYS = re.compile(r"key|version|mark|tab|token|csrf")
FAMILY = {model._meta.db_table for model in apps.get_models() if issubclass(model, FamilyRecord)}
WRITES = re.compile(r'^\s*(INSERT INTO|UPDATE)\s+"?(\w+)"?', re.IGNORECASE)
#: Of the foreign things each field is tried with every so many.
STEP = 19


@pytest.fixture(scope="module")
def swept(django_db_setup: None, django_db_blocker: Any) -> Iterator[tuple[Hidden, list[Sheet]]]:
    """The family and every form about it, made once; everything is rolled back at the end."""
    with django_db_blocker.unblock(), transaction.atomic():
        hidden = a_hidden_family()
        yield hidden, list(every_sheet(hidden))
        transaction.set_rollback(True)


@contextmanager
def nothing_kept() -> Iterator[None]:
    """What is sent in the block leaves nothing behind, so that each form is sent into the same world."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def failures() -> Iterator[list[str]]:
    """Every exception that a view let through."""
    found: list[str] = []

    def keep(sender: object, **_more: Any) -> None:
        problem = sys.exc_info()[1]
        found.append(f"{type(problem).__name__}: {problem}"[:200])

    got_request_exception.connect(keep)
    try:
        yield found
    finally:
        got_request_exception.disconnect(keep)


@contextmanager
def writes() -> Iterator[list[tuple[str, str, str]]]:
    """What is written into families' tables: INSERT INTO, UPDATE or TRIES, the table, its values as one text."""
    found: list[tuple[str, str, str]] = []

    def keep(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        told = WRITES.match(str(sql))
        if told and told[2] in FAMILY:
            # What is owed is written with a key of its own: a second time the database keeps nothing.
            found.append(("TRIES" if "DO NOTHING" in str(sql) else told[1].upper(), told[2], str(params)))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(keep):
        yield found


def ill(one: Any, turn: int) -> dict[str, Any]:
    """A field filled with ill will, in one of the rounds."""
    value = ILL[one.kind][turn % ROUNDS]
    if one.kind == "day":
        return {f"{one.name}_{part}": text for part, text in zip(PARTS, value, strict=True)}
    return {one.name: SimpleUploadedFile("paper.pdf", value, "application/pdf") if one.kind == "file" else value}


def sent(sheet: Sheet, told: dict[str, Any]) -> int:
    """Send it, and keep the browser's cookies as they were: what the answer did to the session is rolled back with the rest."""
    before = sheet.client.cookies
    sheet.client.cookies = SimpleCookie(before)
    try:
        return sheet.client.post(sheet.path, told).status_code
    finally:
        sheet.client.cookies = before


def test_the_sweep_finds_the_forms(swept: tuple[Hidden, list[Sheet]]) -> None:
    _hidden, sheets = swept
    spaces = {sheet.name.partition(":")[0] for sheet in sheets}
    assert {"safety", "permanency", "treatment", "screening", "following", "messages", "portal", "position", "plans", "people", "desk"} <= spaces
    assert len(sheets) > 120


def test_no_form_fails_whatever_is_written_into_it(swept: tuple[Hidden, list[Sheet]]) -> None:
    """All fields at once, and each alone beside fields that are right: a first refusal may not hide what comes behind it.

    Which ill is written where goes round from form to form and from field to field, so that each kind of field meets each of its ills.
    """
    _hidden, sheets = swept
    broken = []
    for number, sheet in enumerate(sheets):
        tries = [{name: value for one in sheet.fields for name, value in ill(one, number + turn).items()} for turn in (0, 3)]
        for place, one in enumerate(sheet.fields[:MOST_ALONE]):
            tries.append({name: value for name, value in sheet.filled().items() if name not in good(one)} | ill(one, number + place))
        for told in tries:
            with failures() as found, nothing_kept():
                status = sent(sheet, told)
            if found or status >= 500:
                broken.append((str(sheet), {name: str(value)[:24] for name, value in told.items()}, status, found[-1:]))
    assert broken == []


def test_no_form_takes_a_thing_of_another_family(swept: tuple[Hidden, list[Sheet]]) -> None:
    """A choice or a hidden id that names something of a family which the sender does not see is written into no row."""
    _hidden, sheets = swept
    other = a_hidden_family()
    foreign = {str(pk) for name, ids in other.ids.items() if name != "request_key" for pk in ids}
    taken, tried = [], 0
    for sheet in sheets:
        for one in sheet.fields:
            if KEYS.search(one.name) or not any(_is_id(value) for value in (one.value, *one.choices)):
                continue
            for pk in sorted(foreign)[tried % STEP :: STEP]:
                tried += 1
                with failures() as found, nothing_kept(), writes() as written:
                    sent(sheet, sheet.filled() | {one.name: pk})
                if found or any(pk in values or UUID(pk).hex in values for _how, _table, values in written):
                    taken.append((str(sheet), one.name, found, [table for _how, table, values in written if pk in values]))
    assert taken == []
    assert tried > 100


def test_what_is_sent_twice_is_kept_once(swept: tuple[Hidden, list[Sheet]]) -> None:
    """A double click: the second sending of the very same form makes no further row of a family."""
    _hidden, sheets = swept
    doubled, kept = [], 0
    for sheet in sheets:
        told = sheet.filled()
        if any(one.kind == "file" for one in sheet.fields):
            continue
        with nothing_kept():
            with writes() as first:
                status = sent(sheet, told)
            if status == 302 and any(how == "INSERT INTO" for how, _table, _values in first):
                kept += 1
                with writes() as second:
                    sent(sheet, told)
                if again := sorted({table for how, table, _values in second if how == "INSERT INTO"}):
                    doubled.append((str(sheet), again))
    assert doubled == []
    assert kept > 30


def _is_id(text: str) -> bool:
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False
