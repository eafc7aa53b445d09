"""What changes in keeping."""

from careloom.keeping.actions.expunging import confirm, may_confirm, propose, take_back
from careloom.keeping.actions.holding import lift, place
from careloom.keeping.actions.telling import tell

__all__ = ["confirm", "lift", "may_confirm", "place", "propose", "take_back", "tell"]
