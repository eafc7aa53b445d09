"""Guidance goes down and is acknowledged, proposals go up, pilots go round, each through the screens of who does it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from tests.requirements.changing import House, act, drafted, issued, proposed, running
from tests.requirements.conftest import SignIn, text_of
from tests.requirements.knowing import on, refused
from tests.requirements.test_structure_rows import send

from careloom.changes.models import Guidance, GuidanceVersion, Observation, Pilot, Proposal
from careloom.infra import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def house(sign_in: SignIn) -> House:
    return House(sign_in)


@pytest.mark.requirement("R-006")
def test_guidance_goes_down_and_each_says_that_it_was_read_and_since_when_it_is_done(house: House) -> None:
    now = clock.now()
    with clock.at(now):
        version = drafted(house, house.manager)
        at = house.at(f"guidance/version/{version.pk}/")
        early = clock.today() + timedelta(days=2)
        send(house.manager, f"{at}comments/", version=1, **on("until", early))
        send(house.member, f"{at}comment/", words="Say who asks.")
        to = {"partners": [str(house.partners[3].pk)], "bodies": [str(house.group.pk)]}
        assert house.manager.post(f"{at}issue/", {"request_key": "k", "version": "2", **to}).status_code == 404  # oversight issues
        assert "Comments are still open" in refused(house.chair, f"{at}issue/", **to | {"version": "2"})
    with clock.at(now + timedelta(days=3)):
        house.enter()
        send(house.chair, f"{at}issue/", version=2, **to)
        page = house.page(house.member, f"guidance/{version.guidance_id}/")
        assert "Say who asks." in page
        waits = page.partition("Who has not acknowledged it")[2].partition("Who has acknowledged it")[0]
        assert house.partners[3].name in waits
        assert house.group.name in waits
        mine, theirs = version.addressees.get(partner=house.partners[3]), version.addressees.get(body=house.group)
        assert act(house.member, house.at(f"guidance/to/{theirs.pk}/acknowledge/"), 1).status_code == 404  # nobody says it for another
        assert act(house.member, house.at(f"guidance/to/{mine.pk}/acknowledge/"), 1).status_code == 302
        assert act(house.member, house.at(f"guidance/to/{mine.pk}/acknowledge/"), 1).status_code == 302  # pressed twice
        send(house.lead, house.at(f"guidance/to/{theirs.pk}/applied/"), version=1, how="At each intake.", **on("since", clock.today()))
        page = house.page(house.chair, f"guidance/{version.guidance_id}/")
        assert "Everybody has." in page
        assert "At each intake." in page
        assert "2 of 2 acknowledged, 1 work this way" in house.page(house.chair, "guidance/")
        paper = house.member.get(house.at(f"guidance/{version.guidance_id}/pdf/"))
        assert paper.content.startswith(b"%PDF")
        assert house.stranger.get(house.at(f"guidance/{version.guidance_id}/")).status_code == 404
        assert house.stranger.get(house.at(f"guidance/{version.guidance_id}/pdf/")).status_code == 404


@pytest.mark.requirement("R-006")
def test_the_next_version_replaces_the_one_before_and_who_is_late_shows(house: House) -> None:
    now = clock.now()
    with clock.at(now):
        first = issued(house, now)
    with clock.at(now + timedelta(days=40)):
        house.enter()
        assert "Late" in house.page(house.chair, "guidance/")
        guidance = house.at(f"guidance/{first.guidance_id}/")
        refused(house.manager, f"{guidance}next/", text="Ask her twice.", changed=" ")
        send(house.manager, f"{guidance}next/", text="Ask her, and ask again.", changed="She may change her mind.")
        second = GuidanceVersion.objects.get(guidance_id=first.guidance_id, number=2)
        send(house.manager, house.at(f"guidance/version/{second.pk}/comments/"), version=1, **on("until", clock.today() + timedelta(days=1)))
        assert "Version 1 stays in force until this one is issued." in house.page(house.member, f"guidance/{first.guidance_id}/")
    with clock.at(now + timedelta(days=42)):
        house.enter()
        send(house.chair, house.at(f"guidance/version/{second.pk}/issue/"), version=2, partners=[str(house.partners[3].pk)])
        page = house.page(house.member, f"guidance/{first.guidance_id}/")
        assert "She may change her mind." in page
        first.refresh_from_db()
        assert first.state == "REPLACED"
        assert first.text.startswith("Ask her first.")
        send(house.member, f"{guidance}feedback/", words="It takes ten minutes longer.")
        item = Guidance.objects.get(pk=first.guidance_id).feedback.get()
        assert act(house.member, house.at(f"feedback/{item.pk}/read/"), 1).status_code == 404
    with clock.at(now + timedelta(days=70)):
        house.enter()
        assert "Feedback from" in house.page(house.chair, "guidance/")
        send(house.chair, house.at(f"feedback/{item.pk}/answer/"), version=1, words="Take the time. We pay for it.")
        assert "Feedback from" not in house.page(house.chair, "guidance/")
        assert "We pay for it." in house.page(house.member, f"guidance/{first.guidance_id}/")
        assert act(house.member, house.at(f"feedback/{item.pk}/close/"), 2).status_code == 302
        send(house.chair, house.at(f"guidance/version/{second.pk}/retire/"), version=3, words="The law says it now.")
        assert "Retired" in house.page(house.member, "guidance/")


@pytest.mark.requirement("R-008")
def test_a_proposal_goes_to_oversight_comes_back_and_takes_effect(house: House) -> None:
    facts = {
        "title": "One release for all",
        "kind": "POLICY",
        "body_id": house.core.pk,
        "now": "Five releases.",
        "new": "One release.",
        "why": "She signs once.",
    }
    page = send(house.manager, house.at("proposals/new/"), marks=["UNIVERSAL_PROTOCOL"], **facts)
    row = Proposal.objects.get(collaborative=house.collaborative)
    at = house.at(f"proposals/{row.pk}/")
    assert page == at
    assert house.lead.get(f"{at}edit/").status_code == 404
    assert act(house.manager, f"{at}propose/", 1).status_code == 302
    assert house.manager.get(f"{at}decide/").status_code == 404  # the core team does not decide its own proposal
    refused(house.chair, f"{at}decide/", to="RETURNED", words="")
    send(house.chair, f"{at}decide/", version=2, to="RETURNED", words="Name the programs under Part 2.")
    send(house.manager, f"{at}edit/", version=3, **facts | {"new": "One release that names each program."})
    assert act(house.manager, f"{at}propose/", 4).status_code == 302
    send(house.chair, f"{at}decide/", version=5, to="APPROVED", words="Yes, from this month.")
    send(house.manager, f"{at}effect/", version=6, **on("effective_on", clock.today()))
    words = house.page(house.member, f"proposals/{row.pk}/")
    assert "In effect" in words
    assert "Name the programs under Part 2." in words
    assert "Yes, from this month." in words
    stages = ["PROPOSED", "RETURNED", "PROPOSED", "APPROVED", "IN_EFFECT"]
    assert list(row.steps.order_by("made_at").values_list("to", flat=True)) == stages
    assert house.stranger.get(at).status_code == 404


@pytest.mark.requirement("R-011")
def test_a_work_group_runs_a_pilot_and_keeps_shares_only(house: House) -> None:
    today = clock.today()
    refused(house.lead, house.at("pilots/new/"), title="No sites", kind="PRACTICE", body_id=house.group.pk)
    row = proposed(house)
    at = house.at(f"pilots/{row.pk}/")
    assert act(house.lead, f"{at}approve/", 1).status_code == 404  # the core team approves
    assert act(house.manager, f"{at}approve/", 1).status_code == 302
    assert act(house.lead, f"{at}start/", 2).status_code == 302
    tried, beside = row.sites.get(name="St. Agnes"), row.sites.get(name="Harbor General")
    send(house.lead, f"{at}month/", site_id=tried.pk, some="33", of="48", note="Two taxis were late.", **on("month", today))
    send(house.lead, f"{at}month/", site_id=beside.pk, some="5", of="9", **on("month", today))
    assert "was written down already" in refused(house.lead, f"{at}month/", site_id=tried.pk, some="30", of="48", **on("month", today))
    assert "not more than the whole" in refused(
        house.lead, f"{at}month/", site_id=tried.pk, some="9", of="4", **on("month", date(today.year - 1, 12, 1))
    )
    kept = dict(Observation.objects.filter(site__pilot=row).values_list("site__name", "value"))
    assert float(kept["St. Agnes"]) == 68.8
    assert kept["Harbor General"] is None
    page = text_of(house.member.get(at))
    assert "<svg" in page
    assert "68.8 (Two taxis were late.)" in page
    assert "under 11 families" in page
    send(house.lead, f"{at}cycle/", plan="Book at noon; we expect fewer missed rides.", **on("starts_on", today))
    assert "A cycle is open" in refused(house.lead, f"{at}evaluate/", version="3", words="It works.")
    cycle = row.cycles.get()
    send(house.lead, house.at(f"pilots/cycles/{cycle.pk}/"), version=1, did="Booked at noon.", studied="Fewer missed.", acts="Go on.")
    send(house.lead, f"{at}evaluate/", version=3, words="A third more families came.")
    assert house.lead.get(f"{at}decide/").status_code == 404
    send(house.manager, f"{at}decide/", version=4, to="ADOPT", lesson="Book before she leaves.", text="Book the ride before discharge.")
    version = GuidanceVersion.objects.get(pilot=row)
    assert version.state == "DRAFT"
    assert version.text == "Book the ride before discharge."
    page = house.page(house.member, f"pilots/{row.pk}/")
    assert "Adopted" in page
    assert "Book before she leaves." in page
    assert house.stranger.get(at).status_code == 404


@pytest.mark.requirement("R-090")
def test_what_did_not_work_is_kept_with_its_lesson(house: House) -> None:
    row = running(house, title="A reminder by letter")
    at = house.at(f"pilots/{row.pk}/")
    send(house.lead, f"{at}month/", site_id=row.sites.get(name="St. Agnes").pk, some="25", of="50", **on("month", clock.today()))
    send(house.lead, f"{at}evaluate/", version=3, words="As many missed the visit as before.")
    refused(house.manager, f"{at}decide/", version="4", to="ABANDON", lesson=" ")
    assert Pilot.objects.get(pk=row.pk).state == "EVALUATED"  # nothing is abandoned without its lesson
    send(house.manager, f"{at}decide/", version=4, to="ABANDON", lesson="Letters come too late. Call instead.")
    page = house.page(house.member, "changes/stories/?worked=0")
    assert "A reminder by letter" in page
    assert "It did not work" in page
    assert "Letters come too late. Call instead." in page
    assert "A reminder by letter" not in house.page(house.member, "changes/stories/?worked=1")
