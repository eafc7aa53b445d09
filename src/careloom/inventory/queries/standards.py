"""Standards of each delivery system with their last checks; a partner reads its own by name, and others as the rule for data says (R-013, R-052)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from careloom.infra.access import NotVisible, Viewer
from careloom.inventory.models import Check, Standard
from careloom.inventory.queries.sharing import Sharing, sharing
from careloom.inventory.rights import works
from careloom.kernel.partnership import Sector
from careloom.kernel.partnership.array import Found
from careloom.kernel.partnership.named import Split
from careloom.partnership.models import Partner
from careloom.partnership.standing import Standing, standing_of

MOST = 500


@dataclass(frozen=True, kw_only=True)
class Checked:
    """A standard with what the last checks found: `named` by partner, `pooled` as numbers by what was found (None: too few to show)."""

    standard: Standard
    partners: int
    named: tuple[tuple[Partner, Check | None], ...]
    split: Split
    pooled: dict[Found, int] | None
    unchecked: int
    last_on: date | None
    due: bool
    met: bool | None  # whether everybody met it at the last check, as far as the reader may know; None where nobody was checked


@dataclass(frozen=True, kw_only=True)
class Quality:
    """The standards by delivery system; `without` are systems that take part and have none."""

    standing: Standing
    systems: tuple[tuple[Sector, tuple[Checked, ...]], ...]
    without: tuple[Sector, ...]
    sharing: Sharing
    may_write: bool


def quality(*, viewer: Viewer, collaborative_id: UUID, today: date) -> Quality:
    """Every standard with its last checks. Raises NotVisible."""
    told = sharing(viewer=viewer, collaborative_id=collaborative_id)
    standards = list(Standard.objects.filter(collaborative_id=collaborative_id, ends_on=None).order_by("name")[:MOST])
    last: dict[tuple[UUID, UUID], Check] = {}
    for row in Check.objects.filter(collaborative_id=collaborative_id, standard__in=standards).order_by("on", "made_at"):
        last[row.standard_id, row.partner_id] = row
    found: dict[Sector, list[Checked]] = {}
    for standard in standards:
        there = [row for row in told.partners if standard.system in row.sectors]
        found.setdefault(Sector(standard.system), []).append(_checked(standard, there, last=last, told=told, today=today))
    taking_part = {Sector(code) for row in told.partners for code in row.sectors}
    return Quality(
        standing=told.standing,
        systems=tuple((sector, tuple(found[sector])) for sector in Sector if sector in found),
        without=tuple(sector for sector in Sector if sector in taking_part and sector not in found),
        sharing=told,
        may_write=works(told.standing),
    )


def standard_of(*, viewer: Viewer, standard_id: UUID) -> tuple[Standard, Standing]:
    """One standard. Raises NotVisible."""
    row = Standard.objects.filter(pk=standard_id, ends_on=None).first()
    standing = standing_of(viewer=viewer, collaborative_id=row.collaborative_id if row else standard_id)
    if row is None:
        raise NotVisible
    return row, standing


def _checked(
    standard: Standard, there: list[Partner], *, last: dict[tuple[UUID, UUID], Check], told: Sharing, today: date
) -> Checked:  # fmt: skip
    parts = told.split(there)
    by_id = {str(row.pk): row for row in there}
    named = tuple((by_id[key], last.get((standard.pk, by_id[key].pk))) for key in parts.named)
    pool = [last.get((standard.pk, by_id[key].pk)) for key in parts.pooled]
    counts = {code: sum(one is not None and one.found == code for one in pool) for code in Found}
    seen = [one for _, one in named if one is not None] + ([one for one in pool if one is not None] if parts.pool_shown else [])
    last_on = max((one.on for one in seen), default=None)
    return Checked(
        standard=standard, partners=len(there), named=named, split=parts, pooled=counts if parts.pool_shown else None,
        unchecked=sum(one is None for _, one in named) + (sum(one is None for one in pool) if parts.pool_shown else 0), last_on=last_on,
        due=_due(standard, last_on, today=today, all_seen=parts.pool_shown or not parts.pooled),
        met=all(one.found == Found.MET for one in seen) if seen else None,
    )  # fmt: skip


def _due(standard: Standard, last_on: date | None, *, today: date, all_seen: bool) -> bool:
    """Whether a check is due, as far as the reader may know: what she may not see is not said to be late."""
    return all_seen if last_on is None else _months(last_on, today) >= standard.every_months


def _months(since: date, today: date) -> int:
    """Whole months from one day to another."""
    return (today.year - since.year) * 12 + today.month - since.month - (today.day < since.day)
