"""The cascade of a county, counted from the rows: how far families and needs came, and why the others did not (synthetic-county, part 5)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connections

FAMILIES = """SELECT count(*),
    count(*) FILTER (WHERE EXISTS (SELECT 1 FROM plans_plan p WHERE p.identity_id = n.identity_id AND p.status <> 'VOID')),
    count(*) FILTER (WHERE EXISTS (SELECT 1 FROM plans_plan p WHERE p.identity_id = n.identity_id AND p.status <> 'VOID' AND p.agreed_at IS NOT NULL))
FROM (SELECT DISTINCT identity_id FROM notifications_notification WHERE status = 'SENT') n"""
# One line for each need of an agreed plan, with the referral that came farthest.
NEEDS = """SELECT n.her_choice, n.existing_service <> '', n.result, n.result_reason, r.state, r.reason, r.requested_at IS NOT NULL, r.got_help, r.seen
FROM plans_need n JOIN plans_plan p ON p.id = n.plan_id AND p.agreed_at IS NOT NULL
LEFT JOIN LATERAL (
    SELECT f.state, f.reason, f.requested_at, f.got_help,
        (SELECT array_agg(e.state) FROM plans_referral_event e WHERE e.referral_id = f.id) AS seen
    FROM plans_referral f WHERE f.need_id = n.id ORDER BY (f.outcome <> '') DESC, f.made_at DESC LIMIT 1
) r ON true"""
TAKEN = frozenset({"ACCEPTED", "WAITLISTED", "SCHEDULED", "NO_SHOW", "ATTENDED", "COMPLETED"})
STARTED = frozenset({"SCHEDULED", "NO_SHOW", "ATTENDED", "COMPLETED"})
KEPT = frozenset({"ATTENDED", "COMPLETED"})


@dataclass(frozen=True, kw_only=True)
class Step:
    """How many came to a point of the line, and why those of the point before did not."""

    name: str
    count: int
    lost: dict[str, int]


def cascade() -> list[Step]:
    """Notified, plan, agreed (families); named, wanted, referred, accepted, started, kept, goal met (needs)."""
    notified, planned, agreed = next(_rows(FAMILIES))
    steps = [
        Step(name="Families notified", count=notified, lost={}),
        Step(name="  with a plan", count=planned, lost={"NO_PLAN_WISHED_OR_OFFERED": notified - planned}),
        Step(name="  with a plan she agreed to", count=agreed, lost={"NOT_AGREED_YET": planned - agreed}),
    ]
    counts: Counter[str] = Counter()
    lost: dict[str, Counter[str]] = {name: Counter() for name in ("wanted", "referred", "accepted", "started", "kept", "met")}
    for row in _rows(NEEDS):
        _walk(row, counts, lost)
    order = ("named", "wanted", "referred", "accepted", "started", "kept", "met")
    words = {"named": "Needs named", "wanted": "  wanted, without care for it yet", "referred": "  referred", "accepted": "  accepted",
             "started": "  a first visit planned", "kept": "  a visit kept", "met": "  met, or she says it helped"}  # fmt: skip
    steps += [Step(name=words[name], count=counts[name], lost={k: v for k, v in lost.get(name, {}).items() if v}) for name in order]
    return steps


def _walk(row: tuple[Any, ...], counts: Counter[str], lost: dict[str, Counter[str]]) -> None:
    choice, has_service, result, _, state, reason, was_sent, helped, seen = row
    been = set(seen or ()) | ({state} if state else set())
    counts["named"] += 1
    points = (
        ("wanted", choice == "YES" and not has_service, "HAS_IT_ALREADY" if has_service else f"HER_CHOICE_{choice}"),
        ("referred", bool(was_sent), "NOT_SENT"),
        ("accepted", bool(been & TAKEN), reason or ("NO_ANSWER_YET" if state == "REQUESTED" else state or "")),
        ("started", bool(been & STARTED), "WAITING_LIST" if state == "WAITLISTED" else reason or "NOT_PLANNED_YET"),
        ("kept", bool(been & KEPT), reason or ("VISIT_TO_COME" if state == "SCHEDULED" else "MISSED")),
        ("met", result == "MET" or helped == "YES", f"SHE_SAYS_{helped}" if helped else "NOT_KNOWN_YET"),
    )
    for name, came, why in points:
        if not came:
            lost[name][why or "OTHER"] += 1
            return
        counts[name] += 1


def _rows(query: str) -> Iterator[tuple[Any, ...]]:
    with connections["owner"].cursor() as cursor:
        cursor.execute(query)
        yield from cursor.fetchall()


def lines(steps: list[Step]) -> Iterator[str]:
    """The cascade as a table: each point with its share of the point before, and the reasons of the loss, most often first."""
    before: int | None = None
    for step in steps:
        if not step.name.startswith(" "):
            before = None
        share = f"{100 * step.count / before:4.0f}%" if before else "     "
        reasons = ", ".join(f"{why} {n}" for why, n in sorted(step.lost.items(), key=lambda kv: -kv[1]) if n)
        yield f"{step.name:<34}{step.count:>6} {share}{'   lost: ' + reasons if reasons else ''}"
        before = step.count
