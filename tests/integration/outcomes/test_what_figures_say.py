"""What a figure says of itself: how certain it is, which year it is of, why a later one is not shown, and who reads it."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from tests.factories.agencies import a_worker, an_agency
from tests.factories.figures import a_curve, a_snapshot, figure, figures
from tests.integration.outcomes.test_dashboard import page, signed_in

from careloom.agencies.models import Membership
from careloom.agencies.roles import Role
from careloom.infra import clock
from careloom.kernel.agency_kinds import AgencyKind
from careloom.outcomes.queries import aimed
from careloom.outcomes.queries.aimed import Aimed
from careloom.partnership.models import Body, Collaborative, Partner, Seat

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead() -> Client:
    return signed_in(a_worker(Role.STATE_LEAD, agency=an_agency(kind=AgencyKind.STATE_OVERSIGHT)))


@pytest.fixture
def hub() -> Client:
    return signed_in(a_worker(Role.PARTNERSHIP_COORDINATOR, agency=an_agency(kind=AgencyKind.COORDINATION_HUB)))


def test_a_start_that_others_counted_stands_beside_our_years_and_judges_nothing(lead: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    theirs = Aimed(baseline=9.7, baseline_period="the nation, round 4", baseline_source="To be replaced by our own", target=8.0)
    monkeypatch.setattr(aimed, "aims_of", lambda *, viewer: {"S2": theirs, "KEPT180": Aimed(baseline=38.0, baseline_period="two clinics")})
    one = a_snapshot()
    figures(one, "S2", {"2022": (100, 1000), "2025": (95, 1000)})
    figures(one, "KEPT180", {"2025": (710, 1000)})
    for path in ("/numbers/", "/numbers/card/"):
        told = page(lead, path)
        assert "It was 10% in 2022; chance could explain the fall." in told
        assert "The agreed start was counted elsewhere: 9.7% (the nation, round 4; To be replaced by our own)." in told
        assert "Better than the agreed start, 38% (two clinics). That is more than chance." in told  # we have no earlier year of our own
        assert "in the nation" not in told


def test_the_card_names_the_decision_or_that_none_is_noted_and_a_review_that_is_late(lead: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    decided = Aimed(target=60.0, next_review=date(2025, 10, 1), decisions=("A peer comes at first.",))
    monkeypatch.setattr(aimed, "aims_of", lambda *, viewer: {"KEPT180": decided})
    one = a_snapshot()
    figures(one, "KEPT180", {"2024": (490, 1000), "2025": (500, 1000)})
    figures(one, "HOME12", {"2024": (240, 1000), "2025": (241, 1000)})
    card = page(lead, "/numbers/card/")
    assert "None of 2 measures is better than at the start by more than chance. Within chance: recovery, reunification." in card
    assert "Decided: A peer comes at first." in card
    assert "Next: hold the review. It was due in October 2025." in card
    assert "October 2025 (late)" in card
    assert "Recovery is not yet at its target, and its review is late. Hold it." in card
    assert "Decided: nothing is noted yet. The committee’s chair or the coordinator notes it in “Aims”." in card


def test_the_page_says_which_year_is_shown_and_why_a_later_one_is_not(hub: Client, lead: Client) -> None:
    one = a_snapshot()
    figures(one, "RH6", {"2023": (840, 960)})
    figure(one, "RH6", "2024", (7, 9), hidden="PROTECTS_PEOPLE")
    figure(one, "RH6", "2025", (7, 9), hidden="TOO_EARLY")
    for path in ("/numbers/", "/numbers/indicators/RH6/"):
        told = page(hub, path)
        assert "The newest year shown is 2023. 2025: not published before “At home with a parent at twelve months” is known of everybody" in told
        assert "2024: not published, since with the other figures it would tell of a few people." in told
    assert "The newest whole year in the data is 2025; the data end on" in page(hub, "/numbers/")
    assert "not published" not in page(lead, "/numbers/")


def test_a_cascade_that_is_not_published_says_why_and_never_that_nobody_was_lost(hub: Client) -> None:
    one = a_snapshot()
    for code in ("PLAN", "REFERRED", "ACCEPTED", "STARTED", "KEPT90", "GOAL"):
        figure(one, f"CASCADE_{code}", "2025", (50, 90), hidden="TOO_EARLY")
    figures(one, "KEPT180", {"2025": (50, 90)})
    for path in ("/numbers/from-birth-to-help/", "/numbers/card/"):
        told = page(hub, path)
        assert "2025: not published before “At home with a parent at twelve months” is known of everybody" in told
        assert "Nobody was lost" not in told


def test_a_count_so_far_is_not_compared_and_a_time_that_is_not_reached_says_how_many(lead: Client) -> None:
    one = a_snapshot()
    figures(one, "SUPPORT2", {"2021": (59, 100), "2025": (25, 100)})
    a_curve(one, "REUNTIME", "2025", [(40, "0.8000", 100)], seen=200, came=51, median=None)
    told = page(lead, "/numbers/")
    assert "Counted until the data end: earlier years had longer, so years are not compared." in told
    assert "Worse than in 2021" not in told
    assert "Fewer than half of the children who entered care were home while they were followed: 51 of 200." in told


def test_policies_stand_side_by_side_with_what_each_is(lead: Client) -> None:
    one = a_snapshot()
    figures(one, "POSC", {"2025": (262, 338)})
    for arm, counts in {"blind_notice": (67, 100), "child_welfare_leads": (94, 100), "report_based": (30, 100)}.items():
        figure(one, "POSC", "2025", counts, by="arm", value=arm)
    told = page(lead, "/numbers/").split("Under which policy families live")[1]
    assert "Hospitals here have no way but a report" in told
    assert told.index("<b>67%</b>") < told.index("<b>94%</b>") < told.index("<b>30%</b>")


def test_who_sits_in_a_committee_reads_what_is_published_and_who_sits_nowhere_does_not() -> None:
    court = an_agency(kind=AgencyKind.COURT)
    chair, clerk = a_worker(Role.CARE_COORDINATOR, agency=court), a_worker(Role.CARE_COORDINATOR, agency=court)
    a_seat(chair)
    one = a_snapshot()
    figures(one, "KEPT180", {"2024": (490, 1000), "2025": (500, 1000)})
    figure(one, "HOME12", "2025", (7, 9), hidden="PROTECTS_PEOPLE")
    for path in ("/numbers/", "/numbers/card/", "/numbers/from-birth-to-help/", "/numbers/indicators/KEPT180/", "/numbers/quality/"):
        assert signed_in(chair).get(path).status_code == 200
        assert signed_in(clerk).get(path).status_code == 404
    assert "7 of 9" not in page(signed_in(chair), "/numbers/indicators/HOME12/")
    assert signed_in(chair).get("/numbers/publishing/").status_code == 404


def a_seat(member: Membership) -> Seat:
    """The member's agency is a partner of a collaborative, and she sits in its oversight committee."""
    agency = member.agency
    day: dict[str, Any] = {"made_at": clock.now(), "request_key": uuid4().hex}
    house = Collaborative.objects.create(name=f"House {uuid4()}", reach="COUNTY", agency_id=uuid4(), starts_on=date(2025, 1, 1), **day)
    beside = {"collaborative": house, **day}
    partner = Partner.objects.create(name=agency.name, agency_id=agency.pk, sectors=[], joined_on=date(2025, 1, 1), **beside)
    body = Body.objects.create(name="Oversight", tier="OVERSIGHT", starts_on=date(2025, 1, 1), **beside)
    return Seat.objects.create(body=body, partner=partner, name="The chair", worker_id=member.worker_id, starts_on=date(2025, 1, 1), **beside)
