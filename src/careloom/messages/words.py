"""The words of messages, for workers."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

#: What a thread is about: plain words that tell nothing of treatment, so that a list of threads may be seen by anybody who looks over a shoulder.
TOPICS: dict[str, Any] = {
    "PLAN": _("The plan"),
    "VISIT": _("A visit"),
    "BABY": _("The baby"),
    "RIDE": _("A ride"),
    "HOME": _("A place to live"),
    "MEETING": _("A meeting"),
    "OTHER": _("Something else"),
}
GAPS: dict[str, Any] = {
    "WORDS": _("Write something first."),
    "LONG": _("That is too long for one message. Send it in two."),
    "TOPIC": _("Choose what it is about."),
    "WITH": _("Choose at least one who takes part."),
    "NOT_ALLOWED": _("Your role does not write messages."),
    "TEXT": _("Write what the program does."),
}
UPLOADS: dict[str, Any] = {
    "EMPTY": _("This file is empty."),
    "TOO_LARGE": _("This file is too large. The most is 25 MB."),
    "NOT_A_PICTURE_OR_PDF": _("Only a PDF, a JPEG or a PNG picture can be added."),
    "UNREADABLE": _("This file cannot be read. Make it again and try once more."),
    "LOCKED": _("This PDF is locked. Add one without a password."),
    "ACTS": _("This PDF does something by itself. Print it as a plain PDF and add that."),
}
#: What a calendar outside the house may say of an appointment. Nothing else of it leaves.
CALENDAR: dict[str, Any] = {"HOME_VISIT": _("Visit"), "VISIT": _("Visit"), "REVIEW": _("Meeting"), "COURT": _("Meeting"), "CLASS": _("Meeting")}
CALENDAR_OTHER = _("Visit")
