"""The scorecard of the data in words: which site sends what is missing, late, twice, or in an order that cannot be."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext

from careloom.outcomes.presenters.labels import group_words
from careloom.outcomes.presenters.sentences import number
from careloom.outcomes.queries.quality import Score

KINDS: dict[str, Any] = {
    "COMPLETE": lazy("Complete"),
    "TIMELY": lazy("On time"),
    "ONCE": lazy("Sent once"),
    "ORDER": lazy("In an order that can be"),
}
CHECKS: dict[str, Any] = {
    "race_known": lazy("Race is known"),
    "ethnicity_known": lazy("Ethnicity is known"),
    "county_known": lazy("County is known"),
    "payer_known": lazy("Payer is known"),
    "gestation_weeks_known": lazy("Weeks of pregnancy are known"),
    "hospital_nights_known": lazy("Nights in the hospital are known"),
    "disposition_known": lazy("A report that was screened in has a disposition"),
    "notified_in_time": lazy("Notified within a week of birth"),
    "notified_once": lazy("No notification stands twice"),
    "notified_after_birth": lazy("Notified after birth, not before"),
    "stays_in_order": lazy("Stays in care end after they begin and do not overlap"),
    "reports_after_incident": lazy("A report comes after what it reports"),
}


def scorecard(scores: Sequence[Score]) -> dict[str, Any]:
    """One table for each site, the one with most under the line first, and the sentence over them."""
    sites = sorted({one.site for one in scores})
    tables = [_site(site, [one for one in scores if one.site == site]) for site in sites]
    under = [one for one in scores if one.under]
    return {"tables": sorted(tables, key=lambda one: (-one["under"], one["name"])), "sentence": _sentence(scores, under), "blocks": bool(under)}


def _sentence(scores: Sequence[Score], under: Sequence[Score]) -> str:
    if not scores:
        return _("There is nothing to read here yet. The state reads every site; you read your own agency’s, once its data were counted.")
    if not under:
        return _("Every site is over the line in every check. Nothing here stands against publishing.")
    sites = len({one.site for one in under})
    return ngettext("%(n)s site is under the line. Mend it there, or publish with a reason.",
                    "%(n)s sites are under the line. Mend it there, or publish with a reason.", sites) % {"n": sites}  # fmt: skip


def _site(site: str, scores: Sequence[Score]) -> dict[str, Any]:
    order = list(KINDS)
    return {
        "name": group_words("site", site), "under": sum(one.under for one in scores),
        "lines": [
            {
                "kind": KINDS[one.kind], "check": CHECKS.get(one.name, one.name), "share": number(one.share), "part": number(one.part),
                "whole": number(one.whole), "line": one.line, "under": one.under,
            }
            for one in sorted(scores, key=lambda one: (order.index(one.kind), one.name))
        ],
    }  # fmt: skip
