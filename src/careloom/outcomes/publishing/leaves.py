"""A nation's leave: while it is in force its citizens' figures may stand apart; from the moment it ends nobody but the keepers reads them.

Source: R-211; features (Tribal data with the Tribe's leave); agreements 5.3, Tribal data sovereignty.
"""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from careloom.agencies.roles import Permission
from careloom.infra.access import NotVisible, PrincipalKind, System, Viewer, acting_as, system
from careloom.infra.answers import Done, Refused, said
from careloom.infra.audit.actions import record
from careloom.infra.clock import today
from careloom.outcomes.models import Figure, Leave
from careloom.outcomes.publishing.plan import NATION
from careloom.outcomes.publishing.protecting import Why


def nations_with_leave(*, at: datetime, day: date | None = None) -> frozenset[str]:
    """The nations whose leave is in force."""
    on = day or today()
    rows = Leave.objects.filter(starts_on__lte=on, ends_on__gte=on).filter(Q(ended_at=None) | Q(ended_at__gt=at))
    return frozenset(rows.values_list("nation", flat=True))


def keep_leave(*, nation: str, given_by: str, starts_on: date, ends_on: date, by: Viewer, at: datetime, request_key: str) -> Done | Refused:
    """Keep a nation's leave. Refused: NATION, GIVEN_BY (who of the nation said so), DAYS."""
    _may(by)
    done = Leave.objects.filter(request_key=request_key).first()
    if done is not None:
        return Done(row_id=done.pk)
    code, who = said(nation, most=64), said(given_by, most=200)
    wrong = [name for name, missing in (("NATION", not code), ("GIVEN_BY", not who), ("DAYS", ends_on < starts_on)) if missing]
    if wrong:
        return Refused(codes=tuple(wrong))
    with transaction.atomic():
        row = Leave.objects.create(
            request_key=request_key, nation=code, given_by=who, starts_on=starts_on, ends_on=ends_on, recorded_at=at, recorded_by=by.worker_id
        )
        with acting_as(by):
            record(by=by, at=at, action="outcomes.leave_kept", object_id=row.pk)
    return Done(row_id=row.pk)


def end_leave(*, nation: str, by: Viewer, at: datetime) -> Done | Refused:
    """Take all leaves of a nation back at once: its figures are hidden in the same moment. Refused: NONE."""
    _may(by)
    with transaction.atomic(), acting_as(system(System.EXTRACT)):
        rows = list(Leave.objects.select_for_update().filter(nation=nation, ended_at=None).order_by("-recorded_at"))
        if not rows:
            return Refused(codes=("NONE",))
        Leave.objects.filter(pk__in=[row.pk for row in rows]).update(ended_at=at)
        hide_without_leave(at=at)
        with acting_as(by):
            record(by=by, at=at, action="outcomes.leave_ended", object_id=rows[0].pk)
    return Done(row_id=rows[0].pk)


def hide_without_leave(*, at: datetime) -> int:
    """Hide published figures by nation where a leave is no longer in force; how many cells. Called as the extract's role.

    The whole table of that year goes: from everybody and the rest the nation's own number would follow.
    """
    shown = Figure.objects.filter(by=NATION, hidden="")
    without = shown.exclude(value__in=[*nations_with_leave(at=at), "UNKNOWN", "OTHERS"])
    tables = set(without.values_list("snapshot_id", "indicator", "period"))
    hidden = 0
    for snapshot_id, indicator, period in tables:
        hidden += shown.filter(snapshot_id=snapshot_id, indicator=indicator, period=period).update(hidden=Why.NO_LEAVE.value)
    return hidden


def _may(by: Viewer) -> None:
    if not by.can(Permission.COUNTS_EXACT) and not (by.kind is PrincipalKind.SYSTEM and str(by.principal_id) == System.EXTRACT.value):
        raise NotVisible
