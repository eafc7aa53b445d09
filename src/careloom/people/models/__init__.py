"""Person records, identities and the family; which records may be one person, and what was joined."""

from careloom.people.models.joining import Join, JoinedRow
from careloom.people.models.matching import MatchSearch, PossibleMatch
from careloom.people.models.records import FamilyMember, Identity, PersonPrincipal, PersonRecord

__all__ = ["FamilyMember", "Identity", "Join", "JoinedRow", "MatchSearch", "PersonPrincipal", "PersonRecord", "PossibleMatch"]
