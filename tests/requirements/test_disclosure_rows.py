"""Rows about disclosures that no page makes: each has its logged authority, in the book of who gave it and on her own list."""

from __future__ import annotations

import pytest
from tests.integration.disclosures.conftest import Disclosing
from tests.integration.disclosures.conftest import told as told_world  # noqa: F401  (a fixture)
from tests.integration.disclosures.test_by_hand import by_hand
from tests.integration.disclosures.test_requests import release
from tests.requirements.conftest import saved, text_of


@pytest.mark.requirement("R-206")
def test_what_left_on_paper_by_hand_or_in_an_emergency_has_its_authority_in_the_accounting(told_world: Disclosing) -> None:  # noqa: F811
    told, page = told_world, f"/consents/of/{told_world.mother}/looked/"
    told.share()
    saved(told.ask(told.world.riverbend.pk))
    saved(told.check(told.request_at(told.world.riverbend.pk)))
    saved(release(told, told.request_at(told.world.riverbend.pk)))
    saved(by_hand(told))
    client, opened = told.emergency()
    text_of(client.get(opened.headers["Location"]))
    accounting = text_of(told.client(told.world.dana).get(page))
    for words in ("Released on paper", "Telephone", "42 CFR 2.31", "42 CFR 2.51"):
        assert words in accounting
    as_file = told.client(told.officer).get(page, {"format": "csv"}).content.decode()
    lines = [line for line in as_file.splitlines() if line.startswith("by hand")]
    assert len(lines) == 2
    assert all("42 CFR 2.31" in line for line in lines)
