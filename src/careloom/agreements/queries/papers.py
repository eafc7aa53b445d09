"""One agreement as a whole, the list of them, and what the partners call success."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from careloom.agreements.models import Agreement, Answer, Audit, Comment, Line, Notice, Party, Report, Review, Signature, Version
from careloom.agreements.term import Carried, carried_by
from careloom.agreements.written import Written, written
from careloom.infra import clock
from careloom.infra.access import NotVisible, Viewer
from careloom.infra.ui.paging import Some, some
from careloom.kernel.partnership.agreements import State
from careloom.partnership.standing import Standing, standing_of

MOST = 200


@dataclass(frozen=True, kw_only=True)
class Whole:
    """An agreement with all that stands beside it; the newest first, comments in the order in which they were made."""

    standing: Standing
    written: Written
    comments: tuple[Comment, ...]
    versions: tuple[Version, ...]
    signatures: tuple[Signature, ...]
    reviews: tuple[Review, ...]
    notices: tuple[Notice, ...]
    audits: tuple[Audit, ...]
    answers: dict[UUID, dict[str, Answer]]  # by audit and question
    reports: tuple[Report, ...]
    carried: dict[UUID, Carried]  # by line of the schedule

    @property
    def row(self) -> Agreement:
        """The agreement."""
        return self.written.agreement


def agreement_of(*, viewer: Viewer, collaborative_id: UUID, agreement_id: UUID) -> Whole:
    """One agreement of a collaborative. Twenty-one queries. Raises NotVisible."""
    standing = standing_of(viewer=viewer, collaborative_id=collaborative_id)
    row = Agreement.objects.filter(pk=agreement_id, collaborative_id=standing.collaborative.pk).first()
    if row is None:
        raise NotVisible
    audits = tuple(Audit.objects.filter(agreement=row).order_by("-year")[:MOST])
    answers: dict[UUID, dict[str, Answer]] = {one.pk: {} for one in audits}
    for one in Answer.objects.filter(audit__in=audits):
        answers[one.audit_id][one.code] = one
    now = written(row)
    return Whole(
        standing=standing, written=now, carried=carried_by(now.elements, on=clock.today()), audits=audits, answers=answers,
        comments=tuple(Comment.objects.filter(agreement=row).select_related("partner").order_by("made_at")[:MOST]),
        versions=tuple(Version.objects.filter(agreement=row).order_by("-number")[:MOST]),
        signatures=tuple(
            Signature.objects.filter(agreement=row, void=False).select_related("party__partner").order_by("-number", "party__partner__name")[:MOST]
        ),
        reviews=tuple(Review.objects.filter(agreement=row).order_by("-made_at")[:MOST]),
        notices=tuple(Notice.objects.filter(agreement=row).order_by("-changed_on", "-made_at")[:MOST]),
        reports=tuple(Report.objects.filter(agreement=row).order_by("-year")[:MOST]),
    )  # fmt: skip


def agreements_of(*, viewer: Viewer, collaborative_id: UUID, page: int = 1) -> Some:
    """The agreements of a collaborative, those that stand first, then by title. Raises NotVisible."""
    standing = standing_of(viewer=viewer, collaborative_id=collaborative_id)
    rows = Agreement.objects.filter(collaborative_id=standing.collaborative.pk).order_by("ended_at", "kind", "title", "pk")
    return some(rows, page=page)


def in_force_of(*, viewer: Viewer, collaborative_id: UUID) -> tuple[Agreement, ...]:
    """The agreements that hold now, also while they are amended, by title. Raises NotVisible."""
    standing = standing_of(viewer=viewer, collaborative_id=collaborative_id)
    rows = Agreement.objects.filter(collaborative_id=standing.collaborative.pk, number__gt=0, ended_at=None).exclude(state=State.EXPIRED)
    return tuple(rows.order_by("title", "pk")[:MOST])


def definitions_of(*, viewer: Viewer, collaborative_id: UUID) -> tuple[Review, ...]:
    """What the partners call progress and success, the newest first (R-051). Raises NotVisible."""
    standing = standing_of(viewer=viewer, collaborative_id=collaborative_id)
    return tuple(Review.objects.filter(collaborative_id=standing.collaborative.pk, because="DEFINITIONS").order_by("-made_at")[:MOST])


def live_of(*, viewer: Viewer, collaborative_id: UUID, kind: str) -> Agreement | None:
    """The agreement of a kind that one works with: not ended for good, one that is in force first, then the newest. Raises NotVisible."""
    standing = standing_of(viewer=viewer, collaborative_id=collaborative_id)
    rows = Agreement.objects.filter(collaborative_id=standing.collaborative.pk, kind=kind).exclude(state=State.TERMINATED)
    return min(rows, key=lambda row: (row.ended_at is not None, not row.number, -row.made_at.timestamp()), default=None)


def spoken_of(*, viewer: Viewer, collaborative_id: UUID) -> tuple[tuple[Party, ...], tuple[Line, ...]]:
    """Contacts at the parties and rows of who tells whom, over every agreement that did not end, by title. Two queries more. Raises NotVisible."""
    standing = standing_of(viewer=viewer, collaborative_id=collaborative_id)
    live = {"agreement__collaborative_id": standing.collaborative.pk, "agreement__ended_at": None, "left_on": None}
    parties = Party.objects.filter(**live).exclude(contact_name="").select_related("agreement", "partner")
    lines = Line.objects.filter(**live, table="FLOW").select_related("agreement")
    return tuple(parties.order_by("agreement__title", "partner__name")), tuple(lines.order_by("agreement__title", "made_at", "pk"))
