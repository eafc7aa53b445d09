"""Forms for who is around her: the start of a plan, her family, the team, the lead, the birth, her agreement."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from careloom.agencies.models import Agency, Membership
from careloom.infra.ui.answering import Keyed
from careloom.infra.ui.fields import MemorableDateField
from careloom.infra.ui.widgets import CheckboxTiles, RadioTiles
from careloom.plans.presenters import words

KIN = [
    ("PARTNER", _("Partner")), ("PARENT", _("Parent")), ("CHILD", _("Child")), ("KIN", _("Relative")), ("FRIEND", _("Friend")),
    ("SPONSOR", _("Sponsor")), ("OTHER", _("Somebody else")),
]  # fmt: skip
WANTS = [("NOT_ASKED", _("Not asked yet")), ("YES", _("Yes")), ("NOT_NOW", _("Not now")), ("NO", _("No"))]
LANGUAGES = [("en", _("English")), ("es", _("Spanish"))]


class StartForm(Keyed):
    """A plan begun with her, before the birth or after it."""

    due_on = MemorableDateField(label=_("When is the baby expected?"), required=False, help_text=_("Leave empty if the baby is born."))
    language = forms.ChoiceField(label=_("Language of the plan"), choices=LANGUAGES, widget=RadioTiles())
    label = forms.CharField(label=_("What she calls the plan"), max_length=60, initial=_("Family care plan"))
    wish = forms.CharField(
        label=_("What does she want first?"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2}), help_text=_("In her words.")
    )
    lead = forms.TypedChoiceField(label=_("Who leads?"), coerce=UUID)
    co_lead = forms.TypedChoiceField(label=_("Does another agency or a Tribe lead with you?"), coerce=UUID, required=False, empty_value=None)

    def __init__(self, *args: Any, members: Iterable[Membership], agencies: Iterable[Agency], before_birth: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not before_birth:
            del self.fields["due_on"]
        self.fields["lead"].choices = [(str(m.worker_id), m.worker.name) for m in members]  # type: ignore[attr-defined]
        self.fields["co_lead"].choices = [("", _("No")), *((str(a.pk), a.name_outside) for a in agencies)]  # type: ignore[attr-defined]


class MemberForm(forms.Form):
    """Somebody whom she counts as family or support, as she says it (R-118)."""

    name = forms.CharField(label=_("Name"), max_length=120)
    relation = forms.CharField(label=_("Who this is to her"), max_length=80, help_text=_("In her words."))
    kind = forms.ChoiceField(label=_("Kind"), choices=KIN)
    contact = forms.ChoiceField(
        label=_("May the team be in touch?"), choices=list(words.CONTACT.items()), initial="THROUGH_HER", widget=RadioTiles(her=True)
    )
    unsafe = forms.BooleanField(
        label=_("She does not feel safe with this person"),
        required=False,
        help_text=_("Then nothing about this person is on any shared page or copy."),
    )
    lives_with_her = forms.BooleanField(label=_("Lives with her"), required=False)
    phone = forms.CharField(label=_("Phone"), required=False, max_length=20)
    strengths = forms.CharField(label=_("What this person brings"), required=False, max_length=300)
    needs = forms.CharField(label=_("What this person needs"), required=False, max_length=300)
    wants_services = forms.ChoiceField(label=_("Does this person want help too?"), choices=WANTS, widget=RadioTiles(), initial="NOT_ASKED")
    member_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)  # the same form sent twice is the same person


class TeamForm(Keyed):
    """Somebody for the care team."""

    name = forms.CharField(label=_("Name"), max_length=120)
    role = forms.ChoiceField(label=_("Role"), choices=list(words.ROLES.items()))
    agency = forms.TypedChoiceField(label=_("Agency"), coerce=UUID, required=False, empty_value=None)
    phone = forms.CharField(label=_("Phone"), required=False, max_length=20)
    through_her = forms.BooleanField(label=_("The team reaches this person only through her"), required=False)
    leads = forms.BooleanField(label=_("This person leads the plan"), required=False, help_text=_("A plan has exactly one lead."))

    def __init__(self, *args: Any, agencies: Iterable[Agency], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].choices = [("", _("None")), *((str(a.pk), a.name_outside) for a in agencies)]  # type: ignore[attr-defined]

    @property
    def facts(self) -> dict[str, Any]:
        """What `add_team_member` takes."""
        clean = dict(self.cleaned_data)
        return clean | {"agency_id": clean.pop("agency")}


class LeadForm(Keyed):
    """A colleague who leads from now on, or an agency that is asked to."""

    colleague = forms.TypedChoiceField(label=_("A colleague here"), coerce=UUID, required=False, empty_value=None)
    agency = forms.TypedChoiceField(
        label=_("Or ask another agency"), coerce=UUID, required=False, empty_value=None, help_text=_("You lead until they say yes.")
    )
    reason = forms.CharField(label=_("Why"), required=False, max_length=300)
    hand_off = forms.CharField(
        label=_("How does she get to know the new lead?"), required=False, max_length=300, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("The warm hand-off: who introduces her to whom, and when. Best with her in the room or on the call."),
    )  # fmt: skip

    def __init__(self, *args: Any, members: Iterable[Membership], agencies: Iterable[Agency], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["colleague"].choices = [("", ""), *((str(m.worker_id), m.worker.name) for m in members)]  # type: ignore[attr-defined]
        self.fields["agency"].choices = [("", ""), *((str(a.pk), a.name_outside) for a in agencies)]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Exactly one of the two is chosen."""
        clean = super().clean() or {}
        if bool(clean.get("colleague")) == bool(clean.get("agency")):
            self.add_error("colleague", _("Choose a colleague or an agency, one of the two."))
        return clean


class LeadAnswerForm(forms.Form):
    """Yes or no to leading, of one weight."""

    accept = forms.TypedChoiceField(
        label=_("Will you lead the plan?"),
        choices=[("1", _("Yes, we lead")), ("0", _("No, not us"))],
        coerce=lambda text: text == "1",
        widget=RadioTiles(),
    )
    worker = forms.TypedChoiceField(label=_("Who leads here?"), coerce=UUID, required=False, empty_value=None)
    reason = forms.CharField(label=_("A few words for the lead"), required=False, max_length=300)

    def __init__(self, *args: Any, members: Iterable[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["worker"].choices = [(str(m.worker_id), m.worker.name) for m in members]  # type: ignore[attr-defined]


class BirthForm(forms.Form):
    """The birth: the day, and each baby once. Twins are one plan with two babies."""

    born_on = MemorableDateField(label=_("Born on"))
    known = forms.TypedMultipleChoiceField(label=_("Babies in the record"), coerce=UUID, required=False, widget=CheckboxTiles())
    first_baby = forms.CharField(label=_("A baby who is not in the record yet: first name"), required=False, max_length=80)
    second_baby = forms.CharField(label=_("A second baby: first name"), required=False, max_length=80)
    discharged_on = MemorableDateField(label=_("Went home on"), required=False)

    def __init__(self, *args: Any, infants: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["known"].choices = infants  # type: ignore[attr-defined]
        if not infants:
            del self.fields["known"]

    def clean(self) -> dict[str, Any]:
        """At least one baby."""
        clean = super().clean() or {}
        if not (clean.get("known") or clean.get("first_baby") or clean.get("second_baby")):
            self.add_error("first_baby", _("Choose a baby, or write a first name. “Baby” will do."))
        return clean

    @property
    def new_names(self) -> list[str]:
        """First names of babies without a record."""
        return [name for name in (self.cleaned_data["first_baby"].strip(), self.cleaned_data["second_baby"].strip()) if name]


class AgreeForm(Keyed):
    """How she agreed to the plan as it stands."""

    method = forms.ChoiceField(label=_("How did she agree?"), choices=list(words.METHODS.items()), widget=RadioTiles(her=True))
    witness = forms.CharField(label=_("Who heard it"), required=False, max_length=120, help_text=_("Only when she agreed aloud."))
    no_needs_because = forms.CharField(
        label=_("If the plan names no need: what she said when she was asked"),
        required=False,
        max_length=300,
        help_text=_("A plan has strengths and needs. Leave this empty when needs are written down."),
    )
