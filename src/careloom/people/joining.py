"""Joins two identities into one, and takes a join back to the same rows. Source: DESIGN section 2; F46; issue 4, Identity.

All of it runs as the matching role, in one transaction. Grants follow at once: `on_changed` is joined in config, as consents lie above.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import models, transaction

from careloom.infra.access import System, Viewer, acting_as, require, system
from careloom.infra.access.models import Caseload, Segment
from careloom.infra.access.records import FamilyRecord
from careloom.infra.answers import Done, Refused
from careloom.infra.audit.actions import record
from careloom.people.models import Identity, Join, JoinedRow, PersonPrincipal

# Other columns that name identities, alone or as a list; every other id names an agency, a birth, a service.
OTHER_COLUMNS = frozenset({"family_id"})
IDENTITY_LISTS = frozenset({"subject_ids", "household_ids", "infant_ids"})
A_TIME = 500

_listeners: list[Callable[[list[UUID]], object]] = []


def on_changed(listener: Callable[[list[UUID]], object]) -> None:
    """Have `listener` called, in the same transaction, with the identities that a join or its undoing changed. Joined in config."""
    if listener not in _listeners:
        _listeners.append(listener)


def join(*, by: Viewer, at: datetime, keep: UUID, gone: UUID, because: str) -> int:
    """Find that two identities are one human being: every record of `gone` now belongs to `keep`. Returns how many rows moved.

    `because`: HER_CODE, CONSENT, MATCH_REVIEW. Raises ValueError where the two cannot be joined (see `join_identities`).
    """
    done = join_identities(by=by, at=at, keep=keep, gone=gone, because=because)
    if isinstance(done, Refused):
        raise ValueError(f"These identities cannot be joined: {', '.join(done.codes)}.")
    with acting_as(system(System.MATCHING)):
        return JoinedRow.objects.filter(join_id=done.row_id, column="identity_id").exclude(table=Caseload._meta.db_table).count()


@transaction.atomic
def join_identities(*, by: Viewer, at: datetime, keep: UUID, gone: UUID, because: str, match_id: UUID | None = None) -> Done | Refused:
    """Join, keeping what every changed row said before. Doing it twice is one join.

    Refused: SAME (they are one already), GONE (one of them was joined into another), TWICE (the agency keeps something of which a person has one
    only, such as how to reach her safely, for both: settle that first).
    """
    require(by)
    if keep == gone:
        return Refused(codes=("SAME",))
    with acting_as(system(System.MATCHING)):
        found = {row.pk: row for row in Identity.objects.select_for_update().filter(pk__in=[keep, gone]).order_by("pk")}
        earlier = Join.objects.filter(identity_id=keep, gone_id=gone, undone_at=None).first()
        if earlier is not None:
            return Done(row_id=earlier.pk)
        if any(row.joined_into for row in found.values()):
            return Refused(codes=("GONE",))
        twice = _kept_twice(keep=keep, gone=gone)
        if any(holder == by.holder_id for _, holder, _ in twice):
            return Refused(codes=("TWICE",))
        before = Join.objects.filter(_touching(keep, gone)).aggregate(last=models.Max("number"))["last"] or 0
        made = Join(
            id=uuid4(), number=before + 1, holder_id=by.holder_id or by.principal_id, identity_id=keep, gone_id=gone,
            match_id=match_id, because=because, at=at,
            worker_id=by.worker_id,
        )  # fmt: skip
        Join.objects.bulk_create([made])
        left = {row_id for _, _, row_id in twice}
        for model in models_about_people():
            for field in identity_columns(model):
                _move(model, field, made, left=left)
        _move_segments(made)
        Identity.objects.filter(pk=gone).update(joined_into=keep, joined_because=because)
    record(by=by, at=at, action="people.identities_joined", identity_id=keep, object_id=made.pk, detail={"because": because, "gone": str(gone)})
    for listener in _listeners:
        listener([keep, gone])
    return Done(row_id=made.pk)


@transaction.atomic
def undo_join(*, by: Viewer, at: datetime, join_id: UUID, because: str) -> Done | Refused:
    """Take a join back: each row that it changed says again what it said. Rows written since stay with the identity they were written for.

    Refused: NOT_FOUND, LATER (a later join rests on this one: undo that first).
    """
    require(by)
    with acting_as(system(System.MATCHING)):
        made = Join.objects.select_for_update().filter(pk=join_id).first()
        if made is None:
            return Refused(codes=("NOT_FOUND",))
        if made.undone_at is not None:
            return Done(row_id=made.pk)
        pair = [made.identity_id, made.gone_id]
        list(Identity.objects.select_for_update().filter(pk__in=pair).order_by("pk"))
        if Join.objects.filter(_touching(*pair), undone_at=None, number__gt=made.number).exists():
            return Refused(codes=("LATER",))
        for row in JoinedRow.objects.filter(join_id=made.pk).order_by("column").iterator(chunk_size=A_TIME):
            _put_back(row, keep=made.identity_id, gone=made.gone_id)
        _segments_of_what_stays(made)
        Identity.objects.filter(pk=made.gone_id).update(joined_into=None, joined_because="")
        Join.objects.filter(pk=made.pk).update(undone_at=at, undone_by=by.worker_id, undone_because=because)
    record(
        by=by, at=at, action="people.join_undone", identity_id=made.identity_id, object_id=made.pk,
        detail={"because": because, "gone": str(made.gone_id)},
    )  # fmt: skip
    for listener in _listeners:
        listener(pair)
    return Done(row_id=made.pk)


def family_models() -> list[type[FamilyRecord]]:
    """Every model of family data, of every app."""
    return [model for model in apps.get_models() if issubclass(model, FamilyRecord)]


def models_about_people() -> list[type[models.Model]]:
    """Every model whose rows a join moves: family data, people as readers, caseloads. Segments are moved apart."""
    return [*family_models(), PersonPrincipal, Caseload]


def identity_columns(model: type[models.Model]) -> Iterator[models.Field[Any, Any]]:
    """The columns of a model that name an identity, alone or as a list."""
    for field in model._meta.concrete_fields:
        name = field.attname
        if name.endswith(("identity_id", "identity_ids")) or name in OTHER_COLUMNS | IDENTITY_LISTS:
            yield field


def _touching(*identities: UUID) -> models.Q:
    return models.Q(identity_id__in=identities) | models.Q(gone_id__in=identities)


def _move(model: type[models.Model], field: models.Field[Any, Any], made: Join, *, left: set[UUID]) -> None:
    """Put `keep` where `gone` stands in one column, and remember what stood there."""
    name, rows, table = field.attname, model._default_manager.order_by(), model._meta.db_table
    if isinstance(field, ArrayField):
        for pk, people in rows.filter(**{f"{name}__contains": [made.gone_id]}).values_list("pk", name):
            became = list(dict.fromkeys(made.identity_id if one == made.gone_id else one for one in people))
            _remember(made, table, name, [(pk, [str(one) for one in people])], became=[str(one) for one in became])
            rows.filter(pk=pk).update(**{name: became})
        return
    about = [pk for pk in rows.filter(**{name: made.gone_id}).values_list("pk", flat=True) if pk not in left]
    if about:
        _remember(made, table, name, [(pk, str(made.gone_id)) for pk in about], became=str(made.identity_id))
        rows.filter(pk__in=about).update(**{name: made.identity_id})


def _remember(made: Join, table: str, column: str, rows: Iterable[tuple[UUID, Any]], *, became: Any) -> None:
    kept = [JoinedRow(join_id=made.pk, table=table, row_id=pk, column=column, was=was, became=became) for pk, was in rows]
    JoinedRow.objects.bulk_create(kept, batch_size=A_TIME)


def _move_segments(made: Join) -> None:
    have = set(Segment.objects.filter(identity_id=made.identity_id).values_list("holder_id", "category", "provenance"))
    for segment in Segment.objects.filter(identity_id=made.gone_id).order_by("pk"):
        if (segment.holder_id, segment.category, segment.provenance) in have:
            whole = {field.attname: str(getattr(segment, field.attname)) for field in Segment._meta.concrete_fields}
            _remember(made, Segment._meta.db_table, "", [(segment.pk, whole)], became=None)
            segment.delete()
        else:
            _remember(made, Segment._meta.db_table, "identity_id", [(segment.pk, str(made.gone_id))], became=str(made.identity_id))
            Segment.objects.filter(pk=segment.pk).update(identity_id=made.identity_id)


def _put_back(row: JoinedRow, *, keep: UUID, gone: UUID) -> None:
    """Restore one column. A list that changed since gets the person back and keeps the rest; a row that was removed since stays removed."""
    model = next(m for m in [*models_about_people(), Segment] if m._meta.db_table == row.table)
    if not row.column:
        Segment.objects.bulk_create([Segment(**row.was)])
        return
    rows = model._default_manager.filter(pk=row.row_id)
    if isinstance(row.was, str):
        rows.filter(**{row.column: row.became}).update(**{row.column: row.was})
        return
    now = rows.values_list(row.column, flat=True).first()
    if now is None:
        return
    same = [str(one) for one in now] == row.became
    kept = now if str(keep) in row.was else [one for one in now if one != keep]
    rows.update(**{row.column: row.was if same else list(dict.fromkeys([*kept, gone]))})


def _segments_of_what_stays(made: Join) -> None:
    """A row written since the join may rest on a segment that went back: the identity it was written for gets one of its own."""
    keys: set[tuple[UUID, str, str]] = set()
    for model in family_models():
        stays = model.objects.filter(identity_id=made.identity_id).order_by()
        keys |= set(stays.values_list("holder_id", "category", "provenance").distinct())
    have = set(Segment.objects.filter(identity_id=made.identity_id).values_list("holder_id", "category", "provenance"))
    moved = {
        tuple(key)
        for key in Segment.objects.filter(identity_id=made.gone_id).values_list("holder_id", "category", "provenance")
    }  # fmt: skip
    new = [Segment(holder_id=h, identity_id=made.identity_id, category=c, provenance=p) for h, c, p in (keys & moved) - have]
    Segment.objects.bulk_create(new)


def _kept_twice(*, keep: UUID, gone: UUID) -> list[tuple[str, UUID, UUID]]:
    """Rows of `gone` that a table allows once for a holder and a person, where `keep` has one: table, holder, row.

    In the agency that joins them a person settles it first. Another agency must not be told by a refusal here that it has both: its row stays
    where it is, under the identity that was joined, and comes back in force when the join is undone.
    """
    found: list[tuple[str, UUID, UUID]] = []
    for model in family_models():
        for constraint in model._meta.constraints:
            if not isinstance(constraint, models.UniqueConstraint) or "identity_id" not in constraint.fields:
                continue
            others = [name for name in constraint.fields if name != "identity_id"]
            rows = model.objects.filter(constraint.condition) if constraint.condition else model.objects.all()
            taken = set(rows.filter(identity_id=keep).values_list(*others))
            for row in rows.filter(identity_id=gone):
                if tuple(getattr(row, name) for name in others) in taken:
                    found.append((model._meta.db_table, row.holder_id, row.pk))
    return found
