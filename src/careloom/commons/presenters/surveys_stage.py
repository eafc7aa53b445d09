"""The stage of collaboration in words and as stairs, and which records of the rooms could show an indicator."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from careloom.infra.ui.components import Stairs
from careloom.kernel.partnership import Tier
from careloom.kernel.partnership.stages import INDICATORS as BY_STAGE
from careloom.partnership.models import Partner
from careloom.partnership.queries import Rooms
from careloom.surveys.models import StageReading
from careloom.surveys.queries import StageNow
from careloom.surveys.words import INDICATORS, STAGES

MOST_POINTS = 8


def staged(found: StageNow, *, partners: dict[Any, Partner], pairs: list[StageReading]) -> dict[str, Any]:
    """The page of the stage: where it stands, what shows it, what the next one lacks, and how it was."""
    newest = found.newest
    evidence = {one["indicator"]: one for one in newest.met} if newest else {}
    shown = found.readings[-MOST_POINTS:]
    return {
        "sentence": found.sentence, "newest": newest, "stage": STAGES[newest.stage] if newest else "",
        "stages": [
            {
                "name": STAGES[stage], "met": _("%(met)s of %(all)s") % {"met": met, "all": of_all}, "share": round(100 * met / of_all),
                "rows": [_indicator(code, evidence.get(code), newest) for code in BY_STAGE[stage]],
            }
            for stage, (met, of_all) in found.counts.items()
        ],
        "missing": [INDICATORS[code] for code in found.missing] if newest else [],
        "stairs": Stairs(
            levels=tuple(str(words) for words in STAGES.values()), points=tuple((date_format(row.read_on, "M Y"), row.stage) for row in shown)
        )
        if shown
        else None,
        "history": [
            {"when": date_format(row.read_on, "F j, Y"), "stage": STAGES[row.stage], "why": row.why, "back": row.moved_back, "next": row.next_steps}
            for row in reversed(found.readings)
        ][:50],
        "pairs": [
            {"names": f"{partners[row.partner_id].name}, {partners[row.other_id].name}", "stage": STAGES[row.stage],
             "when": date_format(row.read_on, "F Y"), "url": f"?partner={row.partner_id}&other={row.other_id}"}
            for row in pairs
            if row.partner_id in partners and row.other_id in partners
        ],
    }  # fmt: skip


def _indicator(code: str, one: dict[str, str] | None, newest: StageReading | None) -> dict[str, Any]:
    url = ""
    if one and newest and one["id"]:
        args = [newest.collaborative_id]
        to = {
            "PARTNERS": ("partners", args),
            "VISION": ("vision", args),
            "CHARTER": ("body", [*args, one["id"]]),
            "ROUND": ("survey", [*args, one["id"]]),
        }
        if one["kind"] in to:
            url = reverse(f"commons:{to[one['kind']][0]}", args=to[one["kind"]][1])
    return {"words": INDICATORS[code], "met": one is not None, "by": one["words"] if one else "", "url": url}


def candidates(rooms: Rooms) -> dict[str, list[tuple[str, str]]]:
    """Records that could show an indicator: the indicator, and each record's key (kind:id) with its words."""
    found: dict[str, list[tuple[str, str]]] = {}
    pk = rooms.standing.collaborative.pk
    told = [row for row in rooms.partners if row.brings]
    if rooms.partners and len(told) == len(rooms.partners):
        words = ngettext("The directory: one partner", "The directory: %(n)s partners, each with what it brings", len(told)) % {"n": len(told)}
        found["DIRECTORY"] = [(f"PARTNERS:{pk}", words)]
    for body in rooms.bodies:
        charter = rooms.charters.get(body.pk)
        if charter is not None and body.tier in (Tier.OVERSIGHT, Tier.CORE):
            words = _("Charter of %(body)s, version %(n)s, adopted %(day)s") % {
                "body": body.name, "n": charter.version, "day": date_format(charter.adopted_on),
            }  # fmt: skip
            found.setdefault("CHARTER", []).append((f"CHARTER:{body.pk}", words))
    if rooms.vision is not None:
        words = _("Mission and vision, version %(n)s") % {"n": rooms.vision.version}
        found["SHARED_GOALS"] = [(f"VISION:{pk}", words)]
    return found
