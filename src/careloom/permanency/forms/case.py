"""Forms of the case and its plan. They parse and never save."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from careloom.infra.ui.fields import day, line
from careloom.permanency import words as codes
from careloom.permanency.forms.fields import CaseForm, many, one, pick


class OpenForm(CaseForm):
    """A case with its reason."""

    kind = one(_("What kind of case"), codes.KINDS, stack=True, hints=codes.KIND_HINTS)
    reason = line(_("Why this case is opened"), most=800, rows=4, hint=_("The parent reads this. Say what you saw and what would help."))
    decided_on = day(_("Day of the decision"), hint=_("The time for the case plan runs from it."))
    AT = {"NOTHING": "kind", "DECIDED_LATER": "decided_on"}


class ResourceForm(CaseForm):
    """What child welfare gives, with or without a case."""

    what = one(_("What"), codes.RESOURCES)
    words = line(_("In a sentence"), most=400, rows=2)
    given_on = day(_("Day"))
    AT = {"NOTHING": "words", "LATER": "given_on"}


class CloseForm(CaseForm):
    """How a case ends."""

    outcome = one(_("How it ends"), codes.OUTCOMES, stack=True)
    words = line(_("What was reached, and who goes on with the family"), most=800, rows=4)
    closed_on = day(_("Day"))
    AT = {"NOTHING": "outcome", "LATER": "closed_on", "BEFORE": "closed_on", "STILL_OPEN": "outcome"}


class ItemForm(CaseForm):
    """A goal, a service or a step."""

    kind = one(_("What it is"), codes.ITEMS)
    words = line(_("In plain words"), most=400, rows=2, hint=_("Write it with her, in words that she would use."))
    who = one(_("Who does it"), codes.WHO)
    criterion = line(
        _("How you will both know that it is reached"), most=400, required=False, hint=_("A goal needs it: something that can be seen or counted.")
    )
    by_on = day(_("By when"), required=False)
    provider = pick(
        _("Which provider’s work does it touch"), required=False, hint=_("The provider says whether a goal is realistic, before the plan is signed.")
    )
    AT = {"NOTHING": "words"}


class FitForm(CaseForm):
    """The provider's word on a goal."""

    fit = one(_("Is this goal realistic"), codes.FITS)
    words = line(_("What would make it so"), most=400, rows=2, required=False, hint=_("Say nothing of treatment that the goal does not need."))
    AT = {"NOTHING": "fit"}


class EndItemForm(CaseForm):
    """Reached, or taken out."""

    state = one(_("How it stands"), {"DONE": codes.ITEM_STATES["DONE"], "DROPPED": codes.ITEM_STATES["DROPPED"]})
    words = line(_("In a sentence"), most=400, required=False)
    AT = {"NOTHING": "state"}


class SignForm(CaseForm):
    """The parent's agreement to the case plan."""

    how = one(_("How the parent agreed"), codes.SIGNED, stack=True)
    signed_on = day(_("Day"))
    witness = line(_("Who was there"), most=120, required=False, hint=_("Needed where it was by word of mouth, or where she did not sign."))
    her_words = line(_("Her own words beside the plan"), most=1200, rows=3, required=False)
    copies = many(_("Who has a copy"), codes.COPIES)
    AT = {"NOTHING": "how", "LATER": "signed_on", "HER_COPY": "copies"}


class ReviewForm(CaseForm):
    """A review that was held."""

    held_on = day(_("Day"))
    present = line(_("Who was there"), most=300, hint=_("The parent is invited to each one."))
    safe = one(_("Safety and risk"), codes.SAFE, stack=True)
    words = line(_("What was found and agreed"), most=1200, rows=4)
    AT = {"NOTHING": "present", "LATER": "held_on"}


class TakeBackForm(CaseForm):
    """Why a row is taken back."""

    words = line(_("Why it is taken back"), most=300, hint=_("Such as: written for the wrong child."))


class RecoveryForm(CaseForm):
    """The day on which she says that her recovery began."""

    recovery_on = day(
        _("She began on"), required=False, hint=_("Only as she tells it, and only if she wants it here. Leave it empty to take it back.")
    )
    AT = {"LATER": "recovery_on"}
