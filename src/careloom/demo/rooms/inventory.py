"""The inventory of the practice county's partnership: what partners added, standards, changes, money, what it keeps, whom it trusts."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from careloom.demo.rooms.house import House, done
from careloom.demo.rooms.inventory_told import (
    CHANGES,
    FUNDS,
    KEEPS,
    LESSONS,
    MONTHS,
    OFFERS,
    PROMISING,
    STANDARDS,
    ChangeOf,
    StandardOf,
)
from careloom.infra.access import Viewer
from careloom.inventory import actions
from careloom.inventory.facts import CheckFacts, DataRuleFacts, HesitationFacts, ReachFacts, StrategyFacts, SustainFacts
from careloom.inventory.models import Strategy

KEY = "inventory"
# Who says yes for her partner, and how many weeks before the last day; a partner without an account is noted by the coordinator.
AGREED = (("st_agnes", "larkmeade", 24), ("riverbend", "thistlegate", 23), ("harbor_home_visiting", "ivermoor", 22), ("pine_health", "nettlesby", 15))
AGREED_OUTSIDE = (("bayline", "Terrence Vance, chief executive", 20), ("transit", "Odell Marsh, operations", 19))
HESITATIONS = (
    ("quillstone", "LOOKS_BAD", "Our rate is higher because we take the sickest babies.", 70, "", None),
    (
        "cedar_path",
        "USED_AGAINST",
        "Last year a number of ours stood in the paper.",
        66,
        "The rule says that no number is used to rank or to pay.",
        24,
    ),
    (
        "riverbend",
        "LAW",
        "42 CFR Part 2: nothing that says who is in treatment.",
        80,
        "Counts by month, hidden under 11, say nothing of a person.",
        60,
    ),
    ("harbor_court", "TECHNOLOGY", "Our docket system gives no list.", 50, "", None),
)
SUSTAIN = SustainFacts(
    relationships="The core team meets each month with families first. Oversight hears each quarter. Who leaves is followed within 60 days.",
    resources="A coordinator, two rooms, the bus passes, a visiting nurse in each county. Each partner brings an hour a week of a manager.",
    results="Fewer babies apart from their mothers at 30 days. Plans before the birth. A first visit within seven days.",
    scale_up="First the hills of Pine County with the van, then Harbor’s second hospital, then the two counties to the north.",
    reach_goal=60, reach_by=date(2028, 6, 30), review_on=date(2028, 1, 1),
)  # fmt: skip


def play(house: House, *, at: datetime) -> None:
    """Everything that the partnership told of its services and of what will last, up to `at`."""
    _offers(house)
    for standard in STANDARDS:
        _standard(house, standard)
    for change in CHANGES:
        _change(house, change)
    _lasting(house)
    _sharing(house)
    _months(house, at=at)


def _offers(house: House) -> None:
    for partner, weeks, facts in OFFERS:
        with house.then(weeks_ago=weeks) as (by, then):
            told, pk = facts(said_on=house.day(weeks_ago=weeks)), house.partners[partner]
            done(
                actions.put_offer(
                    by=by, at=then, collaborative_id=house.collaborative_id, partner_id=pk, facts=told, request_key=f"{KEY}:offer:{partner}"
                )
            )


def _standard(house: House, told: StandardOf) -> None:
    with house.then(weeks_ago=told.weeks_ago) as (by, then):
        standard = done(
            actions.put_standard(by=by, at=then, collaborative_id=house.collaborative_id, facts=told.facts, request_key=f"{KEY}:std:{told.key}")
        )
    for partner, weeks, found, evidence, who in told.checks:
        with house.then(weeks_ago=weeks) as (by, then):
            facts = CheckFacts(
                partner_id=house.partners[partner], on=house.day(weeks_ago=weeks), found=found, evidence=evidence, checked_by=who
            )  # fmt: skip
            key = f"{KEY}:check:{told.key}:{partner}:{weeks}"
            done(actions.check_standard(by=by, at=then, standard_id=standard, facts=facts, request_key=key))


def _change(house: House, told: ChangeOf) -> None:
    with house.then(weeks_ago=told.weeks_ago) as (by, then):
        facts = StrategyFacts(
            need=told.need, place=told.place, way=told.way, what=told.what, partner_id=house.partners[told.partner], owner=told.owner,
            due_on=house.day(weeks_ago=told.due),
        )  # fmt: skip
        key = f"{KEY}:change:{told.key}"
        change = done(actions.begin_strategy(by=by, at=then, collaborative_id=house.collaborative_id, facts=facts, request_key=key))
    for weeks, progress, words in told.steps:
        with house.then(weeks_ago=weeks) as (by, then):
            version = Strategy.objects.get(pk=change).row_version
            done(
                actions.step_strategy(
                    by=by, at=then, strategy_id=change, progress=progress, words=words, version=version, request_key=f"{KEY}:{told.key}:{weeks}"
                )
            )


def _lasting(house: House) -> None:
    pk = house.collaborative_id
    with house.then(weeks_ago=94) as (by, then):
        done(actions.put_sustain(by=by, at=then, collaborative_id=pk, facts=SUSTAIN, request_key=f"{KEY}:sustain"))
    for key, weeks, fund, partner, until in FUNDS:
        with house.then(weeks_ago=weeks) as (by, then):
            money = fund(partner_id=house.partners[partner], until=_day(house, until))
            done(actions.put_fund(by=by, at=then, collaborative_id=pk, facts=money, request_key=f"{KEY}:fund:{key}"))
    for key, weeks, keep, partner, look in KEEPS:
        with house.then(weeks_ago=weeks) as (by, then):
            kept = keep(partner_id=house.partners.get(partner), look_on=_day(house, look))
            done(actions.put_keep(by=by, at=then, collaborative_id=pk, facts=kept, request_key=f"{KEY}:keep:{key}"))
    for key, weeks, lesson in LESSONS:
        with house.then(weeks_ago=weeks) as (by, then):
            known = lesson(on=house.day(weeks_ago=weeks))
            done(actions.write_lesson(by=by, at=then, collaborative_id=pk, facts=known, request_key=f"{KEY}:lesson:{key}"))
    for code, weeks, strategy, since in PROMISING:
        with house.then(weeks_ago=weeks) as (by, then):
            seen = strategy(code=code, looked_on=house.day(weeks_ago=weeks), since=_day(house, since))
            done(actions.put_promising(by=by, at=then, collaborative_id=pk, facts=seen, request_key=f"{KEY}:seven:{code}"))


def _sharing(house: House) -> None:
    pk = house.collaborative_id
    for partner, kind, words, weeks, eased_by, eased in HESITATIONS:
        with house.then(weeks_ago=weeks if eased is None else eased) as (by, then):
            facts = HesitationFacts(
                partner_id=house.partners[partner], kind=kind, words=words, eased_by=eased_by, eased_on=_day(house, eased),
            )  # fmt: skip
            done(actions.put_hesitation(by=by, at=then, collaborative_id=pk, facts=facts, request_key=f"{KEY}:why:{partner}"))
    with house.then(weeks_ago=26) as (by, then):
        rule = DataRuleFacts(
            words="To find gaps, to see who waits, and to ask for money together. Counts only, by month, hidden from 1 to 10.",
            never="To rank partners, to pay or to punish, or to look for a family.", adopted_on=house.day(weeks_ago=26),
        )  # fmt: skip
        done(actions.adopt_data_rule(by=by, at=then, collaborative_id=pk, facts=rule, after=0, request_key=f"{KEY}:rule"))
    for partner, worker, weeks in AGREED:
        with house.then(weeks_ago=weeks, who=worker) as (by, then):
            _yes(house, house.partners[partner], by=by, at=then, said_by=house.ground.members[worker].worker.name, key=partner)
    for partner, who, weeks in AGREED_OUTSIDE:
        with house.then(weeks_ago=weeks) as (by, then):
            _yes(house, house.partners[partner], by=by, at=then, said_by=who, key=partner)


def _yes(house: House, partner_id: UUID, *, by: Viewer, at: datetime, said_by: str, key: str) -> None:
    done(
        actions.agree_to_rule(
            by=by, at=at, collaborative_id=house.collaborative_id, partner_id=partner_id, said_by=said_by, rule_version=1,
            request_key=f"{KEY}:yes:{key}",
        )
    )  # fmt: skip


def _months(house: House, *, at: datetime) -> None:
    last = house.day(weeks_ago=0).replace(day=1)
    for back, kinds, services, families, eligible in MONTHS:
        number = last.year * 12 + last.month - 1 - back
        month = date(number // 12, number % 12 + 1, 1)
        # Counted when the next month had begun; the last day of the practice county is the latest moment there is.
        weeks = max(0, (at.date() - month).days // 7 - 5)
        with house.then(weeks_ago=weeks) as (by, then):
            facts = ReachFacts(
                month=month, kinds=kinds, services=services, families=families, few=families is None, eligible=eligible,
                source="Plans, and births with exposure as the hospitals estimate them",
            )  # fmt: skip
            done(actions.put_reach(by=by, at=then, collaborative_id=house.collaborative_id, facts=facts, request_key=f"{KEY}:month:{back}"))


def _day(house: House, weeks: int | None) -> date | None:
    return house.day(weeks_ago=weeks) if weeks is not None else None
