"""What keeps partners from sharing data, the rule in force, who agreed to it, and whose numbers a reader sees by name (R-052)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from careloom.infra.access import Viewer
from careloom.inventory.models import DataRule, DataYes, Hesitation
from careloom.inventory.rights import partners_to_agree_for, steers
from careloom.kernel.partnership.named import Split, split
from careloom.partnership.models import Partner
from careloom.partnership.standing import Standing, standing_of

MOST = 1000


@dataclass(frozen=True, kw_only=True)
class Sharing:
    """The rule for data as it stands: `yes` by partner to the newest version, `hesitations` the open ones first."""

    standing: Standing
    partners: tuple[Partner, ...]
    rule: DataRule | None
    yes: dict[UUID, DataYes]
    hesitations: tuple[Hesitation, ...]
    may_say_yes_for: frozenset[UUID]
    may_write: bool

    @cached_property
    def agreed(self) -> frozenset[str]:
        """The partners who agreed, by key."""
        return frozenset(str(pk) for pk in self.yes)

    def split(self, partners: Iterable[Partner]) -> Split:
        """Of these partners, whose numbers the reader sees by name, and whose are pooled."""
        mine = frozenset(str(pk) for pk in self.standing.partner_ids)
        return split((str(row.pk) for row in partners), mine=mine, agreed=self.agreed)


def sharing(*, viewer: Viewer, collaborative_id: UUID) -> Sharing:
    """The rule, the yeses and what keeps partners. Nine statements at most. Raises NotVisible."""
    standing = standing_of(viewer=viewer, collaborative_id=collaborative_id)
    partners = list(Partner.objects.filter(collaborative_id=collaborative_id, left_on=None).order_by("name")[:MOST])
    rule = DataRule.objects.filter(collaborative_id=collaborative_id).order_by("-version").first()
    yes = DataYes.objects.filter(rule_id=rule.pk if rule else collaborative_id, left_on=None)
    found = Hesitation.objects.filter(collaborative_id=collaborative_id).select_related("partner").order_by("eased_on", "kind", "made_at")
    return Sharing(
        standing=standing,
        partners=tuple(partners),
        rule=rule,
        yes={row.partner_id: row for row in yes},
        hesitations=tuple(sorted(found[:MOST], key=lambda row: row.eased_on is not None)),
        may_say_yes_for=frozenset(partners_to_agree_for(standing, partners)),
        may_write=steers(standing),
    )
