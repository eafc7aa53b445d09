"""What may be said to a court about a family, asked of the disclosure kernel row by row.

The agency's own case record: the kernel is asked whether the agency may use it in this proceeding. What others hold: only rows that a paper in
force opens to this agency for this very purpose; the kernel made those grants (`consents.flows`). INVARIANT: a row of 42 CFR part 2 is here only
with her consent for proceedings or an order for it (42 CFR 2.31(d), 2.64), and what is left out is not mentioned.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from careloom.agencies.models import Agency
from careloom.disclosures.content import lines_of
from careloom.disclosures.weighing import SEPARATOR, Receiver, weigh
from careloom.infra.access import System, Viewer, acting_as, system
from careloom.infra.access.models import Grant
from careloom.infra.access.records import FamilyRecord
from careloom.kernel.agency_kinds import AgencyKind
from careloom.kernel.disclosure import Actor, Purpose
from careloom.permanency.models.row import PLAN, RECORD

HEARING = Purpose.PERMANENCY_HEARING.value
#: Where a row of another holder stands in a report.
TREATMENT = ("part2.", "posc.plan_part2_segment")
SERVICES = ("posc.referral_status",)


@dataclass(frozen=True, kw_only=True)
class CourtLine:
    """One row of another holder as a court may hear it, and the paper that lets it."""

    record: FamilyRecord
    day: date | None
    text: str
    instrument_id: UUID | None

    @property
    def way(self) -> str:
        """Its category and how it came to its holder."""
        return f"{self.record.category}{SEPARATOR}{self.record.provenance}"


def as_to_court(by: Viewer, *, purpose: str = HEARING) -> Viewer:
    """The worker as a reader for the proceeding: she sees what a paper opens for that purpose, and no more of others than that."""
    return by.for_purpose(purpose)


def own_ways(*, by: Viewer, holder: Agency, identity_id: UUID, at: datetime, purpose: str = HEARING) -> frozenset[str]:
    """Which parts of its own case record the agency may use in the proceeding, as the kernel says."""
    ways = {f"{category}{SEPARATOR}originating" for category in (PLAN, RECORD)}
    if holder.kind == AgencyKind.TRIBAL_ICWA:
        # A Tribe owns its records; its own law says what it tells a court. No federal rule of the kernel speaks of it.
        return frozenset(ways)
    to = Receiver(actor=Actor(AgencyKind(holder.kind).org_type), name=holder.name, agency_id=holder.pk)
    answers = weigh(holder=holder, identity_id=identity_id, categories=(PLAN, RECORD), to=to, purpose=purpose, facts=(), at=at)
    return frozenset(answer.way for answer in answers if answer.permitted) & frozenset(ways)


def evidence_for_court(
    *, by: Viewer, holder: Agency, identity_id: UUID, at: datetime, heaps: tuple[str, ...] = TREATMENT, purpose: str = HEARING
) -> list[CourtLine]:  # fmt: skip
    """The rows of other holders that a paper in force opens to this agency for the proceeding, in order. Usually there are none."""
    reader = as_to_court(by, purpose=purpose)
    with acting_as(reader):
        seen = [line for line in lines_of(viewer=reader, identity_id=identity_id) if line.record.category.startswith(heaps)]
    if not seen:
        return []
    with acting_as(system(System.GRANTS)):
        live = Grant.objects.filter(recipient_id=holder.pk, identity_id=identity_id, valid_from__lte=at, valid_to__gt=at)
        grants = list(live.filter(purposes__contains=[purpose]).order_by("-valid_to"))
    papers = {(g.holder_id, g.category, g.provenance): g.instrument_id for g in reversed(grants)}
    keyed = [(line, (line.record.holder_id, line.record.category, line.record.provenance)) for line in seen]
    return [
        CourtLine(record=line.record, day=line.day, text=line.text, instrument_id=papers[key]) for line, key in keyed if papers.get(key) is not None
    ]
