"""What a report to the court says: the sections of the county's template, filled with the rows that may go there. Makes plain data, no file.

INVARIANT: each row of the own record is asked of the kernel by its part, and a row of another holder is here only by a paper for this proceeding
(`evidence`). A section without a row that may go is not there at all, and nothing says that anything was left out.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from careloom.agencies.models import Agency
from careloom.consents.pages.subject import Subject
from careloom.disclosures.weighing import SEPARATOR
from careloom.infra.access import Viewer
from careloom.infra.access.records import FamilyRecord
from careloom.permanency import presenters, words
from careloom.permanency.evidence import SERVICES, TREATMENT, CourtLine, evidence_for_court, own_ways
from careloom.permanency.looking import Eyes, Line
from careloom.permanency.models import Removal, Resource
from careloom.permanency.queries import CaseFile, clock_in
from careloom.permanency.terms import ReportTemplate


@dataclass(frozen=True, kw_only=True)
class Section:
    """One section: its heading and its lines."""

    code: str
    head: str
    lines: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Report:
    """A report as plain data, and the rows of others that it holds, for the accounting. `of_others` are read for the proceeding."""

    title: str
    heading: str
    about: str
    agency: str
    dated: str
    sections: tuple[Section, ...]
    of_others: tuple[FamilyRecord, ...] = ()
    template: str = ""

    @property
    def plain(self) -> dict[str, Any]:
        """What a template lays out."""
        return {
            "title": self.title, "heading": self.heading, "about": self.about, "agency": self.agency, "dated": self.dated,
            "sections": [{"head": one.head, "lines": list(one.lines)} for one in self.sections],
        }  # fmt: skip


@dataclass(kw_only=True)
class _Made:
    file: CaseFile
    eyes: Eyes
    subject: Subject
    ways: frozenset[str]
    child_id: UUID | None
    resources: list[Resource]
    treatment: list[CourtLine] = field(default_factory=list)
    services: list[CourtLine] = field(default_factory=list)

    def may(self, rows: Iterable[Any]) -> list[Any]:
        """The rows of the own record that may go, about this child or about nobody in particular."""
        return [
            row for row in rows
            if f"{row.category}{SEPARATOR}{row.provenance}" in self.ways and getattr(row, "child_id", None) in {None, self.child_id}
        ]  # fmt: skip


def made_report(
    *, by: Viewer, own: Agency, file: CaseFile, subject: Subject, eyes: Eyes, template: ReportTemplate, child_id: UUID | None,
    resources: Iterable[Resource], recommends: str, words_of_worker: str, at: datetime,
) -> Report:  # fmt: skip
    """The report about one child (or the family) as it may go to the court now."""
    of = {"by": by, "holder": own, "identity_id": subject.identity_id, "at": at}
    made = _Made(
        file=file, eyes=eyes, subject=subject, ways=own_ways(**of), child_id=child_id, resources=list(resources),
        treatment=evidence_for_court(**of, heaps=TREATMENT), services=evidence_for_court(**of, heaps=SERVICES),
    )  # fmt: skip
    told = _sections(made, own=own, at=at)
    path = words.code(recommends, among=words.PATHS)
    told["RECOMMENDATION"] = [part for part in ((_("The agency recommends: %(what)s.") % {"what": path}) if path else "", words_of_worker) if part]
    return Report(
        title=template.title, heading=template.heading, agency=own.name, dated=date_format(eyes.today), template=template.code,
        about=", ".join(part for part in (eyes.child(child_id) if child_id else "", subject.full_name) if part),
        sections=tuple(
            Section(code=code, head=words.code(code, among=words.SECTIONS), lines=tuple(told[code])) for code in template.sections if told.get(code)
        ),
        of_others=tuple(line.record for line in (*made.treatment, *made.services)),
    )  # fmt: skip


def _sections(made: _Made, *, own: Agency, at: datetime) -> dict[str, list[str]]:
    file, eyes = made.file, made.eyes
    removals: list[Removal] = made.may(file.removals)
    now = next((row for row in removals if row.ended_on is None), None)
    return {
        "CHILD": _child(made), "CASE": _case(made), "REMOVAL": [line for row in removals for line in _removal(row, eyes=eyes)],
        "PLACEMENT": [
            *_text(presenters.custody(made.may(file.custody), eyes=eyes)), *_text(presenters.placements(made.may(file.placements), eyes=eyes)),
            *_text(presenters.kin(made.may(file.kin), eyes=eyes)),
        ],
        "PLAN": [*_text(presenters.items([row for row in made.may(file.items) if row.kind != "SERVICE"], eyes=eyes)), *_her_words(made)],
        "SERVICES": [
            *_text(presenters.items([row for row in made.may(file.items) if row.kind == "SERVICE"], eyes=eyes)),
            *(f"{words.code(row.what, among=words.RESOURCES)}, {date_format(row.given_on)}: {row.words}" for row in made.may(made.resources)),
            *(_dated(line) for line in made.services),
        ],
        "TREATMENT": [
            *(_dated(line) for line in made.treatment),
            *(_("%(court)s, since %(day)s: %(phase)s") % {"court": row.court, "day": date_format(row.enrolled_on), "phase": row.phase}
              for row in made.may(file.treatment_courts)),
            *(f"{date_format(row.on)}, {row.phase}: {row.words}" for row in made.may(file.court_steps)),
        ],
        "VISITS": _visits(made),
        "HEARINGS": [*_text(presenters.hearings(made.may(file.hearings), eyes=eyes)), *_text(presenters.reviews(made.may(file.reviews), eyes=eyes))],
        "EFFORTS": [*_text(presenters.efforts(made.may(file.efforts), eyes=eyes)), *_text(presenters.notices(made.may(file.notices), eyes=eyes))],
        "CLOCK": _clock(made, removal=now, own=own, at=at) if now is not None else [],
    }  # fmt: skip


def _text(lines: Iterable[Line]) -> list[str]:
    return [
        ". ".join(part.rstrip(".") for part in (line.head, line.under, line.status.words if line.status else "", *line.notes) if part) + "."
        for line in lines
    ]


def _dated(line: CourtLine) -> str:
    return f"{date_format(line.day)}: {line.text}" if line.day else line.text


def _child(made: _Made) -> list[str]:
    found = [_("Mother: %(name)s") % {"name": made.subject.full_name}]
    for row in made.subject.infants:
        if made.child_id in {None, row.identity_id}:
            called = " ".join(part for part in (row.given_name, row.family_name) if part)
            born = _("born %(day)s") % {"day": date_format(row.birth_date)} if row.birth_date else ""
            found.append(", ".join(part for part in (_("Child: %(name)s") % {"name": called}, born) if part))
    return found


def _case(made: _Made) -> list[str]:
    case = made.file.case
    if not made.may([case]):
        return []
    kind = {"kind": words.code(case.kind, among=words.KINDS), "day": date_format(case.decided_on)}
    return [_("%(kind)s, decided %(day)s.") % kind, case.reason]


def _removal(row: Removal, *, eyes: Eyes) -> list[str]:
    told = {"name": eyes.child(row.child_id), "day": date_format(row.removed_on), "how": words.code(row.authority, among=words.AUTHORITIES)}
    found = [_("%(name)s came into care on %(day)s: %(how)s.") % told, _("A completed safety assessment found the child unsafe.")]
    found += [_("Why nothing less restrictive was enough: %(why)s") % {"why": row.insufficient}]
    found += [_("The child was in care before.")] if row.re_entry else []
    found += [_("Found by the court on %(day)s.") % {"day": date_format(row.found_on)}] if row.found_on else []
    return found


def _her_words(made: _Made) -> list[str]:
    plan = made.file.plan
    if plan is None or not made.may([plan]) or not plan.signed_on:
        return []
    signed = {"how": words.code(plan.signed_how, among=words.SIGNED), "day": date_format(plan.signed_on)}
    return [_("%(how)s, %(day)s.") % signed, *([_("In the parent’s own words: %(words)s") % {"words": plan.her_words}] if plan.her_words else [])]


def _visits(made: _Made) -> list[str]:
    rows = made.may(made.file.visits)
    if not rows:
        return []
    held, missed = [row for row in rows if row.state == "HELD"], [row for row in rows if row.state == "MISSED"]
    hers = sum(row.whose == "PARENT" for row in missed)
    counted = {"held": len(held), "missed": len(missed), "hers": hers}
    return [
        _("Held: %(held)s. Missed: %(missed)s, of these for a reason of the parent: %(hers)s.") % counted,
        *_text(presenters.visits(rows, eyes=made.eyes)),
    ]


def _clock(made: _Made, *, removal: Removal, own: Agency, at: datetime) -> list[str]:
    now = clock_in(made.file, removal=removal, agency=own, at=at)
    found = [
        _("For the court, care began on %(day)s: %(why)s. Days that count: %(days)s.")
        % {"day": date_format(now.entered_on), "why": words.code(now.because, among=words.ENTERED), "days": now.counted_days},
        _("Hearing due by %(day)s.") % {"day": date_format(max(now.hearing_due_on, now.recommend_on))},
    ]
    for row in made.may(made.file.extensions):
        told = {"day": date_format(row.until_on), "why": words.code(row.because, among=words.EXTENSIONS)}
        found.append(_("Extended to %(day)s: %(why)s.") % told)
    return found
