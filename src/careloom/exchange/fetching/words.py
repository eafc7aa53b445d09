"""Words of the pages on fetching a consented record."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

FACTS: dict[str, Any] = {
    "Condition": _("Diagnosis"),
    "Medication": _("Medicine"),
    "Exposure": _("Exposure"),
    "Observation": _("Measured value"),
    "Encounter": _("Visit or stay"),
    "Pregnancy": _("Pregnancy"),
}
STEPS: dict[str, Any] = {
    "Patient": _("Who she is"),
    "Condition": _("Diagnoses"),
    "Observation": _("Measured values"),
    "MedicationRequest": _("Medicines"),
    "Encounter": _("Visits and stays"),
    "Procedure": _("Procedures"),
    "Pointed": _("Where they come from"),
}
STATES: dict[str, Any] = {
    "WAITING": _("It waits for its turn"),
    "RUNNING": _("It is being read"),
    "STOPPED": _("Stopped"),
    "READY": _("Here to look at"),
    "DONE": _("Done"),
    "REFUSED": _("It did not work"),
    "OVER": _("Over"),
}
GAPS: dict[str, Any] = {
    "PARTNER": _("Choose the partner whose records this system gives. Your own agency’s records need no fetching."),
    "NOT_COVERED": _("No form of hers that is in force lets your agency receive this record. Ask her, and begin again."),
    "MOVED": _("It moved on meanwhile. Look at how it stands now."),
    "NOTHING": _("Choose at least one fact."),
    "WAIT": _("A new key is on its way already. It signs within a day."),
}
FAILURES: dict[str, Any] = {
    "CONSENT": _("Her form ended, the system is no longer registered, or who asked no longer works with her. What was read is gone."),
    "DOWN": _("The system does not answer as it should."),
    "SLOW": _("The system took too long."),
    "REFUSED": _("The system refused. Ask those who run it whether they let Careloom read, and whether they have its newest key."),
    "NOT_GIVEN": _("The system does not let Careloom look for people. Ask those who run it for the scope system/Patient.rs."),
    "MISSING": _("The system did not find what was asked for. Ask your administrator whether its address is right."),
    "ELSEWHERE": _("The system pointed to an address that is not registered. Nothing was read. Ask your administrator to look at its hosts."),
    "NOT_JSON": _("The system answered with something that is no record. Ask those who run it whether its address is right."),
    "NOT_FHIR": _("The system answered with something that is no record. Ask those who run it whether its address is right."),
    "NOT_READ": _("Her record there cannot be read as one. Ask those who run the system to look at it."),
    "NOT_SMART": _("The system does not offer the sign-in of machines (SMART Backend Services). Ask those who run it."),
    "TOO_BIG": _("The system gave more than can be read at once. Ask them for a file, and bring it in."),
    "NOBODY": _("The system has nobody of her name and birth date. Ask the partner under which name they know her."),
    "SEVERAL": _("The system has more than one person of her name and birth date, and Careloom does not choose. Ask the partner for a file."),
    "ANOTHER": _("The system mixed in the record of somebody else. Nothing was kept. Tell those who run it."),
    "NO_DAY": _("Your record of her lacks her full name or her birth date. Write them down first."),
    "KEY": _("Your agency’s key could not be opened. Tell your operator."),
}
