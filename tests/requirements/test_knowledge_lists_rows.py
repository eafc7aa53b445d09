"""Champions, the library, related bodies, starts, the table, equity and who stands beside the community, through the screens."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from tests.factories.agencies import a_worker
from tests.requirements.conftest import SignIn
from tests.requirements.knowing import Hospital, on, pk_of, read, refused
from tests.requirements.test_structure_rows import a_body, a_seat, begun, browser, day, ruth, send

from careloom.agencies.roles import Role
from careloom.infra import clock

__all__ = ["browser", "ruth"]
pytestmark = pytest.mark.django_db


@pytest.mark.requirement("R-060", "R-061")
def test_champions_are_asked_for_each_year_and_when_one_leaves(browser: Client) -> None:
    rooms = begun(browser)
    lists, home = f"{rooms}knowledge/lists/champions/", f"{rooms}knowledge/"
    assert "There is no champion yet." in read(browser.get(home))
    long_ago = clock.today() - timedelta(days=400)
    send(
        browser,
        f"{lists}new/",
        name="Dr. Abel",
        title="Pediatrician",
        influences="The county's doctors",
        critical="on",
        **on("reviewed_on", long_ago),
    )
    page = read(browser.get(f"{rooms}knowledge/champions/"))
    assert "A critical voice" in page
    assert "The county's doctors" in page
    assert "A year has passed." in read(browser.get(home))
    review = f"{rooms}knowledge/reviews/champions/{pk_of(rooms)}/new/"
    soon = on("next_on", clock.today() + timedelta(days=365))
    assert "The next look comes after this one." in refused(browser, review, words="Abel stays.", **day("held_on"), **day("next_on"))
    send(browser, review, words="Abel stays, and we look for one in the hills.", **day("held_on"), **soon)
    assert "champion" not in read(browser.get(home)).split("Who we are")[0]
    entry = browser.get(lists).content.decode().split("/out/")[0].rpartition("/")[2]
    send(browser, f"{lists}new/", name="Pastor Fen", influences="The hills", **day("reviewed_on"))
    assert browser.post(f"{lists}{entry}/out/").status_code == 302
    assert "A champion left. Who are our champions now?" in read(browser.get(home))
    send(browser, f"{rooms}knowledge/tasks/outreach/{pk_of(rooms)}/new/", words="A talk at the feed store", rural="on", **on("due_on", clock.today()))
    send(
        browser,
        f"{rooms}knowledge/lists/materials/new/",
        what="Leaflet",
        place="Feed store",
        rural="on",
        pieces="40",
        language="SPANISH",
        **day("on"),
    )
    page = read(browser.get(f"{rooms}knowledge/champions/"))
    assert "A talk at the feed store" in page
    assert "How many: 40" in page


@pytest.mark.requirement("R-078", "R-138", "R-127")
def test_what_is_taught_read_and_asked_for_is_written_down(browser: Client, sign_in: SignIn) -> None:
    rooms = begun(browser)
    hospital = Hospital(browser, rooms, sign_in)
    lists = f"{rooms}knowledge/lists/"
    told = {"subject": "Holding an infant in withdrawal", "taught_by": "Nurse Ola", "taught_to": "Foster parents", "link": "example.org/hold"}
    send(hospital.client, f"{lists}transfer/new/", **told, **day("on"))
    page = browser.get(f"{lists}transfer/").content.decode()
    assert "Foster parents" in page
    assert 'href="https://example.org/hold"' in page
    send(hospital.client, f"{lists}library/new/", title="A primer", year="2019", link="https://example.org/p", tags="law, infants")
    send(hospital.client, f"{lists}library/new/", title="A newer one", year="2024", link="https://example.org/n", tags="infants")
    assert "Give a year between 1950 and now." in refused(browser, f"{lists}library/new/", title="x", year="2999", link="https://example.org/n")
    page = read(browser.get(f"{lists}library/?tags=law"))
    assert "A primer" in page
    assert "A newer one" not in page
    ask = {"subject": "Breastfeeding and methadone", "kind": "ADVICE", "partner": hospital.partner.pk, "asked_of": "SUBSTANCE_USE", "state": "OPEN"}
    where = send(hospital.client, f"{lists}requests/new/", **ask)
    assert "Breastfeeding and methadone" in read(browser.get(f"{where}?state=OPEN"))
    assert "Breastfeeding and methadone" not in read(browser.get(f"{where}?state=DONE"))
    entry = browser.get(where).content.decode().split("/out/")[0].rpartition("/")[2]
    send(browser, f"{where}{entry}/", **(ask | {"state": "DONE", "answer": "The clinic came by."}), version="1")
    assert "The clinic came by." in read(hospital.client.get(f"{where}?state=DONE"))
    stale = browser.post(f"{where}{entry}/", {"request_key": "s", "version": "1", **ask})
    assert "Somebody changed this meanwhile" in stale.content.decode()


@pytest.mark.requirement("R-021")
def test_related_bodies_show_their_phases_and_what_is_done_twice(browser: Client) -> None:
    rooms = begun(browser)
    lists = f"{rooms}knowledge/lists/"
    facts = {
        "kind": "PERINATAL_QUALITY",
        "phases": ["BIRTH", "POSTPARTUM"],
        "role": "Bundles for hospitals",
        "liaison": "Ruth",
        "overlap": "Rooming in",
    }
    send(browser, f"{lists}bodies/new/", name="Quality group", **facts)
    related = browser.get(f"{lists}efforts/new/").content.decode().split(">Quality group<")[0].rpartition('value="')[2].split('"')[0]
    send(browser, f"{lists}efforts/new/", title="Warm hand-offs", outcome="TREATMENT", population="POSTPARTUM")
    send(browser, f"{lists}efforts/new/", title="Beds for fathers", outcome="TREATMENT", population="FATHERS", related=related)
    at = f"{rooms}knowledge/related/"
    assert "Nothing is done twice" in read(browser.get(at))
    send(browser, f"{lists}efforts/new/", title="Peers at the ward", outcome="TREATMENT", population="POSTPARTUM", related=related)
    page = read(browser.get(at))
    assert "Warm hand-offs (ours)" in page
    assert "Peers at the ward (Quality group)" in page
    assert "Beds for fathers" not in page
    assert "Bundles for hospitals" in page
    assert "The same is done twice for the same families." in read(browser.get(f"{rooms}knowledge/"))


@pytest.mark.requirement("R-023", "R-112")
def test_two_ways_to_start_and_a_kick_off_with_a_site(browser: Client, sign_in: SignIn) -> None:
    rooms = begun(browser)
    clinic = Hospital(browser, rooms, sign_in, "SUBSTANCE_USE")
    page = read(browser.get(f"{rooms}knowledge/start/"))
    assert page.index("Make the structure") < page.index("Widen the services")
    send(browser, f"{rooms}knowledge/tasks/start/{pk_of(rooms)}/done/STRUCTURE/", note="Three tiers", **day("on"))
    assert "1 of 4 done." in read(browser.get(f"{rooms}knowledge/start/"))
    at = f"{rooms}knowledge/tasks/kick-off/{clinic.partner.pk}/"
    # Who pays for treatment or oversees it is no site: one begins with who treats.
    assert browser.get(at).status_code == 404
    assert "one that works on substance use and gives treatment" in page
    treats = {"sectors": ["SUBSTANCE_USE"], "streams": ["COMMUNITY_TREATMENT"], "agency_id": clinic.partner.agency_id}
    send(browser, f"{rooms}partners/{clinic.partner.pk}/", name=clinic.name, version="1", **treats, **day("joined_on"))
    assert clinic.name in read(browser.get(f"{rooms}knowledge/start/"))
    assert "County child welfare visits the site" in read(browser.get(at))
    send(clinic.client, f"{at}done/VISIT/", note="Two from the county, three of us", **day("on"))
    page = read(browser.get(at))
    assert "Two from the county, three of us" in page
    assert "1 of 6 done." in page
    assert browser.get(f"{rooms}knowledge/tasks/kick-off/{uuid4()}/").status_code == 404
    grown = widening(browser)
    page = read(browser.get(f"{grown}knowledge/start/"))
    assert page.index("Widen the services") < page.index("Make the structure")


@pytest.mark.requirement("R-039")
def test_who_should_be_at_the_table_is_looked_at_again(browser: Client) -> None:
    rooms = begun(browser)
    assert "Who should be at the table? It is time to look." in read(browser.get(f"{rooms}knowledge/"))
    send(browser, f"{rooms}knowledge/lists/stakeholders/new/", name="Mothers of the valley", stands_for="Rural families", state="ASKED")
    review = f"{rooms}knowledge/reviews/table/{pk_of(rooms)}/new/"
    send(browser, review, words="No father sits here.", **day("held_on"), **on("next_on", clock.today() + timedelta(days=180)))
    page = read(browser.get(f"{rooms}knowledge/table/"))
    assert "Mothers of the valley" in page
    assert "No father sits here." in page
    assert "Next look:" in page
    assert "It is time to look." not in read(browser.get(f"{rooms}knowledge/"))


@pytest.mark.requirement("R-059")
def test_each_partner_reviews_its_own_equity(browser: Client, sign_in: SignIn) -> None:
    rooms = begun(browser)
    hospital = Hospital(browser, rooms, sign_in)
    review = f"{rooms}knowledge/reviews/equity/{hospital.partner.pk}/new/"
    told = {"words": "We test by the same rule for all.", **day("held_on"), **on("next_on", clock.today() + timedelta(days=365))}
    assert "Write down what the outcomes of families show." in refused(hospital.client, review, **told, outcomes="")
    send(hospital.client, review, **told, outcomes="Black mothers were tested more often.")
    send(hospital.client, f"{rooms}knowledge/tasks/equity/{hospital.partner.pk}/new/", words="Train the night shift")
    page = read(browser.get(f"{rooms}knowledge/equity/"))
    assert "Black mothers were tested more often." in page
    assert "Train the night shift" in page
    other = Hospital(browser, rooms, sign_in)
    assert other.client.get(review).status_code == 404


@pytest.mark.requirement("R-034")
def test_members_stand_beside_their_community_with_small_numbers_hidden(browser: Client, sign_in: SignIn) -> None:
    rooms = begun(browser)
    hospital = Hospital(browser, rooms, sign_in)
    core = a_body(browser, rooms, f"Core {uuid4()}", "CORE")
    people = [a_worker(Role.HOSPITAL_SOCIAL_WORKER, agency=hospital.worker.agency) for _ in range(12)]
    for place, one in enumerate(people):
        a_seat(browser, rooms, core, f"Member {place}", hospital.partner, worker_id=one.worker_id)
    share = {"dimension": "PLACE", "part": "RURAL", "percent": "62.5", "source": "Census", "year": "2020"}
    send(browser, f"{rooms}knowledge/lists/community/new/", **share)
    at = f"{rooms}knowledge/diversity/"
    for one in people[:3]:
        send(sign_in(one), f"{at}me/", race=["BLACK"], place="RURAL", language="ENGLISH")
    page = read(browser.get(at))
    assert "In the country * * 62.5% Census, 2020" in page
    for one in people[3:]:
        send(sign_in(one), f"{at}me/", place="RURAL")
    page = read(browser.get(at))
    assert "In the country 12 100% 62.5% Census, 2020" in page
    assert "Black or African American *" in page
    send(sign_in(people[0]), f"{at}me/")  # she takes it back
    # Who alone said nothing would be told by the difference: then nothing is shown.
    assert "In the country * * 62.5%" in read(browser.get(at))


def test_an_outsider_finds_nothing_and_a_form_sent_twice_makes_one(browser: Client, sign_in: SignIn) -> None:
    rooms = begun(browser)
    hospital = Hospital(browser, rooms, sign_in)
    stranger = sign_in(a_worker(Role.HOSPITAL_SOCIAL_WORKER))
    for page in ("", "words/", "profiles/", "roles/", "talks/", "training/", "onboarding/", "start/", "champions/", "table/", "equity/", "related/"):
        assert stranger.get(f"{rooms}knowledge/{page}").status_code == 404, page
        assert hospital.client.get(f"{rooms}knowledge/{page}").status_code == 200, page
    for page in ("disputes/", "diversity/", "diversity/me/", "lists/contacts/", "lists/library/new/"):
        assert stranger.get(f"{rooms}knowledge/{page}").status_code == 404, page
        assert hospital.client.get(f"{rooms}knowledge/{page}").status_code == 200, page
    assert browser.get(f"{rooms}knowledge/lists/nothing/").status_code == 404
    facts = {"request_key": "once", "version": "0", "name": "On call", "partner": hospital.partner.pk, "kind": "ON_CALL", "line": "555-0142"}
    for _again in range(2):
        assert hospital.client.post(f"{rooms}knowledge/lists/contacts/new/", facts).status_code == 302
    assert hospital.client.get(f"{rooms}knowledge/lists/contacts/").content.decode().count("555-0142") == 1


def widening(client: Client) -> str:
    facts = {"name": f"Wider {uuid4()}", "reach": "COUNTY", "places": "Pine", "new": "0"}
    return send(client, "/partnership/new/", **facts, **day("starts_on"))
