"""Work groups and partners look at what families need, what there is, and what is missing."""

from __future__ import annotations

import re

import pytest
from tests.factories.agencies import a_worker, viewer
from tests.factories.plans import PlanWorld, a_key
from tests.requirements.conftest import SignIn, text_of
from tests.requirements.inventory import House, a_house, families, last_month, line, listed, on
from tests.requirements.test_structure_rows import send

from careloom.agencies.roles import Role
from careloom.infra.access import acting_as
from careloom.inventory.models import Offer, Step, Strategy
from careloom.kernel.referral import Kind, Reason, State
from careloom.plans.referrals.actions import answer_referral, send_referral
from careloom.plans.referrals.answers import Answer, Ask, Moved

pytestmark = pytest.mark.django_db


@pytest.fixture
def house(sign_in: SignIn) -> House:
    return a_house(sign_in)


@pytest.mark.requirement("R-014", "R-038")
def test_needs_of_plans_meet_services_by_county_and_small_counts_are_hidden(house: House) -> None:
    world = last_month()
    families(world, 12, "RIDES", county="Pine")
    few = families(world, 3, "DENTAL", "HOUSING", county="Harbor")
    listed("Housing Help", "HOUSING", areas=("Harbor",), agency=house.agencies["County"], room=0)
    listed("Ride Circle", "RIDES", areas=("Harbor",))
    page = text_of(house.client.get(house.inventory))
    rides = line(page, "A ride to visits", "Pine")
    assert "<td>12<br>" in rides
    assert "12 in all counties" in rides
    assert "No service here" in rides
    assert "Develop something new" in rides
    dental = line(page, "Dentist" if "Dentist" in page else "Dental care", "Harbor")
    assert "Hidden" in dental
    assert "<td>3<" not in dental
    assert "in all counties" not in dental
    assert "No room" in line(page, "A home of our own", "Harbor")
    critical = page.split("Critical missing partners")[1].split("</section>")[0]
    assert critical.index("A ride to visits") < critical.index("Dental care")  # twelve families before a few
    assert "12 families" in critical
    assert "A home of our own" not in critical  # the county gives it, though without room
    assert "<polygon" in page
    assert len(few) == 6


@pytest.mark.requirement("R-014")
def test_what_was_written_this_month_is_not_counted_yet(house: House) -> None:
    families(PlanWorld(), 12, "RIDES", county="Pine")
    assert "No plan named a need in these months." in text_of(house.client.get(house.inventory))


@pytest.mark.requirement("R-014")
def test_families_who_were_refused_make_a_gap_where_there_is_a_service(house: House) -> None:
    world = last_month()
    by = viewer(world.dana)
    listed("Ride Circle", "RIDES", areas=("Pine",), agency=house.agencies["County"])
    for need in families(world, 11, "RIDES", county="Pine"):
        with acting_as(by):
            sent = send_referral(by=by, at=world.at, need_id=need.pk, ask=Ask(kind=Kind.LOGGED, organization="Ride Circle"), request_key=a_key())
            assert isinstance(sent, Moved)
            said = Answer(state=State.DECLINED, reason=Reason.FULL)
            assert isinstance(answer_referral(by=by, at=world.at, referral_id=sent.referral.pk, answer=said, request_key=a_key()), Moved)
    rides = line(text_of(house.client.get(house.inventory)), "A ride to visits", "Pine")
    assert "Families are refused or wait" in rides
    assert re.findall(r"<td>(\d+)<", rides) == ["11", "11"]
    assert "Improve access to what there is" in rides


@pytest.mark.requirement("R-037")
def test_a_gap_is_answered_in_one_of_four_ways_and_the_change_is_followed(house: House, sign_in: SignIn) -> None:
    world = last_month()
    families(world, 11, "RIDES", county="Pine")
    page = text_of(house.client.get(house.inventory))
    link = re.search(r'href="([^"]*changes/new/\?need=RIDES[^"]*)"', page)
    assert link is not None
    form = text_of(house.client.get(link[1]))
    for words in ("Improve access to what there is", "Expand what there is", "Develop something new", "Coordinate care"):
        assert words in form
    facts = {"need": "RIDES", "place": "Pine", "what": "A bus pass for each mother", "partner_id": house.transit.pk, "owner": "Ada Reed"}
    refused = house.client.post(f"{house.inventory}changes/new/", {"request_key": "k", "version": "0", **facts, **on("due_on", -3)})
    assert refused.status_code == 422
    assert not Strategy.objects.filter(what="A bus pass for each mother").exists()
    change = send(house.client, f"{house.inventory}changes/new/", way="DEVELOP", **facts, **on("due_on", 60))
    assert "Develop something new" in line(text_of(house.client.get(house.inventory)), "A ride to visits", "Pine")
    moved = {"progress": "UNDER_WAY", "words": "The board said yes.", "version": "1"}
    send(house.client, change, **moved)
    stale = house.client.post(change, {"request_key": a_key(), "progress": "IN_PLACE", "words": "Done", "version": "1"})
    assert stale.status_code == 422
    shown = text_of(house.client.get(change))
    assert "The board said yes." in shown
    assert "Ada Reed" in shown
    send(house.client, change, progress="IN_PLACE", words="Passes are given out.", version="2")
    assert "Where it stands now" not in text_of(house.client.get(change))
    assert list(Step.objects.order_by("made_at").values_list("progress", flat=True)) == ["UNDER_WAY", "IN_PLACE"]
    assert "In place" in text_of(house.client.get(f"{house.inventory}changes/"))
    reader = sign_in(a_worker(Role.CARE_COORDINATOR, agency=house.agencies["Hospital"]))
    assert reader.get(f"{house.inventory}changes/new/").status_code == 404  # who sits in no body reads
    assert "A bus pass for each mother" in text_of(reader.get(f"{house.inventory}changes/"))


@pytest.mark.requirement("R-225")
def test_five_points_show_their_services_and_the_empty_ones(house: House) -> None:
    listed("Prenatal Room", "PRENATAL_CARE", areas=("Pine",), agency=house.agencies["Clinic"])
    listed("Far Away", "PRENATAL_CARE", areas=("Elsewhere",))
    page = text_of(house.client.get(f"{house.inventory}points/"))
    points = {name: page.split(f">{name}<")[1].split("</article>")[0] for name in (
        "Before a pregnancy", "During the pregnancy", "At the birth", "The first weeks", "Through childhood")}  # fmt: skip
    assert "Prenatal Room" in points["During the pregnancy"]
    assert "Far Away" not in page
    assert [name for name, part in points.items() if "Empty" in part] == [name for name in points if name != "During the pregnancy"]
    facts = {"name": "Talks about what comes", "needs": ["FAMILY_PLANNING"], "points": ["PRE_PREGNANCY"], "partner_id": house.transit.pk}
    send(house.client, f"{house.inventory}services/new/", populations=["PREGNANT"], payers=["STATE"], most="8", room="3", **facts, **on("said_on", 0))
    page = text_of(house.client.get(f"{house.inventory}points/"))
    assert "Talks about what comes" in page.split(">Before a pregnancy<")[1].split("</article>")[0]


@pytest.mark.requirement("R-014", "R-225")
def test_a_partner_adds_a_service_and_one_finds_it_by_place_population_and_payer(house: House, sign_in: SignIn) -> None:
    mine = sign_in(a_worker(Role.CARE_COORDINATOR, agency=house.agencies["Clinic"]))
    path = f"{house.inventory}services/"
    facts = {"name": "Fathers on Tuesday", "needs": ["FATHERHOOD"], "populations": ["FATHERS"], "places": ["Pine"], "payers": ["TANF"]}
    stranger = {**facts, "partner_id": house.hospital.pk, "request_key": "k", "version": "0", **on("said_on", 0)}
    assert mine.post(f"{path}new/", stranger).status_code == 422  # not for another partner
    full = {**facts, "partner_id": house.clinic.pk, "most": "4", "room": "5", "request_key": "k", "version": "0", **on("said_on", 0)}
    assert mine.post(f"{path}new/", full).status_code == 422
    send(mine, f"{path}new/", partner_id=house.clinic.pk, most="8", room="5", unit="places", **facts, **on("said_on", 0))
    for query, found in (
        ("", True),
        ("?place=Pine", True),
        ("?place=Harbor", False),
        ("?population=FATHERS&payer=TANF", True),
        ("?payer=MIECHV", False),
    ):
        assert ("Fathers on Tuesday" in text_of(house.client.get(f"{path}{query}"))) is found, query
    assert "5 of 8 free (places)" in text_of(house.client.get(path))
    row = Offer.objects.get(name="Fathers on Tuesday")
    send(mine, f"{path}{row.pk}/end/", **on("on", 0))
    assert "Fathers on Tuesday" not in text_of(house.client.get(path))
