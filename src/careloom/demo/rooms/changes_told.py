"""What is told in the practice county's rooms of change: laws, answers, strategies, stories. All of it is made up but the federal law."""

from __future__ import annotations

from typing import Any

#: Weeks before the last day, and what the scan found.
STATUTES: tuple[tuple[int, dict[str, str]], ...] = (
    (
        94,
        {
            "citation": "42 U.S.C. 5106a(b)(2)(B)(ii)",
            "kind": "FEDERAL",
            "says": "Providers notify child welfare of infants affected by substance use, withdrawal or a fetal alcohol spectrum disorder.",
            "asks": "A way to notify that is no report of abuse.",
        },
    ),
    (
        94,
        {
            "citation": "42 U.S.C. 5106a(b)(2)(B)(iii)",
            "kind": "FEDERAL",
            "says": "A plan of safe care for the infant, and for the health and treatment of the family or caregiver.",
            "asks": "A plan for each affected infant, and a way to see that services are given.",
        },
    ),
    (
        92,
        {
            "citation": "42 CFR part 2",
            "kind": "FEDERAL",
            "says": "Records of a substance use disorder program are shared with her consent.",
            "asks": "One release that names each program.",
        },
    ),
    (
        90,
        {
            "citation": "Columbia Family Care Rule 1 (fictional)",
            "kind": "STATE",
            "says": "Levels from L0 to L4 say who is notified and who leads.",
            "asks": "Hospitals decide the level before discharge.",
            "gap": "Two hospitals decide it on the day after discharge.",
        },
    ),
    (
        46,
        {
            "citation": "Eagle Nation Healing Circle Code 4 (fictional)",
            "kind": "TRIBAL",
            "says": "The Nation leads the plan of its families.",
            "asks": "The Nation is asked before anybody else leads.",
        },
    ),
)
DEFINITIONS: tuple[tuple[int, dict[str, Any]], ...] = (
    (
        88,
        {
            "text": (
                "An infant who was exposed to a substance before birth, or who shows signs of withdrawal or of a fetal alcohol spectrum disorder."
            ),
            "covers": ("NOT_AS_DIRECTED", "ILLEGAL", "ALCOHOL", "WITHDRAWAL", "FASD"),
            "citation": "Columbia Family Care Rule 1 (fictional)",
        },
    ),
    (
        40,
        {
            "text": (
                "An infant who was exposed to a substance before birth, medicine taken as directed among them, or who shows signs "
                "of withdrawal or of a fetal alcohol spectrum disorder. To be affected says nothing about care or neglect."
            ),
            "covers": ("MEDICATION_FOR_OUD", "OTHER_MEDICATION", "NOT_AS_DIRECTED", "ILLEGAL", "ALCOHOL", "WITHDRAWAL", "FASD"),
            "citation": "Columbia Family Care Rule 1.2 (fictional)",
            "changed": "Medicine taken as directed counts for a plan and is never reported as abuse.",
        },
    ),
)
ANSWERS: tuple[tuple[int, str, str, str, str], ...] = (
    (84, "CONTENT", "PRODUCT", "Careloom’s sections, in her own words.", "Families and hospitals tried two forms; this one was read to the end."),
    (84, "SHARING", "CONSENT", "A consent for each partner, in her language.", "It stands under 42 CFR part 2 and she sees who reads."),
    (82, "FORMAT", "BOTH", "Electronically, and on paper for her.", "She keeps the paper; partners read the same version."),
    (78, "RECORD", "SUMMARY", "The hospital files one page.", "A whole plan in the chart would be read by too many."),
    (76, "ROLES", "BY_LEVEL", "Who leads depends on the level.", "Rule 1 of the state says so."),
    (58, "PRENATAL", "YES", "From the first prenatal visit on.", "Trust before the birth keeps families together."),
)
KNOWN: tuple[dict[str, Any], ...] = (
    {
        "name": "Eat, sleep, console",
        "what": "An infant with signs of withdrawal is cared for in the room with the mother first.",
        "evidence": "BASED",
        "source": "New England Journal of Medicine, 2023",
        "populations": ("INFANT", "FAMILY"),
        "systems": ("HOSPITALS",),
    },
    {
        "name": "Medicine in pregnancy",
        "what": "Buprenorphine or methadone without a gap from pregnancy through the first year.",
        "evidence": "BASED",
        "source": "ACOG Committee Opinion 711",
        "populations": ("PREGNANT",),
        "systems": ("SUBSTANCE_USE", "MEDICAL_PROVIDERS"),
    },
    {
        "name": "Nurse home visiting",
        "what": "A nurse comes from pregnancy until the second birthday.",
        "evidence": "BASED",
        "source": "Home Visiting Evidence of Effectiveness",
        "populations": ("PREGNANT", "INFANT", "FAMILY"),
        "systems": ("HOME_VISITING", "PUBLIC_HEALTH"),
    },
    {
        "name": "A peer at the bedside",
        "what": "A peer specialist meets her before she goes home.",
        "evidence": "INFORMED",
        "source": "SAMHSA, peer support in perinatal care",
        "populations": ("FAMILY",),
        "systems": ("HOSPITALS", "SUBSTANCE_USE"),
    },
    {
        "name": "Plan written before birth",
        "what": "The plan is begun at a prenatal visit.",
        "evidence": "PROMISING",
        "source": "State learning collaboratives",
        "populations": ("PREGNANT",),
        "systems": ("MATERNAL_CHILD_HEALTH", "SUBSTANCE_USE"),
    },
)
STRATEGIES: tuple[tuple[int, dict[str, Any]], ...] = (
    (
        70,
        {
            "title": "One release for all partners",
            "what": "One form, one reader, each program by name.",
            "does": "CREATE",
            "tier": "CORE",
            "owner": "pine_harbor_partnership",
            "stage": "EVALUATED",
            "outcomes": ("Fewer consents signed twice", "Referrals answered in two days"),
            "marks": ("UNIVERSAL_PROTOCOL", "SYSTEM_CHANGE"),
            "result": "Consents signed twice fell from one in three to one in twelve.",
            "evaluated": 14,
        },
    ),
    (
        62,
        {
            "title": "One plan in all hospitals",
            "what": "Both hospitals use the county’s plan.",
            "does": "DIRECT",
            "tier": "OVERSIGHT",
            "owner": "columbia_department",
            "stage": "UNDER_WAY",
            "outcomes": ("Each affected infant has a plan",),
            "marks": ("SHARED_PLAN",),
        },
    ),
    (
        30,
        {
            "title": "Plans before birth",
            "what": "Obstetric clinics begin the plan.",
            "does": "CREATE",
            "tier": "WORK_GROUP",
            "owner": "pine_womens",
            "stage": "UNDER_WAY",
            "outcomes": ("Plans begun before birth",),
            "known": "Plan written before birth",
        },
    ),
    (
        9,
        {
            "title": "Counting rides by place",
            "what": "Each quarter, by county.",
            "does": "EVALUATE",
            "tier": "CORE",
            "owner": "harbor_home_visiting",
            "stage": "PLANNED",
            "outcomes": ("Visits kept",),
        },
    ),
)
LESSONS: tuple[tuple[int, str, dict[str, Any]], ...] = (
    (
        52,
        "castillo",
        {
            "title": "A social worker on the weekend",
            "words": "St. Agnes had a social worker on Saturdays for six months.",
            "place": "St. Agnes",
            "worked": True,
            "learned": "Half of the plans of a weekend were finished before discharge.",
            "tags": ("hospital", "weekend"),
            "shared": True,
        },
    ),
    (
        38,
        "lindqvist",
        {
            "title": "A van from house to house",
            "words": "The van had four stops before the clinic.",
            "place": "Harbor County",
            "worked": False,
            "learned": "With an infant nobody rides for ninety minutes. Book a car.",
            "tags": ("rides",),
            "shared": True,
        },
    ),
    (
        20,
        "two_rivers",
        {
            "title": "Healing Circle Plans",
            "words": "An elder sits in the circle when the plan is written.",
            "place": "Eagle Nation",
            "worked": True,
            "learned": "Ask whom the family wants in the circle, and ask first.",
            "tags": ("culture", "families"),
            "shared": True,
        },
    ),
)
HELP: tuple[tuple[int, dict[str, Any]], ...] = (
    (
        66,
        {
            "title": "Part 2 and hospital programs",
            "asks": "When is a unit of a hospital a program under Part 2?",
            "of": "National center on substance use and child welfare",
            "answer": "When it holds itself out as one. Look at signs, web pages and staff.",
            "answered": 61,
            "follows": "Go through both hospitals with their counsel.",
            "who": "Helena Albright",
            "done": 49,
        },
    ),
    (7, {"title": "Counting plans in small Tribes", "asks": "How do we publish without showing a family?", "of": "State epidemiologist"}),
)
#: Who answered the guidance: the partner, who wrote it down, weeks ago, how they do it, and whose answer it was where it came on paper.
HEARD: tuple[tuple[str, str, int, str, str], ...] = (
    ("st_agnes", "larkmeade", 48, "At each admission.", ""),
    ("quillstone", "harrowmere", 46, "With the intake form.", "Norma Quill, nurse manager, letter"),
    ("pine_womens", "harrowmere", 47, "", "Dr. Alma Teague, medical director, e-mail"),
)
