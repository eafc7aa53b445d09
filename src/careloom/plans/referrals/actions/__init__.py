"""What can be done with a referral."""

from careloom.plans.referrals.actions.ask import draft_referral, send_draft, send_referral
from careloom.plans.referrals.actions.hers import family_answer, family_declines
from careloom.plans.referrals.actions.say import answer_referral, move_referral

__all__ = ["answer_referral", "draft_referral", "family_answer", "family_declines", "move_referral", "send_draft", "send_referral"]
