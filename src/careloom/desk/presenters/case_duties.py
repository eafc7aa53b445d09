"""Words for what an agency owes about a case, a child in care, a court or a Tribe."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from careloom.desk.presenters.duty import Words

CASES: Mapping[str, Words] = {
    "CASE_PLAN_DUE": Words(did=_("Agreed the case plan with"), before=_("Agree the case plan with"), do=_("Open the case")),
    "CASE_REVIEW_DUE": Words(did=_("Held the case review with"), before=_("Hold the case review with"), do=_("Open the case")),
    "SIX_MONTH_REVIEW": Words(did=_("Held the six-month review with"), before=_("Hold the six-month review with"), do=_("Open the case")),
    "KIN_NOTICE": Words(
        did=_("Told relatives, for"),
        before=_("Look for relatives and tell them, for"),
        why=_("Within 30 days of the removal."),
        do=_("Open the case"),
    ),
    "HEARING_PLANNED": Words(before=_("Go to court with"), do=_("Open the case")),
    "HEARING_NEAR": Words(
        before=_("Get ready for the hearing on where the child will live:"), why=_("The time in care runs toward it."), do=_("Open the case")
    ),
    "COURT_RECOMMENDATION": Words(
        did=_("Filed the recommendation for"),
        before=_("File the recommendation to the court for"),
        why=_("The law sets the day."),
        do=_("Open the case"),
    ),
    "VISIT_OUTCOME": Words(before=_("Write down how the visit went with"), do=_("Open the case")),
    "TREATMENT_COURT": Words(before=_("Write down the treatment court review of"), do=_("Open the case")),
    "FIT_ASKED": Words(
        did=_("Said whether a goal is realistic for"),
        before=_("Say whether a goal is realistic for"),
        why=_("Child welfare and she wrote it together."),
        do=_("Read and answer"),
    ),
    "TRIBE_NOTICE_DUE": Words(before=_("Send notice to the Tribe about"), why=_("There is reason to know of a Tribe."), do=_("Open the case")),
    "TRIBE_RECEIPT": Words(before=_("Write down when the Tribe received notice about"), do=_("Open the case")),
    "TRIBE_NOTICE_CAME": Words(
        before=_("Read and answer a notice about"), thing=_("a child of the nation"), why=_("A court may decide."), do=_("Read and answer")
    ),
    "TRIBE_INVITED": Words(
        before=_("Read and answer a question about"),
        thing=_("a child of the nation"),
        why=_("A county has reason to know of the Tribe, and invites it."),
        do=_("Read and answer"),
    ),
    "TRIBE_ANSWERED": Words(before=_("Read what the Tribe answered about"), do=_("Read it"), read=True),
}
