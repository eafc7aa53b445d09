"""The words that people read for the codes of the position. Types, places and reasons are the pack's."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from careloom.kernel.state_entry import FaultKind

TO_WHOM = {"CASE_MANAGER": _("The child welfare case manager"), "PROVIDER": _("The treatment provider")}
REFUSALS = {
    "NOT_ALLOWED": _("Only who holds the integration position in this agency writes here. Ask your administrator who does."),
    "CODE": _("Choose one of the answers shown."),
    "LATER_DAY": _("Choose a day that has come, and not before it began."),
    "MINUTES": _("Write how many minutes it took."),
    "NO_EPISODE": _("She is not with the position now."),
    "WORKER": _("This person does not work here now."),
    "SITE": _("Write whose site it was."),
    "HOURS": _("Write how many hours, from 1 to 24."),
    "BECAUSE": _("Write in a few words what was wrong."),
    "CORRECTED": _("Somebody corrected this contact already. Open her contacts again and correct the new one."),
    "NOTHING": _("There is no new line that the state system would take. Mend what is listed, or come back after the next contact."),
}
FAULTS = {
    FaultKind.MISSING: _("%(column)s is empty, and the state system wants it."),
    FaultKind.TOO_LONG: _("%(column)s is longer than %(most)s characters."),
    FaultKind.NO_CODE: _("The state system has no code for this in %(column)s."),
}
CORRECT = _("Correct the contact.")
# By the field and what is wrong with it; an empty field stands for every other.
WHAT_TO_DO = {
    ("WITH", FaultKind.MISSING): _("Write her name in your own agency's record of her; a name that another agency shares is not sent on."),
    ("WITH", FaultKind.TOO_LONG): _("Shorten the name in your own agency's record of her."),
    ("WORKER", FaultKind.MISSING): _("The worker left. Ask your supervisor to enter this contact by hand."),
    ("WORKER", FaultKind.TOO_LONG): _("Ask your administrator to shorten the worker's name."),
    ("", FaultKind.MISSING): CORRECT,
    ("", FaultKind.TOO_LONG): CORRECT,
    ("", FaultKind.NO_CODE): _("Correct the contact, or ask who keeps the mapping to add the code."),
}
