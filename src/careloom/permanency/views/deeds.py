"""What is done with a family and its case: each deed with its form and its one action."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from careloom.infra.answers import Refused
from careloom.permanency import actions
from careloom.permanency.actions.removing import unsafe_for
from careloom.permanency.forms import care, case, court
from careloom.permanency.forms.fields import instant
from careloom.permanency.models.case import OPEN
from careloom.permanency.views.asking import Answer, Ask, Deed

ANY, NONE, ALL = _("Choose"), _("None"), _("All of them")


def _open(ask: Ask) -> Answer:
    return actions.open_case(**ask.of, **ask.key, identity_id=ask.subject.identity_id, **ask.given("kind", "reason", "decided_on"))


def _resource(ask: Ask) -> Answer:
    return actions.give_resource(**ask.of, **ask.key, identity_id=ask.subject.identity_id, **ask.given("what", "words", "given_on"))


def _item(ask: Ask) -> Answer:
    told = ask.given("kind", "words", "who", "criterion", "by_on")
    return actions.add_item(**ask.of, **ask.key, case_id=ask.case_id, provider_id=ask.uuid("provider"), **told)


def _remove(ask: Ask) -> Answer:
    child = ask.uuid("child")
    if child is None:
        return Refused(codes=("CHILD",))
    told = ask.given("insufficient", "authority", "removed_on", "found_on")
    known = [row.identity_id for row in ask.subject.infants]
    return actions.remove_child(**ask.of, **ask.key, case_id=ask.case_id, child_id=child, children=known, **told)


def _custody(ask: Ask) -> Answer:
    child = ask.uuid("child")
    if child is None:
        return Refused(codes=("CHILD",))
    told = ask.given("to", "whom", "starts_on")
    return actions.change_custody(**ask.of, **ask.key, case_id=ask.case_id, child_id=child, paper_id=ask.uuid("paper"), **told)


def _visit(ask: Ask) -> Answer:
    when = instant(ask.told, zone=ask.zone)
    return actions.plan_visit(**ask.of, **ask.key, case_id=ask.case_id, child_id=ask.uuid("child"), starts_at=when, **ask.given("place", "who"))


def _hearing(ask: Ask) -> Answer:
    when = instant(ask.told, zone=ask.zone)
    return actions.plan_hearing(**ask.of, **ask.key, case_id=ask.case_id, child_id=ask.uuid("child"), starts_at=when, **ask.given("kind", "court"))


def _order(ask: Ask) -> Answer:
    assert isinstance(ask.form, court.OrderForm)
    assert ask.form.upload is not None
    told = ask.given("about", "court", "docket", "dated_on")
    return actions.keep_order(**ask.of, **ask.key, case_id=ask.case_id, child_id=ask.uuid("child"), scan=ask.form.upload, **told)


def _tribe(ask: Ask) -> Answer:
    child = ask.uuid("child")
    if child is None:
        return Refused(codes=("CHILD",))
    tribe_id, (called, born_on) = ask.uuid("tribe_agency"), _called(ask, child)
    invited = actions.Invited(tribe_id=tribe_id, child=called, born_on=born_on, mother=ask.subject.full_name) if tribe_id else None
    return actions.ask_about_tribe(
        **ask.of, **ask.key, case_id=ask.case_id, child_id=child, invited=invited, **ask.given("asked", "signs", "tribe", "words", "asked_on")
    )  # fmt: skip


def _called(ask: Ask, child: UUID) -> tuple[str, date | None]:
    """A child's name as it stands in a letter, and the day of birth."""
    infant = next((row for row in ask.subject.infants if row.identity_id == child), None)
    return (" ".join(part for part in (infant.given_name, infant.family_name) if part), infant.birth_date) if infant else ("", None)


def _notice(ask: Ask) -> Answer:
    child = ask.uuid("child")
    if child is None:
        return Refused(codes=("CHILD",))
    called, born_on = _called(ask, child)
    notice = actions.Notice(
        child_id=child, child=called, born_on=born_on, mother=ask.subject.full_name, tribe_id=ask.uuid("tribe_agency"),
        **ask.given("court", "proceeding", "tribe", "sent_on", "receipt"),
    )  # fmt: skip
    return actions.send_notice(**ask.of, **ask.key, case_id=ask.case_id, notice=notice)


def _first_notice(ask: Ask) -> dict[str, object]:
    from careloom.permanency.models import TribeQuestion

    asked = TribeQuestion.objects.seen_by(ask.by).filter(case_id=ask.case_id).exclude(tribe="").order_by("-asked_on").first()
    return {"tribe": asked.tribe} if asked else {}


def _may_remove(ask: Ask) -> str:
    """What the page of a removal says before anything is written: whether a completed assessment says unsafe, for any child."""
    found = [row for row in ask.subject.infants if unsafe_for(by=ask.by, identity_id=ask.subject.identity_id, child_id=row.identity_id)]
    return "" if found else "NOT_UNSAFE"


def _effort(ask: Ask) -> Answer:
    return actions.log_effort(**ask.of, **ask.key, case_id=ask.case_id, with_tribe=bool(ask.told["with_tribe"]), **ask.given("what", "words", "on"))


def _sign(ask: Ask) -> Answer:
    told = ask.given("how", "signed_on", "witness", "her_words", "copies")
    return actions.sign_plan(**ask.of, **ask.version, case_id=ask.case_id, **told)


def _plan_version(ask: Ask) -> dict[str, object]:
    from careloom.permanency.models import CasePlan

    plan = CasePlan.objects.seen_by(ask.by).filter(case_id=ask.case_id).first()
    return {"row_version": plan.row_version if plan else 0}


def _case_version(ask: Ask) -> dict[str, object]:
    return {"row_version": ask.case.row_version, "recovery_on": ask.case.recovery_on} if ask.case else {}


DEEDS: dict[str, Deed] = {
    "open": Deed(
        title=_("Open a case"), button=_("Open the case"), form=case.OpenForm, act=_open,
        stands=lambda ask: ask.case is None or ask.case.state != OPEN,
        lede=_("A plan of safe care opens no case. This one is opened by you, with its reason. In a case at home the parent keeps custody."),
    ),
    "resource": Deed(
        title=_("Give support"), button=_("Keep it"), form=case.ResourceForm, act=_resource, stands=lambda ask: True,
        lede=_("What child welfare gives to support recovery and the family. No case is needed for it."),
    ),
    "item": Deed(
        title=_("Write a goal, a service or a step"), button=_("Put it in the case plan"), form=case.ItemForm, act=_item,
        lede=_("Made together with the parent. A goal says how you will both know that it is reached, and by when."),
        fill=lambda ask: ask.form and ask.form.offer(provider=ask.providers(NONE)), law="42 USC 675(1)",
    ),
    "sign": Deed(
        title=_("Agree the case plan"), button=_("Keep the agreement"), form=case.SignForm, act=_sign, first=_plan_version,
        lede=_("The parent signs, or says yes before a witness. Her own words stand beside it, and she gets a copy."), law="45 CFR 1356.21(g)(1)",
    ),
    "close": Deed(
        title=_("Close the case"), button=_("Close it"), form=case.CloseForm, first=_case_version, lede=_("What the case still owed ends with it."),
        act=lambda ask: actions.close_case(**ask.of, **ask.version, case_id=ask.case_id, **ask.given("outcome", "words", "closed_on")),
    ),
    "recovery": Deed(
        title=_("Her recovery on the time line"), button=_("Keep it"), form=case.RecoveryForm, first=_case_version,
        act=lambda ask: actions.set_recovery_day(**ask.of, **ask.version, case_id=ask.case_id, on=ask.told["recovery_on"]),
        lede=_("It stands beside the time of the court, so that both are seen together. It is her word and needs no record of a program."),
    ),
    "remove": Deed(
        title=_("Record a removal"), button=_("Record the removal"), form=care.RemoveForm, act=_remove,
        lede=_("It needs a completed safety assessment that says unsafe, and why nothing less restrictive was enough."), law="42 USC 671(a)(15)",
        fill=lambda ask: ask.form and ask.form.offer(child=ask.children),
    ),
    "custody": Deed(
        title=_("Write down who has custody"), button=_("Keep it"), form=care.CustodyForm, act=_custody, lede=_("The time before ends on that day."),
        fill=lambda ask: ask.form and ask.form.offer(child=ask.children, paper=ask.orders(NONE)),
    ),
    "visit": Deed(
        title=_("Plan a visit"), button=_("Plan it"), form=care.VisitForm, act=_visit, lede=_("The parent sees it on her own pages."),
        fill=lambda ask: ask.form and ask.form.offer(child=ask.children),
    ),
    "hearing": Deed(
        title=_("Put a hearing on the calendar"), button=_("Keep it"), form=court.HearingForm, act=_hearing,
        lede=_("The parent sees the day on her own pages. Where a Tribe is named, its time comes first."), law="42 USC 675(5)(C); 25 USC 1912(a)",
        fill=lambda ask: ask.form and ask.form.offer(child=ask.all_children(ALL)),
    ),
    "order": Deed(
        title=_("Keep a court’s order"), button=_("Keep it sealed"), form=court.OrderForm, act=_order,
        lede=_("Custody, extensions and what else the court orders in this case. An order that opens records goes into the register of orders."),
        fill=lambda ask: ask.form and ask.form.offer(child=ask.all_children(ALL)),
    ),
    "enrol": Deed(
        title=_("Family treatment court"), button=_("Keep it"), form=court.EnrolForm, lede=_("She takes part because she wants to."),
        act=lambda ask: actions.enrol(
            **ask.of, **ask.key, case_id=ask.case_id, **ask.given("court", "enrolled_on", "phase", "team", "next_review_on")
        ),
    ),
    "tribe": Deed(
        title=_("Ask about a Tribe"), button=_("Keep the answers"), form=court.TribeForm, act=_tribe,
        lede=_("Ask in every case, at the start, everybody who may know. Ask again when something new is heard."), law="25 CFR 23.107",
        fill=lambda ask: ask.form and ask.form.offer(child=ask.children, tribe_agency=ask.tribes(NONE)),
    ),
    "notice": Deed(
        title=_("Send notice to a Tribe"), button=_("Keep the notice"), form=court.NoticeForm, act=_notice, first=_first_notice,
        lede=_("By registered mail with return receipt. No hearing on foster care or parental rights before ten days after it was received."),
        law="25 USC 1912(a)", fill=lambda ask: ask.form and ask.form.offer(child=ask.children, tribe_agency=ask.tribes(NONE)),
    ),
    "effort": Deed(
        title=_("Write down an active effort"), button=_("Keep it"), form=court.EffortForm, act=_effort,
        lede=_("More than a referral: done with the family, to keep it together or bring it together again."), law="25 USC 1912(d); 25 CFR 23.2",
    ),
}  # fmt: skip
BEFORE = {"remove": _may_remove}
