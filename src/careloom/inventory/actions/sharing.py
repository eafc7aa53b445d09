"""Why partners do not share data, the rule for using it, and who agrees to it (R-052)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from careloom.infra.access import Viewer
from careloom.infra.answers import Done, Refused, Stale, said
from careloom.infra.audit.actions import record
from careloom.inventory.facts import DataRuleFacts, HesitationFacts
from careloom.inventory.models import DataRule, DataYes, Hesitation
from careloom.inventory.rights import agrees_for, steers
from careloom.kernel.partnership.named import Fear
from careloom.partnership.actions.keeping import put, row_of, today, values_of, wrong
from careloom.partnership.models import Partner
from careloom.partnership.standing import standing_of
from careloom.partnership.turns import take_turn


@transaction.atomic
def put_hesitation(
    *, by: Viewer, at: datetime, collaborative_id: UUID, facts: HesitationFacts, request_key: str = "", hesitation_id: UUID | None = None,
    version: int = 0,
) -> Done | Refused | Stale:  # fmt: skip
    """Write down what keeps a partner from sharing data, or what eased it.

    Refused codes: NOT_ALLOWED, PARTNER, KIND, WORDS, EASED, LATER_DAY. Raises NotVisible.
    """
    standing = standing_of(viewer=by, collaborative_id=collaborative_id)
    take_turn(collaborative_id)
    row, partner = row_of(Hesitation, standing, hesitation_id), row_of(Partner, standing, facts.partner_id)
    mine = partner is not None and standing.speaks_for(partner.pk)
    if not (mine or steers(standing)) or (hesitation_id is not None and row is None) or (row is not None and row.partner_id != facts.partner_id):
        return Refused(codes=("NOT_ALLOWED",))
    codes = wrong(
        {
            "PARTNER": partner is None,
            "KIND": facts.kind not in set(Fear),
            "WORDS": not facts.words.strip(),
            "EASED": (facts.eased_on is None) == bool(facts.eased_by.strip()),
            "LATER_DAY": facts.eased_on is not None and facts.eased_on > today(at),
        }
    )
    values = values_of(facts) | {"words": said(facts.words, most=400), "eased_by": said(facts.eased_by, most=400)}
    return put(Hesitation, row, codes=codes, values=values, version=version, standing=standing, by=by, at=at, request_key=request_key)


@transaction.atomic
def adopt_data_rule(
    *, by: Viewer, at: datetime, collaborative_id: UUID, facts: DataRuleFacts, after: int, request_key: str
) -> Done | Refused | Stale:  # fmt: skip
    """Adopt the version after number `after` of the rule for data. Every partner is asked again.

    Refused codes: NOT_ALLOWED, WORDS, NEVER, LATER_DAY. Raises NotVisible.
    """
    standing = standing_of(viewer=by, collaborative_id=collaborative_id)
    take_turn(collaborative_id)
    if not steers(standing):
        return Refused(codes=("NOT_ALLOWED",))
    newest = DataRule.objects.filter(collaborative_id=collaborative_id).order_by("-version").first()
    if newest is not None and newest.request_key == request_key:
        return Done(row_id=newest.pk)
    if (newest.version if newest else 0) != after:
        return Stale(current=newest)
    codes = wrong({"WORDS": not facts.words.strip(), "NEVER": not facts.never.strip(), "LATER_DAY": facts.adopted_on > today(at)})
    values = {"words": facts.words.strip()[:4000], "never": facts.never.strip()[:4000], "adopted_on": facts.adopted_on, "version": after + 1}
    return put(DataRule, None, codes=codes, values=values, version=0, standing=standing, by=by, at=at, request_key=request_key)


@transaction.atomic
def agree_to_rule(
    *, by: Viewer, at: datetime, collaborative_id: UUID, partner_id: UUID, said_by: str, rule_version: int, request_key: str
) -> Done | Refused | Stale:
    """A partner agrees to the rule as it stands: it sees the numbers of others who agreed by name, and they see its own.

    INVARIANT: nobody agrees for another partner that works in Careloom, not even who runs the collaborative.
    Refused codes: NOT_ALLOWED, NO_RULE, SEAT, PARTNER_AGREED, OWNER. Raises NotVisible.
    """
    standing = standing_of(viewer=by, collaborative_id=collaborative_id)
    take_turn(collaborative_id)
    partner = row_of(Partner, standing, partner_id)
    rule = DataRule.objects.filter(collaborative_id=collaborative_id).order_by("-version").first()
    if partner is None:
        return Refused(codes=("NOT_ALLOWED",))
    if rule is not None and rule.version != rule_version:
        return Stale(current=rule)
    earlier = DataYes.objects.filter(rule=rule, partner=partner, left_on=None).exclude(request_key=request_key) if rule else None
    codes = wrong(
        {
            "NO_RULE": rule is None,
            "SEAT": not agrees_for(standing, partner),
            "PARTNER_AGREED": earlier is not None and earlier.exists(),
            "OWNER": not said_by.strip(),
        }
    )
    values = {"rule_id": rule.pk if rule else None, "partner_id": partner.pk, "said_by": said(said_by, most=120), "on": today(at)}
    return put(DataYes, None, codes=codes, values=values, version=0, standing=standing, by=by, at=at, request_key=request_key)


@transaction.atomic
def take_back_yes(*, by: Viewer, at: datetime, collaborative_id: UUID, partner_id: UUID) -> Done | Refused:
    """A partner no longer agrees: from now on its numbers are pooled. Refused codes: NOT_ALLOWED, SEAT. Raises NotVisible."""
    standing = standing_of(viewer=by, collaborative_id=collaborative_id)
    take_turn(collaborative_id)
    partner = row_of(Partner, standing, partner_id)
    if partner is None:
        return Refused(codes=("NOT_ALLOWED",))
    if not agrees_for(standing, partner):
        return Refused(codes=("SEAT",))
    rows = list(DataYes.objects.filter(collaborative_id=collaborative_id, partner=partner, left_on=None))
    for row in rows:
        row.left_on, row.row_version = today(at), row.row_version + 1
        row.save(update_fields=["left_on", "row_version"])
        record(by=by, at=at, action="inventory.datayes_ended", object_id=row.pk)
    return Done(row_id=partner.pk)
