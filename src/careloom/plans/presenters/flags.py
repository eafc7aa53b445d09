"""Everything that a plan still lacks or that pulls apart in it, in one place, each with what to do about it.

Source: R-049, R-116, R-120, R-123, R-140, R-146, R-155. A flag is never a block and never a report.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from careloom.directory.needs import catalogue
from careloom.kernel.plan import Flag
from careloom.kernel.referral import State
from careloom.messages.models import Appointment
from careloom.messages.queries import clashing
from careloom.plans.models import OPEN_STATES, Tension
from careloom.plans.presenters.doubled import doubled
from careloom.plans.presenters.recovery import lacking
from careloom.plans.presenters.words import FLAGS
from careloom.plans.queries import PlanParts, flags_of

# What stays with a family after the birth: each part with the needs that stand for it, and a goal for the family where one does too.
AFTER_BIRTH = (
    (gettext_lazy("somebody who keeps it all together"), frozenset({"CASE_MANAGEMENT"})),
    (gettext_lazy("medicine and care for recovery that goes on"), frozenset({"MEDICINE_FOR_RECOVERY", "RECOVERY_CARE", "INTENSIVE_OUTPATIENT"})),
    (
        gettext_lazy("somebody to talk to, or a peer"),
        frozenset({"COUNSELING", "BEHAVIORAL_THERAPY", "MOTIVATIONAL_COUNSELING", "PEER", "MUTUAL_HELP"}),
    ),
    (gettext_lazy("work and school"), frozenset({"WORK_AND_SCHOOL"})),
    (gettext_lazy("a home and help in daily life"), frozenset({"HOUSING", "RECOVERY_HOUSING", "CASH", "FOOD"})),
    (gettext_lazy("what keeps the family together"), frozenset({"HOME_VISITING", "FAMILY_THERAPY", "PARENTING_CLASS", "EARLY_HEAD_START"})),
)
TELLS = frozenset({"MEDICINE_FOR_RECOVERY", "RECOVERY_CARE", "INTENSIVE_OUTPATIENT"})
ON_ITS_WAY = frozenset({State.REQUESTED, State.ACCEPTED, State.SCHEDULED, State.ATTENDED, State.WAITLISTED})
DESCRIBED = (
    ("service_type", gettext_lazy("what kind of help")),
    ("frequency", gettext_lazy("how often")),
    ("length", gettext_lazy("for how long")),
    ("place", gettext_lazy("where")),
    ("method", gettext_lazy("how it is given")),
)
DO = {
    Flag.NO_LEAD: ("plans:lead", gettext_lazy("Choose who leads")),
    Flag.NO_GOALS: ("plans:goal_new", gettext_lazy("Add a goal")),
    Flag.ONLY_PARENT_GOALS: ("plans:goal_new", gettext_lazy("Add a goal")),
    Flag.ONLY_CHILD_GOALS: ("plans:goal_new", gettext_lazy("Add a goal")),
    Flag.NO_STRENGTHS: ("plans:strength_new", gettext_lazy("Add a strength")),
    Flag.NO_NEEDS: ("plans:need_new", gettext_lazy("Add a need")),
    Flag.NOT_AGREED: ("plans:agree", gettext_lazy("Agree and sign")),
}


FOR_THE_LEAD = frozenset({Flag.NO_LEAD, Flag.NOT_AGREED})


@dataclass(frozen=True, kw_only=True)
class FlagLine:
    """What is the matter, and where it is mended; `url` is "" for who may read the plan and not write it."""

    words: str
    url: str
    do: str


def flag_lines(
    parts: PlanParts, *, leads: bool, writes: bool, tensions: Iterable[Tension] = (), appointments: Iterable[Appointment] = ()
) -> list[FlagLine]:
    """Every flag of an open plan; a closed one has none. What the lead alone does is named to who leads. No query.

    Who `writes` no plan is told what is the matter without the way to a page that she may not open.
    """
    plan = parts.plan
    if plan.status not in OPEN_STATES:
        return []
    need_new = reverse("plans:need_new", args=[plan.pk])
    add = _("Add a need")
    mine = [flag for flag in flags_of(parts) if leads or flag not in FOR_THE_LEAD]
    lines = [FlagLine(words=str(FLAGS[flag]), url=reverse(DO[flag][0], args=[plan.pk]), do=str(DO[flag][1])) for flag in mine]
    gap = lacking(parts.needs, treated=parts.treated, team=parts.team)
    lines += [FlagLine(words=gap, url=need_new, do=add)] if gap else []
    after = after_birth(parts)
    lines += [FlagLine(words=after, url=need_new, do=add)] if after else []
    lines += [FlagLine(words=words, url=f"/families/{plan.identity_id}/#thr", do=_("See the needs")) for words in doubled(parts)]
    lines += _undescribed(parts)
    if not writes:
        lines = [replace(line, url="") for line in lines]
    open_ones = [row for row in tensions if row.resolved_at is None]
    if open_ones:
        lines.append(FlagLine(words=_("Something pulls in two directions, or a crisis is open. Say how it goes on."),
                              url=reverse("plans:tensions", args=[plan.pk]), do=_("Open it")))  # fmt: skip
    rows = list(appointments)
    together = clashing(rows)
    if together:
        titles = get_text_list([row.title for row in rows if row.pk in together], _("and"))
        words = _("At the same time: %(what)s. Agree with her which one moves.") % {"what": titles}
        lines.append(FlagLine(words=words, url=f"/families/{plan.identity_id}/appointments/", do=_("See the appointments")))
    return lines


def after_birth(parts: PlanParts) -> str:
    """Which lasting support a plan after birth does not have yet, as one sentence (R-155). A part that she said no to is there.

    Care for recovery is named only where the reader sees a recovery need: a gap must not tell what is hidden.
    """
    if parts.plan.born_on is None:
        return ""
    known = catalogue().needs
    codes = {need.row.code for need in parts.needs}
    sees_recovery = any(code in known and known[code].domain == "RECOVERY" for code in codes)
    missing = [str(words) for words, stands in AFTER_BIRTH if not stands & codes and (sees_recovery or not stands & TELLS)]
    if not missing:
        return ""
    return _("After the birth, support goes on in six ways. Not in this plan yet: %(parts)s.") % {"parts": "; ".join(missing)} if missing else ""


def _undescribed(parts: PlanParts) -> list[FlagLine]:
    """Planned services of which kind, length, frequency, place or method is not written yet (R-120)."""
    lines = []
    for row in parts.referrals:
        if State(row.state) not in ON_ITS_WAY:
            continue
        missing = [str(words) for field, words in DESCRIBED if not getattr(row, field)]
        if missing:
            words = _("%(service)s: not written yet is %(what)s.") % {"service": row.organization, "what": get_text_list(missing, _("and"))}
            lines.append(FlagLine(words=words, url=reverse("plans:referrals:described", args=[row.pk]), do=_("Write it down")))
    return lines[:5]
