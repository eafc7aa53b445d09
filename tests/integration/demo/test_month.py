"""A month of the practice county in which nobody does anything: each family keeps an owner and a next date, and what is late was told above."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from tests.integration.demo.conftest import Loaded

from careloom.following import tasks
from careloom.infra import clock
from careloom.infra.access import System, acting_as, system
from careloom.plans import tasks as plan_tasks
from careloom.plans.models import OPEN_STATES, PlanOfSafeCare
from careloom.plans.referrals import tasks as referral_tasks
from careloom.position.models import Contact
from careloom.work import escalating
from careloom.work.models import LateCount, Obligation

DAYS = 31


def test_every_family_has_an_owner_and_a_next_date_on_every_day_and_nothing_is_late_in_silence(loaded: Loaded) -> None:
    start, seen, late = clock.now(), 0, 0
    with transaction.atomic():
        for day in range(DAYS):
            at = start + timedelta(days=day)
            plan_tasks.run(at=at)
            referral_tasks.run(at=at)
            tasks.run(at=at)
            escalating.run(at=at)
            for agency in loaded.ground.agencies.values():
                with acting_as(system(System.JOB, holder_id=agency.pk)):
                    plans = list(PlanOfSafeCare.objects.filter(holder_id=agency.pk, status__in=OPEN_STATES))
                    lacking = {plan_id for plan_id, gaps in tasks.gaps_by_plan(plans, at=at).items() if gaps}
                    owed = Obligation.objects.filter(holder_id=agency.pk, met_at=None)
                    assert lacking <= set(owed.filter(kind=tasks.KIND, due_at__isnull=False).values_list("about_id", flat=True))
                    for tell in escalating.LADDER:
                        reached = owed.filter(due_at__lte=escalating.due_before(tell=tell, at=at))
                        assert not reached.exclude(escalated_to__in=[tell, escalating.LADDER[-1]]).exists()
                    seen += len(plans)
                    late += owed.exclude(escalated_to="").count()
        assert seen > DAYS * 5
        assert late > 0
        assert LateCount.objects.exists()
        transaction.set_rollback(True)


def test_the_position_has_something_to_open(loaded: Loaded) -> None:
    riverbend = loaded.ground.agencies["riverbend"]
    with transaction.atomic(), acting_as(system(System.JOB, holder_id=riverbend.pk)):
        assert Contact.objects.filter(holder_id=riverbend.pk, entered_on=None).exists()
        assert Contact.objects.filter(holder_id=riverbend.pk, entered_on__isnull=False).exists()
