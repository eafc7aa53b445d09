"""How tests read the open directory."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.test import Client

from careloom.directory.models import Service


def get(address: str, **headers: str) -> HttpResponse:
    """The answer to a stranger at an address under /hsds/v3/."""
    return Client().get(f"/hsds/v3/{address}", headers=headers)


def json_of(address: str) -> Any:
    """The JSON there."""
    answer = get(address)
    assert answer.status_code == 200, answer.content
    return answer.json()


def names_of(address: str) -> list[str]:
    """The names on a page of a list."""
    return [one["name"] for one in json_of(address)["contents"]]


def service_of(source_id: str) -> Service:
    """A service of the practice county by its key there."""
    return Service.objects.get(source_id=source_id)
