"""The words of the codes of changes, and of what an action refuses."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

STATES: dict[str, Any] = {
    "DRAFT": _("Draft"), "CONSULT": _("Open for comments"), "ISSUED": _("Issued"), "REPLACED": _("Replaced"), "RETIRED": _("Retired"),
    "PROPOSED": _("Proposed"), "APPROVED": _("Approved"), "RETURNED": _("Returned"), "DECLINED": _("Declined"), "IN_EFFECT": _("In effect"),
    "RUNNING": _("Running"), "EVALUATED": _("Evaluated"), "ADOPT": _("Adopted"), "ADAPT": _("To be adapted"), "ABANDON": _("Abandoned"),
    "SENT": _("Sent"), "READ": _("Read"), "ANSWERED": _("Answered"), "CLOSED": _("Closed"),
    "ACKNOWLEDGED": _("Acknowledged by all"), "IN_USE": _("In use"),
}  # fmt: skip
KINDS: dict[str, Any] = {
    "LAW": _("Law"), "POLICY": _("Policy"), "PROTOCOL": _("Protocol"), "PILOT": _("Pilot"), "PRACTICE": _("Practice"),
}  # fmt: skip
PROPOSALS: dict[str, Any] = {"POLICY": _("A policy"), "PROCEDURE": _("A procedure"), "PRACTICE": _("A practice")}
PILOTS: dict[str, Any] = {
    "PRACTICE": _("A practice"), "PROTOCOL": _("A communication protocol"), "SHARING": _("A way to share information"),
}  # fmt: skip
UNITS: dict[str, Any] = {"SHARE": _("Families out of a hundred"), "DAYS": _("Days"), "NUMBER": _("A number that counts no families")}
MARKS: dict[str, Any] = {
    "SHARED_DATA": _("Rule change: shared data system"),
    "SHARED_PLAN": _("Rule change: shared case plan"),
    "UNIVERSAL_PROTOCOL": _("Rule change: universal protocol"),
    "SYSTEM_CHANGE": _("System change: it stays, and applies beyond grant clients"),
}
DOES: dict[str, Any] = {"CREATE": _("Create something new"), "DIRECT": _("Direct what there is"), "EVALUATE": _("Evaluate what was done")}
STAGES: dict[str, Any] = {"PLANNED": _("Planned"), "UNDER_WAY": _("Under way"), "EVALUATED": _("Evaluated"), "ENDED": _("Ended")}
EVIDENCE: dict[str, Any] = {"BASED": _("Evidence-based"), "INFORMED": _("Evidence-informed"), "PROMISING": _("Promising")}
POPULATIONS: dict[str, Any] = {"PREGNANT": _("Pregnant people"), "INFANT": _("Infants"), "FAMILY": _("Families")}
LAWS: dict[str, Any] = {"FEDERAL": _("Federal law"), "STATE": _("State law"), "TRIBAL": _("Tribal law"), "LOCAL": _("Local rule or policy")}
COVERS: dict[str, Any] = {
    "MEDICATION_FOR_OUD": _("Medication for opioid use disorder, as directed"),
    "OTHER_MEDICATION": _("Other prescribed medication, as directed"),
    "NOT_AS_DIRECTED": _("Medication not used as directed"),
    "ILLEGAL": _("Illegal substances"),
    "CANNABIS": _("Cannabis, where it is legal"),
    "ALCOHOL": _("Alcohol"),
    "WITHDRAWAL": _("Signs of withdrawal in the infant"),
    "FASD": _("Signs of a fetal alcohol spectrum disorder"),
}
QUESTIONS: dict[str, Any] = {
    "CONTENT": _("What stands in a plan?"),
    "SHARING": _("How is it shared under the rules of confidentiality?"),
    "FORMAT": _("Is it written on paper or electronically?"),
    "RECORD": _("Is it in the medical record?"),
    "ROLES": _("Who prevents, and who develops the plan?"),
    "PRENATAL": _("Are plans written before birth?"),
}
CHOICES: dict[str, dict[str, Any]] = {
    "CONTENT": {"PRODUCT": _("What Careloom asks"), "LOCAL": _("A local template")},
    "SHARING": {"CONSENT": _("With a consent for each partner"), "AGREEMENT": _("Under an agreement, with consent where law asks for it")},
    "FORMAT": {"ELECTRONIC": _("Electronically"), "PAPER": _("On paper"), "BOTH": _("Both")},
    "RECORD": {"YES": _("Yes"), "SUMMARY": _("A summary only"), "NO": _("No")},
    "ROLES": {
        "HEALTH": _("Health care leads"), "TREATMENT": _("Treatment leads"), "WELFARE": _("Child welfare leads"),
        "BY_LEVEL": _("It depends on the level"),
    },
    "PRENATAL": {"YES": _("Yes"), "NO": _("No")},
}  # fmt: skip
#: The federal three, in words of their own; every other indicator has those of its definition.
INDICATORS: dict[str, Any] = {
    "CAPTA_A": _("Infants notified"),
    "CAPTA_B": _("Infants with a plan of safe care"),
    "CAPTA_C": _("Infants with a referral"),
}
COURSES: dict[str, Any] = {"CONTINUE": _("Continue"), "FIX": _("Fix it"), "STOP": _("Stop"), "SCALE": _("Do it everywhere")}

REFUSALS: dict[str, Any] = {
    "TITLE": _("Give a title."),
    "TEXT": _("Write the words."),
    "BODY": _("Choose the committee, team or group."),
    "OVERSIGHT": _("Guidance is issued by an oversight committee. Choose one."),
    "OPEN_VERSION": _("A draft of the next version is open. Go on with that one."),
    "STATE": _("This step is not open now. Look at how it stands."),
    "UNTIL": _("Comments stay open at least until tomorrow."),
    "CONSULT_OPEN": _("Comments are still open. Issue it when they are over."),
    "ADDRESSEES": _("Choose at least one partner or body."),
    "WHY": _("Say why."),
    "WORDS": _("Say it in a few words."),
    "SINCE": _("Give a day between the day of issue and today."),
    "HOW": _("Say how you do it."),
    "WHO": _("Say whose answer it is. Without it nobody of them has said anything."),
    "KIND": _("Choose what it is."),
    "NOW": _("Write how it is now."),
    "NEW": _("Write how it should be."),
    "MARKS": _("Choose from the list."),
    "ANSWER": _("Write the answer."),
    "EFFECTIVE": _("Give the day from which it applies, not before the decision."),
    "WHAT": _("Say what it is."),
    "DOES": _("Choose what the strategy does."),
    "TIER": _("Choose the tier."),
    "OWNER": _("Choose the partner who answers for it."),
    "STAGE": _("Choose how far it came."),
    "OUTCOMES": _("Name at least one outcome that it is for."),
    "KNOWN": _("Choose from the library, or none."),
    "RESULT": _("Write what the evaluation found."),
    "EVALUATED": _("Give the day of the evaluation, not a day to come."),
    "MEASURE": _("Name the measure."),
    "UNIT": _("Choose what is measured."),
    "BASELINE": _("Give how it was before, from 0 to 100 for families out of a hundred."),
    "TARGET": _("Give what you want to reach, from 0 to 100 for families out of a hundred. It is better than the start."),
    "SITES": _("Name at least one site."),
    "COMPARED": _("A site tries it or goes on as before, not both."),
    "UNTIL_DAY": _("It ends after it begins."),
    "NO_OBSERVATION": _("Write down at least one month that was observed at a site where it is tried."),
    "OPEN_CYCLE": _("A cycle is open. Close it first."),
    "PLAN": _("Write what you plan to do and what you expect."),
    "DID": _("Write what you did."),
    "STUDIED": _("Write what you saw."),
    "ACTS": _("Write what you do next."),
    "SITE": _("Choose a site."),
    "MONTH": _("Give a month of the pilot or before it, not one to come."),
    "VALUE": _("Give the value."),
    "FAMILIES": _("Give how many families, and how many of them. The part is not more than the whole."),
    "MONTH_TAKEN": _("This month of this site was written down already. Open that one."),
    "LESSON": _("Write the lesson, so that nobody has to learn it again."),
    "GUIDANCE": _("Choose the guidance whose next version takes it up, or give a title for a new one."),
    "CITATION": _("Give the citation."),
    "SAYS": _("Say what it says."),
    "COVERS": _("Choose at least one."),
    "QUESTION": _("Choose from the list."),
    "PLACE": _("Choose a place of this collaborative."),
    "CHOICE": _("Choose an answer."),
    "RATIONALE": _("Say why."),
    "APPROVED_BY": _("Say who approved it."),
    "LEARNED": _("Say what one learns from it."),
    "OF": _("Say whom you ask."),
    "ASKS": _("Say what you ask for."),
    "EVIDENCE": _("Choose how well it is known to work."),
    "SOURCE": _("Give the source."),
    "POPULATIONS": _("Choose for whom it is."),
    "SYSTEMS": _("Choose at least one system."),
    "ANSWER_DAY": _("Give an answer together with its day, not before it was asked and not a day to come."),
    "FOLLOWS": _("Say what follows, and who does it."),
    "COURSE": _("Choose what to do."),
    "INDICATOR": _("Choose the indicator."),
    "FIX_PLAN": _("Say how it is fixed or spread."),
    "REVIEW": _("Look at it again on a later day than the decision."),
    "FAMILY": _("A marker of effective practice is adopted when families were asked. Say how, on which day, and what they said."),
    "UPPER": _("Choose what it puts into practice: something that stands above it."),
    "LATER_DAY": _("This day is still to come. Give today or an earlier day."),
    "NAME": _("Give a name."),
    "NAME_TAKEN": _("There is one of this name. Give another, or open that one."),
    "SHARED": _("Only a story that is shared can be taken up."),
    "NOT_ALLOWED": _("This is not yours to change. Ask who chairs the committee, team or group."),
}
