"""The night's count: one agency in each transaction, so that one that was stopped goes on where it was; then the sums over agencies."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db import connection, transaction

from careloom.agencies.models import Agency
from careloom.infra import clock
from careloom.infra.access import System, acting_as, system
from careloom.kernel.clocks import start_of_day
from careloom.usage.counting import Window, filled_of
from careloom.usage.models import FEWEST, Counted, FieldUse, ScreenUse
from careloom.usage.periods import Months, back, whole_months

#: Months of screens that are kept.
KEPT: Final = 24
_SUM_FIELDS: Final = """INSERT INTO usage_field (agency_id, form, field, rows_3, filled_3, rows_12, filled_12, agencies)
SELECT NULL, form, field, sum(rows_3), sum(filled_3), sum(rows_12), sum(filled_12), count(*) FROM usage_field WHERE agency_id IS NOT NULL
GROUP BY form, field HAVING count(*) >= %s"""
_SUM_SCREENS: Final = """INSERT INTO usage_screen (agency_id, month, place, uses, days, roles, agencies)
SELECT NULL, u.month, u.place, sum(u.uses), bit_or(u.days), (SELECT array_agg(DISTINCT r ORDER BY r) FROM usage_screen x, unnest(x.roles) r
  WHERE x.agency_id IS NOT NULL AND x.month = u.month AND x.place = u.place), count(*)
FROM usage_screen u WHERE u.agency_id IS NOT NULL AND u.month < %s GROUP BY u.month, u.place HAVING count(*) >= %s"""


def is_due(*, at: datetime) -> bool:
    """Whether the months that are over were not counted yet. One query."""
    with acting_as(system(System.JOB)):
        return not Counted.objects.filter(agency_id=None, until__gte=_months(at).until).exists()


def never_ran() -> bool:
    """Whether nothing was ever counted here: then the first count need not wait for the night. One query."""
    with acting_as(system(System.JOB)):
        return not Counted.objects.exists()


def run(*, at: datetime, go_on: Callable[[], bool] = lambda: True) -> int:
    """Count the months that are over, agency by agency, as long as `go_on` says; how many agencies. Safe to repeat and to stop at any moment."""
    months, done = _months(at), 0
    if not is_due(at=at):
        return 0
    with acting_as(system(System.JOB)):
        counted = set(Counted.objects.filter(until=months.until).values_list("agency_id", flat=True))
        waiting = [found for found in Agency.objects.order_by("pk").values_list("pk", "zone") if found[0] not in counted]
    for agency_id, zone in waiting:
        if not go_on():
            return done
        count_agency(agency_id=agency_id, zone=zone, months=months, at=at)
        done += 1
    _sum(months.until, at=at)
    return done


@transaction.atomic
def count_agency(*, agency_id: UUID, zone: str, months: Months, at: datetime) -> None:
    """Count one agency anew: as many statements as there are forms, however many rows it has."""
    window = Window(**{name: start_of_day(day=getattr(months, name), zone=zone) for name in ("three", "twelve", "until")})
    by = system(System.JOB, holder_id=agency_id)
    with acting_as(by):
        found = list(filled_of(viewer=by, window=window))
        FieldUse.objects.filter(agency_id=agency_id).delete()
        FieldUse.objects.bulk_create(
            FieldUse(
                agency_id=agency_id, form=one.form, field=one.field, rows_3=one.rows_3, filled_3=one.filled_3, rows_12=one.rows_12,
                filled_12=one.filled_12,
            )
            for one in found
        )  # fmt: skip
        Counted.objects.update_or_create(agency_id=agency_id, defaults={"until": months.until, "at": at})


@transaction.atomic
def _sum(until: date, *, at: datetime) -> None:
    with acting_as(system(System.JOB)):
        ScreenUse.objects.filter(month__lt=back(until, KEPT)).delete()
        FieldUse.objects.filter(agency_id=None).delete()
        ScreenUse.objects.filter(agency_id=None).delete()
        with connection.cursor() as cursor:
            cursor.execute(_SUM_FIELDS, [FEWEST])
            cursor.execute(_SUM_SCREENS, [until, FEWEST])
        Counted.objects.update_or_create(agency_id=None, defaults={"until": until, "at": at})


def _months(at: datetime) -> Months:
    return whole_months(at.astimezone(clock.zone()).date())
