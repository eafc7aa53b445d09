"""The numbers and the federal files: a hidden family changes none of their pages and files, though it was counted since, until it is published."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.urls.converters import UUIDConverter
from tests.factories.agencies import a_worker, an_agency
from tests.factories.figures import a_curve, a_snapshot, figure
from tests.silence.hidden import NAMES, a_hidden_family
from tests.silence.same import Answer, ask

from careloom.agencies.models import Membership
from careloom.agencies.roles import Role, fits
from careloom.federal import urls as federal
from careloom.infra import clock
from careloom.kernel.agency_kinds import AgencyKind
from careloom.outcomes import urls as outcomes

pytestmark = pytest.mark.django_db
# What stands in an address where it asks for a word: an indicator that is published, and a kind of file; a layout of the state's office.
WORDS = ({"code": "POSC", "kind": "csv"}, {"code": "POSC", "kind": "parquet"}, {"code": "REUNTIME", "kind": "csv"}, {"code": "CHILD"})

PRINTED = re.compile(r"D:\d{14}|\d{4}-\d\d-\d\dT[\d:]+|<xmpMM:(?:Instance|Document)ID>[^<]*|/ID ?\[[^\]]*\]", re.DOTALL)


def addresses() -> list[str]:
    """Every address of the two apps that takes no id: those with one are swept in test_hidden_is_absent.py."""
    found: set[str] = set()
    for app in (outcomes, federal):
        for pattern in app.urlpatterns:
            asks = pattern.pattern.converters
            if not any(isinstance(one, UUIDConverter) for one in asks.values()):
                found |= {reverse(f"{app.app_name}:{pattern.name}", kwargs={k: w[k] for k in asks}) for w in WORDS if asks.keys() <= w.keys()}
    return sorted(found)


PATHS = (*addresses(), "/numbers/?place=county:Alder", "/numbers/card/?place=county:Alder")


@pytest.fixture(autouse=True)
def _still(db: None) -> Iterator[None]:
    with clock.at(clock.now()):
        yield


@pytest.fixture(params=[AgencyKind.CPS_AGENCY, AgencyKind.PUBLIC_HEALTH, AgencyKind.COORDINATION_HUB])
def partner(request: pytest.FixtureRequest) -> Membership:
    """A partner to whom the mother gave no consent, with every role of its kind."""
    return a_worker(*(role for role in Role if fits(role, request.param)), agency=an_agency(kind=request.param))


def counted(*, sealed: bool, met: int) -> None:
    """A snapshot with a share and a curve: published, or taken since and not yet protected."""
    snapshot, hidden = a_snapshot(sealed=sealed), "" if sealed else None
    figure(snapshot, "POSC", "2025", (met, 400), hidden=hidden)
    figure(snapshot, "POSC", "2025", (met - 150, 200), by="county", value="Alder", hidden=hidden)
    if sealed:
        a_curve(snapshot, "REUNTIME", "2025", [(100, "0.6000", 100)], seen=100, came=40, median=100)


def browser(member: Membership) -> Client:
    client = Client()
    client.force_login(member.worker.user)
    client.get("/me/")
    return client


def observed(answer: Answer) -> Answer:
    """All of an answer, but the second in which a paper was printed and the number that follows from it."""
    return replace(answer, body=PRINTED.sub("", answer.body)) if answer.body.startswith("%PDF") else answer


def test_every_address_of_the_numbers_is_asked() -> None:
    for path in ("/numbers/", "/numbers/card.pdf", "/numbers/indicators/POSC/figures.csv", "/numbers/federal-three.csv", "/numbers/federal/mend/"):
        assert path in PATHS
    assert {"/numbers/federal/", "/numbers/publishing/", "/numbers/quality/", "/numbers/what-others-published/"} <= set(PATHS)


def test_a_partner_without_consent_reads_the_same_numbers_before_and_after(partner: Membership) -> None:
    """A family comes into being elsewhere, and a snapshot that counts it is taken: the same bytes, by the same statements, until it is published."""
    counted(sealed=True, met=300)
    client = browser(partner)
    before = {path: ask(client, path) for path in PATHS}
    a_hidden_family()
    counted(sealed=False, met=301)
    after = {path: ask(client, path) for path in PATHS}
    assert [path for path in PATHS if observed(after[path]) != observed(before[path])] == []
    assert {answer.status for answer in before.values()} <= {200, 302, 404}
    assert not any(name in answer.body for answer in before.values() for name in NAMES)


def test_the_pair_who_keeps_the_exact_figures_reads_what_was_counted_since() -> None:
    """So equal answers above mean silence, and not pages that show nothing."""
    counted(sealed=True, met=300)
    lead = browser(a_worker(Role.STATE_LEAD, agency=an_agency(kind=AgencyKind.STATE_OVERSIGHT)))
    hub = browser(a_worker(Role.PARTNERSHIP_COORDINATOR))
    path = "/numbers/indicators/POSC/figures.csv"
    assert ",400,300," in ask(hub, path).body
    before = ask(lead, path)
    with clock.at(clock.now() + timedelta(hours=1)):
        counted(sealed=False, met=301)
    assert ",400,301," in ask(lead, path).body
    assert ask(lead, path) != before
    assert ask(lead, "/numbers/federal/").status == 200
