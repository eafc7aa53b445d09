"""Forms for a walk and its steps, a reading of the stage, and a review of practices."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from careloom.commons.forms.keyed import choices
from careloom.commons.forms.surveys import LARGE, SMALL, SurveyRoom, choose, offer
from careloom.infra.ui.fields import MemorableDateField, line
from careloom.infra.ui.widgets import RadioTiles
from careloom.kernel.partnership.stages import STAGE_OF
from careloom.surveys import words
from careloom.surveys.facts import Evidence, ReviewFacts, ReviewLine, StageFacts, StepFacts, WalkFacts

LINES = 4


class WalkForm(SurveyRoom):
    """A walk through the system."""

    AT = {"SPONSOR": "sponsor_id", "LATER_DAY": "walked_on"}
    title = line(_("Title"), most=120)
    scope = line(_("For whom, from where and to where?"), most=300, rows=3, hint=_("Such as: a pregnant woman in treatment, from the first visit."))
    sponsor_id = choose(_("Which partner stands for it?"), empty=_("Choose a partner"), required=True)
    walked_on = MemorableDateField(label=_("When did you walk it?"))
    year = forms.IntegerField(label=_("Year of the state’s counts"), required=False, min_value=2016, max_value=2100)
    groups = forms.CharField(label=_("Groups to compare"), required=False, max_length=240, help_text=_("With commas between them, at most six."))
    root_cause = forms.CharField(label=_("Why are families lost where they are lost?"), required=False, widget=SMALL, max_length=8000)
    to_be = forms.CharField(label=_("How should the way be?"), required=False, widget=SMALL, max_length=8000)
    next_on = MemorableDateField(label=_("Walk it again on"), required=False)

    def __init__(self, *args: Any, partners: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "sponsor_id", partners)

    @property
    def facts(self) -> WalkFacts:
        """What was told."""
        told = {key: value for key, value in self.cleaned_data.items() if key not in ("request_key", "version")}
        return WalkFacts(**{**told, "groups": tuple(text.strip() for text in told["groups"].split(",") if text.strip())})


class StepForm(SurveyRoom):
    """A step of a walk."""

    name = line(_("Step"), most=60)
    place = forms.IntegerField(label=_("Place in the order"), min_value=1, max_value=60)
    source = forms.ChoiceField(
        label=_("Where does the count come from?"), required=False, choices=choices(words.SOURCES, empty=_("We count it ourselves"))
    )
    count = forms.IntegerField(
        label=_("How many families came this far?"), required=False, min_value=0, max_value=1_000_000,
        help_text=_("Leave it empty if you do not know. A count from 1 to 10 is not kept."),
    )  # fmt: skip
    who = line(_("Who meets the family here?"), most=120, required=False)
    passed = line(_("What goes with it: form, consent, information?"), most=300, rows=2, required=False)
    days = forms.IntegerField(label=_("How many days does it usually take?"), required=False, min_value=0, max_value=1000)
    works = line(_("What works well?"), most=300, rows=2, required=False)
    barrier = line(_("What stands in the way?"), most=300, rows=2, required=False, hint=_("Nothing by which a family could be known."))
    barrier_kind = forms.ChoiceField(label=_("What kind of barrier?"), required=False, choices=choices(words.BARRIER_KINDS, empty=_("None")))

    def __init__(self, *args: Any, groups: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.groups = groups
        for place, name in enumerate(groups):
            self.fields[f"group_{place}"] = forms.IntegerField(
                label=gettext("How many of them: %(group)s") % {"group": name}, required=False, min_value=0, max_value=1_000_000,
                initial=(self.initial.get("by_group") or {}).get(name),
            )  # fmt: skip

    @property
    def facts(self) -> StepFacts:
        """What was told."""
        told = self.cleaned_data
        counts = {name: told[f"group_{place}"] for place, name in enumerate(self.groups) if told[f"group_{place}"] is not None}
        names = ("name", "place", "source", "count", "who", "passed", "days", "works", "barrier", "barrier_kind")
        return StepFacts(**{name: told[name] for name in names}, by_group=counts)


class StageForm(SurveyRoom):
    """The three questions: which stage, which indicators show it, which steps next. `candidates`: indicator -> [(key, words)]."""

    AT = {"PAIR": "partner_id", "EVIDENCE": ""}
    partner_id = choose(_("Of which partners?"), empty=_("Of the whole collaborative"))
    other_id = choose(_("And which other?"), empty=_("Of the whole collaborative"))

    def __init__(self, *args: Any, partners: list[Any], candidates: dict[str, list[tuple[str, str]]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "partner_id", partners)
        offer(self, "other_id", partners)
        self.candidates = candidates
        for code in STAGE_OF:
            found = candidates.get(code, [])
            if found:
                self.fields[f"record_{code}"] = forms.ChoiceField(
                    label=words.INDICATORS[code], required=False, choices=[("", _("Not met, or shown by another paper")), *found]
                )
            self.fields[f"paper_{code}"] = line(
                words.INDICATORS[code] if not found else _("Another paper"), most=200, required=False,
                hint=_("Not met, if you leave it empty. Else name the paper that shows it, and where it lies.") if not found else "",
            )  # fmt: skip
        self.fields["why"] = forms.CharField(label=_("Which stage do you see, and why?"), widget=LARGE, max_length=8000)
        self.fields["next_steps"] = forms.CharField(label=_("Which steps come next?"), widget=LARGE, max_length=8000)
        self.fields["moved_back"] = forms.CharField(
            label=_("If it is lower than before: what happened?"), widget=SMALL, max_length=8000, required=False,
            help_text=_("Collaboration goes forward and back. What happened helps the next time."),
        )  # fmt: skip

    @property
    def facts(self) -> StageFacts:
        """What was told."""
        told, evidence = self.cleaned_data, []
        for code in STAGE_OF:
            record, paper = told.get(f"record_{code}", ""), told.get(f"paper_{code}", "").strip()
            if record:
                kind, _sep, key = record.partition(":")
                evidence.append(Evidence(indicator=code, kind=kind, id=key, words=str(dict(self.candidates[code])[record])))
            elif paper:
                evidence.append(Evidence(indicator=code, kind="PAPER", id="", words=paper))
        return StageFacts(
            evidence=tuple(evidence), why=told["why"], next_steps=told["next_steps"], moved_back=told["moved_back"], partner_id=told["partner_id"],
            other_id=told["other_id"],
        )  # fmt: skip


class ReviewForm(SurveyRoom):
    """Up to four practices beside the goals and the numbers."""

    AT = {"LATER_DAY": "reviewed_on", "LINES": "practice_0"}
    reviewed_on = MemorableDateField(label=_("When did you look?"))

    def __init__(self, *args: Any, goals: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for place in range(LINES):
            self.fields[f"practice_{place}"] = line(gettext("Practice %(n)s") % {"n": place + 1}, most=300, required=place == 0)
            self.fields[f"goal_{place}"] = line(
                _("Which shared goal should it support?"), most=300, required=False, hint=" ".join(goals) if place == 0 else ""
            )
            self.fields[f"shows_{place}"] = line(_("What do the numbers or the families show?"), most=300, required=False)
            self.fields[f"fits_{place}"] = forms.ChoiceField(label=_("Does it?"), required=False, choices=choices(words.FITS), widget=RadioTiles())
            self.fields[f"finding_{place}"] = line(_("What did you find?"), most=300, required=False)
        self.fields["summary"] = forms.CharField(label=_("In a few words"), required=False, widget=SMALL, max_length=8000)
        self.fields["next_on"] = MemorableDateField(label=_("Look again on"))

    @property
    def facts(self) -> ReviewFacts:
        """What was told; a practice without a name is none."""
        told = self.cleaned_data
        names = ("practice", "goal", "shows", "fits", "finding")
        lines = tuple(ReviewLine(**{name: told[f"{name}_{place}"] for name in names}) for place in range(LINES) if told[f"practice_{place}"].strip())
        return ReviewFacts(reviewed_on=told["reviewed_on"], lines=lines, next_on=told["next_on"], summary=told["summary"])
