"""The plan of safe care and what it is made of. A safety plan and a case plan are other documents, in other apps.

Every row carries its holder, so the plan that a reader sees is what the holders' rows, law and consent allow.
Source: plan-content.md 2.1; workflows 6.2 to 6.4; R-140, R-142, R-208.
"""

from careloom.plans.models.between import BetweenVisits
from careloom.plans.models.content import Goal, HerView, Need, NeedStep, Strength
from careloom.plans.models.family import Involvement, Participation, Preference, Tension
from careloom.plans.models.meeting import Meeting, MeetingNote, MeetingSignature
from careloom.plans.models.papers import PlanCopy, PlanMerge
from careloom.plans.models.plan import OPEN_STATES, PlanInfant, PlanOfSafeCare, PlanRow
from careloom.plans.models.referral import Referral, ReferralEvent, ReferralLink
from careloom.plans.models.review import ContactTry, OverdueReviewCount, PlanVersion, PlanVersionEntry, Review, ReviewFinding
from careloom.plans.models.section import SectionCheck, SectionOwner, SectionSignature, SectionText, SignedLine
from careloom.plans.models.team import CareTeamMember, LeadTransfer
from careloom.plans.models.template import PlanTemplate, PlanTemplateUse, PlanTemplateVersion

__all__ = [
    "OPEN_STATES",
    "BetweenVisits",
    "CareTeamMember",
    "ContactTry",
    "Goal",
    "HerView",
    "Involvement",
    "LeadTransfer",
    "Meeting",
    "MeetingNote",
    "MeetingSignature",
    "Need",
    "NeedStep",
    "OverdueReviewCount",
    "Participation",
    "PlanCopy",
    "PlanInfant",
    "PlanMerge",
    "PlanOfSafeCare",
    "PlanRow",
    "PlanTemplate",
    "PlanTemplateUse",
    "PlanTemplateVersion",
    "PlanVersion",
    "PlanVersionEntry",
    "Preference",
    "Referral",
    "ReferralEvent",
    "ReferralLink",
    "Review",
    "ReviewFinding",
    "SectionCheck",
    "SectionOwner",
    "SectionSignature",
    "SectionText",
    "SignedLine",
    "Strength",
    "Tension",
]
