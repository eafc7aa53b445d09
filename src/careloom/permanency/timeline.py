"""Three clocks on one line: the court's, her recovery's and the baby's, and one plain sentence about what is next for whom. Source: F22, F23.

The rows of the court come from a case; those of recovery from what the viewer may read of treatment, or from her own word; the baby's from its
birthday. Where a clock is not known to the viewer there is no row for it, and nothing says that there might be one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from careloom.infra.ui.components import ClockPoint, ClockRow, Clocks
from careloom.kernel.clocks import CareClock, add_months
from careloom.permanency.models import Hearing, TreatmentCourt, TreatmentCourtStep

SOON = timedelta(days=14)
MONTHS = ((2, "2"), (4, "4"), (6, "6"), (9, "9"), (12, "12"), (18, "18"), (24, "24"))


@dataclass(frozen=True, kw_only=True)
class Care:
    """A child in care with its clock, the hearings that concern it, and whether it is home on trial now."""

    name: str
    clock: CareClock
    hearings: tuple[Hearing, ...] = ()
    where: str = ""
    with_her: bool = False
    no_filing: bool = False


def short(on: date) -> str:
    """A day as it stands at a point of a clock."""
    return date_format(on, "M j")


def _point(on: date, label: str, *, today: date, key: bool = False) -> ClockPoint:
    kind = "done" if on < today and not key else "due" if on <= today + SOON and key else "key" if key else "open"
    return ClockPoint(on=on, label=label, kind=kind)  # type: ignore[arg-type]


def care_row(care: Care, *, today: date) -> ClockRow:
    """The court's clock of one child."""
    clock = care.clock
    points = [ClockPoint(on=clock.entered_on, label=_("In care %(day)s") % {"day": short(clock.entered_on)}, kind="done")]
    ends = max(clock.hearing_due_on, clock.recommend_on)
    points += [
        _point(on, _("%(months)s-month notice") % {"months": months}, today=today)
        for months, on in zip((9, 10, 11), clock.alerts_on, strict=False) if months != 10
    ]  # fmt: skip
    points.append(_point(ends, _("Hearing by %(day)s") % {"day": short(ends)}, today=today, key=clock.ended_on is None))
    if clock.file_on is not None and not care.no_filing and clock.file_on != ends:
        points.append(_point(clock.file_on, _("Must file %(day)s") % {"day": short(clock.file_on)}, today=today, key=True))
    if clock.ended_on is not None:
        points.append(ClockPoint(on=clock.ended_on, label=_("Out of care %(day)s") % {"day": short(clock.ended_on)}, kind="done"))
    last = max(point.on for point in points)
    return ClockRow(name=care.name[:18], sub=care.where[:24] or _("In care"), starts_on=clock.removed_on, ends_on=last, points=tuple(points))


def recovery_row(name: str, *, began: date, today: date, court: TreatmentCourt | None = None, steps: Iterable[TreatmentCourtStep] = ()) -> ClockRow:
    """Her recovery: months since she began, and the reviews of a family treatment court where she is in one (R-223)."""
    points = [ClockPoint(on=began, label=_("Began %(day)s") % {"day": short(began)}, kind="done")]
    marks = [(3, _("90 days"), began + timedelta(days=90)), (6, _("6 months"), add_months(start=began, months=6))]
    points += [_point(on, label, today=today) for _months, label, on in marks]
    year = add_months(start=began, months=12)
    points.append(ClockPoint(on=year, label=_("12 months, %(day)s") % {"day": short(year)}, kind="done" if year < today else "key"))
    if court is not None:
        points += [ClockPoint(on=step.on, label=step.phase, kind="done") for step in list(steps)[:3]]
        if court.next_review_on:
            points.append(_point(court.next_review_on, _("Court review %(day)s") % {"day": short(court.next_review_on)}, today=today, key=True))
    sub = _("Recovery, %(phase)s") % {"phase": court.phase} if court is not None else _("Recovery")
    return ClockRow(name=name[:18], sub=sub[:24], starts_on=began, ends_on=max(today, *(point.on for point in points)), points=tuple(points))


def court_row(name: str, *, court: TreatmentCourt, steps: Iterable[TreatmentCourtStep], today: date) -> ClockRow:
    """The family treatment court on its own, where no day of recovery is known to the viewer."""
    points = [ClockPoint(on=court.enrolled_on, label=_("Joined %(day)s") % {"day": short(court.enrolled_on)}, kind="done")]
    points += [ClockPoint(on=step.on, label=step.phase, kind="done") for step in list(steps)[:3]]
    if court.next_review_on:
        points.append(_point(court.next_review_on, _("Court review %(day)s") % {"day": short(court.next_review_on)}, today=today, key=True))
    last = max(today, *(point.on for point in points))
    return ClockRow(name=name[:18], sub=_("Treatment court"), starts_on=court.enrolled_on, ends_on=last, points=tuple(points))


def infant_row(name: str, *, born: date, today: date) -> ClockRow:
    """How a baby grows: the ages at which well-child visits fall, those around now."""
    ages = [(months, add_months(start=born, months=months)) for months, _text in MONTHS]
    near = [(months, on) for months, on in ages if on >= today - timedelta(days=120)][:3] or ages[-1:]
    points = [ClockPoint(on=born, label=_("Born %(day)s") % {"day": short(born)}, kind="done")]
    points += [_point(on, _("%(months)s months") % {"months": months}, today=today) for months, on in near]
    return ClockRow(name=name[:18], sub=_("Growing"), starts_on=born, ends_on=max(today, *(point.on for point in points)), points=tuple(points))


def sentence(*, cares: Iterable[Care], began: date | None, mother: str, babies: Iterable[tuple[str, date]], today: date) -> str:
    """What is next for whom, as a person would say it."""
    told = []
    for care in cares:
        if care.clock.ended_on is not None:
            continue
        due = max(care.clock.hearing_due_on, care.clock.recommend_on)
        told.append(_("%(name)s: the court must hear the case by %(day)s.") % {"name": care.name, "day": date_format(due, "F j, Y")})
        year = add_months(start=began, months=12) if began else None
        if year is not None and year > due > today:
            weeks = max(1, (year - due).days // 7)
            told.append(
                _("That is %(weeks)s weeks before %(mother)s reaches 12 months in recovery.") % {"weeks": weeks, "mother": mother or _("she")}
            )  # fmt: skip
        if care.clock.left_out:
            told.append(_("%(days)s days at home or away do not count.") % {"days": care.clock.left_out})
    for name, born in babies:
        ahead = next(((months, on) for months, _t in MONTHS if (on := add_months(start=born, months=months)) > today), None)
        if ahead:
            told.append(_("%(name)s is %(months)s months old on %(day)s.") % {"name": name, "months": ahead[0], "day": date_format(ahead[1], "F j")})
    return " ".join(told) or _("No date ahead asks for anything.")


def three_clocks(
    *, cares: Iterable[Care], mother: str, began: date | None, babies: Iterable[tuple[str, date]], court: TreatmentCourt | None,
    steps: Iterable[TreatmentCourtStep], today: date,
) -> Clocks | None:  # fmt: skip
    """The picture with its table and its sentence, or None where no clock is known."""
    known, born = list(cares), list(babies)
    rows = [infant_row(name, born=day, today=today) for name, day in born[:3]]
    if began is not None:
        rows.append(recovery_row(mother or _("Her"), began=began, today=today, court=court, steps=steps))
    elif court is not None:
        rows.append(court_row(mother or _("Her"), court=court, steps=steps, today=today))
    rows += [care_row(care, today=today) for care in known[:4]]
    if not rows:
        return None
    said = sentence(cares=known, began=began, mother=mother, babies=born[:3], today=today)
    return Clocks(today=today, rows=tuple(rows), title=_("Three clocks, one line"), sentence=said)
