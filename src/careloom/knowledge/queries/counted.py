"""What is counted: training by agency and level, who taught what to whom, and the table beside its community. Source: R-034, R-042, R-113, R-212."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from careloom.infra.access import Viewer
from careloom.kernel.partnership import Level
from careloom.kernel.partnership.knowing import FOR_CHILD_WELFARE, FOR_SITES, SELF_SAID
from careloom.kernel.partnership.knowing_rules import share
from careloom.kernel.suppression import Cell, publish_list
from careloom.knowledge.models import Community, Course, SelfSaid, Staff, Taken
from careloom.partnership.models import Partner, Seat
from careloom.partnership.standing import standing_of

MOST = 5000
SILENT = "NOT_SAID"
SITES = frozenset({"SUBSTANCE_USE", "HOSPITALS", "MEDICAL_PROVIDERS"})


@dataclass(frozen=True, kw_only=True)
class Completion:
    """Training at a partner: level -> people trained and people there; the percentages are of courses asked for, None where nobody is counted."""

    partner: Partner
    levels: dict[str, tuple[int, int]]

    def percent(self, level: str) -> int | None:
        """Of one level."""
        done, of = self.levels.get(level, (0, 0))
        return share(done=done, of=of)

    @property
    def whole(self) -> int | None:
        """Of all levels."""
        return share(done=sum(done for done, _ in self.levels.values()), of=sum(of for _, of in self.levels.values()))


def completion(*, viewer: Viewer, collaborative_id: UUID, subject: str = "") -> list[Completion]:
    """Completion by partner and level, for one subject or all.

    A level that a course is for counts its people once for each course; who took it counts at most as many times as people are there.
    Raises NotVisible.
    """
    standing_of(viewer=viewer, collaborative_id=collaborative_id)
    courses = list(Course.objects.filter(collaborative_id=collaborative_id, left_on=None, **({"subject": subject} if subject else {}))[:MOST])
    people: dict[tuple[UUID, str], int] = {}
    for row in Staff.objects.filter(collaborative_id=collaborative_id, left_on=None).order_by("as_of", "made_at"):
        people[row.partner_id, row.level] = row.people
    took: Counter[tuple[UUID, UUID, str]] = Counter()
    for one in Taken.objects.filter(collaborative_id=collaborative_id, left_on=None)[:MOST]:
        took[one.course_id, one.partner_id, one.level] += one.people
    found = []
    for partner in Partner.objects.filter(collaborative_id=collaborative_id, left_on=None).order_by("name")[:500]:
        levels: dict[str, tuple[int, int]] = {}
        for level in Level:
            there = people.get((partner.pk, level), 0)
            asked = [course for course in courses if level in course.levels]
            done = sum(min(there, took[course.pk, partner.pk, level]) for course in asked)
            if there and asked:
                levels[level] = (done, there * len(asked))
        found.append(Completion(partner=partner, levels=levels))
    return found


@dataclass(frozen=True, kw_only=True)
class Taught:
    """The two directions between child welfare and treatment sites: who was taught, how many people, and when last; None where not yet."""

    partner: Partner
    subject: str
    people: int
    last_on: date | None


def taught(*, viewer: Viewer, collaborative_id: UUID) -> list[Taught]:
    """Sites taught legal duties, and child welfare taught medication and recovery support (R-113). Raises NotVisible."""
    standing_of(viewer=viewer, collaborative_id=collaborative_id)
    rows = list(
        Taken.objects.filter(collaborative_id=collaborative_id, left_on=None, course__subject__in=(FOR_SITES, FOR_CHILD_WELFARE))
        .values_list("partner_id", "course__subject", "people", "on")[:MOST]
    )  # fmt: skip
    found = []
    for partner in Partner.objects.filter(collaborative_id=collaborative_id, left_on=None).order_by("name")[:500]:
        wanted = [FOR_CHILD_WELFARE] if "CHILD_WELFARE" in partner.sectors else []
        wanted += [FOR_SITES] if SITES & set(partner.sectors) else []
        for subject in wanted:
            mine = [(people, on) for pk, code, people, on in rows if (pk, code) == (partner.pk, subject)]
            found.append(
                Taught(partner=partner, subject=subject, people=sum(people for people, _ in mine), last_on=max((on for _, on in mine), default=None))
            )
    return sorted(found, key=lambda one: (one.subject, one.last_on is not None, one.partner.name))


@dataclass(frozen=True, kw_only=True)
class Compared:
    """A dimension: code -> members as they may be shown, their percentage where shown, and the community's percentage, or None."""

    dimension: str
    cells: dict[str, Cell]
    percents: dict[str, int | None]
    community: dict[str, tuple[float, str]]


def compared(*, viewer: Viewer, collaborative_id: UUID) -> list[Compared]:
    """Members beside the community, counts of one to ten hidden with those that would give them away (R-034).

    What members say of themselves is theirs; sector, level and lived experience are as their seats say. Raises NotVisible.
    """
    standing_of(viewer=viewer, collaborative_id=collaborative_id)
    seats = list(Seat.objects.select_related("partner").filter(collaborative_id=collaborative_id, left_on=None, body__ends_on=None)[:MOST])
    members = {(row.worker_id or row.name.casefold()): row for row in seats}
    sit = {row.worker_id for row in seats if row.worker_id}
    said = [row for row in SelfSaid.objects.filter(collaborative_id=collaborative_id)[:MOST] if row.worker_id in sit]
    race = Counter("" if not row.race else "SEVERAL" if len(row.race) > 1 else row.race[0] for row in said)
    counts = {
        "RACE": _with_silent({**{code: race[code] for code in SELF_SAID["RACE"]}, "SEVERAL": race["SEVERAL"]}, of=len(members)),
        "PLACE": _with_silent({code: sum(row.place == code for row in said) for code in SELF_SAID["PLACE"]}, of=len(members)),
        "LANGUAGE": _with_silent({code: sum(row.language == code for row in said) for code in SELF_SAID["LANGUAGE"]}, of=len(members)),
        "LEVEL": {level.value: sum(row.level == level for row in members.values()) for level in Level},
        "SECTOR": dict(sorted(Counter(min(row.partner.sectors, default="") for row in members.values()).items())),
        "LIVED": {"YES": sum(bool(row.lived) for row in members.values()), "NO": sum(not row.lived for row in members.values())},
    }
    shares: dict[tuple[str, str], tuple[float, str]] = {}
    for one in Community.objects.filter(collaborative_id=collaborative_id, left_on=None).order_by("year", "made_at"):
        shares[one.dimension, one.part] = (float(one.percent), f"{one.source}, {one.year}")
    return [_compared(dimension, counted, shares) for dimension, counted in counts.items()]


def own_words(*, viewer: Viewer, collaborative_id: UUID) -> SelfSaid | None:
    """What the reader said of herself. Raises NotVisible."""
    standing_of(viewer=viewer, collaborative_id=collaborative_id)
    return SelfSaid.objects.filter(collaborative_id=collaborative_id, worker_id=viewer.worker_id or collaborative_id).first()


def _with_silent(counts: dict[str, int], *, of: int) -> dict[str, int]:
    """The counts, and how many said nothing: together they are all members, whose number everybody can see."""
    return {**counts, SILENT: max(0, of - sum(counts.values()))}


def _compared(dimension: str, counts: dict[str, int], shares: dict[tuple[str, str], tuple[float, str]]) -> Compared:
    codes = list(counts)
    # INVARIANT: the number of members is known to everybody, so each table is published as one whose total is known.
    table = publish_list(labels=codes, counts=[counts[code] for code in codes]) if codes else None
    cells = dict(zip(codes, table.cells, strict=True)) if table else {}
    known = sum(count for code, count in counts.items() if code != SILENT)
    whole = all(cell.value is not None for cell in cells.values())
    # A percentage gives the total away, so one is shown only where every count is.
    percents = {code: share(done=counts[code], of=known) if whole and code != SILENT else None for code in codes}
    return Compared(
        dimension=dimension,
        cells=cells,
        percents=percents,
        community={code: shares[dimension, code] for code in codes if (dimension, code) in shares},
    )
