"""What must be true before a plan closes. Source: plan-content 2.7.

The pack lists the items. Three of them are read from the plan itself; the others are facts that the lead stands for.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

NO_INFANT = frozenset({"PREGNANCY_LOSS", "INFANT_DEATH"})
"""With these reasons nothing is asked about an infant, and nobody waits for the end of a period."""

ABOUT_INFANT = frozenset({"PERIOD_DONE", "MEDICAL_HOME", "EARLY_INTERVENTION_KNOWN"})
ELSEWHERE = frozenset({"MERGED_DUPLICATE"})
"""The family's plan goes on under another id, so that nothing is asked of this one."""
HER_DECISION = frozenset({"FAMILY_DECLINED"})
"""She may end the plan at any time: no need and no period holds her in it (DESIGN 5)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class NeedFact:
    """How one need stands. `choice`: YES, NOT_NOW, NO or NOT_ASKED; `result`: OPEN, MET, PARTLY or UNMET."""

    choice: str
    result: str
    reason: str = ""

    @property
    def settled(self) -> bool:
        """Met, declined by her, or not available with the reason logged."""
        return self.result == "MET" or self.choice == "NO" or (self.result == "UNMET" and bool(self.reason))


@dataclass(frozen=True, kw_only=True, slots=True)
class ContactTries:
    """Tries to reach her since she was last reached, and what the pack asks for before contact counts as lost."""

    days: tuple[date, ...]
    ways: int
    needed: int
    over_days: int

    @property
    def enough(self) -> bool:
        """Enough tries, in more than one way, spread over the days asked for."""
        if len(self.days) < self.needed or self.ways < min(2, self.needed):
            return False
        return max(self.days) - min(self.days) >= timedelta(days=self.over_days)


@dataclass(frozen=True, kw_only=True, slots=True)
class ClosingFacts:
    """What the checklist is read from. `confirmed` holds the codes of items that the lead stands for."""

    reason: str
    needs: tuple[NeedFact, ...]
    follow_until: date | None
    as_of: date
    confirmed: frozenset[str]
    tries: ContactTries


def unmet_items(*, checklist: Iterable[str], facts: ClosingFacts) -> tuple[str, ...]:
    """Return the codes of the checklist that are not met, in its order; empty when the plan may close.

    LOST_CONTACT_TRIES is added when contact is given as lost before the tries that the pack asks for.
    """
    unmet = [code for code in checklist if _applies(code, facts.reason) and not _met(code, facts)]
    if facts.reason == "LOST_CONTACT" and not facts.tries.enough:
        unmet.append("LOST_CONTACT_TRIES")
    return tuple(unmet)


def _applies(code: str, reason: str) -> bool:
    if reason in ELSEWHERE:
        return False
    if reason in NO_INFANT:
        return code not in ABOUT_INFANT
    if reason in HER_DECISION:
        return code not in {"NEEDS_SETTLED", "PERIOD_DONE"}
    return not (reason == "LOST_CONTACT" and code in {"TOLD_AND_COPY", "PERIOD_DONE"})


def _met(code: str, facts: ClosingFacts) -> bool:
    if code == "NEEDS_SETTLED":
        return all(need.settled for need in facts.needs)
    if code == "PERIOD_DONE":
        return facts.follow_until is not None and facts.as_of >= facts.follow_until
    return code in facts.confirmed
