"""The codes that the extract's columns hold, so that the recipes and whoever writes one (our extraction, a received extract, a made state) agree.

Words of events are in small letters as in the micro-worlds (synthetic-county.md part 3); codes of our own catalogs keep their own form.
"""

from __future__ import annotations

from typing import Final

from careloom.kernel.partnership.barrier import Kind as BarrierKind
from careloom.kernel.partnership.vocabulary import Tier
from careloom.kernel.referral.vocabulary import Reason

# MARGIN: no person, but the row of a count (table `margins`) with the strata that the count is of. BARRIER and MEETING: likewise, of the partnership.
ROLES: Final = ("INFANT", "CHILD", "CAREGIVER", "MARGIN", "BARRIER", "MEETING")
# A made state has three policies of notice and report to compare (demo.population.policies); its counties are arms of no pilot.
POLICIES: Final = ("blind_notice", "child_welfare_leads", "report_based")
ARMS: Final = ("pilot", "comparison", *POLICIES)

EXITS: Final = ("reunification", "relative", "guardianship", "adoption", "emancipation", "runaway", "transfer", "death", "other")
SETTINGS: Final = (
    "foster", "relative", "group", "institution", "shelter", "independent", "pre_adoptive",
    "hospital", "respite", "runaway", "trial_home_visit", "other",
)  # fmt: skip
DISPOSITIONS: Final = (
    "substantiated", "indicated", "alternative_victim", "alternative_nonvictim", "unsubstantiated", "intentionally_false", "no_finding",
    "no_allegation", "other",
)  # fmt: skip
SOURCES: Final = (
    "social_services", "medical", "mental_health", "legal", "education", "child_day_care", "substitute_care", "victim", "parent", "relative",
    "neighbor", "perpetrator", "anonymous", "other",
)  # fmt: skip
FACTORS: Final = ("drug", "alcohol")
SCREENED: Final = ("in", "out")
LOSSES: Final = ("death", "moved_out_of_state")
STAYS: Final = ("informal_kin", "with_mother")

# The cascade (features O6). A row of `steps` says that a need's way reached this step; `lost_because` on it says why the next was not reached.
# `notified` and `planned` follow from notifications and plans: rows for them are needed only to say why the way ended there.
# `need` is a code of the catalog of needs (packs/base/directory/needs.yaml) and names one way of one subject; `service` is the kind of agency asked.
STEPS: Final = ("notified", "planned", "referred", "accepted", "started", "kept_90", "goal_met")
LOST_BECAUSE: Final = (*(reason.value for reason in Reason), "DIED", "MOVED_OUT_OF_STATE", "NOT_OFFERED", "REMOVED", "UNKNOWN")

# A time in a program. `integration` is the position that engages parents in treatment and keeps families together (Guidance 19, R-194).
ENROLMENTS: Final = ("treatment", "recovery_support", "home_visiting", "integration")
# The two whose common clients are counted are child welfare and behavioral health (the Managing Entity's network; R-204).
SYSTEMS: Final = ("child_welfare", "behavioral_health", "early_intervention", "health", "court")
# `births`: live births of the place and year. `eligible`: families whom the plan is meant for. `tested`: births with a test for substances.
MARGINS: Final = ("births", "eligible", "tested")

BARRIERS: Final = tuple(kind.value for kind in BarrierKind)
# Where a barrier or a meeting stands; a barrier by the highest tier that it reached.
TIERS: Final = tuple(tier.value for tier in Tier)

# The columns whose values are among known codes, for whoever checks an extract.
CODES: Final[dict[tuple[str, str], tuple[str, ...]]] = {
    ("subjects", "role"): ROLES,
    ("subjects", "arm"): ARMS,
    ("episodes", "reason"): EXITS,
    ("placements", "setting"): SETTINGS,
    ("reports", "disposition"): DISPOSITIONS,
    ("reports", "source"): SOURCES,
    ("reports", "child_factor"): FACTORS,
    ("reports", "screened"): SCREENED,
    ("losses", "reason"): LOSSES,
    ("stays", "kind"): STAYS,
    ("steps", "step"): STEPS,
    ("steps", "lost_because"): LOST_BECAUSE,
    ("enrolments", "kind"): ENROLMENTS,
    ("systems", "system"): SYSTEMS,
    ("margins", "measure"): MARGINS,
    ("barriers", "kind"): BARRIERS,
    ("barriers", "level"): TIERS,
    ("meetings", "kind"): TIERS,
}
