"""Standards with their checks in words: one's own by name, others as the rule for data says."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from careloom.infra.ui.components import Status
from careloom.inventory.queries import Checked, Quality
from careloom.inventory.words import FOUND
from careloom.kernel.partnership.array import Found
from careloom.partnership.words import SECTORS

TONES: dict[str, Any] = {"MET": "done", "PARTLY": "wait", "NOT_MET": "late"}


def systems(found: Quality, *, shown: Iterable[Checked]) -> dict[str, Any]:
    """The page of the standards: those of one page of them, by delivery system."""
    now = {one.standard.pk for one in shown}
    told = [(sector, [one for one in rows if one.standard.pk in now]) for sector, rows in found.systems]
    pk = found.standing.collaborative.pk
    return {
        "systems": [{"name": SECTORS[sector], "standards": [_line(found, one) for one in rows]} for sector, rows in told if rows],
        "without": [
            {"name": SECTORS[sector], "url": f"{reverse('commons:inventory_standard_new', args=[pk])}?system={sector}" if found.may_write else ""}
            for sector in found.without
        ],
        "may_write": found.may_write, "has_rule": found.sharing.rule is not None,
    }  # fmt: skip


def _line(found: Quality, one: Checked) -> dict[str, Any]:
    row, pk = one.standard, found.standing.collaborative.pk
    mine = any(partner.pk in found.standing.partner_ids for partner, _check in one.named)
    return {
        "name": row.name, "source": row.source, "how": row.how, "status": _status(one), "due": one.due,
        "every": ngettext("Each month", "Every %(n)s months", row.every_months) % {"n": row.every_months},
        "last": date_format(one.last_on, "F j, Y") if one.last_on else "",
        "named": [
            {
                "partner": partner.name, "evidence": check.evidence if check else "", "by": check.checked_by if check else "",
                "on": date_format(check.on, "F j, Y") if check else "",
                "status": Status(words=str(FOUND[check.found]), tone=TONES[check.found]) if check else Status(words=_("Not checked yet")),
            }
            for partner, check in one.named
        ],
        "pool": _pool(one), "edit": reverse("commons:inventory_standard", args=[pk, row.pk]) if found.may_write else "",
        "check": reverse("commons:inventory_check", args=[pk, row.pk]) if (found.may_write and one.partners) or mine else "",
    }  # fmt: skip


def _status(one: Checked) -> Status:
    if one.met is None:
        return Status(words=_("Nothing to show yet"))
    if one.met and one.unchecked:
        return Status(words=_("Met by all who were checked"), tone="done")
    return Status(words=_("Met at the last check"), tone="done") if one.met else Status(words=_("Not met by all at the last check"), tone="wait")


def _pool(one: Checked) -> str:
    """The partners who are not named, as one sentence."""
    others = len(one.split.pooled)
    if not others:
        return ""
    if one.pooled is None:
        return ngettext(
            "One other partner is not shown, because one could tell whose result it is.",
            "%(n)s other partners are not shown, because one could tell whose result it is.", others,
        ) % {"n": others}  # fmt: skip
    return _("%(n)s other partners together: %(met)s met it, %(partly)s partly, %(not_met)s did not, %(rest)s not checked yet.") % {
        "n": others, "met": one.pooled[Found.MET], "partly": one.pooled[Found.PARTLY], "not_met": one.pooled[Found.NOT_MET],
        "rest": others - sum(one.pooled.values()),
    }  # fmt: skip
