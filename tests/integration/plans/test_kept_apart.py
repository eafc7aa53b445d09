"""Words that tell of substance use lie apart wherever in a plan they are written, and also when they come with a later change (42 CFR 2.13)."""

from __future__ import annotations

from datetime import timedelta

from tests.factories.agencies import viewer
from tests.factories.plans import PlanWorld, a_key

from careloom.infra.access import acting_as
from careloom.infra.access.models import Segment
from careloom.plans import actions
from careloom.plans.actions.sections import CheckSaid
from careloom.plans.models import Preference, SectionCheck, Tension

CORE, APART = "posc.plan_core", "posc.plan_part2_segment"


def test_a_thing_or_a_note_that_tells_lies_apart(world: PlanWorld) -> None:
    plan, by = world.a_plan(agreed=True), viewer(world.dana)
    world.share(plan, to=world.bea)
    with acting_as(by):
        said = {
            "CRIB": CheckSaid(state="YES"),
            "NALOXONE": CheckSaid(state="YES"),
            "DIAPERS": CheckSaid(state="YES", note="after her methadone hours"),
        }
        assert actions.put_checks(by=by, at=world.at, plan_id=plan.pk, section="I", said=said) == 3
        kept = dict(SectionCheck.objects.filter(plan_id=plan.pk).values_list("code", "category"))
    assert kept == {"CRIB": CORE, "NALOXONE": APART, "DIAPERS": APART}
    reader = viewer(world.bea)
    with acting_as(reader):
        assert set(SectionCheck.objects.seen_by(reader).filter(plan_id=plan.pk).values_list("code", flat=True)) == {"CRIB"}


def test_a_later_note_that_tells_moves_the_row_and_nothing_moves_it_back(world: PlanWorld) -> None:
    plan, by = world.a_plan(agreed=True), viewer(world.dana)
    with acting_as(by):
        for number, note in enumerate(("blue", "kept at the methadone clinic", "blue")):
            said = {"STROLLER": CheckSaid(state="YES", note=note, row_version=number)}
            assert actions.put_checks(by=by, at=world.at, plan_id=plan.pk, section="I", said=said) == 1
            row = SectionCheck.objects.get(plan_id=plan.pk, code="STROLLER")
            assert (row.note, row.category) == (note, CORE if number == 0 else APART)
        assert Segment.objects.filter(holder_id=plan.holder_id, identity_id=plan.identity_id, category=APART).exists()


def test_how_help_is_given_and_how_a_tension_was_resolved_are_read_again(world: PlanWorld) -> None:
    plan, by, later = world.a_plan(agreed=True), viewer(world.dana), world.at + timedelta(minutes=1)
    with acting_as(by):
        row = actions.note_tension(by=by, at=world.at, plan_id=plan.pk, kind="COMPETING", words="Two visits at one hour", request_key=a_key())
        assert isinstance(row, Tension)
        assert row.category == CORE
        done = actions.resolve_tension(
            by=by, at=later, tension_id=row.pk, resolution="The methadone visit moved to eight", row_version=row.row_version
        )  # fmt: skip
        assert isinstance(done, Tension)
        assert Tension.objects.get(pk=row.pk).category == APART
        first = actions.put_preference(by=by, at=world.at, plan_id=plan.pk, row_version=0, helps="Mornings")
        assert isinstance(first, Preference)
        assert first.category == CORE
        again = actions.put_preference(
            by=by, at=later, plan_id=plan.pk, row_version=first.row_version, helps="Mornings, before the methadone clinic opens"
        )
        assert isinstance(again, Preference)
        assert Preference.objects.get(pk=first.pk).category == APART
