"""The register of identity providers that an agency's administrator keeps. Each write is safe to repeat and writes its audit row."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F, QuerySet

from careloom.agencies.models import Agency
from careloom.agencies.roles import Permission
from careloom.infra.access import NotVisible, System, Viewer, acting_as, require, system
from careloom.infra.answers import Done, Refused, said
from careloom.infra.audit.actions import record
from careloom.sso.metadata import Described, MetadataRefused, read_metadata
from careloom.sso.models import GroupRole, Provider
from careloom.sso.roles import tidy

MOST_DOMAINS: Final = 5
_DOMAIN: Final = re.compile(r"(?=.{4,120}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}")


def providers_of(*, viewer: Viewer) -> QuerySet[Provider]:
    """Every provider of the viewer's agency, those in use first, by name."""
    require(viewer)
    return Provider.objects.filter(agency_id=viewer.holder_id).order_by(F("ended_at").asc(nulls_first=True), "name", "id")


def provider_of(*, viewer: Viewer, provider_id: UUID) -> Provider:
    """One provider of the viewer's agency; `NotVisible` for another agency's."""
    found = providers_of(viewer=viewer).select_related("agency").filter(pk=provider_id).first()
    if found is None:
        raise NotVisible
    return found


@transaction.atomic
def register(*, name: str, metadata: bytes, domains: Iterable[str], by: Viewer, at: datetime, request_key: str) -> Done | Refused:
    """Register a provider of the agency of `by` by its metadata. The same `request_key` registers once.

    Refused with NOT_ALLOWED, NO_NAME, DOMAINS, KNOWN (another provider in use has this name), or a code of `metadata.MetadataRefused`.
    """
    require(by)
    if not by.can(Permission.AGENCY_ADMIN) or by.worker_id is None:
        return Refused(codes=("NOT_ALLOWED",))
    # The agency's row is the lock: two presses of one button wait for each other here.
    agency = Agency.objects.select_for_update().get(pk=by.holder_id)
    known = Provider.objects.filter(agency=agency, request_key=request_key).first()
    if known is not None:
        return Done(row_id=known.pk)
    ends, gaps = tuple(dict.fromkeys(one.strip().lower().removeprefix("@") for one in domains if one.strip())), []
    if not said(name, most=80):
        gaps.append("NO_NAME")
    if not 0 < len(ends) <= MOST_DOMAINS or not all(_DOMAIN.fullmatch(one) for one in ends):
        gaps.append("DOMAINS")
    told = _read(metadata, gaps, at=at)
    if told is None or gaps:
        return Refused(codes=tuple(gaps))
    row = Provider(
        agency=agency, name=said(name, most=80), entity_id=told.entity_id, sso_url=told.sso_url, certificates=list(told.certificates),
        keys_end_at=told.ends_at, domains=list(ends), made_at=at, made_by=by.worker_id, request_key=request_key,
    )  # fmt: skip
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        return Refused(codes=("KNOWN",))
    record(by=by, at=at, action="sso.provider_registered", object_id=row.pk, detail={"domains": list(ends)})
    return Done(row_id=row.pk)


@transaction.atomic
def renew(*, provider_id: UUID, metadata: bytes, by: Viewer, at: datetime) -> Done | Refused:
    """Take new metadata of the same provider: its keys and its address. Refused: NOT_ALLOWED, ANOTHER, or a code of `MetadataRefused`."""
    require(by)
    if not by.can(Permission.AGENCY_ADMIN):
        return Refused(codes=("NOT_ALLOWED",))
    row, gaps = _locked(by, provider_id), list[str]()
    told = _read(metadata, gaps, at=at)
    if told is None:
        return Refused(codes=tuple(gaps))
    if told.entity_id != row.entity_id:
        return Refused(codes=("ANOTHER",))
    if (row.sso_url, row.certificates) != (told.sso_url, list(told.certificates)):
        row.sso_url, row.certificates, row.keys_end_at = told.sso_url, list(told.certificates), told.ends_at
        row.save(update_fields=["sso_url", "certificates", "keys_end_at"])
        record(by=by, at=at, action="sso.provider_renewed", object_id=row.pk)
    return Done(row_id=row.pk)


@transaction.atomic
def map_groups(*, provider_id: UUID, attribute: str, pairs: Iterable[tuple[str, str]], by: Viewer, at: datetime) -> Done | Refused:
    """Say which groups give which roles; no pair: roles are given by hand alone. Refused: NOT_ALLOWED, ATTRIBUTE, GROUPS."""
    require(by)
    if not by.can(Permission.AGENCY_ADMIN):
        return Refused(codes=("NOT_ALLOWED",))
    row = _locked(by, provider_id)
    wanted, gaps = tidy(list(pairs), kind=row.agency.kind), []
    if wanted and not said(attribute, most=200):
        gaps.append("ATTRIBUTE")
    if wanted is None:
        gaps.append("GROUPS")
    if wanted is None or gaps:
        return Refused(codes=tuple(gaps))
    before = {(one.group, one.role) for one in row.groups.all()}
    if before != wanted or row.groups_attribute != said(attribute, most=200):
        row.groups.all().delete()
        GroupRole.objects.bulk_create([GroupRole(provider=row, group=group, role=role) for group, role in sorted(wanted)])
        row.groups_attribute = said(attribute, most=200)
        row.save(update_fields=["groups_attribute"])
        record(by=by, at=at, action="sso.groups_mapped", object_id=row.pk, detail={"groups": len(wanted)})
    return Done(row_id=row.pk)


@transaction.atomic
def end(*, provider_id: UUID, by: Viewer, at: datetime) -> Done | Refused:
    """End signing in by a provider: nobody comes in by it from now on. Again changes nothing."""
    require(by)
    if not by.can(Permission.AGENCY_ADMIN):
        return Refused(codes=("NOT_ALLOWED",))
    row = _locked(by, provider_id)
    if row.ended_at is None:
        row.ended_at, row.ended_by = at, by.worker_id
        row.save(update_fields=["ended_at", "ended_by"])
        record(by=by, at=at, action="sso.provider_ended", object_id=row.pk)
    return Done(row_id=row.pk)


def _locked(by: Viewer, provider_id: UUID) -> Provider:
    row = Provider.objects.select_for_update(of=("self",)).select_related("agency").filter(pk=provider_id, agency_id=by.holder_id).first()
    if row is None:
        raise NotVisible
    return row


def _read(data: bytes, gaps: list[str], *, at: datetime) -> Described | None:
    try:
        return read_metadata(data, at=at)
    except MetadataRefused as refused:
        gaps.append(refused.code)
        return None


def confirm(*, provider_id: UUID, at: datetime) -> Provider | None:
    """The operator confirms that a provider's e-mails are its agency's; None for one that is not in use. Again changes nothing."""
    row = Provider.objects.select_for_update(of=("self",)).select_related("agency").filter(pk=provider_id, ended_at=None).first()
    if row is not None and row.confirmed_at is None:
        row.confirmed_at = at
        row.save(update_fields=["confirmed_at"])
        job = system(System.JOB, holder_id=row.agency_id)
        with acting_as(job):
            record(by=job, at=at, action="sso.provider_confirmed", object_id=row.pk, detail={"domains": row.domains})
    return row
