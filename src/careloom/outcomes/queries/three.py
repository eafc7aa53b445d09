"""The federal three, counted from the de-identified rows, with what reconciles them and what may be published.

Source: 42 U.S.C. 5106a(d)(18)(A) to (C); R-099; law.md section 4.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection
from django.db.models import Count, Q

from careloom.infra.access import Viewer, require
from careloom.kernel.suppression import Cell, PublishedList, SuppressionSettings, publish_count, publish_list
from careloom.notifications.models import DeidentifiedNotification


@dataclass(frozen=True, kw_only=True)
class FederalThree:
    """Infants identified, with a plan, with a referral (including for a caregiver), in one calendar year of one state."""

    year: int
    state: str
    identified: int
    with_plan: int
    with_referral: int
    withdrawn: int = 0


@dataclass(frozen=True, kw_only=True)
class Published:
    """The same three as they may leave the state: small cells and the cells that would give them away are hidden."""

    identified: Cell
    with_plan: Cell
    without_plan: Cell
    with_referral: Cell
    without_referral: Cell
    withdrawn: Cell


@dataclass(frozen=True, kw_only=True)
class Reconciled:
    """The counts beside the notifications they come from. For tests and operators: no page shows its live figures.

    INVARIANT: what was notified since last night's batch belongs to the hospitals, and a figure that grows while somebody looks tells when a
    birth was notified. `unexplained` alone leaves this object, and through the suppression rule (`publish_unexplained`).
    """

    notified_infants: int
    withdrawn_infants: int
    counted: int
    counted_withdrawn: int
    waiting: int

    @property
    def difference(self) -> int:
        """Infants of sent notifications that no counted row stands for, once tonight's batch is written."""
        return self.notified_infants + self.withdrawn_infants - self.counted - self.counted_withdrawn

    @property
    def agrees(self) -> bool:
        """Whether every notified infant is counted once."""
        return self.difference == 0

    @property
    def unexplained(self) -> int:
        """Infants that neither the counts nor tonight's batch explain; zero is right."""
        return max(-self.difference, self.difference - self.waiting, 0)


def years(*, viewer: Viewer, state: str) -> list[int]:
    """The years that have counted rows, newest first."""
    require(viewer)
    rows = DeidentifiedNotification.objects.filter(state=state).order_by("-year")
    return list(rows.values_list("year", flat=True).distinct())


def federal_three(*, viewer: Viewer, year: int, state: str) -> FederalThree:
    """The three counts of a year. One query; withdrawn rows are counted apart."""
    require(viewer)
    live = Q(withdrawn=False)
    counted = DeidentifiedNotification.objects.filter(year=year, state=state).aggregate(
        identified=Count("receipt", filter=live), with_plan=Count("receipt", filter=live & Q(has_plan=True)),
        with_referral=Count("receipt", filter=live & Q(has_referral=True)), withdrawn=Count("receipt", filter=~live),
    )  # fmt: skip
    return FederalThree(year=year, state=state, **counted)


def publish(three: FederalThree, *, settings: SuppressionSettings) -> Published:
    """The three as they may be published, through the one suppression rule."""
    plan = _two(three.with_plan, three.identified, settings)
    referral = _two(three.with_referral, three.identified, settings)
    # One total stands over both tables: when either hides it, it is hidden in both.
    identified = plan.total if plan.total.value is None else referral.total
    return Published(
        identified=identified,
        with_plan=plan.cells[0],
        without_plan=plan.cells[1],
        with_referral=referral.cells[0],
        without_referral=referral.cells[1],
        withdrawn=publish_count(count=three.withdrawn, settings=settings),
    )


def publish_unexplained(found: Reconciled, *, settings: SuppressionSettings) -> Cell:
    """What the comparison leaves open, as anybody may read it: the rows behind it are the hospitals', so no reader keeps them all."""
    return publish_count(count=found.unexplained, settings=settings)


def _two(part: int, whole: int, settings: SuppressionSettings) -> PublishedList:
    return publish_list(labels=("with", "without"), counts=(part, whole - part), settings=settings)


def reconcile(*, viewer: Viewer, year: int, state: str, zone: str) -> Reconciled:
    """Compare the counted rows with the tally of the notifications. The tally gives numbers only, never a hospital's row."""
    require(viewer)
    with connection.cursor() as cursor:
        cursor.execute("SELECT notify, status, infants FROM outcomes_tally(%s, %s)", [year, zone])
        tally = cursor.fetchall()
        cursor.execute("SELECT outcomes_waiting()")
        (waiting,) = cursor.fetchone()
    counted = DeidentifiedNotification.objects.filter(year=year, state=state).aggregate(
        live=Count("receipt", filter=Q(withdrawn=False)), withdrawn=Count("receipt", filter=Q(withdrawn=True))
    )
    told = [row for row in tally if row[0] != "NONE"]
    return Reconciled(
        notified_infants=int(sum(row[2] for row in told if row[1] == "SENT")),
        withdrawn_infants=int(sum(row[2] for row in told if row[1] == "VOIDED")),
        counted=counted["live"],
        counted_withdrawn=counted["withdrawn"],
        waiting=waiting,
    )
