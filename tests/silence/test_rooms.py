"""The partnership's rooms: who has no part in a collaborative gets the answer of one that never was, at every address, whatever she sends.

Source: DESIGN section 2; decision 0011; J5.14.
"""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse
from django.urls.converters import UUIDConverter
from tests.factories.agencies import a_worker, viewer
from tests.silence.same import ask

from careloom.agencies.roles import Role
from careloom.infra import clock
from careloom.infra.access import acting_as
from careloom.infra.answers import Done
from careloom.partnership.actions import CollaborativeFacts, begin

pytestmark = pytest.mark.django_db
OUTSIDERS = (Role.HOSPITAL_SOCIAL_WORKER, Role.CARE_COORDINATOR, Role.CPS_WORKER, Role.SUPERVISOR, Role.PRIVACY_OFFICER, Role.PARTNERSHIP_COORDINATOR)


def addresses() -> list[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    """Every address of the rooms that takes ids: its name, its ids, its other parts."""
    found = []
    rooms = next(one for one in get_resolver().url_patterns if getattr(one, "namespace", None) == "commons")
    for pattern in rooms.url_patterns:
        assert isinstance(pattern, URLPattern)
        converters = pattern.pattern.converters
        ids = tuple(part for part, one in converters.items() if isinstance(one, UUIDConverter))
        if ids:
            found.append((f"commons:{pattern.name}", ids, tuple(part for part in converters if part not in ids)))
    return found


@pytest.fixture
def there(db: None) -> Iterator[UUID]:
    """A collaborative in which the outsiders have no part."""
    with clock.at(clock.now()) as at:
        by = viewer(a_worker(Role.PARTNERSHIP_COORDINATOR))
        facts = CollaborativeFacts(name=f"Hidden {uuid4()}", reach="COUNTY", places=("Pine",), new=True, starts_on=clock.today())
        with acting_as(by):
            done = begin(by=by, at=at, facts=facts, request_key=uuid4().hex)
        assert isinstance(done, Done)
        yield done.row_id


@pytest.mark.parametrize("role", OUTSIDERS)
@pytest.mark.parametrize("method", ["get", "post"])
def test_an_outsider_gets_the_answer_of_a_collaborative_that_never_was(there: UUID, role: Role, method: str) -> None:
    client, differ, data = Client(), [], {"request_key": uuid4().hex, "version": "0", "words": "x", "name": "x"} if method == "post" else {}
    client.force_login(a_worker(role).worker.user)
    swept = addresses()
    ask(client, reverse("commons:home"))  # the first page after a sign-in writes down where one is signed in
    for name, ids, words in swept:
        other = {part: uuid4() for part in ids if part != "collaborative_id"} | dict.fromkeys(words, "x")
        first, second = (
            ask(client, reverse(name, kwargs=other | ({"collaborative_id": one} if "collaborative_id" in ids else {})), method=method, data=data)
            for one in (there, uuid4())
        )
        if (first.status, first.body, first.statements) != (second.status, second.body, second.statements) or first.status not in {404, 405}:
            differ.append((name, first.status, second.status, first.statements == second.statements))
    assert differ == []
    assert len(swept) > 10
