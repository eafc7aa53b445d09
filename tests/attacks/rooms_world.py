"""The rooms with a foreign twin beside, their pages and forms as readers were shown them, and what a request writes into them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest
from django.db import connection, transaction
from tests.attacks.forms import Sheet
from tests.attacks.rooms import UUIDS, Page, in_every_state, readers, sheets_of, tables, twin_of, two_years, walk

from careloom.demo.rooms import House

ROOMS = {model._meta.db_table for model in tables()}
WRITES = re.compile(r'^\s*(INSERT INTO|UPDATE|DELETE FROM)\s+"?(\w+)"?', re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class World:
    """The rooms, what stands at each id in the twin, and the pages and forms that were found."""

    house: House
    twin: dict[UUID, UUID]
    pages: list[Page]
    sheets: list[Sheet]

    def over_there(self, text: str) -> str:
        """The same with the ids of the twin."""
        return UUIDS.sub(lambda found: str(self.twin.get(UUID(found[0]), found[0])), text)

    def is_ours(self, text: str) -> bool:
        """Whether it is the id of something of which the twin has another."""
        return bool(UUIDS.fullmatch(text)) and UUID(text) in self.twin


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """Made once; everything is rolled back at the end."""
    with django_db_blocker.unblock(), transaction.atomic():
        house = two_years()
        starts, pages = in_every_state(house), []
        twin = twin_of(house.collaborative_id)
        for who, client in readers(house).items():
            pages += walk(client, who=who, starts=starts)
        yield World(house=house, twin=twin, pages=pages, sheets=sheets_of(pages))
        transaction.set_rollback(True)


@contextmanager
def writes() -> Iterator[list[tuple[str, str, str]]]:
    """What is written into tables of the rooms: how, where, and its values as one text."""
    found: list[tuple[str, str, str]] = []

    def keep(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        told = WRITES.match(str(sql))
        if told and told[2] in ROOMS:
            found.append((told[1].upper(), told[2], str(params)))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(keep):
        yield found
