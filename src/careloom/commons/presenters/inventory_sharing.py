"""Sharing data in words: reasons by kind, who agreed to the rule, and numbers by partner as one reader may see them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from careloom.commons.presenters.inventory import shown
from careloom.inventory.models import Hesitation
from careloom.inventory.queries import Sharing
from careloom.inventory.words import FEARS
from careloom.kernel.partnership.named import Split
from careloom.outcomes.needs import Asked


def sharing_page(found: Sharing, *, reasons: Iterable[Hesitation], asked: Sequence[Asked], split: Split) -> dict[str, Any]:
    """The page of the rule for data, with the reasons of one page of them."""
    told = list(reasons)
    pk, rule = found.standing.collaborative.pk, found.rule
    names = {str(row.pk): row.name for row in found.partners}
    pool = len(split.pooled)
    return {
        "rule": rule, "adopted": date_format(rule.adopted_on, "F j, Y") if rule else "", "may_write": found.may_write,
        "may_tell": found.may_write or bool(found.standing.partner_ids),
        "agreed": _("%(n)s of %(all)s partners agreed.") % {"n": len(found.yes), "all": len(found.partners)},
        "answers": [
            {
                "name": row.name, "said_by": found.yes[row.pk].said_by if row.pk in found.yes else "",
                "on": date_format(found.yes[row.pk].on, "F j, Y") if row.pk in found.yes else "",
                "url": reverse("commons:inventory_yes", args=[pk, row.pk]) if row.pk in found.may_say_yes_for and rule else "",
            }
            for row in found.partners
        ],
        "kinds": [
            {
                "name": words, "open": sum(row.kind == code and row.eased_on is None for row in found.hesitations),
                "reasons": [
                    {
                        "partner": row.partner.name if found.may_write or found.standing.speaks_for(row.partner_id) else _("A partner"),
                        "words": row.words, "eased_by": row.eased_by,
                        "eased_on": date_format(row.eased_on, "F j, Y") if row.eased_on else "",
                        "url": reverse("commons:inventory_hesitation", args=[pk, row.pk])
                        if found.may_write or found.standing.speaks_for(row.partner_id) else "",
                    }
                    for row in told if row.kind == code
                ],
            }
            for code, words in FEARS.items()
        ],
        "numbers": [
            {
                "name": names[row.key] if row.key else _("All %(n)s partners together") % {"n": pool + len(split.named)},
                "whole": shown(row.whole), "cells": [shown(cell) for cell in row.cells],
            }
            for row in asked
        ],
        "unpooled": pool if pool and not split.pool_shown else 0,
    }  # fmt: skip
