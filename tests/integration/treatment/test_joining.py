"""What a treatment record and its neighbors tell each other: the plan's five parts, goals, copies and previews, a plan that another agency keeps."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape
from typing import Any

from tests.factories.agencies import viewer
from tests.factories.plans import a_key
from tests.integration.treatment.conftest import Treated

from careloom.disclosures.content import lines_of
from careloom.health.actions import BirthFacts, put_birth, put_pregnancy
from careloom.infra.access import acting_as
from careloom.kernel.events import ReturnedToUse
from careloom.plans import actions as plans
from careloom.plans.models import Goal, PlanOfSafeCare, Review
from careloom.plans.treating import returned_to_use
from careloom.treatment.codes import Sort
from careloom.treatment.previewing import preview_rows
from careloom.treatment.queries import goal_checks
from careloom.work.models import Obligation


def test_what_the_program_sees_to_is_not_missing_in_the_plan(treated: Treated) -> None:
    dana, path = treated.client(treated.dana), f"/families/{treated.mother}/"
    by = viewer(treated.dana)
    with acting_as(by):
        plans.add_need(by=by, at=treated.at, plan_id=treated.plan.pk, code="RECOVERY_CARE", her_choice="YES", request_key=a_key())
    missing = "Not in this plan yet: medicine; support from family, friends and peers; other help in daily life; testing agreed with her."
    assert missing in unescape(dana.get(path).content.decode())
    treated.write(Sort.COMPONENTS)  # testing: she said no; support: not yet; the rest is seen to
    page = unescape(dana.get(path).content.decode())
    assert "Not in this plan yet: support from family, friends and peers." in page
    assert "Not seen to yet: Support from family, friends and peers." in unescape(treated.page(treated.dana).content.decode())


def a_goal(treated: Treated, **facts: Any) -> Goal:
    by = viewer(treated.dana)
    with acting_as(by):
        made = plans.add_goal(by=by, at=treated.at, plan_id=treated.plan.pk, words="Work again by spring", request_key=a_key(), **facts)
    assert isinstance(made, Goal)
    return made


def test_the_provider_says_whether_a_goal_is_realistic_and_the_plans_team_reads_it_under_her_consent(treated: Treated) -> None:
    goal = a_goal(treated)
    path = f"/treatment/of/{treated.mother}/goals/{goal.pk}/"
    dana = treated.client(treated.dana)
    assert "Not checked yet" in dana.get(f"/treatment/of/{treated.mother}/").content.decode()
    told = {"happened_on": treated.today, "answer": "WITH_CHANGES", "words": "Mornings are for the clinic until May", "request_key": a_key()}
    assert dana.post(path, told | {"words": ""}).status_code == 422
    assert dana.post(path, told).status_code == 302
    treated.open_to(treated.lena, ["part2.treatment_summary"])
    page = unescape(treated.page(treated.lena).content.decode())
    for shown in ("Work again by spring", "Realistic with a change", "Mornings are for the clinic until May"):
        assert shown in page
    reader = viewer(treated.lena)
    with acting_as(reader):
        assert goal_checks(viewer=reader, goal_ids=[goal.pk])[goal.pk].answer == "WITH_CHANGES"
    assert treated.client(treated.lena).get(path).status_code == 404  # who reads it does not say it
    other = viewer(treated.maria)
    with acting_as(other):
        assert goal_checks(viewer=other, goal_ids=[goal.pk]) == {}


def test_a_return_to_use_goes_to_no_plan_that_another_agency_keeps(treated: Treated) -> None:
    bea = viewer(treated.bea)
    mother = treated.a_mother(by=treated.bea)
    with acting_as(bea):
        plan = plans.start_plan(by=bea, at=treated.at, mother_id=mother, pregnancy_id=mother, pack="columbia", request_key=a_key())
        assert isinstance(plan, PlanOfSafeCare)
        owed = set(Obligation.objects.filter(holder_id=treated.harbor.pk).values_list("pk", flat=True))
    returned_to_use(ReturnedToUse(entry_id=mother, holder_id=treated.riverbend.pk, identity_id=mother))
    with acting_as(bea):
        assert not Review.objects.filter(plan_id=plan.pk, kind="AFTER_EVENT").exists()
        assert set(Obligation.objects.filter(holder_id=treated.harbor.pk).values_list("pk", flat=True)) == owed
        plan.refresh_from_db()
        assert plan.status != "UNDER_REVIEW"


def test_a_return_to_use_delivered_twice_is_one_review(treated: Treated) -> None:
    event = ReturnedToUse(entry_id=treated.mother, holder_id=treated.riverbend.pk, identity_id=treated.mother)
    for _ in range(2):
        returned_to_use(event)
    with acting_as(viewer(treated.supervisor)):
        rows = Review.objects.filter(plan_id=treated.plan.pk, kind="AFTER_EVENT")
        assert [(row.why, row.category) for row in rows] == [("RETURN_TO_USE", "posc.plan_part2_segment")]


def test_previews_and_copies_hold_every_entry_that_the_reader_may_see_and_none_that_was_taken_back(treated: Treated) -> None:
    for sort in Sort:
        treated.write(sort)
    own = viewer(treated.supervisor)
    with acting_as(own):
        texts = [row.text for row in preview_rows(viewer=own, identity_ids=[treated.mother])]
        assert len(texts) == len(Sort) + 1  # an episode lies in two tables
        assert sum("SECRET" in text for text in texts) >= len(Sort) - 3
        lines = lines_of(viewer=own, identity_id=treated.mother, holders=[treated.riverbend.pk])
        assert {"part2.medication", "part2.full_record", "part2.drug_screens"} <= {line.record.category for line in lines}
    treated.open_to(treated.lena, ["part2.medication"])
    reader = viewer(treated.lena)
    with acting_as(reader):
        seen = preview_rows(viewer=reader, identity_ids=[treated.mother])
        assert [row.record.category for row in seen] == ["part2.medication"]


def test_a_birth_long_ago_has_no_check_ins_and_a_late_one_only_what_lies_ahead(treated: Treated) -> None:
    client, path = treated.client(treated.dana), f"/treatment/of/{treated.mother}/check-ins/"
    client.post(path, {"born_on": (treated.today - timedelta(days=400)).isoformat()})
    client.post(path, {"born_on": "not a day"})
    with acting_as(viewer(treated.supervisor)):
        owed = Obligation.objects.filter(kind="STRESS_CHECK", family_id=treated.mother)
        assert owed.count() == 0
    for _ in range(2):
        client.post(path, {"born_on": (treated.today - timedelta(days=30)).isoformat()})
    with acting_as(viewer(treated.supervisor)):
        assert owed.count() == 3
    assert treated.client(treated.officer).post(path, {"born_on": treated.today.isoformat()}).status_code == 404


def test_a_form_for_a_medicine_knows_of_a_pregnancy_and_of_its_end(treated: Treated) -> None:
    by, path = viewer(treated.dana), f"/treatment/of/{treated.mother}/medicine/new/"
    with acting_as(by):
        put_pregnancy(by=by, at=treated.at, identity_id=treated.mother, due_on=treated.today + timedelta(days=40), category="posc.plan_core")
    checked = r'name="pregnant"[^>]*checked'
    assert re.search(checked, treated.client(treated.dana).get(path).content.decode())
    infant = treated.an_infant(mother_id=treated.mother, by=treated.dana)
    with acting_as(by):
        put_birth(by=by, at=treated.at, infant_id=infant, mother_id=treated.mother, facts=BirthFacts(born_at=treated.at))
    assert not re.search(checked, treated.client(treated.dana).get(path).content.decode())
