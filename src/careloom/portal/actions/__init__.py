"""What can be done at the mother's door and on her pages."""

from careloom.portal.actions.asking import ask_about_visit, keep_skills, read_what_to_expect
from careloom.portal.actions.card import Card, CardUsed, NoCard, make_card, use_card
from careloom.portal.actions.entering import PinAnswer, delete_phone, enter_pin, know_phone, open_link, set_pin
from careloom.portal.actions.inviting import Invited, Refused, invite, reset_access
from careloom.portal.actions.papers import share_again
from careloom.portal.actions.reminding import send_her_link
from careloom.portal.actions.supporting import Supported, let_supporter_see
from careloom.portal.actions.telling import Given, give_handout, rate_plan, rate_service, read_handout

__all__ = [
    "Card",
    "CardUsed",
    "Given",
    "Invited",
    "NoCard",
    "PinAnswer",
    "Refused",
    "Supported",
    "ask_about_visit",
    "delete_phone",
    "enter_pin",
    "give_handout",
    "invite",
    "keep_skills",
    "know_phone",
    "let_supporter_see",
    "make_card",
    "open_link",
    "rate_plan",
    "rate_service",
    "read_handout",
    "read_what_to_expect",
    "reset_access",
    "send_her_link",
    "set_pin",
    "share_again",
    "use_card",
]  # fmt: skip
