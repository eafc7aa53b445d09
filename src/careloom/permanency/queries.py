"""Reads of cases. Each takes `viewer`; row security decides which rows there are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any
from uuid import UUID

from careloom.agencies.models import Agency
from careloom.infra import clock
from careloom.infra.access import NotVisible, Viewer, require
from careloom.infra.access.records import FamilyRecord
from careloom.infra.ui.paging import Some, some
from careloom.kernel.clocks import CareClock, PauseKind, Spell, care_clock
from careloom.kernel.clocks import Extension as Given
from careloom.kernel.clocks import Pause as Away
from careloom.permanency import models
from careloom.permanency.models.court import HELD
from careloom.permanency.terms import care_terms

#: How many rows of a kind the family page shows; the rest stands on a list of its own.
SHOWN = 5
MOST = 60
#: How many a report to the court reads: a case of years, and none of it left out.
EVERY = 2000

#: The lists of a case: the table, and its order on a page of its own.
LISTS: dict[str, tuple[Any, tuple[str, ...]]] = {
    "items": (models.PlanItem, ("-at", "pk")), "reviews": (models.Review, ("-due_on", "pk")), "visits": (models.Visit, ("-starts_at", "pk")),
    "hearings": (models.Hearing, ("-starts_at", "pk")), "kin": (models.KinContact, ("-at", "pk")), "papers": (models.Paper, ("-dated_on", "pk")),
    "placements": (models.Placement, ("-starts_on", "pk")), "custody": (models.Custody, ("-starts_on", "pk")),
    "efforts": (models.Effort, ("-on", "pk")), "notices": (models.TribeNotice, ("-sent_on", "pk")),
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class CaseFile:
    """A case with what the viewer sees of it. Open rows come whole; finished ones are the newest, and a list of their own holds the rest."""

    case: models.Case
    plan: models.CasePlan | None
    items: tuple[models.PlanItem, ...]
    reviews: tuple[models.Review, ...]
    removals: tuple[models.Removal, ...]
    placements: tuple[models.Placement, ...]
    custody: tuple[models.Custody, ...]
    pauses: tuple[models.Pause, ...]
    kin: tuple[models.KinContact, ...]
    visits: tuple[models.Visit, ...]
    hearings: tuple[models.Hearing, ...]
    extensions: tuple[models.Extension, ...]
    papers: tuple[models.Paper, ...]
    treatment_courts: tuple[models.TreatmentCourt, ...]
    court_steps: tuple[models.TreatmentCourtStep, ...]
    questions: tuple[models.TribeQuestion, ...]
    notices: tuple[models.TribeNotice, ...]
    efforts: tuple[models.Effort, ...]

    def rows(self) -> Iterator[FamilyRecord]:
        """Every row, for the accounting."""
        for part in fields(self):
            held = getattr(self, part.name)
            yield from held if isinstance(held, tuple) else [held] if held is not None else []

    @property
    def in_care(self) -> tuple[models.Removal, ...]:
        """The children who are in care now."""
        return tuple(row for row in self.removals if row.ended_on is None)


def cases_of(*, viewer: Viewer, identity_id: UUID) -> list[models.Case]:
    """The cases of a family that `viewer` sees: her own agency's first, open ones before closed ones, newest first. One query."""
    rows = models.Case.objects.seen_by(viewer).filter(identity_id=identity_id).order_by("-opened_at", "pk")[:MOST]
    return sorted(rows, key=lambda row: (row.holder_id != viewer.holder_id, row.state != "OPEN"))


def case_file(*, viewer: Viewer, case: models.Case, most: int = MOST) -> CaseFile:
    """A case with its rows, at most so many of each kind. Seventeen queries, whatever there is."""
    of = {"case_id": case.pk, "holder_id": case.holder_id}

    def rows(model: Any, *order: str, most: int = most) -> tuple[Any, ...]:
        found = model.objects.seen_by(viewer).filter(**of)
        found = found.defer("sealed", "word_sealed") if model is models.Paper else found
        return tuple(found.order_by(*order, "pk")[:most])

    return CaseFile(
        case=case, plan=next(iter(rows(models.CasePlan, "-at", most=1)), None), items=rows(models.PlanItem, "at"),
        reviews=rows(models.Review, "-due_on"), removals=rows(models.Removal, "-removed_on"), placements=rows(models.Placement, "-starts_on"),
        custody=rows(models.Custody, "-starts_on", "-at"), pauses=rows(models.Pause, "-starts_on"), kin=rows(models.KinContact, "-at"),
        visits=rows(models.Visit, "-starts_at"), hearings=rows(models.Hearing, "-starts_at"), extensions=rows(models.Extension, "from_on"),
        papers=rows(models.Paper, "-dated_on", "-at"), treatment_courts=rows(models.TreatmentCourt, "-enrolled_on"),
        court_steps=rows(models.TreatmentCourtStep, "-on"), questions=rows(models.TribeQuestion, "-asked_on"),
        notices=rows(models.TribeNotice, "-sent_on"), efforts=rows(models.Effort, "-on"),
    )  # fmt: skip


def resources_of(*, viewer: Viewer, identity_id: UUID, page: int = 1, a_page: int = 10) -> Some:
    """What child welfare gave to a family, newest first. One query."""
    rows = models.Resource.objects.seen_by(viewer).filter(identity_id=identity_id)
    return some(rows.order_by("-given_on", "-at", "pk"), page=page, a_page=a_page)


def list_of(*, viewer: Viewer, case: models.Case, which: str, page: int) -> Some:
    """One page of one list of a case. One query. Raises NotVisible for a list that there is not."""
    if which not in LISTS:
        raise NotVisible
    model, order = LISTS[which]
    rows = model.every.seen_by(viewer).filter(case_id=case.pk, holder_id=case.holder_id)
    # What was taken back stays on the list of its holder, marked; nobody else reads it.
    rows = rows if case.holder_id == viewer.holder_id else rows.filter(taken_back_at=None)
    rows = rows.defer("sealed", "word_sealed") if model is models.Paper else rows
    return some(rows.order_by(*order), page=page)


def one_row(model: Any, *, viewer: Viewer, row_id: UUID) -> Any:
    """One row of a case that `viewer` sees. Raises NotVisible."""
    row = model.objects.seen_by(viewer).filter(pk=row_id).first()
    if row is None:
        raise NotVisible
    return row


def notice_to_us(*, viewer: Viewer, notice_id: UUID) -> models.TribeNotice:
    """A notice that is addressed to the viewer's own Tribe. Raises NotVisible."""
    row: models.TribeNotice | None = models.TribeNotice.objects.seen_by(viewer).filter(pk=notice_id, tribe_id=viewer.holder_id).first()
    if row is None:
        raise NotVisible
    return row


def clock_of(*, viewer: Viewer, removal: models.Removal, on: date) -> CareClock:
    """The court clock of a child in care as of a day. Five queries and the agency's."""
    require(viewer)
    of = {"child_id": removal.child_id, "holder_id": removal.holder_id}
    stays = list(models.Removal.objects.filter(**of, removed_on__lte=removal.removed_on))
    ids = [row.pk for row in stays]
    held = models.Hearing.objects.filter(case_id=removal.case_id, kind="PERMANENCY", state=HELD)
    reviews = models.Review.objects.filter(case_id=removal.case_id, kind="SIX_MONTHS").exclude(held_on=None)
    agency = Agency.objects.get(pk=removal.holder_id)
    return made_clock(
        removal=removal, stays=stays, pauses=models.Pause.objects.filter(removal_id__in=ids),
        extensions=models.Extension.objects.filter(removal_id=removal.pk),
        hearings=(row for row in held if row.child_id in {None, removal.child_id}), reviews=reviews, agency=agency, on=on,
    )  # fmt: skip


def in_care(*, viewer: Viewer, identity_id: UUID, on: date) -> list[tuple[models.Removal, CareClock]]:
    """The children of a family who are in care, with their clocks, as far as `viewer` sees it. One query where there is none."""
    rows = models.Removal.objects.seen_by(viewer).filter(identity_id=identity_id, ended_on=None).order_by("removed_on")
    return [(row, clock_of(viewer=viewer, removal=row, on=on)) for row in rows[:SHOWN]]


def made_clock(
    *, removal: models.Removal, stays: Iterable[models.Removal], pauses: Iterable[models.Pause], extensions: Iterable[models.Extension],
    hearings: Iterable[models.Hearing], reviews: Iterable[models.Review], agency: Agency, on: date,
) -> CareClock:  # fmt: skip
    """The court clock from rows that were read already."""
    terms, zone = care_terms(agency.pack), clock.zone(agency.zone)
    found = care_clock(
        spells=[Spell(removed_on=row.removed_on, found_on=row.found_on, ended_on=row.ended_on) for row in stays],
        pauses=[Away(kind=PauseKind(row.kind), starts_on=row.starts_on, ends_on=row.ends_on) for row in pauses], rule=terms.rule, as_of=on,
        last_hearing_on=max((row.starts_at.astimezone(zone).date() for row in hearings), default=None),
        last_review_on=max((row.held_on for row in reviews if row.held_on), default=None),
        extensions=[Given(from_on=row.from_on, until_on=row.until_on) for row in extensions], no_efforts_on=removal.no_efforts_on,
        no_efforts_days=terms.no_efforts_days,
    )  # fmt: skip
    if found is None:
        raise NotVisible
    return found


def clock_in(file: CaseFile, *, removal: models.Removal, agency: Agency, at: datetime) -> CareClock:
    """The court clock of a child from a case that was read already. No query."""
    stays = [row for row in file.removals if row.child_id == removal.child_id and row.removed_on <= removal.removed_on]
    ids = {row.pk for row in stays}
    return made_clock(
        removal=removal, stays=stays, pauses=[row for row in file.pauses if row.removal_id in ids],
        extensions=[row for row in file.extensions if row.removal_id == removal.pk],
        hearings=[h for h in file.hearings if h.kind == "PERMANENCY" and h.state == HELD and h.child_id in {None, removal.child_id}],
        reviews=[r for r in file.reviews if r.kind == "SIX_MONTHS"], agency=agency, on=at.astimezone(clock.zone(agency.zone)).date(),
    )  # fmt: skip
