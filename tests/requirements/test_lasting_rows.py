"""The core team and partners: quality, whose numbers one sees, the seven strategies, and what will last."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from tests.factories.agencies import a_worker, an_agency
from tests.requirements.conftest import SignIn, text_of
from tests.requirements.inventory import House, a_check, a_house, a_standard, listed, on
from tests.requirements.test_structure_rows import a_body, a_partner, a_seat, day, send

from careloom.agencies.roles import Role
from careloom.infra import clock
from careloom.inventory.models import DataYes, Keep, Lesson, Reach
from careloom.partnership.models import Collaborative

pytestmark = pytest.mark.django_db


@pytest.fixture
def house(sign_in: SignIn) -> House:
    return a_house(sign_in)


@pytest.mark.requirement("R-013")
def test_a_delivery_system_has_standards_and_one_sees_whether_they_were_met(house: House, sign_in: SignIn) -> None:
    page = text_of(house.client.get(f"{house.inventory}standards/"))
    assert "Hospitals" in page.split("Delivery systems without a standard")[1]
    standard = a_standard(house, "Rooming-in is offered", source="Our protocol")
    page = text_of(house.client.get(f"{house.inventory}standards/"))
    assert "A check is due" in page
    assert "Nothing to show yet" in page
    member = sign_in(a_worker(Role.CARE_COORDINATOR, agency=house.agencies["Hospital"]))
    late = {"partner_id": house.hospital.pk, "found": "MET", "evidence": "x", "checked_by": "y", **on("on", 2)}
    assert member.post(f"{house.inventory}standards/{standard.pk}/check/", {"request_key": "k", "version": "0", **late}).status_code == 422
    a_check(house, standard, house.hospital, "MET", client=member)
    page = text_of(member.get(f"{house.inventory}standards/"))
    assert "Met by all who were checked" in page
    assert f"Seen at {house.hospital.pk}" in page
    for partner in (house.clinic, house.county, house.transit):
        a_check(house, standard, partner, "MET")
    assert "Met at the last check" in text_of(member.get(f"{house.inventory}standards/"))
    a_check(house, standard, house.hospital, "NOT_MET", client=member)
    assert "Not met by all at the last check" in text_of(member.get(f"{house.inventory}standards/"))
    assert member.get(f"{house.inventory}standards/new/").status_code == 404


@pytest.mark.requirement("R-052")
def test_a_partner_sees_its_own_result_by_name_and_others_pooled_until_both_agreed(house: House, sign_in: SignIn) -> None:
    standard = a_standard(house, "Rooming-in is offered")
    for partner, found in ((house.hospital, "MET"), (house.clinic, "NOT_MET"), (house.county, "PARTLY"), (house.transit, "MET")):
        a_check(house, standard, partner, found)
    workers = {name: a_worker(Role.CARE_COORDINATOR, agency=row) for name, row in house.agencies.items()}
    clients = {name: sign_in(row) for name, row in workers.items()}
    core = a_body(house.client, house.rooms, f"Core {uuid4()}", "CORE")
    for name, partner in (("Hospital", house.hospital), ("Clinic", house.clinic)):
        a_seat(house.client, house.rooms, core, f"{name} member", partner, worker_id=workers[name].worker_id)
    path, sharing = f"{house.inventory}standards/", f"{house.inventory}sharing/"
    page = text_of(clients["Hospital"].get(path))
    assert f"Seen at {house.hospital.pk}" in page
    assert f"Seen at {house.clinic.pk}" not in page
    assert "3 other partners together: 1 met it, 1 partly, 1 did not, 0 not checked yet." in page
    # Who runs the collaborative reads no partner's result by name either.
    assert "Seen at" not in text_of(house.client.get(path))
    assert "4 other partners together" in text_of(house.client.get(path))
    rule = {"words": "To find gaps.", "never": "To rank or to pay.", **on("adopted_on", 0)}
    send(house.client, f"{sharing}rule/", **rule)
    assert house.client.get(f"{sharing}yes/{house.clinic.pk}/").status_code == 404  # nobody agrees for another
    assert clients["County"].get(f"{sharing}yes/{house.county.pk}/").status_code == 404  # nor without a seat
    send(clients["Clinic"], f"{sharing}yes/{house.clinic.pk}/", version="1", said_by="Director Moss")
    assert f"Seen at {house.clinic.pk}" not in text_of(clients["Hospital"].get(path))  # she has not agreed herself
    send(clients["Hospital"], f"{sharing}yes/{house.hospital.pk}/", version="1", said_by="Director Vale")
    page = text_of(clients["Hospital"].get(path))
    assert f"Seen at {house.clinic.pk}" in page
    assert f"Seen at {house.county.pk}" not in page
    assert "2 other partners are not shown" in page  # a pool of two would tell
    assert f"Seen at {house.hospital.pk}" not in text_of(clients["County"].get(path))
    assert "2 of 4 partners agreed." in text_of(clients["County"].get(sharing))
    clients["Clinic"].post(f"{sharing}yes/{house.clinic.pk}/", {"take_back": "1"})
    assert f"Seen at {house.clinic.pk}" not in text_of(clients["Hospital"].get(path))
    send(house.client, f"{sharing}rule/", **{**rule, "version": "1"})
    assert "0 of 4 partners agreed." in text_of(house.client.get(sharing))  # a new version asks again
    assert DataYes.objects.count() == 2


@pytest.mark.requirement("R-052")
def test_numbers_of_referrals_are_named_or_pooled_and_reasons_are_kept_by_kind(house: House, sign_in: SignIn) -> None:
    worker = a_worker(Role.CARE_COORDINATOR, agency=house.agencies["Hospital"])
    client, sharing = sign_in(worker), f"{house.inventory}sharing/"
    page = text_of(client.get(sharing))
    numbers = page.split("How referrals went")[1].split("</section>")[0]
    assert house.hospital.name in numbers
    assert house.clinic.name not in numbers
    assert "2 other partners are not shown" in numbers
    assert "together" not in numbers  # all together would tell the two
    fourth = an_agency(name=f"Fourth {uuid4()}")
    a_partner(house.client, house.rooms, fourth.name, "HOSPITALS", agency_id=fourth.pk)
    more = text_of(client.get(sharing)).split("How referrals went")[1].split("</section>")[0]
    assert "All 4 partners together" in more
    assert house.clinic.name not in more
    facts = {"partner_id": house.hospital.pk, "kind": "USED_AGAINST", "words": "The last report was in the paper."}
    send(client, f"{sharing}reasons/new/", **facts)
    half = client.post(f"{sharing}reasons/new/", {"request_key": "k", "version": "0", **facts, **on("eased_on", 0)})
    assert half.status_code == 422
    page = text_of(client.get(sharing))
    assert "The last report was in the paper." in page
    assert re.search(r"Fear that data is used against the agency <span[^>]*>one open", page)
    other = text_of(sign_in(a_worker(Role.CARE_COORDINATOR, agency=house.agencies["Clinic"])).get(sharing))
    reasons = other.split("What keeps partners from it</h2>")[1].split("</section>")[0]
    assert "A partner" in reasons
    assert house.hospital.name not in reasons


@pytest.mark.requirement("R-132")
def test_the_seven_strategies_say_how_far_they_are_in_place(house: House) -> None:
    page = text_of(house.client.get(f"{house.inventory}promising/"))
    assert "0 of 7 are in place." in page
    assert page.count("Nobody looked yet") == 7
    path = f"{house.inventory}promising/co_location/"
    bare = house.client.post(path, {"request_key": "k", "version": "0", "here": "YES", **on("looked_on", 0)})
    assert bare.status_code == 422
    send(house.client, path, here="YES", evidence="A specialist sits at the county on Tuesdays.", **on("since", -200), **on("looked_on", 0))
    page = text_of(house.client.get(f"{house.inventory}promising/"))
    assert "1 of 7 are in place." in page
    assert "A specialist sits at the county on Tuesdays." in page
    assert house.client.get(f"{house.inventory}promising/unheard_of/").status_code == 404


@pytest.mark.requirement("R-213", "R-218", "R-066")
def test_the_sustainability_plan_is_open_from_the_first_day_and_shows_the_three_rs(house: House) -> None:
    path = f"{house.inventory}lasting/"
    page = text_of(house.client.get(path))
    assert "You are planning: write it now." in page
    for name in ("Relationships", "Resources", "Results"):
        assert f">{name}</h2>" in page
    assert "4 partners" in page
    texts = {"relationships": "The monthly table.", "resources": "A coordinator.", "results": "Fewer babies apart."}
    lacking = house.client.post(f"{path}plan/", {"request_key": "k", "version": "0", **texts, "results": "", **on("review_on", 90)})
    assert lacking.status_code == 422
    send(house.client, f"{path}plan/", **texts, **on("review_on", 90))
    page = text_of(house.client.get(path))
    assert "Written in the planning phase" in page
    assert all(words in page for words in texts.values())
    fund = {"name": "Partnership grant", "payer": "RPG", "pays_for": "The coordinator", "dollars": "180000"}
    unsaid = house.client.post(f"{path}funds/new/", {"request_key": "k", "version": "0", **fund, "after": "NOT_NEEDED", **on("until", 100)})
    assert unsaid.status_code == 422
    send(house.client, f"{path}funds/new/", after="LOOKING", **fund, **on("until", 100))
    send(house.client, f"{path}funds/new/", name="County line", payer="COUNTY", pays_for="The room", after="SECURED", **on("until", 100))
    page = text_of(house.client.get(path))
    ending = page.split("nothing is secured after it")[1].split("</p>")[0]
    assert "Partnership grant" in ending
    assert "County line" not in ending
    assert "1 source ends within a year" in page
    assert "180,000 dollars a year" in page


@pytest.mark.requirement("R-218")
def test_a_plan_that_is_written_late_says_so(house: House) -> None:
    Collaborative.objects.filter(pk=house.hospital.collaborative_id).update(starts_on=clock.today() - timedelta(days=400))
    path = f"{house.inventory}lasting/"
    assert "nobody wrote it yet" in text_of(house.client.get(path))
    send(house.client, f"{path}plan/", relationships="a", resources="b", results="c", **on("review_on", 90))
    assert "after the planning phase" in text_of(house.client.get(path))


@pytest.mark.requirement("R-088")
def test_a_change_that_is_kept_has_a_keeper_and_what_was_learned_is_found(house: House, sign_in: SignIn) -> None:
    path = f"{house.inventory}lasting/"
    facts = {"name": "The warm hand-off", "kind": "RELATIONSHIPS", "stay": "KEEP"}
    refused = house.client.post(f"{path}keep/new/", {"request_key": "k", "version": "0", **facts})
    assert refused.status_code == 422
    assert "A change that nobody keeps does not last." in refused.content.decode()
    send(house.client, f"{path}keep/new/", partner_id=house.hospital.pk, keeper="Ada Reed", written_at="Protocol 4", **facts)
    assert Keep.objects.get(name="The warm hand-off").keeper == "Ada Reed"
    page = text_of(house.client.get(path))
    assert f"Kept by Ada Reed, {house.hospital.name}" in page
    assert "Written down: Protocol 4" in page
    known = {"kind": "DECISION", "name": "No names in minutes", "words": "Because minutes travel.", "keeper": "Leah", **day("on")}
    send(house.client, f"{path}known/new/", **known)
    reader = sign_in(a_worker(Role.CARE_COORDINATOR, agency=house.agencies["Clinic"]))
    assert "Because minutes travel." in text_of(reader.get(f"{path}known/?kind=DECISION"))
    assert "Because minutes travel." not in text_of(reader.get(f"{path}known/?kind=HOW_TO"))
    assert reader.get(f"{path}known/new/").status_code == 404
    assert Lesson.objects.count() == 1


@pytest.mark.requirement("R-056", "R-065")
def test_scope_scale_and_reach_grow_over_months_and_a_few_families_are_not_kept(house: House) -> None:
    listed("Ride Circle", "RIDES", areas=("Pine",))
    path, this = f"{house.inventory}scale/", clock.today().replace(day=1)
    before = (this - timedelta(days=1)).replace(day=1)
    earlier = (before - timedelta(days=1)).replace(day=1)
    assert "Today there are 1 services for 1 kinds of need." in text_of(house.client.get(f"{path}new/"))
    send(house.client, f"{path}new/", month=earlier.isoformat(), families="4", eligible="100", source="Hospital logs")
    kept = Reach.objects.get(month=earlier)
    assert (kept.families, kept.few) == (None, True)
    too_many = {"month": before.isoformat(), "families": "90", "eligible": "80", "source": "x", "request_key": "k", "version": "0"}
    assert house.client.post(f"{path}new/", too_many).status_code == 422
    send(house.client, f"{path}new/", month=before.isoformat(), families="40", eligible="160", source="Plans")
    assert house.client.post(f"{path}new/", {**too_many, "families": "40", "eligible": "90"}).status_code == 422  # counted already
    assert house.client.post(f"{path}new/", {**too_many, "families": "40", "eligible": "90", "month": this.isoformat()}).status_code == 422
    lasting = {"relationships": "a", "resources": "b", "results": "c", "scale_up": "Harbor next.", "reach_goal": "60"}
    send(house.client, f"{house.inventory}lasting/plan/", **lasting, **on("reach_by", 300), **on("review_on", 90))
    page = text_of(house.client.get(path))
    assert "25.0 of 100 intended families" in page
    assert "Goal: 60 of 100" in page
    assert "To get there in time it takes 10.7 of 100 more each quarter." in page  # 35 in 300 days
    assert "Harbor next." in page
    assert "1 to 10" in page
    assert "cl-growth" in page


def test_an_outsider_finds_no_room(house: House, sign_in: SignIn) -> None:
    stranger = sign_in(a_worker(Role.CARE_COORDINATOR))
    for name in ("", "changes/", "services/", "points/", "standards/", "lasting/", "lasting/known/", "promising/", "scale/", "sharing/"):
        assert stranger.get(f"{house.inventory}{name}").status_code == 404, name
        assert house.client.get(f"{house.inventory}{name}").status_code == 200, name
