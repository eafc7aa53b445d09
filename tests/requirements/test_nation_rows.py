"""A plan that a Nation leads: its own name for it, its own words of what it holds dear, and its own people around the family."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from tests.factories.agencies import a_worker, an_agency, viewer
from tests.factories.plans import PlanWorld, a_key
from tests.requirements.conftest import SignIn, family_page, saved, text_of
from tests.requirements.screens import add_to_team, options

from careloom.agencies.models import Membership
from careloom.agencies.roles import Role
from careloom.config import cli
from careloom.infra import packs
from careloom.infra.access import acting_as
from careloom.kernel.agency_kinds import AgencyKind
from careloom.plans.models import PlanOfSafeCare

VALUES = "Each child is a gift, and the whole circle raises her."
PLAN = f"""name: {{en: Healing circle, es: Círculo de sanación}}
values: {{en: "{VALUES}", es: "Cada niña es un regalo, y todo el círculo la cría."}}
status: FICTIONAL
citations: [Eagle Nation Wellness Code (fictional)]
"""
WELLNESS = {
    "TRIBAL": "Tribal worker", "WELLNESS": "Elder or wellness helper", "TRIBAL_TANF": "Tribal TANF coordinator", "TRIBAL_COURT": "Tribal court",
}  # fmt: skip


@pytest.fixture
def nation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, db: None) -> Membership:
    """The Nation's pack as its own administrator writes it, and a worker of the Nation under it."""
    folder = tmp_path / "packs"
    shutil.copytree(packs.packs_folder(), folder)
    shutil.copytree(folder / "columbia", folder / "eagle")
    manifest = folder / "eagle" / "manifest.yaml"
    manifest.write_text(manifest.read_text().replace("name: columbia\n", "name: eagle\n"))
    (folder / "eagle" / "plan.yaml").write_text(PLAN)
    monkeypatch.setattr("careloom.infra.packs.reading.packs_folder", lambda: folder)
    assert cli.main(["pack", "check", str(folder / "eagle")]) == 0
    worker = a_worker(Role.TRIBAL_WORKER, agency=an_agency(kind=AgencyKind.TRIBAL_ICWA, pack="eagle"))
    Membership.objects.filter(pk=worker.pk).update(starts_at=worker.starts_at - timedelta(days=1))
    return worker


@pytest.mark.requirement("R-029")
def test_a_nation_leads_a_plan_under_its_own_name_with_its_own_words_and_people(world: PlanWorld, sign_in: SignIn, nation: Membership) -> None:
    browser = sign_in(nation)
    mother = world.a_mother(by=nation, given_name="Practice")
    start = text_of(browser.get(f"/plans/start/{mother}/"))
    assert VALUES in start
    label = start.split('name="label" value="')[1].split('"')[0]
    assert label == "Healing circle"
    due = (world.today + timedelta(days=140)).isoformat()
    asked = {"due_on": due, "language": "en", "label": label, "wish": "", "lead": str(nation.worker_id), "request_key": a_key()}
    saved(browser.post(f"/plans/start/{mother}/", asked))
    with acting_as(viewer(nation)):
        plan = PlanOfSafeCare.objects.get(identity_id=mother)
    offered = options(text_of(browser.get(f"/plans/{plan.pk}/team/")), "role")
    assert offered.items() >= WELLNESS.items()
    for role in WELLNESS:
        add_to_team(browser, plan, f"Practice {role.title()}", role)
    page = family_page(browser, plan)
    assert "Healing circle, a draft she has not agreed to yet" in page
    assert f"{nation.worker.name}, {nation.agency.short_name}" in page
    assert [words for role, words in WELLNESS.items() if words not in page or f"Practice {role.title()}" not in page] == []
    assert VALUES in text_of(browser.get(f"/plans/{plan.pk}/agree/"))


@pytest.mark.requirement("R-029")
def test_another_jurisdiction_calls_the_plan_by_its_own_name(world: PlanWorld, sign_in: SignIn, nation: Membership) -> None:
    for pack, name in (("columbia", "Family care plan"), ("connecticut", "Family Care Plan"), ("ohio", "Plan of safe care")):
        worker = a_worker(Role.CARE_COORDINATOR, agency=an_agency(kind=AgencyKind.COORDINATION_HUB, pack=pack))
        Membership.objects.filter(pk=worker.pk).update(starts_at=world.at - timedelta(days=1))
        start = text_of(sign_in(worker).get(f"/plans/start/{world.a_mother(by=worker)}/"))
        assert f'name="label" value="{name}"' in start
        assert VALUES not in start
