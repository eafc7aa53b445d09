"""Reading agreements between organisations: which are live and bind exactly these two parties."""

from __future__ import annotations

from datetime import date

from careloom.kernel.disclosure.inputs import Agreement, Scenario
from careloom.kernel.disclosure.vocabulary import AgreementKind

_SERVICE = frozenset({AgreementKind.QSOA})
_SERVICE_OF_COVERED = _SERVICE | {AgreementKind.BAA}


def between(*, scenario: Scenario, on: date, kinds: frozenset[AgreementKind] | set[AgreementKind]) -> tuple[Agreement, ...]:
    """The live agreements of these kinds that bind the holder and the recipient, who are not the same."""
    if not scenario.agreements:
        return ()
    parties = frozenset({scenario.source.holder, scenario.request.actor_org})
    if len(parties) != 2 or "-" in parties:
        return ()
    return tuple(a for a in scenario.agreements if a.kind in kinds and a.binds(parties=parties, on=on))


def serving(*, scenario: Scenario, on: date) -> tuple[Agreement, ...]:
    """Live service agreements; a business associate of a covered program is a service organization too (42 CFR 2.11)."""
    return between(scenario=scenario, on=on, kinds=_SERVICE_OF_COVERED if scenario.source.is_covered_entity else _SERVICE)


def ids(papers: tuple[Agreement, ...]) -> tuple[str, ...]:
    """Their ids, for `Decision.instruments`."""
    return tuple(paper.id for paper in papers)


def latest_end(papers: tuple[Agreement, ...]) -> date | None:
    """The last inclusive day that any of them gives; None when one runs until ended."""
    ends = [paper.end for paper in papers]
    return None if None in ends else max(day for day in ends if day is not None)


def earlier(first: date | None, second: date | None) -> date | None:
    """The earlier of two last days, where None is open-ended."""
    days = [day for day in (first, second) if day is not None]
    return min(days) if days else None
