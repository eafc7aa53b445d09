"""What the partners of the practice county answered, walked and said of themselves. All of it is made up."""

from __future__ import annotations

#: Who answers for which partner: its key, its discipline, and how many.
MEMBERS = (
    ("pine_children", "CHILD_WELFARE", 6), ("harbor_children", "CHILD_WELFARE", 5), ("riverbend", "SUBSTANCE_USE", 7), ("cedar_path",
    "SUBSTANCE_USE", 5),
    ("st_agnes", "HOSPITALS", 6), ("walk_beside", "FAMILIES", 6), ("pine_court", "COURTS", 3), ("harbor_court", "COURTS", 3),
)  # fmt: skip

#: Where the mean of an item lies; where nothing stands it lies near the middle.
VALUES_MEANS = {
    "V01": 4.5, "V02": 2.2, "V03": 4.7, "V04": 4.2, "V05": 4.4, "V06": 1.8, "V07": 4.3, "V08": 4.5, "V09": 4.1, "V10": 4.6, "V12": 4.3, "V13": 4.2,
    "V14": 2.2, "V15": 4.4, "V16": 3.0, "V17": 2.8, "V18": 4.2, "V20": 4.2, "V21": 2.3, "V22": 3.4, "V23": 2.7, "V24": 4.5, "V27": 3.2, "V28": 2.9,
    "V30": 4.0, "V33": 4.6, "V34": 4.3, "V35": 4.1, "V37": 3.1, "V42": 4.4, "V43": 4.0, "V45": 4.4, "V46": 3.2,
}  # fmt: skip
#: Where a discipline stands apart from the mean.
APART = {
    "V16": {"CHILD_WELFARE": -1.3, "COURTS": -1.2, "SUBSTANCE_USE": 1.1, "FAMILIES": 1.3},
    "V17": {"CHILD_WELFARE": 1.1, "COURTS": 1.2, "SUBSTANCE_USE": -1.3, "FAMILIES": -1.5},
    "V22": {"CHILD_WELFARE": -0.9, "SUBSTANCE_USE": 1.0, "FAMILIES": 1.2, "COURTS": -0.8},
    "V27": {"SUBSTANCE_USE": 1.2, "FAMILIES": 1.4, "CHILD_WELFARE": -1.2, "COURTS": -1.0},
    "V28": {"CHILD_WELFARE": 1.3, "COURTS": 0.9, "SUBSTANCE_USE": -1.2},
    "V37": {"FAMILIES": 1.4, "HOSPITALS": -1.0},
}
CAPACITY_MEANS = {
    "MISSION": 3.8, "SCREENING": 3.4, "ENGAGEMENT": 3.1, "CHILDREN": 3.2, "COMMUNITY": 2.9, "INFORMATION": 2.8, "BUDGET": 1.8, "TRAINING": 3.0,
    "RELATED": 3.5, "RESULTS": 2.7,
}  # fmt: skip
VOTES = (("BUDGET", 6), ("INFORMATION", 5), ("COMMUNITY", 4), ("RESULTS", 3), ("ENGAGEMENT", 2), ("TRAINING", 2))

#: Weeks before the last day, and the mean of each part: it fell when two coordinators left.
PULSES = (
    (72, {"TRUST": 2.8, "PRIORITIES": 2.9, "TURNOVER": 3.2, "MEETINGS": 3.0, "VOICE": 2.6}),
    (58, {"TRUST": 3.1, "PRIORITIES": 3.0, "TURNOVER": 3.1, "MEETINGS": 3.2, "VOICE": 2.9}),
    (45, {"TRUST": 2.6, "PRIORITIES": 2.5, "TURNOVER": 1.9, "MEETINGS": 2.8, "VOICE": 2.8}),
    (32, {"TRUST": 3.3, "PRIORITIES": 2.9, "TURNOVER": 2.7, "MEETINGS": 3.3, "VOICE": 3.4}),
    (18, {"TRUST": 3.8, "PRIORITIES": 3.1, "TURNOVER": 3.3, "MEETINGS": 3.5, "VOICE": 3.9}),
)

REMARKS = {
    "VALUES": (
        "We use the word safe as if we all meant the same.", "I would like to hear a mother before we decide the next rule.",
        "The court hears of treatment too late.", "Nobody here is against recovery. We are afraid of different things.",
        "Please no more forms.",
    ),
    "CAPACITY": ("Each of us pays for the same ride.", "When the grant ends, so does the peer.", "Our systems do not speak with each other."),
    "PULSE": ("Video is fine for the monthly hour, and not for the hard talks.", "I say more than a year ago."),
    "STANCE": ("She brought diapers and stayed to talk.", "I still do not tell them everything.", "The first visit frightened me."),
    "PRACTICE": ("The midwife asked before each test.", "The bus comes once an hour.", "I want my sister in the room."),
}  # fmt: skip

READINGS = {
    "VALUES": "We agree about addiction and treatment more than we thought. We differ about what a test means, and about what may be shared. "
    "Child welfare and treatment each think of other families when they answer.",
    "CAPACITY": "Money is the lowest by far and the same for all agencies. What we know of each other has grown.",
    "PULSE": "Trust fell when two coordinators left in one month, and came back. Other priorities of our agencies stay the hardest.",
    "STANCE": "Staff see a partner where families see both. The first visit decides.",
    "PRACTICE": "Families feel respected. Hours and the way there are what they ask us to change.",
}
SAID = {
    "VALUES": "The core team read three statements aloud in pairs, one of child welfare and one of treatment. We keep the draft of principles.",
    "CAPACITY": "The budget office comes to the next three meetings.",
    "PULSE": "Hard talks go back into the room, each third month.",
    "STANCE": "A peer goes along on the first visit in Pine County.",
    "PRACTICE": "The clinic opens until seven on Tuesdays.",
}
#: What is done: the words, the partner, the weeks until it is due, and what became of it.
ACTS = {
    "VALUES": (("An hour of shared training on what a test shows and does not", "riverbend", 12, "Held with 31 people of nine partners."),),
    "CAPACITY": (
        ("A map of all money for these families, by who may use it", "budget", 10, "The map has 14 sources. Two are used by nobody."),
        ("One memorandum about paying for rides together", "maplecare", 30, ""),
    ),
    "PULSE": (("A welcome of two hours for each new member", "pine_harbor_partnership", 8, "Four new members had it."),),
    "STANCE": (("A peer on the first visit", "walk_beside", 14, ""),),
    "PRACTICE": (("Open until seven on Tuesdays", "pine_womens", 9, "Open since spring."),),
}  # fmt: skip

#: A walk: step, families, of Pine and of Harbor, who meets her, days, what works, what stands in the way and its kind.
WALK = (
    ("Notified", 120, 70, 50, "Birth center", 1, "The form takes four minutes.", "", ""),
    ("With a plan", 96, 58, 38, "Plan coordinator", 6, "She writes her goals herself.", "Discharge comes before the first talk.", "PRACTICE"),
    ("Early intervention asked", 70, 44, 26, "Plan coordinator", 9, "", "The two counties use two forms.", "POLICY"),
    ("Evaluated", 41, 28, 13, "Early intervention", 31, "Visits at home.", "There is one evaluator for two counties.", "CAPACITY"),
    ("Enrolled", 30, 19, 11, "Early intervention", 12, "", "Nobody tells the mother what the words on the letter mean.", "COMMUNICATION"),
)

FIRST = {"DIRECTORY": "PARTNERS", "GLOSSARY": "Glossary of 40 words, on the shared drive", "ATTENDANCE": "Attendance lists of the quarter"}
JOINT = {
    "CHARTER": "CHARTER", "JOINT_PILOT": "Pilot of ride vouchers, grant letter", "CO_LOCATED": "Schedule of the peer at the birth center",
    "SHARED_GOALS": "VISION",
}  # fmt: skip
RULES = {
    "DATA_AGREEMENT": "Data-sharing agreement, signed by nine partners",
    "SHARED_PLAN": "Plans of safe care with more than one agency in the team, 58 of 100",
    "SCREENING_PROTOCOL": "Protocol for notifying, version 2", "PRIORITY_ADMISSION": "Admission rule for pregnant women, in each provider’s contract",
}  # fmt: skip
#: Weeks before the last day, what shows it, why, what next, and what happened where it fell.
STAGES = (
    (88, FIRST, "We meet and know each other’s words. We do nothing together yet.", "A charter, and one thing to try together.", ""),
    (68, FIRST | JOINT, "The ride pilot is ours, and a peer works at the birth center.", "An agreement about data.", ""),
    (
        46, FIRST | {"SHARED_GOALS": "VISION"}, "The pilot stopped and the peer’s place is empty.",
        "Welcome the new coordinators, and find the money.",
        "Two coordinators left in one month and the grant was late. What they knew was in their heads.",
    ),
    (30, FIRST | JOINT, "The pilot is back, with money of two agencies.", "Sign the data agreement, one protocol for notifying.", ""),
    (
        9, FIRST | JOINT | RULES | {"CROSS_TRAINING": "Training day, list of 64 people"}, "Rules have changed in four of five places.",
        "Put money together, and let oversight read one dashboard.", "",
    ),
)  # fmt: skip
PAIRS = (
    (
        "st_agnes",
        "riverbend",
        28,
        FIRST | JOINT,
        "Riverbend’s nurse works at the birth center two days a week.",
        "A rule about who is admitted first.",
    ),
    ("pine_children", "riverbend", 26, FIRST, "They know whom to call. Each waits for the other’s report.", "A joint visit in the first week."),
    (
        "eagle_nation",
        "columbia_department",
        20,
        FIRST | JOINT,
        "The Nation’s own plan is accepted as a plan of safe care.",
        "Notice to the Nation first.",
    ),
)

#: Reviews: weeks ago, weeks until the next, summary, and the practices.
REVIEWS = (
    (
        48, 22, "One practice supports what we want; one does not.",
        (
            ("All mothers are asked about substance use with the same questions", "The same care for each family", "Asked of 96 of 100", "YES", ""),
            ("Tests are taken when a nurse sees a reason", "The same care for each family", "Tests differ by race at two hospitals", "NO",
             "There is no rule, so habits decide."),
        ),
    ),
    (
        20, -6, "The rule for tests is written. Plans before birth begin to show.",
        (
            ("Tests only with consent and by one rule", "The same care for each family", "The difference halved in two quarters", "PARTLY",
             "One hospital still has its own form."),
            ("A plan is offered at the first prenatal visit", "Each family writes her plan before the birth if she wishes",
            "One of three plans is prenatal",
             "PARTLY", "Clinics without a coordinator do not offer it."),
            ("A peer calls within two days", "Finds everything in it open within two weeks", "Median three days", "YES", ""),
        ),
    ),
)  # fmt: skip
