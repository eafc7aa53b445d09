"""Step 9: the federal three, reconciled with the notifications, small cells hidden. And what left the hospital."""

from __future__ import annotations

import json
from dataclasses import asdict

from django.db import transaction

from careloom.demo.walkthrough.report import hidden
from careloom.demo.walkthrough.walk import RENEE, RUTH, Walk
from careloom.infra import clock
from careloom.infra.access import System, acting_as, system
from careloom.infra.events.outbox import deliver_pending
from careloom.infra.packs import current_pack
from careloom.notifications.actions import receipts_of, run_batch
from careloom.notifications.models import DeidentifiedNotification, Notification
from careloom.outcomes.queries import federal_three, publish, reconcile
from careloom.plans.queries import get_plan

TITLE = "Counts: infants identified, with a plan, with a referral"


def run(walk: Walk) -> None:
    """The night's batch once more, then the numbers."""
    deliver_pending()
    run_batch()
    _what_left(walk)
    pack, year = current_pack(), walk.day(1, hour=4).year
    with walk.acting(RENEE, at=clock.now()) as by:
        told = Notification.objects.seen_by(by).filter(status="SENT")
        infants = sum(len(row.infant_ids) for row in told)
    viewer = system(System.EXTRACT)
    with transaction.atomic(), acting_as(viewer):
        three = federal_three(viewer=viewer, year=year, state=pack.manifest.jurisdiction)
        found = reconcile(viewer=viewer, year=year, state=pack.manifest.jurisdiction, zone=pack.manifest.zone)
    public = publish(three, settings=pack.suppression)
    cells = {name: getattr(public, name).value for name in ("identified", "with_plan", "without_plan", "with_referral", "without_referral")}
    body = {"year": year, "state": pack.manifest.jurisdiction, "exact_for_the_federal_file": asdict(three), "published": cells,
            "reconciled": asdict(found) | {"difference": found.difference, "agrees": found.agrees}}  # fmt: skip
    (walk.out / "counts.json").write_text(json.dumps(body, indent=1) + "\n")
    walk.report.allowed(
        f"identified {three.identified}, with a plan {three.with_plan}, with a referral {three.with_referral}", three.identified == infants > 0
    )
    walk.report.allowed(
        "every identified infant has a plan and a referral, counted without a name", three.with_plan == three.with_referral == infants
    )
    walk.report.allowed("the counts reconcile with the notifications", found.agrees)
    walk.report.refused("a count from 1 to 10 in what is published", all(value is None or value == 0 or value > 10 for value in cells.values()))
    with walk.acting(RUTH, at=clock.now()) as by:
        walk.report.allowed("the state lead reads the counts", federal_three(viewer=by, year=year, state=pack.manifest.jurisdiction) == three)
        walk.report.refused("the state lead opens a family's plan", hidden(lambda: get_plan(viewer=by, plan_id=walk.plan)))


def _what_left(walk: Walk) -> None:
    with walk.acting(RENEE, at=clock.now()):
        row = Notification.objects.get(pk=walk.notification_id)
        rows = DeidentifiedNotification.objects.filter(receipt__in=receipts_of(row))
        left = [
            {
                "receipt": str(r.receipt),
                "year": r.year,
                "state": r.state,
                "answers": r.answers,
                "has_plan": r.has_plan,
                "has_referral": r.has_referral,
            }
            for r in rows
        ]
        answer = row.answer
    body = {"what_the_rules_answered": answer, "what_left_the_hospital": left}
    (walk.out / "notification.json").write_text(json.dumps(body, indent=1, sort_keys=True) + "\n")
    fields = {"receipt", "year", "state", "answers", "has_plan", "has_referral"}
    walk.report.allowed(
        "notification.json: what left the hospital, field by field", len(left) == len(walk.infants) and all(set(r) == fields for r in left)
    )
