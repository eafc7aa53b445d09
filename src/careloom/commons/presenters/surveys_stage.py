"""The stage of collaboration in words and as stairs, with what shows each indicator."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from careloom.infra.ui.components import Stairs
from careloom.kernel.partnership.stages import INDICATORS as BY_STAGE
from careloom.partnership.models import Partner
from careloom.surveys.models import StageReading
from careloom.surveys.queries import StageNow
from careloom.surveys.words import INDICATORS, STAGES

MOST_POINTS = 8
#: Where a record of a kind is read.
WHERE = {
    "PARTNERS": "partners", "VISION": "rooms", "CHARTER": "body", "WORDS": "words", "TRAINING": "training", "MEETINGS": "attendance",
    "FUNDS": "inventory_lasting", "AGREEMENT": "agreement", "AIM": "aim", "NUMBERS": "aims",
}  # fmt: skip
#: Kinds whose page is one of many, and so has the id of the record.
ONE_OF_MANY = {"CHARTER", "AGREEMENT", "AIM"}


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
    if one and newest and one["kind"] in WHERE:
        args: list[Any] = [newest.collaborative_id, *([one["id"]] if one["kind"] in ONE_OF_MANY else [])]
        url = reverse(f"commons:{WHERE[one['kind']]}", args=args)
    return {"words": INDICATORS[code], "met": one is not None, "by": one["words"] if one else "", "url": url}
