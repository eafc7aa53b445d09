"""The legal scan, the definition of an affected infant, and the six questions of a place. Source: R-015, R-224."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from careloom.changes.actions.moving import long
from careloom.changes.facts import AnswerFacts, DefinitionFacts, StatuteFacts
from careloom.changes.models import Definition, PlaceAnswer, Statute
from careloom.changes.rights import leads_any, leads_tier
from careloom.changes.words import CHOICES, COVERS, LAWS
from careloom.infra.access import Viewer
from careloom.infra.answers import Done, Refused, Stale, said
from careloom.kernel.partnership import Tier
from careloom.partnership.actions.keeping import put, row_of, today, values_of, wrong
from careloom.partnership.models import Body
from careloom.partnership.standing import Standing, standing_of
from careloom.partnership.turns import take_turn


def places_of(standing: Standing) -> list[str]:
    """The places of a collaborative; a collaborative that names none is its own place."""
    return standing.collaborative.places or [standing.collaborative.name[:40]]


@transaction.atomic
def put_statute(
    *, by: Viewer, at: datetime, collaborative_id: UUID, facts: StatuteFacts, request_key: str = "", row_id: UUID | None = None, version: int = 0
) -> Done | Refused | Stale:
    """Write down what the legal scan found. Officers of any body. Refused codes: NOT_ALLOWED, CITATION, KIND, SAYS, LATER_DAY, NAME_TAKEN."""
    standing = standing_of(viewer=by, collaborative_id=collaborative_id)
    take_turn(collaborative_id)
    row = row_of(Statute, standing, row_id)
    if (row_id and row is None) or not leads_any(standing):
        return Refused(codes=("NOT_ALLOWED",))
    codes = wrong(
        {
            "CITATION": not facts.citation.strip(), "KIND": facts.kind not in LAWS, "SAYS": not facts.says.strip(),
            "LATER_DAY": facts.looked_on > today(at) or (facts.ends_on is not None and facts.ends_on > today(at)),
        }
    )  # fmt: skip
    values = {
        **values_of(facts), "citation": said(facts.citation, most=120), "says": long(facts.says), "asks": long(facts.asks), "gap": long(facts.gap),
    }  # fmt: skip
    return put(Statute, row, codes=codes, values=values, version=version, standing=standing, by=by, at=at, request_key=request_key)


@transaction.atomic
def adopt_definition(
    *, by: Viewer, at: datetime, collaborative_id: UUID, facts: DefinitionFacts, after: int, request_key: str
) -> Done | Refused | Stale:
    """Adopt the version after number `after` of what an affected infant is here, as the core team or oversight.

    Refused codes: NOT_ALLOWED, TEXT, COVERS, CITATION, BODY, LATER_DAY. Raises NotVisible.
    """
    standing = standing_of(viewer=by, collaborative_id=collaborative_id)
    take_turn(collaborative_id)
    body = row_of(Body, standing, facts.body_id)
    if not leads_tier(standing, Tier.CORE, Tier.OVERSIGHT):
        return Refused(codes=("NOT_ALLOWED",))
    newest = Definition.objects.filter(collaborative_id=collaborative_id).order_by("-version").first()
    if newest is not None and newest.request_key == request_key:
        return Done(row_id=newest.pk)
    if (newest.version if newest else 0) != after:
        return Stale(current=newest)
    codes = wrong(
        {
            "TEXT": not facts.text.strip(), "COVERS": not facts.covers or not set(facts.covers) <= set(COVERS),
            "CITATION": not facts.citation.strip(), "LATER_DAY": facts.adopted_on > today(at),
            "BODY": body is None or body.tier not in (Tier.CORE, Tier.OVERSIGHT),
        }
    )  # fmt: skip
    values = {
        **values_of(facts), "text": long(facts.text), "citation": said(facts.citation, most=120), "changed": said(facts.changed, most=300),
        "version": after + 1,
    }  # fmt: skip
    return put(Definition, None, codes=codes, values=values, version=0, standing=standing, by=by, at=at, request_key=request_key)


@transaction.atomic
def answer_question(*, by: Viewer, at: datetime, collaborative_id: UUID, facts: AnswerFacts, after: int, request_key: str) -> Done | Refused | Stale:
    """Answer one of the six questions for a place; version `after` stays as it was said. Officers of any body.

    Refused codes: NOT_ALLOWED, QUESTION, PLACE, CHOICE, ANSWER, RATIONALE, APPROVED_BY, LATER_DAY. Raises NotVisible.
    """
    standing = standing_of(viewer=by, collaborative_id=collaborative_id)
    take_turn(collaborative_id)
    if not leads_any(standing):
        return Refused(codes=("NOT_ALLOWED",))
    same = PlaceAnswer.objects.filter(collaborative_id=collaborative_id, question=facts.question, place=facts.place)
    newest = same.order_by("-version").first()
    if newest is not None and newest.request_key == request_key:
        return Done(row_id=newest.pk)
    if (newest.version if newest else 0) != after:
        return Stale(current=newest)
    codes = wrong(
        {
            "QUESTION": facts.question not in CHOICES, "PLACE": facts.place not in places_of(standing),
            "CHOICE": facts.choice not in CHOICES.get(facts.question, {}), "ANSWER": not facts.answer.strip(),
            "RATIONALE": not facts.rationale.strip(), "APPROVED_BY": not facts.approved_by.strip(), "LATER_DAY": facts.answered_on > today(at),
        }
    )  # fmt: skip
    values = {
        **values_of(facts), "answer": long(facts.answer), "rationale": long(facts.rationale), "approved_by": said(facts.approved_by, most=120),
        "version": after + 1,
    }  # fmt: skip
    return put(PlaceAnswer, None, codes=codes, values=values, version=0, standing=standing, by=by, at=at, request_key=request_key)
