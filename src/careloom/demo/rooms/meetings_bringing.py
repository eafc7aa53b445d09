"""What partners of the practice county commit, bring and carry, visits to them, and for whom they stand in work groups. All of it is made up."""

from __future__ import annotations

from datetime import date

from careloom.demo.rooms.house import House, done
from careloom.kernel.partnership import quarters_back
from careloom.meetings import actions
from careloom.meetings.facts import CommitmentFacts, ContributionFacts, LoadFacts, PriorityFacts, VisitFacts
from careloom.meetings.models import Commitment, Contribution, Load, Priority, Represents, Visit

KEY = "practice"
PARTS = {
    "columbia_department": ("DEPARTMENT",), "bayline": ("MANAGING_ENTITY",), "coastal": ("LEAD_AGENCY",), "riverbend": ("PROVIDER",),
    "cedar_path": ("PROVIDER",), "harbor_home_visiting": ("PROVIDER",), "pine_womens": ("PROVIDER",), "st_agnes": ("PROVIDER",),
}  # fmt: skip
# Partner: (hours a quarter, dollars, in kind, why it still matters, weeks ago when it was said last)
COMMITTED = {
    "st_agnes": (36, 0, "The birth center library", "Babies should go home with a plan, not with a warning.", 12),
    "riverbend": (48, 2500, "Naloxone and staff training", "Treatment works when she is not afraid of us.", 18),
    "harbor_home_visiting": (40, 0, "A van on Thursdays", "We see the kitchen table. The rest of you should too.", 9),
    "pine_children": (30, 0, "A liaison who answers within a day", "A safe plan is the report that was not needed.", 40),
    "maplecare": (18, 6000, "Ride vouchers", "A ride costs less than a night in the hospital.", 30),
    "pine_health": (24, 0, "Cribs", "Public health begins in the crib.", 15),
    "bayline": (30, 9000, "An analyst", "Our contracts should follow the families.", 8),
    "walk_beside": (24, 0, "Peer specialists", "We were there.", 20),
    "eagle_nation": (20, 0, "Elders’ time", "Our families are led by us.", 22),
    "columbia_department": (40, 12000, "The secretary of oversight", "Every plan gets read.", 6),
}
# Partner: hours beside meetings in each of the last four quarters, the oldest first; None where it did not say.
BROUGHT: dict[str, tuple[int | None, ...]] = {
    "st_agnes": (30, 28, 22, 9), "riverbend": (40, 44, 46, 20), "harbor_home_visiting": (34, 36, 38, 15), "pine_children": (12, 8, 4, None),
    "maplecare": (16, 15, 18, 6), "pine_health": (20, 22, 20, 8), "bayline": (24, 26, 30, 12), "walk_beside": (26, 30, 28, 14),
    "eagle_nation": (None, 14, 16, 8), "columbia_department": (36, 38, 40, 18),
}  # fmt: skip
# Partner: (families for each worker, of 100 staff who left, budget of 100 dollars, words)
LOADS = {
    "pine_children": (31, 38, -6, "Four posts are empty since the fall."),
    "harbor_children": (27, 30, -6, "New staff need a year."),
    "st_agnes": (None, 18, 0, "Nights are thin."),
    "riverbend": (22, 14, 4, ""),
    "harbor_home_visiting": (19, 12, 0, "One nurse is on leave until summer."),
    "maplecare": (44, 9, 0, ""),
}
PRIORITIES = {
    "st_agnes": ("LETTER", "Rooming-in is a goal of the hospital.", "Helena Albright, chief executive", "Letter of the board, on file", 52),
    "columbia_department": ("ORDER", "Plans of safe care are a duty of the Department.", "The Governor", "Executive order, page 3", 92),
    "bayline": ("BUDGET_LINE", "The integration position is named.", "Terrence Vance, chief executive", "Contract, attachment 2", 30),
    "pine_children": ("PLAN_ITEM", "Notifications without investigation, item 4.", "Carla Haverstock, director", "Agency plan, page 11", 60),
    "eagle_nation": ("LETTER", "The council names its wellness team.", "Eagle Nation’s council", "Resolution 14", 40),
}
VISITS = (
    (
        "pine_children",
        30,
        "Director Haverstock and two supervisors",
        "They like the plan and have nobody to send. Nights would be easier.",
        "Meetings by video",
    ),
    ("quillstone", 22, "The social worker on duty", "Our notices go to a printer that nobody looks at.", "A name at the county"),
    ("maplecare", 16, "Case management", "Vouchers are used up by the twentieth of a month.", ""),
    (
        "eagle_nation",
        10,
        "The wellness team and an elder",
        "They ask to lead the plan of their own families, and to be asked early.",
        "A seat in the room before the agenda is made",
    ),
    ("harbor_court", 5, "The docket coordinator", "Hearings are set without looking at clinic hours.", "The clinics’ hours on one page"),
    ("schools", 2, "The early childhood manager", "Early Head Start has places, and nobody asks for them.", ""),
)


def bring(house: House) -> None:
    """Make all of it once."""
    for key, parts in PARTS.items():
        if not Represents.objects.filter(partner_id=house.partners[key]).exists():
            with house.then(weeks_ago=70) as (by, at):
                done(actions.put_represents(by=by, at=at, partner_id=house.partners[key], parts=parts, request_key=f"{KEY}:{key}"))
    for key, (hours, funds, in_kind, mission, weeks) in COMMITTED.items():
        for number, ago in enumerate((weeks + 26, weeks)):
            with house.then(weeks_ago=ago) as (by, at):
                facts = CommitmentFacts(hours=hours, funds=funds, in_kind=in_kind, mission=mission)
                kept = Commitment.objects.filter(partner_id=house.partners[key], request_key=f"{KEY}:{key}:{number}").exists()
                if not kept:
                    done(actions.commit(by=by, at=at, partner_id=house.partners[key], facts=facts, request_key=f"{KEY}:{key}:{number}"))
    _brought(house)
    _carried(house)
    for key, weeks, who, heard, asks in VISITS:
        if not Visit.objects.filter(collaborative_id=house.collaborative_id, request_key=f"{KEY}:{key}:{weeks}").exists():
            with house.then(weeks_ago=weeks) as (by, at):
                visit = VisitFacts(partner_id=house.partners[key], on=house.day(weeks_ago=weeks), who=who, heard=heard, asks=asks)
                done(actions.log_visit(by=by, at=at, collaborative_id=house.collaborative_id, facts=visit, request_key=f"{KEY}:{key}:{weeks}"))


def _brought(house: House) -> None:
    quarters: tuple[date, ...] = quarters_back(house.day(weeks_ago=0), count=4)
    for key, hours in BROUGHT.items():
        for quarter, count in zip(quarters, hours, strict=True):
            if count is None or Contribution.objects.filter(partner_id=house.partners[key], quarter=quarter).exists():
                continue
            with house.then() as (by, at):
                committed = COMMITTED[key]
                facts = ContributionFacts(quarter=quarter, hours=count, funds=committed[1], in_kind=committed[2])
                told = {"request_key": f"{KEY}:{key}:{quarter}"}
                done(actions.report(by=by, at=at, partner_id=house.partners[key], facts=facts, **told))


def _carried(house: House) -> None:
    for key, (caseload, turnover, budget, words) in LOADS.items():
        if not Load.objects.filter(partner_id=house.partners[key], request_key=f"{KEY}:{key}").exists():
            with house.then(weeks_ago=5) as (by, at):
                load = LoadFacts(month=house.day(weeks_ago=5), caseload=caseload, turnover=turnover, budget=budget, words=words)
                done(actions.put_load(by=by, at=at, partner_id=house.partners[key], facts=load, request_key=f"{KEY}:{key}"))
    for key, (kind, what, signed_by, where, weeks) in PRIORITIES.items():
        if not Priority.objects.filter(partner_id=house.partners[key], request_key=f"{KEY}:{key}").exists():
            with house.then(weeks_ago=weeks) as (by, at):
                evidence = PriorityFacts(kind=kind, what=what, signed_by=signed_by, where=where, on=house.day(weeks_ago=weeks))
                done(actions.put_priority(by=by, at=at, partner_id=house.partners[key], facts=evidence, request_key=f"{KEY}:{key}"))
