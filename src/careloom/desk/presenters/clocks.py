"""The clocks of a family: the baby, treatment where the reader may see it, and the reviews, with one plain sentence."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from careloom.desk.pages.family import FamilyPage
from careloom.desk.presenters import names
from careloom.infra.ui.components import ClockPoint, ClockRow, Clocks
from careloom.kernel.clocks import add_months
from careloom.permanency.timeline import Care, care_row

SOON = timedelta(days=14)


def clocks_of(page: FamilyPage) -> Clocks | None:
    """The clocks whose dates are known, or None without a plan."""
    if page.parts is None:
        return None
    rows = [row for row in (_baby(page), _treatment(page), *_court(page), _reviews(page)) if row is not None]
    return Clocks(today=page.head.day, rows=tuple(rows), title=_("Time line"), sentence=_sentence(rows, today=page.head.day)) if rows else None


def _point(on: date, label: str, *, today: date, key: bool = False, due: bool = False) -> ClockPoint:
    kind = "done" if on < today and not due else "due" if due else "key" if key else "open"
    return ClockPoint(on=on, label=label, kind=kind)  # type: ignore[arg-type]


def _short(on: date) -> str:
    return date_format(on, "N j")


def _baby(page: FamilyPage) -> ClockRow | None:
    today, plan = page.head.day, page.parts.plan if page.parts else None
    born = plan.born_on if plan else None
    if born is None:
        due = page.pregnancy.due_on if page.pregnancy else None
        if due is None or plan is None:
            return None
        starts = plan.started_at.astimezone(page.head.zone).date()
        point = _point(due, _("Expected %(day)s") % {"day": _short(due)}, today=today, key=True)
        return ClockRow(name=_("Baby"), sub=_("Expected"), starts_on=min(starts, due), ends_on=max(due, starts), points=(point,))
    points = [ClockPoint(on=born, label=_("Born %(day)s") % {"day": _short(born)}, kind="done")]
    marks = ((2, _("2 months")), (6, _("6 months")), (12, _("1 year")))
    points += [_point(add_months(start=born, months=months), label, today=today) for months, label in marks]
    called = ", ".join(names.first_name(infant) for infant in page.head.infants if names.first_name(infant)) or _("Baby")
    return ClockRow(name=called[:18], sub=_("Growing"), starts_on=born, ends_on=add_months(start=born, months=12), points=tuple(points))


def _treatment(page: FamilyPage) -> ClockRow | None:
    start = page.medicine.starts_on if page.medicine else None
    if start is None:
        return None
    year = add_months(start=start, months=12)
    points = [
        ClockPoint(on=start, label=_("Began %(day)s") % {"day": _short(start)}, kind="done"),
        _point(start + timedelta(days=90), _("90 days"), today=page.head.day),
        _point(year, _("12 months, %(day)s") % {"day": _short(year)}, today=page.head.day, key=True),
    ]
    name = names.first_name(page.head.mother) if page.head.mother else _("Her")
    return ClockRow(name=name[:18], sub=_("Treatment"), starts_on=start, ends_on=max(year, page.head.day), points=tuple(points))


def _court(page: FamilyPage) -> list[ClockRow]:
    """The court's clock of each child in care, where the reader sees the case."""
    called = {infant.identity_id: names.first_name(infant) for infant in page.head.infants}
    cares = (
        Care(name=called.get(row.child_id) or _("A child"), clock=clock, no_filing=bool(row.no_filing))  # type: ignore[arg-type]
        for row, clock in page.in_care
    )
    return [care_row(care, today=page.head.day) for care in cares]


def _reviews(page: FamilyPage) -> ClockRow | None:
    if page.parts is None:
        return None
    plan, today = page.parts.plan, page.head.day
    points = []
    following = page.parts.next_review
    for review in page.parts.reviews:
        if review.kind not in {"REVIEW", "AFTER_EVENT"}:
            continue
        if review.held_at:
            held = review.held_at.astimezone(page.head.zone).date()
            points.append(ClockPoint(on=held, label=_short(held), kind="done"))
        else:
            is_next = following is not None and review.pk == following.pk
            due = is_next and review.due_on <= today + SOON
            label = _("Review %(day)s") % {"day": _short(review.due_on)} if is_next else _short(review.due_on)
            points.append(_point(review.due_on, label, today=today, key=is_next, due=due))
    started = plan.started_at.astimezone(page.head.zone).date()
    ends = max([plan.follow_until or started, *(point.on for point in points), started])
    return ClockRow(name=_("Plan"), sub=_("Reviews"), starts_on=started, ends_on=ends, points=tuple(points))


def _sentence(rows: list[ClockRow], *, today: date) -> str:
    ahead = sorted({(p.on, row.name, p.label) for row in rows for p in row.points if p.kind in {"due", "key"}})
    late = [item for item in ahead if item[0] < today]
    if late:
        return _("The review was due on %(day)s and has not been held.") % {"day": date_format(late[0][0], "F j")}
    if not ahead:
        return _("No date ahead asks for anything.")
    told = [label if name == _("Plan") else f"{label} ({name})" for _on, name, label in ahead[:3]]
    return _("Next: %(dates)s.") % {"dates": "; ".join(told)}
