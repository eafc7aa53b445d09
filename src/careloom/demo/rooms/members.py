"""Who is in the partnership of the practice county: partners, bodies, members. All of them are made up."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class PartnerOf:
    """A partner; `key` is the key of an agency of the practice county, or a key of its own with a `name`."""

    key: str
    sectors: tuple[str, ...]
    name: str = ""
    weeks_ago: int = 99
    kinds: tuple[str, ...] = ()
    streams: tuple[str, ...] = ()
    brings: str = ""


@dataclass(frozen=True, kw_only=True)
class BodyOf:
    """A committee, a team or a group."""

    key: str
    name: str
    tier: str
    lead: str
    weeks_ago: int = 98
    focus: str = ""
    stood_before: bool = False
    convened_by: str = ""
    reports_to: str = ""
    not_needed: tuple[str, ...] = ()
    quorum: int = 0


@dataclass(frozen=True, kw_only=True)
class SeatOf:
    """A member: a worker of the practice county by her key, or somebody with a `name`. `term` and `left` are weeks before the last day."""

    key: str
    body: str
    partner: str
    worker: str = ""
    name: str = ""
    title: str = ""
    weeks_ago: int = 97
    level: str = "MANAGER"
    authority: str = "POLICY_AND_MONEY"
    office: str = "MEMBER"
    lens: str = ""
    decides: bool = False
    money: bool = False
    expertise: str = ""
    lived: tuple[str, ...] = ()
    supports: tuple[str, ...] = ()
    term: int | None = None
    left: int | None = None
    commitment: str = ""


@dataclass(frozen=True, kw_only=True)
class Line:
    """How decisions of her agency are obtained."""

    title: str
    line_to: str
    line_how: str
    line_days: int


P, EARLY, CARE, TREAT = "PREVENTION", "EARLY_INTERVENTION", "MATERNAL_INFANT_HEALTH", "COMMUNITY_TREATMENT"
PARTNERS = (
    PartnerOf(
        key="columbia_department", sectors=("MATERNAL_CHILD_HEALTH", "SUBSTANCE_USE"),
        brings="The secretary of oversight and the forms of the state",
    ),
    PartnerOf(key="pine_harbor_partnership", sectors=("MATERNAL_CHILD_HEALTH",), brings="The coordinator and the room"),
    PartnerOf(key="st_agnes", sectors=("HOSPITALS",), streams=(CARE,), brings="Two social workers and the birth center’s data"),
    PartnerOf(key="quillstone", sectors=("HOSPITALS",), streams=(CARE,), brings="A social worker"),
    PartnerOf(key="pine_womens", sectors=("MEDICAL_PROVIDERS", "MATERNAL_CHILD_HEALTH"), streams=(CARE,), brings="Two rooms for prenatal planning"),
    PartnerOf(key="harbor_midwives", sectors=("MEDICAL_PROVIDERS",), streams=(CARE,), brings="A midwife’s half day each week"),
    PartnerOf(
        key="riverbend", sectors=("SUBSTANCE_USE", "MENTAL_HEALTH"), streams=(TREAT,),
        brings="The integration position, naloxone and staff training",
    ),
    PartnerOf(key="cedar_path", sectors=("SUBSTANCE_USE",), streams=(TREAT,), brings="Family rooms in Pine County"),
    PartnerOf(key="pine_pediatrics", sectors=("MEDICAL_PROVIDERS",), streams=(CARE,), brings="A pediatrician’s hour each month"),
    PartnerOf(key="harbor_childrens", sectors=("MEDICAL_PROVIDERS",), streams=(CARE,), brings="Hearing tests"),
    PartnerOf(key="pine_children", sectors=("CHILD_WELFARE",), streams=(P,), brings="A liaison who answers within a day"),
    PartnerOf(key="harbor_children", sectors=("CHILD_WELFARE",), streams=(P,), brings="A liaison"),
    PartnerOf(key="harbor_home_visiting", sectors=("HOME_VISITING",), streams=(P, CARE), brings="Four nurses and a van"),
    PartnerOf(key="pine_first_years", sectors=("HOME_VISITING",), streams=(P,), brings="Parent educators who speak Spanish"),
    PartnerOf(key="early_steps", sectors=("EARLY_INTERVENTION",), streams=(EARLY,), brings="Evaluations at home"),
    PartnerOf(key="harbor_early_start", sectors=("EARLY_INTERVENTION",), streams=(EARLY,), brings="Evaluations in Harbor County"),
    PartnerOf(key="maplecare", sectors=("HEALTH_PLANS",), brings="Ride vouchers and case management", weeks_ago=90),
    PartnerOf(key="columbia_first", sectors=("HEALTH_PLANS",), brings="Case management", weeks_ago=88),
    PartnerOf(key="pine_health", sectors=("PUBLIC_HEALTH",), streams=(P, CARE), brings="WIC, cribs and a nurse coordinator"),
    PartnerOf(key="harbor_health", sectors=("PUBLIC_HEALTH",), streams=(P, CARE), brings="WIC and vital statistics"),
    PartnerOf(key="harbor_house", sectors=("ABUSE_PREVENTION",), kinds=("HOUSING",), brings="Six family rooms", weeks_ago=80),
    PartnerOf(key="hope_street", sectors=("ABUSE_PREVENTION",), kinds=("HOUSING",), brings="An intake line", weeks_ago=60),
    PartnerOf(key="lantern", sectors=("ABUSE_PREVENTION",), kinds=("COMMUNITY",), streams=(P,), brings="Advocates and safety training", weeks_ago=85),
    PartnerOf(key="safe_shore", sectors=("ABUSE_PREVENTION",), kinds=("COMMUNITY",), streams=(P,), brings="Advocates", weeks_ago=64),
    PartnerOf(
        key="walk_beside", sectors=("FAMILIES", "SUBSTANCE_USE"), kinds=("COMMUNITY",), streams=(TREAT,), brings="Peer specialists", weeks_ago=92,
    ),
    PartnerOf(key="mothers_circle", sectors=("FAMILIES",), kinds=("COMMUNITY",), brings="A circle of mothers who have been through it", weeks_ago=92),
    PartnerOf(key="pine_court", sectors=("COURTS",), brings="A judge’s time and a family treatment docket"),
    PartnerOf(key="harbor_court", sectors=("COURTS",), brings="A docket coordinator"),
    PartnerOf(
        key="eagle_nation", sectors=("TRIBES",), kinds=("CULTURE",), brings="The Nation’s wellness team and its Healing Circle Plans",
        weeks_ago=46,
    ),
    PartnerOf(
        key="bayline", name="Bayline Managing Entity", sectors=("SUBSTANCE_USE", "MENTAL_HEALTH"),
        brings="Contracts of 31 providers",
    ),
    PartnerOf(key="coastal", name="Coastal Community Care", sectors=("CHILD_WELFARE",), brings="Case management of the two counties"),
    PartnerOf(
        key="schools", name="Pine County Schools", sectors=("EDUCATION",), kinds=("SCHOOLS", "EARLY_CHILDHOOD"),
        brings="Early Head Start places", weeks_ago=44,
    ),
    PartnerOf(
        key="transit", name="Harbor Transit", sectors=("PUBLIC_HEALTH",), kinds=("TRANSPORTATION",), brings="A bus pass for a year", weeks_ago=52,
    ),
    PartnerOf(key="budget", name="Columbia Budget Office", sectors=("FINANCE",), brings="An analyst each quarter", weeks_ago=76),
)  # fmt: skip

NOT_ALL = ("FINANCE", "COURTS", "EDUCATION", "TRIBES")
BODIES = (
    BodyOf(
        key="oversight", name="Oversight committee", tier="OVERSIGHT", lead="columbia_department", quorum=5,
        focus="Decides what one agency alone cannot.",
        stood_before=True, convened_by="The Governor’s order on infants and recovery", reports_to="The Governor’s health secretary",
    ),
    BodyOf(key="core", name="Core team", tier="CORE", lead="pine_harbor_partnership", quorum=8, focus="Turns what families meet into policy."),
    BodyOf(
        key="rides", name="Rides and distance", tier="WORK_GROUP", lead="harbor_home_visiting", quorum=4, weeks_ago=84,
        focus="Nobody misses treatment for want of a ride.", not_needed=NOT_ALL,
    ),
    BodyOf(
        key="newborn", name="Birth and the first weeks", tier="WORK_GROUP", lead="st_agnes", quorum=4, weeks_ago=82,
        focus="From the birth center to the first visit at home.", not_needed=("FINANCE", "EDUCATION"),
    ),
    BodyOf(
        key="prenatal", name="Plans before birth", tier="WORK_GROUP", lead="pine_womens", quorum=4, weeks_ago=60,
        focus="A plan that she writes before the birth.", not_needed=("FINANCE", "EDUCATION", "COURTS"),
    ),
    BodyOf(
        key="integration", name="Child welfare and treatment integration", tier="WORK_GROUP", lead="bayline", quorum=4, weeks_ago=74,
        focus="Clients whom both serve, month by month.", not_needed=("EDUCATION", "TRIBES"),
    ),
)  # fmt: skip

SITS = {
    "adeyemi": Line(title="State lead", line_to="Deputy Secretary Oyelaran", line_how="Briefing on Mondays", line_days=5),
    "reed": Line(title="Supervisor, family assessment", line_to="Director Haverstock", line_how="A page of memo", line_days=10),
    "whitfield": Line(title="Family court judge", line_to="The judges’ conference", line_how="Its monthly meeting", line_days=20),
    "two_rivers": Line(title="Wellness director", line_to="Eagle Nation’s council", line_how="Council session, twice a month", line_days=15),
    "ivermoor": Line(title="Home visiting supervisor", line_to="Director Pennington", line_how="Email with a yes or no", line_days=3),
    "larkmeade": Line(title="Social work supervisor", line_to="Chief nurse Abernathy", line_how="Weekly rounds", line_days=7),
}

TOP, MID, GROUND = "DIRECTS_RESOURCES", "POLICY_AND_MONEY", "ON_THE_GROUND"
LIVES = ("STIPEND", "CHILD_CARE", "TRAVEL")
SEATS = (
    SeatOf(
        key="o-whitfield", body="oversight", partner="pine_court", worker="whitfield", level="DIRECTOR", authority=TOP, office="CHAIR",
        decides=True, commitment="A child should not wait for us to agree.",
    ),
    SeatOf(
        key="o-adeyemi", body="oversight", partner="columbia_department", worker="adeyemi", level="DIRECTOR", authority=TOP, office="SECRETARY",
        decides=True, commitment="Every plan gets read.",
    ),
    SeatOf(
        key="o-two-rivers", body="oversight", partner="eagle_nation", worker="two_rivers", level="DIRECTOR", authority=TOP, decides=True,
        weeks_ago=46, commitment="Our families are led by us.",
    ),
    SeatOf(
        key="o-haverstock", body="oversight", partner="pine_children", name="Carla Haverstock", title="Director", level="DIRECTOR",
        authority=TOP, decides=True,
    ),
    SeatOf(
        key="o-osgood", body="oversight", partner="pine_health", name="Dr. Miriam Osgood", title="Health officer", level="DIRECTOR",
        authority=TOP, decides=True,
    ),
    SeatOf(
        key="o-vance", body="oversight", partner="bayline", name="Terrence Vance", title="Chief executive", level="DIRECTOR", authority=TOP,
        decides=True, money=True, weeks_ago=90,
    ),
    SeatOf(
        key="o-albright", body="oversight", partner="st_agnes", name="Helena Albright", title="Chief executive", level="DIRECTOR", authority=TOP,
        decides=True,
    ),
    SeatOf(key="o-juniperley", body="oversight", partner="maplecare", worker="juniperley", level="SUPERVISOR", authority=MID, weeks_ago=88),
    SeatOf(
        key="o-banerjee", body="oversight", partner="budget", name="Anil Banerjee", title="Budget analyst", level="MANAGER", authority=TOP,
        money=True, weeks_ago=76,
    ),
    SeatOf(
        key="c-adeyemi", body="core", partner="columbia_department", worker="adeyemi", level="DIRECTOR", office="CO_CHAIR",
        lens="Treatment and recovery",
    ),
    SeatOf(
        key="c-two-rivers", body="core", partner="eagle_nation", worker="two_rivers", level="DIRECTOR", office="CO_CHAIR",
        lens="The Nation’s families", weeks_ago=44,
    ),
    SeatOf(key="c-harrowmere", body="core", partner="pine_harbor_partnership", worker="harrowmere", office="SECRETARY"),
    SeatOf(
        key="c-thistlegate", body="core", partner="riverbend", worker="thistlegate", level="SUPERVISOR",
        commitment="Medicine in pregnancy should frighten nobody.",
    ),
    SeatOf(key="c-greyhollow", body="core", partner="cedar_path", worker="greyhollow", level="SUPERVISOR"),
    SeatOf(
        key="c-reed", body="core", partner="pine_children", worker="reed", level="SUPERVISOR",
        commitment="A notification is not a report, and I say so each week.",
    ),
    SeatOf(key="c-pinehallow", body="core", partner="harbor_children", worker="pinehallow", level="SUPERVISOR"),
    SeatOf(key="c-larkmeade", body="core", partner="st_agnes", worker="larkmeade", level="SUPERVISOR"),
    SeatOf(key="c-ivermoor", body="core", partner="harbor_home_visiting", worker="ivermoor", level="SUPERVISOR"),
    SeatOf(key="c-lim", body="core", partner="early_steps", worker="lim", level="FRONT_LINE", authority=GROUND, weeks_ago=70),
    SeatOf(key="c-juniperley", body="core", partner="maplecare", worker="juniperley", level="SUPERVISOR", weeks_ago=86),
    SeatOf(
        key="c-hazelthorne", body="core", partner="pine_womens", worker="hazelthorne", level="FRONT_LINE", authority=GROUND, expertise="Midwifery",
    ),
    SeatOf(key="c-nettlesby", body="core", partner="pine_health", worker="nettlesby"),
    SeatOf(key="c-lunasierra", body="core", partner="harbor_court", worker="lunasierra", level="FRONT_LINE"),
    SeatOf(
        key="c-brackwater", body="core", partner="walk_beside", worker="brackwater", level="FRONT_LINE", authority=GROUND, lived=("TREATMENT",),
        supports=LIVES, weeks_ago=88, commitment="I was that mother.",
    ),
    SeatOf(key="c-okonjo", body="core", partner="schools", name="Peter Okonjo", title="Early childhood manager", weeks_ago=44),
    SeatOf(key="c-marsh", body="core", partner="lantern", name="Judith Marshfield", title="Program director", weeks_ago=84, left=55),
    SeatOf(key="c-tolliver", body="core", partner="coastal", name="Wes Tolliver", title="Operations manager"),
    SeatOf(
        key="r-lindqvist", body="rides", partner="harbor_home_visiting", worker="lindqvist", level="FRONT_LINE", authority=GROUND,
        office="CHAIR", weeks_ago=83, term=-8,
    ),
    SeatOf(key="r-whitlock", body="rides", partner="riverbend", worker="whitlock", level="FRONT_LINE", authority=GROUND, weeks_ago=83),
    SeatOf(key="r-lindenmoor", body="rides", partner="maplecare", worker="lindenmoor", level="FRONT_LINE", authority=GROUND, weeks_ago=80),
    SeatOf(
        key="r-riocedro", body="rides", partner="mothers_circle", worker="riocedro", level="FRONT_LINE", authority=GROUND,
        lived=("TREATMENT", "CHILD_WELFARE"), supports=LIVES, weeks_ago=80,
    ),
    SeatOf(
        key="r-ferris", body="rides", partner="transit", name="Mona Ferris", title="Route planner", level="MANAGER", authority=GROUND,
        weeks_ago=52,
    ),
    SeatOf(key="r-duskwood", body="rides", partner="harbor_children", worker="duskwood", level="FRONT_LINE", authority=GROUND, weeks_ago=78),
    SeatOf(key="r-solanueva", body="rides", partner="harbor_health", worker="solanueva", level="FRONT_LINE", authority=GROUND, weeks_ago=78),
    SeatOf(
        key="n-castillo", body="newborn", partner="st_agnes", worker="castillo", level="FRONT_LINE", authority=GROUND, office="CHAIR",
        weeks_ago=81,
    ),
    SeatOf(key="n-stonefinch", body="newborn", partner="quillstone", worker="stonefinch", level="FRONT_LINE", authority=GROUND, weeks_ago=81),
    SeatOf(key="n-okafor", body="newborn", partner="pine_pediatrics", worker="okafor", level="FRONT_LINE", authority=GROUND, weeks_ago=81),
    SeatOf(key="n-maravalle", body="newborn", partner="pine_first_years", worker="maravalle", level="FRONT_LINE", authority=GROUND, weeks_ago=80),
    SeatOf(key="n-ortiz", body="newborn", partner="pine_children", worker="ortiz", level="FRONT_LINE", authority=GROUND, weeks_ago=76),
    SeatOf(key="n-brightfen", body="newborn", partner="harbor_early_start", worker="brightfen", level="FRONT_LINE", authority=GROUND, weeks_ago=76),
    SeatOf(key="n-nettlesby", body="newborn", partner="pine_health", worker="nettlesby", level="FRONT_LINE", authority=GROUND, weeks_ago=70),
    SeatOf(
        key="p-hazelthorne", body="prenatal", partner="pine_womens", worker="hazelthorne", level="FRONT_LINE", authority=GROUND,
        office="CO_CHAIR", lens="Prenatal care", weeks_ago=59,
    ),
    SeatOf(
        key="p-fernhallow", body="prenatal", partner="riverbend", worker="fernhallow", level="FRONT_LINE", authority=GROUND, office="CO_CHAIR",
        lens="Medicine", weeks_ago=59,
    ),
    SeatOf(key="p-valdeluna", body="prenatal", partner="harbor_midwives", worker="valdeluna", level="FRONT_LINE", authority=GROUND, weeks_ago=59),
    SeatOf(key="p-two-rivers", body="prenatal", partner="eagle_nation", worker="two_rivers", level="DIRECTOR", authority=GROUND, weeks_ago=40),
    SeatOf(
        key="p-brackwater", body="prenatal", partner="walk_beside", worker="brackwater", level="FRONT_LINE", authority=GROUND,
        lived=("TREATMENT",), supports=LIVES, weeks_ago=50,
    ),
    SeatOf(
        key="i-vance", body="integration", partner="bayline", name="Odile Renner", title="Integration manager", weeks_ago=72, office="CO_CHAIR",
        lens="Managing entity",
    ),
    SeatOf(
        key="i-tolliver", body="integration", partner="coastal", name="Wes Tolliver", title="Operations manager", weeks_ago=72,
        office="CO_CHAIR", lens="Lead agency",
    ),
    SeatOf(
        key="i-whitlock", body="integration", partner="riverbend", worker="whitlock", title="Integration position", level="FRONT_LINE",
        authority=GROUND, weeks_ago=70,
    ),
    SeatOf(key="i-rowanmere", body="integration", partner="cedar_path", worker="rowanmere", level="FRONT_LINE", authority=GROUND, weeks_ago=70),
    SeatOf(
        key="i-adeyemi", body="integration", partner="columbia_department", worker="adeyemi", title="Regional staff of the Department",
        level="DIRECTOR", weeks_ago=70,
    ),
    SeatOf(key="i-harrowmere", body="integration", partner="pine_harbor_partnership", worker="harrowmere", office="SECRETARY", weeks_ago=70),
)  # fmt: skip
