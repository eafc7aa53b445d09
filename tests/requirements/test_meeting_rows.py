"""Family meetings on a shared screen, local templates, and two plans made one: on the screens of their actors."""

from __future__ import annotations

import re
from io import BytesIO
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image
from tests.factories.agencies import a_worker, an_agency, viewer
from tests.factories.plans import PlanWorld, a_key
from tests.requirements.conftest import SignIn, family_page, saved, text_of
from tests.requirements.screens import name_goal, name_need

from careloom.agencies.roles import Role
from careloom.infra.access import acting_as
from careloom.kernel.agency_kinds import AgencyKind
from careloom.plans import actions
from careloom.plans.models import Meeting, MeetingNote, Need, PlanMerge, PlanOfSafeCare, PlanTemplate, PlanVersion, SectionText


@pytest.fixture
def plan(world: PlanWorld) -> PlanOfSafeCare:
    return world.a_plan(agreed=True)


def write(client: Client, plan: PlanOfSafeCare, section: str, code: str, text: str, row_version: int = 0) -> object:
    return client.post(
        f"/plans/{plan.pk}/sections/{section}/", {"about": "text", "code": code, "text": text, "row_version": row_version}
    )  # fmt: skip


def a_picture() -> SimpleUploadedFile:
    out = BytesIO()
    Image.new("RGB", (120, 40), "white").save(out, format="PNG")
    return SimpleUploadedFile("drawn.png", out.getvalue(), content_type="image/png")


def begin(client: Client, plan: PlanOfSafeCare, *agencies: UUID, **more: str) -> str:
    facts = {"her_present": "on", "agency_ids": [str(pk) for pk in agencies], "people": "Elena\nLuis", "she_agrees": "on", "request_key": a_key()}
    answer = client.post(f"/plans/{plan.pk}/meetings/", facts | more)
    saved(answer)
    return str(answer.url)


def test_a_meeting_shows_what_everybody_present_may_see_and_its_decisions_become_part_of_the_plan(
    world: PlanWorld, sign_in: SignIn, plan: PlanOfSafeCare
) -> None:
    dana = sign_in(world.dana)
    world.share(plan, to=world.bea)
    for code in ("HOUSING", "PEER"):
        name_need(dana, plan, code, title=f"Want {code}")
    name_goal(dana, plan, "A door I can lock")
    room = begin(dana, plan, world.harbor.pk)
    screens = "".join(text_of(dana.get(f"{room}?step={step}")) for step in ("changed", "wants", "agreed", "sign"))
    assert "Want HOUSING" in screens
    assert "Want PEER" not in screens  # Harbor may not see a recovery need, so nobody at this table does
    assert "A door I can lock" in screens
    assert "Elena" in screens
    line = {"about": "minute", "words": "Put them on the Hope Street list", "kind": "AGREED", "who": "Dana", "request_key": a_key()}
    saved(dana.post(f"{room}?step=agreed", line))
    saved(sign_in(world.bea).post(f"{room}?step=agreed", line | {"words": "A car seat by summer", "kind": "LATER", "request_key": a_key()}))
    with acting_as(viewer(world.dana)):
        row = MeetingNote.objects.get(plan_id=plan.pk, kind="AGREED")
        meeting = Meeting.objects.get(plan_id=plan.pk)
    saved(dana.post(room, {"about": "true", "note_id": str(row.pk), "becomes": "GOAL"}))
    assert "Put them on the Hope Street list" in family_page(dana, plan)
    saved(dana.post(room, {"about": "sign", "name": "Practice Mother", "hers": "on", "request_key": a_key(), "picture": a_picture()}))
    page = text_of(dana.get(f"{room}?step=sign"))
    drawn = re.search(r'<img src="([^"]+)"', page)
    assert drawn
    picture = dana.get(drawn[1])
    assert (picture.status_code, picture["Content-Type"], picture["Cache-Control"]) == (200, "image/png", "no-store")
    for _ in range(2):
        saved(dana.post(room, {"about": "end"}))
    minutes = text_of(dana.get(f"{room}minutes/"))
    for words in ("Put them on the Hope Street list", "Written at the meeting:", "The minutes are part of version", "Practice Mother"):
        assert words in minutes
    with acting_as(viewer(world.dana)):
        assert PlanVersion.objects.filter(plan_id=plan.pk, why="MEETING").count() == 1
        meeting.refresh_from_db()
    assert meeting.made_version
    assert dana.get(room).status_code == 302


def test_a_table_without_harbor_sees_more_and_nobody_sits_there_whom_she_has_not_let_in(
    world: PlanWorld, sign_in: SignIn, plan: PlanOfSafeCare
) -> None:
    dana = sign_in(world.dana)
    name_need(dana, plan, "PEER", title="Want PEER")
    room = begin(dana, plan)
    assert "Want PEER" in text_of(dana.get(f"{room}?step=wants"))
    with acting_as(viewer(world.dana)):
        refused = actions.begin_meeting(
            by=viewer(world.dana), at=world.at, plan_id=plan.pk, agency_ids=[world.harbor.pk], her_present=True, people=[], request_key=a_key()
        )  # fmt: skip
    assert refused == actions.Refused(reasons=(actions.Reason.CANNOT_SEE_PLAN,))
    bea = sign_in(world.bea)
    for path in (f"/plans/{plan.pk}/meetings/", room, f"{room}minutes/"):
        assert bea.get(path).status_code == 404
    facts = {"her_present": "on", "people": "", "request_key": a_key()}
    answer = dana.post(f"/plans/{plan.pk}/meetings/", facts)
    assert answer.status_code == 422
    assert "Ask her first." in answer.content.decode()


@pytest.mark.requirement("R-028")
def test_a_local_template_is_published_adopted_forked_compared_and_shows_who_uses_which_version(world: PlanWorld, sign_in: SignIn) -> None:
    hub = an_agency(kind=AgencyKind.COORDINATION_HUB)
    lead = sign_in(a_worker(Role.PARTNERSHIP_COORDINATOR, agency=hub))
    admin = sign_in(a_worker(Role.AGENCY_ADMIN, agency=world.harbor))
    supervisor, dana = sign_in(world.supervisor), sign_in(world.dana)
    saved(lead.post("/plans/templates/", {"name": "Pine plan", "stage": "BOTH", "request_key": a_key()}))
    template = PlanTemplate.objects.get(agency_id=hub.pk)
    path = f"/plans/templates/{template.pk}/"
    assert dana.get(path).status_code == 404  # a draft is its author's alone
    assert dana.post("/plans/templates/", {"name": "Ours", "stage": "BOTH", "request_key": a_key()}).status_code == 404

    def edited(client: Client, where: str, **changes: str) -> None:
        page = text_of(client.get(f"{where}edit/"))
        fields = dict(re.findall(r'<input[^>]*name="((?:place|en|es|guidance)_[A-N]|row_version)"[^>]*value="([^"]*)"', page))
        fields |= {
            name: value for value, name in re.findall(r'<input[^>]*value="([^"]*)"[^>]*name="((?:place|en|es|guidance)_[A-N]|row_version)"', page)
        }
        saved(client.post(f"{where}edit/", fields | changes))

    edited(lead, path, en_J="What carries us", questions_J="Who sings to the baby? | ¿Quién le canta?", place_J="1", place_A="99")
    saved(lead.post(path, {"about": "publish", "what_changed": "Strengths come first"}))
    version = template.versions.get()
    assert dana.post(path, {"about": "adopt", "version": str(version.pk)}).status_code == 302
    assert "uses it" not in text_of(dana.get(path))  # a coordinator does not decide for her agency
    saved(supervisor.post(path, {"about": "adopt", "version": str(version.pk)}))
    page = text_of(lead.get(path))
    assert f"{world.riverbend.name_outside} uses it" in page
    plan = world.a_plan()
    sections = text_of(dana.get(f"/plans/{plan.pk}/sections/"))
    assert "What carries us" in sections
    assert sections.index("What carries us") < sections.index("Needs and services")
    assert "Who sings to the baby?" in text_of(dana.get(f"/plans/{plan.pk}/sections/J/"))
    saved(admin.post(path, {"about": "fork", "version": str(version.pk), "request_key": a_key()}))
    fork = PlanTemplate.objects.get(agency_id=world.harbor.pk)
    theirs = f"/plans/templates/{fork.pk}/"
    assert f"Forked from {template.name}" in text_of(admin.get(theirs))
    edited(admin, theirs, en_J="Our roots", place_J="1")
    saved(admin.post(theirs, {"about": "publish", "what_changed": "Harbor words"}))
    side = text_of(lead.get(f"/plans/templates/compare/?left={version.pk}&right={fork.versions.get().pk}"))
    assert "What carries us" in side
    assert "Our roots" in side
    assert "One section differs." in side
    saved(supervisor.post(path, {"about": "stop", "version": str(version.pk)}))
    assert "uses it" not in text_of(lead.get(path))


def test_two_plans_of_one_pregnancy_become_one_and_two_again_with_the_same_rows(world: PlanWorld, sign_in: SignIn, plan: PlanOfSafeCare) -> None:
    other = world.a_plan(mother_id=plan.identity_id)
    dana = sign_in(world.dana)
    name_need(dana, other, "HOUSING", title="A home for us")
    saved(write(dana, other, "J", "WORRIES", "Nights"))
    path = f"/plans/{other.pk}/end/"
    end = {"what": "MERGE", "kept": str(plan.pk), "reason": "Two workers began one each", "request_key": a_key()}
    for _ in range(2):
        answer = dana.post(path, end)
    with acting_as(viewer(world.dana)):
        other.refresh_from_db()
        assert (other.status, other.merged_into_id) == ("MERGED", plan.pk)
        assert {row.title for row in Need.objects.filter(plan_id=plan.pk)} == {"A home for us"}
        assert SectionText.objects.get(plan_id=plan.pk).text == "Nights"
        assert PlanMerge.objects.count() == 1
    assert answer.status_code in (302, 422)
    assert sign_in(world.bea).post(path, end).status_code == 404
    saved(dana.post(path, {"what": "UNDO", "reason": "They were two after all", "request_key": a_key()}))
    with acting_as(viewer(world.dana)):
        other.refresh_from_db()
        assert other.status == "DRAFT"
        assert {row.title for row in Need.objects.filter(plan_id=other.pk)} == {"A home for us"}
        assert not Need.objects.filter(plan_id=plan.pk).exists()
    saved(dana.post(path, {"what": "DISCARD", "reason": "Nobody went on with it", "request_key": a_key()}))
    assert dana.post(f"/plans/{plan.pk}/end/", {"what": "DISCARD", "reason": "x", "request_key": a_key()}).status_code == 422
    saved(dana.post(f"/plans/{plan.pk}/end/", {"what": "VOID", "reason": "Made for the wrong person", "request_key": a_key()}))
    with acting_as(viewer(world.dana)):
        states = {row.pk: (row.status, row.close_override) for row in PlanOfSafeCare.objects.filter(pk__in=[plan.pk, other.pk])}
    assert states == {plan.pk: ("VOID", "Made for the wrong person"), other.pk: ("DISCARDED", "Nobody went on with it")}
