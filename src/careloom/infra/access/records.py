"""The shape of every row of family data, and the manager that refuses to work without a viewer."""

from __future__ import annotations

from typing import Any, Self
from uuid import uuid4

from django.db import models

from careloom.infra.access import scope
from careloom.infra.access.scope import ScopeError, Viewer


@models.CharField.register_lookup
@models.UUIDField.register_lookup
class AnyOf(models.Lookup):  # type: ignore[type-arg]
    """`column = ANY (array)`: as `in`, but one parameter however many values there are, so that a long list costs nothing to write."""

    lookup_name = "any_of"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        """The comparison with one array."""
        column, params = self.process_lhs(compiler, connection)
        return f"{column} = ANY (%s)", [*params, [value for value in self.rhs if value is not None]]


class GuardedQuerySet(models.QuerySet[Any]):
    """A queryset that starts from what the viewer in scope may see."""

    def seen_by(self, viewer: Viewer) -> Self:
        """The rows that `viewer` may see: row security answers, and this checks that it answers for the same viewer."""
        scope.require(viewer)
        return self.filter(category__any_of=viewer.categories) if self._narrow(viewer) else self.all()

    def _narrow(self, viewer: Viewer) -> bool:
        return viewer.categories is not None and any(f.name == "category" for f in self.model._meta.fields)

    def bulk_create(self, objs: Any, *args: Any, **kwargs: Any) -> Any:
        rows = list(objs)
        if rows and isinstance(rows[0], FamilyRecord) and not isinstance(rows[0], RowApart):
            from careloom.infra.access import segments

            segments.open_for(rows)
        return super().bulk_create(rows, *args, **kwargs)


class GuardedManager(models.Manager.from_queryset(GuardedQuerySet)):  # type: ignore[misc]
    """The default manager of guarded tables: no viewer in scope, no query."""

    def get_queryset(self) -> GuardedQuerySet:
        if scope.current_viewer() is None:
            raise ScopeError(f"{self.model.__name__} was queried with no viewer. Wrap the call in access.acting_as(viewer).")
        return super().get_queryset()


class FamilyRecord(models.Model):
    """A row about a person: whose record it is (holder), about whom (identity), of what kind, and how the holder came by it.

    `identity_id` points at people.Identity without a foreign key, so that a grant, a merge and a deletion need no join.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    holder_id = models.UUIDField(editable=False)
    identity_id = models.UUIDField(editable=False)
    category = models.CharField(max_length=40, editable=False)
    provenance = models.CharField(max_length=40, default="originating", editable=False)

    objects = GuardedManager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, opening the segment of a new row first so that consents already signed reach it."""
        if self._state.adding:
            from careloom.infra.access import segments

            segments.open_for([self])
        super().save(*args, **kwargs)


class StandingManager(GuardedManager):
    """The rows that stand: those that were taken back are left out, so that nothing counts, shows or shares them by oversight."""

    def get_queryset(self) -> GuardedQuerySet:
        """Rows that nobody took back."""
        return super().get_queryset().filter(taken_back_at=None)


class Retractable(FamilyRecord):
    """A row that its holder may take back because it was written by mistake, with the reason (DESIGN section 5: correction without surgery).

    It is never deleted. `objects` are the rows that stand; `every` holds those that were taken back too, for the holder's own list, for joins
    and for the key of a form that was sent twice.
    """

    taken_back_at = models.DateTimeField(null=True)
    taken_back_because = models.CharField(max_length=300, blank=True)

    # The first manager is the default one: what moves or counts all rows (people.joining) sees those that were taken back.
    every = GuardedManager()
    objects = StandingManager()

    class Meta:
        abstract = True


class RowApart(FamilyRecord):
    """A row about a person that is no part of her record: what was asked, given, ordered or limited. INVARIANT: it opens no segment.

    Else a paper or a question would make its keeper a holder of records about her, and an answer would then differ by whether somebody had asked.
    """

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save the row alone."""
        models.Model.save(self, *args, **kwargs)
