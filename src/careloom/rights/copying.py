"""The copy that she gets of a holder's record about her: every part that the law opens to her, and what is left out with why.

The kernel is asked part by part (42 CFR 2.23; 45 CFR 164.524). Apps beside this one register how a record is read (`on_record`, joined in config).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Protocol
from uuid import UUID

from careloom.agencies.models import Agency
from careloom.consents import papers
from careloom.infra.access import System, Viewer, acting_as, system
from careloom.infra.access.models import Segment
from careloom.infra.access.records import FamilyRecord
from careloom.kernel import disclosure
from careloom.people.models import PersonRecord
from careloom.rights.kinds import NOTES
from careloom.rights.models import StandsBeside

_SUBJECTS = {"INFANT": disclosure.Subject.INFANT, "CHILD": disclosure.Subject.SIBLING, "ADULT": disclosure.Subject.CAREGIVER}


class RecordLine(Protocol):
    """One row of a record in a line: the row, its day if it has one, what it says."""

    @property
    def record(self) -> FamilyRecord: ...
    @property
    def day(self) -> date | None: ...
    @property
    def text(self) -> str: ...


class RecordReader(Protocol):
    """Reads every line about a person that `viewer` sees, of some holders."""

    def __call__(self, *, viewer: Viewer, identity_id: UUID, holders: Collection[UUID] | None = None) -> Iterable[RecordLine]: ...


@dataclass(frozen=True, kw_only=True)
class Copy:
    """What a copy holds: lines by part, what stands beside the record, and the parts that stay out of every copy."""

    lines: tuple[RecordLine, ...]
    beside: tuple[StandsBeside, ...]
    apart: tuple[str, ...]


_readers: list[RecordReader] = []


def on_record(reader: RecordReader) -> None:
    """Have `reader` asked for each copy. Joined in config."""
    if reader not in _readers:
        _readers.append(reader)


def opened_to_her(*, holder: Agency, identity_id: UUID, on: date) -> tuple[frozenset[tuple[str, str]], tuple[str, ...]]:
    """The parts of a holder's record that the kernel opens to her (category, provenance), and the categories that it does not. Two queries."""
    near = system(System.JOB, holder_id=holder.pk)
    with acting_as(near):
        roles = list(PersonRecord.objects.filter(identity_id=identity_id, holder_id=holder.pk).values_list("role", flat=True))
    with acting_as(system(System.GRANTS)):
        held = list(Segment.objects.filter(identity_id=identity_id, holder_id=holder.pk))
    subject = next((_SUBJECTS[role] for role in roles if role in _SUBJECTS), disclosure.Subject.MOTHER)
    facts = disclosure.Facts(legal_parent=True) if subject is disclosure.Subject.INFANT else disclosure.Facts()
    opened: set[tuple[str, str]] = set()
    apart: set[str] = set()
    for segment in held:
        request = papers.kernel_request(
            recipient=str(identity_id), actor=disclosure.Actor.PATIENT, subject=subject, category=segment.category,
            purpose=disclosure.Purpose.PATIENT_ACCESS.value, on=on,
        )  # fmt: skip
        source = papers.kernel_source(segment, agency=holder)
        answer = disclosure.decide(disclosure.Scenario(request=request, source=source, facts=facts))
        # INVARIANT: notes of counseling and psychotherapy never ride along in a copy, whatever else is decided (45 CFR 164.524(a)(1)(i)).
        if answer.outcome is disclosure.Outcome.PERMIT and segment.category not in NOTES:
            opened.add((segment.category, segment.provenance))
        else:
            apart.add(segment.category)
    return frozenset(opened), tuple(sorted(apart))


def copy_of(
    *, holder: Agency, identity_id: UUID, on: date, categories: Collection[str] = (), from_on: date | None = None, to_on: date | None = None,
    without: Collection[str] = (),
) -> Copy:  # fmt: skip
    """The copy: the parts she asked for (empty: all that she may have), of the days she asked for, without the parts that a ground holds back."""
    opened, apart = opened_to_her(holder=holder, identity_id=identity_id, on=on)
    ways = {way for way in opened if (not categories or way[0] in categories) and way[0] not in without}
    near = system(System.JOB, holder_id=holder.pk)
    with acting_as(near):
        found = [line for reader in _readers for line in reader(viewer=near, identity_id=identity_id, holders=[holder.pk])]
        beside = list(StandsBeside.objects.filter(holder_id=holder.pk, identity_id=identity_id).order_by("at", "pk"))
    # What stands beside the record has its own place in a copy; other readers bring it too, because every release carries it.
    rows = [line for line in found if not isinstance(line.record, StandsBeside)]
    kept = [line for line in rows if (line.record.category, line.record.provenance) in ways and _within(line.day, from_on=from_on, to_on=to_on)]
    asked_apart = tuple(code for code in apart if not categories or code in categories)
    return Copy(
        lines=tuple(sorted(kept, key=lambda line: (line.record.category, line.day is not None, line.day or date.min))),
        beside=tuple(row for row in beside if (row.category, row.provenance) in ways), apart=asked_apart,
    )  # fmt: skip


def _within(day: date | None, *, from_on: date | None, to_on: date | None) -> bool:
    return day is None or ((from_on is None or day >= from_on) and (to_on is None or day <= to_on))
