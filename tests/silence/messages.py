"""What was written about the hidden family: a thread with another agency and her, with a picture, and one that she began."""

from __future__ import annotations

from uuid import UUID

from tests.factories.agencies import viewer
from tests.factories.plans import PlanWorld, a_key

from careloom.infra import clock
from careloom.infra.access import Viewer, acting_as
from careloom.infra.documents.uploads import Upload
from careloom.messages import actions
from careloom.messages.actions import Written
from careloom.messages.models import Entry


def written_about(world: PlanWorld, mother: UUID, her: Viewer) -> dict[str, list[UUID]]:
    """Threads and entries by the names of their addresses' parts; both ways of reaching her are kept too."""
    by, at = viewer(world.dana), clock.now()
    paper = Upload(media_type="image/png", content=b"\x89PNG")
    with acting_as(by):
        said = Written(words="We meet on Friday.", upload=paper)
        theirs = actions.start_thread(
            by=by, at=at, identity_id=mother, topic="MEETING", agency_ids=[world.bea.agency_id], with_her=True, written=said, request_key=a_key()
        )
        actions.put_safe_contact(by=by, at=at, identity_id=mother, rules=actions.ContactRules(note="Ring twice"))
        actions.note_unsafe(by=by, at=at, identity_id=mother, unsafe=True, says="Somebody listens")
        assert isinstance(theirs, actions.Done)
        entry = Entry.objects.get(thread_id=theirs.row_id)
    with acting_as(her):
        hers = actions.start_thread(
            by=her, at=at, identity_id=mother, topic="RIDE", agency_ids=[by.principal_id], with_her=True, written=Written(words="A ride, please."),
            request_key=a_key(),
        )  # fmt: skip
    assert isinstance(hers, actions.Done)
    return {"thread_id": [theirs.row_id, hers.row_id], "entry_id": [entry.pk]}
