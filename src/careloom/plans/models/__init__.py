"""The plan of safe care and what it is made of. A safety plan and a case plan are other documents, in other apps.

Every row carries its holder, so the plan that a reader sees is what the holders' rows, law and consent allow.
Source: plan-content.md 2.1; workflows 6.2 to 6.4; R-140, R-142, R-208.
"""

from careloom.plans.models.content import Goal, HerView, Need, NeedStep, Strength
from careloom.plans.models.plan import OPEN_STATES, PlanInfant, PlanOfSafeCare, PlanRow
from careloom.plans.models.referral import Referral, ReferralEvent, ReferralLink
from careloom.plans.models.review import ContactTry, OverdueReviewCount, PlanVersion, PlanVersionEntry, Review, ReviewFinding
from careloom.plans.models.team import CareTeamMember, LeadTransfer

__all__ = [
    "OPEN_STATES",
    "CareTeamMember",
    "ContactTry",
    "Goal",
    "HerView",
    "LeadTransfer",
    "Need",
    "NeedStep",
    "OverdueReviewCount",
    "PlanInfant",
    "PlanOfSafeCare",
    "PlanRow",
    "PlanVersion",
    "PlanVersionEntry",
    "Referral",
    "ReferralEvent",
    "ReferralLink",
    "Review",
    "ReviewFinding",
    "Strength",
]
