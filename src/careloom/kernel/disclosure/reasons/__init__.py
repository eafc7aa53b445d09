"""Every reason that a decision can give, by authority. A reason is an enum member with citation and sentence."""

from careloom.kernel.disclosure.reasons.child_welfare import ChildWelfare
from careloom.kernel.disclosure.reasons.consent import FormGap, PartTwoConsent
from careloom.kernel.disclosure.reasons.hipaa import Hipaa
from careloom.kernel.disclosure.reasons.other import Other
from careloom.kernel.disclosure.reasons.part2 import PartTwo
from careloom.kernel.disclosure.reasons.reason import Reason, Spoken

__all__ = ["ChildWelfare", "FormGap", "Hipaa", "Other", "PartTwo", "PartTwoConsent", "Reason", "Spoken"]
