"""What the practice county's partnership told of its services, standards, changes, money and what it keeps. All of it is made up."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from careloom.inventory.facts import FundFacts, KeepFacts, LessonFacts, OfferFacts, PromisingFacts, StandardFacts


@dataclass(frozen=True, kw_only=True)
class StandardOf:
    """A standard with its checks: partner, weeks before the last day, what was found, what shows it, who checked."""

    key: str
    facts: StandardFacts
    weeks_ago: int
    checks: tuple[tuple[str, int, str, str, str], ...] = ()


@dataclass(frozen=True, kw_only=True)
class ChangeOf:
    """A change that answers a gap, with its steps: weeks before the last day, where it stood then, what happened. `due` in weeks before it."""

    key: str
    need: str
    place: str
    way: str
    what: str
    partner: str
    owner: str
    weeks_ago: int
    due: int
    steps: tuple[tuple[int, str, str], ...] = ()


OFFERS = (
    (
        "transit", 50,
        partial(
            OfferFacts, name="Bus pass for a year", needs=("RIDES",), populations=("PREGNANT", "MOTHERS"), places=("Harbor",), payers=("COUNTY",),
            unit="passes", most=120, room=34, notes="Any worker of a partner asks for it by phone.",
        ),
    ),
    (
        "mothers_circle", 70,
        partial(
            OfferFacts, name="Circle of mothers on Thursdays", needs=("PEER", "MUTUAL_HELP"), populations=("MOTHERS", "SPANISH"), places=("Harbor",),
            payers=("FREE",), unit="chairs", most=14, room=5, notes="Child care in the next room.",
        ),
    ),
    (
        "eagle_nation", 44,
        partial(
            OfferFacts, name="Cradleboard teachings", needs=("TRIBAL_WELLNESS", "PARENTING_CLASS"), populations=("TRIBAL", "PREGNANT"),
            places=("Eagle Nation", "Pine"), payers=("TRIBE",), notes="Led by elders. The Nation says who comes.",
        ),
    ),
    (
        "schools", 40,
        partial(
            OfferFacts, name="Early Head Start places at Pine schools", needs=("EARLY_HEAD_START", "CHILD_CARE"), populations=("INFANTS",),
            places=("Pine",), payers=("STATE",), unit="places", most=24, room=0,
        ),
    ),
    (
        "pine_health", 62,
        partial(
            OfferFacts, name="Talks about spacing and health before a pregnancy", needs=("FAMILY_PLANNING", "HEALTH_EDUCATION"),
            points=("PRE_PREGNANCY",), populations=("MOTHERS", "SPANISH"), places=("Pine",), payers=("MEDICAID", "COUNTY"),
        ),
    ),
)  # fmt: skip

STANDARDS = (
    StandardOf(
        key="rooming", weeks_ago=78,
        facts=StandardFacts(
            system="HOSPITALS", name="Mother and baby room together unless one of them needs intensive care", source="Our birth protocol",
            how="Ten charts drawn by lot", every_months=6,
        ),
        checks=(
            ("st_agnes", 60, "PARTLY", "7 of 10 charts", "Birth work group"),
            ("quillstone", 58, "NOT_MET", "No room before spring", "Birth work group"),
            ("st_agnes", 12, "MET", "10 of 10 charts", "Birth work group"), ("quillstone", 10, "PARTLY", "8 of 10 charts", "Birth work group"),
        ),
    ),
    StandardOf(
        key="two-days", weeks_ago=76,
        facts=StandardFacts(
            system="SUBSTANCE_USE", name="A pregnant woman is seen within two days", source="45 CFR 96.131 and the managing entity’s contract",
            how="Days from call to visit, each quarter", every_months=3,
        ),
        checks=(
            ("riverbend", 30, "MET", "Median one day", "Bayline"), ("cedar_path", 30, "PARTLY", "Median three days", "Bayline"),
            ("riverbend", 6, "MET", "Median one day", "Bayline"), ("cedar_path", 6, "MET", "Median two days", "Bayline"),
            ("bayline", 6, "MET", "Contracts say it", "Core team"), ("walk_beside", 6, "MET", "Same day", "Bayline"),
        ),
    ),
    StandardOf(
        key="first-visit", weeks_ago=70,
        facts=StandardFacts(
            system="HOME_VISITING", name="First visit within seven days of going home", source="Program model", how="Visit log", every_months=12,
        ),
        checks=(("harbor_home_visiting", 40, "PARTLY", "Nine days in the hills", "Visiting supervisors"),),
    ),
    StandardOf(
        key="forty-five", weeks_ago=66,
        facts=StandardFacts(
            system="EARLY_INTERVENTION", name="Evaluated within 45 days of the referral", source="34 CFR 303.310", how="The lead agency’s report",
        ),
        checks=(("early_steps", 20, "MET", "41 days on average", "State lead"), ("harbor_early_start", 20, "NOT_MET", "63 days", "State lead")),
    ),
)  # fmt: skip

CHANGES = (
    ChangeOf(
        key="passes", need="RIDES", place="Harbor", way="ACCESS", what="A bus pass with the first appointment, handed out by any partner",
        partner="transit", owner="Odell Marsh", weeks_ago=56, due=30,
        steps=((50, "UNDER_WAY", "The transit board gave 120 passes."), (36, "IN_PLACE", "Every partner has passes in a drawer.")),
    ),
    ChangeOf(
        key="van", need="RIDES", place="Pine", way="DEVELOP", what="A van on Tuesdays and Fridays from the hills to the clinic", partner="maplecare",
        owner="Colm Lindenmoor", weeks_ago=30, due=4, steps=((18, "UNDER_WAY", "The health plan pays a driver for half a year."),),
    ),
    ChangeOf(
        key="rooms", need="RESIDENTIAL_WITH_CHILDREN", place="", way="EXPAND", what="Four more family rooms at Cedar Path", partner="cedar_path",
        owner="Director of Cedar Path", weeks_ago=44, due=-26, steps=((28, "UNDER_WAY", "The license was asked for."),),
    ),
    ChangeOf(
        key="one-door", need="FOOD", place="Pine", way="COORDINATE", what="One form for WIC, the pantry and benefits", partner="pine_health",
        owner="WIC coordinator", weeks_ago=40, due=-8, steps=((22, "UNDER_WAY", "The three offices agreed on one page."),),
    ),
    ChangeOf(
        key="night", need="COUNSELING", place="Harbor", way="EXPAND", what="Evening hours for counseling", partner="riverbend",
        owner="Clinic manager", weeks_ago=60, due=34, steps=((34, "STOPPED", "Nobody came after seven. Mothers asked for mornings instead."),),
    ),
    ChangeOf(
        key="homes", need="HOUSING", place="Harbor", way="EXPAND", what="Two apartments held for mothers who leave residential care",
        partner="hope_street", owner="Intake lead", weeks_ago=10, due=-40,
    ),
)  # fmt: skip

FUNDS = (
    ("grant", 98, partial(FundFacts, name="Regional partnership grant", payer="RPG", pays_for="The coordinator and the evaluation", dollars=240_000,
                          after="LOOKING", after_words="The county budget is asked in March."), "pine_harbor_partnership", -31),
    ("settlement", 60, partial(FundFacts, name="Opioid settlement, second round", payer="SETTLEMENT", pays_for="Peer specialists at the birth center",
                               dollars=150_000, after="NOTHING"), "walk_beside", -22),
    ("visits", 90, partial(FundFacts, name="MIECHV contract", payer="MIECHV", pays_for="Two of four visiting nurses", dollars=310_000,
                           after="SECURED", after_words="Renewed for three years."), "harbor_home_visiting", -44),
    ("waiver", 80, partial(FundFacts, name="Medicaid for case management", payer="MEDICAID",
                           pays_for="Case management until twelve months after birth",
                           after="NOT_NEEDED"), "maplecare", None),
    ("van", 18, partial(FundFacts, name="Van pilot", payer="FOUNDATION", pays_for="A driver on two days", dollars=28_000, after="APPLIED",
                        after_words="Asked of the health plan."), "maplecare", -6),
)  # fmt: skip

KEEPS = (
    ("handoff", 26, partial(KeepFacts, name="The warm hand-off from the birth center", kind="RELATIONSHIPS", stay="KEEP",
                            why="Mothers say that it made the difference.", keeper="Social work supervisor", written_at="Birth protocol, section 4"),
     "st_agnes", -20),
    ("monthly", 26, partial(KeepFacts, name="The monthly core team with families first", kind="RELATIONSHIPS", stay="KEEP", keeper="Coordinator",
                            written_at="Charter of the core team, version 2"), "pine_harbor_partnership", -26),
    ("passes", 20, partial(KeepFacts, name="Bus passes", kind="RESOURCES", stay="ALTER", why="A pass for three months is enough for most.",
                           keeper="Operations", written_at="Agreement on passes"), "transit", 2),
    ("evenings", 30, partial(KeepFacts, name="Evening hours", kind="RESOURCES", stay="LET_GO", why="Nobody came."), "", None),
    ("position", 12, partial(KeepFacts, name="The integration position", kind="RESOURCES", stay="UNDECIDED",
                             why="Its contract ends with the settlement."), "", -10),
    ("prenatal", 16, partial(KeepFacts, name="Plans before birth", kind="RESULTS", stay="KEEP", why="Fewer hard weeks after the birth.",
                             keeper="Nurse manager", written_at="Clinic workflow 12"), "pine_womens", -30),
)  # fmt: skip

LESSONS = (
    ("names", 92, partial(LessonFacts, kind="DECISION", name="No family is named in any minutes", keeper="Leah Harrowmere",
                          words="Minutes travel. A story is told in the room and written down without names, ages or places.")),
    ("evening", 33, partial(LessonFacts, kind="LESSON", name="Ask mothers for the hour before you open it", keeper="Clinic manager, Riverbend",
                            words="We opened evenings because we thought that work was the hurdle. It was child care, and mornings have it.")),
    ("passes", 35, partial(LessonFacts, kind="HOW_TO", name="How a bus pass is handed out", keeper="Odell Marsh, Harbor Transit",
                           words="Take one from the drawer, write the number on the list, give it. No form, no reason, no name.")),
    ("nation", 42, partial(LessonFacts, kind="DECISION", name="The Nation counts its own families", keeper="Wellness director, Eagle Nation",
                           words="The Nation decides which of its numbers it brings to the table. We count by county and leave its outline white.")),
    ("checks", 9, partial(LessonFacts, kind="LESSON", name="A check that nobody fears finds more", keeper="Birth work group",
                          words="When results were named only to oneself, two partners reported what they had not told before.")),
)  # fmt: skip

PROMISING = (
    ("CO_LOCATION", 24, partial(PromisingFacts, here="YES", evidence="A treatment specialist sits at Pine Children on three days."), 70),
    ("TREATMENT_COURT", 24, partial(PromisingFacts, here="PARTLY", evidence="A docket in Pine County; Harbor begins in spring."), 52),
    ("CASE_MANAGEMENT", 20, partial(PromisingFacts, here="YES", evidence="One plan with one lead for every family."), 88),
    ("STRUCTURES", 20, partial(PromisingFacts, here="YES", evidence="Three tiers with charters."), 94),
    ("WRAPAROUND", 20, partial(PromisingFacts, here="NO", evidence=""), None),
    ("PROTOCOLS", 14, partial(PromisingFacts, here="PARTLY", evidence="A notification is answered within a day in Pine, not yet in Harbor."), 40),
)  # fmt: skip

# Months before the last: kinds of need with a service, services, families served (None: few), families it is meant for.
MONTHS = (
    (22, 57, 33, None, 58), (20, 58, 35, None, 60), (18, 60, 36, None, 57), (16, 61, 38, 11, 61), (14, 63, 41, 13, 59), (12, 64, 43, 14, 62),
    (10, 66, 46, 17, 60), (8, 67, 47, 19, 58), (6, 69, 50, 22, 61), (4, 70, 52, 24, 63), (2, 71, 54, 27, 60), (1, 71, 55, 29, 61),
)  # fmt: skip
