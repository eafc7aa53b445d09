"""What leaves the hospital, field by field, exactly as the rules name it."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from careloom.kernel.notification import SentField
from careloom.notifications import words
from careloom.notifications.facts import NotificationFacts


def leaves(*, fields: Iterable[SentField], facts: NotificationFacts, year: int, state: str) -> tuple[str, ...]:
    """One chip for each field: its value where that is a code, its name where it is a name, a date or a place."""
    return tuple(_chip(field, facts, year, state) for field in dict.fromkeys(fields))


def _chip(field: SentField, facts: NotificationFacts, year: int, state: str) -> str:
    shown = [e for e in facts.exposures if not e.part2] or list(facts.exposures)
    values = {
        SentField.YEAR: str(year),
        SentField.STATE: state,
        SentField.SUBSTANCE_CLASSES: ", ".join(str(words.SUBSTANCES[e.substance]) for e in shown) or _("No exposure"),
        SentField.PRESCRIBED: ", ".join(dict.fromkeys(str(words.PRESCRIBED[e.prescribed]) for e in shown)) or _("Nothing prescribed"),
        SentField.INFANT_SIGNS: str(words.WITHDRAWAL[facts.withdrawal]),
        SentField.TREATMENT_ANSWER: _("In treatment: %(answer)s") % {"answer": str(words.TREATMENT.get(facts.in_treatment, "?")).lower()},
        SentField.PLAN_STATUS: _("Has a plan") if facts.plan_status == "HAS_CARD" else _("No plan yet"),
    }
    return values.get(field) or str(words.FIELDS[field.value])
