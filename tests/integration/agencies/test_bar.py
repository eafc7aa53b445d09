"""The bar offers a worker only what opens for her."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from tests.factories.agencies import a_worker

from careloom.agencies.roles import Role


@pytest.mark.parametrize("role", list(Role), ids=lambda role: role.value)
@pytest.mark.django_db
def test_every_link_around_a_page_opens(client: Client, role: Role) -> None:
    client.force_login(a_worker(role).worker.user)
    first = client.get("/", follow=True)
    assert first.status_code == 200
    html = first.content.decode()
    around = re.findall(r'<a [^>]*href="(/[^"]*)"', html.split("<main")[0] + html.split("</main>")[1])
    assert len(around) > 3
    shut = {to: client.get(to, follow=True).status_code for to in around if "logout" not in to}
    assert {to: status for to, status in shut.items() if status != 200} == {}
