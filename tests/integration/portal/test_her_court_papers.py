"""Papers of a judge on her own page: plain words, nothing that tells of treatment, and only hers."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client
from tests.factories.agencies import a_worker, an_agency
from tests.integration.portal.conftest import World

from careloom.agencies.models import Agency
from careloom.consents.actions import OrderDraft, Recorded, end_order, record_order
from careloom.infra import clock
from careloom.infra.access import acting_as
from careloom.infra.access.models import AccessLog
from careloom.kernel.agency_kinds import AgencyKind
from careloom.portal.words import tells

FINDINGS = ("notice_given", "opportunity_to_respond", "finding_other_ways", "finding_balance", "protective_terms")


@pytest.fixture
def court(db: None) -> Agency:
    return an_agency(kind=AgencyKind.COURT)


def record(world: World, to: Agency, *, key: str = "o1", **changes: object) -> Recorded:
    by = replace(world.coordinator, permissions=frozenset({"PAPERS_KEEP"}))
    draft = OrderDraft(
        identity_id=world.mother, subject_ids=(world.mother,), kind="2.64", court="Pine County Court", issued_on=clock.today(),
        scope=("posc.plan_core",), purposes=("dependency_proceeding",), recipient_ids=(to.pk,), findings=FINDINGS,
        expires_on=clock.today() + timedelta(days=40),
    )  # fmt: skip
    with acting_as(by):
        answer = record_order(by=by, at=clock.now(), draft=replace(draft, **changes), request_key=key)  # type: ignore[arg-type]
    assert isinstance(answer, Recorded)
    return answer


def page(world: World) -> str:
    phone = world.signed_in()
    phone.cookies["django_language"] = "en"
    answer = phone.get("/my/court/")
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_she_reads_who_may_show_what_to_whom_until_when(world: World, court: Agency) -> None:
    record(world, court)
    shown = page(world)
    for told in ("Pine County Court", "What they may show: your plan and visits.", "They may show it to: The court.", "It holds until"):
        assert told in shown


def test_a_paper_that_opens_nothing_says_so_and_a_request_is_no_order(world: World, court: Agency) -> None:
    record(world, court, kind="subpoena", findings=())
    shown = page(world)
    assert "Someone asks for your records" in shown
    assert "It lets no one see anything now." in shown


def test_one_that_ended_stays_with_its_day_and_a_mistake_is_gone(world: World, court: Agency) -> None:
    first, second = record(world, court), record(world, court, key="o2", court="Another Court")
    by = replace(world.coordinator, permissions=frozenset({"PAPERS_KEEP"}))
    with acting_as(by):
        end_order(by=by, at=clock.now(), order_id=first.order.pk, because="VACATED", row_version=1)
        end_order(by=by, at=clock.now(), order_id=second.order.pk, because="MISTAKE", row_version=1)
    shown = page(world)
    assert "It ended on" in shown
    assert "Another Court" not in shown


def test_no_word_on_her_page_tells_of_treatment(world: World, court: Agency) -> None:
    record(world, court, court="Family Treatment Drug Court", scope=("part2.attendance", "posc.plan_part2_segment"))
    shown = page(world)
    main = shown.split("<main")[1].split("</main>")[0]
    assert "A judge" in main
    assert not tells(main)


def test_a_supporter_and_another_mother_read_none_of_it(world: World, court: Agency) -> None:
    assert "No judge made a paper about your records." in page(world)
    record(world, court, identity_id=court.pk, subject_ids=(court.pk,))
    assert "No judge made a paper about your records." in page(world)


def test_her_look_is_logged_and_a_worker_has_no_such_page(world: World, court: Agency) -> None:
    record(world, court)
    page(world)
    with acting_as(world.coordinator):
        assert AccessLog.objects.filter(place="portal:court", identity_id=world.mother).exists()
    client = Client()
    client.force_login(a_worker().worker.user)
    assert client.get("/my/court/").status_code == 302
