"""Rows about what she may ask of those who keep records about her."""

from __future__ import annotations

import pytest
from tests.integration.portal.conftest import world as her_world  # noqa: F401  (a fixture)
from tests.integration.rights.conftest import Rights, words
from tests.integration.rights.conftest import rights as rights_world  # noqa: F401  (a fixture)
from tests.integration.rights.test_accounting import by_hand
from tests.integration.rights.test_answers import looked, pdf
from tests.requirements.conftest import saved, text_of


@pytest.mark.requirement("R-206")
def test_every_disclosure_stands_with_its_basis_in_the_accounting_that_she_asks_for(rights_world: Rights) -> None:  # noqa: F811
    """She asks on her page, the officer hands it over, and she opens it: by a page under her consent, and by hand without a right to."""
    rights, phone = rights_world, rights_world.world.signed_in()
    phone.cookies["django_language"] = "en"
    looked(rights)
    by_hand(rights)
    sent = rights.ask(phone, "ACCOUNTING")
    saved(sent)
    (row,) = rights.rows(rights.riverbend)
    page = text_of(rights.client(rights.officer).get(f"/rights/{row.pk}/"))
    for said in (rights.world.harbor.name, "42 CFR 2.31", "A landlord", "The law did not permit it."):
        assert said in page
    saved(rights.answer(row, "list"))
    assert "Open what I got" in words(phone.get(sent.headers["Location"]))
    paper = pdf(phone.get(f"/my/rights/asked/{row.pk}/paper/").content)
    for said in (rights.world.harbor.name, "42 CFR 2.31", "A landlord", "12 Elm Street", "The law did not permit it."):
        assert said in paper
    told = words(phone.get("/my/told/"))
    assert "You said yes on a form." in told
    assert "This should not have happened." in told
