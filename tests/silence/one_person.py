"""A possible match between two records of the hidden family's agency, and a join that it made."""

from __future__ import annotations

from uuid import UUID

from tests.factories.agencies import viewer
from tests.factories.plans import PlanWorld, a_key

from careloom.infra import clock
from careloom.infra.access import System, acting_as, system
from careloom.infra.answers import Done
from careloom.people.actions import PersonFacts, put_person
from careloom.people.joining import join_identities
from careloom.people.matching.entry import note_alike
from careloom.people.models import PersonRecord, PossibleMatch


def written_twice(world: PlanWorld, mother: UUID) -> dict[str, list[UUID]]:
    """The mother once more, noted as perhaps the same; and a third record of hers that was joined with the second."""
    by, at = viewer(world.supervisor), clock.now()
    with acting_as(by):
        known = PersonRecord.objects.filter(identity_id=mother, holder_id=by.holder_id).first()
        assert known is not None
        facts = PersonFacts(role="MOTHER", given_name=known.given_name, family_name=known.family_name, phone=known.phone)
        second, third = (put_person(by=by, at=at, facts=facts, category="posc.plan_core", source_id=a_key()) for _ in range(2))
        note_alike(by=by, at=at, record_ids=[second.pk])
        done = join_identities(by=by, at=at, keep=second.identity_id, gone=third.identity_id, because="MATCH_REVIEW")
    assert isinstance(done, Done), done
    with acting_as(system(System.MATCHING)):
        found = list(PossibleMatch.objects.filter(left_id__in=[known.pk, second.pk]).values_list("pk", flat=True))
    assert found
    return {"match_id": found, "join_id": [done.row_id]}
