"""Forms about the hidden family: one begun, one handed in with an answer that somebody must act on, and one about safety at home."""

from __future__ import annotations

from uuid import UUID

from tests.factories.agencies import viewer
from tests.factories.plans import PlanWorld

from careloom.infra import clock, forms
from careloom.infra.access import acting_as
from careloom.screening import actions
from careloom.screening.protocol import protocol

PHQ = {f"phq-{number}": ["several-days"] for number in range(1, 10)}


def filled_about(world: PlanWorld, mother: UUID) -> dict[str, list[UUID]]:
    """Drafts and forms that were handed in, by the names of their addresses' parts."""
    by, at, own = viewer(world.dana), clock.now(), world.riverbend
    drafts, responses = [], []
    with acting_as(by):
        actions.note_shown(by=by, at=at, identity_id=mother, told=protocol(pack=own.pack, language="en"))
        for name in ("phq-9", "safe-at-home", "social-needs"):
            form = forms.definition(pack=own.pack, url=f"urn:careloom:form:{name}", on=clock.today())
            begun = actions.begin(by=by, at=at, identity_id=mother, family_id=mother, form=form, agency=own, language="en", answers={})
            drafts.append(begun.row_id)
            if name == "social-needs":
                continue
            answers = PHQ if name == "phq-9" else {"alone": ["no"]}
            done = actions.hand_in(
                by=by, at=at, draft_id=begun.row_id, form=form, agency=own, answers=answers, how="SPOKEN", tab="", row_version=1
            )  # fmt: skip
            assert isinstance(done, actions.Done), done
            responses.append(done.row_id)
    return {"draft_id": drafts, "response_id": responses}
