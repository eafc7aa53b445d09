"""What a birth calls for where it happens, who hears of it, and what the state counts."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from tests.factories.agencies import a_worker, an_agency, viewer
from tests.factories.births import ANSWERED, BornHere, a_birth, a_draft, sent
from tests.factories.plans import PlanWorld, a_key
from tests.requirements.conftest import SignIn, family_page, saved, text_of
from tests.requirements.screens import name_need

from careloom.agencies.models import Agency, Membership
from careloom.agencies.roles import Role
from careloom.config import cli
from careloom.infra import packs
from careloom.infra.access import acting_as
from careloom.infra.clock import now
from careloom.kernel.agency_kinds import AgencyKind
from careloom.notifications import actions
from careloom.people.actions import join
from careloom.plans.counting import recount

TREATED, CANNABIS, FENTANYL = (("BUPRENORPHINE", "YES"),), (("CANNABIS", "NO"),), (("FENTANYL", "NO"),)
UNTREATED = {"in_treatment": "NO"}
CONCERN = UNTREATED | {"safety_concern": "YES", "safety_words": "The baby was left alone at 2 AM."}


@pytest.fixture
def social_worker(db: None) -> Membership:
    return a_worker(Role.HOSPITAL_SOCIAL_WORKER, agency=an_agency(kind=AgencyKind.HOSPITAL, county="Pine", is_covered_entity=True))


@pytest.fixture
def county(db: None) -> Membership:
    return a_worker(Role.SUPERVISOR, agency=an_agency(kind=AgencyKind.CPS_AGENCY, county="Pine"))


@pytest.fixture
def own_packs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the packs in which a state lead may change the rules of her jurisdiction."""
    folder = tmp_path / "packs"
    shutil.copytree(packs.packs_folder(), folder)
    monkeypatch.setattr("careloom.infra.packs.reading.packs_folder", lambda: folder)
    return folder


def panel(browser: Client, born: BornHere, **answers: Any) -> str:
    """What the hospital's screen says that this birth calls for."""
    row = a_draft(born, **(ANSWERED | answers))
    return text_of(browser.get(f"/births/{row.pk}/"))


def told(born: BornHere, **answers: Any) -> int:
    """Send the notification of a birth; how many records it opened at child welfare."""
    done = sent(born, **(ANSWERED | answers))
    return actions.deliver_identified(notification_id=done.notification.pk, holder_id=done.notification.holder_id, at=now())


@pytest.mark.requirement("R-027")
@pytest.mark.parametrize(
    ("exposures", "answers", "records"),
    [(TREATED, {}, 0), (CANNABIS, UNTREATED, 0), (FENTANYL, UNTREATED, 1), (FENTANYL, CONCERN, 2)],
    ids=["in treatment", "community", "not in treatment", "safety concern"],
)
def test_only_the_highest_risk_is_routed_to_child_welfare_and_with_the_reason(
    sign_in: SignIn, social_worker: Membership, county: Membership, exposures: Any, answers: dict[str, str], records: int
) -> None:
    hospital, born = sign_in(social_worker), a_birth(social_worker, exposures=exposures, given_name="Practice")
    page = panel(hospital, born, **answers)
    assert ("The plan would be led by child welfare" in page) is (records > 0)
    assert told(born, **answers) == records
    inbox = text_of(sign_in(county).get("/births/received/"))
    links = re.findall(r'href="(/births/received/[0-9a-f-]{36}/)"', inbox)
    assert len(links) == records
    pages = [text_of(sign_in(county).get(link)) for link in links]
    assert all("Why you may have it" in one for one in pages)
    assert sum("The baby was left alone at 2 AM." in one for one in pages) == max(records - 1, 0)


@pytest.mark.requirement("R-027")
def test_what_routes_a_family_to_child_welfare_is_set_by_the_jurisdiction(
    sign_in: SignIn, social_worker: Membership, county: Membership, own_packs: Path
) -> None:
    rules = own_packs / "columbia" / "rules.yaml"
    before, after = rules.read_text().split("      - id: ZZ-L3\n")
    rules.write_text(
        before + "      - id: ZZ-L3\n" + after.replace("notify: IDENTIFIED", "notify: DEIDENTIFIED", 1).replace("CHILD_WELFARE", "HOSPITAL", 1)
    )
    born = a_birth(social_worker, exposures=FENTANYL)
    page = panel(sign_in(social_worker), born, **UNTREATED)
    assert "Tell the state, without names" in page
    assert "The plan would be led by child welfare" not in page
    assert told(born, **UNTREATED) == 0
    assert "Nothing on your list." in text_of(sign_in(county).get("/births/received/"))


@pytest.mark.requirement("R-209")
@pytest.mark.parametrize(
    ("pack", "exposures", "answers", "outcome", "rule"),
    [
        ("columbia", TREATED, {}, "Tell the state, without names", "ZZ-L1"),
        ("columbia", CANNABIS, UNTREATED, "Tell the state, without names", "ZZ-L2"),
        ("columbia", FENTANYL, UNTREATED, "Tell child welfare, with names", "ZZ-L3"),
        ("columbia", FENTANYL, CONCERN, "Make a report, and tell child welfare", "ZZ-L4"),
        ("connecticut", FENTANYL, UNTREATED, "Tell the state, without names", "CT-NOTIFICATION"),
        ("connecticut", FENTANYL, CONCERN, "Make a report", "CT-REPORT"),
    ],
)
def test_the_same_birth_takes_the_path_of_its_need_and_of_its_jurisdiction(
    sign_in: SignIn, db: None, pack: str, exposures: Any, answers: dict[str, str], outcome: str, rule: str
) -> None:
    hospital = an_agency(kind=AgencyKind.HOSPITAL, county="Pine", is_covered_entity=True)
    Agency.objects.filter(pk=hospital.pk).update(pack=pack)
    hospital.refresh_from_db()
    worker = a_worker(Role.HOSPITAL_SOCIAL_WORKER, agency=hospital)
    page = panel(sign_in(worker), a_birth(worker, exposures=exposures), **answers)
    assert outcome in page
    assert f"rule {rule}," in page


@pytest.mark.requirement("R-209")
def test_a_state_lead_changes_her_rules_as_data_and_is_told_of_a_mistake(
    sign_in: SignIn, social_worker: Membership, own_packs: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rules = own_packs / "columbia" / "rules.yaml"
    text = rules.read_text()
    rules.write_text(text.replace("id: ZZ-L2", "id: OUR-COMMUNITY-PATH"))
    assert cli.main(["pack", "check", str(own_packs / "columbia")]) == 0
    assert "columbia: 0 errors" in capsys.readouterr().out
    page = panel(sign_in(social_worker), a_birth(social_worker, exposures=CANNABIS), **UNTREATED)
    assert "rule OUR-COMMUNITY-PATH," in page
    rules.write_text(text.replace("level: L3", "level: L33"))
    assert cli.main(["pack", "check", str(own_packs / "columbia")]) == 1
    said = capsys.readouterr().out
    assert "columbia: 1 error" in said
    assert "L33" in said


@pytest.mark.requirement("R-151")
@pytest.mark.parametrize(
    ("exposures", "answers", "outcome"),
    [
        ((("ALCOHOL", "NO"),), UNTREATED, "Tell the state, without names"),
        ((("PRESCRIPTION_OPIOID", "YES"),), UNTREATED, "Tell the state, without names"),
        ((("PRESCRIPTION_OPIOID", "YES"),), UNTREATED | {"withdrawal": "OBSERVED"}, "Tell the state, without names"),
        ((("FENTANYL", "NO"),), UNTREATED, "Tell child welfare, with names"),
        ((("FENTANYL", "NO"),), UNTREATED | {"withdrawal": "TREATED"}, "Tell child welfare, with names"),
        ((("FENTANYL", "NO"),), CONCERN, "Make a report, and tell child welfare"),
        ((), {"withdrawal": "OBSERVED"}, "Tell the state, without names"),
        ((), {}, "Nothing to send"),
    ],
    ids=["legal", "prescribed", "prescribed with withdrawal", "illegal", "illegal with withdrawal", "report", "withdrawal alone", "none"],
)
def test_legal_illegal_and_prescribed_exposure_and_withdrawal_each_get_their_answer(
    sign_in: SignIn, social_worker: Membership, exposures: Any, answers: dict[str, str], outcome: str
) -> None:
    page = panel(sign_in(social_worker), a_birth(social_worker, exposures=exposures), **answers)
    assert f">{outcome}<" in page


@pytest.mark.requirement("R-143")
def test_a_plan_opens_nothing_at_child_welfare_and_every_page_keeps_the_two_apart(
    world: PlanWorld, sign_in: SignIn, social_worker: Membership, county: Membership
) -> None:
    dana, theirs = sign_in(world.dana), sign_in(county)
    plan = world.a_plan()
    assert "Starting it opens no child-welfare case." in text_of(dana.get(f"/plans/start/{plan.identity_id}/"))
    saved(dana.post(f"/plans/{plan.pk}/strengths/new/", {"text": "She asks early", "request_key": a_key()}))
    name_need(dana, plan, "HOUSING")
    assert "A plan of safe care opens no child-welfare case." in text_of(dana.get(f"/plans/{plan.pk}/agree/"))
    saved(dana.post(f"/plans/{plan.pk}/agree/", {"method": "SCREEN", "request_key": a_key()}))
    assert "Nothing on your list." in text_of(theirs.get("/births/received/"))
    for path in ("/families/", "/today/"):
        assert str(plan.identity_id) not in text_of(theirs.get(path))
    assert theirs.get(f"/families/{plan.identity_id}/").status_code == 404
    assert told(a_birth(social_worker, exposures=FENTANYL), **UNTREATED) == 1
    [link] = re.findall(r'href="(/births/received/[0-9a-f-]{36}/)"', text_of(theirs.get("/births/received/")))
    assert "A plan of safe care is a separate paper and opens no case." in text_of(theirs.get(link))
    lead = a_worker(Role.STATE_LEAD, agency=an_agency(kind=AgencyKind.STATE_OVERSIGHT))
    numbers = text_of(sign_in(lead).get("/numbers/federal-three/")).split("<main")[1].split("</main>")[0]
    assert "With a plan" in numbers
    assert re.search(r"\bcases?\b", numbers) is None


def exact(lead: Client, year: int) -> list[int]:
    """The three counts for the federal file, as the page of the state lead shows them."""
    page = text_of(lead.get("/numbers/federal-three/", {"year": str(year)}))
    rows = dict(re.findall(r'<th scope="row">([^<]+)</th>(.*?)</tr>', page, re.S))
    return [int(re.findall(r"<td>([\d,]+)</td>", rows[title])[0]) for title in ("Infants identified", "With a plan", "With a referral")]


@pytest.mark.requirement("R-099")
def test_the_state_counts_infants_plans_and_referrals_also_when_the_referral_is_for_the_mother_alone(world: PlanWorld, sign_in: SignIn) -> None:
    lead = sign_in(a_worker(Role.STATE_LEAD, agency=an_agency(kind=AgencyKind.STATE_OVERSIGHT)))
    born, dana = a_birth(world.maria, at=world.at), sign_in(world.dana)
    year = sent(born, at=world.at).notification.sent_at.year
    actions.run_batch()
    assert exact(lead, year) == [1, 0, 0]
    plan, maria = world.a_plan(agreed=True), viewer(world.maria)
    with acting_as(maria):
        join(by=maria, at=world.at, keep=plan.identity_id, gone=born.mother_id, because="HER_CODE")
    world.share(plan, to=world.maria)
    name_need(dana, plan, "DENTAL")
    recount(identity_id=plan.identity_id)
    actions.run_batch()
    assert exact(lead, year) == [1, 1, 0]
    need = re.search(r"/plans/needs/([0-9a-f-]+)/", family_page(dana, plan))
    assert need
    asked = {
        "organization": "Orchard Dental", "kind": "LOGGED", "household": [str(plan.identity_id)], "note": "", "place": "", "frequency": "",
        "length": "", "method": "", "funding": "", "request_key": a_key(),
    }  # fmt: skip
    saved(dana.post(f"/plans/referrals/new/{need[1]}/", asked))
    recount(identity_id=plan.identity_id)
    actions.run_batch()
    assert exact(lead, year) == [1, 1, 1]
