"""Agreements limit what the software discloses, are reviewed in time, and a court's order opens exactly what it lists."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.integration.consents.papers import FINDINGS, QSOA_HUB, PaperScreens, id_in
from tests.requirements.conftest import text_of

from careloom.config import subscriptions
from careloom.consents import reviewing
from careloom.infra import clock
from careloom.work.actions import meet_obligation, open_obligation

PDF = b"%PDF-1.4\n1 0 obj << /Type /Catalog >> endobj\ntrailer << /Root 1 0 R >>\n%%EOF\n"


@pytest.fixture
def screens(db: None) -> PaperScreens:
    subscriptions.join()
    return PaperScreens()


@pytest.mark.requirement("R-102")
def test_a_data_sharing_agreement_says_what_and_with_whom_and_the_software_keeps_to_it(screens: PaperScreens) -> None:
    screens.sign(share=["PLAN"])
    keeper, harbor, page = screens.client(screens.keeper), screens.client(screens.world.bea), f"/families/{screens.mother}/"
    assert "A door I can lock" in text_of(harbor.get(page))
    shown = text_of(screens.put(categories=["posc.referral_status"], go="show"))
    assert "Stops for 1 person: plan of safe care." in shown
    narrow = id_in(screens.put(categories=["posc.referral_status"]))
    assert harbor.get(page).status_code == 404
    says = text_of(keeper.get(f"/consents/register/{narrow}/"))
    for told in (screens.world.harbor.name, "Flows where she consents", "Does not flow, also where she consents"):
        assert told in says
    assert keeper.post(f"/consents/register/{narrow}/end/", {"because": "REPLACED", "row_version": 1}).status_code == 302
    id_in(screens.put())
    assert "A door I can lock" in text_of(harbor.get(page))
    # A wider schedule gives nothing without her: it only limits.
    assert screens.client(screens.world.maria).get(page).status_code == 404


@pytest.mark.requirement("R-103")
def test_agreements_are_reviewed_each_year_and_when_a_partner_joins_and_an_overdue_one_is_flagged_and_closes(screens: PaperScreens) -> None:
    screens.sign()
    keeper, harbor, page = screens.client(screens.keeper), screens.client(screens.world.bea), f"/families/{screens.mother}/"
    begun, due = clock.today() - timedelta(days=400), clock.today() - timedelta(days=2)
    schedule = id_in(screens.put(title="Schedule with home visits", starts_on=begun.isoformat(), review_due_on=due.isoformat()))
    memorandum = id_in(screens.put(kind="MOU", title="Memorandum of the partnership"))
    assert "Review overdue, and closed by it" in text_of(keeper.get("/consents/register/"))
    assert harbor.get(page).status_code == 404
    reviewing.run(at=clock.now(), owe=open_obligation, meet=meet_obligation)
    assert f"/consents/register/{schedule}/" in text_of(keeper.get("/today/"))
    later = (clock.today() + timedelta(days=365)).isoformat()
    assert keeper.post(f"/consents/register/{schedule}/review/", {"next_review_on": later, "row_version": 1}).status_code == 302
    assert text_of(harbor.get(page))
    with clock.at(clock.now() + timedelta(minutes=5)):
        id_in(screens.put(kind="QSOA", recipient=str(screens.hub.agency_id), **QSOA_HUB))
        reviewing.run(at=clock.now(), owe=open_obligation, meet=meet_obligation)
    today = text_of(keeper.get("/today/"))
    assert f"/consents/register/{memorandum}/" in today
    assert "A new partner joined. See whether it should sign." in today


@pytest.mark.requirement("R-107")
def test_the_register_of_court_orders_has_scope_days_and_file_and_opens_exactly_what_each_order_lists(screens: PaperScreens) -> None:
    keeper, page = screens.client(screens.keeper), f"/families/{screens.mother}/"
    lena, last = screens.client(screens.lena), clock.today() + timedelta(days=60)
    to = {"recipients": [str(screens.lena.agency_id)], "purposes": ["dependency_proceeding"], "expires_on": last.isoformat()}
    custody = id_in(screens.record(kind="general_order", matter="CUSTODY", scope=["part2.attendance"], said=["protective_terms"], **to))
    case_plan = id_in(screens.record(kind="general_order", matter="CASE_PLAN", scope=["part2.attendance"], said=[], **to))
    weak = id_in(screens.record(scope=["part2.attendance"], said=FINDINGS[:3], **to))
    for paper in (custody, case_plan, weak):
        assert "Nothing is open because of this paper." in text_of(keeper.get(f"/consents/orders/{paper}/"))
    assert screens.reads(screens.lena, reason="dependency_proceeding") == set()
    scan = SimpleUploadedFile("order.pdf", PDF, content_type="application/pdf")
    order = id_in(screens.record(scope=["part2.attendance"], scan=scan, **to))
    says = text_of(keeper.get(f"/consents/orders/{order}/"))
    for told in (
        screens.lena.agency.name,
        "treatment visits kept",
        "The scan of the paper",
        "The law lets your agency answer. It does not compel it.",
    ):
        assert told in says
    assert keeper.get(f"/consents/orders/{order}/scan/").content == PDF
    listed = text_of(keeper.get(f"/consents/of/{screens.mother}/orders/"))
    assert "Custody or placement" in listed
    assert "The case plan" in listed
    # Its scope, its recipient and its purpose, and nothing beside: not the plan, not another agency, not the usual reason.
    assert screens.reads(screens.lena, reason="dependency_proceeding") == {"part2.attendance"}
    assert screens.reads(screens.lena) == set()
    assert screens.reads(screens.judge) == set()
    assert lena.post("/reason/", {"reason": "dependency_proceeding"}).status_code == 302
    assert "A door I can lock" not in text_of(lena.get(page))
    assert "Opened by a court’s order" in text_of(lena.get(f"/consents/of/{screens.mother}/why/"))
    assert lena.get(f"/consents/orders/{order}/").status_code == 404
    keeper.post(f"/consents/orders/{order}/end/", {"because": "CASE_CLOSED", "row_version": 1})
    assert lena.get(page).status_code == 404
