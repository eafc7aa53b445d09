"""Forms for pilots."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from careloom.changes import words
from careloom.changes.facts import PilotFacts
from careloom.commons.forms.changes import ChangeForm, Named, among, marks, one_of
from careloom.commons.forms.keyed import choices
from careloom.infra.ui.fields import day, line
from careloom.infra.ui.widgets import RadioTiles


class PilotForm(ChangeForm):
    """A pilot with its sites, its measure and how it was before."""

    AT = {"BODY": "body_id", "UNTIL_DAY": "until"}
    title = line(_("Title"), most=120)
    kind = forms.ChoiceField(label=_("What is tried?"), choices=choices(words.PILOTS), widget=RadioTiles(stack=True))
    body_id = one_of(_("Which group runs it?"))
    what = line(_("What is done differently"), most=8000, rows=4)
    sites = line(_("Where it is tried"), most=400, hint=_("Names of sites, with commas between them."))
    compared = line(_("Where it goes on as before, to compare"), most=400, required=False, hint=_("Names of sites, with commas between them."))
    measure = line(_("By what do you see whether it works?"), most=160)
    unit = forms.ChoiceField(label=_("It is counted in"), choices=choices(words.UNITS), widget=RadioTiles(stack=True))
    higher = forms.TypedChoiceField(
        label=_("What is better?"), coerce=lambda text: text == "1", choices=[("1", _("More")), ("0", _("Less"))], widget=RadioTiles(),
    )  # fmt: skip
    baseline = forms.DecimalField(label=_("How it was before"), max_digits=8, decimal_places=1, min_value=0)
    target = forms.DecimalField(label=_("What you want to reach"), max_digits=8, decimal_places=1, min_value=0)
    starts_on = day(_("Begins on"))
    until = day(_("Ends on"))
    marks = marks()

    def __init__(self, *args: Any, bodies: Named, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        among(self, "body_id", bodies)

    @property
    def facts(self) -> PilotFacts:
        """What was told."""
        told = self.told
        named = {name: tuple(text.strip() for text in told[name].split(",") if text.strip()) for name in ("sites", "compared")}
        return PilotFacts(**{**told, **named, "marks": tuple(told["marks"])})


class CycleForm(ChangeForm):
    """A new round."""

    AT = {"LATER_DAY": "starts_on", "OPEN_CYCLE": "plan"}
    plan = line(_("Plan: what you do, and what you expect"), most=8000, rows=4)
    starts_on = day(_("Since when?"))


class CycleEndForm(ChangeForm):
    """What a round brought."""

    did = line(_("Do: what you did"), most=8000, rows=4)
    studied = line(_("Study: what you saw"), most=8000, rows=4)
    acts = line(_("Act: what you do next"), most=8000, rows=4)


class ObservationForm(ChangeForm):
    """A month of a site. For a share of families the counts are asked for and only their share is kept."""

    AT = {"MONTH_TAKEN": "month", "FAMILIES": "of", "SITE": "site_id"}
    site_id = one_of(_("Site"))
    month = day(_("A day in the month"))
    some = forms.IntegerField(label=_("How many families it worked for"), min_value=0, max_value=999_999)
    of = forms.IntegerField(
        label=_("Of how many families"), min_value=0, max_value=999_999,
        help_text=_("Only the share is kept. Under eleven families, no share is kept either."),
    )  # fmt: skip
    value = forms.DecimalField(label=_("Value"), max_digits=8, decimal_places=1, min_value=0)
    note = line(_("What you noticed"), most=300, required=False, rows=2, hint=_("Nothing about one family."))

    def __init__(self, *args: Any, sites: Named, shares: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        among(self, "site_id", sites)
        for name in ("value",) if shares else ("some", "of"):
            del self.fields[name]


class OutcomeForm(ChangeForm):
    """What becomes of a pilot."""

    AT = {"STATE": "to", "GUIDANCE": "guidance_id", "OPEN_VERSION": "guidance_id"}
    to = forms.ChoiceField(
        label=_("What becomes of it?"), widget=RadioTiles(stack=True),
        choices=[("ADOPT", _("Adopt it: draft guidance from it")), ("ADAPT", _("Adapt it and try again")), ("ABANDON", _("Abandon it"))],
    )  # fmt: skip
    lesson = line(_("The lesson"), most=8000, rows=4, hint=_("It is kept either way."))
    guidance_id = one_of(_("As the next version of"), required=False)
    text = line(_("The words of the guidance, if you adopt it"), most=8000, rows=6, required=False)

    def __init__(self, *args: Any, guidance: Named, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        among(self, "guidance_id", guidance, empty=_("A new guidance"))
