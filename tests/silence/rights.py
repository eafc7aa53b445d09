"""What was asked of holders for the hidden family, of each right, and what is held back from her list."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from tests.factories.agencies import a_worker, an_agency, viewer
from tests.factories.plans import PlanWorld, a_key

from careloom.agencies.roles import Role
from careloom.disclosures import actions as disclosures
from careloom.infra import clock
from careloom.infra.access import Viewer, acting_as
from careloom.keeping import actions as keeping
from careloom.kernel.agency_kinds import AgencyKind
from careloom.rights import actions
from careloom.rights.actions.limiting import officials_of
from careloom.rights.kinds import Right

PLAIN: dict[str, dict[str, Any]] = {
    "ACCESS": {"wants_how": "PAPER"}, "AMENDMENT": {"words": "I was there"}, "RESTRICTION": {"to_kind": "HEALTH_PLAN"},
    "CONFIDENTIAL": {"use_phone": "555-0111"},
}  # fmt: skip


def asked_for(world: PlanWorld, mother: UUID, her: Viewer) -> dict[str, list[UUID]]:
    """Requests by the names of their addresses' parts: one for each right, one answered with a paper, one denied, one of her own."""
    keeper, at = viewer(a_worker(Role.PRIVACY_OFFICER, agency=world.riverbend)), clock.now()
    oversight = an_agency(kind=AgencyKind.STATE_OVERSIGHT)
    with acting_as(keeper):
        by_hand = disclosures.ByHand(
            identity_id=mother, to_kind="state_oversight", to_name=oversight.name, to_address="", to_agency_id=oversight.pk, how="LETTER",
            categories=("posc.plan_core",), purpose="audit", what="A yearly audit of files", papers="", facts=(), given_at=at,
        )  # fmt: skip
        assert isinstance(disclosures.note_given(by=keeper, at=at, told=by_hand, request_key=a_key()), disclosures.Done)
    found = {right.value: _noted(keeper, mother, right.value) for right in Right}
    denied = _noted(keeper, mother, "AMENDMENT")
    with acting_as(keeper):
        no = actions.deny(by=keeper, at=at, right_id=denied, codes=("ACCURATE",), words="We find the record to be right.", row_version=1)
        listed = actions.hand_over_list(
            by=keeper, at=at, right_id=found["INTERMEDIARY"], words="", fee_told_on=None, row_version=1, render=lambda made: b"%PDF-1.7 sealed"
        )  # fmt: skip
    key = next(k for k, agency, _ in officials_of(holder_id=world.riverbend.pk, identity_id=mother) if agency == oversight.pk)
    with acting_as(keeper):
        held = actions.hold_back(
            by=keeper, at=at, identity_id=mother, receiver=key, said_by="State auditor", in_writing=True,
            until=clock.today() + timedelta(days=60), request_key=a_key(),
        )  # fmt: skip
        told = {"family": mother, "ground": "LAW", "authority": "F.S. 1", "reason": "Long ago", "request_key": a_key()}
        gone = keeping.propose(by=keeper, at=at, **told)
        kept = keeping.place(
            by=keeper, at=at, family=mother, reason="Case 12", last_on=None, today=clock.today(), zone="UTC", request_key=a_key()
        )  # fmt: skip
    with acting_as(her):
        asked = actions.Asked(right="ACCOUNTING", holder_id=world.riverbend.pk, identity_id=mother, about_name="Xanthippe Quillfeather")
        own = actions.ask_for_herself(by=her, at=at, asked=asked, request_key=a_key())
    for done in (no, listed, held, kept, gone, own):
        assert isinstance(done, actions.Done), done
    return {"right_id": [*found.values(), denied, own.row_id], "held_id": [held.row_id], "hold_id": [kept.row_id], "expunging_id": [gone.row_id]}


def _noted(keeper: Viewer, mother: UUID, right: str) -> UUID:
    asked = actions.Asked(
        right=right, holder_id=keeper.principal_id, identity_id=mother, about_name="Xanthippe Quillfeather", came_by="WRITTEN",
        verified="Saw her identity card", **PLAIN.get(right, {}),
    )  # fmt: skip
    with acting_as(keeper):
        done = actions.note_right(by=keeper, at=clock.now(), asked=asked, request_key=a_key())
    assert isinstance(done, actions.Done), done
    return done.row_id
