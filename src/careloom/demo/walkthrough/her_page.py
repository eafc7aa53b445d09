"""Step 8: the mother's page. She reads, changes, sees who looked, and stops sharing at once."""

from __future__ import annotations

import json

from careloom.agencies.queries import agencies_by_id
from careloom.consents.actions import revoke_consent
from careloom.demo.walkthrough.report import hidden
from careloom.demo.walkthrough.walk import BEA, LENA, RENEE, Walk
from careloom.infra import clock
from careloom.infra.access.accounting import account
from careloom.infra.access.models import Disclosure
from careloom.infra.access.scope import Viewer
from careloom.plans.actions import Refused, agree_plan, her_choice, her_goal_change, her_view
from careloom.plans.models import Goal, HerView, NeedStep
from careloom.plans.queries import get_plan, plan_parts
from careloom.portal.sharing import shared_now, who_looked

TITLE = "The mother's page: her plan, her words, and her say over who sees it"


def run(walk: Walk) -> None:
    """Her own reading and writing, and the end of a consent."""
    _writes(walk)
    _looks(walk)
    _stops(walk)


def _writes(walk: Walk) -> None:
    at = clock.now()
    with walk.herself(at=at) as her:
        parts = plan_parts(viewer=her, plan_id=walk.plan)
        whole = {need.row.code for need in parts.needs} >= {"HOUSING", "RECOVERY_CARE"} and parts.lead is not None
        walk.report.allowed("she reads her whole plan, the treatment part and her lead too (42 CFR 2.23)", whole)
        goal = next(g.row for g in parts.goals if g.row.about == "FAMILY")
        changed = her_goal_change(by=her, at=at, goal_id=goal.pk, words="Una casa antes del verano.", request_key="walk-her-goal")
        walk.report.allowed("she changes a goal; the old words stay beside it", isinstance(changed, Goal) and changed.was == goal.words)
        choice = her_choice(by=her, at=at, need_id=walk.needs["HOUSING"], choice="NOT_NOW", words="Primero el bebé.", request_key="walk-her-choice")
        walk.report.allowed("she says not now to a need, and the plan goes on", isinstance(choice, NeedStep))
        view = her_view(
            by=her, at=at, item_kind="NEED", item_id=walk.needs["HOUSING"], words="No falté a la cita.", says="DISAGREE", request_key="walk-her-view"
        )
        walk.report.allowed("she writes her view beside a sentence", isinstance(view, HerView))
        paper = agree_plan(by=her, at=at, plan_id=walk.plan, method="PAPER", request_key="walk-her-paper")
        walk.report.refused("a paper signature on her own screen", isinstance(paper, Refused))


def _looks(walk: Walk) -> None:
    at = clock.now()
    with walk.acting(LENA, at=at) as by:
        account(viewer=by, place="family", rows=plan_parts(viewer=by, plan_id=walk.plan).rows(), at=at)
    with walk.herself(at=at) as her:
        sharing = shared_now(viewer=her, identity_id=walk.her)
        looks = who_looked(viewer=her, identity_ids=frozenset({walk.her, *walk.infants}), page=1).rows
        walk.report.allowed(f"she sees {len(sharing)} consents in force and {len(looks)} looks", len(sharing) >= 3 and bool(looks))
        rows = _accounting(her, walk)
        (walk.out / "disclosures.json").write_text(json.dumps(rows, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        walk.report.allowed(
            f"disclosures.json: {len(rows)} disclosures as she would read them, each with its basis", bool(rows) and all(r["basis"] for r in rows)
        )


def _accounting(her: Viewer, walk: Walk) -> list[dict[str, object]]:
    found = list(Disclosure.objects.seen_by(her).filter(identity_id__in=[walk.her, *walk.infants]).order_by("hour", "category"))
    names = agencies_by_id(ids={r.recipient_id for r in found} | {r.holder_id for r in found})
    return [
        {
            "when": row.hour.isoformat(),
            "from": names[row.holder_id].name_outside if row.holder_id in names else "her own words",
            "to": names[row.recipient_id].name_outside if row.recipient_id in names else "a partner's page",
            "about": "mother" if row.identity_id == walk.her else "infant",
            "what": row.category,
            "purpose": row.purpose,
            "basis": list(row.basis),
            "obligations": list(row.obligations),
        }
        for row in found
    ]


def _stops(walk: Walk) -> None:
    at = clock.now()
    with walk.acting(LENA, at=at) as by:
        walk.report.allowed("before: child welfare reads the plan", not hidden(lambda: get_plan(viewer=by, plan_id=walk.plan)))
    with walk.acting(BEA, at=at) as by:
        walk.report.refused(
            "another agency stops her sharing for her", not revoke_consent(by=by, at=at, consent_id=walk.consents["lena"], how="PAPER")
        )
    with walk.herself(at=at) as her:
        walk.report.allowed("she stops sharing with child welfare", revoke_consent(by=her, at=at, consent_id=walk.consents["lena"], how="PORTAL"))
    with walk.acting(LENA, at=clock.now()) as by:
        walk.report.refused("child welfare's next request", hidden(lambda: get_plan(viewer=by, plan_id=walk.plan)))
    for key, who in ((BEA, "home visiting"), (RENEE, "the hospital")):
        with walk.acting(key, at=clock.now()) as by:
            walk.report.allowed(f"{who} still reads what she allowed", not hidden(lambda by=by: get_plan(viewer=by, plan_id=walk.plan)))  # type: ignore[misc]
    with walk.herself(at=clock.now()) as her:
        walk.report.allowed("the copy that was read before stays in her list of disclosures", bool(_accounting(her, walk)))
