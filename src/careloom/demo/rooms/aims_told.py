"""What the practice county's partnership told of its aims, measures, savings and data points. All of it is made up."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from careloom.aims.facts import LineFacts, ProposalFacts


@dataclass(frozen=True, kw_only=True)
class AimOf:
    """An aim with its looks: weeks before the last day, what was seen, what follows, and the value with its period. `by` in weeks after it."""

    key: str
    outcome: str
    success: str
    goal: str
    owner: str
    owner_name: str
    body: str
    who: str
    weeks_ago: int
    indicator: str = ""
    proposal: str = ""
    candidates: tuple[str, ...] = ()
    baseline: str = ""
    baseline_period: str = ""
    baseline_source: str = ""
    target: str = ""
    by: int = 60
    looks: tuple[tuple[int, str, str, str, str], ...] = ()
    first: str = ""


AIMS = (
    AimOf(
        key="before_birth", outcome="Families have their plan before the birth", indicator="PRENATAL", goal="UP", owner="pine_womens",
        owner_name="Dr. Linnea Marsh", body="core", who="harrowmere", weeks_ago=60, candidates=("POSC_BEFORE_HOME",),
        success="A mother who wants a plan has it weeks before the birth, in her own words.",
        baseline="14", baseline_period="the year before we began", baseline_source="Plans of two clinics, counted by hand", target="40", by=110,
        looks=(
            (30, "Women’s Health writes most of them. Harbor writes none.", "A midwife’s half day in Harbor from spring on.", "19", "the first year"),
            (6, "Harbor has begun. Treatment programs still begin after the birth.", "Riverbend asks at the first visit.", "", ""),
        ),
        first="Everything after the birth is easier with it.",
    ),
    AimOf(
        key="home", outcome="Babies grow up at home with a parent", indicator="RH12", goal="UP", owner="pine_children", owner_name="Delia Quinn",
        body="oversight", who="whitfield", weeks_ago=72, candidates=("RH6", "CARE_DAYS", "SUPPORT1"),
        success="More infants are at home with a parent on their first birthday, and safe there.",
        baseline="88", baseline_period="the two years before we began", baseline_source="Placement records of both counties", target="92", by=90,
        looks=((7, "It moves in Pine and not in Harbor.", "Harbor’s liaison sits with the birth group.", "89", "the first year"),),
        first="Mothers told us that this is what they fear most.",
    ),
    AimOf(
        key="treatment", outcome="Parents stay in treatment as long as it helps", indicator="KEPT180", goal="UP", owner="riverbend",
        owner_name="Ines Thistlegate", body="core", who="harrowmere", weeks_ago=50, candidates=("KEPT90", "MOUD180", "RATED"),
        success="Half a year on, parents are still in treatment that they want.", baseline="70", baseline_period="the year before we began",
        baseline_source="Riverbend and Cedar Path, together", target="78", by=80,
        looks=((8, "Who comes with a peer stays. Others leave in the third month.", "A peer comes at first.", "71", "the last twelve months"),),
    ),
    AimOf(
        key="again", outcome="No child is hurt again", indicator="S2", goal="DOWN", owner="harbor_children", owner_name="Marcus Bell",
        body="oversight", who="whitfield", weeks_ago=72, candidates=("HARM6",), success="A child who was hurt once is not hurt again.",
        baseline="9.7", baseline_period="the nation, CFSR round 4", baseline_source="As recollected, until we have our own", target="8", by=90,
    ),
    AimOf(
        key="asked", outcome="Mothers say that they were asked first", proposal="asked", goal="UP", owner="mothers_circle",
        owner_name="Rosa Ivermoor", body="core", who="harrowmere", weeks_ago=8, success="Every mother remembers being asked before she was tested.",
    ),
)  # fmt: skip

PROPOSALS = {
    "asked": (
        28, "ivermoor",
        ProposalFacts(
            name="Asked before a test", question="Of the mothers who were tested, how many say that they were asked first?",
            counted="Mothers who answer that they were asked before a test of themselves or the baby.",
            among="Mothers who answer the questions of the circle within three months of the birth.", source="The circle’s questions, on paper",
            whom="ADULT", kind="SHARE", goal="UP", instead_of="TESTED_BIRTHS",
            why="We count tests. We do not count whether anybody asked, and that is what mothers speak of.",
        ),
        (
            (26, "VALID", "YES", "The circle wrote the question, and twelve mothers understood it alike."),
            (26, "AVAILABLE", "PARTLY", "The circle reaches about half of the mothers."),
            (25, "TIMELY", "YES", "Answers are three months old at most."),
            (24, "BY_GROUP", "NO", "Fewer than eleven answers a quarter: no group can be told."),
            (10, "BY_GROUP", "PARTLY", "Over a year it can be told by county and by language."),
        ),
        (9, "core", "ADOPTED", "AIM", "It says what no other number says. We tell it by year until more answer."),
    ),
    "days_alone": (
        14, "castillo",
        ProposalFacts(
            name="Nights apart", question="How many nights is a baby in the hospital without a parent in the room?",
            counted="Nights without a parent in the room.", among="Infants with withdrawal who stay longer than two nights.",
            source="Charts of the birth center", whom="CHILD", kind="MEAN", goal="DOWN", instead_of="HOSPITAL_NIGHTS",
            why="Nights in the hospital do not tell whether a mother could stay.",
        ),
        (
            (12, "VALID", "YES", "Nurses and mothers agree on what it means."),
            (11, "AVAILABLE", "NO", "Only St. Agnes writes it down."),
        ),
        None,
    ),
}  # fmt: skip

#: The partner, who says it, weeks ago, its words, how it knows, and which aims that is.
DESIRES = (
    ("pine_children", "harrowmere", 40, "Children live safely with their own families.", "Placements, each month", ("home", "again")),
    ("harbor_children", "harrowmere", 40, "No child comes to harm while we work with the family.", "Reports, each month", ("again",)),
    ("riverbend", "thistlegate", 39, "People stay in recovery, as they themselves mean it.", "Days in treatment", ("treatment",)),
    ("st_agnes", "larkmeade", 38, "Mother and baby go home together, and early.", "Nights in the hospital", ("home", "before_birth")),
    ("pine_womens", "harrowmere", 38, "A healthy birth at term.", "Weeks at birth", ()),
    ("harbor_home_visiting", "ivermoor", 37, "Parents feel sure of themselves with their baby.", "A question at each visit", ()),
    ("mothers_circle", "harrowmere", 12, "To be asked, and to be believed.", "", ("asked",)),
)  # fmt: skip

SAVING_LINES = (
    LineFacts(part="NICU_DAY", ours=820, theirs=1490, source="St. Agnes and Quillstone, days billed"),
    LineFacts(part="FOSTER_DAY", ours=5100, theirs=7900, source="Placement records of both counties, first year of life"),
    LineFacts(part="PRETERM_BIRTH", ours=14, theirs=20, source="Birth certificates"),
)
SAVING = {
    "name": "Plans before birth, the first year", "helped": "Families whose plan was written before the birth, first year",
    "against": "Families of the two years before, with plans after the birth, in both counties", "families": 100, "compared": 100, "paid": 316_100,
    "paid_source": "Hours of two coordinators, a nurse and the van, as the budget office adds them",
}  # fmt: skip

PURPOSES = (
    ("TREATMENT", "bayline", "Integration of child welfare and treatment", ("ENGAGED", "KEPT90", "KEPT180"),
     "Parents whom child welfare refers begin treatment and are still in it after ninety days."),
    ("TOGETHER", "coastal", "Integration of child welfare and treatment", ("TOGETHER", "RH12"),
     "Families who are served stay together, and children are safe at home."),
)  # fmt: skip

POINTS = ("Integration data points", "The Department’s regional office", "bayline", ("ENGAGED", "KEPT90", "TOGETHER", "COMMON"), "QUARTER", 30)


def number(text: str) -> Decimal | None:
    """A number that is told, or none."""
    return Decimal(text) if text else None
