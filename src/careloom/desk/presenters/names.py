"""How a family is called on a page: first names, the mother before her infants."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from careloom.people.models import PersonRecord


def first_name(person: PersonRecord) -> str:
    """The name she goes by."""
    return person.preferred_name or person.given_name


def full_name(person: PersonRecord) -> str:
    """Given and family name."""
    return " ".join(part for part in (person.given_name or person.preferred_name, person.family_name) if part)


def chosen(people: Iterable[PersonRecord]) -> dict[UUID, PersonRecord]:
    """One record for each person: the first of those given (the reader's own agency's first)."""
    found: dict[UUID, PersonRecord] = {}
    for person in people:
        found.setdefault(person.identity_id, person)
    return found


def labels(people: Iterable[PersonRecord]) -> dict[UUID, str]:
    """What each family is called, by the mother's identity; and by an infant's identity for who sees the infant only."""
    by_id = chosen(people)
    infants: dict[UUID, list[PersonRecord]] = {}
    for person in by_id.values():
        if person.mother_identity_id and person.role == "INFANT":
            infants.setdefault(person.mother_identity_id, []).append(person)
    found = {identity: first_name(person) or _("a baby") for identity, person in by_id.items()}
    for identity, person in by_id.items():
        if person.role != "INFANT":
            found[identity] = _together(person, infants.get(identity, []))
    return {identity: label or _("a family") for identity, label in found.items()}


def _together(mother: PersonRecord, infants: list[PersonRecord]) -> str:
    if infants and not all(first_name(infant) for infant in infants):
        words = _("%(name)s and her baby") if len(infants) == 1 else _("%(name)s and her babies")
        return words % {"name": first_name(mother)}
    born = sorted(infants, key=lambda infant: (infant.birth_date is None, infant.birth_date, first_name(infant)))
    return get_text_list([name for name in (first_name(mother), *map(first_name, born)) if name], _("and"))
