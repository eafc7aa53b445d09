"""Drafts of notifications for the measured hospital, ready to be answered and sent by form."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import connections

from careloom.agencies.models import Membership
from careloom.bench.fill import fill
from careloom.bench.world import World
from careloom.infra.access.models import Caseload
from careloom.notifications.models import Notification

ANSWERS = {
    "version": "1",
    "form_key": "measured",
    "as_prescribed": "YES",
    "in_treatment": "YES",
    "safety_concern": "NO",
    "plan_status": "WANTS_ONE",
    "told": "IN_HER_LANGUAGE",
    "go": "send",
}
FACTS = """'{"exposures": [{"substance": "BUPRENORPHINE", "prescribed": "YES", "as_prescribed": "UNSURE", "known_from": ["PRESCRIBER"]}]}'::jsonb"""


def drafts(world: World, *, count: int) -> Iterator[tuple[str, dict[str, str]]]:
    """`count` drafts about the world's births: where to post each, and what."""
    member = Membership.objects.select_related("agency").get(worker__user__email=world.hospital_email)
    family = f"(SELECT n, 1 + n % {world.families} AS i FROM generate_series(1, {count}) n) d"
    holder, worker = f"'{member.agency_id}'::uuid", f"'{member.worker_id}'::uuid"
    fill(
        Caseload, source=f"generate_series(1, {min(count + 1, world.families)}) i, unnest(ARRAY['m', 'b']) p", holder_id=holder,
        worker_id=worker, identity_id="md5(p || i)::uuid", starts_at="now() - interval '1 day'", ends_at="'9999-12-31'",
    )  # fmt: skip
    fill(
        Notification, source=family, id="md5('draft' || n)::uuid", holder_id=holder, identity_id="md5('m' || i)::uuid",
        category="'notif.capta_identified'", provenance="'originating'", infant_ids="ARRAY[md5('b' || i)::uuid]",
        birth_ids=f"ARRAY(SELECT b.id FROM health_birth b WHERE b.source_id = 'b' || i AND b.holder_id = {holder})",
        facts=FACTS, pack="'columbia'", started_at="now() - interval '1 hour'", started_by=worker, request_key="'draft' || n",
    )  # fmt: skip
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT md5('draft' || n)::uuid FROM generate_series(1, %s) n", [count])
        ids = [row[0] for row in cursor.fetchall()]
    for draft in ids:
        yield f"/births/{draft}/", dict(ANSWERS)
