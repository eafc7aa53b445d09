"""Makes the grants of an identity from the papers in force, by asking the kernel once for each possible flow.

INVARIANT: a grant exists only where the kernel permits; nothing here adds a permission of its own except that the mother's own words
reach the agencies that keep her plan (she told them: 42 CFR 2.12(d)(2)(ii), 45 CFR 164.510(b)).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import chain
from uuid import UUID, uuid4

from django.db import connection

from careloom.consents import links
from careloom.consents.flows import by_agreement, by_consent, by_emergency, by_order, to_herself
from careloom.consents.flows.flow import Flow, key_of
from careloom.consents.flows.told import Told, gather
from careloom.consents.turns import take_family_turn
from careloom.infra import clock
from careloom.infra.access import PrincipalKind, System, acting_as, system
from careloom.infra.access.models import Grant, Principal


def materialise(identity_ids: Iterable[UUID], *, at: datetime | None = None) -> int:
    """Bring the grants of these identities in line with the papers in force, in the caller's transaction. Returns how many changed."""
    at = at or clock.now()
    ids = sorted(set(identity_ids), key=str)
    # INVARIANT: whoever comes second reads what the first committed. Else a form that is revoked while a new fact opens its first grant
    # would leave that grant behind.
    take_family_turn(ids)
    with acting_as(system(System.GRANTS)):
        told = gather(ids, at=at)
        wanted = {flow.key: flow for flow in wanted_flows(told)}
        held = list(Grant.objects.filter(identity_id__in=ids, valid_to__gt=at))
        pages = _link_principals(held)
        live = {key_of(g): g.pk for g in held if g.recipient_id not in pages or not links.still_stands(grant=g, consents=told.consents, at=at)}
        gone = [pk for key, pk in live.items() if key not in wanted]
        new = [flow for key, flow in wanted.items() if key not in live]
        _end(gone, at=at)
        _begin(new)
    return len(gone) + len(new)


def wanted_flows(told: Told) -> Iterator[Flow]:
    """Every grant that should exist, of every kind of paper; an empty period is none."""
    found = chain(by_consent.flows(told), by_order.flows(told), by_agreement.flows(told), by_emergency.flows(told), to_herself.flows(told))
    return (flow for flow in found if flow.valid_to > told.at)


def _link_principals(grants: list[Grant]) -> set[UUID]:
    """The one-time pages among the recipients. Their grants are made in `links` and end here only when their consent no longer stands."""
    found = Principal.objects.filter(pk__in={g.recipient_id for g in grants}, kind=PrincipalKind.LINK.value)
    return set(found.values_list("pk", flat=True)) if grants else set()


def _end(ids: list[UUID], *, at: datetime) -> None:
    if not ids:
        return
    with connection.cursor() as cursor:
        # The database's own present, so that no read which starts after this commit still sees the grant. One that has not begun never does.
        cursor.execute("UPDATE access_grant SET valid_to = greatest(valid_from, least(%s, access_now())) WHERE id = ANY (%s)", [at, ids])


def _begin(flows: list[Flow]) -> None:
    if not flows:
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT access_now()")
        (present,) = cursor.fetchone()
    Grant.objects.bulk_create(
        Grant(
            id=uuid4(),
            identity_id=flow.segment.identity_id,
            category=flow.segment.category,
            holder_id=flow.segment.holder_id,
            provenance=flow.segment.provenance,
            recipient_id=flow.recipient_id,
            purposes=list(flow.purposes),
            valid_from=_begins(flow, present=present),
            valid_to=flow.valid_to,
            basis=list(flow.basis),
            obligations=list(flow.obligations),
            instrument_id=flow.instrument_id,
            review_needed=flow.review_needed,
        )
        for flow in flows
    )


def _begins(flow: Flow, *, present: datetime) -> datetime:
    """A paper that is in force opens now, by the database's clock; only one that names a later day waits for it."""
    return flow.valid_from if flow.begins_later else min(flow.valid_from, present)
