"""A treatment record of the hidden family: an entry of each sort, a meeting with its paper, and her place in the program's queue."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from tests.factories.agencies import viewer
from tests.factories.plans import PlanWorld, a_key

from careloom.infra.access import acting_as
from careloom.treatment import actions
from careloom.treatment.codes import Sort


def treated_for(world: PlanWorld, *, mother: UUID) -> dict[str, list[UUID]]:
    """Ids by the names that addresses give them. The address of an entry names its sort, and the sweep's is an episode."""
    by, at, day = viewer(world.dana), world.at, world.today - timedelta(days=1)
    told = {
        Sort.EPISODE: {"program": "", "elsewhere": False, "ends_on": None, "level": "OTP", "ended_how": ""},
        Sort.MEETING: {
            "present": "Xanthippe and Dana", "she_took_part": True, "going": "Well", "supports": "", "her_words": "", "next_on": None,
            "copy_given_on": None, "copy_how": "",
        },
        Sort.TEST: {"specimen": "URINE", "result": "UNCLEAR", "found": "", "reviewer": "", "reviewed_on": None, "meaning": ""},
    }  # fmt: skip
    made: dict[Sort, UUID] = {}
    with acting_as(by):
        for sort, values in told.items():
            done = actions.add_entry(by=by, at=at, identity_id=mother, sort=sort, on=day, values=values, request_key=a_key())
            assert isinstance(done, actions.Done), done
            made[sort] = done.row_id
        waits = actions.put_in_queue(
            by=by, at=at, asking=actions.Asking(identity_id=mother, came_by="HERSELF", pregnant=True), request_key=a_key()
        )  # fmt: skip
    assert isinstance(waits, actions.Done)
    return {"treatment_id": [made[Sort.EPISODE]], "progress_id": [made[Sort.MEETING]], "admission_id": [waits.row_id]}
