"""The words that people read for the codes of the position. Types, places and reasons are the pack's."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

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
}
