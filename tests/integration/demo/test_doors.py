"""No page of the practice county offers a door that is shut: every link that a worker is shown, from the first page inward, opens for that worker."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from tests.integration.demo.conftest import Loaded

MOST = 120  # kinds of page a worker walks through; a kind is an address with its ids taken out
LINK = re.compile(r'href="(/[^"#]*)')
ID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")
NOT_PAGES = ("/static/", "/account/", "/lock/", "logout", "/gallery/", "/worker.js")
WALKERS = (
    "dana.whitlock", "renee.castillo", "lena.ortiz", "bea.lindqvist", "amaka.okafor", "joseph.two-rivers", "priya.thistlegate",
    "noor.copperlea", "ida.oldmarsh", "ruth.adeyemi",
)  # fmt: skip


@pytest.mark.parametrize("worker", WALKERS)
def test_every_link_that_a_worker_is_shown_opens(loaded: Loaded, worker: str) -> None:
    client = Client()
    client.force_login(get_user_model().objects.get(email=f"{worker}@example.org"))
    queue, seen, shut = [("/", "the sign-in")], set(), []
    while queue and len(seen) < MOST:
        address, shown_on = queue.pop(0)
        kind = ID.sub("ID", address.partition("?")[0])
        if kind in seen or any(part in address for part in NOT_PAGES):
            continue
        seen.add(kind)
        answer = client.get(address, follow=True)
        if answer.status_code != 200:
            shut.append((kind, answer.status_code, shown_on))
        elif answer["Content-Type"].startswith("text/html"):
            queue += [(link.replace("&amp;", "&"), kind) for link in LINK.findall(answer.content.decode())]
    assert not shut, "\n".join(map(str, shut))
    assert len(seen) > 5
