"""What partners ask of each other, as codes: profile parts, process steps, checklists, guides, training subjects, disputes.

Source: readiness and practice modules of the plan of safe care series; R-021, R-023, R-034, R-042, R-047, R-055, R-070 to R-074, R-079, R-112,
R-113, R-134, R-229.
"""

from __future__ import annotations

from enum import StrEnum

#: The parts of an agency's profile by section; the partner writes them itself (R-070, R-071, R-073, R-086, R-069, R-134, R-229).
PROFILE: dict[str, tuple[str, ...]] = {
    "PRACTICE": ("PRACTICES", "POLICIES", "PRIORITIES"),
    "LIMITS": ("STATUTE", "FUNDING", "CONFIDENTIALITY", "TIME_LIMITS"),
    "RESOURCES": ("BASELINE", "GAPS", "BARRIERS"),
    "TECHNOLOGY": ("SYSTEMS", "EXPORTS", "INTERFACES", "TECH_GAPS"),
    "PEOPLE": ("LEADER", "ACCOUNTABLE"),
    "CONDUCT": ("CONDUCT",),
    "VIEWS": ("CLIENT", "SUCCESS"),
}
#: What partners may see differently and settle together (R-069).
SETTLED_TOGETHER = PROFILE["VIEWS"]


class ProcessStep(StrEnum):
    """The steps of a plan of safe care in which partners have roles (R-055)."""

    SCREEN = "SCREEN"
    NOTIFY = "NOTIFY"
    ASSESS = "ASSESS"
    WRITE_PLAN = "WRITE_PLAN"
    MONITOR = "MONITOR"
    CLOSE = "CLOSE"
    REPORT = "REPORT"


class Duty(StrEnum):
    """What a partner does in a step: does it, answers for it, is asked before, is told after."""

    RESPONSIBLE = "R"
    ACCOUNTABLE = "A"
    CONSULTED = "C"
    INFORMED = "I"


class Why(StrEnum):
    """Why a role matrix has a new version (R-055)."""

    FIRST = "FIRST"
    SCOPE = "SCOPE"
    SCALE = "SCALE"
    STAFF = "STAFF"
    LEADER = "LEADER"
    RULES = "RULES"


#: What every new member and every replacement learns in the first thirty days (R-047; workflow 6.14).
ONBOARDING = ("MISSION", "STRUCTURE", "WORDS", "AGREEMENTS", "CONFIDENTIALITY", "STIGMA", "NUMBERS", "CONTACTS")
#: A partnership between county child welfare and a treatment site begins (R-112).
KICK_OFF = ("VISIT", "ROLES", "SERVICES", "REQUIREMENTS", "SUPPORTS", "PLAN")
#: The two ways to start (R-023): first those who work together already, then those who begin anew.
START_WIDEN = ("RELATIONS", "CHANNELS", "WIDEN_SERVICES", "LIVED")
START_NEW = ("STRUCTURE", "PARTNERS", "VALUES", "IMPROVE")
#: Lists of tasks. The first three have items that everybody has; all take tasks of one's own.
CHECKLISTS: dict[str, tuple[str, ...]] = {"onboarding": ONBOARDING, "kick-off": KICK_OFF, "start": START_NEW, "widen": START_WIDEN}
TASK_LISTS = (*CHECKLISTS, "guide", "outreach", "equity", "table")

#: The eight discussion guides and the reflection on stigma, each with three questions (R-079, R-074).
GUIDES = ("authority", "efforts", "recovery", "medication", "practice", "stigma", "better", "missing", "reflection")
QUESTIONS = (1, 2, 3)

#: What training is about. CARE goes to child welfare, DUTIES to treatment sites (R-113); the four of R-042 come from each system.
SUBJECTS = ("MISSION", "POLICIES", "OUTCOMES", "COLLABORATION", "STIGMA", "CARE", "DUTIES", "OTHER")
FOR_SITES, FOR_CHILD_WELFARE = "DUTIES", "CARE"

PHASES = ("PRENATAL", "BIRTH", "POSTPARTUM", "EARLY_CHILDHOOD")
OUTCOMES = ("TREATMENT", "PRENATAL_CARE", "STAY_TOGETHER", "EARLY_DEVELOPMENT", "FEWER_DEATHS", "STIGMA", "FAIR_TESTING")
POPULATIONS = ("PREGNANT", "POSTPARTUM", "INFANTS", "FATHERS", "TRIBAL", "RURAL")

#: What members may say of themselves, to compare a table with its community (R-034).
SELF_SAID: dict[str, tuple[str, ...]] = {
    "RACE": ("NATIVE", "ASIAN", "BLACK", "HISPANIC", "MIDDLE_EASTERN", "PACIFIC", "WHITE"),
    "PLACE": ("RURAL", "SMALL_TOWN", "CITY"),
    "LANGUAGE": ("ENGLISH", "SPANISH", "NATIVE_LANGUAGE", "OTHER_LANGUAGE"),
}
