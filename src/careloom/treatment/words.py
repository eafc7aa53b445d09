"""Codes of treatment in words for workers, for her and for papers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from careloom.treatment.codes import Component, Sort

SORTS: Mapping[str, Any] = {
    Sort.EPISODE: _("Times in treatment"),
    Sort.COMPONENTS: _("Five parts of treatment"),
    Sort.PROGRESS: _("Treatment plan and progress"),
    Sort.ATTENDANCE: _("Visits kept"),
    Sort.MEDICINE: _("Medicine"),
    Sort.DIAGNOSIS: _("Diagnosis"),
    Sort.MEETING: _("Progress meetings with child welfare"),
    Sort.TEST: _("Drug tests"),
    Sort.RETURN: _("Return to use"),
    Sort.SUPPORT: _("Plan for hard days"),
    Sort.EDUCATION: _("What she was told about newborn withdrawal"),
    Sort.CHECK_IN: _("Check-ins after the birth"),
    Sort.GOAL_CHECK: _("Goals checked with the provider"),
}
#: What one adds: the heading of the form and the words of the link that leads to it.
ADDS: Mapping[str, Any] = {
    Sort.EPISODE: _("Write down a time in treatment"),
    Sort.COMPONENTS: _("Say how the five parts stand"),
    Sort.PROGRESS: _("Write down plan and progress"),
    Sort.ATTENDANCE: _("Write down visits kept"),
    Sort.MEDICINE: _("Write down a medicine"),
    Sort.DIAGNOSIS: _("Write down a diagnosis"),
    Sort.MEETING: _("Write down a progress meeting"),
    Sort.TEST: _("Write down a test"),
    Sort.RETURN: _("Write down a return to use"),
    Sort.SUPPORT: _("Make a plan for hard days"),
    Sort.EDUCATION: _("Write down what she was told"),
    Sort.CHECK_IN: _("Write down a check-in"),
    Sort.GOAL_CHECK: _("Check a goal"),
}
LEDES: Mapping[str, Any] = {
    Sort.EPISODE: _("Recovery is often more than one time in treatment. An earlier one is part of the way, and no failure."),
    Sort.COMPONENTS: _("The five parts have one weight. What nobody has seen to yet is pointed out."),
    Sort.PROGRESS: _("Short, and fit to be read by whoever she lets read it: goals, schedule, how it goes, what would help."),
    Sort.ATTENDANCE: _("A band for a stretch of time. No dates of visits and no numbers leave the program."),
    Sort.MEDICINE: _("Medicine may last as long as it helps: months, years, a life. Nothing here asks for an end."),
    Sort.DIAGNOSIS: _("Opened to others only where her consent names it."),
    Sort.MEETING: _("Who took part, how it goes, which supports she needs. She gets a copy."),
    Sort.TEST: _("A result says nothing by itself. Somebody reviews it and says what it means; no step follows from a result alone."),
    Sort.RETURN: _("It is part of a chronic illness. It opens a review of the plan. It is no report, and nothing closes because of it."),
    Sort.SUPPORT: _("In her words: what makes it hard, three things that help, three people to talk to, who can care for the baby."),
    Sort.EDUCATION: _("Newborn withdrawal is expected, can be treated, and is nobody's fault. Note what she was told and what she asked."),
    Sort.CHECK_IN: _("Little sleep and a crying baby make recovery harder. Ask how she is. There is no score and no wrong answer."),
    Sort.GOAL_CHECK: _("Say whether treatment leaves room for this goal, and what would make it fit."),
}
PARTS: Mapping[str, Any] = {
    Component.MEDICATION: _("Medicine"),
    Component.COUNSELING: _("Counseling"),
    Component.SUPPORT: _("Support from family, friends and peers"),
    Component.SERVICES: _("Other help in daily life"),
    Component.TESTING: _("Testing agreed with her"),
}
#: Words, tone and icon of a state.
STANDS: Mapping[str, tuple[Any, str, str]] = {
    "IN_PLACE": (_("In place"), "done", "check"),
    "STARTING": (_("Starting"), "move", "arrow_forward"),
    "WAITING": (_("Waiting for a place"), "wait", "schedule"),
    "SHE_SAID_NO": (_("She said no"), "her", ""),
    "NOT_YET": (_("Not seen to yet"), "late", "warning"),
}
LEVELS: Mapping[str, Any] = {
    "0.5": _("0.5 Early intervention"),
    "1": _("1 Outpatient"),
    "2.1": _("2.1 Intensive outpatient"),
    "2.5": _("2.5 Partial hospitalization"),
    "3.1": _("3.1 Residential, low intensity"),
    "3.3": _("3.3 Residential, adapted"),
    "3.5": _("3.5 Residential, high intensity"),
    "3.7": _("3.7 Inpatient, medically monitored"),
    "4": _("4 Inpatient, medically managed"),
    "OTP": _("Opioid treatment program"),
    "UNKNOWN": _("Not known"),
}
ENDED: Mapping[str, Any] = {
    "COMPLETED": _("Completed as planned"),
    "TRANSFERRED": _("Went on at another level or program"),
    "LEFT": _("Left before the planned end"),
    "MOVED": _("Moved away"),
    "OTHER": _("Another reason"),
}
SOURCES: Mapping[str, Any] = {"OWN": _("Our own care"), "SHE_SAYS": _("She told us"), "CHART": _("From a record that we were shown")}
TOLD: Mapping[str, Any] = {"OWN": _("its own care"), "SHE_SAYS": _("as she told it"), "CHART": _("from a record it was shown")}
BANDS: Mapping[str, Any] = {
    "NEARLY_ALL": _("Nearly all (9 of 10 or more)"),
    "MOST": _("Most (7 or 8 of 10)"),
    "SOME": _("Some (4 to 6 of 10)"),
    "FEW": _("Few (fewer than 4 of 10)"),
}
SPECIMENS: Mapping[str, Any] = {"URINE": _("Urine"), "SALIVA": _("Saliva"), "BLOOD": _("Blood"), "OTHER": _("Something else")}
RESULTS: Mapping[str, Any] = {
    "AS_EXPECTED": _("As expected with her medicines"),
    "NOT_AS_EXPECTED": _("Not as expected"),
    "UNCLEAR": _("Unclear, to be confirmed"),
}
TOLD_BY: Mapping[str, Any] = {"HERSELF": _("She told it herself"), "FAMILY": _("Family or a friend"), "WORKER": _("A worker noticed")}
NALOXONE: Mapping[str, Any] = {
    "AT_HOME": _("At home, and somebody knows how to use it"),
    "ORDERED": _("On its way"),
    "OFFERED_NO": _("Offered, she said no"),
    "NOT_ASKED": _("Not asked yet"),
}
TOPICS: Mapping[str, Any] = {
    "WHAT_IT_IS": _("What newborn withdrawal is"),
    "WHAT_TO_EXPECT": _("What to expect in the hospital, and for how long"),
    "WHAT_HELPS": _("What helps: holding, quiet, skin to skin"),
    "STAY_TOGETHER": _("Staying together with the baby"),
    "FEEDING": _("Breastfeeding and feeding"),
    "KEEP_MEDICINE": _("Going on with her medicine"),
    "WHO_TO_CALL": _("Whom to call at home"),
}
GIVEN_HOW: Mapping[str, Any] = {"TALKED": _("Talked it over"), "PAPER": _("On paper"), "VIDEO": _("Video"), "CLASS": _("In a class")}
STRESSES: Mapping[str, Any] = {
    "SLEEP": _("Little sleep"),
    "CRYING": _("The baby cries much"),
    "FEEDING": _("Feeding"),
    "PAIN": _("Pain, or healing"),
    "ALONE": _("Being alone with it"),
    "MONEY": _("Money"),
    "HOME": _("Home, or the people there"),
    "WORRY": _("Worry, or low mood"),
    "NONE": _("Nothing of this"),
}
COPY_HOW: Mapping[str, Any] = {"PAPER": _("On paper"), "READ_ALOUD": _("Read aloud to her"), "HER_PAGE": _("On her own pages")}
ANSWERS: Mapping[str, tuple[Any, str, str]] = {
    "REALISTIC": (_("Realistic now"), "done", "check"),
    "WITH_CHANGES": (_("Realistic with a change"), "move", "edit"),
    "NOT_YET": (_("Too early"), "wait", "schedule"),
}
GOAL_KINDS: Mapping[str, Any] = {"PLAN": _("Plan of safe care"), "CASE": _("Case plan")}
CAME_BY: Mapping[str, Any] = {
    "REFERRAL": _("By a referral"),
    "HERSELF": _("She asked herself"),
    "CHILD_WELFARE": _("Child welfare asked"),
    "HOSPITAL": _("A hospital or clinic asked"),
    "OTHER": _("Another way"),
}
INTERIM: Mapping[str, Any] = {
    "HIV_TB": _("Counseling about HIV and TB, and where to be tested"),
    "NEEDLES": _("Risks of sharing needles"),
    "PREGNANCY_EFFECTS": _("Effects of alcohol and drugs on the pregnancy"),
    "PRENATAL_CARE": _("Referral for prenatal care"),
    "NALOXONE": _("Naloxone, with how to use it"),
    "MEDICINE_BRIDGE": _("Medicine until there is room"),
    "PEER": _("A peer who calls her"),
    "OTHER": _("Something else"),
}
NOT_ADMITTED: Mapping[str, Any] = {
    "SHE_SAID_NO": _("She said no or not now"),
    "OTHER_PROGRAM": _("Another program took her"),
    "NOT_REACHED": _("She could not be reached"),
    "REFERRAL_ENDED": _("The referral ended"),
    "OTHER": _("Another reason"),
}
NALTREXONE_WARNING = _("Naltrexone is not recommended to begin in pregnancy. It is written down all the same: ask her prescriber.")


def code(value: str | None, *, among: Mapping[str, Any]) -> str:
    """A code in words; the code itself where there are none, and nothing for nothing."""
    if not value:
        return ""
    found = among.get(value, value)
    return str(found[0] if isinstance(found, tuple) else found)


def listed(values: Iterable[str], *, among: Mapping[str, Any]) -> str:
    """Several codes as one text."""
    return "; ".join(code(value, among=among) for value in values)
