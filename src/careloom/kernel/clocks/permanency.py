"""The court clocks of a child in care: time that counts, the day on which an agency must file, extensions, and what is next.

Source: 42 USC 675(5)(B), (C), (E), (F); 671(a)(15)(E); 45 CFR 1356.21(b)(2), (i); Ohio Rev. Code 2151.413(D)(1), 2151.415(D); rows R-174, R-175.
Nothing here knows a jurisdiction: how many months count is handed in (pack data).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from careloom.kernel.clocks.calendar import add_months
from careloom.kernel.clocks.statutory import alert_dates, entered_care_on, permanency_hearing_due_on, status_review_due_on

DAY = timedelta(days=1)
MOST_DAYS = 366 * 12


class PauseKind(StrEnum):
    """Days that do not count toward the months after which an agency must file (45 CFR 1356.21(i)(1)(i)(B))."""

    TRIAL_HOME_VISIT = "TRIAL_HOME_VISIT"
    RUNAWAY = "RUNAWAY"


class EntryBecause(StrEnum):
    """Why care began on the day on which it is taken to have begun (42 USC 675(5)(F))."""

    FINDING = "FINDING"
    SIXTY_DAYS = "SIXTY_DAYS"


@dataclass(frozen=True, kw_only=True, slots=True)
class Pause:
    """Days at home on trial, or away without leave. `ends_on` is exclusive; None while it lasts."""

    kind: PauseKind
    starts_on: date
    ends_on: date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Spell:
    """One stay in care: the removal, the first finding of abuse or neglect if there is one, and the day it ended (exclusive)."""

    removed_on: date
    found_on: date | None = None
    ended_on: date | None = None

    @property
    def entered_on(self) -> date:
        """The day on which care began for the court. Source: 42 USC 675(5)(F)."""
        return entered_care_on(removed_on=self.removed_on, found_on=self.found_on)

    @property
    def because(self) -> EntryBecause:
        """Whether the finding or the sixtieth day came first."""
        found = self.found_on is not None and self.entered_on == max(self.found_on, self.removed_on)
        return EntryBecause.FINDING if found else EntryBecause.SIXTY_DAYS


@dataclass(frozen=True, kw_only=True, slots=True)
class CareRule:
    """After how many months of the most recent `window` months an agency must file, and how it may be put off."""

    months: int
    window: int
    extension_months: int = 6
    most_extensions: int = 0
    hearing_months: int = 12
    alerts: tuple[int, ...] = (9, 10, 11)

    def __post_init__(self) -> None:
        """Refuse a rule that could never be met."""
        if not 0 < self.months <= self.window:
            raise ValueError("The months that count must fit into the window. Correct the pack.")


@dataclass(frozen=True, kw_only=True, slots=True)
class Extension:
    """A court's order to put off the recommendation: from which day, to which day (inclusive)."""

    from_on: date
    until_on: date


@dataclass(frozen=True, kw_only=True, slots=True)
class CareClock:
    """Every date of one stay in care, as of a day.

    `file_on` is the day by which the agency files (after the months that count), None while so many cannot have passed within the search;
    `recommend_on` is the last day for its recommendation with extensions; `left_out` are days that did not count.
    """

    removed_on: date
    entered_on: date
    because: EntryBecause
    hearing_due_on: date
    review_due_on: date
    alerts_on: tuple[date, ...]
    file_on: date | None
    recommend_on: date
    extensions_left: int
    counted_days: int
    left_out: int
    ended_on: date | None


def counted(*, spells: Iterable[Spell], pauses: Iterable[Pause], day: date) -> bool:
    """Whether `day` counts: in care since the day of entry, and neither at home on trial nor away without leave."""
    in_care = any(s.entered_on <= day and (s.ended_on is None or day < s.ended_on) for s in spells)
    return in_care and not any(p.starts_on <= day and (p.ends_on is None or day < p.ends_on) for p in pauses)


def file_on(*, spells: Iterable[Spell], pauses: Iterable[Pause], rule: CareRule, as_of: date) -> date | None:
    """The day on which `rule.months` of the most recent `rule.window` months have been spent in care; None where that does not come.

    A stay and its pauses that are still open are taken to go on as they are: an open pause after `as_of` counts no day, so nothing falls due
    while the child is at home. Months are measured as days from the first day that counts in the window to the same day so many months later.
    Source: 42 USC 675(5)(E); 45 CFR 1356.21(i)(1).
    """
    stays, away = tuple(spells), tuple(pauses)
    if not stays:
        return None
    day, days = min(s.entered_on for s in stays), []
    last = max(as_of, *(s.entered_on for s in stays)) + timedelta(days=MOST_DAYS // 4)
    while day <= last:
        if counted(spells=stays, pauses=away, day=day):
            days.append(day)
            begins = add_months(start=day, months=-rule.window)
            while days and days[0] <= begins:
                days.pop(0)
            needed = (add_months(start=days[0], months=rule.months) - days[0]).days
            if len(days) >= needed:
                return day + DAY
        day += DAY
    return None


def extension_gaps(*, rule: CareRule, given: Iterable[Extension], clock_ends_on: date, until_on: date) -> tuple[str, ...]:
    """Why a further extension cannot stand: TOO_MANY, TOO_LONG, NOT_LATER. Empty where it can. Source: ORC 2151.415(D)."""
    known = tuple(given)
    ends = max([clock_ends_on, *(extension.until_on for extension in known)])
    tests = {
        "TOO_MANY": len(known) >= rule.most_extensions,
        "TOO_LONG": until_on > add_months(start=ends, months=rule.extension_months),
        "NOT_LATER": until_on <= ends,
    }
    return tuple(code for code, is_wrong in tests.items() if is_wrong)


def care_clock(
    *,
    spells: Iterable[Spell],
    pauses: Iterable[Pause] = (),
    rule: CareRule,
    as_of: date,
    last_hearing_on: date | None = None,
    last_review_on: date | None = None,
    extensions: Iterable[Extension] = (),
    no_efforts_on: date | None = None,
    no_efforts_days: int = 30,
) -> CareClock | None:
    """The clock of the latest stay in care, or None without one.

    `no_efforts_on` is the day on which a court found that efforts to reunify are not required: the hearing then falls within
    `no_efforts_days` (42 USC 671(a)(15)(E)(i)). `last_hearing_on` and `last_review_on` count only where they lie in this stay.
    """
    stays = sorted(spells, key=lambda spell: spell.removed_on)
    if not stays:
        return None
    now, away, given = stays[-1], tuple(pauses), tuple(extensions)
    entered = now.entered_on
    held = last_hearing_on if last_hearing_on and last_hearing_on >= now.removed_on else None
    reviewed = last_review_on if last_review_on and last_review_on >= now.removed_on else None
    hearing = permanency_hearing_due_on(entered_on=entered, last_hearing_on=held, months=rule.hearing_months)
    if no_efforts_on is not None and (held is None or held < no_efforts_on):
        hearing = min(hearing, no_efforts_on + timedelta(days=no_efforts_days))
    first = add_months(start=entered, months=rule.hearing_months)
    end = min(as_of, now.ended_on - DAY) if now.ended_on else as_of
    span = max(0, (end - entered).days + 1)
    days = sum(counted(spells=(now,), pauses=away, day=entered + timedelta(days=n)) for n in range(span))
    return CareClock(
        removed_on=now.removed_on,
        entered_on=entered,
        because=now.because,
        hearing_due_on=hearing,
        review_due_on=status_review_due_on(entered_on=entered, last_review_on=reviewed),
        alerts_on=alert_dates(entered_on=entered, months=rule.alerts),
        file_on=None if now.ended_on else file_on(spells=stays, pauses=away, rule=rule, as_of=as_of),
        recommend_on=max([first, *(extension.until_on for extension in given)]),
        extensions_left=max(0, rule.most_extensions - len(given)),
        counted_days=days,
        left_out=span - days,
        ended_on=now.ended_on,
    )


def notice_not_before(*, received_on: date, wait_days: int = 10, more_days: int = 0) -> date:
    """The first day on which a hearing about an Indian child may be held after the Tribe received notice.

    At least ten days after receipt, and up to twenty more when the Tribe, a parent or an Indian custodian asks. Source: 25 USC 1912(a).
    """
    return received_on + timedelta(days=wait_days + more_days)
