"""The words that people read for the codes of a plan."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from careloom.barriers.words import SYSTEM_CAUSES
from careloom.kernel.plan import Flag
from careloom.plans.actions.results import Reason

ROLES = {
    "CARE_COORDINATOR": _("Care coordinator"),
    "OB": _("Doctor or midwife for the pregnancy"),
    "PEDIATRICIAN": _("Baby’s doctor"),
    "BEHAVIORAL_HEALTH": _("Counselor"),
    "MEDICATION": _("Medicine specialist"),
    "PEER": _("Peer"),
    "SOCIAL_WORKER": _("Social worker"),
    "HOME_VISITOR": _("Home visitor"),
    "PARENTING": _("Parenting support"),
    "INSURANCE": _("Health plan care manager"),
    "EARLY_INTERVENTION": _("Early intervention"),
    "CHILD_WELFARE": _("Child welfare worker"),
    "TRIBAL": _("Tribal worker"),
    "WELLNESS": _("Elder or wellness helper"),
    "TRIBAL_TANF": _("Tribal TANF coordinator"),
    "TRIBAL_COURT": _("Tribal court"),
    "FAMILY": _("Family or friend"),
    "OTHER": _("Other"),
}
# Who stands around a pregnancy; the page of the team says which of them is not there yet. Source: R-133.
PRENATAL_TEAM = ("OB", "MEDICATION", "BEHAVIORAL_HEALTH", "CARE_COORDINATOR", "PEER", "PARENTING")
CHOICES = {"YES": _("Yes"), "NOT_NOW": _("Not now"), "NO": _("No")}
RESULTS = {"MET": _("Resolved"), "PARTLY": _("Partly"), "UNMET": _("Not met"), "OPEN": _("Still open")}
UNMET = {**SYSTEM_CAUSES, "OTHER": _("Another reason")}
FINDINGS = {
    "GOING_WELL": _("Going well"),
    "NEEDS_WORK": _("Needs work"),
    "MET": _("Resolved"),
    "UNMET": _("Not met"),
    "LET_GO": _("She does not want it any more"),
}
GOAL_ABOUT = {"PARENT": _("For her"), "CHILD": _("For the baby or a child"), "FAMILY": _("For them together")}
THEMES = {
    "ATTACHMENT": _("Being close: her and the baby, her and her people"),
    "STRUCTURE": _("How our days go: rules and routines"),
    "ROLES": _("Who does what in the family"),
    "COMMUNICATION": _("Talking and listening to each other"),
    "HOME": _("Home"),
    "HEALTH": _("Health"),
    "RECOVERY": _("Recovery"),
    "WORK": _("Work or school"),
    "OTHER": _("Something else"),
}
GOAL_STATES = {"OPEN": _("Working on it"), "MET": _("Reached"), "LET_GO": _("Let go")}
CONTACT = {"THROUGH_HER": _("Only through her"), "OK": _("The team may call"), "DO_NOT_CONTACT": _("Do not contact")}
MODES = {"IN_PERSON": _("In person"), "VIDEO": _("By video"), "PHONE": _("By phone")}
METHODS = {"SCREEN": _("On this screen"), "PAPER": _("On paper"), "SPOKEN": _("Spoken, with a witness")}
EVENTS = {
    "RETURN_TO_USE": _("A return to use"),
    "CRISIS": _("A crisis"),
    "HOUSEHOLD_CHANGE": _("A change at home"),
    "CARE_CHANGE": _("A change of care or of where the baby lives"),
    "SHE_ASKED": _("She asked for it"),
    "OTHER": _("Something else"),
}
VERSION_WHY = {
    "STARTED": _("She agreed for the first time"),
    "AGREED": _("She agreed"),
    "BIRTH": _("The birth was added"),
    "REVIEW": _("Review"),
    "CHANGE": _("Change"),
    "MEETING": _("Family meeting"),
    "MERGED": _("Another plan of this pregnancy was joined to it"),
    "REOPENED": _("Opened again"),
    "CLOSED": _("Closed"),
}
REVIEW_KINDS = {
    "FIRST_CONTACT": _("First contact after going home"),
    "HOME_VISIT": _("Home visit"),
    "REVIEW": _("Review"),
    "AFTER_EVENT": _("Review after something happened"),
}
FLAGS = {
    Flag.ONLY_PARENT_GOALS: _("Every goal is for her. Ask what she wants for the baby, too."),
    Flag.ONLY_CHILD_GOALS: _("Every goal is for the child. Ask what she wants for herself, too."),
    Flag.NO_GOALS: _("There is no goal yet. Ask what she wants, and write it in her words."),
    Flag.NO_STRENGTHS: _("There is no strength yet. Needs never stand without strengths."),
    Flag.NO_NEEDS: _("There is no need yet."),
    Flag.NO_LEAD: _("Nobody leads this plan. Choose who does."),
    Flag.NOT_AGREED: _("She has not agreed to this plan yet."),
}
REFUSALS = {
    Reason.NOT_ALLOWED: _("Your role does not change plans. Ask your supervisor who may."),
    Reason.NOT_LEAD: _("Only the agency that leads the plan does this. Ask the lead."),
    Reason.NOT_YOURS: _("Another agency wrote this. Ask them to change it, or write your own beside it."),
    Reason.PLAN_CLOSED: _("This plan is closed. Open it again first."),
    Reason.HAS_PLAN: _("This pregnancy has an open plan already. Go on with that one."),
    Reason.NOT_BEFORE_BIRTH: _(
        "Here the partnership decided that a plan begins at birth. Note what she needs now, and start the plan when the baby is born."
    ),
    Reason.NOT_IN_RECORD: _("Here the partnership decided that no copy goes into the medical record."),
    Reason.SECOND_LEAD: _("This plan has a lead, and a plan has exactly one. To change who leads, use “Change who leads”."),
    Reason.NOT_A_MEMBER: _("This person does not work in that agency now. Choose someone else."),
    Reason.ALREADY_OFFERED: _("Another agency has been asked to lead. Wait for its answer, or take the question back first."),
    Reason.ALREADY_ANSWERED: _("This was answered already. Open the plan to see how it stands."),
    Reason.CANNOT_SEE_PLAN: _("She has not shared this plan with that agency. Ask her first, then ask them to lead."),
    Reason.UNKNOWN_CODE: _("Choose one of the answers shown."),
    Reason.NO_WORDS: _("Write a few words first."),
    Reason.WITNESS_NEEDED: _("She agreed aloud, so write down who heard it."),
    Reason.STRENGTH_NEEDED: _("There is no strength yet. Write down what is strong, then agree."),
    Reason.REASON_NEEDED: _("Choose why it was not met."),
    Reason.NOT_DUE: _("This is no longer asked for. Open the plan to see what comes next."),
    Reason.ALREADY_HELD: _("This review was held already. Open the plan to see what it found."),
    Reason.INFANT_IN_PLAN: _("This baby is in another open plan. Close or join that one first."),
    Reason.SUPERVISOR_NEEDED: _("A supervisor closes plans here. Ask yours."),
    Reason.NOT_CLOSED: _("This plan is open."),
    Reason.TOO_LATE: _("This plan was closed too long ago to be opened again. Start a new plan."),
    Reason.NEED_NEEDED: _("There is no need yet. Name what would help, or write down that she was asked and names none."),
    Reason.NOT_OWNER: _("Another agency answers for this section. Ask them to approve it, or ask the lead to give it to you."),
    Reason.NOTHING_TO_SIGN: _("Nothing is written in this section yet. Write something first, then approve it."),
    Reason.NAME_NEEDED: _("Write the name of who signs."),
    Reason.ALREADY_RESOLVED: _("This was resolved already. Open the page to see how."),
    Reason.ALREADY_ENDED: _("This has ended already. Open the plan to see how it stands."),
    Reason.NOT_A_DRAFT: _("She has agreed to this plan, so it is no draft. Close it, or void it if it was made by mistake."),
    Reason.NOT_KEPT_HERE: _("Another agency keeps that plan. Ask them to join it to this one."),
    Reason.OTHER_MOTHER: _("The two plans are about different mothers. Only plans of one mother become one."),
    Reason.SAME_PLAN: _("This is the same plan. Choose the other one."),
    Reason.NOT_MERGED: _("These plans are not joined now. Open the plan to see how it stands."),
    Reason.NOBODY_SIGNED: _("Nobody has signed yet. Sign here, or end the meeting without signing."),
    Reason.WORDS_TELL: _("These words tell of treatment, and the offer may not. Leave that out; what she allows them to read is in the plan."),
    Reason.CHANGED_MEANWHILE: _("Somebody wrote here while it was read. Read it again, then sign."),
    Reason.PICTURE_NOT_TAKEN: _("The picture could not be read. Draw it again, or type the name alone."),
}
