"""Partners get to know each other, through the screens: profiles, words, roles, onboarding, training, talks, disputes."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.formats import date_format
from tests.factories.agencies import a_worker, viewer
from tests.requirements.conftest import SignIn
from tests.requirements.knowing import Hospital, on, pk_of, read, refused
from tests.requirements.test_structure_rows import a_body, a_partner, a_seat, begun, browser, day, ruth, send
from tests.silence.hidden import another_mother
from tests.silence.same import ask

from careloom.agencies.models import Membership
from careloom.agencies.roles import Role
from careloom.infra import clock
from careloom.infra.access import acting_as
from careloom.knowledge.models import Agreed, Answer, Dispute, Matrix, Part

__all__ = ["browser", "ruth"]
pytestmark = pytest.mark.django_db


@pytest.mark.requirement("R-070", "R-071", "R-073", "R-086", "R-134", "R-229")
def test_a_partner_writes_its_own_profile_and_all_read_it_side_by_side(browser: Client, sign_in: SignIn) -> None:
    rooms = begun(browser)
    hospital = Hospital(browser, rooms, sign_in)
    other = a_partner(browser, rooms, f"County {uuid4()}", "CHILD_WELFARE")
    at = f"{rooms}knowledge/profiles/{hospital.partner.pk}/"
    told = {
        "PRACTICE": {"PRACTICES": "We room in mothers and infants.", "POLICIES": "No test without consent.", "PRIORITIES": "Breastfeeding."},
        "LIMITS": {"STATUTE": "The birth records act.", "FUNDING": "Medicaid pays to day 60.", "TIME_LIMITS": "Discharge within 48 hours."},
        "RESOURCES": {"BASELINE": "Two social workers.", "GAPS": "Nobody at night.", "BARRIERS": "Far from the bus."},
        "TECHNOLOGY": {
            "SYSTEMS": "One record system.",
            "EXPORTS": "Weekly files.",
            "INTERFACES": "FHIR R4.",
            "TECH_GAPS": "No follow-up after day 30.",
        },
        "PEOPLE": {"LEADER": "Ina Voss, chief executive", "ACCOUNTABLE": "Jo Wren, head of maternity"},
        "CONDUCT": {"CONDUCT": "Staff steps in, and writes it down the same day."},
    }
    for section, parts in told.items():
        send(hospital.client, f"{at}{section}/", **parts, **day("as_of"))
    page = read(browser.get(at))
    for parts in told.values():
        assert all(text in page for text in parts.values())
    assert date_format(clock.today(), "F j, Y") in page
    beside = read(browser.get(f"{rooms}knowledge/profiles/beside/LIMITS/"))
    assert "Medicaid pays to day 60." in beside
    assert other.name in beside
    assert hospital.client.get(f"{rooms}knowledge/profiles/{other.pk}/LIMITS/").status_code == 404  # nobody writes for another
    send(hospital.client, f"{at}PEOPLE/", LEADER="Kay Hill, chief executive", ACCOUNTABLE="Jo Wren, head of maternity", **day("as_of"))
    assert list(Part.objects.filter(part="LEADER").order_by("version").values_list("version", flat=True)) == [1, 2]
    assert Part.objects.filter(part="ACCOUNTABLE").count() == 1  # what did not change has no new version
    page = read(browser.get(at))
    assert "Kay Hill" in page
    assert "Ina Voss" in page
    assert "Write at least one part." in refused(hospital.client, f"{at}CONDUCT/", CONDUCT="", **day("as_of"))


@pytest.mark.requirement("R-069")
def test_who_the_client_is_differs_and_is_settled(browser: Client, sign_in: SignIn) -> None:
    rooms = begun(browser)
    hospital = Hospital(browser, rooms, sign_in)
    court = a_partner(browser, rooms, f"Court {uuid4()}", "COURTS")
    send(
        hospital.client, f"{rooms}knowledge/profiles/{hospital.partner.pk}/VIEWS/", CLIENT="Mother and infant", SUCCESS="Both thrive", **day("as_of")
    )
    send(browser, f"{rooms}knowledge/profiles/{court.pk}/VIEWS/", CLIENT="The child", SUCCESS="A safe home in time", **day("as_of"))
    page = read(browser.get(f"{rooms}knowledge/profiles/beside/VIEWS/"))
    assert "Mother and infant" in page
    assert "The child" in page
    assert "Not settled yet." in page
    send(browser, f"{rooms}knowledge/profiles/settled/CLIENT/", words="The family, with the child's safety first.", **day("as_of"))
    assert "The family, with the child's safety first." in read(hospital.client.get(f"{rooms}knowledge/profiles/beside/VIEWS/"))
    assert hospital.client.get(f"{rooms}knowledge/profiles/settled/CLIENT/").status_code == 404


@pytest.mark.requirement("R-072")
def test_a_word_with_two_meanings_is_agreed_on_and_stands_beside_the_word(browser: Client, sign_in: SignIn) -> None:
    rooms = begun(browser)
    hospital = Hospital(browser, rooms, sign_in)
    court = a_partner(browser, rooms, f"Court {uuid4()}", "COURTS")
    word = send(hospital.client, f"{rooms}knowledge/words/new/", name="Referral")
    send(hospital.client, f"{word}at/{hospital.partner.pk}/", words="Medicine and counseling", source="Clinic manual")
    assert "These meanings differ." not in read(browser.get(word))
    send(browser, f"{word}at/{court.pk}/", words="Whatever the order says")
    page = read(browser.get(word))
    assert "These meanings differ." in page
    assert "Clinic manual" in page
    assert "Means different things" in read(browser.get(f"{rooms}knowledge/words/"))
    assert hospital.client.get(f"{word}at/{court.pk}/").status_code == 404
    assert hospital.client.get(f"{word}agree/").status_code == 404
    agreed = {"words": "Care that a licensed program gives", "plain": "Care for substance use", "plain_es": "Atención por uso de sustancias"}
    send(browser, f"{word}agree/", **agreed, **day("agreed_on"))
    shown = hospital.client.get(reverse("plans:referrals:inbox")).content.decode()
    assert 'popovertarget="cl-meaning-1"' in shown
    assert 'id="cl-meaning-1" popover' in shown
    assert "Care that a licensed program gives" in shown
    assert (
        "Care that a licensed program gives"
        not in sign_in(a_worker(Role.HOSPITAL_SOCIAL_WORKER)).get(reverse("plans:referrals:inbox")).content.decode()
    )
    send(browser, f"{word}agree/", **(agreed | {"words": "Care that a program gives"}), version="1", **day("agreed_on"))
    assert list(Agreed.objects.order_by("version").values_list("version", flat=True)) == [1, 2]
    assert "Care that a licensed program gives" in read(browser.get(word))  # what was agreed on before stays to be read
    assert "This stands here already." in refused(browser, f"{rooms}knowledge/words/new/", name="referral")


def test_families_read_the_plain_words_in_their_language(browser: Client) -> None:
    rooms = begun(browser)
    word = send(browser, f"{rooms}knowledge/words/new/", name="Plan of safe care")
    phone = another_mother()
    assert "cl-meaning" not in phone.get("/my/plan/").content.decode()
    agreed = {"words": "The plan under section 106", "plain": "Your plan, in your words", "plain_es": "Su plan, en sus palabras"}
    send(browser, f"{word}agree/", **agreed, **day("agreed_on"))
    page = phone.get("/my/plan/").content.decode()
    assert "Your plan, in your words" in page
    assert "section 106" not in page
    phone.post("/language/", {"language": "es"})
    assert "Su plan, en sus palabras" in phone.get("/my/plan/").content.decode()


@pytest.mark.requirement("R-055")
def test_who_does_what_has_versions_with_a_reason(browser: Client, sign_in: SignIn) -> None:
    rooms = begun(browser)
    hospital = Hospital(browser, rooms, sign_in)
    core = a_body(browser, rooms, f"Core {uuid4()}", "CORE")
    new, pk = f"{rooms}knowledge/roles/new/", hospital.partner.pk
    assert "Use the letters R, A, C and I only." in refused(browser, new, **{f"SCREEN_{pk}": "X"}, why="FIRST", **day("adopted_on"))
    earlier = clock.today() - timedelta(days=20)
    send(browser, new, **{f"SCREEN_{pk}": "ra", f"NOTIFY_{pk}": "R"}, why="FIRST", **on("adopted_on", earlier))
    page = read(hospital.client.get(f"{rooms}knowledge/roles/"))
    assert "RA" in page
    assert "Notify: nobody answers for it." in page
    assert "Close it: nobody does it." in page
    a_seat(browser, rooms, core, "New Person", hospital.partner)
    assert "A member came or left since this version." in read(browser.get(f"{rooms}knowledge/roles/"))
    facts = {f"{step}_{pk}": "RA" for step in ("SCREEN", "NOTIFY", "ASSESS", "WRITE_PLAN", "MONITOR", "CLOSE", "REPORT")}
    send(browser, new, version="1", **facts, why="STAFF", words="The night shift joined", **day("adopted_on"))
    page = read(browser.get(f"{rooms}knowledge/roles/"))
    assert "nobody" not in page
    assert "Staff changed." in page
    assert "The night shift joined" in page
    assert "Notify: nobody" not in page
    assert Matrix.objects.count() == 2
    assert hospital.client.get(new).status_code == 404
    assert "Version 1, adopted" in read(browser.get(f"{rooms}knowledge/roles/?version=1"))


@pytest.mark.requirement("R-047")
def test_onboarding_is_a_checklist_and_late_after_thirty_days(browser: Client, sign_in: SignIn) -> None:
    rooms = begun(browser)
    hospital = Hospital(browser, rooms, sign_in)
    core = a_body(browser, rooms, f"Core {uuid4()}", "CORE")
    late = a_seat(browser, rooms, core, "Lea Late", hospital.partner, **on("starts_on", clock.today() - timedelta(days=31)))
    own = a_seat(browser, rooms, core, "Ned New", hospital.partner, worker_id=hospital.worker.worker_id, follows="")
    said = "has been a member for more than 30 days"
    assert f"Lea Late {said}" in read(browser.get(f"{rooms}knowledge/"))
    assert f"Ned New {said}" not in read(browser.get(f"{rooms}knowledge/"))
    mine = f"{rooms}knowledge/tasks/onboarding/{own.pk}/"
    send(hospital.client, f"{mine}done/MISSION/", note="With the coordinator", **day("on"))  # a member ticks her own
    assert "With the coordinator" in read(browser.get(mine))
    assert hospital.client.get(f"{rooms}knowledge/tasks/onboarding/{late.pk}/done/MISSION/").status_code == 404
    for item in ("MISSION", "STRUCTURE", "WORDS", "AGREEMENTS", "CONFIDENTIALITY", "STIGMA", "NUMBERS", "CONTACTS"):
        send(browser, f"{rooms}knowledge/tasks/onboarding/{late.pk}/done/{item}/", **day("on"))
    assert said not in read(browser.get(f"{rooms}knowledge/"))
    page = read(browser.get(f"{rooms}knowledge/onboarding/"))
    assert "Nobody is late." in page
    assert "1 of 8 done." in page


@pytest.mark.requirement("R-042", "R-212", "R-113", "R-074")
def test_training_is_counted_by_agency_and_level_in_both_directions(browser: Client, sign_in: SignIn) -> None:
    rooms = begun(browser)
    clinic = Hospital(browser, rooms, sign_in, "SUBSTANCE_USE")
    county = a_partner(browser, rooms, f"County {uuid4()}", "CHILD_WELFARE")
    lists = f"{rooms}knowledge/lists/"
    both = {"levels": ["DIRECTOR", "FRONT_LINE"], "hours": "1.5", "link": ""}
    send(browser, f"{lists}courses/new/", title="What child welfare must do", subject="DUTIES", **both)
    send(browser, f"{lists}courses/new/", title="Words that heal", subject="STIGMA", gate="on", **both)
    page = browser.get(f"{lists}taken/new/").content.decode()
    duties = page.split(">What child welfare must do<")[0].rpartition('value="')[2].split('"')[0]
    send(clinic.client, f"{lists}staff/new/", partner=clinic.partner.pk, level="FRONT_LINE", people="10", **day("as_of"))
    assert "Choose one of the answers shown." in refused(
        browser, f"{lists}taken/new/", course=uuid4(), partner=clinic.partner.pk, level="X", people="4", **day("on")
    )
    send(clinic.client, f"{lists}taken/new/", course=duties, partner=clinic.partner.pk, level="FRONT_LINE", people="4", **day("on"))
    page = read(browser.get(f"{rooms}knowledge/training/?subject=DUTIES"))
    assert "40%" in page
    assert "One direction is still missing." in page
    assert f"{county.name}, taught medication and recovery support Not yet" in page
    assert "20%" in read(browser.get(f"{rooms}knowledge/training/"))  # 4 of 10 in one of two trainings
    assert "cl-shares" in browser.get(f"{rooms}knowledge/training/").content.decode()
    own = clinic.client.post(
        f"{lists}taken/new/",
        {"request_key": "x", "version": "0", "course": duties, "partner": county.pk, "level": "FRONT_LINE", "people": "4", **day("on")},
    )
    assert own.status_code == 422  # nobody counts for another partner
    send(clinic.client, f"{rooms}knowledge/talks/reflection/answer/", q1="Our letters say addict.", q2="", q3="We speak up.")
    page = read(browser.get(f"{rooms}knowledge/talks/reflection/"))
    assert "Our letters say addict." in page
    assert clinic.name in page


@pytest.mark.requirement("R-079")
def test_members_answer_eight_guides_and_answers_become_tasks(browser: Client, sign_in: SignIn) -> None:
    rooms = begun(browser)
    hospital = Hospital(browser, rooms, sign_in)
    talks = f"{rooms}knowledge/talks/"
    guides = ("authority", "efforts", "recovery", "medication", "practice", "stigma", "better", "missing")
    for guide in guides:
        assert hospital.client.get(f"{talks}{guide}/answer/").content.decode().count("<textarea") == 3
    send(hospital.client, f"{talks}missing/answer/", q1="Midwives of the valley.", q2="Fathers.", q3="")
    send(hospital.client, f"{talks}missing/answer/", q1="Midwives of both valleys.", q2="Fathers.", q3="")
    send(browser, f"{talks}missing/answer/", q1="The bus company.", q2="", q3="")
    page = read(browser.get(f"{talks}missing/"))
    assert "Midwives of both valleys." in page
    assert "The bus company." in page
    assert hospital.worker.worker.name not in page
    assert Answer.objects.filter(worker_id=hospital.worker.worker_id).count() == 2
    where = send(
        browser, f"{rooms}knowledge/tasks/guide/{pk_of(rooms)}/new/?topic=missing", words="Invite the midwives", partner_id=hospital.partner.pk
    )
    page = read(browser.get(where))
    assert "Invite the midwives" in page
    assert "2 members answered" in read(browser.get(talks))


@pytest.mark.requirement("R-044")
def test_only_who_is_named_learns_that_there_is_a_dispute(browser: Client, sign_in: SignIn, ruth: Membership) -> None:
    rooms = begun(browser)
    hospital, other = Hospital(browser, rooms, sign_in), Hospital(browser, rooms, sign_in)
    core = a_body(browser, rooms, f"Core {uuid4()}", "CORE")
    chair = a_seat(browser, rooms, core, "Cora", hospital.partner, worker_id=hospital.worker.worker_id)
    chair_facts = {"name": "Cora", "partner_id": hospital.partner.pk, "worker_id": hospital.worker.worker_id, "office": "CHAIR", **day("starts_on")}
    send(browser, f"{rooms}seats/{chair.pk}/", **chair_facts, version="1")
    a_seat(browser, rooms, core, "Mel", other.partner, worker_id=other.worker.worker_id)
    at = f"{rooms}knowledge/disputes/"
    told = {"subject": "Who pays for the night shift", "words": "The two of us do not agree.", "partners": [hospital.partner.pk, other.partner.pk]}
    assert "Agree on how you settle disputes first." in refused(hospital.client, f"{at}new/", **told, **day("opened_on"))
    bad = {"steps": "Talk", "neutral": "The ombudsman", "decider": "The oversight committee"}
    assert "with its days after a colon" in refused(browser, f"{at}process/", **bad, **day("adopted_on"))
    send(browser, f"{at}process/", **(bad | {"steps": "Talk with each other: 10\nThe ombudsman listens: 20"}), **day("adopted_on"))
    for client in (browser, hospital.client, other.client):
        page = read(client.get(at))
        assert "Within 20 days" in page
        assert "Decides at last: The oversight committee" in page
    before = {client: read(client.get(at)) for client in (browser, other.client)}
    dispute = send(hospital.client, f"{at}new/", **told, **day("opened_on"))
    assert "Who pays for the night shift" in read(hospital.client.get(at))
    # Not even who runs the collaborative, and not the partner whom it is about, unless named: the same page as of none, and the same 404.
    for client in (browser, other.client):
        assert read(client.get(at)) == before[client]
        assert read(client.get(dispute), 404) == read(client.get(f"{at}{uuid4()}/"), 404)
        for way in ("", "step/", "close/"):
            there, nowhere = (ask(client, f"{one}{way}") for one in (dispute, f"{at}{uuid4()}/"))
            assert (there.status, there.statements) == (404, nowhere.statements)
        assert "night shift" not in read(client.get(f"{rooms}knowledge/"))
    with acting_as(viewer(hospital.worker)):
        row = Dispute.objects.get()
    assert row.hands == [hospital.worker.worker_id]
    send(hospital.client, f"{dispute}step/", step="1", words="We met.", **day("on"))
    send(hospital.client, f"{dispute}close/", outcome="We share the cost.", **day("on"))
    page = read(hospital.client.get(dispute))
    assert "We met." in page
    assert "We share the cost." in page
    assert hospital.client.get(f"{dispute}step/").status_code == 200
    assert "This dispute is closed." in refused(hospital.client, f"{dispute}step/", step="2", words="More.", **day("on"))
    named = send(hospital.client, f"{at}new/", **(told | {"hands": [other.worker.worker_id]}), **day("opened_on"))
    assert other.client.get(named).status_code == 200
    assert browser.get(named).status_code == 404
    assert other.client.get(f"{at}new/").status_code == 404  # a member without an office opens none
