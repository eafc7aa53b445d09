"""Refusals in words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

GAPS = {
    "NOT_ALLOWED": _("Only a privacy officer of this agency can do this. Ask one of them."),
    "NO_REASON": _("Say why in a sentence. It stays with the hold."),
    "PAST": _("This day is over. Choose today or a later day, or leave it empty."),
    "NO_FAMILY": _("Your agency has no record of this family. Look for it by name again."),
}
GAPS |= {
    "NO_GROUND": _("Choose the legal ground, and write the number of the order or the citation."),
    "THERE": _("This was proposed already. Look at the list."),
    "HELD": _("A legal hold stands on these records, so nothing of them may be destroyed. Ask a privacy officer of this agency."),
    "SAME_PERSON": _("You proposed it. Another person must confirm it."),
    "OVER": _("It was taken back meanwhile."),
    "LATE": _("It was confirmed meanwhile and can no longer be taken back."),
}
FIELDS = {"NO_REASON": "reason", "PAST": "last_on", "NO_FAMILY": "scope"}
EXPUNGE_FIELDS = {"NO_REASON": "reason", "NO_GROUND": "authority", "NO_FAMILY": "family", "THERE": "family", "HELD": "family"}
GROUNDS = {
    "COURT_ORDER": _("An order of a court"),
    "LAW": _("A law that says so"),
    "SCHEDULE": _("Kept long enough by our schedule"),
    "MISTAKE": _("Should never have been here"),
}
STATES = {
    "PROPOSED": _("Waits for a second person"),
    "CONFIRMED": _("Confirmed: it goes within minutes"),
    "SWEPT": _("Gone: partners are being told"),
    "DONE": _("Gone"),
    "WITHDRAWN": _("Taken back"),
}
# What a family's rows are, by the app that keeps them. A new app of family data has its words here (a test asks).
KINDS = {
    "consents": _("Consents and orders"), "disclosures": _("Requests for records"), "exchange": _("Records fetched from partners"),
    "following": _("Follow-up"), "health": _("Health"),
    "keeping": _("Legal holds"), "careloom_messages": _("Appointments and messages"), "notifications": _("Birth notifications"),
    "people": _("People and family"), "permanency": _("Case and court"), "plans": _("Plan of safe care"), "portal": _("Her own pages"),
    "position": _("Contacts of the position"), "rights": _("Requests of patients"), "safety": _("Safety"), "screening": _("Forms"),
    "treatment": _("Treatment"), "work": _("Tasks"), "papers": _("Sealed papers among them"),
}  # fmt: skip
