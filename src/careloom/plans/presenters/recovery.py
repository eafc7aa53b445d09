"""The five parts of recovery care, of one weight, and which of them a plan does not have yet. Source: R-146."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from careloom.directory.needs import catalogue
from careloom.plans.merging import NeedNow
from careloom.plans.models import CareTeamMember
from careloom.treatment.codes import MISSING, Component
from careloom.treatment.models import Components

# Each part with the needs that stand for it: codes, or a whole domain of the catalogue. In the order of `treatment.codes.Component`.
PARTS: tuple[tuple[Any, frozenset[str]], ...] = (
    (gettext_lazy("medicine"), frozenset({"MEDICINE_FOR_RECOVERY"})),
    (
        gettext_lazy("counseling"),
        frozenset({"RECOVERY_CARE", "INTENSIVE_OUTPATIENT", "COUNSELING", "BEHAVIORAL_THERAPY", "MOTIVATIONAL_COUNSELING"}),
    ),
    (gettext_lazy("support from family, friends and peers"), frozenset({"PEER", "MUTUAL_HELP", "FAMILY_THERAPY", "PARTNER_TREATMENT"})),
    (gettext_lazy("other help in daily life"), frozenset({"HOUSEHOLD"})),
    (gettext_lazy("testing agreed with her"), frozenset({"TESTING_ARRANGEMENT", "CONTINGENCY_MANAGEMENT"})),
)


# Who stands for her own people and peers when somebody of that role is on the care team (J2.3).
SUPPORTS = frozenset({"PEER", "FAMILY"})


def lacking(needs: Iterable[NeedNow], *, treated: Components | None = None, team: Iterable[CareTeamMember] = ()) -> str:
    """What recovery care of this plan does not have yet, as one sentence; empty without a recovery need that the reader sees.

    `treated` is how the five parts stand at her program, where the reader may know it: what is seen to there is not missing here. A part that
    she said no to is there: she was asked, and her choice stands. A peer, or one of her own people, on the `team` is support that is there.
    """
    known = catalogue().needs
    codes = {need.row.code for need in needs if need.row.code in known}
    domains = {known[code].domain for code in codes}
    if "RECOVERY" not in domains:
        return ""
    seen_to = [treated is not None and getattr(treated, part.value.lower()) != MISSING for part in Component]
    if any(member.role in SUPPORTS and member.ends_at is None for member in team):
        seen_to[list(Component).index(Component.SUPPORT)] = True
    missing = [str(words) for (words, stands_for), there in zip(PARTS, seen_to, strict=True) if not there and not stands_for & (codes | domains)]
    return _("Recovery care has five parts of one weight. Not in this plan yet: %(parts)s.") % {"parts": "; ".join(missing)} if missing else ""
