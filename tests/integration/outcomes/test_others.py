"""What others published is read on screen: all of it in one list, and beside each indicator that asks nearly the same."""

from __future__ import annotations

from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.test import Client
from tests.factories.agencies import a_worker

from careloom.agencies.roles import Role
from careloom.outcomes.references import references

pytestmark = pytest.mark.django_db
SignIn = Callable[[Any], Client]


def page(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, answer.status_code
    return unescape(answer.content.decode())


def test_every_figure_of_others_stands_in_the_list_with_its_source(sign_in: SignIn) -> None:
    hub = sign_in(a_worker(Role.PARTNERSHIP_COORDINATOR))
    assert "/numbers/what-others-published/" in page(hub, "/numbers/")
    shown = page(hub, "/numbers/what-others-published/")
    lines = shown.partition("<tbody>")[2].partition("</tbody>")[0].split("</tr>")[:-1]
    assert len(lines) == len(references())
    for line, one in zip(lines, references(), strict=True):
        assert all(words in line for words in (one.place, one.years, one.title, one.value, one.source))
        assert all(f"/numbers/indicators/{code}/" in line for code in one.beside)
        assert ("None asks the same" in line) == (not one.beside)


def test_new_mexico_stands_beside_what_asks_the_same(sign_in: SignIn) -> None:
    """T3 of the collection: rounded words of a report, read in a secondary source, and never a figure of ours."""
    hub = sign_in(a_worker(Role.PARTNERSHIP_COORDINATOR))
    found = {one.code: one for one in references() if one.code.startswith("T3_")}
    assert len(found) == 6
    for one in found.values():
        for code in one.beside:
            shown = page(hub, f"/numbers/indicators/{code}/")
            assert one.value in shown
            assert "LFC 2023, by nmchildfirst.org (read in a secondary source)" in shown


def test_who_reads_no_numbers_has_no_such_page(sign_in: SignIn) -> None:
    assert sign_in(a_worker(Role.HOME_VISITOR)).get("/numbers/what-others-published/").status_code == 404
