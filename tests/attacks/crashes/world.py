"""Makes what the attack of crashes writes about: a family with a plan and a running meeting for each writer, and sessions of two workers.

Processes of their own, beside a database that runs:
    python -m tests.attacks.crashes.world HOME HOW-MANY   prints one line of JSON
    python -m tests.attacks.crashes.world HOME deliver    hands out what waits, as the next minute of the job worker does
"""

from __future__ import annotations

import json
import os
import sys
from typing import Any


def main(home: str, what: str) -> None:
    """Make the world of `home` and print where each writer finds her forms, or deliver."""
    os.environ |= {"CARELOOM_HOME": home, "DJANGO_SETTINGS_MODULE": "careloom.config.settings"}
    import django

    django.setup()
    if what == "deliver":
        from careloom.infra.events.outbox import deliver_pending

        deliver_pending()
        return
    print(json.dumps(desks(int(what))))


def desks(number: int) -> list[dict[str, str]]:
    """Make the world and so many desks in it: where a writer finds her forms, and her sessions."""
    from django.db import transaction
    from tests.factories.plans import PlanWorld

    with transaction.atomic():
        world = PlanWorld()
        for member in (world.dana, world.maria):
            _set_up(member)
        return [_desk(world) for _ in range(number)]


def _set_up(member: Any) -> None:
    """In a world for real use a sign-in has a second step."""
    from allauth.mfa.models import Authenticator

    Authenticator.objects.create(user=member.worker.user, type=Authenticator.Type.TOTP, data={})


def _desk(world: Any) -> dict[str, str]:
    from tests.factories.agencies import viewer
    from tests.factories.plans import a_key

    from careloom.infra.access import acting_as
    from careloom.plans.actions.meetings import begin_meeting
    from careloom.plans.actions.needs import add_need

    plan, by = world.a_plan(agreed=True), viewer(world.dana)
    with acting_as(by):
        need = add_need(by=by, at=world.at, plan_id=plan.pk, code="HOUSING", her_choice="YES", request_key=a_key())
        meeting = begin_meeting(by=by, at=world.at, plan_id=plan.pk, agency_ids=[], her_present=True, people=[], request_key=a_key())
    return {
        "plan": str(plan.pk), "mother": str(plan.identity_id), "need": str(need.pk), "meeting": str(meeting.pk),
        "coordinator": _session(world.dana), "nurse": _session(world.maria),
    }  # fmt: skip


def _session(member: Any) -> str:
    from django.conf import settings
    from django.test import Client

    client = Client()
    client.force_login(member.worker.user, backend="django.contrib.auth.backends.ModelBackend")
    return str(client.cookies[settings.SESSION_COOKIE_NAME].value)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
