"""Lines of the registers of the practice county: contacts, library, trainings, champions, related bodies. All of it is made up."""

from __future__ import annotations

from typing import Any

# register, key, weeks before the last day, who writes it, what is told. "@" names a partner or an earlier line, "-n" a day so many weeks ago.
Told = tuple[str, str, int, str, dict[str, Any]]
ALL = ("DIRECTOR", "MANAGER", "SUPERVISOR", "FRONT_LINE")
GROUND = ("SUPERVISOR", "FRONT_LINE")


def contact(key: str, weeks: int, who: str, partner: str, kind: str, name: str, hours: str, title: str = "") -> Told:
    """Whom to call at a partner."""
    told = {"name": name, "partner": f"@{partner}", "kind": kind, "title": title, "line": "555-0142", "mail": "", "hours": hours}
    return "contacts", key, weeks, who, told


CONTACTS: tuple[Told, ...] = (
    contact("agnes-night", 60, "larkmeade", "st_agnes", "ON_CALL", "Social work, birth center", "Every night from 6 PM"),
    contact("agnes-main", 60, "larkmeade", "st_agnes", "MAIN", "Lark Meade", "Weekdays", "Social work supervisor"),
    contact("river-liaison", 58, "thistlegate", "riverbend", "LIAISON", "June Thistlegate", "Answers hospitals within two hours"),
    contact("river-beside", 40, "thistlegate", "riverbend", "BESIDE", "Integration position", "Tuesdays and Thursdays at Pine County child welfare"),
    contact("pine-liaison", 57, "reed", "pine_children", "LIAISON", "Family assessment desk", "Answers within a day", "For hospitals and programs"),
    contact("eagle-main", 40, "two_rivers", "eagle_nation", "MAIN", "Wellness office", "Weekdays, and by the Nation’s line at night"),
    contact("home-main", 55, "ivermoor", "harbor_home_visiting", "MAIN", "Intake desk", "Weekdays from 8 AM to 5 PM"),
    contact("plan-main", 50, "juniperley", "maplecare", "MAIN", "Rides and case management", "Weekdays"),
)

LISTS: tuple[Told, ...] = (
    *CONTACTS,
    ("transfer", "swaddle", 48, "castillo", {
        "subject": "Eat, sleep, console: what one does before any medicine", "taught_by": "Birth center nurses",
        "taught_to": "Quillstone’s night shift",
        "on": -48, "link": "", "note": "Two evenings, then a nurse stayed a week.",
    }),
    ("transfer", "prior", 35, "thistlegate", {
        "subject": "How one asks a plan for medication without delay", "taught_by": "Riverbend intake", "taught_to": "Cedar Path and Pine Women’s",
        "on": -35, "link": "", "note": "",
    }),
    ("transfer", "icwa", 22, "two_rivers", {
        "subject": "What a Healing Circle Plan is, and who leads it", "taught_by": "Eagle Nation wellness team", "taught_to": "Core team",
        "on": -22, "link": "", "note": "Ask the Nation before one uses the form.",
    }),
    ("library", "capta", 95, "harrowmere", {
        "title": "Plans of safe care: what federal law asks of states", "by_whom": "Administration for Children and Families", "year": 2017,
        "link": "https://www.acf.hhs.gov/cb", "tags": ("law", "plans"), "why": "Where the word notification comes from.",
    }),
    ("library", "asfa", 94, "harrowmere", {
        "title": "Adoption and Safe Families Act", "by_whom": "Public Law 105-89", "year": 1997,
        "link": "https://www.congress.gov/bill/105th-congress/house-bill/867", "tags": ("law", "time limits"), "why": "Why courts count months.",
    }),
    ("library", "acog", 80, "hazelthorne", {
        "title": "Opioid use and opioid use disorder in pregnancy", "by_whom": "American College of Obstetricians and Gynecologists", "year": 2017,
        "link": "https://www.acog.org/clinical", "tags": ("medicine", "pregnancy"), "why": "Medication in pregnancy is the standard.",
    }),
    ("library", "part2", 40, "harrowmere", {
        "title": "Confidentiality of substance use disorder patient records: the final rule", "by_whom": "Department of Health and Human Services",
        "year": 2024, "link": "https://www.hhs.gov/hipaa", "tags": ("law", "sharing"), "why": "What one consent may cover now.",
    }),
    ("library", "stigma", 30, "brackwater", {
        "title": "Words matter: terms to use and avoid", "by_whom": "National Institute on Drug Abuse", "year": 2021,
        "link": "https://nida.nih.gov", "tags": ("stigma", "words"), "why": "Short enough for a staff meeting.",
    }),
    ("courses", "stigma", 88, "harrowmere", {
        "title": "Disrupting stigma: two hours with a mother who was there", "subject": "STIGMA", "given_by": "Mothers’ circle", "hours": 2,
        "gate": True,
        "levels": ALL, "link": "", "partner": "@mothers_circle",
    }),
    ("courses", "tutorial", 87, "harrowmere", {
        "title": "Online tutorial on child welfare for treatment staff", "subject": "DUTIES", "given_by": "National center, self-paced", "hours": 4.5,
        "gate": False, "levels": GROUND, "link": "https://ncsacw.acf.hhs.gov/training", "partner": "@pine_children",
    }),
    ("courses", "medicine", 86, "harrowmere", {
        "title": "Medication and recovery support: what a worker should know", "subject": "CARE", "given_by": "Riverbend", "hours": 3, "gate": False,
        "levels": GROUND, "link": "", "partner": "@riverbend",
    }),
    ("courses", "mission", 70, "harrowmere", {
        "title": "How each system thinks: missions in one morning", "subject": "MISSION", "given_by": "The core team", "hours": 3, "gate": True,
        "levels": ("DIRECTOR", "MANAGER"), "link": "", "partner": None,
    }),
    ("requests", "nursing", 12, "hazelthorne", {
        "subject": "Nursing while on buprenorphine: somebody for our staff meeting", "kind": "TRAINING", "partner": "@pine_womens",
        "asked_of": "SUBSTANCE_USE", "by_day": 3, "state": "AGREED", "answer": "Riverbend’s nurse comes on a Tuesday.",
    }),
    ("requests", "court", 6, "whitfield", {
        "subject": "What a positive test says and does not say", "kind": "ADVICE", "partner": "@pine_court", "asked_of": "MEDICAL_PROVIDERS",
        "by_day": 2, "state": "OPEN", "answer": "",
    }),
    ("requests", "sleep", 30, "lim", {
        "subject": "Safe sleep for infants who are hard to console", "kind": "TRAINING", "partner": "@early_steps", "asked_of": "HOSPITALS",
        "by_day": None, "state": "DONE", "answer": "Forty people came. The slides are in the library.",
    }),
    ("champions", "abernathy", 90, "harrowmere", {
        "name": "Chief nurse Abernathy", "title": "Chief nurse", "partner": "@st_agnes", "influences": "Every nurse of the birth center",
        "critical": False, "reviewed_on": -90,
    }),
    ("champions", "marsh", 88, "harrowmere", {
        "name": "Reverend Dale Fenwick", "title": "Pastor in Upper Pine", "partner": None,
        "influences": "Families in the hills, and their feed store",
        "critical": False, "reviewed_on": -88,
    }),
    ("champions", "riocedro", 80, "harrowmere", {
        "name": "A mother of the circle", "title": "", "partner": "@mothers_circle", "influences": "What all of us dare to say aloud",
        "critical": True, "reviewed_on": -80,
    }),
    ("materials", "leaflet", 44, "lindqvist", {
        "what": "Leaflet: a plan that is yours", "place": "Feed store, Upper Pine", "rural": True, "pieces": 120, "on": -44, "language": "ENGLISH",
    }),
    ("materials", "hoja", 43, "maravalle", {
        "what": "Hoja: un plan que es suyo", "place": "WIC office, Harbor County", "rural": False, "pieces": 200, "on": -43, "language": "SPANISH",
    }),
    ("materials", "talk", 20, "lindqvist", {
        "what": "Talk at the grange hall", "place": "Stillwater", "rural": True, "pieces": 31, "on": -20, "language": "ENGLISH",
    }),
    ("stakeholders", "fathers", 50, "harrowmere", {
        "name": "Fathers’ group of Harbor", "stands_for": "Fathers, also those who live apart", "state": "ASKED", "note": "Meets on Sundays.",
    }),
    ("stakeholders", "circle", 90, "harrowmere", {
        "name": "Mothers’ circle", "stands_for": "Mothers in recovery", "state": "HERE", "note": "",
    }),
    ("stakeholders", "nation", 50, "harrowmere", {
        "name": "Eagle Nation’s grandmothers", "stands_for": "Families of the Nation", "state": "HERE", "note": "By way of the wellness team.",
    }),
    ("stakeholders", "hills", 40, "harrowmere", {
        "name": "Somebody from the hills", "stands_for": "Families an hour and more from a clinic", "state": "WANTED", "note": "",
    }),
    ("bodies", "quality", 80, "harrowmere", {
        "name": "Columbia perinatal quality collaborative", "kind": "PERINATAL_QUALITY", "phases": ("PRENATAL", "BIRTH", "POSTPARTUM"),
        "role": "Bundles for birth hospitals", "liaison": "Lark Meade", "overlap": "Both teach the birth centers how to ask everybody.",
    }),
    ("bodies", "opioids", 79, "harrowmere", {
        "name": "Two-county opioid task force", "kind": "OPIOIDS", "phases": ("PRENATAL", "POSTPARTUM"), "role": "Naloxone and settlement money",
        "liaison": "June Thistlegate", "overlap": "",
    }),
    ("bodies", "deaths", 70, "harrowmere", {
        "name": "Maternal mortality review of Columbia", "kind": "MATERNAL_DEATHS", "phases": ("BIRTH", "POSTPARTUM"),
        "role": "Reads every death until a year after birth", "liaison": "Dr. Miriam Osgood", "overlap": "Asks us for treatment after birth.",
    }),
    ("bodies", "court", 60, "harrowmere", {
        "name": "Pine early childhood court", "kind": "COURT", "phases": ("EARLY_CHILDHOOD",), "role": "One judge, one team, monthly",
        "liaison": "Judge Whitfield’s clerk", "overlap": "",
    }),
    ("efforts", "handoff", 60, "harrowmere", {
        "title": "Warm hand-off from the birth center", "related": None, "outcome": "TREATMENT", "population": "POSTPARTUM", "note": "",
    }),
    ("efforts", "peers", 58, "harrowmere", {
        "title": "Peers on the ward", "related": "@bodies:opioids", "outcome": "TREATMENT", "population": "POSTPARTUM",
        "note": "Settlement money, two years",
    }),
    ("efforts", "asking", 57, "harrowmere", {
        "title": "Everybody is asked", "related": "@bodies:quality", "outcome": "FAIR_TESTING", "population": "PREGNANT", "note": "",
    }),
    ("efforts", "rides", 50, "harrowmere", {
        "title": "Rides to treatment", "related": None, "outcome": "TREATMENT", "population": "RURAL", "note": "",
    }),
)  # fmt: skip

#: Public shares of the two counties and the Nation: what is counted, who, percent.
COMMUNITY = (
    ("PLACE", "RURAL", 58.0), ("PLACE", "SMALL_TOWN", 30.0), ("PLACE", "CITY", 12.0), ("RACE", "WHITE", 61.0), ("RACE", "NATIVE", 11.0),
    ("RACE", "HISPANIC", 18.0), ("RACE", "BLACK", 6.0), ("LANGUAGE", "ENGLISH", 79.0), ("LANGUAGE", "SPANISH", 16.0),
    ("LANGUAGE", "NATIVE_LANGUAGE", 3.0),
)  # fmt: skip
#: People by level in this field: partner, who writes it, directors, managers, supervisors, front line.
STAFF = (
    ("st_agnes", "larkmeade", 2, 4, 6, 48), ("riverbend", "thistlegate", 1, 3, 4, 22), ("cedar_path", "greyhollow", 1, 2, 2, 14),
    ("pine_children", "reed", 1, 3, 6, 40), ("harbor_children", "pinehallow", 1, 2, 5, 31), ("harbor_home_visiting", "ivermoor", 1, 1, 2, 9),
    ("early_steps", "lim", 1, 1, 2, 11), ("pine_womens", "hazelthorne", 1, 1, 1, 8), ("pine_court", "whitfield", 2, 1, 1, 6),
)  # fmt: skip
#: Who took what: course, partner, who writes it, weeks ago, level, people.
TAKEN = (
    ("stigma", "st_agnes", "larkmeade", 60, "FRONT_LINE", 30), ("stigma", "st_agnes", "larkmeade", 40, "SUPERVISOR", 6),
    ("stigma", "riverbend", "thistlegate", 62, "FRONT_LINE", 22), ("stigma", "riverbend", "thistlegate", 62, "DIRECTOR", 1),
    ("stigma", "pine_children", "reed", 55, "FRONT_LINE", 18), ("stigma", "pine_children", "reed", 12, "FRONT_LINE", 9),
    ("stigma", "harbor_children", "pinehallow", 30, "FRONT_LINE", 12), ("stigma", "harbor_home_visiting", "ivermoor", 44, "FRONT_LINE", 9),
    ("medicine", "pine_children", "reed", 28, "FRONT_LINE", 26), ("medicine", "pine_children", "reed", 28, "SUPERVISOR", 5),
    ("tutorial", "riverbend", "thistlegate", 50, "FRONT_LINE", 20), ("tutorial", "riverbend", "thistlegate", 50, "SUPERVISOR", 4),
    ("mission", "st_agnes", "larkmeade", 66, "DIRECTOR", 2), ("mission", "pine_court", "whitfield", 66, "DIRECTOR", 1),
    ("mission", "riverbend", "thistlegate", 66, "MANAGER", 3), ("mission", "pine_children", "reed", 66, "MANAGER", 2),
    ("stigma", "pine_womens", "hazelthorne", 33, "FRONT_LINE", 7),
)  # fmt: skip
