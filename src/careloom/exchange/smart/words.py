"""Words of the pages on opening from an EHR."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

KINDS: dict[str, Any] = {
    "Condition": _("diagnoses"),
    "Observation": _("measured values"),
    "MedicationRequest": _("medicines"),
    "Encounter": _("visits and stays"),
    "Procedure": _("procedures"),
}
GAPS: dict[str, Any] = {
    "NOT_ALLOWED": _("Your role does not register systems. Ask your administrator."),
    "NO_NAME": _("Give the system a name."),
    "ISS": _("Give its FHIR address: https, without a question mark and without a name or password in it."),
    "CLIENT": _("Give the client id that the EHR gave to Careloom."),
    "HOSTS": _("Give up to five host names, one a line, such as login.hospital.org, without https:// and without a path."),
    "KNOWN": _("This address is registered already. End that one first, or leave it as it is."),
}
FAILURES: dict[str, Any] = {
    "UNKNOWN": _("This EHR is not registered for your agency. Ask your administrator to register it, or choose the agency you act for."),
    "STATE": _("This way back was used already, is too old, or was not begun here. Open her record in the EHR again."),
    "DENIED": _("The EHR did not let Careloom read. Open her record in the EHR again, and say yes where it asks."),
    "DOWN": _("The EHR does not answer as it should. Try again in a few minutes, or bring in her record as a file."),
    "SLOW": _("The EHR took too long. Try again in a few minutes, or bring in her record as a file."),
    "REFUSED": _("The EHR refused to give this record. You may not have access to it there, or Careloom has not: ask those who run the EHR."),
    "MISSING": _("The EHR did not find what was asked for. Ask those who run it whether its address is right."),
    "ELSEWHERE": _("The EHR pointed to an address that is not registered. Nothing was read. Ask your administrator to look at its hosts."),
    "NOT_JSON": _("The EHR answered with something that is no record. Ask those who run it whether its address is right."),
    "NOT_FHIR": _("The EHR answered with something that is no record. Ask those who run it whether its address is right."),
    "TOO_BIG": _("The EHR gave more than can be read at once. Bring in her record as a file."),
    "NOT_SMART": _("The EHR does not offer the sign-in that Careloom needs (SMART App Launch 2 with S256). Ask those who run it."),
    "NOT_PROVEN": _("The EHR did not prove that this answer is its own. Nothing was read. Ask those who run it about the id token."),
    "NO_PATIENT": _("The EHR did not say whose record is open. Open the mother's or the baby's record there first, then open Careloom."),
    "NO_BABY": _("The EHR links no newborn to this record. Open the baby's record there, or bring in both records as files."),
    "NO_MOTHER": _("The EHR names no mother for this baby. Open the mother's record there, or bring in both records as files."),
    "TWO_MOTHERS": _("The EHR names two mothers for this baby, and Careloom does not choose. Open the record of the one who gave birth."),
}
