"""What a body decides, by the rule of its charter, and what was said against it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from careloom.infra.access import Viewer
from careloom.infra.answers import Done, Refused, said
from careloom.infra.audit.actions import record
from careloom.meetings.facts import DecisionFacts, DissentFacts
from careloom.meetings.holding import OPEN, leads_in_turn, quorum_of, writes_for, writes_of
from careloom.meetings.models import AgendaItem, Decision, Dissent
from careloom.meetings.words import DISSENTS, RESULTS
from careloom.partnership.actions.keeping import made, today, wrong
from careloom.partnership.actions.noting import note
from careloom.partnership.models import Charter, Seat
from careloom.partnership.standing import standing_of
from careloom.partnership.turns import take_turn

UNANIMOUS = ("CONSENSUS", "RESERVATIONS")


@transaction.atomic
def decide(
    *, by: Viewer, at: datetime, body_id: UUID, facts: DecisionFacts, request_key: str, meeting_id: UUID | None = None, item_id: UUID | None = None
) -> Done | Refused:
    """Write down what a body decided, in a meeting or between two of them (R-221; workflows 6.11).

    An officer of the body, or who leads this meeting in turn, writes it down as final; anybody else notes it (decision 0013).
    The decision may be about a row of another room (`about_kind` such as "barriers.barrier", `about_id`). Refused codes: NOT_ALLOWED, STATE,
    PROPOSAL, FAMILIES, RESULT, NO_CHARTER, NO_QUORUM, VOTES. Raises NotVisible.
    """
    writing = writes_of(by=by, body_id=body_id, meeting_id=meeting_id)
    if writing is None:
        return Refused(codes=("NOT_ALLOWED",))
    body, standing, meeting = writing
    take_turn(f"meeting:{meeting_id or body_id}")
    if earlier := Decision.objects.filter(collaborative_id=body.collaborative_id, request_key=request_key).first():
        return Done(row_id=earlier.pk)
    charter = Charter.objects.filter(body_id=body_id, adopted_on__lte=today(at)).order_by("-version").first()
    quorum = quorum_of(meeting) if meeting else None
    proposal, families = said(facts.proposal, most=500), said(facts.for_families, most=400)
    codes = wrong(
        {
            "STATE": meeting is not None and meeting.state not in OPEN,
            "PROPOSAL": not proposal,
            "FAMILIES": not families,
            "RESULT": facts.result not in RESULTS,
            "NO_CHARTER": charter is None,
            "NO_QUORUM": facts.result == "ADOPTED" and quorum is False,
            "VOTES": charter is not None and charter.rule == "VOTE" and not _counted(facts),
        }
    )
    if codes or charter is None:
        return Refused(codes=codes)
    item = AgendaItem.objects.filter(pk=item_id, meeting=meeting).first() if item_id and meeting else None
    row = Decision.objects.create(
        collaborative_id=body.collaborative_id, body=body, meeting=meeting, item=item, proposal=proposal, for_families=families, rule=charter.rule,
        rule_words=charter.rule_words, result=facts.result, votes_for=facts.votes_for, votes_against=facts.votes_against, abstained=facts.abstained,
        quorum_met=quorum, about_kind=facts.about_kind or (item.about_kind if item else ""),
        about_id=facts.about_id or (item.about_id if item else None), decided_on=today(at), **made(by, at, request_key),
    )  # fmt: skip
    if item is not None and not item.talked:
        item.talked, item.row_version = True, item.row_version + 1
        item.save(update_fields=["talked", "row_version"])
    if meeting is None or not leads_in_turn(standing, meeting):
        note(standing, body_id=body_id, about_id=row.pk, words=proposal, by=by, at=at, key=request_key)
    record(by=by, at=at, action="meetings.decided", object_id=row.pk, detail={"result": row.result, "rule": row.rule})
    return Done(row_id=row.pk)


@transaction.atomic
def put_dissent(*, by: Viewer, at: datetime, decision_id: UUID, facts: DissentFacts, request_key: str) -> Done | Refused:
    """Write down a reservation or dissent, named or nameless; the row of a nameless one names nobody, not even who wrote it down.

    Refused codes: NOT_ALLOWED, STATE, KIND, SEAT, WORDS, CONSENSUS. Raises NotVisible.
    """
    row = Decision.objects.select_related("meeting__leader").filter(pk=decision_id).first()
    standing = standing_of(viewer=by, collaborative_id=row.collaborative_id if row else decision_id)
    if row is None or not (writes_for(standing, row.meeting) if row.meeting else standing.leads(row.body_id)):
        return Refused(codes=("NOT_ALLOWED",))
    take_turn(f"decision:{decision_id}")
    if earlier := Dissent.objects.filter(decision=row, request_key=request_key).first():
        return Done(row_id=earlier.pk)
    words = said(facts.words, most=400)
    codes = wrong(
        {
            "STATE": row.meeting is not None and row.meeting.state not in OPEN,
            "KIND": facts.kind not in DISSENTS,
            "SEAT": facts.seat_id is not None and not Seat.objects.filter(pk=facts.seat_id, body_id=row.body_id).exists(),
            "WORDS": not words,
            "CONSENSUS": facts.kind == "DISSENT" and row.result == "ADOPTED" and row.rule in UNANIMOUS,
        }
    )
    if codes:
        return Refused(codes=codes)
    who = made(by, at, request_key) | ({"made_by": None} if facts.seat_id is None else {})
    one = Dissent.objects.create(collaborative_id=row.collaborative_id, decision=row, kind=facts.kind, seat_id=facts.seat_id, words=words, **who)
    record(by=by, at=at, action="meetings.dissent_kept", object_id=row.pk)
    return Done(row_id=one.pk)


def _counted(facts: DecisionFacts) -> bool:
    """Whether the votes say what the result says."""
    if facts.result == "PUT_OFF":
        return True
    if facts.votes_for is None or facts.votes_against is None:
        return False
    return (facts.votes_for > facts.votes_against) == (facts.result == "ADOPTED")
