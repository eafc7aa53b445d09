"""The register of partners' record systems that an agency's administrator keeps. Each write is safe to repeat and writes its audit row."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F, QuerySet

from careloom.agencies.models import Agency
from careloom.agencies.roles import Permission
from careloom.exchange.fetching.keys import ensure_key
from careloom.exchange.models import Source
from careloom.exchange.smart.registering import gaps_of
from careloom.infra import clock
from careloom.infra.access import NotVisible, Viewer, require
from careloom.infra.answers import Done, Refused, said
from careloom.infra.audit.actions import record


def sources_of(*, viewer: Viewer) -> QuerySet[Source]:
    """Every source of the viewer's agency, those in use first, by name."""
    require(viewer)
    rows = Source.objects.filter(agency_id=viewer.holder_id).select_related("discloser")
    return rows.order_by(F("ended_at").asc(nulls_first=True), "name", "id")


def source_of(*, viewer: Viewer, source_id: UUID) -> Source:
    """One source of the viewer's agency; `NotVisible` for another agency's."""
    found = sources_of(viewer=viewer).filter(pk=source_id).first()
    if found is None:
        raise NotVisible
    return found


def partners_of(agency_id: UUID) -> QuerySet[Agency]:
    """The agencies whose records a source may give: every active one but the own."""
    return Agency.objects.filter(active=True).exclude(pk=agency_id)


@transaction.atomic
def register(
    *, name: str, discloser_id: UUID, iss: str, client_id: str, hosts: Iterable[str], by: Viewer, at: datetime, request_key: str
) -> Done | Refused:
    """Register a source of the agency of `by`; its first one makes the agency's key. The same `request_key` registers once.

    Refused with NOT_ALLOWED, PARTNER, NO_NAME, ISS, CLIENT, HOSTS or KNOWN (this address is registered and in use).
    """
    require(by)
    if not by.can(Permission.AGENCY_ADMIN) or by.worker_id is None:
        return Refused(codes=("NOT_ALLOWED",))
    # The agency's row is the lock: two presses of one button wait for each other here.
    agency = Agency.objects.select_for_update().get(pk=by.holder_id)
    known = Source.objects.filter(agency=agency, request_key=request_key).first()
    if known is not None:
        return Done(row_id=known.pk)
    address, others = iss.strip().rstrip("/"), tuple(dict.fromkeys(host.lower() for host in hosts))
    gaps = gaps_of(name=name, iss=address, client_id=client_id, hosts=others)
    if not partners_of(agency.pk).filter(pk=discloser_id).exists():
        gaps.append("PARTNER")
    if Source.objects.filter(agency=agency, iss=address, ended_at=None).exists():
        gaps.append("KNOWN")
    if gaps:
        return Refused(codes=tuple(gaps))
    made = Source.objects.create(
        agency=agency, discloser_id=discloser_id, name=said(name, most=80), iss=address, client_id=client_id.strip(), hosts=list(others),
        made_at=at, made_by=by.worker_id, request_key=request_key,
    )  # fmt: skip
    ensure_key(agency=agency, at=clock.outside())
    record(by=by, at=at, action="exchange.source_registered", object_id=made.pk, detail={"iss": address, "hosts": list(others)})
    return Done(row_id=made.pk)


@transaction.atomic
def end(*, source_id: UUID, by: Viewer, at: datetime) -> Done | Refused:
    """Let nobody fetch from this source any more; what is on its way ends. Doing it twice changes nothing."""
    require(by)
    found = Source.objects.select_for_update().filter(pk=source_id, agency_id=by.holder_id).first()
    if not by.can(Permission.AGENCY_ADMIN) or found is None:
        return Refused(codes=("NOT_ALLOWED",))
    if found.ended_at is None:
        found.ended_at, found.ended_by = at, by.worker_id
        found.save(update_fields=["ended_at", "ended_by"])
        record(by=by, at=at, action="exchange.source_ended", object_id=found.pk)
    return Done(row_id=found.pk)
