"""The words of the mother's pages: agencies by what they do, people by how they help, needs without a telling name.

INVARIANT: nothing here, and no page title, address or message, says treatment, a clinic's name, child protective services or a substance.
What an agency wrote itself is shown only when it holds none of these words.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from careloom.directory.needs import catalogue
from careloom.kernel.agency_kinds import AgencyKind

FORBIDDEN = (
    "treatment", "tratamiento", "clinic", "clínica", "cps", "child protective", "safe care", "cuidado seguro", "methadone", "metadona",
    "buprenorphine", "buprenorfina", "naltrexone", "naloxone", "naloxona", "opioid", "opioide", "heroin", "heroína", "fentanyl", "fentanilo",
    "cocaine", "cocaína", "meth ", "cannabis", "marijuana", "marihuana", "alcohol", "drug", "droga", "substance", "sustancia", "withdrawal",
    "abstinencia", "recovery", "recuperación", "rehab", "addict", "adicto", "adicción", "smoking", "fumar", "testing", "hiv", "vih",
    "hepatitis", "riverbend", "mat ", "moud",
)  # fmt: skip
# When somebody last compared the page of facts with its sources.
FACTS_REVIEWED_ON = date(2026, 11, 22)
_TELLING = re.compile("|".join(re.escape(word) for word in FORBIDDEN))

AGENCIES: dict[AgencyKind, Any] = {
    AgencyKind.PART2_PROGRAM: _("Care program"),
    AgencyKind.HOSPITAL: _("The hospital"),
    AgencyKind.OB_CLINIC: _("Pregnancy care"),
    AgencyKind.PEDIATRIC_CLINIC: _("Your baby’s doctor"),
    AgencyKind.HEALTH_PLAN: _("Health plan"),
    AgencyKind.MEDICAID_AGENCY: _("Health plan"),
    AgencyKind.CPS_AGENCY: _("The county"),
    AgencyKind.COURT: _("The court"),
    AgencyKind.TRIBAL_ICWA: _("The Nation"),
    AgencyKind.HOME_VISITING: _("Home visits"),
    AgencyKind.EARLY_INTERVENTION: _("Help for your baby’s growth"),
    AgencyKind.HOUSING: _("Housing help"),
    AgencyKind.WIC: _("Food help"),
    AgencyKind.PEER_SUPPORT: _("Peer support"),
    AgencyKind.PUBLIC_HEALTH: _("County health"),
    AgencyKind.COORDINATION_HUB: _("Your care team"),
}
ROLES: dict[str, Any] = {
    "LEAD": _("Guides your plan"),
    "CARE_COORDINATOR": _("Guides your plan"),
    "BABY_DOCTOR": _("Your baby’s doctor"),
    "PEDIATRIC": _("Your baby’s doctor"),
    "PEDIATRICIAN": _("Your baby’s doctor"),
    "OB": _("Pregnancy doctor"),
    "OBSTETRIC": _("Pregnancy doctor"),
    "HOME_VISITING": _("Visits you at home"),
    "HOME_VISITOR": _("Visits you at home"),
    "PARENTING": _("Helps you with your baby"),
    "PEER": _("Has been there too"),
    "FAMILY": _("Your family"),
    "CHILD_WELFARE": _("The county"),
    "CPS_WORKER": _("The county"),
    "HOSPITAL_SOCIAL_WORKER": _("At the hospital"),
    "EARLY_INTERVENTION": _("Helps your baby grow"),
    "HOUSING": _("Housing help"),
    "TRANSPORT": _("Rides"),
    "TRIBAL_WORKER": _("From the Nation"),
    "HEALTH_PLAN": _("Health plan"),
    "INSURANCE": _("Health plan"),
    "TRIBAL": _("From the Nation"),
    "SOCIAL_WORKER": _("At the hospital"),
}
SKILLS: dict[str, Any] = {
    "SLEEP_ON_BACK": _("My baby sleeps on the back, in a bare crib"),
    "CAR_SEAT": _("I know how to use the car seat"),
    "FEEDING_SIGNS": _("I know the signs that my baby is hungry"),
    "SOOTHING": _("I have three ways to calm my baby"),
    "FEVER_CALL": _("I know when to call the doctor"),
    "BATH": _("I can bathe my baby"),
    "REST": _("I rest when my baby sleeps"),
    "MEALS": _("I eat each day"),
    "ASK_FOR_HELP": _("I know who to ask for help"),
    "CRISIS_NUMBER": _("I have a number to call on a bad day"),
}
INFORMATION: dict[str, Any] = {
    "posc.plan_core": _("your plan and visits"),
    "posc.referral_status": _("which help you asked for"),
    "posc.plan_part2_segment": _("the parts about staying well"),
    "hipaa.ob_record": _("your pregnancy care"),
    "hipaa.newborn_record": _("your baby’s health"),
    "hipaa.mental_health": _("how you feel"),
    "hipaa.toxicology": _("private tests and findings, yours and your baby’s"),
    "medicaid.claims": _("your health plan"),
}
#: What she and her team write about: plain words that tell nothing on a screen.
TOPICS: dict[str, Any] = {
    "PLAN": _("My plan"), "VISIT": _("A visit"), "BABY": _("My baby"), "RIDE": _("A ride"), "HOME": _("A home"), "MEETING": _("A meeting"),
    "OTHER": _("Something else"),
}  # fmt: skip
#: Names that screens give a visit by themselves, before anybody wrote another for her.
PLAIN_VISITS: dict[str, Any] = {
    "Meeting": _("Meeting"), "Visit": _("Visit"), "A visit": _("A visit"), "A meeting": _("A meeting"), "Visita": _("Visit"), "Reunión": _("Meeting"),
}  # fmt: skip
EVENTS: dict[str, Any] = {
    "plan_closed": _("Until your plan closes."), "cps_case_closed": _("Until the case closes."), "treatment_ended": _("Until your care ends."),
    "court_case_ended": _("Until the case is over."), "final_disposition": _("Until the case is decided."), "study_ended": _("Until the study ends."),
    "none": _("Until you stop it."),
}  # fmt: skip
ICONS = {
    "HOUSING": "home", "RIDES": "directions_car", "FOOD": "restaurant", "CRIB_AND_CAR_SEAT": "bedding", "HOME_VISITING": "people",
    "INFANT_DOCTOR": "hospital", "PARENTING_CLASS": "school", "WORK_AND_SCHOOL": "work", "CHILD_CARE": "people",
}  # fmt: skip
ICON_OF_DOMAIN = {"RECOVERY": "favorite", "INFANT_HEALTH": "insights", "PARENT_HEALTH": "favorite", "PARENTING": "people", "HOUSEHOLD": "home"}


def tells(text: str) -> bool:
    """Whether a text holds a word that her pages never show."""
    return bool(_TELLING.search(f"{text.lower()} "))


def agency_words(kind: str) -> str:
    """An agency by what it does for her, never by its name."""
    return str(AGENCIES.get(AgencyKind(kind), _("Someone who helps you")))


def role_words(role: str) -> str:
    """How somebody of her team helps her."""
    return str(ROLES.get(role, _("On your team")))


def need_words(*, code: str, title: str, language: str) -> str:
    """A need in her language; one that would tell of care for recovery is called staying well."""
    entry = catalogue().needs.get(code)
    if entry is None:
        return gettext("Something you asked for") if tells(title) else title
    words = entry.label(language)
    return gettext("Staying well") if entry.domain == "RECOVERY" or tells(words) else words


def need_icon(code: str) -> str:
    """The drawing beside a need."""
    entry = catalogue().needs.get(code)
    return ICONS.get(code) or ICON_OF_DOMAIN.get(entry.domain if entry else "", "check_circle_outline")


def visit_words(*, neutral_title: str) -> str:
    """What a visit is called; what was written for her, unless it tells too much. Our own plain names are said in her language."""
    if neutral_title in PLAIN_VISITS:
        return str(PLAIN_VISITS[neutral_title])
    return gettext("A visit") if not neutral_title or tells(neutral_title) else neutral_title


def information_words(codes: list[str]) -> str:
    """What somebody may see, as one line."""
    known = list(dict.fromkeys(str(INFORMATION[code]) for code in codes if code in INFORMATION))
    return ", ".join(known) or gettext("part of your records")


def person_words() -> str:
    """A supporter whom she let see her plan."""
    return gettext("A person you chose")


def class_words() -> str:
    """All those who treat her, whom she let in as one."""
    return gettext("Those who care for you")


def event_words(code: str) -> str:
    """With what a sharing ends, where it ends on no day."""
    return str(EVENTS.get(code, _("Until what you named happens.")))


def place_words(name: str) -> str:
    """A partner without a place here, by the name that she allowed, unless it tells too much."""
    return gettext("A helper you chose") if not name or tells(name) else name
