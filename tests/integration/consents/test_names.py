"""A treatment program is named to nobody who was not told, also when it has no other name for outside (42 CFR 2.13(c))."""

from __future__ import annotations

import io

import pytest
from django.urls import reverse
from pypdf import PdfReader
from tests.factories.agencies import viewer
from tests.integration.consents.conftest import Screens

from careloom.agencies.models import Agency
from careloom.infra.access import acting_as
from careloom.infra.access.caseload import assign

NAME = "Zebrafinch Recovery"


@pytest.fixture
def unnamed(screens: Screens) -> Screens:
    """The same family at a program that has no outward name."""
    Agency.objects.filter(pk=screens.world.riverbend.pk).update(name=NAME, short_name=NAME, outward_name="")
    return screens


@pytest.mark.parametrize("name", ["consents:family", "consents:looked", "consents:one", "consents:stop", "consents:copy"])
def test_a_recipient_does_not_read_its_name(unnamed: Screens, name: str) -> None:
    consent = unnamed.world.share(unnamed.plan, to=unnamed.world.bea).consent
    address = reverse(name, args=[unnamed.mother if name in {"consents:family", "consents:looked"} else consent.pk])
    theirs = unnamed.client(unnamed.world.bea).get(address)
    assert theirs.status_code == 200
    assert NAME not in words_of(theirs.content, paper=name == "consents:copy")


def test_the_program_itself_and_who_named_it_on_their_own_form_read_its_name(unnamed: Screens) -> None:
    world = unnamed.world
    own = world.share(unnamed.plan, to=world.bea).consent
    assert NAME in unnamed.client().get(reverse("consents:one", args=[own.pk])).content.decode()
    bea = viewer(world.bea)
    with acting_as(bea):
        assign(by=bea, worker_id=bea.worker_id, identity_ids=[unnamed.mother], at=world.at)
    hers = world.share(unnamed.plan, to=world.dana, holder=world.harbor.pk).consent
    assert NAME in unnamed.client(world.bea).get(reverse("consents:one", args=[hers.pk])).content.decode()


def words_of(content: bytes, *, paper: bool) -> str:
    """The text of a page or of a file."""
    if not paper:
        return content.decode()
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
