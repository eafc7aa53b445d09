"""The practice county: the same seed and last day always give the same people, stories and dates."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from careloom.demo import births, cascade, following, mothers, pathway, sharing, slips
from careloom.demo import exposures as exposures_of
from careloom.demo.ground import COUNTIES, Ground, Script, make_ground
from careloom.demo.named import finish, script_for
from careloom.demo.parameters import Switches
from careloom.demo.story import County, FamilyStory

STATE, STATE_NAME, ZONE_NAME = "ZZ", "Columbia", "America/New_York"


def generate_county(
    *, families: int = 40, months: int = 6, seed: int, ends_on: date, mix: str = "ct_like", switches: Switches | None = None
) -> County:
    """The whole county as one value. ``ends_on`` is "today": nothing has happened on it yet.

    The first ten families are the named worlds; their stories keep their length (up to 157 days) in a shorter window.
    A Thursday as ``ends_on`` gives the weekdays of the pictures.

    ``mix`` is an exposure archetype (ct_like, de_like, west_rural). ValueError for no families, no months or another mix.
    """
    if families < 1:
        raise ValueError("The county needs at least one family.")
    ground = make_ground(seed=seed, months=months, ends_on=ends_on, mix=mix, switches=switches)
    return County(
        state=STATE,
        state_name=STATE_NAME,
        counties=COUNTIES,
        zone=ZONE_NAME,
        seed=seed,
        months=months,
        starts_on=ground.starts_on,
        ends_on=ends_on,
        agencies=ground.agencies,
        workers=ground.workers,
        families=tuple(_family(ground=ground, number=number) for number in range(1, families + 1)),
    )


def iterate_families(
    *, families: int, months: int = 6, seed: int, ends_on: date, mix: str = "ct_like", switches: Switches | None = None
) -> Iterator[FamilyStory]:
    """The same families one at a time, so that a large world never lies in memory as a whole."""
    ground = make_ground(seed=seed, months=months, ends_on=ends_on, mix=mix, switches=switches)
    for number in range(1, families + 1):
        yield _family(ground=ground, number=number)


def _family(*, ground: Ground, number: int) -> FamilyStory:
    script = script_for(number=number)
    story = _drawn(ground=ground, number=number, key=f"f{number:05d}", script=script)
    return finish(ground=ground, story=story) if script else story


def _drawn(*, ground: Ground, number: int, key: str, script: Script | None) -> FamilyStory:
    """One family in the order of the document's part 1.x: each step may look only at the ones before it."""
    timing = births.draw_timing(ground=ground, number=number, script=script)
    group = exposures_of.draw_class(ground=ground, number=number, script=script)
    mother = mothers.draw_mother(ground=ground, number=number, key=key, birth_on=timing.birth_on, script=script)
    household = mothers.draw_household(ground=ground, number=number, key=key, mother=mother)
    days = births.draw_gestation(ground=ground, number=number, exposure_class=group, is_expecting=timing.is_expecting, script=script)
    pregnancy = births.draw_pregnancy(ground=ground, number=number, mother=mother, timing=timing, gestation_days=days, script=script)
    treatment = births.draw_treatment(ground=ground, number=number, mother=mother, birth_on=timing.birth_on, exposure_class=group, script=script)
    exposures = exposures_of.draw_exposures(
        ground=ground,
        number=number,
        exposure_class=group,
        program_key=treatment.agency_key if treatment else None,
        obstetric_key=pregnancy.obstetric_key,
        script=script,
    )
    infants = births.draw_infants(
        ground=ground,
        number=number,
        key=key,
        mother=mother,
        pregnancy=pregnancy,
        exposure_class=group,
        gestation_days=days,
        script=script,
    )
    path = pathway.draw_path(ground=ground, number=number, exposure_class=group, timing=timing, treatment=treatment, script=script)
    notice = pathway.draw_notification(ground=ground, number=number, path=path, pregnancy=pregnancy, infants=infants, script=script)
    welfare = pathway.draw_child_welfare(ground=ground, number=number, mother=mother, notification=notice)
    if welfare and welfare.removed_on:
        home = "RELATIVE" if welfare.placed_with == "RELATIVE" else "FOSTER"
        infants = tuple(
            replace(baby, goes_home_with=home) if baby.discharged_on is None or welfare.removed_on <= baby.discharged_on else baby for baby in infants
        )
    plan = pathway.draw_plan(ground=ground, number=number, key=key, path=path, timing=timing, mother=mother, treatment=treatment, script=script)
    needs = cascade.draw_needs(
        ground=ground,
        number=number,
        key=key,
        mother=mother,
        infants=infants,
        exposure_class=group,
        exposures=exposures,
        treatment=treatment,
        plan=plan,
    )
    sent = cascade.draw_referrals(ground=ground, number=number, mother=mother, plan=plan, needs=needs)
    consents = sharing.draw_consents(
        ground=ground, number=number, key=key, mother=mother, plan=plan, referrals=sent, hospital_key=pregnancy.hospital_key
    )
    referrals = sharing.join_consents(referrals=sent, consents=consents)
    goals, strengths = following.draw_goals(ground=ground, number=number, key=key, mother=mother, plan=plan)
    reviews = following.draw_reviews(ground=ground, number=number, key=key, mother=mother, plan=plan, pregnancy=pregnancy)
    if plan and plan.agreed_on:
        plan = replace(plan, version=1 + sum(row.held_on is not None for row in reviews))
    records, found = slips.draw_records(ground=ground, number=number, mother=mother, pregnancy=pregnancy, plan=plan, notification=notice)
    return FamilyStory(
        number=number,
        key=key,
        label=_label([mother.preferred, *(baby.given for baby in infants)]),
        world=script.world if script else None,
        mother=mother,
        household=household,
        pregnancy=pregnancy,
        exposure_class=group,
        exposures=exposures,
        treatment=treatment,
        infants=infants,
        notification=notice,
        child_welfare=welfare,
        plan=plan,
        needs=cascade.settle_needs(needs=needs, referrals=referrals),
        goals=goals,
        strengths=strengths,
        care_team=sharing.make_team(ground=ground, plan=plan, household=household, infants=infants, referrals=referrals, child_welfare=welfare),
        consents=consents,
        referrals=referrals,
        reviews=reviews,
        appointments=following.draw_appointments(
            ground=ground, number=number, key=key, mother=mother, infants=infants, referrals=referrals, treatment=treatment
        ),
        portal=following.draw_portal(ground=ground, number=number, mother=mother, plan=plan, referrals=referrals, consents=consents),
        promises=following.draw_promises(ground=ground, number=number, key=key, plan=plan, notification=notice, infants=infants),
        records=records,
        imperfections=found,
    )


def _label(names: list[str]) -> str:
    """The family as people say it: "Marisol and Mateo", "Lupe, Luz and Sol"."""
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))
