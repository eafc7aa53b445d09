"""The forms of publishing. They parse and never save."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from careloom.infra.ui.answering import Answering, Keyed
from careloom.infra.ui.fields import day, line

GAPS = {
    "QUALITY": _("The data of a site are under the line. Say why to publish all the same, or wait until the site has mended them."),
    "NOTHING_NEW": _("Nothing is new: every year that is ripe was published already."),
    "TELLS": _("Beside what was taken back, new figures would tell of a few people. Wait for more records. It is about: %(cells)s"),
    "ALONE": _("You made it ready yourself. Let a second person look, or say why nobody else can."),
    "STANDS": _("Another publication told one of its years since. Make it ready again."),
    "WITHDRAWN": _("It was taken back meanwhile."),
    "NOTE": _("Write the note that stands in its place."),
    "NOT_PUBLISHED": _("It is not published, so there is nothing to take back."),
    "NATION": _("Write the Nation as the figures name it."),
    "GIVEN_BY": _("Write who of the Nation gave the leave: a resolution or an officer."),
    "DAYS": _("The last day lies before the first. Change one of them."),
    "NONE": _("This leave was ended already."),
}


class PublishingForm(Answering):
    """A form of the publishing page."""

    def gap(self, code: str) -> Any:
        """What to do next, in words."""
        return GAPS[code]

    def refuse(self, codes: Any) -> None:
        """A refusal that names cells shows the first of them."""
        first, *cells = codes
        if first == "TELLS":
            self.add_error(None, str(GAPS["TELLS"]) % {"cells": "; ".join(cells[:3])})
        else:
            super().refuse(codes)


class PrepareForm(PublishingForm, Keyed):
    """Make the newest snapshot ready."""

    AT = {"QUALITY": "despite"}

    despite = line(_("Why publish although data are under the line"), most=300, rows=2, required=False)


class ApproveForm(PublishingForm):
    """Let it go."""

    AT = {"ALONE": "alone_because"}

    publication_id = forms.UUIDField(widget=forms.HiddenInput)
    alone_because = line(_("If you made it ready yourself: why nobody else can look"), most=300, rows=2, required=False)


class WithdrawForm(PublishingForm):
    """Take it back."""

    AT = {"NOTE": "because"}

    publication_id = forms.UUIDField(widget=forms.HiddenInput)
    because = line(_("The note that stands in its place"), most=500, rows=2, hint=_("Anybody reads it. Name no family."))


class LeaveForm(PublishingForm, Keyed):
    """Keep a Nation's leave."""

    AT = {"DAYS": "ends_on"}

    nation = line(_("Nation"), most=64, hint=_("As the figures name it"))
    given_by = line(_("Who of the Nation gave it"), most=200, hint=_("A resolution with its number, or an officer"))
    starts_on = day(_("First day"))
    ends_on = day(_("Last day"))


class EndLeaveForm(PublishingForm):
    """End it."""

    nation = forms.CharField(widget=forms.HiddenInput, max_length=64)
