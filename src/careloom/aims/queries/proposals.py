"""Proposed measures with their test and what was decided. Source: R-084."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from careloom.aims.models import Proposal, Quality, Ruling
from careloom.infra.access import NotVisible, Viewer
from careloom.kernel.indicators.quality import Facet, Judged, Verdict, verdict
from careloom.partnership.models import Noted
from careloom.partnership.queries.noted import noted_about
from careloom.partnership.rights import works
from careloom.partnership.standing import Standing, standing_of

MOST = 200


@dataclass(frozen=True, kw_only=True)
class Proposed:
    """A proposal with every judgement and ruling, the newest first, and the standing judgement of each facet."""

    standing: Standing
    row: Proposal
    qualities: tuple[Quality, ...]
    rulings: tuple[tuple[Ruling, Noted | None], ...]

    @property
    def judged(self) -> dict[Facet, Quality]:
        """The newest judgement of each facet."""
        return {Facet(one.facet): one for one in reversed(self.qualities)}

    @property
    def verdict(self) -> Verdict:
        """What the test says now."""
        return verdict({facet: Judged(one.judged) for facet, one in self.judged.items()})

    @property
    def is_open(self) -> bool:
        """Whether it may still be changed, judged and decided."""
        return self.row.state in ("PROPOSED", "PUT_OFF")

    @property
    def may_work(self) -> bool:
        """Whether the reader may judge it or change it."""
        return self.is_open and works(self.standing)

    @property
    def may_rule(self) -> bool:
        """Whether the reader writes for a body."""
        return self.is_open and (self.standing.runs or bool(self.standing.officer_of))


def judgements(row: Proposal) -> dict[Facet, Judged]:
    """The newest judgement of each facet. One query."""
    rows = Quality.objects.filter(proposal=row).order_by("on", "made_at")
    return {Facet(one.facet): Judged(one.judged) for one in rows}


def proposals_for(*, viewer: Viewer, collaborative_id: UUID) -> tuple[tuple[Proposed, ...], bool]:
    """Every proposal of a collaborative, the newest first, and whether the reader may propose. Raises NotVisible."""
    standing = standing_of(viewer=viewer, collaborative_id=collaborative_id)
    rows = list(Proposal.objects.filter(collaborative_id=collaborative_id).order_by("-made_at", "pk")[:MOST])
    return _proposed(standing, rows), works(standing)


def proposal_of(*, viewer: Viewer, collaborative_id: UUID, proposal_id: UUID) -> Proposed:
    """One proposal. Raises NotVisible."""
    standing = standing_of(viewer=viewer, collaborative_id=collaborative_id)
    found = _proposed(standing, list(Proposal.objects.filter(pk=proposal_id, collaborative_id=collaborative_id)))
    if not found:
        raise NotVisible
    return found[0]


def accepted_for_pack(*, viewer: Viewer) -> tuple[Proposal, ...]:
    """Measures that a committee somewhere wants defined for every place: the list from which a definition is written. For who keeps all counts."""
    if not viewer.can("COUNTS_EXACT"):
        raise NotVisible
    adopted = Ruling.objects.filter(result="ADOPTED", becomes="PACK").values("proposal_id")
    return tuple(Proposal.objects.select_related("collaborative").filter(pk__in=adopted).order_by("-made_at", "pk")[:MOST])


def _proposed(standing: Standing, rows: list[Proposal]) -> tuple[Proposed, ...]:
    ids = [row.pk for row in rows]
    qualities: dict[UUID, list[Quality]] = {}
    for one in Quality.objects.filter(proposal_id__in=ids).order_by("-on", "-made_at"):
        qualities.setdefault(one.proposal_id, []).append(one)
    rulings: dict[UUID, list[Ruling]] = {}
    for ruling in Ruling.objects.select_related("body").filter(proposal_id__in=ids).order_by("-decided_on", "-made_at"):
        rulings.setdefault(ruling.proposal_id, []).append(ruling)
    noted = noted_about([one.pk for some in rulings.values() for one in some])
    return tuple(
        Proposed(
            standing=standing, row=row, qualities=tuple(qualities.get(row.pk, ())),
            rulings=tuple((one, noted.get(one.pk)) for one in rulings.get(row.pk, ())),
        )
        for row in rows
    )  # fmt: skip
