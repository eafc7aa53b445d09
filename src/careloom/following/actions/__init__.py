"""What can be done while a family is followed. Each action changes one thing, in a transaction, for `by`, at `at`; a refusal is a value."""

from careloom.following.actions.attempts import Told, note_attempt
from careloom.following.actions.barriers import pass_on
from careloom.following.actions.concerns import state_concern
from careloom.following.actions.nexts import put_next
from careloom.following.actions.offers import keep_offers

__all__ = ["Told", "keep_offers", "note_attempt", "pass_on", "put_next", "state_concern"]
