"""Makes the grants of identities from the papers in force, by asking the kernel about each possible flow.

INVARIANT: a grant exists only where the kernel permits; nothing here adds a permission of its own except that the mother's own words
reach the agencies that keep her plan (she told them: 42 CFR 2.12(d)(2)(ii), 45 CFR 164.510(b)).
"""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from itertools import chain
from uuid import UUID

from careloom.consents import granting
from careloom.consents.flows import by_agreement, by_consent, by_emergency, by_order, to_herself
from careloom.consents.flows.flow import Flow
from careloom.consents.flows.memory import Memory
from careloom.consents.flows.told import Told, gather
from careloom.consents.turns import take_family_turn
from careloom.infra import clock
from careloom.infra.access import System, acting_as, system

#: How many people are read at a time: what is told of them and their grants stay within some tens of megabytes.
A_TIME = 1500
#: From how many people on the grants are compared in the database. For a family a table made for the purpose costs more than it saves.
SET_WISE_FROM = 40


def materialise(identity_ids: Iterable[UUID], *, at: datetime | None = None, memory: Memory | None = None) -> int:
    """Bring the grants of these identities in line with the papers in force, in the caller's transaction. Returns how many changed.

    `memory` may be handed from call to call of one piece of work; what it holds is true on its own.
    """
    at, memory = at or clock.now(), memory or Memory()
    ids = sorted(set(identity_ids))
    # INVARIANT: whoever comes second reads what the first committed. Else a form that is revoked while a new fact opens its first grant
    # would leave that grant behind.
    take_family_turn(ids)
    with acting_as(system(System.GRANTS)):
        return sum(_bring(ids[start : start + A_TIME], at=at, memory=memory) for start in range(0, len(ids), A_TIME))


def _bring(ids: list[UUID], *, at: datetime, memory: Memory) -> int:
    if len(ids) < SET_WISE_FROM:
        told = gather(ids, at=at, memory=memory)
        return granting.one_by_one(ids, wanted_flows(told), told=told)
    with _no_search_for_cycles():
        told = gather(ids, at=at, memory=memory)
        return granting.set_wise(ids, wanted_flows(told), told=told)


@contextmanager
def _no_search_for_cycles() -> Iterator[None]:
    """Some hundred thousand rows and flows come and go, none of which points back: looking among them for cycles is a quarter of the work."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def wanted_flows(told: Told) -> Iterator[Flow]:
    """Every grant that should exist, of every kind of paper; an empty period is none."""
    found = chain(by_consent.flows(told), by_order.flows(told), by_agreement.flows(told), by_emergency.flows(told), to_herself.flows(told))
    at = told.at
    return (flow for flow in found if flow.valid_to > at)
