"""The words of the surveys' codes, and of what an action refuses."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

INSTRUMENTS: dict[str, Any] = {
    "VALUES": _("Values inventory"),
    "CAPACITY": _("Capacity for working together"),
    "PULSE": _("Partnership pulse"),
    "STANCE": _("Enforcer or partner"),
    "PRACTICE": _("Families’ view of a practice"),
}
RHYTHMS: dict[str, Any] = {
    **INSTRUMENTS, "WALK": _("Systems walkthrough"), "STAGE": _("Stage of collaboration"), "REVIEW": _("Practice alignment review"),
}  # fmt: skip
STATES: dict[str, Any] = {
    "OPEN": _("Open"),
    "CLOSED": _("Closed and counted"),
    "ANALYSED": _("Read"),
    "DISCUSSED": _("Discussed"),
    "ACTIONS": _("Acted on"),
    "REPEATED": _("Asked again"),
}
DIMENSIONS: dict[str, Any] = {
    "agency": _("Agency"), "discipline": _("Discipline"), "tier": _("Tier"), "part": _("Families and staff"), "site": _("Site"),
}  # fmt: skip
PARTS: dict[str, Any] = {"FAMILY": _("I am a parent or relative"), "STAFF": _("I work with families")}
ANSWERS: dict[int, Any] = {
    1: _("Strongly disagree"), 2: _("Disagree"), 3: _("In between"), 4: _("Agree"), 5: _("Strongly agree"), 0: _("I cannot say"),
}  # fmt: skip
VERDICTS: dict[str, Any] = {
    "SHARED": _("We stand together"), "CONTESTED": _("We differ"), "UNKNOWN": _("Many cannot say"), "MIXED": _("Mixed"),
}  # fmt: skip
BARRIER_KINDS: dict[str, Any] = {
    "POLICY": _("Policy"), "PRACTICE": _("Practice"), "CAPACITY": _("Capacity"), "COMMUNICATION": _("Communication"), "DATA": _("Data"),
    "STIGMA": _("Stigma"), "MONEY": _("Money"),
}  # fmt: skip
SOURCES: dict[str, Any] = {
    "IDENTIFIED": _("Infants identified, as the state counts them"),
    "WITH_PLAN": _("Infants with a plan, as the state counts them"),
    "WITH_REFERRAL": _("Infants with a referral, as the state counts them"),
    "ACCEPTED": _("Infants whose family a service accepted, as the state counts them"),
    "STARTED": _("Infants whose family a service began with, as the state counts them"),
    "KEPT90": _("Infants whose service lasted 90 days, as the state counts them"),
    "GOAL": _("Infants with a goal of the plan met, as the state counts them"),
}
STAGES: dict[int, Any] = {
    0: _("Before the first stage"), 1: _("Exchanging information"), 2: _("Joint projects"), 3: _("Changing the rules"), 4: _("Changing the system"),
}  # fmt: skip
INDICATORS: dict[str, Any] = {
    "DIRECTORY": _("A directory of partners that is complete"),
    "GLOSSARY": _("A glossary of each other’s words"),
    "ATTENDANCE": _("Three of four members come to the meetings"),
    "CROSS_TRAINING": _("Staff learned together"),
    "CHARTER": _("A signed memorandum or an adopted charter"),
    "JOINT_PILOT": _("A joint grant or pilot"),
    "CO_LOCATED": _("Staff of one partner work at another"),
    "SHARED_GOALS": _("Shared goals with measures"),
    "DATA_AGREEMENT": _("A data-sharing agreement in force"),
    "SHARED_PLAN": _("A shared plan for at least half of the families in common"),
    "SCREENING_PROTOCOL": _("One protocol for screening or notifying"),
    "PRIORITY_ADMISSION": _("A rule about who is admitted first"),
    "BLENDED_FUNDING": _("Money of several agencies put together"),
    "SHARED_DATA": _("Shared data that oversight uses"),
    "POLICY_CHANGED": _("A policy or a law that was changed"),
    "OPEN_TO_ALL": _("Services for all families, not for a grant’s only"),
    "SUSTAINED_FUNDING": _("Money that lasts"),
    "BETTER_OUTCOMES": _("Better results than at the beginning"),
}
FITS: dict[str, Any] = {"YES": _("It supports the goal"), "PARTLY": _("In part"), "NO": _("It does not")}
FILE_WRONG: dict[str, Any] = {
    "TOO_LARGE": _("The file is larger than 400 kB. Take out what is not an item."),
    "NOT_TEXT": _("The file is not text in UTF-8. Save it as CSV UTF-8 or as JSON."),
    "NOT_READABLE": _("The file has not the columns section, id and text, or not the form of JSON that is asked for."),
    "EMPTY": _("The file holds no item."),
    "TOO_MANY": _("More than 200 items. Take some out."),
    "NO_SECTION": _("Name the section."),
    "NO_ID": _("Give an id of at most 16 letters, digits, dots and dashes."),
    "TWICE": _("This id stands in the file already."),
    "NO_WORDS": _("Give the words of the item, at most 400 letters."),
}
REFUSALS: dict[str, Any] = {
    "KIND": _("Choose a questionnaire."),
    "CLOSES_ON": _("Give a day after today, within half a year."),
    "INVITED": _("Ask more people: at least 5 members, or 11 families and staff. Else nothing could be shown."),
    "OPEN_ALREADY": _("This questionnaire is open already. Close it before you ask again."),
    "TOO_SOON": _("Four weeks lie between two times of asking the same people the same, so that nobody is found by what changed in between."),
    "PARTNER": _("Choose the practice that families are asked about."),
    "ITEM_SET": _("Choose a set that was imported for this questionnaire."),
    "FOLLOWS": _("Choose a round of the same questionnaire that is closed."),
    "NOT_OPEN": _("This round is closed."),
    "NOT_CLOSED": _("This round is still open."),
    "TWICE_REMINDED": _("Two reminders are enough."),
    "CODE": _("This code opens no questionnaire that is open now. Look at each letter, or ask who gave it to you."),
    "CODE_USED": _("With this code an answer was given already."),
    "CODE_TAKEN": _("You took your code already. It is shown once, so that it is kept nowhere."),
    "NO_SEAT": _("A code is for members of the partnership’s bodies."),
    "HOW_MANY": _("Print between 1 and 200 codes at a time."),
    "ANSWERS": _("Answer each statement. Who cannot say, says so."),
    "READING": _("Write down what you read in it."),
    "TOO_FEW": _("Too few answered. There is nothing to read, so that nobody is found."),
    "DISCUSSED_ON": _("Give a day between the closing and today."),
    "DISCUSSED": _("Write down what was said about it."),
    "WHAT": _("Say what is to be done."),
    "OWNER": _("Choose the partner who does it."),
    "DUE_ON": _("Give a day that is still to come."),
    "RESULT": _("Say what became of it."),
    "EVERY_MONTHS": _("Give between 1 and 36 months."),
    "NEXT_ON": _("Give a day that is still to come."),
    "TITLE": _("Give a title."),
    "SCOPE": _("Say for whom, from where and to where you walk."),
    "SPONSOR": _("Choose the partner who stands for the walk."),
    "YEAR": _("Give the year of the state’s counts."),
    "GROUPS": _("At most six groups, each with a name of its own."),
    "BARRIER_KIND": _("Choose what kind of barrier it is."),
    "SOURCE": _("Choose from the list."),
    "COUNT": _("Give a number from 0."),
    "EVIDENCE": _("Choose a record for each indicator that is met, or say which paper shows it."),
    "WHY": _("Say which stage you see, and why."),
    "NEXT_STEPS": _("Say which steps come next."),
    "MOVED_BACK": _("The stage is lower than before. Say what happened. It may happen, and it is kept."),
    "PAIR": _("Choose two different partners, or none."),
    "LINES": _("Look at one practice at least: name it, the goal, and whether it fits."),
    "LICENCE": _("Say who owns the wording, and that you may use it."),
    "FILE": _("The file cannot be used."),
    "TITLE_TAKEN": _("This set is here in this version already."),
    "LATER_DAY": _("This day is still to come. Give today or an earlier day."),
}
