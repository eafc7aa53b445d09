"""What is done with one row of a case: each deed with its form and its one action."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from careloom.permanency import actions, models
from careloom.permanency.forms import care, case, court
from careloom.permanency.models.court import PLANNED
from careloom.permanency.models.kin import INQUIRY
from careloom.permanency.views.asking import Answer, Ask, Deed, in_care, open_row

NONE = _("None")


def _place(ask: Ask) -> Answer:
    assert isinstance(ask.form, care.PlaceForm)
    told = ask.given("setting", "with_whom", "siblings", "starts_on", "ended_because")
    return actions.place_child(**ask.of, **ask.key, removal_id=ask.row.pk, skipped=ask.form.skipped, **told)


def _extend(ask: Ask) -> Answer:
    return actions.extend(
        **ask.of, **ask.key, removal_id=ask.row.pk, paper_id=ask.uuid("paper"), **ask.given("until_on", "because", "words")
    )  # fmt: skip


def _kin(ask: Ask) -> Answer:
    told = ask.given("name", "relation", "how_found", "told_on", "told_how", "not_told", "answer", "words")
    return actions.log_kin(**ask.of, **ask.key, removal_id=ask.row.pk, **told)


def _fit(ask: Ask) -> Answer:
    act = actions.answer_fit if ask.row.holder_id != ask.by.holder_id else actions.note_fit
    return act(**ask.of, **ask.version, item_id=ask.row.pk, **ask.given("fit", "words"))


def _may_fit(ask: Ask) -> bool:
    mine = ask.row.holder_id == ask.by.holder_id
    return ask.row.kind == "GOAL" and ask.row.state == "OPEN" and (mine or (ask.row.provider_id == ask.by.holder_id and not ask.row.fit))


def _version(ask: Ask) -> dict[str, object]:
    return {"row_version": ask.row.row_version}


def _facts(ask: Ask) -> dict[str, object]:
    row = ask.row
    return {
        "row_version": row.row_version, "found_on": row.found_on, "no_efforts_on": row.no_efforts_on, "no_filing": row.no_filing,
        "words": row.no_filing_words,
    }  # fmt: skip


def _told(ask: Ask) -> dict[str, object]:
    row = ask.row
    return {
        "row_version": row.row_version, "told_on": row.told_on, "told_how": row.told_how, "not_told": row.not_told, "answer": row.answer,
        "words": row.words,
    }  # fmt: skip


ROW_DEEDS: dict[str, Deed] = {
    "fit": Deed(
        title=_("Is this goal realistic"), button=_("Keep the answer"), form=case.FitForm, act=_fit, model=models.PlanItem, first=_version,
        stands=_may_fit, lede=_("The provider’s word on a goal that touches its work, before the plan is agreed."),
    ),
    "ask-fit": Deed(
        title=_("Ask the provider"), button=_("Ask"), form=case.CaseForm, model=models.PlanItem, stands=open_row,
        act=lambda ask: actions.ask_fit(**ask.of, item_id=ask.row.pk), lede=_("It is asked on its own list of today, if it may read the case plan."),
    ),
    "end-item": Deed(
        title=_("How does it stand"), button=_("Keep it"), form=case.EndItemForm, model=models.PlanItem, first=_version, stands=open_row,
        act=lambda ask: actions.end_item(**ask.of, **ask.version, item_id=ask.row.pk, **ask.given("state", "words")),
        lede=_("Reached, or taken out with a reason. The old words stay."),
    ),
    "review": Deed(
        title=_("Hold the review"), button=_("Keep the review"), form=case.ReviewForm, model=models.Review, first=_version, law="42 USC 675(5)(B)",
        act=lambda ask: actions.hold_review(**ask.of, **ask.version, review_id=ask.row.pk, **ask.given("held_on", "present", "safe", "words")),
        lede=_("Safety, risk, and each part of the case plan. The next review is put on the calendar."), stands=lambda ask: ask.row.held_on is None,
    ),
    "place": Deed(
        title=_("Record where the child lives"), button=_("Keep it"), form=care.PlaceForm, act=_place, model=models.Removal, stands=in_care,
        law="42 USC 671(a)(19), 675(5)(A)",
        lede=_("The least restrictive setting comes first. For each one that was not used, say why; what is not needed stays empty."),
    ),
    "pause": Deed(
        title=_("Days that do not count"), button=_("Keep it"), form=care.PauseForm, model=models.Removal, stands=in_care, law="45 CFR 1356.21(i)",
        act=lambda ask: actions.pause(**ask.of, **ask.key, removal_id=ask.row.pk, **ask.given("kind", "starts_on", "ends_on")),
        lede=_("Days at home on trial, or away without leave, are left out of the months that count."),
    ),
    "back": Deed(
        title=_("The child is back in care"), button=_("Keep it"), form=care.BackForm, model=models.Pause, first=_version,
        stands=lambda ask: ask.row.ends_on is None, lede=_("From this day on the days count again."),
        act=lambda ask: actions.end_pause(**ask.of, **ask.version, pause_id=ask.row.pk, **ask.given("ends_on")),
    ),
    "facts": Deed(
        title=_("What the court found"), button=_("Keep it"), form=care.FactsForm, model=models.Removal, first=_facts, stands=in_care,
        law="42 USC 675(5)(E), (F); 671(a)(15)(D)", lede=_("These days move the time in care."),
        act=lambda ask: actions.note_court_facts(
            **ask.of, **ask.version, removal_id=ask.row.pk, **ask.given("found_on", "no_efforts_on", "no_filing", "words")
        ),
    ),
    "exit": Deed(
        title=_("The child leaves care"), button=_("Keep it"), form=care.ExitForm, model=models.Removal, first=_version, stands=in_care,
        act=lambda ask: actions.end_care(**ask.of, **ask.version, removal_id=ask.row.pk, **ask.given("how", "ended_on", "words")),
        lede=_("Home, to relatives, to a guardian, or by adoption. The placement ends with it."),
    ),
    "extend": Deed(
        title=_("The court gave more time"), button=_("Keep the extension"), form=court.ExtendForm, act=_extend, model=models.Removal, stands=in_care,
        lede=_("With its reason, its order and the new day. Progress in treatment needs a consent of hers, or an order, for the court."),
        fill=lambda ask: ask.form and ask.form.offer(paper=ask.orders(NONE)),
    ),
    "kin": Deed(
        title=_("A relative who was looked for"), button=_("Keep it"), form=care.KinForm, act=_kin, model=models.Removal, stands=in_care,
        law="42 USC 671(a)(29)", lede=_("Every adult relative is told within thirty days, unless there is violence at home."),
    ),
    "tell": Deed(
        title=_("What came of it"), button=_("Keep it"), form=care.TellForm, model=models.KinContact, first=_told, law="42 USC 671(a)(29)",
        act=lambda ask: actions.tell_kin(
            **ask.of, **ask.version, kin_id=ask.row.pk, **ask.given("told_on", "told_how", "not_told", "answer", "words")
        ),
        lede=_("Told, answered, or not told and why."), stands=lambda ask: True,
    ),
    "visit": Deed(
        title=_("What came of the visit"), button=_("Keep it"), form=care.VisitNoteForm, model=models.Visit, first=_version,
        act=lambda ask: actions.note_visit(**ask.of, **ask.version, visit_id=ask.row.pk, **ask.given("state", "whose", "words")),
        lede=_("A visit that the agency or a caregiver could not keep is not a visit that she missed."),
        stands=lambda ask: ask.row.state == "PLANNED",
    ),
    "file": Deed(
        title=_("The recommendation was filed"), button=_("Keep it"), form=court.FileForm, model=models.Hearing, first=_version,
        act=lambda ask: actions.file_recommendation(**ask.of, **ask.version, hearing_id=ask.row.pk, **ask.given("filed_on", "recommends")),
        lede=_("What the agency recommends to the court, and the day on which it went there."), stands=lambda ask: ask.row.state == PLANNED,
    ),
    "held": Deed(
        title=_("The hearing was held"), button=_("Keep it"), form=court.HeldForm, model=models.Hearing, first=_version,
        act=lambda ask: actions.hold_hearing(**ask.of, **ask.version, hearing_id=ask.row.pk, **ask.given("decided", "words")),
        lede=_("What was decided, in plain words."), stands=lambda ask: ask.row.state == PLANNED,
    ),
    "cancel": Deed(
        title=_("The hearing does not take place"), button=_("Keep it"), form=court.CancelForm, model=models.Hearing, first=_version,
        act=lambda ask: actions.cancel_hearing(**ask.of, **ask.version, hearing_id=ask.row.pk, **ask.given("words")),
        lede=_("The parent sees that the day has changed."), stands=lambda ask: ask.row.state == PLANNED,
    ),
    "court-review": Deed(
        title=_("Review of the family treatment court"), button=_("Keep it"), form=court.CourtReviewForm, model=models.TreatmentCourt,
        first=lambda ask: {"phase": ask.row.phase}, stands=lambda ask: ask.row.ended_on is None, lede=_("What was said, and her phase now."),
        act=lambda ask: actions.court_review(
            **ask.of, **ask.key, enrolment_id=ask.row.pk, **ask.given("on", "phase", "words", "next_review_on", "ended_how")
        ),
    ),
    "receipt": Deed(
        title=_("The return receipt"), button=_("Keep it"), form=court.ReceiptForm, model=models.TribeNotice, law="25 USC 1912(a)",
        first=lambda ask: {"row_version": ask.row.row_version, "more_time": ask.row.more_time}, stands=lambda ask: ask.row.proceeding != INQUIRY,
        act=lambda ask: actions.note_receipt(
            **ask.of, **ask.version, notice_id=ask.row.pk, more_time=bool(ask.told["more_time"]), **ask.given("received_on")
        ),
        lede=_("The time of the Tribe runs from the day on which it received the letter."),
    ),
}  # fmt: skip

TAKE_BACK = Deed(
    title=_("Take it back"), button=_("Take it back"), form=case.TakeBackForm, first=_version, stands=lambda ask: True,
    lede=_("For what was written by mistake. It stays on the list, marked, with your reason; what it had ended goes on again."),
    act=lambda ask: actions.take_back(**ask.of, **ask.version, row_id=ask.row.pk, because=ask.told["words"]),
)  # fmt: skip
