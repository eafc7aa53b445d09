"""Forms of her pages. They parse and never save."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from careloom.infra.documents.uploads import NotTaken, Upload, take_upload
from careloom.infra.ui.answering import Keyed
from careloom.infra.ui.widgets import CheckboxTiles, RadioTiles
from careloom.messages.actions import ContactRules, Written
from careloom.messages.actions.threads import MOST_WORDS
from careloom.portal import words

PIN_BOX = forms.PasswordInput(attrs={"inputmode": "numeric", "maxlength": "6", "autocomplete": "off"})
WORDS = forms.Textarea(attrs={"rows": "3"})
LANGUAGES = [("en", "English"), ("es", "Español")]


class PinForm(forms.Form):
    """Her PIN."""

    pin = forms.CharField(label=_("Your PIN"), max_length=6, help_text=_("Six numbers."), widget=PIN_BOX)


class NewPinForm(forms.Form):
    """Her first PIN, twice."""

    pin = forms.CharField(label=_("Pick a PIN"), max_length=6, help_text=_("Six numbers that others would not guess."), widget=PIN_BOX)
    again = forms.CharField(label=_("Type it again"), max_length=6, widget=PIN_BOX)

    def clean(self) -> dict[str, Any]:
        """The same PIN twice."""
        data = super().clean() or {}
        if data.get("pin") and data.get("again") and data["pin"] != data["again"]:
            self.add_error("again", _("The two are not the same. Type it again."))
        return data


class GoalForm(Keyed):
    """What she wants, in her words."""

    words = forms.CharField(label=_("What I want"), max_length=500, widget=WORDS)


class ChoiceForm(Keyed):
    """Yes, not now or no, with her words if she likes."""

    choice = forms.ChoiceField(
        label=_("Do you want this?"), choices=[("YES", _("Yes")), ("NOT_NOW", _("Not now")), ("NO", _("No"))], widget=RadioTiles(her=True)
    )
    words = forms.CharField(label=_("You can say why"), max_length=300, required=False, widget=WORDS)


class HelpedForm(Keyed):
    """Did you get help: yes, partly or no, with her words if she likes."""

    helped = forms.ChoiceField(
        label=_("Did you get help?"), choices=[("YES", _("Yes")), ("PARTLY", _("Some")), ("NO", _("No"))], widget=RadioTiles(her=True)
    )
    words = forms.CharField(label=_("You can say more"), max_length=300, required=False, widget=WORDS)


class ViewForm(Keyed):
    """What she writes beside a sentence of her plan."""

    says = forms.ChoiceField(
        label=_("What do you want to say?"),
        choices=[("COMMENT", _("I want to add something")), ("DISAGREE", _("I do not agree"))],
        widget=RadioTiles(stack=True, her=True),
    )
    words = forms.CharField(label=_("Your words"), max_length=500, widget=WORDS)


class SignForm(Keyed):
    """Her name under a part of her plan; `seen` is what the page showed when it was read."""

    name = forms.CharField(label=_("Your name"), max_length=120)
    seen = forms.CharField(max_length=64, widget=forms.HiddenInput)


class CardForm(forms.Form):
    """What her card says beyond that she has a family care plan."""

    ticks = forms.MultipleChoiceField(
        label=_("What else can they see?"),
        required=False,
        choices=[("PLAN", _("My plan")), ("PROGRAM", _("My program’s name and the parts of my plan about staying well"))],
        widget=CheckboxTiles(stack=True, her=True),
    )


class SkillsForm(forms.Form):
    """Her own list."""

    skills = forms.MultipleChoiceField(
        label=_("I can do this"), required=False, choices=list(words.SKILLS.items()), widget=CheckboxTiles(stack=True, her=True)
    )


class AnswerForm(Keyed):
    """What she writes to her team, with a picture if she likes."""

    words = forms.CharField(label=_("Your words"), max_length=MOST_WORDS, widget=forms.Textarea(attrs={"rows": "4", "maxlength": MOST_WORDS}))
    paper = forms.FileField(label=_("A picture, if you like"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.upload: Upload | None = None

    def clean_words(self) -> str:
        """Something is written."""
        said = str(self.cleaned_data["words"]).strip()
        if not said:
            raise forms.ValidationError(_("Write something first."))
        return said

    def clean_paper(self) -> None:
        """The picture made harmless, or that it cannot be taken."""
        file = self.cleaned_data.get("paper")
        taken = take_upload(file) if file else None
        if isinstance(taken, NotTaken):
            raise forms.ValidationError(_("We cannot take this file. A photo works."))
        self.upload = taken

    def written(self) -> Written:
        """What was written."""
        return Written(words=self.cleaned_data["words"], upload=self.upload)


class TalkForm(AnswerForm):
    """A new message: what it is about and who reads it."""

    topic = forms.ChoiceField(label=_("What is it about?"), widget=RadioTiles(her=True))
    parties = forms.MultipleChoiceField(
        label=_("Who reads it?"), widget=CheckboxTiles(stack=True, her=True), error_messages={"required": _("Pick one or more.")}
    )
    field_order = ("request_key", "topic", "parties", "words", "paper")

    def __init__(self, *args: Any, who: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["topic"].choices = list(words.TOPICS.items())  # type: ignore[attr-defined]
        self.fields["parties"].choices = who  # type: ignore[attr-defined]
        if len(who) == 1:
            self.fields["parties"].initial = [who[0][0]]

    @property
    def agency_ids(self) -> list[UUID]:
        """Whom she picked."""
        return [UUID(key) for key in self.cleaned_data["parties"]]


class ReachForm(forms.Form):
    """How she wants to be reached, in her own words."""

    ways = forms.MultipleChoiceField(
        label=_("You can reach me by"), required=False, widget=CheckboxTiles(stack=True, her=True),
        choices=[("text", _("Text")), ("call", _("Phone call")), ("voicemail", _("Voicemail")), ("mail", _("Mail"))],
    )  # fmt: skip
    shared_phone = forms.BooleanField(label=_("Someone else uses my phone"), required=False)
    from_hour = forms.TimeField(label=_("From this time"), required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    to_hour = forms.TimeField(label=_("Until this time"), required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    unsafe = forms.BooleanField(
        label=_("Someone near me should not hear or see this"), required=False, help_text=_("Then we leave no voicemail and send no mail.")
    )

    def clean(self) -> dict[str, Any]:
        """Both times or none."""
        data = super().clean() or {}
        if bool(data.get("from_hour")) != bool(data.get("to_hour")):
            self.add_error("to_hour" if data.get("from_hour") else "from_hour", _("Give both times, or none."))
        return data

    def rules(self) -> ContactRules:
        """The rules as an action takes them."""
        data = self.cleaned_data
        return ContactRules(
            may_text="text" in data["ways"], may_call="call" in data["ways"], may_leave_voicemail="voicemail" in data["ways"],
            may_mail="mail" in data["ways"], shared_phone=data["shared_phone"], from_hour=data["from_hour"], to_hour=data["to_hour"],
        )  # fmt: skip


class SupporterForm(Keyed):
    """Somebody she lets see her plan."""

    name = forms.CharField(label=_("Name"), max_length=120)
    phone = forms.CharField(label=_("Phone for the link"), max_length=20)
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES, widget=RadioTiles)
    also = forms.MultipleChoiceField(
        label=_("What can this person see?"),
        required=False,
        choices=[("PROGRAM", _("Also the parts about staying well"))],
        widget=CheckboxTiles(stack=True, her=True),
        help_text=_("Your plan and your visits. Tick the box to show more."),
    )


class FamilyForm(Keyed):
    """Somebody of her family, as she says it."""

    name = forms.CharField(label=_("Name"), max_length=120)
    relation = forms.CharField(label=_("Who is this to you? Use your own words."), max_length=80)
    contact = forms.ChoiceField(
        label=_("May your team call this person?"),
        choices=[("THROUGH_HER", _("Ask me first")), ("OK", _("Yes")), ("DO_NOT_CONTACT", _("Never"))],
        widget=RadioTiles(stack=True, her=True),
    )


class CardCodeForm(forms.Form):
    """The worker types the code from her card."""

    code = forms.CharField(
        label=_("Code on the card"), max_length=12, widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"})
    )


class InviteForm(Keyed):
    """A link for the mother: her language, her phone, the infants she has custody of, and how the link goes out."""

    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES, widget=RadioTiles)
    phone = forms.CharField(label=_("Phone"), max_length=20, required=False, help_text=_("A text message without any telling word goes there."))
    infants = forms.MultipleChoiceField(
        label=_("She has custody of"), required=False, widget=CheckboxTiles(stack=True), help_text=_("She reads the records of these infants too.")
    )
    how = forms.ChoiceField(
        label=_("How does the link reach her?"),
        choices=[("TEXT", _("By text message")), ("SHOW", _("I show it to her now"))],
        widget=RadioTiles(stack=True),
    )

    def __init__(self, *args: Any, infants: list[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["infants"].choices = [(str(pk), name) for pk, name in infants]  # type: ignore[attr-defined]
        if not infants:
            del self.fields["infants"]


class RatingForm(forms.Form):
    """How a service was for her."""

    says = forms.ChoiceField(
        label=_("How was it for you?"), choices=[("GOOD", _("Good")), ("OK", _("It was OK")), ("NOT_GOOD", _("Not good"))],
        widget=RadioTiles(stack=True, her=True),
    )  # fmt: skip
    words = forms.CharField(label=_("You can say more"), max_length=300, required=False, widget=WORDS)


class PlanRatingForm(RatingForm):
    """How her whole plan was, when it is closed."""

    heard = forms.ChoiceField(
        label=_("Did your team listen to you?"), choices=[("YES", _("Yes")), ("SOMETIMES", _("Sometimes")), ("NO", _("No"))],
        widget=RadioTiles(stack=True, her=True),
    )  # fmt: skip
    field_order = ("says", "heard", "words")


class HandoutForm(Keyed):
    """In which language she gets the handout, and how."""

    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES, widget=RadioTiles)
    how = forms.ChoiceField(
        label=_("How does she get it?"), widget=RadioTiles(stack=True),
        choices=[
            ("PAPER", _("On paper: I print it")), ("SHOWN", _("I read it with her on my screen")), ("TEXT", _("By text message, as a page to open")),
        ],
    )  # fmt: skip
