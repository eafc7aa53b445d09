"""Changes to the directory: an import as a whole, the room an agency has, and files that wait for a yes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from django.apps import apps
from django.db import transaction

from careloom.agencies.roles import Permission
from careloom.directory import children
from careloom.directory.facts import DirectoryFacts
from careloom.directory.importing import (
    ImportResult,
    Row,
    TableChange,
    join_values,
    location_values,
    organization_values,
    places_by_service,
    plan_rows,
    service_values,
    write_rows,
)
from careloom.directory.models import Capacity, DirectorySource, Location, Organization, Service, ServiceAtLocation, WaitingUpload
from careloom.infra import clock
from careloom.infra.access import NotVisible, PrincipalKind, Viewer
from careloom.infra.audit import actions as audit

KEPT_FOR = timedelta(days=1)


class CapacityAnswer(StrEnum):
    """What became of a capacity that somebody typed."""

    SAVED = "SAVED"
    NOT_YOURS = "NOT_YOURS"
    MORE_THAN_THERE_IS = "MORE_THAN_THERE_IS"


def may_edit(viewer: Viewer) -> bool:
    """A directory steward, or a system role such as the import at the command line."""
    return viewer.can(Permission.DIRECTORY_EDIT) or viewer.kind is PrincipalKind.SYSTEM


@transaction.atomic
def import_directory(*, facts: DirectoryFacts, by: Viewer, at: datetime) -> ImportResult:
    """Write a directory. The same facts again change nothing; rows that are gone from the source become inactive.

    Capacity that an agency typed later than the file's own date stays. Raises NotVisible without the right.
    """
    if not may_edit(by):
        raise NotVisible
    result = _write(facts, at)
    said = {"layout": facts.layout, "imported_at": at, "services": len(facts.services)}
    DirectorySource.objects.update_or_create(name=facts.source, defaults=said)
    counts: dict[str, object] = {c.table: [c.added, c.updated, c.unchanged, c.ended] for c in result.changes}
    audit.record(by=by, at=at, action="directory.imported", detail={"source": facts.source, "layout": facts.layout, **counts})
    return result


def preview_import(*, facts: DirectoryFacts) -> ImportResult:
    """What an import would do: it is done and rolled back, so the counts are those of the real thing."""
    with transaction.atomic():
        result = _write(facts, clock.now())
        transaction.set_rollback(True)
    return result


def _write(facts: DirectoryFacts, at: datetime) -> ImportResult:
    changes: list[TableChange] = []

    def write(model: type[Row], wanted: dict[str, dict[str, object]]) -> dict[str, UUID]:
        added, updated, ended, unchanged = plan_rows(model, facts.source, wanted, at)
        write_rows(model, added, updated, ended)
        changes.append(TableChange(table=model._meta.model_name or "", added=len(added), updated=len(updated), unchanged=unchanged, ended=len(ended)))
        return dict(model._default_manager.filter(source=facts.source).values_list("source_id", "pk"))

    organizations = write(Organization, {o.source_id: organization_values(o) for o in facts.organizations})
    locations = write(Location, {p.source_id: location_values(p, organizations) for p in facts.locations})
    names = {o.source_id: o.name for o in facts.organizations}
    places, agencies = places_by_service(facts), _agencies(s.agency_name for s in facts.services)
    kept = children.newer_capacity(facts)
    values = {s.source_id: service_values(s, organizations, agencies, names, places.get(s.source_id, [])) for s in facts.services}
    for source_id, available in kept.items():
        values[source_id]["available"] = available
    services = write(Service, values)
    write(ServiceAtLocation, {j.source_id: join_values(j, services, locations) for j in facts.services_at_locations})
    children.replace(facts=facts, services=services, locations=locations, keep_capacity=set(kept))
    return ImportResult(source=facts.source, layout=facts.layout, changes=tuple(changes), problems=facts.problems)


def _agencies(names: Iterable[str]) -> dict[str, UUID]:
    wanted = {n for n in names if n}
    return dict(apps.get_model("agencies", "Agency").objects.filter(name__in=wanted).values_list("name", "pk")) if wanted else {}


@transaction.atomic
def update_capacity(*, service_id: UUID, available: int, maximum: int | None, by: Viewer, at: datetime, unit: str | None = None) -> CapacityAnswer:
    """Say how much room a service has. Its own agency and the directory steward may; repeating it is harmless.

    Raises NotVisible when there is no such service.
    """
    service = Service.objects.select_for_update().filter(pk=service_id, active=True).first()
    if service is None:
        raise NotVisible
    own = service.agency_id is not None and service.agency_id == by.holder_id
    if not (own or may_edit(by)):
        return CapacityAnswer.NOT_YOURS
    if available < 0 or (maximum is not None and available > maximum):
        return CapacityAnswer.MORE_THAN_THERE_IS
    held = list(Capacity.objects.filter(service=service).order_by("unit"))
    unit = unit or (held[0].unit if held else "place")
    Capacity.objects.update_or_create(service=service, unit=unit, defaults={"available": available, "maximum": maximum, "updated_at": at})
    service.available = available + sum(c.available for c in held if c.unit != unit)
    service.modified_at = at
    service.save(update_fields=["available", "modified_at"])
    detail: dict[str, object] = {"unit": unit, "available": available, "maximum": maximum}
    audit.record(by=by, at=at, action="directory.capacity_updated", object_id=service.pk, detail=detail)
    return CapacityAnswer.SAVED


@transaction.atomic
def join_agency(*, service_id: UUID, agency_id: UUID | None, by: Viewer, at: datetime) -> None:
    """Say which agency of ours offers a service (None: no longer one of ours). Later imports leave it so.

    Raises NotVisible without the right, or when there is no such service.
    """
    if not may_edit(by) or not Service.objects.filter(pk=service_id).update(agency_id=agency_id):
        raise NotVisible
    detail: dict[str, object] = {"agency_id": str(agency_id or "")}
    audit.record(by=by, at=at, action="directory.agency_joined", object_id=service_id, detail=detail)


@transaction.atomic
def keep_upload(*, name: str, source: str, data: bytes, by: Viewer, at: datetime) -> UUID:
    """Keep a file between the dry run and the yes. Older waiting files, and this worker's own, are dropped."""
    if not may_edit(by):
        raise NotVisible
    worker = by.worker_id or by.principal_id
    WaitingUpload.objects.filter(made_at__lt=at - KEPT_FOR).delete()
    WaitingUpload.objects.filter(made_by=worker).delete()
    return WaitingUpload.objects.create(made_by=worker, made_at=at, name=name[:200], source=source[:60], data=data).pk


def take_upload(*, upload_id: UUID, by: Viewer) -> tuple[str, str, bytes]:
    """Name, source and bytes of this worker's waiting file. Raises NotVisible when there is none (any more)."""
    found = WaitingUpload.objects.filter(pk=upload_id, made_by=by.worker_id or by.principal_id).first()
    if found is None or not may_edit(by):
        raise NotVisible
    return found.name, found.source, bytes(found.data)


def drop_upload(*, upload_id: UUID, by: Viewer) -> None:
    """Forget a waiting file; forgetting it twice is harmless."""
    WaitingUpload.objects.filter(pk=upload_id, made_by=by.worker_id or by.principal_id).delete()
