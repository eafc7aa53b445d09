"""Words of the pages on systems."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

TYPES: dict[str, Any] = {
    "Patient": _("Mothers, infants and others by name"),
    "RelatedPerson": _("The family as she defines it, and the mother of an infant"),
    "CarePlan": _("Plans of safe care"),
    "CareTeam": _("Care teams"),
    "Goal": _("Goals"),
    "ServiceRequest": _("Referrals"),
    "Task": _("How referrals stand"),
    "Consent": _("Consents"),
    "Condition": _("What she and her infant are treated for"),
    "Observation": _("Pregnancy, birth, measured values and what forms add up to"),
    "MedicationRequest": _("Medicines"),
    "Encounter": _("Visits and stays"),
    "QuestionnaireResponse": _("Forms that were filled"),
    "DocumentReference": _("Plans on paper (PDF)"),
    "AuditEvent": _("Who looked at the agency's records (as privacy officer only)"),
    "Provenance": _("Who wrote what, and when"),
    "Organization": _("Agencies and providers"),
    "HealthcareService": _("Services of the directory"),
    "Location": _("Places of services"),
}
GAPS: dict[str, Any] = {
    "NOT_ALLOWED": _("Your role does not register systems. Ask your administrator."),
    "NO_NAME": _("Give the system a name."),
    "ROLE": _("Choose one of the roles shown."),
    "PURPOSE": _("Choose one of the purposes shown."),
    "SCOPES": _("Choose what it may read, answer and tell, among what its role may."),
    "NOT_JSON": _('This is not a key set. Paste the whole text that begins with {"keys".'),
    "NO_KEYS": _("This key set holds no key, or too many. One to ten keys are taken."),
    "PRIVATE": _("This is a private key. Never give it to anybody. Make a new pair, and paste the public half only."),
    "KIND": _("A key here is of a kind that is not used. Use ES384 (P-384) or RS384."),
    "WEAK": _("An RSA key needs at least 2048 bits."),
    "NO_KID": _("Each key needs a key id (kid) of its own."),
}
