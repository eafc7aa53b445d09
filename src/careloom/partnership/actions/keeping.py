"""What every action of the partnership does alike: find a row of the collaborative, make or change it once, and say what is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, fields
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction

from careloom.infra.access import Viewer
from careloom.infra.answers import Done, Refused, Stale, said
from careloom.infra.audit.actions import record
from careloom.kernel.clocks import local_day
from careloom.partnership.models.structure import Kept
from careloom.partnership.standing import Standing


def row_of(model: type[Any], standing: Standing, pk: UUID | None) -> Any:
    """A live row of this collaborative, or None."""
    live = {one.name: None for one in model._meta.get_fields() if one.name in ("ends_on", "left_on")}
    return model.objects.filter(pk=pk, collaborative_id=standing.collaborative.pk, **live).first() if pk else None


def put(
    model: type[Kept], row: Any, *, codes: tuple[str, ...], values: Mapping[str, Any], version: int, standing: Standing, by: Viewer, at: datetime,
    request_key: str,
) -> Done | Refused | Stale:  # fmt: skip
    """Make the row, or change it where it still stands at `version`. Of two who send at once one waits for the other."""
    code = f"{model._meta.app_label}.{model._meta.model_name}"
    same = model.objects.filter(request_key=request_key, collaborative_id=standing.collaborative.pk)
    if row is None:
        earlier = same.first()
        if earlier is not None:
            return Done(row_id=earlier.pk)
    else:
        now = model.objects.select_for_update().get(pk=row.pk)
        if now.row_version != version:
            return Stale(current=now)
    if codes:
        return Refused(codes=codes)
    try:
        with transaction.atomic():
            if row is None:
                row = model.objects.create(collaborative_id=standing.collaborative.pk, **values, **made(by, at, request_key))
                record(by=by, at=at, action=f"{code}_added", object_id=row.pk)
                return Done(row_id=row.pk)
            for name, value in values.items():
                setattr(row, name, value)
            row.row_version += 1
            row.save(update_fields=[*values, "row_version"])
    except IntegrityError:
        # The same form at the same moment made it; else another row has the name.
        earlier = same.first() if row is None else None
        return Done(row_id=earlier.pk) if earlier is not None else Refused(codes=("NAME_TAKEN",))
    record(by=by, at=at, action=f"{code}_changed", object_id=row.pk)
    return Done(row_id=row.pk)


def made(by: Viewer, at: datetime, request_key: str) -> dict[str, Any]:
    """The columns that say who made a row, when, and with which form."""
    return {"made_at": at, "made_by": by.worker_id, "request_key": request_key}


def values_of(facts: Any) -> dict[str, Any]:
    """Facts as columns: a tuple becomes a list."""
    values = asdict(facts)
    return {one.name: list(values[one.name]) if isinstance(values[one.name], tuple) else values[one.name] for one in fields(facts)}


def listed(texts: Iterable[str]) -> list[str]:
    """Short texts without blanks and repetitions, at most forty."""
    return [text for text in dict.fromkeys(said(text, most=40) for text in texts) if text][:40]


def wrong(checks: Mapping[str, bool]) -> tuple[str, ...]:
    """The codes of what is wrong."""
    return tuple(code for code, is_wrong in checks.items() if is_wrong)


def today(at: datetime) -> date:
    """The day of `at` where Careloom runs."""
    return local_day(at=at, zone=settings.TIME_ZONE)
