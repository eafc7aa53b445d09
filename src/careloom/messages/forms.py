"""Forms of messages. They parse and never save."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from careloom.infra.documents.uploads import NotTaken, Upload, take_upload
from careloom.infra.ui.answering import Keyed
from careloom.infra.ui.widgets import CheckboxTiles, RadioTiles
from careloom.messages import words
from careloom.messages.actions import ContactRules, Written
from careloom.messages.actions.threads import MOST_WORDS
from careloom.messages.queries import Reader

HER = "her"
WRITE = forms.Textarea(attrs={"rows": 5, "maxlength": MOST_WORDS})
HOUR = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


class WriteForm(Keyed):
    """One message: its words, whether it tells about treatment, and a picture or paper."""

    words = forms.CharField(label=_("Your message"), max_length=MOST_WORDS, widget=WRITE)
    tells = forms.BooleanField(
        label=_("This tells about treatment"), required=False,
        help_text=_("Then only those read it with whom she shares the treatment part of her plan. Words that tell it are found as well."),
    )  # fmt: skip
    paper = forms.FileField(label=_("Picture or paper"), required=False, help_text=_("A PDF, JPEG or PNG of up to 25 MB."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.upload: Upload | None = None

    def clean_paper(self) -> None:
        """The file made harmless, or why it is not taken."""
        file = self.cleaned_data.get("paper")
        taken = take_upload(file) if file else None
        if isinstance(taken, NotTaken):
            raise forms.ValidationError(str(words.UPLOADS[taken.because]))
        self.upload = taken

    def written(self) -> Written:
        """What was written."""
        return Written(words=self.cleaned_data["words"], tells=self.cleaned_data["tells"], upload=self.upload)

    def refuse(self, codes: Iterable[str]) -> None:
        """Show what an action found missing, at its field where there is one."""
        places = {"WORDS": "words", "LONG": "words", "TOPIC": "topic", "WITH": "parties"}
        for code in codes:
            name = places.get(code, "")
            self.add_error(name if name in self.fields else None, str(words.GAPS[code]))


class ThreadForm(WriteForm):
    """A new thread: what it is about and who takes part, each with what of it that agency may read."""

    topic = forms.ChoiceField(label=_("What is it about?"), choices=list(words.TOPICS.items()), widget=RadioTiles)
    parties = forms.MultipleChoiceField(label=_("Who takes part?"), widget=CheckboxTiles(stack=True))
    field_order = ("request_key", "topic", "parties", "words", "tells", "paper")

    def __init__(self, *args: Any, her: str, readers: Iterable[Reader], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        listed = list(readers)
        field: Any = self.fields["parties"]
        field.choices = [(HER, her), *((str(one.agency.pk), one.agency.name_outside) for one in listed)]
        field.widget.hints = {HER: now("She reads it on her own pages."), **{str(one.agency.pk): reads_words(one) for one in listed}}

    @property
    def agency_ids(self) -> list[UUID]:
        """The agencies that were chosen."""
        return [UUID(key) for key in self.cleaned_data["parties"] if key != HER]

    @property
    def with_her(self) -> bool:
        """Whether she takes part."""
        return HER in self.cleaned_data["parties"]


def reads_words(one: Reader) -> str:
    """What an agency may read of what you are about to write, and why not the rest."""
    if one.core and one.apart:
        return now("Reads it.")
    if one.core:
        return now("Reads it, but nothing that tells about treatment: she has not shared that part with them.")
    if one.apart:
        return now("Reads only what tells about treatment. She has not shared the rest of her plan with them.")
    return now("Cannot read it now: no form of hers lets you tell them. Ask her first.")


class ContactForm(forms.Form):
    """How she may be reached, as she says it."""

    ways = forms.MultipleChoiceField(
        label=_("She may be reached by"), required=False, widget=CheckboxTiles,
        choices=[("text", _("Text message")), ("call", _("Call")), ("voicemail", _("Voicemail")), ("mail", _("Mail"))],
    )  # fmt: skip
    shared_phone = forms.BooleanField(label=_("Somebody else uses her phone"), required=False)
    from_hour = forms.TimeField(label=_("From this hour"), required=False, widget=HOUR)
    to_hour = forms.TimeField(label=_("Until this hour"), required=False, widget=HOUR, help_text=_("Leave both open for any hour."))
    note = forms.CharField(label=_("What to keep in mind"), required=False, max_length=200, help_text=_("In plain words, such as: ring twice."))
    unsafe = forms.BooleanField(
        label=_("Somebody who hurts or scares her may see or hear what reaches her"), required=False,
        help_text=_("Then there is no voicemail and no mail, and no text where the phone is shared. Only your agency reads why. No form opens it."),
    )  # fmt: skip
    says = forms.CharField(label=_("What she says about it"), required=False, max_length=300, widget=forms.Textarea(attrs={"rows": 3}))

    def clean(self) -> dict[str, Any]:
        """Both hours or none."""
        data = super().clean() or {}
        if bool(data.get("from_hour")) != bool(data.get("to_hour")):
            self.add_error("to_hour" if data.get("from_hour") else "from_hour", now("Give both hours, or leave both open."))
        return data

    def rules(self) -> ContactRules:
        """The rules as an action takes them."""
        data = self.cleaned_data
        return ContactRules(
            may_text="text" in data["ways"], may_call="call" in data["ways"], may_leave_voicemail="voicemail" in data["ways"],
            may_mail="mail" in data["ways"], shared_phone=data["shared_phone"], from_hour=data["from_hour"], to_hour=data["to_hour"],
            note=data.get("note", ""),
        )  # fmt: skip


class PolicyForm(forms.Form):
    """What a program does when a family may be in danger."""

    text = forms.CharField(label=_("What we do when a family may be in danger"), max_length=3000, widget=forms.Textarea(attrs={"rows": 10}))
    call_first = forms.CharField(label=_("Whom a worker calls first"), max_length=120, required=False)
    row_version = forms.IntegerField(widget=forms.HiddenInput)
