"""Shares of 4,000 families against the published tables: within 2.58 standard errors (synthetic-county.md part 2)."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from math import sqrt

import pytest

from careloom.demo import mothers
from careloom.demo import parameters as p
from careloom.demo.county import iterate_families
from careloom.demo.exposures import group_of, substances_of
from careloom.demo.parameters import Switches

ENDS_ON = date(2026, 3, 12)


def near(observed: float, share: float, count: int) -> bool:
    return abs(observed - share) <= 2.58 * sqrt(share * (1 - share) / count)


def part(rows, test) -> float:
    return sum(1 for row in rows if test(row)) / len(rows)


def planned(story) -> bool:
    return story.plan is not None and story.plan.status != "DECLINED"


@pytest.fixture(scope="module")
def notified(many):
    return [story for story in many if story.notification]


def test_exposure_classes_follow_the_connecticut_like_mix(many):
    counts = Counter(story.exposure_class for story in many)
    names, weights = p.exposure_mix(mix="ct_like")
    assert all(near(counts[name] / len(many), weight / 100, len(many)) for name, weight in zip(names, weights, strict=True))
    assert near(part(many, lambda s: "cannabis" in s.exposure_class), 0.79, len(many))


@pytest.mark.parametrize("mix", ["ct_like", "de_like", "west_rural"])
def test_every_class_of_every_mix_has_its_substances(mix):
    for name in p.exposure_mix(mix=mix)[0]:
        found = substances_of(exposure_class=name)
        assert len(found) == len(set(found))
        assert ("MOUD" in name) == ("MOUD" in found)


def test_diverted_and_reported_families_match_table_t2(notified):
    count = len(notified)
    assert near(part(notified, planned), 0.669, count)
    assert near(part(notified, lambda s: planned(s) and not s.notification.has_concern), 0.515, count)
    assert near(part(notified, lambda s: planned(s) and s.notification.has_concern), 0.154, count)
    assert near(part(notified, lambda s: not planned(s) and s.notification.has_concern), 0.331, count)


def test_poly_and_illegal_use_is_reported_two_and_a_half_times_as_often_among_plans(notified):
    rows = {name: [s for s in notified if planned(s) and group_of(exposure_class=s.exposure_class) == name] for name in ("CANNABIS", "OTHER")}
    ratio = part(rows["OTHER"], lambda s: s.notification.has_concern) / part(rows["CANNABIS"], lambda s: s.notification.has_concern)
    assert 2.1 <= ratio <= 2.9


def test_declining_a_plan_leads_to_no_report(many):
    declined = [story for story in many if story.plan and story.plan.status == "DECLINED"]
    assert declined
    assert all(story.child_welfare is None for story in declined)


def test_twins_are_at_the_true_rate(many):
    assert near(part(many, lambda s: s.pregnancy.babies == 2), 0.016, len(many))


def test_early_intervention_follows_massachusetts(many):
    old = [s for s in many if s.plan and s.plan.agreed_on and (ENDS_ON - s.plan.agreed_on).days >= 110]
    needs = [(need, {r.need_key: r for r in s.referrals}.get(need.key)) for s in old for need in s.needs if need.code == "EARLY_INTERVENTION"]
    sent = [referral for _, referral in needs if referral and referral.events]
    assert near(len(sent) / len(needs), 0.853, len(needs))
    assert near(part(sent, lambda r: r.is_connected), 0.495, len(sent))


def test_a_named_need_is_connected_as_rarely_as_published(many):
    old = [s for s in many if s.plan and s.plan.agreed_on and (ENDS_ON - s.plan.agreed_on).days >= 110]
    rows = [
        any(r.need_key == need.key and r.is_connected for r in s.referrals)
        for s in old
        for need in s.needs
        if need.code not in ("EARLY_INTERVENTION", "INFANT_DOCTOR")
    ]
    assert 0.21 <= sum(rows) / len(rows) <= 0.27


def test_withdrawal_follows_the_exposure(notified):
    medicine = [s.infants[0] for s in notified if "MOUD" in s.exposure_class]
    assert near(part(medicine, lambda baby: baby.has_withdrawal_signs), 0.60, len(medicine))
    assert not any(s.infants[0].has_withdrawal_signs for s in notified if s.exposure_class == "cannabis only")


def test_slips_are_injected_at_their_shares(many, notified):
    assert near(part(many, lambda s: "NAME_VARIANT" in s.imperfections), 0.08, len(many))
    assert near(part(many, lambda s: "WRONG_BIRTH_DATE" in s.imperfections), 0.015, len(many))
    assert near(part(many, lambda s: "MISSING_ADDRESS" in s.imperfections), 0.04, len(many))
    assert near(part(many, lambda s: "MISSING_RACE" in s.imperfections), 0.12, len(many))
    assert near(part(notified, lambda s: "LATE_ENTRY" in s.imperfections), 0.05, len(notified))
    assert near(part(notified, lambda s: "DUPLICATE_NOTIFICATION" in s.imperfections), 0.03, len(notified))


def facts(story):
    """All that happens to a family; who she is and how she was written down is left out."""
    babies = [(b.weight_g, b.gestation_weeks, b.had_medicine, b.toxicology_ordered, b.discharged_on) for b in story.infants]
    return (story.exposures, story.treatment, babies, story.notification, story.child_welfare, story.plan, story.needs, story.referrals)


def test_race_is_an_input_of_nothing(many, monkeypatch):
    monkeypatch.setattr(mothers.p, "RACE_SHARES", (("BLACK", 1.0),))
    others = [s for s in iterate_families(families=400, seed=11, ends_on=ENDS_ON) if s.world is None]
    assert {s.mother.race_ethnicity for s in others} <= {"BLACK", "HISPANIC", None}
    assert [facts(s) for s in others] == [facts(s) for s in many[: len(others)]]


def test_the_two_switches_do_only_what_they_are_named_for(many):
    on = Switches(testing_bias=True, medicine_access=True)
    biased = [s for s in iterate_families(families=4010, seed=11, ends_on=ENDS_ON, switches=on) if s.world is None]

    def tested(rows, race):
        return part([s for s in rows if s.infants and s.mother.race_ethnicity == race], lambda s: s.infants[0].toxicology_ordered)

    assert abs(tested(many, "BLACK") - tested(many, "WHITE")) < 0.06
    assert tested(biased, "BLACK") > 0.9
    assert tested(biased, "WHITE") == tested(many, "WHITE")
    left = [sum(1 for s in rows if s.treatment and s.treatment.ended_on and s.mother.race_ethnicity == "BLACK") for rows in (many, biased)]
    assert left[1] > left[0]
    assert [s.plan for s in biased] == [s.plan for s in many]


def test_a_longer_window_closes_plans_within_a_year():
    rows = list(iterate_families(families=300, months=15, seed=4, ends_on=ENDS_ON))
    closed = [s for s in rows if s.plan and s.plan.closed_on]
    assert {"GOALS_MET", "FAMILY_DECLINED_ONGOING"} <= {s.plan.closing_reason for s in closed}
    still_open = [s for s in rows if s.world is None and s.plan and s.plan.status == "ACTIVE" and s.pregnancy.ended_on]
    assert all(ENDS_ON - max(s.plan.agreed_on, s.pregnancy.ended_on) <= timedelta(days=366) for s in still_open)
