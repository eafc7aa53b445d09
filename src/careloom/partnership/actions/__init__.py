"""What the partnership writes. Each action is one transaction, for `by`, at `at`; a refusal is a value, and a form sent twice is one row."""

from careloom.partnership.actions.adopting import adopt_charter, adopt_vision
from careloom.partnership.actions.noting import approved, confirm, note
from careloom.partnership.actions.seats import commit_again, leave_seat, put_seat
from careloom.partnership.actions.structure import begin, put_body, put_partner
from careloom.partnership.facts import BodyFacts, CharterFacts, CollaborativeFacts, PartnerFacts, SeatFacts, VisionFacts

__all__ = [
    "BodyFacts",
    "CharterFacts",
    "CollaborativeFacts",
    "PartnerFacts",
    "SeatFacts",
    "VisionFacts",
    "adopt_charter",
    "adopt_vision",
    "approved",
    "begin",
    "commit_again",
    "confirm",
    "leave_seat",
    "note",
    "put_body",
    "put_partner",
    "put_seat",
]
