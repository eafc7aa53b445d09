"""Needs of plans by county, and referrals by the partner that was asked: published counts over months that are over.

Counts are of families, in twelve months that ended with the last month: a figure that grows while somebody looks would tell when a family's plan
was written. Everything leaves through the one suppression rule. Source: R-014, R-038, R-052, R-056; law.md section 2 (small cells).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import connection

from careloom.infra.access import Viewer
from careloom.inventory.places import counties_of
from careloom.kernel.clocks import local_day
from careloom.kernel.partnership.array import NeedFact
from careloom.kernel.partnership.named import POOL_LEAST, Split
from careloom.kernel.suppression import Cell, HiddenBecause, SuppressionSettings, publish_list, publish_table
from careloom.partnership.models import Collaborative
from careloom.partnership.standing import standing_of

WAYS = ("taken", "waiting", "refused", "unanswered")


@dataclass(frozen=True, kw_only=True)
class Months:
    """Twelve months that are over, as days and as instants: from the first inclusive until the second exclusive."""

    first: date
    until: date
    from_at: datetime
    until_at: datetime


@dataclass(frozen=True, kw_only=True)
class Needs:
    """Needs by county as they may be shown; `totals` by need over all counties."""

    months: Months
    counties: tuple[str, ...]
    facts: tuple[NeedFact, ...]
    totals: dict[str, Cell]


@dataclass(frozen=True, kw_only=True)
class Asked:
    """How referrals to one partner, or to all together (key ""), went, by families: in the order of WAYS, and how many were asked."""

    key: str
    cells: tuple[Cell, ...]
    whole: Cell


def twelve_months(*, at: datetime, zone: str) -> Months:
    """The twelve months that are over at `at` where the jurisdiction counts its days."""
    until = local_day(at=at, zone=zone).replace(day=1)
    first = until.replace(year=until.year - 1)
    start, end = (datetime.combine(day, time(), tzinfo=ZoneInfo(zone)) for day in (first, until))
    return Months(first=first, until=until, from_at=start, until_at=end)


def needs_by_county(*, viewer: Viewer, collaborative_id: UUID, at: datetime, zone: str, settings: SuppressionSettings) -> Needs:
    """What families need by county, and how many of them a service refused or let wait. Six statements. Raises NotVisible.

    INVARIANT: one table over every county is published, the same whoever asks, and a collaborative shows the cells of its counties. So two
    collaboratives that share a county cannot be subtracted from each other: neither knows more than that one table. A sum over its counties is
    shown where all of its cells are, for then it tells nothing that they do not.
    """
    standing = standing_of(viewer=viewer, collaborative_id=collaborative_id)
    counties, months = counties_of(standing.collaborative), twelve_months(at=at, zone=zone)
    needed, away = (_rows(name, months) for name in ("outcomes_needs", "outcomes_turned_away"))
    codes = sorted({code for _, code in needed})
    families, totals = _published(codes, counties, needed, settings)
    # Who was turned away is part of who needs it, and is published for the same cells in a table of its own.
    turned, _ = _published(codes, counties, away, settings)
    here = [code for code in codes if any(families[county, code].value != 0 for county in counties)]
    facts = tuple(
        NeedFact(code=code, place=county, families=families[county, code], turned_away=turned[county, code]) for code in here for county in counties
    )
    return Needs(months=months, counties=counties, facts=facts, totals={code: totals[code] for code in here})


def asked_of(
    *, viewer: Viewer, collaborative_id: UUID, split: Split, agencies: dict[str, UUID], at: datetime, zone: str, settings: SuppressionSettings
) -> tuple[Asked, ...]:
    """How referrals to partners went: a row for each that the reader sees by name, then one for all together (R-052).

    INVARIANT: one table over every partner is published, the same for each reader whoever agreed to what, and a reader gets some of its rows.
    So neither two readers nor one reader before and after a yes can subtract a hidden number. All together is left out where fewer than three
    partners are unnamed, for it would tell theirs. `agencies` gives the agency of a partner's key; who has none answers no referral here.
    Four statements. Raises NotVisible.
    """
    standing_of(viewer=viewer, collaborative_id=collaborative_id)
    months = twelve_months(at=at, zone=zone)
    with connection.cursor() as cursor:
        cursor.execute("SELECT agency, taken, waiting, refused, unanswered FROM outcomes_asked(%s, %s)", [months.from_at, months.until_at])
        found = {row[0]: [int(cell) for cell in row[1:]] for row in cursor.fetchall()}
    keys = sorted(agencies)
    if not keys:
        return ()
    counts = [found.get(agencies[key], [0] * len(WAYS)) for key in keys]
    table = publish_table(rows=keys, columns=WAYS, counts=counts, settings=settings)
    named = set(split.named)
    rows = [Asked(key=key, cells=table.cells[row], whole=table.row_totals[row]) for row, key in enumerate(keys) if key in named]
    unnamed = sum(key not in named for key in keys)
    together = [Asked(key="", cells=table.column_totals, whole=table.total)] if not unnamed or unnamed >= POOL_LEAST else []
    return (*rows, *together)


def families_served(*, viewer: Viewer, collaborative_id: UUID, month: date, zone: str, settings: SuppressionSettings) -> Cell:
    """Families with a plan in the collaborative's counties in a month that is over, as it may be shown. Raises NotVisible.

    INVARIANT: one list of counties is published, the same whoever asks; a collaborative shows the sum of its counties where all of them are shown.
    """
    standing = standing_of(viewer=viewer, collaborative_id=collaborative_id)
    after = month.replace(year=month.year + month.month // 12, month=month.month % 12 + 1, day=1)
    everywhere = sorted({county for row in Collaborative.objects.all() for county in counties_of(row)})
    with connection.cursor() as cursor:
        end = datetime.combine(after, time(), tzinfo=ZoneInfo(zone))
        each = "SELECT outcomes_served(ARRAY[county], %s) FROM unnest(%s::text[]) WITH ORDINALITY AS of (county, place) ORDER BY place"
        cursor.execute(each, [end, everywhere])
        counts = [int(families) for (families,) in cursor.fetchall()]
    cells = dict(zip(everywhere, publish_list(labels=everywhere, counts=counts, settings=settings).cells, strict=True))
    return _sum([cells[county] for county in counties_of(standing.collaborative)])


def _rows(name: str, months: Months) -> dict[tuple[str, str], int]:
    """A count by county and need. `name` is one of the two functions of this module."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT county, code, families FROM {name}(%s, %s)", [months.from_at, months.until_at])
        return {(county, code): int(families) for county, code, families in cursor.fetchall()}


def _published(
    codes: Sequence[str], counties: Sequence[str], counts: dict[tuple[str, str], int], settings: SuppressionSettings
) -> tuple[dict[tuple[str, str], Cell], dict[str, Cell]]:
    if not codes or not counties:
        return {}, {}
    # Everywhere that families are counted, the same for whoever asks. A county that nobody named yet has nobody in it.
    everywhere = sorted({county for county, _code in counts} | {county for row in Collaborative.objects.all() for county in counties_of(row)})
    # A family has several needs, so a county's sum over needs would be no number of families: only sums over counties are published.
    table = publish_table(
        rows=codes, columns=everywhere, counts=[[counts.get((county, code), 0) for county in everywhere] for code in codes], settings=settings,
        publish_column_totals=False,
    )  # fmt: skip
    places = {county: column for column, county in enumerate(everywhere)}
    cells = {(county, code): table.cells[row][places[county]] for row, code in enumerate(codes) for county in counties}
    totals = {code: _sum([cells[county, code] for county in counties]) for code in codes}
    if set(counties) == set(everywhere):
        totals = dict(zip(codes, table.row_totals, strict=True))
    return cells, totals


def _sum(cells: Sequence[Cell]) -> Cell:
    """What published cells come to; hidden where one of them is."""
    shown = [cell.value for cell in cells if cell.value is not None]
    return Cell(value=sum(shown)) if len(shown) == len(cells) else Cell(value=None, hidden_because=HiddenBecause.PROTECTS_PEOPLE)
