"""The report to the court: about whom, by which template, and what the agency recommends."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from careloom.infra.ui.fields import line
from careloom.permanency import words as codes
from careloom.permanency.forms.fields import CaseForm, one, pick


class ReportForm(CaseForm):
    """What a report still needs beside the record."""

    template = pick(_("By which template"))
    child = pick(_("About which child"), required=False)
    court = line(_("Which court"), most=160)
    recommends = one(_("What the agency recommends"), codes.PATHS, required=False, stack=True)
    words = line(_("The recommendation in the worker’s own words"), most=2000, rows=5, required=False)
