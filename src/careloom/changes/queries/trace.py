"""From the law down to what workers do: what each practice, pilot, protocol and policy puts into practice. Source: R-012."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from careloom.changes.actions.policy import MODELS
from careloom.changes.models import Rests
from careloom.infra.access import Viewer
from careloom.kernel.partnership.changes import Chain, ChangeKind, Node, chain_of
from careloom.partnership.standing import Standing, standing_of

MOST = 200


@dataclass(frozen=True, kw_only=True)
class Trace:
    """Everything by level, with its words; the links that stand; and for each thing that nothing stands below, its chain up to the law."""

    standing: Standing
    nodes: dict[Node, str]
    links: tuple[tuple[Node, Node], ...]  # lower, upper
    chains: tuple[tuple[Node, Chain], ...]

    def of(self, kind: ChangeKind) -> list[Node]:
        """The things of a level by their words."""
        return sorted((node for node in self.nodes if node.kind is kind), key=lambda node: self.nodes[node])


def trace_of(*, viewer: Viewer, collaborative_id: UUID) -> Trace:
    """The whole trace of a collaborative, at most 200 of each level. Nine queries. Raises NotVisible."""
    standing = standing_of(viewer=viewer, collaborative_id=collaborative_id)
    nodes: dict[Node, str] = {}
    for kind, model in MODELS.items():
        rows = model.objects.filter(collaborative_id=collaborative_id).order_by("-made_at")
        rows = rows.exclude(state="DECLINED") if kind is ChangeKind.POLICY else rows.filter(ends_on=None) if kind is ChangeKind.LAW else rows
        nodes |= {Node(kind=kind, key=str(row.pk)): row.citation if kind is ChangeKind.LAW else row.title for row in rows[:MOST]}
    links = []
    for one in Rests.objects.filter(collaborative_id=collaborative_id, ends_on=None).order_by("made_at")[: MOST * 5]:
        lower = Node(kind=ChangeKind(one.lower_kind), key=str(one.lower_id))
        upper = Node(kind=ChangeKind(one.upper_kind), key=str(one.upper_id))
        if lower in nodes and upper in nodes:
            links.append((lower, upper))
    uppers = {upper for _lower, upper in links}
    starts = [
        node for kind in reversed(list(ChangeKind)) for node in nodes if node.kind is kind and kind is not ChangeKind.LAW and node not in uppers
    ]
    chains = tuple((start, chain_of(start, rests=links)) for start in starts)
    return Trace(standing=standing, nodes=nodes, links=tuple(links), chains=chains)
