"""Words for the codes of a notification, as workers read them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

SUBSTANCES = {
    "METHADONE": _("Methadone"),
    "BUPRENORPHINE": _("Buprenorphine"),
    "PRESCRIPTION_OPIOID": _("Prescription opioid"),
    "PRESCRIPTION_BENZODIAZEPINE": _("Benzodiazepine"),
    "PRESCRIPTION_STIMULANT": _("Prescription stimulant"),
    "PSYCHIATRIC_MEDICATION": _("Psychiatric medicine"),
    "OTHER_MEDICATION": _("Another medicine"),
    "ALCOHOL": _("Alcohol"),
    "CANNABIS": _("Cannabis"),
    "HEROIN": _("Heroin"),
    "FENTANYL": _("Fentanyl"),
    "COCAINE": _("Cocaine"),
    "METHAMPHETAMINE": _("Methamphetamine"),
    "HALLUCINOGEN": _("Hallucinogen"),
    "OTHER_SUBSTANCE": _("Another substance"),
    "NOT_KNOWN": _("Not known"),
}
PRESCRIBED = {"YES": _("Prescribed"), "NO": _("Not prescribed"), "UNSURE": _("Not sure")}
YES_NO_UNSURE = {"YES": _("Yes"), "NO": _("No"), "UNSURE": _("Not sure")}
WITHDRAWAL = {"NONE": _("No signs of withdrawal"), "OBSERVED": _("Signs seen, no medicine needed"), "TREATED": _("Signs treated with medicine")}
FASD = {"NONE": _("No signs of a fetal alcohol disorder"), "SUSPECTED": _("Signs suspected"), "DIAGNOSED": _("Diagnosed")}
HOMES = {
    "MOTHER": _("With the mother"),
    "OTHER_PARENT": _("With the other parent"),
    "RELATIVE": _("With a relative"),
    "FOSTER": _("With a foster family"),
    "OTHER": _("With somebody else"),
}
TREATMENT = {"YES": _("Yes"), "WAITING": _("Waiting for a place"), "NO": _("No"), "DECLINED_TO_SAY": _("She’d rather not say")}
SAFETY = {"NO": _("No"), "YES": _("Yes, and I can say what was seen")}
PLAN = {"HAS_CARD": _("Yes, she showed her card"), "WANTS_ONE": _("No, she wants one"), "NOT_NOW": _("Not now")}
TOLD = {
    "IN_HER_LANGUAGE": _("I did, in her language"),
    "INTERPRETER": _("I did, with an interpreter"),
    "COLLEAGUE": _("A colleague did"),
    "NOT_YET": _("Not yet"),
    "NOT_SAFE_TO_TELL": _("Not told, with a reason"),
}
STATUSES = {"DRAFT": _("Draft"), "SENT": _("Sent"), "NOT_REQUIRED": _("Nothing to send"), "VOIDED": _("Withdrawn")}
KINDS = {"REPORT": _("Report"), "IDENTIFIED": _("Notification with names")}
#: Why child welfare may have what it received, before the citations.
BECAUSE = {
    "REPORT": _("The law asks a hospital to report what makes it fear for a child, and lets it say what the report needs."),
    "IDENTIFIED": _(
        "The law asks a hospital to tell child welfare of a baby who was exposed to a substance before birth. It is no report of abuse or neglect."
    ),
}
ANSWERS = {
    "ACCEPTED_PATHWAY": _("Taken up"),
    "SCREENED_OUT": _("Handed to the community pathway"),
    "ASKS_INFORMATION": _("Asked the hospital"),
}
REASONS = {
    "WRONG_FACT": _("A fact was wrong"),
    "NEW_INFORMATION": _("Something new is known"),
    "WRONG_PERSON": _("It is about somebody else"),
    "NOT_REQUIRED": _("It did not have to be sent"),
    "OTHER": _("Another reason"),
}
FIELDS = {
    "RECEIPT": _("A random receipt number"),
    "STATE": _("State"),
    "YEAR": _("Year"),
    "SUBSTANCE_CLASSES": _("Kind of exposure"),
    "PRESCRIBED": _("Prescribed or not"),
    "INFANT_SIGNS": _("The baby’s signs"),
    "TREATMENT_ANSWER": _("In treatment or not"),
    "PLAN_STATUS": _("Has a plan or not"),
    "LEVEL": _("Level"),
    "MONTH": _("Month of birth"),
    "COUNTY": _("County"),
    "FACILITY": _("The hospital’s name"),
    "BIRTH_DATE": _("Date of birth"),
    "INFANT_NAME": _("The baby’s name"),
    "PARENT_NAME": _("Her name"),
    "PARENT_BIRTH_DATE": _("Her date of birth"),
    "ADDRESS": _("Her address"),
    "PHONE": _("Her phone"),
    "NOTIFIER": _("Your name"),
    "SAFETY_CONCERN_TEXT": _("What was seen, in your words"),
}
LANGUAGES = {"en": _("English"), "es": _("Spanish")}
SEXES = {"FEMALE": _("Girl"), "MALE": _("Boy")}
QUESTION_LABELS = {
    "as_prescribed": _("8. Does she take it as prescribed?"),
    "in_treatment": _("9. Is she in treatment now?"),
    "safety_concern": _("10. Is anyone worried about safety right now?"),
    "plan_status": _("11. Does she have a family care plan?"),
    "told": _("12. Who told her what will be sent?"),
}
FACT_LABELS = {
    1: _("Mother"),
    2: _("Baby"),
    3: _("Exposure"),
    4: _("Prescribed"),
    5: _("Baby’s signs"),
    6: _("Alcohol, FASD"),
    7: _("Going home"),
}
