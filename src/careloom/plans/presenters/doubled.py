"""The same help for one person from two places at once. Source: R-049."""

from __future__ import annotations

from collections import defaultdict
from uuid import UUID

from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from careloom.kernel.referral import State
from careloom.plans.queries import PlanParts

GIVEN = {State.ACCEPTED, State.SCHEDULED, State.ATTENDED}


def doubled(parts: PlanParts) -> list[str]:
    """One sentence for each need of a person that more than one service is given for now, as far as the reader sees them."""
    giving: dict[tuple[str, UUID], dict[str, str]] = defaultdict(dict)
    for need in (one for one in parts.needs if not one.is_over):
        names = [need.row.existing_service] if need.row.existing_service else []
        names += [row.organization for row in parts.referrals_of(need.id) if State(row.state) in GIVEN]
        giving[need.row.code, need.row.identity_id] |= {name.strip().casefold(): name for name in names} | {"": need.row.title}
    words = _("%(services)s give the same help: %(need)s. Agree with her who goes on, and stop the other.")
    return [
        words % {"services": get_text_list([name for key, name in sorted(found.items()) if key], _("and")), "need": found[""]}
        for found in giving.values() if len(found) > 2
    ]  # fmt: skip
