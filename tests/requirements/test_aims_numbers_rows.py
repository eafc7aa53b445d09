"""What is saved, whether a program does what it is for, and what is reported when."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime

import pytest
from tests.requirements.changing import House
from tests.requirements.conftest import SignIn
from tests.requirements.knowing import on, read, refused
from tests.requirements.test_aims_rows import an_aim
from tests.requirements.test_structure_rows import send

from careloom.aims.models import Calculation, Schedule, Sent, UnitCost
from careloom.infra import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def house(sign_in: SignIn) -> House:
    return House(sign_in)


SAVING = {
    "name": "The first year", "helped": "Plans before birth", "families": "100", "against": "The two years before", "compared": "200",
    "nicu_day_ours": "300", "nicu_day_theirs": "1000", "nicu_day_source": "Days billed", "preterm_birth_ours": "14", "preterm_birth_theirs": "40",
    "preterm_birth_source": "Birth certificates", "paid": "100000", "paid_source": "The budget office",
}  # fmt: skip


@pytest.mark.requirement("R-098")
def test_a_saving_is_a_range_against_a_comparison_with_every_step_and_costs_are_edited(house: House) -> None:
    at = house.at("aims/savings/")
    page = house.page(house.member, "aims/savings/")
    for words in (
        "A day in newborn intensive care",
        "$5,083, between $1,496 and $7,625, in dollars of 2021",
        "Read at its source",
        "look it up before",
    ):
        assert words in page
    assert house.member.get(f"{at}new/").status_code == 404
    today = on("on", clock.today())
    refused(house.manager, f"{at}new/", **SAVING | {"against": " "}, **today)  # no saving against nothing
    assert not Calculation.objects.exists()
    assert "Count it on both sides, or on neither." in refused(house.manager, f"{at}new/", **SAVING | {"nicu_day_theirs": ""}, **today)
    assert "could tell of a family" in refused(house.manager, f"{at}new/", **SAVING | {"preterm_birth_ours": "7"}, **today)
    cost = {"value": "4000", "low": "3000", "high": "5000", "year": "2024", "status": "D", "source": "Our hospitals"}
    assert "The low end is at most the value" in refused(house.manager, house.at("aims/costs/nicu-day/"), **cost | {"low": "4500"})
    send(house.manager, house.at("aims/costs/nicu-day/"), **cost)
    assert "Our hospitals" in house.page(house.member, "aims/savings/")
    where = send(house.manager, f"{at}new/", **SAVING, **today)
    page = read(house.member.get(where))
    # 1,000 of 200 families are 500 for 100; 200 days avoided, at 3,000 to 5,000 dollars; less 100,000 that the help cost.
    for words in (
        "between $500,000 and $900,000 less was spent than in the comparison", "$600,000 to $1.0 million, at the usual cost $800,000",
        "Shown, not added: it is inside the other parts", "Chance could explain it.", "The two years before", "Our hospitals", "Days billed",
        "A difference is not a cause",
    ):  # fmt: skip
        assert words in page, words
    rows = list(csv.DictReader(io.StringIO(house.member.get(f"{where}steps.csv").content.decode())))
    assert [(row["part"], row["saved"], row["saved_low"], row["saved_high"]) for row in rows if row["part"] in ("NICU_DAY", "LEFT")] == [
        ("NICU_DAY", "800000.0", "600000.0", "1000000.0"), ("LEFT", "700000.0", "500000.0", "900000.0"),
    ]  # fmt: skip
    send(house.manager, house.at("aims/costs/nicu-day/"), **cost | {"value": "9000", "high": "9000", "version": UnitCost.objects.get().row_version})
    assert "between $500,000 and $900,000" in read(house.member.get(where))  # what was worked out stays
    assert house.stranger.get(f"{where}steps.csv").status_code == 404
    assert Calculation.objects.count() == 1


def test_no_number_of_people_from_one_to_ten_is_kept_nor_one_that_leaves_so_few(house: House) -> None:
    few = (
        {"families": "10"},
        {"compared": "3"},
        {"nicu_day_theirs": "5"},
        {"nicu_day_ours": "1"},
        {"preterm_birth_ours": "95"},
        {"preterm_birth_theirs": "7"},
    )
    for told in few:
        page = refused(house.manager, house.at("aims/savings/new/"), **SAVING | told, **on("on", clock.today()))
        assert "could tell of a family" in page, told
    assert not Calculation.objects.exists()


@pytest.mark.requirement("R-194")
def test_both_purposes_of_the_program_are_tracked_by_figures(house: House) -> None:
    page = house.page(house.member, "aims/program/")
    assert page.count("Nobody tracks it yet.") == 2
    an_aim(house, indicator="KEPT90", outcome="Parents stay in treatment", baseline="38", target="55")
    for code, codes in (("treatment", ["ENGAGED", "KEPT90"]), ("together", ["TOGETHER"])):
        facts = {"program": "Integration", "partner_id": house.partners[1].pk, "indicators": codes, "words": f"It goes well: {code}"}
        assert house.member.get(house.at(f"aims/program/{code}/")).status_code == 404
        send(house.manager, house.at(f"aims/program/{code}/"), **facts)
    page = house.page(house.member, "aims/program/")
    for words in (
        "Engage parents in treatment and keep them in it", "Keep families together", "Engaged and kept in treatment", "Families kept together",
        f"{house.partners[1].name} answers for it.", "Baseline: 38 of 100 parents, 2024", "Target: 55 of 100 parents by", "It goes well: together",
    ):  # fmt: skip
        assert words in page, words
    assert "Nobody tracks it yet." not in page


@pytest.mark.requirement("R-201")
def test_data_points_are_due_on_their_day_and_show_in_time_or_late(house: House) -> None:
    at, today = house.at("aims/points/"), clock.today()
    first = date(today.year - 1, 1, 1)
    facts = {
        "name": "Integration data points", "to_whom": "The Department", "partner_id": house.partners[2].pk, "indicators": ["ENGAGED", "TOGETHER"],
        "every": "HALF", **on("first", first), "days": "30",
    }  # fmt: skip
    assert house.member.get(f"{at}new/").status_code == 404
    assert "A period begins on the first day of a month" in refused(house.manager, f"{at}new/", **facts | on("first", first.replace(day=2)))
    send(house.manager, f"{at}new/", **facts)
    row = Schedule.objects.get()
    page = house.page(house.member, "aims/points/")
    assert f"January to June {first.year}" in page
    assert "Late" in page
    owed = read(house.lead.get("/partnership/mine/"))
    assert f"Send: Integration data points, January to June {first.year}" in owed
    assert "Integration data points" not in read(house.manager.get("/partnership/mine/"))
    went = {"period_on": first.isoformat(), "how": "Portal, receipt 12", "source": "Our own counts", **on("on", date(first.year, 7, 20))}
    early = went | on("on", date(first.year, 6, 20))
    assert "This day has not come yet." in refused(house.lead, f"{at}{row.pk}/send/", **early)
    assert house.member.get(f"{at}{row.pk}/send/").status_code == 404  # another partner sends it
    send(house.lead, f"{at}{row.pk}/send/", **went)
    second = {"period_on": date(first.year, 7, 1).isoformat(), "how": "Portal", "source": "Our own counts", **on("on", date(today.year, 2, 15))}
    with clock.at(datetime(today.year, 12, 20, 15, tzinfo=UTC)):
        house.enter()
        send(house.lead, f"{at}{row.pk}/send/", **second)
        assert "Sent late" in house.page(house.member, "aims/points/")
    house.enter()
    page = house.page(house.member, "aims/points/")
    assert "Sent in time" in page
    assert "Portal, receipt 12. Our own counts" in page
    assert Sent.objects.filter(schedule=row, period_on=first).count() == 1
