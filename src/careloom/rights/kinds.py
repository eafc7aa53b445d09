"""The six rights, their clocks, and on which grounds a holder may say no.

Source: 42 CFR 2.23 to 2.26; 45 CFR 164.522, 164.524, 164.526, 164.528.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from careloom.kernel.agency_kinds import AgencyKind
from careloom.kernel.packs import ClockName


class Right(StrEnum):
    """What she may ask of whoever holds records about her."""

    ACCESS = "ACCESS"
    AMENDMENT = "AMENDMENT"
    ACCOUNTING = "ACCOUNTING"
    INTERMEDIARY = "INTERMEDIARY"
    RESTRICTION = "RESTRICTION"
    CONFIDENTIAL = "CONFIDENTIAL"


@dataclass(frozen=True, kw_only=True)
class Rule:
    """The clock of a right, the clock of its one extension (None where the law gives none), the grounds of a denial, and where it stands."""

    clock: ClockName
    more: ClockName | None = None
    grounds: tuple[str, ...] = ()
    law: tuple[str, ...] = ()


#: Whoever asks must be known to be her (45 CFR 164.514(h)); the one ground that every right shares.
NOT_VERIFIED = "NOT_VERIFIED"
#: A denial of a copy that another professional looks at again when she asks (45 CFR 164.524(a)(3), (a)(4)).
REVIEWABLE = frozenset({"DANGER", "OTHER_PERSON", "REPRESENTATIVE"})
#: Grounds that hold also where she paid in full, towards a health plan (45 CFR 164.522(a)(1)(vi)).
ALSO_WHEN_PAID = frozenset({"NOT_PAID", "REQUIRED_BY_LAW", NOT_VERIFIED})
PLANS = frozenset({AgencyKind.HEALTH_PLAN.value, AgencyKind.MEDICAID_AGENCY.value})
#: Kept apart from every copy (45 CFR 164.524(a)(1)(i); 42 CFR 2.11): they are a paper of their own.
NOTES = frozenset({"part2.counseling_notes", "hipaa.psychotherapy_notes"})

RULES: Mapping[Right, Rule] = {
    Right.ACCESS: Rule(
        clock=ClockName.RIGHTS_ACCESS, more=ClockName.RIGHTS_ACCESS_MORE,
        grounds=("NOTES", "LITIGATION", "CONFIDENTIAL_SOURCE", "DANGER", "OTHER_PERSON", "REPRESENTATIVE", "NOT_HELD", NOT_VERIFIED),
        law=("42 CFR 2.23", "45 CFR 164.524"),
    ),
    Right.AMENDMENT: Rule(
        clock=ClockName.RIGHTS_AMENDMENT, more=ClockName.RIGHTS_AMENDMENT_MORE,
        grounds=("ACCURATE", "NOT_OURS", "NOT_IN_RECORD", "NOT_OPEN_TO_HER", NOT_VERIFIED), law=("45 CFR 164.526",),
    ),
    Right.ACCOUNTING: Rule(
        clock=ClockName.RIGHTS_ACCOUNTING, more=ClockName.RIGHTS_ACCOUNTING_MORE, grounds=(NOT_VERIFIED,),
        law=("42 CFR 2.25", "45 CFR 164.528"),
    ),
    Right.INTERMEDIARY: Rule(clock=ClockName.RIGHTS_INTERMEDIARY, grounds=("NOT_INTERMEDIARY", NOT_VERIFIED), law=("42 CFR 2.24(b)",)),
    Right.RESTRICTION: Rule(
        clock=ClockName.RIGHTS_RESTRICTION, grounds=("NOT_AGREED", "NOT_PAID", "REQUIRED_BY_LAW", NOT_VERIFIED),
        law=("42 CFR 2.26", "45 CFR 164.522(a)"),
    ),
    Right.CONFIDENTIAL: Rule(
        clock=ClockName.RIGHTS_CONFIDENTIAL, grounds=("NOT_WORKABLE", "NO_ADDRESS", NOT_VERIFIED), law=("45 CFR 164.522(b)",)
    ),
}  # fmt: skip


def must_agree(*, paid_in_full: bool, to_kind: str) -> bool:
    """Whether a restriction is not the holder's to refuse: towards a health plan, when she paid in full (42 CFR 2.26(a)(5); 164.522(a)(1)(vi))."""
    return paid_in_full and to_kind in PLANS


def grounds_of(right: str, *, paid_in_full: bool = False, to_kind: str = "") -> tuple[str, ...]:
    """The grounds on which a holder may say no to this request."""
    found = RULES[Right(right)].grounds
    if right == Right.RESTRICTION and must_agree(paid_in_full=paid_in_full, to_kind=to_kind):
        return tuple(code for code in found if code in ALSO_WHEN_PAID)
    return tuple(code for code in found if code != "NOT_PAID")
