"""The words of the pages about use."""

from __future__ import annotations

from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from careloom.usage.shares import How, Share

SCREENS, FIELDS = "screens", "fields"
SAID = {
    How.NEVER: _("Never"),
    How.SELDOM: _("Fewer than half; the number is too small to show"),
    How.OFTEN: _("Half or more; the number is too small to show"),
    How.HIDDEN: _("Hidden, because the numbers are small"),
    How.FEW: _("Too few rows to say"),
}
ASK = _("Ask whether the form needs it")
TEACH = _("Ask who needs it")
#: Below this share (of 100) a field is worth a question.
SELDOM_PERCENT = 10.0


def said(share: Share) -> str:
    """A share in words or as a percentage."""
    if share.how is How.SHARE and share.percent is not None:
        return say("%(percent)s of 100") % {"percent": f"{share.percent:g}"}
    return str(SAID[share.how])


def proposal(year: Share) -> str:
    """What could be done about a field, by how it stood in a year; nothing where it is used."""
    if year.how is How.NEVER:
        return str(ASK)
    return str(TEACH) if year.how is How.SHARE and year.percent is not None and year.percent < SELDOM_PERCENT else ""
