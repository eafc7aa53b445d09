"""The rows of a record that leave: exactly the parts that were chosen, of the days that were asked for, in plain lines.

Clinical rows and people are read here; apps above register theirs with `consents.preview`, which reads them for the same viewer.
Source: 45 CFR 164.502(b), 164.514(d); 42 CFR 2.13(a).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from careloom.consents.presenters.words import HEAPS
from careloom.consents.preview import rows_seen
from careloom.disclosures.weighing import SEPARATOR
from careloom.health.models import Birth, Condition, Encounter, Exposure, Medication, NewbornSigns, Observation, Pregnancy
from careloom.infra import clock
from careloom.infra.access import Viewer
from careloom.infra.access.records import FamilyRecord
from careloom.people.models import PersonRecord


@dataclass(frozen=True, kw_only=True)
class Line:
    """One row of the record: which part it belongs to, its day if it has one, and what it says."""

    record: FamilyRecord
    day: date | None
    text: str

    @property
    def way(self) -> str:
        """Its category and how it came to its holder."""
        return f"{self.record.category}{SEPARATOR}{self.record.provenance}"


#: What treats somebody now: clinical rows, who she is, and whom to call. Her goals, her needs and her family stay shut (42 CFR 2.51(a)).
EMERGENCY = frozenset({"TEAM"})


def lines_of(*, viewer: Viewer, identity_id: UUID, holders: Collection[UUID] | None = None, heaps: Collection[str] | None = None) -> list[Line]:
    """Every row about this identity that `viewer` sees, of some holders (None: of everybody but the viewer's own agency). Twenty queries or so.

    `heaps` are those heaps of the apps above that are wanted beside people and clinical rows; None is every one.
    """
    found = [*_people(viewer, identity_id), *_health(viewer, identity_id)]
    known = {line.record.pk for line in found}
    found += [
        Line(record=row.record, day=None, text=f"{HEAPS[row.heap]}: {row.text}" if row.heap in HEAPS else row.text)
        for row in rows_seen(viewer=viewer, identity_ids=[identity_id])
        if row.record.pk not in known and row.text and (heaps is None or row.heap in heaps)
    ]
    wanted = [line for line in found if (line.record.holder_id in holders if holders is not None else line.record.holder_id != viewer.holder_id)]
    return sorted(wanted, key=lambda line: (line.record.category, line.day is not None, line.day or date.min))


def chosen(lines: Iterable[Line], *, ways: Collection[str], from_on: date | None, to_on: date | None) -> list[Line]:
    """The lines of some parts, and of these only the days asked for. A row without a day (a name, a goal) goes with its part."""
    return [
        line for line in lines
        if line.way in ways and (line.day is None or ((from_on is None or line.day >= from_on) and (to_on is None or line.day <= to_on)))
    ]  # fmt: skip


def _people(viewer: Viewer, identity_id: UUID) -> Iterator[Line]:
    for row in PersonRecord.objects.seen_by(viewer).filter(identity_id=identity_id).order_by("made_at"):
        parts = [f"{row.given_name} {row.family_name}".strip(), _("born %(day)s") % {"day": date_format(row.birth_date)} if row.birth_date else ""]
        yield Line(record=row, day=None, text=", ".join(part for part in parts if part) or _("A record without a name"))


def _health(viewer: Viewer, identity_id: UUID) -> Iterator[Line]:
    of = {"identity_id": identity_id}
    for p in Pregnancy.objects.seen_by(viewer).filter(**of):
        yield Line(
            record=p, day=p.starts_on or p.care_began_on, text=_("Pregnancy, due %(day)s") % {"day": date_format(p.due_on) if p.due_on else "-"}
        )
    for b in Birth.objects.seen_by(viewer).filter(**of):
        yield Line(record=b, day=_day(b.born_at), text=_birth(b))
    for n in NewbornSigns.objects.seen_by(viewer).filter(**of):
        yield Line(record=n, day=_day(n.recorded_at), text=_signs(n))
    for c in Condition.objects.seen_by(viewer).filter(**of):
        yield Line(
            record=c, day=c.starts_on, text=_and(c.display, c.status, _("until %(day)s") % {"day": date_format(c.ends_on)} if c.ends_on else "")
        )
    for m in Medication.objects.seen_by(viewer).filter(**of):
        stopped = _("stopped %(day)s") % {"day": date_format(m.ends_on)} if m.ends_on else ""
        yield Line(record=m, day=m.starts_on, text=_and(m.display, m.status, stopped))
    for e in Encounter.objects.seen_by(viewer).filter(**of):
        yield Line(record=e, day=_day(e.starts_at), text=_and(e.kind, e.status))
    for o in Observation.objects.seen_by(viewer).filter(**of):
        yield Line(record=o, day=_day(o.observed_at), text=f"{o.display}: {o.value} {o.unit}".strip())
    for x in Exposure.objects.seen_by(viewer).filter(**of):
        prescribed = {"YES": _("prescribed"), "NO": _("not prescribed")}.get(x.prescribed, _("not known whether prescribed"))
        yield Line(
            record=x, day=None, text=_and(_("Before birth: %(what)s") % {"what": x.detail or x.substance.replace("_", " ").lower()}, prescribed)
        )


def _birth(row: Birth) -> str:
    weeks = _("%(weeks)s weeks and %(days)s days") % {"weeks": row.gestation_weeks, "days": row.gestation_days} if row.gestation_weeks else ""
    weight = _("%(grams)s g") % {"grams": row.weight_g} if row.weight_g else ""
    return _and(_("Birth"), weeks, weight, _("intensive care") if row.nicu else "")


def _signs(row: NewbornSigns) -> str:
    seen = {"OBSERVED": _("signs of withdrawal"), "TREATED": _("signs of withdrawal, treated with medicine")}.get(row.withdrawal, "")
    return _and(_("The first days"), seen or _("no signs of withdrawal"), _("signs of alcohol before birth") if row.fasd_signs else "")


def _and(*parts: str) -> str:
    return ", ".join(part for part in parts if part)


def _day(at: datetime | None) -> date | None:
    return at.astimezone(clock.zone()).date() if at else None
