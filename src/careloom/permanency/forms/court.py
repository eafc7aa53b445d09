"""Forms about the court, the Tribe and the family treatment court. They parse and never save."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from careloom.consents.forms.signing import REFUSALS
from careloom.infra.documents.uploads import NotTaken, Upload, take_upload
from careloom.infra.ui.fields import day, line
from careloom.permanency import words as codes
from careloom.permanency.forms.fields import CaseForm, hour, many, one, pick


class HearingForm(CaseForm):
    """A hearing on the calendar."""

    kind = one(_("What kind of hearing"), codes.HEARINGS)
    child = pick(_("For which child"), required=False)
    court = line(_("Which court"), most=160)
    on = day(_("Day"))
    hour = hour()
    AT = {"NOTHING": "court", "TOO_EARLY": "on", "NO_NOTICE": "on"}


class FileForm(CaseForm):
    """The agency's recommendation."""

    recommends = one(_("What the agency recommends"), codes.PATHS, stack=True)
    filed_on = day(_("Filed on"))
    AT = {"NOTHING": "recommends", "LATER": "filed_on"}


class HeldForm(CaseForm):
    """What a hearing decided."""

    decided = one(_("What was decided"), codes.PATHS, stack=True)
    words = line(_("In plain words"), most=1200, rows=3, hint=_("The parent reads this."))
    AT = {"NOTHING": "decided", "LATER": "decided"}


class CancelForm(CaseForm):
    """Why a hearing does not take place."""

    words = line(_("Why it does not take place"), most=400)


class OrderForm(CaseForm):
    """A court's order, with its scan."""

    about = one(_("What the order is about"), codes.ORDERS)
    child = pick(_("For which child"), required=False)
    court = line(_("Which court"), most=160)
    docket = line(_("Case number"), most=60, required=False)
    dated_on = day(_("The day on the order"))
    scan = forms.FileField(
        label=_("The scan of the order"),
        help_text=_("A PDF, or a photo (JPEG or PNG), up to 25 MB. It is kept sealed."),
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png,application/pdf,image/jpeg,image/png"}),
    )
    upload: Upload | None = None
    AT = {"NOTHING": "court", "LATER": "dated_on"}

    def clean(self) -> dict[str, Any]:
        """The file is looked at by content and made harmless."""
        data: dict[str, Any] = super().clean() or {}
        taken = take_upload(data["scan"]) if data.get("scan") else None
        if isinstance(taken, NotTaken):
            self.add_error("scan", REFUSALS[taken.because])
        else:
            self.upload = taken
        return data


class ExtendForm(CaseForm):
    """A court put the recommendation off."""

    until_on = day(_("New day"))
    because = one(_("Why"), codes.EXTENSIONS, stack=True)
    words = line(_("The reason in a sentence"), most=800, rows=3)
    paper = pick(_("By which order"), required=False)
    AT = {"TOO_LONG": "until_on", "NOT_LATER": "until_on", "TOO_MANY": "until_on", "NOTHING": "because", "EVIDENCE": "because", "ORDER": "paper"}


class EnrolForm(CaseForm):
    """She joins a family treatment court."""

    court = line(_("Which court"), most=160)
    enrolled_on = day(_("Since"))
    phase = line(_("Phase"), most=40)
    team = line(_("The team"), most=400, rows=2, hint=_("Judge, coordinator, lawyer, treatment, child welfare."))
    next_review_on = day(_("Next review"), required=False)
    AT = {"NOTHING": "court", "LATER": "enrolled_on", "ENROLLED": "court"}


class CourtReviewForm(CaseForm):
    """A review of that court."""

    on = day(_("Day"))
    phase = line(_("Phase now"), most=40)
    words = line(_("What was said"), most=800, rows=3, hint=_("The parent reads this."))
    next_review_on = day(_("Next review"), required=False)
    ended_how = one(_("If it ended: how"), codes.TREATMENT_ENDS, required=False)
    AT = {"LATER": "on", "BEFORE": "on", "NOTHING": "phase", "ENDED": "ended_how"}


class TribeForm(CaseForm):
    """The questions about a Tribe."""

    child = pick(_("About which child"))
    asked = many(_("Who was asked"), codes.ASKED)
    signs = many(_("What is a reason to know that the child is an Indian child"), codes.SIGNS, hint=_("Mark nothing where there is none."))
    tribe = line(_("Which Tribe or Tribes"), most=160, required=False)
    tribe_agency = pick(
        _("The Tribe on Careloom"),
        required=False,
        hint=_("Where there is a reason to know, its workers are invited at once. The letter is owed as well."),
    )
    words = line(_("What was said"), most=800, rows=2, required=False)
    asked_on = day(_("Day"))
    AT = {"LATER": "asked_on"}


class NoticeForm(CaseForm):
    """Notice to a Tribe."""

    child = pick(_("About which child"))
    tribe_agency = pick(
        _("The Tribe on Careloom"), required=False, hint=_("Its workers see the notice at once. The registered letter goes out all the same.")
    )
    tribe = line(_("Name of the Tribe"), most=160)
    court = line(_("Which court"), most=160)
    proceeding = one(_("What the court is asked for"), codes.PROCEEDINGS, stack=True)
    sent_on = day(_("Day of the registered letter"))
    receipt = line(_("Number of the registered letter"), most=60)
    AT = {"LATER": "sent_on", "NOTHING": "court", "NO_REASON": "child", "NOT_PERMITTED": "tribe_agency"}


class ReceiptForm(CaseForm):
    """The return receipt."""

    received_on = day(_("The Tribe received it on"))
    more_time = forms.BooleanField(label=_("The Tribe, a parent or an Indian custodian asked for twenty more days"), required=False)
    AT = {"LATER": "received_on", "BEFORE": "received_on"}


class AnswerForm(CaseForm):
    """The Tribe's answer."""

    answer = one(_("What the Tribe answers"), codes.TRIBE_ANSWERS, stack=True)
    contact = line(_("Who takes part for the Tribe"), most=160, required=False, hint=_("Name and telephone number."))
    more_time = forms.BooleanField(label=_("The Tribe asks for twenty more days to get ready (25 USC 1912(a))"), required=False)
    preferences = line(_("Where the Tribe wants the child to live, in its own order"), most=800, rows=3, required=False, hint=_("25 USC 1915(c)"))
    AT = {"NOTHING": "answer"}


class EffortForm(CaseForm):
    """An active effort."""

    what = one(_("What was done"), codes.EFFORTS, stack=True)
    words = line(_("In a sentence"), most=400, rows=2)
    on = day(_("Day"))
    with_tribe = forms.BooleanField(label=_("Together with the Tribe"), required=False)
    AT = {"NOTHING": "what", "LATER": "on"}
