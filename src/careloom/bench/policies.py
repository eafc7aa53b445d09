"""Row security against the same filter by hand: the same rows, the same role's rights, once through the policy and once written out.

By hand is the query an application would write for itself: the owner role passes row security, and the text carries the grant test.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from uuid import UUID

from django.db import connections, transaction

from careloom.agencies.queries import viewer_of
from careloom.bench.figures import median
from careloom.bench.world import World
from careloom.infra.access import Viewer, acting_as, sql
from careloom.infra.access.scope import SET_SCOPE, scope_parameters

TIMES = 400
LIST = "SELECT id, code, title, her_choice FROM plans_need n WHERE n.plan_id = ANY (%(plans)s) {and_test} ORDER BY n.made_at, n.id LIMIT 50"
ONE = "SELECT id, code, title, her_choice FROM plans_need n WHERE n.id = %(one)s {and_test}"


def compare(world: World) -> Iterator[tuple[str, float, float, int]]:
    """For the keeper's worker and for a recipient by consent: name, median ms with row security, median ms by hand, observations."""
    from careloom.agencies.models import Membership

    members = {m.worker.user.email: m for m in Membership.objects.select_related("worker__user", "agency")}
    # Both sides sent in the same way: planned once, then run.
    connections["owner"].settings_dict["OPTIONS"] |= {
        name: value for name, value in connections["default"].settings_dict["OPTIONS"].items() if name in {"server_side_binding", "prepare_threshold"}
    }
    connections["owner"].close()
    readers = {"own": viewer_of(members[world.email]), "granted": viewer_of(members[world.hospital_email])}
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT md5('plan' || i)::uuid FROM generate_series(1, 10) i")
        plans = [row[0] for row in cursor.fetchall()]
        cursor.execute("SELECT md5('need2-3')::uuid")
        (one,) = cursor.fetchone()
    for who, viewer in readers.items():
        for kind, words in (("list50", LIST), ("one", ONE)):
            on, off = _both(words, viewer=viewer, plans=plans, one=one)
            yield f"{kind}_{who}", on, off, TIMES


def _both(words: str, *, viewer: Viewer, plans: list[UUID], one: UUID) -> tuple[float, float]:
    values = {"plans": plans, "one": one}
    test = f"AND ({sql.OWN.format(t='n')} OR {sql.GRANTED.format(t='n')}) AND {sql.MINIMUM.format(t='n')}"
    through = words.format(and_test="").replace("%%", "%")
    by_hand = words.format(and_test=test)
    # Taken in turns, so that whatever else the machine does falls on both alike.
    on: list[float] = []
    off: list[float] = []
    for _ in range(TIMES):
        on.append(_timed("default", through, values, viewer))
        off.append(_timed("owner", by_hand, values, viewer))
    return median(on), median(off)


def _timed(alias: str, words: str, values: dict[str, object], viewer: Viewer) -> float:
    with acting_as(viewer), transaction.atomic(using=alias), connections[alias].cursor() as cursor:
        if alias == "owner":
            cursor.execute(SET_SCOPE, scope_parameters())
        cursor.execute("SELECT 1")  # The application's scope is set with its first statement, and is not what is measured.
        began = time.perf_counter()
        cursor.execute(words, values)
        cursor.fetchall()
        return (time.perf_counter() - began) * 1000
