"""The pages of the numbers over figures: sentences made from the data, hidden cells, readers."""

from __future__ import annotations

from datetime import date
from html import unescape
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.factories.agencies import a_worker, an_agency, viewer
from tests.factories.figures import a_curve, a_snapshot, figure, figures

from careloom.agencies.models import Membership
from careloom.agencies.roles import Role
from careloom.infra.access import acting_as
from careloom.kernel.agency_kinds import AgencyKind
from careloom.outcomes.presenters.drafted import year_lines
from careloom.outcomes.queries import aimed
from careloom.outcomes.queries.aimed import Aimed
from careloom.outcomes.queries.numbers import published_steps

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
