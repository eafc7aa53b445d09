"""Refusals and kinds in words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from careloom.conduct.models import CODE, TRAINING

KINDS = {CODE: _("Code of conduct"), TRAINING: _("Training")}
GAPS = {
    "NOT_ALLOWED": _("Only an administrator of this agency may do this. Ask one of them."),
    "NO_TITLE": _("Give it a name that your colleagues know."),
    "NO_WORDS": _("Write its text, or where to take the training, in 20,000 characters at most."),
    "MONTHS": _("Choose 1 to 120 months, or leave it empty where once is enough."),
    "PAST": _("Choose today or a later day, so that everybody has time."),
    "TWO_CODES": _("There is a code of conduct already. Open it and write it anew."),
    "TOO_MANY": _("Twenty things are asked already. End one first."),
    "GONE": _("It was ended or replaced meanwhile. Go back to the list."),
    "FUTURE": _("This day has not come yet. Choose the day on which it was done."),
}
FIELDS = {"NO_TITLE": "title", "NO_WORDS": "words", "MONTHS": "months", "PAST": "starts_on", "FUTURE": "done_on"}
