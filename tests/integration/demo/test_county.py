"""The practice county: each family has an owner and a next date, the rules hold in it, and loading it again changes nothing."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

from django.db import connections, transaction
from tests.integration.demo.conftest import FAMILIES, Loaded

from careloom.demo.load import ensure_world
from careloom.demo.load.county import load_county
from careloom.infra import clock
from careloom.infra.access import System, acting_as, system
from careloom.messages.models import Appointment
from careloom.notifications.models import DeidentifiedNotification, Notification
from careloom.outcomes.queries import reconcile
from careloom.people.models import FamilyMember
from careloom.plans.models import OPEN_STATES, CareTeamMember, PlanOfSafeCare, Referral
from careloom.work.models import Obligation
from careloom.work.queries import today


def counts() -> dict[str, int]:
    """Rows of each table, as the owner sees them."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename")
        tables = [row[0] for row in cursor.fetchall()]
        found = {}
        for table in tables:
            cursor.execute(f'SELECT count(*) FROM "{table}"')
            found[table] = cursor.fetchone()[0]
    return found


def plans(loaded: Loaded) -> list[tuple[PlanOfSafeCare, int]]:
    """Every open plan with the number of its present leads, as its keeper knows them."""
    rows = []
    for agency in loaded.ground.agencies.values():
        with transaction.atomic(), acting_as(system(System.JOB, holder_id=agency.pk)):
            for plan in PlanOfSafeCare.objects.filter(holder_id=agency.pk, status__in=OPEN_STATES):
                rows.append((plan, CareTeamMember.objects.filter(plan_id=plan.pk, leads=True, ends_at=None).count()))
    return rows


def test_every_open_plan_has_an_owner_and_a_next_date(loaded: Loaded) -> None:
    found = plans(loaded)
    assert len(found) >= FAMILIES - 3
    assert all(plan.lead_worker_id and plan.next_review_on for plan, _ in found)


def test_every_plan_has_exactly_one_lead(loaded: Loaded) -> None:
    assert {leads for _, leads in plans(loaded)} == {1}


def test_nobody_whom_she_marked_do_not_contact_is_seen_by_another_agency(loaded: Loaded) -> None:
    marked = 0
    for agency in loaded.ground.agencies.values():
        with transaction.atomic(), acting_as(system(System.JOB, holder_id=agency.pk)):
            marked += FamilyMember.objects.filter(holder_id=agency.pk, contact="DO_NOT_CONTACT").count()
    assert marked > 0
    for key, member in loaded.ground.members.items():
        viewer = loaded.ground.viewer(key)
        with transaction.atomic(), acting_as(viewer):
            assert not FamilyMember.objects.filter(contact="DO_NOT_CONTACT").exclude(holder_id=member.agency_id).exists()


def test_today_of_the_coordinator_has_each_section(loaded: Loaded) -> None:
    now = clock.now()
    viewer = loaded.ground.viewer("whitlock")
    with transaction.atomic(), acting_as(viewer):
        rows = today(viewer=viewer, at=now).rows
    sections: Counter[str] = Counter()
    for row in rows:
        if row.waiting_on:
            sections["WAITING"] += 1
        elif row.due_at is not None:
            soon = row.due_at <= now + timedelta(days=1)
            sections["LATE" if row.due_at <= now else "TODAY" if soon else "WEEK" if row.due_at <= now + timedelta(days=7) else "LATER"] += 1
    assert {"LATE", "TODAY", "WEEK", "WAITING"} <= set(sections)


def test_her_day_has_visits(loaded: Loaded) -> None:
    day = clock.now().astimezone(clock.zone()).date()
    for key in ("whitlock", "lindqvist"):
        with transaction.atomic(), acting_as(loaded.ground.viewer(key)):
            starts = [row.starts_at.astimezone(clock.zone()).date() for row in Appointment.objects.filter(state="PLANNED")]
        assert day in starts


def test_each_birth_that_the_rules_count_is_counted_once(loaded: Loaded) -> None:
    viewer = system(System.EXTRACT)
    with transaction.atomic(), acting_as(viewer):
        assert DeidentifiedNotification.objects.count() > 0
        assert reconcile(viewer=viewer, year=clock.today().year, state="ZZ", zone="America/New_York").agrees


def test_the_rules_and_not_the_story_decide_the_level(loaded: Loaded) -> None:
    levels = set()
    for key in ("st_agnes", "quillstone"):
        with transaction.atomic(), acting_as(system(System.JOB, holder_id=loaded.ground.agencies[key].pk)):
            rows = list(Notification.objects.filter(holder_id=loaded.ground.agencies[key].pk).exclude(status="DRAFT"))
        assert rows
        assert all(row.status == "SENT" and row.rule and row.told_at for row in rows)
        levels |= {row.answer["level"] for row in rows}
    assert {"L1", "L2", "L4"} <= levels


def test_a_report_reached_child_welfare_and_is_owed_there(loaded: Loaded) -> None:
    viewer = loaded.ground.viewer("ortiz")
    with transaction.atomic(), acting_as(viewer):
        assert Obligation.objects.filter(kind__startswith="RECEIVED_").exists()


def test_referrals_reach_many_ends(loaded: Loaded) -> None:
    states = set()
    for agency in loaded.ground.agencies.values():
        with transaction.atomic(), acting_as(system(System.JOB, holder_id=agency.pk)):
            states |= set(Referral.objects.filter(holder_id=agency.pk).values_list("state", flat=True))
    assert {"COMPLETED", "REQUESTED", "ACCEPTED"} & states
    assert len(states) >= 4


def test_loading_twice_changes_no_row(loaded: Loaded) -> None:
    before = counts()
    lines = ensure_world(say=lambda _: None, families=FAMILIES, alone=True)
    assert counts() == before
    assert any("dana.whitlock@example.org" in line for line in lines)


def test_a_larger_county_adds_only_what_is_missing(loaded: Loaded) -> None:
    said: list[str] = []
    before = counts()["plans_plan"]
    load_county(families=FAMILIES + 1, say=said.append)
    assert before <= counts()["plans_plan"] <= before + 1
    assert said[0] == f"The practice county: family {FAMILIES + 1} of {FAMILIES + 1}."
