"""Whose figures a reader sees by name among providers: her own, and those of partners who agreed as hers did; the others are pooled (R-052)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from uuid import UUID

from careloom.agencies.models import Agency
from careloom.infra.access import Viewer
from careloom.inventory.models import DataRule, DataYes
from careloom.kernel.partnership.named import POOL_LEAST, split
from careloom.kernel.suppression import HiddenBecause
from careloom.outcomes.queries.sight import Seen
from careloom.partnership.models import Partner
from careloom.partnership.standing import collaboratives_of

OTHERS = "OTHERS"
_SUMS = ("counted", "met", "apart", "unripe", "whole", "part")


def site_code(agency: Agency) -> str:
    """The code under which the extract counts an agency: its short name in letters, figures and underscores."""
    return re.sub(r"[^A-Za-z0-9]+", "_", agency.short_name).upper().strip("_")


def named_sites(*, viewer: Viewer) -> frozenset[str]:
    """The codes of the providers whose figures this reader sees by name. At most seven queries."""
    own = str(viewer.holder_id)
    newest: dict[UUID, DataRule] = {}
    rules = DataRule.objects.filter(collaborative_id__in=[one.pk for one in collaboratives_of(viewer=viewer)])
    for rule in rules.order_by("version"):
        newest[rule.collaborative_id] = rule
    yes = DataYes.objects.filter(rule_id__in=[rule.pk for rule in newest.values()], left_on=None).values("partner_id")
    named = {own}
    for collaborative in newest:
        agreed = Partner.objects.filter(pk__in=yes, collaborative_id=collaborative, left_on=None).exclude(agency_id=None)
        keys = [str(one.agency_id) for one in agreed]
        named |= set(split(keys, mine=frozenset({own}), agreed=frozenset(keys)).named)
    return frozenset(site_code(one) for one in Agency.objects.filter(pk__in=[key for key in named if key != "None"]))


def pooled(rows: Iterable[Seen], *, named: frozenset[str]) -> list[Seen]:
    """The figures with the providers that are not named added up to one row in each period. Only published figures are added, of three at least."""
    kept: list[Seen] = []
    pools: dict[tuple[str, str, str], list[Seen]] = {}
    for one in rows:
        if one.by != "site" or one.group in named:
            kept.append(one)
        else:
            pools.setdefault((one.indicator, one.variant, one.period), []).append(one)
    for found in pools.values():
        shown = [one for one in found if not one.hidden]
        pool = replace(found[0], group=OTHERS, hidden="", **{name: sum(getattr(one, name) for one in shown) for name in _SUMS})
        if len(shown) < POOL_LEAST:
            pool = replace(pool, hidden=HiddenBecause.PROTECTS_PEOPLE.value, **dict.fromkeys(_SUMS, 0))
        kept.append(pool)
    return kept
