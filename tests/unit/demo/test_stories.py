"""Every story holds together: dates in order, one lead, a consent before anything is sent."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from careloom.demo.county import generate_county
from careloom.demo.draw import ZONE, instant
from careloom.demo.parameters import data
from careloom.kernel.disclosure.vocabulary import Category, Purpose


def local(at: datetime) -> date:
    return at.astimezone(ZONE).date()


WORLDS = ((20260312, date(2026, 3, 12), 6), (2, date(2024, 2, 29), 8), (3, date(2026, 11, 1), 24), (6, date(2026, 7, 5), 6))


@pytest.fixture(scope="module", params=WORLDS, ids=str)
def county(request):
    """Counties of other seeds, days (a leap day, a Sunday of the clock change) and lengths."""
    seed, ends_on, months = request.param
    return generate_county(families=600, months=months, seed=seed, ends_on=ends_on)


@pytest.fixture(scope="module")
def stories(county):
    return county.families


def test_nothing_has_happened_on_the_last_day_or_later(stories, county):
    today, midnight = county.ends_on, instant(day=county.ends_on, hour=0)
    for story in stories:
        happened = [event.at for row in story.referrals for event in row.events]
        happened += [use.at for use in story.portal] + [row.made_at for row in story.promises]
        happened += [row.revoked_at for row in story.consents if row.revoked_at] + [baby.born_at for baby in story.infants]
        happened += [row.at for row in story.appointments if row.kept is not None]
        assert all(at < midnight for at in happened)
        days = [row.held_on for row in story.reviews] + [row.signed_on for row in story.consents] + [row.met_on for row in story.promises]
        days += [need.named_on for need in story.needs] + [seat.joined_on for seat in story.care_team]
        days += [record.entered_on for record in story.records] + [baby.discharged_on for baby in story.infants]
        assert all(day < today for day in days if day)
        assert all(row.at >= midnight for row in story.appointments if row.kept is None)


def test_what_the_system_did_lies_inside_the_window(county):
    for story in county.families:
        if story.plan:
            assert county.starts_on <= story.plan.offered_on < county.ends_on
        if story.notification:
            assert county.starts_on <= story.notification.made_on < county.ends_on
        assert all(local(event.at) >= county.starts_on for row in story.referrals for event in row.events)


def test_a_plan_has_one_lead_and_its_dates_in_order(stories, county):
    workers = {worker.key: worker for worker in county.workers}
    for story in stories:
        plan = story.plan
        if plan is None or plan.status == "DECLINED":
            assert not story.needs
            assert not story.referrals
            continue
        assert len([lead for lead in plan.leads if lead.ends_on is None]) == (plan.status != "CLOSED")
        assert all(workers[lead.worker_key].agency_key == lead.agency_key for lead in plan.leads)
        assert plan.offered_on <= plan.started_on
        assert plan.agreed_on is None or plan.started_on <= plan.agreed_on < county.ends_on
        assert (plan.agreed_on is None) == (plan.status == "DRAFT")
        assert sum(seat.is_lead for seat in story.care_team) == (plan.agreed_on is not None)
        assert plan.co_lead_agency_key != plan.leads[-1].agency_key
        if plan.closed_on:
            assert plan.agreed_on < plan.closed_on < county.ends_on
            assert plan.closing_reason
            assert all(row.due_on < plan.closed_on for row in story.reviews)


def test_a_consent_is_in_force_whenever_something_is_sent(stories):
    sent = 0
    for story in stories:
        consents = {row.key: row for row in story.consents}
        assert len(consents) == len(story.consents)
        for row in story.referrals:
            if not row.events or row.to_agency_key == row.from_agency_key:
                continue
            consent = consents[row.consent_key]
            asked = local(row.events[0].at)
            assert (consent.discloser_key, consent.recipient_key) == (row.from_agency_key, row.to_agency_key)
            assert consent.explained_on <= consent.signed_on <= consent.starts_on <= asked < consent.ends_on
            assert consent.revoked_at is None or row.events[0].at < consent.revoked_at
            sent += 1
    assert sent > 500


def test_consents_use_the_words_of_the_kernel_and_name_a_purpose(stories):
    for story in stories:
        for row in story.consents:
            assert set(row.categories) <= {category.value for category in Category}
            assert row.purpose in {purpose.value for purpose in Purpose}
            assert "part2.counseling_notes" not in row.categories


def test_referrals_point_at_a_need_she_said_yes_to_and_move_forward(stories, county):
    agencies = {agency.key for agency in county.agencies}
    for story in stories:
        needs = {need.key: need for need in story.needs}
        for row in story.referrals:
            assert needs[row.need_key].choice == "YES"
            assert row.to_agency_key in agencies
            assert [event.at for event in row.events] == sorted(event.at for event in row.events)
            assert not row.events or row.events[0].status == "REQUESTED"
            assert not row.events or local(row.events[0].at) >= needs[row.need_key].named_on
        assert all(need.resolved_on is None or need.resolved_on >= need.named_on for need in story.needs)
        assert all((need.choice is None) == (need.her_words == "") for need in story.needs)


def test_people_and_keys_exist(stories, county):
    workers = {worker.key for worker in county.workers}
    for story in stories:
        members = {member.key: member for member in story.household}
        people = {story.mother.key, *members, *(baby.key for baby in story.infants)}
        assert all(need.person_key in people for need in story.needs)
        assert all((seat.worker_key in workers) != (seat.member_key in members) for seat in story.care_team)
        assert all(row.person_key in people for row in story.appointments)
        assert all(row.worker_key in workers for row in story.promises)
        keys = [row.key for table in (story.needs, story.referrals, story.promises, story.reviews, story.appointments) for row in table]
        assert len(keys) == len(set(keys))


def test_someone_not_to_be_contacted_has_no_seat_and_no_number(stories):
    found = 0
    for story in stories:
        seats = {seat.member_key for seat in story.care_team}
        for member in story.household:
            if member.do_not_contact:
                found += 1
                assert member.key not in seats
                assert member.phone is None
                assert not member.is_named_supporter
    assert found > 40


def test_births_are_possible(stories, county):
    for story in stories:
        assert len(story.infants) == (story.pregnancy.babies if story.pregnancy.outcome == "BORN" else 0)
        assert (story.notification is not None) == bool(story.infants)
        age = (story.pregnancy.due_on - story.mother.birth_on).days / 365.25
        assert 14.5 < age < 47
        for baby in story.infants:
            assert 600 <= baby.weight_g <= 5200
            assert 26 <= baby.gestation_weeks <= 41
            assert 0 <= baby.gestation_days <= 6
            assert baby.had_medicine <= baby.has_withdrawal_signs
            born = local(baby.born_at)
            assert abs((story.pregnancy.due_on - born).days - (280 - baby.gestation_weeks * 7 - baby.gestation_days)) == 0
            assert baby.discharged_on is None or baby.discharged_on == born + timedelta(days=baby.days_in_hospital)
        if story.treatment:
            assert story.treatment.started_on < (story.treatment.ended_on or county.ends_on)


def test_report_and_notification_agree(stories, county):
    for story in stories:
        notice = story.notification
        if notice is None:
            assert story.child_welfare is None
            continue
        assert notice.has_concern == (notice.level in ("L3", "L4")) == (story.child_welfare is not None)
        assert (notice.concern_seen is not None) == notice.has_concern
        assert notice.notify == ("IDENTIFIED" if notice.has_concern else "DEIDENTIFIED")
        assert notice.mother_told_on <= notice.made_on
        welfare = story.child_welfare
        if welfare and welfare.removed_on:
            assert welfare.screened_in
            assert welfare.reported_on <= welfare.removed_on < county.ends_on
            assert welfare.home_on is None or welfare.home_on >= welfare.removed_on


def test_words_are_person_first_and_calm():
    text = " ".join(str(data(name)) for name in ("needs", "voices")).lower()
    assert not [word for word in ("addict", "abuser", "clean time", "non-compliant", "refused", "—", "!") if word in text]


def test_both_languages_have_every_answer():
    for row in data("needs"):
        assert set(row["words"]["en"]) == set(row["words"]["es"]) == {"YES", "NOT_NOW", "NO"}
        assert all(words for language in row["words"].values() for words in language.values())
