"""The register of EHRs that an agency's administrator keeps. Each write is safe to repeat and writes its audit row."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F, QuerySet

from careloom.agencies.models import Agency
from careloom.agencies.roles import Permission
from careloom.exchange.models import Ehr
from careloom.exchange.smart.wire import host_of, is_safe_address
from careloom.infra.access import NotVisible, Viewer, require
from careloom.infra.answers import Done, Refused, said
from careloom.infra.audit.actions import record

MOST_HOSTS = 5


def is_practice() -> bool:
    """Whether an EHR may stand on this machine without https: only where no real person is."""
    return bool(settings.CARELOOM_WORLD == "demo")


def ehrs_of(*, viewer: Viewer) -> QuerySet[Ehr]:
    """Every EHR of the viewer's agency, those in use first, by name."""
    require(viewer)
    return Ehr.objects.filter(agency_id=viewer.holder_id).order_by(F("ended_at").asc(nulls_first=True), "name", "id")


def ehr_of(*, viewer: Viewer, ehr_id: UUID) -> Ehr:
    """One EHR of the viewer's agency; `NotVisible` for another agency's."""
    found = ehrs_of(viewer=viewer).filter(pk=ehr_id).first()
    if found is None:
        raise NotVisible
    return found


def ehr_in_use(*, viewer: Viewer, iss: str = "", ehr_id: UUID | None = None) -> Ehr | None:
    """The EHR in use at the viewer's agency by its address or its id; None alike for one that another agency registered and one that nobody did."""
    found = ehrs_of(viewer=viewer).filter(ended_at=None)
    return (found.filter(pk=ehr_id) if ehr_id else found.filter(iss=iss.rstrip("/"))).first()


def gaps_of(*, name: str, iss: str, client_id: str, hosts: tuple[str, ...]) -> list[str]:
    """What is wrong with the facts of a record system: NO_NAME, ISS, CLIENT, HOSTS."""
    gaps = []
    if not said(name, most=80):
        gaps.append("NO_NAME")
    if not is_safe_address(iss, practice=is_practice()) or "?" in iss or len(iss) > 300:
        gaps.append("ISS")
    if not client_id.strip().isprintable() or not 0 < len(client_id.strip()) <= 200:
        gaps.append("CLIENT")
    if len(hosts) > MOST_HOSTS or any(len(host) > 120 or host_of(f"https://{host}") != host for host in hosts):
        gaps.append("HOSTS")
    return gaps


@transaction.atomic
def register(*, name: str, iss: str, client_id: str, hosts: Iterable[str], by: Viewer, at: datetime, request_key: str) -> Done | Refused:
    """Register an EHR of the agency of `by`. The same `request_key` registers once.

    Refused with NOT_ALLOWED, NO_NAME, ISS, CLIENT, HOSTS or KNOWN (this address is registered and in use).
    """
    require(by)
    if not by.can(Permission.AGENCY_ADMIN) or by.worker_id is None:
        return Refused(codes=("NOT_ALLOWED",))
    # The agency's row is the lock: two presses of one button wait for each other here.
    agency = Agency.objects.select_for_update().get(pk=by.holder_id)
    known = Ehr.objects.filter(agency=agency, request_key=request_key).first()
    if known is not None:
        return Done(row_id=known.pk)
    address, others, gaps = iss.strip().rstrip("/"), tuple(dict.fromkeys(host.lower() for host in hosts)), list[str]()
    gaps += gaps_of(name=name, iss=address, client_id=client_id, hosts=others)
    if Ehr.objects.filter(agency=agency, iss=address, ended_at=None).exists():
        gaps.append("KNOWN")
    if gaps:
        return Refused(codes=tuple(gaps))
    made = Ehr.objects.create(
        agency=agency, name=said(name, most=80), iss=address, client_id=client_id.strip(), hosts=list(others), made_at=at, made_by=by.worker_id,
        request_key=request_key,
    )  # fmt: skip
    record(by=by, at=at, action="exchange.ehr_registered", object_id=made.pk, detail={"iss": address, "hosts": list(others)})
    return Done(row_id=made.pk)


@transaction.atomic
def end(*, ehr_id: UUID, by: Viewer, at: datetime) -> Done | Refused:
    """Let nobody open from this EHR any more. Doing it twice changes nothing."""
    require(by)
    found = Ehr.objects.select_for_update().filter(pk=ehr_id, agency_id=by.holder_id).first()
    if not by.can(Permission.AGENCY_ADMIN) or found is None:
        return Refused(codes=("NOT_ALLOWED",))
    if found.ended_at is None:
        found.ended_at, found.ended_by = at, by.worker_id
        found.save(update_fields=["ended_at", "ended_by"])
        record(by=by, at=at, action="exchange.ehr_ended", object_id=found.pk)
    return Done(row_id=found.pk)
