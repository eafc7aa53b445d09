"""What a plan holds section by section, written, owned and signed together, agreed to, and copied: on the screens of its actors."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from tests.factories.agencies import viewer
from tests.factories.plans import PlanWorld, a_key
from tests.requirements.conftest import SignIn, family_page, saved, text_of
from tests.requirements.screens import name_need

from careloom.infra.access import acting_as
from careloom.plans.models import Need, PlanOfSafeCare


@pytest.fixture
def plan(world: PlanWorld) -> PlanOfSafeCare:
    return world.a_plan(agreed=True)


def write(client: Client, plan: PlanOfSafeCare, section: str, code: str, text: str, row_version: int = 0) -> object:
    return client.post(
        f"/plans/{plan.pk}/sections/{section}/", {"about": "text", "code": code, "text": text, "row_version": row_version}
    )  # fmt: skip


@pytest.mark.requirement("R-136")
def test_the_hospital_plans_the_stay_pain_social_work_child_welfare_and_going_home(world: PlanWorld, sign_in: SignIn, plan: PlanOfSafeCare) -> None:
    """The birth plan is one section, written by the lead and the hospital side by side; a hospital without her consent finds nothing."""
    path = f"/plans/{plan.pk}/sections/B/"
    maria, dana = sign_in(world.maria), sign_in(world.dana)
    assert maria.get(path).status_code == 404
    assert write(maria, plan, "B", "DISCHARGE", "A crib at home first").status_code == 404
    world.share(plan, to=world.maria)
    page = text_of(maria.get(path))
    for asks in (
        "How pain is treated at the birth", "What social work does during the stay", "What child welfare is told and does, and how she hears of it",
        "Going home: what must be ready, and who looks in",
    ):  # fmt: skip
        assert asks in page
    saved(write(dana, plan, "B", "PAIN", "An epidural early, and nothing by mouth without asking"))
    saved(write(maria, plan, "B", "DISCHARGE", "A crib at home, a visit on the third day"))
    saved(write(maria, plan, "B", "SOCIAL_WORK", "Sees her on day one"))
    world.share(plan, to=world.dana, holder=world.st_agnes.pk)
    for reader in (maria, dana):
        page = text_of(reader.get(path))
        assert "An epidural early" in page
        assert "a visit on the third day" in page


def test_what_tells_of_treatment_in_a_birth_plan_lies_where_only_that_consent_reaches(
    world: PlanWorld, sign_in: SignIn, plan: PlanOfSafeCare
) -> None:
    world.share(plan, to=world.maria)
    saved(write(sign_in(world.dana), plan, "B", "PAIN", "She takes methadone each morning"))
    assert "methadone" not in text_of(sign_in(world.maria).get(f"/plans/{plan.pk}/sections/B/")).lower()
    assert "methadone" in text_of(sign_in(world.dana).get(f"/plans/{plan.pk}/sections/B/")).lower()


def test_two_colleagues_who_write_one_answer_see_both_texts_and_neither_is_lost(world: PlanWorld, sign_in: SignIn, plan: PlanOfSafeCare) -> None:
    dana, chief = sign_in(world.dana), sign_in(world.supervisor)
    saved(write(dana, plan, "J", "WORRIES", "Nights alone"))
    saved(write(chief, plan, "J", "WORRIES", "Nights alone, and rent", row_version=1))
    answer = write(dana, plan, "J", "WORRIES", "Nights, but her sister comes", row_version=1)
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Nights alone, and rent" in page
    assert "Nights, but her sister comes" in page
    posted = dict(re.findall(r'<input type="hidden" name="(about|code|text|row_version)" value="([^"]*)"', page))
    saved(dana.post(f"/plans/{plan.pk}/sections/J/", posted))
    page = text_of(dana.get(f"/plans/{plan.pk}/sections/J/"))
    assert "Nights, but her sister comes" in page
    assert "It said “Nights alone, and rent” before" in page


def test_a_section_is_owned_approved_and_signed_by_the_family_and_says_when_it_changed_since(
    world: PlanWorld, sign_in: SignIn, plan: PlanOfSafeCare
) -> None:
    world.share(plan, to=world.bea)
    world.share(plan, to=world.dana, holder=world.harbor.pk)
    dana, bea = sign_in(world.dana), sign_in(world.bea)
    path = f"/plans/{plan.pk}/sections/I/"
    assert bea.post(path, {"about": "sign", "request_key": a_key()}).status_code == 422
    saved(dana.post(path, {"about": "owner", "agency": str(world.harbor.pk), "request_key": a_key()}))
    assert "Open the section" in text_of(bea.get("/today/"))
    checks = {"about": "checks", "state_CRIB": "NEEDED", "note_CRIB": "By Friday", "state_SAFE_SLEEP": "YES"}
    codes = re.findall(r'name="version_([A-Z_]+)"', text_of(bea.get(path)))
    saved(bea.post(path, checks | {f"version_{code}": "0" for code in codes}))
    saved(bea.post(path, {"about": "sign", "request_key": a_key()}))
    assert "Open the section" not in text_of(bea.get("/today/"))
    signed = {"about": "cosign", "name": "Practice Mother", "how": "SPOKEN", "witness": "", "request_key": a_key()}
    assert dana.post(path, signed).status_code == 422
    saved(dana.post(path, signed | {"witness": "Bea"}))
    page = text_of(dana.get(f"/plans/{plan.pk}/sections/"))
    assert "A safe place to sleep" in page
    assert "Needed; By Friday" in page
    assert "signed for the family" in page
    assert "Approved" in text_of(dana.get(path))
    saved(write(dana, plan, "I", "SAFE_HOME", "The back door sticks"))
    assert "Changed since it was approved" in text_of(dana.get(path))


@pytest.mark.requirement("R-120")
def test_she_agrees_to_strengths_and_needs_and_each_planned_service_is_fully_described(world: PlanWorld, sign_in: SignIn) -> None:
    plan = world.a_plan()
    dana, path = sign_in(world.dana), f"/plans/{plan.pk}/agree/"
    agreed = {"method": "SCREEN", "request_key": a_key()}
    answer = dana.post(path, agreed)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "There is no strength yet. Write down what is strong, then agree." in page
    assert "There is no need yet. Name what would help, or write down that she was asked and names none." in page
    saved(dana.post(f"/plans/{plan.pk}/strengths/new/", {"text": "She asks early", "request_key": a_key()}))
    assert "There is no need yet." in dana.post(path, agreed).content.decode()
    name_need(dana, plan, "HOUSING")
    saved(dana.post(path, agreed))
    with acting_as(viewer(world.dana)):
        need = Need.objects.get(plan_id=plan.pk)
    saved(dana.post(f"/plans/referrals/new/{need.pk}/", {"organization": "Hope Street", "kind": "LOGGED", "request_key": a_key()}))
    page = family_page(dana, plan)
    assert "Hope Street: not written yet is what kind of help, how often, for how long, where and how it is given." in page
    link = re.search(r"/plans/referrals/[0-9a-f-]+/how/", page)
    assert link
    described = {
        "service_type": "Family room", "frequency": "Every night", "length": "Three months", "place": "Pine", "method": "VISIT", "row_version": "1",
    }  # fmt: skip
    version = re.search(r'name="row_version" value="(\d+)"', text_of(dana.get(link[0])))
    assert version
    saved(dana.post(link[0], described | {"row_version": version[1]}))
    page = text_of(dana.get(link[0].replace("how/", "")))
    for words in ("Family room", "Every night", "Three months", "Pine", "At their place"):
        assert words in page
    assert "not written yet" not in family_page(dana, plan)
    assert sign_in(world.bea).post(link[0], described).status_code == 404


def test_a_plan_without_a_need_says_that_she_was_asked(world: PlanWorld, sign_in: SignIn) -> None:
    plan = world.a_plan()
    dana = sign_in(world.dana)
    saved(dana.post(f"/plans/{plan.pk}/strengths/new/", {"text": "She asks early", "request_key": a_key()}))
    saved(dana.post(f"/plans/{plan.pk}/agree/", {"method": "SCREEN", "no_needs_because": "All is well at home", "request_key": a_key()}))
    assert "All is well at home" in text_of(dana.get(f"/plans/{plan.pk}/sections/N/"))


@pytest.mark.requirement("R-207")
def test_the_plan_is_on_screen_on_paper_and_flagged_as_copied_to_the_medical_record(world: PlanWorld, sign_in: SignIn, plan: PlanOfSafeCare) -> None:
    maria, path = sign_in(world.maria), f"/plans/{plan.pk}/copies/"
    assert maria.get(path).status_code == 404
    world.share(plan, to=world.maria)
    page = text_of(maria.get(path))
    assert "Not written down yet" in page
    link = re.search(rf"/plans/{plan.pk}/plan.pdf", page)
    assert link
    assert maria.get(link[0]).content.startswith(b"%PDF")
    said = {"kind": "MEDICAL_RECORD", "form": "FILE", "language": "en", "on": world.today.isoformat(), "place": "", "request_key": a_key()}
    assert maria.post(path, said).status_code == 422
    for _ in range(2):
        saved(maria.post(path, said | {"place": "Labor and delivery"}))
    page = text_of(maria.get(path))
    assert "It is there" in page
    assert page.count("A copy in the medical record") == 2  # once in the list, once as a choice of the form
    assert f"Labor and delivery. {world.maria.worker.name}" in page
    assert sign_in(world.bea).post(path, said | {"place": "Elsewhere"}).status_code == 404
