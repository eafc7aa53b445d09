"""Making a publication ready, letting it go, taking it back: two people look, and what once stood is not told a second time (decision 0016)."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from careloom.agencies.roles import Permission
from careloom.infra.access import NotVisible, PrincipalKind, System, Viewer, acting_as, system
from careloom.infra.answers import Done, Refused, said
from careloom.infra.audit.actions import record
from careloom.infra.packs import current_pack
from careloom.infra.packs.indicators import indicators as definitions
from careloom.outcomes.models import Curve, Figure, Publication, Snapshot
from careloom.outcomes.publishing import curving
from careloom.outcomes.publishing.cells import SUMS
from careloom.outcomes.publishing.freezing import may_replace
from careloom.outcomes.publishing.leaves import hide_without_leave, nations_with_leave
from careloom.outcomes.publishing.plan import Plan, shipped_plan
from careloom.outcomes.publishing.protecting import Cell, Judged, Told, Why, judge, key_of
from careloom.outcomes.queries.numbers import DERIVED
from careloom.outcomes.queries.quality import under_the_line

WITHDRAWN = "WITHDRAWN"
_BATCH = 5_000


def prepare(*, snapshot_id: UUID, by: Viewer, at: datetime, request_key: str, despite: str = "") -> Done | Refused:
    """Judge all figures of a snapshot, mark each with why it is not shown, and keep what may be published for approval.

    Refused: QUALITY where a site's data are under the line and no reason says why to publish all the same (O10); NOTHING_NEW when every year that is
    ripe stands already; TELLS followed by the cells, where a correction would tell of somebody.

    :raises NotVisible: no such snapshot, or not for `by`.
    """
    _may(by)
    done = Publication.objects.filter(request_key=request_key).first()
    if done is not None:
        return Done(row_id=done.pk)
    with transaction.atomic(), acting_as(system(System.EXTRACT)):
        snapshot = Snapshot.objects.select_for_update().filter(pk=snapshot_id).first()
        if snapshot is None:
            raise NotVisible
        under, reason = under_the_line(snapshot), said(despite, most=300)
        if under and not reason:
            return Refused(codes=("QUALITY",))
        Publication.objects.filter(snapshot=snapshot, approved_at=None).delete()
        hide_without_leave(at=at)
        judged, telling = _judged(snapshot, at)
        if telling:
            return Refused(codes=("TELLS", *(" ".join(part for part in name if part) for name in telling)))
        _mark(snapshot, judged)
        curves = _curves(snapshot)
        told = {(one.family, one.period) for one in judged.told} | curves
        if not told:
            return Refused(codes=("NOTHING_NEW",))
        row = Publication.objects.create(
            snapshot=snapshot, request_key=request_key, prepared_at=at, prepared_by=by.worker_id, years=sorted(map(list, told)),
            told=len(judged.told), cells_hash=_hash(judged.told), despite=reason if under else "",
        )  # fmt: skip
        with acting_as(by):
            record(by=by, at=at, action="outcomes.publication_prepared", object_id=row.pk, detail={"snapshot": str(snapshot.pk)})
    return Done(row_id=row.pk)


def approve(*, publication_id: UUID, by: Viewer, at: datetime, alone_because: str = "") -> Done | Refused:
    """Let a publication go. Who prepared it needs a reason to approve it too. Approving twice is approving once.

    Refused: ALONE (the reason is missing), STANDS (another publication told one of its years since), WITHDRAWN.
    """
    _may(by)
    with transaction.atomic(), acting_as(system(System.EXTRACT)):
        row = Publication.objects.select_for_update().filter(pk=publication_id).first()
        if row is None:
            raise NotVisible
        if row.withdrawn_at:
            return Refused(codes=("WITHDRAWN",))
        if row.approved_at:
            return Done(row_id=row.pk)
        alone = said(alone_because, most=300)
        if row.prepared_by == by.worker_id and not alone:
            return Refused(codes=("ALONE",))
        if set(standing()) & {(family, year) for family, year in row.years}:
            return Refused(codes=("STANDS",))
        settings, plan = current_pack().suppression, shipped_plan()
        for family, year in row.years:
            codes = plan.families[family].codes
            Figure.objects.filter(snapshot=row.snapshot, indicator__in=codes, period=year, hidden=Why.AWAITS).update(hidden="")
            for curve in Curve.objects.filter(snapshot=row.snapshot, indicator__in=codes, period=year, hidden=Why.AWAITS):
                curve.steps = curving.coarse(curve.steps, seen=curve.seen, settings=settings)
                curve.median = curving.told_median(curve.median)
                curve.hidden = ""
                curve.save(update_fields=["steps", "median", "hidden"])
        row.approved_at, row.approved_by = at, by.worker_id
        row.alone_because = alone if row.prepared_by == by.worker_id else ""
        row.save(update_fields=["approved_at", "approved_by", "alone_because"])
        Snapshot.objects.filter(pk=row.snapshot_id).update(sealed_at=at)
        with acting_as(by):
            record(by=by, at=at, action="outcomes.published", object_id=row.pk, detail={"snapshot": str(row.snapshot_id)})
    return Done(row_id=row.pk)


def withdraw(*, publication_id: UUID, by: Viewer, at: datetime, because: str) -> Done | Refused:
    """Take a publication back: its figures are read by nobody but the keepers, and the note stands in their place. Refused: NOTE, NOT_PUBLISHED."""
    _may(by)
    note = said(because, most=500)
    with transaction.atomic(), acting_as(system(System.EXTRACT)):
        row = Publication.objects.select_for_update().filter(pk=publication_id).first()
        if row is None:
            raise NotVisible
        if row.withdrawn_at:
            return Done(row_id=row.pk)
        if not note:
            return Refused(codes=("NOTE",))
        if not row.approved_at:
            return Refused(codes=("NOT_PUBLISHED",))
        for family, year in row.years:
            where = {"snapshot": row.snapshot, "indicator__in": shipped_plan().families[family].codes, "period": year, "hidden": ""}
            Figure.objects.filter(**where).update(hidden=WITHDRAWN)
            Curve.objects.filter(**where).update(hidden=WITHDRAWN)
        row.withdrawn_at, row.withdrawn_by, row.withdrawn_because = at, by.worker_id, note
        row.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_because"])
        with acting_as(by):
            record(by=by, at=at, action="outcomes.publication_withdrawn", object_id=row.pk)
    return Done(row_id=row.pk)


def standing() -> dict[tuple[str, str], frozenset[Cell]]:
    """The families and years that are published and were not taken back, each with its cells. Asked as the extract's role."""
    found: dict[tuple[str, str], frozenset[Cell]] = {}
    for row in Publication.objects.filter(approved_at__isnull=False, withdrawn_at=None):
        cells: dict[str, set[Cell]] = defaultdict(set)
        shown = Figure.objects.filter(snapshot_id=row.snapshot_id, hidden="").values_list("period", "indicator", "by", "value")
        for period, *cell in shown:
            cells[period].add((cell[0], cell[1], cell[2]))
        found |= {(family, year): frozenset(cells[year]) for family, year in row.years}
    return found


def _may(by: Viewer) -> None:
    """The state's lead, or an operator at the console (the extract's own role)."""
    if not by.can(Permission.COUNTS_EXACT) and not (by.kind is PrincipalKind.SYSTEM and by.principal_id == UUID(System.EXTRACT.value)):
        raise NotVisible


def _judged(snapshot: Snapshot, at: datetime) -> tuple[Judged, list[tuple[str, ...]]]:
    plan, settings = shipped_plan(), current_pack().suppression
    own = Figure.objects.filter(snapshot=snapshot).exclude(value__in=DERIVED)
    judged = judge(
        own.iterator(chunk_size=_BATCH), plan=plan, indicators=definitions(), leaves=nations_with_leave(at=at), settings=settings, stands=standing()
    )
    return judged, _telling(judged, plan)


def _telling(judged: Judged, plan: Plan) -> list[tuple[str, ...]]:
    """Cells of withdrawn publications that would tell of somebody, subtracted from what may be published now."""
    new: dict[tuple[str, str], dict[tuple[str, ...], int]] = defaultdict(dict)
    for one in judged.told:
        for name in SUMS:
            new[one.family, one.period][one.indicator, one.period, one.by, one.value, name] = getattr(one.sums, name)
    found: list[tuple[str, ...]] = []
    for row in Publication.objects.filter(withdrawn_at__isnull=False):
        for family, year in row.years:
            old: dict[tuple[str, ...], int] = {}
            shown = Figure.objects.filter(snapshot_id=row.snapshot_id, indicator__in=plan.families[family].codes, period=year, hidden=WITHDRAWN)
            for figure in shown:
                for name in SUMS:
                    old[figure.indicator, year, figure.by, figure.value, name] = getattr(figure, name)
            if old and (family, year) in new:
                found += may_replace(old=old, new=new[family, year], settings=current_pack().suppression).telling
    return found


def _mark(snapshot: Snapshot, judged: Judged) -> None:
    """Write why each figure is not shown, and add the rows of pools and of who is in no known group."""
    Figure.objects.filter(snapshot=snapshot, value__in=DERIVED).exclude(hidden__in=("", WITHDRAWN)).delete()
    reasons: dict[Why, list[int]] = defaultdict(list)
    days: dict[str, tuple[Any, Any]] = {}
    for figure in Figure.objects.filter(snapshot=snapshot).exclude(value__in=DERIVED).iterator(chunk_size=_BATCH):
        days[figure.period] = (figure.starts_on, figure.ends_on)
        # What this snapshot itself published stays shown, and what was taken back stays away.
        if figure.hidden not in ("", WITHDRAWN):
            reasons[judged.why[key_of(figure)]].append(figure.pk)
    for why, keys in reasons.items():
        for first in range(0, len(keys), _BATCH):
            Figure.objects.filter(pk__in=keys[first : first + _BATCH]).update(hidden=why.value)
    Figure.objects.bulk_create([_derived(snapshot, one, days) for one in judged.told if one.value in DERIVED], batch_size=_BATCH)


def _derived(snapshot: Snapshot, told: Told, days: Mapping[str, tuple[Any, Any]]) -> Figure:
    starts_on, ends_on = days[told.period]
    return Figure(
        snapshot=snapshot, indicator=told.indicator, variant=definitions()[told.indicator].variants[0], period=told.period, starts_on=starts_on,
        ends_on=ends_on, by=told.by, value=told.value, hidden=Why.AWAITS.value, **{name: getattr(told.sums, name) for name in SUMS},
    )  # fmt: skip


def _curves(snapshot: Snapshot) -> set[tuple[str, str]]:
    """Mark the curves: for everybody, of a calendar year that everybody was watched through, in enough people."""
    plan, settings, stands, found = shipped_plan(), current_pack().suppression, standing(), set()
    for curve in Curve.objects.filter(snapshot=snapshot).exclude(hidden__in=("", WITHDRAWN)):
        family = plan.family_of(curve.indicator)
        if family is None or curve.by or not curve.period.isdigit():
            why = Why.NOT_PUBLISHED
        elif (family, curve.period) in stands:
            why = Why.STAYS
        elif (snapshot.data_until - curve.ends_on).days < curving.WATCHED:
            why = Why.TOO_EARLY
        elif not curving.may_be_told(seen=curve.seen, came=curve.came, settings=settings):
            why = Why.PROTECTS_PEOPLE
        else:
            why = Why.AWAITS
            found.add((family, curve.period))
        Curve.objects.filter(pk=curve.pk).update(hidden=why.value)
    return found


def _hash(told: Iterable[Told]) -> str:
    rows = sorted([one.indicator, one.period, one.by, one.value, *(getattr(one.sums, name) for name in SUMS)] for one in told)
    return hashlib.sha256(json.dumps(rows).encode()).hexdigest()
