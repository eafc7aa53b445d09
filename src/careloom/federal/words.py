"""What the codes of the federal files are called for people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

KINDS: Mapping[str, Any] = {
    "CHILD": _("NCANDS Child File: a record for each report and child"), "AGENCY": _("NCANDS Agency File: counts of the year"),
    "AFCARS": _("AFCARS: a record for each child in care"),
}  # fmt: skip
SHORT: Mapping[str, Any] = {"CHILD": _("NCANDS Child File"), "AGENCY": _("NCANDS Agency File"), "AFCARS": _("AFCARS out-of-home care")}
STATES: Mapping[str, tuple[Any, str, str]] = {
    "WAITING": (_("Waits for its turn"), "wait", "schedule"), "WRITING": (_("Being written"), "wait", "schedule"),
    "READY": (_("Written"), "done", "check"), "FAILED": (_("Stopped"), "late", "schedule"),
}  # fmt: skip
BECAUSE: Mapping[str, Any] = {
    "UNCONFIRMED": _("Fields of the layout are not confirmed against the federal document."),
    "ERRORS": _("Records have errors that must be mended first."),
    "PERIOD_OPEN": _("The period is not over."),
    "PRACTICE": _("This is a practice state."),
}
PROBLEMS: Mapping[str, Any] = {"LAYOUT_CHANGED": _("The layout changed while the file was written. Ask for it again.")}
FAULTS: Mapping[str, Any] = {
    "MISSING": _("Needed, and not there"), "NO_CODE": _("Has no code in the layout"), "BEFORE": _("Lies before the day that it should follow"),
    "OUTSIDE": _("Lies outside of the period"), "NO_KIND": _("A finding without what was found"), "NOT_KNOWN": _("Written as not known"),
    "PAIR": _("One of two things that belong together is missing"), "BEFORE_BIRTH": _("The report came before the birth"),
    "ADULT": _("Eighteen or older at the report"), "LATE": _("Later than the rule allows"),
}  # fmt: skip
GAPS: Mapping[str, Any] = {
    "KIND": _("Choose which file."), "PERIOD": _("Choose a period of that file: a federal year for NCANDS, six months for AFCARS."),
}  # fmt: skip
FIELD_TYPES: Mapping[str, Any] = {"N": _("Number"), "A": _("Text"), "C": _("Code"), "D": _("Day"), "T": _("Time")}
BASES: Mapping[str, Any] = {"V": _("Seen in a public document"), "K": _("From memory")}


def period(name: str) -> str:
    """A period in words."""
    if name.startswith("FFY"):
        return now("Federal year %(year)s") % {"year": name[3:]}
    year, half = int(name[:4]), name[4]
    if half == "A":
        return now("October %(before)s to March %(year)s (%(name)s)") % {"before": year - 1, "year": year, "name": name}
    return now("April to September %(year)s (%(name)s)") % {"year": year, "name": name}
