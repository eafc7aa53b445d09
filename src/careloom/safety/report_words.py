"""The codes of a report of maltreatment and their words. The extract writes the same codes in small letters (outcomes.measures.vocabulary)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

SOURCES: Mapping[str, Any] = {
    "MEDICAL": _("Medical personnel"), "SOCIAL_SERVICES": _("Social services"), "MENTAL_HEALTH": _("Mental health personnel"),
    "LEGAL": _("Police or courts"), "EDUCATION": _("Education personnel"), "CHILD_DAY_CARE": _("Child day care"),
    "SUBSTITUTE_CARE": _("Foster or residential care"), "VICTIM": _("The child"), "PARENT": _("A parent"), "RELATIVE": _("Another relative"),
    "NEIGHBOR": _("A friend or neighbor"), "PERPETRATOR": _("The person said to have done it"), "ANONYMOUS": _("Nobody named"),
    "OTHER": _("Somebody else"), "UNKNOWN": _("Not known"),
}  # fmt: skip
SCREENED: Mapping[str, Any] = {"": _("Not decided yet"), "IN": _("Screened in"), "OUT": _("Screened out")}
RESPONSES: Mapping[str, Any] = {"INVESTIGATION": _("Investigation or assessment"), "ALTERNATIVE": _("Alternative response")}
DISPOSITIONS: Mapping[str, Any] = {
    "SUBSTANTIATED": _("Substantiated"), "INDICATED": _("Indicated, or reason to suspect"),
    "ALTERNATIVE_VICTIM": _("Alternative response, victim"), "ALTERNATIVE_NONVICTIM": _("Alternative response, not a victim"),
    "UNSUBSTANTIATED": _("Unsubstantiated"), "INTENTIONALLY_FALSE": _("Unsubstantiated, intentionally false"),
    "NO_FINDING": _("Closed without a finding"), "NO_ALLEGATION": _("No maltreatment was alleged"), "OTHER": _("Another disposition"),
    "UNKNOWN": _("Not known"),
}  # fmt: skip
ALTERNATIVE = frozenset({"ALTERNATIVE_VICTIM", "ALTERNATIVE_NONVICTIM"})
#: What only an investigation finds.
INVESTIGATED = frozenset({"SUBSTANTIATED", "INDICATED", "UNSUBSTANTIATED", "INTENTIONALLY_FALSE"})
KINDS: Mapping[str, Any] = {
    "PHYSICAL": _("Physical abuse"), "NEGLECT": _("Neglect"), "MEDICAL_NEGLECT": _("Medical neglect"), "SEXUAL": _("Sexual abuse"),
    "PSYCHOLOGICAL": _("Psychological or emotional maltreatment"), "TRAFFICKING": _("Sex trafficking"), "OTHER": _("Other maltreatment"),
}  # fmt: skip
LEVELS: Mapping[str, Any] = {
    "SUBSTANTIATED": _("Substantiated"), "INDICATED": _("Indicated"), "ALTERNATIVE_VICTIM": _("Alternative response, victim"),
    "ALTERNATIVE_NONVICTIM": _("Alternative response, not a victim"), "UNSUBSTANTIATED": _("Unsubstantiated"), "UNKNOWN": _("Not known"),
}  # fmt: skip
MOST_KINDS = 4  # what the federal file has room for
YES_NO: Mapping[str, Any] = {"YES": _("Yes"), "NO": _("No"), "UNKNOWN": _("Not known")}
_BOTH: Mapping[str, Any] = {
    "ALCOHOL": _("Alcohol"), "DRUG": _("Drugs"), "INTELLECTUAL": _("Intellectual disability"), "EMOTIONAL": _("Emotional disturbance"),
    "SENSORY": _("Visual or hearing impairment"), "LEARNING": _("Learning disability"), "PHYSICAL": _("Physical disability"),
}  # fmt: skip
CHILD_FACTORS: Mapping[str, Any] = {
    **_BOTH, "ALCOHOL": _("Alcohol (with exposure before birth)"), "DRUG": _("Drugs (with exposure before birth)"),
    "BEHAVIOR": _("Behavior problem"), "MEDICAL": _("Other medical condition"),
}  # fmt: skip
CARETAKER_FACTORS: Mapping[str, Any] = {
    **_BOTH, "MEDICAL": _("Other medical condition"), "VIOLENCE": _("Domestic violence"), "HOUSING": _("Inadequate housing"),
    "MONEY": _("Financial problem"), "PUBLIC_ASSISTANCE": _("Public assistance"),
}  # fmt: skip
SERVICES: Mapping[str, Any] = {
    "FAMILY_SUPPORT": _("Family support"), "FAMILY_PRESERVATION": _("Family preservation"), "FOSTER_CARE": _("Foster care"),
    "COURT_REPRESENTATIVE": _("Court-appointed representative"), "ADOPTION": _("Adoption"), "CASE_MANAGEMENT": _("Case management"),
    "COUNSELING": _("Counseling"), "DAY_CARE": _("Child day care"), "EDUCATION": _("Education and training"), "EMPLOYMENT": _("Employment"),
    "FAMILY_PLANNING": _("Family planning"), "HEALTH": _("Health and home health"), "HOME_BASED": _("Home-based services"),
    "HOUSING": _("Housing"), "INDEPENDENT": _("Independent living"), "INFORMATION": _("Information and referral"), "LEGAL": _("Legal services"),
    "MENTAL_HEALTH": _("Mental health"), "PREGNANCY": _("Pregnancy and parenting"), "RESPITE": _("Respite care"),
    "DISABILITY": _("Disability services"), "DELINQUENCY": _("Juvenile services"), "SUBSTANCE": _("Substance use treatment"),
    "TRANSPORT": _("Rides"), "OTHER": _("Other services"),
}  # fmt: skip

GAPS: Mapping[str, Any] = {
    "CHILD": _("Choose the child."),
    "RECEIVED_ON": _("Choose a day that is not in the future."),
    "SOURCE": _("Choose who reported."),
    "INCIDENT_ON": _("What happened cannot lie after the report."),
    "SCREENED": _("Choose whether the report was screened in."),
    "SCREENED_ON": _("Give the day of the screening: not before the report, and not in the future."),
    "SCREENED_OUT": _("A report that was screened out has no response and no disposition. Take them out, or change the screening."),
    "RESPONSE": _("Choose the response that the report was given."),
    "STARTED_ON": _("The response cannot begin before the report, nor in the future."),
    "DISPOSITION": _("Choose the disposition, or leave its day empty too."),
    "DISPOSED_ON": _("Give the day of the disposition: not before the report, and not in the future."),
    "ALTERNATIVE": _("An alternative response has a disposition of its own. Choose one of the two."),
    "KINDS": _("The federal file takes four kinds of maltreatment. Keep the four that weigh most."),
    "NO_KIND": _("A finding needs what was found: choose at least one kind of maltreatment with the same level."),
    "FACTORS": _("Choose one of the answers."),
    "SERVICES": _("Services need the answer yes, and yes needs at least one service."),
    "SERVICES_ON": _("Give the day on which the services began, and only where there are services."),
    "DIED_ON": _("Give the day of the death where the child died, and only there."),
    "TWICE": _("This child has this report already. Open it and correct it."),
    "REASON": _("Write the reason."),
    "REPLACED": _("This was corrected meanwhile. Open the newest version and correct that one."),
    "NUMBER": _("Write the number of the report, in at most 40 letters and digits."),
}
