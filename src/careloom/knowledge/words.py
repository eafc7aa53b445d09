"""The words of what partners know of each other: codes, and what an action refuses."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from careloom.partnership.words import LEVELS, SECTORS

SECTIONS: dict[str, Any] = {
    "PRACTICE": _("Practices and policies"),
    "LIMITS": _("Mandates and limits"),
    "RESOURCES": _("Resources, gaps and barriers"),
    "TECHNOLOGY": _("Technology to follow outcomes"),
    "PEOPLE": _("Who leads, and who answers for the program"),
    "CONDUCT": _("Policy on inappropriate behavior"),
    "VIEWS": _("Our client, and what success is"),
}
PARTS: dict[str, Any] = {
    "PRACTICES": _("How we work with families"),
    "POLICIES": _("Our policies that shape it"),
    "PRIORITIES": _("What we put first"),
    "STATUTE": _("Statutes that bind us"),
    "FUNDING": _("What our funding allows and forbids"),
    "CONFIDENTIALITY": _("What we may not share"),
    "TIME_LIMITS": _("Time limits that we work under"),
    "BASELINE": _("What we have today"),
    "GAPS": _("What we lack"),
    "BARRIERS": _("What stands in the way"),
    "SYSTEMS": _("Systems we use"),
    "EXPORTS": _("What we can export"),
    "INTERFACES": _("What can connect to others"),
    "TECH_GAPS": _("What we cannot follow yet"),
    "LEADER": _("Who leads the organization"),
    "ACCOUNTABLE": _("Who answers for the program"),
    "CONDUCT": _("What we do about inappropriate behavior of children, youth and adults"),
    "CLIENT": _("Who is our primary client?"),
    "SUCCESS": _("What is success for us?"),
}
PART_HINTS: dict[str, Any] = {
    "TIME_LIMITS": _("Such as the months after which child welfare law asks for a permanent home."),
    "LEADER": _("Name and title."),
    "ACCOUNTABLE": _("Name and title of the person whom others may ask."),
    "SYSTEMS": _("Names of the systems, and what each of them keeps."),
    "CONFIDENTIALITY": _("The law or rule, and what it means for partners."),
}
STEPS: dict[str, Any] = {
    "SCREEN": _("Screen"),
    "NOTIFY": _("Notify"),
    "ASSESS": _("Assess"),
    "WRITE_PLAN": _("Write the plan"),
    "MONITOR": _("Follow the plan"),
    "CLOSE": _("Close it"),
    "REPORT": _("Report"),
}
DUTIES: dict[str, Any] = {"R": _("Does it"), "A": _("Answers for it"), "C": _("Is asked before"), "I": _("Is told after")}
WHYS: dict[str, Any] = {
    "FIRST": _("The first one"),
    "SCOPE": _("The scope changed"),
    "SCALE": _("More places or more families"),
    "STAFF": _("Staff changed"),
    "LEADER": _("A leader changed"),
    "RULES": _("Law or policy changed"),
}
ROLE_GAPS: dict[str, Any] = {
    "NOBODY": _("nobody does it"),
    "NO_ANSWER": _("nobody answers for it"),
    "TWO_ANSWER": _("more than one answers for it"),
}
ITEMS: dict[str, Any] = {
    "onboarding.MISSION": _("Mission and principles read and talked over"),
    "onboarding.STRUCTURE": _("Knows the tiers, and whom to ask"),
    "onboarding.WORDS": _("Has read our words and what they mean at each partner"),
    "onboarding.AGREEMENTS": _("Has read the agreements in force"),
    "onboarding.CONFIDENTIALITY": _("Knows what may be shared and what may not"),
    "onboarding.STIGMA": _("Has taken the training on stigma"),
    "onboarding.NUMBERS": _("Has seen the numbers and what they hide"),
    "onboarding.CONTACTS": _("Has met the contacts at each partner"),
    "kick-off.VISIT": _("County child welfare visits the site"),
    "kick-off.ROLES": _("Each says what its roles are"),
    "kick-off.SERVICES": _("The site says what it does and how it helps safety and family stability"),
    "kick-off.REQUIREMENTS": _("Child welfare says what policy requires"),
    "kick-off.SUPPORTS": _("Child welfare says what supports it can give"),
    "kick-off.PLAN": _("A plan for working together is begun"),
    "start.STRUCTURE": _("Make the structure"),
    "start.PARTNERS": _("Find the partners"),
    "start.VALUES": _("Agree on values and goals"),
    "start.IMPROVE": _("Find out what to make better"),
    "widen.RELATIONS": _("Widen relationships with obstetric and infant providers, hospitals, public and mental health and early intervention"),
    "widen.CHANNELS": _("Widen the ways to talk with each other"),
    "widen.WIDEN_SERVICES": _("Widen the services"),
    "widen.LIVED": _("Bring in people who have been through it"),
}
TASK_LISTS: dict[str, Any] = {
    "onboarding": _("Onboarding"),
    "kick-off": _("Kick-off with a site"),
    "start": _("Our start: we begin anew"),
    "widen": _("Our start: we widen what there is"),
    "guide": _("What we do after our talks"),
    "outreach": _("Outreach plan"),
    "equity": _("What we do for equal access"),
    "table": _("Bringing in who is missing"),
}
SUBJECTS: dict[str, Any] = {
    "MISSION": _("A system's mission"),
    "POLICIES": _("A system's policies and procedures"),
    "OUTCOMES": _("The outcomes a system wants"),
    "COLLABORATION": _("What can stand in the way of working together"),
    "STIGMA": _("Stigma"),
    "CARE": _("Medication and recovery support"),
    "DUTIES": _("Legal duties and child welfare mandates"),
    "OTHER": _("Something else"),
}
CONTACT_KINDS: dict[str, Any] = {"MAIN": _("Contact"), "LIAISON": _("Liaison"), "ON_CALL": _("On call"), "BESIDE": _("Sits at a partner")}
EXCHANGE_KINDS: dict[str, Any] = {"TRAINING": _("Training"), "ADVICE": _("Consultation")}
EXCHANGE_STATES: dict[str, Any] = {"OPEN": _("Open"), "AGREED": _("Agreed"), "DONE": _("Done"), "NO": _("Not possible")}
STAKEHOLDER_STATES: dict[str, Any] = {"WANTED": _("Not asked yet"), "ASKED": _("Asked"), "HERE": _("At the table"), "NO": _("Does not want to")}
BODY_KINDS: dict[str, Any] = {
    "EXPOSED_NEWBORNS": _("Collaborative on substance-exposed newborns"),
    "PERINATAL_QUALITY": _("Perinatal quality collaborative"),
    "OPIOIDS": _("Opioid task force"),
    "MATERNAL_DEATHS": _("Maternal mortality review"),
    "CHILD_DEATHS": _("Child fatality review"),
    "COURT": _("Early childhood or recovery court"),
    "OTHER": _("Another body"),
}
PHASES: dict[str, Any] = {
    "PRENATAL": _("Prenatal"), "BIRTH": _("Birth"), "POSTPARTUM": _("Postpartum"), "EARLY_CHILDHOOD": _("Early childhood"),
}  # fmt: skip
OUTCOMES: dict[str, Any] = {
    "TREATMENT": _("More parents in treatment and recovery"),
    "PRENATAL_CARE": _("Earlier prenatal care"),
    "STAY_TOGETHER": _("Families stay together"),
    "EARLY_DEVELOPMENT": _("Infants develop well"),
    "FEWER_DEATHS": _("Fewer deaths"),
    "STIGMA": _("Less stigma"),
    "FAIR_TESTING": _("Fair testing and notification"),
}
POPULATIONS: dict[str, Any] = {
    "PREGNANT": _("Pregnant people"), "POSTPARTUM": _("Mothers after birth"), "INFANTS": _("Infants"), "FATHERS": _("Fathers and partners"),
    "TRIBAL": _("Tribal families"), "RURAL": _("Rural families"),
}  # fmt: skip
LANGUAGES: dict[str, Any] = {
    "ENGLISH": _("English"), "SPANISH": _("Spanish"), "NATIVE_LANGUAGE": _("A Native language"), "OTHER_LANGUAGE": _("Another language"),
}  # fmt: skip
DIMENSIONS: dict[str, Any] = {"RACE": _("Race and ethnicity"), "PLACE": _("Where people live"), "LANGUAGE": _("Language at home")}
SELF_SAID: dict[str, Any] = {
    "NATIVE": _("American Indian or Alaska Native"),
    "ASIAN": _("Asian"),
    "BLACK": _("Black or African American"),
    "HISPANIC": _("Hispanic or Latino"),
    "MIDDLE_EASTERN": _("Middle Eastern or North African"),
    "PACIFIC": _("Native Hawaiian or Pacific Islander"),
    "WHITE": _("White"),
    "RURAL": _("In the country"),
    "SMALL_TOWN": _("In a small town"),
    "CITY": _("In a city"),
    **LANGUAGES,
}
REVIEW_KINDS: dict[str, Any] = {
    "champions": _("Who are our champions now?"), "table": _("Who should be at the table?"), "equity": _("Equity policy review"),
}  # fmt: skip
ASKED_OF = SECTORS
STAFF_LEVELS = LEVELS

REFUSALS: dict[str, Any] = {
    "WORDS": _("Write it in a few words."),
    "NAME": _("Give the word."),
    "NAME_TAKEN": _("This stands here already. Open that one."),
    "PARTNER": _("Choose a partner of this collaborative."),
    "NOTHING": _("Write at least one part."),
    "CELLS": _("Use the letters R, A, C and I only."),
    "EMPTY": _("Give at least one partner a role."),
    "WHY": _("Choose why there is a new version."),
    "LATER_DAY": _("This day is still to come. Give today or an earlier day."),
    "NEXT": _("The next look comes after this one."),
    "OUTCOMES": _("Write down what the outcomes of families show."),
    "STEPS": _("Give each step on a line of its own, with its days after a colon: Talk with each other: 10."),
    "NEUTRAL": _("Say who stands between the partners."),
    "DECIDER": _("Say who decides at last."),
    "NO_PROCESS": _("Agree on how you settle disputes first."),
    "SUBJECT": _("Say what it is about."),
    "PARTNERS": _("Choose at least two partners."),
    "HANDS": _("Choose members who sign in to Careloom."),
    "STEP": _("Choose a step of the process."),
    "CLOSED": _("This dispute is closed."),
    "BEFORE": _("This day lies before the dispute began."),
    "OUTCOME": _("Write down how it ended."),
    "ITEM": _("Choose a task of this list."),
    "PAST_DAY": _("Give a day that is still to come."),
}
