"""On what a disclosure rests, in words: the kind of paper, read off the citations that a grant or an account keeps.

INVARIANT: who reads by a court's order hears that an order opened it and how far. The paper itself is shown to its keeper and to the person only.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _


class Ground(StrEnum):
    """What kind of thing a disclosure rests on."""

    ORDER = "ORDER"
    SUBPOENA = "SUBPOENA"
    EMERGENCY = "EMERGENCY"
    SERVICE = "SERVICE"
    AUDIT = "AUDIT"
    RESEARCH = "RESEARCH"
    ASSOCIATE = "ASSOCIATE"
    HER_WORDS = "HER_WORDS"
    CONSENT = "CONSENT"
    LAW = "LAW"


# The first that is found decides. Her consent stands late: an order's basis may name the same part of the law beside its own.
_MARKS: tuple[tuple[Ground, tuple[str, ...]], ...] = (
    (Ground.ORDER, ("42 CFR 2.64", "42 CFR 2.65", "42 CFR 2.66", "45 CFR 164.512(e)(1)(i)", "42 USC 5106a(b)(2)(B)(viii)(V)", "42 USC 5106a(b)(3)")),
    (Ground.SUBPOENA, ("45 CFR 164.512(e)(1)(ii)",)),
    (Ground.EMERGENCY, ("42 CFR 2.51",)),
    (Ground.AUDIT, ("42 CFR 2.53",)),
    (Ground.RESEARCH, ("42 CFR 2.52", "45 CFR 164.512(i)")),
    (Ground.HER_WORDS, ("42 CFR 2.12(d)(2)(ii)",)),
    (Ground.CONSENT, ("42 CFR 2.31", "42 CFR 2.33", "42 CFR 2.34", "42 CFR 2.35", "42 CFR 2.36", "45 CFR 164.508", "45 CFR 164.510(b)")),
    (Ground.SERVICE, ("42 CFR 2.12(c)(4)",)),
    (Ground.ASSOCIATE, ("45 CFR 164.502(e)", "45 CFR 164.504(e)")),
)
WORDS: dict[Ground, Any] = {
    Ground.ORDER: _("Opened by a court’s order"),
    Ground.SUBPOENA: _("Opened by a subpoena with a protective order"),
    Ground.EMERGENCY: _("Opened in a medical emergency"),
    Ground.SERVICE: _("Opened by an agreement, for a service to the program"),
    Ground.AUDIT: _("Opened by an agreement, for an audit"),
    Ground.RESEARCH: _("Opened by the approval of a study"),
    Ground.ASSOCIATE: _("Opened by a business associate agreement"),
    Ground.HER_WORDS: _("Her own words, which reach who keeps her plan"),
    Ground.CONSENT: _("She allowed it"),
    Ground.LAW: _("Permitted by law without a form"),
}
UNCONFIRMED = _("Counsel has not confirmed this rule.")


def ground_of(basis: Iterable[str]) -> Ground:
    """The kind of thing that a basis (whole citations) names."""
    cited = tuple(basis)
    return next((ground for ground, marks in _MARKS if any(_is(one, mark) for one in cited for mark in marks)), Ground.LAW)


def _is(citation: str, mark: str) -> bool:
    """Whether a citation is the marked one or a part of it: 2.53(b) is of 2.53, and 2.531 is not."""
    return citation == mark or (citation.startswith(mark) and citation[len(mark)] in "(;, ")


def said(*, basis: Iterable[str], review_needed: bool = False) -> str:
    """What it rests on in one line, with the warning where counsel has not confirmed the rule."""
    words = str(WORDS[ground_of(basis)])
    return f"{words}. {UNCONFIRMED}" if review_needed else words


def note(*, bases: Iterable[Iterable[str]], review_needed: bool) -> str:
    """What somebody's sight rests on beside her consent, in one line; empty where she allowed all of it and no rule waits for counsel."""
    grounds = {ground_of(basis) for basis in bases} - {Ground.CONSENT, Ground.HER_WORDS, Ground.LAW}
    said = [str(WORDS[ground]) for ground in Ground if ground in grounds]
    said += [str(UNCONFIRMED)] if review_needed else []
    return ". ".join(line.rstrip(".") for line in said)


def paper_link(*, basis: Iterable[str], instrument_id: UUID | None, is_own: bool, keeps: bool) -> tuple[str, str]:
    """The address and the name of the paper under a disclosure; empty where this reader may not open it.

    `is_own`: her own agency gave it. `keeps`: her role keeps the papers.
    """
    ground = ground_of(basis)
    if instrument_id is None:
        return "", ""
    if ground in {Ground.CONSENT, Ground.LAW, Ground.HER_WORDS}:
        return reverse("consents:one", args=[instrument_id]), now("Her consent")
    if not (is_own and keeps):
        return "", ""
    if ground in {Ground.ORDER, Ground.SUBPOENA}:
        return reverse("consents:order", args=[instrument_id]), now("A court’s paper")
    # An opening in an emergency has its page in the app of disclosures.
    return ("", "") if ground is Ground.EMERGENCY else (reverse("consents:clause", args=[instrument_id]), now("An agreement"))
