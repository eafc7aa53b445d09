"""A join can be undone to the same rows, also when somebody wrote in between; what cannot be joined is said before anything moves."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.factories import births
from tests.factories.agencies import viewer
from tests.factories.plans import PlanWorld, a_key
from tests.integration.people.worlds import everything

from careloom.infra.access import System, acting_as, system
from careloom.infra.access.caseload import assign
from careloom.infra.answers import Done, Refused
from careloom.messages.models import SafeContact
from careloom.people.actions import PersonFacts, join, put_family_member, put_person
from careloom.people.joining import join_identities, undo_join
from careloom.people.models import FamilyMember, Identity, Join, PersonRecord
from careloom.work.actions import open_obligation


@pytest.fixture
def world(db: None) -> PlanWorld:
    return PlanWorld()


def joined(world: PlanWorld, *, keep: UUID, gone: UUID) -> UUID:
    by = viewer(world.supervisor)
    with acting_as(by):
        done = join_identities(by=by, at=world.at, keep=keep, gone=gone, because="MATCH_REVIEW")
    assert isinstance(done, Done), done
    return done.row_id


def undone(world: PlanWorld, join_id: UUID) -> Done | Refused:
    by = viewer(world.supervisor)
    with acting_as(by):
        return undo_join(by=by, at=world.at, join_id=join_id, because="TWO_PEOPLE")


def test_a_join_is_undone_to_the_same_rows(world: PlanWorld) -> None:
    plan = world.a_plan(agreed=True)
    born = births.a_birth(world.maria, at=world.at)
    world.share(plan, to=world.bea)
    other = world.a_plan(mother_id=world.a_mother(given_name="Second"))
    world.share(other, to=world.bea)
    her = world.her(other)
    before = everything()
    first = joined(world, keep=plan.identity_id, gone=other.identity_id)
    second = joined(world, keep=plan.identity_id, gone=born.mother_id)
    during = everything()
    assert during != before
    with acting_as(system(System.MATCHING)):
        assert not PersonRecord.objects.filter(identity_id__in=[other.identity_id, born.mother_id]).exists()
        assert Identity.objects.get(pk=other.identity_id).joined_into == plan.identity_id
    assert undone(world, first) == Refused(codes=("LATER",)), "the later join rests on the same person"
    assert isinstance(undone(world, second), Done)
    assert isinstance(undone(world, first), Done)
    assert everything() == before
    assert her.principal_id


def test_what_was_written_in_between_stays_with_whom_it_was_written_for(world: PlanWorld) -> None:
    plan, gone = world.a_plan(agreed=True), world.a_mother(given_name="Second")
    before = everything()
    made = joined(world, keep=plan.identity_id, gone=gone)
    by = viewer(world.dana)
    with acting_as(by):
        member = put_family_member(by=by, at=world.at, identity_id=plan.identity_id, name="A practice aunt", relation="Aunt")
        facts = PersonFacts(role="INFANT", given_name="New", mother_identity_id=plan.identity_id)
        infant = put_person(by=by, at=world.at, facts=facts, category="posc.plan_core")
    assert isinstance(undone(world, made), Done)
    after = everything()
    with acting_as(system(System.MATCHING)):
        assert FamilyMember.objects.get(pk=member.pk).identity_id == plan.identity_id
        assert PersonRecord.objects.get(pk=infant.pk).mother_identity_id == plan.identity_id
    # Nothing that stood before is missing, and what is new is what was written.
    assert {t: sorted(set(rows) - set(after[t])) for t, rows in before.items() if set(rows) - set(after[t])} == {}
    new = {t for t, rows in after.items() if set(rows) - set(before[t])}
    assert new <= {"people_family_member", "people_record", "people_identity", "access_segment", "grants in force"}


def test_a_row_written_on_a_segment_that_goes_back_keeps_a_segment(world: PlanWorld) -> None:
    keep, gone = world.a_mother(), world.a_mother(given_name="Second")
    by = viewer(world.dana)
    with acting_as(by):
        put_family_member(by=by, at=world.at, identity_id=gone, name="Not safe", relation="Ex", unsafe=True)
    made = joined(world, keep=keep, gone=gone)
    with acting_as(by):
        put_family_member(by=by, at=world.at, identity_id=keep, name="Also not safe", relation="Ex", unsafe=True)
    assert isinstance(undone(world, made), Done)
    with acting_as(system(System.MATCHING)):
        from careloom.infra.access.models import Segment

        held = set(Segment.objects.filter(category="dv.victim_record").values_list("identity_id", flat=True))
    assert held >= {keep, gone}


def test_joining_and_undoing_twice_is_once(world: PlanWorld) -> None:
    keep, gone = world.a_mother(), world.a_mother(given_name="Second")
    before = everything()
    made = joined(world, keep=keep, gone=gone)
    assert joined(world, keep=keep, gone=gone) == made
    assert isinstance(undone(world, made), Done)
    assert isinstance(undone(world, made), Done)
    assert everything() == before
    with acting_as(system(System.MATCHING)):
        assert Join.objects.filter(identity_id=keep, gone_id=gone).count() == 1


def test_two_ways_to_reach_her_are_settled_before_a_join(world: PlanWorld) -> None:
    keep, gone = world.a_mother(), world.a_mother(given_name="Second")
    by = viewer(world.dana)
    with acting_as(by):
        for identity in (keep, gone):
            SafeContact(holder_id=world.riverbend.pk, identity_id=identity, category="posc.plan_core", changed_at=world.at).save()
    before = everything()
    with acting_as(by):
        refused = join_identities(by=by, at=world.at, keep=keep, gone=gone, because="MATCH_REVIEW")
        assert refused == Refused(codes=("TWICE",))
        with pytest.raises(ValueError, match="TWICE"):
            join(by=by, at=world.at, keep=keep, gone=gone, because="HER_CODE")
    assert everything() == before


def test_another_agency_is_not_told_that_it_has_both(world: PlanWorld) -> None:
    keep, gone = world.a_mother(), world.a_mother(given_name="Second")
    bea = viewer(world.bea)
    with acting_as(bea):
        for identity in (keep, gone):
            SafeContact(holder_id=world.harbor.pk, identity_id=identity, category="posc.plan_core", changed_at=world.at).save()
    before = everything()
    made = joined(world, keep=keep, gone=gone)
    assert isinstance(undone(world, made), Done)
    assert everything() == before


def test_who_was_joined_away_is_joined_to_nobody_else(world: PlanWorld) -> None:
    first, second, third = (world.a_mother(given_name=name) for name in ("One", "Two", "Three"))
    joined(world, keep=first, gone=second)
    by = viewer(world.supervisor)
    with acting_as(by):
        assert join_identities(by=by, at=world.at, keep=third, gone=second, because="MATCH_REVIEW") == Refused(codes=("GONE",))
        assert join_identities(by=by, at=world.at, keep=first, gone=first, because="MATCH_REVIEW") == Refused(codes=("SAME",))
        assert undo_join(by=by, at=world.at, join_id=uuid4(), because="TWO_PEOPLE") == Refused(codes=("NOT_FOUND",))


STEPS = st.lists(st.tuples(st.sampled_from(["member", "record", "duty", "caseload", "share"]), st.integers(0, 2)), max_size=6)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS, pairs=st.lists(st.permutations([0, 1, 2]), min_size=1, max_size=2))
def test_joins_of_any_world_are_undone_to_it(world: PlanWorld, steps: list[tuple[str, int]], pairs: list[list[int]]) -> None:
    by = viewer(world.dana)
    people = [world.a_mother(given_name=f"Practice {uuid4().hex[:6]}") for _ in range(3)]
    for kind, who in steps:
        identity = people[who]
        with acting_as(by):
            if kind == "member":
                put_family_member(by=by, at=world.at, identity_id=identity, name="Somebody", relation="Kin", unsafe=who == 1)
            elif kind == "record":
                put_person(by=by, at=world.at, facts=PersonFacts(role="INFANT", mother_identity_id=identity), category="hipaa.newborn_record")
            elif kind == "duty":
                open_obligation(
                    by=by, at=world.at, holder_id=world.riverbend.pk, kind="NOTE", family_id=identity, identity_id=people[0], link="/",
                    request_key=a_key(),
                )  # fmt: skip
            elif kind == "caseload":
                assign(by=by, worker_id=world.colleague.worker_id, identity_ids=[identity], at=world.at)
        if kind == "share":
            world.share(world.a_plan(mother_id=identity), to=world.bea)
    before, made = everything(), []
    for keep, gone, _ in pairs:
        with acting_as(by):
            done = join_identities(by=by, at=world.at, keep=people[keep], gone=people[gone], because="MATCH_REVIEW")
        if isinstance(done, Done) and done.row_id not in made:
            made.append(done.row_id)
    for join_id in reversed(made):
        assert isinstance(undone(world, join_id), Done)
    assert everything() == before
