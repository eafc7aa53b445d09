"""What the newest snapshot says, as the reader may see it. Row security keeps exact rows from everybody but the state's lead; these only ask."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Q

from careloom.agencies.models import Agency
from careloom.agencies.roles import Permission
from careloom.infra.access import Viewer, require
from careloom.infra.packs.indicators import indicators as definitions
from careloom.outcomes.models import Curve, Figure, Snapshot
from careloom.outcomes.publishing.plan import NATION
from careloom.outcomes.publishing.protecting import OTHERS, UNKNOWN, Why
from careloom.outcomes.queries.sight import Seen, Sight, newest, seen
from careloom.outcomes.queries.sites import named_sites, pooled, site_code

# Strata whose groups may be looked at as a whole: places, and arms of a pilot or of a comparison of policies.
PLACES = ("county", "arm")
# The federal three by the indicators that publish them.
#: The steps from birth to help as a walkthrough names them, by the indicator whose infants came that far.
STEPS = {
    "IDENTIFIED": "CAPTA_A", "WITH_PLAN": "POSC", "WITH_REFERRAL": "CAPTA_C", "ACCEPTED": "CASCADE_ACCEPTED", "STARTED": "CASCADE_STARTED",
    "KEPT90": "CASCADE_KEPT90", "GOAL": "CASCADE_GOAL",
}  # fmt: skip
# Rows that publishing adds for readers who see no exact ones: pools, and who is in no known group.
DERIVED = (OTHERS, UNKNOWN)


@dataclass(frozen=True, kw_only=True)
class Book:
    """One snapshot, open at what was asked: figures by indicator in the order of time (the published variant), and curves."""

    snapshot: Snapshot
    exact: bool
    figures: Mapping[str, tuple[Seen, ...]]
    curves: Mapping[str, tuple[Curve, ...]]

    def years(self, code: str) -> list[Seen]:
        """The calendar years of an indicator that are over in the data, in order."""
        return [one for one in self.figures.get(code, ()) if one.is_year and (one.ends_on - self.snapshot.data_until).days <= 1]


def sight_of(viewer: Viewer) -> Sight:
    """How a reader sees figures. One query."""
    own = Agency.objects.filter(pk=viewer.holder_id).first() if viewer.holder_id else None
    return Sight(exact=viewer.can(Permission.COUNTS_EXACT), site=site_code(own) if own else "")


def newest_snapshot(*, viewer: Viewer) -> Snapshot | None:
    """The newest snapshot that this reader may read: any for who reads exactly, a protected one for others. One query."""
    require(viewer)
    rows = Snapshot.objects.order_by("-made_at")
    return (rows if viewer.can(Permission.COUNTS_EXACT) else rows.exclude(sealed_at=None)).first()


def snapshot_of(*, viewer: Viewer, snapshot_id: UUID) -> Snapshot | None:
    """One snapshot, where this reader may read it."""
    require(viewer)
    rows = Snapshot.objects.filter(pk=snapshot_id)
    return (rows if viewer.can(Permission.COUNTS_EXACT) else rows.exclude(sealed_at=None)).first()


def book(*, viewer: Viewer, snapshot: Snapshot, by: str = "", group: str = "") -> Book:
    """Every indicator's figures for everybody, or for one group. Three queries."""
    sight = sight_of(viewer)
    rows = [seen(row, sight) for row in _read(Figure, snapshot, sight, by=by, value=group)]
    hidden = _hidden(snapshot.pk, by=by, group=group) if not sight.exact else []
    curves = _read(Curve, snapshot, sight, by=by, value=group)
    return book_from(viewer=viewer, snapshot=snapshot, rows=[*rows, *hidden], curves=curves, by=by, group=group)


def book_from(*, viewer: Viewer, snapshot: Snapshot, rows: Iterable[Seen], curves: Iterable[Curve], by: str = "", group: str = "") -> Book:
    """A book of figures that were read already: those of everybody, or of one group, in their published variants."""
    sight = sight_of(viewer)
    found: dict[str, list[Seen]] = {}
    for one in rows:
        if one.variant == _published(one.indicator) and (one.by, one.group) == (by, group):
            found.setdefault(one.indicator, []).append(one)
    lines: dict[str, list[Curve]] = {}
    for row in curves:
        if (row.by, row.value) == (by, group) and sight.shows(row):
            lines.setdefault(row.indicator, []).append(row)
    return Book(
        snapshot=snapshot, exact=sight.exact, figures={code: tuple(newest(each)) for code, each in found.items()},
        curves={code: tuple(sorted(each, key=lambda row: row.starts_on)) for code, each in lines.items()},
    )  # fmt: skip


def of_indicator(*, viewer: Viewer, snapshot: Snapshot, code: str) -> tuple[list[Seen], list[Curve]]:
    """Everything that a snapshot says of one indicator: all variants, periods and groups. Ten queries at most."""
    require(viewer)
    sight = sight_of(viewer)
    rows = [seen(row, sight) for row in _read(Figure, snapshot, sight, indicator=code)]
    if not sight.exact:
        rows = pooled([*rows, *_hidden(snapshot.pk, code=code)], named=named_sites(viewer=viewer))
    curves = sorted(_read(Curve, snapshot, sight, indicator=code), key=lambda row: (row.starts_on, row.by, row.value))
    return newest(rows), [row for row in curves if sight.shows(row)]


def by_groups(*, viewer: Viewer, snapshot: Snapshot, codes: Iterable[str], by: str) -> list[Seen]:
    """Some indicators by the groups of one stratum. Two queries."""
    require(viewer)
    sight, wanted = sight_of(viewer), set(codes)
    rows = [seen(row, sight) for row in _read(Figure, snapshot, sight, indicator__in=wanted, by=by)]
    hidden = [] if sight.exact else [one for one in _hidden(snapshot.pk, by=by) if one.indicator in wanted]
    return newest([*rows, *hidden])


def places_of(*, viewer: Viewer, snapshot: Snapshot) -> list[tuple[str, str]]:
    """The places and arms that have any figure this reader may read, and her own provider, as stratum and group. Two queries."""
    require(viewer)
    sight = sight_of(viewer)
    own = Q(by="site", value=sight.site, snapshot=snapshot)
    mine = Q(snapshot=snapshot) if sight.exact else Q(hidden="", snapshot__sealed_at__isnull=False)
    rows = Figure.objects.filter((Q(by__in=PLACES) & mine) | own).exclude(value__in=DERIVED)
    return list(rows.order_by("by", "value").values_list("by", "value").distinct())


def published_year(*, viewer: Viewer, year: int, codes: Iterable[str]) -> tuple[Snapshot | None, dict[str, Seen]]:
    """The published figures of a year for everybody, by indicator, and the newest protected snapshot that they stand in.

    For papers that many read: also who reads exactly sees what is published here. Two queries.
    """
    require(viewer)
    snapshot = Snapshot.objects.exclude(sealed_at=None).order_by("-made_at").first()
    if snapshot is None:
        return None, {}
    rows = _read(Figure, snapshot, Sight(), indicator__in=set(codes), period=str(year), by="")
    return snapshot, {row.indicator: seen(row, Sight()) for row in rows if row.variant == _published(row.indicator)}


def published_steps(*, viewer: Viewer, year: int) -> dict[str, int | None] | None:
    """How many infants of a year came as far as each of `STEPS`, as it is published; None where no snapshot publishes that year."""
    _snapshot, found = published_year(viewer=viewer, year=year, codes=STEPS.values())
    return {name: found[code].met if code in found else None for name, code in STEPS.items()} if found else None


def _read(model: Any, snapshot: Snapshot, sight: Sight, **where: Any) -> list[Any]:
    """The rows of this snapshot for who reads exactly. For others what was published, by whichever snapshot told it: a year stays as it was told;
    and a provider's own."""
    rows = model.objects.filter(**where)
    if sight.exact:
        return list(rows.filter(snapshot=snapshot).exclude(value__in=DERIVED))
    told = list(rows.filter(hidden="", snapshot__sealed_at__isnull=False).order_by("snapshot__made_at"))
    if sight.site:
        told += rows.filter(by="site", value=sight.site, snapshot=snapshot)
    return list({(row.indicator, getattr(row, "variant", ""), row.period, row.by, row.value): row for row in told}.values())


def _published(code: str) -> str | None:
    indicator = definitions().get(code)
    return indicator.measure.variant if indicator else None


def _hidden(snapshot_id: UUID, *, code: str | None = None, by: str | None = None, group: str | None = None) -> list[Seen]:
    """The cells of a protected snapshot that are hidden: where they stand and why, and no count."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM outcomes_hidden(%s, %s, %s, %s)", [snapshot_id, code, by, group])
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    names = ("indicator", "variant", "period", "starts_on", "ends_on", "by", "group", "hidden")
    found = [Seen(**dict(zip(names, row, strict=True))) for row in rows]
    # What stands as it was published is read where it was published; that there are nations without leave is said by no row.
    return [one for one in found if one.hidden != Why.STAYS and one.by != NATION]
