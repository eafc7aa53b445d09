"""The words of an answer: its reasons in the order of the law, their citations, the duties, and whether counsel must still look."""

from __future__ import annotations

from collections.abc import Iterable

from careloom.kernel.disclosure.memory import remembered
from careloom.kernel.disclosure.reasons import Reason
from careloom.kernel.disclosure.records import Record
from careloom.kernel.disclosure.vocabulary import Obligation


class Wording(Record, frozen=True, kw_only=True):
    """What a decision says. `basis` are whole citations, the main one first."""

    reasons: tuple[Reason, ...]
    basis: tuple[str, ...]
    obligations: tuple[Obligation, ...]
    review_needed: bool


@remembered
def worded(found: tuple[Reason, ...], after: tuple[Reason, ...], owed: frozenset[Obligation]) -> Wording:
    """Say what was found, and then what explains a denial beside it, each reason and each citation once."""
    reasons = tuple(dict.fromkeys((*in_law_order(found), *after)))
    return Wording(
        reasons=reasons,
        basis=tuple(dict.fromkeys(citation for reason in reasons for citation in reason.citations)),
        obligations=tuple(duty for duty in Obligation if duty in owed),
        review_needed=any(reason.review_needed for reason in reasons),
    )


def in_law_order(found: Iterable[Reason]) -> tuple[Reason, ...]:
    """Each reason once, by rule and then by the order of the law's own lists, whatever the order of the papers."""
    seen: dict[Reason, None] = {}
    groups: dict[type[Reason], list[Reason]] = {}
    for reason in found:
        groups.setdefault(type(reason), []).append(reason)
    for kind in sorted(groups, key=lambda k: k.__name__, reverse=True):
        members = list(kind)
        seen.update(dict.fromkeys(sorted(groups[kind], key=members.index)))
    return tuple(seen)
