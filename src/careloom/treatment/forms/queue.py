"""Forms of the admission queue. They parse and never save."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from careloom.infra.ui.fields import day, line
from careloom.treatment import words as say
from careloom.treatment.forms.fields import Entered, Keyed, one_of, some_of


class AskForm(Keyed):
    """Somebody asks to be admitted."""

    came_by = one_of(_("How she came to you"), say.CAME_BY, stack=True)
    pregnant = forms.BooleanField(label=_("She is pregnant"), required=False)
    child_welfare = forms.BooleanField(label=_("The family has a child welfare case"), required=False)


class Versioned(Entered):
    """A form about a request that a colleague may answer meanwhile."""

    row_version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)


class InterimForm(Versioned):
    """What she was given while she waits."""

    AT = {"SERVICES": "services"}

    services = some_of(_("What she was given"), say.INTERIM, required=True)
    words = line(_("More about it"), most=300, required=False)


class AdmitForm(Versioned):
    """She is admitted."""

    on = day(_("First day of treatment"))
    level = one_of(_("Level of care"), say.LEVELS, initial="UNKNOWN")

    AT = {"HAPPENED_ON": "on", "OPEN_ALREADY": "on"}


class CloseForm(Versioned):
    """Why she was not admitted."""

    because = one_of(_("Why"), say.NOT_ADMITTED, stack=True)
