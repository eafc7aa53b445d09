"""What can be done to a plan. Each action changes one thing, in a transaction, for `by`, at `at`; a refusal is a value."""

from careloom.plans.actions.after_event import note_contact_try, return_to_use, review_after_event
from careloom.plans.actions.between import say_between, say_things
from careloom.plans.actions.birth import BirthRecorded, InfantBorn, record_birth
from careloom.plans.actions.closing import CloseProposed, close_plan, keep_open, propose_close, reopen_plan
from careloom.plans.actions.content import add_goal, add_strength, change_goal, change_strength
from careloom.plans.actions.her_signing import sign_hers
from careloom.plans.actions.hers import answer_her, her_choice, her_goal_change, her_view
from careloom.plans.actions.leading import answer_lead, change_lead, offer_lead, withdraw_lead_offer
from careloom.plans.actions.meetings import begin_meeting, end_meeting, sign_minutes, write_minute
from careloom.plans.actions.merges import merge_plans, undo_merge
from careloom.plans.actions.needs import add_need, change_need, record_choice, resolve_need
from careloom.plans.actions.papers import discard_draft, note_copy, void_plan
from careloom.plans.actions.results import Conflict, NotReady, Reason, Refused
from careloom.plans.actions.reviewing import Finding, ReviewHeld, hold_review, note_contact, plan_review_time
from careloom.plans.actions.scheduling import schedule_reviews
from careloom.plans.actions.sections import cosign_section, give_section, put_checks, sign_section, write_text
from careloom.plans.actions.starting import start_plan
from careloom.plans.actions.team import add_team_member, end_team_member
from careloom.plans.actions.together import note_involvement, note_participation, note_tension, put_preference, resolve_tension
from careloom.plans.actions.versions import agree_plan

__all__ = [
    "BirthRecorded",
    "CloseProposed",
    "Conflict",
    "Finding",
    "InfantBorn",
    "NotReady",
    "Reason",
    "Refused",
    "ReviewHeld",
    "add_goal",
    "add_need",
    "add_strength",
    "add_team_member",
    "agree_plan",
    "answer_her",
    "answer_lead",
    "begin_meeting",
    "change_goal",
    "change_lead",
    "change_need",
    "change_strength",
    "close_plan",
    "cosign_section",
    "discard_draft",
    "end_meeting",
    "end_team_member",
    "give_section",
    "her_choice",
    "her_goal_change",
    "her_view",
    "hold_review",
    "keep_open",
    "merge_plans",
    "note_contact",
    "note_contact_try",
    "note_copy",
    "note_involvement",
    "note_participation",
    "note_tension",
    "offer_lead",
    "plan_review_time",
    "propose_close",
    "put_checks",
    "put_preference",
    "record_birth",
    "record_choice",
    "reopen_plan",
    "resolve_need",
    "resolve_tension",
    "return_to_use",
    "review_after_event",
    "say_between",
    "say_things",
    "schedule_reviews",
    "sign_hers",
    "sign_minutes",
    "sign_section",
    "start_plan",
    "undo_merge",
    "void_plan",
    "withdraw_lead_offer",
    "write_minute",
    "write_text",
]
