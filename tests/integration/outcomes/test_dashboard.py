"""The pages of the numbers over figures: sentences made from the data, hidden cells, readers."""

from __future__ import annotations

from datetime import date
from html import unescape
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.factories.agencies import a_worker, an_agency, viewer
from tests.factories.figures import a_curve, a_snapshot, figure, figures

from careloom.agencies.models import Membership
from careloom.agencies.roles import Role
from careloom.infra import clock
from careloom.infra.access import acting_as
from careloom.kernel.agency_kinds import AgencyKind
from careloom.outcomes.presenters.drafted import year_lines
from careloom.outcomes.queries import aimed
from careloom.outcomes.queries.aimed import Aimed
from careloom.outcomes.queries.numbers import published_steps
from careloom.partnership.models import Body, Collaborative, Partner, Seat

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead() -> Client:
    return signed_in(a_worker(Role.STATE_LEAD, agency=an_agency(kind=AgencyKind.STATE_OVERSIGHT)))


@pytest.fixture
def hub() -> Client:
    return signed_in(a_worker(Role.PARTNERSHIP_COORDINATOR, agency=an_agency(kind=AgencyKind.COORDINATION_HUB)))


def signed_in(member: Membership) -> Client:
    client = Client()
    client.force_login(member.worker.user)
    return client


def page(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, answer.status_code
    return unescape(answer.content.decode())


def test_before_the_first_snapshot_the_pages_say_so(lead: Client, hub: Client) -> None:
    assert "careloom outcomes snapshot" in page(lead, "/numbers/")
    assert "once they are protected" in page(hub, "/numbers/")
    for path in ("/numbers/card/", "/numbers/from-birth-to-help/"):
        assert "Nothing was counted yet." in page(hub, path)
    assert hub.get("/numbers/card.pdf").status_code == 404
    assert "Days from entry to reunification" in page(hub, "/numbers/indicators/REUNTIME/")
    assert hub.get("/numbers/indicators/NONE/").status_code == 404
    others = page(hub, "/numbers/indicators/IPSE/")
    assert "almost 28,000" in others
    assert "read at its source" in others


def test_a_figure_is_a_sentence_with_what_it_was_and_whether_chance_could_explain_it(lead: Client) -> None:
    one = a_snapshot()
    figures(one, "HOME12", {"2022": (350, 1000), "2024": (400, 1000), "2025": (460, 1000)})
    figures(one, "P4", {"2022": (15, 100), "2025": (11, 100)})
    figures(one, "S2", {"2022": (90, 1000), "2025": (140, 1000)})
    figures(one, "RH6", {"2025": (4, 9)})
    told = page(lead, "/numbers/")
    assert "46 of 100 children" in told
    assert "Better than in 2022, when it was 35%. That is more than chance." in told
    assert "It was 15% in 2022; chance could explain the fall." in told
    assert "Worse than in 2022, when it was 9%. That is more than chance." in told
    assert "1 of 3 measures is better than at the start. 1 is worse. 1 did not move by more than chance." in told
    assert "43 to 49" in told
    assert "Next: ask why, and decide what we will do." in told


def test_a_reader_who_keeps_no_rows_reads_published_cells_only(hub: Client, lead: Client) -> None:
    draft = a_snapshot(sealed=False)
    figures(draft, "RH6", {"2025": (777, 999)}, hidden=None)
    assert "777" in page(lead, "/numbers/")
    assert "Nothing was counted yet." in page(hub, "/numbers/")
    one = a_snapshot()
    figures(one, "RH6", {"2024": (84, 96)})
    figure(one, "RH6", "2025", (7, 9), hidden="PROTECTS_PEOPLE")
    for year in ("2024", "2025"):
        figure(one, "RH6", year, (43, 48), by="race", value="WHITE")
        figure(one, "RH6", year, (5, 6), by="race", value="ASIAN", hidden="PROTECTS_PEOPLE")
    theirs = page(hub, "/numbers/indicators/RH6/")
    assert "84" in theirs
    assert "Hidden, to protect people" in theirs
    assert "7 of 9" not in theirs
    assert "5 of 6" not in theirs
    assert "Asian" in theirs
    assert "5 of 6" in page(lead, "/numbers/indicators/RH6/")


def test_a_time_is_told_by_its_half_and_drawn_as_stairs(lead: Client) -> None:
    one = a_snapshot()
    a_curve(one, "REUNTIME", "2025", [(40, "0.8000", 100), (200, "0.5000", 60), (300, "0.3500", 40)], seen=100, came=65, median=200)
    told = page(lead, "/numbers/indicators/REUNTIME/")
    assert "half within 200 days" in told or "within 200 days" in told
    assert "cl-time" in told
    assert "Half were there within 200 days (100 followed, 65 there)." in told


def test_the_cascade_marks_the_largest_loss_with_its_reasons(hub: Client) -> None:
    one = a_snapshot()
    way = {"PLAN": (96, 120), "REFERRED": (70, 96), "ACCEPTED": (41, 70), "STARTED": (39, 41), "KEPT90": (30, 39), "GOAL": (20, 30)}
    for code, counts in way.items():
        figure(one, f"CASCADE_{code}", "2025", counts)
    figure(one, "CASCADE_ACCEPTED", "2025", (0, 18), by="reason", value="FULL")
    figure(one, "CASCADE_ACCEPTED", "2025", (0, 11), by="reason", value="NO_CONTACT")
    told = page(hub, "/numbers/from-birth-to-help/")
    assert "The largest loss is before “Accepted”: 41 of 100 (29 of 70). The reason most often given: no place was free." in told
    assert told.count("The largest loss</span>") == 1
    assert told.index("No place was free") < told.index("Nobody reached the family")
    card = page(hub, "/numbers/card/")
    assert "We lose the most families before “Accepted”." not in card  # nothing to compare with yet
    assert "Answer the largest loss, before “Accepted”. Reason given most: No place was free." in card
    paper = hub.get("/numbers/card.pdf")
    assert paper.status_code == 200
    assert paper.content.startswith(b"%PDF")


def test_groups_stand_beside_each_other_with_what_chance_allows(lead: Client) -> None:
    one = a_snapshot()
    figure(one, "POSC", "2025", (262, 338))
    for group, counts in {"WHITE": (141, 174), "BLACK": (61, 88), "ASIAN": (12, 15)}.items():
        figure(one, "POSC", "2025", counts, by="race", value=group)
    figure(one, "POSC", "2025", (90, 100), by="arm", value="pilot")
    figure(one, "POSC", "2025", (70, 100), by="arm", value="comparison")
    told = page(lead, "/numbers/indicators/POSC/")
    assert "Black or African American: 12 fewer in 100 than White. Chance allows anything from 1 to 23." in told
    assert "0.86 times as often (0.73 to 1.00)." in told
    assert "Pilot sites: 20 more in 100 than Comparison sites." in told
    figure(one, "KEPT180", "2025", (61, 100))
    assert (
        "Plans by race. Black or African American: 12 fewer in 100 than White." in page(lead, "/numbers/card/").split("A gap we must answer for")[1]
    )


def test_a_report_and_a_walk_are_drafted_from_what_the_snapshot_publishes(lead: Client) -> None:
    member = a_worker(Role.STATE_LEAD, agency=an_agency(kind=AgencyKind.STATE_OVERSIGHT))
    reader = viewer(member)
    with acting_as(reader):
        assert year_lines(viewer=reader, year=2024) == []
        assert published_steps(viewer=reader, year=2024) is None
    one = a_snapshot()
    figure(one, "POSC", "2024", (84, 120))
    figure(one, "CAPTA_A", "2024", (120, 120))
    figure(one, "CASCADE_STARTED", "2024", (41, 60))
    figure(one, "RH6", "2024", (3, 7), hidden="PROTECTS_PEOPLE")
    figure(a_snapshot(sealed=False), "POSC", "2024", (1, 2), hidden=None)
    with acting_as(reader):
        lines = year_lines(viewer=reader, year=2024)
        steps = published_steps(viewer=reader, year=2024)
    assert lines[0] == "70 of 100 notified infants have a plan of safe care."
    assert str(one.pk) in lines[-1]
    assert len(lines) == 3
    assert {name: count for name, count in steps.items() if count is not None} == {"IDENTIFIED": 120, "WITH_PLAN": 84, "STARTED": 41}


def test_a_provider_reads_its_own_figures_and_no_other_provider(lead: Client) -> None:
    ours = an_agency(kind=AgencyKind.COORDINATION_HUB, short_name="Harbor Hub")
    theirs = signed_in(a_worker(Role.PARTNERSHIP_COORDINATOR, agency=ours))
    one = a_snapshot()
    figure(one, "POSC", "2025", (262, 338))
    figure(one, "POSC", "2025", (7, 9), by="site", value="HARBOR_HUB", hidden="NOT_PUBLISHED")
    figure(one, "POSC", "2025", (78, 92), by="site", value="NORTH", hidden="NOT_PUBLISHED")
    told = page(theirs, "/numbers/indicators/POSC/")
    assert "7 of 9" in told
    assert "78 of 92" not in told
    assert "NORTH" not in told
    assert "7 of 9" in page(theirs, "/numbers/?place=site:HARBOR_HUB")
    assert theirs.get("/numbers/?place=site:NORTH").status_code == 404


def test_a_page_asks_as_often_for_many_figures_as_for_few(lead: Client, hub: Client) -> None:
    one = a_snapshot()
    figures(one, "RH6", {"2024": (40, 60)})
    paths = ("/numbers/", "/numbers/card/", "/numbers/from-birth-to-help/", "/numbers/indicators/RH6/")

    def asked() -> list[int]:
        counts = []
        for client in (lead, hub):
            for path in paths:
                with CaptureQueriesContext(connection) as found:
                    page(client, path)
                counts.append(len(found))
        return counts

    asked()
    few = asked()
    for code in ("HOME12", "S2", "P4", "KEPT180", "POSC", "TREATED"):
        figures(one, code, {"2023": (40, 90), "2024": (50, 90), "2025": (60, 90)})
    for group in ("WHITE", "BLACK", "ASIAN", "NATIVE"):
        figures(one, "RH6", {"2023": (40, 90), "2024": (50, 90)}, by="race", value=group)
    assert asked() == few
    assert max(few) <= 45


def test_what_is_wanted_of_a_measure_stands_beside_it(lead: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = Aimed(
        baseline=44.0, baseline_period="2022", target=60.0, by_when=date(2027, 12, 1), owner="Dana Whitfield", next_review=date(2026, 12, 1),
        priority="2026, too many leave early", decisions=("A peer calls within two days (Riverbend)",), place=(uuid4(), uuid4()), is_final=False,
    )  # fmt: skip
    monkeypatch.setattr(aimed, "aims_of", lambda *, viewer: {"KEPT180": wanted})
    figures(a_snapshot(), "KEPT180", {"2024": (49, 100), "2025": (61, 100)})
    for path in ("/numbers/", "/numbers/card/", "/numbers/indicators/KEPT180/"):
        told = page(lead, path)
        assert "61 of 100 parents who began treatment were still in it after 180 days." in told
        assert "Better than in 2022, when it was 44%. That is more than chance." in told
        assert "At the target, but chance alone could put it there." in told
        for pair in ("44% in 2022", "60% by December 2027", "Dana Whitfield", "December 2026", "Higher"):
            assert pair in told
        assert "Decided: A peer calls within two days (Riverbend)" in told
    home = page(lead, "/numbers/")
    assert "A priority of oversight: 2026, too many leave early." in home
    assert "The target is not final yet." in home
    assert "See the aim" in home


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
