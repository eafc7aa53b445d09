"""Every page of the rooms takes few statements, and no more of them when everything on it is there twice."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import models, transaction
from tests.attacks.rooms import Page, browser_of, in_every_state, tables, two_years, walk
from tests.attacks.test_every_form import failures, nothing_kept
from tests.integration.desk.conftest import counted

from careloom.partnership.models import Collaborative

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
#: She runs it, so that her pages carry the most.
READER = "harrowmere"
MOST = 90


@pytest.fixture(scope="module")
def pages(django_db_setup: None, django_db_blocker: Any) -> Iterator[list[Page]]:
    """Two years of a partnership, and one page of each address as who runs it was shown it; everything is rolled back at the end."""
    with django_db_blocker.unblock(), transaction.atomic():
        house = two_years()
        found: dict[str, Page] = {}
        for page in walk(browser_of(house, READER), who=READER, starts=in_every_state(house)):
            if page.answer.status_code == 200:
                found.setdefault(page.name, page)
        yield list(found.values())
        transaction.set_rollback(True)


def twice() -> int:
    """Put each thing of the collaborative there once more with all that hangs on it, then each leaf beside itself, where no rule forbids it."""
    ids: dict[UUID, UUID] = {}
    every = [model for model in tables() if model._meta.pk.remote_field is None and model is not Collaborative]
    held = {one.remote_field.model for model in every for one in model._meta.concrete_fields if one.remote_field}
    came = sum(_again(model, ids) for model in every)
    return came + sum(_again(model, {}) for model in every if model not in held)


def _again(model: type[models.Model], ids: dict[UUID, UUID]) -> int:
    """Copy each row of a table, with what it hangs on as `ids` says, which learns the copies; how many came."""
    rows = list(model._default_manager.order_by("pk"))
    if not rows or not isinstance(rows[0].pk, UUID):
        return 0
    new = {row.pk: uuid4() for row in rows}
    for row in rows:
        row.pk = new[row.pk]
        for one in model._meta.concrete_fields:
            value = getattr(row, one.attname)
            if one.remote_field and not one.primary_key:
                setattr(row, one.attname, ids.get(value, value))
            elif one.name == "request_key":
                row.request_key = uuid4().hex
            elif one.name in {"name", "title"} and isinstance(one, models.CharField):
                setattr(row, one.name, f"{value} {new[next(iter(new))].hex[:4]}"[: one.max_length])
    with transaction.atomic():
        model._default_manager.bulk_create(rows, ignore_conflicts=True)
    kept = set(model._default_manager.filter(pk__in=new.values()).values_list("pk", flat=True))
    ids |= {old: pk for old, pk in new.items() if pk in kept}
    return len(kept)


def test_no_page_takes_more_statements_when_everything_is_there_twice(pages: list[Page]) -> None:
    """Asked once before each count, so that what a process keeps (the pack, kinds of content) is there."""
    first, second = {}, {}
    for page in pages:
        page.client.get(page.path)
        first[page.name] = _statements(page)
    with nothing_kept():
        assert twice() > 500
        for page in pages:
            second[page.name] = _statements(page)
    table = sorted(((len(second[name]) - len(first[name]), len(first[name]), name) for name in first), reverse=True)
    assert [row for row in table if row[0] > 0] == []
    assert [row for row in table if row[1] > MOST] == []
    assert len(table) > 60


def _statements(page: Page) -> list[str]:
    with failures() as failed, counted() as said:
        status = page.client.get(page.path).status_code
    assert (status, failed) == (200, []), page.path
    return [one for one in said if not one.startswith("UPDATE")]  # once a minute her session is told that she is still there
