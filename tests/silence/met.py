"""A family meeting of the hidden family, with minutes and a drawn signature."""

from __future__ import annotations

from io import BytesIO
from uuid import UUID

from PIL import Image
from tests.factories.agencies import viewer
from tests.factories.plans import PlanWorld, a_key

from careloom.infra import clock
from careloom.infra.access import acting_as
from careloom.plans import actions
from careloom.plans.models import Meeting, MeetingSignature, PlanOfSafeCare


class _Drawn(BytesIO):
    size = None


def met(world: PlanWorld, plan: PlanOfSafeCare) -> dict[str, list[UUID]]:
    """The meeting and its signature, by the names of their addresses' parts."""
    by, at = viewer(world.dana), clock.now()
    drawn = BytesIO()
    Image.new("RGB", (40, 20), "white").save(drawn, format="PNG")
    with acting_as(by):
        meeting = actions.begin_meeting(by=by, at=at, plan_id=plan.pk, agency_ids=[], her_present=True, people=["Aunt"], request_key=a_key())
        assert isinstance(meeting, Meeting)
        actions.write_minute(by=by, at=at, meeting_id=meeting.pk, kind="AGREED", words="Ask for a crib", request_key=a_key())
        picture = _Drawn(drawn.getvalue())
        signed = actions.sign_minutes(by=by, at=at, meeting_id=meeting.pk, name="Aunt", request_key=a_key(), picture=picture)
        assert isinstance(signed, MeetingSignature)
        actions.write_text(by=by, at=at, plan_id=plan.pk, section="B", code="PAIN", text="As she wishes")
    return {"meeting_id": [meeting.pk], "signature_id": [signed.pk]}
